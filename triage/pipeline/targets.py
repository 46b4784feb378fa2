"""Find the reply, or the question in it, that an officer names.

In: the records of an index and `REFERENCE` or `REFERENCE#LABEL` as typed. Out: the disclosure with its neighbours, its
form before corrections, and the label as a precedent id writes it.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from triage.errors import InputError
from triage.pipeline.corrections import correct_disclosure
from triage.pipeline.precedents import base_reference, find_keys, plain_label, settle_one
from triage.schema import Disclosure

if TYPE_CHECKING:
    from triage.store import Store

__all__ = ["Target", "find_target", "open_store"]

_NEAR: Final = 5
"""How many near ones an error lists."""


class Target(msgspec.Struct, frozen=True):
    """What was named.

    `read` is the disclosure before corrections, with the reference and status that settling gave it; `family` are the
    disclosures whose letters print the same reference, `disclosure` among them.
    """

    disclosure: Disclosure
    label: str | None
    read: Disclosure
    family: tuple[Disclosure, ...]


def open_store(index: Path) -> Store:
    """Open the records of an index alone: no model is needed to look at a reply.

    Raises:
        StoredIndexError: There is no index, or it is damaged or of another form.
    """
    from triage.store import Store, check_manifest, current_build, read_manifest

    build = current_build(index)
    manifest = read_manifest(build)
    check_manifest(manifest, encoder_digest=manifest.encoder_digest, config_digest=manifest.config_digest)
    return Store.open(build)


def find_target(store: Store, words: str) -> Target:
    """Find what `REFERENCE` or `REFERENCE#LABEL` names; letter case and blanks do not matter.

    Raises:
        InputError: There is no such reply or question; the message lists near ones.
    """
    references = store.references()
    reference = _match(words, references)
    label = None
    if reference is None:
        head, mark, label = words.rpartition("#")
        reference = _match(head, references) if mark else None
    if reference is None:
        wanted = words.rpartition("#")[0] or words
        near = difflib.get_close_matches(wanted, references, n=_NEAR, cutoff=0.5)
        beside = f"; near it: {', '.join(near)}" if near else ""
        raise InputError(
            f"{wanted!r} is not in the index{beside}; run `triage reindex` if it came into the corpus since"
        )
    base = base_reference(reference)
    of_base = [each for each in references if each.startswith(base) and base_reference(each) == base]
    family = tuple(found for found in map(store.disclosure, of_base) if found is not None)
    disclosure = next(each for each in family if each.reference == reference)
    return Target(disclosure, _find_label(disclosure, label), _find_read(store, disclosure), family)


def _fold(words: str) -> str:
    return re.sub(r"\s+", "", words).casefold()


def _match(words: str, references: list[str]) -> str | None:
    if words in references:
        return words
    alike = [each for each in references if _fold(each) == _fold(words)]
    return alike[0] if len(alike) == 1 else None


def _find_label(disclosure: Disclosure, label: str | None) -> str | None:
    if label is None:
        return None
    keys = find_keys(disclosure)
    for form in (label, plain_label(label) or ""):
        alike = [key for key in keys if key == form] or [key for key in keys if _fold(key) == _fold(form)]
        if len(alike) == 1:
            return alike[0]
    shown = difflib.get_close_matches(label, keys, n=_NEAR, cutoff=0.3) or keys[:_NEAR]
    listed = ", ".join(f"{disclosure.reference}#{key}" for key in shown)
    raise InputError(
        f"{disclosure.reference} has no question {label!r}; it has {len(keys)}, such as {listed or 'none'}"
    )


def _find_read(store: Store, disclosure: Disclosure) -> Disclosure:
    """Find a disclosure as it was before corrections: the one that they turn into this."""
    if not disclosure.corrections:
        return disclosure
    for each in store.read_from(disclosure.file):
        if base_reference(each.reference) != base_reference(disclosure.reference):
            continue
        # The build may have added a number to the reference, and the authority that goes with its form.
        authority = each.authority or disclosure.authority
        candidate = msgspec.structs.replace(each, reference=disclosure.reference, authority=authority)
        candidate = settle_one(candidate, store.naming(candidate.reference))
        corrected = correct_disclosure(candidate, disclosure.corrections)
        if msgspec.structs.replace(corrected, corrections=disclosure.corrections) == disclosure:
            return candidate
    raise InputError(
        f"what was read of {disclosure.reference} before it was corrected is not in the index; run `triage reindex`"
    )
