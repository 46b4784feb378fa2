"""Know what a provision does to the question it is applied to.

In: a provision. Out: its `Effect`, by the Acts and Regulations themselves: cost and vexatious requests under s.12 and
s.14 of either Act, information accessible elsewhere under s.21 (2000), s.25 (Scotland) and reg. 6(1)(b), publication
to come under s.22 and s.22A (2000) and s.27 (Scotland), information not held under reg. 12(4)(a) and, in Scotland,
reg. 10(4)(a); what lifts the duty to confirm or deny as the catalogue has it; every other exemption withholds.
"""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import Final

from triage.citations import entry_of, is_applicable
from triage.schema import Provision, Regime

__all__ = ["Effect", "effect_of"]


class Effect(StrEnum):
    """What applying a provision means for the information asked for."""

    COST = "cost"
    VEXATIOUS = "vexatious"
    ACCESSIBLE = "accessible"
    FUTURE = "future"
    NOT_HELD = "not_held"
    NCND = "ncnd"
    WITHHELD = "withheld"


_BY_PROVISION: Final = (
    (Provision(Regime.FOIA, "12"), Effect.COST),
    (Provision(Regime.FOISA, "12"), Effect.COST),
    (Provision(Regime.FOIA, "14"), Effect.VEXATIOUS),
    (Provision(Regime.FOISA, "14"), Effect.VEXATIOUS),
    (Provision(Regime.FOIA, "21"), Effect.ACCESSIBLE),
    (Provision(Regime.FOISA, "25"), Effect.ACCESSIBLE),
    (Provision(Regime.EIR, "6", ("1", "b")), Effect.ACCESSIBLE),
    (Provision(Regime.EISR, "6", ("1", "b")), Effect.ACCESSIBLE),
    (Provision(Regime.FOIA, "22"), Effect.FUTURE),
    (Provision(Regime.FOIA, "22A"), Effect.FUTURE),
    (Provision(Regime.FOISA, "27"), Effect.FUTURE),
    (Provision(Regime.FOISA, "17"), Effect.NOT_HELD),
    (Provision(Regime.EIR, "12", ("4", "a")), Effect.NOT_HELD),
    (Provision(Regime.EISR, "10", ("4", "a")), Effect.NOT_HELD),
)


@functools.lru_cache(maxsize=512)
def effect_of(provision: Provision) -> Effect | None:
    """Tell what a provision does where it is applied; `None` for a duty or a step of procedure, which decide nothing.

    >>> [effect_of(Provision.parse(p)) for p in ("s31(3)", "foisa25(1)", "s17(1)")]
    [<Effect.NCND: 'ncnd'>, <Effect.ACCESSIBLE: 'accessible'>, None]
    """
    entry = entry_of(provision)
    if entry is not None and entry.kind == "ncnd":
        return Effect.NCND
    for known, effect in _BY_PROVISION:
        if known.covers(provision):
            return effect
    return Effect.WITHHELD if is_applicable(provision) else None
