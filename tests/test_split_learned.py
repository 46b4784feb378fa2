"""What is learned about requests: roles of their parts and the way that they go, and the data that it is learned from.

Every letter is invented; so are the authorities, people and figures.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.markup import parse_marked, read_marked
from triage.pipeline import split
from triage.schema import Request
from triage.segment import segment
from triage.split.diversions import find_windows
from triage.split.handling import score_ways
from triage.split.items import find_items
from triage.split.ngrams import BUCKETS, hash_text
from triage.split.parts import CONTINUES, OPENS, describe_parts, find_parts
from triage.split.roles import find_segments
from triage.split.tagger import Weights, find_path, hash_features

ROOT = Path(__file__).parents[1]
LETTER = (
    "Dear Fennmoor Council,\n\n"
    "We were told in May that the quay had been sold, and nobody in the village knows why.\n\n"
    "Please provide, for 2022 and 2023:\n"
    "1. The number of moorings let\n2. The income from them\n\nA spreadsheet would be ideal.\n\nKind regards\nBo Sample"
)


def _roles(text: str) -> list[tuple[str, str]]:
    segments = split(Request("r", text)).segments
    return [(each.role, text[each.start : each.end].strip()) for each in segments]


def test_roles_of_a_plain_letter() -> None:
    """Each part of a plain letter has the role that a reader gives it."""
    assert _roles(LETTER) == [
        ("greeting", "Dear Fennmoor Council,"),
        ("background", "We were told in May that the quay had been sold, and nobody in the village knows why."),
        ("preamble", "Please provide, for 2022 and 2023:"),
        ("q", "1. The number of moorings let"),
        ("q", "2. The income from them"),
        ("constraint", "A spreadsheet would be ideal."),
        ("closing", "Kind regards"),
        ("signature", "Bo Sample"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence", "role"),
    [
        pytest.param(
            "{} {ask}", "In your reply of 3 May 2023 you gave the sum for one ward only.", "prior_ref", id="reply"
        ),
        pytest.param(
            "{} {ask}", 'By "mooring" I mean a berth that is let for a year or more.', "definition", id="means"
        ),
        pytest.param("{} {ask}", "I run a small boatyard on the other bank.", "background", id="who asks"),
        pytest.param(
            "{ask}\n\n{}", "Scanned pages are of no use to me, so Word or plain text.", "constraint", id="form"
        ),
        pytest.param("{ask}\n\n{}", "It is a disgrace how this town has been treated.", "opinion", id="anger"),
        pytest.param("{}\n\n{ask}", "This letter is a request under the Act.", "preamble", id="the Act"),
    ],
)
def test_role_of_a_sentence_beside_a_question(text: str, sentence: str, role: str) -> None:
    """A sentence beside a question is told by its words and its place, whatever the rules know of them."""
    body = text.format(sentence, ask="How many moorings were let in 2023?")
    assert (role, sentence) in _roles(f"Dear Fennmoor Council,\n\n{body}\n\nKind regards\nBo Sample")


def test_a_question_keeps_its_role() -> None:
    """What the rules found to be a question is never told to be something else, nor anything else a question."""
    text = f"{LETTER}\n\nI am ashamed of this council, you should all be sacked."
    segmented = segment(text)
    items, _ = find_items(segmented)
    parts = find_parts(segmented, items, find_segments(segmented, items))
    asked = {part.start for part in parts if part.rule in (OPENS, CONTINUES)}
    assert asked == {item.start for item in items}
    roles = [role for role, words in _roles(text) if "ashamed" in words]
    assert roles == ["opinion"] or roles == ["signature"]


def test_best_path_obeys_what_follows_what() -> None:
    """The row of roles with the highest sum wins, not the best role at each place."""
    weights = Weights(
        roles=("greeting", "closing", OPENS, CONTINUES),
        slopes=np.array([[1, 0.9, 0, 0], [0.9, 1, 0, 0]], np.float32),
        follows=np.array([[-9, 0, 0, 0], [-9, 3, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], np.float32),
        first=np.zeros(4, np.float32),
        last=np.zeros(4, np.float32),
    )
    assert find_path(weights, ["background", "background"], [[0], [0]]) == ["closing", "closing"]
    assert find_path(weights, ["background", OPENS, CONTINUES], [[0], [0], [1]]) == ["greeting", OPENS, CONTINUES]
    assert find_path(weights, [], []) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_parts_of_any_text(text: str) -> None:
    """Parts lie in order without overlap, and each has features in the range of the weights."""
    segmented = segment(text)
    items, _ = find_items(segmented)
    parts = find_parts(segmented, items, find_segments(segmented, items))
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
    described = list(describe_parts(segmented, parts))
    assert len(described) == len(parts)
    assert all(0 <= bucket < BUCKETS for each in described for bucket in hash_features(each))


def test_segments_cover_a_text_that_is_too_long_to_be_told() -> None:
    """A pasted document keeps the roles by rule, and every character one."""
    text = "How many boats?\nThe quay is long and the boats are small.\n" * 5_000
    segments = split(Request("r", text)).segments
    assert segments[0].start == 0
    assert segments[-1].end == len(text)
    assert all(a.end == b.start for a, b in itertools.pairwise(segments))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        pytest.param("How many parking fines were issued in 2023, by street?", "foi", id="plain"),
        pytest.param("Please send me every note that your officers wrote about me.", "subject_access", id="own"),
        pytest.param("I demand an apology and my forty pounds back by Friday.", "complaint", id="complaint"),
        pytest.param("Do you agree that the scheme is unfair, and will you promise to end it?", "advice", id="view"),
        pytest.param("Please send the nitrogen dioxide readings from the tube on Quay Street.", "eir", id="air"),
        pytest.param(
            "I dispute your refusal under section 43 and ask for an internal review of it.",
            "internal_review",
            id="review",
        ),
    ],
)
def test_way_of_a_part(text: str, way: str) -> None:
    """The likeliest way of a part is told by its words."""
    scores = score_ways(text)
    assert max(scores, key=scores.__getitem__) == way


def test_anger_with_a_plain_ask_stays_plain() -> None:
    """A letter that scolds and asks for figures is a plain request."""
    text = (
        "The state of the quay is shameful and somebody should resign. How many repairs were ordered in 2022 and 2023, "
        "and what was spent on them?\n\nBo Sample"
    )
    assert split(Request("r", text)).diversions == ()


def test_short_letter_goes_one_way() -> None:
    """The questions of a short letter go the way that the whole of it speaks for."""
    text = (
        "Please send me the notes of the panel that decided my case.\n\nI would also like the recording of my "
        "interview with your officer.\n\nBo Sample"
    )
    taken = split(Request("r", text))
    assert [question.handling for question in taken.questions] == ["subject_access", "subject_access"]


def test_a_letter_without_question_goes_its_way_whole() -> None:
    """A complaint that asks for no record is marked from its first word to its last, without its signature."""
    text = "Dear Fennmoor Council,\n\nMy bin was missed again. Send somebody to empty it.\n\nYours\nBo Sample"
    (found,) = split(Request("r", text)).diversions
    assert (found.handling, found.ordinal) == ("complaint", None)
    assert text[found.start : found.end] == "My bin was missed again. Send somebody to empty it."


def test_windows_end_with_their_question() -> None:
    """A question speaks with what stands before it, the last with what follows; greeting and signature are left out."""
    text = "Dear all, I pay tax. How many? It is late. Where? Soon please. Bo"
    roles = [(0, 10, "greeting"), (10, 21, "background"), (21, 63, "q"), (63, 65, "signature")]
    assert find_windows(text, [(21, 30), (43, 49)], roles) == [
        "I pay tax. How many?",
        "It is late. Where? Soon please.",
    ]
    assert find_windows(text, [], roles) == ["I pay tax. How many? It is late. Where? Soon please."]


def test_hashes_do_not_depend_on_case_or_apostrophe() -> None:
    """The same words give the same buckets, however they were typed."""
    (words, _), (letters, _) = hash_text("The Council’s quay")
    (again, _), (once_more, _) = hash_text("the council's QUAY")
    assert words.tolist() == again.tolist()
    assert letters.tolist() == once_more.tolist()


@pytest.mark.parametrize(
    ("signature", "nameless"),
    [
        pytest.param("Yours, Bo Sample", False, id="name behind the formula"),
        pytest.param("Capt. (retd) Bo Sample-Test", False, id="title and brackets"),
        pytest.param('Cuthbert "Bert" Sample', False, id="nickname"),
        pytest.param("cheers, bo sample", False, id="small letters"),
        pytest.param("Bo Sample\nLeaseholder", False, id="post below"),
        pytest.param("Bo and Jo Sample", False, id="two people"),
        pytest.param("Lucasta Sampledew", False, id="name that ends like a formula"),
        pytest.param("Warmest wishes,\nBo", True, id="first name"),
        pytest.param("J. P.\n(Doctoral student)", True, id="initials"),
        pytest.param("A retired ward sister and lifelong rambler", True, id="description"),
        pytest.param("Sales Team", True, id="desk"),
    ],
)
def test_signatures(signature: str, nameless: bool) -> None:
    """A signature without surname, a description and a desk are no names; a name is one in whatever dress."""
    text = f"Dear Fennmoor Council,\n\nHow many moorings were let in 2023?\n\n{signature}"
    found = [each.handling for each in split(Request("r", text)).diversions]
    assert found == (["invalid"] if nameless else [])


# The data that is learned from.

MARKED = (
    "<greeting>Hi,</greeting>\n\n<preamble>For 2023:</preamble>\n1) "
    '<q h="eir" period="2023-01-01/2023-12-31 calendar year" place="Ossing; Bray" by="month; ward">'
    "air readings</q>\n<signature>Bo Sample</signature>"
)


def test_marked_request_becomes_a_row() -> None:
    """Tags leave the text; offsets, label, slots and handling stand for them; a marker belongs to what follows it."""
    row = parse_marked(MARKED, "x-1", "Ossing Council", "2024-02-01", "numbered")
    text = row["text"]
    assert text == "Hi,\n\nFor 2023:\n1) air readings\nBo Sample"
    (question,) = row["questions"]
    assert (text[question["start"] : question["end"]], question["label"]) == ("air readings", "1")
    assert question["handling"] == "eir"
    assert question["slots"] == {
        "period": {
            "raw": "2023-01-01/2023-12-31 calendar year",
            "from": "2023-01-01",
            "to": "2023-12-31",
            "grain": "calendar year",
        },
        "place": "Ossing; Bray",
        "breakdown": ["month", "ward"],
    }
    spans = [(each["role"], text[each["start"] : each["end"]].strip()) for each in row["segments"]]
    assert spans == [
        ("greeting", "Hi,"),
        ("preamble", "For 2023:"),
        ("q", "1) air readings"),
        ("signature", "Bo Sample"),
    ]


@pytest.mark.parametrize("marked", ["<q>How many?", "<q>How <values>many</values>?</q>", "How many?</q>"])
def test_unbalanced_tags_are_named(marked: str) -> None:
    """A tag that is not closed, not opened or within another stops the reading with the name of the request."""
    with pytest.raises(ValueError, match="x-1"):
        parse_marked(marked, "x-1", "", "", "")


@pytest.mark.parametrize("path", sorted((ROOT / "training" / "requests").glob("*.txt")), ids=lambda path: path.stem)
def test_training_requests_are_marked_throughout(path: Path) -> None:
    """Every word of a training request lies in a part, and its questions stand where their words are."""
    rows = read_marked(path)
    assert len({row["id"] for row in rows}) == len(rows) > 0
    for row in rows:
        for question in row["questions"]:
            assert row["text"][question["start"] : question["end"]] == question["text"]
        covered = sum(each["end"] - each["start"] for each in row["segments"])
        assert covered == len(row["text"])
