"""Take the questions that an officer marked instead of those that were found.

In: the items found and the officer's marks. Out: one item for each mark, with headings, parents and scope of what was
found there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from triage.schema import Edit
from triage.split.items import Item

__all__ = ["take_edits"]


def take_edits(items: Sequence[Item], edits: Sequence[Edit]) -> list[Item]:
    """Give each mark the surroundings of the item that it shares most with, else of the nearest before it.

    Args:
        items: The questions found, in order.
        edits: The questions marked, in order, none overlapping another.
    """
    taken = []
    for edit in edits:
        shared = [(min(item.end, edit.end) - max(item.start, edit.start), item) for item in items]
        best = max(shared, key=lambda pair: pair[0], default=(0, None))
        known = best[1] if best[0] > 0 else next((item for item in reversed(items) if item.start < edit.start), None)
        known = known or (items[0] if items else Item(edit.start, edit.end))
        taken.append(dataclasses.replace(known, start=edit.start, end=edit.end, label=edit.label))
    return taken
