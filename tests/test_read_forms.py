"""Read forms of letters, one rule a letter: how a reply turns to a question, and what it says without deciding.

Every letter is invented; so are the authorities, their references and their figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from triage.read import read_disclosure
from triage.schema import Binding, Disclosure, Outcome, Question, Request, Source, Status
from triage.split import split_request

_CLOSE = "\n\nYours sincerely\nInformation Office\nFennmoor Council"
_FIVE = """You asked:
1. How many lamps were mended in 2023?
2. How many lamps were stolen?
3. What did the mending cost?
4. Who mends the lamps?
5. Which streets have no lamp?

Our response

"""
_BELLS = "You asked:\n1. How many bells were rung?\n2. What was spent on ropes?\n\nOur response\n\n"


def _split(text: str, received: dt.date | None) -> Sequence[Question]:
    return split_request(Request("", text, received)).questions


def _read(text: str, request: str | None = None) -> Disclosure:
    return read_disclosure(Source("reply.txt", "0" * 64, "txt", text), split=_split, request=request)


def _rows(reply: Disclosure) -> list[str]:
    return [" ".join([q.label or "-", q.outcome.value, *map(str, q.provisions)]) for q in reply.questions]


FORMS = {
    "several labels, each its own fact": (
        _BELLS + "Questions 1 and 2: Bells were rung 412 times. Ropes came to £1,950.",
        ["1 disclosed", "2 disclosed"],
    ),
    "several labels, one fact for all": (
        _FIVE + "Questions 1-3: 4,117 lamps, 61 of them taken by thieves; £20,400.\n\n"
        "4. Brackwater Lighting Ltd.\n\n5. This is not held.",
        ["1 disclosed", "2 disclosed", "3 disclosed", "4 disclosed", "5 not_held"],
    ),
    "both of two": (
        "You asked:\n(a) Visits to the tower\n(b) The reasons given\n\nOur response\n\n"
        "Both are answered by the spreadsheet annexed to this letter. Point (a) is on its first sheet.",
        ["a disclosed", "b disclosed"],
    ),
    "label behind a blank": (
        "You asked:\n1a How many bells are there?\n1b How many are cracked?\n1c How many were sold?\n\n"
        "Our response\n\n1a 17\n1b 3\n1c None was sold.",
        ["1a disclosed", "1b disclosed", "1c disclosed"],
    ),
    "signs Q. and A.": (
        "Q. How many lamps were mended in 2023?\nA. 4,117 lamps.\n\nQ. Who mends the lamps?\n"
        "A. This is withheld under section 43(2) of the Act.",
        ["- disclosed", "- refused s43(2)"],
    ),
    "answers right below their questions": (
        "Question 1: How many lamps were mended, and in\nwhich year?\n4,117 lamps, in 2023.\n\n"
        "Question 2: Who mends them?\nThis is exempt under section 43(2).\n\nQuestion 3: Cost of it\n£20,400.",
        ["1 disclosed", "2 refused s43(2)", "3 disclosed"],
    ),
    "a table of questions and answers": (
        "Our reply is in the table.\n\nYour question | Our answer\nHow many lamps were mended? | 4,117\n"
        "Names of the menders | Exempt under section 40(2) of the Act.\nWhich lamps are to go?\nThis is not held.",
        ["- disclosed", "- refused s40(2)", "- not_held"],
    ),
    "questions that head their answer": (
        "What you asked and our response\n\nHow many lamps were mended in 2023\n4,117 lamps, all in Ostley.\n\n"
        "Names of the menders of lamps\nThese are exempt under section 40(2) of the Act.\n\n"
        "Your right to a review: you have 40 working days.",
        ["- disclosed", "- refused s40(2)"],
    ),
    "counted out in adverbs": (
        "You asked how many bells there are, who rings them and what they cost.\n\nYou asked:\n- How many bells?\n"
        "- Who rings them?\n- What do they cost?\n\nOur response\n\nFirstly, there are seven bells.\n\n"
        "Secondly, the names are exempt under section 40(2).\n\nThirdly, we hold no record of their cost.",
        ["- disclosed", "- refused s40(2)", "- not_held"],
    ),
    "points of a list without numbers": (
        "You asked:\n- How many bells?\n- Who rings them?\n- What do they cost?\n\nOur response\n\n"
        "On point 2, the names are exempt under section 40(2). On point 3, we hold no record. On point 1, seven.",
        ["- disclosed", "- refused s40(2)", "- not_held"],
    ),
    "the rest of the questions": (
        _FIVE + "Question 4 is exempt under section 43(2). The remaining questions are answered in the table:\n"
        "Mended | 4,117\nStolen | 61",
        ["1 disclosed", "2 disclosed", "3 disclosed", "4 refused s43(2)", "5 disclosed"],
    ),
    "an answer points to another": (
        _BELLS + "1. This is exempt under section 31(1)(a) of the Act.\n\n2. See the answer to question 1.",
        ["1 refused s31(1)(a)", "2 refused s31(1)(a)"],
    ),
    "an explanation points to another answer": (
        _BELLS + "In 2019 a sum was withheld under section 43(2), as stated under question 2.\n\n1. 412\n\n2. £1,950.",
        ["1 disclosed", "2 disclosed"],
    ),
    "notes at the foot": (
        _BELLS + "1. Withheld, see note (a).\n2. £1,950.\n\n"
        "Note (a): section 24(1) of the Act covers national security.",
        ["1 refused s24(1)", "2 disclosed"],
    ),
    "paragraphs in turn": (
        "Dear Mx Example\n\nThe tower has seven bells, cast in 1790.\n\n"
        "Ringers are paid £14 a Sunday.\n\nNobody keeps a record of complaints about noise, so none is held.",
        ["1 disclosed", "2 disclosed", "3 not_held"],
    ),
    "paragraphs in turn, all given": (
        "Dear Mx Example\n\nThe tower has seven bells, cast in 1790.\n\nRingers are paid £14 a Sunday.\n\n"
        "We had 31 complaints about noise.",
        ["1 disclosed", "2 disclosed", "3 disclosed"],
    ),
}
_TOWER = "1. How many bells has the tower?\n2. What are the ringers paid?\n3. Complaints about noise"
REQUESTS = {"paragraphs in turn": _TOWER, "paragraphs in turn, all given": _TOWER}


@pytest.mark.parametrize("name", FORMS)
def test_an_answer_is_found_where_the_letter_turns_to_its_question(name: str) -> None:
    """Each form binds every answer to its question."""
    text, rows = FORMS[name]
    assert _rows(_read(text + _CLOSE, REQUESTS.get(name))) == rows


ASIDES = {
    "not in dispute": (
        "Internal review of FM-0417-23\n\nYou asked us to look again at our answer to question 1. "
        "Question 2 is not in\ndispute.\n\n" + _BELLS + "1. The exemption at section 31(1)(a) is upheld.",
        ["1 refused s31(1)(a)", "2 unknown"],
    ),
    "what an earlier reply decided": (
        "Internal review of FM-0417-23\n\nYou asked us on 17 January to reconsider our answer, in which questions 1 "
        "and 2 were refused.\n\n" + _BELLS + "1. The refusal under section 31(1)(a) is upheld.\n\n2. £1,950.",
        ["1 refused s31(1)(a)", "2 disclosed"],
    ),
    "what the authority asked of the requester": (
        "You asked:\n(A) Bells rung last year\n(B) Ropes by school\n\n"
        'We wrote: "For (B), do you mean the 14 schools of the county or all?"\n\n'
        "Our response\n\nWith regards to question A\n\n412\n\nThe ropes are another matter.",
        ["A disclosed", "B unknown"],
    ),
    "a request that would have been": (
        _BELLS + "1. Bells were rung 412 times. A request for every peal would exceed the cost limit in section 12.\n\n"
        "2. £1,950.",
        ["1 disclosed", "2 disclosed"],
    ),
    "a request that would have been, without its section": (
        _BELLS + "1. Bells were rung 412 times. A request for every peal would exceed the cost limit.\n\n2. £1,950.",
        ["1 disclosed", "2 disclosed"],
    ),
    "outside the regulations": (
        _BELLS + "1. No information is held: regulation 12(4)(a) of the Environmental Information Regulations 2004. "
        "I can tell you, outwith the Regulations, that there are seven bells.\n\n2. £1,950.",
        ["1 not_held eir12(4)(a)", "2 disclosed"],
    ),
    "a place called first point": (
        "You asked:\n- Visits of last year\n- Opening times\n\nOur response\n\n"
        "On point 2, see the board. You can take papers to our First Point Offices in 14 towns.",
        ["- unknown", "- disclosed"],
    ),
    "a day is no figure": (
        _BELLS + "1. The list was sent to us on 7 August for comment. It is exempt under section 41(1).\n\n2. £1,950.",
        ["1 refused s41(1)", "2 disclosed"],
    ),
    "a fact in the month of May": (
        _BELLS
        + "1. The bells were rung on 4 May and 21 May. The next days are exempt under section 31(1)(a).\n\n2. £1,950.",
        ["1 partly s31(1)(a)", "2 disclosed"],
    ),
}


@pytest.mark.parametrize("name", ASIDES)
def test_what_is_said_beside_the_decision_decides_nothing(name: str) -> None:
    """Recitals, questions put to the requester, hypotheses and dates leave each question its own answer."""
    text, rows = ASIDES[name]
    assert _rows(_read(text + _CLOSE)) == rows


def test_a_fact_under_several_labels_goes_to_the_question_whose_words_it_repeats() -> None:
    """The count stands with the bells and the sum with the ropes, so that neither is evidence for the other."""
    reply = _read(FORMS["several labels, each its own fact"][0] + _CLOSE)
    assert [("412" in q.answer, "1,950" in q.answer) for q in reply.questions] == [(True, False), (False, True)]


def test_prose_is_shared_only_by_inference() -> None:
    """Paragraphs without a label are never bound as if the letter stated to what they belong."""
    reply = _read(FORMS["paragraphs in turn"][0] + _CLOSE, REQUESTS["paragraphs in turn"])
    assert {q.binding for q in reply.questions} == {Binding.INFERRED}


@pytest.mark.parametrize("caption", ["Lamps mended, by quarter\n", ""])
def test_a_row_of_a_table_is_shown_with_its_heads(caption: str) -> None:
    """The evidence of a count in a table is the table: one row by itself does not say what it counts."""
    table = caption + "Quarter | Lamps\nSpring | 1,402\nAutumn | 1,577\nTotal | 2,979"
    reply = _read(
        f"You asked:\n1. How many lamps were mended?\n2. By whom?\n\nIn relation to question 1\n{table}\n\n2. Us."
    )
    first = reply.questions[0]
    assert first.evidence == table.replace("\n", " ")
    assert first.evidence_span is not None
    assert reply.text[slice(*first.evidence_span)] == table


def test_what_is_published_in_part_and_withheld_for_the_rest_is_partly_given() -> None:
    """A link to some of it is not the whole, and the exemption is not all of the answer."""
    text = (
        "Dear Mx Example\n\nWe publish some lamp data on our website at https://lamps.fennmoor.example/data. "
        "It does not include all that you asked for. The rest is exempt under section 43(2) of the Act."
    )
    reply = _read(text + _CLOSE, "Please send a list of all lamps with what each cost.")
    assert (reply.outcome, [str(p) for p in reply.questions[0].provisions]) == (Outcome.PARTLY, ["s43(2)"])


@pytest.mark.parametrize(
    ("before", "provisions"),
    [
        ("We have removed the names of junior staff. ", ["s40(2)"]),
        ("The minutes are attached. ", []),
    ],
)
def test_the_words_of_a_statute_count_behind_what_they_withhold(before: str, provisions: list[str]) -> None:
    """A provision that is only explained is applied where something was just said to be taken out."""
    text = f"Dear Mx Example\n\n{before}Section 40(2) exempts information if it is personal data of another.\n"
    reply = _read(text + _CLOSE, "Please send the minutes of the lamp committee.")
    assert [str(p) for p in reply.questions[0].provisions] == provisions


_NOTICE = """Freedom of Information Act 2000
Decision notice

Date: 14 March 2099
Public Authority: Chief Constable of Quillshire Constabulary
Reference: IC-900001-A1B2

Decision

1. The complainant asked for the cost of the lamps (FM-0417-23). The Constabulary refused under section 31(1)(a).
2. The Commissioner's decision is that section 31(1)(a) was {word} applied.

Request and response

3. On 2 May 2098 the complainant wrote in these terms:
"What did each lamp cost?"
4. The Constabulary answered on 30 May 2098.
"""


@pytest.mark.parametrize(
    ("word", "rows", "status"),
    [
        ("correctly", ["- refused s31(1)(a)"], Status.UPHELD),
        ("incorrectly", ["- disclosed"], Status.OVERTURNED),
    ],
)
def test_a_notice_of_the_commissioner_is_about_the_reply_of_another(word: str, rows: list[str], status: Status) -> None:
    """The notice settles the reply it is about, names the authority that gave it, and binds nothing by statement."""
    notice = _read(_NOTICE.format(word=word))
    assert (notice.reference, notice.authority) == ("IC-900001-A1B2", "Quillshire Constabulary")
    assert (notice.reviews, notice.review_status, notice.responded) == ("FM-0417-23", status, dt.date(2099, 3, 14))
    assert _rows(notice) == rows
    assert [(q.text, q.binding) for q in notice.questions] == [("What did each lamp cost?", Binding.INFERRED)]


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("Internal review of FM-0417-23. Our reference: FM-0417-23/IR", "FM-0417-23/IR"),
        ("Your request FM-0417-23 of 3 May. Our ref | KC/FOISA/2099/0288", "KC/FOISA/2099/0288"),
        ("Reference: FM-0417-23", "FM-0417-23"),
        ("In case EA/2099/0055 the tribunal agreed with us.", "reply"),
    ],
)
def test_a_letter_goes_by_the_reference_that_it_calls_its_own(line: str, reference: str) -> None:
    """Another reference before it, or a word like "FOI" inside it, does not take its place."""
    assert _read(line + "\n\nDear Mx Example\n\nWe hold no lamps." + _CLOSE).reference == reference


def test_the_answer_of_one_question_is_no_answer_of_another() -> None:
    """What says that it is about nobody's question is given to none of them."""
    reply = _read(_BELLS + "The year ran from April to March.\n\n1. 412\n\n2. This is not held." + _CLOSE)
    assert [q.outcome for q in reply.questions] == [Outcome.DISCLOSED, Outcome.NOT_HELD]
    assert not any("April" in q.answer for q in reply.questions)
