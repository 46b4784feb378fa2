"""Weigh how surely a match asks the very question that is asked.

In: a question, its matches, settings. Out: one number per match, its *evidence*. The similarity of a small model hardly
tells a question with a precedent from one without, so that it is only one of several terms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from triage.config import SuggestSettings
from triage.schema import Match, Outcome, Precedent, Question
from triage.suggest.measure import same_measure
from triage.suggest.scope import fit_period

__all__ = ["are_alike", "count_signs", "find_stems", "is_of_one_cause", "weigh"]

_COMMON: Final = frozenset(
    """
    a about above after again all also am an and any anyone anything are as ask asked at be because been before
    being below between both but by can could dear did do does doing done down during each every few following
    for from further get give given had has have having he her here him his how i if in information into is it
    its just kindly know last let like list made make many may me more most much must my no nor not now number
    numbers of off on once one only or other others our out over own per please provide question questions
    regarding said same send she should show since so some such supply tell than that the their them then there
    these they this those through time times to total under until up upon us was we were what whatever when
    where whether which while who whom whose why will with within would year years you your yours police force
    constabulary council trust department authority officer officers staff foi freedom request requests act copy
    copies details figure figures breakdown broken month months date dates january february march april june
    july august september october november december
    """.split()
)
"""Words that questions of every subject use."""

_ENDINGS: Final = (
    "isation ization ations ation ingly ments ment ities ions ings ing ness ion ies ity ers ed es er ly al s e y"
)
"""Endings cut off, the longer first."""

_LEAST_STEM: Final = 4
_GAVE: Final = frozenset({Outcome.DISCLOSED, Outcome.ALREADY_ACCESSIBLE, Outcome.NOT_HELD})


def find_stems(text: str) -> frozenset[str]:
    """Reduce a text to the stems of its telling words.

    >>> sorted(find_stems("How many complaints did the drones cause?"))
    ['caus', 'complaint', 'dron']
    """
    words = re.findall(r"[a-z]{3,}", text.lower().replace("-", ""))
    return frozenset(_stem(word) for word in words if word not in _COMMON)


def _stem(word: str) -> str:
    for ending in _ENDINGS.split():
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: -len(ending)]
    return word


def are_alike(one: Precedent, other: Precedent, *, settings: SuggestSettings) -> bool:
    """Tell whether two precedents answer one question, whatever its period or place."""
    mine, theirs = _telling(one), _telling(other)
    if not mine or len(mine & theirs) < settings.alike_words * len(mine | theirs):
        return False
    return same_measure(one.question, other.question) is not False


def _telling(precedent: Precedent) -> frozenset[str]:
    """Return the stems of a precedent's own question; with its context where it says too little by itself."""
    own = find_stems(precedent.question)
    return own if len(own) > 1 else find_stems(precedent.standalone or precedent.question)


def weigh(question: Question, matches: Sequence[Match], *, settings: SuggestSettings) -> dict[str, float]:
    """Return by precedent id the evidence that a match asks the same question, in units of similarity.

    It is the similarity, plus the distance to the best match that is another question of a measure that could be meant,
    plus `agreement` times each of: the share of the question's telling words found in the precedent or in what it
    gave; one where the measure is of the same family; the share of the two retrievers that have it first; two where
    both state the same period. Several replies to one question do not weaken each other: all have the evidence of the
    best. A match below the floor has none and is no rival, so that what is unrelated never changes what is decided.
    """
    rivals = [match for match in matches if match.similarity >= settings.floor]
    own = {match.precedent.id: _weigh_one(question, match, rivals, settings) for match in rivals}
    return {
        match.precedent.id: max(
            own[other.precedent.id]
            for other in rivals
            if other is match or are_alike(match.precedent, other.precedent, settings=settings)
        )
        for match in rivals
    }


def _weigh_one(question: Question, match: Match, rivals: Sequence[Match], settings: SuggestSettings) -> float:
    precedent = match.precedent
    next_best = max(
        (
            other.similarity
            for other in rivals
            if other is not match
            and same_measure(question.text, other.precedent.question) is not False
            and not are_alike(precedent, other.precedent, settings=settings)
        ),
        default=settings.floor,
    )
    measure = same_measure(question.text, precedent.question) is True
    firsts = sum(rank == 1 for rank in match.ranks.values()) / 2
    stated = question.slots.period is not None and precedent.slots.period is not None
    period = 2 * (stated and fit_period(question, precedent) == "same")
    signs = _share_said(question, precedent) + measure + firsts + period
    return match.similarity + (match.similarity - next_best) + settings.agreement * signs


def _share_said(question: Question, precedent: Precedent) -> float:
    """Return the share of the question's telling words that stand in the precedent, or in what it gave.

    The reply of a refusal is mostly its reasons, whose words repeat across unrelated subjects: they say nothing here.
    """
    asked = find_stems(question.text)
    given = precedent.answer if precedent.outcome in _GAVE else ""
    held = find_stems(f"{precedent.standalone} {precedent.question} {given}")
    return len(asked & held) / len(asked) if asked else 0.0


_CAUSE: Final = re.compile(
    r"\b(?:through|due to|because of|caused by|arising from|as a result of|resulting from|attributable to|owing to)\b"
    r"(?P<cause>[^.?;:()]{3,80}?)(?=\b(?:in|during|between|by|for|since|from)\b|[.?;:()]|$)",
    re.IGNORECASE,
)


def is_of_one_cause(question: Question, precedent: Precedent) -> bool:
    """Tell whether a precedent counts only what had a certain cause, which the question does not ask for.

    Days lost through stress are not the days lost to sickness.
    """
    asked = find_stems(question.text)
    causes = [find_stems(found["cause"]) for found in _CAUSE.finditer(precedent.question)]
    return any(cause and not cause & asked for cause in causes)


def count_signs(question: Question, match: Match) -> int:
    """Count the signs, scope left aside, that a match asks the same: a shared word, the measure, first by meaning."""
    said = _share_said(question, match.precedent) > 0
    return said + (same_measure(question.text, match.precedent.question) is True) + (match.ranks.get("dense") == 1)
