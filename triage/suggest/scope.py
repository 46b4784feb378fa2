"""Compare the scope of a question with that of a precedent: period, place, unit, breakdown, measure.

In: a question and a precedent. Out: one word per slot, as `triage.slots` gives them. Slots can be missing or wrong, so
that the words of both texts are used beside them.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from triage.schema import Period, Precedent, Question
from triage.slots import compare_axes, compare_places, cover_period, find_period, normalise_axis
from triage.suggest.measure import is_quantity, same_measure

__all__ = ["COVERED", "fit_period", "fit_scope", "is_narrower", "publication_day", "share_period"]

COVERED: Final = frozenset({"same", "covered", "covered_by_sum"})
"""Words for a period that is there in full."""

_LEAD: Final = 300
"""Characters of an answer in which the period of its figure is looked for."""

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def fit_scope(question: Question, precedent: Precedent) -> dict[str, str]:
    """Say slot by slot how far a precedent covers a question."""
    same = same_measure(question.text, precedent.question)
    return {
        "measure": {True: "same", False: "other", None: "unknown"}[same],
        "period": fit_period(question, precedent),
        "place": _fit_place(question, precedent),
        "unit": _fit_unit(question, precedent),
        "breakdown": _fit_axes(question, precedent),
    }


def fit_period(question: Question, precedent: Precedent) -> str:
    """Compare periods; figures belong to one even where none is stated, records do not."""
    quantity = is_quantity(question.text, breakdown=question.slots.breakdown, kind=question.kind)
    asked, held = question.slots.period, precedent.slots.period
    if not quantity:
        # "The policy in force" is the policy, and the year that a letter opens with is not that of its policy.
        asked = None if asked is not None and asked.grain == "snapshot" else asked
        held = None if held is not None and held.raw not in precedent.question else held
    if asked is None:
        return "other" if quantity or held is not None or _other_years(question.text, precedent) else "unknown"
    if held is None and not quantity:
        return "other" if _other_years(question.text, precedent) else "unknown"
    if held is None:
        held = find_period(precedent.evidence or precedent.answer[:_LEAD], received=precedent.responded)
        return "same" if cover_period(asked, held, additive=False) in {"same", "covered"} else "other"
    additive = question.slots.additive if question.slots.additive is not None else precedent.slots.additive
    fit = cover_period(asked, held, additive=additive)
    if fit == "finer" and compare_axes((asked.grain,), precedent.slots.breakdown) in {"same", "coarser"}:
        return "covered"  # a year given month by month
    return "other" if fit == "unknown" and quantity else fit


def _other_years(text: str, precedent: Precedent) -> bool:
    """Tell whether a question names a year that the precedent does not, where no period could be read from it."""
    held = set(_YEAR.findall(f"{precedent.standalone} {precedent.question} {precedent.answer}"))
    return bool(set(_YEAR.findall(text)) - held)


_LEVELS: Final = re.compile(
    r"\b(station|district|borough|ward|street|road|lane|school|college|division|postcode|village|town|site|unit|team)s?\b",
    re.IGNORECASE,
)


def _fit_place(question: Question, precedent: Precedent) -> str:
    """Compare places; a named one is covered by a table that lists places of its kind."""
    asked, held = question.slots.places, precedent.slots.places
    fit = compare_places(asked, held)
    if fit != "inside" or held:
        return fit
    if all(place.lower() in precedent.answer.lower() for place in asked):
        return "covered"
    axes = {level for axis in precedent.slots.breakdown for level in _LEVELS.findall(normalise_axis(axis))}
    kinds = {level.lower() for place in asked for level in _LEVELS.findall(place)}
    return "covered" if axes and kinds <= axes else "finer"


_EXAMPLE: Final = re.compile(r"\b(?:e\.?g\b|for example|for instance|such as|including).*", re.IGNORECASE | re.DOTALL)


def _fit_unit(question: Question, precedent: Precedent) -> str:
    """Compare units; one given as an example limits nothing, and one from outside the question only casts a doubt."""
    text = _EXAMPLE.sub("", precedent.question)
    held = tuple(unit for unit in precedent.slots.units if unit in text or unit not in precedent.question)
    fit = compare_places(question.slots.units, held)
    named = all(unit in question.text for unit in question.slots.units) and all(unit in text for unit in held)
    return fit if named or fit not in {"other", "wider"} else "unknown"


_BY_TIME: Final = re.compile(r"\b(?:by|per|each|every)\s+(?:the\s+)?(hour|day|week|month|quarter)\b", re.IGNORECASE)


def _fit_axes(question: Question, precedent: Precedent) -> str:
    """Compare breakdowns; records have none, whatever words of a table stand in the question."""
    asked, held = question.slots, precedent.slots
    figures = is_quantity(question.text, breakdown=asked.breakdown, kind=question.kind)
    if figures or is_quantity(precedent.question, breakdown=held.breakdown):
        named = tuple(word.lower() for word in _BY_TIME.findall(question.text))
        return compare_axes(_plain_axes(asked.breakdown + named), _plain_axes(held.breakdown))
    return "same"


def _plain_axes(axes: tuple[str, ...]) -> tuple[str, ...]:
    """Bring every axis of years, such as "last three calendar years", to one name."""
    return tuple("year" if normalise_axis(axis).endswith("year") else axis for axis in axes)


def _days(period: Period | None) -> int | None:
    """Return the length of a period in days; `None` where it has no two ends."""
    if period is None:
        return None
    if period.parts:
        return sum((end - start).days + 1 for start, end in period.parts)
    return (period.end - period.start).days + 1 if period.start and period.end else None


_AND: Final = re.compile(r",|;|\band\b|\bwith\b", re.IGNORECASE)
_LONG_LIST: Final = 4
"""Things listed from which a question counts as one for many fields of a record."""


def is_narrower(question: Question, precedent: Precedent, fit: dict[str, str]) -> bool:
    """Tell whether a question asks for less than the precedent: fewer axes, days or fields, or one place of many."""
    asked, held = _days(question.slots.period), _days(precedent.slots.period)
    shorter = asked is not None and (asked < held if held is not None else fit["period"] == "finer")
    fields, had = (len(_AND.findall(text)) for text in (question.text, precedent.question))
    fewer = had >= _LONG_LIST and fields < had
    one_place = fit["place"] in {"inside", "finer", "covered"}
    return shorter or fewer or one_place or fit["breakdown"] == "coarser"


def share_period(one: Precedent, other: Precedent) -> bool:
    """Tell whether two precedents answer for one stretch of time; records without a period always do."""
    mine, theirs = one.slots.period, other.slots.period
    if mine is None or theirs is None:
        return mine is theirs and not any(
            is_quantity(each.question, breakdown=each.slots.breakdown) for each in (one, other)
        )
    if mine.start is not None and (mine.start, mine.end) == (theirs.start, theirs.end):
        return True
    words = {cover_period(mine, theirs, additive=True), cover_period(theirs, mine, additive=True)}
    return bool(words & (COVERED | {"partly"}))


def publication_day(precedent: Precedent) -> dt.date | None:
    """Return the last day on which a promised publication is in time; from the words where no date was read."""
    if precedent.publication_date is not None or precedent.responded is None:
        return precedent.publication_date
    sentences = re.split(r"(?<=[.!?;])\s|\n", f"{precedent.evidence}\n{precedent.answer}")
    periods = (find_period(sentence, received=precedent.responded) for sentence in sentences)
    ends = [period.end for period in periods if period is not None and period.end is not None]
    return max((end for end in ends if end > precedent.responded), default=None)
