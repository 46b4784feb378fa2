"""Lay a past reply open: what was read, where it stands, and what was corrected since.

In: the folder of an index, and a reply or question as named. Out: a `ShownReply`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from triage.pipeline.correct import list_fields
from triage.pipeline.precedents import base_reference, find_keys, find_settling, status_of
from triage.pipeline.targets import Target, find_target, open_store
from triage.schema import AnsweredQuestion, CorrectedField, Correction, Disclosure, EdgeKind, ShownReply, Status

if TYPE_CHECKING:
    from triage.store import Store

__all__ = ["find_evidence", "find_naming", "show"]


def show(index: Path, target: str) -> ShownReply:
    """Gather what is known of one reply.

    Args:
        index: Folder of the index.
        target: `REFERENCE` or `REFERENCE#LABEL`.

    Raises:
        InputError: The target is not in the index.
        StoredIndexError: There is no index, or it is damaged.
    """
    with open_store(index) as store:
        named = find_target(store, target)
        disclosure = named.disclosure
        unsettled = _unsettled(store, named)
        settling = find_settling(unsettled, store.naming(unsettled.reference))
        named_by = tuple(find_naming(store, disclosure))
    keys = find_keys(disclosure)
    return ShownReply(
        disclosure=disclosure,
        labels=keys,
        spans=tuple(find_evidence(disclosure.text, question) for question in disclosure.questions),
        statuses=tuple(status_of(disclosure, key) for key in keys),
        corrected=_find_corrected(named),
        label=named.label,
        settled_by=settling.reference if settling is not None else None,
        named_by=named_by,
    )


def _unsettled(store: Store, named: Target) -> Disclosure:
    """Return the reply with the status that its own file gives it, where that is still kept."""
    read = named.read
    for each in store.read_from(read.file):
        if base_reference(each.reference) == base_reference(read.reference) and each.text == read.text:
            return msgspec.structs.replace(read, status=each.status)
    return read


def find_naming(store: Store, disclosure: Disclosure) -> list[tuple[str, EdgeKind]]:
    """List the other replies that name this one, by reference or address, and as what."""
    found = {each.reference: each for each in store.naming(base_reference(disclosure.reference))}
    if disclosure.url:
        found |= {each.reference: each for each in store.naming(disclosure.url)}
    found.pop(disclosure.reference, None)
    return [(name, kind) for name in sorted(found) for kind in sorted(_find_kinds(found[name], disclosure))]


_KINDS: Final = {Status.RETRACTED: EdgeKind.RETRACTS, Status.SUPERSEDED: EdgeKind.SUPERSEDES}


def _find_kinds(other: Disclosure, disclosure: Disclosure) -> set[EdgeKind]:
    targets = {disclosure.reference, disclosure.url} - {None}
    kinds = {edge.kind for edge in other.edges if edge.target in targets}
    if other.reviews == disclosure.reference:
        kinds.add(_KINDS.get(other.review_status or Status.UNKNOWN, EdgeKind.REVIEWS))
    return kinds


def _find_corrected(named: Target) -> tuple[CorrectedField, ...]:
    """List each field that a correction speaks of, or that changed with it, and the last correction to do so."""
    read, holds = list_fields(named.read), list_fields(named.disclosure)
    found = []
    for (label, field), value in holds.items():
        by = [each for each in named.disclosure.corrections if _speaks_of(each, label, field)]
        said = bool(by) and by[-1].label == label and _says(by[-1], field)
        if by and (said or read[label, field] != value):
            found.append(CorrectedField(label, field, read[label, field], value, by[-1]))
    return tuple(found)


def _says(correction: Correction, field: str) -> bool:
    return field != "binding" and getattr(correction, field) is not None


def _speaks_of(correction: Correction, label: str | None, field: str) -> bool:
    if label is None:
        # A corrected question may change what the letter as a whole decided.
        return _says(correction, field) and (field == "outcome" or correction.label is None)
    of_this = correction.label == label or (correction.label is None and field != "status")
    return of_this and _says(correction, "outcome" if field == "binding" else field)


def find_evidence(text: str, question: AnsweredQuestion) -> tuple[int, int] | None:
    r"""Find where the sentence that decides stands in the reply; `None` where no one place is sure.

    >>> from triage.schema import Outcome
    >>> find_evidence("1. No.\n2. We hold\n12 vans.", AnsweredQuestion(2, "2", "?", Outcome.DISCLOSED,
    ...     evidence="We hold 12 vans."))
    (10, 26)
    """
    words = question.evidence.split()
    if not words:
        return None
    if question.evidence_span is not None:
        start, end = question.evidence_span
        if 0 <= start < end <= len(text) and text[start:end].split() == words:
            return start, end
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
    places = [found.span() for found in re.finditer(pattern, text)]
    return places[0] if len(places) == 1 else None
