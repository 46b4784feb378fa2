"""Turn files of past replies into text.

In: a file or folder with letters, e-mails, saved pages, threads, disclosure logs and records. Out: one `Source` per
reply, log row or record, one `Unread` for whatever could not be used, with its reason, and a `Note` for what was
decided on the way; nothing is dropped in silence.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from triage.config import CORRECTIONS_FILE, Limits
from triage.errors import FormatError, InputError, TooLargeError
from triage.ingest.beside import LETTERS, Beside, find_named
from triage.ingest.decode import decode_text
from triage.ingest.files import digest_of, digest_of_files, find_files, find_letters, name_of
from triage.ingest.found import Found, Note, Opened, Unread
from triage.schema import Attachment, Source

__all__ = [
    "FORMS", "Beside", "Found", "Note", "Unread", "decode_text", "digest_of", "digest_of_files", "find_files",
    "find_letters", "name_of", "read_sources",
]  # fmt: skip


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


def read_sources(path: Path, *, root: Path, limits: Limits, beside: Beside | None = None) -> Iterator[Found]:
    """Read one file and what belongs to it.

    Args:
        path: The file.
        root: The folder that names are given relative to.
        limits: Sizes above which a file is refused.
        beside: What belongs to the file, where `find_letters` has told it already.

    Yields:
        A `Source` for every reply in the file, an `Unread` for the file or any part of it that cannot be used, and a
        `Note` for what was decided about it.
    """
    name = name_of(path, root)
    parts: list[Opened] = []
    unread: set[str] = set()
    try:
        if path.name == CORRECTIONS_FILE:
            raise FormatError(
                f"{name}: corrections are kept in {CORRECTIONS_FILE} at the top of the corpus, and in no other place; "
                "move its lines there"
            )
        reader = _READERS.get(path.suffix.lower())
        data = _open(path, name, limits, known=reader is not None)
        if reader is None:
            return
        if beside is None:
            beside = find_letters(path).get(path, Beside())
        for part in beside.files:
            shown = name_of(part, root)
            try:
                content = _open(part, shown, limits, known=True)
                parts.append(Opened(shown, part, content, digest_of(content), limits))
            except (InputError, OSError) as error:
                unread.add(shown)
                yield Unread(shown, _reason(shown, error))
        digest = digest_of_files([(path.name, digest_of(data)), *((part.path.name, part.digest) for part in parts)])
        yield from _with_attachments(reader(Opened(name, path, data, digest, limits)), path, parts)
        yield from (Note(name, f"{name}: {note}") for note in beside.notes)
    except (InputError, OSError) as error:
        yield Unread(name, _reason(name, error))
        for other in beside.files if beside is not None else ():
            shown = name_of(other, root)
            if other.suffix.lower() in _READERS and shown not in unread:
                yield Unread(
                    shown, f"{shown} lies beside {name}, which cannot be used; mend that, or rename one of them"
                )


def _reason(name: str, error: InputError | OSError) -> str:
    if isinstance(error, InputError):
        return str(error)
    return f"{name} cannot be opened: {error.strerror or error}; check that the file is there and may be read"


def _with_attachments(found: Iterator[Found], path: Path, parts: Sequence[Opened]) -> Iterator[Found]:
    """Give the first reply of a letter the files beside it, and each the names of those that are not there."""
    if path.suffix.lower() not in LETTERS:
        yield from found
        return
    attachments: list[Attachment] = []
    told: list[Found] = []
    for part in parts:
        from triage.ingest.attach import read_attachment

        try:
            attachment, notes = read_attachment(part)
        except InputError as error:
            told.append(Unread(part.name, str(error)))
            continue
        attachments.append(attachment)
        told += [Note(part.name, note) for note in notes]
    known = {path.name.casefold(), *(part.path.name.casefold() for part in parts)}
    for each in found:
        if isinstance(each, Source):
            here = (*each.attachments, *attachments)
            there = known | {attachment.name.casefold() for attachment in here}
            named = dict.fromkeys((*each.named, *find_named(each.text)))
            absent = tuple(name for name in named if not any(each.endswith(name.casefold()) for each in there))
            yield msgspec.structs.replace(each, attachments=here, named=absent)
            attachments = []
        else:
            yield each
    yield from told


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
