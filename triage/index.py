"""Hold what is searched: exact nearest vectors, and BM25 over stemmed words.

In: vectors of shape (n, d), or n texts; both number their rows from 0 in the order given. Out: rows with similarities,
or one score per row. Files are written into, and read from, the folder of one build.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import bm25s
import faiss
import msgspec
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS
from numpy.typing import NDArray

from triage.errors import StoredIndexError

__all__ = ["LexicalIndex", "VectorIndex", "find_terms", "normalise"]

_VECTORS_FILE: Final = "vectors.faiss"
_LEXICAL_FOLDER: Final = "lexical"
_FACTS_FILE: Final = "facts.json"
_REBUILD: Final = "run `triage reindex --corpus DIR --index DIR`"
_WORD: Final = re.compile(r"\w+(?:'\w+)?")
_STOP_WORDS: Final = frozenset(STOPWORDS_EN_PLUS)


def normalise(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring vectors to unit length along the last axis; a zero vector stays zero, so that it is similar to nothing."""
    raw = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(raw, axis=-1, keepdims=True)
    return np.ascontiguousarray(np.divide(raw, lengths, out=np.zeros_like(raw), where=lengths > 0))


def find_terms(text: str) -> list[str]:
    """Return the words that BM25 counts: lower-cased, English stop words left out, stemmed by Snowball.

    >>> find_terms("The costs of stray dogs' kennels")
    ['cost', 'stray', 'dog', 'kennel']
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    # A stemmer keeps a cache of its own and is not safe between threads; making one costs less than the call.
    stems: list[str] = Stemmer.Stemmer("english").stemWords([word for word in words if word not in _STOP_WORDS])
    return stems


class VectorIndex:
    """Exact inner product over vectors of unit length, which is their cosine."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss carries no types
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> VectorIndex:
        """Index raw vectors of shape (n, d), d > 0.

        Raises:
            ValueError: The array is not of that shape, or holds a number that is not finite.
        """
        if vectors.ndim != 2 or not vectors.shape[1]:
            raise ValueError(f"vectors have shape {vectors.shape}, not (n, d)")
        if not np.isfinite(vectors).all():
            raise ValueError("a vector is not finite; a vector that was not computed is never stored")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(normalise(vectors))
        return cls(index)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`.

        Raises:
            StoredIndexError: The file cannot be written.
        """
        path = folder / _VECTORS_FILE
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise StoredIndexError(f"cannot write {path}: {error}; check the folder and the free space") from error

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Read the index that `save` wrote into `folder`.

        Raises:
            StoredIndexError: The file is missing or damaged.
        """
        path = folder / _VECTORS_FILE
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise StoredIndexError(f"cannot read the vectors {path}; {_REBUILD}") from error

    def search(
        self, vector: NDArray[np.float32], *, top_k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Find the rows nearest to one raw vector, nearest first and equal ones by row.

        Args:
            vector: Shape (d,).
            top_k: The most rows to return.
            allowed: Shape (n,); rows that are false are left out.

        Returns:
            Rows, and their cosine similarities; fewer than `top_k` where fewer are allowed.

        Raises:
            ValueError: A shape does not fit the index.
        """
        if vector.shape != (self.dimension,):
            raise ValueError(f"the vector has shape {vector.shape}, the index holds vectors of {self.dimension}")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"`allowed` has shape {allowed.shape}, the index holds {len(self)} vectors")
        available = len(self) if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(top_k, available)
        if wanted <= 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        query = normalise(vector)[np.newaxis]
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            # faiss replaces these signatures at import, which its types do not know.
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        fetched = wanted
        while True:
            similarities, rows = self._index.search(query, fetched, params=parameters)
            # Which of several equal rows stand at the end of a heap is chance: fetch until the tie at the cut is whole.
            if fetched == available or similarities[0, -1] < similarities[0, wanted - 1]:
                break
            fetched = min(2 * fetched, available)
        order = np.lexsort((rows[0], -similarities[0]))[:wanted]
        return rows[0][order], similarities[0][order]

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return stored vectors, of unit length: shape (len(rows), d)."""
        keys = np.asarray(rows, dtype=np.int64)
        if not keys.size:
            return np.empty((0, self.dimension), dtype=np.float32)
        if keys.min() < 0 or keys.max() >= len(self):
            raise ValueError(f"rows {keys.min()} to {keys.max()} were asked of an index of {len(self)}")
        stored: NDArray[np.float32] = self._index.reconstruct_batch(keys)
        return stored


class _Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a lexical index must know besides the score matrix; `words` is the mean number of terms in a text."""

    texts: int
    words: float
    k1: float
    b: float


class LexicalIndex:
    """BM25 in Lucene's form over stemmed words.

    The form: Kamphuis et al., "Which BM25 do you mean?", ECIR 2020.
    """

    def __init__(self, scorer: Any | None, facts: _Facts) -> None:  # noqa: ANN401 - bm25s carries no types
        self._scorer = scorer
        self._facts = facts

    def __len__(self) -> int:
        return self._facts.texts

    @classmethod
    def build(cls, texts: Sequence[str], *, k1: float = 1.2, b: float = 0.75) -> LexicalIndex:
        """Index texts.

        Args:
            texts: One text per row; an empty one is kept and matches nothing.
            k1: How slowly repeating a word stops counting.
            b: How far a long text is held against it, 0 to 1.
        """
        vocabulary: dict[str, int] = {}
        rows = [[vocabulary.setdefault(term, len(vocabulary)) for term in find_terms(text)] for text in texts]
        words = sum(map(len, rows)) / len(rows) if rows else 0.0
        facts = _Facts(len(rows), words, k1, b)
        if not vocabulary:
            return cls(None, facts)
        scorer = bm25s.BM25(k1=k1, b=b, method="lucene", backend="numpy")
        scorer.index((rows, vocabulary), create_empty_token=False, show_progress=False)
        return cls(scorer, facts)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`.

        Raises:
            StoredIndexError: The files cannot be written.
        """
        home = folder / _LEXICAL_FOLDER
        try:
            home.mkdir(parents=True, exist_ok=True)
            if self._scorer is not None:
                self._scorer.save(home, show_progress=False)
            (home / _FACTS_FILE).write_bytes(msgspec.json.encode(self._facts))
        except OSError as error:
            raise StoredIndexError(
                f"cannot write {home}: {error.strerror}; check the folder and the free space"
            ) from error

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read the index that `save` wrote into `folder`.

        Raises:
            StoredIndexError: A file is missing or damaged.
        """
        home = folder / _LEXICAL_FOLDER
        try:
            facts = msgspec.json.decode((home / _FACTS_FILE).read_bytes(), type=_Facts)
            scorer = bm25s.BM25.load(home, load_corpus=False) if facts.words else None
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise StoredIndexError(f"cannot read the word index {home}; {_REBUILD}") from error
        if scorer is not None and scorer.scores["num_docs"] != facts.texts:
            raise StoredIndexError(f"the files of the word index {home} do not belong together; {_REBUILD}")
        return cls(scorer, facts)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the BM25 score of each row: shape (n,); 0 where no word is shared."""
        known = self._scorer.get_tokens_ids(find_terms(query)) if self._scorer is not None else []
        if self._scorer is None or not known:
            return np.zeros(len(self), dtype=np.float32)
        scores: NDArray[np.float32] = self._scorer.get_scores_from_ids(known)
        return scores.astype(np.float32, copy=False)

    def self_score(self, query: str) -> float:
        """Return the score that the query would give itself as a text of this index; 0 for a query without words.

        A score divided by it says how much of the query a text shares, whatever the query's length. A word that the
        index does not know counts here at its full weight.
        """
        counts = Counter(find_terms(query))
        if not counts or not self._facts.words:
            return 0.0
        k1, b, texts = self._facts.k1, self._facts.b, self._facts.texts
        damping = k1 * (1 - b + b * counts.total() / self._facts.words)
        total = 0.0
        for term, count in counts.items():
            held = self._frequency(term)
            rarity = math.log(1 + (texts - held + 0.5) / (held + 0.5))
            total += count * rarity * count / (damping + count)
        return total

    def _frequency(self, term: str) -> int:
        """Return the number of texts that hold `term`."""
        column = None if self._scorer is None else self._scorer.vocab_dict.get(term)
        if self._scorer is None or column is None:
            return 0
        starts = self._scorer.scores["indptr"]
        return int(starts[column + 1] - starts[column])
