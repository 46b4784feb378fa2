"""The questions of a request, found again by the labels that a letter uses.

In: the questions in order. Out: `Bound` records, to which the sentences of the reply are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from triage.read.cues import Statement
from triage.read.labels import plain_label
from triage.schema import Question

__all__ = ["Book", "Bound", "Turn"]

_MOST_POINTS: Final = 20


class Turn(msgspec.Struct, eq=False):
    """Sentences in one place of the reply; `printed` tells that a label or a quotation opens them."""

    opener: int
    printed: bool
    statements: list[Statement] = []


class Bound(msgspec.Struct, eq=False):
    """The sentences that belong to one question; `label` as the letter prints it.

    `turns` are the places where the reply speaks of it. `asked` is the index of the question in the request, `None`
    where the reply answers one that is not in it; `parent` the question that this one is a printed part of.
    """

    ordinal: int
    label: str | None
    turns: list[Turn] = []
    asked: int | None = None
    text: str = ""
    parent: Bound | None = None

    @property
    def statements(self) -> list[Statement]:
        """All its sentences, turn by turn."""
        return [statement for turn in self.turns for statement in turn.statements]

    def add(self, statement: Statement, *, opener: int, printed: bool) -> None:
        """Add a sentence to the turn that an opener began."""
        if not self.turns or self.turns[-1].opener != opener:
            self.turns.append(Turn(opener, printed))
        self.turns[-1].statements.append(statement)


class Book:
    """The questions of the request, found again by the labels a letter uses.

    `opened` is the question under whose printed label the reply stands, where that is known.
    """

    def __init__(self, questions: Iterable[Question], places: Sequence[int | None]) -> None:
        self.bound = [Bound(index + 1, q.label, asked=index, text=q.text) for index, q in enumerate(questions)]
        self.named: set[int] = set()
        self.opened: Bound | None = None
        self.listed_as = [each for each, place in zip(self.bound, places, strict=False) if place is not None]

    def resolve(self, label: str) -> list[Bound]:
        """Find by printed label, else by position; a label the request lacks becomes a question of its own."""
        if label == "last":
            return self.bound[-1:]
        plain = [plain_label(each.label or "") for each in self.bound]
        if len(plain) > 1 and len(set(plain)) == 1:
            plain = [""] * len(plain)  # one number on every item numbers nothing
        exact = [each for each, own in zip(self.bound, plain, strict=True) if own == label]
        if exact:
            # Numbers that begin again under each heading: the next one is meant.
            after = [each for each in exact if self.opened is None or each.ordinal > self.opened.ordinal]
            return (after or exact)[:1]
        below = [
            each
            for each, own in zip(self.bound, plain, strict=True)
            if label.isdigit() and own.startswith(label) and own[len(label) :].isalpha()
        ]
        if below:
            return below
        printed = any(plain)
        if (
            label.isdigit()
            and 1 <= int(label) <= len(self.bound)
            and (not printed or not any(p.isdigit() for p in plain))
        ):
            listed = self.listed_as if len(self.listed_as) >= max(2, int(label)) else self.bound
            return [listed[int(label) - 1]]
        if len(label) == 1 and label.isalpha() and not any(p.isalpha() for p in plain):
            position = ord(label) - ord("a")
            if position < len(self.bound):
                return [self.bound[position]]
        return []

    def add(self, label: str) -> Bound:
        """Make a question that the reply answers under a label of its own."""
        new = Bound(len(self.bound) + 1, label)
        self.bound.append(new)
        return new

    def add_known(self, label: str, *, worded: bool = False) -> list[Bound]:
        """Make a question whose label goes on from those of the request: `7a` below `7`, `f` after `e`."""
        part = re.fullmatch(r"(\d+)[a-z]", label)
        over = self.resolve(part.group(1)) if part else []
        if len(over) == 1:
            new = self.add(label)
            new.parent, new.asked, new.text = over[0], over[0].asked, over[0].text
            return [new]
        if worded and label.isdigit() and not any(each.label for each in self.bound) and self.bound:
            # The reply counts more points than were made out in the request.
            while len(self.bound) < int(label) <= _MOST_POINTS:
                self.add(str(len(self.bound) + 1))
            return self.bound[int(label) - 1 : int(label)]
        last = plain_label(self.bound[-1].label or "") if self.bound else ""
        if len(label) == len(last) == 1 and last.isalpha() and ord(label) == ord(last) + 1:
            return [self.add(label)]
        return []

    def listed(self) -> list[Bound]:
        """List the questions in order, a part in the place of what it is a part of, numbered anew."""
        found: list[Bound] = []
        for each in self.bound:
            if each.parent is not None:
                continue
            parts = [part for part in self.bound if part.parent is each and part.statements]
            found += parts if parts and not each.statements else [each, *parts]
        for ordinal, each in enumerate(found, start=1):
            each.ordinal = ordinal
        return found
