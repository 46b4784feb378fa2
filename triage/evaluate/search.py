"""Measure what search finds.

In: texts, and queries with the texts that answer them. Out: a ranked list for each query, and how high the first right
one stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from triage import pipeline
from triage.config import Config
from triage.errors import FormatError
from triage.evaluate.figures import Figure, Loss, Scores, mean, rate
from triage.evaluate.gold import SearchQuery, SearchText

if TYPE_CHECKING:
    from triage.encode import Encoder

__all__ = ["Run", "score_search", "search_gold", "write_corpus"]

_DEPTHS: Final = (1, 5, 10, 50)
_MRR_DEPTH: Final = 10
_LABEL: Final = "1"


class Run(msgspec.Struct, frozen=True):
    """The ids found for one query, best first."""

    id: str
    hits: tuple[str, ...]


def write_corpus(texts: Sequence[SearchText], queries: Sequence[SearchQuery], corpus: Path) -> None:
    """Write the texts in the project's own form.

    The answer of a text that is also a query is left out: it names what is to be found.
    """
    asked = {query.id for query in queries}
    corpus.mkdir(parents=True, exist_ok=True)
    with (corpus / "questions.jsonl").open("wb") as file:
        for text in texts:
            answer = "" if text.id in asked else text.answer
            question = {"label": _LABEL, "text": text.text, "answer": answer, "outcome": "disclosed", "provisions": []}
            record = {"reference": text.id, "responded": text.date, "published": True, "status": "stands"}
            file.write(msgspec.json.encode(record | {"questions": [question]}) + b"\n")


def search_gold(
    texts: Sequence[SearchText],
    queries: Sequence[SearchQuery],
    index: Path,
    *,
    config: Config,
    encoder: Encoder | None = None,
) -> list[Run]:
    """Search for each query among the texts up to its own day, itself left out.

    Raises:
        FormatError: A query has no text, nor a text of its id; or its date is not an ISO day.
    """
    opened = pipeline.open_index(index, config=config, encoder=encoder)
    by_id = {text.id: text.text for text in texts}
    words = []
    for query in queries:
        text = query.text or by_id.get(query.id)
        if not text:
            raise FormatError(f"the query {query.id} has no text, nor a question of that id; mend the gold data")
        words.append(text)
    if not words:
        return []
    runs = []
    for query, text, vector in zip(queries, words, opened.encoder.encode(words), strict=True):
        try:
            day = dt.date.fromisoformat(query.date)
        except ValueError as error:
            raise FormatError(
                f"the query {query.id} has the date {query.date!r}; write a day like 2024-05-02"
            ) from error
        exclude = [f"{query.id}#{_LABEL}"]
        found = pipeline.search(opened, text, top_k=max(_DEPTHS), before=day, exclude=exclude, vector=vector)
        runs.append(Run(query.id, tuple(match.precedent.reference for match in found)))
    return runs


def score_search(texts: Sequence[SearchText], queries: Sequence[SearchQuery], results: Sequence[Run]) -> Scores:
    """Measure at which rank, from 1, the first right text of each query stands."""
    ranks: list[int | None] = []
    worst = []
    for query, run in zip(queries, results, strict=True):
        rank = next((rank for rank, hit in enumerate(run.hits, start=1) if hit in query.positives), None)
        ranks.append(rank)
        lost = max(_DEPTHS) + 1 if rank is None else rank - 1
        worst.append(Loss(lost, query.id, f"wants {', '.join(query.positives)}; rank {rank or 'none'}"))
    rates: dict[str, Figure] = {
        f"R@{depth}": rate(sum(rank is not None and rank <= depth for rank in ranks), len(ranks)) for depth in _DEPTHS
    }
    rates[f"MRR@{_MRR_DEPTH}"] = mean([1 / rank if rank is not None and rank <= _MRR_DEPTH else 0.0 for rank in ranks])
    return Scores(
        counts={"documents": len(texts), "queries": len(queries)},
        rates=rates,
        worst=tuple(sorted(worst, key=lambda loss: -loss.lost)),
    )
