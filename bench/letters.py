"""Make many letters out of the few in the corpus, always the same ones.

In: letters. Out: as many variants as asked for, each about as long as asked for, with other figures and references.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Final

__all__ = ["vary_letters"]

_FIGURE: Final = re.compile(r"(?<![\w(./-])\d{2,}(?![\w(/-]|\.\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CLOSING: Final = 2
"""Paragraphs at the end of a letter that stay there: the closing and the name of the office."""


def vary_letters(letters: Sequence[str], count: int, *, size: int, seed: int = 0) -> list[str]:
    r"""Return variants of letters.

    A letter shorter than wanted gets paragraphs of others before its closing, so that it reads like a longer reply; a
    longer one is kept whole. Years, provisions and list markers stay, since they decide how a letter is read.

    Args:
        letters: The letters to vary; at least one.
        count: How many to make.
        size: Characters that each should have at least.
        seed: Another seed gives other variants.

    Raises:
        ValueError: There are no letters, or they hold no text.

    >>> letters = ["Ref 7\n\nWe own 412 lamps.\n\nYours\n\nThe desk"]
    >>> vary_letters(letters, 1, size=60)[0].count("lamps")
    2
    """
    paragraphs = [each for letter in letters for each in letter.split("\n\n")[1:-_CLOSING] if each.strip()]
    paragraphs = paragraphs or [letter for letter in letters if letter.strip()]
    if not paragraphs:
        raise ValueError("there is no letter to vary; give at least one with text in it")
    chance = random.Random(seed)  # noqa: S311 -- variety, not secrecy
    return [_vary(letters[number % len(letters)], paragraphs, size, chance) for number in range(count)]


def _vary(letter: str, paragraphs: Sequence[str], size: int, chance: random.Random) -> str:
    parts = letter.split("\n\n")
    length = len(letter)
    while length < size:
        more = chance.choice(paragraphs)
        parts.insert(max(len(parts) - _CLOSING, 1), more)
        length += len(more) + 2

    def change(found: re.Match[str]) -> str:
        figure = found[0]
        if _YEAR.fullmatch(figure):
            return figure
        return str(chance.randrange(10 ** (len(figure) - 1), 10 ** len(figure)))

    return _FIGURE.sub(change, "\n\n".join(parts))
