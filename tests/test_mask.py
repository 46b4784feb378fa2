"""Mask: people are hidden, what a letter is about stays, and every offset keeps its place."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mask_cases import HIDDEN, KEPT

from triage.mask import BLOCK, find_people, mask_people


@pytest.mark.parametrize(("text", "hidden", "kept"), HIDDEN.values(), ids=HIDDEN)
def test_people_are_hidden(text: str, hidden: list[str], kept: list[str]) -> None:
    """Names, addresses and numbers of people do not survive, and the words around them do."""
    masked = mask_people(text)
    assert [word for word in hidden if word in masked] == []
    assert [word for word in hidden if word not in text] == []
    assert [word for word in kept if word not in masked] == []


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_the_letter_is_about_stays(text: str) -> None:
    """Posts, authorities, statutes, places, references, figures and dates are never hidden."""
    expected = text.replace("Ms Ashdown", BLOCK * 10).replace("Ms Sample", BLOCK * 9)
    assert mask_people(text) == expected


@pytest.mark.parametrize("blank", ["\u2003", "\u3000", "> \u2003", "\u200b"])
def test_a_line_of_odd_blanks_is_no_line(blank: str) -> None:
    """A line with nothing but blanks beyond ASCII breaks nothing: it was taken for a line with words."""
    assert mask_people(f"Dear Jo,\n{blank}\nThank you\n{blank}") == f"Dear {BLOCK * 2},\n{blank}\nThank you\n{blank}"


def test_only_the_name_goes() -> None:
    """The words around a name stay as they were."""
    text = "Dear Ms Sample,\nWe hold 12 files. Mr Sample. He rang.\nKind regards\nJo Sample\nHead of Fleet"
    assert mask_people(text).replace(BLOCK, "") == "Dear ,\nWe hold 12 files. . He rang.\nKind regards\n\nHead of Fleet"


def test_kinds_and_order() -> None:
    """Spans come in order, do not overlap and name their kind."""
    spans = find_people("Dear Ms Sample,\njo@example.org, 07700 900123\nlive in ZE9 9ZZ near")
    assert [span.kind for span in spans] == ["name", "email", "phone", "postcode"]
    assert all(a.end <= b.start for a, b in pairwise(spans))


PIECES = st.sampled_from(
    [
        "Dear ",
        "Hi ",
        "Mr ",
        "Ms ",
        "Dr ",
        "PC ",
        "DS ",
        "Sample",
        "Jo",
        ", ",
        ". ",
        "\n",
        "\r\n",
        "Kind regards",
        "Yours sincerely",
        "Thanks",
        "From: ",
        "To: ",
        "Cc: ",
        "ZE9 9ZZ",
        "12 Marigold Street",
        "07700 900123",
        "jo@example.org",
        " and ",
        "FOI Team",
        "Head of Fleet",
        "My name is ",
        "On 3 March 2023, ",
        " wrote:",
        "I live at ",
        "Name: ",
        "[",
        "]",
        "<",
        ">",
        ";",
        "1234 ",
        "█",
        " ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_length_and_line_breaks_stay(text: str) -> None:
    """Masking replaces characters one for one and leaves every line break where it was."""
    masked = mask_people(text)
    assert len(masked) == len(text)
    assert [len(line) for line in masked.splitlines(keepends=True)] == [
        len(line) for line in text.splitlines(keepends=True)
    ]
    assert all(new in (old, BLOCK) for old, new in zip(text, masked, strict=True))


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_masking_twice_is_masking_once(text: str) -> None:
    """A masked text holds nothing more to mask."""
    masked = mask_people(text)
    assert mask_people(masked) == masked


NAMES = st.from_regex(r"[A-Z][bdfgkvxz][aeiou][bdfgkvxz]{2,5}[aeiou]", fullmatch=True)


@given(NAMES, NAMES, st.sampled_from(["Dear {} {},", "Dear Mr {} {}\n", "Hi {} {},", "Dear {} {}"]))
def test_name_in_salutation_never_survives(first: str, last: str, form: str) -> None:
    """Whoever is greeted is hidden."""
    masked = mask_people(form.format(first, last) + "\nHow many arrests were made in 2022?")
    assert first not in masked
    assert last not in masked
    assert masked.endswith("\nHow many arrests were made in 2022?")


@given(
    NAMES,
    NAMES,
    st.sampled_from(["Yours faithfully,", "Kind regards", "Many thanks,", "Yours sincerely\n", "Best wishes,"]),
)
def test_name_in_signature_never_survives(first: str, last: str, closing: str) -> None:
    """Whoever signs is hidden, and the post below stays."""
    masked = mask_people(f"How many arrests?\n{closing}\n{first} {last}\nHead of Fleet")
    assert first not in masked
    assert last not in masked
    assert masked.endswith("Head of Fleet")


@pytest.mark.parametrize(
    "seed",
    [
        *("A", "Aa ", "A. ", "0", "0 ", "@", "a@", "a.", " ", "\t", "\n", " \n", "> ", "|", " | ", "-", "'", "█", "É "),
        *("Dear A\n", "Dear A B ", "Mr A ", "Mr\n", "Aa\nZE9 9ZZ\n", "Aa Aa, ZE9 9ZZ ", "Yours\n", "From: A, "),
        *("Name | Ada\n", "Kind regards\nAda Bo\n", "Dear Ada Aron\nAron ", "On a", "I live at 1 A, A ", "address: 1 "),
    ],
)
def test_long_hostile_text_is_masked_in_linear_time(seed: str) -> None:
    """Sixteen times as long a text of one repeated phrase takes about sixteen times as long, not its square.

    The bound lies between 16 and 256, far from both, so that a machine busy with other work does not fail it.
    """

    def seconds(size: int) -> float:
        text = (seed * size)[:size]
        rounds = []
        for _ in range(2):
            started = time.process_time()
            mask_people(text)
            rounds.append(time.process_time() - started)
        return min(rounds)

    assert seconds(160_000) < 64 * seconds(10_000) + 0.5
