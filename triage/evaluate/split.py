"""Measure how requests are taken apart.

In: requests with their questions marked by hand. Out: the questions found, and how far they agree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from triage import pipeline
from triage.config import Config
from triage.errors import FormatError, InputError
from triage.evaluate.figures import Figure, Loss, Scores, f1, rate
from triage.evaluate.gold import SlotsGold, SplitGold
from triage.evaluate.match import pair_spans
from triage.schema import Request, Slots, SplitRequest

__all__ = ["parse_received", "score_split", "split_gold"]

_LEAST: Final = (0.5, 0.8)
"""Overlaps from which a question counts as found: the loose and the strict figure."""


def parse_received(day: str | None, *, place: str) -> dt.date | None:
    """Read the day a request was received.

    Raises:
        FormatError: It is not an ISO day.
    """
    if not day:
        return None
    try:
        return dt.date.fromisoformat(day)
    except ValueError as error:
        raise FormatError(f"{place}: received is {day!r}; write a day like 2024-05-02 in the gold data") from error


def split_gold(gold: Sequence[SplitGold], *, config: Config) -> list[SplitRequest | None]:
    """Take each request apart; `None` for one that is refused."""
    found: list[SplitRequest | None] = []
    for each in gold:
        received = parse_received(each.received, place=each.id)
        try:
            text = pipeline.check_request(each.text, config=config, name=each.id)
            found.append(pipeline.split(Request(each.id, text, received)))
        except InputError:
            found.append(None)
    return found


class _SlotCounts(msgspec.Struct):
    questions: int = 0
    dated: int = 0
    period: int = 0
    place: int = 0
    axes: list[tuple[int, int, int]] = []


def _words(axis: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", axis.lower()))


def _count_slots(counts: _SlotCounts, gold: SlotsGold, found: Slots) -> None:
    """Compare the period by its two days, places as a set, breakdown axes by a shared word.

    A snapshot is left out of the periods: its day depends on when the question is answered.
    """
    counts.questions += 1
    if gold.period is None or gold.period.grain != "snapshot":
        wanted = gold.period and (gold.period.start, gold.period.end)
        ends = found.period and tuple(
            end.isoformat() if end else None for end in (found.period.start, found.period.end)
        )
        counts.dated += 1
        counts.period += wanted == ends
    places = {name.strip().lower() for name in (gold.place or "").split(";") if name.strip()}
    counts.place += places == {name.lower() for name in found.places}
    left = [_words(axis) for axis in gold.breakdown]
    hits = 0
    for axis in map(_words, found.breakdown):
        same = next((words for words in left if words & axis), None)
        if same is not None:
            left.remove(same)
            hits += 1
    counts.axes.append((hits, len(gold.breakdown), len(found.breakdown)))


_MOSTLY: Final = 0.5
"""The part of a span that has to lie in another one to count as a piece of it."""


def _count_pieces(inner: Sequence[tuple[int, int]], outer: Sequence[tuple[int, int]]) -> list[int]:
    """Count for each outer span the inner ones of which most lies in it."""
    return [sum(min(b, d) - max(a, c) > _MOSTLY * (b - a) for a, b in inner) for c, d in outer]


def _count_roles(gold: SplitGold, result: SplitRequest | None) -> tuple[int, int]:
    """Count the characters whose role is right, and all; white space has none."""
    marked, found = [""] * len(gold.text), [""] * len(gold.text)
    for roles, segments in ((marked, gold.segments), (found, result.segments if result else ())):
        for segment in segments:
            roles[segment.start : segment.end] = [segment.role] * (segment.end - segment.start)
    told = [
        (wanted, had)
        for char, wanted, had in zip(gold.text, marked, found, strict=True)
        if wanted and not char.isspace()
    ]
    return sum(wanted == had for wanted, had in told), len(told)


_PLAIN: Final = "foi"


def _score_handling(
    gold: Sequence[SplitGold], results: Sequence[SplitRequest | None]
) -> tuple[dict[str, Figure], list[Loss]]:
    """Compare the way a letter is handled: right is one way found and no other, or none for a plain request."""
    right = found_any = marked_any = 0
    lost: list[Loss] = []
    for each, result in zip(gold, results, strict=True):
        if each.handling is None:
            continue
        found = {diversion.handling for diversion in result.diversions} if result else set()
        wanted = {each.handling} - {_PLAIN}
        right += bool(wanted) and found == wanted
        found_any += bool(found)
        marked_any += bool(wanted)
        if found != wanted:
            lost.append(Loss(1, each.id, f"marked {each.handling}, found {', '.join(sorted(found)) or _PLAIN}"))
    if not any(each.handling for each in gold):
        return {}, []
    return {"handling_precision": rate(right, found_any), "handling_recall": rate(right, marked_any)}, lost


def score_split(gold: Sequence[SplitGold], results: Sequence[SplitRequest | None]) -> Scores:
    """Compare requests with what is marked: spans at two overlaps, slots of the pairs, roles, ways of handling."""
    handling, unhandled = _score_handling(gold, results)
    roles = [_count_roles(each, result) for each, result in zip(gold, results, strict=True) if each.segments]
    pairs_of = [(each, result) for each, result in zip(gold, results, strict=True) if each.questions is not None]
    refused = sum(result is None for result in results)
    marked = sum(len(each.questions or ()) for each in gold)
    over = under = invented = missed = found_all = 0
    counts: dict[float, list[tuple[int, int, int]]] = {least: [] for least in _LEAST}
    kinds: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    slots = _SlotCounts()
    worst: list[Loss] = []
    differs = 0
    for each, result in pairs_of:
        questions = each.questions or ()
        found = result.questions if result else ()
        differs += sum(each.text[question.start : question.end] != question.text for question in found)
        wanted = [(span.start, span.end) for span in questions]
        spans = [(question.start, question.end) for question in found]
        found_all += len(spans)
        over += sum(pieces > 1 for pieces in _count_pieces(spans, wanted))
        under += sum(pieces > 1 for pieces in _count_pieces(wanted, spans))
        missed += sum(not any(a < d and c < b for c, d in spans) for a, b in wanted)
        invented += sum(not any(a < d and c < b for c, d in wanted) for a, b in spans)
        for least in _LEAST:
            pairs = pair_spans(wanted, spans, least=least)
            counts[least].append((len(pairs), len(wanted), len(spans)))
        for i, j in pair_spans(wanted, spans, least=_LEAST[0]):
            own = questions[i].slots
            if own is not None:
                _count_slots(slots, own, found[j].slots)
        hits = counts[_LEAST[1]][-1][0]
        kinds[each.kind].append(counts[_LEAST[1]][-1])
        lost = len(wanted) + len(spans) - 2 * hits
        worst.append(Loss(lost, each.id, f"marked {len(wanted)}, found {len(spans)}, same {hits}"))
    rates: dict[str, Figure] = {}
    for least, items in counts.items() if pairs_of else ():
        hits, marked_total, found_total = (sum(column) for column in zip(*items, strict=True)) if items else (0, 0, 0)
        rates[f"f1@{least}"] = f1(items)
        rates[f"precision@{least}"] = rate(hits, found_total)
        rates[f"recall@{least}"] = rate(hits, marked_total)
        rates[f"exact_requests@{least}"] = _exact(items)
    if pairs_of:
        rates["over_split"], rates["under_split"] = rate(over, marked), rate(under, found_all)
        rates["missed"], rates["invented"] = rate(missed, marked), rate(invented, found_all)
    if slots.questions:
        rates["period_exact"] = rate(slots.period, slots.dated)
        rates["place_exact"] = rate(slots.place, slots.questions)
        rates["breakdown_f1"] = f1(slots.axes)
    if roles:
        rates["role_by_character"] = rate(sum(right for right, _ in roles), sum(n for _, n in roles))
    rates |= handling
    return Scores(
        counts={
            "requests": len(gold),
            "refused": refused,
            "questions": marked,
            "text_differs_from_span": differs,
        },
        rates=rates,
        groups={
            f"by kind, at {_LEAST[1]}": {
                kind: {"f1": f1(items), "exact": _exact(items)} for kind, items in sorted(kinds.items())
            }
        },
        worst=tuple(sorted([*worst, *unhandled], key=lambda loss: -loss.lost)),
    )


def _exact(items: Sequence[tuple[int, int, int]]) -> Figure:
    """Return the share of requests whose questions are all found and nothing else."""
    return rate(sum(hits == wanted == found for hits, wanted, found in items), len(items))
