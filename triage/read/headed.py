"""Give the reasons that stand under a provision to the questions that they are about.

In: the statements of a reply and the questions with their answers. Out: headings such as "Section 43(2) Commercial
interests" added to each question that is refused further up and of which the words below the heading speak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from triage.read.book import Bound
from triage.read.cues import Cue, Statement, find_cues
from triage.read.shares import find_owner
from triage.schema import Provision, Role

__all__ = ["add_headed", "is_provision_heading"]

_HEADING_WORDS: Final = 14
_TELLING: Final = 2
"""Sentences below a heading that say what it covers; the next ones argue."""
_WITHHOLDS: Final = frozenset({Cue.WITHHELD, Cue.PARTLY, Cue.NCND})
_ARGUES: Final = re.compile(r"\b(?:public interest|harm|balanc\w+|prejudice|evidence)\b(?: |$)", re.IGNORECASE)
_VERB: Final = re.compile(r"\b(?:is|are|was|were|has|have|will|would|provides?|applies|apply|states?|see)\b", re.I)


def is_provision_heading(statement: Statement) -> bool:
    """Tell whether a line does nothing but name the provisions that the reasons below it are about.

    >>> is_provision_heading(Statement(0, 9, "Chapter 9"))
    False
    """
    words = statement.text.strip()
    short = len(words.split()) <= _HEADING_WORDS and not words.endswith((".", ";", ","))
    return short and bool(_applied(statement)) and _VERB.search(words) is None


def add_headed(own: Sequence[Statement], general: Sequence[Statement], bound: Sequence[Bound]) -> None:
    """Add each heading behind the answers to the questions that its block names, or else to the one it tells of.

    Args:
        own: The reply's own statements in order.
        general: Those of them that belong to no question.
        bound: The questions with their statements; headings are added to these.
    """
    begun = [each.statements[0].start for each in bound if each.statements]
    if len(bound) < 2 or not begun:
        return
    loose = {statement.start for statement in general}
    heads = [
        i
        for i, statement in enumerate(own)
        if statement.start > max(begun) and statement.start in loose and is_provision_heading(statement)
    ]
    for i, until in pairwise([*heads, len(own)]):
        block = own[i + 1 : until]
        starts = {statement.start for statement in block}
        named = [each for each in bound if any(statement.start in starts for statement in each.statements)]
        if _ARGUES.search(own[i].text):
            # It weighs what answers were given under; it gives none to those that have theirs.
            named = [each for each in named if not any(map(_applied, each.statements))]
        for each in named or _find_told(block, bound):
            if not _applied(own[i]) <= frozenset().union(*map(_applied, each.statements)):
                each.add(own[i], opener=own[i].start, printed=False)


def _find_told(block: Sequence[Statement], bound: Sequence[Bound]) -> list[Bound]:
    """Find the question, of those refused without a reason, whose words the first sentences of a block repeat."""
    lacking = [each for each in bound if _lacks_reason(each)]
    owner = find_owner(" ".join(s.text for s in block[:_TELLING]), [_words(each) for each in lacking])
    return [] if owner is None else [lacking[owner]]


def _lacks_reason(each: Bound) -> bool:
    withholds = any(find_cues(statement) & _WITHHOLDS for statement in each.statements)
    return withholds and not any(map(_applied, each.statements))


def _words(each: Bound) -> str:
    return " ".join([each.text, *(statement.text for statement in each.statements)])


def _applied(statement: Statement) -> frozenset[Provision]:
    return frozenset(p for c in statement.citations if c.role is Role.APPLIED for p in c.effective)
