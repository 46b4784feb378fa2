"""Read the sheets of Excel workbooks.

In: an `.xlsx` file. Out: its sheets with their rows as text, a row at a time.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from triage.errors import FormatError
from triage.ingest.archive import check_archive
from triage.ingest.found import Opened

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Sheet", "cell_text", "open_sheets", "unsaved_note"]


class Sheet(NamedTuple):
    """A sheet; its rows can be gone through once, before the next sheet is asked for."""

    name: str
    hidden: bool
    rows: Iterator[list[str]]


def open_sheets(file: Opened) -> Iterator[Sheet]:
    """Go through the sheets of a workbook.

    Raises:
        FormatError: It is damaged, protected, or no workbook.
        TooLargeError: It would unpack to more than it may.
    """
    check_archive(file, "xl/workbook.xml")
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot keep when it saves is no matter here
            book = load_workbook(io.BytesIO(file.data), read_only=True, data_only=True)
    except Exception as error:  # a damaged part raises whatever the library stumbles over
        raise FormatError(_damaged(file, error)) from error
    try:
        for sheet in book.worksheets:
            if hasattr(sheet, "reset_dimensions"):
                sheet.reset_dimensions()  # what other programs write there may be wrong
            yield Sheet(str(sheet.title), sheet.sheet_state != "visible", _rows(sheet, file))
    finally:
        book.close()


_UNSAVED: Final = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


def count_unsaved(file: Opened) -> int:
    """Count the formulas of a workbook whose results were not saved with it, so that their cells read empty.

    Programs that write workbooks without Excel leave them out.
    """
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return sum(len(_UNSAVED.findall(archive.read(name))) for name in sheets)


def unsaved_note(file: Opened) -> list[str]:
    """Say how many cells read empty for want of a saved result, in a list of one sentence or none."""
    count = count_unsaved(file)
    if not count:
        return []
    return [
        f"{file.name}: {count} cells hold formulas without a saved result and read as empty; "
        "open it in Excel or LibreOffice and save it again"
    ]


def _damaged(file: Opened, error: BaseException) -> str:
    return f"{file.name} is damaged ({type(error).__name__}: {str(error)[:200]}); open it in Excel and save it again"


def _rows(sheet: Worksheet, file: Opened) -> Iterator[list[str]]:
    rows = iter(sheet.iter_rows())
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = [cell_text(cell) for cell in next(rows)]
        except StopIteration:
            return
        except Exception as error:  # the same
            raise FormatError(_damaged(file, error)) from error
        yield row


def cell_text(cell: Cell | MergedCell) -> str:
    """Write the value of a cell: days like 2024-05-02, whole numbers without a point, shares as per cent."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        whole = value.time() == dt.time()
        return value.date().isoformat() if whole else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if "%" in str(cell.number_format or ""):
            return f"{value * 100:.6g}%"
        return f"{value:.15g}"
    return str(value).strip()
