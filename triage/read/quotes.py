"""Find where a reply repeats the words of a question.

In: the reply's words and the questions. Out: spans of the quotations. A quotation opens the answer to its question
and is itself no evidence of anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

__all__ = ["find_answered_quotes", "find_quotes", "group_answered"]

_WORD: Final = re.compile(r"[^\W_]+")


_JOINING: Final = re.compile(r"^\W*(?:(?:and|or)\W*)?(?:\(?\w{1,3}[.)](?![ \t]*\n))?\W*$")
"""What stands between two questions with one answer: the label of the second; "0." on its own line is an answer."""


_RUNNING: Final = re.compile(r"[a-z]{2}[ \t]+$")
_RUNS_ON: Final = re.compile(r"[ \t]+(?:is|are|was|were|has|have|had|will|can|cannot|may|would|could)\b")
_DENIES: Final = re.compile(r"\bnot\b|n['’]t\b", re.IGNORECASE)
"""Turns the words of a question into its answer."""
_LEAST_INSIDE: Final = 6
"""Words of a quotation that stands within a sentence; fewer may be the reply's own."""


def find_quotes(body: str, questions: Sequence[str], *, least: float = 0.7) -> list[tuple[int, int, int]]:
    """Find where a reply repeats the words of a question.

    Args:
        body: The reply's text.
        questions: The questions, in order.
        least: Share of a question's words that must return, in order and close together.

    Returns:
        (start, end, index of the question) for every quotation found, in the order of the text, not overlapping.
    """
    words = [(match.start(), match.end(), match.group().lower()) for match in _WORD.finditer(body)]
    free = [word for _, _, word in words]
    found: list[tuple[int, int, int]] = []
    wanted = [[match.group().lower() for match in _WORD.finditer(question)] for question in questions]
    said = set(free)
    longest = [
        index
        for index in sorted(range(len(questions)), key=lambda i: -len(questions[i]))
        # A quotation is long enough, and too many words that are nowhere cannot return.
        if len(wanted[index]) >= _SEED and sum(w in said for w in wanted[index]) >= least * len(wanted[index])
    ]
    times = [0] * len(questions)
    # What is found depends on the words that are free alone, and is kept until some of them are taken.
    matcher = SequenceMatcher(None, "", free, autojunk=False)
    nearest: dict[int, tuple[int, int, int] | None] = {}
    # Questions of one shape differ by a word or two: whole quotations are taken before rough ones.
    for share in (1.0, (1 + least) / 2, least):
        for index in longest:
            # Once in the restated list, once above its answer.
            while times[index] < 2:
                if index not in nearest:
                    nearest[index] = _find_words(wanted[index], free, matcher)
                span = nearest[index]
                if span is None or span[2] < share * len(wanted[index]):
                    break
                first, last, _ = span
                free[first : last + 1] = ["\0"] * (last + 1 - first)
                matcher = SequenceMatcher(None, "", free, autojunk=False)
                nearest.clear()
                found.append((words[first][0], words[last][1], index))
                times[index] += 1
    return sorted(found)


_SEED: Final = 3
"""Words in a row that a quotation has at least."""


def _find_words(wanted: list[str], free: list[str], matcher: SequenceMatcher[str]) -> tuple[int, int, int] | None:
    """Find where words return best.

    Args:
        wanted: The words.
        free: Those of the reply.
        matcher: Holds `free` as its second sequence.

    Returns:
        The first and the last place, and how many of the words return between them; `None` where too few are in a row.
    """
    matcher.set_seq1(wanted)
    seed = matcher.find_longest_match()
    if seed.size < _SEED:
        return None
    low = max(0, seed.b - seed.a - 4)
    high = min(len(free), seed.b + len(wanted) - seed.a + 6)
    blocks = SequenceMatcher(None, wanted, free[low:high], autojunk=False).get_matching_blocks()
    blocks = [block for block in blocks if block.size]
    return low + blocks[0].b, low + blocks[-1].b + blocks[-1].size - 1, sum(block.size for block in blocks)


def find_answered_quotes(body: str, questions: Sequence[str]) -> list[tuple[int, int, list[int]]]:
    """Keep the quotations that an answer follows, several at once where nothing stands between them.

    A run that repeats every question is the restated list, not the place of an answer.
    """
    quotes = [
        (start, end, index)
        for start, end, index in find_quotes(body, questions)
        if not _DENIES.search(body[start:end]) or _DENIES.search(questions[index])
    ]
    quotes = _tell_twins_apart(quotes, questions)
    return group_answered(body, quotes, len(questions))


def _tell_twins_apart(quotes: Sequence[tuple[int, int, int]], questions: Sequence[str]) -> list[tuple[int, int, int]]:
    """Give quotations of questions in the same words ("Contract end date", twice) to them in turn."""
    twins: dict[str, list[int]] = {}
    for index, question in enumerate(questions):
        twins.setdefault(" ".join(_WORD.findall(question.lower())), []).append(index)
    of = {index: group for group in twins.values() if len(group) > 1 for index in group}
    told: Counter[int] = Counter()
    apart = []
    for start, end, index in quotes:
        group = of.get(index)
        if group is not None:
            told[group[0]] += 1
            index = group[(told[group[0]] - 1) % len(group)]
        apart.append((start, end, index))
    return apart


def group_answered(body: str, quotes: Sequence[tuple[int, int, int]], count: int) -> list[tuple[int, int, list[int]]]:
    """Keep the places of questions that an answer follows, several at once where nothing stands between them.

    Args:
        body: The reply's text.
        quotes: Start, end and index of each question found in it, in order.
        count: How many questions there are; a run that repeats all of them is the list, not the place of an answer.
    """
    kept: list[tuple[int, int, list[int]]] = []
    run: list[tuple[int, int, int]] = []
    for (start, end, index), following in zip(quotes, [*quotes[1:], None], strict=False):
        line = body[body.rfind("\n", 0, start) + 1 : start]
        inside = _RUNNING.search(line) or _RUNS_ON.match(body, end)
        if len(re.findall(r"\w", line)) >= 25 or (inside and len(body[start:end].split()) < _LEAST_INSIDE):
            continue
        run.append((start, end, index))
        until = following[0] if following else len(body)
        between = _JOINING.sub("", body[end:until].lstrip())
        if re.search(r"\w", between):
            if len({i for _, _, i in run}) < count or count == 1:
                kept.append((run[0][0], end, list(dict.fromkeys(i for _, _, i in run))))
            run = []
    return kept
