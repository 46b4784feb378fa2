"""Read rows of a disclosure log, and records of the project's own form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from triage.errors import FormatError
from triage.read import read_disclosure
from triage.schema import Binding, Disclosure, Outcome, Question, Request, Source, Status
from triage.split import split_request


def _split(text: str, received: dt.date | None) -> Sequence[Question]:
    return split_request(Request("", text, received)).questions


def _row(**cells: str) -> Disclosure:
    fields: dict[str, object] = {"reference": "FM/0001/24", **cells}
    return read_disclosure(Source("log.csv", "0" * 64, "csv", "", line=2, fields=fields), split=_split)


def _record(**fields: Any) -> Disclosure:  # noqa: ANN401 - any field, of any kind
    given: dict[str, object] = {
        "reference": "FM-1",
        "questions": [{"text": "How many elms?", "outcome": "disclosed", "answer": "Nine."}],
    }
    return read_disclosure(Source("export.jsonl", "0" * 64, "jsonl", "", line=7, fields=given | fields), split=_split)


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("Full disclosure", "disclosed"),
        ("Granted in full", "disclosed"),
        ("Part disclosure", "partly"),
        ("Refused", "refused"),
        ("Cost limit", "refused"),
        ("Not held", "not_held"),
        ("NCND", "ncnd"),
        ("Exempt - available elsewhere", "already_accessible"),
        ("Future publication", "future_publication"),
        ("Clarification sought", "clarification"),
        ("Pending", "no_decision"),
    ],
)
def test_the_outcome_column_goes_before_the_words(cell: str, outcome: str) -> None:
    """What the log states of a request with one question is stated of the question."""
    reply = _row(request="How many elms were felled?", response="See the note.", outcome=cell)
    assert [(q.outcome.value, q.binding) for q in reply.questions] == [(outcome, Binding.STATED)]
    assert reply.outcome.value == outcome


def test_the_exemption_column_gives_the_provisions() -> None:
    """Bare numbers are sections; what the column names is applied."""
    reply = _row(request="Who felled them?", response="Withheld.", outcome="Refused", provisions="31(1)(a); 40(2)")
    assert [str(p) for q in reply.questions for p in q.provisions] == ["s31(1)(a)", "s40(2)"]


def test_the_exemption_column_belongs_to_the_question_that_is_withheld() -> None:
    """In a row with several questions what is given takes no exemption."""
    reply = _row(
        request="1. How many elms were felled?\n2. Who felled them?",
        response="1. Nine.\n2. Withheld.",
        outcome="Part disclosure",
        provisions="Section 40(2)",
    )
    rows = [(q.label, q.outcome.value, [str(p) for p in q.provisions]) for q in reply.questions]
    assert rows == [("1", "disclosed", []), ("2", "refused", ["s40(2)"])]
    assert reply.outcome is Outcome.PARTLY


def test_a_row_is_published_and_keeps_its_days_and_link() -> None:
    """A log is a publication; the authority is read off the link where no column names it."""
    reply = _row(
        request="How many elms?",
        response="Nine.",
        received="06/01/2024",
        responded="30/01/2024",
        url="https://www.fennmoor-council.example/log/1",
    )
    assert (reply.received, reply.responded) == (dt.date(2024, 1, 6), dt.date(2024, 1, 30))
    assert (reply.published, reply.authority) == (True, "Fennmoor Council")


def test_a_row_without_a_reference_is_refused_with_its_place() -> None:
    """The message names file and line."""
    with pytest.raises(FormatError, match=r"log\.csv, line 2: no reference"):
        _row(reference="")


def test_a_record_is_taken_as_it_stands() -> None:
    """The project's own form states everything; nothing is read out of its words but links and suppression."""
    reply = _record(
        authority="Fennmoor Council",
        responded="2024-03-05",
        published=True,
        status="upheld",
        questions=[
            {
                "label": "A",
                "text": "How many elms?",
                "answer": "Fewer than five. See https://fennmoor.example/elms.",
                "outcome": "partly",
                "provisions": ["s40(2)"],
            }
        ],
    )
    question = reply.questions[0]
    assert (reply.status, reply.responded, reply.outcome) == (Status.UPHELD, dt.date(2024, 3, 5), Outcome.PARTLY)
    assert (question.label, question.binding, question.suppressed) == ("A", Binding.STATED, True)
    assert question.links == ("https://fennmoor.example/elms",)
    assert [str(p) for p in question.provisions] == ["s40(2)"]


def test_a_record_with_unlike_outcomes_is_partly_answered() -> None:
    """The letter's outcome follows from its questions."""
    reply = _record(questions=[{"text": "a?", "outcome": "disclosed"}, {"text": "b?", "outcome": "refused"}])
    assert reply.outcome is Outcome.PARTLY


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"questions": [{"text": "a?"}]}, "outcome", id="no outcome"),
        pytest.param({"questions": [{"text": "a?", "outcome": "granted"}]}, "granted", id="unknown outcome"),
        pytest.param(
            {"questions": [{"text": "a?", "outcome": "refused", "provisions": ["Section 40"]}]},
            "not a provision",
            id="provision in words",
        ),
        pytest.param({"responded": "5 March"}, "responded", id="no day"),
        pytest.param({"reference": " "}, "the reference is empty", id="blank reference"),
        pytest.param({"reference": None}, "reference", id="no reference"),
        pytest.param({"questions": "How many?"}, "questions", id="questions are text"),
    ],
)
def test_a_record_that_cannot_be_read_is_refused_with_its_place(fields: dict[str, object], message: str) -> None:
    """The error names file, line and field."""
    with pytest.raises(FormatError, match=message) as caught:
        _record(**fields)
    assert str(caught.value).startswith("export.jsonl, line 7: ")
