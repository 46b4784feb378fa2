"""The letters that the benchmarks read: varied, long enough, and the same at every run."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bench import letters as bench_letters
from bench.folder import time_folder
from bench.letters import vary_letters

LETTERS = [
    "Fennmoor Council\nRef: FC/0412/24\n\nYou asked for lamps.\n\nWe own 412 lamps.\n\nYours faithfully\n\nThe desk\n",
    "Ref: FC/0077/24\n\nWe hold 58 vans.\n\nIn 2023 section 31(1)(a) was engaged for 16 files.\n\nYours\n\nThe desk\n",
]


@given(count=some.integers(0, 30), size=some.integers(0, 2000), seed=some.integers(0, 9))
def test_as_many_letters_are_made_as_asked_for_and_as_long(count: int, size: int, seed: int) -> None:
    """Every variant has at least the wanted size, and the same seed gives the same variants."""
    made = vary_letters(LETTERS, count, size=size, seed=seed)
    assert len(made) == count
    assert all(len(letter) >= size for letter in made)
    assert made == vary_letters(LETTERS, count, size=size, seed=seed)


def test_every_letter_reaches_the_size() -> None:
    """Paragraphs of other letters are added before the closing until the size is reached."""
    made = vary_letters(LETTERS, 10, size=3000)
    assert min(map(len, made)) >= 3000
    assert all(letter.endswith("\n\nThe desk\n") for letter in made)
    assert all(len(letter) < 3200 for letter in made)


def test_figures_change_and_years_and_provisions_stay() -> None:
    """A variant has other figures of the same length; what decides how a letter is read is left alone."""
    varied = vary_letters([LETTERS[1]], 20, size=0)
    assert len({figure for letter in varied for figure in re.findall(r"hold (\d\d) vans", letter)}) > 5
    assert all("In 2023 section 31(1)(a)" in letter for letter in varied)


def test_nothing_to_vary_is_an_error() -> None:
    """Without a letter there is nothing to measure, and the message says what to give."""
    with pytest.raises(ValueError, match="give at least one"):
        vary_letters([" \n"], 3, size=100)


def test_the_example_in_the_docstring_is_true() -> None:
    """What the docstring shows is what comes out."""
    assert doctest.testmod(bench_letters) == (0, 2)


def test_a_folder_is_read_in_a_process_of_its_own() -> None:
    """What reading took is told with how many letters it was, and with the memory of that process alone."""
    ballast = b"x" * 600_000_000
    cost = time_folder(LETTERS, workers=1)
    assert (cost.letters, cost.processes) == (2, 1)
    assert 30_000_000 < cost.peak_bytes < len(ballast)


def test_figures_of_letters_that_were_not_read_are_refused() -> None:
    """A letter that cannot be read is an error: its time would flatter."""
    with pytest.raises(RuntimeError, match="2 of 3 letters"):
        time_folder([*LETTERS, " \n"], workers=1)
