"""Building and opening an index: what is read again, what is kept, and what never gets in."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from triage import pipeline
from triage.config import Config, SearchSettings
from triage.encode import Encoder
from triage.errors import CorpusError, EmptyInputError, InputError, NotTextError, StoredIndexError, TooLargeError
from triage.pipeline import OpenIndex, ReindexReport, is_stale, open_index, read_paths, read_text, reindex
from triage.schema import Disclosure, Request, Status, Verdict

CONFIG = Config()
Build = Callable[[], ReindexReport]


class CountingEncoder:
    """Notes which texts another encoder is given."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Pass the texts on."""
        self.texts += texts
        return self._encoder.encode(texts)


class BrokenEncoder:
    """Fails, as a machine does that runs out of memory."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Fail."""
        raise MemoryError(f"{len(texts)} texts")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give an empty corpus."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Name the folder of an index that is not there yet."""
    return tmp_path / "index"


@pytest.fixture
def encoder(word_hash_encoder: Encoder) -> CountingEncoder:
    """Give an encoder without a model that counts."""
    return CountingEncoder(word_hash_encoder)


@pytest.fixture
def build(corpus: Path, index: Path, encoder: CountingEncoder) -> Build:
    """Give a function that builds the index."""
    return lambda: reindex(corpus, index, config=CONFIG, encoder=encoder)


def _record(reference: str, *questions: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """Make a record of the project's own form."""
    answered = [
        {"label": str(label), "text": text, "answer": f"Answer to {text}", "outcome": "disclosed"}
        for label, text in enumerate(questions, start=1)
    ]
    return {"reference": reference, "authority": "Fennmoor Council", "questions": answered} | fields


def _write(corpus: Path, name: str, *records: dict[str, Any]) -> None:
    (corpus / name).write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def _counts(report: ReindexReport) -> tuple[int, int, int, int, int]:
    return report.read, report.unchanged, report.new, report.changed, report.removed


def _open(index: Path, encoder: Encoder) -> OpenIndex:
    return open_index(index, config=CONFIG, encoder=encoder)


def _statuses(opened: OpenIndex) -> dict[str, Status]:
    return {disclosure.reference: disclosure.status for disclosure in opened.store.disclosures()}


def test_only_what_changed_is_read_and_embedded_again(corpus: Path, build: Build, encoder: CountingEncoder) -> None:
    """A second build counts new, changed, unchanged and removed files, and embeds the new texts alone."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    _write(corpus, "b.jsonl", _record("FC/2", "How many cars?"))
    _write(corpus, "c.jsonl", _record("FC/3", "How many boats?"))
    assert _counts(build()) == (3, 0, 3, 0, 0)
    encoder.texts.clear()

    _write(corpus, "b.jsonl", _record("FC/2", "How many cars?", "How many lorries?"))
    (corpus / "c.jsonl").unlink()
    _write(corpus, "d.jsonl", _record("FC/4", "How many trams?"))
    report = build()
    assert _counts(report) == (3, 1, 1, 1, 1)
    assert (report.disclosures, report.precedents) == (3, 4)
    assert sorted(encoder.texts) == ["How many lorries?", "How many trams?"]


def test_a_build_of_what_did_not_change_embeds_nothing(corpus: Path, build: Build, encoder: CountingEncoder) -> None:
    """Running it again without a change reads no file and embeds no text."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    build()
    encoder.texts.clear()
    assert _counts(build()) == (1, 1, 0, 0, 0)
    assert encoder.texts == []


def test_vectors_carried_over_are_those_of_their_texts(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """After files came and went, each stored vector is still the one of its own text."""
    for number in range(6):
        _write(corpus, f"{number}.jsonl", _record(f"FC/{number}", f"How many things of kind k{number}?"))
    build()
    (corpus / "0.jsonl").unlink()
    _write(corpus, "00.jsonl", _record("FC/9", "Why are there none?", "How many things of kind k3?"))
    build()
    opened = _open(index, encoder)
    precedents = opened.store.precedents(range(len(opened.store)))
    expected = encoder.encode([precedent.standalone for precedent in precedents])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(opened.vectors.vectors(range(len(precedents))), expected, atol=1e-6)


def test_what_cannot_be_read_is_listed_and_the_rest_indexed(corpus: Path, build: Build) -> None:
    """Unread files are in the report with file and reason, in the build that met them and in the next one."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"), {"reference": "FC/2"})
    (corpus / "scan.pdf").write_bytes(b"%PDF")
    (corpus / "empty.txt").write_bytes(b"")
    for report in (build(), build()):
        assert [each.file for each in report.failed] == ["a.jsonl", "empty.txt", "scan.pdf"]
        assert "a.jsonl, line 2: " in report.failed[0].reason
        assert (report.read, report.precedents) == (3, 1)


def test_an_empty_corpus_keeps_the_old_index(corpus: Path, index: Path, build: Build, encoder: CountingEncoder) -> None:
    """With nothing to build from the build fails and the index in use stays."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    build()
    (corpus / "a.jsonl").unlink()
    with pytest.raises(CorpusError, match="holds nothing to build an index from; put past replies into it"):
        build()
    assert len(_open(index, encoder).store) == 1


def test_a_crash_in_the_middle_keeps_the_old_index(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """A build that dies leaves the index in use as it was, nothing half made, and does not stop the next build."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    build()
    before = sorted(path.name for path in index.iterdir())
    _write(corpus, "b.jsonl", _record("FC/2", "How many cars?"))
    with pytest.raises(MemoryError):
        reindex(corpus, index, config=CONFIG, encoder=BrokenEncoder())
    assert sorted(path.name for path in index.iterdir()) == before
    assert list(_statuses(_open(index, encoder))) == ["FC/1"]
    assert _counts(build()) == (2, 1, 1, 0, 0)


def test_the_build_before_is_kept_for_rollback(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """Writing the older build's name into `CURRENT` undoes a build."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    build()
    older = pipeline.build_name(index)
    _write(corpus, "b.jsonl", _record("FC/2", "How many cars?"))
    build()
    (index / "CURRENT").write_text(older)
    assert list(_statuses(_open(index, encoder))) == ["FC/1"]


def test_two_disclosures_with_one_reference_are_two(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """The later by date is kept as `~2`, whatever the file names, and the report says so."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?", responded="2024-06-01"))
    _write(corpus, "b.jsonl", _record("FC/1", "How many cars?", responded="2023-06-01"))
    report = build()
    assert report.notes == ("a.jsonl: FC/1 is also in b.jsonl; kept as FC/1~2",)
    opened = _open(index, encoder)
    found = {p.id: p.question for p in opened.store.precedents(range(len(opened.store)))}
    assert found == {"FC/1#1": "How many cars?", "FC/1~2#1": "How many vans?"}


def test_the_same_reply_twice_is_one(corpus: Path, build: Build) -> None:
    """A copy of a reply under another file name is kept once, and the report says so."""
    for name in ("a.jsonl", "copy.jsonl"):
        _write(corpus, name, _record("FC/1", "How many vans?", responded="2024-06-01"))
    report = build()
    assert report.notes == ("copy.jsonl: the same reply as a.jsonl; kept once",)
    assert report.precedents == 1


def test_precedents_with_the_same_text_stay_two(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """Identity is the id: the same question in two disclosures gives two precedents and both are found."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"), _record("FC/2", "How many vans?"))
    build()
    matches = pipeline.search(_open(index, encoder), "How many vans?")
    assert sorted(match.precedent.id for match in matches) == ["FC/1#1", "FC/2#1"]
    assert encoder.texts.count("How many vans?") == 2  # once for both precedents, once for the query


def test_a_label_printed_twice_gives_way_to_the_ordinal(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """The id takes the plain label, and the ordinal where the letter prints none or prints it twice."""
    record = _record("FC/1", "How many vans?", "How many cars?", "How many trams?", "How many boats?")
    for question, label in zip(record["questions"], ("Question A.", "7", "7", None), strict=True):
        question["label"] = label
    _write(corpus, "a.jsonl", record)
    build()
    opened = _open(index, encoder)
    assert [p.id for p in opened.store.precedents(range(4))] == ["FC/1#A", "FC/1#2", "FC/1#3", "FC/1#4"]


def _letter(day: str, reference: str, *paragraphs: str) -> str:
    head = f"Fennmoor Council\nOur reference: {reference}\nDate: {day}\n\nDear requester,\n\n"
    return head + "\n\n".join(paragraphs) + "\n\nYours faithfully,\nInformation Rights Team\n"


REFUSAL = _letter(
    "3 June 2024",
    "FC/0101/24",
    "You asked:\n1. How much does the council pay for each van it leases?",
    "1. This information is withheld under section 43(2) of the Freedom of Information Act 2000.",
)
REVIEW = _letter(
    "9 August 2024",
    "FC/IR/0007/24",
    "Internal review of FC/0101/24",
    "I have reviewed the response of 3 June 2024 to your request FC/0101/24. I have decided to overturn the original "
    "decision. Section 43(2) is no longer relied on.",
    "1. The council pays £310 a month for each van.",
)


def test_a_review_settles_the_earlier_disclosure(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """A review that overturns makes the earlier decision overturned, in the disclosure and in its precedents."""
    (corpus / "refusal.txt").write_text(REFUSAL, encoding="utf-8")
    build()
    assert _statuses(_open(index, encoder)) == {"FC/0101/24": Status.UNKNOWN}

    (corpus / "review.txt").write_text(REVIEW, encoding="utf-8")
    build()
    opened = _open(index, encoder)
    assert _statuses(opened) == {"FC/0101/24": Status.OVERTURNED, "FC/IR/0007/24": Status.STANDS}
    assert {p.status for p in opened.store.precedents_of("FC/0101/24")} == {Status.OVERTURNED}

    (corpus / "review.txt").unlink()
    build()
    assert _statuses(_open(index, encoder)) == {"FC/0101/24": Status.UNKNOWN}


def test_a_file_whose_letter_names_a_person_is_known_again(corpus: Path, index: Path, build: Build) -> None:
    """A name of a file that only its letter gives away is covered in the index, and the file is not read twice."""
    (corpus / "Zorvumbek vans.txt").write_text(REFUSAL.replace("Dear requester", "Dear Ms Zorvumbek"), encoding="utf-8")
    assert _counts(build()) == (1, 0, 1, 0, 0)
    assert _counts(build()) == (1, 1, 0, 0, 0)
    assert not is_stale(corpus, index, config=CONFIG)


_DECISIONS = {
    "upheld": "I have reviewed our reply to FC/0101/24. The decision is upheld: section 43(2) was correctly applied.",
    "overturned": "I have reviewed our reply to FC/0101/24. The decision is overturned. Section 43(2) is not engaged.",
}


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("upheld", "overturned", Status.OVERTURNED),
        ("overturned", "upheld", Status.UPHELD),
    ],
)
def test_the_last_decision_settles_a_reply(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder, first: str, second: str, status: Status
) -> None:
    """Of two reviews of one reply the later one counts, whatever their files are called."""
    (corpus / "refusal.txt").write_text(REFUSAL, encoding="utf-8")
    for name, day, decision in (("z.txt", "9 August 2024", first), ("a.txt", "2 December 2024", second)):
        text = _letter(day, f"FC/IR/{len(name + day)}/24", "Internal review of FC/0101/24", _DECISIONS[decision])
        (corpus / name).write_text(text, encoding="utf-8")
    build()
    assert _statuses(_open(index, encoder))["FC/0101/24"] is status


def test_a_status_that_the_record_gives_stays(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """A record that calls itself retracted is not made to stand by a letter about it."""
    _write(corpus, "a.jsonl", _record("FC/0101/24", "How many vans?", status="retracted", responded="2024-06-03"))
    text = _letter("9 August 2024", "FC/IR/7/24", "Internal review of FC/0101/24", _DECISIONS["upheld"])
    (corpus / "review.txt").write_text(text, encoding="utf-8")
    build()
    assert _statuses(_open(index, encoder))["FC/0101/24"] is Status.RETRACTED


@pytest.mark.parametrize(
    ("reference", "others", "authority"),
    [
        ("QC-2024-0007", ["Quillshire Constabulary"], "Quillshire Constabulary"),
        ("QC-2024-0007", ["Quillshire Constabulary", "Quaymouth Council"], ""),
        ("QX-2024-0007", ["Quillshire Constabulary"], ""),
    ],
    ids=["one authority has the series", "two share it", "another series"],
)
def test_the_form_of_a_reference_names_the_authority(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder, reference: str, others: list[str], authority: str
) -> None:
    """A letter that names no authority is of the one whose references have that form, where there is one."""
    for number, other in enumerate(others):
        _write(corpus, f"{number}.jsonl", _record(f"QC-2023-000{number}", "How many vans?", authority=other))
    letter = f"{reference}\n\n3 June 2024\n\nDear Mx Example\n\nYou asked:\n1. How many cars?\n\n1. Seven cars."
    (corpus / "letter.txt").write_text(letter, encoding="utf-8")
    build()
    found = {each.reference: each.authority for each in _open(index, encoder).store.disclosures()}
    assert found[reference] == authority


def test_a_changed_corpus_makes_the_index_stale(corpus: Path, index: Path, build: Build) -> None:
    """A renamed or changed file makes it stale and a build mends that; the README does not count."""
    assert is_stale(corpus, index, config=CONFIG)
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    build()
    assert not is_stale(corpus, index, config=CONFIG)
    (corpus / "README.md").write_text("What this is")
    assert not is_stale(corpus, index, config=CONFIG)
    (corpus / "a.jsonl").rename(corpus / "b.jsonl")
    assert is_stale(corpus, index, config=CONFIG)
    build()
    assert not is_stale(corpus, index, config=CONFIG)
    _write(corpus, "b.jsonl", _record("FC/1", "How many cars?"))
    assert is_stale(corpus, index, config=CONFIG)


def test_other_settings_make_the_index_stale_and_refused(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """An index built under other settings is stale and does not open."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    build()
    other = Config(search=SearchSettings(b=0.5))
    assert is_stale(corpus, index, config=other)
    with pytest.raises(StoredIndexError, match="another configuration"):
        open_index(index, config=other, encoder=encoder)


PEOPLE = ("Imelda Thackwray", "imelda.thackwray@fennmoor.example", "07700 900461", "Rufus Oddie")


def test_masked_names_never_reach_the_index(corpus: Path, index: Path, build: Build) -> None:
    """No file of an index holds a name, address or number of the applicant or a signatory, in any form of reply."""
    name, address, telephone, officer = PEOPLE
    letter = (
        f"Dear Ms {name},\n\nReference: FC/0102/24\n\nYou asked how many vans the council leases.\n\n"
        f"The council leases 12 vans.\n\nYours sincerely,\n{officer}\nInformation Officer\n{address}\n{telephone}\n"
    )
    (corpus / "letter.txt").write_text(letter, encoding="utf-8")
    (corpus / "page.html").write_text(f"<body><p>{letter.replace(chr(10), '<br>')}</p></body>", encoding="utf-8")
    _write(corpus, "a.jsonl", _record("FC/1", f"Dear Ms {name}, how many vans?", f"Write to {address}: how many cars?"))
    log = (
        f'Ref,Request,Response\nFC/3,"How many trams?\nRegards,\n{name}\n{telephone}","Dear Ms {name}, we hold none."\n'
    )
    (corpus / "log.csv").write_text(log, encoding="utf-8")
    report = build()
    assert report.failed == ()
    assert report.precedents >= 4
    held = [path for path in index.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite" for path in held)
    for words in (*PEOPLE, "Thackwray", "Oddie", "900461"):
        for form in (words.encode(), words.encode("utf-16-le"), words.lower().encode()):
            assert [path.name for path in held if form in path.read_bytes()] == []


def test_a_second_build_at_the_same_time_is_refused(corpus: Path, index: Path, encoder: CountingEncoder) -> None:
    """Two builds cannot write one index: the second is told to wait."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    refused: list[str] = []

    def again(stage: str, done: int, total: int) -> None:
        if stage == "read":
            with pytest.raises(StoredIndexError, match="wait until it has ended") as raised:
                reindex(corpus, index, config=CONFIG, encoder=encoder)
            refused.append(str(raised.value))

    reindex(corpus, index, config=CONFIG, encoder=encoder, on_progress=again)
    assert len(refused) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_in_the_corpus_does_not_stop_a_build(corpus: Path, build: Build) -> None:
    """A pipe is listed as unread; nobody waits for its other end."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    os.mkfifo(corpus / "pipe.txt")
    assert [each.file for each in build().failed] == ["pipe.txt"]


def test_progress_is_told(corpus: Path, index: Path, encoder: CountingEncoder) -> None:
    """Reading is told file by file, with how many there are."""
    for number in range(3):
        _write(corpus, f"{number}.jsonl", _record(f"FC/{number}", "How many vans?"))
    told: list[tuple[str, int, int]] = []
    reindex(corpus, index, config=CONFIG, encoder=encoder, on_progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "read"] == [("read", 1, 3), ("read", 2, 3), ("read", 3, 3)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(" \n", EmptyInputError, id="empty"),
        pytest.param("x" * 1_000_001, TooLargeError, id="too large"),
        pytest.param("How many \ud83d vans?", NotTextError, id="half a character"),
    ],
)
def test_a_request_that_cannot_be_worked_on_is_refused(text: str, error: type[InputError]) -> None:
    """Empty, oversized and broken texts are refused before any stage sees them."""
    with pytest.raises(error, match="the request"):
        pipeline.check_request(text, config=CONFIG)


def test_a_request_of_just_the_limit_is_taken() -> None:
    """The limit counts bytes of UTF-8 and is itself allowed."""
    text = "é" * 500_000
    assert pipeline.check_request(text, config=CONFIG) == text


def test_a_reply_given_as_text_is_masked() -> None:
    """Reading a reply covers the people in it and in the request, and keeps every offset."""
    text = f"Dear Ms {PEOPLE[0]},\nYou asked how many vans we hold.\nWe hold 12 vans.\n"
    disclosure = read_text(text, name="one", config=CONFIG, request=f"How many vans?\nRegards,\n{PEOPLE[0]}")
    assert "Thackwray" not in disclosure.text + disclosure.request
    assert len(disclosure.text) == len(text)


def test_files_and_folders_are_read_together(corpus: Path) -> None:
    """Paths are read in the order given, a folder file by file."""
    _write(corpus, "b.jsonl", _record("FC/2", "How many cars?"))
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    found = read_paths([corpus / "b.jsonl", corpus], config=CONFIG)
    assert [each.reference for each in found if isinstance(each, Disclosure)] == ["FC/2", "FC/1", "FC/2"]


def test_ones_own_authority_is_the_most_frequent(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """Unset, one's own authority is the one with most disclosures; the configuration wins over it."""
    _write(corpus, "a.jsonl", _record("T/1", "How many vans?", authority="Tarn Council"))
    _write(corpus, "b.jsonl", _record("FC/1", "How many cars?"), _record("FC/2", "How many boats?"))
    build()
    assert _open(index, encoder).authority == "Fennmoor Council"
    named = Config(authority="Tarn Council")
    reindex(corpus, index, config=named, encoder=encoder)
    opened = open_index(index, config=named, encoder=encoder)
    assert opened.authority == opened.manifest.authority == "Tarn Council"


def test_a_request_without_a_question_asks_nothing(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """No question means no suggestion, and nothing is embedded for it."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans?"))
    build()
    opened = _open(index, BrokenEncoder())
    parts, suggestions = pipeline.ask(opened, Request("r", "Thank you for your letter of 3 May.\n"))
    assert (parts.questions, suggestions) == ((), ())


def test_each_question_gets_a_suggestion_in_order(
    corpus: Path, index: Path, build: Build, encoder: CountingEncoder
) -> None:
    """One suggestion a question, and what was disclosed before is found for the question that asks it."""
    _write(corpus, "a.jsonl", _record("FC/1", "How many vans did the council lease in 2022?", responded="2023-05-01"))
    build()
    text = "1. How many vans did the council lease in 2022?\n2. Which colour is the town hall's roof?\n"
    parts, suggestions = pipeline.ask(_open(index, encoder), Request("r", text, dt.date(2024, 5, 2)))
    assert [s.question for s in suggestions] == list(parts.questions)
    assert [s.verdict for s in suggestions] == [Verdict.ALREADY_DISCLOSED, Verdict.NO_PRECEDENT]
