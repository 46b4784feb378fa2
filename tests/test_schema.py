"""The records: what they accept, what they refuse, and that provisions survive printing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.schema import (
    COUNTING_STATUSES,
    Disclosure,
    Match,
    Outcome,
    Precedent,
    Provision,
    Question,
    Regime,
    Relation,
    Route,
    Status,
    SuggestedPrecedent,
    Suggestion,
    Verdict,
)

MakePrecedent = Callable[..., Precedent]

provisions = st.builds(
    Provision,
    st.sampled_from(Regime),
    st.from_regex(r"[0-9]{1,3}[A-Z]?", fullmatch=True),
    st.lists(st.from_regex(r"[0-9A-Za-z]{1,5}", fullmatch=True), max_size=4).map(tuple),
)


@given(provisions)
def test_printing_and_parsing_a_provision_are_inverse(provision: Provision) -> None:
    """Whatever provision is printed parses to itself."""
    assert Provision.parse(str(provision)) == provision


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("s31", Provision(Regime.FOIA, "31"), id="bare section stays bare"),
        pytest.param("s31(1)(a)", Provision(Regime.FOIA, "31", ("1", "a")), id="limb"),
        # s.40(5B)(a)(i): a subsection with a letter, and a third level
        pytest.param("s40(5B)(a)(i)", Provision(Regime.FOIA, "40", ("5B", "a", "i")), id="lettered subsection"),
        # s.22A was put in by the Intellectual Property Act 2014: a section whose number ends in a letter
        pytest.param("s22A(1)", Provision(Regime.FOIA, "22A", ("1",)), id="lettered section"),
        # "foisa" ends in "s" and "a": neither may be taken for the prefix or the section
        pytest.param("foisa35(1)(a)", Provision(Regime.FOISA, "35", ("1", "a")), id="FOISA"),
        # "eisr" and "eir" share their start
        pytest.param("eir12(4)(b)", Provision(Regime.EIR, "12", ("4", "b")), id="EIR"),
        pytest.param("eisr10(4)(b)", Provision(Regime.EISR, "10", ("4", "b")), id="EISR"),
    ],
)
def test_a_printed_provision_is_read(text: str, expected: Provision) -> None:
    """The printed form of each regime is read down to the last limb."""
    assert Provision.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("31(1)(a)", id="no prefix"),
        pytest.param("S31", id="capital prefix"),
        pytest.param("s 31", id="blank after the prefix"),
        pytest.param("s31(1)(a", id="open bracket"),  # a lost bracket is mended by citations, never here
        pytest.param("s31()", id="empty limb"),
        pytest.param("s31(1)a", id="limb without bracket"),
        pytest.param("s1234", id="four digits"),  # the highest section of the Act is 88
        pytest.param("reg12(4)(b)", id="another word for the prefix"),
        pytest.param("s31(1)(a)\n", id="line end"),  # `$` would let it through, `fullmatch` does not
        pytest.param("s٣١", id="digits of another script"),  # `\d` takes them
    ],
)
def test_what_is_not_a_printed_provision_is_refused(text: str) -> None:
    """Anything but the printed form raises, naming the text and the form wanted."""
    with pytest.raises(ValueError, match=r"is not a provision; write it like s31\(1\)\(a\)"):
        Provision.parse(text)


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        pytest.param("s31", "s31(1)(a)", True, id="section and its limb"),
        pytest.param("s31(1)(a)", "s31(1)(a)", True, id="itself"),
        pytest.param("s31(1)(a)", "s31(1)", False, id="limb and its section"),
        pytest.param("s31(1)(a)", "s31(1)(b)", False, id="sibling limbs"),
        pytest.param("s3", "s31", False, id="numbers that start alike"),
        pytest.param("s35", "foisa35", False, id="same number, other Act"),
    ],
)
def test_a_provision_covers_itself_and_its_limbs(wide: str, narrow: str, *, covers: bool) -> None:
    """A provision covers what lies below it in its own Act and nothing else."""
    assert Provision.parse(wide).covers(Provision.parse(narrow)) is covers


def _suggestion(verdict: Verdict, precedent: Precedent | None, route: Route | None = None) -> Suggestion:
    found: tuple[SuggestedPrecedent, ...] = ()
    if precedent is not None:
        match = Match(precedent, 0.9, {"dense": 1})
        found = (SuggestedPrecedent(match, Relation.ALREADY_PUBLISHED, {}, precedent.answer),)
    return Suggestion(Question(1, None, 0, 3, "Why", "Why"), verdict, route, precedents=found)


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.NO_PRECEDENT])
def test_a_positive_verdict_without_a_match_cannot_be_built(verdict: Verdict) -> None:
    """Every verdict but `no_precedent` needs a precedent that supports it."""
    route = Route.CHECK if verdict is Verdict.ALREADY_DISCLOSED else None
    with pytest.raises(ValueError, match="0 supporting precedents"):
        _suggestion(verdict, None, route)


def test_no_precedent_with_a_match_cannot_be_built(make_precedent: MakePrecedent) -> None:
    """A suggestion that says there is no precedent holds none."""
    with pytest.raises(ValueError, match="1 supporting precedents"):
        _suggestion(Verdict.NO_PRECEDENT, make_precedent())


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.NO_PRECEDENT])
def test_a_route_belongs_to_already_disclosed_alone(verdict: Verdict, make_precedent: MakePrecedent) -> None:
    """`already_disclosed` must have a route; no other verdict may."""
    wrong = None if verdict is Verdict.ALREADY_DISCLOSED else Route.S21
    with pytest.raises(ValueError, match="with route"):
        _suggestion(verdict, make_precedent(), wrong)
    right = Route.S21 if verdict is Verdict.ALREADY_DISCLOSED else None
    assert _suggestion(verdict, make_precedent(), right).route is right


def test_a_record_cannot_be_changed(make_precedent: MakePrecedent) -> None:
    """Records are frozen: a stage cannot alter what another one was given."""
    precedent = make_precedent()
    with pytest.raises(AttributeError):
        precedent.status = Status.OVERTURNED  # type: ignore[misc]


def test_a_disclosure_survives_being_stored() -> None:
    """A record read back from its JSON form equals the one written, with dates, provisions and vocabularies."""
    disclosure = Disclosure(
        "FOI 1/24",
        "Fennmoor Council",
        (),
        Outcome.PARTLY,
        responded=dt.date(2024, 2, 29),
        published=None,
        mentioned=(Provision.parse("s40(5B)(a)(i)"), Provision.parse("eir12(4)(b)")),
        text="caf\u00e9\u2028\U0001f600",
    )
    assert msgspec.json.decode(msgspec.json.encode(disclosure), type=Disclosure) == disclosure


def test_only_standing_decisions_count() -> None:
    """What stands, was upheld or is unknown counts; what was varied, overturned, retracted or superseded never does."""
    assert set(Status) - COUNTING_STATUSES == {
        Status.VARIED,
        Status.OVERTURNED,
        Status.RETRACTED,
        Status.SUPERSEDED,
    }
