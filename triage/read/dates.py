"""Read the days that a reply prints.

In: words. Out: dates; UK order, the day before the month.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dateutil import parser as date_parser

from triage.read.wording import squeeze

__all__ = ["ANY_DAY", "DAY", "parse_day"]

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

DAY: Final = (
    rf"(?:\d{{1,2}}(?:\^?(?:st|nd|rd|th))? (?:of )?{_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})(?!\d))"
)

ANY_DAY: Final = re.compile(DAY, re.I)


def parse_day(text: str) -> dt.date | None:
    """Read one UK date, day first; `None` where it is none.

    >>> parse_day("6^th March 2024"), parse_day("03/04/24")
    (datetime.date(2024, 3, 6), datetime.date(2024, 4, 3))
    """
    words = squeeze(text).replace("^", "")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return dt.date.fromisoformat(words)
        found = date_parser.parse(words, dayfirst=True, default=dt.datetime(1, 1, 1)).date()
    except (ValueError, OverflowError):
        return None
    return found if 1990 <= found.year <= 2100 else None
