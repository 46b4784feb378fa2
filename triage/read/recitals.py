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
    r"^[ \t*#]*(?:(?:the |our |my |your )?(?:original|initial|first|previous|earlier) (?:decision|response"
    r"|reply|answer"
    r"|refusal)|what (?:we|you) (?:said|decided|were told) (?:before|first|originally|earlier)|background|history"
    r"|chronology)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT_HEAD: Final = re.compile(
    r"(?<=\n\n)[ \t*#]*(?=[A-Z(\d])[^\n]{3,60}(?<![.,;:])[ \t]*$|(?<=\n\n)[ \t]*question \d+[:.]", re.I | re.M
)


_UPHELD: Final = re.compile(r"[^\n]*\n\s*(?:I |we )?(?:upheld|uphold|confirmed?|maintain(?:ed)?)\b", re.IGNORECASE)


def blank_recitals(body: str, letter: str) -> str:
    r"""Blank the sections of a review that a heading gives as what was decided before; offsets stay.

    Args:
        body: The reply's own words, blank elsewhere.
        letter: The whole letter, as long as `body`: its head says what it is, and a heading may be blank in `body`.

    >>> text = "INTERNAL REVIEW\n\nOriginal decision\nQuestion 2 was refused.\n\nMy findings\n\nIt is 7."
    >>> blank_recitals(text, text).split()
    ['INTERNAL', 'REVIEW', 'My', 'findings', 'It', 'is', '7.']
    """
    if not _REVIEW.search(letter[:_TOP]):
        return body
    for found in _RECITAL.finditer(letter):
        head = _NEXT_HEAD.search(letter, found.end())
        if head is not None and not _UPHELD.match(letter, head.start()):
            told = body[found.start() : head.start()]
            body = body[: found.start()] + re.sub(r"[^\n]", " ", told) + body[head.start() :]
    return body
