"""Tests of `triage.search`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from triage.config import SearchSettings
from triage.encode import Encoder
from triage.errors import StoredIndexError
from triage.index import LexicalIndex, VectorIndex
from triage.schema import Match, Precedent
from triage.search import search
from triage.store import Store

TODAY = dt.date(2024, 6, 1)
PLAIN = SearchSettings(age_weight=0)


class Find(Protocol):
    """Searches one small index."""

    def __call__(self, query: str, **options: Any) -> tuple[Match, ...]:  # noqa: ANN401
        """Pass the options on to `search`."""


Build = Callable[[Sequence[Precedent]], Find]


@pytest.fixture
def build(tmp_path: Path, word_hash_encoder: Encoder) -> Iterator[Build]:
    """Give a function that indexes precedents and returns their search."""
    stores: list[Store] = []

    def make(precedents: Sequence[Precedent]) -> Find:
        folder = tmp_path / str(len(stores))
        folder.mkdir()
        store = Store.create(folder)
        stores.append(store)
        texts = [precedent.question for precedent in precedents]
        store.write(precedents=zip(precedents, texts, strict=True))
        vectors = VectorIndex.build(word_hash_encoder.encode(texts))
        lexical = LexicalIndex.build(texts)

        def find(query: str, **options: Any) -> tuple[Match, ...]:  # noqa: ANN401
            vector = word_hash_encoder.encode([query])[0]
            given_options = {"settings": PLAIN, "vector": vector} | options
            return search(query, vectors=vectors, lexical=lexical, store=store, **given_options)

        return find

    yield make
    for store in stores:
        store.close()


QUESTIONS = {
    "dogs#1": "How many stray dogs were seized in 2023?",
    "cats#1": "How many stray cats were seized?",
    "fines#1": "What was charged in library fines?",
    "dogs#2": "How much did kennels for stray dogs cost?",
    "posts#1": "Please list the lamp posts in Fennmoor.",
}


@pytest.fixture
def five(build: Build, make_precedent: Callable[..., Precedent]) -> Find:
    """Give the search over five questions of one date."""
    return build([make_precedent(precedent_id, text) for precedent_id, text in QUESTIONS.items()])


def ids(matches: Sequence[Match]) -> list[str]:
    """Name the precedents found."""
    return [match.precedent.id for match in matches]


@pytest.mark.parametrize(("precedent_id", "text"), QUESTIONS.items(), ids=QUESTIONS)
def test_same_text_comes_first_with_similarity_one(five: Find, precedent_id: str, text: str) -> None:
    """A question asked word for word is first by both retrievers, and its similarity is 1."""
    best = five(text)[0]
    assert best.precedent.id == precedent_id
    assert best.similarity == pytest.approx(1, abs=1e-5)
    assert best.ranks == {"dense": 1, "lexical": 1}


def test_matches_are_ordered_and_within_bounds(five: Find) -> None:
    """Without age the similarities fall, and all lie between 0 and 1."""
    matches = five("stray dogs seized")
    similarities = [match.similarity for match in matches]
    assert similarities == sorted(similarities, reverse=True)
    assert all(0 <= similarity <= 1 for similarity in similarities)
    assert ids(matches)[0] == "dogs#1"


def test_similarity_is_the_weighted_mean_of_the_two_shares(
    build: Build, make_precedent: Callable[..., Precedent]
) -> None:
    """Worked by hand: of "dogs cats" one word of two is shared, both of one rarity.

    The cosine is 1/√2. Two texts of one word each, one word a text on average: idf = ln(1 + 1.5 / 1.5) for both, so
    that the text gains idf / (1.2 + 1) and the query would give itself 2 * idf / (1.2 * (0.25 + 0.75 * 2) + 1).
    """
    find = build([make_precedent("a#1", "dogs"), make_precedent("b#1", "cats")])
    share = (1 / 2.2) / (2 / 3.1)
    expected = (1 / 2**0.5 + 0.6 * share) / 1.6
    assert [match.similarity for match in find("dogs cats")] == pytest.approx([expected, expected], abs=1e-5)


def test_ranks_are_of_each_retriever(five: Find) -> None:
    """Ranks start at 1, and a retriever that did not put a precedent forward is missing from them."""
    matches = five("lamp posts", settings=msgspec.structs.replace(PLAIN, pool=2), top_k=2)
    assert matches[0].ranks == {"dense": 1, "lexical": 1}
    assert "lexical" not in matches[1].ranks
    assert matches[1].ranks["dense"] == 2


def test_words_alone_put_a_precedent_forward(five: Find) -> None:
    """What only the word index finds is found, and says so; a zero vector has no share of similarity."""
    settings_one = msgspec.structs.replace(PLAIN, pool=1)
    matches = five("library fines", vector=np.zeros(256, dtype=np.float32), top_k=1, settings=settings_one)
    assert (ids(matches), matches[0].ranks) == (["fines#1"], {"lexical": 1})
    assert 0 < matches[0].similarity <= 0.6 / 1.6


def test_wordless_query_is_found_by_its_vector(five: Find) -> None:
    """Stop words alone leave the vectors to decide."""
    matches = five("how were the")
    assert matches
    assert all(set(match.ranks) == {"dense"} for match in matches)
    assert all(match.similarity <= 1 / 1.6 for match in matches)


def test_opposite_vector_is_similar_to_nothing(five: Find) -> None:
    """A cosine below 0 counts as 0."""
    matches = five("helicopters", vector=np.full(256, -1, dtype=np.float32))
    assert [match.similarity for match in matches] == [0] * 5


def test_similarity_does_not_depend_on_what_else_is_found(five: Find) -> None:
    """Leaving the best out changes no other similarity, so that a floor means the same."""
    query = "stray dogs seized"
    whole = {match.precedent.id: match.similarity for match in five(query)}
    rest = {match.precedent.id: match.similarity for match in five(query, exclude=["dogs#1"])}
    assert rest == {key: value for key, value in whole.items() if key != "dogs#1"}


def test_unrelated_query_stays_low(five: Find) -> None:
    """Where no word is shared, being the best of a bad lot earns nothing."""
    assert five("helicopter maintenance contracts")[0].similarity < 0.2


def test_precedents_of_one_text_stay_apart(build: Build, make_precedent: Callable[..., Precedent]) -> None:
    """Two precedents with the same text are two matches of equal similarity, by row."""
    text = "How many stray dogs were seized?"
    find = build([make_precedent(f"FOI-{number}#1", text) for number in range(7)])
    matches = find(text, top_k=5)
    assert ids(matches) == [f"FOI-{number}#1" for number in range(5)]
    assert len({match.similarity for match in matches}) == 1
    narrow = find(text, top_k=3, settings=msgspec.structs.replace(PLAIN, pool=3))
    assert [match.ranks for match in narrow] == [{"dense": rank, "lexical": rank} for rank in (1, 2, 3)]


def test_before_leaves_out_later_and_undated(build: Build, make_precedent: Callable[..., Precedent]) -> None:
    """Only what was responded on or before the date is found, by either retriever."""
    text = "How many stray dogs were seized?"
    dates = {"old#1": dt.date(2023, 1, 1), "day#1": TODAY, "new#1": dt.date(2024, 6, 2), "undated#1": None}
    find = build([make_precedent(name, text, responded=day) for name, day in dates.items()])
    assert sorted(ids(find(text, before=TODAY))) == ["day#1", "old#1"]
    assert sorted(ids(find(text))) == sorted(dates)


def test_excluded_precedents_take_no_rank(five: Find) -> None:
    """An excluded precedent is neither found nor counted in the ranks of the others."""
    matches = five(QUESTIONS["dogs#1"], exclude=["dogs#1"])
    assert "dogs#1" not in ids(matches)
    assert min(match.ranks["dense"] for match in matches) == 1
    assert min(match.ranks["lexical"] for match in matches if "lexical" in match.ranks) == 1


@pytest.mark.parametrize(
    ("options", "first"),
    [
        pytest.param({"settings": SearchSettings(), "today": TODAY}, "new#1", id="newer first"),
        pytest.param({"settings": SearchSettings(), "before": dt.date(2023, 12, 31)}, "old#1", id="of what is allowed"),
        pytest.param({"settings": SearchSettings()}, "new#1", id="without a day"),
        pytest.param(
            {"settings": SearchSettings(), "before": TODAY, "today": dt.date(2010, 1, 1)}, "new#1", id="before wins"
        ),
        pytest.param({"settings": PLAIN, "today": TODAY}, "old#1", id="age switched off"),
    ],
)
def test_age_orders_equal_texts(
    build: Build, make_precedent: Callable[..., Precedent], options: dict[str, Any], first: str
) -> None:
    """Of two precedents of one text the newer comes first; neither loses similarity."""
    text = "How many stray dogs were seized?"
    old, new = dt.date(2015, 1, 1), dt.date(2024, 5, 1)
    find = build([make_precedent("old#1", text, responded=old), make_precedent("new#1", text, responded=new)])
    matches = find(text, **options)
    assert matches[0].precedent.id == first
    assert [match.similarity for match in matches] == pytest.approx([1] * len(matches), abs=1e-5)


def test_age_never_buries_the_same_question(build: Build, make_precedent: Callable[..., Precedent]) -> None:
    """However old, the same question stands before a new one that shares half of it."""
    find = build(
        [
            make_precedent("half#1", "How many stray cats were fed?", responded=TODAY),
            make_precedent("same#1", "How many stray dogs were seized?", responded=dt.date(2005, 1, 1)),
        ]
    )
    matches = find("How many stray dogs were seized?", settings=SearchSettings(), today=TODAY)
    assert ids(matches) == ["same#1", "half#1"]


def test_undated_stands_between_new_and_old(build: Build, make_precedent: Callable[..., Precedent]) -> None:
    """An undated precedent counts as one half-life old; a date after `today` as new."""
    dates = {"old#1": dt.date(2010, 1, 1), "undated#1": None, "new#1": TODAY, "later#1": dt.date(2024, 12, 1)}
    text = "How many stray dogs were seized?"
    find = build([make_precedent(name, text, responded=day) for name, day in dates.items()])
    assert ids(find(text, settings=SearchSettings(), today=TODAY)) == ["new#1", "later#1", "undated#1", "old#1"]


def test_top_k_is_the_most_given(five: Find) -> None:
    """The option wins over the setting, and may be wider than the pool."""
    assert len(five("stray dogs", settings=msgspec.structs.replace(PLAIN, top_k=2))) == 2
    assert len(five("stray dogs", settings=msgspec.structs.replace(PLAIN, top_k=2, pool=1), top_k=5)) == 5
    with pytest.raises(ValueError, match="top_k is 0"):
        five("stray dogs", top_k=0)


def test_nothing_allowed_gives_nothing(five: Find) -> None:
    """A date before all precedents gives no match, which is not an error."""
    assert five("stray dogs", before=dt.date(1990, 1, 1)) == ()
    assert five("stray dogs", exclude=list(QUESTIONS)) == ()


def test_empty_index_gives_nothing(tmp_path: Path) -> None:
    """An index without precedents answers with none."""
    with Store.create(tmp_path) as store:
        vectors, lexical = VectorIndex.build(np.empty((0, 7), dtype=np.float32)), LexicalIndex.build([])
        vector: NDArray[np.float32] = np.ones(7, dtype=np.float32)
        assert search("dogs", vector=vector, vectors=vectors, lexical=lexical, store=store, settings=PLAIN) == ()


def test_parts_of_two_builds_are_refused(tmp_path: Path, make_precedent: Callable[..., Precedent]) -> None:
    """Vectors and texts of another number than the precedents name the command to run."""
    with Store.create(tmp_path) as store:
        store.write(precedents=[(make_precedent(), "a")])
        vector: NDArray[np.float32] = np.ones(7, dtype=np.float32)
        parts = {
            "vectors": VectorIndex.build(np.ones((1, 7), dtype=np.float32)),
            "lexical": LexicalIndex.build(["a", "b"]),
        }
        with pytest.raises(StoredIndexError, match=r"do not belong together; run `triage reindex"):
            search("dogs", vector=vector, store=store, settings=PLAIN, **parts)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(max_size=40) | st.sampled_from(list(QUESTIONS.values())),
    exclude=st.sets(st.sampled_from(list(QUESTIONS))),
    pool=st.integers(1, 6),
    top_k=st.integers(1, 6),
)
def test_any_query_obeys_its_limits(five: Find, query: str, exclude: set[str], pool: int, top_k: int) -> None:
    """Whatever is asked: no excluded id, no id twice, no more than `top_k`, a rank for each, the same again."""
    options = {"settings": SearchSettings(pool=pool), "top_k": top_k, "exclude": exclude}
    matches = five(query, **options)
    found = ids(matches)
    assert len(found) == len(set(found)) <= top_k
    assert not exclude & set(found)
    assert all(match.ranks and min(match.ranks.values()) >= 1 and 0 <= match.similarity <= 1 for match in matches)
    assert five(query, **options) == matches
