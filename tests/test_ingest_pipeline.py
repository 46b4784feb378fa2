"""What ingest gives reaches the officer: notes on standard error and in the report, masked attachments, told fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
