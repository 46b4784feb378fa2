"""Compare precedents with each other: where they disagree, and where they cover a scope together.

In: precedents that all answer one question. Out: those that conflict, or those whose parts make up the period asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import product

import msgspec

from triage.config import SuggestSettings
from triage.schema import Period, Precedent, Question, Relation, SuggestedPrecedent, Verdict
from triage.slots import compare_axes, compare_places, cover_period
from triage.suggest.alike import are_alike
from triage.suggest.relate import FULL, GIVEN, VERDICTS, full_relation
from triage.suggest.scope import COVERED, share_period

__all__ = ["find_conflict", "unite_parts"]


def find_conflict(found: Sequence[SuggestedPrecedent], *, settings: SuggestSettings) -> tuple[SuggestedPrecedent, ...]:
    """Find precedents that gave and withheld the same; neither rank nor date settles it, they only order the two.

    Returns:
        Both sides, the higher rank first (a review before a reply), then the newer; empty where nothing disagrees.
    """
    given = [each for each in found if each.match.precedent.outcome in GIVEN]
    withheld = [
        each
        for each in found
        if VERDICTS[each.relation] is Verdict.EXEMPTION_PRECEDENT and each.relation is not Relation.NCND_CONSISTENCY
    ]
    clash = {
        each.match.precedent.id
        for one, other in product(given, withheld)
        if _share_scope(one.match.precedent, other.match.precedent, settings=settings)
        for each in (one, other)
    }
    sides = (each for each in found if each.match.precedent.id in clash)
    return tuple(sorted(sides, key=lambda each: _order(each.match.precedent)))


def _order(precedent: Precedent) -> tuple[bool, int, str]:
    day = precedent.responded.toordinal() if precedent.responded else 0
    return not precedent.is_review, -day, precedent.id


def _share_scope(given: Precedent, withheld: Precedent, *, settings: SuggestSettings) -> bool:
    """Tell whether two precedents answer one question on scope they share; a letter does not contradict itself.

    What was given in finer detail than was withheld conflicts; what was withheld in finer detail does not.
    """
    return (
        given.reference != withheld.reference
        and are_alike(given, withheld, settings=settings)
        and compare_axes(withheld.slots.breakdown, given.slots.breakdown) in {"same", "coarser"}
        and compare_places(given.slots.places, withheld.slots.places) in {"same", "unknown"}
        and compare_places(given.slots.units, withheld.slots.units) in {"same", "unknown"}
        and share_period(given, withheld)
    )


def unite_parts(
    question: Question, found: Sequence[SuggestedPrecedent], *, settings: SuggestSettings
) -> tuple[SuggestedPrecedent, ...]:
    """Let precedents that each gave a part of the period cover it together.

    Only replies to one question join, and only where each adds a part that was asked for.
    """
    asked = question.slots.period
    partly = [each for each in found if each.relation is Relation.PARTLY_COVERED]
    partly = [each for each in partly if are_alike(each.match.precedent, partly[0].match.precedent, settings=settings)]
    if len(partly) < 2 or asked is None or any(each.relation in FULL for each in found):
        return tuple(found)
    cells: set[tuple[dt.date, dt.date]] = set()
    for each in partly:
        period = each.match.precedent.slots.period
        if period is not None and period.parts:
            cells.update(period.parts)
        elif period is not None and period.start and period.end:
            cells.add((period.start, period.end))
    whole = Period(None, None, "", "range", tuple(sorted(cells)))
    if cover_period(asked, whole, additive=question.slots.additive) not in COVERED:
        return tuple(found)
    chosen = {each.match.precedent.id for each in partly}
    return tuple(_as_full(each) if each.match.precedent.id in chosen else each for each in found)


def _as_full(found: SuggestedPrecedent) -> SuggestedPrecedent:
    return msgspec.structs.replace(
        found,
        relation=full_relation(found.match.precedent),
        fit={**found.fit, "period": "covered"},
        why="together with the others it covers the whole period",
    )
