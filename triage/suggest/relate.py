"""Say how one precedent stands to one question.

In: a question and a match. Out: the match with its relation code, the fit of each slot, and the words relied on. The
tables follow the rules on precedents: a figure for another period is another figure, and a refusal in finer detail says
little of the total.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Final

from triage.config import SuggestSettings
from triage.schema import (
    COUNTING_STATUSES,
    Binding,
    Match,
    Outcome,
    Precedent,
    Provision,
    Question,
    Regime,
    Relation,
    SuggestedPrecedent,
    Verdict,
)
from triage.suggest.alike import weigh
from triage.suggest.scope import COVERED, fit_scope, is_narrower, publication_day

__all__ = ["FULL", "GIVEN", "VERDICTS", "WHY", "full_relation", "is_own", "relate"]

GIVEN: Final = frozenset({Outcome.DISCLOSED, Outcome.ALREADY_ACCESSIBLE})
"""Outcomes that gave the whole of what was asked, or pointed to it; `partly` counts as withheld."""

FULL: Final = frozenset(
    {
        Relation.ALREADY_PUBLISHED,
        Relation.PUBLISHED_CHECK_LINK,
        Relation.PUBLISHED_LINK_DEAD,
        Relation.DISCLOSED_NOT_PUBLISHED,
    }
)
"""Relations of a precedent that covers the whole scope asked."""

VERDICTS: Final[dict[Relation, Verdict]] = {
    **dict.fromkeys(FULL, Verdict.ALREADY_DISCLOSED),
    Relation.SAME_ASK_OTHER_PERIOD: Verdict.DISCLOSED_BEFORE,
    Relation.SAME_ASK_OTHER_PLACE: Verdict.DISCLOSED_BEFORE,
    Relation.PARTLY_COVERED: Verdict.DISCLOSED_BEFORE,
    Relation.COVERED_BUT_SUPPRESSED: Verdict.DISCLOSED_BEFORE,
    Relation.WITHHELD_SAME_OR_FINER: Verdict.EXEMPTION_PRECEDENT,
    Relation.WITHHELD_OTHER_PERIOD: Verdict.EXEMPTION_PRECEDENT,
    Relation.WITHHELD_OTHER_PLACE: Verdict.EXEMPTION_PRECEDENT,
    Relation.NCND_CONSISTENCY: Verdict.EXEMPTION_PRECEDENT,
    Relation.NOT_HELD_BEFORE: Verdict.NOT_HELD_PRECEDENT,
    Relation.NOT_HELD_OTHER_PERIOD: Verdict.NOT_HELD_PRECEDENT,
    Relation.COST_SAME_OR_WIDER: Verdict.COST_PRECEDENT,
}
"""The verdict that each relation supports; a relation that is not here supports none."""

WHY: Final[dict[Relation, str]] = {
    Relation.PUBLISHED_CHECK_LINK: "the same information was given; check that it is still where it was published",
    Relation.DISCLOSED_NOT_PUBLISHED: "the same information was given but never published; it can be supplied again",
    Relation.SAME_ASK_OTHER_PERIOD: "the same kind of information was given for another period",
    Relation.SAME_ASK_OTHER_PLACE: "the same kind of information was given for another place",
    Relation.PARTLY_COVERED: "only part of the period asked for was given",
    Relation.COVERED_BUT_SUPPRESSED: "small numbers were suppressed, so the total cannot be taken from it",
    Relation.WITHHELD_SAME_OR_FINER: "it was withheld at this level of detail or a coarser one",
    Relation.WITHHELD_OTHER_PERIOD: "it was withheld for another period",
    Relation.WITHHELD_OTHER_PLACE: "it was withheld for another place",
    Relation.NCND_CONSISTENCY: "it was neither confirmed nor denied; that only works when done consistently",
    Relation.NOT_HELD_BEFORE: "it was not held",
    Relation.NOT_HELD_OTHER_PERIOD: "it was not held for another period",
    Relation.COST_SAME_OR_WIDER: "it was refused for its cost at this scope or a narrower one",
    Relation.COST_NARROWER_TRY: "a wider request was refused for its cost; this one may fit",
    Relation.FINER_THAN_DISCLOSED: "what was given is less detailed than what is asked",
    Relation.WITHHELD_AT_FINER_LEVEL_ONLY: "only a finer breakdown was withheld",
    Relation.OUTCOME_NOT_STATED_FOR_ITEM: "the letter does not say what was decided for this question",
    Relation.RELATED_DIFFERENT_MEASURE: "same subject, but something else was measured or asked for",
    Relation.RELATED_OTHER_AUTHORITY: "another authority decided it; information only",
    Relation.RELATED_NO_LONGER_STANDS: "the decision no longer stands",
    Relation.RELATED_PUBLICATION_DATE_PASSED: "the promised date of publication has passed: see whether it appeared",
    Relation.RELATED_NO_DECISION: "nothing was decided on the content",
    Relation.RELATED_SUBJECT: "same subject, but not clearly the same question",
    Relation.UNRELATED: "too little in common",
}
"""What a relation means, in words for the officer."""

_QUOTED: Final = 300
"""Characters of the answer that are quoted where no deciding sentence was found."""


def is_own(precedent: Precedent, own_authority: str | None) -> bool | None:
    """Tell whether one's own authority decided; `None` where a name is missing.

    An authority that a reply does not name is not held against it.
    """
    mine, theirs = _plain_name(own_authority or ""), _plain_name(precedent.authority)
    return mine == theirs if mine and theirs else None


def _plain_name(name: str) -> str:
    return re.sub(r"^the\s+|[^\w\s]", "", " ".join(name.casefold().split()))


def relate(
    question: Question,
    match: Match,
    *,
    settings: SuggestSettings,
    own_authority: str | None = None,
    today: dt.date | None = None,
    others: Sequence[Match] = (),
) -> SuggestedPrecedent:
    """Say how one precedent stands to one question.

    Args:
        question: The new question.
        match: The precedent with its similarity.
        settings: Floors below which a match is unrelated, or related but not the same question.
        own_authority: Name of one's own authority; `None` where it is not known.
        today: The day the request was received, against which a promised publication date is held.
        others: All matches of the question, against which this one must stand out.
    """
    fit = fit_scope(question, match.precedent)
    evidence = weigh(question, others or (match,), settings=settings).get(match.precedent.id, 0.0)
    relation = _shut_out(match, own_authority=own_authority, today=today, settings=settings)
    if relation is None and fit["measure"] == "other":
        relation = Relation.RELATED_DIFFERENT_MEASURE
    if relation is None and evidence < settings.same_question:
        relation = Relation.RELATED_SUBJECT
    if relation is None:
        relation = _decided(question, match.precedent, fit)
    quote = match.precedent.evidence or match.precedent.answer[:_QUOTED]
    return SuggestedPrecedent(match, relation, fit, quote, WHY.get(relation, ""))


def _shut_out(
    match: Match, *, own_authority: str | None, today: dt.date | None, settings: SuggestSettings
) -> Relation | None:
    """Name the reason why a precedent can support nothing, whatever was asked; `None` where there is none."""
    precedent = match.precedent
    if match.similarity < settings.floor:
        return Relation.UNRELATED
    if is_own(precedent, own_authority) is False:
        return Relation.RELATED_OTHER_AUTHORITY
    if precedent.status not in COUNTING_STATUSES:
        return Relation.RELATED_NO_LONGER_STANDS
    if precedent.outcome in {Outcome.CLARIFICATION, Outcome.NO_DECISION} or _rests_on(precedent.provisions, "14"):
        return Relation.RELATED_NO_DECISION
    if precedent.outcome is Outcome.UNKNOWN or precedent.binding is Binding.UNKNOWN:
        return Relation.OUTCOME_NOT_STATED_FOR_ITEM
    if precedent.outcome is Outcome.FUTURE_PUBLICATION and today is not None:
        promised = publication_day(precedent)
        if promised is not None and promised < today:
            return Relation.RELATED_PUBLICATION_DATE_PASSED
    return None


def _rests_on(provisions: Iterable[Provision], section: str) -> bool:
    """Tell whether a refusal rests on one section of FOIA or FOISA alone; s.12 is cost, s.14 vexatious, in both."""
    own = tuple(provisions)
    return bool(own) and all(p.regime in (Regime.FOIA, Regime.FOISA) and p.section == section for p in own)


def _decided(question: Question, precedent: Precedent, fit: dict[str, str]) -> Relation:
    """Name the relation of a decision on the same question by what was decided and how the scopes fit."""
    if precedent.outcome is Outcome.NCND:
        return Relation.NCND_CONSISTENCY
    if precedent.outcome is Outcome.NOT_HELD:
        return Relation.NOT_HELD_OTHER_PERIOD if fit["period"] == "other" else Relation.NOT_HELD_BEFORE
    if precedent.outcome is Outcome.REFUSED and _rests_on(precedent.provisions, "12"):
        narrower = is_narrower(question, precedent, fit)
        return Relation.COST_NARROWER_TRY if narrower else Relation.COST_SAME_OR_WIDER
    return _given(precedent, fit) if precedent.outcome in GIVEN else _withheld(fit)


def _given(precedent: Precedent, fit: dict[str, str]) -> Relation:
    if fit["breakdown"] in {"finer", "other"} or fit["place"] == "finer":
        return Relation.FINER_THAN_DISCLOSED
    if fit["place"] in {"other", "wider"} or fit["unit"] in {"other", "wider"}:
        return Relation.SAME_ASK_OTHER_PLACE
    if fit["period"] == "partly":
        return Relation.PARTLY_COVERED
    if fit["period"] not in COVERED | {"unknown"}:
        return Relation.SAME_ASK_OTHER_PERIOD
    if precedent.suppressed and fit["breakdown"] == "coarser":
        return Relation.COVERED_BUT_SUPPRESSED
    return full_relation(precedent)


def full_relation(precedent: Precedent) -> Relation:
    """Name the relation of a precedent that covers the whole scope; no link is ever opened here."""
    return Relation.DISCLOSED_NOT_PUBLISHED if precedent.published is False else Relation.PUBLISHED_CHECK_LINK


def _withheld(fit: dict[str, str]) -> Relation:
    if fit["breakdown"] in {"coarser", "other"} or fit["place"] == "wider":
        return Relation.WITHHELD_AT_FINER_LEVEL_ONLY
    if fit["place"] == "other" or fit["unit"] == "other":
        return Relation.WITHHELD_OTHER_PLACE
    if fit["period"] == "other":
        return Relation.WITHHELD_OTHER_PERIOD
    return Relation.WITHHELD_SAME_OR_FINER
