"""Swap one build of an index for the next in one step, and refuse a build that does not fit.

In: an index folder. Out: the folder of the build in use, or of a new one. An index folder holds builds,
`build-<UTC time>-<8 hex digits>/`, and `CURRENT`, which names the one in use.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from triage.errors import StoredIndexError
from triage.store.locks import lock_file

__all__ = [
    "CONTRACT",
    "Manifest",
    "begin_build",
    "build_lock",
    "check_manifest",
    "current_build",
    "publish_build",
    "read_manifest",
    "write_manifest",
]

CONTRACT: Final = 1
"""Number of the index's form; a build of another number is refused. Raise it when a file or table changes."""

_MANIFEST_FILE: Final = "manifest.json"
_CURRENT_FILE: Final = "CURRENT"
_LOCK_FILE: Final = ".lock"
_BUILD: Final = re.compile(r"build-\d{8}T\d{6}Z-[0-9a-f]{8}")
_REBUILD: Final = "run `triage reindex --corpus DIR --index DIR`"


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a build was made from; digests are SHA-256, `dimension` is the length of a vector."""

    built_at: dt.datetime
    triage_version: str
    encoder_digest: str
    corpus_digest: str
    config_digest: str
    authority: str | None
    precedents: int
    dimension: int
    counts: dict[str, int] = {}
    contract: int = CONTRACT


@contextlib.contextmanager
def build_lock(index_dir: Path) -> Iterator[None]:
    """Keep every other build out of an index folder for the length of a `with` block.

    The system frees the lock when the process ends, however it ends.

    Raises:
        StoredIndexError: Another build is under way, or the folder cannot be written.
    """
    path = index_dir / _LOCK_FILE
    if index_dir.exists() and not index_dir.is_dir():
        raise StoredIndexError(f"{index_dir} is a file and not a folder; name another place for the index with --index")
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoredIndexError(f"cannot write {path}: {error.strerror}; check the index folder") from error
    try:
        try:
            lock_file(descriptor, wait=False)
        except OSError as error:
            raise StoredIndexError(
                f"another `triage reindex` is building in {index_dir}; wait until it has ended and run it again"
            ) from error
        yield
    finally:
        os.close(descriptor)


def begin_build(index_dir: Path) -> Path:
    """Make the folder of a new build beside the one in use, and return it. Call it inside `build_lock`.

    Raises:
        StoredIndexError: The folder cannot be made.
    """
    now = dt.datetime.now(dt.UTC)
    build = index_dir / f"build-{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    try:
        build.mkdir(parents=True)
    except OSError as error:
        raise StoredIndexError(f"cannot make {build}: {error.strerror}; check the index folder") from error
    return build


def publish_build(index_dir: Path, build: Path) -> None:
    """Put a finished build in use, in one step. Call it inside `build_lock`.

    The build that was in use stays for rollback: write its name into `CURRENT`. Older builds and abandoned ones go.

    Raises:
        StoredIndexError: The build lies elsewhere or has no manifest, or the pointer cannot be written.
    """
    if build.parent.resolve() != index_dir.resolve() or not _BUILD.fullmatch(build.name):
        raise StoredIndexError(f"{build} is not a build of {index_dir}; {_REBUILD}")
    read_manifest(build)
    previous = _named_build(index_dir)
    pointer, fresh = index_dir / _CURRENT_FILE, index_dir / f"{_CURRENT_FILE}.new"
    try:
        for path in sorted(build.rglob("*")):
            if path.is_file():
                _flush(path)
        fresh.write_text(build.name + "\n", encoding="ascii")
        _flush(fresh)
        fresh.replace(pointer)
        _flush(index_dir)
    except OSError as error:
        raise StoredIndexError(f"cannot put {build} in use: {error.strerror}; check the index folder") from error
    for old in index_dir.iterdir():
        kept = old.name == build.name or (previous is not None and old.name == previous.name)
        if not kept and _BUILD.fullmatch(old.name) and old.is_dir() and not old.is_symlink():
            # A reader may still hold files of it open; where the system refuses, the next build tries again.
            shutil.rmtree(old, ignore_errors=True)


def current_build(index_dir: Path) -> Path:
    """Return the folder of the build in use.

    Raises:
        StoredIndexError: There is no index, or what it names is not there.
    """
    build = _named_build(index_dir)
    if build is None:
        raise StoredIndexError(f"there is no index in {index_dir}; {_REBUILD}")
    if not build.is_dir():
        raise StoredIndexError(f"{index_dir / _CURRENT_FILE} names {build.name}, which is missing; {_REBUILD}")
    return build


def _named_build(index_dir: Path) -> Path | None:
    """Return the build that the pointer names, there or not; `None` without a pointer."""
    pointer = index_dir / _CURRENT_FILE
    try:
        name = pointer.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoredIndexError(f"cannot read {pointer}: {error}; {_REBUILD}") from error
    # A name of another form could lead out of the folder.
    if not _BUILD.fullmatch(name):
        raise StoredIndexError(f"{pointer} names {name!r}, which is not a build; {_REBUILD}")
    return index_dir / name


def _flush(path: Path) -> None:
    """Have the system write a file or a folder through to the disk."""
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_manifest(build: Path, manifest: Manifest) -> None:
    """Write the manifest of a build; do it last, for a build without one is not published.

    Raises:
        StoredIndexError: The file cannot be written.
    """
    path = build / _MANIFEST_FILE
    try:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
    except OSError as error:
        raise StoredIndexError(f"cannot write {path}: {error.strerror}; check the index folder") from error


def read_manifest(build: Path) -> Manifest:
    """Read the manifest of a build.

    Raises:
        StoredIndexError: It is missing, damaged, or of another form.
    """
    path = build / _MANIFEST_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise StoredIndexError(f"cannot read {path}: {error}; {_REBUILD}") from error


def check_manifest(manifest: Manifest, *, encoder_digest: str, config_digest: str) -> None:
    """Refuse a build that was made with other code, another model or other settings.

    Raises:
        StoredIndexError: Something differs; the message names it and the command to run.
    """
    pairs = (
        ("form of the index", manifest.contract, CONTRACT),
        ("embedding model", manifest.encoder_digest, encoder_digest),
        ("configuration", manifest.config_digest, config_digest),
    )
    for name, built, now in pairs:
        if built != now:
            raise StoredIndexError(
                f"the index of {manifest.built_at:%Y-%m-%d %H:%M} was built with another {name} "
                f"({str(built)[:12]}, now {str(now)[:12]}); {_REBUILD}"
            )
