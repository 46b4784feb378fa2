"""Word the records as lines of text for a terminal.

In: records. Out: lines of text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

from triage.render.words import describe_correction, describe_diversion, describe_outcome, describe_verdict
from triage.schema import Citation, Disclosure, Match, SplitRequest, Suggestion

__all__ = ["ask_text", "cite_text", "disclosure_text", "hits_text", "roles_text", "split_text", "wrap"]


def wrap(text: str, indent: str) -> str:
    r"""Fold white space and break lines at 100 characters, each with the indent.

    >>> wrap("How\n many?", "  ")
    '  How many?'
    """
    return textwrap.fill(" ".join(text.split()), 100, initial_indent=indent, subsequent_indent=indent)


_NO_QUESTION: Final = "No question found in this text. If there is one, paste it on a line of its own."


def roles_text(parts: SplitRequest, text: str) -> str:
    """Word the roles of a request for a terminal: one stretch a line, its offsets before it."""
    return "\n".join(
        f"{s.start:>6}-{s.end:<6} {s.role:<14} {' '.join(text[s.start : s.end].split())}" for s in parts.segments
    )


def split_text(parts: SplitRequest, text: str) -> str:
    """Word a split request for a terminal."""
    lines = [] if parts.questions else [_NO_QUESTION]
    for question in parts.questions:
        label = f" (printed {question.label})" if question.label else ""
        lines += [f"{question.ordinal}{label}  {question.kind}", wrap(question.text, "    ")]
        if " ".join(question.standalone.split()) != " ".join(question.text.split()):
            lines.append(wrap("on its own: " + question.standalone, "      "))
    lines += [wrap(describe_diversion(each, text), "") for each in parts.diversions]
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
        lines.append(wrap(question.text or "(the question was not found)", "      "))
        if question.evidence:
            lines.append(wrap(f"“{question.evidence}”", "      "))
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
        lines.append(wrap(precedent.question, "       "))
        lines += [wrap(words, "       ") for words in filter(None, [describe_correction(precedent)])]
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
                lines += [wrap(words, "      ") for words in filter(None, [describe_correction(precedent)])]
                if found.quote and part is suggestion.precedents:
                    lines.append(wrap(f"“{found.quote}”", "      "))
        lines += [f"   - {step}" for step in suggestion.checklist]
        lines.append("")
    return "\n".join(lines).rstrip()
