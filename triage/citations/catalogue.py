"""The project's catalogue of provisions.

In: `triage/data/provisions.json`. Out: `CatalogueEntry` records by printed provision, and titles for any provision.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from importlib import resources
from typing import Final

import msgspec

from triage.schema import Provision, Regime

__all__ = ["APPLICABLE_KINDS", "CatalogueEntry", "entry_of", "is_section_known", "load_catalogue", "title_of"]

APPLICABLE_KINDS: Final = frozenset({"exemption", "exception", "bar", "ncnd", "condition", "purpose", "not_held"})
"""Kinds that a reply can apply to a question; every other kind is a duty, a power or a step of procedure."""


class CatalogueEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one provision.

    `id` is the printed form. `kind` is one of exemption, exception (of the Regulations), bar, ncnd, condition, purpose,
    duty, power, notice, review, appeal, interpretation, code, certificate, regulator, offence. In
    `absolute_or_qualified` the word `depends`, and in the two tests `None`, mean that the limb relied on decides.
    `verified` says where the row was read: `legislation`, the regulator's `guidance`, a `secondary` source, or
    `background` (not read: check before relying on it). `check` names a point still open.
    """

    id: str
    title: str
    kind: str
    absolute_or_qualified: str | None
    basis: str | None
    public_interest_test: bool | None
    harm_test: bool | None
    ncnd_limb: str | None
    source: str
    verified: str
    note: str = ""
    check: str = ""


@functools.cache
def load_catalogue() -> Mapping[str, CatalogueEntry]:
    """Load the catalogue, keyed by printed provision.

    >>> load_catalogue()["s31(3)"].kind
    'ncnd'
    """
    raw = resources.files("triage").joinpath("data", "provisions.json").read_bytes()
    rows = msgspec.json.decode(raw, type=list[CatalogueEntry])
    return types.MappingProxyType({row.id: row for row in rows})


@functools.cache
def _known_sections() -> frozenset[tuple[Regime, str]]:
    return frozenset((p.regime, p.section) for p in map(Provision.parse, load_catalogue()))


def is_section_known(regime: Regime, section: str) -> bool:
    """Tell whether the catalogue holds this section or regulation, or a limb of it."""
    return (regime, section) in _known_sections()


def entry_of(provision: Provision) -> CatalogueEntry | None:
    """Return the entry of a provision, or of the nearest coarser one that has an entry.

    >>> entry_of(Provision.parse("s38(1)(a)(i)")).id
    's38(1)(a)'
    """
    catalogue = load_catalogue()
    for depth in range(len(provision.limbs), -1, -1):
        coarser = Provision(provision.regime, provision.section, provision.limbs[:depth])
        if (entry := catalogue.get(str(coarser))) is not None:
            return entry
    return None


def title_of(provision: Provision) -> str:
    """Return the title of a provision, or of the nearest coarser one; empty where none is known.

    >>> title_of(Provision.parse("s43(2)"))
    'Commercial interests'
    """
    entry = entry_of(provision)
    return entry.title if entry is not None else ""
