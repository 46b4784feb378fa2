"""Read words of time that hold no date against the day of receipt.

In: the words of one question and that day. Out: `Cell`s; without the day, cells whose ends are unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from triage.slots.atoms import DAY, cell_of, kind_grain

__all__ = ["COUNT", "Cell", "back", "find_relative", "parse_count", "year_of"]

_COUNT_WORDS: Final = {
    word: n
    for n, word in enumerate(
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ),
        start=1,
    )
} | {"twenty": 20, "twenty-four": 24, "eighteen": 18, "thirty": 30, "couple of": 2}
COUNT: Final = r"(?:\d{1,3}|" + "|".join(sorted(_COUNT_WORDS, key=len, reverse=True)) + ")"


def parse_count(word: str) -> int:
    """Read a number in digits or words.

    >>> parse_count("twelve")
    12
    """
    word = " ".join(word.lower().split())
    return int(word) if word.isdigit() else _COUNT_WORDS[word]


_LAST: Final = re.compile(
    r"(?P<the>\bthe\s+)?\b(?P<which>last|past|previous|preceding|prior|most recent|latest)\s+"
    rf"(?P<count>{COUNT})?\s*(?P<mods>(?:(?:complete|completed|full|whole|available|recorded|consecutive"
    rf"|calendar|financial|fiscal|tax|academic|school|reporting|rolling)\s+){{0,3}})(?P<unit>years?|months?"
    r"|weeks?|days?|quarters?|decades?)\b",
    re.IGNORECASE,
)
_THIS: Final = re.compile(
    r"\b(?:so far\s+)?(?P<which>this|current)\s+(?P<mods>calendar\s+|financial\s+|fiscal\s+|tax\s+"
    r"|academic\s+|school\s+)?(?P<unit>year|month|week|quarter)(?:\s+(?:to date|so far))?\b|\b"
    r"(?P<ytd>year[\s-]to[\s-]date)\b",
    re.IGNORECASE,
)
_YESTERDAY: Final = re.compile(r"\byesterday\b", re.IGNORECASE)


class Cell(NamedTuple):
    """A span of time with its place in the text; an unknown end is `None`."""

    lo: dt.date | None
    hi: dt.date | None
    grain: str
    start: int
    end: int


def back(end: dt.date, number: int, unit: str) -> dt.date:
    """Return the first day of the `number` units that end with `end`, both days counted."""
    step = relativedelta(months=3 * number) if unit == ("quarter") else relativedelta(**{f"{unit}s": number})  # type: ignore[arg-type]
    try:
        return end + DAY - step
    except (ValueError, OverflowError):
        return dt.date(1, 1, 1)


def find_relative(text: str, received: dt.date | None) -> list[Cell]:
    """Find "last year", "the past 12 months", "this financial year", "yesterday" and their like."""
    cells: list[Cell] = []
    for found in _LAST.finditer(text):
        unit, mods = found["unit"].lower().rstrip("s"), found["mods"].lower()
        if unit == "day" and not found["count"]:
            continue
        number = parse_count(found["count"]) if found["count"] else 1
        if unit == "decade":
            unit, number, mods = "year", 10 * number, mods or " "
        if received is None or not 0 < number <= 100:
            cells.append(Cell(None, None, "rolling", *found.span()))
            continue
        whole = bool(re.search(r"calendar|complete|full|whole", mods))
        plain = (
            number == 1 and not found["count"] and not found["the"] and found["which"].lower() in ("last", "previous")
        )
        kind = re.search(r"financial|fiscal|tax|academic|school", mods)
        if unit == "year" and kind:
            year = year_of(kind[0], received) - number
            lo, hi = cell_of(kind[0], year)[0], cell_of(kind[0], year + number - 1)[1]
            cells.append(Cell(lo, hi, kind_grain(kind[0]), *found.span()))
        elif unit == "year" and (whole or plain):
            cells.append(
                Cell(
                    dt.date(received.year - number, 1, 1),
                    dt.date(received.year - 1, 12, 31),
                    "calendar year",
                    *found.span(),
                )
            )
        elif unit == "month" and (whole or plain):
            first = received.replace(day=1)
            cells.append(
                Cell(
                    first - relativedelta(months=number),
                    first - DAY,
                    "month" if number == 1 else "range",
                    *found.span(),
                )
            )
        else:
            cells.append(Cell(back(received, number, unit), received, "rolling", *found.span()))
    for found in _THIS.finditer(text):
        if received is None:
            cells.append(Cell(None, None, "rolling", *found.span()))
            continue
        mods, unit = (found["mods"] or "").strip().lower(), (found["unit"] or "year").lower()
        if unit == "year":
            lo = (
                cell_of(mods, year_of(mods, received))[0]
                if mods not in ("", "calendar")
                else dt.date(received.year, 1, 1)
            )
        elif unit == "month":
            lo = received.replace(day=1)
        elif unit == "quarter":
            lo = dt.date(received.year, 3 * ((received.month - 1) // 3) + 1, 1)
        else:
            lo = received - dt.timedelta(days=received.weekday())
        cells.append(Cell(lo, received, "range", *found.span()))
    for found in _YESTERDAY.finditer(text):
        day = received - DAY if received else None
        cells.append(Cell(day, day, "day", *found.span()))
    return cells


def year_of(kind: str, day: dt.date) -> int:
    """Return the first calendar year of the financial or academic year that holds `day`."""
    first = cell_of(kind, day.year)[0]
    return day.year if day >= first else day.year - 1
