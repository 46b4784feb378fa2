"""Lay what officers corrected over what was read.

In: disclosures as read and settled, corrections in the order they were entered. Out: the disclosures as they hold, each
with the corrections that were applied to it, and a note for each that found nothing to correct.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from triage.mask import mask_people
from triage.pipeline.precedents import base_reference, find_keys
from triage.schema import AnsweredQuestion, Binding, Correction, Disclosure, Outcome

__all__ = ["apply_corrections", "choose_corrections", "correct_disclosure", "find_standing"]


def find_standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Leave out what was withdrawn: an `undo` takes back the last correction of the same target that still stands."""
    standing: list[Correction] = []
    for each in corrections:
        if not each.undo:
            standing.append(each)
            continue
        meant = _find_withdrawn(each, standing)
        if meant is not None:
            del standing[meant]
    return tuple(standing)


def _find_withdrawn(undo: Correction, standing: Sequence[Correction]) -> int | None:
    """Find the last correction of the same question; the file that an officer saw goes before the reference."""
    of_label = [(position, each) for position, each in enumerate(standing) if each.label == undo.label]
    base = base_reference(undo.reference)
    same = [p for p, each in of_label if each.digest == undo.digest != "" and base_reference(each.reference) == base]
    same = same or [position for position, each in of_label if each.reference == undo.reference]
    return same[-1] if same else None


def _target(correction: Correction) -> tuple[str, str | None]:
    return correction.reference, correction.label


def apply_corrections(
    disclosures: Sequence[Disclosure], corrections: Iterable[Correction]
) -> tuple[list[Disclosure], list[str]]:
    """Correct each disclosure that a correction names; later corrections win over earlier ones, field by field.

    A correction whose target is not there changes nothing and makes a note.
    """
    by_reference: dict[str, list[Correction]] = {}
    for each in find_standing(corrections):
        by_reference.setdefault(base_reference(each.reference), []).append(each)
    families: dict[str, list[Disclosure]] = {}
    for disclosure in disclosures:
        base = base_reference(disclosure.reference)
        if base in by_reference:
            families.setdefault(base, []).append(disclosure)
    corrected: dict[str, Disclosure] = {}
    notes = []
    for base, own in by_reference.items():
        family = families.get(base, [])
        for disclosure in family:
            chosen = choose_corrections(disclosure, own, family=family)
            corrected[disclosure.reference] = correct_disclosure(disclosure, chosen)
        counts = Counter(_target(each) for each in own if not _is_met(each, family))
        notes += [_note(reference, label, number, family) for (reference, label), number in counts.items()]
    return [corrected.get(each.reference, each) for each in disclosures], notes


def choose_corrections(
    disclosure: Disclosure, corrections: Iterable[Correction], *, family: Sequence[Disclosure]
) -> tuple[Correction, ...]:
    """Choose the corrections that are of this disclosure.

    Args:
        disclosure: As the index knows it.
        corrections: What stands.
        family: Every disclosure whose letter prints the same reference, this one among them.
    """
    return tuple(each for each in corrections if _find_meant(each, family) is disclosure)


def _find_meant(correction: Correction, family: Sequence[Disclosure]) -> Disclosure | None:
    """Find the reply that a correction is of.

    Which of two replies of one reference is called `~2` may change when files come or are renamed. The digest of the
    file that the officer saw then goes before the name.
    """
    named = next((each for each in family if each.reference == correction.reference), None)
    if correction.digest and (named is None or named.digest != correction.digest):
        seen = [each for each in family if each.digest == correction.digest]
        if len(seen) == 1:
            return seen[0]
    return named


def _is_met(correction: Correction, family: Sequence[Disclosure]) -> bool:
    meant = _find_meant(correction, family)
    return meant is not None and (correction.label is None or correction.label in find_keys(meant))


def _note(reference: str, label: str | None, number: int, family: Sequence[Disclosure]) -> str:
    what = "a correction" if number == 1 else f"{number} corrections"
    target = reference if label is None else f"{reference}#{label}"
    why = "is not in the corpus"
    if label is not None and any(each.reference == reference for each in family):
        why = "was not found in that reply"
    return f"corrections.jsonl: {what} of {target}, which {why}; kept for when it is"


def correct_disclosure(disclosure: Disclosure, corrections: Iterable[Correction]) -> Disclosure:
    """Apply corrections of one disclosure in their order.

    A correction of the whole reply is one of each of its questions, but for `partly`: of several questions that says
    that they differ and not which is which, so that it is the outcome of the letter alone.
    """
    for correction in corrections:
        disclosure = _apply(disclosure, msgspec.structs.replace(correction, reason=mask_people(correction.reason)))
    return disclosure


def _apply(disclosure: Disclosure, correction: Correction) -> Disclosure:
    keys = find_keys(disclosure)
    if correction.label is not None and correction.label not in keys:
        return disclosure
    questions = tuple(
        _correct_question(question, correction, alone=len(keys) == 1) if correction.label in (None, key) else question
        for question, key in zip(disclosure.questions, keys, strict=True)
    )
    outcome, status = disclosure.outcome, disclosure.status
    if correction.outcome is not None:
        outcome = _find_outcome(questions, correction, disclosure.outcome)
    if correction.label is None and correction.status is not None:
        status = correction.status
    used = [p for question in questions for p in question.provisions]
    return msgspec.structs.replace(
        disclosure,
        questions=questions,
        outcome=outcome,
        status=status,
        mentioned=tuple(p for p in disclosure.mentioned if not any(p.covers(q) for q in used))
        if correction.provisions is not None
        else disclosure.mentioned,
        corrections=(*disclosure.corrections, correction),
    )


def _correct_question(question: AnsweredQuestion, correction: Correction, *, alone: bool) -> AnsweredQuestion:
    outcome, binding = question.outcome, question.binding
    if correction.outcome is not None and (correction.label is not None or alone or not _says_they_differ(correction)):
        outcome = correction.outcome
        binding = Binding.UNKNOWN if outcome is Outcome.UNKNOWN else Binding.STATED
    return msgspec.structs.replace(
        question,
        outcome=outcome,
        binding=binding,
        provisions=question.provisions if correction.provisions is None else correction.provisions,
    )


def _says_they_differ(correction: Correction) -> bool:
    return correction.label is None and correction.outcome is Outcome.PARTLY


def _find_outcome(questions: Sequence[AnsweredQuestion], correction: Correction, before: Outcome) -> Outcome:
    """Find the outcome of the letter once one of its questions, or the whole of it, is corrected.

    The rule is that of `triage.read.answers.letter_outcome`, which would load spaCy for a look at three outcomes.
    """
    if correction.label is None and correction.outcome is not None:
        return correction.outcome
    known = {question.outcome for question in questions} - {Outcome.UNKNOWN}
    if len(known) > 1:
        return Outcome.PARTLY
    return next(iter(known), before)
