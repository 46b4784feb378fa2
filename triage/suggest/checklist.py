"""List what stays with the officer.

In: a verdict and what it rests on. Out: sentences that say what to look at before deciding; none of them decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from triage.schema import Outcome, Relation, Status, SuggestedPrecedent, Verdict

__all__ = ["build_checklist"]

_STEPS: Final[dict[Verdict, tuple[str, ...]]] = {
    Verdict.ALREADY_DISCLOSED: (
        "Open the earlier reply and check that it answers this very question.",
        "Check that the figures have not been revised or withdrawn since.",
        "Section 21 needs information that this requester can reasonably reach: give the exact place, in a refusal "
        "notice under s.17(1).",
        "If it was never published or the address is dead, supply it again instead.",
    ),
    Verdict.DISCLOSED_BEFORE: (
        "Disclosable on precedent: check that it is held for what is asked now.",
        "Check cost and any change in harm since the earlier reply.",
        "Section 21 does not fit: this is not the same information.",
    ),
    Verdict.EXEMPTION_PRECEDENT: (
        "A past refusal does not bind: redo the test on the facts at the date of this request.",
        "State the harm and its cause; for a qualified exemption weigh the public interest afresh.",
        "Consider whether a coarser total or another period can be given.",
    ),
    Verdict.NOT_HELD_PRECEDENT: (
        "Search again: recording rules and systems change.",
        "Consider who else may hold it (s.16).",
    ),
    Verdict.COST_PRECEDENT: (
        "Make a fresh estimate; reuse the old one only where systems and scope are the same.",
        "Section 12 takes the whole request: say which question drives the cost.",
        "Advise what would fit within the limit (s.16).",
    ),
    Verdict.CONFLICTING: (
        "Earlier decisions disagree on this scope: read both before deciding.",
        "Find out what changed between them; a review or tribunal outranks a reply.",
    ),
    Verdict.NO_PRECEDENT: ("Nothing on record decides this: treat it as new.",),
}
_CUES: Final[dict[str, str]] = {
    "22": "Section 22: check that the date of publication is still set and has not passed.",
    "23": "Sections 23, 24 and 38 do not fade by age alone: ask what has changed.",
    "24": "Sections 23, 24 and 38 do not fade by age alone: ask what has changed.",
    "30": "Section 30: ask whether the case is closed.",
    "31": "Section 31: ask whether the operation, kit or structure is still the one protected.",
    "36": "Section 36: the qualified person's opinion belongs to one request; a new one is needed.",
    "38": "Sections 23, 24 and 38 do not fade by age alone: ask what has changed.",
    "40": "Section 40: check seniority, and whether the identity is known already.",
    "42": "Section 42: ask whether the advice is still live.",
    "43": "Section 43: check whether the contract has been awarded or has ended.",
}
"""What weakens or holds each ground over time: to be asked, never computed."""

_OLD_MONTHS: Final = 24
"""Age in months from which the reason of a refusal is to be looked at again."""


def build_checklist(
    verdict: Verdict,
    support: Sequence[SuggestedPrecedent],
    considered: Sequence[SuggestedPrecedent] = (),
    *,
    today: dt.date | None = None,
) -> tuple[str, ...]:
    """List the steps of a verdict, then what its precedents, best first, give reason to look at."""
    steps = list(_STEPS[verdict])
    if any(each.relation is Relation.RELATED_PUBLICATION_DATE_PASSED for each in considered):
        steps.append(
            "A promised publication date has passed: see whether it appeared; then s.21 may fit, s.22 no longer."
        )
    if any(each.relation is Relation.NCND_CONSISTENCY for each in support):
        steps.append("Neither confirm nor deny works only when used consistently: ask a senior reviewer.")
    if not support:
        return tuple(steps)
    best = support[0].match.precedent
    if verdict in {Verdict.EXEMPTION_PRECEDENT, Verdict.CONFLICTING}:
        cited = (p.section for each in support for p in each.match.precedent.provisions)
        steps += dict.fromkeys(_CUES[section] for section in cited if section in _CUES)
    if best.responded is not None and today is not None:
        months = (today.year - best.responded.year) * 12 + today.month - best.responded.month
        if months > _OLD_MONTHS:
            steps.append(f"The decision is {months} months old: ask whether its reasons still hold.")
    if best.outcome is Outcome.FUTURE_PUBLICATION and best.publication_date is None:
        steps.append("No date of publication was read: look for it in the reply.")
    if best.status is Status.UNKNOWN:
        steps.append("The reply's later life is not on record: ask whether it was reviewed.")
    if best.suppressed:
        steps.append("Small numbers were suppressed: a coarser total must not undo that.")
    return tuple(steps)
