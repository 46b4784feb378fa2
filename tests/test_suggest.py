"""What past answers mean for a question: relations, verdicts, gate, and what never changes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.config import SuggestSettings
from triage.schema import (
    Binding,
    GateState,
    Match,
    Outcome,
    Period,
    Precedent,
    Provision,
    Question,
    Relation,
    Route,
    Slots,
    Status,
    Suggestion,
    Verdict,
)
from triage.suggest import relate, suggest
from triage.suggest.measure import find_families, is_quantity, same_measure

OWN = "Fennmoor Council"
TODAY = dt.date(2025, 3, 3)
SETTINGS = SuggestSettings()
BICYCLES = "How many bicycles were stolen?"
POLICY = "A copy of the allotment policy"


def years(*numbers: int) -> Period:
    """Build a period of whole calendar years."""
    parts = tuple((dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in numbers)
    return Period(parts[0][0], parts[-1][1], "those years", "calendar year", parts)


def month(year: int, number: int) -> Period:
    """Build a period of one month, up to its 28th day."""
    part = (dt.date(year, number, 1), dt.date(year, number, 28))
    return Period(*part, "that month", "month", (part,))


def day(year: int, number: int, of_month: int) -> Period:
    """Build a snapshot of one day."""
    date = dt.date(year, number, of_month)
    return Period(date, date, "that day", "snapshot", ((date, date),))


def ask(text: str = BICYCLES, *, kind: str = "count", **slots: Any) -> Question:  # noqa: ANN401 -- any slot
    """Build a new question; slots by name, additive unless said otherwise."""
    return Question(1, None, 0, len(text), text, text, kind=kind, slots=Slots(**{"additive": True} | slots))


def held(
    text: str = BICYCLES,
    *,
    key: str = "R/1#1",
    provisions: str = "",
    slots: dict[str, Any] | None = None,
    **fields: Any,  # noqa: ANN401 -- any field
) -> Precedent:
    """Build a precedent of one's own authority that gave what was asked."""
    values: dict[str, Any] = {
        "id": key,
        "reference": key.partition("#")[0],
        "label": "1",
        "authority": OWN,
        "question": text,
        "standalone": text,
        "answer": "There were 41.",
        "outcome": Outcome.DISCLOSED,
        "provisions": tuple(map(Provision.parse, provisions.split())),
        "binding": Binding.STATED,
        "status": Status.STANDS,
        "published": True,
        "url": "https://fennmoor.example/1",
        "responded": dt.date(2023, 5, 1),
        "slots": Slots(**{"additive": True} | (slots or {})),
    }
    return Precedent(**values | fields)


def match(precedent: Precedent, similarity: float = 0.9) -> Match:
    """Build a match that both retrievers have first."""
    return Match(precedent, similarity, {"dense": 1, "lexical": 1})


def decide(question: Question, *precedents: Precedent, today: dt.date | None = TODAY) -> Suggestion:
    """Ask with equally similar precedents."""
    return suggest(question, [match(each) for each in precedents], settings=SETTINGS, own_authority=OWN, today=today)


REFUSED: dict[str, Any] = {"outcome": Outcome.REFUSED, "provisions": "s31(1)(a)"}
COST: dict[str, Any] = {"outcome": Outcome.REFUSED, "provisions": "s12(1)"}
Y21, Y22, BOTH = years(2021), years(2022), years(2021, 2022)

RELATIONS: list[Any] = [
    ("same-published", {"period": Y22}, {"slots": {"period": Y22}}, "PUBLISHED_CHECK_LINK"),
    ("link-never-checked", {"period": Y22}, {"slots": {"period": Y22}, "published": None}, "PUBLISHED_CHECK_LINK"),
    ("never-published", {"period": Y22}, {"slots": {"period": Y22}, "published": False}, "DISCLOSED_NOT_PUBLISHED"),
    ("one-of-several-years", {"period": Y22}, {"slots": {"period": BOTH}}, "PUBLISHED_CHECK_LINK"),
    ("some-years", {"period": BOTH}, {"slots": {"period": Y22}}, "PARTLY_COVERED"),
    ("next-year", {"period": Y22}, {"slots": {"period": Y21}}, "SAME_ASK_OTHER_PERIOD"),
    ("month-of-year", {"period": month(2022, 2)}, {"slots": {"period": Y22}}, "SAME_ASK_OTHER_PERIOD"),
    (
        "month-of-table",
        {"period": month(2022, 2)},
        {"slots": {"period": Y22, "breakdown": ("month",)}},
        "PUBLISHED_CHECK_LINK",
    ),
    ("count-without-period", {}, {}, "SAME_ASK_OTHER_PERIOD"),
    ("same-day", {"period": day(2022, 3, 31)}, {"slots": {"period": day(2022, 3, 31)}}, "PUBLISHED_CHECK_LINK"),
    ("other-day", {"period": day(2023, 3, 31)}, {"slots": {"period": day(2022, 3, 31)}}, "SAME_ASK_OTHER_PERIOD"),
    ("coarser", {"period": Y22}, {"slots": {"period": Y22, "breakdown": ("ward",)}}, "PUBLISHED_CHECK_LINK"),
    (
        "coarser-suppressed",
        {"period": Y22},
        {"slots": {"period": Y22, "breakdown": ("ward",)}, "suppressed": True},
        "COVERED_BUT_SUPPRESSED",
    ),
    ("finer", {"period": Y22, "breakdown": ("ward",)}, {"slots": {"period": Y22}}, "FINER_THAN_DISCLOSED"),
    (
        "joint-from-margin",
        {"period": Y22, "breakdown": ("rank", "ward")},
        {"slots": {"period": Y22, "breakdown": ("rank",)}},
        "FINER_THAN_DISCLOSED",
    ),
    (
        "other-place",
        {"period": Y22, "places": ("Ashmere",)},
        {"slots": {"period": Y22, "places": ("Pellam",)}},
        "SAME_ASK_OTHER_PLACE",
    ),
    ("wider-place", {"period": Y22}, {"slots": {"period": Y22, "places": ("Pellam",)}}, "SAME_ASK_OTHER_PLACE"),
    ("inner-place", {"period": Y22, "places": ("Ashmere",)}, {"slots": {"period": Y22}}, "FINER_THAN_DISCLOSED"),
    (
        "place-in-table",
        {"period": Y22, "places": ("Ashmere",)},
        {"slots": {"period": Y22, "breakdown": ("ward",)}},
        "PUBLISHED_CHECK_LINK",
    ),
    ("withheld-same", {"period": Y22}, REFUSED | {"slots": {"period": Y22}}, "WITHHELD_SAME_OR_FINER"),
    (
        "withheld-partly",
        {"period": Y22},
        {"outcome": Outcome.PARTLY, "slots": {"period": Y22}},
        "WITHHELD_SAME_OR_FINER",
    ),
    (
        "withheld-asked-finer",
        {"period": Y22, "breakdown": ("ward",)},
        REFUSED | {"slots": {"period": Y22}},
        "WITHHELD_SAME_OR_FINER",
    ),
    (
        "withheld-finer",
        {"period": Y22},
        REFUSED | {"slots": {"period": Y22, "breakdown": ("ward",)}},
        "WITHHELD_AT_FINER_LEVEL_ONLY",
    ),
    ("withheld-other-period", {"period": Y22}, REFUSED | {"slots": {"period": Y21}}, "WITHHELD_OTHER_PERIOD"),
    (
        "withheld-other-place",
        {"period": Y22, "places": ("Ashmere",)},
        REFUSED | {"slots": {"period": Y22, "places": ("Pellam",)}},
        "WITHHELD_OTHER_PLACE",
    ),
    ("cost-same", {"period": Y22}, COST | {"slots": {"period": Y22}}, "COST_SAME_OR_WIDER"),
    ("cost-wider", {"period": BOTH}, COST | {"slots": {"period": Y22}}, "COST_SAME_OR_WIDER"),
    ("cost-fewer-years", {"period": Y22}, COST | {"slots": {"period": BOTH}}, "COST_NARROWER_TRY"),
    (
        "cost-fewer-axes",
        {"period": Y22},
        COST | {"slots": {"period": Y22, "breakdown": ("street",)}},
        "COST_NARROWER_TRY",
    ),
    ("cost-one-place", {"period": Y22, "places": ("Ashmere",)}, COST | {"slots": {"period": Y22}}, "COST_NARROWER_TRY"),
    ("not-held", {"period": Y22}, {"outcome": Outcome.NOT_HELD, "slots": {"period": Y22}}, "NOT_HELD_BEFORE"),
    (
        "not-held-other-year",
        {"period": Y22},
        {"outcome": Outcome.NOT_HELD, "slots": {"period": Y21}},
        "NOT_HELD_OTHER_PERIOD",
    ),
    ("ncnd-any-period", {"period": Y22}, {"outcome": Outcome.NCND, "slots": {"period": Y21}}, "NCND_CONSISTENCY"),
    ("unbound", {"period": Y22}, {"slots": {"period": Y22}, "binding": Binding.UNKNOWN}, "OUTCOME_NOT_STATED_FOR_ITEM"),
    ("vexatious", {"period": Y22}, {"outcome": Outcome.REFUSED, "provisions": "s14(1)"}, "RELATED_NO_DECISION"),
    ("acknowledged", {"period": Y22}, {"outcome": Outcome.NO_DECISION}, "RELATED_NO_DECISION"),
    ("clarification", {"period": Y22}, {"outcome": Outcome.CLARIFICATION}, "RELATED_NO_DECISION"),
    (
        "other-authority",
        {"period": Y22},
        {"slots": {"period": Y22}, "authority": "Wexholt Council"},
        "RELATED_OTHER_AUTHORITY",
    ),
    ("own-authority-unnamed", {"period": Y22}, {"slots": {"period": Y22}, "authority": ""}, "PUBLISHED_CHECK_LINK"),
    (
        "promise-open",
        {"period": Y22},
        {"outcome": Outcome.FUTURE_PUBLICATION, "slots": {"period": Y22}, "publication_date": dt.date(2025, 3, 4)},
        "WITHHELD_SAME_OR_FINER",
    ),
    (
        "promise-passed",
        {"period": Y22},
        {"outcome": Outcome.FUTURE_PUBLICATION, "slots": {"period": Y22}, "publication_date": dt.date(2025, 3, 2)},
        "RELATED_PUBLICATION_DATE_PASSED",
    ),
    (
        "promise-passed-in-words",
        {"period": Y22},
        {
            "outcome": Outcome.FUTURE_PUBLICATION,
            "slots": {"period": Y22},
            "answer": "It goes on our site on 30 June 2024.",
        },
        "RELATED_PUBLICATION_DATE_PASSED",
    ),
]


@pytest.mark.parametrize(("asked", "fields", "expected"), [pytest.param(*row[1:], id=row[0]) for row in RELATIONS])
def test_relation_follows_outcome_and_scope(asked: dict[str, Any], fields: dict[str, Any], expected: str) -> None:
    """The relation of the same question follows from what was decided and how the scopes fit."""
    found = relate(ask(**asked), match(held(**fields)), settings=SETTINGS, own_authority=OWN, today=TODAY)
    assert found.relation == expected
    assert found.why


@pytest.mark.parametrize("status", [Status.VARIED, Status.OVERTURNED, Status.RETRACTED, Status.SUPERSEDED])
def test_what_no_longer_stands_is_shown_and_supports_nothing(status: Status) -> None:
    """A decision that was changed later is considered with the reason, and the verdict is no precedent."""
    found = decide(ask(period=Y22), held(slots={"period": Y22}, status=status))
    assert found.verdict is Verdict.NO_PRECEDENT
    assert [each.relation for each in found.considered] == [Relation.RELATED_NO_LONGER_STANDS]


VERDICTS: list[Any] = [
    ("given", {"period": Y22}, {"slots": {"period": Y22}}, Verdict.ALREADY_DISCLOSED, ""),
    (
        "pointed-to",
        {"period": Y22},
        {"outcome": Outcome.ALREADY_ACCESSIBLE, "slots": {"period": Y22}},
        Verdict.ALREADY_DISCLOSED,
        "",
    ),
    ("other-year", {"period": Y22}, {"slots": {"period": Y21}}, Verdict.DISCLOSED_BEFORE, ""),
    ("withheld", {"period": Y22}, REFUSED | {"slots": {"period": Y22}}, Verdict.EXEMPTION_PRECEDENT, "s31(1)(a)"),
    (
        "ncnd",
        {"period": Y22},
        {"outcome": Outcome.NCND, "provisions": "s40(5B)(a)(i)"},
        Verdict.EXEMPTION_PRECEDENT,
        "s40(5B)(a)(i)",
    ),
    ("not-held", {"period": Y22}, {"outcome": Outcome.NOT_HELD}, Verdict.NOT_HELD_PRECEDENT, ""),
    ("cost", {"period": Y22}, COST | {"slots": {"period": Y22}}, Verdict.COST_PRECEDENT, "s12(1)"),
    ("cost-narrower", {"period": Y22}, COST | {"slots": {"period": BOTH}}, Verdict.NO_PRECEDENT, ""),
    (
        "only-finer-withheld",
        {"period": Y22},
        REFUSED | {"slots": {"period": Y22, "breakdown": ("ward",)}},
        Verdict.NO_PRECEDENT,
        "",
    ),
]


@pytest.mark.parametrize(
    ("asked", "fields", "verdict", "provisions"), [pytest.param(*row[1:], id=row[0]) for row in VERDICTS]
)
def test_verdict_follows_the_relation(
    asked: dict[str, Any], fields: dict[str, Any], verdict: Verdict, provisions: str
) -> None:
    """One precedent gives the verdict of its relation, and provisions only where it withheld or refused for cost."""
    found = decide(ask(**asked), held(**fields))
    assert (found.verdict, " ".join(map(str, found.provisions))) == (verdict, provisions)
    assert found.checklist


def test_document_without_a_period_is_to_be_checked() -> None:
    """A policy given once without a period is already disclosed, with the scope unknown and the route `check`."""
    found = decide(ask(POLICY, kind="policy"), held(POLICY))
    states = {test.test: test.state for test in found.gate}
    assert (found.verdict, found.route) == (Verdict.ALREADY_DISCLOSED, Route.CHECK)
    assert states["scope_covered"] is GateState.UNKNOWN


def test_words_decide_where_the_kind_is_wrong() -> None:
    """A policy that was taken for a count is still a record without a period."""
    assert decide(ask(POLICY, kind="count"), held(POLICY)).verdict is Verdict.ALREADY_DISCLOSED


def test_year_that_was_not_read_as_a_period_still_counts() -> None:
    """A document of a year that the precedent never names is not the same document."""
    found = decide(ask("Minutes of the drainage board, 2019", kind="document"), held("Minutes of the drainage board"))
    assert found.verdict is Verdict.DISCLOSED_BEFORE


def test_promise_whose_date_passed_is_flagged() -> None:
    """Publication promised for a past date gives no precedent and a line in the checklist."""
    passed = held(outcome=Outcome.FUTURE_PUBLICATION, publication_date=dt.date(2024, 1, 1), slots={"period": Y22})
    found = decide(ask(period=Y22), passed)
    assert found.verdict is Verdict.NO_PRECEDENT
    assert any("date has passed" in step for step in found.checklist)


GATE: list[Any] = [
    ("own", {}, "own_authority", "pass"),
    ("unnamed", {"authority": ""}, "own_authority", "unknown"),
    ("published", {}, "published", "pass"),
    ("unpublished", {"published": False}, "published", "fail"),
    ("publication-unknown", {"published": None}, "published", "unknown"),
    ("link", {}, "link_given", "pass"),
    ("no-link", {"url": None}, "link_given", "unknown"),
    ("page-that-points-elsewhere", {"outcome": Outcome.ALREADY_ACCESSIBLE}, "link_given", "unknown"),
    ("never-checked", {}, "link_checked", "unknown"),
    ("stands", {}, "stands", "pass"),
    ("later-life-unknown", {"status": Status.UNKNOWN}, "stands", "unknown"),
    ("suppressed", {"suppressed": True}, "not_suppressed", "unknown"),
    ("stated", {}, "binding_stated", "pass"),
    ("inferred", {"binding": Binding.INFERRED}, "binding_stated", "unknown"),
    ("in-the-reply", {}, "breakdown_covered", "pass"),
    ("attached", {"answer": "Please see the attached spreadsheet."}, "breakdown_covered", "unknown"),
]


@pytest.mark.parametrize(("fields", "test", "state"), [pytest.param(*row[1:], id=row[0]) for row in GATE])
def test_gate_states(fields: dict[str, Any], test: str, state: str) -> None:
    """Each gate test passes, fails or stays unknown by what is on record, with a reason."""
    found = decide(ask(period=Y22), held(slots={"period": Y22}, **fields))
    result = next(each for each in found.gate if each.test == test)
    assert (result.state, bool(result.why)) == (state, True)


def test_a_decision_about_another_reply_discloses_nothing_itself() -> None:
    """A notice that orders disclosure is not where anything was disclosed; a reply of one decision may be."""
    slots = {"period": Y22}
    notice = decide(ask(period=Y22), held(slots=slots, binding=Binding.INFERRED, is_review=True))
    reply = decide(ask(period=Y22), held(slots=slots, binding=Binding.INFERRED))
    assert notice.verdict is not Verdict.ALREADY_DISCLOSED
    assert reply.verdict is Verdict.ALREADY_DISCLOSED


@pytest.mark.parametrize(
    ("asked", "held_back"),
    [
        ("How many days were lost to sickness?", True),
        ("How many days were lost through stress?", False),
    ],
)
def test_a_count_of_one_cause_is_not_the_count_of_all(asked: str, held_back: bool) -> None:
    """What was lost through stress does not answer what was lost, until stress is what is asked for."""
    found = decide(ask(asked, period=Y22), held("How many days were lost through stress?", slots={"period": Y22}))
    assert (found.verdict is Verdict.ALREADY_DISCLOSED) is not held_back


def test_gate_runs_in_the_order_shown() -> None:
    """The ten tests come in their fixed order."""
    found = decide(ask(period=Y22), held(slots={"period": Y22}))
    names = "own_authority same_measure scope_covered breakdown_covered published link_given link_checked stands"
    assert [test.test for test in found.gate] == [*names.split(), "not_suppressed", "binding_stated"]


@pytest.mark.parametrize(
    ("published", "route"), [(True, Route.CHECK), (None, Route.CHECK), (False, Route.SUPPLY_AGAIN)]
)
def test_route_of_what_was_given(published: bool | None, route: Route) -> None:
    """What was never published is supplied again; a link that was never opened is to be checked."""
    assert decide(ask(period=Y22), held(slots={"period": Y22}, published=published)).route is route


def test_parts_of_several_replies_cover_the_period_together() -> None:
    """Two replies that gave one year each cover both years."""
    found = decide(ask(period=BOTH), held(key="R/1#1", slots={"period": Y21}), held(key="R/2#1", slots={"period": Y22}))
    assert found.verdict is Verdict.ALREADY_DISCLOSED
    assert {each.match.precedent.id for each in found.precedents} == {"R/1#1", "R/2#1"}


def test_parts_with_a_gap_do_not_cover_the_period() -> None:
    """Two replies that leave a year out cover only part."""
    found = decide(
        ask(period=years(2020, 2021, 2022)),
        held(key="R/1#1", slots={"period": years(2020)}),
        held(key="R/2#1", slots={"period": Y22}),
    )
    assert found.verdict is Verdict.DISCLOSED_BEFORE


CONFLICTS: list[Any] = [
    ("same-scope", {"slots": {"period": Y22}}, {"slots": {"period": Y22}}, True),
    ("partly-withheld", {"slots": {"period": Y22}}, {"slots": {"period": Y22}, "outcome": Outcome.PARTLY}, True),
    ("overlapping-years", {"slots": {"period": Y22}}, {"slots": {"period": BOTH}}, True),
    ("given-finer", {"slots": {"period": Y22, "breakdown": ("ward",)}}, {"slots": {"period": Y22}}, True),
    ("withheld-finer", {"slots": {"period": Y22}}, {"slots": {"period": Y22, "breakdown": ("ward",)}}, False),
    ("other-years", {"slots": {"period": Y22}}, {"slots": {"period": Y21}}, False),
    ("other-places", {"slots": {"period": Y22}}, {"slots": {"period": Y22, "places": ("Pellam",)}}, False),
    ("other-authority", {"slots": {"period": Y22}}, {"slots": {"period": Y22}, "authority": "Wexholt Council"}, False),
    ("overturned", {"slots": {"period": Y22}}, {"slots": {"period": Y22}, "status": Status.OVERTURNED}, False),
    ("one-letter", {"slots": {"period": Y22}}, {"slots": {"period": Y22}, "key": "R/1#2"}, False),
    ("other-question", {"slots": {"period": Y22}}, {"slots": {"period": Y22}, "text": "How many boats sank?"}, False),
]


@pytest.mark.parametrize(("one", "other", "clash"), [pytest.param(*row[1:], id=row[0]) for row in CONFLICTS])
def test_conflict_needs_one_question_and_shared_scope(one: dict[str, Any], other: dict[str, Any], clash: bool) -> None:
    """Own precedents conflict where one gave and one withheld scope that they share, and nowhere else."""
    given_reply, withheld = held(key="R/1#1", **one), held(**{"key": "R/2#1"} | REFUSED | other)
    found = decide(ask(period=Y22), given_reply, withheld)
    assert (found.verdict is Verdict.CONFLICTING) is clash
    if clash:
        assert {each.match.precedent.id for each in found.precedents} == {"R/1#1", "R/2#1"}
        assert found.provisions == withheld.provisions


def test_conflict_puts_a_review_before_a_later_reply() -> None:
    """Rank wins over date in the order of the two sides, and decides nothing else."""
    review = held(key="R/1#1", slots={"period": Y22}, is_review=True, responded=dt.date(2023, 1, 1))
    reply = held(key="R/2#1", slots={"period": Y22}, responded=dt.date(2024, 1, 1), **REFUSED)
    found = decide(ask(period=Y22), reply, review)
    assert [each.match.precedent.id for each in found.precedents] == ["R/1#1", "R/2#1"]


def test_ncnd_wins_over_a_disclosure() -> None:
    """Where the like was neither confirmed nor denied, that comes first and the disclosure stands against it."""
    denied = held(key="R/2#1", outcome=Outcome.NCND, provisions="s31(3)", slots={"period": Y22})
    found = decide(ask(period=Y22), held(slots={"period": Y22}), denied)
    assert (found.verdict, [str(p) for p in found.provisions]) == (Verdict.EXEMPTION_PRECEDENT, ["s31(3)"])
    assert [each.match.precedent.id for each in found.against] == ["R/1#1"]


def test_near_miss_lends_no_provisions() -> None:
    """Provisions come from refusals of this question, not from an equally close one of another in the same letter."""
    other = held(
        "How many bicycles were found?",
        key="R/1#2",
        outcome=Outcome.REFUSED,
        provisions="s40(2)",
        slots={"period": Y22},
    )
    found = decide(ask(period=Y22), held(slots={"period": Y22}, **REFUSED), other)
    assert [str(p) for p in found.provisions] == ["s31(1)(a)"]
    assert [each.match.precedent.id for each in found.considered] == ["R/1#2"]


def test_refusal_of_another_year_stands_against_a_disclosure() -> None:
    """A reply to the same question that decided otherwise, on scope not shared, is shown against the verdict."""
    withheld = held(key="R/2#1", slots={"period": Y21}, **REFUSED)
    found = decide(ask(period=Y22), held(slots={"period": Y22}), withheld)
    assert found.verdict is Verdict.ALREADY_DISCLOSED
    assert [each.match.precedent.id for each in found.precedents] == ["R/1#1"]
    assert [each.match.precedent.id for each in found.against] == ["R/2#1"]


def test_other_measures_do_not_conflict() -> None:
    """A cost given and a count withheld do not disagree, though the question fits either."""
    given_reply = held("What the stolen bicycles cost", slots={"period": Y22})
    withheld = held("How many bicycles were stolen", key="R/2#1", slots={"period": Y22}, **REFUSED)
    found = decide(ask("Stolen bicycles", period=Y22), given_reply, withheld)
    assert found.verdict is not Verdict.CONFLICTING


def test_places_that_differ_do_not_conflict() -> None:
    """What was given for one place and withheld for another does not disagree on a third."""
    given_reply = held(slots={"period": Y22, "places": ("Pellam",)})
    withheld = held(key="R/2#1", slots={"period": Y22, "places": ("Ashmere",)}, **REFUSED)
    found = decide(ask(period=Y22, places=("Wexby",)), given_reply, withheld)
    assert found.verdict is not Verdict.CONFLICTING


def test_unsure_match_is_not_called_disclosed() -> None:
    """Evidence that would do for a refusal does not do for `already_disclosed`."""
    text = "How many two wheelers went missing?"
    for fields, verdict in ((REFUSED, Verdict.EXEMPTION_PRECEDENT), ({}, Verdict.NO_PRECEDENT)):
        weak = Match(held(slots={"period": Y22}, **fields), 0.3, {"dense": 4})
        found = suggest(ask(text, period=Y22), [weak], settings=SETTINGS, own_authority=OWN, today=TODAY)
        assert found.verdict is verdict


def test_confidence_rises_with_similarity() -> None:
    """A closer match gives more confidence."""
    precedent = held(slots={"period": Y22}, **REFUSED)
    found = [
        suggest(ask(period=Y22), [match(precedent, similarity)], settings=SETTINGS, own_authority=OWN, today=TODAY)
        for similarity in (0.3, 0.5, 0.7)
    ]
    assert found[0].confidence < found[1].confidence < found[2].confidence


def test_rival_question_lowers_confidence() -> None:
    """A second question that is almost as similar takes confidence away."""
    precedent = match(held(slots={"period": Y22}, **REFUSED), 0.6)
    rival = match(held("How many boats sank?", key="R/3#1"), 0.55)
    alone, beside = (
        suggest(ask(period=Y22), matches, settings=SETTINGS, own_authority=OWN, today=TODAY).confidence
        for matches in ([precedent], [precedent, rival])
    )
    assert beside < alone


MEASURES: list[Any] = [
    ("count", "How many boats?", "Number of boats sunk", True),
    ("count-money", "How many boats?", "What the boats cost", False),
    ("count-document", "How many boats?", "A copy of the boat policy", False),
    ("place-count", "Where are the boats kept?", "How many boats are there?", False),
    ("document-alone", "Boats", "A copy of the boat policy", None),
    ("wish-at-the-end", "How many boats?", "All the boats sunk in the harbour and how long each took", None),
    ("plates", "How many cars?", "The number plates of the cars", None),
    ("registrations", "How many cars?", "The registration numbers of the cars", None),
]


@pytest.mark.parametrize(("one", "other", "same"), [pytest.param(*row[1:], id=row[0]) for row in MEASURES])
def test_same_measure(one: str, other: str, same: bool | None) -> None:
    """The kind of thing asked is the same, another, or not told; either way round."""
    assert same_measure(one, other) is same
    assert same_measure(other, one) is same


def test_other_measure_is_context_only() -> None:
    """A sum of money is no precedent for a count of the same things."""
    found = decide(ask(period=Y22), held("How much did the stolen bicycles cost?", slots={"period": Y22}))
    assert found.verdict is Verdict.NO_PRECEDENT
    assert [each.relation for each in found.considered] == [Relation.RELATED_DIFFERENT_MEASURE]


@given(st.text())
def test_measures_of_any_text(text: str) -> None:
    """Any text can be looked at, and a text with a measure never differs from itself."""
    assert same_measure(text, text) is (True if find_families(text) else None)
    assert is_quantity(text) <= bool(find_families(text))


TEXTS = [
    BICYCLES,
    "How many bicycles were stolen or lost?",
    "The cost of stolen bicycles",
    POLICY,
    "How many boats sank?",
]
PERIODS = st.sampled_from([None, Y21, Y22, BOTH, day(2022, 3, 31)])
SLOTS = st.fixed_dictionaries(
    {
        "period": PERIODS,
        "breakdown": st.sampled_from([(), ("ward",), ("ward", "month")]),
        "places": st.sampled_from([(), ("Ashmere",), ("Pellam",)]),
    }
)
PRECEDENTS = st.builds(
    held,
    st.sampled_from(TEXTS),
    provisions=st.sampled_from(["", "s31(1)(a)", "s12(1)", "s14(1)"]),
    slots=SLOTS,
    authority=st.sampled_from([OWN, OWN, "", "Wexholt Council"]),
    outcome=st.sampled_from(list(Outcome)),
    binding=st.sampled_from(list(Binding)),
    status=st.sampled_from(list(Status)),
    published=st.sampled_from([True, False, None]),
    suppressed=st.sampled_from([True, False, None]),
    publication_date=st.sampled_from([None, dt.date(2024, 1, 1), dt.date(2026, 1, 1)]),
    responded=st.sampled_from([None, dt.date(2021, 1, 1), dt.date(2024, 1, 1)]),
)


@st.composite
def matches_of(draw: st.DrawFn) -> list[Match]:
    """Draw matches with ids of their own."""
    found = []
    for number, precedent in enumerate(draw(st.lists(PRECEDENTS, max_size=5))):
        fields = {name: getattr(precedent, name) for name in precedent.__struct_fields__}
        renamed = Precedent(**fields | {"id": f"R/{number}#1", "reference": f"R/{number}"})
        similarity = draw(st.sampled_from([0.1, 0.3, 0.45, 0.6, 0.6, 0.9]))
        found.append(Match(renamed, similarity, {"dense": draw(st.integers(1, 9))}))
    return found


QUESTIONS = st.builds(lambda text, slots: ask(text, **slots), st.sampled_from(TEXTS), SLOTS)


def _suggest(question: Question, matches: list[Match]) -> Suggestion:
    return suggest(question, matches, settings=SETTINGS, own_authority=OWN, today=TODAY)


@settings(max_examples=300)
@given(QUESTIONS, matches_of())
def test_already_disclosed_never_fails_its_gate(question: Question, matches: list[Match]) -> None:
    """`already_disclosed` has no failed test but publication or the link, and only own, standing, bound precedents."""
    found = _suggest(question, matches)
    failed = {test.test for test in found.gate if test.state is GateState.FAIL}
    assert failed <= {"published", "link_checked"}
    assert bool(found.gate) is (found.verdict is Verdict.ALREADY_DISCLOSED)
    for each in (*found.precedents, *found.against):
        precedent = each.match.precedent
        assert precedent.authority in {OWN, ""}
        assert precedent.binding is not Binding.UNKNOWN
        assert precedent.status in {Status.STANDS, Status.UPHELD, Status.UNKNOWN}


@settings(max_examples=300)
@given(QUESTIONS, matches_of())
def test_every_precedent_stands_in_one_place(question: Question, matches: list[Match]) -> None:
    """No precedent is shown twice, and none supports `no_precedent`."""
    found = _suggest(question, matches)
    ids = [each.match.precedent.id for each in (*found.precedents, *found.against, *found.considered)]
    assert len(ids) == len(set(ids))
    assert (found.verdict is Verdict.NO_PRECEDENT) is (not found.precedents)
    assert 0 <= found.confidence <= 1


@settings(max_examples=300)
@given(QUESTIONS, matches_of(), PRECEDENTS)
def test_unrelated_match_changes_nothing(question: Question, matches: list[Match], stray: Precedent) -> None:
    """A match below the floor changes neither the verdict nor what is shown."""
    below = Match(stray, SETTINGS.floor - 0.01, {"dense": 1})
    fields = {name: getattr(stray, name) for name in stray.__struct_fields__} | {"id": "R/stray#1"}
    below = Match(Precedent(**fields), below.similarity, below.ranks)
    assert _suggest(question, [*matches, below]) == _suggest(question, matches)


@settings(max_examples=300)
@given(QUESTIONS, matches_of().flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_order_of_matches_does_not_matter(question: Question, both: tuple[list[Match], list[Match]]) -> None:
    """The matches may come in any order, ties included."""
    assert _suggest(question, both[0]) == _suggest(question, both[1])
