"""Compare what is asked with what a past answer covered, slot by slot.

In: periods, axes and places of two questions. Out: one word per slot. The rules are those of a published table that
covers another: cells are compared, never sentences.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from triage.schema import Period

__all__ = ["compare_axes", "compare_places", "cover_period", "missing_parts", "normalise_axis"]

_Part = tuple[dt.date, dt.date]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DAY: Final = dt.timedelta(days=1)


def _parts(period: Period | None) -> tuple[_Part, ...]:
    if period is None:
        return ()
    if period.parts:
        return period.parts
    return ((period.start, period.end),) if period.start is not None and period.end is not None else ()


def _tiled(part: _Part, held: Iterable[_Part]) -> bool:
    """Tell whether held cells make up `part` without gap or overlap."""
    inside = sorted({cell for cell in held if part[0] <= cell[0] and cell[1] <= part[1]})
    reached = {part[0]}
    for lo, hi in inside:
        if lo in reached and hi == part[1]:
            return True
        if lo in reached:
            reached.add(hi + _DAY)
    return False


def _is_covered(part: _Part, held: tuple[_Part, ...], additive: bool | None) -> bool:
    return part in held or (additive is True and _tiled(part, held))


def cover_period(asked: Period | None, held: Period | None, *, additive: bool | None) -> str:
    """Say how far a held period covers the asked one.

    Cells add up only where the measure is additive; years of different kinds never nest.

    Returns:
        `same` (the same cells), `covered` (every asked cell is held), `covered_by_sum` (some only as a sum of held
        cells), `partly`, `finer` (every asked cell lies inside a held one), `other` (no asked cell can be had), or
        `unknown` (a side states no period, or an open one).

    >>> months = Period(dt.date(2022, 1, 1), dt.date(2022, 2, 28), "", "month",
    ...     ((dt.date(2022, 1, 1), dt.date(2022, 1, 31)), (dt.date(2022, 2, 1), dt.date(2022, 2, 28))))
    >>> cover_period(Period(dt.date(2022, 1, 1), dt.date(2022, 2, 28), "", "range"), months, additive=True)
    'covered_by_sum'
    """
    wanted, cells = _parts(asked), _parts(held)
    if not wanted or not cells:
        return "unknown"
    if set(wanted) == set(cells):
        return "same"
    known = set(cells)
    if all(part in known for part in wanted):
        return "covered"
    covered = [_is_covered(part, cells, additive) for part in wanted]
    if all(covered):
        return "covered_by_sum"
    if any(covered):
        return "partly"
    if all(any(lo <= part[0] and part[1] <= hi for lo, hi in cells) for part in wanted):
        return "finer"
    return "other"


def missing_parts(asked: Period | None, held: Period | None, *, additive: bool | None = None) -> tuple[_Part, ...]:
    """List the asked cells that the held period does not give.

    >>> years = Period(dt.date(2021, 1, 1), dt.date(2022, 12, 31), "", "calendar year",
    ...     ((dt.date(2021, 1, 1), dt.date(2021, 12, 31)), (dt.date(2022, 1, 1), dt.date(2022, 12, 31))))
    >>> [str(lo) for lo, _ in missing_parts(years, Period(*years.parts[0], "2021", "calendar year"))]
    ['2022-01-01']
    """
    cells = _parts(held)
    return tuple(part for part in _parts(asked) if not _is_covered(part, cells, additive))


_LEVELS: Final = {
    "year": ("time", 1),
    "calendar year": ("time", 1),
    "financial year": ("time", 1),
    "academic year": ("time", 1),
    "quarter": ("time", 2),
    "month": ("time", 3),
    "week": ("time", 4),
    "date": ("time", 5),
    "day": ("time", 5),
    "hour": ("time", 6),
    "country": ("place", 1),
    "region": ("place", 2),
    "county": ("place", 3),
    "borough": ("place", 4),
    "district": ("place", 4),
    "local authority": ("place", 4),
    "council area": ("place", 4),
    "constituency": ("place", 5),
    "ward": ("place", 6),
    "lsoa": ("place", 7),
    "street": ("place", 8),
}
"""Axes that refine one another, coarse to fine; axes of other families are compared by name only."""

_SAME_AXIS: Final = {
    "gender": "sex",
    "ethnic group": "ethnicity",
    "ethnic background": "ethnicity",
    "ethnic origin": "ethnicity",
    "race": "ethnicity",
    "age group": "age",
    "age band": "age",
    "age range": "age",
    "london borough": "borough",
    "bcu": "borough",
    "bocu": "borough",
    "road": "street",
    "street name": "street",
    "offence type": "offence",
    "crime type": "offence",
    "crime": "offence",
    "offence category": "offence",
    "per annum": "year",
    "annum": "year",
    "monthly": "month",
    "annually": "year",
    "fiscal year": "financial year",
    "tax year": "financial year",
    "vehicle type": "vehicle",
    "lower layer super output area": "lsoa",
}
_IRREGULAR: Final = {
    "boroughs": "borough",
    "counties": "county",
    "ethnicities": "ethnicity",
    "authorities": "authority",
}
_AXIS_FILL: Final = _words("by per each every the of for in a an level individual their its respective")


def normalise_axis(axis: str) -> str:
    """Bring the name of an axis to one form.

    >>> normalise_axis("by Boroughs"), normalise_axis("ethnic group")
    ('borough', 'ethnicity')
    >>> normalise_axis("type of weapon") == normalise_axis("weapon types")
    True
    """
    head, of, tail = axis.lower().partition(" of ")
    words = [word for word in re.findall(r"[a-z0-9&']+", f"{tail} {head}" if of else head) if word not in _AXIS_FILL]
    singular = [_IRREGULAR.get(word) or _singular(word) for word in words]
    name = " ".join(singular)
    return _SAME_AXIS.get(name, name)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def compare_axes(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    """Compare two breakdowns.

    A yearly axis that only one side names is left out: the years are compared as cells of the period.

    Returns:
        `same`, `coarser` (the ask needs less detail than is held), `finer` (it needs more), or `other` (both, so that
        the joint figures cannot be derived).

    >>> compare_axes(("rank", "borough"), ("boroughs",))
    'finer'
    """
    wanted, had = _axis_levels(asked), _axis_levels(held)
    if wanted.get("time", 1) <= 1 and had.get("time", 1) <= 1:
        wanted.pop("time", None)
        had.pop("time", None)
    finer = any(level > had.get(family, 0) for family, level in wanted.items())
    coarser = any(level > wanted.get(family, 0) for family, level in had.items())
    if finer and coarser:
        return "other"
    return "finer" if finer else "coarser" if coarser else "same"


def _axis_levels(axes: tuple[str, ...]) -> dict[str, int]:
    levels: dict[str, int] = {}
    for axis in axes:
        name = normalise_axis(axis)
        if name:
            family, level = _LEVELS.get(name, (name, 1))
            levels[family] = max(level, levels.get(family, 0))
    return levels


_PLACE_FILL: Final = _words(
    "the of borough boroughs city county town ward wards village district parish royal metropolitan station police area"
)


def _place_words(place: str) -> tuple[str, ...]:
    words = re.findall(r"[\w']+", place.lower())
    kept = tuple(word for word in words if word not in _PLACE_FILL)
    # "London Borough of Ashmere" is Ashmere; "London" alone stays.
    if len(kept) > 1 and kept[0] == "london" and "borough" in words:
        kept = kept[1:]
    return kept or tuple(words)


def compare_places(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    """Compare two sets of places; an empty one is the whole area of the authority.

    Returns:
        `same`, `inside` (every asked place is among the held, or the held is the whole area), `wider` (the other way
        round), `other`, or `unknown` where the names share words and only an officer can tell.

    >>> compare_places(("Ashmere",), ("London Borough of Ashmere", "Pellam"))
    'inside'
    """
    wanted, had = ({_place_words(place) for place in places if place.strip()} for places in (asked, held))
    if wanted == had:
        return "same"
    if not had or (wanted and wanted < had):
        return "inside"
    if not wanted or had < wanted:
        return "wider"
    shared = {word for name in wanted for word in name} & {word for name in had for word in name}
    return "unknown" if shared else "other"
