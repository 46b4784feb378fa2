"""Write one line behind all others of a file that only ever grows.

In: a file and the bytes of one line. Out: the line on the disk, whole, or nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from triage.store.locks import lock_file

__all__ = ["append_line"]


def append_line(path: Path, line: bytes) -> None:
    """Write one line, through to the disk; all of it or nothing.

    What an earlier crash left without an end becomes a line of its own and swallows nothing.

    Raises:
        OSError: The file cannot be written.
    """
    data = line + b"\n"
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    fresh = not path.exists()
    descriptor = os.open(path, flags, 0o644)
    try:
        lock_file(descriptor, wait=True)
        size = os.fstat(descriptor).st_size
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
            data = data if os.read(descriptor, 1) == b"\n" else b"\n" + data
        try:
            while data:
                data = data[os.write(descriptor, data) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
    if fresh and sys.platform != "win32":
        _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
