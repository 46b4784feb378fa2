"""Hold what the readers of the forms take and give.

In: the bytes of one file and its place. Out: records of what was found in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import msgspec

from triage.config import Limits
from triage.ingest.decode import decode_text
from triage.schema import Source

__all__ = ["Found", "Note", "Opened", "Unread"]


class Unread(msgspec.Struct, frozen=True):
    """What could not be used, and why; `line` is set where only one row or record of the file is meant."""

    file: str
    reason: str
    line: int | None = None


class Note(msgspec.Struct, frozen=True):
    """What was decided about a file that the officer may want to know or change; nothing was lost."""

    file: str
    text: str


Found: TypeAlias = Source | Unread | Note
"""Whatever comes out of a file."""


class Opened(msgspec.Struct, frozen=True):
    """A file with its content; `name` is the one it is known by, `digest` that of its bytes and what belongs to it."""

    name: str
    path: Path
    data: bytes
    digest: str
    limits: Limits

    @property
    def form(self) -> str:
        """The ending of the name, without the dot."""
        return self.path.suffix[1:].lower()

    def text(self) -> str:
        """Decode the content; see `decode_text` for what it raises."""
        return decode_text(self.data, name=self.name)
