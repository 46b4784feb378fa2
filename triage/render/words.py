"""Put the vocabularies into words, for a terminal and the desk alike.

In: a record or one of its values. Out: a phrase.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from triage.schema import (
    Diversion,
    GateTest,
    Outcome,
    Precedent,
    Relation,
    Route,
    Slots,
    Status,
    Suggestion,
    Verdict,
)

__all__ = [
    "describe_correction",
    "describe_decision",
    "describe_diversion",
    "describe_fit",
    "describe_outcome",
    "describe_relation",
    "describe_slots",
    "describe_status",
    "describe_test",
    "describe_verdict",
    "print_day",
    "print_moment",
]

_VERDICTS: Final = {
    Verdict.ALREADY_DISCLOSED: "Already disclosed",
    Verdict.DISCLOSED_BEFORE: "The like was disclosed before",
    Verdict.EXEMPTION_PRECEDENT: "Withheld before",
    Verdict.NOT_HELD_PRECEDENT: "Not held before",
    Verdict.COST_PRECEDENT: "Refused for its cost before",
    Verdict.CONFLICTING: "Earlier decisions disagree",
    Verdict.NO_PRECEDENT: "No precedent found",
}
_ROUTES: Final = {
    Route.S21: "every test passed: section 21 may fit",
    Route.CHECK: "some tests are open: check before relying on section 21",
    Route.SUPPLY_AGAIN: "it was given but is not published: supply it again",
}
_OUTCOMES: Final = {
    Outcome.DISCLOSED: "disclosed",
    Outcome.PARTLY: "partly disclosed",
    Outcome.REFUSED: "refused",
    Outcome.NOT_HELD: "not held",
    Outcome.ALREADY_ACCESSIBLE: "pointed to where it is",
    Outcome.FUTURE_PUBLICATION: "held for future publication",
    Outcome.NCND: "neither confirmed nor denied",
    Outcome.CLARIFICATION: "clarification asked for",
    Outcome.NO_DECISION: "no decision",
    Outcome.UNKNOWN: "not stated for this question",
}
_DECISIONS: Final = {
    Outcome.DISCLOSED: "was disclosed",
    Outcome.PARTLY: "was disclosed in part",
    Outcome.REFUSED: "was withheld",
    Outcome.NOT_HELD: "was answered as not held",
    Outcome.ALREADY_ACCESSIBLE: "was answered by saying where it is",
    Outcome.FUTURE_PUBLICATION: "was held back for publication",
    Outcome.NCND: "was neither confirmed nor denied",
    Outcome.CLARIFICATION: "was met with a request for clarification",
    Outcome.NO_DECISION: "was acknowledged, not decided",
    Outcome.UNKNOWN: "decision not stated for this question",
}
_STATUSES: Final = {
    Status.STANDS: "stands",
    Status.UPHELD: "upheld at review",
    Status.VARIED: "varied since",
    Status.OVERTURNED: "overturned since",
    Status.RETRACTED: "withdrawn since",
    Status.SUPERSEDED: "superseded since",
    Status.UNKNOWN: "later life not on record",
}
_FITS: Final = {
    "same": "same",
    "covered": "covered",
    "covered_by_sum": "covered when added up",
    "partly": "covered in part",
    "finer": "asked in more detail",
    "coarser": "asked in less detail",
    "inside": "lies inside",
    "wider": "asked more widely",
    "other": "another",
    "unknown": "cannot tell",
}
_TESTS: Final = {
    "own_authority": "own authority",
    "same_measure": "same kind of thing asked",
    "scope_covered": "whole period covered",
    "breakdown_covered": "detail covered",
    "published": "published",
    "link_given": "address given",
    "link_checked": "address checked",
    "stands": "still stands",
    "not_suppressed": "nothing suppressed",
    "binding_stated": "reply says what it answers",
}


def describe_verdict(suggestion: Suggestion) -> str:
    """Put a verdict into words, with the route where there is one.

    >>> from triage.schema import Question
    >>> describe_verdict(Suggestion(Question(1, None, 0, 1, "?", "?"), Verdict.NO_PRECEDENT))
    'No precedent found'
    """
    words = _VERDICTS[suggestion.verdict]
    return f"{words}: {_ROUTES[suggestion.route]}" if suggestion.route else words


def describe_outcome(outcome: Outcome) -> str:
    """Put an outcome into words."""
    return _OUTCOMES[outcome]


def describe_decision(precedent: Precedent) -> str:
    """Put what a past reply decided into words: what was done, under what, and when; never what applies now.

    >>> from triage.schema import Binding, Provision, Status
    >>> describe_decision(Precedent("A/1#2", "A/1", "2", "", "?", "?", "", Outcome.REFUSED,
    ...     (Provision.parse("s31(1)(a)"),), Binding.STATED, Status.STANDS, responded=dt.date(2022, 8, 3)))
    'was withheld under s31(1)(a) on 2022-08-03'
    """
    cited = ", ".join(map(str, precedent.provisions))
    words = _DECISIONS[precedent.outcome]
    if precedent.outcome is Outcome.REFUSED and {p.section for p in precedent.provisions} & {"12", "14"}:
        words = "was refused"
    if cited and precedent.outcome is Outcome.UNKNOWN:
        words += f" (the letter names {cited})"
    elif cited:
        words += f"{', the rest withheld' if precedent.outcome is Outcome.PARTLY else ''} under {cited}"
    elif precedent.outcome in {Outcome.REFUSED, Outcome.NCND}:
        words += " (no provision read)"
    if precedent.outcome is Outcome.FUTURE_PUBLICATION and precedent.publication_date:
        words += f" (promised for {precedent.publication_date.isoformat()})"
    return f"{words} on {precedent.responded.isoformat()}" if precedent.responded else f"{words}, undated"


def describe_correction(precedent: Precedent) -> str:
    """Say that an officer corrected what was read, when and why; empty where nobody did."""
    if precedent.corrected is None:
        return ""
    return f"corrected by an officer on {precedent.corrected.at:%Y-%m-%d}: {precedent.corrected.reason}"


def describe_status(status: Status) -> str:
    """Put the later life of a decision into words."""
    return _STATUSES[status]


def describe_fit(fit: dict[str, str]) -> str:
    """Put the fit of each slot into words, those that differ from what is asked first.

    >>> describe_fit({"place": "same", "period": "other"})
    'period: another; place: same'
    """
    ordered = sorted(fit.items(), key=lambda item: item[1] == "same")
    return "; ".join(f"{slot}: {_FITS.get(state, state.replace('_', ' '))}" for slot, state in ordered)


def describe_test(test: GateTest) -> str:
    """Name a gate test in words."""
    return _TESTS.get(test.test, test.test.replace("_", " "))


def describe_slots(slots: Slots) -> str:
    """Put period, places, units and breakdown of a question into one line; empty where it states none.

    >>> describe_slots(Slots(places=("Tarnley",), breakdown=("rank", "month")))
    'place: Tarnley; by rank, month'
    """
    parts = []
    if slots.period:
        start, end = (print_day(day) or "open" for day in (slots.period.start, slots.period.end))
        span = start if start == end else f"{start} to {end}"
        parts.append(f"period: {slots.period.raw or slots.period.grain} ({span})")
    for name, values in (("place", slots.places), ("unit", slots.units)):
        if values:
            parts.append(f"{name}: {', '.join(values)}")
    if slots.breakdown:
        parts.append(f"by {', '.join(slots.breakdown)}")
    return "; ".join(parts)


def describe_diversion(diversion: Diversion, text: str | None = None) -> str:
    """Say which way a part of a letter may have to go, and why; what is no question is quoted where `text` is given.

    >>> describe_diversion(Diversion(0, 9, "eir", "asks about the air", "s39", 2))
    'may need another route: eir; question 2 asks about the air (s39)'
    """
    way = diversion.handling.replace("_", " ")
    what = f"question {diversion.ordinal}" if diversion.ordinal else "a part of the letter"
    if text is not None and diversion.ordinal is None:
        what = f"“{' '.join(text[diversion.start : diversion.end].split())}”"
    return f"may need another route: {way}; {what} {diversion.reason} ({diversion.section})"


def describe_relation(relation: Relation) -> str:
    """Put a relation code into words: lower case, no underscores."""
    return relation.value.replace("_", " ").lower()


def print_day(day: dt.date | None) -> str | None:
    """Write a day as 2024-05-02; an unknown one stays `None`."""
    return day.isoformat() if day else None


def print_moment(moment: dt.datetime) -> str:
    """Write a moment in UTC as 2024-05-02T09:30:00Z.

    >>> print_moment(dt.datetime(2024, 5, 2, 9, 30, tzinfo=dt.UTC))
    '2024-05-02T09:30:00Z'
    """
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
