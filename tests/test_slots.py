"""Slots: what a question asks, taken apart, and the comparison of two scopes."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from triage.schema import Period, Slots
from triage.slots import (
    compare_axes,
    compare_places,
    cover_period,
    find_slots,
    inherit_slots,
    missing_parts,
    normalise_axis,
)

RECEIVED = dt.date(2024, 5, 14)

# text, first day, last day, grain, number of cells; the days were worked out by hand.
PERIODS = {
    "calendar-year": ("thefts in 2022", "2022-01-01", "2022-12-31", "calendar year", 1),
    "two-years-with-gap": ("thefts in 2019 and 2021", "2019-01-01", "2021-12-31", "calendar year", 2),
    "year-range": ("thefts from 2019 to 2023", "2019-01-01", "2023-12-31", "calendar year", 5),
    "year-range-dash": ("thefts, 2019-2023", "2019-01-01", "2023-12-31", "calendar year", 5),
    "explicit-wins": ("last five calendar years (2018 to 2022)", "2018-01-01", "2022-12-31", "calendar year", 5),
    "slashed-financial": ("spend in 2021/22", "2021-04-01", "2022-03-31", "financial year", 1),
    "dashed-financial": ("spend in 2021-22", "2021-04-01", "2022-03-31", "financial year", 1),
    "fy-one-year-is-its-end": ("spend in FY22", "2021-04-01", "2022-03-31", "financial year", 1),
    "fy-both-years": ("spend in FY22/23", "2022-04-01", "2023-03-31", "financial year", 1),
    "short-beside-long": ("2020/21, 21/22 and 22/23", "2020-04-01", "2023-03-31", "financial year", 3),
    "financial-range": ("2018/19 to 2020/21", "2018-04-01", "2021-03-31", "financial year", 3),
    "named-financial-range": ("financial years 2019 to 2022", "2019-04-01", "2022-03-31", "financial year", 3),
    "kind-after": ("in the 2022-2023 financial year", "2022-04-01", "2023-03-31", "financial year", 1),
    "dates-of-financial": ("1 April 2023 to 31 March 2024", "2023-04-01", "2024-03-31", "financial year", 1),
    "academic": ("in the academic year 2021/22", "2021-09-01", "2022-08-31", "academic year", 1),
    "academic-list": ("academic years 2019-20 to 2021-22", "2019-09-01", "2022-08-31", "academic year", 3),
    "quarter": ("in Q1 2022", "2022-01-01", "2022-03-31", "quarter", 1),
    "financial-quarter": ("in Q4 2022/23", "2023-01-01", "2023-03-31", "quarter", 1),
    "month": ("in May 2022", "2022-05-01", "2022-05-31", "month", 1),
    "month-range": ("between March and June 2021", "2021-03-01", "2021-06-30", "range", 1),
    "short-months": ("Jan-Mar 2023", "2023-01-01", "2023-03-31", "quarter", 1),
    "day-first": ("between 13/04/24 and 20/04/24", "2024-04-13", "2024-04-20", "range", 1),
    "day-first-ambiguous": ("incidents on 03/04/2023", "2023-04-03", "2023-04-03", "day", 1),
    "day-range": ("1-15 January 2023", "2023-01-01", "2023-01-15", "range", 1),
    "day-without-year": ("incidents on 5th November", "2023-11-05", "2023-11-05", "day", 1),
    "feast": ("calls on New Year's Eve 2022", "2022-12-31", "2022-12-31", "day", 1),
    "since-year": ("thefts since 2021", "2021-01-01", "2024-05-14", "range", 4),
    "to-present": ("from January 2023 to present", "2023-01-01", "2024-05-14", "range", 1),
    "to-date": ("from 1 June 2023 to date", "2023-06-01", "2024-05-14", "range", 1),
    "rolling-months": ("in the last 12 months", "2023-05-15", "2024-05-14", "rolling", 1),
    "rolling-years": ("over the past five years", "2019-05-15", "2024-05-14", "rolling", 1),
    "ten-years-to": ("the ten years to 31 October 2022", "2012-11-01", "2022-10-31", "rolling", 1),
    "year-ending": ("in the year ending March 2023", "2022-04-01", "2023-03-31", "financial year", 1),
    "last-year": ("thefts last year", "2023-01-01", "2023-12-31", "calendar year", 1),
    "last-financial-years": ("the last three financial years", "2021-04-01", "2024-03-31", "financial year", 3),
    "this-financial-year": ("so far this financial year", "2024-04-01", "2024-05-14", "range", 1),
    "month-last-year": ("in June last year", "2023-06-01", "2023-06-30", "month", 1),
    "compared-with": (
        "year to 31 December 2023, compared with the year before",
        "2022-01-01",
        "2023-12-31",
        "calendar year",
        2,
    ),
    "mixed-list": ("2018, 2019 and 1-15 January 2021", "2018-01-01", "2021-01-15", "range", 3),
    "snapshot-now": ("how many dogs do you currently hold", "2024-05-14", "2024-05-14", "snapshot", 1),
    "snapshot-as-of": ("headcount as of 15 February 2023", "2023-02-15", "2023-02-15", "snapshot", 1),
    "snapshot-on": ("officers employed on 31 March 2022", "2022-03-31", "2022-03-31", "snapshot", 1),
    "day-of-each-year": ("staff at 31 March in each of 2020 and 2021", "2020-03-31", "2021-03-31", "snapshot", 2),
    "cut-by-axis": ("calls in 2022 broken down by month", "2022-01-01", "2022-12-31", "calendar year", 12),
}

NO_PERIODS = {
    "act": "under the Freedom of Information Act 2000",
    "act-scotland": "the Freedom of Information (Scotland) Act 2002",
    "regulations": "the Environmental Information Regulations 2004",
    "abbreviated-act": "under DPA 2018",
    "officers": "how many of the 2000 officers",
    "quantity": "more than 2019 cases",
    "section": "section 2023 of the scheme",
    "reference-dots": "reference 01.FOI.21.022343",
    "reference-slash": "FOI 1234/21",
    "reference-year": "your ref: 2023/0456",
    "telephone": "ring 0113 496 2019",
    "money": "a grant of £2020",
    "hours": "between the hours of 2000 and 0600",
    "target": "net zero by 2030",
    "date-of-letter": "your letter dated 3 May 2023",
    "link": "https://example.org/2021/05",
    "verb-may": "documents that may be held",
}

AXES = {
    "trigger": ("arrests broken down by rank and sex", ("rank", "sex")),
    "two-words": ("offences split by offence type and ethnicity", ("offence type", "ethnicity")),
    "bare-by": ("potholes, by ward", ("ward",)),
    "each-borough": ("thefts in each borough", ("borough",)),
    "per-named-borough": ("thefts per Ashmere borough, per month", ("borough", "month")),
    "sub-units": ("staff in each of the sub-units", ("sub-unit",)),
    "each-year": ("thefts each year", ("year",)),
    "years-listed": ("thefts in 2021 and 2022", ("year",)),
    "level": ("fly-tipping to ward level", ("ward",)),
    "monthly": ("monthly figures for calls", ("month",)),
    "list-lines": (
        "officers investigated, broken down by:\n1. rank\n2. length of service",
        ("rank", "length of service"),
    ),
    "columns": ("a list of vehicles with make, model and colour", ("make", "model", "colour")),
    "agent-council": ("money spent by the council", ()),
    "agent-police": ("arrests made by police officers", ()),
    "by-email": ("please reply by email", ()),
    "by-time": ("calls answered by 5pm", ()),
    "per-cent": ("how many per cent of crimes", ()),
    "per-head": ("cost per head", ()),
}

PLACES = {
    "in": ("bicycles stolen in Ashmere", ("Ashmere",)),
    "two": ("thefts in Ashmere and Pellam in March 2022", ("Ashmere", "Pellam")),
    "station": ("cells at Pellam police station", ("Pellam",)),
    "borough-of": ("fly-tipping within the borough of Harrowmere", ("Harrowmere",)),
    "wards": ("fly-tipping in Mapley and Kilford wards", ("Kilford", "Mapley")),
    "road": ("collisions on Western Road", ("Western Road",)),
    "road-number": ("collisions on the A1234 near Ashmere", ("A1234", "Ashmere")),
    "month": ("thefts in March", ()),
    "organisation": ("dogs in Eastmoor Constabulary kennels", ()),
    "author": ("spent by the London Borough of Pellam", ()),
    "language": ("calls answered in Welsh", ()),
    "program": ("figures in Microsoft Excel", ()),
    "class": ("arrests in Class A cases", ()),
    "operation": ("arrests in Operation Marigold", ()),
}


def year(*years: int) -> Period:
    """Build a period of calendar years."""
    parts = tuple((dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in years)
    return Period(parts[0][0], parts[-1][1], "", "calendar year", parts)


def months(first: int, last: int) -> Period:
    """Build a period of months of 2022."""
    starts = [dt.date(2022, month, 1) for month in range(first, last + 1)]
    ends = [dt.date(2022 + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1) for month in range(first, last + 1)]
    return Period(starts[0], ends[-1], "", "month", tuple(zip(starts, ends, strict=True)))


MAY = Period(dt.date(2022, 5, 1), dt.date(2022, 5, 31), "May 2022", "month")
FINANCIAL = Period(dt.date(2022, 4, 1), dt.date(2023, 3, 31), "2022/23", "financial year")
OPEN = Period(None, dt.date(2010, 1, 1), "before 2010", "range")


@pytest.mark.parametrize(("text", "start", "end", "grain", "cells"), PERIODS.values(), ids=PERIODS)
def test_period_is_read(text: str, start: str, end: str, grain: str, cells: int) -> None:
    """Every way of writing a period gives its two days, its grain and its cells."""
    period = find_slots(text, received=RECEIVED).period
    assert period is not None
    assert (str(period.start), str(period.end), period.grain, len(period.parts)) == (start, end, grain, cells)


@pytest.mark.parametrize("text", NO_PERIODS.values(), ids=NO_PERIODS)
def test_number_is_no_period(text: str) -> None:
    """Numbers of statutes, references, telephones, money and quantities are not years."""
    assert find_slots(text, received=RECEIVED).period is None


@pytest.mark.parametrize("text", ["in the last 12 months", "the year before", "so far this year"])
def test_relative_words_wait_for_the_receipt(text: str) -> None:
    """A relative period keeps its words and no dates while the day of receipt is unknown."""
    period = find_slots(text).period
    assert period is not None
    assert (period.start, period.end, period.parts) == (None, None, ())
    assert period.raw in text


@pytest.mark.parametrize(("text", "axes"), AXES.values(), ids=AXES)
def test_axes(text: str, axes: tuple[str, ...]) -> None:
    """Axes are found after the words that announce them; agents of a passive are not axes."""
    assert find_slots(text).breakdown == axes


@pytest.mark.parametrize(("text", "places"), PLACES.values(), ids=PLACES)
def test_places(text: str, places: tuple[str, ...]) -> None:
    """Named places are found; months, authorities, languages and programs are not places."""
    assert find_slots(text).places == places


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("staff in the Dog Section and in MO19", ("Dog Section", "MO19"), id="section-and-code"),
        pytest.param("cases open in Children's Services", ("Children's Services",), id="possessive"),
        pytest.param("people working in the legal department", ("legal department",), id="lower-case"),
        pytest.param("refused under Section 40", (), id="section-of-an-act"),
        pytest.param("please pass this to the FOI Team", (), id="foi-team"),
    ],
)
def test_units(text: str, units: tuple[str, ...]) -> None:
    """Teams and departments are found; sections of Acts and the FOI team are not."""
    assert find_slots(text).units == units


@pytest.mark.parametrize(
    ("text", "additive"),
    [
        pytest.param("number of arrests", True, id="events"),
        pytest.param("how much was spent on taxis", True, id="money"),
        pytest.param("number of missing persons reports", True, id="reports-about-people"),
        pytest.param("average waiting time", False, id="average"),
        pytest.param("percentage of calls answered", False, id="share"),
        pytest.param("number of officers", False, id="people"),
        pytest.param("number of vehicles held on 31 March 2022", False, id="snapshot"),
        pytest.param("longest time in a cell", False, id="extreme"),
        pytest.param("a copy of the policy", None, id="document"),
    ],
)
def test_additive(text: str, additive: bool | None) -> None:
    """Events and money add up over parts; people, shares, extremes and snapshots do not."""
    assert find_slots(text, received=RECEIVED).additive is additive


def test_measure_and_subject_leave_out_scope() -> None:
    """The measure is the head phrase; the subject holds neither ask words, period, place nor axes."""
    slots = find_slots("Please tell me how many bicycles were stolen in Ashmere in 2022, by ward")
    assert slots.measure == "bicycles were stolen"
    assert slots.subject == "bicycles stolen"


def test_inherit_fills_gaps_and_unites_axes() -> None:
    """A question takes place, period and measure from its nearest parent and unites the axes."""
    own = find_slots("by rank", received=RECEIVED)
    nearest = find_slots("Arrests in Ashmere", received=RECEIVED)
    preamble = find_slots("For Pellam in 2022, for each borough", received=RECEIVED)
    slots = inherit_slots(own, nearest, preamble)
    assert slots.places == ("Ashmere",)
    assert slots.period == preamble.period
    assert slots.breakdown == ("rank", "borough")


def test_own_period_wins() -> None:
    """A period of one's own is never replaced by the parent's."""
    own = find_slots("thefts in 2021")
    assert inherit_slots(own, find_slots("for 2022 please")).period == own.period


@pytest.mark.parametrize(
    ("text", "parent", "start", "end"),
    [
        pytest.param("figures for the year before", "in 2023/24", "2022-04-01", "2023-03-31", id="year-before"),
        pytest.param("arrests in the same period", "in May 2022", "2022-05-01", "2022-05-31", id="same-period"),
        pytest.param("stops that month", "my stop on 3 December 2023", "2023-12-01", "2023-12-31", id="that-month"),
    ],
)
def test_words_that_point_back_are_read_against_the_parent(text: str, parent: str, start: str, end: str) -> None:
    """A period that only points back takes its days from the parent and keeps its own words."""
    own = find_slots(text, received=RECEIVED)
    period = inherit_slots(own, find_slots(parent, received=RECEIVED)).period
    assert period is not None
    assert own.period is not None
    assert (str(period.start), str(period.end), period.raw) == (start, end, own.period.raw)


@pytest.mark.parametrize(
    ("asked", "held", "additive", "cover"),
    [
        pytest.param(year(2022), year(2022), True, "same", id="same"),
        pytest.param(year(2021), year(2019, 2020, 2021), None, "covered", id="one-of-several"),
        pytest.param(year(2022), months(1, 12), True, "covered_by_sum", id="sum-of-months"),
        pytest.param(year(2022), months(1, 12), False, "other", id="average-does-not-add"),
        pytest.param(year(2022), months(1, 12), None, "other", id="unknown-does-not-add"),
        pytest.param(year(2022), months(1, 11), True, "other", id="gap-in-the-sum"),
        pytest.param(year(2020, 2021, 2022), year(2020, 2022), True, "partly", id="gap-year"),
        pytest.param(year(2024), year(2022, 2023), True, "other", id="next-year"),
        pytest.param(year(2022), FINANCIAL, True, "other", id="calendar-against-financial"),
        pytest.param(MAY, year(2022), True, "finer", id="month-of-a-year"),
        pytest.param(None, year(2022), True, "unknown", id="not-asked"),
        pytest.param(year(2022), None, True, "unknown", id="not-held"),
        pytest.param(None, None, True, "unknown", id="neither"),
        pytest.param(OPEN, OPEN, True, "unknown", id="open-end"),
    ],
)
def test_cover_period(asked: Period | None, held: Period | None, additive: bool | None, cover: str) -> None:
    """Cells are compared exactly, add up only where the measure is additive, and never nest across kinds of year."""
    assert cover_period(asked, held, additive=additive) == cover


def test_missing_parts_are_the_uncovered_cells() -> None:
    """The year that an earlier table skipped is missing; a year of months is not, where figures add up."""
    assert missing_parts(year(2020, 2021, 2022), year(2020, 2022)) == year(2021).parts
    assert missing_parts(year(2022), months(1, 12)) == year(2022).parts
    assert missing_parts(year(2022), months(1, 12), additive=True) == ()


@pytest.mark.parametrize(
    ("asked", "held", "result"),
    [
        pytest.param((), (), "same", id="none"),
        pytest.param(("borough",), ("by boroughs",), "same", id="plural"),
        pytest.param(("gender",), ("sex",), "same", id="synonym"),
        pytest.param(("ethnic group",), ("ethnicity",), "same", id="ethnicity"),
        pytest.param(("type of weapon",), ("weapon type",), "same", id="word-order"),
        pytest.param(("rank",), ("rank", "borough"), "coarser", id="fewer"),
        pytest.param(("rank", "borough"), ("rank",), "finer", id="joint-from-margin"),
        pytest.param(("rank",), ("borough",), "other", id="disjoint"),
        pytest.param(("month",), ("year",), "finer", id="month-of-year"),
        pytest.param(("year",), ("month",), "coarser", id="year-of-months"),
        pytest.param(("month",), (), "finer", id="month-of-total"),
        pytest.param(("year",), (), "same", id="years-are-cells"),
        pytest.param(("ward",), ("borough",), "finer", id="ward-of-borough"),
    ],
)
def test_compare_axes(asked: tuple[str, ...], held: tuple[str, ...], result: str) -> None:
    """Breakdowns compare by inclusion and, for time and area, by fineness."""
    assert compare_axes(asked, held) == result


@pytest.mark.parametrize(
    ("asked", "held", "result"),
    [
        pytest.param((), (), "same", id="whole-area"),
        pytest.param(("Ashmere",), ("London Borough of Ashmere",), "same", id="long-name"),
        pytest.param(("Ashmere",), (), "inside", id="part-of-the-area"),
        pytest.param(("Ashmere",), ("Ashmere", "Pellam"), "inside", id="one-of-a-table"),
        pytest.param((), ("Ashmere",), "wider", id="whole-from-part"),
        pytest.param(("Ashmere", "Pellam"), ("Ashmere",), "wider", id="two-from-one"),
        pytest.param(("Ashmere",), ("Pellam",), "other", id="elsewhere"),
        pytest.param(("Pellam crossroads",), ("Pellam Park",), "unknown", id="shared-word"),
    ],
)
def test_compare_places(asked: tuple[str, ...], held: tuple[str, ...], result: str) -> None:
    """No place is the whole area; names that only share a word are left to the officer."""
    assert compare_places(asked, held) == result


WORDS = st.sampled_from(
    [
        "in",
        "the",
        "2019",
        "2021/22",
        "to",
        "and",
        "by",
        "rank",
        "broken",
        "down",
        "Ashmere",
        "May",
        "31",
        "1",
        "April",
        "last",
        "12",
        "months",
        "years",
        "since",
        "between",
        ",",
        ".",
        ";",
        "Q1",
        "FY",
        "each",
        "per",
        "borough",
        "13/04/24",
        "currently",
        "\n",
        "-",
        "£5",
        "as",
        "at",
        "of",
        "financial",
        "year",
        "before",
        "Act",
        "how",
        "many",
        "2000",
        "Dog",
        "Section",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)), st.none() | st.dates())
@example("thefts last year", dt.date.min)
@settings(max_examples=300, deadline=None)
def test_find_slots_never_raises(text: str, received: dt.date | None) -> None:
    """Any text and any day give slots whose cells run forwards and whose period holds them."""
    period = find_slots(text, received=received).period
    if period is not None:
        assert all(lo <= hi for lo, hi in period.parts)
        assert period.start is None or all(period.start <= lo for lo, _ in period.parts)
        assert period.end is None or all(hi <= period.end for _, hi in period.parts)


@given(st.lists(st.integers(2000, 2030), min_size=1, max_size=5, unique=True), st.booleans())
def test_a_period_covers_itself(years: list[int], additive: bool) -> None:
    """A period is the same as itself and misses none of its own cells."""
    period = year(*sorted(years))
    assert cover_period(period, period, additive=additive) == "same"
    assert missing_parts(period, period) == ()


@given(st.text(max_size=60))
def test_normalised_axis_stays(axis: str) -> None:
    """Two names of one axis compare the same in both directions, and every axis equals itself."""
    assert compare_axes((axis,), (axis,)) == "same"
    assert compare_axes((axis,), (normalise_axis(axis),)) in ("same", "other")


@pytest.mark.parametrize(
    "seed", ["in Aa, ", "A-", "a-", "2019-", "by rank, ", "last ", " ", "broken down by ", "1 May "]
)
def test_long_hostile_text_is_read_in_linear_time(seed: str) -> None:
    """Forty thousand characters of one repeated phrase are read within seconds."""
    started = time.perf_counter()
    find_slots((seed * 40_000)[:40_000], received=RECEIVED)
    assert time.perf_counter() - started < 15


def test_inherit_without_parents_changes_nothing() -> None:
    """A question without parents keeps its slots."""
    own = Slots(measure="arrests", breakdown=("rank",))
    assert inherit_slots(own) == own
