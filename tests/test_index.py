"""Tests of `triage.index`."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from triage.errors import StoredIndexError
from triage.index import LexicalIndex, VectorIndex, find_terms, normalise


def draw(count: int, dimension: int, *, seed: int = 7) -> NDArray[np.float32]:
    """Draw vectors of many lengths."""
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(count, dimension)) * rng.uniform(0.01, 50, size=(count, 1))).astype(np.float32)


def rank_by_force(
    vectors: NDArray[np.float32], query: NDArray[np.float32], allowed: NDArray[np.bool_]
) -> list[tuple[int, float]]:
    """Rank the allowed rows by cosine, in double precision and without any library of search."""
    found = []
    for row in np.flatnonzero(allowed):
        one, other = vectors[row].astype(float), query.astype(float)
        found.append((int(row), float(one @ other / math.sqrt((one @ one) * (other @ other)))))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize("dimension", [7, 33, 385])
@pytest.mark.parametrize("count", [1, 9, 200])
@pytest.mark.parametrize("share", [1.0, 0.5, 0.05])
def test_search_equals_brute_force(dimension: int, count: int, share: float) -> None:
    """At odd lengths of vectors, with and without a filter, rows and cosines are those of a plain loop."""
    vectors, query = draw(count, dimension), draw(1, dimension, seed=8)[0]
    allowed = np.random.default_rng(9).random(count) < share
    expected = rank_by_force(vectors, query, allowed)[:20]
    rows, similarities = VectorIndex.build(vectors).search(query, top_k=20, allowed=allowed)
    assert rows.tolist() == [row for row, _ in expected]
    np.testing.assert_allclose(similarities, [cosine for _, cosine in expected], atol=1e-5)


def test_search_without_filter_sees_every_row() -> None:
    """No filter is the same as one that allows everything."""
    vectors, query = draw(50, 33), draw(1, 33, seed=8)[0]
    index = VectorIndex.build(vectors)
    rows, similarities = index.search(query, top_k=50)
    filtered = index.search(query, top_k=50, allowed=np.ones(50, dtype=np.bool_))
    assert sorted(rows.tolist()) == list(range(50))
    np.testing.assert_array_equal(rows, filtered[0])
    np.testing.assert_array_equal(similarities, filtered[1])


@example([1, 2, 0, 1, 1, 1, 0, 2, 2, 1, 2, 2, 1, 0, 0, 1], 7)  # a heap alone keeps the later of the equal rows here
@given(st.lists(st.integers(0, 2), min_size=1, max_size=30), st.integers(1, 30))
def test_equal_vectors_stand_by_row(kinds: list[int], top_k: int) -> None:
    """Of several equal vectors the lower rows come first, also where the cut falls among them."""
    kind_vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    rows, _ = VectorIndex.build(kind_vectors[kinds]).search(kind_vectors[0], top_k=top_k)
    # The kinds are numbered by their nearness to the query.
    assert rows.tolist() == sorted(range(len(kinds)), key=lambda row: (kinds[row], row))[:top_k]


@pytest.mark.parametrize("top_k", [0, -1])
def test_asking_for_nothing_gives_nothing(top_k: int) -> None:
    """A `top_k` of nothing, a filter that allows nothing and an empty index give empty arrays."""
    index = VectorIndex.build(draw(3, 7))
    query = draw(1, 7)[0]
    assert index.search(query, top_k=top_k)[0].size == 0
    assert index.search(query, top_k=5, allowed=np.zeros(3, dtype=np.bool_))[0].size == 0
    assert VectorIndex.build(np.empty((0, 7), dtype=np.float32)).search(query, top_k=5)[0].size == 0


def test_zero_vector_is_similar_to_nothing() -> None:
    """A zero vector, stored or asked, has similarity 0 and never a number that is not finite."""
    vectors = np.array([[0, 0, 0], [1, 0, 0], [-1, 0, 0]], dtype=np.float32)
    index = VectorIndex.build(vectors)
    rows, similarities = index.search(np.array([2, 0, 0], dtype=np.float32), top_k=3)
    assert (rows.tolist(), similarities.tolist()) == ([1, 0, 2], [1, 0, -1])
    assert index.search(np.zeros(3, dtype=np.float32), top_k=3)[1].tolist() == [0, 0, 0]


@given(arrays(np.float32, (4, 5), elements=st.floats(-1e6, 1e6, width=32, allow_subnormal=False)))
def test_normalised_vectors_have_length_one_or_zero(vectors: NDArray[np.float32]) -> None:
    """A vector keeps its direction and gets length 1; only the zero vector keeps length 0."""
    unit = normalise(vectors)
    for raw, one in zip(vectors, unit, strict=True):
        # A length whose square is below what a float32 can hold counts as zero.
        if np.linalg.norm(raw) > 1e-15:
            assert np.linalg.norm(one) == pytest.approx(1, abs=1e-4)
            assert float(raw.astype(float) @ one) == pytest.approx(float(np.linalg.norm(raw.astype(float))), rel=1e-4)
        elif not raw.any():
            assert not one.any()


@pytest.mark.parametrize(
    "vectors",
    [
        pytest.param(np.zeros(3, dtype=np.float32), id="one axis"),
        pytest.param(np.zeros((3, 0), dtype=np.float32), id="no dimension"),
        pytest.param(np.array([[1, np.nan]], dtype=np.float32), id="not a number"),
        pytest.param(np.array([[1, np.inf]], dtype=np.float32), id="infinite"),
    ],
)
def test_vectors_that_cannot_be_indexed_are_refused(vectors: NDArray[np.float32]) -> None:
    """What is not an array of finite vectors is a caller's mistake."""
    with pytest.raises(ValueError, match=r"shape|not finite"):
        VectorIndex.build(vectors)


def test_shapes_that_do_not_fit_are_refused() -> None:
    """A query or a filter of another length than the index is a caller's mistake."""
    index = VectorIndex.build(draw(3, 7))
    with pytest.raises(ValueError, match=r"shape \(8,\), the index holds vectors of 7"):
        index.search(np.ones(8, dtype=np.float32), top_k=1)
    with pytest.raises(ValueError, match=r"shape \(4,\), the index holds 3"):
        index.search(np.ones(7, dtype=np.float32), top_k=1, allowed=np.ones(4, dtype=np.bool_))


def test_stored_vectors_come_back(tmp_path: Path) -> None:
    """After saving and loading, rows are given in the order asked for, at unit length."""
    vectors = draw(20, 33)
    VectorIndex.build(vectors).save(tmp_path)
    index = VectorIndex.load(tmp_path)
    assert (len(index), index.dimension) == (20, 33)
    np.testing.assert_allclose(index.vectors([19, 0, 19]), normalise(vectors[[19, 0, 19]]), atol=1e-6)
    assert index.vectors([]).shape == (0, 33)
    rows, _ = index.search(vectors[4], top_k=1)
    assert rows.tolist() == [4]


def test_indexing_stored_vectors_again_changes_nothing() -> None:
    """A vector taken from one index into the next stays what it was."""
    index = VectorIndex.build(draw(20, 33))
    again = VectorIndex.build(index.vectors(range(20)))
    np.testing.assert_allclose(again.vectors(range(20)), index.vectors(range(20)), atol=1e-6)


@pytest.mark.parametrize("row", [-1, 3])
def test_row_outside_the_index_is_refused(row: int) -> None:
    """No vector is made up for a row that is not held."""
    with pytest.raises(ValueError, match="an index of 3"):
        VectorIndex.build(draw(3, 7)).vectors([0, row])


def test_missing_or_damaged_vectors_name_the_command(tmp_path: Path) -> None:
    """A file that is not there or is not an index says what to run."""
    with pytest.raises(StoredIndexError, match="triage reindex"):
        VectorIndex.load(tmp_path)
    (tmp_path / "vectors.faiss").write_bytes(b"nonsense")
    with pytest.raises(StoredIndexError, match="triage reindex"):
        VectorIndex.load(tmp_path)
    with pytest.raises(StoredIndexError, match="cannot write"):
        VectorIndex.build(draw(3, 7)).save(tmp_path / "gone")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("Stray DOGS, seized", ["stray", "dog", "seiz"], id="case, punctuation and stem"),
        pytest.param("the cost of it", ["cost"], id="stop words"),
        pytest.param("children's homes", ["children", "home"], id="apostrophe"),
        pytest.param("the o’dale ward", ["o'dal", "ward"], id="curly apostrophe"),
        pytest.param("form A5 in 2023/24", ["form", "a5", "2023", "24"], id="numbers"),
        pytest.param("", [], id="empty"),
        pytest.param("of the", [], id="stop words alone"),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    """Words are lower-cased, stop words left out, stems taken."""
    assert find_terms(text) == terms


@given(st.text())
def test_any_text_has_terms_that_are_its_own(text: str) -> None:
    """No text breaks the search for words, and none gives more terms than characters."""
    assert len(find_terms(text)) <= len(text)


CORPUS = ["stray dogs", "stray cats", "", "library fines and library books"]


def test_bm25_scores_are_those_worked_out_by_hand() -> None:
    """The scores follow Lucene's form: idf = ln(1 + (N - n + 0.5) / (n + 0.5)), k1 = 1.2, b = 0.75.

    Four texts of 2, 2, 0 and 4 counted words, 2 on average. "stray" stands in two of them: idf = ln(1 + 2.5 / 2.5).
    "librari" stands twice in one of length 4: idf = ln(1 + 3.5 / 1.5), length norm 1.2 * (0.25 + 0.75 * 2) = 2.1.
    """
    index = LexicalIndex.build(CORPUS)
    stray = math.log(2) * 1 / (1.2 + 1)
    library = math.log(1 + 3.5 / 1.5) * 2 / (2.1 + 2)
    np.testing.assert_allclose(index.scores("strays"), [stray, stray, 0, 0], rtol=1e-5)
    np.testing.assert_allclose(index.scores("stray libraries"), [stray, stray, 0, library], rtol=1e-5)


@pytest.mark.parametrize("text", [text for text in CORPUS if text])
def test_self_score_is_that_of_the_same_text(text: str) -> None:
    """A text asked word for word reaches its self-score, and no other text passes it."""
    index = LexicalIndex.build(CORPUS)
    scores = index.scores(text)
    assert scores.max() == scores[CORPUS.index(text)] == pytest.approx(index.self_score(text), rel=1e-5)


def test_unknown_word_lowers_the_share_reached() -> None:
    """A word that no text holds adds nothing to a score and its full weight to the self-score."""
    index = LexicalIndex.build(CORPUS)
    np.testing.assert_array_equal(index.scores("stray dogs zebra"), index.scores("stray dogs"))
    assert index.self_score("stray dogs zebra") > 1.5 * index.self_score("stray dogs")


@pytest.mark.parametrize(
    ("texts", "query"),
    [
        pytest.param(CORPUS, "zebra", id="unknown word"),
        pytest.param(CORPUS, "the of", id="stop words alone"),
        pytest.param(CORPUS, "", id="empty query"),
        pytest.param(["", "the"], "dogs", id="texts without words"),
        pytest.param([], "dogs", id="no text"),
    ],
)
def test_nothing_shared_scores_nothing(tmp_path: Path, texts: list[str], query: str) -> None:
    """Without a shared word every score is 0, also after saving and loading."""
    built = LexicalIndex.build(texts)
    built.save(tmp_path)
    for index in (built, LexicalIndex.load(tmp_path)):
        assert index.scores(query).tolist() == [0] * len(texts)
        assert np.isfinite(index.self_score(query))


def test_word_index_comes_back(tmp_path: Path) -> None:
    """After saving and loading, scores and self-scores are the same."""
    built = LexicalIndex.build(CORPUS, k1=0.9, b=0.4)
    built.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert len(loaded) == len(CORPUS)
    for query in ("stray library", "library fines", "zebra dogs"):
        np.testing.assert_array_equal(loaded.scores(query), built.scores(query))
        assert loaded.self_score(query) == built.self_score(query)


def test_settings_of_bm25_are_used() -> None:
    """With b = 0 a long text is not held against its words: "librari" twice gives 2 / (1.2 + 2)."""
    scores = LexicalIndex.build(CORPUS, k1=1.2, b=0).scores("library")
    assert scores[3] == pytest.approx(math.log(1 + 3.5 / 1.5) * 2 / 3.2, rel=1e-5)


def test_missing_or_damaged_word_index_names_the_command(tmp_path: Path) -> None:
    """A folder that is not there, damaged or put together from two builds says what to run."""
    with pytest.raises(StoredIndexError, match="triage reindex"):
        LexicalIndex.load(tmp_path)
    LexicalIndex.build(CORPUS).save(tmp_path)
    facts = tmp_path / "lexical" / "facts.json"
    good = facts.read_bytes()
    facts.write_bytes(good.replace(b'"texts":4', b'"texts":5'))
    with pytest.raises(StoredIndexError, match="do not belong together"):
        LexicalIndex.load(tmp_path)
    facts.write_bytes(b"{")
    with pytest.raises(StoredIndexError, match="triage reindex"):
        LexicalIndex.load(tmp_path)
    facts.write_bytes(good)
    (tmp_path / "lexical" / "data.csc.index.npy").write_bytes(b"nonsense")
    with pytest.raises(StoredIndexError, match="triage reindex"):
        LexicalIndex.load(tmp_path)
