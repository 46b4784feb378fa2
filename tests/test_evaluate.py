"""Measuring: figures worked out by hand, gold data that is refused, and both halves of an evaluation."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.config import Config, Limits
from triage.encode import Encoder
from triage.errors import FormatError, InputError
from triage.evaluate import Figure, Figures, Loss, Scores, evaluate, figures_object, figures_table
from triage.evaluate.ask import score_ask
from triage.evaluate.cite import score_cite
from triage.evaluate.figures import f1, macro_f1, mean, rate, wilson
from triage.evaluate.gold import CiteGold, ReadGold, RequestGold, SearchQuery, SplitGold, read_gold
from triage.evaluate.match import find_words, pair_spans, plain_label, plain_provision
from triage.evaluate.read import score_read
from triage.evaluate.search import Run, score_search
from triage.evaluate.split import score_split
from triage.schema import (
    AnsweredQuestion,
    Citation,
    Disclosure,
    Diversion,
    Match,
    Outcome,
    Period,
    Precedent,
    Provision,
    Question,
    Relation,
    Route,
    Segment,
    Slots,
    SplitRequest,
    SuggestedPrecedent,
    Suggestion,
    Verdict,
)

CONFIG = Config()
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
Span = tuple[int, int]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3, gives these four to four places.
        pytest.param(81, 263, 0.2553, 0.3662, id="81 of 263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1611, id="none of 20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="1 of 29"),
        pytest.param(20, 20, 0.8389, 1.0, id="all of 20, the mirror of none"),
    ],
)
def test_the_interval_of_a_proportion_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    """The 95 % interval is the one published for these proportions, and stays between 0 and 1."""
    found = wilson(hits, n)
    assert [round(end, 4) for end in found] == [low, high]
    assert 0 <= found[0] <= hits / n <= found[1] <= 1


@pytest.mark.parametrize(("hits", "n"), [(1, 0), (3, 2), (-1, 2)])
def test_what_is_no_proportion_has_no_interval(hits: int, n: int) -> None:
    """More hits than trials, fewer than none, and hits without a trial are a caller's mistake."""
    with pytest.raises(ValueError, match="is not a proportion"):
        wilson(hits, n)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(pair: tuple[int, int]) -> None:
    """Whatever the share, it lies in its own interval, which lies between 0 and 1."""
    low, high = wilson(*pair)
    assert 0 <= low <= pair[0] / pair[1] <= high <= 1


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(rate(0, 0), id="rate"),
        pytest.param(f1([]), id="F1 of nothing"),
        pytest.param(f1([(0, 0, 3)]), id="F1 where nothing is marked"),
        pytest.param(macro_f1(np.zeros((4, 2, 3))), id="macro F1"),
        pytest.param(macro_f1(np.zeros((0, 0, 3))), id="macro F1 of nothing"),
        pytest.param(mean([]), id="mean"),
    ],
)
def test_a_figure_of_nothing_is_undefined(figure: Figure) -> None:
    """Without anything to count a figure is undefined, with n 0, and neither 0 nor 1."""
    assert figure == Figure(None, 0)


def test_f1_counts_all_items_together() -> None:
    """F1 is 2 x 3 right over 4 marked and 5 found, whatever the parts are."""
    assert f1([(2, 2, 4), (1, 2, 1)]).value == pytest.approx(6 / 9)
    assert f1([(2, 2, 4), (1, 2, 1)]).n == 4


def test_macro_f1_leaves_out_what_the_gold_does_not_hold() -> None:
    """The mean is taken over the classes marked; one that is only found lowers none of it."""
    counts = np.array([[[1, 2, 1], [0, 0, 5], [1, 1, 1]]], dtype=float)  # F1 2/3, undefined, 1
    assert macro_f1(counts).value == pytest.approx((2 / 3 + 1) / 2)


def test_an_interval_of_f1_is_always_the_same() -> None:
    """The items drawn are the same each time, hold the value, and alike items give no interval."""
    items = [(1, 2, 2), (2, 2, 2), (0, 1, 1), (3, 3, 4)] * 5
    first, again = f1(items), f1(items)
    assert first == again
    assert first.value is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.value < first.high
    assert f1([(1, 1, 1)] * 9).low is None
    assert f1([(1, 2, 2)]).low is None


spans = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda each: (each[0], sum(each))), max_size=6)


@given(spans, spans, st.sampled_from([0.5, 0.8]))
def test_spans_pair_one_to_one(gold: list[Span], found: list[Span], least: float) -> None:
    """No span is used twice, and each pair overlaps by at least the share asked for."""
    pairs = pair_spans(gold, found, least=least)
    for side in zip(*pairs, strict=True):
        assert len(set(side)) == len(side)
    for i, j in pairs:
        one, other = set(range(*gold[i])), set(range(*found[j]))
        assert len(one & other) / len(one | other) >= least


@given(spans)
def test_equal_spans_all_pair(gold: list[Span]) -> None:
    """What is found exactly as marked is found wholly."""
    unique = sorted(set(gold))
    assert pair_spans(unique, unique, least=0.8) == [(i, i) for i in range(len(unique))]


def test_the_better_pair_goes_first() -> None:
    """A span that two overlap goes to the one that overlaps more; the other stays without."""
    assert pair_spans([(0, 8), (0, 10)], [(0, 10)], least=0.5) == [(1, 0)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("how many\n  vans", "how many vans", (0, 15), id="over a line end"),
        pytest.param("> how\n> many", "how many", (2, 12), id="in a quotation"),
        pytest.param("cost (2022)?", "(2022)?", (5, 12), id="marks of a pattern"),
        pytest.param("how often", "how many", None, id="not there"),
    ],
)
def test_words_are_found_across_lines(text: str, words: str, expected: Span | None) -> None:
    """Words of the gold data are found whatever white space stands between them in the request."""
    assert find_words(text, words) == expected


@pytest.mark.parametrize(
    ("label", "plain"),
    [("1", "1"), ("1.", "1"), ("Q1", "1"), ("Question 12:", "12"), ("(b)", "b"), ("7(a)", "7a"), (3, "3"), (None, "")],
)
def test_labels_are_compared_without_their_marks(label: str | int | None, plain: str) -> None:
    """The same label in two ways of printing is the same."""
    assert plain_label(label) == plain


@pytest.mark.parametrize(
    ("provision", "plain"),
    [
        pytest.param(Provision.parse("s31(1)(a)"), "31(1)(a)", id="record"),
        pytest.param("FOIA s31(1)(a)", "31(1)(a)", id="named Act"),
        pytest.param("40(5B)(a)(i)", "40(5b)(a)(i)", id="number alone"),
        pytest.param("eir12(4)(b)", "eir12(4)(b)", id="other law keeps its prefix"),
        pytest.param(Provision.parse("eisr10(4)(b)"), "eisr10(4)(b)", id="Scottish regulations"),
    ],
)
def test_provisions_are_compared_in_one_form(provision: Provision | str, plain: str) -> None:
    """A record and the words of the gold data come to the same form."""
    assert plain_provision(provision) == plain


def _question(start: int, end: int, text: str, **fields: Any) -> Question:  # noqa: ANN401 - any field
    return Question(1, None, start, end, text[start:end], text[start:end], **fields)


TEXT = "How many vans, and how many cars do you own?"


def _split_gold(*marked: dict[str, Any], **fields: Any) -> SplitGold:  # noqa: ANN401 - any field
    return msgspec.convert({"id": "r", "text": TEXT, "questions": marked} | fields, SplitGold)


def test_split_scores_are_those_worked_out_by_hand() -> None:
    """Of three questions two are found at 0.5, one at 0.8, one is too much; one request of two is exact at neither."""
    gold = [
        _split_gold({"start": 0, "end": 14}, {"start": 15, "end": 44}, kind="prose"),
        _split_gold({"start": 0, "end": 44}, kind="list"),
    ]
    found = [
        # 14 of 14 characters; 29 of 40, which is between the two limits
        SplitRequest("r", (_question(0, 14, TEXT), _question(4, 44, TEXT))),
        SplitRequest("r", (_question(0, 10, TEXT),)),
    ]
    scores = score_split(gold, found)
    assert scores.counts == {"requests": 2, "refused": 0, "questions": 3, "text_differs_from_span": 0}
    values = {name: figure.value for name, figure in scores.rates.items()}
    assert values["f1@0.5"] == pytest.approx(2 * 2 / 6)
    assert values["precision@0.5"] == pytest.approx(2 / 3)
    assert values["recall@0.8"] == pytest.approx(1 / 3)
    assert values["exact_requests@0.5"] == pytest.approx(1 / 2)
    assert values["exact_requests@0.8"] == 0
    assert "period_exact" not in values
    (by_kind,) = scores.groups.values()
    assert {kind: figures["f1"].value for kind, figures in by_kind.items()} == {"list": 0.0, "prose": 0.5}
    assert [loss.lost for loss in scores.worst] == [2, 2]


def test_a_request_with_a_question_too_many_is_not_exact() -> None:
    """All that is marked may be found and the request still be wrong."""
    found = SplitRequest("r", (_question(0, 14, TEXT), _question(20, 44, TEXT)))
    scores = score_split([_split_gold({"start": 0, "end": 14})], [found])
    assert scores.rates["recall@0.8"] == rate(1, 1)
    assert scores.rates["exact_requests@0.8"] == rate(0, 1)


def test_over_and_under_splitting_are_told_apart() -> None:
    """One marked question cut in two, two marked ones left whole; and what is missed or made up."""
    gold = [
        _split_gold({"start": 0, "end": 44}),
        _split_gold({"start": 0, "end": 14}, {"start": 20, "end": 44}),
        _split_gold({"start": 0, "end": 14}),
    ]
    found = [
        SplitRequest("r", (_question(0, 14, TEXT), _question(20, 44, TEXT))),
        SplitRequest("r", (_question(0, 44, TEXT),)),
        SplitRequest("r", (_question(20, 44, TEXT),)),
    ]
    rates = score_split(gold, found).rates
    assert rates["over_split"] == rate(1, 4)
    assert rates["under_split"] == rate(1, 4)
    assert rates["missed"] == rate(1, 4)
    assert rates["invented"] == rate(1, 4)


def test_roles_are_compared_by_character() -> None:
    """White space has no role; a request without marked roles enters no figure."""
    gold = _split_gold(
        {"start": 0, "end": 14},
        segments=[{"start": 0, "end": 14, "role": "q"}, {"start": 14, "end": 44, "role": "background"}],
    )
    found = SplitRequest("r", (_question(0, 14, TEXT),), segments=(Segment(0, 44, "q"),))
    assert score_split([gold], [found]).rates["role_by_character"] == rate(12, 35)
    assert "role_by_character" not in score_split([_split_gold({"start": 0, "end": 14})], [found]).rates


def test_handling_is_right_where_one_way_and_no_other_is_found() -> None:
    """Plain letters are right where no way is found; two ways are not the one that is marked."""

    def letter(way: str) -> SplitGold:
        return msgspec.convert({"id": way, "text": TEXT, "handling": way}, SplitGold)

    def taken(*ways: str) -> SplitRequest:
        return SplitRequest("r", (), diversions=tuple(Diversion(0, 14, way, "why", "s1") for way in ways))

    gold = [letter("eir"), letter("eir"), letter("complaint"), letter("foi"), letter("foi")]
    scores = score_split(gold, [taken("eir"), taken("eir", "advice"), taken(), taken(), taken("eir")])
    assert scores.rates == {"handling_precision": rate(1, 3), "handling_recall": rate(1, 3)}
    assert [loss.note for loss in scores.worst] == [
        "marked eir, found advice, eir",
        "marked complaint, found foi",
        "marked foi, found eir",
    ]


def test_a_text_that_is_not_its_span_is_counted() -> None:
    """A question whose text is not what stands at its offsets breaks the contract and is counted."""
    wrong = msgspec.structs.replace(_question(0, 14, TEXT), text="How many lorries")
    scores = score_split([_split_gold({"start": 0, "end": 14})], [SplitRequest("r", (wrong,))])
    assert scores.counts["text_differs_from_span"] == 1


def test_a_refused_request_loses_its_questions() -> None:
    """A request that could not be split counts as one with nothing found."""
    scores = score_split([_split_gold({"start": 0, "end": 14})], [None])
    assert scores.counts["refused"] == 1
    assert scores.rates["recall@0.5"] == rate(0, 1)
    assert scores.rates["precision@0.5"] == Figure(None, 0)


@pytest.mark.parametrize(
    ("marked", "found", "period", "place"),
    [
        pytest.param({}, Slots(), (1, 1), (1, 1), id="nothing asked, nothing found"),
        pytest.param(
            {"period": {"from": "2022-01-01", "to": "2022-12-31", "grain": "calendar year"}, "place": "Fenn; Tarn"},
            Slots(period=Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022", "range"), places=("tarn", "Fenn")),
            (1, 1),
            (1, 1),
            id="same days, places in another order",
        ),
        pytest.param(
            {"period": {"from": "2022-01-01", "to": None, "grain": None}},
            Slots(period=Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022", "range"), places=("Fenn",)),
            (0, 1),
            (0, 1),
            id="open end taken for closed, place made up",
        ),
        # the day of a snapshot is the day of the answer: no period to compare
        pytest.param(
            {"period": {"from": None, "to": None, "grain": "snapshot"}}, Slots(), (0, 0), (1, 1), id="snapshot"
        ),
    ],
)
def test_slots_are_compared_for_the_same_question(
    marked: dict[str, Any], found: Slots, period: tuple[int, int], place: tuple[int, int]
) -> None:
    """Periods go by their two days, places as a set without case."""
    question = msgspec.structs.replace(_question(0, 14, TEXT), slots=found)
    scores = score_split([_split_gold({"start": 0, "end": 14, "slots": marked})], [SplitRequest("r", (question,))])
    assert scores.rates["period_exact"] == rate(*period)
    assert scores.rates["place_exact"] == rate(*place)


def test_breakdown_axes_go_by_a_shared_word() -> None:
    """Each axis found takes one marked: two of three here, and one found too much."""
    marked = {"breakdown": ["rank of officer", "calendar month", "ward"]}
    question = msgspec.structs.replace(_question(0, 14, TEXT), slots=Slots(breakdown=("rank", "month", "month")))
    scores = score_split([_split_gold({"start": 0, "end": 14, "slots": marked})], [SplitRequest("r", (question,))])
    assert scores.rates["breakdown_f1"].value == pytest.approx(2 * 2 / 6)


def _citation(literal: str, effective: str = "") -> Citation:
    named, ticked = (tuple(map(Provision.parse, words.split())) for words in (literal, effective or literal))
    return Citation(0, 1, "s", named, ticked)


def test_cite_scores_whole_surfaces() -> None:
    """A surface is right when the set is: one too many or a level too few is wrong, order and regime do not count."""
    surfaces = [(["31(1)(a)", "31(1)(b)"], ["31(1)(a)"]), (["40(2)"], ["40(2)"]), (["35(1)"], ["35(1)"]), ([], [])]
    gold = [CiteGold(f"c{n}", "…", tuple(literal), tuple(effective)) for n, (literal, effective) in enumerate(surfaces)]
    found = [(_citation("s31(1)(b)"), _citation("s31(1)(a)")), (_citation("s40"),), (_citation("foisa35(1)"),), ()]
    scores = score_cite(gold, found)
    assert scores.rates == {"literal_exact": rate(3, 4), "effective_exact": rate(2, 4)}
    assert [loss.id for loss in scores.worst] == ["c1", "c1", "c0"]


def test_what_is_named_and_what_is_ticked_are_scored_apart() -> None:
    """A condition beside the exemption belongs to what is named alone."""
    gold = [CiteGold("c", "…", ("40(2)", "40(3A)"), ("40(2)",))]
    right, wrong = _citation("s40(2) s40(3A)", "s40(2)"), _citation("s40(2)", "s40(2)")
    assert score_cite(gold, [(right,)]).rates == {"literal_exact": rate(1, 1), "effective_exact": rate(1, 1)}
    assert score_cite(gold, [(wrong,)]).rates == {"literal_exact": rate(0, 1), "effective_exact": rate(1, 1)}


def _answered(
    label: str | None, outcome: Outcome, *provisions: str, ordinal: int = 1, text: str = ""
) -> AnsweredQuestion:
    return AnsweredQuestion(ordinal, label, text, outcome, tuple(map(Provision.parse, provisions)))


def test_read_scores_are_those_worked_out_by_hand() -> None:
    """Three answers marked, three found, two with the right outcome; one provision is under the wrong question."""
    gold = msgspec.convert(
        {
            "id": "l",
            "text": "…",
            "outcome": "partly",
            "answers": [
                {"ref": "Q1", "outcome": "disclosed", "applied": []},
                {"ref": "2", "outcome": "refused", "applied": ["s40(2)"]},
                {"ref": "3", "outcome": "refused", "applied": ["s31(1)(a)"]},
            ],
        },
        ReadGold,
    )
    found = Disclosure(
        "l",
        "",
        (
            _answered("1", Outcome.DISCLOSED, "s40(2)", ordinal=1),
            _answered("2.", Outcome.REFUSED, ordinal=2),
            _answered("3", Outcome.NCND, "s31(1)(b)", ordinal=3),
        ),
        Outcome.PARTLY,
    )
    scores = score_read([gold], [found])
    values = {name: figure.value for name, figure in scores.rates.items()}
    assert values == {
        "letter_outcome": 1.0,
        "answer_outcome_f1": pytest.approx(2 * 2 / 6),
        "answer_provisions_f1": 0.0,
        "applied_provisions_f1": pytest.approx(2 * 1 / 4),
        "applied_sections_f1": 1.0,
    }


def test_a_letter_that_answers_at_once_has_no_answers_to_bind() -> None:
    """With `all` only the outcome of the letter and its provisions count."""
    gold = msgspec.convert(
        {
            "id": "l",
            "text": "…",
            "outcome": "refused",
            "answers": [{"ref": "all", "outcome": "refused", "applied": ["12(1)"]}],
        },
        ReadGold,
    )
    scores = score_read([gold], [Disclosure("l", "", (_answered("1", Outcome.DISCLOSED, "s12(1)"),), Outcome.REFUSED)])
    assert scores.rates["answer_outcome_f1"] == Figure(None, 0)
    assert scores.rates["letter_outcome"] == rate(1, 1)
    assert scores.rates["applied_provisions_f1"].value == 1.0


def test_a_reply_that_was_not_read_is_wrong() -> None:
    """What could not be read counts as wrong and is counted apart."""
    gold = msgspec.convert({"id": "l", "text": "…", "outcome": "disclosed"}, ReadGold)
    scores = score_read([gold], [None])
    assert scores.counts["not_read"] == 1
    assert scores.rates["letter_outcome"] == rate(0, 1)
    assert scores.confusions == {"disclosed read as not_read": 1}


def test_answers_without_labels_go_by_their_place() -> None:
    """Where the letter prints no label, the first marked is the first found."""
    gold = msgspec.convert(
        {
            "file": "a.txt",
            "reference": "F/1",
            "outcome": "partly",
            "questions": [
                {"label": None, "outcome": "disclosed", "start_words": "How many vans"},
                {"label": None, "outcome": "refused", "start_words": "How many cars", "provisions": ["s43(2)"]},
            ],
        },
        ReadGold,
    )
    found = (
        _answered(None, Outcome.DISCLOSED, ordinal=1, text="how many\nvans do you own"),
        _answered(None, Outcome.REFUSED, "s43(2)", ordinal=2, text="which lorries"),
    )
    scores = score_read([gold], [Disclosure("F/1", "Fennmoor Council", found, Outcome.PARTLY)])
    assert scores.rates["answer_outcome_f1"].value == 1.0
    assert scores.rates["question_words"] == rate(1, 2)
    assert scores.rates["reference"] == rate(1, 1)
    assert "authority" not in scores.rates


def test_a_label_that_was_not_read_gives_way_to_the_place() -> None:
    """Where only the gold has labels, answers go by their place and not by the ordinal of the request."""
    gold = msgspec.convert(
        {
            "id": "l",
            "text": "…",
            "outcome": "partly",
            "answers": [{"ref": "b", "outcome": "disclosed"}, {"ref": "c", "outcome": "refused"}],
        },
        ReadGold,
    )
    found = (_answered(None, Outcome.DISCLOSED, ordinal=2), _answered(None, Outcome.REFUSED, ordinal=3))
    scores = score_read([gold], [Disclosure("l", "", found, Outcome.PARTLY)])
    assert scores.rates["answer_outcome_f1"].value == 1.0


def test_search_ranks_are_those_of_the_first_right_text() -> None:
    """R@k counts queries with a right text among the first k; MRR sums 1/1 and 1/7 over three."""
    others = tuple(f"x{n}" for n in range(60))
    queries = [SearchQuery(f"q{n}", "2024-01-01", ("good", "also good")) for n in range(3)]
    runs = [
        Run("q0", ("also good", "x1", "good")),
        Run("q1", (*others[:6], "good")),
        Run("q2", others[:50]),
    ]
    scores = score_search([], queries, runs)
    assert {name: figure.value for name, figure in scores.rates.items()} == {
        "R@1": pytest.approx(1 / 3),
        "R@5": pytest.approx(1 / 3),
        "R@10": pytest.approx(2 / 3),
        "R@50": pytest.approx(2 / 3),
        "MRR@10": pytest.approx((1 + 1 / 7) / 3),
    }
    assert [(loss.id, loss.note.rpartition(" ")[2]) for loss in scores.worst] == [
        ("q2", "none"),
        ("q1", "7"),
        ("q0", "1"),
    ]


MakePrecedent = Callable[..., Precedent]
ASKED = "How many vans do you lease? What do they cost? Who supplies them? Which colour are they?"


def _asked(words: str, verdict: str, *precedents: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    start, _, end = words.partition(" … ")
    return {"start_words": start, "end_words": end, "verdict": verdict, "precedents": precedents} | fields


def _suggest(words: str, verdict: Verdict, *found: Precedent, **fields: Any) -> Suggestion:  # noqa: ANN401 - any field
    start = ASKED.index(words)
    shown = tuple(SuggestedPrecedent(Match(one, 0.9, {}), Relation.UNRELATED, {}, "") for one in found)
    part = "considered" if verdict is Verdict.NO_PRECEDENT else "precedents"
    question = _question(start, start + len(words), ASKED)
    return Suggestion(question, verdict, **{part: shown} | fields)


def test_ask_scores_are_those_worked_out_by_hand(make_precedent: MakePrecedent) -> None:
    """Four questions, one not split, two verdicts right, one `already_disclosed` too many, one near miss in front."""
    request = {
        "file": "r.txt",
        "questions": [
            _asked("How many … lease?", "disclosed_before", "A#1", "B#1"),
            _asked("What do … cost?", "exemption_precedent", "C#1", provisions=["s43(2)"]),
            _asked("Which … they?", "no_precedent"),
            _asked("Who … them?", "no_precedent", not_precedents=["D#1"]),
        ],
    }
    gold = [msgspec.convert(request, RequestGold)]
    suggestions = [
        _suggest("How many vans do you lease?", Verdict.DISCLOSED_BEFORE, make_precedent("X#1"), make_precedent("B#1")),
        _suggest(
            "What do they cost?",
            Verdict.EXEMPTION_PRECEDENT,
            make_precedent("C#1"),
            provisions=(Provision.parse("s43(2)"),),
        ),
        _suggest("Who supplies them?", Verdict.ALREADY_DISCLOSED, make_precedent("D#1"), route=Route.CHECK),
        _suggest("them", Verdict.NO_PRECEDENT),
    ]
    scores = score_ask(gold, {"r.txt": ASKED}, [suggestions])
    assert scores.counts == {
        "questions": 4,
        "not_split": 1,
        "no_question": 1,
        "false_already_disclosed": 1,
        "near_miss_first": 1,
    }
    rates = scores.rates
    assert rates["verdict_accuracy"] == rate(2, 4)
    assert rates["verdict_macro_f1"].value == pytest.approx((1 + 1 + 0) / 3)
    assert rates["limbs_exact"] == rate(1, 1)
    assert rates["precedent_top1"] == rate(1, 2)
    assert rates["precedent_top3"] == rate(2, 2)
    by_verdict = scores.groups["by verdict"]
    assert by_verdict["no_precedent"]["precision"] == rate(0, 1)
    assert by_verdict["no_precedent"]["recall"] == rate(0, 2)
    assert "already_disclosed" not in by_verdict
    # crying wolf loses most
    assert "no_precedent / already_disclosed" in scores.worst[0].note


def _write(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)
    path.write_text(lines, encoding="utf-8")
    return path


GOOD_SPLIT = {"id": "r", "text": TEXT, "questions": [{"start": 0, "end": 14}]}


@pytest.mark.parametrize(
    ("kind", "good", "bad", "complaint"),
    [
        pytest.param(SplitGold, GOOD_SPLIT, "not JSON\n", "JSON is malformed", id="not JSON"),
        pytest.param(SplitGold, GOOD_SPLIT, "[]\n", "Expected `object`", id="not an object"),
        pytest.param(
            SplitGold, GOOD_SPLIT, {"id": "r", "text": TEXT}, "neither questions nor handling are marked", id="no gold"
        ),
        pytest.param(
            SplitGold, GOOD_SPLIT, GOOD_SPLIT | {"questions": [{"start": 5, "end": 5}]}, "does not lie", id="empty span"
        ),
        pytest.param(
            SplitGold,
            GOOD_SPLIT,
            GOOD_SPLIT | {"questions": [{"start": 5, "end": 99}]},
            "does not lie",
            id="span too long",
        ),
        pytest.param(
            SplitGold, GOOD_SPLIT, GOOD_SPLIT | {"questions": [{"start": -5, "end": 9}]}, ">= 0", id="negative offset"
        ),
        pytest.param(
            CiteGold,
            {"id": "c", "surface": "s31", "literal": ["31"], "effective": ["31"]},
            {"id": "c", "surface": "s31", "literal": "31", "effective": ["31"]},
            r"Expected `array`.*\$\.literal",
            id="a word for a list",
        ),
        pytest.param(
            ReadGold,
            {"id": "l", "text": "…", "outcome": "refused"},
            {"id": "l", "text": "…", "outcome": "declined"},
            r"'declined'.*\$\.outcome",
            id="unknown outcome",
        ),
        pytest.param(
            ReadGold,
            {"id": "l", "text": "…", "outcome": "refused"},
            {"id": "l", "outcome": "refused"},
            "either the text of a reply or the file",
            id="neither text nor file",
        ),
    ],
)
def test_a_bad_line_of_gold_is_named(
    tmp_path: Path, kind: type[object], good: dict[str, Any], bad: dict[str, Any] | str, complaint: str
) -> None:
    """A line that cannot be used stops the evaluation with its file and number; blank lines are nothing."""
    path = _write(tmp_path / "gold.jsonl", good, "\n", bad, good)
    with pytest.raises(FormatError, match=complaint) as raised:
        read_gold(path, kind)
    assert str(raised.value).startswith(f"{path}, line 3: ")
    assert str(raised.value).endswith("; mend that line of the gold data")
    assert len(read_gold(_write(path, good, "\n", good), kind)) == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("gold.jsonl", None, id="missing"),
        pytest.param("gold.jsonl.gz", b"{}", id="not gzipped"),
        pytest.param("gold.jsonl.gz", gzip.compress(b"\n" * 99)[:-9], id="cut short"),
    ],
)
def test_gold_that_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes | None) -> None:
    """A file that is missing or damaged is an error with its name and what to do."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=r"cannot read the gold data .*; name a \.jsonl or \.jsonl\.gz file"):
        read_gold(tmp_path / name, SearchQuery)


def test_each_form_of_gold_is_for_its_stages(tmp_path: Path) -> None:
    """A file for `ask`, a folder for `split` and a path that leads nowhere are refused with what is wanted."""
    path = _write(tmp_path / "gold.jsonl", GOOD_SPLIT)
    with pytest.raises(InputError, match="`evaluate ask` takes a folder of gold data"):
        evaluate("ask", path, config=CONFIG)
    with pytest.raises(InputError, match="`evaluate split` takes a file of gold data"):
        evaluate("split", tmp_path, config=CONFIG)
    with pytest.raises(InputError, match="does not exist; name the gold data with --gold"):
        evaluate("split", tmp_path / "absent", config=CONFIG)
    with pytest.raises(ValueError, match="'weather' is not one of split, cite"):
        evaluate("weather", path, config=CONFIG)


def test_split_is_measured_through_the_pipeline(tmp_path: Path) -> None:
    """Requests are split as the command would; one over the limit is refused and counted."""
    text = "1. How many vans do you own?\n2. How many cars do you own?\n"
    marked = [{"start": 3, "end": 28}, {"start": 32, "end": 57}]
    path = _write(
        tmp_path / "gold.jsonl",
        {"id": "a", "text": text, "questions": marked, "received": "2024-05-02"},
        {"id": "b", "text": text * 9, "questions": []},
    )
    figures = evaluate("split", path, config=Config(limits=Limits(request_bytes=100)))
    assert figures.scores.counts["refused"] == 1
    assert figures.scores.rates["f1@0.8"].value == 1.0


def test_a_wrong_day_in_the_gold_is_named(tmp_path: Path) -> None:
    """A day that is not written like 2024-05-02 stops the evaluation with the item."""
    path = _write(tmp_path / "gold.jsonl", GOOD_SPLIT | {"received": "2 May"})
    with pytest.raises(FormatError, match=r"r: received is '2 May'; write a day like"):
        evaluate("split", path, config=CONFIG)


RECORDS = [
    {
        "reference": f"F/{number}",
        "authority": "Fennmoor Council",
        "responded": "2023-01-01",
        "published": True,
        "questions": [{"label": "1", "text": text, "answer": "There are 12.", "outcome": "disclosed"}],
    }
    for number, text in enumerate(("How many vans did you lease in 2022?", "Who supplies the biscuits?"), start=1)
]


def test_read_takes_gold_that_names_files_of_the_corpus(tmp_path: Path) -> None:
    """The corpus lies in the folder of the gold or beside it; a row of many goes by its reference."""
    _write(tmp_path / "corpus" / "records.jsonl", *RECORDS)
    rows = [
        {
            "file": "records.jsonl",
            "reference": f"F/{number}",
            "authority": "Fennmoor Council",
            "responded": "2023-01-01",
            "outcome": "disclosed",
            "questions": [{"label": "1", "outcome": outcome}],
        }
        for number, outcome in ((2, "disclosed"), (1, "refused"), (3, "disclosed"))
    ]
    for path in (tmp_path / "gold.jsonl", tmp_path / "evaluation" / "gold.jsonl"):
        figures = evaluate("read", _write(path, *rows), config=CONFIG)
        assert figures.scores.counts == {"letters": 3, "not_read": 1, "answers": 3}
        assert figures.scores.rates["letter_outcome"] == rate(2, 3)
        assert figures.scores.rates["answer_outcome_f1"].value == pytest.approx(2 * 1 / 5)
        assert figures.scores.rates["responded"] == rate(2, 3)


@pytest.mark.parametrize(
    ("corpus", "complaint"),
    [
        pytest.param(None, "there is no corpus in or beside", id="no corpus"),
        pytest.param("other.txt", r"name letter\.txt, which is not in", id="no such file"),
    ],
)
def test_gold_that_names_a_missing_file_is_refused(tmp_path: Path, corpus: str | None, complaint: str) -> None:
    """A file that the gold data name and the corpus lacks is an error, not a reply that was read wrongly."""
    if corpus:
        _write(tmp_path / "a" / "corpus" / corpus, "text")
    path = _write(tmp_path / "a" / "gold.jsonl", {"file": "letter.txt", "outcome": "disclosed"})
    with pytest.raises(InputError, match=complaint):
        evaluate("read", path, config=CONFIG)


def test_search_is_measured_on_a_folder(tmp_path: Path, word_hash_encoder: Encoder) -> None:
    """A query finds what came before it, not itself, nothing later, and never by its own answer."""
    gold = tmp_path / "gold"
    gold.mkdir()
    texts = [
        {"id": "1", "date": "2024-01-01", "text": "How many vans are leased?", "answer": "Twelve."},
        {"id": "2", "date": "2024-02-01", "text": "How many vans are leased now?", "answer": "See question 1."},
        {"id": "3", "date": "2024-03-01", "text": "How many vans are leased now then?", "answer": "Twelve."},
        {"id": "4", "date": "2024-01-02", "text": "Which library closes on Mondays?", "answer": "None."},
    ]
    with gzip.open(gold / "questions.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(text) + "\n" for text in texts)
    _write(gold / "referrals.jsonl", {"id": "2", "date": "2024-02-01", "positives": ["1"]})
    keep = tmp_path / "kept"
    figures = evaluate("search", gold, config=CONFIG, encoder=word_hash_encoder, keep=keep)
    assert figures.scores.counts == {"documents": 4, "queries": 1}
    assert figures.scores.rates["R@1"] == rate(1, 1)
    assert json.loads((keep / "results.jsonl").read_text()) == {"id": "2", "hits": ["1", "4"]}
    assert "See question 1" not in (keep / "corpus" / "questions.jsonl").read_text()


def _ask_folder(folder: Path) -> Path:
    _write(folder / "corpus" / "records.jsonl", *RECORDS)
    _write(
        folder / "requests" / "r.txt", "1. How many vans did you lease in 2022?\n2. Which colour is the town hall?\n"
    )
    _write(
        folder / "requests_gold.jsonl",
        {
            "file": "r.txt",
            "received": "2024-05-02",
            "questions": [
                _asked("How many … 2022?", "already_disclosed", "F/1#1"),
                _asked("Which … hall?", "no_precedent"),
            ],
        },
    )
    return folder


def test_ask_is_measured_on_a_folder(tmp_path: Path, word_hash_encoder: Encoder) -> None:
    """The corpus of the folder is indexed, each request asked, and the first precedent compared."""
    figures = evaluate("ask", _ask_folder(tmp_path), config=CONFIG, encoder=word_hash_encoder)
    assert figures.scores.counts["questions"] == 2
    assert figures.scores.counts["not_split"] == 0
    assert figures.scores.rates["precedent_top1"] == rate(1, 1)
    assert set(figures.seconds) == {"build", "ask"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param(
            lambda folder: (folder / "requests" / "r.txt").unlink(), "cannot read the request", id="no request"
        ),
        pytest.param(
            lambda folder: _write(folder / "requests" / "r.txt", "How many vans?"),
            "is not in the request",
            id="other words",
        ),
    ],
)
def test_a_marked_question_that_is_not_there_is_refused(
    tmp_path: Path, word_hash_encoder: Encoder, change: Callable[[Path], None], complaint: str
) -> None:
    """Gold data that do not fit their requests are refused before the index is built."""
    folder = _ask_folder(tmp_path / "gold")
    change(folder)
    with pytest.raises(InputError, match=complaint):
        evaluate("ask", folder, config=CONFIG, encoder=word_hash_encoder, keep=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_the_configuration_used_stands_beside_the_results(tmp_path: Path) -> None:
    """What was found, the settings it was found with and the figures are kept together."""
    config = Config(authority="Fennmoor Council")
    path = _write(tmp_path / "gold.jsonl", GOOD_SPLIT, GOOD_SPLIT)
    figures = evaluate("split", path, config=config, keep=tmp_path / "kept")
    kept = {each.name: each.read_text(encoding="utf-8") for each in (tmp_path / "kept").iterdir()}
    assert sorted(kept) == ["config.json", "figures.json", "results.jsonl"]
    assert json.loads(kept["config.json"])["config"]["authority"] == "Fennmoor Council"
    assert json.loads(kept["config.json"])["config_digest"] == config.digest()
    assert json.loads(kept["figures.json"]) == figures_object(figures, worst=2)
    results = [msgspec.json.decode(line, type=SplitRequest) for line in kept["results.jsonl"].splitlines()]
    assert score_split(read_gold(path, SplitGold), results) == figures.scores


def test_the_gold_is_known_by_its_content(tmp_path: Path) -> None:
    """The digest changes with a file's content and not with its name."""
    path = _write(tmp_path / "gold.jsonl", GOOD_SPLIT)
    digest = evaluate("split", path, config=CONFIG).gold_digest
    assert evaluate("split", _write(tmp_path / "copy.jsonl", GOOD_SPLIT), config=CONFIG).gold_digest == digest
    assert evaluate("split", _write(path, GOOD_SPLIT | {"kind": "x"}), config=CONFIG).gold_digest != digest


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_linked_corpus_belongs_to_the_gold(tmp_path: Path, word_hash_encoder: Encoder) -> None:
    """A corpus that is a link is measured like a folder, and a change in it changes the digest of the gold data."""
    folder = _ask_folder(tmp_path / "gold")
    (folder / "corpus").rename(tmp_path / "elsewhere")
    (folder / "corpus").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    first = evaluate("ask", folder, config=CONFIG, encoder=word_hash_encoder)
    assert first.scores.rates["precedent_top1"] == rate(1, 1)
    _write(tmp_path / "elsewhere" / "more.jsonl", RECORDS[1] | {"reference": "F/9"})
    assert evaluate("ask", folder, config=CONFIG, encoder=word_hash_encoder).gold_digest != first.gold_digest


SCORES = Scores(
    counts={"letters": 10},
    rates={"outcome": rate(8, 10), "limbs": rate(0, 0), "f1": Figure(1.0, 3)},
    groups={"by kind": {"prose": {"f1": Figure(0.5, 4, 0.25, 0.75)}}},
    confusions={"refused read as disclosed": 2},
    worst=(Loss(3, "a", "lost three"), Loss(1, "b", "lost one")),
)
FIGURES = Figures("read", "gold.jsonl", "0" * 64, "0.1.0", CONFIG, SCORES, {"read": 1.5})


def test_the_table_shows_each_rate_with_its_interval_and_n() -> None:
    """An undefined figure is called undefined; groups, confusions and seconds follow; the worst only on demand."""
    table = figures_table(FIGURES)
    rows = {line.split("   ")[0].strip(): line.split() for line in table.split("\n")}
    assert rows["outcome"] == ["outcome", "0.800", "0.490", "to", "0.943", "n=10"]
    assert rows["limbs"] == ["limbs", "undefined", "n=0"]
    assert rows["f1"] == ["f1", "1.000", "interval", "undefined", "n=3"]
    assert rows["prose: f1"][-4:] == ["0.250", "to", "0.750", "n=4"]
    assert rows["refused read as disclosed"][-1] == "2"
    assert rows["read"] == ["read", "1.5"]
    assert "lost" not in table
    assert "lost three" in figures_table(FIGURES, worst=1)
    assert "lost one" not in figures_table(FIGURES, worst=1)


def test_the_object_holds_what_the_table_shows() -> None:
    """Rates carry value, ends and n; an undefined one is null; the configuration and its digest are there."""
    found = figures_object(FIGURES, worst=1)
    assert found["rates"]["outcome"] == {"value": 0.8, "low": 0.4902, "high": 0.9433, "n": 10}
    assert found["rates"]["limbs"] == {"value": None, "low": None, "high": None, "n": 0}
    assert found["groups"]["by kind"]["prose"]["f1"]["value"] == 0.5
    assert found["worst"] == [{"lost": 3, "id": "a", "note": "lost three"}]
    assert found["config"]["search"]["top_k"] == CONFIG.search.top_k
    assert found["config_digest"] == CONFIG.digest()
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("what", "gold", "names"),
    [
        pytest.param("cite", "domain/citation-forms.jsonl", ["literal_exact", "effective_exact"], id="cite"),
        pytest.param(
            "split",
            "data/requests/requests_dev.jsonl",
            ["f1@0.5", "f1@0.8", "precision@0.5", "recall@0.8", "exact_requests@0.8"],
            id="split",
        ),
        pytest.param(
            "read",
            "data/sheffield/letters_dev.jsonl",
            ["letter_outcome", "answer_outcome_f1", "answer_provisions_f1", "applied_provisions_f1"],
            id="read",
        ),
    ],
)
def test_the_figures_are_those_of_an_independent_scorer(what: str, gold: str, names: list[str]) -> None:
    """A scorer written apart, which sees only the command's JSON, comes to the same numbers."""
    scorer, path = SHARED / "bench" / "score.py", SHARED / gold
    if not (scorer.is_file() and path.is_file()):
        pytest.skip(f"{scorer} or {path} is not here")
    environment = os.environ | {"TRIAGE": f"{sys.executable} -m triage"}
    done = subprocess.run(
        [sys.executable, scorer, what, path, "--json"], capture_output=True, text=True, check=True, env=environment
    )
    theirs = json.loads(done.stdout)
    ours = evaluate(what, path, config=CONFIG).scores.rates
    for name in names:
        value = theirs[name]
        expected = float(value.split()[0]) if isinstance(value, str) else value
        assert ours[name].value == pytest.approx(expected, abs=0.0006), name
