"""Later letters about earlier ones: which they are about, and what becomes of that one.

Every letter is invented; so are the authorities, their references and their figures.
"""

from __future__ import annotations

import pytest

from triage.read.edges import find_edges
from triage.read.references import find_references, is_notice, normalise_reference
from triage.read.reviews import find_review
from triage.schema import EdgeKind, Status

_STATUSES = [
    pytest.param("I uphold the original decision to refuse.", Status.UPHELD, id="decision upheld"),
    pytest.param("Your complaint is not upheld.", Status.UPHELD, id="complaint not upheld"),
    pytest.param("I do not uphold your complaint.", Status.UPHELD, id="do not uphold complaint"),
    pytest.param("The Council maintains its position.", Status.UPHELD, id="maintains"),
    pytest.param("Section 31(1)(a) was correctly applied.", Status.UPHELD, id="correctly applied"),
    pytest.param(
        "Your complaint is therefore upheld and the list is attached.", Status.OVERTURNED, id="complaint upheld"
    ),
    pytest.param("I have decided to overturn the refusal.", Status.OVERTURNED, id="overturn"),
    pytest.param("The first decision cannot stand.", Status.OVERTURNED, id="cannot stand"),
    pytest.param("Section 43(2) was incorrectly applied.", Status.OVERTURNED, id="incorrectly applied"),
    pytest.param("We do not uphold the refusal.", Status.OVERTURNED, id="refusal not upheld"),
    pytest.param("Your complaint is partially upheld.", Status.VARIED, id="partially upheld"),
    pytest.param("I uphold the use of section 40(2) but section 43(2) was wrongly applied.", Status.VARIED, id="both"),
    pytest.param("I looked at your points with care.", None, id="says nothing"),
]


@pytest.mark.parametrize(("words", "status"), _STATUSES)
def test_a_review_says_what_becomes_of_the_reviewed_decision(words: str, status: Status | None) -> None:
    """A complaint and a decision are upheld in opposite senses; both at once is varied; silence sets nothing."""
    found = find_review("", "Internal review", words, ["IR-0009-24", "FM-0417-23"])
    assert found[1] is status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param(
            "At review the Council upheld its refusal. The Commissioner's decision is that the Council was not "
            "entitled to rely on section 43(2).",
            Status.OVERTURNED,
            id="history is not the finding",
        ),
        pytest.param(
            "The Council set aside its first answer at review. The Commissioner finds that section 12(1) was correctly "
            "applied.",
            Status.UPHELD,
            id="upheld after a changed answer",
        ),
        pytest.param("The appeal is dismissed.", Status.UPHELD, id="appeal dismissed"),
        pytest.param("The appeal is allowed.", Status.OVERTURNED, id="appeal allowed"),
    ],
)
def test_a_notice_is_read_from_its_findings_only(words: str, status: Status) -> None:
    """A Commissioner's notice tells the earlier history as well; only what the Commissioner finds sets the status."""
    found = find_review("", "Decision notice", words + " Ref FM-0417-23.", ["IC-999999-A1B2", "FM-0417-23"])
    assert found == ("FM-0417-23", status)


def test_a_notice_that_names_no_earlier_reply_sets_no_status() -> None:
    """Without a reference of the authority's own there is nothing whose status could be set."""
    assert find_review("", "Decision notice", "The Commissioner finds it is exempt.", ["IC-999999-A1B2"]) == (
        None,
        None,
    )


@pytest.mark.parametrize(
    ("own", "others", "reviewed"),
    [
        pytest.param("FM-0417-23/IR", [], "FM-0417-23", id="mark behind"),
        pytest.param("FM-0417-23-IR1", [], "FM-0417-23", id="numbered mark"),
        pytest.param("IR/0012/21", ["FM/0915/20"], "FM/0915/20", id="own reference"),
        pytest.param("FM-0417-23", [], "FM-0417-23", id="no reference of its own"),
    ],
)
def test_the_reviewed_reference_is_found(own: str, others: list[str], reviewed: str) -> None:
    """A review goes by a reference of its own, by the reviewed one with a mark, or by the reviewed one."""
    whole = " ".join(["I uphold the decision", *others])
    assert find_review("", "Internal review", whole, [own, *others])[0] == reviewed


def test_a_letter_that_corrects_figures_retracts() -> None:
    """Figures said to be wrong are withdrawn; a policy that takes the place of another supersedes."""
    wrong = "The figures in our reply were wrong and should not be used."
    assert find_review(wrong, "", wrong + " FM-1-24", ["FM-2-24", "FM-1-24"]) == ("FM-1-24", Status.RETRACTED)
    newer = "This decision supersedes FM-1-24."
    assert find_review(newer, "", newer, ["FM-2-24", "FM-1-24"]) == ("FM-1-24", Status.SUPERSEDED)


@pytest.mark.parametrize(
    ("text", "references"),
    [
        pytest.param("Our ref: FOI-0415-23. It was sent in May.", ["FOI-0415-23"], id="full stop ends it"),
        pytest.param("FOI 401 - 24", ["401-24"], id="blanks around the dash"),
        pytest.param("Reference FOI 2020-21-1881", ["2020-21-1881"], id="year pair"),
        pytest.param("under SI 2004 No. 3244", [], id="statutory instrument"),
        pytest.param("MARCH 2018", [], id="month in capitals"),
        pytest.param("case EA/2099/0055 and IC-999999-A1B2", ["EA/2099/0055", "IC-999999-A1B2"], id="notices"),
        pytest.param("01.FOI.24.099999", ["01.FOI.24.099999"], id="dotted"),
    ],
)
def test_references_are_found_in_words(text: str, references: list[str]) -> None:
    """A reference ends where its sentence does; statutes and months are none."""
    assert find_references(text) == references


def test_notices_are_told_from_replies() -> None:
    """References of the Commissioner and of the tribunals have shapes of their own."""
    assert [is_notice(normalise_reference(r)) for r in ("FS59999999", "EA/2099/0055", "FM/0055/20")] == [
        True,
        True,
        False,
    ]


def test_edges_lead_to_what_is_named_and_not_to_oneself() -> None:
    """Earlier references and pages of a disclosure log are edges, each with its place; the complaint page is none."""
    body = (
        "Ref FM-0002-24. See FOI/0417-23 and https://www.fennmoor.example/foi/2023/0417. "
        "Complain at https://ico.org.example/ or https://ico.org.uk/foi-complaints. Again FOI/0417-23."
    )
    edges = find_edges(body, own="FM-0002-24")
    assert [(e.kind, e.target) for e in edges] == [
        (EdgeKind.REFERS_TO, "FOI/0417-23"),
        (EdgeKind.REFERS_TO, "https://www.fennmoor.example/foi/2023/0417"),
    ]
    assert [body[e.start : e.end] for e in edges] == [e.target for e in edges]


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        (Status.OVERTURNED, EdgeKind.REVIEWS),
        (Status.UPHELD, EdgeKind.REVIEWS),
        (Status.RETRACTED, EdgeKind.RETRACTS),
        (Status.SUPERSEDED, EdgeKind.SUPERSEDES),
    ],
)
def test_the_edge_to_a_reviewed_reply_says_what_is_done_to_it(decision: Status, kind: EdgeKind) -> None:
    """A review, a retraction and a replacement are edges of their own kinds."""
    edges = find_edges("Our ref FM-0002-24 about FM-0001-24", own="FM-0002-24", reviews="FM-0001-24", decision=decision)
    assert [(e.kind, e.target) for e in edges] == [(kind, "FM-0001-24")]


def test_a_review_that_goes_by_the_reviewed_reference_has_its_edge_there() -> None:
    """Where a review prints the reviewed reference with a mark only, that place is the edge."""
    edges = find_edges("Review FM-0001-24/IR", own="FM-0001-24/IR", reviews="FM-0001-24", decision=Status.UPHELD)
    assert [(e.kind, e.target, e.start) for e in edges] == [(EdgeKind.REVIEWS, "FM-0001-24", 7)]
