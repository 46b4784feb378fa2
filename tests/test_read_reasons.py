"""Reasons of a refusal, and the files that come with a reply.

Every letter is invented; so are the authorities, their references and their figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.read import read_disclosure
from triage.read.attached import attach, find_file_names
from triage.schema import (
    AnsweredQuestion,
    Attachment,
    Disclosure,
    Outcome,
    PassageKind,
    Question,
    Request,
    Source,
)
from triage.split import split_request


def _split(text: str, received: dt.date | None) -> Sequence[Question]:
    return split_request(Request("", text, received)).questions


def _read(text: str, *attachments: Attachment, named: tuple[str, ...] = ()) -> Disclosure:
    source = Source("reply.txt", "0" * 64, "txt", text, attachments=attachments, named=named)
    return read_disclosure(source, split=_split)


_REFUSAL = """Ref: FM-0099-24

Dear Applicant

You asked:

1. How many lamp cameras does Fennmoor Council run?
2. Where does each one stand?

Question 1
There are 41.

Question 2
This is exempt under section 31(1)(a) and section 38(1)(b).

Section 31

Harm
A list of places would assist offenders to keep out of sight. It would prejudice the prevention of crime.

Factors favouring disclosure
Openness about what is watched builds trust.

Factors against disclosure
Cameras work because nobody knows where they are.

Balancing test
The public interest lies in keeping the list back.

Yours sincerely
Information Office
"""


def test_harm_and_both_sides_of_the_public_interest_are_found_for_their_provision() -> None:
    """Headed blocks give harm, for, against and balance, under the limb that the letter names for that section."""
    found = _read(_REFUSAL).reasons
    assert [(p.kind, " ".join(map(str, p.provisions))) for p in found] == [
        (PassageKind.HARM, "s31(1)(a)"),
        (PassageKind.FOR_DISCLOSURE, "s31(1)(a)"),
        (PassageKind.AGAINST_DISCLOSURE, "s31(1)(a)"),
        (PassageKind.BALANCE, "s31(1)(a)"),
    ]
    assert found[0].text.startswith("A list of places")
    assert found[0].text.endswith("prevention of crime.")


def test_reasons_without_headings_are_told_by_their_words() -> None:
    """Running prose is cut where the argument turns."""
    text = """You asked: Which firms bid for the bin contract?

This is refused under section 43(2). Naming the losers would be likely to prejudice their commercial interests.
There is a public interest in openness about how money is spent. On balance we think it is outweighed.
"""
    assert [p.kind for p in _read(text).reasons] == [
        PassageKind.HARM,
        PassageKind.FOR_DISCLOSURE,
        PassageKind.BALANCE,
    ]


def test_fair_lawful_and_transparent_processing_is_no_argument_for_disclosure() -> None:
    """The first data protection principle names transparency; that is the law, not a weighing."""
    text = """You asked: Who cleans the town hall?

This is exempt under section 40(2): disclosure would contravene the principle that personal data be processed fairly,
lawfully and in a transparent manner.
"""
    assert [p.kind for p in _read(text).reasons] == []


def test_a_reply_that_withholds_nothing_has_no_reasons() -> None:
    """Words like openness in a reply that gives everything are no reasons for a refusal."""
    text = "You asked: How many bells ring?\n\nSeven. We believe in openness and accountability.\n"
    assert _read(text).reasons == ()


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_REFUSAL.split("\n")), max_size=40))
def test_passages_stand_in_the_text_in_order(lines: list[str]) -> None:
    """Whatever the lines, a passage is what stands at its offsets, and none overlaps another."""
    reply = _read("\n".join(["You asked: How many?", "", *lines, "It is exempt under section 31(1)(a)."]))
    for passage in reply.reasons:
        assert passage.text == " ".join(reply.text[passage.start : passage.end].split())
    ends = [(p.start, p.end) for p in reply.reasons]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))


def test_the_sentence_that_decides_has_its_place() -> None:
    """Evidence is what stands at its span, white space folded."""
    reply = _read(_REFUSAL)
    for q in reply.questions:
        assert q.evidence_span is not None
        assert " ".join(reply.text[slice(*q.evidence_span)].split()) == q.evidence
    assert [q.evidence for q in reply.questions] == [
        "There are 41.",
        "This is exempt under section 31(1)(a) and section 38(1)(b).",
    ]


def _answered(ordinal: int, answer: str, outcome: Outcome = Outcome.DISCLOSED) -> AnsweredQuestion:
    return AnsweredQuestion(ordinal, str(ordinal), "How many?", outcome, answer=answer)


_SHEET = Attachment("0417 figures.xlsx", "xlsx", "Ward | Bins\nNorth | 12\nSouth | <5")
_ANNEX = Attachment("Annex B - callouts.csv", "csv", "Month | Calls\nMay | 31")


@pytest.mark.parametrize(
    ("answers", "files", "expected"),
    [
        pytest.param(["Please see the attached spreadsheet."], [_SHEET], [[_SHEET.name]], id="one and one"),
        pytest.param(["Seven.", "See attached."], [_SHEET], [[], [_SHEET.name]], id="only who points to it"),
        pytest.param(["See Annex B.", "See attached."], [_SHEET, _ANNEX], [[_ANNEX.name], [_SHEET.name]], id="by mark"),
        pytest.param(["It is in 0417 figures.xlsx.", "None."], [_SHEET], [[_SHEET.name], []], id="by name"),
        pytest.param(["Seven.", "Eight."], [_SHEET], [[], []], id="nobody points to it"),
        pytest.param(["Seven."], [_SHEET], [[_SHEET.name]], id="the only question"),
    ],
)
def test_a_file_goes_to_the_questions_that_point_to_it(
    answers: list[str], files: list[Attachment], expected: list[list[str]]
) -> None:
    """By name, by mark, by "see attached", or to the only question; else it stays with the reply."""
    found = attach([_answered(i, words) for i, words in enumerate(answers, start=1)], files)
    assert [list(q.attachments) for q in found] == expected


def test_the_rows_of_a_sheet_become_part_of_the_answer() -> None:
    """Table heads and all, and hidden small numbers in it count as suppressed."""
    (found,) = attach([_answered(1, "Please see the attached spreadsheet.")], [_SHEET])
    assert "Ward | Bins" in found.answer
    assert found.answer.startswith("Please see")
    assert found.suppressed is True


def test_a_file_gives_nothing_to_a_question_that_was_refused() -> None:
    """A sheet beside a refusal does not make it an answer."""
    (found,) = attach([_answered(1, "It is exempt.", Outcome.REFUSED)], [_SHEET])
    assert found.attachments == ()


def test_a_file_that_is_missing_is_flagged() -> None:
    """What a letter names and nobody put beside it is said, because the answer is not complete."""
    reply = _read("You asked: How many?\n\nSee Bins 2023.xlsx attached.\n", named=("Bins 2023.xlsx",))
    assert reply.flags == ("attachment_missing: Bins 2023.xlsx",)
    assert reply.questions[0].attachments == ("Bins 2023.xlsx",)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param("see Bells 2023.xlsx and the Minutes.pdf", ("Bells 2023.xlsx", "Minutes.pdf"), id="in prose"),
        pytest.param("Reply FM 12 Redacted.pdf\n199K", ("Reply FM 12 Redacted.pdf",), id="a line of its own"),
        pytest.param("at https://www.fennmoor.example/a.pdf", (), id="an address is no file"),
        pytest.param("The end. Pdf files are large.", (), id="no name"),
    ],
)
def test_files_are_named_in_words(words: str, names: tuple[str, ...]) -> None:
    """A file is known by its ending; in prose the words before its name are left out."""
    assert find_file_names(words) == names
