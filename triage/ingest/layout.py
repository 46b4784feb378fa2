"""Put the words of printed pages into the order of reading.

In: words with their places, in points from the upper left corner. Out: text: columns one after the other, running heads
once, wrapped lines joined into their paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from triage.ingest.tables import row_line

__all__ = ["Block", "Word", "find_blocks", "join_pages"]


class Word(NamedTuple):
    """A word and its box."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


class _Line(NamedTuple):
    """Words side by side, or a whole table (`rows`); `place` is how far down the page it stands, from 0 to 1."""

    words: tuple[Word, ...]
    place: float
    rows: tuple[str, ...] = ()

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return median(word.bottom - word.top for word in self.words)


class Block(NamedTuple):
    """Lines below each other in one column, whose lines end at `right` at the most."""

    lines: tuple[_Line, ...]
    left: float
    right: float


_STEP: Final = 4.0
_DEEPEST_INDENT: Final = 8
_LEAST_COLUMN_LINES: Final = 4
_LEAST_COLUMN_WORDS: Final = 3.5
"""Words a line that a column of running text has at least; a column of figures has fewer."""
_MARGIN: Final = 0.13
"""Part of the page's height, above and below, where running heads and page numbers stand."""
_MARKER: Final = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|Q\d{1,2})(?:\.\d{1,2})*[.)]|[-–•●▪◦o*·]")
_OPENS: Final = re.compile(
    rf"(?:{_MARKER.pattern})(?:\s|$)|(?:question|request|response|answer|q|point|section)\s?\d", re.IGNORECASE
)
_PAGE_NUMBER: Final = re.compile(r"\W*(page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_KEEPS_HYPHEN: Final = frozenset(
    "anti co cross e ex full half high inter long low mid multi non off on part post pre re self short sub well".split()
)


def find_blocks(words: Sequence[Word], tables: Sequence[tuple[float, list[str]]], *, height: float) -> list[Block]:
    """Find the columns of a page, in the order of reading.

    Args:
        words: The words outside the tables.
        tables: The top of each table and its rows.
        height: Height of the page.
    """
    lines = _lines(words, height)
    if not lines and not tables:
        return []
    left, right = min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=1.0)
    for top, rows in tables:
        lines.append(_Line((Word("", left, right, top, top + 1),), top / height, tuple(rows)))
    lines.sort(key=lambda line: line.top)
    return list(_split_columns(lines))


def _lines(words: Sequence[Word], height: float) -> list[_Line]:
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        middle = (word.top + word.bottom) / 2
        # Small raised letters belong to the line they stand in.
        near = [line for line in found[-3:] if line[0].top <= middle <= line[0].bottom]
        if near:
            near[-1].append(word)
        else:
            found.append([word])
    return [_Line(tuple(sorted(line, key=lambda word: word.x0)), line[0].top / height) for line in found]


def _split_columns(lines: list[_Line]) -> Iterator[Block]:
    """Yield the columns of a run of lines; whatever is not clearly set in columns is one."""
    if not lines:
        return
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best = max(_gutters(lines, left, right), key=len, default=[])
    if not best:
        yield Block(tuple(lines), left, right)
        return
    first, last = best[0], best[-1]
    middle = _gutter_of(lines[first : last + 1], left, right)
    yield from _split_columns(lines[:first])
    for side in (0, 1):
        part = [cut for line in lines[first : last + 1] if (cut := _side(line, middle, side)) is not None]
        yield from _split_columns(part)
    yield from _split_columns(lines[last + 1 :])


def _candidates(left: float, right: float) -> Iterator[float]:
    x = left + (right - left) * 0.25
    while x < left + (right - left) * 0.75:
        yield x
        x += _STEP


def _gutters(lines: list[_Line], left: float, right: float) -> Iterator[list[int]]:
    """Yield each run of lines that an empty strip parts into two columns of running text."""
    if len(lines) < _LEAST_COLUMN_LINES:
        return
    for x in _candidates(left, right):
        run: list[int] = []
        for index in range(len(lines) + 1):
            if index < len(lines) and _is_free(lines[index], x):
                run.append(index)
                continue
            if _are_columns([lines[each] for each in run], x):
                yield _trim(run, lines, x)
            run = []


def _gutter_of(lines: list[_Line], left: float, right: float) -> float:
    return max(
        (x for x in _candidates(left, right) if all(_is_free(line, x) for line in lines)),
        key=lambda x: min(abs(edge - x) for line in lines for word in line.words for edge in (word.x0, word.x1)),
    )


def _is_free(line: _Line, x: float) -> bool:
    return not line.rows and all(word.x1 < x - _STEP or word.x0 > x + _STEP for word in line.words)


def _side(line: _Line, x: float, side: int) -> _Line | None:
    words = tuple(word for word in line.words if (word.x0 > x) == bool(side))
    return _Line(words, line.place) if words else None


def _are_columns(lines: list[_Line], x: float) -> bool:
    if len(lines) < _LEAST_COLUMN_LINES:
        return False
    sides = [[cut for line in lines if (cut := _side(line, x, side)) is not None] for side in (0, 1)]
    for part in sides:
        if len(part) < _LEAST_COLUMN_LINES:
            return False
        if sum(len(line.words) for line in part) / len(part) < _LEAST_COLUMN_WORDS:
            return False
    top = max(part[0].top for part in sides)
    bottom = min(part[-1].bottom for part in sides)
    shorter = min(part[-1].bottom - part[0].top for part in sides)
    return bottom - top > shorter / 2


def _trim(run: list[int], lines: list[_Line], x: float) -> list[int]:
    """Leave lines out above and below that stand apart from the columns."""
    both = [n for n in run if _side(lines[n], x, 0) is not None and _side(lines[n], x, 1) is not None]
    if not both:
        return run
    first, last = both[0], both[-1]
    while last + 1 in run and lines[last + 1].top - lines[last].bottom < lines[last].height:
        last += 1
    return [n for n in run if first <= n <= last]


def join_pages(pages: Sequence[Sequence[Block]]) -> str:
    """Write the blocks of all pages as text."""
    running = _find_running(pages)
    seen: set[str] = set()
    words = (word for page in pages for block in page for line in block.lines for word in line.words)
    known = Counter(word.text.strip(".,;:()").lower() for word in words)
    out = _Out(known)
    for number, page in enumerate(pages, start=1):
        for block in page:
            kept = []
            for line in block.lines:
                key = _running_key(line)
                if _in_margin(line) and (key in seen or _is_page_number(line, number)):
                    continue
                if key in running and _in_margin(line):
                    seen.add(key)
                kept.append(line)
            out.add(block, kept)
    return out.text()


def _plain(line: _Line) -> str:
    return " ".join(word.text for word in line.words)


def _running_key(line: _Line) -> str:
    return re.sub(r"\d+", "#", _plain(line)).casefold()


def _in_margin(line: _Line) -> bool:
    return not line.rows and not _MARGIN < line.place < 1 - _MARGIN


def _is_page_number(line: _Line, number: int) -> bool:
    found = _PAGE_NUMBER.fullmatch(_plain(line))
    return found is not None and (bool(found[1]) or int(found[2]) == number)


def _find_running(pages: Sequence[Sequence[Block]]) -> set[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_running_key(line) for block in page for line in block.lines if _in_margin(line)})
    return {key for key, count in counts.items() if count > 1}


class _Out:
    """Collects the text, joining what belongs together."""

    def __init__(self, known: Counter[str]) -> None:
        self._known = known
        self._lines: list[str] = []
        self._last: tuple[_Line, Block] | None = None

    def text(self) -> str:
        return "\n".join(self._lines).strip("\n") + "\n" if any(line.strip() for line in self._lines) else ""

    def add(self, block: Block, lines: Sequence[_Line]) -> None:
        pitches = [b.top - a.top for a, b in pairwise(lines) if not a.rows and not b.rows]
        # Paragraphs of one line each would make the space between them the rule: most lines stand closer than that.
        pitch = sorted(pitches)[len(pitches) // 5] if pitches else 0.0
        cells = [_cells(line) for line in lines]
        for n, line in enumerate(lines):
            if line.rows:
                self._lines += ["", *line.rows, ""]
                self._last = None
                continue
            around = [cells[m] for m in (n - 1, n + 1) if 0 <= m < len(lines) and not lines[m].rows]
            is_row = len(cells[n]) > 1 and any(_are_aligned(cells[n], other) for other in around)
            gap = line.top - lines[n - 1].top if n else 0.0
            apart = bool(n) and gap > max(1.35 * pitch, 1.5 * line.height)
            if is_row:
                self._put(row_line(_words(cell) for cell in cells[n]), apart=apart)
                self._last = None
                continue
            words = "   ".join(_words(cell) for cell in cells[n])
            if not apart and self._continues(line, first=n == 0):
                self._join(words)
            else:
                self._put(_indent(line, block) + words, apart=apart or n == 0)
            self._last = (line, block)

    def _put(self, line: str, *, apart: bool) -> None:
        if apart and self._lines and self._lines[-1]:
            self._lines.append("")
        self._lines.append(line)

    def _continues(self, line: _Line, *, first: bool) -> bool:
        """Tell whether a line goes on with the paragraph of the one before: its first word had no room there."""
        if self._last is None:
            return False
        before, block = self._last
        words = _plain(before)
        opening = _plain(line)
        if _OPENS.match(opening) or words.endswith(":"):
            return False
        if first:  # a new column or page
            return not re.search(r"[.?!;:]\W*$", words) and opening[:1].islower()
        if abs(before.height - line.height) > 0.15 * before.height:
            return False
        width = block.right - block.left
        if len(before.words) < 4 or before.x1 - block.left < 0.55 * width:
            return False
        word = line.words[0]
        return before.x1 + (word.x1 - word.x0) + 0.2 * before.height > block.right

    def _join(self, words: str) -> None:
        last = self._lines[-1]
        broken = re.search(r"([^\W\d_]+)([-\u00ad\u2010])$", last)
        first = re.match(r"[^\W\d_]+", words)
        if broken and first and first[0][0].islower() and self._was_broken(broken[1], broken[2], first[0]):
            self._lines[-1] = last[:-1] + words
        elif last.endswith(("-", "\u2010", "/")) or (broken and broken[2] == "\u00ad"):
            self._lines[-1] = last.rstrip("\u00ad") + words
        else:
            self._lines[-1] = f"{last} {words}"

    def _was_broken(self, before: str, hyphen: str, after: str) -> bool:
        """Tell a word broken at the end of its line from one that has a hyphen."""
        if hyphen == "\u00ad" or self._known[f"{before}{after}".lower()]:
            return True
        return before.lower() not in _KEEPS_HYPHEN and not self._known[f"{before}-{after}".lower()]


def _cells(line: _Line) -> list[list[Word]]:
    """Part a line where there is room for more than a space."""
    cells: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        wide = word.x0 - before.x1 > max(12.0, 1.5 * line.height)
        label = len(cells) == 1 and len(cells[0]) == 1 and _MARKER.fullmatch(before.text)
        if wide and not label:
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _are_aligned(cells: list[list[Word]], others: list[list[Word]]) -> bool:
    """Tell whether two lines are rows of one table: a cell after the first begins, ends or centres where one does."""
    return any(
        min(abs(a[0].x0 - b[0].x0), abs(a[-1].x1 - b[-1].x1), abs(a[0].x0 + a[-1].x1 - b[0].x0 - b[-1].x1) / 2) < 6
        for a in cells[1:]
        for b in others[1:]
    )


def _indent(line: _Line, block: Block) -> str:
    """Keep how far a line is set in, which tells the items of a list from what stands around them."""
    spaces = round((line.x0 - block.left) / (0.5 * line.height)) if line.height else 0
    return " " * min(spaces, _DEEPEST_INDENT) if spaces > 1 else ""


def _words(words: Sequence[Word]) -> str:
    if len(words) > 1 and len(words[0].text) <= 4:
        height = words[0].bottom - words[0].top
        if words[1].x0 - words[0].x1 > 0.55 * height:  # a label and the room after it
            return f"{words[0].text}   " + " ".join(word.text for word in words[1:])
    return " ".join(word.text for word in words)
