"""Turn bytes into text, whatever their encoding.

In: the bytes of a file. Out: its text with line ends of one kind, or an error that says what to do.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import Final

from triage.errors import EmptyInputError, NotTextError

__all__ = ["decode_text"]

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes, *, name: str) -> str:
    """Decode bytes as UTF-8, UTF-16 or UTF-32, with a mark or without, else as what `charset_normalizer` recognises.

    Raises:
        NotTextError: The bytes are binary.
        EmptyInputError: There is nothing but white space.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise NotTextError(f"{name} starts like {encoding} text but is not; save it again as UTF-8") from error
            break
    else:
        wide = _find_wide(data) if b"\0" in data else None
        if wide is None and b"\0" in data:
            raise NotTextError(f"{name} is a binary file, not text; save the letter as .txt, .md or .html")
        try:
            text = data.decode(wide or "utf-8")
        except UnicodeDecodeError:
            if wide is not None:
                raise NotTextError(f"{name} looks like {wide} text but is not; save it again as UTF-8") from None
            text = _guess(data, name)
    if not text.strip():
        raise EmptyInputError(f"{name} is empty; give a file with text in it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find_wide(data: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a mark by where the zeros stand: English has one in every second byte."""
    quarter = data[: len(data) // 4 * 4][:4000]
    zeros = [quarter[place::4].count(0) * 4 / max(1, len(quarter)) for place in range(4)]
    shapes = {
        "utf-32-le": (0, 1, 1, 1),
        "utf-32-be": (1, 1, 1, 0),
        "utf-16-le": (0, 1, 0, 1),
        "utf-16-be": (1, 0, 1, 0),
    }
    for encoding, shape in shapes.items():
        if all(zero > 0.7 if wanted else zero < 0.3 for zero, wanted in zip(zeros, shape, strict=True)):
            return encoding
    return None


def _guess(data: bytes, name: str) -> str:
    """Decode as Windows-1252 where that leaves no control characters, else as the best guess."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        text = "" if best is None else str(best)
    odd = sum(unicodedata.category(char) == "Cc" and char not in "\n\r\t\f" for char in text)
    if not text or odd > len(text) // 100:
        raise NotTextError(f"{name} is not text in any known encoding; save it again as UTF-8")
    return text
