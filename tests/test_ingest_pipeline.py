"""What ingest gives reaches the officer: notes on standard error and in the report, masked attachments, told fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
from click.testing import CliRunner

from triage.cli import cli
from triage.config import Config
from triage.pipeline import read_paths, reindex
from triage.pipeline.texts import _masked
from triage.schema import Attachment, Disclosure, Source


def _read(path: Path) -> list[Disclosure]:
    return [each for each in read_paths([path], config=Config()) if isinstance(each, Disclosure)]


def test_a_note_is_printed_by_read(tmp_path: Path) -> None:
    """`triage read` says on standard error how the columns of a log were read, and succeeds."""
    (tmp_path / "log.csv").write_text("Ref,Request,Response\nFOI 1,How many vans?,12\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["read", str(tmp_path)])
    assert done.exit_code == 0
    assert "triage: note: log.csv: columns read as reference='Ref'" in done.stderr


def test_a_note_is_in_the_report_of_the_build_that_read_the_file(
    tmp_path: Path,
    word_hash_encoder: Any,  # noqa: ANN401 -- the fixture's class is private to conftest
) -> None:
    """`triage reindex` notes how the columns were read when it reads them, not when nothing changed."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "log.csv").write_text("Ref,Request,Response\nFOI 1,How many vans?,12\n", encoding="utf-8")
    first, second = (
        reindex(tmp_path / "corpus", tmp_path / "index", config=Config(), encoder=word_hash_encoder) for _ in range(2)
    )
    assert any("columns read as" in note for note in first.notes)
    assert second.notes == ()


def test_people_are_covered_wherever_a_source_names_them() -> None:
    """Text, title, told request, attachments and the names of files are masked before any stage sees them."""
    name = "Ms Thackwray"
    source = Source(
        "a.txt", "", "txt", f"Dear {name}\n", fields={"title": f"Dear {name}", "request": f"Regards, {name}"},
        attachments=(Attachment(f"For {name}.xlsx", "xlsx", f"Dear {name}\n"),), named=(f"To {name}.pdf",),
    )  # fmt: skip
    assert "Thackwray" not in repr(_masked(source))


def test_what_a_log_in_excel_says_is_read_like_one_in_csv(tmp_path: Path) -> None:
    """A row of a workbook becomes a disclosure with reference, dates and outcome."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Log")
    sheet.append(["Ref", "Date of response", "Request", "Outcome"])
    sheet.append(["FOI 1", "2024-05-02", "How many vans?", "Refused"])
    book.save(tmp_path / "log.xlsx")
    (found,) = _read(tmp_path)
    assert (found.reference, str(found.responded), str(found.outcome)) == ("FOI 1", "2024-05-02", "refused")


def test_a_letterhead_in_a_table_gives_reference_and_day(tmp_path: Path) -> None:
    """A Word letter whose head is a table of labels and values is dated and referred to like any other."""
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    head = ("Our ref", "FOI 12/24", "Request received", "5 April 2024", "Date of response", "3 May 2024")
    for cell, text in zip(table._cells, head, strict=True):
        cell.text = text
    for line in ("Dear requester", "You asked how many vans the council owns.", "We hold 12 vans.", "Yours faithfully"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    (found,) = _read(tmp_path)
    assert "12/24" in found.reference
    assert (str(found.received), str(found.responded)) == ("2024-04-05", "2024-05-03")


def test_the_request_below_an_email_is_what_it_answers(tmp_path: Path) -> None:
    """The quoted request gives the questions and its day, the headers the day of the reply."""
    below = (
        "On 3 May 2024, Wren Alder <wren@post.example> wrote:\n> 1. How many vans do you own?\n> 2. How many cars?\n"
    )
    head = (
        "From: Tarnley District Council <foi@tarnley.example>\nSubject: Reply\nDate: Fri, 24 May 2024 09:00:00 +0100\n"
    )
    text = f"{head}\nOur ref: FOI 12/24\n\n1. We own 12 vans.\n\n2. We do not hold this.\n\n{below}"
    (tmp_path / "a.eml").write_text(text, encoding="utf-8")
    (found,) = _read(tmp_path)
    assert [question.text for question in found.questions] == ["How many vans do you own?", "How many cars?"]
    assert (found.authority, str(found.received), str(found.responded)) == (
        "Tarnley District Council", "2024-05-03", "2024-05-24",
    )  # fmt: skip


def test_a_thread_is_read_with_its_review(tmp_path: Path) -> None:
    """A thread gives the reply to its request, published, and the review's reply as a disclosure of its own."""
    events = [
        ("outgoing", "2022-03-01", "Dear Council,\nHow many swans were counted in 2021?"),
        ("incoming", "2022-03-24", "Our ref: TDC/140/22\nWe counted 64 swans in June 2021."),
        ("outgoing", "2022-04-01", "I ask for an internal review."),
        ("incoming", "2022-05-01", "Internal review of TDC/140/22: we uphold the decision. It was correct."),
    ]
    thread = {"events": [{"type": kind, "created_at": day, "content": [text]} for kind, day, text in events]}
    (tmp_path / "a.json").write_text(json.dumps(thread), encoding="utf-8")
    first, review = _read(tmp_path)
    assert [str(each.responded) for each in (first, review)] == ["2022-03-24", "2022-05-01"]
    assert (first.published, [question.text for question in first.questions]) == (
        True, ["How many swans were counted in 2021?"],
    )  # fmt: skip
    assert review.reviews == first.reference
