"""Split a request into its questions.

In: a `Request`. Out: a `SplitRequest`: one `Question` per thing asked, in the order of the text, with the span of its
words, the label printed before it, a wording that can be understood alone, and its slots; and the wishes about form,
cost and order. Nothing asked is a result too: an acknowledgement or a complaint has no questions.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from triage.schema import Constraint, Edit, Question, Request, Slots, SplitRequest
from triage.segment import segment
from triage.slots import find_slots, inherit_slots
from triage.split.carry import find_dependencies, keeps_axes, needs_words, phrase_alone, plain_text
from triage.split.diversions import find_diversions
from triage.split.edited import take_edits
from triage.split.items import Item, find_items
from triage.split.kinds import constraint_kind, find_kind, is_timeless
from triage.split.scopes import bind_periods
from triage.split.tagger import tag_segments

__all__ = ["split_request"]

_LABELLED: Final = re.compile(
    r"\b(?:questions?|q|items?|parts?)\s*((?:\d{1,2}(?:\s*(?:,|and|&|then|to|-)\s*)?)+)", re.IGNORECASE
)


def split_request(request: Request, edits: Sequence[Edit] | None = None) -> SplitRequest:
    r"""Split a request into its questions.

    Greeting and signature never become part of a question: the result is blind to who asks.

    Args:
        request: The text as received.
        edits: The questions as an officer marked them, in order and without overlap; without any they are looked for.

    >>> taken = split_request(Request("r", "Dear all,\n1) How many dogs?\n2) Which breeds?\nRegards\nSam"))
    >>> [(question.ordinal, question.label, question.text) for question in taken.questions]
    [(1, '1', 'How many dogs?'), (2, '2', 'Which breeds?')]
    """
    text = request.text
    # One heading or preamble stands above many questions, and is taken apart once.
    slots_of = functools.cache(functools.partial(find_slots, received=request.received))
    segmented = segment(text)
    items, wishes = find_items(segmented)
    if edits is not None:
        items = take_edits(items, edits)
        spans = [(item.start, item.end) for item in items]
        wishes = [each for each in wishes if not any(a < each.end and each.start < b for a, b in spans)]
    segments = tag_segments(segmented, items)
    items = bind_periods(segmented, items, segments, slots_of)
    plain = [plain_text(segmented, item.start, item.end) for item in items]
    labels = [item.label for item in items]
    depends = find_dependencies(plain, labels, items)
    own_slots = [slots_of(words) for words in plain]
    questions: list[Question] = []
    for k, item in enumerate(items):
        before = [ordinal for ordinal in depends[k] if ordinal <= k]
        said_there = [plain[ordinal - 1] for ordinal in before] if needs_words(plain[k]) else []
        standalone, inherits = phrase_alone(plain[k], item, said_there)
        parents = [slots_of(said) for said in reversed(item.path)]
        # What a reader meets last binds closest; background tells a story and sets no scope.
        parents += [slots_of(said) for kind, said in reversed(item.scope) if kind != "background"]
        hung = [questions[ordinal - 1].slots for ordinal in before]
        if not keeps_axes(plain[k]):
            hung = [msgspec.structs.replace(slots, breakdown=()) for slots in hung]
        parents += hung
        kind = find_kind(plain[k])
        if kind == "unclear":
            kind = questions[before[0] - 1].kind if before else find_kind(standalone)
        if item.joined:
            parents += _beside(k, items, own_slots)
        own = own_slots[k]
        told = [slots_of(said) for kind, said in reversed(item.scope) if kind == "background"]
        if "background" in inherits:
            parents += told
        if own.period is None and is_timeless(plain[k], kind):
            parents = [msgspec.structs.replace(slots, period=None, breakdown=()) for slots in parents]
        if own.period is not None and own.period.grain == "snapshot":
            # What is asked as it is on one day has no years to be split by.
            parents = [_drop_years(slots) for slots in parents]
        slots = inherit_slots(own, *parents)
        if own.period is not None and slots.period == own.period and own.period.start is own.period.end is None:
            # "In that time" with nothing above it that it hangs on: the last period told.
            earlier = [questions[n].slots for n in reversed(range(k))] + told
            slots = inherit_slots(slots, *(Slots(period=each.period) for each in earlier))
        questions.append(
            Question(
                ordinal=k + 1,
                label=item.label,
                start=item.start,
                end=item.end,
                text=text[item.start : item.end],
                standalone=standalone,
                kind=kind,
                path=item.path,
                inherits=inherits,
                depends_on=tuple(before),
                slots=slots,
            )
        )
    constraints = []
    for wish in wishes:
        said = text[wish.start : wish.end]
        if (named := constraint_kind(said)) is not None:
            constraints.append(Constraint(wish.start, wish.end, named, _applies_to(said, labels)))
    diversions = find_diversions(segmented, questions, segments)
    ways = {each.ordinal: each.handling for each in diversions if each.ordinal is not None}
    questions = [msgspec.structs.replace(q, handling=ways.get(q.ordinal, "foi")) for q in questions]
    return SplitRequest(request.id, tuple(questions), tuple(constraints), diversions, segments)


def _drop_years(slots: Slots) -> Slots:
    kept = tuple(axis for axis in slots.breakdown if not axis.endswith(("year", "quarter", "month")))
    return msgspec.structs.replace(slots, breakdown=kept)


def _beside(k: int, items: Sequence[Item], slots: Sequence[Slots]) -> list[Slots]:
    """Return period and places of the asks cut from the same sentence: those before first, the nearest of them first.

    "How many were bought in 2022, what share failed and the dearest": the year binds all three; so does one at the end.
    """
    same = [n for n, item in enumerate(items) if item.joined == items[k].joined and n != k]
    near = sorted(same, key=lambda n: (n > k, abs(n - k)))
    return [Slots(period=slots[n].period, places=slots[n].places) for n in near]


def _applies_to(said: str, labels: list[str | None]) -> tuple[int, ...]:
    """Return the ordinals a wish names by their labels; empty when it names none."""
    numbers = [number for found in _LABELLED.finditer(said) for number in re.findall(r"\d+", found.group(1))]
    by_position = all(label is None for label in labels)
    ordinals = [
        labels.index(number) + 1 if number in labels else int(number)
        for number in numbers
        if number in labels or (by_position and 0 < int(number) <= len(labels))
    ]
    return tuple(sorted(set(ordinals)))
