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
from triage.ingest.found import Unread
from triage.ingest.log import read_log
from triage.ingest.page import read_page
from triage.ingest.plain import read_markdown, read_plain
from triage.ingest.records import read_records
from triage.schema import Source

__all__ = ["FORMS", "Unread", "decode_text", "digest_of", "find_files", "name_of", "read_sources"]

FORMS: Final = (".csv", ".htm", ".html", ".jsonl", ".md", ".txt")
"""File name endings that are read; anything else in a corpus is listed as unread."""


def read_sources(path: Path, *, root: Path, limits: Limits) -> Iterator[Source | Unread]:
    """Read one file.

    Args:
        path: The file.
        root: The folder that names are given relative to.
        limits: Sizes above which a file is refused.

    Yields:
        A `Source` for every reply in the file and an `Unread` for the file or any row of it that cannot be used.
    """
    name = name_of(path, root)
    try:
        mode, size = path.stat().st_mode, path.stat().st_size
        if stat.S_ISDIR(mode):
            raise FormatError(f"{name}: links to folders are not followed; put the files themselves into the corpus")
        if not stat.S_ISREG(mode):
            raise FormatError(f"{name} is not a file; save the letter as one of {', '.join(FORMS)}")
        if size > limits.file_bytes:
            raise TooLargeError(
                f"{name} has {size:,} bytes, over {limits.file_bytes:,}; split it or raise limits.file_bytes"
            )
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            raise FormatError(f"{name}: this form is not read; save it as one of {', '.join(FORMS)}")
        data = path.read_bytes()
        text = decode_text(data, name=name)
        yield from reader(name, digest_of(data), text)
    except InputError as error:
        yield Unread(name, str(error))
    except OSError as error:
        yield Unread(name, f"{name} cannot be opened: {error.strerror}; check that the file is there and may be read")


_READERS: Final[dict[str, Callable[[str, str, str], Iterator[Source | Unread]]]] = {
    ".csv": read_log,
    ".htm": read_page,
    ".html": read_page,
    ".jsonl": read_records,
    ".md": read_markdown,
    ".txt": read_plain,
}
