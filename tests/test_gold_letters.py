"""The gold letters: every line can be used, and its labels agree with the letter and with each other."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Final

import msgspec
import pytest

from triage.evaluate.gold import ReadGold, read_gold
from triage.schema import Outcome, Provision

LETTERS: Final = Path(__file__).parent.parent / "evaluation" / "letters"
FILES: Final = {"dev.jsonl": 24, "held_out.jsonl": 24, "later.jsonl": 24, "autumn.jsonl": 32, "winter.jsonl": 28}
"""Each file with how many letters it holds."""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One separately answered question, as marked."""

    ref: str
    outcome: Outcome
    applied: list[str]
    evidence: str
    pointer: bool


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the gold data."""

    id: str
    responded: dt.date
    request: str
    text: str
    answers: list[Answer]
    mentioned: list[str]
    outcome: Outcome
    note: str


def read_letters(name: str) -> list[Letter]:
    """Read a file strictly: an unknown or missing field fails."""
    lines = (LETTERS / name).read_text("utf-8").split("\n")
    return [msgspec.json.decode(line, type=Letter) for line in lines if line]


def letters() -> list[object]:
    """Give every letter of all files as a test of its own."""
    return [pytest.param(letter, id=letter.id) for name in FILES for letter in read_letters(name)]


def fold(text: str) -> str:
    """Write every run of white space as one blank."""
    return " ".join(text.split())


def authorities(name: str) -> set[str]:
    """Give the domains a file's letters name; each invented authority has its own."""
    return {
        domain
        for letter in read_letters(name)
        for domain in re.findall(r"(?:@|//|www\.)([\w.-]+\.example)", letter.text)
    }


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_gold_that_evaluate_reads(name: str) -> None:
    """`evaluate read` accepts each file, its letters with ids of their own."""
    ids = [each.id for each in read_gold(LETTERS / name, ReadGold)]
    assert len(set(ids)) == len(ids) == FILES[name]


@pytest.mark.parametrize(("one", "other"), list(combinations(FILES, 2)))
def test_no_two_files_share_anything(one: str, other: str) -> None:
    """No id, request or domain of an authority stands in two files."""
    mine, theirs = read_letters(one), read_letters(other)
    assert not {letter.id for letter in mine} & {letter.id for letter in theirs}
    assert not {fold(letter.request) for letter in mine} & {fold(letter.request) for letter in theirs}
    assert not authorities(one) & authorities(other)


@pytest.mark.parametrize("letter", letters())
def test_provisions_are_written_as_provisions_print(letter: Letter) -> None:
    """Every provision parses, prints the same again, and is not both applied and merely mentioned."""
    applied = [provision for answer in letter.answers for provision in answer.applied]
    for provision in (*applied, *letter.mentioned):
        assert str(Provision.parse(provision)) == provision
    assert not set(applied) & set(letter.mentioned)


@pytest.mark.parametrize("letter", letters())
def test_evidence_stands_in_the_letter(letter: Letter) -> None:
    """The words marked as evidence are words of the letter, white space folded."""
    text = fold(letter.text)
    for answer in letter.answers:
        assert answer.evidence
        assert fold(answer.evidence) in text


@pytest.mark.parametrize("letter", letters())
def test_every_marked_section_is_cited_in_the_letter(letter: Letter) -> None:
    """The number of each provision follows a word for section, or has its limb in brackets, somewhere in the letter."""
    for name in (*letter.mentioned, *(provision for answer in letter.answers for provision in answer.applied)):
        number = Provision.parse(name).section
        cited = rf"\b(?:s|sec|sections?|regulations?|or|and)\b[.\s]*{number}\b|\bs{number}\b|(?<![\d.,]){number}\s?\("
        assert re.search(cited, letter.text, re.IGNORECASE), name


@pytest.mark.parametrize("letter", letters())
def test_the_letter_outcome_follows_from_its_answers(letter: Letter) -> None:
    """A letter takes the outcome its answers share; one whose answers differ is `partly`."""
    outcomes = {answer.outcome for answer in letter.answers}
    assert letter.outcome is (outcomes.pop() if len(outcomes) == 1 else Outcome.PARTLY)


@pytest.mark.parametrize("letter", letters())
def test_an_answer_is_marked_once(letter: Letter) -> None:
    """Labels of a letter are different, and `all` stands alone."""
    refs = Counter(answer.ref for answer in letter.answers)
    assert refs
    assert set(refs.values()) == {1}
    assert "all" not in refs or len(refs) == 1


def test_the_readme_counts_what_is_there() -> None:
    """The table in the README gives the letters and answers of each outcome, file by file."""
    readme = (LETTERS / "README.md").read_text("utf-8")
    shown = {
        cells[0].strip("` "): [int(cell) for cell in cells[1:]]
        for cells in (line.strip("|").split("|") for line in readme.splitlines() if line.startswith("| `"))
        if len(cells) == 1 + 2 * len(FILES)
    }
    files = [read_letters(name) for name in FILES]
    for outcome in Outcome:
        counts = []
        for found in files:
            counts.append(sum(letter.outcome is outcome for letter in found))
            counts.append(sum(answer.outcome is outcome for letter in found for answer in letter.answers))
        assert shown.get(str(outcome), [0] * 2 * len(FILES)) == counts
