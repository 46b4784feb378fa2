"""Read a reply: which questions it answers, what it decided for each, under which provisions, in which words.

In: a `Source` from a file. Out: a `Disclosure`. How a request is taken apart is passed in, because stages meet only in
the pipeline.
"""

from __future__ import annotations

from triage.read.asked import Splitter
from triage.read.letter import read_letter
from triage.read.record import read_record
from triage.read.row import read_row
from triage.schema import Disclosure, Source

__all__ = ["Splitter", "read_disclosure"]


def read_disclosure(source: Source, *, split: Splitter, request: str | None = None) -> Disclosure:
    """Read one reply, log row or record.

    Args:
        source: What was found in the file; `fields` of a log row or record go before what the text says.
        split: Takes a request apart.
        request: The request that was answered, where it is known apart from the reply.

    Raises:
        FormatError: A record of the project's own form lacks a field or holds one of the wrong kind.
    """
    if source.form == "jsonl":
        return read_record(source)
    if source.form in ("csv", "xlsx"):
        return read_row(source, split)
    return read_letter(source, split, request)
