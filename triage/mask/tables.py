"""Names in tables: rows of cells with a key before them, columns with a heading above them.

In: a text. Out: spans of names in the cells. Cells are parted by ` | `, tabs or runs of blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from triage.mask.headers import FIELD
from triage.mask.letter import name_part
from triage.mask.names import looks_like_name
from triage.mask.spans import BLOCK, PersonSpan
from triage.mask.words import GIVEN, plain

__all__ = ["find_table_names"]

_ROW: Final = re.compile(r"[^\n]+")
_CELL: Final = re.compile(r"[^|\t\n ](?:[^|\t\n ]| (?! ))*")
_RULE: Final = re.compile(r"[\s|:+=-]*$")
_ABOUT_PEOPLE: Final = re.compile(
    r"\b(?:role|rank|post|job|position|title|grade|team|department|tel|telephone|phone|mobile|e-?mail"
    r"|contact|collar|badge|shoulder"
    r"|officer|salary|address|surname|forename|division)\b",
    re.IGNORECASE,
)
_MERE_NAME: Final = re.compile(r"(?:full )?names?$", re.IGNORECASE)
_CELLS: Final = 40


class _Cell(NamedTuple):
    start: int
    text: str


def find_table_names(text: str) -> Iterator[PersonSpan]:
    r"""Find names in tables.

    >>> text = "Officer | Post\nRowan Ashdown | Analyst"
    >>> [text[s.start:s.end] for s in find_table_names(text)]
    ['Rowan Ashdown']
    """
    if "|" not in text and "\t" not in text and "  " not in text:
        return
    heading: list[_Cell] = []
    rows: list[list[_Cell]] = []
    last = -1
    for found in _ROW.finditer(text):
        row = found[0]
        if "|" not in row and "\t" not in row and "  " not in row:
            continue
        if row[:3].strip(" |:+=-") == "" and _RULE.match(row):
            if last >= 0 and found.start() - last <= 2:
                last = found.end()
            continue
        cells = [_Cell(found.start() + cell.start(), cell[0].rstrip()) for cell in _CELL.finditer(row)]
        if len(cells) < 2 or len(cells) > _CELLS:
            continue
        for key, value in pairwise(cells):
            if (FIELD.fullmatch(key.text.rstrip(":")) and (span := name_part(value.text, value.start))) and (
                not _MERE_NAME.match(key.text) or looks_like_name(value.text, firm=False, least=2)
            ):
                yield span
        if heading and found.start() - last <= 2 and len(cells) == len(heading):
            rows.append(cells)
        else:
            yield from _columns(heading, rows)
            heading, rows = cells, []
        last = found.end()
    yield from _columns(heading, rows)


def _columns(heading: list[_Cell], rows: list[list[_Cell]]) -> Iterator[PersonSpan]:
    if not rows:
        return
    for position, head in enumerate(heading):
        if not FIELD.fullmatch(head.text.strip(" *:")):
            continue
        column = [row[position] for row in rows]
        if _MERE_NAME.match(head.text.strip(" *:")):
            # Wards, schools and vessels have names too.
            people = any(_ABOUT_PEOPLE.search(other.text) for n, other in enumerate(heading) if n != position)
            if not people and not any(plain((cell.text.split() or [""])[0]) in GIVEN for cell in column):
                continue
        for cell in column:
            if BLOCK not in cell.text and (span := name_part(cell.text, cell.start)):
                yield span
