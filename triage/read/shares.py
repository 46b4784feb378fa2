"""Share sentences among questions by the words that only one of them has.

In: words of a reply and the questions they may answer. Out: the one question that they speak of, if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["find_owner", "stems"]

_COMMON: Final = frozenset(
    "about above after also been being below between could does each ever every from give given have held here hold"
    " information into list made make many much number numbers other over please provide question questions request"
    " requested same show since some such tell than that their them then there these they this those total under"
    " were what when where which while whom whose will with would year years your".split()
)


_CLEARLY: Final = 3
"""Times as many words as any other question has returned."""


def stems(text: str) -> frozenset[str]:
    """List the words that carry a meaning, cut to their first four letters.

    >>> sorted(stems("How many dogs were seized, and seizures of cats?"))
    ['cats', 'dogs', 'seiz']
    """
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(word[:4] for word in words if word not in _COMMON)


def find_owner(text: str, questions: Sequence[str], *, least: int = 1) -> int | None:
    """Find the question whose own words a text repeats.

    Args:
        text: Words of the reply.
        questions: The questions that it may answer.
        least: How many words that no other question has must return.

    Returns:
        The index of the question; `None` where none has a claim, or several have about the same.

    >>> find_owner("Kennelling cost £40.", ["How many dogs were bitten?", "What was spent on kennelling?"])
    1
    """
    words = [stems(question) for question in questions]
    said = stems(text)
    claims = []
    for i in range(len(words)):
        others: frozenset[str] = frozenset().union(*(words[j] for j in range(len(words)) if j != i))
        claims.append(len((words[i] - others) & said))
    best, second, *_ = [*sorted(claims, reverse=True), 0, 0]
    clear = second == 0 or best >= _CLEARLY * second
    return claims.index(best) if best >= least and clear else None
