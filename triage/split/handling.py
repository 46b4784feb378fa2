"""Which way a part of a letter goes, as learned from letters of which it is known.

In: the words of a part. Out: a score for each way. The weights stand in `weights/handling.npz`; `training/handling.py`
makes them and says how well they do. A linear model over hashed word and letter groups (logistic regression, TF-IDF).
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from triage.split.ngrams import hash_text

__all__ = ["LEANING", "PLAIN", "score_ways"]

PLAIN: Final = "foi"
_FILE: Final = "handling.npz"
LEANING: Final = 1.5
"""Taken off the score of `foi`: the letters learned from hold more look-alikes than the post, and teach caution."""
_LONGEST: Final = 1500
"""Characters of a part that are looked at."""


class _Weights(NamedTuple):
    """`rarity` has shape (2, buckets), for words and for letters; `slopes` (buckets, ways); `offsets` (ways,)."""

    ways: tuple[str, ...]
    rarity: npt.NDArray[np.float32]
    slopes: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.float32]


@functools.cache
def _weights() -> _Weights:
    with resources.files("triage.split").joinpath("weights", _FILE).open("rb") as file, np.load(file) as stored:
        ways = tuple(str(way) for way in stored["ways"])
        rarity, slopes, offsets = (stored[name].astype(np.float32) for name in ("rarity", "slopes", "offsets"))
    return _Weights(ways, rarity, slopes, offsets)


def score_ways(text: str) -> dict[str, float]:
    """Score each way that a part of a letter can go; the highest is the likeliest.

    >>> scores = score_ways("Please send me the number of parking fines issued in 2023.")
    >>> max(scores, key=scores.get)
    'foi'
    """
    weights = _weights()
    scores = weights.offsets.copy()
    for rarity, (buckets, counts) in zip(weights.rarity, hash_text(text[:_LONGEST]), strict=True):
        values = counts * rarity[buckets]
        length = float(np.sqrt(values @ values))
        if length:
            scores += (values / length) @ weights.slopes[buckets]
    found = dict(zip(weights.ways, scores.tolist(), strict=True))
    found[PLAIN] -= LEANING
    return found
