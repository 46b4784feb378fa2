"""Read disclosure logs.

In: a `.csv` or `.xlsx` file with a row a reply. Out: a `Source` for each row, an `Unread` for each row that cannot be
used, and a `Note` on how the columns were read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from triage.errors import FormatError
from triage.ingest.columns import COLUMNS_ENDING, HEADER_WITHIN, Columns, find_columns
from triage.ingest.found import Found, Note, Opened, Unread
from triage.schema import Source

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["DELIMITERS", "Row", "csv_rows", "read_log", "read_workbook_log"]

DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST_CELL: Final = 10_000_000
_PERIOD: Final = re.compile(
    r"(?=.*[a-z]|\s*20\d\d\s*$)\s*"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|q[1-4]|quarter|[1-4]|20\d\d|to|and|[-–/&\s])+",
    re.I,
)
"""What a heading between the rows of a log says."""


class Row(NamedTuple):
    """The cells of one row and the lines it stands on, or why it cannot be used."""

    first: int
    last: int
    cells: list[str]
    fault: str = ""

    @property
    def place(self) -> str:
        """Name the lines of the row."""
        return f"line {self.first}" if self.last <= self.first else f"lines {self.first} to {self.last}"


def csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Read rows strictly: a quote that is never closed is a fault, not one cell with the rest of the file in it."""
    csv.field_size_limit(_LONGEST_CELL)
    rows: Reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar='"', strict=True)
    while True:
        first = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(first, rows.line_num, [], str(error))
            continue
        yield Row(first, rows.line_num, cells)


def _first_rows(rows: Iterator[Row]) -> list[list[str]]:
    return [row.cells for row in islice(rows, HEADER_WITHIN)]


def read_log(file: Opened) -> Iterator[Found]:
    """Read a log kept as text; its header tells the delimiter, because cells may be full of the others."""
    text = file.text()
    found: dict[str, Columns] = {}
    faults: dict[str, FormatError] = {}
    tops = {each: _first_rows(csv_rows(text, each)) for each in DELIMITERS}
    for delimiter, rows in tops.items():
        try:
            columns = find_columns(rows, file.path, name=file.name)
        except FormatError as error:
            faults[delimiter] = error
            continue
        if columns is not None:
            found[delimiter] = columns
    if not found:
        likeliest = max(tops, key=lambda each: max(map(len, tops[each]), default=0))
        raise faults.get(likeliest) or FormatError(no_columns(file.name, tops[likeliest]))
    delimiter, columns = max(found.items(), key=lambda each: len(each[1].header))
    yield from _read_rows(file, csv_rows(text, delimiter), columns, where="")


def read_workbook_log(file: Opened) -> Iterator[Found]:
    """Read a log kept as workbook: each sheet that has a header is read."""
    from triage.ingest.workbook import open_sheets, unsaved_note

    tops: list[list[str]] = []
    read = 0
    others: list[str] = []
    fault: FormatError | None = None
    for sheet in open_sheets(file):
        if sheet.hidden:
            yield Note(file.name, f"{file.name}: the hidden sheet {sheet.name!r} is not read; show it to have it read")
            continue
        rows = (Row(number, number, cells) for number, cells in enumerate(sheet.rows, start=1))
        top = list(islice(rows, HEADER_WITHIN))
        try:
            columns = find_columns([row.cells for row in top], file.path, name=f"{file.name}, sheet {sheet.name!r}")
        except FormatError as error:
            fault = error
            continue
        if columns is None:
            if any(cell for row in top for cell in row.cells):
                others.append(sheet.name)
                tops += [row.cells for row in top if any(row.cells)][:1]
            continue
        read += 1
        yield from _read_rows(file, chain(top, rows), columns, where=f"sheet {sheet.name!r}, ")
    if not read:
        raise fault or FormatError(no_columns(file.name, tops))
    for name in others:
        yield Note(file.name, f"{file.name}: the sheet {name!r} has no columns of a log and is not read")
    yield from (Note(file.name, note) for note in unsaved_note(file))


def no_columns(name: str, rows: Sequence[Sequence[str]]) -> str:
    """Say that a log has no header."""
    shown = next((list(row) for row in rows if any(cell.strip() for cell in row)), [])
    return (
        f"{name}: no columns for a reference and a request or response in {shown!r}; "
        f"name them in the header, or in NAME{COLUMNS_ENDING} beside it"
    )


def _read_rows(file: Opened, rows: Iterator[Row], columns: Columns, *, where: str) -> Iterator[Found]:
    name, header = file.name, columns.header
    if columns.guessed:
        beside = file.path.stem + COLUMNS_ENDING
        yield Note(
            name, f"{name}: {where}columns read as {columns.shown()}; put {beside} beside it to change that"
        )  # fmt: skip
    headings: list[str] = []
    for row in islice(rows, columns.row + 1, None):
        cells = row.cells
        if row.fault:
            yield Unread(name, f"{name}, {row.place}: {row.fault}; mend the quotes of that row", row.first)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        while len(cells) > len(header) and not cells[-1].strip():
            cells = cells[:-1]
        if where:
            cells = cells + [""] * (len(header) - len(cells))
        if len(cells) != len(header):
            reason = f"{len(cells)} cells where the header has {len(header)}; quote the cells that hold a delimiter"
            yield Unread(name, f"{name}, {where}{row.place}: {reason}", row.first)
            continue
        fields: dict[str, object] = {field: cells[place].strip() for field, place in columns.places.items()}
        if _PERIOD.fullmatch("".join(cells)):
            headings.append(str(row.first))
            continue
        yield Source(name, file.digest, file.form, str(fields.get("response", "")), line=row.first, fields=fields)
    if headings:
        which = ", ".join(headings[:20]) + (" and more" if len(headings) > 20 else "")
        yield Note(name, f"{name}: {where}line {which} holds a heading and no reply, and is passed over")
