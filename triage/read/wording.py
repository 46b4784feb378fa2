"""Fold white space and put long patterns together.

In: words of a reply, parts of a pattern. Out: the same words on one line; one pattern.
"""

from __future__ import annotations

import re

__all__ = ["any_of", "squeeze"]


def any_of(*patterns: str) -> re.Pattern[str]:
    """Make one pattern of several: any of them, in either case, `^` and `$` at every line.

    >>> bool(any_of("not held", "no record").search("NO RECORD"))
    True
    """
    return re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)


def squeeze(text: str) -> str:
    r"""Fold white space to single blanks.

    >>> squeeze(" a\n  b ")
    'a b'
    """
    return " ".join(text.split())
