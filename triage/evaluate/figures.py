"""Figures with their n and 95 % interval, and how they are shown.

In: counts of what was right, marked and found. Out: `Figure`s, gathered in one `Figures` record, which is written as a
JSON object or as a table. A figure without anything to count is undefined and stays so: it is shown as such and never
averaged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from statistics import NormalDist
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from triage.config import Config

__all__ = [
    "Figure",
    "Figures",
    "Loss",
    "Scores",
    "f1",
    "figures_object",
    "figures_table",
    "macro_f1",
    "mean",
    "rate",
    "wilson",
]

_Z: Final = NormalDist().inv_cdf(0.975)
_RESAMPLES: Final = 1000


class Figure(msgspec.Struct, frozen=True):
    """A number between 0 and 1 with the count it rests on; `value` is `None` where that count is 0.

    `low` and `high` are the ends of the 95 % interval, `None` where resampling gives none: one item alone, or items of
    which each gives the same.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


class Loss(msgspec.Struct, frozen=True):
    """One gold item that lost something: how much, which, and what was wanted and found."""

    lost: float
    id: str
    note: str


class Scores(msgspec.Struct, frozen=True):
    """What scoring found: `counts` of things, `rates`, the same by group, wrong pairs by number, items by loss."""

    counts: dict[str, int]
    rates: dict[str, Figure]
    groups: dict[str, dict[str, dict[str, Figure]]] = {}
    confusions: dict[str, int] = {}
    worst: tuple[Loss, ...] = ()


class Figures(msgspec.Struct, frozen=True):
    """One evaluation: its scores, and the gold data, version, configuration and seconds they came from."""

    what: str
    gold: str
    gold_digest: str
    version: str
    config: Config
    scores: Scores
    seconds: dict[str, float] = {}


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a proportion.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22 (1927) 209-212.

    Raises:
        ValueError: `n` is not positive, or `hits` does not lie between 0 and `n`.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if not 0 <= hits <= n or not n:
        raise ValueError(f"{hits} of {n} is not a proportion")
    share, square = hits / n, _Z * _Z
    middle = share + square / (2 * n)
    half = _Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = (middle - half) / (1 + square / n), (middle + half) / (1 + square / n)
    # The interval of none starts at 0 and that of all ends at 1; rounding alone would put them beside it.
    return max(0.0, min(share, low)), min(1.0, max(share, high))


def rate(hits: int, n: int) -> Figure:
    """Return `hits` of `n` with its Wilson interval; undefined where `n` is 0.

    >>> rate(0, 0)
    Figure(value=None, n=0, low=None, high=None)
    """
    return Figure(hits / n, n, *wilson(hits, n)) if n else Figure(None, 0)


def _resample(
    items: NDArray[np.float64], statistic: Callable[[NDArray[np.float64]], float | None]
) -> tuple[float, float] | tuple[None, None]:
    """Return the percentile bootstrap interval of `statistic` over the rows of `items`: 1,000 draws, always the same.

    Source: B. Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7 (1979) 1-26. Whole items
    are drawn, because the questions of one request are not independent of each other.
    """
    if len(items) < 2:
        return None, None
    draws = np.random.default_rng(0).integers(0, len(items), (_RESAMPLES, len(items)))
    drawn = (statistic(items[rows]) for rows in draws)
    values = [value for value in drawn if value is not None]
    if not values:
        return None, None
    low, high = np.percentile(values, (2.5, 97.5))
    return (float(low), float(high)) if low < high else (None, None)


def _f1_of(counts: NDArray[np.float64]) -> float | None:
    hits, gold, found = counts.sum(axis=0)
    return float(2 * hits / (gold + found)) if gold else None


def f1(counts: Sequence[tuple[int, int, int]]) -> Figure:
    """Return F1 over all items together.

    Args:
        counts: For each item how many were right, marked in the gold, and found.

    Returns:
        A figure whose n is the number marked in the gold; undefined where that is 0, as recall then is.

    >>> f1([(1, 1, 1), (1, 2, 1)]).value
    0.8
    """
    items = np.array(counts, dtype=np.float64).reshape(-1, 3)
    value = _f1_of(items)
    if value is None:
        return Figure(None, 0)
    return Figure(value, int(items[:, 1].sum()), *_resample(items, _f1_of))


def macro_f1(counts: NDArray[np.float64]) -> Figure:
    """Return the mean of the F1 of each class that the gold holds.

    Args:
        counts: Right, marked and found for each item and class: shape (items, classes, 3).
    """

    def mean_of(drawn: NDArray[np.float64]) -> float | None:
        hits, gold, found = np.moveaxis(drawn.sum(axis=0), -1, 0)
        held = gold > 0
        return float(np.mean(2 * hits[held] / (gold + found)[held])) if held.any() else None

    value = mean_of(counts)
    if value is None:
        return Figure(None, 0)
    return Figure(value, int(counts[..., 1].sum()), *_resample(counts, mean_of))


def mean(values: Sequence[float]) -> Figure:
    """Return the mean of one number an item; undefined where there is none."""
    if not values:
        return Figure(None, 0)
    items = np.array(values, dtype=np.float64)
    return Figure(float(items.mean()), len(items), *_resample(items, lambda drawn: float(drawn.mean())))


def _figure_object(figure: Figure) -> dict[str, float | int | None]:
    ends = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: None if end is None else round(end, 4) for name, end in ends.items()} | {"n": figure.n}


def figures_object(figures: Figures, *, worst: int = 0) -> dict[str, Any]:
    """Return the JSON object of `triage evaluate`; an undefined figure has the value `null` and n 0.

    Args:
        figures: What `evaluate` returned.
        worst: How many of the items that lost most to list.
    """
    scores = figures.scores
    return {
        "what": figures.what,
        "gold": figures.gold,
        "gold_digest": figures.gold_digest,
        "version": figures.version,
        "counts": scores.counts,
        "rates": {name: _figure_object(figure) for name, figure in scores.rates.items()},
        "groups": {
            group: {key: {name: _figure_object(each) for name, each in found.items()} for key, found in held.items()}
            for group, held in scores.groups.items()
        },
        "confusions": scores.confusions,
        "seconds": figures.seconds,
        "worst": [msgspec.to_builtins(loss) for loss in scores.worst[:worst]],
        "config": msgspec.to_builtins(figures.config),
        "config_digest": figures.config.digest(),
    }


def _words_of(figure: Figure) -> str:
    if figure.value is None:
        return f"{'undefined':28}n={figure.n}"
    ends = "interval undefined" if figure.low is None else f"{figure.low:.3f} to {figure.high:.3f}"
    return f"{figure.value:.3f}   {ends:20}n={figure.n}"


def _block(title: str, rows: Mapping[str, str]) -> list[str]:
    """Set rows under a title; nothing where there are none."""
    width = max(map(len, rows), default=0)
    return ["", title, *(f"  {name:{width}}   {words}" for name, words in rows.items())] if rows else []


def _numbers(values: Mapping[str, float | int]) -> dict[str, str]:
    return {name: f"{value:g}" for name, value in values.items()}


def figures_table(figures: Figures, *, worst: int = 0) -> str:
    """Word an evaluation for a terminal.

    Args:
        figures: What `evaluate` returned.
        worst: How many of the items that lost most to list.
    """
    scores = figures.scores
    lines = [
        f"{figures.what} against {figures.gold} (sha256 {figures.gold_digest[:12]})",
        f"triage {figures.version}, configuration {figures.config.digest()[:12]}",
        *_block("counts", _numbers(scores.counts)),
        *_block("rates, with 95 % interval", {name: _words_of(figure) for name, figure in scores.rates.items()}),
    ]
    for group, held in scores.groups.items():
        rows = {f"{key}: {name}": _words_of(each) for key, found in held.items() for name, each in found.items()}
        lines += _block(group, rows)
    lines += _block("confusions", _numbers(scores.confusions))
    lines += _block("seconds", _numbers(figures.seconds))
    if worst and scores.worst:
        lines += ["", "worst", *(f"  {loss.id}: {loss.note}" for loss in scores.worst[:worst])]
    return "\n".join(lines)
