"""Find the span of time that a text asks about.

In: the words of one question, and the day it was received. Out: a `Period` with its cells, or `None`.

Neighbouring expressions are joined by the words between them ("to", "and") into cells; words without a date ("last
year", "currently") are read against the receipt only where the text gives no date itself.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dateutil.relativedelta import relativedelta

from triage.schema import Period
from triage.slots.atoms import (
    DASH,
    DAY,
    KIND_AFTER,
    Atom,
    academic_cell,
    cell_of,
    date,
    dated,
    financial_cell,
    find_atoms,
    kind_grain,
)

__all__ = ["cut_cells", "find_period", "shift_period"]

from triage.slots.relative import COUNT, Cell, back, find_relative, parse_count, year_of

_MAX_CELLS: Final = 400
"""A range cut into more cells than this stays one cell: nobody asks for them one by one."""
_WEEK: Final = re.compile(
    r"\bweek\s+(?:commencing|beginning|starting|ending|of)\s+(?:on\s+)?(?:the\s+)?$|\bw/[ce]\s+$", re.IGNORECASE
)
_COUNT_TO: Final = re.compile(
    rf"\b(?:(?P<count>{COUNT})\s+|(?P<the>the\s+)?)(?:(?P<mods>calendar|financial|full|consecutive)\s+)?"
    r"(?P<unit>years?|months?|weeks?|days?|quarters?)\s+(?:up\s+)?(?:to|ending|ended|ending on|to and"
    r" including|prior to|before)\s+(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)
_YEAR_BEFORE: Final = re.compile(
    r"\b(?:the\s+)?(?:year\s+(?:before|prior|previously|earlier)|preceding year|same period (?:of )?the "
    r"(?:year before|previous year))\b(?!\s+(?:the|that|it|last|\d))",
    re.IGNORECASE,
)
_BACKWARD: Final = re.compile(
    r"\b(?:(?:in|over|during|within|at|for)\s+that\s+time\b|(?:the\s+)?(?:same|those|that|these|this|above|said)\s+(?:\w{4,9}\s+)?(?:time\s+)?(?P<unit>periods?"
    r"|years?|dates?|months?|time\s?frames?|timescales?|quarters?)\b)",
    re.IGNORECASE,
)
_NOW_END: Final = re.compile(
    r"^\s*[,(]?\s*(?:right\s+)?(?:(?:and\s+)?(?:up\s+)?(?:to|until|till|through to|thru|[-–—])|"
    r"(?P<and>and))\s*(?:the\s+)?(?:present(?:\s+(?:day|time|date))?|date\b(?!\s+\d)(?:\s+(?:of|you|on"
    r" which)\s+(?:this|my|the|receipt|receive)?\s?\w{0,12})?|now|today(?:'s date)?|current(?:\s+(?:day|date"
    r"|time))?)",
    re.IGNORECASE,
)
_ONWARDS: Final = re.compile(
    r"^\s*,?\s*(?:onwards?|and onwards?|and (?:later|after|since)|to the latest|or later|forwards?)\b", re.IGNORECASE
)
_SINCE: Final = re.compile(
    r"\b(?:ever\s+)?since\s+(?:the\s+)?(?:start of\s+|beginning of\s+|end of\s+)?(?:(?:calendar"
    r"|financial)?\s*years?\s+)?(?:in\s+)?$",
    re.IGNORECASE,
)
_SINCE_EVENT: Final = re.compile(
    r"\bsince\s+(?:the\s+|my\s+|our\s+|its\s+|it\s+|they\s+|that\s+)?(?:[a-z’'-]+\s+){1,7}(?:in|on|from|of)\s+(?:early\s+|late\s+)?$"
)
"""A date behind what happened on it: "since the scheme opened in June 2018"."""
_BEFORE: Final = re.compile(
    r"\b(?:before|prior to|up to|up until|until|till|no later than)\s+(?:and including\s+)?(?:the\s+)?(?:end of\s+)?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"\bafter\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE)
_YEARS: Final = (
    r"(?:(?:the\s+)?(?:calendar|financial|fiscal|academic|tax|school)?\s*(?:years?|months?)?\s*(?:of|ending)?\s*)"
)
_RANGE_GAP: Final = re.compile(
    rf"^[\s,)]*(?:(?:all the way|right|up)\s+)?(?:to|until|till|through|thru|{DASH})\s*(?:to\s+)?(?:and"
    rf" including\s+)?(?:the\s+)?(?:(?:end|beginning|start|close) of\s+)?{_YEARS}?(?:and including\s+)?[\s,(]*$",
    re.IGNORECASE,
)
_AND_GAP: Final = re.compile(rf"^\s*(?:and|&)\s+(?:the\s+)?(?:(?:end|start|beginning) of\s+)?{_YEARS}?$", re.IGNORECASE)
_KIND_BEFORE: Final = re.compile(
    r"\b(financial|fiscal|tax|academic|school)\s+years?\s+(?:between\s+|from\s+|of\s+)?\(?$", re.IGNORECASE
)
_BETWEEN: Final = re.compile(
    rf"\bbetween\s+(?:the\s+)?(?:(?:start|beginning|end|dates?|dates? of|period|periods?) of?\s*)?{_YEARS}?$",
    re.IGNORECASE,
)
_LIST_GAP: Final = re.compile(r"^\s*(?:,|and|&|,\s*and|or)\s*(?:on\s+|at\s+|as at\s+)?(?:the\s+)?$", re.IGNORECASE)
_SNAPSHOT_BEFORE: Final = re.compile(
    r"\b(?:as\s+(?:at|of|on)|at|at\s+midnight\s+on|correct (?:at|as of)|position (?:at|on))\s+(?:the\s+)?"
    r"(?:end of\s+|close of\s+)?$",
    re.IGNORECASE,
)
_ON_BEFORE: Final = re.compile(r"\bon\s+(?:the\s+)?(?:night of\s+)?$", re.IGNORECASE)
_STATE: Final = re.compile(
    r"\b(?:employed|in post|held|headcount|head count|staff|officers|strength|establishment|fleet|vacanc\w+"
    r"|open|active|registered"
    r"|owned|population|capacity|workforce|licen[sc]ed|stock|outstanding|list of|in force|in place|live"
    r"|serving|owed|in use)\b",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    r"\b(?:currently|at present|presently|at the (?:moment|present time|time of (?:receipt|this request"
    r"|writing))|at (?:the )?(?:date of )?receipt|to ?day['’]s date|as (?:of|at) (?:today|now|the date of "
    r"(?:this|my) (?:request|letter|e-?mail))|(?:in force|in place|held|in use|in post|employed|right now|as"
    r" things stand) today|to today|right now|as it stands"
    r"|current\s+(?:\w+\s+){0,2}(?:number|headcount|head count|strength|establishment|total|vacanc\w+"
    r"|staffing|staff|workforce|level|levels|stock|size))\b",
    re.IGNORECASE,
)


def _give_years(text: str, atoms: list[Atom], received: dt.date | None) -> list[Atom]:
    """Complete days and months without a year from the next dated neighbour, the one before, or the receipt."""
    known: dt.date | None = None
    given: list[Atom] = []
    atoms = [_of_relative_year(text, atom, received) for atom in _each_year(text, atoms)]
    for atom in reversed(atoms):
        current = atom
        if current.lo is None and current.days is not None and known is not None:
            current = dated(current, known.year)
            if current.lo is not None and current.lo > known:
                current = dated(current, known.year - 1)
        if current.lo is not None:
            known = current.lo
        given.append(current)
    given.reverse()
    known = None
    for i, atom in enumerate(given):
        current = atom
        if current.lo is None and current.days is not None and known is not None:
            current = dated(current, known.year)
            if current.lo is not None and current.lo < known:
                current = dated(current, known.year + 1)
        elif current.lo is None and current.days is not None and received is not None and _is_asked(text, current):
            current = dated(current, received.year)
            if current.lo is not None and current.lo > received:
                current = dated(current, received.year - 1)
        if current.lo is not None:
            known = current.lo
        given[i] = current
    return [atom for atom in given if atom.lo is not None and atom.hi is not None]


_RELATIVE_YEAR: Final = re.compile(r"\s+(?:of\s+)?(?:(last)|this)\s+year\b", re.IGNORECASE)
_EACH_YEAR: Final = re.compile(
    r"\s*,?\s*(?:in|of|for|during)?\s*(?:each|every)(?:\s+(?:of|year))?[\s\w,]{0,24}$", re.IGNORECASE
)


def _of_relative_year(text: str, atom: Atom, received: dt.date | None) -> Atom:
    """Read "June last year" against the receipt."""
    said = _RELATIVE_YEAR.match(text, atom.end) if atom.lo is None and received is not None else None
    if said is None or received is None:
        return atom
    return dated(atom, received.year - (1 if said[1] else 0))._replace(end=said.end())


def _each_year(text: str, atoms: list[Atom]) -> list[Atom]:
    """Put "31 March in each of 2020 and 2021" on one day of every year named after it."""
    for i, atom in enumerate(atoms[:-1]):
        if (
            atom.lo is not None
            or atom.grain != "day"
            or not _EACH_YEAR.match(text[atom.end : min(atoms[i + 1].start, atom.end + 60)])
        ):
            continue
        years: list[int] = []
        last = i
        for j in range(i + 1, len(atoms)):
            if (
                atoms[j].grain != "calendar year"
                or atoms[j].lo is None
                or (j > i + 1 and atoms[j].start - atoms[j - 1].end > 8)
            ):
                break
            year = _year_number(atoms[j])
            linked = bool(years) and _RANGE_GAP.match(text[atoms[j - 1].end : atoms[j].start])
            years += range(years[-1] + 1, min(year, years[-1] + 50) + 1) if linked else [year]
            last = j
        if not years:
            continue
        end = atoms[last].end
        # All days but the first stand at the end of the words, so that the raw words stay whole.
        days = [
            dated(atom, year)._replace(start=end if n else atom.start, end=end, grain="each day")
            for n, year in enumerate(years)
        ]
        return [*atoms[:i], *days, *atoms[last + 1 :]]
    return atoms


def _year_number(atom: Atom) -> int:
    return atom.lo.year if atom.lo else 0


_MONTH_BEFORE: Final = re.compile(
    r"\b(?:in|since|during|from|for|to|until|last|this|throughout|of|on|between|and)\s+(?:the\s+)?$", re.IGNORECASE
)


def _is_asked(text: str, atom: Atom) -> bool:
    """Tell a month from a name or a verb ("May", "March") by the word before it."""
    return atom.grain != "month" or _MONTH_BEFORE.search(text[max(0, atom.start - 20) : atom.start]) is not None


def _join(text: str, atoms: list[Atom], received: dt.date | None) -> list[Cell]:
    state = _STATE.search(text) is not None
    cells: list[Cell] = []
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        before, lo, hi = text[max(0, atom.start - 60) : atom.start], atom.lo, atom.hi
        if i + 1 < len(atoms):
            after = atoms[i + 1]
            gap = text[atom.end : after.start]
            linked = len(gap) <= 60 and (
                _RANGE_GAP.match(gap) or (_AND_GAP.match(gap) and _BETWEEN.search(before) is not None)
            )
            if linked and atom.grain != "each day" and lo is not None and after.hi is not None and lo <= after.hi:
                kind = KIND_AFTER.match(text[after.end : after.end + 30]) or _KIND_BEFORE.search(before)
                if kind and atom.grain == after.grain == "calendar year" and lo.year < after.hi.year:
                    # "financial years 2019 to 2022" runs from April 2019 to March 2022.
                    first_cell, last_cell = cell_of(kind[1], lo.year), cell_of(kind[1], after.hi.year - 1)
                    cells.append(Cell(first_cell[0], last_cell[1], kind_grain(kind[1]), atom.start, after.end))
                    i += 2
                    continue
                if (
                    atom.grain == "financial year"
                    and after.grain == "calendar year"
                    and atom.hi is not None
                    and atom.hi.year < after.hi.year
                ):
                    cells.append(
                        Cell(
                            dt.date(atom.hi.year, 4, 1),
                            dt.date(after.hi.year, 3, 31),
                            "financial year",
                            atom.start,
                            after.end,
                        )
                    )
                    i += 2
                    continue
                grain = atom.grain if atom.grain == after.grain and atom.grain.endswith("year") else "range"
                cells.append(Cell(lo, after.hi, grain, atom.start, after.end))
                i += 2
                continue
        i += 1
        if atom.grain == "each day":
            cells.append(Cell(lo, hi, "snapshot", atom.start, atom.end))
            continue
        tail = text[atom.end : atom.end + 60]
        now = _NOW_END.match(tail)
        if now and now["and"] and not _BETWEEN.search(before):
            now = None
        onwards = None if now else _ONWARDS.match(tail)
        count = _COUNT_TO.search(before)
        since = _SINCE.search(before) or _SINCE_EVENT.search(before)
        if now or onwards or since:
            mark = now or onwards
            year_start = "since year" if atom.grain.endswith("year") else "since"
            cells.append(
                Cell(
                    lo,
                    received,
                    year_start,
                    since.start() + max(0, atom.start - 60) if since else atom.start,
                    atom.end + (mark.end() if mark else 0),
                )
            )
        elif (week := _WEEK.search(before)) and atom.grain == "day" and lo is not None and hi is not None:
            first, last = (lo - 6 * DAY, lo) if "end" in week[0].lower() else (lo, lo + 6 * DAY)
            cells.append(Cell(first, last, "range", max(0, atom.start - 60) + week.start(), atom.end))
        elif count and hi is not None and lo is not None:
            unit, number = count["unit"].rstrip("s").lower(), parse_count(count["count"]) if count["count"] else 1
            # "in the year to 31 March" is a span; "weeks before 3 May" without a number is not.
            end = hi if atom.grain != "day" or not count[0].lower().rstrip().endswith("before") else hi - DAY
            if count["count"] or unit == "year":
                cells.append(
                    Cell(back(end, number, unit), end, "rolling", max(0, atom.start - 60) + count.start(), atom.end)
                )
            else:
                cells.append(Cell(lo, hi, atom.grain, atom.start, atom.end))
        elif _AFTER.search(before):
            cells.append(Cell(hi + DAY if hi and hi < dt.date.max else hi, received, "since", atom.start, atom.end))
        elif (limit := _BEFORE.search(before)) and not cells:
            edge = (
                hi
                if "before" not in limit[0].lower() and "prior" not in limit[0].lower()
                else (lo - DAY if lo and lo > dt.date.min else lo)
            )
            cells.append(Cell(None, edge, "range", max(0, atom.start - 60) + limit.start(), atom.end))
        elif (
            (atom.grain == "day" and _SNAPSHOT_BEFORE.search(before))
            or (
                atom.grain == "day"
                and cells
                and cells[-1].grain == "snapshot"
                and _LIST_GAP.match(text[cells[-1].end : atom.start])
            )
            or (atom.grain == "day" and _ON_BEFORE.search(before) and state)
        ):
            cells.append(Cell(lo, hi, "snapshot", atom.start, atom.end))
        else:
            cells.append(Cell(lo, hi, atom.grain, atom.start, atom.end))
    return cells


def shift_period(period: Period, years: int) -> Period:
    """Move a period by whole years.

    >>> before = Period(dt.date(2023, 4, 1), dt.date(2024, 3, 31), "2023/24", "financial year")
    >>> shift_period(before, -1).start
    datetime.date(2022, 4, 1)
    """

    def move(day: dt.date | None) -> dt.date | None:
        # The last day of February stays the last day.
        if day is None:
            return None
        try:
            last = day.month == 2 and (day + DAY).month == 3
            moved = day + relativedelta(years=years)
            return date(moved.year, 2, 0) if last else moved
        except (ValueError, OverflowError):
            return day

    parts = tuple(
        (lo, hi) for lo, hi in ((move(a), move(b)) for a, b in period.parts) if lo is not None and hi is not None
    )
    return Period(move(period.start), move(period.end), period.raw, period.grain, parts)


def cut_cells(lo: dt.date, hi: dt.date, grain: str) -> tuple[tuple[dt.date, dt.date], ...]:
    """Cut a span into calendar years, financial years, academic years, quarters or months.

    The first and last cell are cut at the span's own ends.

    >>> [str(a) for a, _ in cut_cells(dt.date(2021, 5, 1), dt.date(2023, 3, 31), "financial year")]
    ['2021-05-01', '2022-04-01']
    """
    if grain == "financial year":
        at = financial_cell(year_of("financial", lo))[0]
    elif grain == "academic year":
        at = academic_cell(year_of("academic", lo))[0]
    elif grain == "quarter":
        at = dt.date(lo.year, 3 * ((lo.month - 1) // 3) + 1, 1)
    elif grain == "month":
        at = lo.replace(day=1)
    else:
        at = dt.date(lo.year, 1, 1)
    step = relativedelta(months={"month": 1, "quarter": 3}.get(grain, 12))
    cells: list[tuple[dt.date, dt.date]] = []
    while at <= hi:
        if len(cells) >= _MAX_CELLS:
            return ((lo, hi),)
        after = at + step
        cells.append((max(lo, at), min(hi, after - DAY)))
        at = after
    return tuple(cells)


def _whole_years(lo: dt.date, hi: dt.date) -> str | None:
    """Name the kind of year that tiles a span exactly."""
    if hi.year > lo.year + 100:
        return None
    if (lo.month, lo.day, hi.month, hi.day) == (1, 1, 12, 31):
        return "calendar year"
    if (lo.month, lo.day, hi.month, hi.day) == (4, 1, 3, 31):
        return "financial year"
    if (lo.month, lo.day, hi.month, hi.day) == (9, 1, 8, 31) and hi.year > lo.year:
        return "academic year"
    return None


def _quarter_like(lo: dt.date, hi: dt.date) -> bool:
    return lo.day == 1 and lo.month % 3 == 1 and hi == lo + relativedelta(months=3) - DAY


def find_period(text: str, *, received: dt.date | None = None, axes: tuple[str, ...] = ()) -> Period | None:
    """Find the period that a question asks about.

    Args:
        text: The words of one question.
        received: The day that "last year", "to date" and "currently" are counted from.
        axes: Breakdown axes; "month" or "financial year" among them cuts a range into such cells.

    >>> find_period("thefts in 2019 and 2021").parts[1][0]
    datetime.date(2021, 1, 1)
    """
    atoms = _give_years(text, find_atoms(text), received)
    cells = _join(text, atoms, received)
    dated = bool(cells)
    back = list(_YEAR_BEFORE.finditer(text))
    if dated:
        first = next((cell for cell in cells if cell.lo and cell.hi), None)
        if back and first is not None and first.lo and first.hi and first.grain != "snapshot":
            earlier = shift_period(Period(first.lo, first.hi, "", first.grain), -1)
            cells.append(Cell(earlier.start, earlier.end, first.grain, *back[0].span()))
    else:
        cells = find_relative(text, received)
        if back and not cells:
            return Period(None, None, back[0][0], "rolling")
    if not cells:
        now = _NOW.search(text)
        if now:
            parts = ((received, received),) if received else ()
            return Period(received, received, now[0], "snapshot", parts)
        again = _BACKWARD.search(text)
        return Period(None, None, again[0], "range") if again else None
    cells.sort(key=lambda cell: (cell.start, cell.end))
    raw_start, raw_end = cells[0].start, max(cell.end for cell in cells)
    raw = text[raw_start:raw_end] if raw_end - raw_start <= 160 else "; ".join(text[c.start : c.end] for c in cells)
    return _period(cells, raw, axes)


def _period(cells: list[Cell], raw: str, axes: tuple[str, ...]) -> Period:
    wanted = next(
        (a for a in ("month", "quarter", "academic year", "financial year", "calendar year", "year") if a in axes), None
    )
    parts: list[tuple[dt.date, dt.date]] = []
    grains: list[str] = []
    for cell in cells:
        if cell.lo is None or cell.hi is None or cell.lo > cell.hi:
            grains.append("range" if cell.grain.startswith("since") else cell.grain)
            continue
        kind = _whole_years(cell.lo, cell.hi)
        grain = cell.grain
        if grain in ("range", "rolling") and kind:
            grain = kind
        elif grain == "range" and _quarter_like(cell.lo, cell.hi):
            grain = "quarter"
        cut: str | None = None
        if wanted in ("month", "quarter"):
            cut = wanted
        elif grain.endswith("year"):
            cut = grain if grain != "since year" else "calendar year"
        elif wanted and grain != "rolling":
            cut = "calendar year" if wanted == "year" else wanted
        if cut and cell.grain not in ("day", "snapshot"):
            parts += cut_cells(cell.lo, cell.hi, cut)
        else:
            parts.append((cell.lo, cell.hi))
        grains.append("range" if grain.startswith("since") else grain)
    grain = grains[0] if len(set(grains)) == 1 else "range"
    starts = [cell.lo for cell in cells]
    ends = [cell.hi for cell in cells]
    start = None if None in starts else min(day for day in starts if day)
    end = None if None in ends else max(day for day in ends if day)
    unique = tuple(dict.fromkeys(sorted(parts)))
    if any(cell.grain.startswith("since") and cell.hi is None for cell in cells):
        unique = ()
    return Period(start, end, raw, grain, unique)
