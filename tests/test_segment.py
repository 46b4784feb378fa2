"""Lines, list markers, sentences and roles of any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.schema import Segmented
from triage.segment import segment

PARTS = (
    *(
        "1) ",
        "a. ",
        "(ii) ",
        "Q3. ",
        "- ",
        "•\t",
        "\n",
        "\r\n",
        "\n\n",
        "\u2028",
        "\xa0",
        "\t",
        "e.g. ",
        "No. 4 ",
        "? ",
        ". ",
    ),
    *(
        ": ",
        "Please send ",
        "how many dogs",
        "2021",
        "Dear all, ",
        "Kind regards\n",
        "> ",
        "| ",
        "https://a.example/b.",
        "…",
    ),
)
PIECES = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)


def words(taken: Segmented) -> list[str]:
    """Return the words of every sentence."""
    return [taken.text[sentence.start : sentence.end] for sentence in taken.sentences]


@pytest.mark.parametrize(
    ("line", "marker", "kind", "content"),
    [
        pytest.param("1. Cost", "1", "number", "Cost", id="dot"),
        pytest.param("2) Cost", "2", "number", "Cost", id="bracket"),
        pytest.param("(3) Cost", "3", "number", "Cost", id="two brackets"),
        pytest.param("4.cost", "4", "number", "cost", id="no space"),
        pytest.param("7: Cost", "7", "number", "Cost", id="colon"),
        pytest.param("1a) Cost", "1(a)", "number", "Cost", id="number with letter"),
        pytest.param("1.a.i Cost", "1(a)(i)", "number", "Cost", id="nested without a closing mark"),
        pytest.param("1.a copy of it", "1", "number", "a copy of it", id="article after the dot"),
        pytest.param("1.a.ii) Cost", "1(a)(ii)", "number", "Cost", id="nested with a closing mark"),
        pytest.param("(2)(b) Cost", "2(b)", "number", "Cost", id="nested in brackets"),
        pytest.param("b. Cost", "b", "letter", "Cost", id="letter"),
        pytest.param("(c) Cost", "c", "letter", "Cost", id="letter in brackets"),
        pytest.param("iv) Cost", "iv", "roman", "Cost", id="roman"),
        pytest.param("iiii. Cost", "iiii", "roman", "Cost", id="broken roman"),
        pytest.param("Q3. Cost", "Q3", "question", "Cost", id="Q"),
        pytest.param("Question 12: Cost", "Q12", "question", "Cost", id="question"),
        pytest.param("QUESTION TWO - Cost", "Q2", "question", "Cost", id="number word"),
        pytest.param("Request 1:", "Q1", "question", "", id="request alone on its line"),
        pytest.param("- Cost", "-", "bullet", "Cost", id="dash"),
        pytest.param("•\tCost", "-", "bullet", "Cost", id="bullet with tab"),
        pytest.param("-2021-22", "-", "bullet", "2021-22", id="dash without space"),
        pytest.param("12 May 2023 was a Friday", None, None, "12 May 2023 was a Friday", id="date"),
        pytest.param("3.5 million pounds", None, None, "3.5 million pounds", id="decimal"),
        pytest.param("20 working days", None, None, "20 working days", id="quantity"),
        pytest.param("i.e. the cost", None, None, "i.e. the cost", id="abbreviation"),
        pytest.param(
            "Question 1 relates to 2022", None, None, "Question 1 relates to 2022", id="question named in prose"
        ),
        pytest.param("A. Sample", None, None, "A. Sample", id="initial"),
    ],
)
def test_marker_of_one_line(line: str, marker: str | None, kind: str | None, content: str) -> None:
    """A list marker is told from dates, quantities and names, and the content starts right after it."""
    (found,) = segment(line).lines
    assert (found.marker, found.marker_kind, line[found.content_start : found.end]) == (marker, kind, content)


def test_bare_numbers_need_a_neighbour() -> None:
    """A number without a mark is a list marker only where the list goes on."""
    assert [line.marker for line in segment("1  Dogs\n2  Cats\n17  High Street").lines] == ["1", "2", None]


def test_lines_of_dates_have_no_markers() -> None:
    """Days of the month that follow each other are dates and not a numbered list."""
    assert [line.marker for line in segment("1 May 2021\n2 May 2021").lines] == [None, None]


def test_letter_i_follows_h() -> None:
    """The letter i after h is a letter; first in a list it is a roman numeral."""
    taken = segment("g) one\nh) two\ni) three")
    assert [line.marker_kind for line in taken.lines] == ["letter"] * 3
    assert segment("i) one\nii) two").lines[0].marker_kind == "roman"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "How many dogs were\nseized in 2021?\nHow many cats?",
            ["How many dogs were\nseized in 2021?", "How many cats?"],
            id="hard wrap",
        ),
        pytest.param("Use e.g. vans. Then stop.", ["Use e.g. vans.", "Then stop."], id="e.g."),
        pytest.param(
            "See s.31 and No. 4 first. Then go.", ["See s.31 and No. 4 first.", "Then go."], id="section and number"
        ),
        pytest.param("It cost 3.5 million. More?", ["It cost 3.5 million.", "More?"], id="decimal"),
        pytest.param("They are in Annex A. Names are not.", ["They are in Annex A.", "Names are not."], id="annex"),
        pytest.param("Ask J. Sample today. Or not.", ["Ask J. Sample today.", "Or not."], id="initial"),
        pytest.param(
            "See https://a.example/b.html now. Then go.", ["See https://a.example/b.html now.", "Then go."], id="URL"
        ),
        pytest.param("Why?Who?", ["Why?", "Who?"], id="no space after a question mark"),
        pytest.param("Director of Fleet\nHead of Dogs", ["Director of Fleet", "Head of Dogs"], id="one name a line"),
        pytest.param("Good morning, please help.", ["Good morning,", "please help."], id="greeting on the same line"),
        pytest.param("Fleet\n\nin 2021", ["Fleet", "in 2021"], id="blank line"),
        pytest.param(
            "We have gone to Smith Ltd. They left.", ["We have gone to Smith Ltd.", "They left."], id="Ltd at the end"
        ),
        pytest.param(
            "the number of dogs; and\nthe number of cats",
            ["the number of dogs; and", "the number of cats"],
            id="and at the end",
        ),
        pytest.param("Kind regards,\nSam", ["Kind regards,", "Sam"], id="sign-off"),
    ],
)
def test_sentence_ends(text: str, expected: list[str]) -> None:
    """Sentences end at terminal marks, list items and blank lines, not at wraps, abbreviations or decimals."""
    assert words(segment(text)) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("Dear FOI team,", "greeting", id="greeting"),
        pytest.param("Yours faithfully,", "closing", id="sign-off"),
        pytest.param("Thank you for your help.", "closing", id="thanks"),
        pytest.param("Please send the figures as an Excel file.", "constraint", id="format"),
        pytest.param("If this exceeds the cost limit please let me know.", "constraint", id="cost"),
        pytest.param("I look forward to a reply within 20 working days.", "closing", id="deadline with thanks"),
        pytest.param("How many dogs were seized?", "q", id="question"),
        pytest.param("The number of dogs seized in 2021.", "q", id="quantity"),
        pytest.param("The number of dogs is rising fast.", "background", id="statement about a quantity"),
        pytest.param("the number refused under section 12.", "q", id="quantity that names a section"),
        pytest.param("This is a request under the Freedom of Information Act 2000.", "background", id="law"),
        pytest.param("Thefts are rising in our village.", "background", id="background"),
        pytest.param("I believe the public interest favours release.", "opinion", id="opinion"),
        pytest.param("From: contact centre", "forward_header", id="mail header"),
        pytest.param("> Your request: dogs", "forward_header", id="quoted line"),
        pytest.param("Ref | Date | Type", "table", id="table row"),
        pytest.param('"Officer" means any warranted constable.', "definition", id="definition"),
        pytest.param("In your reply to my earlier request you gave 2021.", "prior_ref", id="earlier request"),
        pytest.param("Please provide the following information:", "preamble", id="preamble"),
    ],
)
def test_role_of_one_sentence(text: str, role: str) -> None:
    """The first guess at a role follows the words of the sentence."""
    assert segment(text).sentences[0].role == role


def test_name_after_sign_off_is_signature() -> None:
    """What follows the closing formula is the signature."""
    assert [sentence.role for sentence in segment("How many?\nKind regards\nSam Sample\nAshmere").sentences] == [
        "q",
        "closing",
        "signature",
        "signature",
    ]


def test_odd_white_space_keeps_offsets() -> None:
    """Line separators, carriage returns, tabs and hard spaces are white space and shift no offset."""
    text = "1)\xa0How many dogs?\u20282)\tHow many cats?\r\n\r\nThanks"
    taken = segment(text)
    assert words(taken) == ["How many dogs?", "How many cats?", "Thanks"]
    assert taken.lines[-1].after_blank


def test_text_longer_than_one_pass() -> None:
    """A text of many paragraphs gives the same sentences as its paragraphs one by one."""
    paragraph = "How many dogs were seized in 2021? By month please.\n\n"
    taken = segment(paragraph * 9000)
    assert len(taken.sentences) == 18_000
    last = taken.sentences[-1]
    assert taken.text[last.start : last.end] == "By month please."
    assert taken.lines[last.line].start <= last.start < taken.lines[last.line].end


@given(st.one_of(st.text(max_size=300), PIECES))
def test_spans_of_any_text(text: str) -> None:
    """Spans of any text are ordered, disjoint, trimmed, inside their line's run, and lose no word."""
    taken = segment(text)
    last = 0
    for line in taken.lines:
        assert last <= line.start <= line.content_start <= line.end
        assert text[line.start : line.end].strip() == text[line.start : line.end] != ""
        last = line.end
    last = 0
    covered = 0
    for sentence in taken.sentences:
        body = text[sentence.start : sentence.end]
        assert last <= sentence.start < sentence.end
        assert body.strip() == body
        assert taken.lines[sentence.line].start <= sentence.start <= taken.lines[sentence.line].end
        assert sentence.role
        covered += sum(not char.isspace() for char in body)
        last = sentence.end
    markers = sum(not char.isspace() for line in taken.lines for char in text[line.start : line.content_start])
    assert covered + markers == sum(not char.isspace() for char in text)


def test_nothing_in_nothing_out() -> None:
    """White space has no lines and no sentences."""
    assert segment(" \n\t ") == Segmented(" \n\t ", (), ())
