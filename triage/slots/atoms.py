"""Find single expressions of time: dates, months, quarters and years of every kind.

In: any text. Out: `Atom`s in order, still unjoined; those without a year wait for one.

Expressions are found one kind after the other, the most specific first; what was read is blanked so that no digit is
read twice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from dateutil import parser as date_parser
from dateutil.relativedelta import relativedelta

__all__ = [
    "DASH",
    "DAY",
    "KIND_AFTER",
    "Atom",
    "academic_cell",
    "cell_of",
    "date",
    "dated",
    "financial_cell",
    "find_atoms",
    "kind_grain",
]

_BLANK: Final = "\x00"
DAY: Final = dt.timedelta(days=1)
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR: Final = r"(?:19[5-9]\d|20[0-4]\d)"
_ORD: Final = r"(?:\s?(?:st|nd|rd|th))?"
_SHORT_END: Final = r"(?=\s*(?:$|[,.;:)?!–-]|\n|(?:to|and|until|till|by|for|inclusive)\b))(?![.:,]\d)"
_WEEKDAY: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
DASH: Final = r"[-–—]"
_SPECIAL_DAYS: Final = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "halloween": (10, 31),
    "bonfire night": (11, 5),
    "guy fawkes night": (11, 5),
    "valentine's day": (2, 14),
}
"""Fixed feasts; moveable ones (Easter) are left out because their day differs by year."""
_NOT_TIME: Final = re.compile(
    r"https?://\S+|www\.\S+|\S{1,64}@\S+"
    # Titles of statutes: "Freedom of Information (Scotland) Act 2002", "EIR 2004".
    r"|\b(?:Acts?|Regulations?|Order|Bill|Rules|Measure|Directive|Convention|GDPR|FOIA|FOISA|DPA|EIRs?|PACE|RIPA|IPA"
    r"|POCA|HRA|ECHR)\b(?:\s?\([^()\n]{1,40}\))?,?\s+(?:of\s+)?\d{4}\b"
    # References: any word that mixes FOI-like letters and digits, or a number after a word that announces one.
    r"|\b[\w./-]{0,30}(?:FOI|EIR|SAR|RFI|IRN)[A-Z]{0,3}[/.\-_]?\d[\w./-]{0,30}|\b[\w.-]{1,20}/(?:FOI|EIR|SAR"
    r"|RFI)/[\w./-]{1,30}"
    r"|\b[\w.]{1,20}\.(?:FOI|EIR|SAR)\.[\w./-]{1,30}"
    r"|\b(?:FOI|EIR|RFI|Ref(?:erence)?|Ref\.|Case|Request|Ticket|Incident|Crime)\s?(?:number|no\.?|ref"
    r"(?:erence)?\.?)\s?[:#]?\s?\d[\w./-]{0,30}"
    r"|\b(?:FOI|EIR|RFI|Ref(?:erence)?)[:#]?\s?\d[\w./-]{0,30}"
    r"|\b(?:sections?|s\.|ss\.|regulations?|paragraphs?|para\.?|clauses?|articles?|schedules?)\s?\d[\w.()/-]{0,20}"
    # Money, telephone numbers, times of the day, quantities.
    r"|[£$€]\s?\d[\d,.]*(?:\s?(?:m|k|bn|million|thousand)\b)?"
    r"|(?<!\d)(?:\+44\s?\(?0?\)?|0)\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)"
    r"|\bhours of \d{4}\s?(?:and|to|-)\s?\d{4}\b|\b\d{4}\s?(?:hrs|hours)\b|\b\d{1,3}(?:,\d{3})+\b|\b\d{4}\s?"
    r"(?:km|kg|mm|ml|mg|cc|mph|miles|metres|%)"
    # The date of a letter names a document, not the time asked about.
    r"|\bdated\s+(?:the\s+)?\d{1,2}" + _ORD + r"\s+(?:of\s+)?" + _MONTH + r"(?:,?\s+\d{4})?"
    r"|\bdated\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"|\b(?:press release|letter|e-?mail|reply|response|request|article|statement|announcement|disclosure|FOI)"
    r"(?:\s+\w{1,12})?\s+(?:of|on|sent|sent on|published on|issued on)\s+(?:the\s+)?\d{1,2}"
    + _ORD
    + r"\s+(?:of\s+)?"
    + _MONTH
    + r"(?:,?\s+\d{4})?(?!\s*(?:to|and|until|"
    + DASH
    + r")\s*\d)"
    r"|\b\d{1,2}"
    + _ORD
    + r"\s+"
    + _MONTH
    + r"(?:,?\s+\d{4})?\s+(?:press release|letter|e-?mail|reply|response|article|statement)\b",
    re.IGNORECASE,
)


class Atom(NamedTuple):
    """One expression of time; `lo` and `hi` are `None` while its year is unknown."""

    start: int
    end: int
    lo: dt.date | None
    hi: dt.date | None
    grain: str
    days: tuple[tuple[int, int], tuple[int, int]] | None = None  # (month, day) of both ends, day 0 for the last one


def date(year: int, month: int, day: int) -> dt.date | None:
    """Build a date, day 0 being the last of the month; `None` where the calendar has no such day."""
    try:
        return dt.date(year, month, day) if day else dt.date(year, month, 1) + relativedelta(months=1) - DAY
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    """Complete a year of two digits; requests speak of 1970 to 2069."""
    value = int(digits)
    return value if value > 99 else value + (1900 if value >= 70 else 2000)


def _month_number(word: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower().rstrip(".")[:3]))


def _year_cell(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def financial_cell(year: int) -> tuple[dt.date, dt.date]:
    """Return the public sector's year from 1 April (Interpretation Act 1978, Schedule 1)."""
    return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)


def academic_cell(year: int) -> tuple[dt.date, dt.date]:
    """Return the school year from 1 September."""
    return dt.date(year, 9, 1), dt.date(year + 1, 8, 31)


_NUMERIC: Final = re.compile(r"(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|\.\d)")
_ISO: Final = re.compile(rf"(?<![\w./-])({_YEAR})-(\d\d)-(\d\d)(?![\w/-])")
_WORDED: Final = re.compile(
    rf"(?<![\w./-]){_WEEKDAY}(?:the\s+)?(\d{{1,2}}){_ORD}(?:\s+of)?\s*({_MONTH})(?:,?\s+({_YEAR})(?![\w/]|-\d)"
    rf"|\s+['’](\d\d)\b|\s+(\d\d){_SHORT_END})?",
    re.IGNORECASE,
)
_WORDED_US: Final = re.compile(rf"\b({_MONTH})\s+(\d{{1,2}}){_ORD},?\s+({_YEAR})(?![\w/]|-\d)", re.IGNORECASE)
_DAY_RANGE: Final = re.compile(
    rf"(?<![\w./-])(\d{{1,2}}){_ORD}\s*(?:to|and|{DASH})\s*(?:the\s+)?(\d{{1,2}}){_ORD}(?:\s+of)?\s+({_MONTH})"
    rf"(?:,?\s+({_YEAR})(?![\w/]|-\d))?",
    re.IGNORECASE,
)
_SPECIAL: Final = re.compile(
    rf"\b({'|'.join(_SPECIAL_DAYS).replace(chr(39), '[’' + chr(39) + ']?')})(?:,?\s+(?:in\s+)?({_YEAR})(?![\w/]))?",
    re.IGNORECASE,
)
_YEAR_KIND: Final = (
    r"(?P<kind>(?:financial|fiscal|tax|academic|school)\b|FYs?|F/Y|AY)[\s:]*(?:years?\b[\s:]*)?(?:ending\s+"
    r"|ended\s+|of\s+)?\(?"
)
_SLASHED: Final = re.compile(
    rf"(?:\b{_YEAR_KIND})?(?<![\d.£-])(?<!\d/)(?P<first>{_YEAR})\s?(?P<mark>[/-]|–)\s?(?P<second>{_YEAR}|\d\d)"
    r"(?![\w%]|[/.-]\d)",
    re.IGNORECASE,
)
_SHORT_FINANCIAL: Final = re.compile(
    rf"\b{_YEAR_KIND}(?P<first>\d\d)\s?[/–-]\s?(?P<second>\d\d)(?![\w/]|-\d)", re.IGNORECASE
)
_NEXT_SHORT: Final = re.compile(r"(?<![\w./-])(\d\d)\s?/\s?(\d\d)(?![\w/]|[.-]\d)")
_FINANCIAL_END: Final = re.compile(
    r"\b(?:FY\s?['’]?|(?P<kind>financial|fiscal|tax|academic|school)\s+years?\s+(?:ending\s+|of\s+|in\s+)?)"
    rf"(?P<year>{_YEAR}|(?<=[Yy])\d\d|(?<=[’'])\d\d)(?![\w/]|{DASH}\d)",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(
    r"\b(?:Q([1-4])|(first|second|third|fourth|1st|2nd|3rd|4th|last)\s+quarter)(?:\s+(?:of\s+|in\s+)?"
    rf"(?:the\s+)?(?:calendar\s+year\s+|(financial\s+year\s+|FY\s?))?)({_YEAR})(?:\s?[/-]\s?(\d\d|{_YEAR}))?"
    r"(?!\w)",
    re.IGNORECASE,
)
_QUARTER_RANGE: Final = re.compile(
    rf"\bQ([1-4])\s*(?:to|and|&|{DASH})\s*Q([1-4])\s+(?:of\s+|in\s+)?(FY\s?|financial\s+year\s+)?({_YEAR})"
    rf"(?:\s?[/-]\s?(\d\d|{_YEAR}))?(?!\w)",
    re.IGNORECASE,
)
_MONTH_YEAR: Final = re.compile(
    rf"(?<!\w)({_MONTH})(?:,?\s*(?:of\s+|in\s+|[-/]\s?)?({_YEAR})(?![\w/]|-\d)|\s?[-/]?['’](\d\d)\b|[\s/-]"
    rf"([1-4]\d){_SHORT_END})",
    re.IGNORECASE,
)
_NUMERIC_MONTH: Final = re.compile(rf"(?<![\w./-])(0[1-9]|1[0-2])/({_YEAR})(?![\w/-])")
_BARE_MONTH: Final = re.compile(
    r"(?<!\w)(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb"
    r"|Apr|Aug|Sept?|Oct|Nov|Dec)\b(?!['’])"
)
_BARE_YEAR: Final = re.compile(rf"(?<![\w.,/£$€#:-])(?<![–—])({_YEAR})(?!\w|[.,:]\d|/\d|-\d\d?\b|%)(?=('s|s)?)")
_RANGE_YEAR: Final = re.compile(rf"(?<=[-–—])({_YEAR})(?!\w|[.,:]\d|/\d|%)")
_QUANTITY_BEFORE: Final = re.compile(
    r"(?:more than|fewer than|less than|over|about|around|approximately|approx\.?|nearly|almost|at least|some"
    r"|up to|top|first|all|the other|under)\s+$",
    re.IGNORECASE,
)
_BY_BEFORE: Final = re.compile(r"\bby\s+(?:the\s+)?(?:end\s+of\s+|year\s+)?$", re.IGNORECASE)
_NOUN_AFTER: Final = re.compile(
    r"\s+(?!was|is|has|this|as|across|does|its|us|always|plus|versus|vs|figures|totals|calendar|years?\b"
    r"|statistics|results|levels|data)(?:[a-z]{3,20}s|staff|people|police|men|women|children)\b"
)
KIND_AFTER: Final = re.compile(r"\s*\)?\s*(financial|fiscal|tax|academic|school)\s+years?\b", re.IGNORECASE)
_ACADEMIC_BEFORE: Final = re.compile(
    r"\b(?:academic|school)\s+years?\s+(?:since|from|to|until|between|of|in|starting|beginning|up\s+to)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
"""Names the kind of a year at some distance: "each academic year since 2019/20"."""


def cell_of(kind: str, year: int) -> tuple[dt.date, dt.date]:
    """Return the year of that kind ("financial", "tax", "academic", "school") that begins in `year`."""
    kind = kind.lower()
    if kind.startswith(("academic", "school", "ay")):
        return academic_cell(year)
    return financial_cell(year)


def kind_grain(kind: str) -> str:
    """Name the grain of a kind of year."""
    return "academic year" if kind.lower().startswith(("academic", "school", "ay")) else "financial year"


def _numeric(found: re.Match[str]) -> Atom | None:
    day, month, year = int(found[1]), int(found[3]), _full_year(found[4])
    when = date(year, month, day) if day else None
    return Atom(*found.span(), when, when, "day") if when else None


def _iso(found: re.Match[str]) -> Atom | None:
    when = date(int(found[1]), int(found[2]), int(found[3]) or 32)
    return Atom(*found.span(), when, when, "day") if when else None


def _worded(found: re.Match[str]) -> Atom | None:
    day, month = int(found[1]), _month_number(found[2])
    if not 1 <= day <= 31:
        return None
    digits = found[3] or found[4] or found[5]
    if not digits:
        return Atom(*found.span(), None, None, "day", ((month, day), (month, day)))
    try:
        when = date_parser.parse(f"{day} {_MONTHS[month - 1]} {_full_year(digits)}", dayfirst=True).date()
    except (ValueError, OverflowError):
        return None
    return Atom(*found.span(), when, when, "day")


def _worded_us(found: re.Match[str]) -> Atom | None:
    when = date(int(found[3]), _month_number(found[1]), int(found[2]) or 32)
    return Atom(*found.span(), when, when, "day") if when else None


def _day_range(found: re.Match[str]) -> Atom | None:
    first, last, month = int(found[1]), int(found[2]), _month_number(found[3])
    if not 1 <= first <= last <= 31:
        return None
    atom = Atom(*found.span(), None, None, "range", ((month, first), (month, last)))
    return dated(atom, int(found[4])) if found[4] else atom


def _special(found: re.Match[str]) -> Atom | None:
    month, day = _SPECIAL_DAYS[re.sub(r"(?<=r|e)[’']?s(?= )", "'s", found[1].lower())]
    atom = Atom(*found.span(), None, None, "day", ((month, day), (month, day)))
    return dated(atom, int(found[2])) if found[2] else atom


def _slashed(found: re.Match[str]) -> Atom | None:
    first, second = int(found["first"]), _full_year(found["second"])
    kind = found["kind"] or ""
    # "2021-2022" is a range of calendar years unless the text calls it financial; "2021-22" and "2021/22" are one year.
    if second == first + 1 and (kind or found["mark"] == "/" or len(found["second"]) == 2):
        return Atom(*found.span(), *cell_of(kind, first), kind_grain(kind))
    if len(found["second"]) == 4 and first < second and found["mark"] != "/":
        return None  # two years with a dash, read as a range later
    if first < second <= first + 30 and found["mark"] != "/":
        return Atom(*found.span(), dt.date(first, 1, 1), dt.date(second, 12, 31), "calendar year")
    return None


def _short_financial(found: re.Match[str]) -> Atom | None:
    first, second = _full_year(found["first"]), _full_year(found["second"])
    return (
        Atom(*found.span(), *cell_of(found["kind"], first), kind_grain(found["kind"])) if second == first + 1 else None
    )


def _financial_end(found: re.Match[str]) -> Atom | None:
    # FY22 is the year that ends in 2022, as in the accounts of government departments.
    kind = found["kind"] or ""
    return Atom(*found.span(), *cell_of(kind, _full_year(found["year"]) - 1), kind_grain(kind))


def _quarter(found: re.Match[str]) -> Atom | None:
    order = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
    number = int(found[1]) if found[1] else order[found[2].lower()]
    start = dt.date(int(found[4]), 1, 1)
    if found[3] or found[5]:
        start = dt.date(int(found[4]), 4, 1)
    start += relativedelta(months=3 * (number - 1))
    return Atom(*found.span(), start, start + relativedelta(months=3) - DAY, "quarter")


def _quarter_range(found: re.Match[str]) -> Atom | None:
    first, last = int(found[1]), int(found[2])
    start = dt.date(int(found[4]), 4 if found[3] or found[5] else 1, 1)
    lo, hi = start + relativedelta(months=3 * (first - 1)), start + relativedelta(months=3 * last) - DAY
    return Atom(*found.span(), lo, hi, "range") if first < last else None


def _month_year(found: re.Match[str]) -> Atom | None:
    month, digits = _month_number(found[1]), found[2] or found[3] or found[4]
    year = _full_year(digits)
    return Atom(*found.span(), date(year, month, 1), date(year, month, 0), "month")


def _numeric_month(found: re.Match[str]) -> Atom | None:
    return Atom(*found.span(), date(int(found[2]), int(found[1]), 1), date(int(found[2]), int(found[1]), 0), "month")


def _bare_month(found: re.Match[str]) -> Atom | None:
    month = _month_number(found[1])
    return Atom(*found.span(), None, None, "month", ((month, 1), (month, 0)))


def _bare_year(found: re.Match[str]) -> Atom | None:
    text, (start, end) = found.string, found.span(1)
    before = text[max(0, start - 30) : start]
    after = text[end : end + 30]
    if _BY_BEFORE.search(before):
        return None
    if _NOUN_AFTER.match(after) and (int(found[1]) % 50 == 0 or _QUANTITY_BEFORE.search(before)):
        return None
    return Atom(start, end, *_year_cell(int(found[1])), "calendar year")


def dated(atom: Atom, year: int) -> Atom:
    """Put an expression without a year into `year`."""
    if atom.days is None:
        return atom
    (month, day), (last_month, last_day) = atom.days
    return atom._replace(lo=date(year, month, day), hi=date(year, last_month, last_day))


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Atom | None]], ...]] = (
    (_ISO, _iso),
    (_NUMERIC, _numeric),
    (_DAY_RANGE, _day_range),
    (_WORDED, _worded),
    (_WORDED_US, _worded_us),
    (_SPECIAL, _special),
    (_QUARTER_RANGE, _quarter_range),
    (_QUARTER, _quarter),
    (_MONTH_YEAR, _month_year),
    (_SLASHED, _slashed),
    (_SHORT_FINANCIAL, _short_financial),
    (_FINANCIAL_END, _financial_end),
    (_NUMERIC_MONTH, _numeric_month),
    (_BARE_YEAR, _bare_year),
    (_RANGE_YEAR, _bare_year),
    (_BARE_MONTH, _bare_month),
)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], _BLANK * (end - start)]
        at = end
    return "".join(pieces) + text[at:]


def find_atoms(text: str) -> list[Atom]:
    """Find the expressions of time, in order.

    >>> [atom.grain for atom in find_atoms("in May 2022 and 2021/22, under the Housing Act 2004")]
    ['month', 'financial year']
    """
    rest = _blank(text, (found.span() for found in _NOT_TIME.finditer(text)))
    atoms: list[Atom] = []
    for pattern, read in _READERS:
        new = [atom for found in pattern.finditer(rest) if (atom := read(found)) is not None]
        rest = _blank(rest, ((atom.start, atom.end) for atom in new))
        atoms += new
    atoms.sort()
    if any(atom.grain == "financial year" for atom in atoms):
        # "2020/21 and 21/22": the short form is only trusted beside a long one.
        short = [
            Atom(*found.span(), *financial_cell(_full_year(found[1])), "financial year")
            for found in _NEXT_SHORT.finditer(rest)
            if (int(found[1]) + 1) % 100 == int(found[2])
        ]
        atoms = sorted(atoms + short)
    return _name_kinds(text, atoms)


def _name_kinds(text: str, atoms: list[Atom]) -> list[Atom]:
    """Carry "academic" from one year of a list to the next, and back from the words after it."""
    named = list(atoms)
    for i, atom in enumerate(atoms):
        if atom.grain not in ("financial year", "calendar year") or atom.lo is None or atom.hi is None:
            continue
        said = KIND_AFTER.match(text[atom.end : atom.end + 30])
        double = atom.hi.year == atom.lo.year + 1
        if said and double:
            lo, hi = cell_of(said[1], atom.lo.year)
            named[i] = atom._replace(lo=lo, hi=hi, grain=kind_grain(said[1]))
        elif (double and _ACADEMIC_BEFORE.search(text[max(0, atom.start - 40) : atom.start])) or (
            i
            and named[i - 1].grain == "academic year"
            and atom.grain == "financial year"
            and atom.start - named[i - 1].end < 20
        ):
            lo, hi = academic_cell(atom.lo.year)
            named[i] = atom._replace(lo=lo, hi=hi, grain="academic year")
    return named
