"""Read letters kept as plain text or Markdown.

In: the text of a file. Out: its `Source`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from triage.schema import Source

__all__ = ["read_markdown", "read_plain"]


def read_plain(name: str, digest: str, text: str) -> Iterator[Source]:
    """Take a letter as it stands."""
    yield Source(name, digest, name.rpartition(".")[2].lower(), text)


_MARKDOWN_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_MARKDOWN_ITALIC: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_MARKDOWN_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s+", re.MULTILINE)
_MARKDOWN_RULE: Final = re.compile(r"^ {0,3}(?:[-*_] *){3,}$", re.MULTILINE)


def read_markdown(name: str, digest: str, text: str) -> Iterator[Source]:
    """Read Markdown as a letter: emphasis and heading marks say nothing that the words do not; `>` quotes."""
    plain = _MARKDOWN_RULE.sub("", _MARKDOWN_HEADING.sub("", text))
    plain = _MARKDOWN_EMPHASIS.sub(r"\2", plain)
    yield Source(name, digest, "md", _MARKDOWN_ITALIC.sub(r"\1", plain))
