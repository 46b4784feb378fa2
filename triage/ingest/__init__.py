"""Turn files of past replies into text.

In: a file or folder with saved pages (`.html`, `.txt`), letters (`.txt`, `.md`), disclosure logs (`.csv`) and records
(`.jsonl`). Out: one `Source` per reply, log row or record, and one `Unread` for whatever could not be used, with its
reason; nothing is dropped in silence.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from triage.config import Limits
from triage.errors import FormatError, InputError, TooLargeError
from triage.ingest.decode import decode_text
from triage.ingest.files import digest_of, find_files, name_of
from triage.ingest.found import Found, Note, Opened, Unread

__all__ = ["FORMS", "Found", "Note", "Unread", "decode_text", "digest_of", "find_files", "name_of", "read_sources"]


def _read_log(file: Opened) -> Iterator[Found]:
    from triage.ingest.log import read_log

    return read_log(file)


def _read_mail(file: Opened) -> Iterator[Found]:
    from triage.ingest.mail import read_mail

    return read_mail(file)


def _read_markdown(file: Opened) -> Iterator[Found]:
    from triage.ingest.plain import read_markdown

    return read_markdown(file)


def _read_page(file: Opened) -> Iterator[Found]:
    from triage.ingest.page import read_page

    return read_page(file)


def _read_pdf(file: Opened) -> Iterator[Found]:
    from triage.ingest.pdf import read_pdf

    return read_pdf(file)


def _read_plain(file: Opened) -> Iterator[Found]:
    from triage.ingest.plain import read_plain

    return read_plain(file)


def _read_records(file: Opened) -> Iterator[Found]:
    from triage.ingest.records import read_records

    return read_records(file)


def _read_thread(file: Opened) -> Iterator[Found]:
    from triage.ingest.thread import read_thread_file

    return read_thread_file(file)


def _read_word(file: Opened) -> Iterator[Found]:
    from triage.ingest.word import read_word

    return read_word(file)


def _read_workbook(file: Opened) -> Iterator[Found]:
    from triage.ingest.log import read_workbook_log

    return read_workbook_log(file)


# Each reader is imported when a file of its form is met: the libraries behind some of them are slow to load.
_READERS: Final[dict[str, Callable[[Opened], Iterator[Found]]]] = {
    ".csv": _read_log,
    ".docx": _read_word,
    ".eml": _read_mail,
    ".htm": _read_page,
    ".html": _read_page,
    ".json": _read_thread,
    ".jsonl": _read_records,
    ".md": _read_markdown,
    ".pdf": _read_pdf,
    ".txt": _read_plain,
    ".xlsx": _read_workbook,
}

FORMS: Final = tuple(sorted(_READERS))
"""File name endings that are read; anything else in a corpus is listed as unread."""


def read_sources(path: Path, *, root: Path, limits: Limits) -> Iterator[Found]:
    """Read one file.

    Args:
        path: The file.
        root: The folder that names are given relative to.
        limits: Sizes above which a file is refused.

    Yields:
        A `Source` for every reply in the file, an `Unread` for the file or any part of it that cannot be used, and a
        `Note` for what was decided about it.
    """
    name = name_of(path, root)
    try:
        reader = _READERS.get(path.suffix.lower())
        data = _open(path, name, limits, known=reader is not None)
        if reader is not None:
            yield from reader(Opened(name, path, data, digest_of(data), limits))
    except InputError as error:
        yield Unread(name, str(error))
    except OSError as error:
        yield Unread(name, f"{name} cannot be opened: {error.strerror}; check that the file is there and may be read")


def _open(path: Path, name: str, limits: Limits, *, known: bool) -> bytes:
    """Read a file whole, unless what it is or its size forbids."""
    mode, size = path.stat().st_mode, path.stat().st_size
    if stat.S_ISDIR(mode):
        raise FormatError(f"{name}: links to folders are not followed; put the files themselves into the corpus")
    if not stat.S_ISREG(mode):
        raise FormatError(f"{name} is not a file; save the letter as one of {', '.join(FORMS)}")
    if not known:
        raise FormatError(f"{name}: this form is not read; save it as {_instead(path)}")
    if size > limits.file_bytes:
        raise TooLargeError(
            f"{name} has {size:,} bytes, over {limits.file_bytes:,}; split it or raise limits.file_bytes"
        )
    return path.read_bytes()


def _instead(path: Path) -> str:
    return _OLD_FORMS.get(path.suffix.lower(), f"one of {', '.join(FORMS)}")


_OLD_FORMS: Final = {
    ".doc": ".docx (in Word: Save as, Word document)",
    ".rtf": ".docx (in Word: Save as, Word document)",
    ".odt": ".docx (in LibreOffice: Save as, Word 2007-365)",
    ".xls": ".xlsx (in Excel: Save as, Excel workbook)",
    ".ods": ".xlsx (in LibreOffice: Save as, Excel 2007-365)",
    ".msg": ".eml (open it in a mail program and save it as .eml, or save its text)",
    ".mht": ".html (in the browser: Save page as, web page)",
    ".mhtml": ".html (in the browser: Save page as, web page)",
}
"""What to save a file as that holds a reply in a form of before."""
