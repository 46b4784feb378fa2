"""Read what offices write in their own ways: labels gone wrong, reasons apart, words that only look decisive.

Every letter is invented, one rule each; so are the authorities, their references and their figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from triage.citations import find_citations
from triage.read import read_disclosure
from triage.read.cues import Cue, Statement, find_cues
from triage.schema import Binding, Disclosure, Outcome, Question, Request, Role, Source
from triage.split import split_request

_CLOSE = "\n\nYours sincerely\nInformation Office\nFennmoor Council"
_BELLS = "You asked:\n1. How many bells were rung?\n2. What was spent on ropes?\n\nOur response\n\n"
_THREE = (
    "You asked:\n1. How many lamps were mended in 2023?\n2. Who mends the lamps?\n3. The plan of the lamps\n\n"
    "Our response\n\n"
)
_PRICE = "You asked:\n1. How many lamps were mended?\n2. The price that was paid for each lamp\n\nOur response\n\n"


def _split(text: str, received: dt.date | None) -> Sequence[Question]:
    return split_request(Request("", text, received)).questions


def _read(text: str, request: str | None = None) -> Disclosure:
    return read_disclosure(Source("reply.txt", "0" * 64, "txt", text + _CLOSE), split=_split, request=request)


def _rows(reply: Disclosure) -> list[str]:
    return [" ".join([q.label or "-", q.outcome.value, *map(str, q.provisions)]) for q in reply.questions]


LABELS = {
    "a range with a second Q": (
        "You asked:\nQ1. Lamps mended\nQ2. Lamps stolen\nQ3. Cost of mending\nQ4. Streets without a lamp\n\nOur "
        "response\n\n"
        "Q1-Q3: 4,117 lamps, 61 of them stolen; £20,400.\n\nQ4: This is not held.",
        ["1 disclosed", "2 disclosed", "3 disclosed", "4 not_held"],
    ),
    "two ordinals at once": (
        _BELLS + "With respect to your first and second questions, no record of either is held.",
        ["1 not_held", "2 not_held"],
    ),
    "paragraphs of a document are no questions": (
        _THREE + "1. 4,117.\n\n2. Brackwater Lighting Ltd.\n\n"
        "3. It is attached. Paragraphs 1.2 to 2.9 of the plan are exempt under section 43(2) of the Act.",
        ["1 disclosed", "2 disclosed", "3 partly s43(2)"],
    ),
    "quarters of a year are no questions": (
        _THREE
        + "1. 2023: Q1 118, Q2 144, Q3 131, Q4 160.\n\n2. Exempt under section 43(2) of the Act.\n\n3. This is not "
        "held.",
        ["1 disclosed", "2 refused s43(2)", "3 not_held"],
    ),
    "columns that answer several": (
        "You asked:\n1. Bells rung by month\n2. Money spent on ropes by month\n\nOur response\n\n"
        "Month | Bells rung | Spent on ropes\nMay | 14 | £20\nJune | 15 | £25",
        ["1 disclosed", "2 disclosed"],
    ),
    "every answer numbered 1": (
        _THREE + "1. 4,117.\n\n1. This is exempt under section 43(2) of the Act.\n\n1. No plan is held.",
        ["1 disclosed", "2 refused s43(2)", "3 not_held"],
    ),
    "numbers that begin again": (
        "You asked:\n\nBells\n1. How many bells are there?\n2. Who rings the bells?\n\nRopes\n1. How many ropes are "
        "there?\n"
        "2. Who sold the ropes?\n\nOur response\n\nBELLS\n\n1. Seven.\n\n2. Exempt under section 40(2) of the "
        "Act.\n\nROPES\n\n"
        "1. Nine.\n\n2. Exempt under section 43(2) of the Act.",
        ["1 disclosed", "2 refused s40(2)", "1 disclosed", "2 refused s43(2)"],
    ),
    "letters in brackets behind a blank": (
        "You asked:\n(a) Bells rung\n(b) Bells cracked\n(c) Bells sold\n\nOur response\n\n(a) 17\n(b) 3\n(c) None",
        ["a disclosed", "b disclosed", "c disclosed"],
    ),
}


@pytest.mark.parametrize("name", LABELS)
def test_a_label_gone_wrong_still_finds_its_question(name: str) -> None:
    """What counts something else is no label, and a label that repeats means the next question."""
    text, rows = LABELS[name]
    assert _rows(_read(text)) == rows


POINTERS = {
    "by a bare number": (
        _THREE + "1. Exempt under section 31(1)(a) of the Act.\n\n2. Brackwater Lighting Ltd.\n\n3. As for 1.",
        ["1 refused s31(1)(a)", "2 disclosed", "3 refused s31(1)(a)"],
    ),
    "by a bare number above": (
        _THREE + "1. Exempt under section 31(1)(a) of the Act.\n\n2. Brackwater Lighting Ltd.\n\n3. As 1 above",
        ["1 refused s31(1)(a)", "2 disclosed", "3 refused s31(1)(a)"],
    ),
    "to one that points on": (
        _THREE
        + "1. Exempt under section 31(1)(a) of the Act.\n\n2. See the answer to question 1.\n\n3. As question 2.",
        ["1 refused s31(1)(a)", "2 refused s31(1)(a)", "3 refused s31(1)(a)"],
    ),
    "behind the word response": (
        "Q1 How many lamps were mended?\n\nResponse: This is published on our website at www.fennmoor.example/lamps "
        "and is "
        "exempt under section 21.\n\nQ2 What did it cost?\n\nResponse: As Q1. See Table 9 of it.",
        ["1 already_accessible s21", "2 already_accessible s21"],
    ),
    "to the exemptions above, with one of its own": (
        _THREE + "1. Exempt under section 31(1)(a) of the Act.\n\n2. Brackwater Lighting Ltd.\n\n"
        "3. I attach the plan. Streets are blacked out under the same exemption as above. "
        "The draughtsman's name has been removed under section 40(2).",
        ["1 refused s31(1)(a)", "2 disclosed", "3 partly s31(1)(a) s40(2)"],
    ),
    "for a reason set out elsewhere": (
        _BELLS + "1. The number is exempt under section 38(1)(b) of the Act.\n\n"
        "2. For the reason set out at Q1 we do not give the sum; section 38(1)(b) applies.",
        ["1 refused s38(1)(b)", "2 refused s38(1)(b)"],
    ),
}


@pytest.mark.parametrize("name", POINTERS)
def test_an_answer_that_points_to_another_takes_what_was_decided_there(name: str) -> None:
    """Outcome and provisions come from the answer pointed to, however it is named."""
    text, rows = POINTERS[name]
    assert _rows(_read(text)) == rows


APART = {
    "headings whose blocks name the questions": (
        _PRICE + "1. Exempt, see below.\n\n2. Exempt, see below.\n\nReasons\n\nSection 31(1)(a) Law enforcement\n"
        "Thieves would gain from it (points 1 and 2).\n\nSection 43(2) Commercial interests\nRivals would "
        "gain from it "
        "(point 2).",
        ["1 refused s31(1)(a)", "2 refused s31(1)(a) s43(2)"],
    ),
    "a heading whose block tells of the question": (
        _PRICE + "1. 4,117.\n\n2. Exempt, see below.\n\nReasons\n\nSection 40(2) Personal information\nNobody is named "
        "here.\n\n"
        "Section 43(2) Commercial interests\nThe price of each lamp would tell rivals how the work is done.",
        ["1 disclosed", "2 refused s43(2)"],
    ),
    "see the refusal notice": (
        _PRICE + "1. The number is exempt under section 31(1)(a) of the Act - see refusal notice below\n\n"
        "2. The price is exempt under section 43(2) of the Act - see refusal notice below\n\nRefusal notice\n\nSome "
        "would gain.",
        ["1 refused s31(1)(a)", "2 refused s43(2)"],
    ),
    "what kind of exemption was applied": (
        _PRICE + "1. This is withheld under section 31(1)(a) of the Act.\n\n2. The invoices are attached.\n\n"
        "Section 31 is a prejudice based, qualified exemption. The public interest in maintaining it outweighs the "
        "other.",
        ["1 refused s31(1)(a)", "2 disclosed"],
    ),
    "section 21 said once for all": (
        _PRICE
        + "1. See page 3 of the annual report on our website.\n\n2. See page 4 of the annual report on our website.\n\n"
        "General\n\nAs all of it is accessible to you it is exempt under section 21 of the Act.",
        ["1 already_accessible s21", "2 already_accessible s21"],
    ),
    "a part of the letter about what is withheld": (
        "You asked:\n1. The names of ringers\n2. How many bells were rung?\n\nWhat we are able to give you\n\n"
        "Question 2. 412.\n\nWhat we are not able to give you\n\nQuestion 1. These are exempt under section 40(2) of "
        "the Act.",
        ["1 refused s40(2)", "2 disclosed"],
    ),
    "a notice that the section on cost opens": (
        "You asked:\n(a) Lamps mended\n(b) Lamps mended by night\n(c) Who reported each lamp\n\nOur response\n\n"
        "I am not obliged to supply the information you have requested.\n\nSection 12(1) of the Act provides that an "
        "authority "
        "need not comply with a request where to do so would exceed the appropriate limit. For a council that limit "
        "is £450.\n\n"
        "Point (a) can be had by a search. There are 11,842 sheets, at four minutes each.",
        ["a refused s12(1)", "b refused s12(1)", "c refused s12(1)"],
    ),
    "Scottish section 18 with what stands behind it": (
        "Freedom of Information (Scotland) Act 2002\n\n"
        + _BELLS
        + "1. 412\n\n2. In terms of section 18 of the Act I neither "
        "confirm nor deny that this is held. If it were, it would be exempt under section 34(1)(b).",
        ["1 disclosed", "2 ncnd foisa18 foisa34(1)(b)"],
    ),
}


@pytest.mark.parametrize("name", APART)
def test_reasons_that_stand_apart_reach_the_answer_they_are_about(name: str) -> None:
    """A provision further down completes the refusal further up, and leaves the other answers alone."""
    text, rows = APART[name]
    assert _rows(_read(text)) == rows


LOOKS_DECISIVE = {
    "people who were refused something": (
        "1. 412. An appeal that was refused a hearing is not counted.\n\n2. £1,950.",
        ["1 disclosed", "2 disclosed"],
    ),
    "people who were engaged": ("1. 412\n\n2. £0. No consultants have been engaged.", ["1 disclosed", "2 disclosed"]),
    "where the rest went": (
        "1. 412. The remainder were returned to their owners.\n\n2. £1,950.",
        ["1 disclosed", "2 disclosed"],
    ),
    "where answers are published": (
        "1. 412\n\n2. Ropes were bought twice, for £1,950.\n\nThe Council publishes responses, without names, at "
        "www.fennmoor.example/foi/log",
        ["1 disclosed", "2 disclosed"],
    ),
    "a section that would have mattered": (
        "1. 412\n\n2. We have searched and found no such record. Had we done so section 27(1)(a) might well have "
        "been in point.",
        ["1 disclosed", "2 not_held"],
    ),
    "a section that would have had to be considered": (
        "1. 412\n\n2. Exempt under section 44(1)(a) of the Act. But for this, we would have had to consider section "
        "43(2).",
        ["1 disclosed", "2 refused s44(1)(a)"],
    ),
    "a section that might be in point": (
        "1. 412\n\n2. Exempt under section 44(1)(a) of the Act. Section 43(2) might be in point too.",
        ["1 disclosed", "2 refused s44(1)(a)"],
    ),
    "a figure with a place to read more": (
        "1. 412\n\n2. £1,950\nMore is published on our website at www.fennmoor.example/ropes",
        ["1 disclosed", "2 disclosed"],
    ),
    "a number that names an answer": (
        "1. Exempt under section 31(1)(a) of the Act.\n\n2. As 1 above\n\nSection 31(1)(a) - crime (questions 1 and "
        "2)\n"
        "Ropes have been stolen.",
        ["1 refused s31(1)(a)", "2 refused s31(1)(a)"],
    ),
    "a format that does not allow it": (
        "1. 412\n\n2. Sums are not in a format that allows them to be retrieved.",
        ["1 disclosed", "2 refused"],
    ),
    "a section named at the time": (
        "1. 412\n\n2. Exempt under section 43(2) of the Act. Section 12 was mentioned at the time.",
        ["1 disclosed", "2 refused s43(2)"],
    ),
    "a section thought of and dropped": (
        "1. 412. I did ask myself whether I ought to tell you so, having regard to section 31, but it would be "
        "absurd to "
        "make a mystery of it.\n\n2. £1,950.",
        ["1 disclosed", "2 disclosed"],
    ),
    "what happens if some of it is exempt": (
        "1. 412\n\n2. £1,950.\n\nIf some of it is not held or is exempt we will explain why.",
        ["1 disclosed", "2 disclosed"],
    ),
    "part of a list": (
        "1. We hold four papers, of which the one in part (ii) is the longest. They are exempt under section "
        "35(1)(a).\n\n"
        "2. £1,950.",
        ["1 refused s35(1)(a)", "2 disclosed"],
    ),
    "names that are left in": (
        "1. 412\n\n2. Sums of the Council's own are left in the annex. Those of others are exempt under section "
        "43(2) of the Act.",
        ["1 disclosed", "2 partly s43(2)"],
    ),
    "one part given and the other to come": (
        "1. 412\n\n2. Sums to 2024 are attached. Those of 2025 will be published in May and are exempt under section "
        "22(1).",
        ["1 disclosed", "2 partly s22(1)"],
    ),
    "a letterhead with its date": (
        "1. 412\n\n2. On 1 July 2024 bids were opened. The sum is exempt under section 43(2) of the Act.",
        ["1 disclosed", "2 refused s43(2)"],
    ),
}


@pytest.mark.parametrize("name", LOOKS_DECISIVE)
def test_words_that_only_look_decisive_decide_nothing(name: str) -> None:
    """Each sentence resembles a refusal, a grant or a place of publication, and is none."""
    text, rows = LOOKS_DECISIVE[name]
    assert _rows(_read(_BELLS + text)) == rows


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ("Please send me the offers received for the tower", "refused"),
        ("All correspondence about the tower", "refused"),
        ("The names of those who bid for the tower", "refused"),
        ("The number of letters about the tower, and what they say", "partly"),
    ],
)
def test_a_count_is_part_of_an_answer_only_where_it_was_asked_for(asked: str, outcome: str) -> None:
    """How many papers there are is not what somebody wants who asks for the papers."""
    reply = _read("Two have been received. They are exempt under section 43(2) of the Act.", asked)
    assert reply.outcome == outcome


def test_another_answers_bar_explains_no_refusal() -> None:
    """Section 12, applied to one question under Scottish law, is not the reason for what another withholds."""
    reply = _read(
        "Freedom of Information (Scotland) Act 2002\n\n"
        + _BELLS
        + "1. To count them would exceed the limit, so section 12(1) "
        "applies to this part.\n\n2. The sum is withheld."
    )
    assert _rows(reply) == ["1 refused foisa12(1)", "2 refused"]


def test_an_acknowledgement_that_repeats_the_request_decides_nothing() -> None:
    """Its banner is no question, and what may be exempt one day is not withheld."""
    reply = _read(
        "*** Please do not reply to this e-mail, the inbox is not read ***\n\nYour request has been received\n\n"
        "Thank you for contacting Fennmoor Council. This is what you asked:\n\nPlease send me:\n1. the number of "
        "bells\n"
        "2. the price of ropes\n\nWe will send you what you have asked for, or explain why we can't. Sometimes an "
        "exemption "
        "means that information has to be withheld.\n\nDid you know that many answers are already published on our "
        "website?",
        "Please send me:\n1. the number of bells\n2. the price of ropes",
    )
    assert reply.outcome is Outcome.NO_DECISION
    assert [q.text for q in reply.questions] == ["the number of bells", "the price of ropes"]


def test_as_many_paragraphs_as_questions_answer_them_in_order() -> None:
    """Most paragraphs repeat words of the question at their place; the others then stand at theirs too."""
    request = (
        "1. How many bells has the tower?\n2. What are ringers paid?\n3. Complaints about noise\n4. Who may climb up?"
    )
    reply = _read(
        "Dear Mx Example\n\nThe tower has seven bells.\n\nRingers are paid £14 a Sunday.\n\nWe had 31.\n\n"
        "Anybody climbs up, at £2 a head.",
        request,
    )
    assert [q.outcome.value for q in reply.questions] == ["disclosed"] * 4
    assert {q.binding for q in reply.questions} == {Binding.INFERRED}
    assert "31" in reply.questions[2].answer


def test_a_count_in_words_is_the_evidence_of_a_count() -> None:
    """The sentence that counts is quoted, not the date above it."""
    reply = _read(
        "Fennmoor and Upper Ostley Fire and Rescue Service\nInformation Governance\nOur ref 2099/FR/0093\n2 March "
        "2099\n\nDear Mx Example\n\nThe "
        "Service flies three aircraft.\n\n"
        "Fourteen pilots are qualified to fly them.",
        "How many aircraft does the service fly?\nHow many pilots are qualified?",
    )
    assert [q.evidence for q in reply.questions] == [
        "The Service flies three aircraft.",
        "Fourteen pilots are qualified to fly them.",
    ]


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("four ringers have been moved.", "2 partly s38(1)(b)"),
        ("ringers have been in and out of the tower ever since.", "2 refused s38(1)(b)"),
    ],
)
def test_words_that_turn_to_a_question_leave_a_count_its_place(said: str, row: str) -> None:
    """A number in words may begin the answer behind them; the number of the question is none."""
    reply = _read(
        "You asked:\n1. How many bells were rung?\n2. How many ringers have been moved, and where to?\n\nOur "
        "response\n\n"
        f"With regard to 1, 412 were rung.\n\nWith regard to 2, {said} To say where they are now would endanger "
        "them, so section 38(1)(b) of the Act applies."
    )
    assert _rows(reply) == ["1 disclosed", row]


def test_what_is_only_held_is_not_the_answer() -> None:
    """The sentence that tells which questions are covered stays out of the answers."""
    reply = _read(_BELLS + "Information is held in respect of points 1 and 2.\n\n1. 412\n\n2. £1,950.")
    assert [q.answer for q in reply.questions] == ["412", "£1,950."]


def test_what_is_kept_out_of_the_public_domain_is_not_in_it() -> None:
    """A refusal without a section is still one."""
    reply = _read(
        "I am not able to provide it. Placing it in the public domain would harm the bidders.",
        "I would like a copy of the business case for the tram.",
    )
    assert reply.outcome is Outcome.REFUSED


def test_what_would_follow_from_publication_publishes_nothing() -> None:
    """A refusal that speaks of the public domain is no pointer to a publication, nor does a large sum answer it."""
    reply = _read(
        "1 July 2099\n\nI am not able to provide the case. To place it in the public domain before the contract is "
        "signed would "
        "be likely to prejudice commercial interests, and section 43(2) of the Act is engaged. A scheme of £190 "
        "million "
        "should be open to scrutiny, which weighs in favour of release.",
        "I would like a copy of the business case for the tram.",
    )
    assert (reply.outcome, [str(p) for p in reply.questions[0].provisions]) == (Outcome.REFUSED, ["s43(2)"])


REACH = {
    "a ban on vexatious requests takes the whole, whatever its reasons name": (
        _BELLS + "Your request is vexatious and we refuse it under section 14(1) of the Act. You have asked about "
        "question 1 eleven times. As for question 2, you were told on 4 May that £20 was spent.",
        ["1 refused s14(1)", "2 refused s14(1)"],
    ),
    "a favour under the label of its question leaves it refused on cost": (
        _BELLS + "To answer your request would exceed the appropriate limit, so section 12(1) of the Act applies and "
        "it is refused.\n\nAs a gesture of goodwill we can offer the following outside the Act.\n\nQuestion "
        "2\n£1,950.",
        ["1 refused s12(1)", "2 refused s12(1)"],
    ),
    "as for its own question turns to it": (
        _BELLS + "1. The number is exempt under section 38(1)(b) of the Act.\n\nAs for question 2, £1,950 was spent.",
        ["1 refused s38(1)(b)", "2 disclosed"],
    ),
    "an explanation below belongs to the answer that announces it": (
        _THREE + "1. Exempt under section 31(1)(a), as explained below.\n\n2. Brackwater Lighting Ltd.\n\n3. Not held."
        "\n\nSection 31(1)(a) exempts what would be likely to prejudice the prevention or detection of crime. We "
        "withhold it because thieves would use it.",
        ["1 refused s31(1)(a)", "2 disclosed", "3 not_held"],
    ),
    "questions in the same words are answered in turn": (
        "You asked:\n1. Supplier of the bells\n2. Contract end date\n3. Supplier of the ropes\n4. Contract end date"
        "\n\nOur response\n\nSupplier of the bells\nBrackwater Ltd\n\nContract end date\n1 May 2098\n\n"
        "Supplier of the ropes\nWithheld under section 43(2).\n\nContract end date\nNot held.",
        ["1 disclosed", "2 disclosed", "3 refused s43(2)", "4 not_held"],
    ),
    "a subject with its question in brackets": (
        _THREE
        + "The plan of the lamps (your question 3) is attached.\n\nThe firm (question 2) is exempt under section "
        "43(2).\n\nThe number (question 1) is not held.",
        ["1 not_held", "2 refused s43(2)", "3 disclosed"],
    ),
    "paragraphs redacted are those of the document": (
        _THREE
        + "1. 4,117.\n\n2. Brackwater Lighting Ltd.\n\n3. The plan is attached, with paragraphs 1 and 2 redacted "
        "under section 43(2).",
        ["1 disclosed", "2 disclosed", "3 partly s43(2)"],
    ),
    "a condition that begins with where asks nothing": (
        "1. How many lamps were mended in 2023?\n4,117.\n2. Who mends the lamps?\nExempt under section 43(2) "
        "of the Act."
        "\n3. The plan of the lamps\nWhere the plan is in draft we do not hold it.",
        ["1 disclosed", "2 refused s43(2)"],
    ),
    "names and figures are not names alone": (
        "You asked:\n1. Names and salaries of the ringers\n2. What was spent on ropes?\n\nOur response\n\n1. "
        "The four "
        "ringers earn £4,200 each. Their names are exempt under section 40(2).\n\n2. £4",
        ["1 partly s40(2)", "2 disclosed"],
    ),
    "a notice under section 16 of the Scottish Act is part of its answer": (
        _BELLS
        + "1. 412.\n\n2.\nSection 16 notice: we refuse this under section 33(1)(b) of the Freedom of Information "
        "(Scotland) Act 2002.",
        ["1 disclosed", "2 refused foisa33(1)(b)"],
    ),
    "a number of things is no question": (
        _THREE
        + "1. 4,117.\n\n2. Brackwater Ltd.\n\nFor the three lamps in the yard we hold no count.\n\n3. Exempt under "
        "section 43(2).",
        ["1 disclosed", "2 not_held", "3 refused s43(2)"],
    ),
    "reasons at another answer": (
        _BELLS + "1. The number is exempt under section 38(1)(b) of the Act.\n\n2. Withheld, reasons at question 1.",
        ["1 refused s38(1)(b)", "2 refused s38(1)(b)"],
    ),
    "how to complain is no part of an answer": (
        "You asked:\nHow many times was the ringer warned about the bells?\nWhat did the vicar write to him?\n\nOur "
        "response\n\nUnder section 40(5B)(a)(i) of the Act we neither confirm nor deny that we hold the information."
        "\n\nPlease see overleaf for how to complain.",
        ["- ncnd s40(5B)(a)(i)", "- ncnd s40(5B)(a)(i)"],
    ),
}


@pytest.mark.parametrize("name", REACH)
def test_what_is_said_reaches_its_questions_and_no_others(name: str) -> None:
    """A decision, its explanation and a favour each belong to what they are said of."""
    text, rows = REACH[name]
    assert _rows(_read(text)) == rows


@pytest.mark.parametrize(
    ("said", "cue"),
    [
        ("This letter does not say that a record of it is or is not held.", Cue.NOT_HELD),
        ("We have seen that prices of this kind have been published by other councils.", Cue.ACCESSIBLE),
    ],
)
def test_what_is_left_open_or_done_by_others_decides_nothing(said: str, cue: Cue) -> None:
    """To leave it open whether something is held, or to say what others publish, is no answer."""
    assert cue not in find_cues(Statement(0, len(said), said))


@pytest.mark.parametrize(
    "said",
    [
        "I considered whether a redacted copy could be sent. The whole report is exempt under section 42(1) "
        "of the Act.",
        "The report is exempt under section 42(1) of the Act. Your complaint is upheld in part, as the reply "
        "was late, "
        "but the outcome is unchanged.",
    ],
)
def test_a_refusal_that_speaks_of_parts_is_whole(said: str) -> None:
    """A redacted copy that was thought of was not sent, and a complaint upheld in part may change nothing."""
    reply = _read(f"Internal review\n\n{said}", "Please send the report on the bells.")
    assert _rows(reply) == ["- refused s42(1)"]


def test_a_provision_at_the_head_of_its_paragraph_may_fall_below() -> None:
    """A review that takes an exemption as a heading and rejects it beneath does not apply it."""
    reply = _read(
        "INTERNAL REVIEW\n\nSection 38(1)(a). I have found no evidence of harm and I do not uphold the use of this "
        "exemption.\n\nSection 43(2). The ropes are bought at auction, so this exemption is upheld and the report is "
        "withheld.",
        "Please send the report on the bells.",
    )
    assert _rows(reply) == ["- refused s43(2)"]


def test_a_recital_below_the_request_is_not_the_decision() -> None:
    """A review tells of the first decision by question before it decides itself."""
    reply = _read(
        "Fennmoor Council\nInternal review of FM/2099/12\n\nYour request\n\n1. How many bells were rung?\n2. "
        "What was "
        "spent on ropes?\n\nThe first decision\n\nQuestion 1 was refused under section 31(1)(a). Question 2 "
        "was refused "
        "under section 43(2).\n\nThis review\n\nQuestion 1: 412.\n\nQuestion 2: section 43(2) is upheld and "
        "the sum is "
        "withheld."
    )
    assert _rows(reply) == ["1 disclosed", "2 refused s43(2)"]


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        ("Questions 1 and 2 are withheld. Section 43(2) applies.", "Questions 1 and 2 are withheld."),
        ("1. is withheld under section 43(2).\n\n2. is not held.", "is withheld under section 43(2)."),
    ],
)
def test_evidence_names_what_it_is_said_of(said: str, evidence: str) -> None:
    """The words that name the questions are quoted with what is said of them; a bare number is not."""
    assert _read(_BELLS + said).questions[0].evidence == evidence


def test_a_heading_that_names_its_questions_is_no_answer() -> None:
    """The words below "Response to question 2" are its answer, not the heading."""
    reply = _read(
        _BELLS
        + "Response to question 1\n\n412 were rung.\n\nResponse to question 2\n\nThe sum is refused, section 43(2) "
        "refers."
    )
    assert [q.answer for q in reply.questions] == ["412 were rung.", "The sum is refused, section 43(2) refers."]


NOTES = {
    "in square brackets below lettered answers": (
        "You asked:\nA) The log of the bells\nB) The price of the ropes\nC) The ringers' names\n\nOur "
        "response\n\nA) - "
        "Refused. [1]\nB) - Enclosed.\nC) - Withheld. [2]\n\nNotes\n\n[1] Section 43(2). The log is "
        "sold.\n\n[2] Section "
        "40(2), personal data.",
        ["A refused s43(2)", "B disclosed", "C refused s40(2)"],
    ),
    "by letters below numbered answers": (
        _BELLS
        + "1. This is withheld, see note A.\n\n2. £1,950. The ringers' names are removed, see note B.\n\nNotes\n\n"
        "A. Section 38(1)(b). Thieves follow the bells.\n\nB. Section 40(2).",
        ["1 refused s38(1)(b)", "2 partly s40(2)"],
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_notes_belong_to_the_answers_that_point_to_them(name: str) -> None:
    """A note is no answer of its own, whatever its mark."""
    text, rows = NOTES[name]
    assert _rows(_read(text)) == rows


WHOLE = {
    "a refusal on cost outlives the questions it reckons with": (
        "Your request is set out in the appendix. To answer it would exceed the appropriate limit of £450. To "
        "read one file takes 40 "
        "minutes, and that "
        "makes 174 hours for question (b) alone. Section 12(1) of the Act therefore applies. It is not "
        "possible to answer "
        "some questions and refuse others. If you asked for one year, questions (a) and (c) could be "
        "answered. Though we "
        "are not obliged to, I can tell you as a gesture of goodwill that there were 634.",
        ["a refused s12(1)", "b refused s12(1)", "c refused s12(1)"],
    ),
    "a ban outlives the help that is offered beside it": (
        "Section 14(1) of the Freedom of Information Act provides that an authority is not obliged to comply with a "
        "vexatious request. We refuse to comply with it.\n\nAs to question (c), a form for your own data is "
        "attached.",
        ["a refused s14(1)", "b refused s14(1)", "c refused s14(1)"],
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_bars_the_whole_bars_each_question(name: str) -> None:
    """Reasons, help and favours that name a question answer none of them."""
    text, rows = WHOLE[name]
    request = "a) How many bells were rung?\nb) Who rang them?\nc) What is held about me?"
    assert _rows(_read(text, request)) == rows


REVIEWED = {
    "what was relied on is withdrawn": (
        "Q1\n\nThe original reply relied on section 43(2). You are right. The exemption is withdrawn and the "
        "rates are "
        "enclosed.\n\nQ2\n\nThe Trust withheld all reports under section 41 and section 40(2). I do not "
        "uphold the use "
        "of section 41. I do uphold section 40(2).",
        ["1 disclosed", "2 refused s40(2)"],
    ),
    "what was said is upheld": (
        "Question 1\n\nOriginal answer\nSection 31(3), section 24(2).\n\nReviewer's answer\nUpheld in full, "
        "and I would "
        "add section 23(5).\n\nQuestion 2\n\nOriginal answer\nSection 31(1)(a).\n\nReviewer's answer\nOverturned. It "
        "was 2.",
        ["1 ncnd s23(5) s24(2) s31(3)", "2 disclosed"],
    ),
    "what was denied is told": (
        "Q1\n\nI set aside section 30(3) here. It is exempt under section 30(1)(a)(i).\n\nQ2\n\nIt was 2.",
        ["1 refused s30(1)(a)(i)", "2 disclosed"],
    ),
}


@pytest.mark.parametrize("name", REVIEWED)
def test_a_review_decides_anew(name: str) -> None:
    """What the first reply said counts only where the review upholds it."""
    text, rows = REVIEWED[name]
    request = "Q1. Was a device in use, and the file on it?\nQ2. How many officers attended?"
    assert _rows(_read(f"INTERNAL REVIEW\n\n{text}", request)) == rows


PROSE = {
    "an answer a line": (
        "There were 118 suspensions.\nFewer than five pupils were excluded. I cannot give the number, which "
        "is exempt under "
        "section 40(2) of the Act.\nWe hold no record of isolation booths.\n£71,902 was spent on supply teachers.",
        "How many suspensions were there?\nHow many pupils were excluded?\nDoes the school use isolation "
        "booths?\nHow much "
        "was spent on supply teachers?",
        ["- disclosed", "- partly s40(2)", "- not_held", "- disclosed"],
    ),
    "a statute below its subject": (
        "The submission\n\nIt is withheld under section 35(1)(a) of the Act.\n\nNorway\n\nSection 27(1)(a) exempts "
        "information whose disclosure would prejudice relations with another State. The letters to Norway "
        "were sent in "
        "confidence. We find that the public interest in the letters is outweighed and they are withheld.",
        "- The submission to ministers\n- Letters to Norway",
        ["- refused s35(1)(a)", "- refused s27(1)(a)"],
    ),
    "answers by small letters": (
        "Please find our response to FOI 25/1044 below.\n\na. Hexlow 6h 12m; Durnholme 9h 03m\nb. 22 vans\nc. "
        "Yes - £10 a "
        "break.",
        "a. longest wait outside each hospital\nb. number of vehicles bought\nc. Are crews paid for missed breaks?",
        ["a disclosed", "b disclosed", "c disclosed"],
    ),
    "a question asked last": (
        "1. Nine.\n\nThe log for which you ask last is exempt under section 43(2).",
        "1. How many boats are owned?\n2. The log of the boats",
        ["1 disclosed", "2 refused s43(2)"],
    ),
    "an item of minutes": (
        "1. The board cost £1,184.\n\n2. The minutes of 14 March (item 1) were published at "
        "www.thripple.example/minutes "
        "and are exempt under section 21.",
        "1. How much did the board cost?\n2. Please send the minutes.",
        ["1 disclosed", "2 already_accessible s21"],
    ),
}


@pytest.mark.parametrize("name", PROSE)
def test_prose_without_labels_still_finds_its_questions(name: str) -> None:
    """Lines, headings, small letters and places in the list tell what is answered."""
    text, request, rows = PROSE[name]
    assert _rows(_read(text, request)) == rows


@pytest.mark.parametrize(
    "aside",
    [
        "We looked at section 41 for that reason, but it adds nothing.",
        "We considered whether section 24 was relevant as well and concluded that it is not.",
        "I looked at section 41 as well, but found that it would not add anything.",
        "I did not find it necessary to decide on section 41, which the bidders asked for.",
        "The Minister was asked for an opinion on section 36(2)(c) and did not find it engaged.",
        "The limit in the regulations made under section 12 is a useful guide.",
    ],
)
def test_what_is_left_undecided_is_not_applied(aside: str) -> None:
    """A provision that was only looked at is mentioned."""
    reply = _read(f"The report is exempt under section 43(2) of the Act. {aside}", "Please send the report.")
    assert [str(p) for p in reply.questions[0].provisions] == ["s43(2)"]


def test_a_heading_of_the_public_interest_test_adds_nothing_to_an_answer() -> None:
    """A question that is answered keeps its provisions, though a later section names it."""
    reply = _read(
        _BELLS
        + "1. The reads are exempt under section 30(1)(a)(i).\n\n2. We neither confirm nor deny that this is held: "
        "section 24(2).\n\nPublic interest test - section 24(2) and 27(4)\n\nFor: safeguards.\n\nWe "
        "considered whether "
        "section 12 was engaged by question 1. It is not."
    )
    assert _rows(reply) == ["1 refused s30(1)(a)(i)", "2 ncnd s24(2)"]


def test_the_scottish_regulations_are_known_across_a_line_break() -> None:
    """The regime of a hard-wrapped letter is that of its Act."""
    reply = _read(
        "Your request under the Freedom of\nInformation (Scotland) Act 2002 is about water. 32 letters are "
        "attached. The "
        "names in them are excepted under regulation 11(2) of the EIRs.",
        "Please send the letters.",
    )
    assert [str(p) for p in reply.questions[0].provisions] == ["eisr11(2)"]


def test_an_annex_below_the_signature_holds_the_reasons() -> None:
    """Exemptions set out behind the name of who signs are those of the answers that point to them."""
    text = (
        _BELLS
        + "1. This is withheld. See exemption 1 in Annex A.\n\n2. This is withheld. See exemptions 1 and 2 in Annex A."
        "\n\nYours sincerely\n\nThe bell office\n\nANNEX A - EXEMPTIONS\n\n1. Section 38(1)(b). Thieves "
        "follow the bells."
        "\n\n2. Section 43(2). The ropes are bought at auction."
    )
    reply = read_disclosure(Source("reply.txt", "0" * 64, "txt", text), split=_split)
    assert _rows(reply) == ["1 refused s38(1)(b)", "2 refused s38(1)(b) s43(2)"]


def test_an_item_of_a_document_is_no_question() -> None:
    """The minutes of a meeting have items too."""
    reply = _read(
        "The board was made by Lovage and cost £1,184.\n\nIt was not put out to tender.\n\nThe minutes of the "
        "meeting of 14 "
        "March (item 9) are on our website at www.thripple.example/minutes.\n\nWe had one letter about who "
        "complained. "
        "The name is exempt under section 40(2) of the Act.",
        "How much did you pay for the board and who made it?\nWas it put out to tender?\nPlease send the "
        "minutes.\nWho "
        "complained?",
    )
    assert [q.outcome.value for q in reply.questions][2:] == ["already_accessible", "refused"]


PARTS = {
    "attached, with parts blanked out behind a semicolon": (
        "3. The plan has been located and is attached; the cables in it have been blanked out under section 31(1)(a).",
        "3 partly s31(1)(a)",
    ),
    "dates given and places withheld": (
        "3. The dates are 14 May 2022 and 2 July 2022. The locations are exempt under section 31(1)(a).",
        "3 partly s31(1)(a)",
    ),
    "a place given and details withheld for small numbers": (
        "3. All seven took place at Glenorrin Royal. With such small numbers the age would allow people to be "
        "recognised, "
        "and is withheld under section 40(2).",
        "3 partly s40(2)",
    ),
    "the thing asked for withheld behind a name": (
        "3. The plan was made by Brackwater Lighting. The plan is exempt under section 31(1)(a).",
        "3 refused s31(1)(a)",
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_given_is_told_from_a_refusal(name: str) -> None:
    """What is withheld may be one thing of several that were asked for."""
    text, row = PARTS[name]
    assert _rows(_read(_THREE + "1. 4,117.\n\n2. Brackwater Ltd.\n\n" + text))[2] == row


def test_exemptions_listed_once_serve_an_answer_that_means_them_all() -> None:
    """To say that both exemptions are engaged takes over the list above it."""
    reply = _read(
        _BELLS
        + "1. 412.\n\nREASON FOR DECISION\nSection 38(1)(b) Health and safety\nSection 31(1)(a) Law enforcement\n\nIn "
        "relation to part 2 both exemptions are engaged."
    )
    assert _rows(reply) == ["1 disclosed", "2 refused s31(1)(a) s38(1)(b)"]


def test_a_group_that_names_one_of_its_questions_goes_on_with_the_other() -> None:
    """Under "Questions 1 and 3" the words of the other question turn to it."""
    reply = _read(
        _THREE
        + "2. Brackwater Ltd.\n\nQuestions 1 and 3\nQuestion 1 is exempt under section 40(2). A copy of the plan is "
        "attached."
    )
    assert _rows(reply) == ["1 refused s40(2)", "2 disclosed", "3 disclosed"]


UNDECIDED = {
    "exemptions still considered": (
        "I am writing about the progress of your request. Where a qualified exemption applies this can be "
        "extended under "
        "section 10(3). We are considering the following exemptions:\n\nSection 24(1) National "
        "security\nSection 31(1)(a) "
        "Law enforcement\n\nI can now advise you that the amended date for a response is 15 June 2099."
    ),
    "exemptions that may turn up": (
        "Your request will now be considered under the Freedom of Information Act 2000. You will receive a "
        "response within "
        "20 working days. Should any exemption such as section 30 or 40 apply, we will tell you."
    ),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_what_is_still_considered_decides_nothing(name: str) -> None:
    """A letter that takes more time applies none of the exemptions it names."""
    reply = _read(UNDECIDED[name], "How many dogs were seized?")
    assert _rows(reply) == ["- no_decision"]
    assert {citation.role for citation in find_citations(UNDECIDED[name])} <= {Role.MENTIONED}


def test_a_review_begins_with_what_was_said_and_ends_with_its_result() -> None:
    """Neither the recital at the top nor the result at the foot answers the question that it names."""
    reply = _read(
        "INTERNAL REVIEW\n\nIn that response the Trust refused the reports and could not answer question "
        "2.\n\nQuestion 1\n"
        "They are exempt under section 41(1).\n\nQuestion 2\nThe answer should have been that there were "
        "none.\n\nOutcome: "
        "upheld in part.",
        "1) The investigation reports\n2) How many led to a prosecution?",
    )
    assert _rows(reply) == ["1 refused s41(1)", "2 disclosed"]


def test_a_heading_in_prose_belongs_to_what_stands_below_it() -> None:
    """Subjects as headings find their questions with the paragraph beneath, not without it."""
    reply = _read(
        "Minutes\n\nThe minutes of five meetings are attached. Names of junior staff are removed under "
        "section 40(2).\n\nRisk "
        "register\n\nAttached in full.\n\nBusiness case\n\nIt will be published in April 2099 by the project. "
        "Section 22(1)(a) "
        "applies.\n\nConsultants\n\nPlease refer to our list, where each invoice is shown: "
        "www.fennmoor.example/spend "
        "(section 21).\n\nDesks\n\nNo number is recorded.",
        "- minutes of the programme board\n- the risk register\n- the business case for the move from the "
        "castle\n- what has "
        "been paid to the consultants of the project\n- the number of staff who will lose a desk",
    )
    assert _rows(reply) == [
        "- partly s40(2)",
        "- disclosed",
        "- future_publication s22(1)(a)",
        "- already_accessible s21",
        "- not_held",
    ]
