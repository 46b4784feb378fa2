"""Read PDF files.

In: a `.pdf` file. Out: its words in the order of reading: columns one after the other, the rows of tables as lines with
cells parted by ` | `, running heads once, lines that a paragraph was wrapped into joined again, links as
`[words](address)`.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from triage.errors import EmptyInputError, FormatError, TooLargeError
from triage.ingest.found import Found, Note, Opened
from triage.ingest.layout import Block, Word, find_blocks, join_pages
from triage.ingest.tables import row_line
from triage.schema import Source

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pypdf import PdfReader

__all__ = ["pdf_text", "read_pdf"]

_MOST_PAGES: Final = 500
_LEAST_CHARACTERS: Final = 20
"""Characters below which a page with a picture on it is taken for a scan."""


def read_pdf(file: Opened) -> Iterator[Found]:
    """Read a letter kept as PDF."""
    text, notes = pdf_text(file)
    yield Source(file.name, file.digest, "pdf", text)
    yield from (Note(file.name, note) for note in notes)


def pdf_text(file: Opened) -> tuple[str, list[str]]:
    """Return the words of a PDF file, and notes about pages without any.

    Raises:
        FormatError: It is damaged, protected, or no PDF.
        TooLargeError: It has too many pages, or would unpack to more than it may.
        EmptyInputError: It has no text layer.
    """
    if b"%PDF-" not in file.data[:1024]:
        raise FormatError(f"{file.name} is no PDF file; save or fetch it again")
    # What is wrong with a file is said once, by its reason.
    for library in ("pypdf", "pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    _check(file)
    pages: list[list[Block]] = []
    bare: list[int] = []
    for number, (blocks, letters, pictures) in enumerate(_read_pages(file), start=1):
        pages.append(blocks)
        if letters < _LEAST_CHARACTERS and pictures:
            bare.append(number)
    text = join_pages(pages)
    if not text.strip():
        raise EmptyInputError(
            f"{file.name} has no text layer, only pictures of pages; recognise its text (OCR) and save it again"
        )
    if not bare:
        return text, []
    which = ", ".join(map(str, bare[:20])) + ("" if len(bare) <= 20 else " and more")
    note = f"page {which} of {len(pages)} holds a picture and no text; recognise its text (OCR) to have it read"
    return text, [f"{file.name}: {note}"]


def _check(file: Opened) -> None:
    """Refuse what is locked, or would unpack to more than it may, before the pages are laid out."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(file.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError(f"{file.name} is protected by a password; save it again without one")
        count = len(reader.pages)
        if count > _MOST_PAGES:
            raise TooLargeError(f"{file.name} has {count} pages, over {_MOST_PAGES}; split it")
        _check_streams(reader, file)
    except (FormatError, TooLargeError):
        raise
    except RecursionError as error:
        raise FormatError(_damaged(file, error)) from error
    except Exception as error:  # a damaged file raises whatever the library stumbles over
        raise FormatError(_damaged(file, error)) from error


def _damaged(file: Opened, error: BaseException) -> str:
    return f"{file.name} is damaged ({type(error).__name__}: {str(error)[:200]}); save or fetch it again"


def _check_streams(reader: PdfReader, file: Opened) -> None:
    """Unpack each stream but the pictures under pypdf's own limit, and add up: pdfminer has no limit at all."""
    from pypdf.errors import LimitReachedError
    from pypdf.generic import StreamObject

    total = 0
    limit = file.limits.unpacked_bytes
    for table in [*reader.xref.values(), dict.fromkeys(reader.xref_objStm)]:
        for number in list(table):
            try:
                found = reader.get_object(number)
                if isinstance(found, StreamObject) and found.get("/Subtype") != "/Image":
                    total += len(found.get_data())
            except LimitReachedError:
                total = limit + 1
            except (RecursionError, MemoryError):
                raise
            except Exception:  # noqa: BLE001, S112 -- what is damaged is for the reading of the pages to say
                continue
            if total > limit:
                raise TooLargeError(
                    f"{file.name} would unpack to over {limit:,} bytes; print it anew or raise limits.unpacked_bytes"
                )


def _read_pages(file: Opened) -> Iterator[tuple[list[Block], int, int]]:
    """Read the pages one by one, each let go before the next: blocks, number of letters, number of pictures."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(file.data)) as document:
            for page in document.pages:
                yield _read_page(page), len(page.chars), len(page.images)
                page.close()
    except GeneratorExit:
        raise
    except Exception as error:  # a damaged file raises whatever the library stumbles over
        raise FormatError(_damaged(file, error)) from error


def _read_page(page: Page) -> list[Block]:
    tables: list[tuple[float, list[str]]] = []
    boxes = []
    if page.lines or page.rects:
        for table in page.find_tables():
            rows = table.extract()
            if len(rows) > 1 and max(len(row) for row in rows) > 1:
                lines = [row_line(cell.replace("\n", " ") if cell else "" for cell in row) for row in rows]
                if any(line for line in lines):
                    boxes.append(table.bbox)
                    tables.append((table.bbox[1], [line for line in lines if line]))
    words = [
        Word(str(w["text"]), float(w["x0"]), float(w["x1"]), float(w["top"]), float(w["bottom"]))
        for w in page.extract_words(use_text_flow=False, keep_blank_chars=False)
        if not any(_inside(w, box) for box in boxes)
    ]
    _link(words, page)
    return find_blocks(words, tables, height=float(page.height))


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _link(words: list[Word], page: Page) -> None:
    """Write the address of a link beside its words: an answer may be nothing but a link."""
    for link in page.hyperlinks:
        address = str(link.get("uri") or "")
        if not address.lower().startswith(("http://", "https://")):
            continue
        box = (float(link["x0"]), float(link["top"]), float(link["x1"]), float(link["bottom"]))
        within = [n for n, word in enumerate(words) if _inside(word._asdict(), box)]
        if not within or within[-1] - within[0] >= len(within) + 5:
            continue
        shown = "".join(words[n].text for n in within).rstrip("/.")
        if shown in address or address.rstrip("/") in shown:
            continue
        first, last = within[0], within[-1]
        words[first] = words[first]._replace(text=f"[{words[first].text}")
        words[last] = words[last]._replace(text=f"{words[last].text}]({address})")
