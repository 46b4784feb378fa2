"""Registers, forms, tick boxes, things joined by "and", lines set to a width, and periods said outside the questions.

Every letter is invented; so are the authorities, people and figures.
"""

from __future__ import annotations

import datetime as dt
import time

import pytest

from triage.pipeline import split
from triage.schema import Question, Request

_RECEIVED = dt.date(2026, 11, 20)


def _questions(text: str) -> tuple[Question, ...]:
    return split(Request("r", text, _RECEIVED)).questions


ONE_QUESTION = [
    pytest.param(
        "Please provide a list of all moorings, with for each of them:\n1. name of the berth\n2. depth at low water\n"
        "3. whether the berth has been dredged since 2019",
        id="register with a whether",
    ),
    pytest.param(
        "Please provide a list of all vessels inspected since 2020, including:\n- name of the vessel\n"
        "- date of inspection\n- whether the owner was fined by the council",
        id="register including",
    ),
    pytest.param(
        "Please send a report of all berths in arrears. The report should show:\n- berth number\n- amount owed",
        id="the report should show",
    ),
    pytest.param(
        "How much was paid in fees to each of the following bodies?\na. Harbour Network\nb. Quay Cities Group",
        id="the following bodies",
    ),
    pytest.param(
        "Please give the number of fines issued in 2023, broken down by:\na) type of vessel\nb) ward\n"
        "c) whether the fine was paid, cancelled or sent to court",
        id="axes with a whether",
    ),
    pytest.param("Total spend on divers in 2023\n- by month\n- by harbour", id="by, by"),
    pytest.param(
        "1. Do you run a ferry?\n[ ] Yes, directly\n[ ] Yes, through a contractor\n[ ] No", id="boxes to tick"
    ),
    pytest.param("1. How many berths must carry a number?\n0 / 1 / 2 / 3 or more", id="choices to ring"),
    pytest.param(
        "Please provide for the dredging contract:\nContractor:\nStart date:\nEnd date:\nTotal value:",
        id="blank fields",
    ),
    pytest.param(
        "Please complete the details below for your ticket machines:\n\nNumber of machines:\nYear of installation:\n"
        "Number that take cards:",
        id="form to fill in",
    ),
    pytest.param(
        "Please could I have the number of visits to each harbour in 2022? The harbours I am interested in are\n\n"
        "1) Ormsea\n2) Dale Quay\n3) Millport",
        id="limits named below",
    ),
    pytest.param("Outcome of the appeals:\na. allowed\nb. dismissed\nc. withdrawn by the owner", id="outcomes"),
    pytest.param(
        "Please state the number of letters between the harbour master and the contractor about the quay and the plans "
        "for it.",
        id="and within a phrase",
    ),
    pytest.param(
        "Please tell me the number of fines issued and the names of the owners of each.",
        id="and tied to what stands before",
    ),
    pytest.param("Who took the decision to sell the quay, and when did they make it?", id="who and when"),
]


@pytest.mark.parametrize("text", ONE_QUESTION)
def test_one_question(text: str) -> None:
    """Fields, boxes, axes, values and what hangs on them stay in the one question that they belong to."""
    (question,) = _questions(f"Dear Fennmoor Council,\n\n{text}")
    assert question.text.split()[-1] == text.split()[-1]


SEVERAL = [
    pytest.param(
        "Please send me:\n1. a list of all berths\n2. the tide readings from the gauge on Quay Street\n\n"
        "I also want the log of the lock keeper.",
        [
            "a list of all berths",
            "the tide readings from the gauge on Quay Street",
            "I also want the log of the lock keeper.",
        ],
        id="the last item is no title",
    ),
    pytest.param(
        "1. How many ferries were cancelled?\nPlease count part cancellations too.\n2. How many buoys are lit?",
        ["How many ferries were cancelled?\nPlease count part cancellations too.", "How many buoys are lit?"],
        id="sentence on the next line",
    ),
    pytest.param(
        "Please supply me with:\n- the valuation of the quay\n- the contract of sale\n- the minutes of the board",
        ["the valuation of the quay", "the contract of sale", "the minutes of the board"],
        id="documents below",
    ),
    pytest.param(
        "Please let me know how many boats were lifted in 2023 and the dates of the lifts since March.",
        ["Please let me know how many boats were lifted in 2023", "the dates of the lifts since March."],
        id="and the dates",
    ),
    pytest.param(
        "I would also like the current waiting time for a berth and the number of staff in the harbour office.",
        [
            "I would also like the current waiting time for a berth",
            "the number of staff in the harbour office.",
        ],
        id="and the number",
    ),
    pytest.param(
        "Could you tell me how many thefts from boats were recorded in 2024, and of these how many led to a charge?",
        [
            "Could you tell me how many thefts from boats were recorded in 2024,",
            "of these how many led to a charge?",
        ],
        id="and of these",
    ),
    pytest.param(
        "Please give the number of berths let in 2023, the average rent paid for them and the total of arrears at the "
        "year end.",
        [
            "Please give the number of berths let in 2023,",
            "the average rent paid for them",
            "the total of arrears at the year end.",
        ],
        id="series before and",
    ),
    pytest.param(
        "1. Number of boats inspected under section 60, by harbour\n   a. Number found unsafe",
        ["Number of boats inspected under section 60, by harbour", "Number found unsafe"],
        id="measure above a measure",
    ),
    pytest.param(
        "PART ONE: MOORINGS\n1) How many are there?\n2) What do they cost?\n\nPART TWO: FERRIES\n1) How many run?",
        ["How many are there?", "What do they cost?", "How many run?"],
        id="titles of parts",
    ),
    pytest.param(
        "Please provide 1/ ferry journeys in 2023 2/ miles sailed in 2023 3/ complaints received in 2023",
        ["ferry journeys in 2023", "miles sailed in 2023", "complaints received in 2023"],
        id="slashes in a line",
    ),
    pytest.param(
        "I'd welcome the number of lifeboat launches in 2023.\n\nGrateful too for the launch log.",
        ["I'd welcome the number of lifeboat launches in 2023.", "Grateful too for the launch log."],
        id="other ways of asking",
    ),
    pytest.param(
        "Please provide the following details for 2022.\n\nNumber of berths booked\nCharge per berth\nTotal income",
        ["Number of berths booked", "Charge per berth", "Total income"],
        id="bare lines below",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_questions(text: str, expected: list[str]) -> None:
    """Documents, measures and parts that could each get a decision are questions of their own."""
    assert [question.text for question in _questions(f"Dear Fennmoor Council,\n\n{text}")] == expected


def test_a_message_set_to_a_width_keeps_its_sentences() -> None:
    """In a message whose lines a mail program broke, a line that begins like an ask goes on with the one before."""
    lines = (
        "We are a group of boat owners who have written to the council for a",
        "number of years about the state of the quay and the lights on it, and",
        "we have never had what any of us would call an answer from anybody",
        "who works in the harbour office or in the town hall behind the quay.",
        "",
        "Who runs the booking system for the berths at present, on what terms",
        "is it run?",
    )
    text = "\n".join(lines)
    assert _questions(text)[-1].text.endswith("on what terms\nis it run?")


def test_a_question_added_to_a_request_below_joins_it() -> None:
    """A later mail that adds a question leaves those of the mail below it in place."""
    text = (
        "From: Bo Sample\nSent: 19 July 2026\n\nHello, please could you add one more question to my request below:\n\n"
        "3. How many buoys are lit?\n\nThanks\nBo\n\n-----Original Message-----\nFrom: Bo Sample\nSent: 1 July 2026\n\n"
        "Please provide:\n1. The number of berths\n2. The number of ferries"
    )
    assert [question.label for question in _questions(text)] == ["3", "1", "2"]


@pytest.mark.parametrize(
    ("scope", "label", "days"),
    [
        pytest.param("Period: 1st April 2022 - 31st March 2025.", "1", ("2022-04-01", "2025-03-31"), id="period"),
        pytest.param(
            "The period in question is 1 August 2023 to 31 July 2025 unless stated.",
            "2",
            ("2023-08-01", "2025-07-31"),
            id="in question",
        ),
        pytest.param(
            "Unless we say otherwise the period meant is 6 June 2023 to 29 February 2024.",
            "1",
            ("2023-06-06", "2024-02-29"),
            id="unless we say otherwise",
        ),
        pytest.param("Question 2 relates to the calendar year 2021.", "1", None, id="another question named"),
    ],
)
def test_period_said_outside_the_questions(scope: str, label: str, days: tuple[str, str] | None) -> None:
    """A sentence that sets the period binds every question, or those that it names."""
    text = f"Dear all,\n\n{scope}\n\n1. Number of berths let\n2. Number of ferries cancelled"
    found = {question.label: question.slots.period for question in _questions(text)}[label]
    assert (found and (str(found.start), str(found.end))) == days


@pytest.mark.parametrize(
    "ask",
    [
        "The contract for dredging",
        "The latest audit report on the harbour",
        "Name of the contractor",
        "Has the harbour ever been closed?",
    ],
)
def test_a_paper_or_a_name_has_no_period(ask: str) -> None:
    """One document, a name and an ever are what they are, whatever years the figures beside them are asked for."""
    text = f"Please provide for each of the years 2021 to 2023:\n1. Number of berths let\n2. {ask}"
    first, second = _questions(text)
    assert first.slots.period is not None
    assert (second.slots.period, second.slots.breakdown) == (None, ())


@pytest.mark.parametrize(
    ("ask", "axes"),
    [
        pytest.param("number of awards made (home / international)", ("home / international",), id="brackets"),
        pytest.param(
            "How many left, split primary / secondary / special?", ("primary / secondary / special",), id="split"
        ),
        pytest.param("The cost, split between design, works and signs.", ("design / works / sign",), id="between"),
        pytest.param("Does the force use boats? (Yes/No)", (), id="yes or no"),
    ],
)
def test_values_are_one_axis(ask: str, axes: tuple[str, ...]) -> None:
    """Values given for one axis are that axis; yes and no are none."""
    assert _questions(ask)[0].slots.breakdown == axes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Please provide a list of a list of " * 4_000 + "with:\n- name\n- depth", id="list of list of"),
        pytest.param("Please send the report " + "with the number and the report " * 200 + ".", id="with and with"),
        pytest.param("it would help to be to be to be to " * 6_000, id="it would help"),
        pytest.param("How many? (" + "a / " * 20_000 + ")", id="slashes"),
        pytest.param("1/ a 2/ b 3/ " * 8_000, id="slashes in a line"),
        pytest.param("How many?\nYours " + "sample and " * 20_000, id="signature"),
        pytest.param("Period: 2021.\n1. How many berths?\n" * 4_000, id="scopes and questions"),
    ],
)
def test_hostile_text_ends(text: str) -> None:
    """No text makes a rule go over it again and again; the bound is a hundred times what it takes."""
    started = time.perf_counter()
    split(Request("r", text))
    assert time.perf_counter() - started < 60
