"""Look into an Office file before a library unpacks it.

In: a `.docx` or `.xlsx` file, a zip of XML parts. Out: nothing, or an error that says why it is not safe or not whole.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import Final

from triage.errors import FormatError, TooLargeError
from triage.ingest.found import Opened

__all__ = ["BROKEN_ZIP", "check_archive"]

BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError, ValueError,
    RuntimeError, KeyError,
)  # fmt: skip
"""What the standard library raises on a zip file that is not whole."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: what Office wraps an encrypted file into, and what it wrote before 2007."""
_MOST_PARTS: Final = 20_000
_MOST_RATIO: Final = 200
"""A sheet of 60,000 rows of one value packs 16 to 1; deflate can reach 1,032, which is what a bomb is made of."""
_SMALL: Final = 5_000_000
"""Bytes up to which a part may pack as well as it likes."""


def check_archive(file: Opened, part: str) -> None:
    """Refuse a file that is no whole Office file, or that would unpack to more than it may.

    Args:
        file: The file.
        part: Name of the part that a file of this form has.

    Raises:
        FormatError: It is protected by a password, cut short, or of another form.
        TooLargeError: It unpacks to more than `limits.unpacked_bytes`.
    """
    if file.data.startswith(_OLE):
        raise FormatError(
            f"{file.name} is protected by a password or of the form before 2007; "
            f"save it again as .{file.form} without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            _check_parts(archive, file)
            if part not in archive.namelist():
                raise FormatError(f"{file.name} is a zip file but no .{file.form} file; save it again as .{file.form}")
    except BROKEN_ZIP as error:
        raise FormatError(
            f"{file.name} is damaged or cut short ({error or type(error).__name__}); fetch or save it again"
        ) from error


def _check_parts(archive: zipfile.ZipFile, file: Opened) -> None:
    parts, limit = archive.infolist(), file.limits.unpacked_bytes
    if sum(part.file_size for part in parts) > limit or len(parts) > _MOST_PARTS:
        raise TooLargeError(_too_large(file))
    total = 0
    for part in parts:
        # What the directory says is checked by reading: a block at a time, and no further than allowed.
        with archive.open(part) as stream:
            size, first = 0, b""
            while block := stream.read(1 << 20):
                first = first or block[:4096]
                size += len(block)
                if total + size > limit or (size > _SMALL and size > _MOST_RATIO * max(1, part.compress_size)):
                    raise TooLargeError(_too_large(file))
            total += size
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in first.replace(b"\0", b""):
            raise FormatError(
                f"{file.name} holds a document type definition in {part.filename}, which no Office file has; "
                "save it again in Word or Excel"
            )


def _too_large(file: Opened) -> str:
    return (
        f"{file.name} would unpack to over {file.limits.unpacked_bytes:,} bytes, or packs too well for a real file; "
        "save it again without pictures, or raise limits.unpacked_bytes"
    )
