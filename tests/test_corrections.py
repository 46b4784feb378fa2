"""What officers correct: that it is kept whatever happens, and that every later build obeys it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.config import Config
from triage.encode import Encoder
from triage.errors import EmptyInputError, FormatError, InputError, StoredIndexError
from triage.pipeline import ReindexReport, correct, is_stale, open_index, reindex
from triage.pipeline.correct import parse_provisions
from triage.pipeline.corrections import apply_corrections, correct_disclosure, find_standing
from triage.pipeline.precedents import find_keys, precedents_of
from triage.read.answers import letter_outcome
from triage.read.outcome import Answer
from triage.schema import AnsweredQuestion, Binding, Correction, Disclosure, Outcome, Precedent, Provision, Status
from triage.store import CORRECTIONS_FILE, append_correction, read_corrections
from triage.store.locks import lock_file

CONFIG = Config()
DAY = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
S31 = Provision.parse("s31(1)(a)")
Build = Callable[[], ReindexReport]


def _correction(reference: str = "FC/1", label: str | None = "1", **fields: Any) -> Correction:  # noqa: ANN401 - any field
    given: dict[str, Any] = {"reason": "The letter says so.", "at": DAY}
    if not fields.keys() & {"outcome", "provisions", "status", "undo"}:
        given["outcome"] = Outcome.REFUSED
    return Correction(reference=reference, label=label, **given | fields)


def _disclosure(*outcomes: Outcome, **fields: Any) -> Disclosure:  # noqa: ANN401 - any field
    questions = tuple(
        AnsweredQuestion(number, str(number), f"How many of kind {number}?", outcome, evidence="We hold 12.")
        for number, outcome in enumerate(outcomes, start=1)
    )
    given: dict[str, Any] = {"outcome": letter_outcome(questions, Answer(Outcome.UNKNOWN)), "digest": "d"}
    return Disclosure("FC/1", "Fennmoor Council", questions, **given | fields)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give a corpus of two records."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    _write(folder, "a.jsonl", _record("FC/1", "How many vans?", "How many cars?"), _record("FC/2", "How many boats?"))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Name the folder of an index that is not there yet."""
    return tmp_path / "index"


@pytest.fixture
def build(corpus: Path, index: Path, word_hash_encoder: Encoder) -> Build:
    """Give a function that builds the index."""
    return lambda: reindex(corpus, index, config=CONFIG, encoder=word_hash_encoder)


def _record(reference: str, *questions: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    answered = [
        {"label": str(label), "text": text, "answer": f"We hold {label} of them.", "outcome": "disclosed"}
        for label, text in enumerate(questions, start=1)
    ]
    return {"reference": reference, "authority": "Fennmoor Council", "questions": answered} | fields


def _write(corpus: Path, name: str, *records: dict[str, Any]) -> None:
    (corpus / name).write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def _precedents(index: Path, encoder: Encoder) -> dict[str, Precedent]:
    opened = open_index(index, config=CONFIG, encoder=encoder)
    return {each.id: each for each in opened.store.precedents(range(len(opened.store)))}


def _held(index: Path, encoder: Encoder) -> list[Disclosure]:
    return list(open_index(index, config=CONFIG, encoder=encoder).store.disclosures())


corrections = st.builds(
    Correction,
    reference=st.text(min_size=1).filter(str.strip),
    reason=st.text(min_size=1).filter(str.strip),
    at=st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2200, 1, 1), timezones=st.just(dt.UTC)),
    label=st.none() | st.text(),
    outcome=st.sampled_from(Outcome),
    provisions=st.none() | st.just(()) | st.just((S31, Provision.parse("eir12(4)(b)"))),
    status=st.none() | st.sampled_from(Status),
    digest=st.text(alphabet="0123456789abcdef", max_size=8),
)


@given(st.lists(corrections, max_size=5))
def test_whatever_is_written_is_read_again(written: list[Correction]) -> None:
    """Any reason, reference and label comes back from the file as it went in, and in order."""
    with tempfile.TemporaryDirectory() as folder:
        for each in written:
            append_correction(Path(folder), each)
        overlay = read_corrections(Path(folder))
        assert overlay.corrections == tuple(written)
        assert overlay.bad == ()


@pytest.mark.parametrize(
    ("torn", "bad"),
    [
        pytest.param(b'{"at": "2026-', 1, id="half an object"),
        pytest.param('{"reason": "é'.encode()[:-1], 1, id="half a character"),
        pytest.param(b"", 0, id="nothing"),
    ],
)
def test_a_torn_line_swallows_nothing(tmp_path: Path, torn: bytes, bad: int) -> None:
    """What a crash left without an end costs itself: the lines before and after it hold."""
    first, second = _correction(), _correction("FC/2")
    append_correction(tmp_path, first)
    with (tmp_path / CORRECTIONS_FILE).open("ab") as file:
        file.write(torn)
    append_correction(tmp_path, second)
    overlay = read_corrections(tmp_path)
    assert overlay.corrections == (first, second)
    assert len(overlay.bad) == bad


def test_a_whole_line_without_its_line_feed_counts(tmp_path: Path) -> None:
    """A crash between the object and the end of its line loses nothing."""
    append_correction(tmp_path, _correction())
    path = tmp_path / CORRECTIONS_FILE
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_correction(tmp_path, _correction("FC/2"))
    assert [each.reference for each in read_corrections(tmp_path).corrections] == ["FC/1", "FC/2"]


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full in the middle of a line, no part of it stays and the error says that nothing was done."""
    append_correction(tmp_path, _correction())
    before = (tmp_path / CORRECTIONS_FILE).read_bytes()

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(InputError, match="No space left on device; nothing was corrected"):
        append_correction(tmp_path, _correction("FC/2"))
    assert (tmp_path / CORRECTIONS_FILE).read_bytes() == before


def test_a_second_officer_waits_for_the_first(tmp_path: Path) -> None:
    """While another process writes, nothing is appended; once it is done, the correction is."""
    append_correction(tmp_path, _correction())
    path = tmp_path / CORRECTIONS_FILE
    before = path.read_bytes()
    second = threading.Thread(target=append_correction, args=(tmp_path, _correction("FC/2")))
    with path.open("rb") as held:
        lock_file(held.fileno(), wait=False)
        second.start()
        second.join(timeout=0.3)
        assert second.is_alive()
        assert path.read_bytes() == before
    second.join()
    assert [each.reference for each in read_corrections(tmp_path).corrections] == ["FC/1", "FC/2"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param('{"reference": "FC/1", "reason": "r", "outcome": "refused"}', "`at`", id="no day"),
        pytest.param('{HEAD, "reason": "r"}', "outcome", id="says nothing"),
        pytest.param('{"at": "2026-03-02T09:30:00Z", "reference": "", "undo": true}', "is empty", id="no reply"),
        pytest.param('{HEAD, "outcome": "refused"}', "no reason", id="no reason"),
        pytest.param(
            '{HEAD, "reason": "r", "outcome": "exempt"}', "exempt", id="unknown word"
        ),
        pytest.param(
            '{HEAD, "reason": "r", "provisions": ["31"]}',
            "'31' is not a provision",
            id="no provision",
        ),
        pytest.param(
            '{HEAD, "reason": "r", "provision": []}', "`provision`", id="misspelt"
        ),
        pytest.param('{"x": ' + "[" * 100_000, "`x`", id="nested too deep"),
    ],
)  # fmt: skip
def test_a_bad_line_is_listed_and_the_others_hold(
    corpus: Path, index: Path, build: Build, word_hash_encoder: Encoder, line: str, words: str
) -> None:
    """A line spoilt by hand is in the report with its number and reason, and the lines around it are applied."""
    append_correction(corpus, _correction())
    with (corpus / CORRECTIONS_FILE).open("a", encoding="utf-8") as file:
        file.write(line.replace("HEAD", '"at": "2026-03-02T09:30:00Z", "reference": "FC/1"') + "\n\n")
    append_correction(corpus, _correction("FC/2"))
    report = build()
    (bad,) = report.failed
    assert (bad.file, bad.line) == (CORRECTIONS_FILE, 2)
    assert bad.reason.startswith("corrections.jsonl, line 2: ")
    assert words in bad.reason
    found = _precedents(index, word_hash_encoder)
    assert {found["FC/1#1"].outcome, found["FC/2#1"].outcome} == {Outcome.REFUSED}


def test_corrections_that_cannot_be_read_stop_the_build(corpus: Path, build: Build) -> None:
    """A build without what officers corrected would bring the mistakes back, so there is none."""
    (corpus / CORRECTIONS_FILE).mkdir()
    with pytest.raises(InputError, match=r"cannot read .*corrections\.jsonl"):
        build()


def test_a_corrected_question_is_stated_and_keeps_its_evidence() -> None:
    """Outcome and provisions are the officer's, the binding is stated, and the sentence of the letter stays."""
    read = _disclosure(Outcome.DISCLOSED, Outcome.UNKNOWN)
    held = correct_disclosure(read, [_correction(label="2", outcome=Outcome.REFUSED, provisions=(S31,))])
    assert held.questions[0] == read.questions[0]
    second = held.questions[1]
    assert (second.outcome, second.provisions, second.binding) == (Outcome.REFUSED, (S31,), Binding.STATED)
    assert second.evidence == "We hold 12."
    assert held.outcome is Outcome.PARTLY
    first, other = precedents_of(held)
    assert (first.corrected, other.corrected) == (None, held.corrections[0])


@pytest.mark.parametrize(
    ("given_corrections", "expected"),
    [
        pytest.param([_correction(), _correction(outcome=Outcome.NCND)], (Outcome.NCND, ()), id="last"),
        pytest.param(
            [_correction(), _correction(provisions=(S31,))], (Outcome.REFUSED, (S31,)), id="by field"
        ),
        pytest.param(
            [_correction(provisions=(S31,)), _correction(provisions=())], (Outcome.DISCLOSED, ()), id="no provision"
        ),
        pytest.param(
            [_correction(), _correction(undo=True)], (Outcome.DISCLOSED, ()), id="withdrawn"
        ),
        pytest.param(
            [_correction(outcome=Outcome.PARTLY), _correction(), _correction(undo=True)],
            (Outcome.PARTLY, ()),
            id="only the last is withdrawn",
        ),
        pytest.param(
            [_correction(undo=True), _correction()], (Outcome.REFUSED, ()), id="withdrawn before it was there"
        ),
        pytest.param(
            [_correction(), _correction(label="2", outcome=Outcome.NCND), _correction(undo=True, label="2")],
            (Outcome.REFUSED, ()),
            id="of another question",
        ),
        pytest.param([_correction(label=None)], (Outcome.REFUSED, ()), id="of the whole reply"),
        pytest.param(
            [_correction(label=None, outcome=Outcome.PARTLY)], (Outcome.DISCLOSED, ()), id="which is which is not said"
        ),
    ],
)  # fmt: skip
def test_later_lines_win_field_by_field(
    given_corrections: Sequence[Correction], expected: tuple[Outcome, tuple[Provision, ...]]
) -> None:
    """Each field has what the last standing line says of it; fields that no line names stay as read."""
    (held,), notes = apply_corrections([_disclosure(Outcome.DISCLOSED, Outcome.DISCLOSED)], given_corrections)
    assert (held.questions[0].outcome, held.questions[0].provisions) == expected
    assert notes == []


@pytest.mark.parametrize("outcomes", [pytest.param(o, id="-".join(o)) for o in itertools.product(Outcome, repeat=2)])
def test_the_letter_follows_its_questions(outcomes: tuple[Outcome, Outcome]) -> None:
    """The outcome of a letter with a corrected question is the one that reading would have given it."""
    read = _disclosure(Outcome.NOT_HELD, outcomes[1])
    held = correct_disclosure(read, [_correction(outcome=outcomes[0])])
    assert held.outcome is letter_outcome(held.questions, Answer(read.outcome))


def test_partly_of_a_whole_letter_is_of_the_letter_alone() -> None:
    """Of several questions `partly` does not say which is which; of one alone it is its outcome."""
    several = correct_disclosure(
        _disclosure(Outcome.DISCLOSED, Outcome.REFUSED, outcome=Outcome.REFUSED),
        [_correction(label=None, outcome=Outcome.PARTLY)],
    )
    assert (several.outcome, [q.outcome for q in several.questions]) == (
        Outcome.PARTLY,
        [Outcome.DISCLOSED, Outcome.REFUSED],
    )
    assert [each.corrected for each in precedents_of(several)] == [None, None]
    alone = correct_disclosure(_disclosure(Outcome.REFUSED), [_correction(label=None, outcome=Outcome.PARTLY)])
    assert alone.questions[0].outcome is Outcome.PARTLY


def test_a_status_belongs_to_the_reply_or_to_one_question() -> None:
    """A question may have a status of its own; one given to the reply later is that of all its questions."""
    of_one = [_correction(label="2", status=Status.OVERTURNED)]
    held = correct_disclosure(_disclosure(Outcome.REFUSED, Outcome.REFUSED), of_one)
    assert held.status is Status.UNKNOWN
    assert [each.status for each in precedents_of(held)] == [Status.UNKNOWN, Status.OVERTURNED]
    held = correct_disclosure(held, [_correction(label=None, status=Status.UPHELD)])
    assert held.status is Status.UPHELD
    assert [each.status for each in precedents_of(held)] == [Status.UPHELD, Status.UPHELD]


def test_a_provision_applied_is_no_longer_only_mentioned() -> None:
    """What an officer ties to a question leaves the list of what the letter names and applies to none."""
    read = _disclosure(Outcome.REFUSED, mentioned=(S31, Provision.parse("s17(1)")))
    held = correct_disclosure(read, [_correction(provisions=(S31,))])
    assert held.mentioned == (Provision.parse("s17(1)"),)


given_outcomes = st.lists(st.sampled_from(Outcome), min_size=1, max_size=3)
entered = st.lists(
    st.builds(
        _correction,
        label=st.sampled_from([None, "1", "2"]),
        outcome=st.none() | st.sampled_from(Outcome),
        provisions=st.none() | st.just(()) | st.just((S31,)),
        status=st.sampled_from(Status),
    ),
    max_size=5,
)


@given(given_outcomes, entered, entered)
def test_corrections_apply_alike_at_once_and_one_after_another(
    outcomes: list[Outcome], first: list[Correction], second: list[Correction]
) -> None:
    """Laying some corrections over a reply and then the rest gives what laying all of them over it gives."""
    read = _disclosure(*outcomes)
    assert correct_disclosure(correct_disclosure(read, first), second) == correct_disclosure(read, first + second)


@settings(max_examples=15)
@given(entered, entered)
def test_two_builds_correct_like_one(
    word_hash_encoder: Encoder, first: list[Correction], second: list[Correction]
) -> None:
    """Corrections entered before two builds leave the index that one build with all of them makes."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        _write(corpus, "a.jsonl", _record("FC/1", "How many vans?", "How many cars?"))
        for part in (first, second):
            for each in part:
                append_correction(corpus, each)
            report = reindex(corpus, Path(folder, "two"), config=CONFIG, encoder=word_hash_encoder)
        assert report.unchanged == 1
        reindex(corpus, Path(folder, "one"), config=CONFIG, encoder=word_hash_encoder)
        two, one = (_held(Path(folder, name), word_hash_encoder) for name in ("two", "one"))
        assert two == one
        assert _precedents(Path(folder, "two"), word_hash_encoder) == _precedents(
            Path(folder, "one"), word_hash_encoder
        )


def test_a_correction_survives_builds_and_a_renamed_file(
    corpus: Path, index: Path, build: Build, word_hash_encoder: Encoder
) -> None:
    """It is obeyed by each later build, does not have a file read again, and follows a file to another name."""
    build()
    correct(corpus, index, "FC/1#2", reason="See page 2.", outcome=Outcome.NOT_HELD)
    report = build()
    assert (report.read, report.unchanged, report.notes) == (1, 1, ())
    (corpus / "a.jsonl").rename(corpus / "b.jsonl")
    for _ in range(2):
        build()
        found = _precedents(index, word_hash_encoder)["FC/1#2"]
        assert (found.outcome, found.binding) == (Outcome.NOT_HELD, Binding.STATED)
        assert found.corrected is not None
        assert found.corrected.reason == "See page 2."


def test_a_correction_makes_the_index_stale(corpus: Path, index: Path, build: Build) -> None:
    """The index of a corpus is stale once something is corrected, until the next build."""
    build()
    assert not is_stale(corpus, index, config=CONFIG)
    correct(corpus, index, "FC/1#2", reason="See page 2.", outcome=Outcome.NOT_HELD)
    assert is_stale(corpus, index, config=CONFIG)
    build()
    assert not is_stale(corpus, index, config=CONFIG)


def test_a_target_that_is_not_there_is_a_note_and_waits(
    corpus: Path, index: Path, build: Build, word_hash_encoder: Encoder
) -> None:
    """A correction of a reply or question that is not in the corpus is noted, kept, and applied once it comes."""
    for each in (_correction("FC/9"), _correction("FC/9", status=Status.UPHELD), _correction(label="7")):
        append_correction(corpus, each)
    assert build().notes == (
        "corrections.jsonl: 2 corrections of FC/9#1, which is not in the corpus; kept for when it is",
        "corrections.jsonl: a correction of FC/1#7, which was not found in that reply; kept for when it is",
    )
    _write(corpus, "c.jsonl", _record("FC/9", "How many trams?"))
    assert len(build().notes) == 1
    assert _precedents(index, word_hash_encoder)["FC/9#1"].status is Status.UPHELD


def test_a_correction_stays_with_its_letter_when_an_earlier_one_comes(
    corpus: Path, index: Path, build: Build, word_hash_encoder: Encoder
) -> None:
    """A reply that becomes `~2` when an older one of its reference is added keeps its correction to itself."""
    _write(corpus, "late.jsonl", _record("FC/3", "How many trams?", responded="2024-06-01"))
    build()
    correct(corpus, index, "FC/3#1", reason="See page 2.", outcome=Outcome.REFUSED)
    _write(corpus, "early.jsonl", _record("FC/3", "How many horses?", responded="2019-06-01"))
    build()
    found = _precedents(index, word_hash_encoder)
    assert (found["FC/3#1"].question, found["FC/3#1"].outcome) == ("How many horses?", Outcome.DISCLOSED)
    assert (found["FC/3~2#1"].question, found["FC/3~2#1"].outcome) == ("How many trams?", Outcome.REFUSED)
    correct(corpus, index, "FC/3~2#1", reason="No, page 3.", undo=True)
    build()
    assert _precedents(index, word_hash_encoder)["FC/3~2#1"].outcome is Outcome.DISCLOSED


REFUSAL = (
    "Fennmoor Council\nOur reference: FC/0101/24\nDate: 3 June 2024\n\nDear requester,\n\nYou asked:\n"
    "1. How much does the council pay for each van it leases?\n\n"
    "1. This information is withheld under section 43(2) of the Freedom of Information Act 2000.\n\nYours faithfully,\n"
)
REVIEW = (
    "Fennmoor Council\nOur reference: FC/IR/0007/24\nDate: 9 August 2024\n\nDear requester,\n\n"
    "Internal review of FC/0101/24\n\nI have reviewed the response of 3 June 2024 to your request FC/0101/24. I have "
    "decided to overturn the original decision. Section 43(2) is no longer relied on.\n\n"
    "1. The council pays £310 a month for each van.\n\nYours faithfully,\n"
)


def test_an_officer_wins_over_a_later_review(
    corpus: Path, index: Path, build: Build, word_hash_encoder: Encoder
) -> None:
    """The officer's status goes before that of a later letter, which returns when the correction is withdrawn."""
    (corpus / "refusal.txt").write_text(REFUSAL, encoding="utf-8")
    (corpus / "review.txt").write_text(REVIEW, encoding="utf-8")
    build()
    statuses = {each.reference: each.status for each in _held(index, word_hash_encoder)}
    assert statuses["FC/0101/24"] is Status.OVERTURNED
    done = correct(corpus, index, "FC/0101/24", reason="The review was itself withdrawn.", status=Status.STANDS)
    assert [(each.field, each.read, each.now, each.after) for each in done.changes] == [
        ("status", "overturned", "overturned", "stands")
    ]
    build()
    assert _precedents(index, word_hash_encoder)["FC/0101/24#1"].status is Status.STANDS
    correct(corpus, index, "FC/0101/24", reason="It was not.", undo=True)
    build()
    assert _precedents(index, word_hash_encoder)["FC/0101/24#1"].status is Status.OVERTURNED


def test_what_will_change_is_told_from_what_was_read(corpus: Path, index: Path, build: Build) -> None:
    """Each change names the value as read, as it holds by earlier corrections not built yet, and as it will be."""
    build()
    correct(corpus, index, "FC/1#2", reason="See page 2.", outcome=Outcome.NOT_HELD)
    done = correct(
        corpus, index, "fc/1#Question 2.", reason="Page 3.", outcome=Outcome.REFUSED, provisions="31(1)(a)(b)"
    )
    assert [(each.label, each.field, each.read, each.now, each.after) for each in done.changes] == [
        ("2", "outcome", "disclosed", "not_held", "refused"),
        ("2", "provisions", "none", "none", "s31(1)(a), s31(1)(b)"),
    ]
    assert (done.correction.reference, done.correction.label) == ("FC/1", "2")


def test_people_in_a_reason_are_covered(corpus: Path, index: Path, build: Build) -> None:
    """A name in a reason reaches neither the file nor, where the file was edited by hand, the index."""
    build()
    correct(corpus, index, "FC/1#2", reason="Ms Imelda Thackwray says so", outcome=Outcome.NOT_HELD)
    assert "Thackwray" not in (corpus / CORRECTIONS_FILE).read_text(encoding="utf-8")
    append_correction(corpus, _correction("FC/2", reason="Mr Rufus Oddie says so"))
    build()
    held = b"".join(path.read_bytes() for path in index.rglob("*") if path.is_file())
    assert b"says so" in held
    assert b"Oddie" not in held


@pytest.mark.parametrize(
    ("target", "fields", "error", "words"),
    [
        pytest.param("FC/1x", {}, InputError, "'FC/1x' is not in the index; near it: FC/1, FC/2; run", id="near reply"),
        pytest.param("??", {}, InputError, r"'\?\?' is not in the index; run `triage reindex`", id="nothing near"),
        pytest.param("FC/1#3", {}, InputError, "no question '3'; it has 2, such as FC/1#1, FC/1#2", id="label"),
        pytest.param("FC/1#1", {"reason": " "}, EmptyInputError, "the reason is empty", id="no reason"),
        pytest.param("FC/1#1", {"provisions": "s17"}, FormatError, "'s17' is no provision", id="duty"),
        pytest.param("FC/1", {"provisions": "s31"}, InputError, "FC/1 answers several questions; name", id="which one"),
        pytest.param("FC/1#1", {"undo": True}, InputError, "no correction of FC/1#1 is to be withdrawn", id="no undo"),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected_is_refused(
    corpus: Path, index: Path, build: Build, target: str, fields: dict[str, Any], error: type[InputError], words: str
) -> None:
    """Each such correction is refused with what is wrong and what to do, and nothing is written."""
    build()
    given_fields: dict[str, Any] = {"reason": "See page 2."} | fields
    if not fields.keys() & {"provisions", "undo"}:
        given_fields["outcome"] = Outcome.REFUSED
    with pytest.raises(error, match=words):
        correct(corpus, index, target, **given_fields)
    assert not (corpus / CORRECTIONS_FILE).exists()


def test_without_an_index_nothing_is_corrected(corpus: Path, index: Path) -> None:
    """What was read is looked up in the index: without one the error names the command that makes it."""
    with pytest.raises(StoredIndexError, match="run `triage reindex"):
        correct(corpus, index, "FC/1", reason="See page 2.", outcome=Outcome.REFUSED)


def test_another_corpus_is_noticed(tmp_path: Path, corpus: Path, index: Path, build: Build) -> None:
    """A correction that goes into a corpus without the letter's file says so."""
    build()
    (tmp_path / "other").mkdir()
    done = correct(tmp_path / "other", index, "FC/1#1", reason="See page 2.", outcome=Outcome.REFUSED)
    assert done.notes == (f"{tmp_path / 'other'} holds no a.jsonl: is it the corpus that the index was built from?",)


def test_provisions_that_stay_beside_a_disclosure_are_pointed_out(corpus: Path, index: Path, build: Build) -> None:
    """Correcting a refusal into a disclosure leaves its provisions, and a note says how to take them off."""
    build()
    correct(corpus, index, "FC/1#1", reason="See page 2.", outcome=Outcome.REFUSED, provisions="s31(1)(a)")
    done = correct(corpus, index, "FC/1#1", reason="No, it was given.", outcome=Outcome.DISCLOSED)
    assert done.notes == ("question 1 keeps s31(1)(a); if none was applied, add `--provisions none`",)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("s31(1)(a), s40(2)", ["s31(1)(a)", "s40(2)"], id="printed"),
        pytest.param("section 31(1)(a)(b)", ["s31(1)(a)", "s31(1)(b)"], id="two limbs of the letter"),
        pytest.param("sections 31(1)(a) and (b)", ["s31(1)(a)", "s31(1)(b)"], id="joined limbs"),
        # s.30(1)(a)(i) is one limb within another, not two beside each other
        pytest.param("s30(1)(a)(i)", ["s30(1)(a)(i)"], id="nested limb"),
        pytest.param("31(1)(a); 40(2)", ["s31(1)(a)", "s40(2)"], id="bare numbers"),
        pytest.param("eir12(4)(b)", ["eir12(4)(b)"], id="EIR"),
        pytest.param("regulation 12(4)(b)", ["eir12(4)(b)"], id="EIR of the letter"),
        pytest.param("foisa35(1)(a)", ["foisa35(1)(a)"], id="FOISA"),
        pytest.param("section 12(1) of the Freedom of Information Act 2000", ["s12(1)"], id="Act named"),
        pytest.param("None", [], id="none"),
    ],
)
def test_provisions_are_taken_as_printed_and_as_letters_have_them(words: str, expected: list[str]) -> None:
    """Both forms give the limbs that are meant."""
    assert [str(p) for p in parse_provisions(words, _disclosure(Outcome.REFUSED))] == expected


@pytest.mark.parametrize("words", ["", "bananas", "s31(1)(a) bananas", "s99(1)", "section 9 of the Theft Act 1968"])
def test_what_is_no_provision_is_refused(words: str) -> None:
    """Anything left over, unknown, or of another Act is an error that shows how to write one."""
    with pytest.raises(FormatError, match=r"write it like s31\(1\)\(a\) or eir12\(4\)\(b\)"):
        parse_provisions(words, _disclosure(Outcome.REFUSED))


def test_keys_are_those_of_the_precedents() -> None:
    """A question is named in a correction as its precedent is."""
    disclosure = _disclosure(Outcome.REFUSED, Outcome.REFUSED)
    questions = [msgspec.structs.replace(q, label="7") for q in disclosure.questions]
    disclosure = msgspec.structs.replace(disclosure, questions=tuple(questions))
    assert [f"FC/1#{key}" for key in find_keys(disclosure)] == [each.id for each in precedents_of(disclosure)]


def test_undo_prefers_the_letter_that_was_seen() -> None:
    """Of two replies of one reference the correction of the one that the officer saw is withdrawn."""
    one, other = _correction(digest="a"), _correction("FC/1~2", digest="b")
    assert find_standing([one, other, _correction("FC/1", digest="b", undo=True)]) == (one,)
