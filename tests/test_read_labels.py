"""Read the labels by which a reply names questions, and share sentences among questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.read.interleaved import find_pairs
from triage.read.labels import expand_labels, find_references, plain_label
from triage.read.quotes import find_quotes
from triage.read.shares import find_owner


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("With regards to question A", ("a",)),
        ("Question One (1), Two (2) and Three (3)", ("1", "2", "3")),
        ("Questions 2 and 4 are exempt", ("2", "4")),
        ("Q2 & 3.", ("2", "3")),
        ("Questions 1-6", ("1", "2", "3", "4", "5", "6")),
        ("questions a) – e) below", ("a", "b", "c", "d", "e")),
        ("parts 2 and 3", ("2", "3")),
        ("Q1,2,5,7(a),9 this is exempt", ("1", "2", "5", "7a", "9")),
        ("In relation 2", ("2",)),
        ("For number 3, which year is meant?", ("3",)),
        ("the first two of your points", ("1", "2")),
        ("your third question", ("3",)),
        ("your last question", ("last",)),
        ("2iii and 2iv", ()),
    ],
)
def test_questions_are_named_in_many_forms(sentence: str, labels: tuple[str, ...]) -> None:
    """A list, a range, words and slips all give the plain labels, in order."""
    found = find_references(sentence)
    assert (found[0].labels if found else ()) == labels


@pytest.mark.parametrize(
    "sentence",
    [
        "At your request a copy is enclosed.",
        "The council asked a question. A table is attached.",
        "Part of the answer is exempt.",
        "There are 3 points of law.",
    ],
)
def test_an_article_or_a_number_is_no_label(sentence: str) -> None:
    """An "a" after "request" and a count of points name no question."""
    assert find_references(sentence) == ()


def test_a_letter_alone_is_a_label() -> None:
    """What a bracket or a colon followed in the letter comes without it."""
    assert expand_labels("b") == ("b",)


def test_the_rest_and_all_are_told_from_labels() -> None:
    """The complement and the whole set have no labels of their own."""
    rest, every = find_references("the remaining questions")[0], find_references("all of your questions")[0]
    assert (rest.rest, rest.labels, every.every, every.labels) == (True, (), True, ())


@given(st.integers(1, 30), st.integers(1, 9))
def test_a_range_lists_every_number_between_its_ends(first: int, more: int) -> None:
    """Both ends are in it."""
    numbers = tuple(str(number) for number in range(first, first + more + 1))
    assert expand_labels(f"{first}-{first + more}") == numbers


@given(st.text(max_size=40))
def test_a_plain_label_holds_letters_and_digits_only(label: str) -> None:
    """Whatever is printed, what is compared is plain."""
    assert all(char.isascii() and (char.isdigit() or char.islower()) for char in plain_label(label))


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=4))
def test_quotations_lie_in_the_text_and_do_not_overlap(body: str, questions: list[str]) -> None:
    """Spans are in order, inside the text, and point to a question."""
    end = 0
    for start, stop, index in find_quotes(body, questions):
        assert end <= start < stop <= len(body)
        assert index < len(questions)
        end = stop


def test_a_quotation_is_found_across_line_ends_and_small_changes() -> None:
    """Hard wraps, a lost comma and another capital do not hide it."""
    body = "You wished to know: how many GOATS are\nkept on the common in 2023? Forty."
    start, end, index = find_quotes(body, ["How many goats are kept, on the common, in 2023?"])[0]
    assert (body[start:end], index) == ("how many GOATS are\nkept on the common in 2023", 0)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "How many bells ring?\n\nWho rings the bells?\n\nSeven ring.\n\nWho pays them?\n\nNobody does.",
            id="two questions together are a list",
        ),
        pytest.param("What do the bells cost?\n\nNine pounds.", id="one is not a layout"),
        pytest.param("Reasons for decision\n\nIt is exempt.\n\nDisclosure\n\nSee the table.", id="headings"),
        pytest.param("1. How many bells ring?\n\nSeven.\n\n1. Who rings the bells?\n\nNo record.", id="labels repeat"),
    ],
)
def test_other_layouts_are_not_taken_for_questions_above_their_answers(text: str) -> None:
    """Only paragraphs that alternate, each asked in the requester's voice, are."""
    assert find_pairs(text) == []


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("Kennels cost £40.", 1),
        ("Dogs in kennels were bitten.", None),
        ("Nothing more was found.", None),
        ("Nine postmen were bitten.", 0),
    ],
)
def test_a_sentence_belongs_to_the_one_question_whose_words_it_repeats(words: str, owner: int | None) -> None:
    """Words of two questions, or of none, give it to nobody."""
    assert find_owner(words, ["How many people were bitten?", "What was spent on kennels?"]) == owner
