"""Word the records as JSON objects: the contract with other programs.

In: records. Out: plain dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from triage.render.words import print_day, print_moment
from triage.schema import (
    Citation,
    Correction,
    Disclosure,
    GateTest,
    Match,
    Period,
    Question,
    Slots,
    SplitRequest,
    SuggestedPrecedent,
    Suggestion,
)

__all__ = ["CONTRACT", "ask_object", "cite_object", "disclosure_object", "hit_object", "split_object"]

CONTRACT: Final = 1
"""Number of the JSON contract: objects may gain fields; removing or renaming one raises it."""


def _period_object(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {
        "from": print_day(period.start),
        "to": print_day(period.end),
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


def split_object(parts: SplitRequest, *, roles: bool = False) -> dict[str, Any]:
    """Return the JSON object of `triage split`; with `roles` also what each stretch of the text does in it."""
    segments = [{"start": s.start, "end": s.end, "role": s.role} for s in parts.segments]
    return {
        "id": parts.id,
        "questions": [_question_object(question) for question in parts.questions],
        "constraints": [
            {"start": c.start, "end": c.end, "kind": c.kind, "applies_to": list(c.applies_to)}
            for c in parts.constraints
        ],
        "diversions": [
            {
                "start": d.start,
                "end": d.end,
                "handling": d.handling,
                "reason": d.reason,
                "section": d.section,
                "question": d.ordinal,
            }
            for d in parts.diversions
        ],
    } | ({"segments": segments} if roles else {})


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
        "received": print_day(disclosure.received),
        "responded": print_day(disclosure.responded),
        "url": disclosure.url,
        "published": disclosure.published,
        "status": disclosure.status,
        "reviews": disclosure.reviews,
        "review_status": disclosure.review_status,
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
                "attachments": list(q.attachments),
                "links": list(q.links),
                "suppressed": q.suppressed,
                "publication_date": print_day(q.publication_date),
            }
            for q in disclosure.questions
        ],
        "mentioned": [str(p) for p in disclosure.mentioned],
        "outcome": disclosure.outcome,
        "reasons": [
            {
                "kind": each.kind,
                "provisions": [str(p) for p in each.provisions],
                "start": each.start,
                "end": each.end,
                "text": each.text,
            }
            for each in disclosure.reasons
        ],
        "edges": [
            {"kind": edge.kind, "target": edge.target, "start": edge.start, "end": edge.end}
            for edge in disclosure.edges
        ],
        "attachments": [{"name": each.name, "form": each.form} for each in disclosure.attachments],
        "flags": list(disclosure.flags),
    }


def _corrected_object(correction: Correction | None) -> dict[str, str] | None:
    if correction is None:
        return None
    return {"reason": correction.reason, "at": print_moment(correction.at)}


def hit_object(key: str, matches: Iterable[Match]) -> dict[str, Any]:
    """Return the JSON object of `triage search`."""
    return {
        "id": key,
        "hits": [
            {
                "precedent": m.precedent.id,
                "similarity": round(m.similarity, 6),
                "ranks": m.ranks,
                "corrected": _corrected_object(m.precedent.corrected),
            }
            for m in matches
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
        "responded": print_day(precedent.responded),
        "url": precedent.url,
        "status": precedent.status,
        "corrected": _corrected_object(precedent.corrected),
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
