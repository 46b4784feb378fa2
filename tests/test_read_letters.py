"""Read whole replies: which questions, which outcome, which provisions, how surely bound.

Every letter is invented; so are the authorities, their references and their figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.read import read_disclosure
from triage.schema import Binding, Disclosure, Outcome, Question, Request, Source
from triage.split import split_request

_SEEDS = sorted((Path(__file__).resolve().parents[2] / "shared" / "seeds").glob("*.txt"))


def _split(text: str, received: dt.date | None) -> Sequence[Question]:
    return split_request(Request("", text, received)).questions


def _read(text: str, request: str | None = None, form: str = "txt") -> Disclosure:
    return read_disclosure(Source("reply.txt", "0" * 64, form, text), split=_split, request=request)


def _rows(reply: Disclosure) -> list[tuple[str | None, str, str]]:
    return [(q.label, q.outcome.value, " ".join(map(str, q.provisions))) for q in reply.questions]


_QUOTE_THEN_ANSWER = """Dear Applicant

Your request is set out below with our replies.

How many parking wardens does Fennmoor Council employ?

Eleven, of whom three work part time.

What is the home address of each parking warden?

This is exempt under section 40(2) of the Act because it is the personal data of our staff.

Yours sincerely
Information Office
"""

_PAIRS = """Ref: FM-0417-23

Request 1
How many lamp posts were repaired in 2022?

Answer 1
4,117 lamp posts were repaired.

Request 2
Please supply the inspection reports for Quill Bridge.

Answer 2
Fennmoor Council does not hold these reports.
"""

_LIST_AND_RANGE = """Thank you for your request, in which you asked:

1. How many officers work in the drone team?
2. What did the drone team cost in 2023?
3. At which hours does the drone team work?
4. What is the policy on drone flights?
5. How many complaints were made about drones in 2023?

Our response

Questions 1 and 3
These are refused under section 31(1)(a) and (b): they would show offenders when nobody is watching.

Questions 4-5
The policy and the complaint figures are in the attached files.

Question 2
The team cost £88,400.
"""

_REMAINING = """You asked:

1. The number of swans rescued in 2021.
2. The name of every swan rescuer.
3. The cost of swan rescue in 2021.

Response

In relation to question 2, the names are exempt under Section 40(2).

For the remaining questions, please see the attached table.
"""

_BULLETS = """You wrote to Saltbeck District Council on 3 May 2024, asking:

- how many beach huts the council owns
- how much rent each beach hut brings
- which beach huts stand empty

Reply

Point 3: no record is held of huts that stand empty.
Point 1: the council owns 212 huts.
Point 2: the rent is £640 a year.
"""

_ONE_DECISION = """You requested the following:

1. The rota of the night desk for June 2023.
2. The number of officers on the night desk in June 2023.

Decision

We have decided to refuse your request. All of the information you requested is exempt under section 31(1)(b)
of the Act.
"""

_S17_ALONE = """You asked:

1. How many dogs were seized in 2020?
2. The cost of kennels in 2020.

Decision

I have today decided to disclose some of the information. This letter serves as a Refusal Notice under Section 17 of the
Freedom of Information Act 2000 for the rest.
"""

_UNBOUND_LIST = """I note you seek access to the following information:

1. The number of surveillance vans.
2. The makes of the surveillance vans.
3. The cost of the surveillance vans.

I have today decided to disclose some of the requested information. Some data has been withheld as it is exempt from
disclosure and this serves as a Refusal Notice under Section 17 of the Freedom of Information Act 2000.

Section 31(1)(a)(b) - Law enforcement
Section 40(2) - Personal information
"""

_RETRIEVABLE = """You asked: How many crime reports of 2022 mention a hedgehog?

Response

This is not held in an easily retrievable format. To read every report would exceed the appropriate limit of 18
hours, so
section 12(1) of the Act applies and your request is refused.
"""

_SCOTTISH = """Freedom of Information (Scotland) Act 2002

You asked: How many otters were counted in Glenarrow in 2022?

Response

The council does not record this. This letter is notice under section 17 of the Act that the information is not held.
"""

_ACKNOWLEDGED = """Dear Sir or Madam

Thank you for your request, which we received on 4 June 2024. Your request has been logged as FM-1182-24 and will now be
considered. You should expect a reply within 20 working days, by 2 July 2024.
"""

_EXTENDED = """You asked: Please send the risk assessment for the Harbour Gala.

We are sorry to say that we need more time to consider the public interest in section 31. We have not yet
reached a decision
and extend the deadline to 9 August 2024.
"""

_CLARIFY = """You asked: How many incidents were there?

Before we can deal with your request we need to ask you to clarify what you mean by incidents. Please let us know which
kinds of incident you are interested in.
"""

_COST_GOODWILL = """You asked:

1. How many emails mention the bypass?
2. What did the bypass survey cost?

Decision

To find and read the emails would exceed the appropriate limit, and under section 12(1) we are not obliged to
comply with
your request. By way of help and outside the duty of the Act, the survey cost £12,300.
"""

_NCND_TAIL = """You asked:

1. How many informants did Tarbrook Police pay in 2021?

Response

Question 1: Tarbrook Police paid 41 informants in 2021.
We neither confirm nor deny that any other information is held, by virtue of section 23(5).
"""

_NCND = """You asked:

1. What was the surveillance budget in 2021?
2. Is the resident of 4 Mill Lane under surveillance?

Response

1. The budget was £410,000.
2. We neither confirm nor deny that information is held, under section 30(3).
"""

_LOST = """Freedom of Information request reference no: TB-0771-22

I note you seek access to the following information:

Decision

I have today decided to refuse the request. It is exempt by virtue of section 43(2) of the Act.
"""

_UNDER = """Dear Applicant

1. There are fourteen buses.
2. We do not hold the names of the drivers; the contractor does.

Regards
Transport Desk

On 2 March 2024 at 10:14, an applicant wrote:
> 1. How many buses does Saltbeck District Council run?
> 2. Who drives them?
"""

_CHROME = """Skip to main content
We use cookies to make this site work.
Home > Publications > Disclosure log
Quickly exit this site by pressing Escape

Tarbrook Police
Reference TB-0912-23
Published 4 May 2023

You asked:
How many horses retired in 2022?

Our response
Three horses retired in 2022.

Was this page helpful?
"""

_ANNEX = """You asked:
What did the new gate cost?

Response

The gate cost £9,100.

Legal Annex

Section 17(1) of the Act provides: A public authority which is relying on a claim that information is exempt
must say so.
Section 31(1)(a) exempts information that would prejudice the prevention of crime.
"""

_PROSE = """Tarbrook Police
Reference TB-0210-24
Published 12 March 2024

You asked for the number of noise complaints in 2023, and for any noise assessment made before the siren was bought.

Our response

We received 14 complaints in 2023. No noise assessment was made, so there is nothing held for the second part.
"""

_SAME_REASON = """You asked:

1. Which doors of the depot are alarmed?
2. At what hours is the depot empty?

Response

1. Withheld under section 31(1)(a), as burglars would make use of it.
2. Please see the answer to question 1 above, the same reasons apply.
"""

_FUTURE = """You asked:

1. The annual count of rough sleepers for 2024.

Response

1. The figures are intended for future publication in June 2027 and are exempt under section 22(1).
"""

_LINKED = """You asked:

1. The minutes of the harbour board for 2022.
2. The salary of the harbour master.

Response

1. These are already available on our website at https://www.saltbeck.example/minutes and so are exempt under
section 21(1).
2. £61,000.
"""

_VEXATIOUS = """You asked:

1. Why did the mayor lie about the fountain?
2. How much did the fountain cost?

Response

We have looked at the 61 letters you have sent us about the fountain and consider this request vexatious.
Section 14(1) of
the Act therefore applies to your request, and we will not answer it.
"""

_EIR = """You asked:

1. The noise survey for Quarry Lane.
2. Who complained about Quarry Lane?

Response

We have handled this under the Environmental Information Regulations 2004.

1. The survey is attached.
2. Names of complainants are withheld under Regulation 12(5)(f), because they were given to us in confidence.
"""

_BAR_AT_ONE = """You asked:

1. Every message about the bypass since 2015.
2. The name of the bypass engineer.

Response

Question 1: to search for these messages would exceed the appropriate limit.
Under section 12(1) your request is refused.
"""

_BULLETS_AFTER_A_STORY = """You wrote to us as follows:

How long must we wait for a bus? I stood there for an hour.

- how many buses run on Sunday
- how many drivers are employed

Reply

Point 1: four.
Point 2: withheld under section 40(2).
"""

_THREAD_BELOW = """You asked:
What did the new gate cost?

Response

The gate cost £9,100, and we are glad to tell you so after the long wait that you have had for this reply of ours.

From: Tarbrook Police
Sent: 4 May 2023
To: An applicant

The cost of the gate is exempt under section 43(2).
"""

_LETTERED = """You asked:

a) The number of cranes.
b) The names of the crane drivers.

Response

a) Six.
b) Withheld under section 40(2).
"""

_TAIL_ALONE = """You asked: How many informants did Tarbrook Police pay in 2021?

Response

Tarbrook Police paid 41 informants in 2021.
We neither confirm nor deny that any other information is held, by virtue of section 23(5).
"""

_FORMAT = """You asked: How many crime reports of 2022 mention a hedgehog?

Response

This is not held in an easily retrievable format.
"""

_GOODWILL_FIRST = """You asked: Please send all the emails about the bypass, and its cost.

Response

By way of help we tell you something outside the duty of the Act. The total was £12,300.
To find and read the emails would exceed the appropriate limit, and under section 12(1) the request is refused.
"""

_COST_BEFORE_THE_LABELS = """You asked:

1. Every message about the bypass since 2015.
2. The policy on bypasses.

Response

To find the messages would exceed the appropriate limit and section 12(1) applies.

2. The policy is attached.
"""

_BARE_NUMBER = """You asked:

1. The hours of the night patrol.

Response

1. Not disclosed, 31(1)(a).
"""

_SCOTTISH_EXEMPTION = """Freedom of Information (Scotland) Act 2002

You asked: Who keeps the otters of Glenarrow?

Response

The name of the keeper is exempt under section 38(1)(b) and is withheld.
"""

LETTERS = {
    "cost before the labels refuses what no label answers": (
        _COST_BEFORE_THE_LABELS,
        [("1", "refused", "s12(1)"), ("2", "disclosed", "")],
        "partly",
    ),
    "an exemption by its number alone": (_BARE_NUMBER, [("1", "refused", "s31(1)(a)")], "refused"),
    "a bare section of a Scottish letter": (_SCOTTISH_EXEMPTION, [(None, "refused", "foisa38(1)(b)")], "refused"),
    "cost at one question bars the others": (
        _BAR_AT_ONE,
        [("1", "refused", "s12(1)"), ("2", "refused", "s12(1)")],
        "refused",
    ),
    "bullets are counted without the story before them": (
        _BULLETS_AFTER_A_STORY,
        [(None, "unknown", ""), (None, "disclosed", ""), (None, "refused", "s40(2)")],
        "partly",
    ),
    "an earlier letter below is another letter": (_THREAD_BELOW, [(None, "disclosed", "")], "disclosed"),
    "small letters label": (_LETTERED, [("a", "disclosed", ""), ("b", "refused", "s40(2)")], "partly"),
    "a tail after an answer without a label": (_TAIL_ALONE, [(None, "disclosed", "")], "disclosed"),
    "no retrievable format without a section": (_FORMAT, [(None, "refused", "")], "refused"),
    "goodwill before the refusal": (_GOODWILL_FIRST, [(None, "refused", "s12(1)")], "refused"),
    "each question is quoted and answered": (
        _QUOTE_THEN_ANSWER,
        [(None, "disclosed", ""), (None, "refused", "s40(2)")],
        "partly",
    ),
    "request 1 is answered by answer 1": (_PAIRS, [("1", "disclosed", ""), ("2", "not_held", "")], "partly"),
    "a list and a range of labels": (
        _LIST_AND_RANGE,
        [
            ("1", "refused", "s31(1)(a) s31(1)(b)"),
            ("2", "disclosed", ""),
            ("3", "refused", "s31(1)(a) s31(1)(b)"),
            ("4", "disclosed", ""),
            ("5", "disclosed", ""),
        ],
        "partly",
    ),
    "the remaining questions are those not yet named": (
        _REMAINING,
        [("1", "disclosed", ""), ("2", "refused", "s40(2)"), ("3", "disclosed", "")],
        "partly",
    ),
    "bullets are answered by their position": (
        _BULLETS,
        [(None, "disclosed", ""), (None, "disclosed", ""), (None, "not_held", "")],
        "partly",
    ),
    "one decision answers every question": (
        _ONE_DECISION,
        [("1", "refused", "s31(1)(b)"), ("2", "refused", "s31(1)(b)")],
        "refused",
    ),
    "a refusal notice alone binds nothing": (_S17_ALONE, [("1", "unknown", ""), ("2", "unknown", "")], "partly"),
    "no retrievable format is a matter of cost": (_RETRIEVABLE, [(None, "refused", "s12(1)")], "refused"),
    "Scottish section 17 says not held": (_SCOTTISH, [(None, "not_held", "foisa17")], "not_held"),
    "an extension of time decides nothing": (_EXTENDED, [(None, "no_decision", "")], "no_decision"),
    "the authority asks what is meant": (_CLARIFY, [(None, "clarification", "")], "clarification"),
    "cost refuses the whole request whatever is given besides": (
        _COST_GOODWILL,
        [("1", "refused", "s12(1)"), ("2", "refused", "s12(1)")],
        "refused",
    ),
    "neither confirming any other information leaves the answer": (_NCND_TAIL, [("1", "disclosed", "")], "disclosed"),
    "one question is neither confirmed nor denied": (
        _NCND,
        [("1", "disclosed", ""), ("2", "ncnd", "s30(3)")],
        "partly",
    ),
    "the request stands below the reply": (_UNDER, [("1", "disclosed", ""), ("2", "not_held", "")], "partly"),
    "page furniture is left out": (_CHROME, [(None, "disclosed", "")], "disclosed"),
    "a statute annex is never applied": (_ANNEX, [(None, "disclosed", "")], "disclosed"),
    "one sentence asks two things and the reply answers in turn": (
        _PROSE,
        [(None, "disclosed", ""), (None, "not_held", "")],
        "partly",
    ),
    "an answer points to an earlier one": (
        _SAME_REASON,
        [("1", "refused", "s31(1)(a)"), ("2", "refused", "s31(1)(a)")],
        "refused",
    ),
    "publication is intended": (_FUTURE, [("1", "future_publication", "s22(1)")], "future_publication"),
    "a link under section 21": (_LINKED, [("1", "already_accessible", "s21(1)"), ("2", "disclosed", "")], "partly"),
    "a vexatious request is refused whole": (
        _VEXATIOUS,
        [("1", "refused", "s14(1)"), ("2", "refused", "s14(1)")],
        "refused",
    ),
    "environmental regulations keep their prefix": (
        _EIR,
        [("1", "disclosed", ""), ("2", "refused", "eir12(5)(f)")],
        "partly",
    ),
}


@pytest.mark.parametrize(("text", "rows", "outcome"), LETTERS.values(), ids=LETTERS)
def test_each_question_gets_its_own_outcome_and_provisions(
    text: str, rows: list[tuple[str | None, str, str]], outcome: str
) -> None:
    """Label, outcome and applied provisions of every question are those the letter gives, in its order."""
    reply = _read(text)
    assert _rows(reply) == rows
    assert reply.outcome == outcome


def test_questions_are_numbered_from_one_without_a_gap() -> None:
    """Ordinals run 1..n whatever the labels are."""
    assert [q.ordinal for q in _read(_LIST_AND_RANGE).questions] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        pytest.param(_LIST_AND_RANGE, Binding.STATED, id="a label binds"),
        pytest.param(_QUOTE_THEN_ANSWER, Binding.STATED, id="a quotation binds"),
        pytest.param(_ONE_DECISION, Binding.INFERRED, id="one decision for all is inferred"),
        pytest.param(_VEXATIOUS, Binding.INFERRED, id="a bar on the whole request is inferred"),
        pytest.param(_UNBOUND_LIST, Binding.UNKNOWN, id="a list of exemptions binds nothing"),
        pytest.param(_S17_ALONE, Binding.UNKNOWN, id="a refusal notice binds nothing"),
    ],
)
def test_binding_says_how_surely_an_outcome_belongs_to_its_question(text: str, binding: Binding) -> None:
    """Stated by label or quotation, inferred from one decision for all, else unknown."""
    assert {q.binding for q in _read(text).questions} == {binding}


def test_an_exemption_list_without_labels_leaves_every_question_unknown() -> None:
    """What a letter does not bind is never guessed into a disclosure; the letter itself is partly answered."""
    reply = _read(_UNBOUND_LIST)
    assert [q.outcome for q in reply.questions] == [Outcome.UNKNOWN] * 3
    assert reply.outcome is Outcome.PARTLY


def test_an_acknowledgement_decides_nothing() -> None:
    """A letter that only says the request has arrived is kept apart from decisions."""
    reply = _read(_ACKNOWLEDGED)
    assert reply.outcome is Outcome.NO_DECISION
    assert not any(q.provisions for q in reply.questions)


def test_an_acknowledgement_without_a_number_decides_nothing() -> None:
    """Courtesy alone is enough to know that nothing was decided."""
    reply = _read("Dear Applicant\n\nThank you for your request. We hope to send you our response by 2 July 2024.\n")
    assert reply.outcome is Outcome.NO_DECISION


def test_a_lost_request_is_flagged_and_its_decision_kept() -> None:
    """Where the page announces the request and prints none, the decision stands alone."""
    reply = _read(_LOST)
    assert reply.flags == ("request_lost",)
    assert (reply.outcome, [str(p) for q in reply.questions for p in q.provisions]) == (Outcome.REFUSED, ["s43(2)"])


def test_the_request_known_apart_is_used_where_the_reply_does_not_repeat_it() -> None:
    """A letter that only numbers its answers is read against the request it came with."""
    reply = _read(
        "Dear Applicant\n\n1. There are 14.\n2. Withheld under section 40(2).\n\nYours sincerely\nDesk",
        request="1. How many falconers are licensed?\n2. What are their names?",
    )
    assert [(q.text, q.outcome.value) for q in reply.questions] == [
        ("How many falconers are licensed?", "disclosed"),
        ("What are their names?", "refused"),
    ]


def test_no_page_furniture_reaches_a_question_or_an_answer() -> None:
    """Cookie lines, trails and feedback questions are no words of the reply."""
    reply = _read(_CHROME)
    words = " ".join([reply.request, *(f"{q.text} {q.answer} {q.evidence}" for q in reply.questions)]).lower()
    assert not any(word in words for word in ("cookie", "skip to", "escape", "helpful"))
    assert reply.published is True


def test_statutes_quoted_in_an_annex_are_named_nowhere_as_applied() -> None:
    """The annex that every letter carries applies nothing."""
    assert [p for q in _read(_ANNEX).questions for p in q.provisions] == []


def test_provisions_of_a_neither_confirm_tail_are_only_mentioned() -> None:
    """What is neither confirmed nor denied besides the question belongs to no question."""
    reply = _read(_NCND_TAIL)
    assert [str(p) for p in reply.mentioned] == ["s23(5)"]


def test_a_neither_confirm_tail_does_not_decide_a_letter() -> None:
    """Where the request is not repeated, what is given decides and not the tail."""
    reply = _read(
        "Reference TB-0001-22\n\nThe figures are in the attached table.\n\n"
        "We neither confirm nor deny that any other information is held.\n"
    )
    assert reply.outcome is Outcome.DISCLOSED


@pytest.mark.parametrize("text", [letter for letter, _, _ in LETTERS.values()], ids=list(LETTERS))
def test_evidence_is_in_the_letter(text: str) -> None:
    """The deciding sentence is quoted, not composed, white space aside."""
    whole = " ".join(text.split())
    assert all(q.evidence in whole for q in _read(text).questions)


_FRAGMENTS = st.sampled_from(
    [
        "1. ", "a) ", "(ii) ", "Q3: ", "- ", "> ", "\n", "\n\n", "\u2028", "You asked:\n", "Response\n", "Decision\n",
        "How many goats are kept? ", "Question 2 ", "Questions 1-3 and 7(a) ", "section 31(1)(a)(b) ", "s.40(2) ",
        "We do not hold this. ", "It is exempt. ", "the remaining questions ", "Please see the attached table. ",
        "On 31/02/2024 ", "Yours sincerely\n", "01/FOI/24/000001", "neither confirm nor deny ",
        "£5 ", "(1) ", "\x00", "“", '"',
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_FRAGMENTS, max_size=30).map("".join)))
def test_any_text_is_read_without_an_error(text: str) -> None:
    """A batch never stops at one letter: ordinals are 1..n and evidence is quoted, whatever the text."""
    reply = _read(text)
    assert [q.ordinal for q in reply.questions] == list(range(1, len(reply.questions) + 1))
    whole = " ".join(text.split())
    assert all(" ".join(q.evidence.split()) in whole for q in reply.questions)
    assert reply.text == text


@settings(max_examples=60, deadline=None)
@given(st.lists(_FRAGMENTS, max_size=20).map("".join), st.lists(_FRAGMENTS, max_size=10).map("".join))
def test_any_text_is_read_with_any_request(text: str, request: str) -> None:
    """The request known apart may be anything too."""
    reply = _read(text, request=request)
    assert [q.ordinal for q in reply.questions] == list(range(1, len(reply.questions) + 1))


@pytest.mark.skipif(not _SEEDS, reason="no seed pages beside this checkout")
def test_the_seed_page_is_read_question_by_question() -> None:
    """A real disclosure page: a refusal at limb level, a pointer and a disclosure; s.17 is only mentioned."""
    reply = _read(_SEEDS[0].read_text(encoding="utf-8"))
    assert _rows(reply) == [
        ("A", "refused", "s31(1)(a) s31(1)(b)"),
        ("B", "already_accessible", ""),
        ("C", "disclosed", ""),
    ]
    assert {q.binding for q in reply.questions} == {Binding.STATED}
    assert [str(p) for p in reply.mentioned] == ["s17"]
    assert (reply.authority, reply.outcome, reply.responded, reply.published) == (
        "Metropolitan Police Service",
        Outcome.PARTLY,
        None,
        True,
    )
    assert "cookie" not in " ".join(f"{q.text} {q.answer}" for q in reply.questions).lower()
