"""A reply laid open: its evidence marked in the right place or nowhere, and who changed what."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.config import Config
from triage.encode import Encoder
from triage.errors import InputError
from triage.pipeline import correct, reindex, show
from triage.pipeline.show import find_evidence, find_naming
from triage.render import mark_evidence, shown_object, shown_text
from triage.schema import (
    AnsweredQuestion,
    Attachment,
    Disclosure,
    Edge,
    EdgeKind,
    Outcome,
    Passage,
    PassageKind,
    Provision,
    ShownReply,
    Status,
)
from triage.store import Store

LETTER = (
    "Fennmoor Council\nOur reference: FC/0101/24\nDate: 3 June 2024\n\nDear requester,\n\nYou asked:\n"
    "1. How many vans does the council lease?\n2. How much does it pay for each?\n\n"
    "1. The council leases 12 vans.\n\n"
    "2. This information is withheld\nunder section 43(2) of the Freedom of Information Act 2000.\n\nYours,\n"
)
REVIEW = (
    "Fennmoor Council\nOur reference: FC/IR/0007/24\nDate: 9 August 2024\n\nDear requester,\n\n"
    "Internal review of FC/0101/24\n\nI have reviewed the response of 3 June 2024 to your request FC/0101/24. I have "
    "decided to overturn the original decision. Section 43(2) is no longer relied on.\n\n"
    "1. The council pays £310 a month for each van.\n\nYours faithfully,\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give a corpus of a letter and the review of it."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    (folder / "review.txt").write_text(REVIEW, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, corpus: Path, word_hash_encoder: Encoder) -> Path:
    """Give an index of the corpus."""
    reindex(corpus, tmp_path / "index", config=Config(), encoder=word_hash_encoder)
    return tmp_path / "index"


def _question(evidence: str, span: tuple[int, int] | None = None) -> AnsweredQuestion:
    return AnsweredQuestion(1, "1", "How many?", Outcome.DISCLOSED, evidence=evidence, evidence_span=span)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        pytest.param("No. We hold\n  12 vans. Yes.", _question("We hold 12 vans."), "We hold\n  12 vans.", id="folded"),
        pytest.param("12. And 12.", _question("12.", (8, 11)), "12.", id="span given"),
        pytest.param("12. And 12.", _question("12."), None, id="two places"),
        pytest.param("There are 112.", _question("12."), None, id="part of another number"),
        pytest.param(
            "There are 12.", _question("There are 12.", (0, 9)), "There are 12.", id="span is not the evidence"
        ),
        pytest.param("There are 12.", _question("There are 12.", (0, 99)), "There are 12.", id="span outside the text"),
        pytest.param("There are 12.", _question("There are 13."), None, id="not in the text"),
        pytest.param("There are 12.", _question(""), None, id="no evidence"),
        pytest.param("See (a+b)*.", _question("(a+b)*."), "(a+b)*.", id="signs of a pattern"),
    ],
)
def test_the_evidence_is_found_in_its_place_or_not_at_all(
    text: str, question: AnsweredQuestion, expected: str | None
) -> None:
    """A span is believed where the text has the evidence there; else it must stand in one place alone."""
    span = find_evidence(text, question)
    assert (None if span is None else text[span[0] : span[1]]) == expected


def test_the_second_of_two_places_is_marked_where_the_span_says_so() -> None:
    """With a span the evidence is marked there and not where the same words stand first."""
    assert find_evidence("12. And 12.", _question("12.", (8, 11))) == (8, 11)


places = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple)
spans = st.lists(st.tuples(st.sampled_from(["1", "2", "3(a)"]), places), max_size=4)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="⟦⟧")), spans)
def test_without_its_marks_the_text_is_the_text(text: str, marked: list[tuple[str, tuple[int, int]]]) -> None:
    """Marks are put between the characters of the text and change none, wherever they lie and overlap."""
    shown = mark_evidence(text, marked)
    assert re.sub(r"⟦[^:]*: |⟧", "", shown) == text


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param([("1", (0, 3))], "⟦1: abc⟧def", id="one"),
        pytest.param([("1", (0, 3)), ("2", (0, 3))], "⟦1, 2: abc⟧def", id="the same place"),
        pytest.param([("1", (0, 4)), ("2", (2, 6))], "⟦1: ab⟧⟦1, 2: cd⟧⟦2: ef⟧", id="overlapping"),
        pytest.param([("1", (4, 99))], "abcd⟦1: ef⟧", id="beyond the end"),
        pytest.param([], "abcdef", id="none"),
    ],
)
def test_marks_name_their_questions(marked: list[tuple[str, tuple[int, int]]], expected: str) -> None:
    """Each stretch names every question that rests on it."""
    assert mark_evidence("abcdef", marked) == expected


def test_a_terminal_gets_reverse_video_and_nothing_else_to_obey() -> None:
    """Styled marks use the terminal's own means, and control characters of a letter never reach it."""
    shown = mark_evidence("a\x1b[2Jb\x9bc", [("1", (5, 6))], styled=True)
    assert shown == "a\ufffd[2J[1]\x1b[1m\x1b[7mb\x1b[0m\ufffdc"


def test_a_letter_is_laid_open(index: Path) -> None:
    """Each question comes with its label, outcome and evidence, and the text with the evidence marked."""
    words = shown_text(show(index, "fc/0101/24"))
    assert "1: disclosed (stated)\n    How many vans does the council lease?" in words
    assert "2: refused s43(2) (stated)" in words
    assert "⟦1: The council leases 12 vans.⟧" in words
    assert "⟦2: This information is withheld\nunder section 43(2) of the Freedom of Information Act 2000.⟧" in words
    assert "status: overturned since, by FC/IR/0007/24" in words
    assert "FC/IR/0007/24 reviews it" in words
    assert "reviews FC/0101/24" in shown_text(show(index, "FC/IR/0007/24"))


def test_one_question_is_shown_alone(index: Path) -> None:
    """With a label the other questions and their marks are left out."""
    words = shown_text(show(index, "FC/0101/24#2"))
    assert "⟦2: " in words
    assert "⟦1: " not in words
    assert "\n1: " not in words
    (question,) = shown_object(show(index, "FC/0101/24#2"))["questions"]
    start, end = question["evidence_span"]
    assert " ".join(LETTER[start:end].split()) == question["evidence"]


def test_what_was_corrected_is_shown_field_by_field(corpus: Path, index: Path, word_hash_encoder: Encoder) -> None:
    """Each corrected field has the value read, the value now, the reason and the day; what was read stays known."""
    correct(corpus, index, "FC/0101/24#2", reason="Only in part.", outcome=Outcome.PARTLY)
    correct(corpus, index, "FC/0101/24#2", reason="Limb (1).", provisions="s43(1)")
    correct(corpus, index, "FC/0101/24", reason="It holds.", status=Status.UPHELD)
    reindex(corpus, index, config=Config(), encoder=word_hash_encoder)
    shown = show(index, "FC/0101/24")
    found = [(each.label, each.field, each.read, each.value, each.correction.reason) for each in shown.corrected]
    assert found == [
        (None, "status", "overturned", "upheld", "It holds."),
        ("2", "outcome", "refused", "partly", "Only in part."),
        ("2", "provisions", "s43(2)", "s43(1)", "Limb (1)."),
    ]
    words = shown_text(shown)
    today = dt.datetime.now(dt.UTC).date()
    assert f"corrected by an officer on {today}: outcome was read as refused, now partly: Only in part." in words
    assert f"corrected by an officer on {today}: provisions were read as s43(2), now s43(1): Limb (1)." in words
    assert "status: upheld at review, as an officer corrected" in words
    made = shown_object(shown)
    assert [each["field"] for each in made["corrected"]] == ["status"]
    assert [each["corrected"] for each in made["questions"][1]["corrected"]] == ["partly", "s43(1)"]
    assert made["settled_by"] == "FC/IR/0007/24"


def test_reasons_attachments_and_edges_are_listed() -> None:
    """What a reply argues, brings along and names is shown with its provisions, first rows and kind."""
    rows = "\n".join(f"row {number} | {number}" for number in range(8))
    provision = Provision.parse("s31(1)(a)")
    disclosure = Disclosure(
        "FC/1",
        "Fennmoor Council",
        (),
        Outcome.REFUSED,
        text="Harm would follow.",
        reasons=(Passage(PassageKind.FOR_DISCLOSURE, (provision,), 0, 18, "Harm would follow."),),
        attachments=(Attachment("vans.csv", "csv", rows),),
        edges=(Edge(EdgeKind.SUPERSEDES, "FC/0", 0, 4),),
    )
    shown = ShownReply(disclosure, (), (), ())
    words = shown_text(shown)
    assert "for disclosure (s31(1)(a)): Harm would follow." in words
    assert "vans.csv\n      row 0 | 0" in words
    assert "row 4 | 4\n      … 3 more" in words
    assert "row 5" not in words
    assert "  supersedes FC/0" in words
    made = shown_object(shown)
    assert [each["name"] for each in made["attachments"]] == ["vans.csv"]
    assert made["edges"] == [{"kind": "supersedes", "target": "FC/0", "start": 0, "end": 4}]
    assert made["reasons"][0]["provisions"] == ["s31(1)(a)"]


def test_an_unknown_reference_lists_near_ones(index: Path) -> None:
    """A reply that is not in the index is an error that names those like it."""
    with pytest.raises(InputError, match="'FC/0101/25' is not in the index; near it: FC/0101/24"):
        show(index, "FC/0101/25")


def test_a_label_is_taken_as_letters_write_it(index: Path) -> None:
    """`Question 2.` is question 2."""
    assert show(index, "FC/0101/24#Question 2.").label == "2"


def test_an_edge_by_address_names_the_reply_of_that_address(tmp_path: Path) -> None:
    """A reply that is named by its address knows who names it."""
    disclosure = Disclosure("FC/1", "", (), Outcome.UNKNOWN, url="https://fennmoor.example/1", text="x")
    other = msgspec.structs.replace(
        disclosure, reference="FC/2", url=None, edges=(Edge(EdgeKind.REFERS_TO, "https://fennmoor.example/1", 0, 1),)
    )
    with Store.create(tmp_path) as store:
        store.write(disclosures=[disclosure, other])
        assert find_naming(store, disclosure) == [("FC/2", EdgeKind.REFERS_TO)]
