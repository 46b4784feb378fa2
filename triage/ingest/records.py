"""Read records of the project's own form.

In: a `.jsonl` file. Out: a `Source` for each line, an `Unread` for each line that is no record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from triage.ingest.found import Opened, Unread
from triage.schema import Source

__all__ = ["read_records"]


def read_records(file: Opened) -> Iterator[Source | Unread]:
    """Read one record a line; what the fields hold is checked later."""
    for number, line in enumerate(file.text().split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{file.name}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Unread(file.name, f"{place}: not JSON ({error}); mend or remove that line", number)
            continue
        try:
            json.dumps(record, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            yield Unread(file.name, f"{place}: half a character; mend the \\u escapes of that line", number)
            continue
        if not isinstance(record, dict):
            yield Unread(file.name, f"{place}: not an object; one disclosure a line is wanted", number)
            continue
        yield Source(file.name, file.digest, "jsonl", "", line=number, fields=record)
