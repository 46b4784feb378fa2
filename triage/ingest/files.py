"""Find the files of a corpus and name them.

In: a folder. Out: the paths that may hold disclosures, their names and digests.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from triage.config import CORRECTIONS_FILE, SPLITS_FILE
from triage.errors import InputError
from triage.ingest.beside import Beside, group_files

__all__ = ["digest_of", "digest_of_files", "find_files", "find_letters", "name_of"]

_NOT_DISCLOSURES: Final = frozenset(
    {CORRECTIONS_FILE, SPLITS_FILE, "desktop.ini", "readme.md", "readme.txt", "thumbs.db", "triage.toml"}
)


def find_files(root: Path) -> tuple[Path, ...]:
    """List the files below a folder that are read by themselves; see `find_letters`."""
    return tuple(find_letters(root))


def find_letters(root: Path) -> dict[Path, Beside]:
    """List the files below a folder that may hold disclosures, sorted by path, each with those that belong to it.

    An attachment that lies beside its letter is none of them.

    Hidden files, `README.md`, `triage.toml`, the corrections at the top, edited splits, the column files of logs and
    what Office and Windows leave behind are left out. A link to a folder, and corrections further down, are listed so
    that `read_sources` says that they are not followed.

    Raises:
        InputError: `root` does not exist.
    """
    if root.is_file():
        return {root: _group(root.parent).get(root, Beside())}
    if not root.is_dir():
        raise InputError(f"{root} does not exist; name a file or a folder of past replies")
    found: dict[Path, Beside] = {}
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if not _is_left_out(name, names)]
        found |= {Path(folder, name): Beside() for name in folders if Path(folder, name).is_symlink()}
        found |= group_files([Path(folder, name) for name in names if _may_hold_one(name)])
        if Path(folder) != root:
            found |= {Path(folder, name): Beside() for name in names if name == CORRECTIONS_FILE}
    return dict(sorted(found.items()))


def _group(folder: Path) -> dict[Path, Beside]:
    return group_files([path for path in folder.iterdir() if _may_hold_one(path.name)])


def _is_left_out(folder: str, names: Iterable[str]) -> bool:
    """Tell whether a folder is hidden or holds the pictures and scripts of a saved page beside it."""
    page = folder.removesuffix("_files")
    return folder.startswith(".") or (page != folder and not {f"{page}.html", f"{page}.htm"}.isdisjoint(names))


def _may_hold_one(name: str) -> bool:
    # `~$` begins the name of the lock that Office leaves beside an open file.
    return not name.startswith((".", "~$")) and (name.lower() not in _NOT_DISCLOSURES)


def name_of(path: Path, root: Path) -> str:
    r"""Return the name by which a file is known: relative to `root`, bytes that are not UTF-8 written as `\xe9`."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of_files(digests: Sequence[tuple[str, str]]) -> str:
    """Return one digest for a file and those that belong to it: that of the file itself where it stands alone.

    Args:
        digests: Name and digest of each, the file itself first.
    """
    if len(digests) == 1:
        return digests[0][1]
    return digest_of("".join(f"{name}\0{digest}\n" for name, digest in digests).encode(errors="surrogateescape"))
