"""Questions of a request as an officer edited them: read them, and keep them for later evaluation.

In: what `triage split --json` printed, edited, and the request. Out: the marks; and a line in the corpus's
`splits.jsonl`, which `triage evaluate split` takes as gold data. People are covered there; offsets stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from triage.config import SPLITS_FILE
from triage.errors import FormatError, InputError
from triage.mask import mask_people
from triage.schema import Edit, Request, SplitRequest

__all__ = ["read_edits", "record_edits"]


class _Marked(msgspec.Struct, frozen=True):
    start: int | None = None
    end: int | None = None
    text: str | None = None
    label: str | None = None


class _Given(msgspec.Struct, frozen=True):
    questions: tuple[_Marked, ...]


def read_edits(data: bytes, request: Request, *, name: str) -> tuple[Edit, ...]:
    """Read edited questions: the object that `triage split --json` prints, of which only `questions` counts.

    A question goes by `start` and `end`, or by its `text` alone, which is then looked for behind the question before.

    Raises:
        FormatError: It is not that; or a question does not stand in the request, or overlaps the one before.
    """
    try:
        given = msgspec.json.decode(data, type=_Given)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise FormatError(f"{name}: {error}; give what `triage split --json` printed, edited") from error
    edits: list[Edit] = []
    for number, marked in enumerate(given.questions, start=1):
        before = edits[-1].end if edits else 0
        edit = _place(marked, request.text, before, place=f"{name}, question {number}")
        if edit.start < before:
            raise FormatError(f"{name}, question {number} begins before question {number - 1} ends; put them in order")
        edits.append(edit)
    return tuple(edits)


def _place(marked: _Marked, text: str, before: int, *, place: str) -> Edit:
    start, end = marked.start, marked.end
    if start is None and end is None and marked.text:
        start = text.find(marked.text, before)
        if start < 0:
            raise FormatError(f"{place}: its text is not in the request behind the question before; copy it as it is")
        end = start + len(marked.text)
    if start is None or end is None:
        raise FormatError(f"{place} has no start and end, nor a text; give one of them")
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise FormatError(
            f"{place}: nothing stands from {start} to {end} of the request's {len(text)} characters; mend them"
        )
    if marked.start is not None and marked.text is not None and text[start:end] != marked.text:
        raise FormatError(f"{place}: its text is not what stands from {start} to {end}; change or drop the offsets")
    return Edit(start, end, marked.label)


def record_edits(
    corpus: Path, request: Request, edits: Sequence[Edit], found: SplitRequest, *, at: dt.datetime
) -> bool:
    """Keep what an officer marked beside what was found, people covered; return whether they differ.

    Nothing is written where they agree.

    Raises:
        InputError: There is no such folder, or its file cannot be written.
    """
    from triage.store import append_line

    if [(e.start, e.end) for e in edits] == [(q.start, q.end) for q in found.questions]:
        return False
    if not corpus.is_dir():
        raise InputError(f"{corpus} is no folder, so the edit has no place to be kept; name one with --corpus")
    line: dict[str, Any] = {
        "id": f"edit-{at:%Y%m%dT%H%M%S}",
        "at": at.isoformat(),
        "received": request.received.isoformat() if request.received else None,
        "text": mask_people(request.text),
        "questions": [{"start": e.start, "end": e.end, "label": e.label} for e in edits],
        "found": [{"start": q.start, "end": q.end, "label": q.label} for q in found.questions],
    }
    try:
        append_line(corpus / SPLITS_FILE, msgspec.json.encode(line))
    except OSError as error:
        raise InputError(f"cannot write {corpus / SPLITS_FILE}: {error.strerror}; check the folder") from error
    return True
