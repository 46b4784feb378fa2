r"""Keep what officers say against what was read, in a file that only ever grows.

In: the folder of a corpus, one correction at a time. Out: `corrections.jsonl` there, one JSON object a line, the oldest
first; and what it holds. Only a line feed ends a line. A line that cannot be used costs itself and no other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import msgspec

from triage.config import CORRECTIONS_FILE
from triage.errors import InputError
from triage.schema import Correction, Outcome, Provision, Status
from triage.store.lines import append_line

__all__ = ["CORRECTIONS_FILE", "BadLine", "Overlay", "append_correction", "read_corrections"]


class BadLine(msgspec.Struct, frozen=True):
    """A line that cannot be used, and why; lines count from 1."""

    line: int
    reason: str


class Overlay(msgspec.Struct, frozen=True):
    """What the file holds: every line in order, also those withdrawn later.

    `digest` is the SHA-256 of the file, empty where there is none.
    """

    corrections: tuple[Correction, ...] = ()
    bad: tuple[BadLine, ...] = ()
    digest: str = ""


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A correction as it is written: provisions in their printed form, and nothing that is not said."""

    at: dt.datetime
    reference: str
    label: str | None = None
    outcome: Outcome | None = None
    provisions: tuple[str, ...] | None = None
    status: Status | None = None
    undo: bool = False
    digest: str = ""
    # It stands last, where a person who reads the file looks for it; the default is refused below.
    reason: str = ""


def append_correction(corpus: Path, correction: Correction) -> None:
    """Write one correction behind all others, through to the disk; all of it or nothing.

    What an earlier crash left without an end becomes a line of its own and swallows nothing.

    Raises:
        InputError: The file cannot be written.
    """
    path = corpus / CORRECTIONS_FILE
    try:
        append_line(path, msgspec.json.encode(_to_line(correction)))
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}; nothing was corrected: check the folder") from error


def _to_line(correction: Correction) -> _Line:
    provisions = correction.provisions
    return _Line(
        at=correction.at,
        reference=correction.reference,
        label=correction.label,
        outcome=correction.outcome,
        provisions=None if provisions is None else tuple(map(str, provisions)),
        status=correction.status,
        undo=correction.undo,
        digest=correction.digest,
        reason=correction.reason,
    )


def read_corrections(corpus: Path) -> Overlay:
    """Read the corrections of a corpus; there may be none.

    Raises:
        InputError: The file is there and cannot be read: to go on without it would undo what officers corrected.
    """
    path = corpus / CORRECTIONS_FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Overlay()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; check that it is a file you may read") from error
    corrections: list[Correction] = []
    bad: list[BadLine] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            corrections.append(_from_line(msgspec.json.decode(line, type=_Line)))
        except ValueError as error:  # those of msgspec are some
            bad.append(BadLine(number, str(error)))
    return Overlay(tuple(corrections), tuple(bad), hashlib.sha256(data).hexdigest())


def _from_line(line: _Line) -> Correction:
    """Check a line and take it apart.

    Raises:
        ValueError: It says nothing, or names no reply or reason.
    """
    if not line.reference.strip():
        raise ValueError("the reference is empty")
    if not line.reason.strip():
        raise ValueError("there is no reason")
    said: tuple[Any, ...] = (line.outcome, line.provisions, line.status)
    if line.undo == any(each is not None for each in said):
        raise ValueError("it must have an outcome, provisions or a status, or else undo")
    provisions = None if line.provisions is None else tuple(map(Provision.parse, line.provisions))
    # A moment without a zone was written by hand.
    at = line.at if line.at.tzinfo else line.at.replace(tzinfo=dt.UTC)
    return Correction(
        reference=line.reference,
        reason=line.reason,
        at=at,
        label=line.label,
        outcome=line.outcome,
        provisions=provisions,
        status=line.status,
        digest=line.digest,
        undo=line.undo,
    )
