"""Questions of a request, by shape."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.schema import Question, Request, SplitRequest
from triage.split import split_request

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

PARTS = (
    *(
        "1) ",
        "2) ",
        "a. ",
        "(i) ",
        "(ii) ",
        "Q1. ",
        "- ",
        "\n",
        "\r\n",
        "\n\n",
        "\u2028",
        "\xa0",
        "| ",
        "; ",
        ": ",
        "? ",
        ". ",
    ),
    *("please send ", "how many dogs ", " and ", "also ", "the number of cats ", "if yes, ", "of these ", "in 2021 "),
    *(
        "broken down by:",
        "the following",
        "Dear all, ",
        "Yours faithfully\n",
        "From: a\n",
        "> ",
        "Questions 1-3 relate to 2020. ",
    ),
)
PIECES = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)


def split(text: str) -> SplitRequest:
    """Split a bare text."""
    return split_request(Request("r", text, dt.date(2024, 5, 1)))


def asked(text: str) -> list[str]:
    """Return the words of each question."""
    return [question.text for question in split(text).questions]


def labelled(text: str) -> list[tuple[str | None, str]]:
    """Return label and words of each question."""
    return [(question.label, question.text) for question in split(text).questions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Dear FOI team,\nPlease provide:\n1. The number of dogs seized.\n2. The number of cats seized.\nThanks",
            [("1", "The number of dogs seized."), ("2", "The number of cats seized.")],
            id="numbered",
        ),
        pytest.param(
            "1.how many dogs wer seized\n2, how many cats ?\n3 - what is the fee\n",
            [("1", "how many dogs wer seized"), ("2", "how many cats ?"), ("3", "what is the fee")],
            id="mixed label styles",
        ),
        pytest.param(
            "a) How many dogs?\n\nb) How many cats?\n",
            [("a", "How many dogs?"), ("b", "How many cats?")],
            id="lettered with blank lines",
        ),
        pytest.param(
            "Regarding kennels in 2021, please state:\ni. the supplier\nii. the daily rate\niiii. the policy on visits",
            [("i", "the supplier"), ("ii", "the daily rate"), ("iiii", "the policy on visits")],
            id="roman with a broken label",
        ),
        pytest.param(
            "1. Kennels\n a. For the contract in force, please state\n   i. the supplier\n   ii. the end date\n"
            " b. How many dogs were kept in 2021?\n",
            [("1(a)(i)", "the supplier"), ("1(a)(ii)", "the end date"), ("1(b)", "How many dogs were kept in 2021?")],
            id="nested headings",
        ),
        pytest.param(
            "1a) Who supplies the kennels?\n1b) When does the contract end?\n2a) Who supplies the food?\n",
            [
                ("1(a)", "Who supplies the kennels?"),
                ("1(b)", "When does the contract end?"),
                ("2(a)", "Who supplies the food?"),
            ],
            id="joined labels",
        ),
        pytest.param(
            "Please provide the following:\n- the number of dogs seized\n- the cost of kennels\n",
            [(None, "the number of dogs seized"), (None, "the cost of kennels")],
            id="bullets",
        ),
        pytest.param(
            "Please send the Ashmere figures for:\n- the number of dogs seized\n- the cost of their food\n",
            [(None, "the number of dogs seized"), (None, "the cost of their food")],
            id="measures below a stem that could hold values",
        ),
        pytest.param(
            "Hello,\nHow many dogs were seized in 2021?\nWhat did the kennels cost?\nList of kennels used\nThanks",
            [
                (None, "How many dogs were seized in 2021?"),
                (None, "What did the kennels cost?"),
                (None, "List of kennels used"),
            ],
            id="one question a line",
        ),
        pytest.param(
            "Please provide the following:\nNumber of dogs\nTen most common breeds\nNames of kennels\nThanks",
            [(None, "Number of dogs"), (None, "Ten most common breeds"), (None, "Names of kennels")],
            id="bare lines below a preamble",
        ),
        pytest.param(
            "Could you give, for 2021, (i) the number of dogs seized, (ii) the number kept and (iii) the wait?",
            [("i", "the number of dogs seized"), ("ii", "the number kept"), ("iii", "the wait")],
            id="labels inside a sentence",
        ),
        pytest.param(
            "1) Please give the number of dogs seized. 2) How many were rehomed? 3) What did it cost?",
            [
                ("1", "Please give the number of dogs seized."),
                ("2", "How many were rehomed?"),
                ("3", "What did it cost?"),
            ],
            id="labels inside a line",
        ),
        pytest.param(
            "Question 1\nHow many dogs were seized?\nQuestion 2\nHow many were rehomed? If so, where?\n",
            [("1", "How many dogs were seized?"), ("2", "How many were rehomed? If so, where?")],
            id="labels on their own line",
        ),
        pytest.param(
            "REQUEST 1:\nStructure chart of the Dog Unit.\nREQUEST 2:\nNumber of staff in the Dog Unit.\n",
            [("1", "Structure chart of the Dog Unit."), ("2", "Number of staff in the Dog Unit.")],
            id="request n",
        ),
        pytest.param(
            "Dogs:\n1. How many were seized?\n2. How many were rehomed?\nCats:\n1. How many were seized?\n",
            [("1", "How many were seized?"), ("2", "How many were rehomed?"), ("1", "How many were seized?")],
            id="numbers restart under headings",
        ),
        pytest.param(
            "1. Number of Dogs:\nThe number of dogs kept in the kennels.\n2. Visits:\nHow often are they inspected?\n",
            [("1", "The number of dogs kept in the kennels."), ("2", "How often are they inspected?")],
            id="heading above each question",
        ),
        pytest.param(
            "1. Do you keep dogs? If yes, please provide:\n a) the number kept\n b) the cost of their food\n",
            [("1", "Do you keep dogs?"), ("1(a)", "the number kept"), ("1(b)", "the cost of their food")],
            id="question above a conditional list",
        ),
        pytest.param(
            "1. Number of dogs seized.\n2. Number rehomed.\nAdditionally, please say how many were terriers.\n",
            [
                ("1", "Number of dogs seized."),
                ("2", "Number rehomed."),
                (None, "Additionally, please say how many were terriers."),
            ],
            id="extra question below the list",
        ),
        pytest.param(
            "Please complete this table for two years.\n| Year | Dogs seized | Rehomed |\n| 2020 | | |\n| 2021 | | |\n",
            [(None, "Dogs seized"), (None, "Rehomed")],
            id="blank form with years as rows",
        ),
        pytest.param(
            "Please complete this table.\n| | 2020 | 2021 |\n| Dogs seized | | |\n| Cats seized | | |\n",
            [(None, "Dogs seized"), (None, "Cats seized")],
            id="blank form with years as columns",
        ),
    ],
)
def test_lists(text: str, expected: list[tuple[str | None, str]]) -> None:
    """Each list item that asks is one question with its label in plain form, its span starting after the marker."""
    assert labelled(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "How many officers were investigated in 2021, broken down by:\n1. rank\n2. sex\n3. length of service",
            id="numbered breakdown",
        ),
        pytest.param(
            "For every van in the fleet please give:\nRegistration:\nMake:\nBase station:", id="fields with colons"
        ),
        pytest.param(
            "For each incident in 2021 please state:\nDate\nLocation\nAge of victim\nOutcome",
            id="fields without colons",
        ),
        pytest.param(
            "Please send a copy of the kennel register with these columns:\n(a) Name\n(b) Number of dogs\n(c) Date",
            id="columns that look like counts",
        ),
        pytest.param("Please give the same figure for:\n- 1 to 9 May\n- 10 May to 4 June", id="periods"),
        pytest.param(
            "Please send all e-mails between the council and these companies:\n- Ashmere Kennels\n- Highmoor Dogs",
            id="names",
        ),
        pytest.param(
            "How are stray dogs housed?\nPlease select one option:\na) In kennels\nb) With families", id="options"
        ),
        pytest.param(
            "What was spent on kennels in the years below.\n1 May 2021 - 31 May 2022\n1 June 2022 - 31 May 2023",
            id="years",
        ),
        pytest.param("How many dogs were seized in 2021?\nFor example, terriers.", id="example"),
        pytest.param(
            "I would like the number of dogs seized since 2019. Could this figure be broken down by breed.",
            id="later breakdown",
        ),
        pytest.param("Which kennels do you use, who runs them and when?", id="several wh-words about one thing"),
        pytest.param("How many men and women were arrested in Ashmere and Highmoor?", id="and between values"),
        pytest.param("How many dogs were\r\nseized in each of the\r\nyears 2020 and 2021?", id="hard wraps"),
    ],
)
def test_values_fields_and_explanations_stay_in_one_question(text: str) -> None:
    """A breakdown, a list of fields or an explanation belongs to the question it stands with."""
    assert asked(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Please tell me how many dogs were seized in 2021 and how many of them were later rehomed.",
            ["Please tell me how many dogs were seized in 2021", "how many of them were later rehomed."],
            id="and with its own measure",
        ),
        pytest.param(
            "Please tell me where dogs are kept, who is paid to keep them and how the daily rate is agreed.",
            ["Please tell me where dogs are kept", "who is paid to keep them", "how the daily rate is agreed."],
            id="series of clauses",
        ),
        pytest.param(
            "Regarding kennels in 2022: number of dogs; number of visits; income received.",
            ["number of dogs;", "number of visits;", "income received."],
            id="semicolons after a topic",
        ),
        pytest.param(
            "Do you keep dogs? If so, how many?",
            ["Do you keep dogs?", "If so, how many?"],
            id="conditional follow-up in prose",
        ),
        pytest.param(
            "Please send a copy of the kennel policy and a copy of the visit log.",
            ["Please send a copy of the kennel policy", "a copy of the visit log."],
            id="two documents",
        ),
        pytest.param(
            "As per the Freedom of Information Act, please send the kennel policy.",
            ["please send the kennel policy."],
            id="law before the ask",
        ),
        pytest.param(
            "I would like information about the council's kennels. Specifically, how many dogs are there?",
            ["Specifically, how many dogs are there?"],
            id="topic made precise",
        ),
        pytest.param(
            "I am a student and love dogs. Dogs are on the rise. How many do you keep? I think that is too few.",
            ["How many do you keep?"],
            id="background and opinion",
        ),
    ],
)
def test_prose(text: str, expected: list[str]) -> None:
    """Running text is cut where each side has its own verb or measure."""
    assert asked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(
            "Thank you for your acknowledgement. I look forward to your reply.\nRegards", id="acknowledgement"
        ),
        pytest.param("I am writing to complain. The officer was rude. I want an apology.", id="complaint"),
        pytest.param(
            "Please provide the following information under the Act:\n\nThank you for your help.", id="lost list"
        ),
        pytest.param("This is a request under the Freedom of Information Act 2000.", id="law only"),
        pytest.param("> How many dogs?\n> 12", id="only quoted lines"),
        pytest.param("For example:\n- Ashmere Kennels\n- 12 dogs", id="only examples"),
    ],
)
def test_no_question_is_a_result(text: str) -> None:
    """A text that asks for nothing has no questions and raises nothing."""
    assert split(text).questions == ()


def test_quoted_thread_below_is_left_out() -> None:
    """Questions in a mail quoted below the message are not asked again."""
    text = "Please add 2020.\n\n-----Original Message-----\nFrom: Team\nSubject: RE\n\n1. Which years do you want?\n"
    assert asked(text) == ["Please add 2020."]


def test_forwarded_request_is_read() -> None:
    """Where the message above a mail header asks nothing, the request below it is read."""
    text = (
        "From: web form\nSent: 3 May 2024\nSubject: FW\n\nOne for you.\n\n---- Original message ----\nHow many dogs?\n"
    )
    assert asked(text) == ["How many dogs?"]


def test_three_questions_share_their_preamble() -> None:
    """A preamble on the greeting's line is carried into each item of the list."""
    text = (
        "Dear Ashmere Police, following your earlier reply on the Harbour Unit please tell me:\n"
        "1) how many constables and sergeants work in each of the teams\n"
        "2) the chain of command from the Assistant Chief Constable down\n"
        "3) which lead roles the inspectors hold, for example who commands diving operations\n"
    )
    questions = split(text).questions
    assert [question.label for question in questions] == ["1", "2", "3"]
    assert [text[question.start - 3 : question.start] for question in questions] == ["1) ", "2) ", "3) "]
    assert all("Harbour Unit" in question.standalone for question in questions)
    assert all("Ashmere Police" not in question.standalone for question in questions)
    assert all("preamble" in question.inherits for question in questions)


def test_names_of_the_applicant_go_nowhere() -> None:
    """Greeting, self-description and signature reach neither text nor standalone wording."""
    text = (
        "Dear Ms Quill,\nMy name is Alex Doe and I live at 4 Mill Lane.\nHow many dogs did you seize?\n"
        "What was done with them?\nKind regards\nAlex Doe\n07000 000000"
    )
    questions = split(text).questions
    assert len(questions) == 2
    for question in questions:
        for word in ("Quill", "Alex", "Mill Lane", "07000"):
            assert word not in question.text + question.standalone


def question_of(text: str, ordinal: int) -> Question:
    """Return one question of a text."""
    return split(text).questions[ordinal - 1]


@pytest.mark.parametrize(
    ("text", "ordinal", "depends"),
    [
        pytest.param("1. How many dogs?\n2. Of these, how many were rehomed?", 2, (1,), id="of these"),
        pytest.param("1. Do you keep dogs?\n2. If yes, how many?\n3. If no, why not?", 3, (1,), id="two conditions"),
        pytest.param(
            "Q1. How many vans?\nQ2. What was the mileage of the vans in Q1?\nQ3. As Q1 and Q2 but for cars.",
            3,
            (1, 2),
            id="named",
        ),
        pytest.param(
            "1. How many dogs?\n2. How many cats?\n3. All of the above for 2020.", 3, (1, 2), id="all of the above"
        ),
        pytest.param(
            "1. How many dogs were seized in 2021?\n2. How many bicycles were stolen in 2021?", 2, (), id="independent"
        ),
    ],
)
def test_back_references(text: str, ordinal: int, depends: tuple[int, ...]) -> None:
    """A question that points back depends on the questions it means."""
    assert question_of(text, ordinal).depends_on == depends


def test_back_reference_is_resolved_in_the_wording() -> None:
    """The wording of a question that points back carries the words of the other."""
    question = question_of("1. How many dogs were seized?\n2. How many of them were rehomed?", 2)
    assert question.standalone == "How many of them were rehomed? (How many dogs were seized?)"
    assert "question" in question.inherits


def test_parent_and_heading_are_the_path() -> None:
    """Headings and parents above a question are its path, and its wording starts with them."""
    question = question_of("1. Kennels\n a. How many dogs are there?\n b. What is the cost?", 2)
    assert question.path == ("Kennels",)
    assert question.standalone == "Kennels: What is the cost?"
    assert question.inherits == ("heading",)


def test_scope_after_the_list_binds_every_question() -> None:
    """A period given below the list reaches the slots of each question above."""
    questions = split("a) recorded dog thefts\nb) number rehomed\nAll of the above for 2021 and 2022.").questions
    assert [question.label for question in questions] == ["a", "b"]
    for question in questions:
        assert question.slots.period is not None
        assert question.slots.period.start == dt.date(2021, 1, 1)
        assert question.slots.period.end == dt.date(2022, 12, 31)


def test_scope_that_names_questions_binds_only_these() -> None:
    """A sentence about questions 1 and 2 leaves question 3 alone."""
    text = (
        "1. How many dogs were seized?\n2. How many cats?\n3. What is the fee?\n\nQuestions 1 and 2 should be for 2021."
    )
    questions = split(text).questions
    assert [question.slots.period is not None for question in questions] == [True, True, False]


def test_constraints_are_kept_apart() -> None:
    """Wishes about form, cost and order are constraints with the questions they name, and no questions."""
    text = (
        "1. How many dogs?\n2. Copies of the logs.\n\nPlease send the figures as a CSV file.\n"
        "If this exceeds the cost limit please answer question 1 only."
    )
    taken = split(text)
    assert len(taken.questions) == 2
    assert [(wish.kind, wish.applies_to) for wish in taken.constraints] == [("format", ()), ("priority", (1,))]
    assert text[taken.constraints[0].start : taken.constraints[0].end] == "Please send the figures as a CSV file."


@pytest.mark.parametrize(
    ("text", "kind", "handling"),
    [
        pytest.param("How many dogs were seized in 2021?", "count", "foi", id="count"),
        pytest.param("How much was spent on kennels in 2021?", "cost", "foi", id="cost"),
        pytest.param("Please send a copy of the dog handling policy.", "policy", "foi", id="policy"),
        pytest.param("Please send the minutes of the kennel committee.", "document", "foi", id="document"),
        pytest.param("Does the force use dogs?", "yes_no", "foi", id="yes or no"),
        pytest.param("Which kennels does the force use?", "list", "foi", id="list"),
        pytest.param("Why were the kennels closed?", "explanation", "foi", id="reason"),
        pytest.param(
            "Please send the video of my stop and all notes about me.", "own_data", "subject_access", id="own data"
        ),
        pytest.param("Do you agree that this is a waste?", "non_request", "advice", id="opinion"),
        pytest.param("Can I have everything on dogs please?", "unclear", "foi", id="vague"),
        pytest.param("What emissions of the incinerator were recorded in 2021?", "list", "eir", id="environment"),
    ],
)
def test_kind_and_handling(text: str, kind: str, handling: str) -> None:
    """A question is named by what it asks for, and sent the way it must go."""
    question = question_of(text, 1)
    assert (question.kind, question.handling) == (kind, handling)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), PIECES))
def test_any_text(text: str) -> None:
    """Any text gives ordered, disjoint spans that hold their words, ordinals from 1, and references that look back."""
    taken = split(text)
    last = 0
    for number, question in enumerate(taken.questions, start=1):
        assert question.ordinal == number
        assert text[question.start : question.end] == question.text
        assert last <= question.start < question.end
        assert question.text == question.text.strip()
        assert question.standalone
        assert all(0 < ordinal < number for ordinal in question.depends_on)
        last = question.end
    for wish in taken.constraints:
        assert 0 <= wish.start < wish.end <= len(text)
        assert all(0 < ordinal <= len(taken.questions) for ordinal in wish.applies_to)


@given(st.lists(st.sampled_from(["dogs", "cats", "vans", "sheep"]), min_size=1, max_size=12))
def test_numbered_list_of_any_length(things: list[str]) -> None:
    """A numbered list of n asks gives n questions with the labels 1 to n."""
    text = "Please provide:\n" + "".join(
        f"{n}. How many {thing} were seized?\n" for n, thing in enumerate(things, start=1)
    )
    assert [question.label for question in split(text).questions] == [str(n) for n in range(1, len(things) + 1)]


@pytest.mark.parametrize(
    ("file", "least"),
    [
        pytest.param("sheffield/split_dev.jsonl", 0.93, id="council"),
        pytest.param("requests/requests_dev.jsonl", 0.88, id="invented"),
    ],
)
def test_span_f1_on_development_sets(file: str, least: float) -> None:
    """Span F1 at overlap 0.8 on the development sets does not fall below what was reached."""
    path = SHARED / file
    if not path.is_file():
        pytest.skip(f"{path.name} is not beside the checkout")
    hits = gold_count = found_count = 0
    for row in map(json.loads, path.read_text(encoding="utf-8").strip().split("\n")):
        gold = [(question["start"], question["end"]) for question in row["questions"]]
        found = [(question.start, question.end) for question in split(row["text"]).questions]
        for a, b in gold:
            hits += any((min(b, d) - max(a, c)) / (max(b, d) - min(a, c)) >= 0.8 for c, d in found)
        gold_count, found_count = gold_count + len(gold), found_count + len(found)
    assert 2 * hits / (gold_count + found_count) >= least
