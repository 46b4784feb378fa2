"""Tell from what was named which provisions an officer would tick.

In: the provisions of one citation as printed. Out: the effective ones, the limbs that only explain them, and flags.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from triage.schema import Provision, Regime

__all__ = ["RENUMBERED", "Resolved", "resolve"]

RENUMBERED: Final = dt.date(2018, 5, 25)
"""When section 40 of the Freedom of Information Act 2000 was renumbered: Data Protection Act 2018, Schedule 19."""

# Subsections that state the conditions of an exemption, and the exemption they explain.
_CONDITIONS: Final = {
    (Regime.FOIA, "40"): (frozenset({"3", "3A", "3B", "4", "4A"}), ("2",)),
    (Regime.FOISA, "38"): (frozenset({"2", "2A", "2B", "3", "3A"}), ("1", "b")),
    (Regime.EIR, "13"): (frozenset({"2", "2A", "2B", "3", "3A"}), ("1",)),
    (Regime.EISR, "11"): (frozenset({"3", "3A", "3B", "4", "4A"}), ("2",)),
}
# Subsections that list purposes, each of them no exemption by itself.
_PURPOSES: Final = {(Regime.FOIA, "31"): "2", (Regime.FOISA, "35"): "2"}
# Provisions whose paragraphs must all be met, so that naming several names one.
_CUMULATIVE: Final = frozenset(
    {
        (Regime.FOIA, "22", ("1",)),
        (Regime.FOIA, "22A", ("1",)),
        (Regime.FOIA, "30", ("2",)),
        (Regime.FOIA, "41", ("1",)),
        (Regime.FOISA, "27", ("1",)),
        (Regime.FOISA, "36", ("2",)),
        (Regime.EIR, "12", ("5", "f")),
        (Regime.EISR, "10", ("5", "f")),
    }
)
_LEGACY: Final = frozenset({"3", "4", "5"})


class Resolved(NamedTuple):
    """What a citation comes to."""

    effective: tuple[Provision, ...]
    conditions: tuple[Provision, ...]
    flags: tuple[str, ...]


def resolve(
    literal: tuple[Provision, ...], *, present: frozenset[Provision], date: dt.date | None, own_data: bool
) -> Resolved:
    """Collapse what was named.

    Args:
        literal: The provisions as printed.
        present: Everything that the whole text names, coarser forms included, so that a condition finds its exemption
            in another sentence.
        date: Day of the reply, for the numbering of s.40.
        own_data: The sentence is about the requester's own data, which decides what a legacy s.40(5) stands for.
    """
    effective: dict[Provision, None] = {}
    conditions: dict[Provision, None] = {}
    flags: dict[str, None] = {}
    wholes = _cumulative(literal)
    for provision in literal:
        head = provision.limbs[:1]
        key = (provision.regime, provision.section)
        if key == (Regime.FOIA, "40") and head and head[0] in _LEGACY and (date is None or date >= RENUMBERED):
            flags["legacy-s40"] = None
        if key in _CONDITIONS and head and head[0] in _CONDITIONS[key][0]:
            conditions[provision] = None
            explained = Provision(*key, _CONDITIONS[key][1])
            if explained not in present:
                effective[explained] = None
                flags["condition-alone"] = None
        elif key in _PURPOSES and head == (_PURPOSES[key],):
            if Provision(*key, ("1",)) in present:
                conditions[provision] = None
            else:
                effective[provision] = None
                flags["purpose-alone"] = None
        else:
            effective[_effective(provision, wholes, date=date, own_data=own_data)] = None
    return Resolved(tuple(effective), tuple(conditions), tuple(flags))


def _cumulative(literal: tuple[Provision, ...]) -> dict[Provision, Provision]:
    """Map paragraphs that must all be met to the exemption they make up, where several of them are named."""
    branches: dict[Provision, dict[str, list[Provision]]] = {}
    for provision in literal:
        for depth in range(len(provision.limbs)):
            if (provision.regime, provision.section, provision.limbs[:depth]) in _CUMULATIVE:
                whole = Provision(provision.regime, provision.section, provision.limbs[:depth])
                branches.setdefault(whole, {}).setdefault(provision.limbs[depth], []).append(provision)
    return {p: whole for whole, named in branches.items() if len(named) > 1 for some in named.values() for p in some}


def _effective(
    provision: Provision, wholes: dict[Provision, Provision], *, date: dt.date | None, own_data: bool
) -> Provision:
    if (provision.regime, provision.section) == (Regime.FOIA, "40"):
        if provision.limbs[:1] == ("2",):
            return Provision(Regime.FOIA, "40", ("2",))
        if provision.limbs[:1] == ("5",):
            return Provision(Regime.FOIA, "40", _confirm_or_deny(provision.limbs, date=date, own_data=own_data))
    return wholes.get(provision, provision)


def _confirm_or_deny(limbs: tuple[str, ...], *, date: dt.date | None, own_data: bool) -> tuple[str, ...]:
    """Read s.40(5): (a) was the requester's own data, now (5A); (b)(i) that of others, now (5B)(a)(i)."""
    own = limbs[1] == "a" if len(limbs) > 1 else own_data
    if date is not None and date < RENUMBERED:
        return limbs if len(limbs) > 1 else ("5", "a") if own else ("5", "b", "i")
    return ("5A",) if own else ("5B", "a", "i")
