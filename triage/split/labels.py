"""Printed labels of questions, and the sentences that name them.

In: list items, spans and scope sentences. Out: labels in plain form, and which question a sentence binds.
"""

from __future__ import annotations

import re
from typing import Final

from triage.split.tree import Node

__all__ = ["binds", "drop_joint", "print_label"]

_NAMED: Final = re.compile(
    r"(?:(?:please|note|for|in|that)\W+)*(?:questions?|items?|parts?|points?|q)\s*((?:q?\d{1,3}(?:\s*(?:,|and|&|to|-|–)\s*)?)+)",
    re.IGNORECASE,
)


def print_label(above: str, node: Node) -> str | None:
    """Return the label as a reply would cite it: `3`, `B`, `1(a)(i)`; bullets have none."""
    marker = (node.marker or "").removeprefix("Q")
    if node.kind == "bullet" or not marker:
        return None
    if not above or "(" in marker or marker.startswith(above + "."):
        return marker
    return f"{above}({marker})"


def drop_joint(said: str) -> str:
    """Leave out the "and" that only leads to the next list item.

    >>> drop_joint("the cost; and"), drop_joint("the cost, and,")
    ('the cost;', 'the cost')
    """
    return re.sub(
        r"(?:,\s*(?:and|or)\s*,?|(?<=;)\s*(?:and|or)\s*,?|\s+(?:and|or)(?:\s+in\s+addition|\s+also)?)$",
        "",
        said,
        flags=re.IGNORECASE,
    )


def binds(said: str, label: str | None) -> bool:
    """Tell whether a scope sentence binds the question with this label; one that names questions binds only these.

    >>> binds("Questions 1 and 2 relate to 2022.", "3"), binds("All figures for 2022.", "3")
    (False, True)
    """
    named = _NAMED.match(said)
    if named is None:
        return True
    if (dotted := re.findall(r"\d+(?:\.\d+)+", said)) and label is not None:
        return any(label == each or label.startswith((each + ".", each + "(")) for each in dotted)
    numbers = [int(number) for number in re.findall(r"\d+", named.group(1))]
    if re.search(r"\d\s*(?:-|–|to)\s*\d", named.group(1)) and len(numbers) == 2:
        numbers = list(range(numbers[0], min(numbers[1], numbers[0] + 99) + 1))
    return label is None or label.partition("(")[0] in map(str, numbers)
