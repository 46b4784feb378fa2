"""Lines of a text and their list markers.

In: any text. Out: `Line` records with offsets into it, and the decision which line breaks are only hard wraps.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from triage.schema import Line
from triage.segment.cues import is_salutation, starts_ask

__all__ = ["find_lines", "find_wrapped"]

# Every character that a browser, Word or an old mail client shows as a new line.
_LINE: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MONTH: Final = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_WORD_NUMBERS: Final = {
    word: str(n)
    for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1)
}
_N: Final = r"(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_QUESTION: Final = re.compile(
    r"(?:q[\s.]*(?=\d)|(?:question|request|part|point|item)[\s.]+(?:no\.?\s*)?)"
    + _N
    + r"(?![a-z]{2})(?:[.\s]?\(?(?P<sub>[a-h]|i{1,3}|iv|vi{0,3})\)?(?![\w']))?"
    r"(?:\s*[.:)\]]+(?!\d)(?:\s*[-–—](?=\s))?\s*|\s*[-–—]+\s+|\s*$|\s+(?=(?-i:[A-Z\"'“‘]))"
    r")",
    re.IGNORECASE,
)
_SHORT_QUESTION: Final = re.compile(
    r"[Qq](?P<n>\d{1,2})(?P<sub>)\s+(?=[a-z])(?!(?:of|to|and|or|in|is|was|has|asks?)\b)"
)
"""A lower-case item after "Q5" is one where other lines go by numbers too."""
_BULLET: Final = re.compile(r"[•·●▪◦‣○■□➢➤►✓✔\uf0b7]\s*|[-–—*+]\s+|o\s+(?=[A-Z(])|-(?=\w)|[–—](?=[^\W\d_])")
_COMBINED: Final = re.compile(
    r"[(\[]?(?P<n>\d{1,2})[.)\]]?\s?\(?(?P<sub>[a-z]|i{2,4}|iv|vi{1,3}|ix)(?:[.)\s]{1,2}\(?(?P<subsub>[ivx]{1,4}))?"
    r"(?:[.)\]:]+(?![\w.])\s*|\)\s*)"
)
_DOTTED: Final = re.compile(
    r"(?P<n>\d{1,2})\.(?:(?P<sub>[a-z])\.(?P<subsub>[ivx]{1,4})[.)]?\s+(?=\S)|(?P<only>[b-h])\s+(?=\S)|(?P<first>a)\s+(?=[A-Z]))"
)
_SUFFIXED: Final = re.compile(r"(?P<n>\d{1,2})(?P<sub>[a-h])\s+(?=\S)")
_NUMBER: Final = re.compile(
    r"[(\[]?(?P<n>\d{1,3}(?:\.\d{1,2}){0,3})"
    r"(?P<tail>\s?[.)\]:]+(?!\d)(?:\s*[-–—](?=\s))?|/(?!\d)|,(?=\s*[^\W\d])|\s*[-–—](?=\s)|(?=\s))\s*"
)
_LETTER: Final = re.compile(
    r"(?P<open>[(\[]?)(?P<n>[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})"
    r"(?P<tail>[)\]][.:]?\s*|\.(?=[A-Z][a-z ])|\.\s+|\.$|:\s+|\s[-–]\s+)"
)
_STARTS_ITEM: Final = re.compile(
    r"$|[A-Z]|(?:(?:the|all|any|an?|how|what|which|who|when|where|why|whether|does|do|is|are|has|have|did|was|were|number"
    r"|numbers|total|copies|copy|details|list|lists|length|cost|costs|amount|names?|dates?|letters|emails|e-mails|minutes"
    r"|reports?|please|if)\b)"
)
"""What an item begins with where only a blank follows its number: "12 officers" at a line's start is no item."""
_ORDINAL: Final = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)(?:ly)?[,:]\s+|finally[,:]\s+",
    re.IGNORECASE,
)
_ROMAN: Final = re.compile(r"[ivx]+", re.IGNORECASE)
_UNFINISHED: Final = re.compile(
    r"(?:\b(?:a|an|the|and|or|of|to|in|on|at|by|for|from|with|as|that|which|who|their|your|our|its|is|are|was|were|be|"
    r"been|has|have|this|these|those|any|all|per|than|into|between|under|within|not|if|whether|regarding|what|how|against|likely|next|each|every|"
    r"both|other|such|some|no|per\s+cent|since|until|during|including|about|rather|only|also|would|will|can|could|should|may)|[,&/])$",
    re.IGNORECASE,
)
_LIST_AND: Final = re.compile(r"[;,]\s*(?:and|or),?$", re.IGNORECASE)
_LOWER: Final = re.compile(r"[\"'“‘(\[]?[a-z]")
_NARROW, _WIDE = 50, 110


class _Mark(NamedTuple):
    marker: str
    kind: str
    length: int
    is_sure: bool = True


def find_lines(text: str) -> tuple[Line, ...]:
    r"""Find the lines of a text that are not blank, with their list markers.

    >>> [(line.marker, line.marker_kind) for line in find_lines("Please give:\n1) cost\n  a. per year")]
    [(None, None), ('1', 'number'), ('a', 'letter')]
    """
    spans: list[tuple[int, int, int, bool]] = []
    for found in _LINE.finditer(text):
        raw = found.group()
        body = raw.strip()
        if not body:
            continue
        lead = raw[: len(raw) - len(raw.lstrip())]
        start = found.start() + len(lead)
        after_blank = bool(spans) and len(_BREAK.findall(text, spans[-1][1], start)) > 1
        indent = sum(4 if char == "\t" else 1 for char in lead)
        edges = [0, *_find_lost_breaks(body), len(body)]
        for begin, stop in itertools.pairwise(edges):
            stripped = body[begin:stop].rstrip()
            spans.append((start + begin, start + begin + len(stripped), indent, after_blank and not begin))
    bodies = [text[start:end] for start, end, _, _ in spans]
    marks = _settle([_find_mark(body) for body in bodies])
    return tuple(
        Line(start, end, start, indent=indent, after_blank=after_blank)
        if mark is None
        else Line(start, end, start + mark.length, mark.marker, mark.kind, indent, after_blank)
        for (start, end, indent, after_blank), mark in zip(spans, marks, strict=True)
    )


_RUN_ON: Final = re.compile(
    r"(?<=[^\W\d_?.:;,)£(])(?P<gap>\s*)(?P<n>\d{1,2})[.)]\s*(?=[A-Z][a-z\s])|(?<=[?.:;,)])(?P<gap2>\s*)(?P<n2>\d{1,2})[.)]\s*(?=[A-Z][a-z\s])"
)
_LEAST_RUN: Final = 3


def _find_lost_breaks(body: str) -> list[int]:
    """Find where items run on within a line whose breaks were lost ("... capacity2. Currently ...").

    Returns:
        The offsets of the numbers 1, 2, 3 and so on, at least three of them, or two where one is glued to a word.
    """
    own = re.match(r"\(?1[.)]", body)
    due = 2 if own else 1
    found: list[int] = []
    glued = False
    for match in _RUN_ON.finditer(body, own.end() if own else 0):
        number = match["n"] or match["n2"]
        if int(number) == due:
            glued = glued or (match["gap"] == "" and match["n"] is not None)
            found.append(match.start("n" if match["n"] else "n2"))
            due += 1
    return found if due > _LEAST_RUN or (glued and due == _LEAST_RUN) else []


def _find_mark(body: str) -> _Mark | None:
    if found := _QUESTION.match(body):
        n = _WORD_NUMBERS.get(found["n"].lower(), found["n"])
        return _Mark(f"Q{n}" + (f"({found['sub'].lower()})" if found["sub"] else ""), "question", found.end())
    if found := _SHORT_QUESTION.match(body):
        return _Mark(f"Q{found['n']}", "question", found.end(), is_sure=False)
    if found := _DOTTED.match(body) or _COMBINED.match(body) or _SUFFIXED.match(body):
        groups = found.groupdict()
        limbs = "".join(f"({groups[name]})" for name in ("sub", "only", "first", "subsub") if groups.get(name))
        return _Mark(found["n"] + limbs, "number", found.end())
    if found := _NUMBER.match(body):
        tail, n = found["tail"].strip(), found["n"]
        # "12 May", "3 - 5 years" and a house number look like markers; a neighbour in the list has to vouch for them.
        if not tail and _MONTH.match(body, found.end()):
            return None
        if not tail and "." not in n and not _STARTS_ITEM.match(body, found.end()):
            return None
        is_sure = tail[:1] in tuple(".)]:") and tail != "" and len(n) < 3
        return _Mark(n, "number", found.end(), is_sure or (tail[:1] in tuple(".)]") and tail != "" and "." in n))
    if found := _LETTER.match(body):
        is_sure = found["tail"].strip()[:1] in (")", "]") or (found["tail"][0] == "." and found["n"].islower())
        return _Mark(found["n"], "letter", found.end(), is_sure)
    if found := _BULLET.match(body):
        return _Mark("-", "bullet", found.end())
    if found := _ORDINAL.match(body):
        return _Mark("-", "bullet", found.end(), is_sure=False)
    return None


def _settle(marks: Sequence[_Mark | None]) -> list[_Mark | None]:
    """Drop marks that no neighbour vouches for, and tell letters from roman numerals."""
    printed = {mark.marker.lower() for mark in marks if mark is not None}
    counted = sum(mark is not None and mark.kind == "bullet" and not mark.is_sure for mark in marks) > 1
    settled: list[_Mark | None] = []
    last = ""
    for mark in marks:
        if mark is not None and not mark.is_sure and mark.kind == "bullet":
            mark = mark if counted else None  # "Firstly" needs a "Secondly"
        elif mark is not None and not mark.is_sure and not _neighbours(mark) & printed:
            mark = None
        if mark is not None and mark.kind == "letter":
            low = mark.marker.lower()
            follows = {"i": last != "h", "v": last == "iv", "x": last == "ix"}.get(low, len(low) > 1)
            if follows and _ROMAN.fullmatch(low):
                mark = mark._replace(kind="roman")
            last = low
        elif mark is not None and mark.kind != "bullet":
            last = ""
        settled.append(mark)
    return settled


def _neighbours(mark: _Mark) -> set[str]:
    """Return the markers that would stand before or after this one in a list."""
    if mark.kind == "question":
        return {f"q{int(mark.marker[1:]) + step}" for step in (-1, 1)}
    if mark.kind == "number":
        head, dot, tail = mark.marker.rpartition(".")
        near = {f"{head}{dot}{int(tail) + step}" for step in (-1, 1)}
        return near | {head} if head else near
    if len(mark.marker) > 1:
        return {"i", "ii", "iii", "iv", "v"} - {mark.marker.lower()}
    return {chr(ord(mark.marker.lower()) + step) for step in (-1, 1)}


_DATED: Final = re.compile(
    r"\b(?:years?|january|february|march|april|may|june|july|august|september|october|november|december|section|since)$",
    re.IGNORECASE,
)
"""What a date goes on behind, where the line breaks within it."""
_REACHES: Final = 0.8
_LEAST_SET: Final = 4


def _find_width(lines: Sequence[Line]) -> int:
    """Return the width that a mail program set a message to, else 0: no line is longer and several reach for it."""
    lengths = [line.indent + line.end - line.start for line in lines]
    longest = max(lengths, default=0)
    reaching = sum(n > _REACHES * longest for n in lengths)
    return longest if _NARROW <= longest <= _WIDE and reaching >= _LEAST_SET else 0


def find_wrapped(text: str, lines: Sequence[Line]) -> set[int]:
    """Find the lines whose line break is only a hard wrap, so that the next line goes on with the sentence.

    Returns:
        Indices into `lines`.
    """
    wrapped = set()
    width = [0] * len(lines)
    set_to = _find_width(lines)
    first = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or lines[i].after_blank:
            lengths = [line.indent + line.end - line.start for line in lines[first:i]]
            longest = max(lengths)
            # One long line proves nothing; a paragraph set to a width has several lines that reach for it.
            is_set = _NARROW <= longest <= _WIDE and sum(n > 0.8 * longest for n in lengths) * 2 >= max(
                len(lengths) - 1, 4
            )
            # A short paragraph is set to the width of the whole message.
            is_set = is_set or (set_to > 0 and longest > _REACHES * set_to)
            width[first:i] = [max(longest, set_to) if is_set else 0] * (i - first)
            first = i
    for i, (here, following) in enumerate(itertools.pairwise(lines)):
        body, after = text[here.content_start : here.end], text[following.start : following.end]
        if (
            following.after_blank
            or following.marker
            or not body
            or body[-1] in ".?!:;|…"
            or _LIST_AND.search(body)
            or after[0] in "|>"
        ):
            continue
        if body[0] == ">" or "\t" in after or "\t" in body or is_salutation(body) or is_salutation(after):
            continue
        room = width[i] - (here.indent + here.end - here.start)
        goes_on = bool(_LOWER.match(after)) and not starts_ask(after)
        goes_on = goes_on or (after[0].isdigit() and len(body) >= _NARROW and _DATED.search(body) is not None)
        if (
            (_UNFINISHED.search(body) and not _LIST_AND.search(body))
            or (goes_on and len(body) >= 25)
            or (width[i] and len(after.split(maxsplit=1)[0]) >= room and not (starts_ask(after) and after[0].isupper()))
        ):
            wrapped.add(i)
    return wrapped
