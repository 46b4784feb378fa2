"""Decide what past answers mean for one new question.

In: a question and the matches found for it. Out: a `Suggestion` with verdict, gate, and every match in its place. Three
tests are kept apart and shown: is it the same question, is the answer really there, does the scope fit. All rules are
explicit; their numbers stand in `SuggestSettings`. The tables follow the law and practice on precedents: a past decision
never binds, a figure for another period is another figure, and a refusal in finer detail says little of the total.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from typing import Final

from triage.config import SuggestSettings
from triage.schema import (
    COUNTING_STATUSES,
    Binding,
    GateState,
    GateTest,
    Match,
    Outcome,
    Period,
    Precedent,
    Provision,
    Question,
    Regime,
    Relation,
    Route,
    SuggestedPrecedent,
    Suggestion,
    Verdict,
)
from triage.slots import compare_axes, compare_places, cover_period

__all__ = ["relate", "suggest"]

_GIVEN: Final = frozenset({Outcome.DISCLOSED, Outcome.ALREADY_ACCESSIBLE})
_COVERED: Final = frozenset({"same", "covered", "covered_by_sum"})
_RECORDS: Final = frozenset({"document", "policy", "explanation", "list", "yes_no"})
"""Kinds of question that have no date of their own: a document once given is the same document."""

_FULL: Final = {
    Relation.ALREADY_PUBLISHED,
    Relation.PUBLISHED_CHECK_LINK,
    Relation.PUBLISHED_LINK_DEAD,
    Relation.DISCLOSED_NOT_PUBLISHED,
}
_VERDICTS: Final[dict[Relation, Verdict]] = {
    **dict.fromkeys(_FULL, Verdict.ALREADY_DISCLOSED),
    Relation.SAME_ASK_OTHER_PERIOD: Verdict.DISCLOSED_BEFORE,
    Relation.SAME_ASK_OTHER_PLACE: Verdict.DISCLOSED_BEFORE,
    Relation.PARTLY_COVERED: Verdict.DISCLOSED_BEFORE,
    Relation.COVERED_BUT_SUPPRESSED: Verdict.DISCLOSED_BEFORE,
    Relation.WITHHELD_SAME_OR_FINER: Verdict.EXEMPTION_PRECEDENT,
    Relation.WITHHELD_OTHER_PERIOD: Verdict.EXEMPTION_PRECEDENT,
    Relation.WITHHELD_OTHER_PLACE: Verdict.EXEMPTION_PRECEDENT,
    Relation.NCND_CONSISTENCY: Verdict.EXEMPTION_PRECEDENT,
    Relation.NOT_HELD_BEFORE: Verdict.NOT_HELD_PRECEDENT,
    Relation.NOT_HELD_OTHER_PERIOD: Verdict.NOT_HELD_PRECEDENT,
    Relation.COST_SAME_OR_WIDER: Verdict.COST_PRECEDENT,
}

_WHY: Final[dict[Relation, str]] = {
    Relation.PUBLISHED_CHECK_LINK: "the same information was given; check that it is still where it was published",
    Relation.DISCLOSED_NOT_PUBLISHED: "the same information was given but never published; it can be supplied again",
    Relation.SAME_ASK_OTHER_PERIOD: "the same kind of information was given for another period",
    Relation.SAME_ASK_OTHER_PLACE: "the same kind of information was given for another place",
    Relation.PARTLY_COVERED: "only part of the period asked for was given",
    Relation.COVERED_BUT_SUPPRESSED: "small numbers were suppressed, so the total cannot be taken from it",
    Relation.WITHHELD_SAME_OR_FINER: "it was withheld at this level of detail or a coarser one",
    Relation.WITHHELD_OTHER_PERIOD: "it was withheld for another period",
    Relation.WITHHELD_OTHER_PLACE: "it was withheld for another place",
    Relation.NCND_CONSISTENCY: "it was neither confirmed nor denied; that only works when done consistently",
    Relation.NOT_HELD_BEFORE: "it was not held",
    Relation.NOT_HELD_OTHER_PERIOD: "it was not held for another period",
    Relation.COST_SAME_OR_WIDER: "it was refused for its cost at this scope or a narrower one",
    Relation.COST_NARROWER_TRY: "a wider request was refused for its cost; this one may fit",
    Relation.FINER_THAN_DISCLOSED: "what was given is less detailed than what is asked",
    Relation.WITHHELD_AT_FINER_LEVEL_ONLY: "only a finer breakdown was withheld",
    Relation.OUTCOME_NOT_STATED_FOR_ITEM: "the letter does not say what was decided for this question",
    Relation.RELATED_DIFFERENT_MEASURE: "same subject, but something else was measured or asked for",
    Relation.RELATED_OTHER_AUTHORITY: "another authority decided it; information only",
    Relation.RELATED_NO_LONGER_STANDS: "the decision no longer stands",
    Relation.RELATED_PUBLICATION_DATE_PASSED: "publication was promised for a date that has passed: see whether it appeared",
    Relation.RELATED_NO_DECISION: "nothing was decided on the content",
    Relation.RELATED_SUBJECT: "same subject, but not clearly the same question",
    Relation.UNRELATED: "too little in common",
}


def _regime_cost(provisions: Iterable[Provision]) -> bool:
    """Tell whether a refusal rests on cost alone: s.12 FOIA or FOISA."""
    own = [p for p in provisions if p.regime in (Regime.FOIA, Regime.FOISA)]
    return bool(own) and all(p.section == "12" for p in own)


def _vexatious(provisions: Iterable[Provision]) -> bool:
    own = tuple(provisions)
    return bool(own) and all(p.regime in (Regime.FOIA, Regime.FOISA) and p.section == "14" for p in own)


_FAMILIES: Final = (
    ("reason", re.compile(r"\b(?:why|reasons?|rationale|justif\w+|explain|explanation)\b")),
    ("policy", re.compile(r"\b(?:polic(?:y|ies)(?! (?:force|officer|station))|guidance|procedures?|guidelines?|manual|rules|instructions?|protocol|criteria)\b")),
    ("document", re.compile(r"\b(?:cop(?:y|ies)|minutes|correspondence|e-?mails?|reports?|advice|contract documents?|agreement|assessment|impact assessment|plan|strategy|business case|memo\w*)\b")),
    ("rate", re.compile(r"\b(?:average|mean|median|percentage|per ?cent|proportion|rate|how long|how quick\w*|how fast|longest|response times?)\b")),
    ("cost", re.compile(r"\b(?:cost|costs|spent|spend\w*|paid|pay\w*|price|amount|budget|value|expenditure|fees?|how much|worth|bill|£)\b")),
    ("identity", re.compile(r"\b(?:who|names?|which (?:company|firm|supplier|contractor)|supplier|provider|whose)\b")),
    ("place", re.compile(r"\b(?:where|location|locations|address\w*|which (?:stations?|bases?|sites?|buildings?|roads?|streets?))\b")),
    ("count", re.compile(r"\b(?:how many|how often|number|numbers|total|figures?|count|occasions|times|strength|statistics|quantity)\b")),
    ("date", re.compile(r"\b(?:when|date|dates|expir\w+)\b")),
)  # fmt: skip


def measure_family(text: str) -> str | None:
    """Name the kind of thing a question asks for, by its first telling words.

    >>> measure_family("How much was paid for drones?"), measure_family("Copies of the drone policy")
    ('cost', 'policy')
    """
    words = text.lower()
    found = [(match.start(), order, name) for order, (name, pattern) in enumerate(_FAMILIES) if (match := pattern.search(words))]  # fmt: skip
    if not found:
        return None
    names = {name for _, _, name in found}
    for strong in ("policy", "rate", "cost"):
        if strong in names:
            return strong
    return min(found)[2]


_COMPATIBLE: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("policy", "document"),
        ("identity", "document"),
        ("place", "identity"),
        ("cost", "count"),
        ("date", "document"),
        ("count", "place"),
        ("count", "identity"),
    )
)


def _same_measure(asked: str, held: str) -> bool | None:
    """Tell whether two questions ask for the same kind of thing; `None` where one does not tell."""
    one, other = measure_family(asked), measure_family(held)
    if one is None or other is None:
        return None
    if one == other:
        return True
    return None if frozenset((one, other)) in _COMPATIBLE else False


def _axes_fit(question: Question, precedent: Precedent) -> str:
    """Compare breakdowns, one named place counting as covered by a table broken down by place."""
    return compare_axes(question.slots.breakdown, precedent.slots.breakdown)


def _period_of(precedent: Precedent) -> Period | None:
    """Take the precedent's period; a figure without one is as at the day of the reply."""
    return precedent.slots.period


def _period_fit(question: Question, precedent: Precedent) -> str:
    asked, held = question.slots.period, _period_of(precedent)
    additive = question.slots.additive if question.slots.additive is not None else precedent.slots.additive
    dateless = question.kind in _RECORDS or measure_family(question.text) in {"policy", "document", "reason"}
    if asked is None or asked.grain == "snapshot":
        if dateless:
            return "unknown"
        if asked is not None and held is not None and asked.start is not None and asked.start == held.start:
            return "same"
        return "other"
    if held is None:
        day = precedent.responded
        if dateless or asked.end is None or day is None:
            return "unknown"
        return "other"
    return cover_period(asked, held, additive=additive)


def _fit(question: Question, precedent: Precedent) -> dict[str, str]:
    return {
        "period": _period_fit(question, precedent),
        "place": _place_fit(question, precedent),
        "breakdown": _axes_fit(question, precedent),
        "unit": compare_places(question.slots.units, precedent.slots.units),
    }


_PLACE_AXES: Final = re.compile(
    r"station|district|borough|ward|area|place|location|town|division|site|street|road|school|unit|team", re.I
)


def _place_fit(question: Question, precedent: Precedent) -> str:
    fit = compare_places(question.slots.places, precedent.slots.places)
    if question.slots.places and not precedent.slots.places:
        listed = any(_PLACE_AXES.search(axis) for axis in precedent.slots.breakdown)
        named = all(place.lower() in precedent.answer.lower() for place in question.slots.places)
        return "covered" if listed or named else "finer"
    return fit


def relate(
    question: Question, match: Match, *, settings: SuggestSettings, own_authority: str | None, today: dt.date | None
) -> SuggestedPrecedent:
    """Say how one precedent stands to one question.

    Args:
        question: The new question.
        match: The precedent with its similarity.
        settings: Floors below which a match is unrelated, or related but not the same question.
        own_authority: Name of one's own authority; `None` where it is not known.
        today: The day the request was received, against which a promised publication date is held.
    """
    precedent = match.precedent
    fit = _fit(question, precedent)
    same = _same_measure(question.standalone or question.text, precedent.standalone or precedent.question)
    fit["measure"] = {True: "same", False: "other", None: "unknown"}[same]
    relation = _relation(question, match, fit, settings=settings, own_authority=own_authority, today=today)
    return SuggestedPrecedent(
        match, relation, fit, precedent.evidence or precedent.answer[:300], _WHY.get(relation, "")
    )


def _relation(
    question: Question,
    match: Match,
    fit: dict[str, str],
    *,
    settings: SuggestSettings,
    own_authority: str | None,
    today: dt.date | None,
) -> Relation:
    precedent = match.precedent
    if match.similarity < settings.floor:
        return Relation.UNRELATED
    if precedent.outcome in {Outcome.CLARIFICATION, Outcome.NO_DECISION} or _vexatious(precedent.provisions):
        return Relation.RELATED_NO_DECISION
    if precedent.outcome is Outcome.UNKNOWN or precedent.binding is Binding.UNKNOWN:
        return Relation.OUTCOME_NOT_STATED_FOR_ITEM
    if precedent.status not in COUNTING_STATUSES:
        return Relation.RELATED_NO_LONGER_STANDS
    if fit["measure"] == "other":
        return Relation.RELATED_DIFFERENT_MEASURE
    if match.similarity < settings.same_question:
        return Relation.RELATED_SUBJECT
    if own_authority and precedent.authority and precedent.authority.casefold() != own_authority.casefold():
        return Relation.RELATED_OTHER_AUTHORITY
    if precedent.outcome is Outcome.FUTURE_PUBLICATION and precedent.publication_date and today and precedent.publication_date < today:  # fmt: skip
        return Relation.RELATED_PUBLICATION_DATE_PASSED
    if precedent.outcome is Outcome.NCND:
        return Relation.NCND_CONSISTENCY
    if precedent.outcome is Outcome.NOT_HELD:
        overlap = fit["period"] in _COVERED | {"partly", "finer", "unknown"}
        return Relation.NOT_HELD_BEFORE if overlap else Relation.NOT_HELD_OTHER_PERIOD
    if precedent.outcome is Outcome.REFUSED and _regime_cost(precedent.provisions):
        narrower = fit["breakdown"] == "coarser" or fit["period"] == "finer" or fit["place"] in {"inside", "finer"}
        narrower = narrower or (fit["period"] == "covered" and fit["breakdown"] != "finer")
        return Relation.COST_NARROWER_TRY if narrower else Relation.COST_SAME_OR_WIDER
    if precedent.outcome in _GIVEN:
        return _given(precedent, fit)
    if fit["breakdown"] == "coarser":
        return Relation.WITHHELD_AT_FINER_LEVEL_ONLY
    if fit["place"] in {"other", "wider"}:
        return Relation.WITHHELD_OTHER_PLACE
    if fit["period"] == "other" and not (question.slots.period is None and precedent.slots.period is None):
        return Relation.WITHHELD_OTHER_PERIOD
    return Relation.WITHHELD_SAME_OR_FINER


def _given(precedent: Precedent, fit: dict[str, str]) -> Relation:
    if fit["breakdown"] in {"finer", "other"} or fit["place"] == "finer":
        return Relation.FINER_THAN_DISCLOSED
    if fit["place"] in {"other", "wider"} or fit["unit"] == "other":
        return Relation.SAME_ASK_OTHER_PLACE
    if fit["period"] == "partly":
        return Relation.PARTLY_COVERED
    if fit["period"] in {"other", "finer"}:
        return Relation.SAME_ASK_OTHER_PERIOD
    if precedent.suppressed and fit["breakdown"] == "coarser":
        return Relation.COVERED_BUT_SUPPRESSED
    return Relation.DISCLOSED_NOT_PUBLISHED if precedent.published is False else Relation.PUBLISHED_CHECK_LINK


_ATTACHED: Final = re.compile(r"attach|enclos|spreadsheet|appendix|annex", re.I)


def _gate(found: SuggestedPrecedent, own_authority: str | None) -> tuple[GateTest, ...]:
    """Run the tests that stand before `already_disclosed`, in the order in which they are shown."""
    precedent, fit = found.match.precedent, found.fit
    unknown, passed, failed = GateState.UNKNOWN, GateState.PASS, GateState.FAIL
    own = bool(own_authority) and precedent.authority.casefold() == (own_authority or "").casefold()
    elsewhere = bool(_ATTACHED.search(precedent.answer)) and len(precedent.answer.split()) < 60
    tests = [
        ("own_authority", passed if own else unknown if not (own_authority and precedent.authority) else failed,
         f"answered by {precedent.authority or 'an authority that the reply does not name'}"),
        ("same_measure", passed if fit["measure"] == "same" else unknown,
         "asks for the same kind of thing" if fit["measure"] == "same" else "compare the two questions: the kind of thing asked is not clear"),
        ("scope_covered", passed if fit["period"] in _COVERED else unknown if fit["period"] == "unknown" else failed,
         {"unknown": "no period is stated on one side"}.get(fit["period"], f"period: {fit['period']}")),
        ("breakdown_covered", unknown if elsewhere else passed if fit["breakdown"] in {"same", "coarser"} else failed,
         "the answer is in an attachment: look what it holds" if elsewhere else f"breakdown: {fit['breakdown']}"),
        ("published", {True: passed, False: failed, None: unknown}[precedent.published],
         {True: "on a published page or log", False: "sent to one requester, not published", None: "nothing says whether it was published"}[precedent.published]),
        ("link_given", passed if precedent.links or precedent.url else unknown,
         "the reply gives an address" if precedent.links or precedent.url else "no address in the text of the reply"),
        ("link_checked", unknown, "open the address: this tool never goes online"),
        ("stands", passed, "no later decision changes it" if precedent.status == "unknown" else f"status: {precedent.status}"),
        ("not_suppressed", failed if precedent.suppressed and fit["breakdown"] == "coarser" else unknown if precedent.suppressed else passed,
         "some small numbers were suppressed" if precedent.suppressed else "no suppressed figure seen"),
        ("binding_stated", {Binding.STATED: passed, Binding.INFERRED: unknown}.get(precedent.binding, failed),
         {Binding.STATED: "the reply says which question this answers", Binding.INFERRED: "one decision for the whole letter"}.get(precedent.binding, "the reply does not say")),
    ]  # fmt: skip
    return tuple(GateTest(name, state, why) for name, state, why in tests)


def _route(gate: Sequence[GateTest]) -> Route | None:
    states = {test.test: test.state for test in gate}
    if any(state is GateState.FAIL for name, state in states.items() if name not in {"published", "link_checked"}):
        return None
    if GateState.FAIL in (states["published"], states["link_checked"]):
        return Route.SUPPLY_AGAIN
    return Route.S21 if all(state is GateState.PASS for state in states.values()) else Route.CHECK


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
        matches: What the search found, best first.
        settings: Floors and margins.
        own_authority: Name of one's own authority.
        today: The day the request was received.
    """
    related = [
        relate(question, match, settings=settings, own_authority=own_authority, today=today) for match in matches
    ]
    related = _unite_parts(question, related)
    shown = [each for each in related if each.relation is not Relation.UNRELATED]
    positive = [each for each in shown if each.relation in _VERDICTS]
    considered = tuple(each for each in shown if each.relation not in _VERDICTS)[: settings.shown]
    if not positive:
        return Suggestion(
            question,
            Verdict.NO_PRECEDENT,
            considered=considered,
            checklist=_checklist(Verdict.NO_PRECEDENT, considered),
        )
    best = max(each.match.similarity for each in positive)
    near = [each for each in positive if each.match.similarity >= best - settings.margin]
    far = [each for each in positive if each not in near]
    near.sort(key=lambda each: _rank(each, best), reverse=True)
    clash = _find_conflict(near, settings)
    if clash:
        sides = [each for each in near if each in clash]
        provisions = _provisions(each for each in sides if _VERDICTS[each.relation] is Verdict.EXEMPTION_PRECEDENT)
        return Suggestion(
            question,
            Verdict.CONFLICTING,
            provisions=provisions,
            confidence=_confidence(sides[0], settings),
            precedents=tuple(sides),
            against=(),
            considered=(*(each for each in near if each not in clash), *far, *considered)[: settings.shown],
            checklist=_checklist(Verdict.CONFLICTING, sides),
        )
    verdict = _VERDICTS[near[0].relation]
    support = [each for each in near if _VERDICTS[each.relation] is verdict]
    gate, route = (), None
    if verdict is Verdict.ALREADY_DISCLOSED:
        gate = _gate(support[0], own_authority)
        route = _route(gate)
        if route is None:
            verdict = Verdict.DISCLOSED_BEFORE
    against = tuple(each for each in near if each not in support)[: settings.shown]
    provisions = _provisions(support[:1]) if verdict is Verdict.EXEMPTION_PRECEDENT else ()
    if verdict is Verdict.COST_PRECEDENT:
        provisions = _provisions(support[:1])
    return Suggestion(
        question,
        verdict,
        route=route,
        provisions=provisions,
        confidence=_confidence(support[0], settings),
        gate=gate,
        precedents=tuple(support[: settings.shown]),
        against=against,
        considered=(*far, *considered)[: settings.shown],
        checklist=_checklist(verdict, support),
    )


def _unite_parts(question: Question, related: list[SuggestedPrecedent]) -> list[SuggestedPrecedent]:
    """Let several precedents cover the asked period together, where each gave a part of it."""
    partly = [each for each in related if each.relation in {Relation.PARTLY_COVERED} or (each.relation is Relation.SAME_ASK_OTHER_PERIOD and each.match.precedent.slots.period)]  # fmt: skip
    asked = question.slots.period
    if len(partly) < 2 or asked is None or not asked.parts:
        return related
    cells = tuple(sorted({cell for each in partly if (held := each.match.precedent.slots.period) for cell in (held.parts or ((held.start, held.end),)) if None not in cell}))  # type: ignore[type-var]  # fmt: skip
    useful = [each for each in partly if cover_period(asked, each.match.precedent.slots.period, additive=question.slots.additive) in {"partly"}]  # fmt: skip
    held = Period(None, None, "", "range", cells)  # type: ignore[arg-type]
    if not useful or cover_period(asked, held, additive=question.slots.additive) not in _COVERED:
        return related
    chosen = {id(each) for each in useful}
    return [
        SuggestedPrecedent(
            each.match,
            Relation.DISCLOSED_NOT_PUBLISHED
            if each.match.precedent.published is False
            else Relation.PUBLISHED_CHECK_LINK,
            {**each.fit, "period": "covered"},
            each.quote,
            "together with the others it covers the whole period",
        )
        if id(each) in chosen
        else each
        for each in related
    ]


def _rank(each: SuggestedPrecedent, best: float) -> tuple[float, float, int]:
    """Order matches that are about equally similar: scope that fits first, then the newest decision."""
    precedent = each.match.precedent
    scope = {Relation.WITHHELD_SAME_OR_FINER: 3, Relation.NCND_CONSISTENCY: 3, Relation.NOT_HELD_BEFORE: 3, Relation.COST_SAME_OR_WIDER: 3, Relation.COVERED_BUT_SUPPRESSED: 2, Relation.PARTLY_COVERED: 2}  # fmt: skip
    level = 3 if each.relation in _FULL else scope.get(each.relation, 1)
    closeness = round(each.match.similarity - best, 2)
    return closeness + 0.02 * level, level, precedent.responded.toordinal() if precedent.responded else 0


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in _COMMON}


_COMMON: Final = frozenset("the and for how many what which that with from have has had were was are does did please number year years since each per you your force police council information this any been all who when where".split())  # fmt: skip


def _find_conflict(near: Sequence[SuggestedPrecedent], settings: SuggestSettings) -> list[SuggestedPrecedent]:
    """Find precedents that disagree with each other on scope they share."""
    given = [each for each in near if each.match.precedent.outcome in _GIVEN and _VERDICTS[each.relation] in {Verdict.ALREADY_DISCLOSED, Verdict.DISCLOSED_BEFORE}]  # fmt: skip
    kept = [each for each in near if _VERDICTS[each.relation] is Verdict.EXEMPTION_PRECEDENT]
    clash: list[SuggestedPrecedent] = []
    for one in given:
        for other in kept:
            if _shares_scope(one.match.precedent, other.match.precedent, settings):
                clash += [each for each in (one, other) if each not in clash]
    return clash


def _shares_scope(one: Precedent, other: Precedent, settings: SuggestSettings) -> bool:
    """Tell whether two precedents answer one question: their words, periods, places and axes agree."""
    mine, theirs = _words(one.standalone or one.question), _words(other.standalone or other.question)
    alike = len(mine & theirs) / max(1, len(mine | theirs))
    if alike < settings.conflict_words or one.reference == other.reference:
        return False
    if compare_axes(one.slots.breakdown, other.slots.breakdown) != "same":
        return False
    if compare_places(one.slots.places, other.slots.places) not in {"same", "unknown"}:
        return False
    period = cover_period(one.slots.period, other.slots.period, additive=True)
    back = cover_period(other.slots.period, one.slots.period, additive=True)
    if one.slots.period is None and other.slots.period is None:
        return True
    return bool({period, back} & (_COVERED | {"partly"}))


def _provisions(support: Iterable[SuggestedPrecedent]) -> tuple[Provision, ...]:
    return tuple(dict.fromkeys(p for each in support for p in each.match.precedent.provisions))


def _confidence(best: SuggestedPrecedent, settings: SuggestSettings) -> float:
    """Turn the distance above the floor into a share of one; unknown slots lower it. Not yet calibrated."""
    distance = (best.match.similarity - settings.same_question) / max(1e-6, settings.margin)
    certain = 1 / (1 + math.exp(-distance))
    doubts = sum(state == "unknown" for name, state in best.fit.items() if name in {"period", "measure"})
    return round(certain * 0.9**doubts, 3)


_STEPS: Final[dict[Verdict, tuple[str, ...]]] = {
    Verdict.ALREADY_DISCLOSED: (
        "Open the earlier reply and check that it answers this very question.",
        "Check that the figures have not been revised or withdrawn since.",
        "Section 21 needs information this requester can reasonably reach: give the exact place, in a refusal notice under s.17(1).",
        "If it was never published or the address is dead, supply it again instead.",
    ),
    Verdict.DISCLOSED_BEFORE: (
        "Disclosable on precedent: check that it is held for what is asked now.",
        "Check cost and any change in harm since the earlier reply.",
        "Section 21 does not fit: this is not the same information.",
    ),
    Verdict.EXEMPTION_PRECEDENT: (
        "A past refusal does not bind: redo the test on the facts at the date of this request.",
        "State the harm and its cause; for a qualified exemption weigh the public interest afresh.",
        "Consider whether a coarser total or another period can be given.",
    ),
    Verdict.NOT_HELD_PRECEDENT: ("Search again: recording rules and systems change.", "Consider who else may hold it (s.16)."),
    Verdict.COST_PRECEDENT: (
        "Make a fresh estimate; reuse the old one only where systems and scope are the same.",
        "Section 12 takes the whole request: say which question drives the cost.",
        "Advise what would fit within the limit (s.16).",
    ),
    Verdict.CONFLICTING: (
        "Earlier decisions disagree on this scope: read both before deciding.",
        "Find out what changed between them; a review or tribunal outranks a reply.",
    ),
    Verdict.NO_PRECEDENT: ("Nothing on record decides this: treat it as new.",),
}  # fmt: skip


def _checklist(verdict: Verdict, found: Sequence[SuggestedPrecedent]) -> tuple[str, ...]:
    extra = []
    if any(each.relation is Relation.RELATED_PUBLICATION_DATE_PASSED for each in found):
        extra.append(
            "A promised publication date has passed: see whether it appeared; then s.21 may fit, s.22 no longer."
        )
    if any(each.relation is Relation.NCND_CONSISTENCY for each in found):
        extra.append("Neither confirm nor deny works only when used consistently: ask a senior reviewer.")
    if any(each.match.precedent.status == "unknown" for each in found[:1]):
        extra.append("The reply's later life is not on record: ask whether it was reviewed.")
    if any(each.match.precedent.suppressed for each in found[:1]):
        extra.append("Small numbers were suppressed: a coarser total must not undo that.")
    return (*_STEPS[verdict], *extra)
