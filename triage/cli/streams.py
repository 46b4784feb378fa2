"""Take texts and lines in, give lines out: what every verb reads and writes with.

In: files, standard input. Out: checked texts, records and days; JSON objects and errors on the standard streams.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from triage import pipeline
from triage.config import Config
from triage.errors import FormatError, InputError, TooLargeError, TriageError
from triage.ingest import decode_text
from triage.schema import Request

__all__ = ["batch", "day_of", "fail", "need", "print_json", "read_input", "request_of"]


def fail(message: str, status: int) -> NoReturn:
    """Say in one line on standard error what is wrong, and end."""
    click.echo(f"triage: {' '.join(message.split())}", err=True)
    sys.exit(status)


def print_json(value: object) -> None:
    """Print one object on one line."""
    # JSON is UTF-8 whatever the terminal's encoding is (RFC 8259, section 8.1).
    click.echo(json.dumps(value, ensure_ascii=False).encode())


def read_input(name: str, config: Config) -> str:
    """Read one text from a file or, for `-`, from standard input."""
    limit = config.limits.request_bytes
    if name == "-":
        data = sys.stdin.buffer.read(limit + 1)
        shown = "standard input"
    else:
        path = Path(name)
        shown = name
        if not path.exists():
            raise click.BadParameter(f"{name} does not exist; name a file, or `-` for standard input")
        if path.is_dir():
            raise click.BadParameter(f"{name} is a folder; name one file")
        try:
            with path.open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise InputError(f"{name} cannot be read: {error.strerror}; check that you may read it") from error
    if len(data) > limit:
        raise TooLargeError(
            f"{shown} is over the limit of {limit:,} bytes; give only the request itself, or raise limits.request_bytes"
        )
    return pipeline.check_request(decode_text(data, name=shown), config=config, name=shown)


def _rows() -> Iterator[dict[str, Any] | FormatError]:
    """Read JSON objects from standard input, one a line; U+2028 and its like are not line ends."""
    stream = sys.stdin.buffer
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield FormatError(f"line {number} is not JSON: {error}; give one object a line")
            continue
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            yield row
        else:
            failure = FormatError(f'line {number} has no "text"; give an object like {{"id": "1", "text": "…"}}')
            failure.add_note(json.dumps(row.get("id") if isinstance(row, dict) else None))
            yield failure


def batch(work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer each input line on a line of its own, under the same id; a bad one says so and the batch goes on."""
    failed = False
    for row in _rows():
        try:
            if isinstance(row, FormatError):
                raise row
            print_json(work(row) | {"id": row.get("id", "")})
        except TriageError as error:
            failed = True
            notes = getattr(error, "__notes__", [])
            key = row.get("id") if isinstance(row, dict) else json.loads(notes[0]) if notes else None
            print_json({"id": key, "error": str(error)})
    if failed:
        sys.exit(1)


def day_of(row: dict[str, Any], name: str) -> dt.date | None:
    """Read a day of an input line; `None` where it names none.

    Raises:
        FormatError: It is not a day.
    """
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise FormatError(f"{name} is {value!r}; write a day like 2024-05-02") from error


def request_of(row: dict[str, Any], config: Config) -> Request:
    """Make the request of an input line."""
    key = str(row.get("id", ""))
    text = pipeline.check_request(row["text"], config=config, name=f"the text of {key or 'this line'}")
    return Request(key, text, day_of(row, "received"))


def need(text: str | None) -> str:
    """Return the name of the text to work on.

    Raises:
        UsageError: None was given.
    """
    if text is None:
        raise click.UsageError("name a file, or `-` for standard input")
    return text
