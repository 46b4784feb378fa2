"""Find in the words of an answer what bears on using it again.

In: the words of one answer. Out: its links, whether figures in it are suppressed, the day by which publication was
promised.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from triage.read.dates import parse_day
from triage.read.wording import squeeze

__all__ = ["find_links", "find_publication_date", "is_suppressed"]

_SUPPRESSED: Final = re.compile(
    r"<\s?(?:5|10)\b|fewer than (?:five|ten|5|10)|less than (?:five|5)|suppressed"
    r"|low numbers?\b.{0,40}(?:replaced|shown)",
    re.I,
)

_MONTHS: Final = tuple(calendar.month_name)[1:]

_IN_MONTH: Final = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(20\d\d)\b", re.I)

_IN_SEASON: Final = re.compile(r"\b(spring|summer|autumn|winter|end of|early|late|mid)[ -]+(?:of )?(20\d\d)\b", re.I)


_LAST_DAYS: Final = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "early": (3, 31), "mid": (7, 31)}
"""Month and day by which a season or part of a year is over; the end of the year for the rest."""


def find_links(words: str) -> tuple[str, ...]:
    """List the web addresses, each once.

    >>> find_links("See https://forum.example/a and (https://forum.example/a).")
    ('https://forum.example/a',)
    """
    return tuple(dict.fromkeys(found.rstrip(".,;:") for found in re.findall(r"https?://[^\s\])>\"”]+", words)))


def is_suppressed(words: str) -> bool | None:
    """Tell whether small figures are hidden; `None` where the words do not say.

    >>> is_suppressed("Bicycles 14, scooters <5"), is_suppressed("There were 14.")
    (True, None)
    """
    return True if _SUPPRESSED.search(words) else None


def find_publication_date(sentences: Sequence[str]) -> dt.date | None:
    """Find the day by which publication was promised: a day, or the end of a month or season.

    >>> find_publication_date(["It will be published in June 2027."])
    datetime.date(2027, 6, 30)
    """
    for words in map(squeeze, sentences):
        day = re.search(r"\d{1,2}(?:st|nd|rd|th)? \w+ \d{4}|\d{1,2}/\d{1,2}/\d{4}", words)
        if day and (parsed := parse_day(day.group())):
            return parsed
        month = _IN_MONTH.search(words)
        if month:
            number = [name.lower() for name in _MONTHS].index(month[1].lower()) + 1
            year = int(month[2]) + number // 12
            return dt.date(year, number % 12 + 1, 1) - dt.timedelta(days=1)
        season = _IN_SEASON.search(words)
        if season:
            return dt.date(int(season[2]), *_LAST_DAYS.get(season[1].lower(), (12, 31)))
    return None
