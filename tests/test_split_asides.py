"""What stands around the questions of a request: wishes, arguments, ways that a part goes, roles, edits.

Every letter is invented; so are the authorities, people and figures.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.errors import FormatError, InputError
from triage.pipeline import read_edits, record_edits, split
from triage.schema import Edit, Request
from triage.segment.asides import announces, argues, wishes

_RECEIVED = dt.date(2026, 11, 20)
_ASK = "How many bins were missed in 2023?"


def _asked(text: str) -> list[str]:
    return [question.text for question in split(Request("r", text, _RECEIVED)).questions]


ASIDES = [
    "Should any part be exempt please release the rest.",
    "If you hold this in part only I would ask you to release the part held.",
    "Where a question is refused please explain which exemption applies to it.",
    "If a question can't be answered because it is commercially sensitive then please answer the others.",
    "Where names of junior officials appear I have no objection to their being blacked out.",
    "We would appreciate a prompt reply.",
    "Please reply to the email address from which this is sent.",
    "Please could you respond to these questions using this form.",
    "A link to published data is fine as long as it shows the years.",
    "I would like the refusal of 3 May to be reviewed by somebody senior.",
    "Please could you answer these under FOI?",
    "Can you pick up please?",
    "I ask because the letter to parents was unclear.",
    "Do you honestly think this is an acceptable service?",
    "Why can't it all be done at once?",
    "When I ring you the machine tells me I am number nineteen.",
    "And then try telling me it was money well spent!",
    "I would like to see the facts for myself rather than rely on headlines.",
    "I would like whoever that is to come and look me in the eye.",
    "We would be grateful for the answers in the body of an email.",
    "Personal data may be redacted.",
    "Figures of fewer than 5 may be shown as <5.",
    "If any figure would need a manual review of records please omit it.",
    "For information, we are asking all universities the same questions.",
    "When is somebody going to actually do something?",
    "Results will be published in anonymised form.",
    "Spreadsheet if possible.",
    "What I ask is this.",
    "Questions from a council tax payer.",
    "I would like to know a few things about bins.",
    "Where an exact figure is not held please enter a dash.",
    "Numbers below 5 can be given as less than 5.",
    "Names not required.",
    "Please confirm receipt.",
    "Please complete this short survey.",
]


@pytest.mark.parametrize("aside", ASIDES)
def test_an_aside_is_no_question(aside: str) -> None:
    """A wish about the reply, an announcement, an argument or a reason beside a question is none itself."""
    assert _asked(f"Dear all,\n\n{_ASK}\n\n{aside}\n\nRegards\nSam Sample") == [_ASK]
    assert _asked(f"Dear all,\n\n{aside}\n\n{_ASK}\n\nRegards\nSam Sample") == [_ASK]


@pytest.mark.parametrize(
    "question",
    [
        "If so, how many were refused?",
        "Where a licence was refused, how many appeals were made?",
        "Do you hold a policy on noise?",
        "What is the policy where information is withheld?",
        "I would like to see the minutes of the board.",
    ],
)
def test_what_only_looks_like_an_aside_is_asked(question: str) -> None:
    """The words of a wish or an argument may be part of something asked."""
    assert question in _asked(f"{_ASK}\n\n{question}")
    assert not (wishes(question))
    assert not (argues(question))
    assert not (announces(question))


def test_an_opinion_is_a_question_where_nothing_else_is_asked() -> None:
    """Who asks only what somebody thinks is answered on that."""
    text = "Dear all,\n\nDo you honestly think this is acceptable?\n\nRegards\nSam Sample"
    (question,) = split(Request("r", text)).questions
    assert (question.text, question.handling) == ("Do you honestly think this is acceptable?", "advice")


SHAPES = {
    "a series in one sentence": (
        "I would like to know how many dogs the force bought in 2022, what share of those dogs left early, and the "
        "dearest single animal purchased.",
        [
            "I would like to know how many dogs the force bought in 2022",
            "what share of those dogs left early",
            "the dearest single animal purchased.",
        ],
    ),
    "items whose line breaks were lost": (
        "Please provide the following about hostels 1. Number of hostels and their capacity2. Currently how "
        "many beds are "
        "empty3. The nightly rate",
        ["Number of hostels and their capacity", "Currently how many beds are empty", "The nightly rate"],
    ),
    "a message without marks": (
        "hello i am trying to find out about dog mess how many fines did you give out for it in 2021 and how "
        "many of them "
        "were paid how many dog wardens have you got please also send me the list of streets with bins "
        "thankyou d sample",
        [
            "how many fines did you give out for it in 2021",
            "how many of them were paid",
            "how many dog wardens have you got",
            "please also send me the list of streets with bins",
        ],
    ),
    "a clarification above the request": (
        "From: B. Sample\nSent: 29 April 2024\n\nHi\nJust the calendar year 2023 will "
        "do.\nThanks\nB.\n\n-----Original "
        "Message-----\nFrom: FOI\nSent: 16 April 2024\n\nThank you for your request. Please clarify the "
        "period.\n\n-----Original "
        "Message-----\nFrom: B. Sample\nSent: 11 April 2024\n\nPlease tell me:\n1) how many fines were "
        "issued;\n2) the total "
        "income.\nThanks\nB. Sample",
        ["how many fines were issued;", "the total income."],
    ),
    "labels from the first word on": (
        "(i) a list of all firms on the register, (ii) how many reports were received and (iii) their salary bands.",
        ["a list of all firms on the register,", "how many reports were received", "their salary bands."],
    ),
    "lines to write on": (
        "Please complete this form.\n\nNumber of reports made: ________\nNumber passed on: ____",
        ["Number of reports made:", "Number passed on:"],
    ),
    "a table that belongs to its question": (
        "I would like the number of offences, set out as in this table:\n\nOffence | 2021/22 | "
        "2022/23\nAssault | |\nThreats | |",
        [
            "I would like the number of offences, set out as in this table:\n\nOffence | 2021/22 | 2022/23\n"
            "Assault | |\n"
            "Threats | |"
        ],
    ),
    "something else behind to know": (
        "I want to see the complaint about my club, and to know who made it.",
        ["I want to see the complaint about my club,", "to know who made it."],
    ),
    "asks that are counted out": (
        "First, how much was spent on doctors? Second, which agencies do you use and what commission does "
        "each one charge?",
        [
            "First, how much was spent on doctors?",
            "Second, which agencies do you use and what commission does each one charge?",
        ],
    ),
    "wishes that are numbered like questions": (
        "1. How many dogs?\n2. Please reply by e-mail in Word format.\n3. If any part of this is refused "
        "please cite the "
        "exemption.",
        ["How many dogs?"],
    ),
    "a wish behind the last item": (
        "1. How many dogs?\n2. How many cats? Please reply within 20 working days.",
        ["How many dogs?", "How many cats?"],
    ),
    "a follow-up that asks several things": (
        "Does the force own drones? If so how many and how often have they been flown?",
        ["Does the force own drones?", "If so how many and how often have they been flown?"],
    ),
    "two years of one measure": (
        "How many doctors did the team have in January 2020 and how many in January 2025?",
        ["How many doctors did the team have in January 2020 and how many in January 2025?"],
    ),
    "a number and its comma": ("1,how many dogs\n2,how many cats", ["how many dogs", "how many cats"]),
    "items that begin with No": (
        "1. No. of dogs seized\n2. No of prosecutions\nAll the above for 2020 and 2021 please.",
        ["No. of dogs seized", "No of prosecutions"],
    ),
    "a period below the list": (
        "Please send:\n- number of assaults on staff\n- number of incidents reported\n\nin 2021/22 and "
        "2022/23, each by "
        "department.",
        ["number of assaults on staff", "number of incidents reported"],
    ),
    "a question that opens with a preposition": (
        "Has the force used cameras?\nIf yes on what dates and at what places",
        ["Has the force used cameras?", "If yes on what dates and at what places"],
    ),
    "who signs with what he is": (
        "1. How many dogs?\n2. How many cats?\n\nJ. Sample\nData journalist",
        ["How many dogs?", "How many cats?"],
    ),
    "wondering": (
        "I was wondering if it would be possible to have the number of houses that were flooded in 2023.",
        ["I was wondering if it would be possible to have the number of houses that were flooded in 2023."],
    ),
    "compensation is no complaint": (
        "Please tell me on how many occasions a dog has bitten somebody, with any compensation paid.",
        ["Please tell me on how many occasions a dog has bitten somebody, with any compensation paid."],
    ),
    "documents together": (
        "Please provide the behaviour policy of the school, together with any script that staff are told to use.",
        ["Please provide the behaviour policy of the school,", "any script that staff are told to use."],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_requests(name: str) -> None:
    """Each shape gives its questions, whole and no more."""
    text, questions = SHAPES[name]
    assert _asked(text) == questions


PERIODS = {
    "one year for every ask of a sentence": (
        "How many dogs were bought in 2022, what share of those dogs left early, and the dearest single "
        "animal purchased.",
        2,
        ("2022-01-01", "2022-12-31"),
    ),
    "a year behind the asks": (
        "We wish to know the number of exclusions and the number of suspensions in 2023.",
        0,
        ("2023-01-01", "2023-12-31"),
    ),
    "since what happened on a day": (
        "Please send any letters about the site since permission was granted on 9 November 2023.",
        0,
        ("2023-11-09", "2026-11-20"),
    ),
    "in that time": (
        "How many nurses left in 2021? What was spent on agency nurses in that time?",
        1,
        ("2021-01-01", "2021-12-31"),
    ),
    "academic years from one on": (
        "Please state the income in each academic year since 2019/20.",
        0,
        ("2019-09-01", "2026-11-20"),
    ),
    "figures unless stated otherwise": (
        "Unless I say otherwise figures should be for 1 April 2022 - 31 March 2024.\n\n1. How many drones crashed?",
        0,
        ("2022-04-01", "2024-03-31"),
    ),
    "the third bullet": (
        "Please tell me:\n- how many carers were approved\n- how many gave up\n\nPoints 1 and 2 are for 2021/22.",
        1,
        ("2021-04-01", "2022-03-31"),
    ),
    "a clarification above": (SHAPES["a clarification above the request"][0], 1, ("2023-01-01", "2023-12-31")),
    "what the press said": (
        "Your release says 300 dogs were taken in 2022.\n1. How many of the 300 were seized?",
        0,
        ("2022-01-01", "2022-12-31"),
    ),
    "a title with its year": (
        "Dear all,\nAgency doctors, 1 April 2023 - 31 March 2024\n\n1. Number of shifts worked\n2. Total spend",
        1,
        ("2023-04-01", "2024-03-31"),
    ),
    "an announcement with its year": (
        'Please provide the information below for 2023.\n\nDefinitions\n\n"Shift" means any turn of '
        "duty.\n\n1. Number of shifts worked\n2. Total spend",
        0,
        ("2023-01-01", "2023-12-31"),
    ),
    "what is asked as it is": (
        "For 2022 please provide:\n1. the number of dogs seized\n2. Which company runs the kennels?",
        1,
        None,
    ),
    "not the third bullet": (
        "Please tell me:\n- how many carers were approved\n- how many gave up\n- how many moved\n\n"
        "Points 1 and 2 are for 2021/22.",
        2,
        None,
    ),
    "a policy has no year of its neighbours": (
        "For 2022 please provide:\n1. the number of dogs seized\n2. the policy on dogs",
        1,
        None,
    ),
}


@pytest.mark.parametrize("name", PERIODS)
def test_periods_reach_their_questions(name: str) -> None:
    """A question takes the period that the request gives it, wherever that stands."""
    text, number, days = PERIODS[name]
    period = split(Request("r", text, _RECEIVED)).questions[number].slots.period
    assert (period and (str(period.start), str(period.end))) == days


def test_a_question_that_names_its_subject_is_searched_without_the_one_before() -> None:
    """It depends on the other for its scope; the words of the other would find the other's answer."""
    asks = (
        "How many flights were made in 2022?",
        "How many of the pilots are civilians?",
        "How many of them are women?",
    )
    text = "\n".join(f"{number}. {ask}" for number, ask in enumerate(asks, start=1))
    _, pilots, women = split(Request("r", text, _RECEIVED)).questions
    assert (pilots.depends_on, pilots.standalone) == ((1,), "How many of the pilots are civilians?")
    assert "pilots are civilians" in women.standalone


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("How many fines were issued by each camera?", ("camera",)),
        ("The sum paid to each provider of such services", ("provider",)),
        ("How many flats, by council tax band?", ("council tax band",)),
        ("How many thefts in each quarter of 2023?", ("quarter",)),
        ("The number of dogs bought between 1 January 2022 and 31 December 2023", ()),
        ("How many dogs were bought in 2022 and 2023?", ("year",)),
    ],
)
def test_axes_of_what_is_counted_apart(text: str, axes: tuple[str, ...]) -> None:
    """What is named behind "each" or "by" is an axis; a span from day to day asks for one total."""
    assert split(Request("r", text, _RECEIVED)).questions[0].slots.breakdown == axes


WAYS = {
    "subject_access": "Please send me the notes that your officers wrote about me.",
    "complaint": "I wish to lodge a formal complaint about the crew. I want my £35 back.",
    "advice": "How can you justify this? Will you promise that it ends?",
    "eir": "Please send the hourly nitrogen dioxide readings for Mill Lane in March 2023.",
    "other_body": "Please tell me how many grants Brackwater County Council made last winter.",
    "internal_review": "I am not content with your reply to my request. Please reconsider it.",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_that_goes_another_way_says_so(way: str) -> None:
    """The way is named with its reason and section; the words are those of the letter."""
    text = f"Dear Fennmoor Trust,\n\n{WAYS[way]}\n\nYours\nSam Sample"
    diversions = split(Request("r", text)).diversions
    assert {each.handling for each in diversions} == {way}
    for each in diversions:
        assert each.reason
        assert each.section
        assert text[each.start : each.end] in WAYS[way]


@pytest.mark.parametrize(
    "ask",
    [
        "I demand an apology. How many complaints about bins were received in 2023?",
        "How many subject access requests were answered late in 2023?",
        "How many internal reviews were held in 2023, and how many decisions were changed?",
        "How many lamps are there on my street?",
        "What did the council pay its environmental health staff in 2023?",
        "What did you answer when Brackwater County Council made its offer?",
    ],
)
def test_a_plain_request_goes_no_other_way(ask: str) -> None:
    """Anger, counts and names of other bodies divert nothing."""
    assert split(Request("r", f"Dear Fennmoor Council,\n\n{ask}\n\nYours\nSam Sample")).diversions == ()


@pytest.mark.parametrize(
    ("signature", "nameless"),
    [
        ("Kev", True),
        ("J.B.", True),
        ("A Worried Pensioner", True),
        ("The Masked Avenger", True),
        ("Sales Team", True),
        ("Sam Sample", False),
        ("S. Sample", False),
        ("Mrs Sample", False),
        ("Sample Lamps Ltd", False),
        ("Sam Sample, Resident", False),
    ],
)
def test_a_signature_that_is_no_name(signature: str, nameless: bool) -> None:
    """Section 8 asks for a name; an initial or a title with a surname is one, and so is that of a firm."""
    diversions = split(Request("r", f"Dear all,\n\n{_ASK}\n\nRegards\n{signature}")).diversions
    assert [each.handling for each in diversions] == (["invalid"] if nameless else [])


def test_a_letter_without_a_signature_is_left_alone() -> None:
    """The name may stand in the form that the text was pasted from."""
    assert split(Request("r", f"Dear all,\n\n{_ASK}")).diversions == ()


def test_roles_of_a_letter() -> None:
    """Every kind of stretch is told, in order, and they cover the text."""
    text = (
        "Dear Fennmoor Council,\n\nThank you for your reply of 2 May to my request.\n\nMy street floods each "
        "winter. You people "
        "should be ashamed.\n\nPlease provide for 2023:\n1. the number of floods\n2. the cost of "
        "repairs\n\nBy flood I mean "
        "water in a house.\n\nPlease send it as a spreadsheet.\n\nThank you for your help.\n\nYours "
        "sincerely,\nSam Sample"
    )
    segments = split(Request("r", text)).segments
    roles = [
        "greeting",
        "prior_ref",
        "background",
        "opinion",
        "preamble",
        "q",
        "q",
        "definition",
        "constraint",
        "closing",
    ]
    assert [each.role for each in segments] == [*roles, "signature"]
    assert "".join(text[each.start : each.end] for each in segments) == text


@given(
    st.lists(st.sampled_from(["Dear all,", _ASK, "1. dogs", "2) cats", "a | b", "> q", "\n", " ", "Regards", "é", "?"]))
)
@settings(max_examples=200)
def test_segments_cover_any_text(parts: list[str]) -> None:
    """Without gap or overlap, whatever the text."""
    text = "".join(parts)
    segments = split(Request("r", text)).segments
    assert "".join(text[each.start : each.end] for each in segments) == text
    assert all(each.start < each.end for each in segments)


TEXT = f"Dear all,\n\n{_ASK} And what did it cost?\n\nRegards\nRowan Ashdown"


def test_edited_questions_are_taken(tmp_path: Path) -> None:
    """By offsets or words alone; what hangs on them is found anew, and the edit is kept without people."""
    request = Request("r", TEXT, _RECEIVED)
    given_back = {"questions": [{"start": 11, "end": 45, "label": "1"}, {"text": "what did it cost?"}]}
    edits = read_edits(json.dumps(given_back).encode(), request, name="edited.json")
    assert edits == (Edit(11, 45, "1"), Edit(50, 67))
    found = split(request, edits).questions
    assert [(q.label, q.text) for q in found] == [("1", _ASK), (None, "what did it cost?")]
    assert found[0].slots.period is not None
    assert record_edits(tmp_path, request, edits, split(request), at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    line = json.loads((tmp_path / "splits.jsonl").read_text("utf-8"))
    assert [TEXT[q["start"] : q["end"]] for q in line["questions"]] == [_ASK, "what did it cost?"]
    assert len(line["text"]) == len(TEXT)
    assert "Ashdown" not in line["text"]


def test_an_edit_that_changes_nothing_is_not_kept(tmp_path: Path) -> None:
    """What agrees with what was found teaches nothing."""
    request = Request("r", f"Dear all,\n\n{_ASK}")
    found = split(request)
    edits = [Edit(q.start, q.end) for q in found.questions]
    assert not record_edits(tmp_path, request, edits, found, at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"nonsense", "give what `triage split --json` printed"),
        (b'{"id": "r"}', "questions"),
        (b'{"questions": [{"label": "1"}]}', "question 1 has no start and end, nor a text"),
        (b'{"questions": [{"text": "how many cats?"}]}', "is not in the request"),
        (b'{"questions": [{"start": 5, "end": 9000}]}', "nothing stands from 5 to 9000"),
        (b'{"questions": [{"start": 11, "end": 45, "text": "how many cats?"}]}', "is not what stands from 11 to 45"),
        (b'{"questions": [{"start": 11, "end": 45}, {"start": 20, "end": 60}]}', "begins before question 1 ends"),
    ],
)
def test_an_edit_that_cannot_be_used_says_why(data: bytes, said: str) -> None:
    """Each names the file and the question, and what to do."""
    with pytest.raises(FormatError, match=r"edited\.json") as raised:
        read_edits(data, Request("r", TEXT), name="edited.json")
    assert said in str(raised.value)


def test_an_edit_needs_a_folder_to_be_kept_in(tmp_path: Path) -> None:
    """Nothing is lost in silence."""
    request = Request("r", TEXT)
    with pytest.raises(InputError, match="--corpus"):
        record_edits(
            tmp_path / "none", request, [Edit(11, 45)], split(request), at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        )


def test_the_command_shows_roles_and_takes_edits(run: Run, tmp_path: Path) -> None:
    """`--roles` adds the segments; `--questions` gives the edited questions and says where the edit is kept."""
    request, edited, corpus = tmp_path / "request.txt", tmp_path / "edited.json", tmp_path / "corpus"
    request.write_text(TEXT, "utf-8")
    edited.write_text(json.dumps({"questions": [{"text": _ASK}]}), "utf-8")
    corpus.mkdir()
    shown = run("split", str(request), "--roles", "--json")
    assert [each["role"] for each in json.loads(shown.out)["segments"]] == [
        "greeting",
        "q",
        "q",
        "closing",
        "signature",
    ]
    taken = run("split", str(request), "--questions", str(edited), "--corpus", str(corpus), "--json")
    assert [q["text"] for q in json.loads(taken.out)["questions"]] == [_ASK]
    assert "the edit is kept in" in taken.err
    assert (corpus / "splits.jsonl").is_file()


HOSTILE = [
    "I would like ",
    "how many dogs were seized in 2021 and ",
    "the number, ",
    ", the cost",
    "1. A",
    "a1. B2. C",
    "(",
    "J. Sample\n",
    "if any part cannot ",
    "please also tell me, and ",
]


def test_hostile_text_comes_to_an_end() -> None:
    """No search runs away: where one does, these texts take years and not seconds."""
    code = (
        "import json, sys\nfrom triage.pipeline import split\nfrom triage.schema import Request\n"
        "for piece in json.loads(sys.argv[1]):\n    split(Request('r', (piece * 9000)[:9000]))\nprint('done')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(HOSTILE)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.strip() == "done", done.stderr
