"""Find where a reply repeats the lines of the request that it answers.

In: the text of a reply, and the request where it is known apart. Out: label and span of each line of the request that
the reply prints above, or right before, an answer. 13 of 266 replies read are laid out so, often without any marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from triage.read.boilerplate import is_boilerplate
from triage.read.interleaved import Pair
from triage.segment import segment
from triage.segment.lines import find_wrapped

__all__ = ["find_echoes"]

_WORD: Final = re.compile(r"[^\W_]+")
_LEAD: Final = re.compile(
    r"[ \t>*•·\"“‘'\[({-]*"
    r"(?:(?:request|question|q|part|point|item)?[ .]*"
    r"(?P<label>\(?(?:\d{1,2}(?:[.\s]?\(?[A-Za-z]\b\)?)?|[A-Za-z]\b|[ivx]{1,4}\b)\)?)[ \t]*[\])}.:–-]*)?"
    r"[ \t\"“‘'*>–-]*",
    re.IGNORECASE,
)
"""What may stand on a line before the words of the request: quotation marks, a label."""
_NO_ITEM: Final = re.compile(
    r"\W*(?:dear|hi|hello|thanks?|thank you|many thanks|yours|kind|best|regards|please note)\b|https?:|[\"“‘]|.*:\s*$"
    r"|(?:I|we|this|it|they|there) (?:am|is|are|was|were|have|has|had|would|understand|know|believe)\b",
    re.IGNORECASE,
)
"""Lines of a request that ask nothing, though a reply may repeat them."""
_SEPARATES: Final = re.compile(r"[)\]\"'”’.,;!]*(?:\s*$|\s*[?:=|–—>-]|\s*\n)")
_UNANSWERED: Final = re.compile(
    r"^\W*(?:(?:response|answer|reply|a)\b[ .]*\d*[:.)–-]*)?\W*(?:\(?\w{1,3}[.)])?\W*$", re.IGNORECASE
)


class _Found(msgspec.Struct, frozen=True):
    item: int
    start: int
    end: int
    label: str | None


class _Item(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    label: str | None


def _items(request: str) -> list[_Item]:
    """List the lines of a request, hard-wrapped ones joined, without their markers."""
    lines = segment(request).lines
    wrapped = find_wrapped(request, lines)
    items: list[_Item] = []
    start: int | None = None
    label: str | None = None
    for index, line in enumerate(lines):
        if start is None:
            start, label = line.content_start, line.marker
        if index in wrapped:
            continue
        said = request[start : line.end]
        words = tuple(found.group().lower() for found in _WORD.finditer(said))
        if words and not _NO_ITEM.match(said) and not is_boilerplate(said):
            items.append(_Item(words, None if label == "-" else label))
        start = None
    return items


def find_echoes(text: str, request: str) -> list[Pair]:
    r"""Find the lines of the request that the reply repeats, each before its answer.

    Returns:
        Label and span of each, in the order of the reply; empty unless two or more are answered.

    >>> text = "Number of bells: seven\nKeeper: held by the parish"
    >>> [text[start:end] for _, start, end in find_echoes(text, "Number of bells\nKeeper")]
    ['Number of bells', 'Keeper']
    """
    items = _items(request)
    places = [(found.start(), found.end(), found.group().lower()) for found in _WORD.finditer(text)]
    found = _drop_overlaps(_occurrences(text, items, places))
    answered = _answered(text, found)
    if len({each.item for each in answered}) < 2:
        return []
    return [(each.label, each.start, each.end) for each in answered]


def _occurrences(text: str, items: Sequence[_Item], places: Sequence[tuple[int, int, str]]) -> Iterator[_Found]:
    """Find whole repetitions that begin a line, but for a label."""
    at = {start: index for index, (start, _, _) in enumerate(places)}
    spoken = [word for _, _, word in places]
    firsts: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        firsts.setdefault(item.words[0], []).append(number)
    for line in re.finditer(r"[^\n]+", text):
        lead = _LEAD.match(line.group())
        offsets = {len(line.group()) - len(line.group().lstrip()), lead.end() if lead else 0}
        for offset in offsets:
            word = _WORD.search(line.group(), offset)
            index = at.get(line.start() + word.start()) if word else None
            if index is None or (word is not None and word.start() - offset > 3):
                continue
            for number in firsts.get(spoken[index], ()):
                item = items[number]
                last = index + len(item.words) - 1
                if last >= len(places) or tuple(spoken[index : last + 1]) != item.words:
                    continue
                end = places[last][1]
                if not _SEPARATES.match(text[end : end + 4]):
                    continue
                label = lead["label"] if lead and offset == lead.end() and lead["label"] else item.label
                yield _Found(number, places[index][0], end, label.strip(" .()") if label else None)


def _drop_overlaps(found: Iterator[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for each in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _answered(text: str, found: Sequence[_Found]) -> list[_Found]:
    """Keep the last answered place of each line; lines in a row share the answer below, but for the whole list."""
    groups: list[list[_Found]] = [[]]
    for each, following in zip(found, [*found[1:], None], strict=False):
        groups[-1].append(each)
        between = text[each.end : following.start if following else len(text)]
        if not _UNANSWERED.match(between.rsplit("\n", 1)[0] if following else between):
            groups.append([])
    whole = len({each.item for each in found})
    kept: dict[int, _Found] = {}
    for group in groups:
        # The whole request told once more is no place of an answer, but for the last of its lines.
        shared = group if len(group) <= max(2, whole // 2) else group[-1:]
        if group is groups[-1] and not re.search(r"\w", text[group[-1].end :] if group else ""):
            continue
        for each in shared:
            kept[each.item] = each
    return sorted(kept.values(), key=lambda f: f.start)
