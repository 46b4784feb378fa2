"""Word a reply laid open, and what a correction does: as JSON objects and as text.

In: `ShownReply`, `Correction`, `Change`. Out: plain dictionaries, or lines of text with the evidence marked.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import click

from triage.render.objects import disclosure_object
from triage.render.text import wrap
from triage.render.words import describe_status, print_day, print_moment
from triage.schema import Change, CorrectedField, Correction, EdgeKind, ShownReply

__all__ = ["correction_object", "correction_text", "mark_evidence", "shown_object", "shown_text"]

_FIRST_ROWS: Final = 5
"""Rows of an attachment that are shown."""

_EDGES: Final = {
    EdgeKind.REFERS_TO: "refers to",
    EdgeKind.REVIEWS: "reviews",
    EdgeKind.RETRACTS: "retracts",
    EdgeKind.SUPERSEDES: "supersedes",
}

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that a terminal would obey."""


def mark_evidence(text: str, spans: Iterable[tuple[str, tuple[int, int]]], *, styled: bool = False) -> str:
    """Mark stretches of a text with their labels; without the marks it is the same text.

    Args:
        text: The whole text.
        spans: Each with its label; several may lie on one place.
        styled: Mark by reverse video, for a terminal, and not by brackets.

    >>> mark_evidence("Yes. 12 vans.", [("1", (5, 13)), ("2", (5, 13))])
    'Yes. ⟦1, 2: 12 vans.⟧'
    """
    marked = [(label, max(0, start), min(end, len(text))) for label, (start, end) in spans]
    cuts = sorted({0, len(text)} | {cut for _, start, end in marked for cut in (start, end)})
    pieces = []
    for start, end in itertools.pairwise(cuts):
        piece = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text[start:end])
        labels = ", ".join(dict.fromkeys(label for label, first, last in marked if first <= start and end <= last))
        if labels and styled:
            piece = f"[{labels}]{click.style(piece, reverse=True, bold=True)}"
        elif labels:
            piece = f"⟦{labels}: {piece}⟧"
        pieces.append(piece)
    return "".join(pieces)


def _said(correction: Correction) -> dict[str, Any]:
    return {"reason": correction.reason, "at": print_moment(correction.at)}


def _fields_object(fields: Iterable[CorrectedField]) -> list[dict[str, Any]]:
    return [
        {"field": each.field, "read": each.read, "corrected": each.value} | _said(each.correction) for each in fields
    ]


def shown_object(shown: ShownReply) -> dict[str, Any]:
    """Return the JSON object of `triage show`; with a label, its question alone."""
    disclosure = shown.disclosure
    made = disclosure_object(disclosure)
    questions = []
    rows = zip(made["questions"], shown.labels, shown.spans, shown.statuses, strict=True)
    for question, label, span, status in rows:
        if shown.label in (None, label):
            own = [each for each in shown.corrected if each.label == label]
            place = {"precedent": f"{disclosure.reference}#{label}", "status": status}
            questions.append(question | place | {"evidence_span": _pair(span), "corrected": _fields_object(own)})
    return made | {
        "questions": questions,
        "settled_by": shown.settled_by,
        "corrected": _fields_object(each for each in shown.corrected if each.label is None),
        "named_by": [{"reference": reference, "kind": kind} for reference, kind in shown.named_by],
        "attachments": [{"name": each.name, "form": each.form, "text": each.text} for each in disclosure.attachments],
        "text": disclosure.text,
    }


def _pair(span: tuple[int, int] | None) -> list[int] | None:
    return None if span is None else list(span)


def shown_text(shown: ShownReply, *, styled: bool = False) -> str:
    """Word a reply laid open: what was read, what was corrected, and its text with the evidence marked."""
    return "\n".join(
        [
            *_head(shown),
            *_questions(shown),
            *_reasons(shown),
            *_attachments(shown),
            "",
            "text, as stored, with the evidence marked:",
            "",
            mark_evidence(shown.disclosure.text, _marks(shown), styled=styled),
        ]
    )


def _marks(shown: ShownReply) -> list[tuple[str, tuple[int, int]]]:
    return [
        (label, span)
        for label, span in zip(shown.labels, shown.spans, strict=True)
        if span is not None and shown.label in (None, label)
    ]


def _head(shown: ShownReply) -> list[str]:
    disclosure = shown.disclosure
    published = {True: "yes", False: "no", None: "not known"}[disclosure.published]
    lines = [
        f"{disclosure.reference}  {_plain(disclosure.authority) or 'authority not named'}",
        f"  file: {disclosure.file}",
        f"  received: {print_day(disclosure.received) or 'not known'}; "
        f"responded: {print_day(disclosure.responded) or 'not known'}",
        f"  url: {disclosure.url or 'none'}; published: {published}",
        f"  outcome of the letter: {disclosure.outcome}",
        f"  status: {_status_words(shown)}",
    ]
    lines += _corrected_lines(shown, None, "  ")
    if disclosure.mentioned:
        lines.append(f"  mentioned: {', '.join(map(str, disclosure.mentioned))}")
    if disclosure.flags:
        lines.append(f"  flags: {', '.join(disclosure.flags)}")
    lines += [f"  {_EDGES[edge.kind]} {_plain(edge.target)}" for edge in disclosure.edges]
    if disclosure.reviews and not any(edge.target == disclosure.reviews for edge in disclosure.edges):
        lines.append(f"  reviews {disclosure.reviews}")
    return lines + [f"  {reference} {_EDGES[kind]} it" for reference, kind in shown.named_by]


def _status_words(shown: ShownReply) -> str:
    words = describe_status(shown.disclosure.status)
    if any(each.label is None and each.field == "status" for each in shown.corrected):
        return f"{words}, as an officer corrected"
    return f"{words}, by {shown.settled_by}" if shown.settled_by else words


def _corrected_lines(shown: ShownReply, label: str | None, indent: str) -> list[str]:
    return [
        wrap(
            f"{_corrected_words(each)}: {_plain(each.correction.reason)}",
            indent,
        )
        for each in shown.corrected
        if each.label == label
    ]


def _corrected_words(each: CorrectedField) -> str:
    day = f"by an officer on {each.correction.at:%Y-%m-%d}"
    if each.read == each.value:
        return f"confirmed {day}: {each.field} {each.value}"
    return f"corrected {day}: {_was(each.field)} read as {each.read}, now {each.value}"


def _was(field: str, of: str = "") -> str:
    return f"{field}{of} {'were' if field == 'provisions' else 'was'}"


def _questions(shown: ShownReply) -> list[str]:
    lines = []
    rows = zip(shown.disclosure.questions, shown.labels, shown.spans, shown.statuses, strict=True)
    for question, label, span, status in rows:
        if shown.label not in (None, label):
            continue
        provisions = ", ".join(map(str, question.provisions))
        lines += ["", f"{label}: {question.outcome} {provisions} ({question.binding})".replace("  ", " ")]
        lines.append(wrap(_plain(question.text) or "(the question was not found)", "    "))
        if question.evidence:
            where = "" if span else " (no one place in the text below)"
            lines.append(wrap(f"evidence: “{_plain(question.evidence)}”{where}", "    "))
        else:
            lines.append("    no deciding sentence was found")
        if status != shown.disclosure.status:
            lines.append(f"    status: {describe_status(status)}")
        lines += _corrected_lines(shown, label, "    ")
    return lines


def _reasons(shown: ShownReply) -> list[str]:
    lines = []
    for passage in shown.disclosure.reasons:
        of = ", ".join(map(str, passage.provisions)) or "no provision named"
        lines.append(wrap(f"{passage.kind.replace('_', ' ')} ({of}): {_plain(passage.text)}", "    "))
    return ["", "reasons:", *lines] if lines else []


def _attachments(shown: ShownReply) -> list[str]:
    lines = []
    for each in shown.disclosure.attachments:
        rows = each.text.splitlines()
        left = len(rows) - _FIRST_ROWS
        lines += [f"    {each.name}", *(f"      {_plain(row)}" for row in rows[:_FIRST_ROWS])]
        lines += [f"      … {left} more"] if left > 0 else []
    return ["", "attachments:", *lines] if lines else []


def _plain(words: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)


def correction_object(
    correction: Correction, changes: Iterable[Change], *, file: str, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the JSON object of `triage correct`."""
    provisions = correction.provisions
    return {
        "reference": correction.reference,
        "label": correction.label,
        "outcome": correction.outcome,
        "provisions": None if provisions is None else [str(p) for p in provisions],
        "status": correction.status,
        "undo": correction.undo,
        **_said(correction),
        "file": file,
        "changes": [
            {"label": each.label, "field": each.field, "read": each.read, "now": each.now, "after": each.after}
            for each in changes
        ],
        "notes": list(notes),
    }


def correction_text(correction: Correction, changes: Sequence[Change], *, file: str) -> str:
    """Word what was written down and what the next build will change."""
    target = correction.reference if correction.label is None else f"{correction.reference}#{correction.label}"
    lines = [f"{target}: {'the last correction is withdrawn' if correction.undo else 'corrected'} in {file}"]
    for each in changes:
        of = " of the reply" if each.label is None else f" of question {each.label}"
        now = "" if each.now == each.read else f", corrected to {each.now} before"
        lines.append(f"  {_was(each.field, of)} read as {each.read}{now} → will be {each.after}")
    if not changes:
        lines.append("  nothing changes: it already holds; kept on record")
    return "\n".join([*lines, "run `triage reindex`"])
