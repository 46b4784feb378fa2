"""Take a question apart: period, places, units, breakdown, measure, subject.

In: the words of one question and the day it was received. Out: one `Slots` record, and comparisons of two of them.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from triage.schema import Period, Slots
from triage.slots.axes import find_axes
from triage.slots.fit import compare_axes, compare_places, cover_period, missing_parts, normalise_axis
from triage.slots.period import cut_cells, find_period, shift_period
from triage.slots.words import find_additive, find_measure, find_places, find_subject, find_units

__all__ = [
    "compare_axes",
    "compare_places",
    "cover_period",
    "find_period",
    "find_slots",
    "inherit_slots",
    "missing_parts",
    "normalise_axis",
]

_DAY: Final = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Za-z]{3,9}(?:\s+\d{4})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})"
_OF_DAYS: Final = re.compile(rf"\b{_DAY}\s*(?:[-–—]|(?:up\s+)?(?:to|until|till|and)(?:\s+the)?|inclusive)\s*{_DAY}")
"""A span from one day to another asks for a total; years that are counted up ask for each of them."""
_SPACES: Final = re.compile(r"\s{2,}")
"""Runs of white space are folded first, which also keeps every search linear."""

_EARLIEST_YEAR: Final = 1900
_LATEST_YEAR: Final = 2999

_YEAR_AXES: Final = {"calendar year": "year", "financial year": "financial year", "academic year": "academic year"}


def find_slots(text: str, *, received: dt.date | None = None) -> Slots:
    """Take the words of one question apart.

    Args:
        text: One question, or a preamble whose scope it inherits.
        received: The day of receipt, which relative periods are counted from; without one, or with one outside 1900 to
            2999, they keep their words and no dates.

    >>> slots = find_slots("How many bicycles were stolen in Ashmere in 2021 and 2022, by ward?")
    >>> slots.places, slots.breakdown, slots.period.grain
    (('Ashmere',), ('ward', 'year'), 'calendar year')
    """
    if received is not None and not _EARLIEST_YEAR <= received.year <= _LATEST_YEAR:
        received = None
    text = _SPACES.sub(lambda found: "\n" if "\n" in found[0] else " ", text)
    axes = find_axes(text)
    period = find_period(text, received=received, axes=axes)
    places, units = find_places(text), find_units(text)
    places = tuple(place for place in places if not any(place in unit for unit in units))
    if period is not None and len(period.parts) > 1 and period.grain in _YEAR_AXES and not _OF_DAYS.search(period.raw):
        axis = _YEAR_AXES[period.grain]
        if not any(normalise_axis(known).endswith(("year", "month", "quarter")) for known in axes):
            axes = (*axes, axis)
    additive = find_additive(text)
    if period is not None and period.grain == "snapshot":
        additive = False
    raw = (period.raw,) if period else ()
    return Slots(
        subject=find_subject(text, leave_out=(*raw, *places), axes=axes),
        measure=find_measure(text, leave_out=(*raw, *places)),
        additive=additive,
        period=period,
        places=places,
        units=units,
        breakdown=axes,
    )


_MONTH_OF: Final = re.compile(r"\bmonth\b", re.IGNORECASE)
_YEARS_BACK: Final = re.compile(r"\byears\b", re.IGNORECASE)
_BEFORE: Final = re.compile(r"\b(?:before|prior|previous|preceding|earlier)\b", re.IGNORECASE)


def _resolve(own: Period, known: Period) -> Period:
    """Read "the year before", "that month" and "the same period" against the period they point back to."""
    if _BEFORE.search(own.raw):
        moved = shift_period(known, -1)
    elif _MONTH_OF.search(own.raw) and known.grain == "day" and known.start is not None:
        cell = cut_cells(known.start.replace(day=1), known.start.replace(day=28), "month")[0]
        end = (cell[1] + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        moved = Period(cell[0], end, own.raw, "month", ((cell[0], end),))
    else:
        moved = known
    return Period(moved.start, moved.end, own.raw, moved.grain, moved.parts)


def inherit_slots(own: Slots, *parents: Slots) -> Slots:
    """Fill what a question leaves out from its parents, nearest first.

    Its own period wins; one that only points back ("the year before") is read against the parent's. Axes are united.

    >>> inherit_slots(Slots(measure="arrests"), Slots(places=("Ashmere",), breakdown=("rank",))).places
    ('Ashmere',)
    """
    period, additive = own.period, own.additive
    subject, measure, places, units = own.subject, own.measure, own.places, own.units
    axes = {normalise_axis(axis): axis for axis in own.breakdown}
    for parent in parents:
        if period is None:
            period = parent.period
        elif period.start is None and period.end is None and parent.period is not None and parent.period.parts:
            if _YEARS_BACK.search(period.raw) and len(parent.period.parts) > 1 and parent.period.grain in _YEAR_AXES:
                axes.setdefault(normalise_axis(_YEAR_AXES[parent.period.grain]), _YEAR_AXES[parent.period.grain])
            period = _resolve(period, parent.period)
        additive = parent.additive if additive is None else additive
        subject, measure = subject or parent.subject, measure or parent.measure
        places, units = places or parent.places, units or parent.units
        for axis in parent.breakdown:
            axes.setdefault(normalise_axis(axis), axis)
    return Slots(subject, measure, additive, period, places, units, tuple(axes.values()))
