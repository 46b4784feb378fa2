"""Tell lines of a list of provisions from prose.

In: one line. Out: whether it holds citations and their titles and nothing else.
"""

from __future__ import annotations

import re
from typing import Final

from triage.citations.acts import flatten
from triage.citations.grammar import find_groups

__all__ = ["is_list_line"]

_BULLET: Final = re.compile(r"\s*(?:[>•▪●○◦·*–—\-o]\s+|[>•▪●○◦·*–—\-]|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)*\s*", re.I)
_ACT_NAME: Final = (
    r"(?:of|under|from)? ?(?:the )?(?:freedom of information(?: ?\(scotland\))? act"
    r"|environmental information(?: \(scotland\))? regulations|FOI act|FOIS?A|EIS?Rs?|the act)"
    r"(?: ?\(?(?:2000|2002|2004)\)?)?(?: ?\(?(?:FOIS?A|FOI|EIS?Rs?|the [“\"']?act[”\"']?)\)?)?"
)
_ACT: Final = re.compile(_ACT_NAME, re.I)
_ACT_PREFIX: Final = re.compile(rf"^{_ACT_NAME}[\s,:–—-]*(?=[SER§])", re.I)
_JOINING: Final = re.compile(r"^[\s,;:/&.+()–—-]*(?:(?:and|or|by virtue of|with)\b[\s,]*)*")
_PROSE: Final = re.compile(r"\b(?:we|our|us|you|your|I|please|therefore|however|hereby|because)\b", re.I)
_TITLE: Final = re.compile(r"\s*(?:[:–—,-]+\s*|\(|exemptions?\b|[A-Z])")
_SMALL_TITLE: Final = re.compile(
    r"\s*(?!(?:of|and|or|to|in|for|under|by|on|at|with|as|from|not|also|only|because)\b)[a-z]+(?:[\s/&-]+[a-z]+){0,4}[.,;]?"
)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|applies|apply|applied|exempts?|provides?|states?|allows?|requires?|means|does|do|did|can"
    r"|may|will|would|should|which|that|engaged|relates?|covers?|says?)\b"
)
_LONGEST_TITLE_WORDS: Final = 18


def is_list_line(line: str) -> bool:
    """Tell whether a line consists of citations with their bullet, Act and title.

    >>> is_list_line("• Section 40(2) – Personal Information")
    True
    >>> is_list_line("Section 40(2) exempts personal data of other people")
    False
    """
    bullet = _BULLET.match(line)
    marker = bullet[0] if bullet is not None else ""
    body = _ACT_PREFIX.sub("", flatten(line[len(marker) :]).strip(), count=1)
    groups = list(find_groups(body))
    if not groups or groups[0].start != 0:
        return False
    # A line of prose broken after "under" goes on with a small letter.
    if not marker.strip() and body.startswith(("section", "regulation", "exemption", "exception")):
        return False
    ends = [*[group.start for group in groups[1:]], len(body)]
    return all(_is_title(body[group.end : end]) for group, end in zip(groups, ends, strict=True))


def _is_title(words: str) -> bool:
    rest = _ACT.sub("", words)
    if not _JOINING.sub("", rest).strip(" .:;-–—"):
        return True
    if len(rest.split()) > _LONGEST_TITLE_WORDS or _PROSE.search(rest):
        return False
    found = _TITLE.match(rest)
    if found is None:
        return rest == words and _SMALL_TITLE.fullmatch(rest) is not None and not _VERB.search(rest)
    dashed = not found[0].strip()[-1:].isalpha()
    return dashed or not _VERB.search(rest)
