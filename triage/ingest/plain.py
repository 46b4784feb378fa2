"""Read letters kept as plain text or Markdown.

In: a file of text. Out: its `Source`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from triage.ingest.found import Opened
from triage.schema import Source

__all__ = ["plain_markdown", "read_markdown", "read_plain"]


def read_plain(file: Opened) -> Iterator[Source]:
    """Take a letter as it stands."""
    yield Source(file.name, file.digest, file.form, file.text())


_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_ITALIC: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s+", re.MULTILINE)
_RULE: Final = re.compile(r"^ {0,3}(?:[-*_] *){3,}$", re.MULTILINE)


def read_markdown(file: Opened) -> Iterator[Source]:
    """Read Markdown as a letter."""
    yield Source(file.name, file.digest, file.form, plain_markdown(file.text()))


def plain_markdown(text: str) -> str:
    """Take off emphasis and heading marks, which say nothing that the words do not; `>` quotes and stays.

    >>> plain_markdown("## Our *reply*")
    'Our reply'
    """
    plain = _RULE.sub("", _HEADING.sub("", text))
    return _ITALIC.sub(r"\1", _EMPHASIS.sub(r"\2", plain))
