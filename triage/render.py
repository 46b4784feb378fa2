"""Word the records: as JSON objects (the contract) and as text for a terminal or the desk.

In: records. Out: plain dictionaries, or lines of text. Nothing is decided here.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, Final

from triage.schema import (
    Citation,
    Disclosure,
    GateTest,
    Match,
    Outcome,
    Period,
    Precedent,
    Question,
    Relation,
    Route,
    Slots,
    SplitRequest,
    Status,
    SuggestedPrecedent,
    Suggestion,
    Verdict,
)

__all__ = [
    "CONTRACT",
    "ask_object",
    "ask_text",
    "cite_object",
    "cite_text",
    "describe_decision",
    "describe_fit",
    "describe_outcome",
    "describe_relation",
    "describe_slots",
    "describe_status",
    "describe_test",
    "describe_verdict",
    "disclosure_object",
    "disclosure_text",
    "hit_object",
    "hits_text",
    "split_object",
    "split_text",
]

CONTRACT: Final = 1
"""Number of the JSON contract: objects may gain fields; removing or renaming one raises it."""

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
        start, end = (_day(day) or "open" for day in (slots.period.start, slots.period.end))
        span = start if start == end else f"{start} to {end}"
        parts.append(f"period: {slots.period.raw or slots.period.grain} ({span})")
    for name, values in (("place", slots.places), ("unit", slots.units)):
        if values:
            parts.append(f"{name}: {', '.join(values)}")
    if slots.breakdown:
        parts.append(f"by {', '.join(slots.breakdown)}")
    return "; ".join(parts)


def describe_relation(relation: Relation) -> str:
    """Put a relation code into words: lower case, no underscores."""
    return relation.value.replace("_", " ").lower()


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _period_object(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {
        "from": _day(period.start),
        "to": _day(period.end),
        "raw": period.raw,
        "grain": period.grain,
        "parts": [[start.isoformat(), end.isoformat()] for start, end in period.parts],
    }


def _slots_object(slots: Slots) -> dict[str, Any]:
    return {
        "subject": slots.subject,
        "measure": slots.measure,
        "additive": slots.additive,
        "period": _period_object(slots.period),
        "places": list(slots.places),
        "units": list(slots.units),
        "breakdown": list(slots.breakdown),
    }


def _question_object(question: Question) -> dict[str, Any]:
    return {
        "ordinal": question.ordinal,
        "label": question.label,
        "start": question.start,
        "end": question.end,
        "text": question.text,
        "standalone": question.standalone,
        "kind": question.kind,
        "handling": question.handling,
        "path": list(question.path),
        "inherits": list(question.inherits),
        "depends_on": list(question.depends_on),
        "slots": _slots_object(question.slots),
    }


def split_object(parts: SplitRequest) -> dict[str, Any]:
    """Return the JSON object of `triage split`."""
    return {
        "id": parts.id,
        "questions": [_question_object(question) for question in parts.questions],
        "constraints": [
            {"start": c.start, "end": c.end, "kind": c.kind, "applies_to": list(c.applies_to)}
            for c in parts.constraints
        ],
    }


def cite_object(key: str, citations: Iterable[Citation]) -> dict[str, Any]:
    """Return the JSON object of `triage cite`."""
    return {
        "id": key,
        "citations": [
            {
                "start": c.start,
                "end": c.end,
                "surface": c.surface,
                "literal": [str(p) for p in c.literal],
                "effective": [str(p) for p in c.effective],
                "conditions": [str(p) for p in c.conditions],
                "flags": list(c.flags),
                "role": c.role,
            }
            for c in citations
        ],
    }


def disclosure_object(disclosure: Disclosure, *, key: str | None = None) -> dict[str, Any]:
    """Return the JSON object of `triage read`; `key` is the `id` of an input line, else the file is named."""
    name = {"file": disclosure.file} if key is None else {"id": key}
    return name | {
        "reference": disclosure.reference,
        "authority": disclosure.authority,
        "received": _day(disclosure.received),
        "responded": _day(disclosure.responded),
        "url": disclosure.url,
        "published": disclosure.published,
        "status": disclosure.status,
        "reviews": disclosure.reviews,
        "request": disclosure.request,
        "questions": [
            {
                "ordinal": q.ordinal,
                "label": q.label,
                "text": q.text,
                "outcome": q.outcome,
                "provisions": [str(p) for p in q.provisions],
                "binding": q.binding,
                "evidence": q.evidence,
                "evidence_span": list(q.evidence_span) if q.evidence_span else None,
                "answer": q.answer,
            }
            for q in disclosure.questions
        ],
        "mentioned": [str(p) for p in disclosure.mentioned],
        "outcome": disclosure.outcome,
        "flags": list(disclosure.flags),
    }


def hit_object(key: str, matches: Iterable[Match]) -> dict[str, Any]:
    """Return the JSON object of `triage search`."""
    return {
        "id": key,
        "hits": [
            {"precedent": m.precedent.id, "similarity": round(m.similarity, 6), "ranks": m.ranks} for m in matches
        ],
    }


def _found_object(found: SuggestedPrecedent) -> dict[str, Any]:
    precedent = found.match.precedent
    return {
        "precedent": precedent.id,
        "reference": precedent.reference,
        "label": precedent.label,
        "authority": precedent.authority,
        "question": precedent.question,
        "outcome": precedent.outcome,
        "provisions": [str(p) for p in precedent.provisions],
        "responded": _day(precedent.responded),
        "url": precedent.url,
        "status": precedent.status,
        "quote": found.quote,
        "relation": found.relation,
        "why": found.why,
        "fit": found.fit,
        "similarity": round(found.match.similarity, 6),
        "ranks": found.match.ranks,
    }


def _gate_object(gate: Iterable[GateTest]) -> list[dict[str, str]]:
    return [{"test": test.test, "state": test.state, "why": test.why} for test in gate]


def ask_object(parts: SplitRequest, suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    """Return the JSON object of `triage ask`."""
    return {
        "id": parts.id,
        "questions": [
            _question_object(s.question)
            | {
                "verdict": s.verdict,
                "route": s.route,
                "provisions": [str(p) for p in s.provisions],
                "confidence": s.confidence,
                "gate": _gate_object(s.gate),
                "precedents": [_found_object(found) for found in s.precedents],
                "against": [_found_object(found) for found in s.against],
                "considered": [_found_object(found) for found in s.considered],
                "checklist": list(s.checklist),
            }
            for s in suggestions
        ],
        "constraints": split_object(parts)["constraints"],
    }


def _wrap(text: str, indent: str) -> str:
    return textwrap.fill(" ".join(text.split()), 100, initial_indent=indent, subsequent_indent=indent)


_NO_QUESTION: Final = "No question found in this text. If there is one, paste it on a line of its own."


def split_text(parts: SplitRequest) -> str:
    """Word a split request for a terminal."""
    if not parts.questions:
        return _NO_QUESTION
    lines = []
    for question in parts.questions:
        label = f" (printed {question.label})" if question.label else ""
        lines += [f"{question.ordinal}{label}  {question.kind}", _wrap(question.text, "    ")]
        if " ".join(question.standalone.split()) != " ".join(question.text.split()):
            lines.append(_wrap("on its own: " + question.standalone, "      "))
    return "\n".join(lines)


def cite_text(citations: Sequence[Citation]) -> str:
    """Word citations for a terminal."""
    if not citations:
        return "No provision is cited."
    return "\n".join(
        f"{c.start:>6}-{c.end:<6} {', '.join(map(str, c.effective or c.literal)):<28} {c.role:<10} "
        f"{' '.join(c.surface.split())}"
        for c in citations
    )


def disclosure_text(disclosure: Disclosure) -> str:
    """Word what was read from a reply for a terminal."""
    when = disclosure.responded.isoformat() if disclosure.responded else "undated"
    lines = [f"{disclosure.reference}  {disclosure.authority or 'authority not named'}  {when}  {disclosure.outcome}"]
    for question in disclosure.questions:
        provisions = ", ".join(map(str, question.provisions))
        label = question.label or question.ordinal
        lines.append(f"  {label}: {question.outcome} {provisions} ({question.binding})".rstrip())
        lines.append(_wrap(question.text or "(the question was not found)", "      "))
        if question.evidence:
            lines.append(_wrap(f"“{question.evidence}”", "      "))
    if disclosure.mentioned:
        lines.append(f"  mentioned: {', '.join(map(str, disclosure.mentioned))}")
    return "\n".join(lines)


def hits_text(matches: Sequence[Match]) -> str:
    """Word a search result for a terminal."""
    if not matches:
        return "Nothing found."
    lines = []
    for match in matches:
        precedent = match.precedent
        ranks = ", ".join(f"{name} {rank}" for name, rank in match.ranks.items())
        lines.append(f"{match.similarity:.3f}  {precedent.id}  {precedent.outcome}  ({ranks})")
        lines.append(_wrap(precedent.question, "       "))
    return "\n".join(lines)


def ask_text(suggestions: Sequence[Suggestion]) -> str:
    """Word suggestions for a terminal: the verdict, its evidence, and what does not fit."""
    if not suggestions:
        return _NO_QUESTION
    lines: list[str] = []
    for suggestion in suggestions:
        question = suggestion.question
        lines += [f"{question.ordinal}. {' '.join(question.text.split())}", f"   {describe_verdict(suggestion)}"]
        if suggestion.provisions:
            lines.append(f"   provisions: {', '.join(map(str, suggestion.provisions))}")
        for title, part in (
            ("rests on", suggestion.precedents),
            ("against", suggestion.against),
            ("considered", suggestion.considered),
        ):
            for found in part:
                precedent = found.match.precedent
                when = precedent.responded.isoformat() if precedent.responded else "undated"
                provisions = " ".join(map(str, precedent.provisions))
                outcome = f"{describe_outcome(precedent.outcome)} {provisions}".strip()
                lines.append(f"   {title}: {precedent.id} ({when}; {outcome}): {found.why}")
                if found.quote and part is suggestion.precedents:
                    lines.append(_wrap(f"“{found.quote}”", "      "))
        lines += [f"   - {step}" for step in suggestion.checklist]
        lines.append("")
    return "\n".join(lines).rstrip()
