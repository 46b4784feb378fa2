"""Find the precedents that ask what a query asks.

In: a query with its vector, and the parts of one build: vectors, word index, store. Out: matches, best first, each with
its similarity and its rank by either retriever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from triage.config import SearchSettings
from triage.errors import StoredIndexError
from triage.index import LexicalIndex, VectorIndex, normalise
from triage.schema import Match
from triage.store import Store

__all__ = ["search"]


def search(
    query: str,
    *,
    vector: NDArray[np.float32],
    vectors: VectorIndex,
    lexical: LexicalIndex,
    store: Store,
    settings: SearchSettings,
    top_k: int | None = None,
    before: dt.date | None = None,
    exclude: Collection[str] = (),
    today: dt.date | None = None,
) -> tuple[Match, ...]:
    """Find the precedents nearest to a query.

    The similarity of a precedent is the weighted mean of two shares: the cosine of the vectors, and the BM25 score over
    the one the query would give itself. Both lie between 0 and 1 and neither depends on what else was found, so that
    one floor fits every query. Age changes the order alone: of two precedents about as similar, the newer comes first,
    and a similarity may therefore stand above a slightly greater one.

    Args:
        query: The text that was encoded.
        vector: Its vector, as the encoder gives it: shape (d,).
        vectors: The stored vectors.
        lexical: The word index over the same rows.
        store: The precedents of the same rows.
        settings: Weights, pool and half-life.
        top_k: The most matches to return; unset, that of the settings.
        before: Keep only precedents responded on or before that date; undated ones are then left out.
        exclude: Precedent ids to leave out.
        today: The day that age is counted from where `before` is unset; with neither, the newest precedent's.

    Returns:
        Matches, best first, equal ones by row. `ranks` holds `dense` and `lexical`, each only where that retriever had
        the precedent in its pool. Precedents of the same text stay apart.

    Raises:
        StoredIndexError: The parts do not belong to one build.
        ValueError: `top_k` is not positive, or the vector does not fit the index.
    """
    wanted = settings.top_k if top_k is None else top_k
    if wanted < 1:
        raise ValueError(f"top_k is {wanted}; ask for one match at least")
    days = store.responded()
    if not len(days) == len(vectors) == len(lexical):
        raise StoredIndexError(
            f"the index holds {len(days)} precedents, {len(vectors)} vectors and {len(lexical)} texts, which do not "
            "belong together; run `triage reindex --corpus DIR --index DIR`"
        )
    allowed = store.allowed(before, exclude)
    pool = max(settings.pool, wanted)
    dense_rows, _ = vectors.search(vector, top_k=pool, allowed=allowed)
    scores = np.where(allowed, lexical.scores(query), np.float32(0))
    lexical_rows = _best(np.flatnonzero(scores), scores, pool)
    rows = np.union1d(dense_rows, lexical_rows)
    if not rows.size:
        return ()

    cosines = np.clip(vectors.vectors(rows) @ normalise(vector), 0, 1)
    most = lexical.self_score(query)
    shares = np.clip(scores[rows] / most, 0, 1) if most > 0 else np.zeros(len(rows))
    weight = settings.lexical_weight
    # Rounding makes one number of what differs only by the order of summation, so that ties fall to the lower row.
    similarities = np.round((cosines + weight * shares) / (1 + weight), 6)
    aged = np.round(similarities * _freshness(days, rows=rows, since=before or today, settings=settings), 6)

    order = np.lexsort((rows, -aged))[:wanted]
    dense_ranks = {int(row): rank for rank, row in enumerate(dense_rows, start=1)}
    lexical_ranks = {int(row): rank for rank, row in enumerate(lexical_rows, start=1)}
    matches = []
    for precedent, place in zip(store.precedents(rows[order]), order, strict=True):
        row = int(rows[place])
        ranks = {
            name: ranking[row]
            for name, ranking in (("dense", dense_ranks), ("lexical", lexical_ranks))
            if row in ranking
        }
        matches.append(Match(precedent, float(similarities[place]), ranks))
    return tuple(matches)


def _best(rows: NDArray[np.int64], scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the `count` of `rows` with the highest scores, best first and equal ones by row."""
    if len(rows) > count:
        # Ties with the last one kept stay in until the sort has put them in the order of their rows.
        cut = np.partition(scores[rows], len(rows) - count)[len(rows) - count]
        rows = rows[scores[rows] >= cut]
    return rows[np.lexsort((rows, -scores[rows]))][:count]


def _freshness(
    days: NDArray[np.int32], *, rows: NDArray[np.int64], since: dt.date | None, settings: SearchSettings
) -> NDArray[np.float64]:
    """Return the factor of each row for its age, from 1 for a new one down to 1 - `age_weight`.

    An undated precedent counts as one half-life old.
    """
    day = since.toordinal() if since is not None else int(days.max())
    age_days = np.where(days[rows] > 0, np.maximum(day - days[rows], 0), settings.half_life_days)
    halvings: NDArray[np.float64] = age_days / settings.half_life_days
    return 1 - settings.age_weight * (1 - np.power(0.5, halvings))
