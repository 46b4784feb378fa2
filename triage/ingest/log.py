"""Read disclosure logs.

In: the text of a `.csv` file. Out: a `Source` for each row, an `Unread` for each row that cannot be used.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from triage.errors import FormatError
from triage.ingest.found import Opened, Unread
from triage.schema import Source

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["map_columns", "read_log"]

_COLUMNS: Final[dict[str, re.Pattern[str]]] = {
    "reference": re.compile(r"ref|case (?:no|number|id)|request (?:no|number|id)|^id$", re.I),
    "received": re.compile(r"receiv|date of request|date requested|opened", re.I),
    "responded": re.compile(
        r"respon(?:se|ded).*date|date.*(?:respon|repl|clos|publish|disclos|issued|sent)|repl(?:y|ied).*date|published|closed",
        re.I,
    ),
    "outcome": re.compile(r"outcome|decision|result|status", re.I),
    "provisions": re.compile(r"exempt|exception|provision|section", re.I),
    "url": re.compile(r"url|link|web", re.I),
    "authority": re.compile(r"authority|organisation|public body", re.I),
    "request": re.compile(r"request|question|asked|information sought|subject|summary", re.I),
    "response": re.compile(r"response|reply|answer|disclosure|information (?:given|released)", re.I),
}  # fmt: skip


def map_columns(header: list[str]) -> dict[str, int]:
    """Guess which column of a disclosure log holds what; each column is used once, the surest names first.

    >>> map_columns(["Ref", "Date received", "Request", "Response"])
    {'reference': 0, 'received': 1, 'request': 2, 'response': 3}
    """
    found: dict[str, int] = {}
    for field, pattern in _COLUMNS.items():
        for position, title in enumerate(header):
            if position not in found.values() and pattern.search(title.strip()):
                found[field] = position
                break
    return found


def read_log(file: Opened) -> Iterator[Source | Unread]:
    """Read a disclosure log: the first row names its columns."""
    name, digest, text = file.name, file.digest, file.text()
    csv.field_size_limit(10_000_000)
    # The header tells the delimiter: cells may be full of the others.
    delimiter = max(_DELIMITERS, key=lambda each: len(_header(text, each)))
    header = _header(text, delimiter)
    columns = map_columns(header)
    if "reference" not in columns or not {"request", "response"} & columns.keys():
        raise FormatError(
            f"{name}: no columns for a reference and a request or response in {header!r}; name them in the first row"
        )
    rows = _parse_rows(text, delimiter)
    next(rows)
    while True:
        first = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            place = f"line {first}" if rows.line_num == first else f"lines {first} to {rows.line_num}"
            yield Unread(name, f"{name}, {place}: {error}; mend the quotes of that row", first)
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            reason = f"{len(row)} cells where the header has {len(header)}; quote the cells that hold a delimiter"
            yield Unread(name, f"{name}, line {first}: {reason}", first)
            continue
        fields: dict[str, object] = {field: row[position].strip() for field, position in columns.items()}
        yield Source(name, digest, "csv", str(fields.get("response", "")), line=first, fields=fields)


_DELIMITERS: Final = (",", ";", "\t", "|")


def _header(text: str, delimiter: str) -> list[str]:
    try:
        return next(_parse_rows(text, delimiter), [])
    except csv.Error:
        return []


def _parse_rows(text: str, delimiter: str) -> Reader:
    """Read rows strictly: a quote that is never closed is an error, not one cell with the rest of the file in it."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar='"', strict=True)
