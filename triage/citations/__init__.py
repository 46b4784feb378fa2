"""Find the provisions that a text cites, and know what they are.

In: a text, with the day, the regime and the half of the correspondence it comes from. Out: `Citation` records with
spans into the text; and the catalogue of provisions.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from triage.citations.acts import ENVIRONMENTAL, Elsewhere, are_chained, belongs_to, find_naming
from triage.citations.catalogue import APPLICABLE_KINDS, CatalogueEntry, entry_of, load_catalogue, title_of
from triage.citations.grammar import Group, Member, find_groups, read_limbs
from triage.citations.listline import is_list_line
from triage.citations.resolve import resolve
from triage.citations.roles import find_annex, is_applicable, is_mentioned, speaks_of_own_data
from triage.schema import Citation, Provision, Regime, Role

__all__ = [
    "APPLICABLE_KINDS",
    "CatalogueEntry",
    "entry_of",
    "find_citations",
    "is_applicable",
    "is_list_line",
    "load_catalogue",
    "title_of",
]

_FOI_CUE: Final = re.compile(
    r"\bexempt|\bFOIS?A?\b|\bfreedom\s+of\s+information|\brefus|\bEIRs?\b|\bcost\s+limit|\bcost\s+of\s+compliance"
    r"|\bappropriate\s+limit|\badvice\s+and\s+assistance|\bpublic\s+(?:authorit|interest)",
    re.I,
)
_CUE_REACH: Final = 60


class _Read(NamedTuple):
    """Neighbouring members of a group that share regime and part."""

    group: Group
    members: tuple[Member, ...]
    regime: Regime | None
    literal: tuple[Provision, ...]
    flags: tuple[str, ...]
    last: int

    @property
    def start(self) -> int:
        whole = self.members[0].start == self.group.members[0].start
        return self.group.start if whole else self.members[0].start

    @property
    def end(self) -> int:
        return self.members[-1].end


def find_citations(
    text: str, *, date: dt.date | None = None, regime: Regime = Regime.FOIA, half: str = "response"
) -> tuple[Citation, ...]:
    """Find every citation of a provision, in reading order.

    A citation of another Act keeps its numbers in `literal`, written as if of the Freedom of Information Act because
    `Provision` knows no other Acts; it has the flag `other-act`, nothing in `effective`, and is only mentioned. Numbers
    of a policy, a form or the request itself are left out. Limbs of s.40 that state a condition count with s.40(2),
    wherever in the text that stands; alone they stand for it (flag `condition-alone`).

    Args:
        text: A reply, a request, or a line of either.
        date: Day of the reply. Section 40 was renumbered on 25 May 2018 (Data Protection Act 2018, Schedule 19);
            without a day the present numbering is taken to be in force.
        regime: The law the authority is under, for citations that name no Act.
        half: `response`, or `request`, where numbers are of other Acts unless words of FOI stand within 60 characters,
            and nothing is applied.

    Raises:
        ValueError: `half` is neither.

    >>> found = find_citations("Exempt under section 40(2) and (3A)(a) of the Act.")
    >>> [str(p) for p in found[0].effective], [str(p) for p in found[0].conditions]
    (['s40(2)'], ['s40(3A)(a)'])
    """
    if half not in {"request", "response"}:
        raise ValueError(f"half is {half!r}; give 'request' or 'response'")
    read = list(_read(text, regime=regime, half=half))
    present = frozenset(
        Provision(p.regime, p.section, p.limbs[:depth])
        for r in read
        if r.regime is not None
        for p in r.literal
        for depth in range(len(p.limbs) + 1)
    )
    annex = find_annex(text)
    found = []
    for r in read:
        surface = text[r.start : r.end]
        if r.regime is None:
            found.append(Citation(r.start, r.end, surface, r.literal, (), (), r.flags, Role.MENTIONED))
            continue
        own_data = any(p.limbs[:1] == ("5",) for p in r.literal) and speaks_of_own_data(text, r.start, r.end)
        resolved = resolve(r.literal, present=present, date=date, own_data=own_data)
        mentioned = (
            half == "request"
            or r.start >= annex
            or not is_applicable(r.literal[0])
            or is_mentioned(text, r.start, r.end, provision=r.literal[0], last=r.last)
        )
        role = Role.MENTIONED if mentioned else Role.APPLIED
        flags = tuple(dict.fromkeys((*r.flags, *resolved.flags)))
        found.append(Citation(r.start, r.end, surface, r.literal, resolved.effective, resolved.conditions, flags, role))
    return tuple(found)


def _read(text: str, *, regime: Regime, half: str) -> Iterator[_Read]:
    groups = list(find_groups(text))
    environmental = ENVIRONMENTAL.search(text) is not None
    named = [find_naming(text, group) for group in groups]
    lasts = [group.end for group in groups]
    # An Act named once after several joined citations is that of all of them, and so is their verb.
    for i in range(len(groups) - 2, -1, -1):
        if are_chained(text, groups[i], groups[i + 1]):
            lasts[i] = lasts[i + 1]
            if named[i] is None:
                named[i] = named[i + 1]
    for group, naming, last in zip(groups, named, lasts, strict=True):
        homes = [
            belongs_to(text, group, member, naming, regime=regime, environmental=environmental)
            for member in group.members
        ]
        if half == "request" and not isinstance(naming, Regime) and not _speaks_of_foi(text, group):
            homes = [Elsewhere.OTHER_ACT for _ in homes]
        yield from _runs(group, homes, unnamed=naming is None, last=last)


def _speaks_of_foi(text: str, group: Group) -> bool:
    return _FOI_CUE.search(text, max(0, group.start - _CUE_REACH), min(len(text), group.end + _CUE_REACH)) is not None


def _runs(group: Group, homes: list[Regime | Elsewhere], *, unnamed: bool, last: int) -> Iterator[_Read]:
    """Cut a list where the Act or the role changes: s.16 beside s.12 is a citation of its own."""
    run: list[tuple[Member, tuple[Provision, ...], tuple[str, ...]]] = []
    kept: tuple[Regime | None, bool] | None = None

    def close() -> Iterator[_Read]:
        if kept is not None and run:
            literal = tuple(dict.fromkeys(p for _, provisions, _ in run for p in provisions))
            flags = tuple(dict.fromkeys(flag for _, _, some in run for flag in some))
            yield _Read(group, tuple(member for member, _, _ in run), kept[0], literal, flags, last)

    for member, home in zip(group.members, homes, strict=True):
        if home is Elsewhere.DOCUMENT or (unnamed and _is_noise(group, member, home)):
            yield from close()
            run, kept = [], None
            continue
        provisions, flags = _provisions(group, member, home)
        kind = (home, is_applicable(provisions[0])) if isinstance(home, Regime) else (None, False)
        if kind != kept:
            yield from close()
            run, kept = [], kind
        run.append((member, provisions, flags))
    yield from close()


def _is_noise(group: Group, member: Member, home: Regime | Elsewhere) -> bool:
    """Tell whether a number is no citation at all: `S3` without a dot, `exemption 7`, a lone `exception 1`."""
    if member.tokens:
        return False
    if group.keyword in {"exemption", "exception"}:
        return not isinstance(home, Regime) or not is_applicable(Provision(home, member.section))
    return home is Elsewhere.OTHER_ACT and (
        group.keyword in {"act", "exempt"}
        or (group.surface == "S" and len(member.section) < 3 and member.start == group.start + 1)
    )


def _provisions(
    group: Group, member: Member, home: Regime | Elsewhere
) -> tuple[tuple[Provision, ...], tuple[str, ...]]:
    regime = home if isinstance(home, Regime) else Regime.FOIA
    limbs, repaired = read_limbs(home if isinstance(home, Regime) else None, member.section, member.tokens)
    provisions = tuple(Provision(regime, member.section, path) for path in limbs) or (
        Provision(regime, member.section),
    )
    if home is Elsewhere.OTHER_ACT:
        return provisions, (*member.flags, "other-act")
    flags = list(member.flags)
    if repaired:
        flags.append("repaired-subsection")
    if group.keyword == "exemption":
        flags.append("exemption-as-keyword")
    if regime in {Regime.EIR, Regime.EISR} and group.keyword in {"section", "exemption"}:
        flags.append("regulation-called-section")
    if not limbs and (is_applicable(provisions[0]) or (regime, member.section) == (Regime.FOIA, "17")):
        flags.append("no-subsection")
    return provisions, tuple(flags)
