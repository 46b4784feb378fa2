"""Word and letter groups of a text, hashed into buckets.

In: any text. Out: for words (one to three in a row) and for letters (two to five within a word) the buckets that occur
and how much each counts: one plus the logarithm of its number. What is learned is learned over these.
"""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["BUCKETS", "hash_text"]

BUCKETS: Final = 1 << 16
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\?")
_WORDS: Final = (1, 2, 3)
_LETTERS: Final = (2, 3, 4, 5)

Hashed = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]
"""Buckets and their weights, both of shape (n,)."""


def hash_text(text: str) -> tuple[Hashed, Hashed]:
    """Return the hashed word groups and the hashed letter groups of a text.

    >>> (words, counts), _ = hash_text("How many? How many?")
    >>> len(words), round(float(counts.max()), 2)
    (9, 1.69)
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    groups = [
        _bucket("w" + " ".join(words[start : start + size]))
        for size in _WORDS
        for start in range(len(words) - size + 1)
    ]
    letters = list(itertools.chain.from_iterable(map(_letter_buckets, words)))
    return _weigh(groups), _weigh(letters)


@functools.lru_cache(maxsize=50_000)
def _letter_buckets(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(
        _bucket("c" + padded[start : start + size])
        for size in _LETTERS
        for start in range(max(1, len(padded) - size + 1))
    )


def _bucket(group: str) -> int:
    return zlib.crc32(group.encode()) % BUCKETS


def _weigh(groups: list[int]) -> Hashed:
    buckets, numbers = np.unique(np.array(groups, np.int32), return_counts=True)
    return buckets, (1 + np.log(numbers)).astype(np.float32)
