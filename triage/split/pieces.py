"""Pieces of a request: the text between any two places where a question may begin or end.

In: the segmented request and the questions that the rules found. Out: `Piece` records in the order of the text, none
overlapping, and for each the features by which what was learned tells what it is.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from triage.schema import Segment, Segmented
from triage.segment.cues import is_ask, starts_ask
from triage.split import stems
from triage.split.items import Item

__all__ = ["Piece", "describe_pieces", "drop_lead", "find_pieces"]

_I: Final = re.IGNORECASE


class Piece(NamedTuple):
    """A stretch of a request that lies in one question or in none; `sentence` numbers the sentence that it is part of."""

    start: int
    end: int
    sentence: int


_WITHIN: Final = re.compile(
    r"(?P<after>[,;:.?!]+\s+|\s[-–—]\s+|(?:\((?:[a-h]|\d{1,2}|[ivx]{1,5})\)|(?<=\s)(?:[a-h]\)|\d{1,2}[.)]?(?=\s+[^\W\d])|[ivx]{1,4}\)))\s*)|"
    r"(?P<before>\s+)(?=(?:and|also|plus|as\s+well\s+as|together\s+with|along\s+with|&|or|but|then|so|because|as|if|since)\b)|"
    r"(?P<ask>\s+)(?=(?:how|what|which|who|when|where|why|whether|please|pls|(?:can|could|would)\s+(?:you|i|we)|(?:i|we)\s+(?:would|want|need|wish|also|am|was)|"
    r"i['’](?:d|m)|thanks?|many\s+thanks|under\s+the|the\s+(?:number|cost|total|amount|names?)|cop(?:y|ies)|a\s+(?:copy|list|breakdown)|details\s+of|is|are|do|does|did|has|have|was|were)\b)|"
    r"(?P<bracket>\s+(?=\())",
    _I,
)
_LEAD: Final = re.compile(
    r"(?:[\s,;:.\-–—•*]|&|(?:and|also|plus|or|then|as\s+well\s+as|together\s+with|along\s+with|additionally|finally)\b(?!\s*$)|\((?:\w{1,4})\)\s|\w{1,2}\)\s)+",
    _I,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_LONGEST: Final = 400
"""Characters of a piece whose words are looked at."""


def drop_lead(text: str, start: int, end: int) -> int:
    """Return where what is asked begins behind a joint or a label: "and also how many" at "how"."""
    found = _LEAD.match(text, start, end)
    return found.end() if found is not None and found.end() < end else start


def find_pieces(segmented: Segmented, items: Sequence[Item]) -> list[Piece]:
    """Cut a request wherever a question may begin or end."""
    text = segmented.text
    edges: set[int] = set()
    markers: list[tuple[int, int]] = []
    for line in segmented.lines:
        edges |= {line.content_start, line.end}
        if line.marker is not None:
            markers.append((line.start, line.content_start))
            edges.add(line.start)
    for item in items:
        edges |= {item.start, item.end}
    for sentence in segmented.sentences:
        edges |= {sentence.start, sentence.end}
        for found in _WITHIN.finditer(text, sentence.start, sentence.end):
            edges.add(found.end())
            if found["after"] and found["after"][0] not in ",;:.?!":
                edges.add(found.start())
    starts = [sentence.start for sentence in segmented.sentences]
    marked = dict(markers)
    pieces = []
    ordered = sorted(edges)
    for start, end in zip(ordered, ordered[1:], strict=False):
        if marked.get(start) is not None and end <= marked[start]:
            continue
        body = text[start:end]
        if not any(char.isalnum() for char in body) or _LABEL.fullmatch(body):
            continue
        start += len(body) - len(body.lstrip())
        end -= len(body) - len(body.rstrip())
        number = max(bisect.bisect_right(starts, start) - 1, 0)
        pieces.append(Piece(start, end, number))
    return pieces


_LABEL: Final = re.compile(r"\s*\(?(?:[a-h]\)|\d{1,2}[.)]?|[ivx]{1,5}\))\s*", _I)


def _words(body: str) -> list[str]:
    return ["0" if word.isdigit() else word.lower() for word in _WORD.findall(body[:_LONGEST])]


def describe_pieces(
    segmented: Segmented, items: Sequence[Item], segments: Sequence[Segment], pieces: Sequence[Piece]
) -> Iterator[list[str]]:
    """Give the features of each piece: its words, its place, and what the rules make of it and its neighbours."""
    text, lines, sentences = segmented.text, segmented.lines, segmented.sentences
    role_starts = [segment.start for segment in segments]
    item_starts = [item.start for item in items]
    line_starts = [line.start for line in lines]
    last = len(pieces)
    words = [_words(text[piece.start : piece.end]) for piece in pieces]
    by_rule: list[str] = []
    lined = []
    for piece in pieces:
        role = segments[max(bisect.bisect_right(role_starts, piece.start) - 1, 0)].role if segments else "none"
        k = bisect.bisect_right(item_starts, piece.start) - 1
        inside = k >= 0 and items[k].end > piece.start
        if inside:
            role = "B" if items[k].start == piece.start else ("T" if role == "table" else "I")
        by_rule.append(role)
        lined.append(lines[bisect.bisect_right(line_starts, piece.start) - 1])
    asks = [is_ask(text[p.start : p.end][:_LONGEST]) for p in pieces]
    opens = [starts_ask(text[drop_lead(text, p.start, p.end) : p.end][:_LONGEST]) for p in pieces]
    seen_item = False
    clarify = [stems.is_clarifying(text[s.start : s.end][:_LONGEST]) for s in sentences]
    scopes = [stems.is_scope(text[s.start : s.end][:_LONGEST]) for s in sentences]
    short = [_is_short(text[line.content_start : line.end]) for line in lines]
    runs = _runs(short)
    line_at = [bisect.bisect_right(line_starts, piece.start) - 1 for piece in pieces]
    items_at = list(itertools.accumulate((line.marker is not None for line in lines), initial=0))[1:]
    opener: list[str] = []
    for k, piece in enumerate(pieces):
        own, line, sentence = words[k], lined[k], sentences[piece.sentence]
        before = text[pieces[k - 1].end - 1] if k else "^"
        gap = text[pieces[k - 1].end : piece.start] if k else "\n\n"
        is_first = piece.start == sentence.start
        on_line = piece.start == line.content_start
        marker = (line.marker_kind or "none") if on_line else "mid"
        rule = by_rule[k]
        previous = by_rule[k - 1] if k else "^"
        following = by_rule[k + 1] if k + 1 < last else "$"
        place = ("S" if is_first else "s") + ("L" if on_line else "l") + ("B" if gap.count("\n") > 1 else "")
        kept = [word for word in own if word not in _JOINTS] or own
        said = text[sentence.start : sentence.end][:_LONGEST]
        features = [
            "bias",
            f"r={rule}",
            f"r={rule}|{previous}",
            f"r={rule}|>{following}",
            f"r={previous}|{rule}|{following}",
            f"p={place}",
            f"p={place}|r={rule}",
            f"m={marker}|{place}",
            f"m={marker}|r={rule}",
            f"b={before}",
            f"b={before}|r={rule}",
            f"e={own[-1] if own else ''}" if own and not own[-1].isalnum() else "e=word",
            f"e={own[-1]}|r={rule}|{place}" if own and not own[-1].isalnum() else f"e=word|r={rule}|{place}",
            f"a={asks[k]:d}{opens[k]:d}|{place}",
            f"a={asks[k]:d}{opens[k]:d}|r={rule}|{place}",
            f"a-={asks[k - 1]:d}{opens[k - 1]:d}|{asks[k]:d}{opens[k]:d}" if k else "a-=^",
            f"a+={asks[k + 1]:d}{opens[k + 1]:d}|{asks[k]:d}{opens[k]:d}" if k + 1 < last else "a+=$",
            f"n={min(len(own), 12) // 3}|r={rule}",
            f"n={min(len(own), 12) // 3}|{place}",
            f"sr={sentence.role}",
            f"sr={sentence.role}|r={rule}|{place}",
            f"sq={said[-1:] == '?':d}|{is_ask(said):d}|{place}",
            f"sq={said[-1:] == '?':d}|{is_ask(said):d}|r={rule}",
            f"seen={seen_item:d}|r={rule}",
            f"top={min(k, 3)}|r={rule}",
            f"bot={min(last - 1 - k, 4)}|r={rule}",
            f"up={(own or ['x'])[0][:1].isalpha() and text[piece.start].isupper():d}|{place}",
            f"ws={' '.join(_words(said[:60])[:2])}|{is_first:d}",
            f"ws={' '.join(_words(said[:60])[:1])}|{is_first:d}|{own[0] if own else ''}",
            f"lw={line.marker is not None:d}|{len(own) <= 4:d}|{place}",
        ]
        at = line_at[k]
        same_item = k > 0 and items_at[line_at[k - 1]] == items_at[at]
        in_item = items_at[at] > 0 and same_item
        new = f"{same_item:d}{in_item:d}{gap.count(chr(10)) > 1:d}"
        low = set(own)
        points = bool(low & _POINTING)
        features += [
            f"it={new}|r={rule}",
            f"it={new}|r={rule}|{previous}",
            f"it={new}|a={asks[k]:d}{opens[k]:d}|{place}",
            f"cl={clarify[piece.sentence]:d}{scopes[piece.sentence]:d}|{place}|r={rule}",
            f"cl={clarify[piece.sentence]:d}|{previous}|{place}",
            f"pt={points:d}|{place}|r={rule}",
            f"pt={points:d}|{asks[k]:d}|{previous}|{place}",
            f"run={min(runs[at], 4)}|{on_line:d}|r={rule}",
            f"run={min(runs[at], 4)}|{on_line:d}|{len(own) < 6:d}|{marker}",
            f"iw={len(line.marker or '')}|{min(line.indent, 6) // 2}|{on_line:d}",
            *(f"op={word}|{on_line:d}" for word in opener),
            *(f"op={word}|r={rule}" for word in opener),
        ]
        if own and own[-1] in (":", "-", "–"):
            opener = [*dict.fromkeys([*own[:3], *own[-5:]])]
        elif gap.count(chr(10)) > 1 and on_line and line.marker is None:
            opener = []
        first = " ".join(kept[:1])
        features += [f"w1={first}", f"w1={first}|{place}", f"w1={first}|r={rule}"]
        features += [f"w2={' '.join(kept[:2])}", f"w2={' '.join(kept[:2])}|r={rule}", f"w3={' '.join(kept[:3])}"]
        features += [f"j={own[0] if own else ''}|{place}", f"j={own[0] if own else ''}|r={rule}"]
        features += [f"l1={' '.join(own[-1:])}", f"l2={' '.join(own[-2:])}"]
        features += [f"w={word}" for word in set(own[:40])]
        features += [f"g={a} {b}" for a, b in set(zip(own[:40], own[1:41], strict=False))]
        if k:
            features += [f"w-={word}" for word in set(words[k - 1][-4:])]
            features += [f"l-={' '.join(words[k - 1][-1:])}|{first}"]
        if k + 1 < last:
            features += [f"w+={word}" for word in set(words[k + 1][:4])]
        seen_item = seen_item or rule == "B"
        yield features


_POINTING: Final = frozenset({"this", "these", "those", "it", "them", "each", "their", "its", "such", "that", "they"})
_SHORT: Final = 9


def _is_short(said: str) -> bool:
    """Tell whether a line is a few words that end without a stop, as fields and values are."""
    return said[-1:] not in (".", "?", "!", ":") and len(said.split()) < _SHORT


def _runs(short: Sequence[bool]) -> list[int]:
    """Give for each line the number of short lines that follow each other there."""
    runs = [0] * len(short)
    start = 0
    for k in range(len(short) + 1):
        if k == len(short) or not short[k]:
            runs[start:k] = [k - start] * (k - start)
            start = k + 1
    return runs


_JOINTS: Final = frozenset(
    {
        "and",
        "also",
        "plus",
        "or",
        "then",
        "&",
        ",",
        ";",
        ":",
        "-",
        "–",
        "(",
        "as",
        "well",
        "together",
        "along",
        "with",
        "additionally",
        "finally",
    }
)
