"""Quote a decision with what it is said of.

In: an answered question and the reply's text. Out: the same, its evidence from the head of the sentence on, where the
words that name the questions ("Questions 1 and 3 are withheld") had been taken off as a label.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from triage.read.wording import squeeze
from triage.schema import AnsweredQuestion

__all__ = ["widen_evidence"]

_NAMING: Final = re.compile(
    r"(?<![^\s(])(?:the (?:answers?|response) to |as (?:to|for|regards) |in relation to |your |the )?"
    r"(?:questions?|points?|parts?|items?|requests?|q)\W{0,2}\w[^.?!:;\n]{0,60}$",
    re.IGNORECASE,
)


def widen_evidence(question: AnsweredQuestion, text: str) -> AnsweredQuestion:
    """Take the subject of a sentence that begins with its predicate along.

    Args:
        question: A question with its evidence and where that stands.
        text: The reply's text.
    """
    if question.evidence_span is None or not question.evidence[:1].islower():
        return question
    start, end = question.evidence_span
    named = _NAMING.search(text, max(0, text.rfind("\n", 0, start)), start)
    if named is None:
        return question
    whole = squeeze(text[named.start() : end])
    return msgspec.structs.replace(question, evidence=whole, evidence_span=(named.start(), end))
