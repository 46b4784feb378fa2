"""Disclosure logs: columns are guessed and shown or told by a file beside the log; no row is lost."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.config import Limits
from triage.ingest import Note, Unread, read_sources
from triage.ingest.workbook import cell_text
from triage.schema import Source

CSV = "Our ref,Asked,Given,Officer\nFOI 1,How many vans?,12,W\nFOI 2,How many cars?,9,W\n"


def _read(path: Path) -> tuple[list[Source], list[Unread], list[Note]]:
    found = list(read_sources(path, root=path.parent, limits=Limits()))
    return (
        [each for each in found if isinstance(each, Source)],
        [each for each in found if isinstance(each, Unread)],
        [each for each in found if isinstance(each, Note)],
    )


def _csv(folder: Path, content: str | bytes, columns: str | None = None) -> Path:
    path = folder / "log.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if columns is not None:
        (folder / "log.columns.toml").write_text(columns, encoding="utf-8")
    return path


def test_a_guess_is_shown(tmp_path: Path) -> None:
    """Guessed columns are noted with their titles, those not used, and how to change them."""
    sources, _, notes = _read(_csv(tmp_path, "Ref no,Date received,Summary,Answer,Colour\nFOI 1,2024-01-02,a,b,c\n"))
    assert len(sources) == 1
    assert [note.text for note in notes] == [
        "log.csv: columns read as reference='Ref no', received='Date received', request='Summary', response='Answer' "
        "(not used: 'Colour'); put log.columns.toml beside it to change that"
    ]


def test_a_column_file_decides(tmp_path: Path) -> None:
    """Columns named in the file beside the log are used as told, without a note."""
    columns = 'reference = "our ref"\nrequest = "Asked"\nresponse = "Given"\n'
    sources, unread, notes = _read(_csv(tmp_path, CSV, columns))
    assert (unread, notes) == ([], [])
    assert [source.fields for source in sources] == [
        {"reference": "FOI 1", "request": "How many vans?", "response": "12"},
        {"reference": "FOI 2", "request": "How many cars?", "response": "9"},
    ]


@pytest.mark.parametrize(
    ("columns", "parts"),
    [
        pytest.param('refrence = "Our ref"\nrequest = "Asked"', ("'refrence'", "reference, received"), id="field"),
        pytest.param('reference = "Nr"\nrequest = "Asked"', ("reference = 'Nr'", "'Our ref'"), id="column"),
        pytest.param('reference = "Our ref"', ("a request or a response",), id="too few"),
        pytest.param("reference = 3\nrequest = 'Asked'", ("log.columns.toml", "`str`"), id="number"),
        pytest.param("reference: Our ref", ("is not TOML",), id="no TOML"),
    ],
)
def test_a_wrong_column_file_is_an_error(tmp_path: Path, columns: str, parts: tuple[str, ...]) -> None:
    """An unknown field or column, and a file that is none, are named with what is there."""
    sources, unread, _ = _read(_csv(tmp_path, CSV, columns))
    assert sources == []
    assert [part for part in parts if part not in unread[0].reason] == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbfRef,Request,Response\r\nFOI 1,caf\xc3\xa9?,12\r\n", id="BOM"),
        pytest.param("Ref,Request,Response\nFOI 1,café?,12\n".encode("cp1252"), id="Windows-1252"),
        pytest.param("Ref;Request;Response\nFOI 1;café?;12\n", id="semicolon"),
        pytest.param("Ref|Request|Response\nFOI 1|café?|12\n", id="bar"),
        pytest.param("Disclosure log 2024,,\n,,\nRef,Request,Response\nFOI 1,café?,12\n", id="title row"),
        pytest.param("Ref,Request,Response,,\nFOI 1,café?,12,,\n", id="empty columns"),
        pytest.param("Ref,Request,Response\nFOI 1,café?,12,,,\n", id="empty cells at the end"),
        pytest.param("sep=;\nRef;Request;Response\nFOI 1;café?;12\n", id="Excel's line"),
        pytest.param("Our response date,Ref,Request,Response\n,FOI 1,café?,12\n", id="another order"),
    ],
)
def test_a_log_reads_the_same_however_it_was_saved(tmp_path: Path, content: str | bytes) -> None:
    """Encoding, delimiter, title rows and empty cells change nothing."""
    sources, unread, _ = _read(_csv(tmp_path, content))
    assert unread == []
    kept = [{field: source.fields[field] for field in ("reference", "request", "response")} for source in sources]
    assert kept == [{"reference": "FOI 1", "request": "café?", "response": "12"}]


def test_days_that_are_due_are_not_days_of_reply(tmp_path: Path) -> None:
    """A column of deadlines or of requesters is not taken for what it resembles."""
    sources, _, _ = _read(
        _csv(tmp_path, "Ref,Response due date,Requester type,Request,Date sent\nF1,2024-02-01,Press,a,2024-01-30\n")
    )
    assert sources[0].fields == {"reference": "F1", "request": "a", "responded": "2024-01-30"}


def test_a_heading_between_rows_is_noted(tmp_path: Path) -> None:
    """A month as a heading is no reply without a reference: it is passed over and said."""
    sources, unread, notes = _read(_csv(tmp_path, "Ref,Request,Response\nMay 2024,,\nFOI 1,a,b\n"))
    assert (len(sources), unread) == (1, [])
    assert "line 2 holds a heading" in notes[1].text


def _book(*sheets: tuple[str, list[list[object]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def _data(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


LOG: list[list[object]] = [
    ["Disclosure log"],
    [],
    ["Ref", "Date received", "Request", "Response", "Share"],
    [8841, dt.datetime(2024, 1, 2), "How many\nvans?", 12, 0.125],
    ["FOI 2", dt.date(2024, 1, 3), "How many cars?", 9.5, None],
]


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    """Each sheet with a header is read, merged title rows above it; days come as days, numbers as printed."""
    book = _book(("2024", LOG), ("2023", LOG[2:]), ("About", [["Published monthly"]]))
    book["2024"].merge_cells("A1:E1")
    (tmp_path / "log.xlsx").write_bytes(_data(book))
    sources, unread, notes = _read(tmp_path / "log.xlsx")
    assert unread == []
    first = {"reference": "8841", "received": "2024-01-02", "request": "How many\nvans?", "response": "12"}
    second = {"reference": "FOI 2", "received": "2024-01-03", "request": "How many cars?", "response": "9.5"}
    assert [source.fields for source in sources] == [first, second] * 2
    assert [source.line for source in sources] == [4, 5, 2, 3]
    assert [note.text.split(" ")[1] for note in notes] == ["sheet", "sheet", "the"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        pytest.param(0.125, "0%", "12.5%", id="share"),
        pytest.param(12.0, "General", "12", id="whole number"),
        pytest.param(1234567.5, "#,##0.00", "1234567.5", id="money"),
        pytest.param(True, "General", "TRUE", id="truth"),
        pytest.param(dt.datetime(2024, 5, 2, 9, 30), "General", "2024-05-02 09:30", id="moment"),
        pytest.param("  a  ", "General", "a", id="words"),
        pytest.param(None, "General", "", id="nothing"),
    ],
)
def test_cells_are_written_as_they_are_printed(value: object, form: str, text: str) -> None:
    """Shares come as per cent, days as days, and no number gets a point that it has not."""
    cell = _book(("A", [])).worksheets[0].cell(1, 1)
    cell.value = value  # type: ignore[assignment]
    if not isinstance(value, dt.datetime):
        cell.number_format = form
    assert cell_text(cell) == text


def test_a_hidden_sheet_is_not_read_and_is_said(tmp_path: Path) -> None:
    """What was hidden was hardly meant to be given out."""
    book = _book(("Log", LOG[2:]), ("Secret", LOG[2:]))
    book["Secret"].sheet_state = "hidden"
    (tmp_path / "log.xlsx").write_bytes(_data(book))
    sources, _, notes = _read(tmp_path / "log.xlsx")
    assert len(sources) == 2
    assert any("hidden sheet 'Secret' is not read" in note.text for note in notes)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(_data(_book(("A", [["Year", "Vans"], [2022, 12]]))), "no columns for a reference", id="no log"),
        pytest.param(_data(_book(("A", LOG)))[:900], "damaged or cut short", id="cut short"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a password", id="password"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    """A workbook that is no log, damaged or protected is listed with the reason."""
    (tmp_path / "log.xlsx").write_bytes(data)
    sources, unread, _ = _read(tmp_path / "log.xlsx")
    assert sources == []
    assert reason in unread[0].reason


GOOD = _data(_book(("Log", LOG)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_workbook_is_read_or_listed(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    """Whatever bytes of a good workbook change, there are replies or a reason, never another error."""
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    (tmp_path / "log.xlsx").write_bytes(bytes(data))
    sources, unread, _ = _read(tmp_path / "log.xlsx")
    assert sources or unread
