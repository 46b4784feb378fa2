"""Find the files of a corpus and name them.

In: a folder. Out: the paths that may hold disclosures, their names and digests.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from triage.errors import InputError
from triage.ingest.columns import COLUMNS_ENDING

__all__ = ["digest_of", "find_files", "name_of"]

_NOT_DISCLOSURES: Final = frozenset(
    {"corrections.jsonl", "desktop.ini", "readme.md", "readme.txt", "thumbs.db", "triage.toml"}
)


def find_files(root: Path) -> tuple[Path, ...]:
    """List the files below a folder that may hold disclosures, sorted by path.

    Hidden files, `README.md`, `triage.toml`, `corrections.jsonl`, the column files of logs and what Office and Windows
    leave behind are left out. A link to a folder is listed and not
    followed: `read_sources` says so.

    Raises:
        InputError: `root` does not exist.
    """
    if root.is_file():
        return (root,)
    if not root.is_dir():
        raise InputError(f"{root} does not exist; name a file or a folder of past replies")
    found = []
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
        found += [Path(folder, name) for name in names if _may_hold_one(name)]
    return tuple(sorted(found))


def _may_hold_one(name: str) -> bool:
    # `~$` begins the name of the lock that Office leaves beside an open file.
    return (
        not name.startswith((".", "~$"))
        and not name.lower().endswith(COLUMNS_ENDING)
        and (name.lower() not in _NOT_DISCLOSURES)
    )


def name_of(path: Path, root: Path) -> str:
    r"""Return the name by which a file is known: relative to `root`, bytes that are not UTF-8 written as `\xe9`."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
