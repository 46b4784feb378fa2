"""Keep two processes from writing one file at once.

In: the descriptor of an open file. Out: nothing; the lock goes when the descriptor is closed, however the process ends.
"""

from __future__ import annotations

import os
import sys
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["lock_file"]

_BEYOND: Final = 1 << 30
"""Windows locks bytes and keeps readers from them too, so one is locked that no file here reaches."""


def lock_file(descriptor: int, *, wait: bool) -> None:
    """Lock an open file against every other process that asks.

    Raises:
        OSError: Another holds it; with `wait`, on Windows, for more than ten seconds.
    """
    if sys.platform == "win32":
        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
