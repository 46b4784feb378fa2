"""Search an index and ask it about a request.

In: the folder of an index, then queries and requests. Out: matches and suggestions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from triage.config import Config
from triage.errors import StoredIndexError
from triage.pipeline.build import corpus_digest, reader_version
from triage.pipeline.precedents import search_text
from triage.pipeline.texts import split
from triage.schema import Match, Request, SplitRequest, Suggestion

if TYPE_CHECKING:
    from triage.encode import Encoder
    from triage.index import LexicalIndex, VectorIndex
    from triage.store import Manifest, Store

__all__ = ["OpenIndex", "ask", "build_name", "is_stale", "open_index", "search"]


class OpenIndex:
    """An index ready to be searched; safe to share between threads."""

    def __init__(
        self,
        *,
        store: Store,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        manifest: Manifest,
        config: Config,
        encoder: Encoder | None = None,
    ) -> None:
        self.store = store
        self.vectors = vectors
        self.lexical = lexical
        self.manifest = manifest
        self.config = config
        self._encoder = encoder

    @property
    def encoder(self) -> Encoder:
        """The encoder that the index was built with, loaded when first needed."""
        if self._encoder is None:
            from triage.encode import load_encoder

            self._encoder = load_encoder(self.config.encoder)
        return self._encoder

    @property
    def authority(self) -> str | None:
        """One's own authority: of the configuration, or the most frequent in the corpus."""
        return self.config.authority or self.manifest.authority


def open_index(index: Path, *, config: Config, encoder: Encoder | None = None) -> OpenIndex:
    """Open the current build of an index.

    Raises:
        StoredIndexError: There is none, it is damaged, or it was built with another encoder or configuration.
        EncoderError: The model is missing or not the one expected.
    """
    from triage.encode import encoder_digest
    from triage.index import LexicalIndex, VectorIndex
    from triage.store import Store, check_manifest, current_build, read_manifest

    build = current_build(index)
    manifest = read_manifest(build)
    digest = encoder_digest(config.encoder) if encoder is None else "given by the caller"
    check_manifest(manifest, encoder_digest=digest, config_digest=config.digest())
    return OpenIndex(
        store=Store.open(build),
        vectors=VectorIndex.load(build),
        lexical=LexicalIndex.load(build),
        manifest=manifest,
        config=config,
        encoder=encoder,
    )


def build_name(index: Path) -> str:
    """Return the name of the build in use: it changes with every reindex.

    Raises:
        StoredIndexError: There is no index, or what it names is not there.
    """
    from triage.store import current_build

    return current_build(index).name


def is_stale(corpus: Path, index: Path, *, config: Config) -> bool:
    """Tell whether the index is missing, or was built from another corpus, configuration or version."""
    from triage.store import current_build, read_manifest

    try:
        manifest = read_manifest(current_build(index))
    except StoredIndexError:
        return True
    return (manifest.corpus_digest, manifest.config_digest, manifest.triage_version) != (
        corpus_digest(corpus),
        config.digest(),
        reader_version(),
    )


def search(
    opened: OpenIndex,
    query: str,
    *,
    top_k: int | None = None,
    before: dt.date | None = None,
    exclude: Collection[str] = (),
    vector: np.ndarray[tuple[int], np.dtype[np.float32]] | None = None,
    today: dt.date | None = None,
) -> tuple[Match, ...]:
    """Find the precedents nearest to a query, best first.

    Args:
        opened: The index.
        query: The question in its own words.
        top_k: How many to return; the configuration's number by default.
        before: Keep only precedents responded on or before that day.
        exclude: Ids of precedents to leave out.
        vector: Embedding of the query, shape (dimension,), where it is known already.
        today: The day against which age counts.
    """
    from triage.search import search as search_index

    if vector is None:
        vector = opened.encoder.encode([query])[0]
    return search_index(
        query,
        vector=vector,
        vectors=opened.vectors,
        lexical=opened.lexical,
        store=opened.store,
        settings=opened.config.search,
        top_k=top_k,
        before=before,
        exclude=exclude,
        today=today,
    )


def ask(opened: OpenIndex, request: Request) -> tuple[SplitRequest, tuple[Suggestion, ...]]:
    """Split a request and say for each question what past answers mean for it.

    A request without a date counts as received today.
    """
    from triage.suggest import suggest

    day = request.received or dt.datetime.now(dt.UTC).date()
    parts = split(msgspec.structs.replace(request, received=day))
    if not parts.questions:
        return parts, ()
    queries = [search_text(question.text, question.standalone or question.text) for question in parts.questions]
    vectors = opened.encoder.encode(queries)
    suggestions = tuple(
        suggest(
            question,
            search(opened, query, vector=vector, today=day),
            settings=opened.config.suggest,
            own_authority=opened.authority,
            today=day,
        )
        for question, query, vector in zip(parts.questions, queries, vectors, strict=True)
    )
    return parts, suggestions
