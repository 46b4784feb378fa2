"""The command line: what goes in, what comes out, and that every error is one line that says what to do."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from command import Done, Run

from triage import __version__
from triage.cli import cli
from triage.render import CONTRACT

REQUEST = "Dear Fennmoor Council,\n\n1. How many lamp posts do you own?\n2. What did they cost in 2022?\n\nYours\n"
NO_QUESTION = "Thank you for your letter of 3 May.\n"
RECORDS = [
    {
        "reference": f"FC/{number}",
        "authority": "Fennmoor Council",
        "responded": f"2024-0{number}-01",
        "questions": [{"label": "1", "text": text, "answer": "We hold 12.", "outcome": "disclosed"}],
    }
    for number, text in enumerate(("How many lamp posts do you own?", "How many vans are leased?"), start=1)
]


def _complains(done: Done, status: int, words: str) -> None:
    """Check that a run failed with one line on standard error and nothing on standard output."""
    assert done.status == status, done.err
    assert done.out == ""
    assert done.err.startswith("triage: ")
    assert done.err.count("\n") == 1
    assert done.err.endswith("\n")
    assert words in done.err


def test_version_is_printed(run: Run) -> None:
    """`triage version` names the version and the number of the JSON contract."""
    assert run("version") == Done(0, f"triage {__version__}, contract {CONTRACT}\n", "")


def test_version_as_json(run: Run) -> None:
    """`triage version --json` gives the same as an object."""
    assert run("version", "--json").objects() == [{"version": __version__, "contract": CONTRACT}]


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_each_help_carries_an_example(run: Run, verb: str) -> None:
    """The help of each verb shows it in use."""
    done = run(verb, "--help")
    assert (done.status, done.err) == (0, "")
    assert f"triage {verb}" in done.out.partition("Example:")[2]


def test_every_verb_of_the_contract_is_there() -> None:
    """The verbs are the ones that others script against."""
    assert sorted(cli.commands) == sorted(
        ["split", "cite", "read", "reindex", "search", "ask", "correct", "show", "evaluate", "serve", "version"]
    )


def test_without_a_verb_the_help_is_shown(run: Run) -> None:
    """`triage` alone lists the verbs, with the status of wrong usage."""
    done = run()
    assert done.status == 2
    assert "reindex" in done.out
    assert done.err == ""


def test_the_module_is_the_command() -> None:
    """`python -m triage` does what `triage` does, with the exit status of the verb."""
    done = subprocess.run([sys.executable, "-m", "triage", "frob"], capture_output=True, text=True, check=False)
    _complains(Done(done.returncode, done.stdout, done.stderr), 2, "No such command 'frob'")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(["frob"], "No such command 'frob'. (see `triage --help`)", id="unknown verb"),
        pytest.param(["split", "--frob"], "(see `triage split --help`)", id="unknown option"),
        pytest.param(["split"], "name a file, or `-` for standard input", id="nothing to split"),
        pytest.param(["read"], "name a file or a folder of past replies", id="nothing to read"),
        pytest.param(["split", "a.txt", "b.txt"], "unexpected extra argument", id="two requests"),
        pytest.param(["split", "-", "--received", "3 May"], "'3 May' does not match", id="a day in words"),
        pytest.param(["cite", "-", "--regime", "GDPR"], "'GDPR' is not one of", id="unknown law"),
        pytest.param(["search", "-", "--top-k", "0"], "0 is not in the range", id="no matches wanted"),
        pytest.param(["evaluate", "weather", "--gold", "x"], "'weather' is not one of", id="unknown stage"),
        pytest.param(["evaluate", "split"], "Missing option '--gold'", id="no gold"),
        pytest.param(["read", "--report"], "name a file or a folder of past replies", id="nothing to report on"),
        pytest.param(["read", "--report", "--jsonl"], "--report takes files and folders", id="report on lines"),
        pytest.param(["show"], "Missing argument 'REFERENCE[#LABEL]'", id="nothing to show"),
        pytest.param(["correct", "FC/1", "--outcome", "refused"], "Missing option '--reason'", id="no reason"),
        pytest.param(
            ["correct", "FC/1", "--reason", "r"], "say what it should be: --outcome, ", id="nothing corrected"
        ),
        pytest.param(
            ["correct", "FC/1", "--reason", "r", "--undo", "--outcome", "refused"],
            "--undo goes alone",
            id="undo and more",
        ),
        pytest.param(
            ["correct", "FC/1", "--reason", "r", "--outcome", "exempt"],
            "'exempt' is not one of 'disclosed', 'partly', 'refused', 'not_held',",
            id="unknown outcome",
        ),
        pytest.param(
            ["correct", "FC/1", "--reason", "r", "--status", "gone"],
            "'gone' is not one of 'stands', 'upheld', 'varied',",
            id="unknown status",
        ),
        pytest.param(["serve", "--port", "0"], "0 is not in the range", id="impossible port"),
    ],
)
def test_wrong_usage_is_status_2(run: Run, args: list[str], words: str) -> None:
    """Wrong usage ends with status 2 and a line that says what is wrong and where help is."""
    _complains(run(*args), 2, words)


@pytest.mark.parametrize("verb", ["split", "cite", "ask"])
@pytest.mark.parametrize(
    ("name", "data", "status", "words"),
    [
        pytest.param("empty.txt", b"", 1, "empty.txt is empty; ", id="empty"),
        pytest.param("blank.txt", b" \n\t\n", 1, "blank.txt is empty; ", id="white space"),
        pytest.param(
            "long.txt",
            b"a" * 201,
            1,
            "long.txt is over the limit of 200 bytes; give only the request itself, or raise limits.",
            id="too large",
        ),
        pytest.param("scan.txt", b"%PDF\x00\x01", 1, "scan.txt is a binary file, not text; save", id="binary"),
        pytest.param("absent.txt", None, 2, "absent.txt does not exist; name a file", id="no such file"),
        pytest.param(".", None, 2, ". is a folder; name one file", id="a folder"),
    ],
)
def test_a_request_that_cannot_be_used_is_one_line(
    run: Run, tmp_path: Path, verb: str, name: str, data: bytes | None, status: int, words: str
) -> None:
    """Each such request is refused with what is wrong, where, and what to do next."""
    (tmp_path / "triage.toml").write_text("[limits]\nrequest_bytes = 200\n")
    if data is not None:
        (tmp_path / name).write_bytes(data)
    _complains(run(verb, name), status, words)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "standard input is empty", id="empty"),
        pytest.param(b"a" * 201, "standard input is over the limit of 200 bytes", id="too large"),
        pytest.param(b"a\x00b", "standard input is a binary file", id="binary"),
    ],
)
def test_standard_input_is_refused_like_a_file(run: Run, tmp_path: Path, data: bytes, words: str) -> None:
    """What comes through a pipe is measured by the same rules."""
    (tmp_path / "triage.toml").write_text("[limits]\nrequest_bytes = 200\n")
    _complains(run("cite", "-", stdin=data), 1, words)


def test_a_file_that_may_not_be_read_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system while reading is named, not a traceback."""
    (tmp_path / "locked.txt").write_text("text")

    def refuse(path: Path, mode: str) -> io.BytesIO:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    _complains(run("cite", "locked.txt"), 1, "locked.txt cannot be read: Permission denied; ")


def test_the_limit_is_a_setting(run: Run, tmp_path: Path) -> None:
    """The same request is refused under a low limit and read under the default one."""
    (tmp_path / "low.toml").write_text("[limits]\nrequest_bytes = 20\n")
    (tmp_path / "request.txt").write_text(REQUEST)
    _complains(run("split", "request.txt", "--config", "low.toml"), 1, "over the limit of 20")
    assert run("split", "request.txt").status == 0


def test_a_wrong_configuration_is_one_line(run: Run, tmp_path: Path) -> None:
    """An unknown key in the configuration stops every verb with the key named."""
    (tmp_path / "triage.toml").write_text("colour = 'red'\n")
    _complains(run("cite", "-", stdin="s31"), 1, "unknown field `colour`")


def test_a_request_without_a_question_is_a_result(run: Run) -> None:
    """No question is an answer, not an error: status 0 and an empty list."""
    done = run("split", "-", "--json", stdin=NO_QUESTION)
    assert (done.status, done.err) == (0, "")
    assert done.objects()[0]["questions"] == []
    assert run("split", "-", stdin=NO_QUESTION).out.startswith("No question found")


def test_a_request_is_split_into_its_questions(run: Run) -> None:
    """Each question comes with its own place in the text."""
    (found,) = run("split", "-", "--json", stdin=REQUEST).objects()
    assert [question["label"] for question in found["questions"]] == ["1", "2"]
    assert [REQUEST[q["start"] : q["end"]] for q in found["questions"]] == [q["text"] for q in found["questions"]]


def test_a_citation_is_printed_and_given_as_json(run: Run) -> None:
    """`cite` names every limb, on the terminal and as an object."""
    (found,) = run("cite", "-", "--json", stdin="Section 31(1)(a)(b) applies").objects()
    assert found["citations"][0]["literal"] == ["s31(1)(a)", "s31(1)(b)"]
    assert "s31(1)(a), s31(1)(b)" in run("cite", "-", stdin="Section 31(1)(a)(b) applies").out


def test_a_bad_line_is_answered_on_its_line(run: Run) -> None:
    """A batch answers each line in order under its own id; bad lines say why, the rest is done, and the status is 1."""
    lines = [
        '{"id": "b", "text": "s31(1)(a)"}',
        "not JSON",
        '{"id": 7, "text": "s40(2)"}',
        '{"id": "c"}',
        '{"id": "d", "text": "  "}',
        '["text"]',
        "",
        '{"id": "e", "text": "s40", "date": "yesterday"}',
        '{"id": "a", "text": "s12(1)\\ud800"}',
        "[" * 100_000,
        '{"text": "s42(1)"}',
    ]
    done = run("cite", "--jsonl", stdin="\n".join(lines))
    found = done.objects()
    assert done.status == 1
    assert done.err == ""
    assert [each["id"] for each in found] == ["b", None, 7, "c", "d", None, "e", "a", None, ""]
    assert ["error" in each for each in found] == [False, True, False, True, True, True, True, True, True, False]
    assert "line 2 is not JSON" in found[1]["error"]
    assert 'line 4 has no "text"' in found[3]["error"]
    assert "is empty" in found[4]["error"]
    assert "write a day like 2024-05-02" in found[6]["error"]


@pytest.mark.parametrize("verb", ["split", "cite", "read"])
def test_only_a_line_feed_ends_a_line(run: Run, verb: str) -> None:
    """U+2028, U+2029 and U+0085 inside a string end no line, going in or coming out."""
    text = "How many vans\u2028do you\u2029own under\u0085s31(1)(a)?"
    rows = [{"id": "1", "text": text}, {"id": "2", "text": text}]
    stdin = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    done = run(verb, "--jsonl", stdin=stdin)
    assert done.status == 0
    assert [each["id"] for each in done.objects()] == ["1", "2"]


def test_offsets_of_a_batch_are_those_of_its_text(run: Run) -> None:
    """A line break of Windows inside a JSON string counts as the two characters it is."""
    text = "Good day,\r\n\r\n1. How many vans do you own?\r\n2. How many cars?\r\n"
    (found,) = run("split", "--jsonl", stdin=json.dumps({"id": "1", "text": text})).objects()
    assert [text[q["start"] : q["end"]] for q in found["questions"]] == [q["text"] for q in found["questions"]]
    assert len(found["questions"]) == 2


def test_json_is_utf8_on_every_terminal(tmp_path: Path) -> None:
    """Objects are UTF-8 also where the terminal's encoding is another, and text stays readable there."""
    (tmp_path / "request.txt").write_text("How many cafés “Zoë” do you own?", encoding="utf-8")
    for flag, expected in (("--json", "“Zoë”".encode()), (None, b"\\u201c")):
        done = subprocess.run(
            [sys.executable, "-m", "triage", "split", str(tmp_path / "request.txt"), *filter(None, [flag])],
            capture_output=True,
            check=False,
            env={"PYTHONIOENCODING": "latin-1"},
        )
        assert done.returncode == 0, done.stderr
        assert expected in done.stdout


def test_read_gives_each_disclosure_and_lists_the_rest(run: Run, tmp_path: Path) -> None:
    """`read` prints one object a disclosure, names what could not be read, and ends with status 1 for it."""
    (tmp_path / "corpus").mkdir()
    _write_records(tmp_path / "corpus", RECORDS)
    (tmp_path / "corpus" / "sound.mp3").write_bytes(b"ID3")
    done = run("read", "corpus", "--json")
    assert done.status == 1
    assert [each["reference"] for each in done.objects()] == ["FC/1", "FC/2"]
    assert done.err.startswith("triage: unread: sound.mp3: this form is not read; save it as")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda folder: None, "corpus does not exist; name a file or a folder", id="no folder"),
        pytest.param(lambda folder: folder.mkdir(), "no file to read; put past replies there", id="empty folder"),
    ],
)
def test_nothing_to_read_is_one_line(run: Run, tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    """A folder that is missing or empty is an error that says what to do."""
    make(tmp_path / "corpus")
    _complains(run("read", "corpus"), 1, words)


def _write_records(corpus: Path, records: Sequence[dict[str, Any]]) -> None:
    corpus.mkdir(exist_ok=True)
    (corpus / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


@pytest.mark.usefixtures("without_model")
@pytest.mark.parametrize("args", [["ask", "-"], ["ask", "--jsonl"], ["search", "-"], ["search", "--jsonl"]])
def test_a_missing_index_names_the_command_to_run(run: Run, args: list[str]) -> None:
    """An unknown index folder is one line with the command that makes it."""
    done = run(*args, "--index", "absent", stdin='{"id": "1", "text": "How many vans?"}')
    _complains(done, 1, "there is no index in absent; run `triage reindex --corpus DIR --index DIR`")


@pytest.mark.usefixtures("without_model")
def test_a_stale_configuration_names_the_command_to_run(run: Run, tmp_path: Path) -> None:
    """An index built under other settings is refused with what differs and the command that mends it."""
    _write_records(tmp_path / "corpus", RECORDS)
    assert run("reindex").status == 0
    (tmp_path / "triage.toml").write_text("[search]\nlexical_weight = 0.9\n")
    _complains(run("search", "-", stdin="How many vans?"), 1, "another configuration")
    assert "run `triage reindex" in run("search", "-", stdin="How many vans?").err


@pytest.mark.usefixtures("without_model")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("scan.pdf", b"%PDF-1.4\x00", id="unsupported"),
        pytest.param("scan.txt", b"\x00\x01", id="binary"),
        pytest.param("none.txt", b"", id="empty"),
        pytest.param("log.csv", b"a,b\n", id="log without columns"),
        pytest.param("records.jsonl", b"{\n", id="broken record"),
    ],
)
def test_a_corpus_of_one_unreadable_file_is_one_line(run: Run, tmp_path: Path, name: str, data: bytes) -> None:
    """Where nothing could be read there is no index: one line with the file and the reason, and status 1."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / name).write_bytes(data)
    done = run("reindex")
    _complains(done, 1, "corpus holds nothing to build an index from: ")
    assert name in done.err


@pytest.mark.usefixtures("without_model")
def test_a_missing_corpus_is_one_line(run: Run) -> None:
    """`reindex` without a corpus says which option names it."""
    _complains(run("reindex"), 1, "corpus is not a folder; name the folder of past disclosures with --corpus")


@pytest.mark.usefixtures("without_model")
def test_reindex_counts_and_lists(run: Run, tmp_path: Path) -> None:
    """A build ends with status 0 however many files it had to list, and gives its counts."""
    _write_records(tmp_path / "corpus", RECORDS)
    (tmp_path / "corpus" / "sound.mp3").write_bytes(b"ID3")
    done = run("reindex", "--json")
    assert done.status == 0
    (counts,) = done.objects()
    assert {name: counts[name] for name in ("read", "unchanged", "new", "changed", "removed")} == {
        "read": 2,
        "unchanged": 0,
        "new": 2,
        "changed": 0,
        "removed": 0,
    }
    assert [each["file"] for each in counts["failed"]] == ["sound.mp3"]
    assert (counts["disclosures"], counts["precedents"]) == (2, 2)
    assert done.err.startswith("triage: unread: sound.mp3")
    assert run("reindex").out.startswith("2 read, 2 unchanged, 0 new, 0 changed, 0 removed, 1 failed\n")


@pytest.mark.usefixtures("without_model")
def test_search_keeps_to_before_and_exclude(run: Run, tmp_path: Path) -> None:
    """Each query of a batch has its own day and its own list of precedents to leave out."""
    _write_records(tmp_path / "corpus", RECORDS)
    run("reindex")
    rows: list[dict[str, Any]] = [
        {"id": "all", "text": "How many vans are leased?"},
        {"id": "early", "text": "How many vans are leased?", "before": "2024-01-31"},
        {"id": "other", "text": "How many vans are leased?", "exclude": ["FC/2#1"]},
        {"id": "none", "text": "How many vans are leased?", "before": "2023-12-31"},
    ]
    done = run("search", "--jsonl", stdin="".join(json.dumps(row) + "\n" for row in rows))
    found = {each["id"]: [hit["precedent"] for hit in each["hits"]] for each in done.objects()}
    assert found == {"all": ["FC/2#1", "FC/1#1"], "early": ["FC/1#1"], "other": ["FC/1#1"], "none": []}
    assert run("search", "-", "--top-k", "1", stdin="vans leased").out.count("FC/") == 1


@pytest.mark.usefixtures("without_model")
def test_ask_answers_each_question_of_each_request(run: Run, tmp_path: Path) -> None:
    """A batch of requests comes back in order, each question with a verdict and the fields of the contract."""
    _write_records(tmp_path / "corpus", RECORDS)
    run("reindex")
    rows = [
        {"id": "r2", "text": REQUEST, "received": "2024-05-02"},
        {"id": "r1", "text": NO_QUESTION},
        {"id": "r3", "text": REQUEST, "received": "2 May"},
    ]
    done = run("ask", "--jsonl", stdin="".join(json.dumps(row) + "\n" for row in rows))
    first, second, third = done.objects()
    assert done.status == 1
    assert [first["id"], second["id"], third["id"]] == ["r2", "r1", "r3"]
    fields = {
        "verdict",
        "route",
        "provisions",
        "confidence",
        "gate",
        "precedents",
        "against",
        "considered",
        "checklist",
    }
    assert [fields <= question.keys() for question in first["questions"]] == [True, True]
    assert second["questions"] == []
    assert "write a day" in third["error"]


@pytest.mark.usefixtures("without_model")
def test_ask_words_its_answer_for_a_terminal(run: Run, tmp_path: Path) -> None:
    """Without `--json` each question is shown with its number."""
    _write_records(tmp_path / "corpus", RECORDS)
    run("reindex")
    done = run("ask", "-", "--received", "2024-05-02", stdin=REQUEST)
    assert (done.status, done.err) == (0, "")
    assert "1. How many lamp posts do you own?" in done.out
    assert "2. What did they cost in 2022?" in done.out


@pytest.mark.usefixtures("without_model")
def test_a_correction_reaches_the_answer(run: Run, tmp_path: Path) -> None:
    """What an officer corrected is obeyed after the next build, and said with its reason wherever it is shown."""
    _write_records(tmp_path / "corpus", RECORDS)
    run("reindex")
    args = ("--outcome", "not_held", "--provisions", "none", "--reason", "see the last line")
    done = run("correct", "FC/1#1", *args)
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        f"FC/1#1: corrected in {Path('corpus', 'corrections.jsonl')}\n"
        "  outcome of the reply was read as disclosed → will be not_held\n"
        "  outcome of question 1 was read as disclosed → will be not_held\n"
        "run `triage reindex`\n"
    )
    query = "How many lamp posts do you own?"
    (hit,) = run("search", "-", "--top-k", "1", "--json", stdin=query).objects()[0]["hits"]
    assert hit["corrected"] is None
    assert run("reindex").out.startswith("1 read, 1 unchanged,")
    (hit,) = run("search", "-", "--top-k", "1", "--json", stdin=query).objects()[0]["hits"]
    assert hit["corrected"].keys() == {"reason", "at"}
    (asked,) = run("ask", "-", "--json", stdin=query).objects()
    (found,) = [each for each in asked["questions"][0]["precedents"] if each["precedent"] == "FC/1#1"]
    assert (found["outcome"], found["corrected"]["reason"]) == ("not_held", "see the last line")
    words = f"corrected by an officer on {found['corrected']['at'][:10]}: see the last line"
    assert words in run("ask", "-", stdin=query).out
    assert words in run("search", "-", stdin=query).out
    assert "outcome was read as disclosed, now not_held" in run("show", "FC/1#1").out
    (shown,) = run("show", "FC/1#1", "--json").objects()
    assert [each["field"] for each in shown["questions"][0]["corrected"]] == ["outcome", "provisions"]


@pytest.mark.usefixtures("without_model")
def test_a_correction_as_json(run: Run, tmp_path: Path) -> None:
    """`correct --json` gives what was written and what will change; `--undo` withdraws it."""
    _write_records(tmp_path / "corpus", RECORDS)
    run("reindex")
    (made,) = run("correct", "FC/1", "--status", "RETRACTED", "--reason", "r", "--json").objects()
    assert (made["reference"], made["label"], made["status"], made["outcome"]) == ("FC/1", None, "retracted", None)
    assert made["changes"] == [
        {"label": None, "field": "status", "read": "unknown", "now": "unknown", "after": "retracted"}
    ]
    (made,) = run("correct", "FC/1", "--undo", "--reason", "r", "--json").objects()
    assert (made["undo"], made["changes"][0]["after"]) == (True, "unknown")
    done = run("correct", "FC/1", "--status", "unknown", "--reason", "r")
    assert "nothing changes: it already holds; kept on record" in done.out


@pytest.mark.usefixtures("without_model")
@pytest.mark.parametrize("verb", [["show"], ["correct", "--status", "stands", "--reason", "r"]])
@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param("FC/3", "'FC/3' is not in the index; near it: ", id="reply"),
        pytest.param("FC/1#2", "FC/1 has no question '2'; it has 1, such as FC/1#1", id="question"),
    ],
)
def test_an_unknown_target_is_one_line(run: Run, tmp_path: Path, verb: list[str], target: str, words: str) -> None:
    """A reply or question that is not there is an error that lists near ones."""
    _write_records(tmp_path / "corpus", RECORDS)
    run("reindex")
    _complains(run(verb[0], target, *verb[1:]), 1, words)


def test_a_reading_gives_the_reasons_and_what_else_the_letter_names(run: Run, tmp_path: Path) -> None:
    """`read --json` gives passages with their place, other replies, attachments and links of each question."""
    letter = (
        "Fennmoor Council\nOur reference: FC/0007/24\n\nDear Mx Example,\n\nYou asked:\n1. How many vans?\n"
        "2. Where are they kept?\n\n1. The table attached (vans.csv) gives them; see also "
        "https://www.fennmoor-council.example/vans.\n\n2. This is exempt under section 31(1)(a). To name the yards "
        "would be likely to prejudice the prevention of crime, since vans have been stolen. We told you so under "
        "FC/0003/23."
        "\n\nYours faithfully\n"
    )
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "vans.txt").write_text(letter, encoding="utf-8")
    (tmp_path / "corpus" / "vans.csv").write_text("Yard,Vans\nOstley,7\n", encoding="utf-8")
    (made,) = run("read", "corpus", "--json").objects()
    (harm,) = [each for each in made["reasons"] if each["kind"] == "harm"]
    assert letter[harm["start"] : harm["end"]] == harm["text"]
    assert harm["provisions"] == ["s31(1)(a)"]
    assert harm["text"].startswith("To name the yards would")
    assert [(each["kind"], each["target"]) for each in made["edges"]] == [("refers_to", "FC/0003/23")]
    assert made["attachments"] == [{"name": "vans.csv", "form": "csv"}]
    assert [each["attachments"] for each in made["questions"]] == [["vans.csv"], []]
    assert [each["links"] for each in made["questions"]] == [["https://www.fennmoor-council.example/vans"], []]


def test_a_reading_is_reported(run: Run, tmp_path: Path) -> None:
    """`read --report` sums up in one text or one object, names what was not read, and then ends with status 1."""
    _write_records(tmp_path / "corpus", RECORDS)
    done = run("read", "--report", "corpus")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("2 letters, 2 questions, 0 unread\n")
    (tmp_path / "corpus" / "scan.pdf").write_bytes(b"%PDF")
    done = run("read", "--report", "corpus", "--json")
    (made,) = done.objects()
    assert done.status == 1
    assert done.err.startswith("triage: unread: scan.pdf ")
    assert (made["letters"], made["questions"], made["unread"]) == (2, 2, 1)
    assert made["by_year"] == {"2024": {"disclosed": 2}}


def test_an_empty_folder_has_nothing_to_report_on(run: Run, tmp_path: Path) -> None:
    """Without a file the report is an error, not a table of nothing."""
    (tmp_path / "corpus").mkdir()
    _complains(run("read", "--report", "corpus"), 1, "no file to read; put past replies there")


def test_serve_does_not_start_without_an_index(run: Run, tmp_path: Path) -> None:
    """Without a corpus or an index there is nothing to show: one line says what to run."""
    (tmp_path / "app.py").write_text("")
    _complains(run("serve"), 1, "run `triage reindex")
