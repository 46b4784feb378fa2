"""Find out which column of a disclosure log holds what.

In: the first rows of a log, and the `LOG.columns.toml` that may lie beside it. Out: the header row and its columns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from triage.errors import FormatError
from triage.ingest.decode import decode_text

__all__ = ["COLUMNS_ENDING", "HEADER_WITHIN", "Columns", "find_columns", "is_header", "map_columns"]

COLUMNS_ENDING: Final = ".columns.toml"
"""What the name of a log's column file has in place of the log's ending."""
HEADER_WITHIN: Final = 40
"""Rows among which the header is looked for: logs begin with titles and notes."""
_LONGEST_TITLE: Final = 80

_COLUMNS: Final[dict[str, re.Pattern[str]]] = {
    "reference": re.compile(r"\bref|case (?:no|number|id)|request (?:no|number|id)|^id$", re.I),
    "received": re.compile(r"receiv|rec['’]d\b|date of request|date requested|opened", re.I),
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

_NEVER: Final = re.compile(
    r"\bdue\b|deadline|target|days|requester|applicant|officer|time taken|to be (?:sent|answered)", re.I
)
"""Titles of columns that look like those wanted and hold something else."""


class Columns(msgspec.Struct, frozen=True):
    """The columns of a log: the index and cells of its header row, and the place of each field among them."""

    row: int
    header: tuple[str, ...]
    places: dict[str, int]
    guessed: bool

    def shown(self) -> str:
        """Print the columns as they would stand in a column file, those that are not used after them."""
        used = ", ".join(f"{field}={self.header[place]!r}" for field, place in self.places.items())
        left = [title for n, title in enumerate(self.header) if title and n not in self.places.values()]
        return used + (f" (not used: {', '.join(map(repr, left))})" if left else "")


def map_columns(header: Sequence[str]) -> dict[str, int]:
    """Guess which column of a disclosure log holds what; each column is used once, the surest names first.

    >>> map_columns(["Ref", "Date received", "Request", "Response"])
    {'reference': 0, 'received': 1, 'request': 2, 'response': 3}
    """
    found: dict[str, int] = {}
    for field, pattern in _COLUMNS.items():
        for position, title in enumerate(header):
            if position not in found.values() and pattern.search(title.strip()) and not _NEVER.search(title):
                found[field] = position
                break
    return found


def is_header(row: Sequence[str]) -> bool:
    """Tell whether a row can be the header of a log."""
    return all(len(title) <= _LONGEST_TITLE for title in row) and _is_enough(map_columns(row))


def _is_enough(places: dict[str, int]) -> bool:
    return "reference" in places and bool({"request", "response"} & places.keys())


def find_columns(rows: Sequence[Sequence[str]], path: Path, *, name: str) -> Columns | None:
    """Find the header among the first rows of a log.

    Args:
        rows: The first rows.
        path: Where the log lies, and its column file beside it.
        name: What messages call the log.

    Returns:
        The columns, or `None` where no row can be a header.

    Raises:
        FormatError: The column file is damaged, or names an unknown field or column.
    """
    named = _load(path.with_name(path.stem + COLUMNS_ENDING))
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        header = tuple(" ".join(cell.split()) for cell in row)
        if named is not None:
            titles = [title.casefold() for title in header]
            if all(title.casefold() in titles for title in named.values()):
                places = {field: titles.index(title.casefold()) for field, title in named.items()}
                return Columns(number, header, places, guessed=False)
        elif is_header(header):
            return Columns(number, header, map_columns(header), guessed=True)
    if named is not None:
        raise FormatError(_missing(rows, named, path, name))
    return None


def _missing(rows: Sequence[Sequence[str]], named: dict[str, str], path: Path, name: str) -> str:
    """Say which of the named columns the likeliest header lacks."""
    titles = {title.casefold() for title in named.values()}
    known = max(rows[:HEADER_WITHIN], key=lambda row: len(titles & {_fold(cell) for cell in row}), default=[])
    lacking = [f"{field} = {title!r}" for field, title in named.items() if _fold(title) not in map(_fold, known)]
    file = path.stem + COLUMNS_ENDING
    return f"{file} names {', '.join(lacking)}, and {name} has no such column but {list(known)!r}; mend the title there"


def _fold(title: str) -> str:
    return " ".join(title.split()).casefold()


def _load(path: Path) -> dict[str, str] | None:
    if not path.is_file():
        return None
    try:
        named = msgspec.convert(tomllib.loads(decode_text(path.read_bytes(), name=path.name)), dict[str, str])
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"{path.name} is not TOML: {error}; mend that line") from error
    except msgspec.ValidationError as error:
        raise FormatError(f'{path.name}: {error}; write each field like reference = "Our ref"') from error
    unknown = [field for field in named if field not in _COLUMNS]
    if unknown:
        raise FormatError(f"{path.name} names the field {unknown[0]!r}; the fields are {', '.join(_COLUMNS)}")
    if not _is_enough(dict.fromkeys(named, 0)):
        raise FormatError(f"{path.name} has to name a reference, and a request or a response; add them")
    return {field: " ".join(title.split()) for field, title in named.items()}
