"""Read Word files.

In: a `.docx` file. Out: its words in the order of reading: letterhead, paragraphs with their printed numbers, tables
with cells parted by ` | `, text boxes, notes; links as `[words](address)`. What was deleted under tracking is left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from triage.errors import EmptyInputError, FormatError
from triage.ingest.archive import check_archive
from triage.ingest.found import Opened
from triage.ingest.numbering import Numbering
from triage.ingest.tables import row_line
from triage.schema import Source

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["read_word", "word_text"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
"""Deleted words, properties, and the second copy of a text box that is kept for old programs."""
_PAGE_NUMBER: Final = re.compile(r"\W*(?:page\s*)?\d*\s*(?:(?:of|/)\s*\d*)?\W*", re.I)
_LONG_CELL: Final = 40
"""Words from which on a cell is a column of a letter and not a cell of a table."""


def read_word(file: Opened) -> Iterator[Source]:
    """Read a letter written in Word."""
    yield Source(file.name, file.digest, "docx", word_text(file))


def word_text(file: Opened) -> str:
    """Return the words of a Word file.

    Raises:
        FormatError: It is damaged, protected, or not a Word file.
        TooLargeError: It would unpack to more than it may.
        EmptyInputError: It holds no text.
    """
    check_archive(file, "word/document.xml")
    from docx import Document

    try:
        text = "\n".join(_Reader(Document(io.BytesIO(file.data))).lines()).strip("\n")
    except RecursionError as error:
        raise FormatError(f"{file.name} is nested too deep; save it again in Word") from error
    except Exception as error:  # a damaged part raises whatever the library stumbles over
        raise FormatError(f"{file.name} is damaged ({type(error).__name__}: {error}); save it again in Word") from error
    if not text.strip():
        raise EmptyInputError(f"{file.name} holds no text; if it is a scan, recognise its text (OCR) first")
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


class _Reader:
    """Walks through one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._part: Any = document.part
        self._numbering = Numbering(document)
        self._notes: list[tuple[str, str]] = []

    def lines(self) -> Iterator[str]:
        heads, feet = self._margins()
        yield from heads
        yield from self._blocks(self._document.element.body)
        yield from self._note_lines()
        yield from feet

    def _margins(self) -> tuple[list[str], list[str]]:
        """Read headers and footers once each: the letterhead gives reference and date."""
        found: tuple[list[str], list[str]] = ([], [])
        for section in self._document.sections:
            places = (
                (found[0], section.first_page_header), (found[0], section.header),
                (found[1], section.first_page_footer), (found[1], section.footer),
            )  # fmt: skip
            for lines, margin in places:
                if margin.is_linked_to_previous:
                    continue
                self._part = margin.part
                for line in self._blocks(margin._element):
                    if line.strip() and line not in lines and not _PAGE_NUMBER.fullmatch(line):
                        lines.append(line)
        self._part = self._document.part
        return found

    def _blocks(self, parent: Any) -> Iterator[str]:  # noqa: ANN401 -- lxml carries no types
        for child in parent.iterchildren():
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield ""
                yield from self._table(child)
                yield ""
            elif child.tag in (f"{_W}sdt", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag", f"{_W}sdtContent"):
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:  # noqa: ANN401
        boxes: list[str] = []
        text = "".join(self._words(paragraph, boxes))
        label = self._numbering.label(paragraph)
        heading = self._numbering.is_heading(paragraph)
        if heading and text.strip():
            yield ""
        first, *rest = text.split("\n")
        yield f"{label} {first}".rstrip() if label and text.strip() else first.rstrip()
        yield from (line.rstrip() for line in rest)
        yield from boxes

    def _words(self, element: Any, boxes: list[str]) -> Iterator[str]:  # noqa: ANN401
        for child in element.iterchildren():
            tag = child.tag
            if tag in _GONE or not isinstance(tag, str):
                continue
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag == f"{_W}tab":
                yield "\t"
            elif tag in (f"{_W}br", f"{_W}cr"):
                yield "\n"
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                yield self._note(child)
            elif tag == f"{_W}txbxContent":
                boxes.extend(self._blocks(child))
            elif tag == f"{_W}hyperlink":
                yield self._link(child, boxes)
            else:
                yield from self._words(child, boxes)

    def _link(self, element: Any, boxes: list[str]) -> str:  # noqa: ANN401
        words = "".join(self._words(element, boxes))
        relation = self._part.rels.get(element.get(f"{_R}id"))
        address = str(relation.target_ref) if relation is not None and relation.is_external else ""
        if not re.match(r"https?://", address, re.I) or address.rstrip("/") == words.strip().rstrip("/"):
            return words
        return f"[{words}]({address})" if words.strip() else words

    def _note(self, reference: Any) -> str:  # noqa: ANN401
        kind = "footnotes" if reference.tag.endswith("footnoteReference") else "endnotes"
        self._notes.append((kind, str(reference.get(f"{_W}id"))))
        return f" ({len(self._notes)})"

    def _note_lines(self) -> Iterator[str]:
        """Read the notes below the letter, numbered as they are called."""
        from docx.oxml import parse_xml

        parts: dict[str, Any] = {}
        for relation in self._document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2]
            if kind in ("footnotes", "endnotes") and not relation.is_external:
                parts[kind] = parse_xml(relation.target_part.blob)
        for number, (kind, key) in enumerate(list(self._notes), start=1):
            for note in parts[kind].iterchildren() if kind in parts else ():
                if note.get(f"{_W}id") == key:
                    yield f"({number}) " + " ".join(line.strip() for line in self._blocks(note) if line.strip())

    def _table(self, table: Any) -> Iterator[str]:  # noqa: ANN401
        for row in table.iterchildren(f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells = [self._cell(cell) for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
            filled = [cell for cell in cells if any(line.strip() for line in cell)]
            if len(filled) < 2 or any(_is_column(cell) for cell in cells):
                # A table that only places the blocks of a letter is read cell by cell.
                for cell in filled:
                    yield from cell
            else:
                yield row_line(" ".join(cell) for cell in cells)

    def _cell(self, cell: Any) -> list[str]:  # noqa: ANN401
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None and merge.get(f"{_W}val", "continue") == "continue":
            return []
        return list(self._blocks(cell))


def _is_column(cell: list[str]) -> bool:
    filled = [line for line in cell if line.strip()]
    return sum(len(line.split()) for line in filled) > _LONG_CELL or len(filled) > 3
