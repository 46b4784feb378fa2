"""Tell whether two questions ask for the same kind of thing.

In: the words of two questions. Out: `True`, `False`, or `None` where one of them does not tell. What is compared is the
family of the measure (a number, a sum of money, a share, a document, a place, ...), never the subject.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["find_families", "is_quantity", "same_measure"]

_NOT_PAPER: Final = "force|officers?|stations?|staff|dogs?|cars?|vehicles?|cell"
_NO_AMOUNT: Final = "".join(f"(?<!{word} )" for word in ("registration", "reference", "phone", "badge", "serial"))
_PATTERNS: Final = {
    "reason": r"why|reasons?|rationale|justif\w+|excuses?|grounds",
    "document": (
        rf"polic(?:y|ies)(?! (?:{_NOT_PAPER}))|guidance|guidelines|procedures?|protocols?|manuals?|rules|instructions?|"
        r"cop(?:y|ies)|minutes|correspondence|e-?mails?|reports?|letters?|templates?|wording|briefings?|business case|"
        r"strateg(?:y|ies)|plans?|assessments?|contract documents?|footage|clips?|recordings?|advice|paperwork|"
        r"documents?|memos?|records of|logs?|in writing"
    ),
    "rate": (
        r"average|(?<!i )(?<!you )mean|median|percentage|per ?cent|proportion|share of|rates?(?= of)|how long|"
        r"how quick\w*|how fast|longest|shortest|response times?|waiting times?|typical time|time to|difference between"
    ),
    "money": (
        r"costs?|spen[dt]|spending|paid|pay|salary|salaries|wages|prices?|amounts?|sums?|budgets?|expenditure|outlay|"
        r"fees?|how much(?! (?:time|of (?:them|each|those|these)))|bills?|money|compensation|revenue|income|tariffs?|"
        r"overtime|value of|worth|takings"
    ),
    "identity": (
        r"who|whom|whose|names? of|naming|named|"
        r"which (?:\w+ )?(?:company|companies|firms?|suppliers?|contractors?|providers?|person)"
    ),
    "place": (
        r"where|locations?|address(?:es)?|map|whereabouts|"
        r"which (?:\w+ )?(?:stations?|bases?|sites?|buildings?|roads?|streets?|premises|kennels?|places?)|"
        r"(?:streets?|roads?|sites?) (?:they|it|on|in|at|from)"
    ),
    "count": (
        r"how many|how much of (?:them|each|those|these)|how often|no\.|total|figures?|counts?|occasions?|headcount|"
        rf"strength|tally|statistics|instances|quantity|frequency|days lost|times|{_NO_AMOUNT}numbers?(?! plates?)"
    ),
    "date": r"when|dates?|what days?",
}
_FAMILIES: Final = tuple(
    (name, re.compile(rf"\b(?:{pattern})\b{'|£' if name == 'money' else ''}")) for name, pattern in _PATTERNS.items()
)
_APART: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("count", "money"),
        ("count", "document"),
        ("count", "rate"),
        ("count", "place"),
        ("count", "identity"),
        ("count", "reason"),
        ("count", "date"),
        ("money", "document"),
        ("money", "rate"),
        ("money", "place"),
        ("money", "identity"),
        ("money", "reason"),
        ("money", "date"),
        ("rate", "document"),
        ("rate", "place"),
        ("rate", "identity"),
        ("rate", "reason"),
        ("document", "place"),
        ("place", "reason"),
        ("identity", "date"),
        ("place", "date"),
    )
)
"""Families that no wording turns into one another; others can be two ways to ask for one thing."""


def find_families(text: str) -> tuple[str, ...]:
    """Name the kinds of thing a question asks for, in the order of their first telling words.

    >>> find_families("How many drones are there and what did they cost?"), find_families("Copies of the drone policy")
    (('count', 'money'), ('document',))
    """
    words = text.lower()
    found = [(match.start(), name) for name, pattern in _FAMILIES if (match := pattern.search(words))]
    return tuple(name for _, name in sorted(found))


def _opens(text: str) -> bool:
    """Tell whether the first telling word is what is asked, not a further wish after an "and"."""
    words = text.lower()
    starts = (match.start() for _, pattern in _FAMILIES if (match := pattern.search(words)))
    return not re.search(r"\band\b", words[: min(starts, default=0)])


def same_measure(asked: str, held: str) -> bool | None:
    """Tell whether two questions ask for the same kind of thing; `None` where one does not tell.

    >>> same_measure("How many drones?", "Number of drones"), same_measure("How many drones?", "The drone policy")
    (True, False)
    """
    one, other = find_families(asked), find_families(held)
    if not one or not other:
        return None
    if one[0] == other[0] or (len(one) > 1 and set(one) == set(other)):
        return True
    if set(one) & set(other):
        return None
    apart = frozenset((one[0], other[0])) in _APART and _opens(asked) and _opens(held)
    return False if apart else None


_QUANTITIES: Final = frozenset({"count", "money", "rate"})
_COUNTED_KINDS: Final = frozenset({"count", "cost"})


def is_quantity(text: str, *, breakdown: tuple[str, ...] = (), kind: str = "unclear") -> bool:
    """Tell whether a question asks for figures, which belong to a period, rather than a record that has none.

    The words decide; a breakdown, or the kind that the splitting stage guessed, only where they name no measure.

    >>> is_quantity("How many drones are there?"), is_quantity("The drone policy", kind="count")
    (True, False)
    """
    families = find_families(text)
    return families[0] in _QUANTITIES if families else kind in _COUNTED_KINDS or bool(breakdown)
