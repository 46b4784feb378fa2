"""Take an officer's correction of what was read.

In: the reply or question as named, what it should say, and why. Out: a line in the corpus's `corrections.jsonl`, and
what the next `reindex` will change.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from triage.citations import find_citations, is_applicable
from triage.errors import EmptyInputError, FormatError, InputError
from triage.mask import mask_people
from triage.pipeline.corrections import choose_corrections, correct_disclosure, find_standing
from triage.pipeline.precedents import find_keys, status_of
from triage.pipeline.targets import Target, find_target, open_store
from triage.pipeline.texts import check_characters
from triage.schema import Change, Correction, Disclosure, Outcome, Provision, Regime, Status

__all__ = ["Corrected", "correct", "list_fields", "parse_provisions", "regime_of"]


class Corrected(msgspec.Struct, frozen=True):
    """What was written, where, and what the next `reindex` will change; `notes` are for the eye."""

    correction: Correction
    file: Path
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()


def correct(
    corpus: Path,
    index: Path,
    target: str,
    *,
    reason: str,
    outcome: Outcome | None = None,
    provisions: str | None = None,
    status: Status | None = None,
    undo: bool = False,
) -> Corrected:
    """Write down what a reply, or one question of it, should have been read as.

    Args:
        corpus: Folder of past disclosures.
        index: Folder of the index, where what was read is looked up.
        target: `REFERENCE` or `REFERENCE#LABEL`.
        reason: Why; names of people in it are covered.
        outcome: What was decided.
        provisions: Under what: in printed form, as the letter has it, or `none`.
        status: What became of the decision since.
        undo: Withdraw the last correction of this target instead.

    Raises:
        InputError: The target is not in the index, nothing is said, or the file cannot be written.
        StoredIndexError: There is no index.
    """
    from triage.store import CORRECTIONS_FILE, append_correction, read_corrections

    if not reason.strip():
        raise EmptyInputError("the reason is empty; say in --reason what the letter says")
    check_characters(reason, "the reason")
    if not corpus.is_dir():
        raise InputError(f"{corpus} is not a folder; name the folder of past disclosures with --corpus")
    with open_store(index) as store:
        named = find_target(store, target)
    disclosure = named.disclosure
    if named.label is None and len(disclosure.questions) > 1 and provisions is not None and outcome is None:
        # The same provisions for each question would also reach those that were disclosed.
        some = ", ".join(f"{disclosure.reference}#{key}" for key in find_keys(disclosure)[:5])
        raise InputError(
            f"{disclosure.reference} answers several questions; name the one that is meant, such as {some}"
        )
    before = find_standing(read_corrections(corpus).corrections)
    correction = Correction(
        reference=disclosure.reference,
        label=named.label,
        reason=mask_people(reason.strip()),
        at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        outcome=outcome,
        provisions=None if provisions is None else parse_provisions(provisions, disclosure),
        status=status,
        digest=disclosure.digest,
        undo=undo,
    )
    after = find_standing((*before, correction))
    if undo and after == before:
        raise InputError(f"no correction of {target} is to be withdrawn; {corpus / CORRECTIONS_FILE} holds none of it")
    held = [_hold(named, each) for each in (before, after)]
    append_correction(corpus, correction)
    return Corrected(
        correction, corpus / CORRECTIONS_FILE, _find_changes(named.read, *held), _find_notes(corpus, named, held[1])
    )


def _hold(named: Target, corrections: Sequence[Correction]) -> Disclosure:
    chosen = choose_corrections(named.disclosure, corrections, family=named.family)
    return correct_disclosure(named.read, chosen)


def list_fields(disclosure: Disclosure) -> dict[tuple[str | None, str], str]:
    """List in printed form what corrections may change, by label (`None` for the reply itself) and field."""
    fields: dict[tuple[str | None, str], str] = {
        (None, "outcome"): disclosure.outcome,
        (None, "status"): disclosure.status,
    }
    for question, key in zip(disclosure.questions, find_keys(disclosure), strict=True):
        fields[key, "outcome"] = question.outcome
        fields[key, "provisions"] = ", ".join(map(str, question.provisions)) or "none"
        fields[key, "binding"] = question.binding
        fields[key, "status"] = status_of(disclosure, key)
    return fields


def _find_changes(read: Disclosure, before: Disclosure, after: Disclosure) -> tuple[Change, ...]:
    fields = [list_fields(each) for each in (read, before, after)]
    changes = []
    for (label, field), value in fields[2].items():
        was, now = fields[0][label, field], fields[1][label, field]
        of_reply = field == "status" and label is not None and fields[2][None, field] == value
        if value != now and not (of_reply and fields[1][None, field] == now):
            changes.append(Change(label, field, was, now, value))
    return tuple(changes)


_WITHOUT: Final = frozenset({Outcome.DISCLOSED, Outcome.NOT_HELD, Outcome.CLARIFICATION, Outcome.NO_DECISION})
"""Outcomes that rest on no provision."""


def _find_notes(corpus: Path, named: Target, after: Disclosure) -> tuple[str, ...]:
    notes = []
    for question, key in zip(after.questions, find_keys(after), strict=True):
        if named.label in (None, key) and question.outcome in _WITHOUT and question.provisions:
            kept = ", ".join(map(str, question.provisions))
            notes.append(f"question {key} keeps {kept}; if none was applied, add `--provisions none`")
    name = named.disclosure.file.partition("/")[0]
    if name and "\\" not in name and not (corpus / name).exists():
        notes.append(f"{corpus} holds no {name}: is it the corpus that the index was built from?")
    return tuple(notes)


_FILLING: Final = re.compile(
    r"(?:[\s,;&.]|\b(?:and|or|both|of|the|under|FOIA?|Act|2000|Freedom|Information|exempt(?:ion)?s?|by|virtue)\b)*",
    re.I,
)
"""What may stand between citations."""


def parse_provisions(words: str, disclosure: Disclosure) -> tuple[Provision, ...]:
    """Read provisions in printed form or as the letter writes them; `none` is no provision.

    Raises:
        FormatError: Something in it is no provision, or none that a reply can apply.
    """
    if words.strip().casefold() == "none":
        return ()
    check_characters(words, "--provisions")
    # In a list without a word, a number by itself is a section.
    text = words if re.search(r"[A-Za-z]{3}", words) else re.sub(r"(?:^|(?<=[,;&\s]))(?=\d)", "s", words)
    citations = find_citations(text, date=disclosure.responded, regime=regime_of(disclosure))
    rest, end = [], 0
    for citation in citations:
        rest.append(text[end : citation.start])
        end = citation.end
    rest.append(text[end:])
    odd = [part.strip(" ,;") for part in rest if not _FILLING.fullmatch(part)]
    found = tuple(dict.fromkeys(p for c in citations for p in c.effective))
    odd += [c.surface for c in citations if "other-act" in c.flags]
    odd += [str(p) for p in found if not is_applicable(p)]
    if odd or not found:
        raise FormatError(
            f"--provisions: {odd[0] if odd else words!r} is no provision a reply can apply; write it like s31(1)(a) "
            'or eir12(4)(b), as the letter does ("section 31(1)(a)(b)"), or none'
        )
    return found


def regime_of(disclosure: Disclosure) -> Regime:
    """Take the law of the provisions that were read, where it is one."""
    named = [p for q in disclosure.questions for p in q.provisions] + list(disclosure.mentioned)
    return next(iter({p.regime for p in named})) if len({p.regime for p in named}) == 1 else Regime.FOIA
