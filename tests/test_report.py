"""The report on a reading: what it counts, and what it asks a person to look at."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from triage.ingest import Unread
from triage.pipeline import report_reading
from triage.pipeline.report import find_doubts
from triage.render import report_object, report_text
from triage.schema import AnsweredQuestion, Binding, Disclosure, DoubtKind, Outcome, Provision

S31A, S31B, S40 = map(Provision.parse, ("s31(1)(a)", "s31(1)(b)", "s40(2)"))


def _question(
    number: int = 1,
    outcome: Outcome = Outcome.DISCLOSED,
    *provisions: Provision,
    **fields: Any,  # noqa: ANN401 - any field
) -> AnsweredQuestion:
    given: dict[str, Any] = {
        "ordinal": number,
        "label": str(number),
        "text": "How many vans?",
        "outcome": outcome,
        "provisions": provisions,
        "binding": Binding.STATED,
        "answer": "We hold 12.",
        "evidence": "We hold 12.",
    }
    return AnsweredQuestion(**given | fields)


def _reply(*questions: AnsweredQuestion, **fields: Any) -> Disclosure:  # noqa: ANN401 - any field
    given: dict[str, Any] = {"reference": "FC/1", "file": "a.txt", "outcome": Outcome.PARTLY, "text": "We hold 12."}
    return Disclosure(authority="Fennmoor Council", questions=questions, **given | fields)


def test_outcomes_are_counted_by_provision_and_year() -> None:
    """A question counts once for each limb and once for each section, and under the year of its reply."""
    report = report_reading(
        [
            _reply(_question(1, Outcome.REFUSED, S31A, S31B), _question(2), responded=dt.date(2023, 5, 1)),
            _reply(_question(1, Outcome.PARTLY, S31A, S40), reference="FC/2"),
            _reply(_question(1, Outcome.REFUSED, S31A), reference="FC/3", responded=dt.date(2021, 5, 1)),
        ]
    )
    assert (report.letters, report.questions) == (3, 4)
    assert report.outcomes == {Outcome.DISCLOSED: 1, Outcome.PARTLY: 1, Outcome.REFUSED: 2}
    assert report.sections == {
        "s31": {Outcome.REFUSED: 2, Outcome.PARTLY: 1},
        "s40": {Outcome.PARTLY: 1},
        "none": {Outcome.DISCLOSED: 1},
    }
    assert report.provisions == {
        "s31(1)(a)": {Outcome.REFUSED: 2, Outcome.PARTLY: 1},
        "s31(1)(b)": {Outcome.REFUSED: 1},
        "s40(2)": {Outcome.PARTLY: 1},
    }
    assert list(report.years.items()) == [
        (2021, {Outcome.REFUSED: 1}),
        (2023, {Outcome.DISCLOSED: 1, Outcome.REFUSED: 1}),
        (None, {Outcome.PARTLY: 1}),
    ]


def test_provisions_are_in_the_order_of_the_law() -> None:
    """Sections are sorted by number and not by their first digit."""
    names = ("s40(2)", "s9(1)", "eir12(4)(b)", "s12(1)")
    report = report_reading([_reply(_question(1, Outcome.REFUSED, *map(Provision.parse, names)))])
    assert list(report.sections) == ["eir12", "s9", "s12", "s40"]


@pytest.mark.parametrize(
    ("reply", "kinds"),
    [
        pytest.param(_reply(_question()), [], id="nothing"),
        pytest.param(
            _reply(_question(answer="Please see the information below.", evidence="")),
            [(DoubtKind.NOTHING_GIVEN,)],
            id="disclosed, and nothing there",
        ),
        pytest.param(_reply(_question(answer="Attached.", attachments=("a.csv",), evidence="")), [], id="attachment"),
        pytest.param(_reply(_question(answer="Yes.", evidence="")), [], id="a plain yes"),
        pytest.param(_reply(_question(answer="Here.", links=("https://a.example",), evidence="")), [], id="link"),
        pytest.param(
            _reply(_question(outcome=Outcome.UNKNOWN)), [(DoubtKind.NOT_DECIDED,)], id="no decision for the question"
        ),
        pytest.param(
            _reply(_question(outcome=Outcome.UNKNOWN, binding=Binding.UNKNOWN), outcome=Outcome.UNKNOWN),
            [],
            id="the letter decides nothing either",
        ),
        pytest.param(_reply(_question(1, Outcome.REFUSED)), [(DoubtKind.NO_PROVISION,)], id="refused under nothing"),
        pytest.param(
            _reply(_question(), _question(2, text=" ")), [(DoubtKind.NO_QUESTION,)], id="more answers than questions"
        ),
        pytest.param(_reply(_question(), flags=("request_lost",)), [(DoubtKind.REQUEST_LOST,)], id="request lost"),
        pytest.param(_reply(_question(binding=Binding.INFERRED)), [(DoubtKind.INFERRED,)], id="inferred"),
        pytest.param(
            _reply(_question(1, Outcome.REFUSED, Provision.parse("s31")), text="Exempt under section 31 of the Act."),
            [(DoubtKind.CITATION_ODD,)],
            id="no subsection",
        ),
        pytest.param(
            _reply(_question(1, Outcome.REFUSED, S31A), text="It is exempt under section 31(1)(a) and section 40(2)."),
            [(DoubtKind.PROVISION_UNBOUND,)],
            id="applied to no question",
        ),
        pytest.param(
            _reply(_question(1, Outcome.REFUSED, S31A), text="Exempt under section 31(1)(a)."), [], id="bound"
        ),
        pytest.param(
            _reply(
                _question(1, Outcome.REFUSED, S31A),
                request="Why was it refused under section 40(2) before?",
                text="Why was it refused under section 40(2) before?\n\nIt is exempt under section 31(1)(a).",
            ),
            [],
            id="cited by the requester",
        ),
        pytest.param(
            _reply(_question(1, Outcome.NCND, binding=Binding.INFERRED), flags=("request_lost",)),
            [(DoubtKind.NO_PROVISION, DoubtKind.REQUEST_LOST, DoubtKind.INFERRED)],
            id="several, the worst first",
        ),
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_said(reply: Disclosure, kinds: list[tuple[DoubtKind, ...]]) -> None:
    """Each kind of doubt follows from what was read, and only from that."""
    assert [each.kinds for each in find_doubts(reply)] == kinds


def test_a_provision_without_a_question_is_named_with_its_sentence() -> None:
    """The doubt names the provisions meant and quotes the sentence that applies them."""
    text = "Thank you. The names are exempt under section 40(2). Goodbye."
    (doubt,) = find_doubts(_reply(_question(1, Outcome.REFUSED, S31A), text=text))
    assert (doubt.label, doubt.detail, doubt.sentence) == (
        None,
        ("s40(2)",),
        "The names are exempt under section 40(2).",
    )


def _many(number: int) -> Iterator[Disclosure]:
    """Make replies in doubt, those that come later in the worse kind."""
    for place in range(number):
        worse = place >= number - 3
        question = _question(answer="See below.", evidence="") if worse else _question(binding=Binding.INFERRED)
        yield _reply(question, question, reference=f"FC/{place}", file=f"{place}.txt")


def test_the_worst_ten_replies_come_first_and_each_once() -> None:
    """The worst kind goes before the others however many there are; equal ones come in the order they were read."""
    report = report_reading(_many(500))
    found = [each.reference for each in report.doubtful]
    assert found == ["FC/497", "FC/498", "FC/499", *(f"FC/{number}" for number in range(7))]
    assert report.doubts == {DoubtKind.NOTHING_GIVEN: 6, DoubtKind.INFERRED: 994}


def test_replies_are_not_kept() -> None:
    """A hundred letters of 50 kB are summed up in less memory than thirty of them would take."""
    replies = (_reply(_question(), reference=f"FC/{number}", text="a b c d e " * 5_000) for number in range(100))
    tracemalloc.start()
    try:
        report_reading(replies)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 30 * 50_000


def test_unread_and_doubled_replies_are_counted_and_the_first_listed() -> None:
    """Counts are of all; the lists stop at twenty and the text says how many more there are."""
    found: list[Disclosure | Unread] = [Unread(f"{n}.pdf", f"{n}.pdf: this form is not read") for n in range(25)]
    found += [_reply(_question(), file=f"{n}.txt") for n in range(3)]
    report = report_reading(found)
    assert (report.unread, len(report.unread_first)) == (25, 20)
    assert (report.duplicates, report.duplicates_first) == (1, (("FC/1", ("0.txt", "1.txt", "2.txt")),))
    words = report_text(report)
    assert "Unread: 25\n  0.pdf: this form is not read\n" in words
    assert "… 5 more" in words
    assert "References that more than one reply has: 1\n  FC/1: 0.txt, 1.txt, 2.txt" in words


def test_two_replies_of_one_reference_in_one_file_are_doubled() -> None:
    """A log that has a reference in two rows is told as well."""
    report = report_reading([_reply(_question()), _reply(_question())])
    assert report.duplicates_first == (("FC/1", ("a.txt", "a.txt")),)


def test_every_rate_has_its_n() -> None:
    """Shares name what they are of; a share of nothing is undefined and not 0."""
    report = report_reading([_reply(_question(), _question(2, Outcome.UNKNOWN, binding=Binding.UNKNOWN))])
    made = report_object(report)
    assert made["bindings"] == {
        "stated": {"count": 1, "n": 2, "rate": 0.5},
        "unknown": {"count": 1, "n": 2, "rate": 0.5},
    }
    assert made["letters_undecided"] == {"count": 1, "n": 1, "rate": 1.0}
    assert made["doubts"] == {"not_decided": {"count": 1, "n": 2, "rate": 0.5}}
    assert "stated   1 of 2 (50.0%)" in report_text(report)
    nothing = report_reading([Unread("a.pdf", "a.pdf: this form is not read")])
    assert report_object(nothing)["letters_unbound"] == {"count": 0, "n": 0, "rate": None}
    assert "of 0 (undefined)" in report_text(nothing)


def test_the_table_puts_limbs_under_their_section() -> None:
    """A section has its total, and under it each limb and what was cited without one."""
    report = report_reading([_reply(_question(1, Outcome.REFUSED, S31A, Provision.parse("s31")))])
    rows = [line.split() for line in report_text(report).splitlines() if "s31" in line]
    assert rows[:3] == [["s31", "1", "1"], ["s31", "alone", "1", "1"], ["s31(1)(a)", "1", "1"]]


def test_a_doubtful_reply_is_shown_with_all_that_is_needed_to_look_at_it() -> None:
    """Reference, question, file, reasons and sentence are there, in the text and in the object."""
    reply = _reply(_question(1, Outcome.REFUSED, text="Where are they?", evidence="This cannot be given."))
    report = report_reading([reply])
    words = report_text(report)
    assert "  1. FC/1#1 in a.txt\n     withheld, but no provision was found\n" in words
    assert "Where are they?\n       “This cannot be given.”" in words
    (made,) = report_object(report)["doubtful"]
    assert made == {
        "file": "a.txt",
        "reference": "FC/1",
        "label": "1",
        "question": "Where are they?",
        "doubts": ["no_provision"],
        "why": "withheld, but no provision was found",
        "sentence": "This cannot be given.",
    }
