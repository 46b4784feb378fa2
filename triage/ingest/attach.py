"""Turn files that came with a reply into text.

In: a file that is no reply itself. Out: an `Attachment`: the rows of tables as lines, cells parted by ` | `, a heading
for each sheet; and notes on what of it was left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from triage.errors import EmptyInputError, FormatError
from triage.ingest.found import Opened
from triage.ingest.tables import row_line
from triage.schema import Attachment

__all__ = ["ATTACHABLE", "MOST_ROWS", "read_attachment"]

ATTACHABLE: Final = frozenset({".csv", ".docx", ".htm", ".html", ".md", ".pdf", ".txt", ".xlsx"})
"""Endings of files that can be read as attachments."""
MOST_ROWS: Final = 2000
"""Rows of one sheet that are kept."""


def read_attachment(file: Opened) -> tuple[Attachment, list[str]]:
    """Read one attachment.

    Raises:
        InputError: It cannot be used; the message says why.
    """
    ending = file.path.suffix.lower()
    notes: list[str] = []
    if ending == ".xlsx":
        text, notes = _sheets(file)
    elif ending == ".csv":
        text = "\n".join(_cut(_csv_lines(file)))
    elif ending == ".docx":
        from triage.ingest.word import word_text

        text = word_text(file)
    elif ending == ".pdf":
        from triage.ingest.pdf import pdf_text

        text, notes = pdf_text(file)
    elif ending in (".htm", ".html"):
        from triage.ingest.page import page_text

        text, _ = page_text(file.text(), file.name)
    elif ending in (".md", ".txt"):
        text = file.text()
    else:
        raise FormatError(f"{file.name}: attachments of this form are not read; save it as .pdf, .docx, .xlsx or .txt")
    return Attachment(file.path.name, file.form, text.strip("\n")), notes


def _cut(lines: Iterator[str]) -> Iterator[str]:
    """Keep the first rows and say how many more there were."""
    yield from islice(lines, MOST_ROWS)
    more = sum(1 for _ in lines)
    if more:
        yield f"({more:,} more rows are left out)"


def _sheets(file: Opened) -> tuple[str, list[str]]:
    from triage.ingest.workbook import open_sheets, unsaved_note

    parts: list[str] = []
    notes = []
    for sheet in open_sheets(file):
        if sheet.hidden:
            notes.append(f"{file.name}: the hidden sheet {sheet.name!r} is not read; show it to have it read")
            continue
        lines = list(_cut(line for row in sheet.rows if (line := row_line(row))))
        if lines:
            parts.append("\n".join((sheet.name, *lines)))
    if not parts:
        raise EmptyInputError(f"{file.name} holds no cell with anything in it; fill it or take it away")
    return "\n\n".join(parts), [*notes, *unsaved_note(file)]


def _csv_lines(file: Opened) -> Iterator[str]:
    from triage.ingest.log import DELIMITERS, csv_rows

    text = file.text()
    widths = {each: Counter(len(row.cells) for row in islice(csv_rows(text, each), 20)) for each in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: max((width for width in widths[each] if width), default=0))
    for row in csv_rows(text, delimiter):
        # A row with a quote that is never closed is kept as it stands.
        line = row_line(row.cells) if not row.fault else "\n".join(text.split("\n")[row.first - 1 : row.last])
        if line.strip():
            yield line
