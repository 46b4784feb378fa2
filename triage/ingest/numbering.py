"""Give the paragraphs of a Word file the numbers that Word prints before them.

In: a document. Out: the label of each paragraph, asked in the order of the text. Word stores no number, only the list
that a paragraph belongs to and its level (ECMA-376, part 1, section 17.9).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["Numbering"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DEEPEST_STYLE: Final = 20


class _Level(NamedTuple):
    form: str
    text: str
    start: int


def _roman(number: int) -> str:
    digits = ""
    for value, letters in _ROMAN:
        digits += letters * (number // value)
        number %= value
    return digits


def _letters(number: int) -> str:
    """Count a, b ... z, aa, bb, as Word does."""
    turns, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (turns + 1)


def _print(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 0 < number < 1000:
        return _letters(number).upper() if form == "upperLetter" else _letters(number)
    if form in ("lowerRoman", "upperRoman") and 0 < number < 5000:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02}" if form == "decimalZero" else "" if form == "none" else str(number)


class Numbering:
    """Counts the lists of one document."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._styles = {each.get(f"{_W}styleId"): each for each in document.styles.element.findall(f"{_W}style")}
        root = _numbering_root(document)
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:  # noqa: ANN401 -- lxml carries no types
        for each in root.findall(f"{_W}abstractNum"):
            self._levels[each.get(f"{_W}abstractNumId")] = dict(map(_level, each.findall(f"{_W}lvl")))
        for each in root.findall(f"{_W}num"):
            abstract = each.find(f"{_W}abstractNumId")
            restarts = {
                _number(override.get(f"{_W}ilvl")): _number(_value(override.find(f"{_W}startOverride")), 1)
                for override in each.findall(f"{_W}lvlOverride")
                if override.find(f"{_W}startOverride") is not None
            }
            self._lists[each.get(f"{_W}numId")] = (_value(abstract) or "", restarts)

    def label(self, paragraph: Any) -> str:  # noqa: ANN401
        """Return what Word prints before a paragraph, and count it; empty for one that is in no list."""
        key, depth = self._place(paragraph)
        if key not in self._lists or paragraph.find(f".//{_W}t") is None:
            return ""
        abstract, restarts = self._lists[key]
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        if level.form == "bullet":
            return "-"
        counts = self._counts.setdefault(abstract, {})
        if depth in restarts and (key, depth) not in self._started:
            self._started.add((key, depth))
            counts[depth] = restarts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]

        def put(place: re.Match[str]) -> str:
            other = int(place[1]) - 1
            known = levels.get(other, level)
            return _print(counts.get(other, known.start), known.form)

        return re.sub(r"%([1-9])", put, level.text).strip()

    def is_heading(self, paragraph: Any) -> bool:  # noqa: ANN401
        """Tell whether a paragraph has a heading's style."""
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or ""
        return bool(re.match(r"(?i)heading|title", style))

    def _place(self, paragraph: Any) -> tuple[str, int]:  # noqa: ANN401
        """Find list and level of a paragraph: its own, else those of its style or of the styles that it builds on."""
        number, level = _numbers(paragraph.find(f"{_W}pPr"))
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        for _ in range(_DEEPEST_STYLE):
            if number is not None or style not in self._styles:
                break
            of_style = self._styles[style]
            number, styled = _numbers(of_style.find(f"{_W}pPr"))
            level = styled if level is None else level
            style = _value(of_style.find(f"{_W}basedOn"))
        return number or "", level or 0


def _numbering_root(document: Document) -> Any:  # noqa: ANN401
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            from docx.oxml import parse_xml

            return parse_xml(relation.target_part.blob)
    return None


def _numbers(properties: Any) -> tuple[str | None, int | None]:  # noqa: ANN401
    if properties is None or properties.find(f"{_W}numPr") is None:
        return None, None
    place = properties.find(f"{_W}numPr")
    level = _value(place.find(f"{_W}ilvl"))
    return _value(place.find(f"{_W}numId")), None if level is None else _number(level)


def _level(element: Any) -> tuple[int, _Level]:  # noqa: ANN401
    form = _value(element.find(f"{_W}numFmt")) or "decimal"
    text = _value(element.find(f"{_W}lvlText")) or ""
    start = _number(_value(element.find(f"{_W}start")), 1)
    return _number(element.get(f"{_W}ilvl")), _Level(form, text, start)


def _value(element: Any) -> str | None:  # noqa: ANN401
    return None if element is None else element.get(f"{_W}val")


def _number(value: str | None, default: int = 0) -> int:
    return int(value) if value is not None and re.fullmatch(r"\d{1,9}", value) else default
