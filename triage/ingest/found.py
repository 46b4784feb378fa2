"""Say what was found in a file beside replies.

In: nothing. Out: the record of what could not be used.
"""

from __future__ import annotations

import msgspec

__all__ = ["Unread"]


class Unread(msgspec.Struct, frozen=True):
    """What could not be used, and why; `line` is set where only one row or record of the file is meant."""

    file: str
    reason: str
    line: int | None = None
