"""Stretches of a text about a person, and the lines they stand in.

In: offsets. Out: spans in order, lines without their quoting, a text with spans covered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

__all__ = ["BLOCK", "Line", "PersonSpan", "cover", "merge", "read_lines", "trim"]

BLOCK: Final = "█"
"""What a hidden character is replaced by (U+2588)."""

_EDGE_LEFT: Final = " \t\xa0,.;:*_|\"'<([-–—"
_EDGE_RIGHT: Final = " \t\xa0,;:*_|\"'>)]-–—"
_LINE: Final = re.compile(r"[^\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_QUOTING: Final = " \t\xa0>*•|-"


class PersonSpan(msgspec.Struct, frozen=True, order=True):
    """A stretch of text about one person; `kind` is `name`, `email`, `phone`, `postcode` or `address`."""

    start: int
    end: int
    kind: str


class Line(NamedTuple):
    """A line that is not blank: `text` is without quoting and outer blanks, and starts at offset `start`.

    `blanks` counts the line breaks before it beyond the first, so that 0 means the line right below the last one.
    """

    start: int
    text: str
    blanks: int

    @property
    def end(self) -> int:
        """Offset of the end of `text`."""
        return self.start + len(self.text)


def read_lines(text: str) -> list[Line]:
    r"""List the lines that are not blank.

    >>> [(line.text, line.blanks) for line in read_lines("> Dear Jo,\n>\n> bins\n")]
    [('Dear Jo,', 0), ('bins', 1)]
    """
    lines = []
    last, seen = 0, 0
    for found in _LINE.finditer(text):
        raw = found[0]
        bare = raw.lstrip(_QUOTING)
        if not bare.strip():
            continue
        start = found.start() + len(raw) - len(bare)
        breaks = text.count("\n", last, start) if seen else 1
        lines.append(Line(start, bare.rstrip(), max(0, breaks - 1)))
        last, seen = start, 1
    return lines


def trim(text: str, start: int, end: int, kind: str) -> PersonSpan | None:
    """Return the span without blanks and punctuation at its ends; `None` where nothing is left."""
    chunk = text[start:end]
    left = len(chunk) - len(chunk.lstrip(_EDGE_LEFT))
    right = len(chunk.rstrip(_EDGE_RIGHT))
    return PersonSpan(start + left, start + right, kind) if left < right else None


def merge(spans: Iterable[PersonSpan]) -> list[PersonSpan]:
    """Sort spans and join those that overlap; the kind of the first one stays."""
    merged: list[PersonSpan] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = PersonSpan(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return merged


def cover(text: str, spans: Sequence[PersonSpan]) -> str:
    """Replace every character of the spans by a block; line breaks stay."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += [text[at : span.start], _LINE.sub(_blocks, text[span.start : span.end])]
        at = span.end
    return "".join(pieces) + text[at:]


def _blocks(found: re.Match[str]) -> str:
    return BLOCK * len(found[0])
