"""Bad files in a corpus: each is named with what is wrong and what to do, and every good file beside it is read."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from command import Run
from docx import Document
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

_LETTER = """Fennmoor Council
Our reference: FC/000{n}/24
Date: 3 June 2024

Dear Mx Example

You asked:
1. How many {things} do you have?

1. We have 1{n} {things}.

Yours sincerely
Information Team
"""
_GOOD = {"good-1.txt": _LETTER.format(n=1, things="vans"), "good-2.txt": _LETTER.format(n=2, things="boats")}
_BAD_LETTER = _LETTER.format(n=3, things="lorries")
_LIMIT = 20_000
"""Bytes of a file in these tests, so that a file over the limit stays small."""

Write = Callable[[Path], object]


def _text(content: str | bytes) -> Write:
    data = content.encode() if isinstance(content, str) else content
    return lambda path: path.write_bytes(data)


def _pdf(text: str) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    if text:
        pdf.multi_cell(0, 6, text)
    else:
        pdf.rect(20, 20, 60, 60, style="F")
    return bytes(pdf.output())


def _locked_pdf(path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf(_BAD_LETTER))))
    writer.encrypt("secret")
    with path.open("wb") as file:
        writer.write(file)


def _docx() -> bytes:
    document = Document()
    document.add_paragraph(_BAD_LETTER)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _zip(part: str, blocks: int) -> Write:
    """Write a zip file with one part of so many blocks of a million blanks."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(part, "w") as stream:
            for _ in range(blocks):
                stream.write(b" " * 1_000_000)

    return write


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


def _link(target: str) -> Write:
    return lambda path: path.symlink_to(target)


def _record(reference: str) -> str:
    asked = {"label": "1", "text": "How many trams?", "answer": "12", "outcome": "disclosed"}
    return json.dumps({"reference": reference, "authority": "Fennmoor Council", "questions": [asked]})


BAD: dict[str, tuple[str, Write, str]] = {
    "pdf under a password": ("a.pdf", _locked_pdf, "a.pdf is protected by a password; save it again without one"),
    "pdf of pictures": (
        "a.pdf",
        _text(_pdf("")),
        "a.pdf has no text layer, only pictures of pages; recognise its text",
    ),
    "pdf cut short": ("a.pdf", _text(_pdf(_BAD_LETTER)[:300]), "a.pdf is damaged"),
    "word cut short": ("a.docx", _text(_docx()[:2000]), "a.docx is damaged or cut short"),
    "zip called word": (
        "a.docx",
        _zip("notes.txt", 0),
        "a.docx is a zip file but no .docx file; save it again as .docx",
    ),
    "zip bomb as word": ("a.docx", _zip("word/document.xml", 20), "a.docx would unpack to over 200,000,000 bytes, or"),
    "zip bomb as workbook": (
        "a.xlsx",
        _zip("xl/workbook.xml", 20),
        "a.xlsx would unpack to over 200,000,000 bytes, or",
    ),
    "workbook under a password": (
        "a.xlsx",
        _text(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512),
        "a.xlsx is protected by a password or of the form before 2007; save it again as .xlsx without a password",
    ),
    "log with another delimiter": (
        "a.csv",
        _text("Reference^Request^Response\nFC/9^How many?^12\n"),
        "a.csv: no columns for a reference and a request or response in ['Reference^Request^Response']; name them in",
    ),
    "log of unknown columns": ("a.csv", _text("alpha,beta\n1,2\n"), "a.csv: no columns for a reference and a request"),
    "ragged log": (
        "a.csv",
        _text("Reference,Request,Response\nFC/8,How many trams?,12\nFC/9,How,many,more\n"),
        "a.csv, line 3: 4 cells where the header has 3; quote the cells that hold a delimiter",
    ),
    "file over the limit": (
        "a.txt",
        _text("x" * (_LIMIT + 1)),
        f"a.txt has 20,001 bytes, over {_LIMIT:,}; split it or",
    ),
    "file far over the limit": ("a.txt", _sparse, f"a.txt has 200,000,000 bytes, over {_LIMIT:,}; split it or raise"),
    "empty file": ("a.txt", _text(""), "a.txt is empty; give a file with text in it"),
    "blank file": ("a.txt", _text(" \n\t\n"), "a.txt is empty; give a file with text in it"),
    "page of scripts": (
        "a.html",
        _text("<html><head><script>let a = 'We hold 12 vans'</script></head><body><script>b()</script></body></html>"),
        "a.html holds no text once its scripts and navigation are taken off; save it as text",
    ),
    "folder that links to itself": ("loop", _link("."), "loop: links to folders are not followed; put the files"),
    "link to nothing": ("a.txt", _link("nowhere"), "a.txt cannot be opened: No such file or directory; check that"),
    "pipe": ("a.txt", lambda path: os.mkfifo(path), "a.txt is not a file; save the letter as one of .csv, .docx"),
    "thread cut short": ("a.json", _text('{"title": "Vans", '), "a.json is not JSON (Expecting property name"),
    "thread of another shape": (
        "a.json",
        _text('{"a": 1}'),
        'a.json is no thread: it is no object with "events"; write',
    ),
    "thread too deep": ("a.json", _text("[" * 9_000 + "]" * 9_000), "a.json is not JSON (maximum recursion depth"),
    "outlook message": ("a.msg", _text("x"), "a.msg: this form is not read; save it as .eml"),
    "old word file": ("a.doc", _text("x"), "a.doc: this form is not read; save it as .docx"),
    "binary called text": (
        "a.txt",
        _text(bytes(range(256)) * 8),
        "a.txt is a binary file, not text; save the letter as",
    ),
    "records with a bad line": (
        "a.jsonl",
        _text(f"{_record('FC/8')}\n{{\n"),
        "a.jsonl, line 2: not JSON (Expecting property name",
    ),
    "mail without text": (
        "a.eml",
        _text("From: a@fennmoor.example\nSubject: x\n\n"),
        "a.eml holds no text; save the e-mail",
    ),
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Make a corpus of two good letters, and a limit on files that is soon reached."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in _GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "small.toml").write_text(f"[limits]\nfile_bytes = {_LIMIT}\n", encoding="utf-8")
    return folder


@pytest.mark.usefixtures("without_model")
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_others_are_read(run: Run, corpus: Path, name: str) -> None:
    """`read` and two runs of `reindex` say what is wrong and what to do, and give both good letters."""
    file, write, words = BAD[name]
    write(corpus / file)
    read = run("read", "corpus", "--json", "--config", "small.toml")
    told = [line for line in read.err.splitlines() if line.startswith("triage: unread: ")]
    assert [line for line in told if line.startswith(f"triage: unread: {words}")] == told
    assert len(told) == 1
    assert ";" in told[0]
    assert read.status == 1
    assert {"good-1.txt", "good-2.txt"} <= {made["file"] for made in read.objects()}
    for _ in range(2):
        built = run("reindex", "--json", "--config", "small.toml")
        (made,) = built.objects()
        assert built.status == 0
        assert made["disclosures"] == len(read.objects())
        assert [f"triage: unread: {each['reason']}" for each in made["failed"]] == told
    (report,) = run("read", "corpus", "--report", "--json", "--config", "small.toml").objects()
    assert (report["letters"], report["unread"]) == (len(read.objects()), 1)


KEPT: dict[str, tuple[str, Write, str]] = {
    "the same reference twice": (
        "same.txt",
        _text(_LETTER.format(n=1, things="lorries")),
        "same.txt: FC/0001/24 is also in good-1.txt; kept as FC/0001/24~2",
    ),
    "a letter with scripts": (
        "a.html",
        _text(f"<html><body><pre>{_BAD_LETTER}</pre><script>leak()</script></body></html>"),
        "",
    ),
    "wide text": ("a.txt", _text(_BAD_LETTER.encode("utf-16")), ""),
    "wide text without a mark": ("a.txt", _text(_BAD_LETTER.encode("utf-16-le")), ""),
    "windows text": ("a.txt", _text(_BAD_LETTER.replace("1. We", "1. – We").encode("cp1252")), ""),
    "a name with a line break": ("a\nb.txt", _text(_BAD_LETTER), ""),
    "one line": ("a.txt", _text("We have 12 lorries and " * 800), ""),
}


@pytest.mark.usefixtures("without_model")
@pytest.mark.parametrize("name", KEPT)
def test_an_odd_file_is_read(run: Run, corpus: Path, name: str) -> None:
    """What can be read is read, in whatever form, and stands beside the good letters."""
    file, write, note = KEPT[name]
    write(corpus / file)
    (made,) = run("reindex", "--json", "--config", "small.toml").objects()
    assert (made["failed"], made["disclosures"]) == ([], 3)
    assert made["notes"] == ([note] if note else [])
    texts = [each["request"] + str(each["questions"]) for each in run("read", "corpus", "--json").objects()]
    assert sum("lorries" in text for text in texts) == 1
    assert not any("leak" in text for text in texts)


def test_what_lies_beside_a_broken_letter_is_named_too(run: Run, corpus: Path) -> None:
    """The attachment of a letter that cannot be used does not vanish with it."""
    (corpus / "a.docx").write_bytes(_docx()[:2000])
    (corpus / "a.csv").write_text("Yard,Vans\nOstley,7\n", encoding="utf-8")
    done = run("read", "corpus", "--json")
    assert "unread: a.docx is damaged or cut short" in done.err
    assert "unread: a.csv lies beside a.docx, which cannot be used; mend that, or rename one of them\n" in done.err


def test_a_workbook_says_what_it_lacks(run: Run, corpus: Path) -> None:
    """Formulas without a saved result and hidden sheets are told, and the rest of the log is read."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Reference", "Request", "Response"],
        ["FC/8", "How many trams?", "Twelve."],
        ["FC/9", "Carts?", "=6+1"],
    ):
        sheet.append(row)
    book.create_sheet("Drafts").sheet_state = "hidden"
    book.save(corpus / "log.xlsx")
    done = run("read", "corpus", "--json")
    assert "note: log.xlsx: the hidden sheet 'Drafts' is not read; show it to have it read\n" in done.err
    assert (
        "note: log.xlsx: 1 cells hold formulas without a saved result and read as empty; open it in Excel" in done.err
    )
    assert {"FC/8", "FC/9"} <= {made["reference"] for made in done.objects()}


def test_corrections_further_down_are_told(run: Run, corpus: Path) -> None:
    """Corrections count at the top of the corpus alone; others are not passed over in silence."""
    (corpus / "2024").mkdir()
    (corpus / "2024" / "corrections.jsonl").write_text("{}\n", encoding="utf-8")
    done = run("read", "corpus", "--json")
    assert (
        "unread: 2024/corrections.jsonl: corrections are kept in corrections.jsonl at the top of the corpus" in done.err
    )


@pytest.mark.parametrize("path", ["nowhere", "nowhere/letter.txt"])
def test_a_path_that_is_not_there_is_an_error(run: Run, corpus: Path, path: str) -> None:
    """A wrong path is one line that says what to name instead."""
    done = run("read", path)
    assert done.status == 1
    assert done.err == f"triage: {path} does not exist; name a file or a folder of past replies\n"


@pytest.mark.usefixtures("without_model")
def test_an_index_that_is_a_file_is_an_error(run: Run, corpus: Path) -> None:
    """A file where the index should be is left alone."""
    (corpus.parent / "index").write_text("mine", encoding="utf-8")
    done = run("reindex")
    assert done.status == 1
    assert done.err == "triage: index is a file and not a folder; name another place for the index with --index\n"
    assert (corpus.parent / "index").read_text(encoding="utf-8") == "mine"
