"""Parts of a request: its sentences, cut where a question begins or ends.

In: the segmented request, its questions, and the roles that the rules give. Out: `Part` records in the order of the
text, and for each the features by which its role is told: words, place, neighbours and what the rules make of it.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from triage.schema import Line, Segment, Segmented
from triage.segment import asides
from triage.segment.cues import is_ask, starts_ask
from triage.split import stems
from triage.split.items import Item

__all__ = ["CONTINUES", "OPENS", "Part", "describe_parts", "find_parts"]

OPENS: Final = "q>"
CONTINUES: Final = "q"
"""Roles of the first part of a question and of its other parts."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_LONGEST: Final = 400
"""Characters of a part whose words are looked at."""
_MOST_WORDS: Final = 40
_POINTING: Final = frozenset({"this", "these", "those", "it", "them", "each", "their", "its", "such", "that", "they"})
_SAYS: Final = (
    (
        "argues",
        re.compile(
            r"\b(?:favou?rs?|outweigh\w*|tempted|relian\w+|i\s+(?:believe|submit|contend|argue|think|feel)|"
            r"in\s+my\s+(?:view|opinion)|accept)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "means",
        re.compile(
            r"\bmeans?\b|\bi\s+meant?\b|\bdefined\s+as\b|\bfor\s+(?:the\s+purposes?\s+of\s+)?this\s+request\b|\bincludes?\b",
            re.IGNORECASE,
        ),
    ),
    ("quoted", re.compile(r"^\W*>|\b(?:wrote|original\s+message|forwarded)\b", re.IGNORECASE)),
    (
        "law",
        re.compile(
            r"\b(?:section|s\.?)\s?\d|\b(?:act|regulations?|exempt\w*|public\s+interest|ICO|tribunal)\b", re.IGNORECASE
        ),
    ),
    (
        "answered",
        re.compile(
            r"\byou(?:r)?\s+(?:\w+\s+)?(?:answer\w*|repl\w+|response|refus\w+|letter|gave|told|said|supplied|disclosed)\b|"
            r"\bref(?:erence)?\b|\bFOI[ /-]?\d",
            re.IGNORECASE,
        ),
    ),
    (
        "limits",
        re.compile(
            r"\b(?:limit|hours|working\s+days|redact\w*|withh\w+|names?|format|spreadsheet|excel|csv|pdf|e-?mail|post)\b",
            re.IGNORECASE,
        ),
    ),
    ("dated", re.compile(r"\b(?:19|20)\d\d\b")),
)
_SHORT: Final = 9
"""Words of a line that is too long to be a field or a value."""


class Part(NamedTuple):
    """A stretch of a request with one role; `sentence` numbers the sentence it lies in, `rule` is its role by rule."""

    start: int
    end: int
    sentence: int
    rule: str


def find_parts(segmented: Segmented, items: Sequence[Item], segments: Sequence[Segment]) -> list[Part]:
    """Cut the sentences of a request where a question begins or ends."""
    text = segmented.text
    starts = [item.start for item in items]
    role_starts = [segment.start for segment in segments]
    inner = sorted({edge for item in items for edge in (item.start, item.end)})
    parts: list[Part] = []
    for number, sentence in enumerate(segmented.sentences):
        within = inner[bisect.bisect_right(inner, sentence.start) : bisect.bisect_left(inner, sentence.end)]
        edges = [sentence.start, *within, sentence.end]
        for start, end in itertools.pairwise(edges):
            body = text[start:end]
            start += len(body) - len(body.lstrip())
            end -= len(body) - len(body.rstrip())
            if not any(char.isalnum() for char in body):
                continue
            k = bisect.bisect_right(starts, start) - 1
            if k >= 0 and start < items[k].end:
                opens = not parts or parts[-1].end <= items[k].start
                rule = OPENS if opens else CONTINUES
            else:
                rule = segments[max(bisect.bisect_right(role_starts, start) - 1, 0)].role
                # A joint or label between two questions belongs to the one behind it.
                rule = CONTINUES if rule == "q" else rule
            parts.append(Part(start, end, number, rule))
    return parts


def _words(body: str) -> list[str]:
    return ["0" if word.isdigit() else word.lower() for word in _WORD.findall(body[:_LONGEST])]


class _Seen(NamedTuple):
    """What is looked up of a part by its neighbours too."""

    words: list[str]
    asks: str
    line: int
    head: str


def describe_parts(segmented: Segmented, parts: Sequence[Part]) -> Iterator[list[str]]:
    """Give the features of each part, as strings."""
    text, lines = segmented.text, segmented.lines
    line_starts = [line.start for line in lines]
    counted = list(itertools.accumulate((line.marker is not None for line in lines), initial=0))[1:]
    runs = _find_runs([_is_short(text[line.content_start : line.end]) for line in lines])
    seen = []
    for part in parts:
        said = text[part.start : min(part.end, part.start + _LONGEST)]
        words = _words(said)
        head = " ".join(words[:1])
        seen.append(
            _Seen(
                words,
                f"{is_ask(said):d}{starts_ask(said):d}{said.endswith('?'):d}",
                max(bisect.bisect_right(line_starts, part.start) - 1, 0),
                head,
            )
        )
    asked = False
    opener: list[str] = []
    for k, part in enumerate(parts):
        own, line = seen[k], lines[seen[k].line]
        gap = text[parts[k - 1].end : part.start] if k else "\n\n"
        is_apart = gap.count("\n") > 1
        on_line = part.start == line.content_start
        if is_apart and on_line and line.marker is None:
            opener = []
        place = f"{part.start == segmented.sentences[part.sentence].start:d}{on_line:d}{is_apart:d}"
        same_item = k > 0 and counted[seen[k - 1].line] == counted[own.line]
        yield [
            *_describe_place(parts, k, place, line if on_line else None),
            *_describe_words(part.rule, own, place),
            *_describe_neighbours(text, parts, seen, k),
            f"item={same_item:d}{counted[own.line] > 0:d}|{part.rule}",
            f"run={min(runs[own.line], 4)}|{on_line:d}|{len(own.words) < _SHORT:d}|{part.rule}",
            f"asked={asked:d}|{part.rule}",
            f"clarifies={stems.is_clarifying(text[part.start : part.start + _LONGEST]):d}|{part.rule}|{place}",
            *_describe_sayings(text[part.start : part.start + _LONGEST], part.rule),
            f"scope={stems.is_scope(text[part.start : part.start + _LONGEST]):d}|{part.rule}",
            *(f"under={word}|{part.rule}" for word in opener),
        ]
        if own.words and own.words[-1] in (":", "-", "–"):
            opener = [*dict.fromkeys([*own.words[:3], *own.words[-5:]])]
        asked = asked or part.rule == OPENS


def _describe_sayings(said: str, rule: str) -> list[str]:
    tests = (asides.wishes, asides.argues, asides.announces, asides.explains_itself, asides.speaks_of_reply)
    told = [name for name, pattern in _SAYS if pattern.search(said)]
    told.append("aside" + "".join(f"{test(said):d}" for test in tests))
    return [f"says={name}" for name in told] + [f"says={name}|{rule}" for name in told]


def _describe_place(parts: Sequence[Part], k: int, place: str, line: Line | None) -> list[str]:
    rule, last = parts[k].rule, len(parts) - 1
    marker = line.marker_kind or "none" if line is not None else "within"
    return [
        "bias",
        f"rule={rule}",
        f"place={place}|{rule}",
        f"marker={marker}|{place}",
        f"marker={marker}|{rule}",
        f"top={min(k, 3)}|{rule}",
        f"bottom={min(last - k, 4)}|{rule}",
    ]


def _describe_words(rule: str, own: _Seen, place: str) -> list[str]:
    words = own.words
    size = min(len(words), 12) // 3
    end = words[-1] if words and not words[-1].isalnum() else "word"
    near = words[:_MOST_WORDS]
    return [
        f"asks={own.asks}|{place}",
        f"asks={own.asks}|{rule}",
        f"size={size}|{rule}",
        f"size={size}|{place}",
        f"end={end}|{rule}|{place}",
        f"points={bool(_POINTING.intersection(words)):d}|{rule}",
        f"1={own.head}",
        f"1={own.head}|{place}",
        f"1={own.head}|{rule}",
        f"2={' '.join(words[:2])}",
        f"2={' '.join(words[:2])}|{rule}",
        f"3={' '.join(words[:3])}",
        f"last={' '.join(words[-1:])}",
        f"last2={' '.join(words[-2:])}",
        *(f"w={word}" for word in dict.fromkeys(near)),
        *(f"w={a} {b}" for a, b in dict.fromkeys(itertools.pairwise(near))),
    ]


def _describe_neighbours(text: str, parts: Sequence[Part], seen: Sequence[_Seen], k: int) -> list[str]:
    rule, own = parts[k].rule, seen[k]
    found = []
    previous = following = "none"
    if k:
        previous, before = parts[k - 1].rule, seen[k - 1]
        mark = text[parts[k - 1].end - 1]
        found += [
            f"after={mark}|{rule}",
            f"asks<{before.asks}|{own.asks}",
            f"<{' '.join(before.words[-1:])}|{own.head}",
        ]
        found += [f"<w={word}" for word in dict.fromkeys(before.words[-4:])]
    if k + 1 < len(parts):
        following, after = parts[k + 1].rule, seen[k + 1]
        found += [f"asks>{after.asks}|{own.asks}", *(f">w={word}" for word in dict.fromkeys(after.words[:4]))]
    return [*found, f"{previous}<{rule}", f"{rule}>{following}", f"{previous}<{rule}>{following}"]


def _is_short(said: str) -> bool:
    """Tell whether a line is a few words that end without a stop, as fields and values are."""
    return said[-1:] not in (".", "?", "!", ":") and len(said.split()) < _SHORT


def _find_runs(short: Sequence[bool]) -> list[int]:
    """Give for each line the number of short lines that follow each other there."""
    runs = [0] * len(short)
    start = 0
    for k in range(len(short) + 1):
        if k == len(short) or not short[k]:
            runs[start:k] = [k - start] * (k - start)
            start = k + 1
    return runs
