"""Find what belongs together in gold and result: spans, provisions, labels.

In: two lists, marked and found. Out: pairs of positions, or the plain form in which two names are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from triage.schema import Provision

__all__ = ["find_words", "pair_spans", "plain_label", "plain_provision", "plain_provisions", "section_of"]

Span = tuple[int, int]


def _overlap(one: Span, other: Span) -> float:
    """Return the part that two spans share of what they cover together, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def pair_spans(gold: Sequence[Span], found: Sequence[Span], *, least: float) -> list[tuple[int, int]]:
    """Pair spans one to one, those that overlap most first.

    Args:
        gold: Spans marked.
        found: Spans found.
        least: The least overlap (intersection over union) of a pair.

    Returns:
        Positions in `gold` and in `found`.

    >>> pair_spans([(0, 10), (20, 30)], [(21, 30), (0, 4)], least=0.5)
    [(1, 0)]
    """
    near = ((_overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs: dict[int, int] = {}
    for value, i, j in sorted(near, key=lambda each: (-each[0], each[1], each[2])):
        if value >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def find_words(text: str, words: str, *, begin: int = 0) -> Span | None:
    """Find the first place of some words, whatever white space or `>` of a quotation stands between them.

    >>> find_words("in  > all years", "in all")
    (0, 9)
    """
    found = re.compile(r"[\s>]+".join(map(re.escape, words.split()))).search(text, begin)
    return found.span() if found else None


def plain_provision(provision: Provision | str, *, regime: bool = True) -> str:
    """Write a provision as gold data does: lower case, no blank, FOIA without its prefix.

    Args:
        provision: A record, or the words of the gold data.
        regime: Keep the prefix of the other laws.

    >>> plain_provision("FOIA s 31(1)(A)"), plain_provision("foisa35(1)"), plain_provision("eir12(4)", regime=False)
    ('31(1)(a)', 'foisa35(1)', '12(4)')
    """
    words = re.sub(r"^(foia)?s?(?=\d)", "", str(provision).lower().replace(" ", ""))
    return words if regime else words.lstrip("abcdefghijklmnopqrstuvwxyz")


def plain_provisions(provisions: Iterable[Provision | str], *, regime: bool = True) -> frozenset[str]:
    """Write each of several provisions as gold data does."""
    return frozenset(plain_provision(each, regime=regime) for each in provisions)


def section_of(provision: str) -> str:
    """Cut the limbs off.

    >>> section_of("31(1)(a)")
    '31'
    """
    return provision.partition("(")[0]


def plain_label(label: str | int | None) -> str:
    """Write a printed label without its word and marks.

    >>> [plain_label(each) for each in ("Q3.", "Question 3", "(3)", "7(a)", None)]
    ['3', '3', '3', '7a', '']
    """
    words = re.sub(r"^(questions?|q|no|part|point)\b\.?", "", str(label or "").lower().strip())
    return re.sub(r"[^a-z0-9]", "", words).removeprefix("q")
