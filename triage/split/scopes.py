"""Periods that are said outside the questions and bind them.

In: the segmented request, its questions and the roles of its stretches. Out: the questions, each with the headings and
preambles that give it a period, where the reading from top to bottom did not find them.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Callable, Sequence

from triage.schema import Segment, Segmented, Slots
from triage.split.items import Item
from triage.split.labels import binds

__all__ = ["bind_periods"]

_BINDING = frozenset({"heading", "preamble", "definition", "clarification"})
_PERIOD = re.compile(r"\b(?:period|time\s?frame)\b[^.?]{0,40}(?:\b(?:is|was|are|meant)\b|:)", re.IGNORECASE)
_LONGEST = 600
"""Characters of the longest sentence that sets a period."""

_MOST_ITEMS = 300
"""Questions of one letter whose scope is looked for; a letter with more is a pasted document."""


def bind_periods(
    segmented: Segmented, items: Sequence[Item], segments: Sequence[Segment], slots_of: Callable[[str], Slots]
) -> list[Item]:
    """Add to each question the sentences outside the questions that set its period.

    A heading binds what stands between it and the next heading; any other sentence all questions, or those it names.
    """
    text = segmented.text
    starts = [segment.start for segment in segments]
    heads = [segment.start for segment in segments if segment.role == "heading"]
    bound = list(items)
    is_labelled = any(item.label for item in items)
    if len(items) > _MOST_ITEMS:
        return bound
    for sentence in segmented.sentences:
        if not segments or sentence.end - sentence.start > _LONGEST:
            continue
        role = segments[max(bisect.bisect_right(starts, sentence.start) - 1, 0)].role
        said = text[sentence.start : sentence.end]
        binds_all = role in _BINDING or (role == "background" and _PERIOD.search(said) is not None)
        if not binds_all or slots_of(said).period is None:
            continue
        following = next((start for start in heads if start > sentence.start), len(text)) if role == "heading" else None
        for k, item in enumerate(bound):
            inside = item.start <= sentence.start < item.end
            known = said in item.path or any(
                kind != "background" and (said in words or words in said) for kind, words in item.scope
            )
            label = item.label if is_labelled else str(k + 1)
            if inside or known or not binds(said, label):
                continue
            if following is not None and sentence.start < item.start < following:
                bound[k] = dataclasses.replace(item, scope=(*item.scope, (role, said)))
            elif following is None:
                kind = "preamble" if role == "background" else role
                bound[k] = dataclasses.replace(item, scope=((kind, said), *item.scope))
    return bound
