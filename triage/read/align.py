"""Lay the paragraphs of a reply beside the questions that they answer in turn.

In: paragraphs without any label, and the questions in order. Out: for each paragraph the question whose words it
repeats, so that the order of both is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from triage.read.shares import stems

__all__ = ["align"]

_LEAST: Final = 0.5
"""Of one word: a stem that only this question has counts 1, one that two of them have counts a half."""


def align(paragraphs: Sequence[str], questions: Sequence[str]) -> list[int | None]:
    """Give each paragraph the question it answers, in the order of both.

    The assignment with the most shared words is taken among those in which the questions never go back; a paragraph
    without words of its question is nobody's.

    Args:
        paragraphs: Words of the reply.
        questions: Words of the questions, in order.

    Returns:
        For each paragraph the index of a question, or `None`.

    >>> align(["There are 41 bells.", "The ropes were renewed."], ["How many bells?", "Ropes", "Who pays?"])
    [0, 1]
    """
    asked = [stems(question) for question in questions]
    known = Counter(stem for each in asked for stem in each)
    said = [stems(paragraph) for paragraph in paragraphs]
    gains = [[sum(1 / known[stem] for stem in own & each) for each in asked] for own in said]
    # best[j]: gain and choices of the paragraphs so far where the last one taken went to question j or before.
    best: list[tuple[float, list[int | None]]] = [(0.0, [])] * len(asked)
    for row in gains:
        taken: list[tuple[float, list[int | None]]] = []
        for j in range(len(asked)):
            skip = (best[j][0], [*best[j][1], None])
            take = (best[j][0] + row[j], [*best[j][1], j]) if row[j] >= _LEAST else skip
            here = max(skip, take, key=lambda option: option[0])
            taken.append(max(here, taken[-1], key=lambda option: option[0]) if taken else here)
        best = taken
    return best[-1][1] if best else [None] * len(paragraphs)
