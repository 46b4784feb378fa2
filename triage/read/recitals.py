"""Leave out what a review only tells of the decision that it reviews.

In: the words of a letter. Out: the same, as long as before, blank where it recites.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["blank_recitals"]

_REVIEW: Final = re.compile(
    r"\binternal review\b|\breview of (?:our|the|my) (?:decision|response|reply|handling)\b", re.IGNORECASE
)
_TOP: Final = 2000
"""Characters of a letter within which it says that it is a review."""

_RECITAL: Final = re.compile(
    r"^[ \t*#]*(?:(?:the |our |my |your )?(?:original|initial|first|previous|earlier) (?:decision|response|reply|answer"
    r"|refusal)|what (?:we|you) (?:said|decided|were told) (?:before|first|originally|earlier)|background|history"
    r"|chronology)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT_HEAD: Final = re.compile(
    r"(?<=\n\n)[ \t*#]*(?=[A-Z(\d])[^\n]{3,60}(?<![.,;:])[ \t]*$|(?<=\n\n)[ \t]*question \d", re.I | re.M
)


def blank_recitals(text: str) -> str:
    r"""Blank the sections of a review that a heading gives as what was decided before; offsets stay.

    >>> text = "INTERNAL REVIEW\n\nOriginal decision\nQuestion 2 was refused.\n\nMy findings\n\nIt is 7."
    >>> blank_recitals(text).split()
    ['INTERNAL', 'REVIEW', 'My', 'findings', 'It', 'is', '7.']
    """
    if not _REVIEW.search(text[:_TOP]):
        return text
    for found in _RECITAL.finditer(text):
        head = _NEXT_HEAD.search(text, found.end())
        if head is not None:
            told = text[found.start() : head.start()]
            text = text[: found.start()] + re.sub(r"[^\n]", " ", told) + text[head.start() :]
    return text
