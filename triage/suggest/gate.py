"""Run the tests that stand before `already_disclosed`.

In: a precedent that covers the scope. Out: ten tests with state and reason, and the route they allow. Information that
is reasonably accessible otherwise is exempt under s.21 FOIA 2000; what was merely given to someone on request is not by
that alone (s.21(3)).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from triage.schema import Binding, GateState, GateTest, Outcome, Precedent, Route, Status, SuggestedPrecedent
from triage.suggest.relate import is_own
from triage.suggest.scope import COVERED

__all__ = ["find_route", "run_gate"]

_PASS, _FAIL, _UNKNOWN = GateState.PASS, GateState.FAIL, GateState.UNKNOWN
_MAY_FAIL: Final = frozenset({"published", "link_checked"})
"""Tests whose failure changes the route; any other one shuts the verdict out."""

_ATTACHED: Final = re.compile(r"\battach|\benclos|\bspreadsheet|\bappendix|\bannex", re.IGNORECASE)
_SHORT: Final = 60
"""Words up to which an answer that names an attachment is taken to hold nothing but that."""


def run_gate(found: SuggestedPrecedent, own_authority: str | None) -> tuple[GateTest, ...]:
    """Run the tests in the order in which they are shown."""
    precedent, fit = found.match.precedent, found.fit
    answers = (
        ("own_authority", _own(precedent, own_authority)),
        ("same_measure", _measure(fit)),
        ("scope_covered", _scope(fit)),
        ("breakdown_covered", _breakdown(precedent, fit)),
        ("published", _published(precedent)),
        ("link_given", _link(precedent)),
        ("link_checked", (_UNKNOWN, "open the address: nothing is looked up online here")),
        ("stands", _stands(precedent)),
        ("not_suppressed", _suppressed(precedent, fit)),
        ("binding_stated", _binding(precedent)),
    )
    return tuple(GateTest(name, state, why) for name, (state, why) in answers)


def find_route(gate: Sequence[GateTest]) -> Route | None:
    """Name the route that the tests allow; `None` where the verdict does not hold at all."""
    states = {test.test: test.state for test in gate}
    failed = {name for name, state in states.items() if state is _FAIL}
    if failed - _MAY_FAIL:
        return None
    if failed:
        return Route.SUPPLY_AGAIN
    return Route.S21 if all(state is _PASS for state in states.values()) else Route.CHECK


_Answer = tuple[GateState, str]


def _own(precedent: Precedent, own_authority: str | None) -> _Answer:
    own = is_own(precedent, own_authority)
    if own is None:
        return _UNKNOWN, "one's own authority, or that of the reply, is not named"
    return (_PASS if own else _FAIL), f"answered by {precedent.authority}"


def _measure(fit: dict[str, str]) -> _Answer:
    if fit["measure"] == "same":
        return _PASS, "asks for the same kind of thing"
    if fit["measure"] == "other":
        return _FAIL, "asks for another kind of thing"
    return _UNKNOWN, "compare the two questions: the kind of thing asked is not clear"


def _scope(fit: dict[str, str]) -> _Answer:
    if fit["place"] not in {"same", "inside", "covered", "unknown"} or fit["unit"] in {"other", "wider"}:
        return _FAIL, f"place: {fit['place']}; unit: {fit['unit']}"
    if fit["period"] in COVERED:
        state = _UNKNOWN if "unknown" in (fit["place"], fit["unit"]) else _PASS
        return state, "the period is covered" if state is _PASS else "the names of places or units only partly agree"
    if fit["period"] == "unknown":
        return _UNKNOWN, "no period to compare: check that what was given is still current"
    return _FAIL, f"period: {fit['period']}"


def _breakdown(precedent: Precedent, fit: dict[str, str]) -> _Answer:
    if fit["breakdown"] not in {"same", "coarser"}:
        return _FAIL, f"breakdown: {fit['breakdown']}"
    if _ATTACHED.search(precedent.answer) and len(precedent.answer.split()) <= _SHORT:
        return _UNKNOWN, "the answer is in an attachment that is not held here: look at what it gives"
    return _PASS, "in the detail asked for" if fit["breakdown"] == "same" else "in more detail than is asked"


def _published(precedent: Precedent) -> _Answer:
    if precedent.published is None:
        return _UNKNOWN, "nothing says whether it was published"
    return (_PASS, "on a published page or log") if precedent.published else (_FAIL, "sent to one requester only")


def _link(precedent: Precedent) -> _Answer:
    # A reply that points elsewhere is not itself the place; one that gave the information is, where it is published.
    if precedent.links or (precedent.url and precedent.outcome is Outcome.DISCLOSED):
        return _PASS, "an address is on record"
    return _UNKNOWN, "no address in the text of the reply"


def _stands(precedent: Precedent) -> _Answer:
    if precedent.status is Status.UNKNOWN:
        return _UNKNOWN, "nothing on record about its later life"
    counts = precedent.status in {Status.STANDS, Status.UPHELD}
    return (_PASS if counts else _FAIL), f"status: {precedent.status}"


def _suppressed(precedent: Precedent, fit: dict[str, str]) -> _Answer:
    if not precedent.suppressed:
        return _PASS, "no suppressed figure seen"
    state = _FAIL if fit["breakdown"] == "coarser" else _UNKNOWN
    return state, "some small numbers were suppressed"


def _binding(precedent: Precedent) -> _Answer:
    if precedent.binding is Binding.STATED:
        return _PASS, "the reply says which question this answers"
    if precedent.binding is Binding.INFERRED and precedent.is_review:
        # A notice that orders disclosure discloses nothing itself; what was then sent stands in another letter.
        return _FAIL, "a decision about another reply does not itself say what was given"
    if precedent.binding is Binding.INFERRED:
        return _UNKNOWN, "one decision for the whole letter"
    return _FAIL, "the reply does not say which question this answers"
