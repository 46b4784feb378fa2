"""Decide what the matches of one question mean together.

In: a question and the matches found for it. Out: a `Suggestion` with verdict, gate, and every match in its place.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from triage.config import SuggestSettings
from triage.schema import (
    GateTest,
    Match,
    Provision,
    Question,
    Relation,
    Route,
    SuggestedPrecedent,
    Suggestion,
    Verdict,
)
from triage.suggest.alike import are_alike, count_signs, is_of_one_cause, weigh
from triage.suggest.checklist import build_checklist
from triage.suggest.conflict import find_conflict, unite_parts
from triage.suggest.gate import find_route, run_gate
from triage.suggest.relate import FULL, VERDICTS, WHY, relate

__all__ = ["suggest"]

_WHOLE_SCOPE: Final = FULL | {
    Relation.WITHHELD_SAME_OR_FINER,
    Relation.NCND_CONSISTENCY,
    Relation.NOT_HELD_BEFORE,
    Relation.COST_SAME_OR_WIDER,
}
"""Relations that hold for the whole scope asked; of equally likely precedents these come first."""


def suggest(
    question: Question,
    matches: Sequence[Match],
    *,
    settings: SuggestSettings,
    own_authority: str | None = None,
    today: dt.date | None = None,
) -> Suggestion:
    """Decide what the matches mean for the question; abstain where nothing fits.

    Args:
        question: One question of a new request.
        matches: What the search found, in any order.
        settings: Floors and margins.
        own_authority: Name of one's own authority.
        today: The day the request was received.
    """
    related = [
        relate(question, match, settings=settings, own_authority=own_authority, today=today, others=matches)
        for match in matches
    ]
    evidence = weigh(question, matches, settings=settings)
    shown = [each for each in related if each.relation is not Relation.UNRELATED]
    shown.sort(key=lambda each: _order(each, evidence, settings))
    best = max((evidence[each.match.precedent.id] for each in shown), default=0.0)
    near = [
        each
        for each in shown
        if each.relation in VERDICTS and evidence[each.match.precedent.id] >= best - settings.margin
    ]
    near = list(unite_parts(question, near, settings=settings))
    near.sort(key=lambda each: _order(each, evidence, settings))
    alike = _alike(near, settings)
    verdict, support, provisions = _choose(question, alike, evidence, settings)
    gate: tuple[GateTest, ...] = ()
    route: Route | None = None
    if verdict is Verdict.ALREADY_DISCLOSED:
        gate = run_gate(support[0], own_authority)
        route = find_route(gate)
        if route is None:
            verdict, gate = Verdict.DISCLOSED_BEFORE, ()
    supporting = {VERDICTS[each.relation] for each in support}
    against = [each for each in alike if support and VERDICTS[each.relation] not in supporting]
    used = {each.match.precedent.id for each in (*support, *against)}
    rest = [each for each in shown if each.match.precedent.id not in used]
    considered = [_unsure(each) for each in rest][: settings.shown]
    return Suggestion(
        question,
        verdict,
        route=route,
        provisions=provisions,
        confidence=_confidence(evidence[support[0].match.precedent.id], settings) if support else 0.0,
        gate=gate,
        precedents=tuple(support[: settings.shown]),
        against=tuple(against[: settings.shown]),
        considered=tuple(considered),
        checklist=build_checklist(verdict, support, considered, today=today),
    )


def _choose(
    question: Question,
    alike: Sequence[SuggestedPrecedent],
    evidence: dict[str, float],
    settings: SuggestSettings,
) -> tuple[Verdict, list[SuggestedPrecedent], tuple[Provision, ...]]:
    """Choose the verdict with the precedents it rests on, and the provisions of those that withheld."""
    denied = [each for each in alike if each.relation is Relation.NCND_CONSISTENCY]
    if denied:
        return Verdict.EXEMPTION_PRECEDENT, denied, _provisions(denied)
    clash = find_conflict(alike, settings=settings)
    if clash:
        withheld = (each for each in clash if VERDICTS[each.relation] is Verdict.EXEMPTION_PRECEDENT)
        return Verdict.CONFLICTING, list(clash), _provisions(withheld)
    if not alike or (alike[0].relation in FULL and not _is_sure(question, alike, evidence, settings)):
        return Verdict.NO_PRECEDENT, [], ()
    verdict = VERDICTS[alike[0].relation]
    support = [each for each in alike if VERDICTS[each.relation] is verdict]
    cited = verdict in {Verdict.EXEMPTION_PRECEDENT, Verdict.COST_PRECEDENT}
    return verdict, support, _provisions(support) if cited else ()


_LEAST_SIGNS: Final = 2
"""Signs besides scope for `already_disclosed`; without them it was false for 4 of 107 in `evaluation/scenarios`."""


def _is_sure(
    question: Question,
    alike: Sequence[SuggestedPrecedent],
    evidence: dict[str, float],
    settings: SuggestSettings,
) -> bool:
    """Tell whether the best is surely the same question: nothing does more harm than a false `already_disclosed`."""
    signs = max(count_signs(question, each.match) for each in alike)
    best = alike[0].match.precedent
    sure = evidence[best.id] >= settings.sure and signs >= _LEAST_SIGNS
    return sure and not is_of_one_cause(question, best)


def _unsure(each: SuggestedPrecedent) -> SuggestedPrecedent:
    """Say of what supports nothing here, though it would if it were surely the same question, no more than that."""
    if each.relation not in VERDICTS:
        return each
    return msgspec.structs.replace(each, relation=Relation.RELATED_SUBJECT, why=WHY[Relation.RELATED_SUBJECT])


def _alike(near: Sequence[SuggestedPrecedent], settings: SuggestSettings) -> list[SuggestedPrecedent]:
    """Keep the best and what answers the same question: a near miss lends neither support nor provisions."""
    return [
        each
        for each in near
        if each is near[0] or are_alike(each.match.precedent, near[0].match.precedent, settings=settings)
    ]


def _order(
    each: SuggestedPrecedent, evidence: dict[str, float], settings: SuggestSettings
) -> tuple[float, bool, int, str]:
    """Order by evidence, whole scope preferred; of equals the higher rank, then the newer, then the id."""
    precedent = each.match.precedent
    gain = settings.agreement if each.relation in _WHOLE_SCOPE else 0.0
    day = precedent.responded.toordinal() if precedent.responded else 0
    return -round(evidence[precedent.id] + gain, 3), not precedent.is_review, -day, precedent.id


def _provisions(support: Iterable[SuggestedPrecedent]) -> tuple[Provision, ...]:
    return tuple(dict.fromkeys(p for each in support for p in each.match.precedent.provisions))


_WIDTH: Final = 0.5
"""Evidence over which confidence goes from a half to about three quarters."""


def _confidence(evidence: float, settings: SuggestSettings) -> float:
    """Turn evidence into a share of one: a half at `same_question`, higher with more. Not calibrated yet."""
    return round(1 / (1 + math.exp(-(evidence - settings.same_question) / _WIDTH)), 3)
