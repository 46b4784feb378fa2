"""Measure how citations are read.

In: surfaces of citations with the provisions they name. Out: the citations found, and how many surfaces are read
exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

from triage import pipeline
from triage.evaluate.figures import Loss, Scores, rate
from triage.evaluate.gold import CiteGold
from triage.evaluate.match import plain_provisions
from triage.evaluate.split import parse_received
from triage.schema import Citation

__all__ = ["cite_gold", "score_cite"]


def cite_gold(gold: Sequence[CiteGold]) -> list[tuple[Citation, ...]]:
    """Find the citations in each surface, with the day, law and half that the gold gives."""
    return [
        pipeline.cite(each.surface, date=parse_received(each.date, place=each.id), regime=each.regime, half=each.half)
        for each in gold
    ]


def score_cite(gold: Sequence[CiteGold], results: Sequence[tuple[Citation, ...]]) -> Scores:
    """Compare the sets of provisions, whatever law they are printed with: a surface is right or wrong as a whole."""
    right = {"literal": 0, "effective": 0}
    worst = []
    for each, citations in zip(gold, results, strict=True):
        for field, marked in (("literal", each.literal), ("effective", each.effective)):
            named = [p for c in citations for p in (c.literal if field == "literal" else c.effective)]
            wanted, found = plain_provisions(marked, regime=False), plain_provisions(named, regime=False)
            right[field] += wanted == found
            if wanted != found:
                note = f"{field}: {each.surface!r} wants {sorted(wanted)}, found {sorted(found)}"
                worst.append(Loss(len(wanted ^ found), each.id, note))
    return Scores(
        counts={"forms": len(gold)},
        rates={f"{field}_exact": rate(hits, len(gold)) for field, hits in right.items()},
        worst=tuple(sorted(worst, key=lambda loss: -loss.lost)),
    )
