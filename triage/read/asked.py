"""Find the questions that a reply answers.

In: the blocks of a reply, the request where it is known apart, and the way to take a request apart. Out: its questions,
with the labels that the reply uses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

import msgspec

from triage.read.anatomy import Anatomy
from triage.read.interleaved import ASKS, Pair
from triage.read.labels import plain_label
from triage.read.restated import LABEL_OF, list_lines
from triage.read.wording import squeeze
from triage.schema import Question, Slots

__all__ = ["Asked", "Splitter", "find_asked", "plain_words", "split_told"]

Splitter = Callable[[str, dt.date | None], Sequence[Question]]
"""Takes a request's text apart; periods are resolved against the day it was received."""

_HEAD_WORDS: Final = 60
"""What stands above a told request is a letterhead, unless it is longer."""
_WISH: Final = "Please tell me "
"""Makes a bare noun phrase a request that can be taken apart."""

_INLINE: Final = re.compile(
    r"(?:^|(?<=\. )|(?<=\n))\W*(?:in your (?:letter|e-?mail|request),? )?you(?: have"
    r"| had)? (?:also )?(?:asked|requested|wanted|sought|wished|seek|wish)"
    r"(?: us)?\s+(?:for |to (?:know|see|be told) |about )?(?!on |to |that |in )"
    r"|\bin which you (?:seek|sought|wish|ask(?:ed)?) (?:to know |for )"
    r"|\b(?:reads?|wrote|asks?|asked|requests?|requested|questions?"
    r"|want(?:ed)?)\b[^.\n\"“]{0,40}[:,]?\s*[\"“](?=[^\"”]{25})"
    r"|\bto (?:the|your) question\s+[\"“]|\bwhich (?:asked|sought) (?:for )?",
    re.I,
)


_BULLET: Final = re.compile(r"[ \t>]*[-*•o–·][ \t]+")


class Asked(NamedTuple):
    """What a reply answers: the questions in order, its own words, and the place of each question among the bullets.

    `printed` are the spans at which the reply prints each question before its answer, where that is known; `request`
    the plain words of a request that is known apart; `head` is what stands above a restated request.
    """

    questions: list[Question]
    body: str
    places: tuple[int | None, ...] = ()
    printed: tuple[tuple[int, int], ...] = ()
    request: str = ""
    head: str = ""


def find_asked(anatomy: Anatomy, split: Splitter, *, day: dt.date | None = None, request: str | None = None) -> Asked:
    """Find the questions that a reply answers, and its words without those that only tell what was asked.

    The restatement in the reply goes before the request known apart, because answers use its labels; unless it holds
    less than half of the questions. Without either, a request told in the reply's own sentence, then questions it
    answers as they come.

    Args:
        anatomy: The blocks of the reply.
        split: Takes a request apart.
        day: Day against which periods are resolved.
        request: The request, where it is known apart from the reply.
    """
    asked, where = _find_restated(anatomy, split, day), anatomy.asked
    if request:
        given = list(split(request, day))
        if len(asked) * 2 < len(given) or not asked:
            asked, where = given, request
        # The reply shows which lines it took for questions.
        echoes = _asking(anatomy, given)
        if len(echoes) > len(asked):
            echoed = [
                _paired(ordinal, label, anatomy.clean[start:end], start, split, day)
                for ordinal, (label, start, end) in enumerate(echoes, start=1)
            ]
            spans = tuple((start, end) for _, start, end in echoes)
            return Asked(echoed, anatomy.clean, printed=spans, request=plain_words(request))
    if asked:
        places = _find_places(asked, where)
        return Asked(asked, anatomy.body, places, request=plain_words(request or ""), head=anatomy.head)
    asked, body = _find_told(anatomy.body, split, day)
    return Asked(asked or _find_bare(body, split, day), body)


_LEAST_ASKING: Final = 0.6
_LEAST_LINES: Final = 3


def _asking(anatomy: Anatomy, given: Sequence[Question]) -> list[Pair]:
    """Keep the repeated lines that ask something: all of a list most of which does, else those known to ask."""
    echoes = _without_stems(anatomy)
    asked = [plain_words(question.text) for question in given]
    plain = [plain_words(anatomy.clean[start:end]) for _, start, end in echoes]
    known = [any(line in each or each in line for each in asked) for line in plain]
    if len(known) >= _LEAST_LINES and sum(known) >= _LEAST_ASKING * len(known):
        return echoes
    return [echo for echo, asks in zip(echoes, known, strict=True) if asks]


def _without_stems(anatomy: Anatomy) -> list[Pair]:
    """Leave out a line without a label that a labelled one follows at once: it begins the list and asks nothing."""
    kept = []
    for echo, following in zip_longest(anatomy.echoes, anatomy.echoes[1:]):
        stem = echo[0] is None and following is not None and following[0] is not None
        if not stem or re.search(r"\w{4}", anatomy.clean[echo[2] : following[1]]):
            kept.append(echo)
    return kept


def plain_words(words: str) -> str:
    """Reduce a text to its words in lower case, to compare.

    >>> plain_words("(a) How many?")
    'a how many'
    """
    return " ".join(re.findall(r"[^\W_]+", words.lower()))


def _find_places(asked: Sequence[Question], text: str) -> tuple[int | None, ...]:
    """Count the questions that stand as bullets of a list, which replies number though the request does not."""
    places: list[int | None] = []
    for question in asked:
        before = text[text.rfind("\n", 0, question.start) + 1 : question.start]
        bullet = question.label is None and _BULLET.fullmatch(before) is not None
        places.append(sum(place is not None for place in places) + 1 if bullet else None)
    return tuple(places)


def _find_restated(anatomy: Anatomy, split: Splitter, day: dt.date | None) -> list[Question]:
    if anatomy.request_lost or not anatomy.asked.strip():
        return []
    if anatomy.pairs:
        return [
            _paired(ordinal, label, anatomy.asked[start:end], start, split, day)
            for ordinal, (label, start, end) in enumerate(anatomy.pairs, start=1)
        ]
    return [_as_printed(question, anatomy.asked) for question in split(anatomy.asked, day)]


def _as_printed(question: Question, text: str) -> Question:
    """Give a label that is printed in one piece ("2b") back as it is printed, for replies and readers cite it so."""
    before = text[text.rfind("\n", 0, question.start) + 1 : question.start]
    printed = re.search(r"(\d{1,2}[a-z]{1,4})\W{0,4}$", before)
    if printed is None or plain_label(printed[1]) != plain_label(question.label or ""):
        return question
    return msgspec.structs.replace(question, label=printed[1])


def _paired(ordinal: int, label: str | None, words: str, start: int, split: Splitter, day: dt.date | None) -> Question:
    """Make one question of what a printed label heads, whatever else could be read out of its words."""
    text = words.strip()
    begin = start + words.index(text)
    parts = split(text, day)
    if len(parts) == 1:
        return msgspec.structs.replace(
            parts[0], ordinal=ordinal, label=label, start=begin, end=begin + len(text), text=text
        )
    slots = parts[0].slots if parts else Slots()
    return Question(ordinal, label, begin, begin + len(text), text, squeeze(text), slots=slots)


def _find_bare(body: str, split: Splitter, day: dt.date | None) -> list[Question]:
    """Find questions that nothing announces and the reply prints among its answers."""
    if "?" not in body and not any(LABEL_OF.match(line) for _, _, line in list_lines(body)):
        return []
    return [
        q
        for q in split(body, day)
        if len(q.text.split()) > 3 and ASKS.search(q.text) and (q.label or q.text.endswith("?"))
    ]


def _find_told(body: str, split: Splitter, day: dt.date | None) -> tuple[list[Question], str]:
    """Find a request that is told in the reply's own sentence ("You asked for the number of ...")."""
    for found in _INLINE.finditer(body[:3000]):
        quoted = found.group().rstrip()[-1:] in '"“'
        stop = re.search(r"[\"”]" if quoted else r"[.?!](?=\s|$)", body[found.end() :])
        end = found.end() + stop.end() if stop else len(body)
        told = body[found.end() : end].strip(' "“”\n')
        if len(told.split()) >= 4:
            questions = split_told(told, split, day)
            head = 0 if len(body[: found.start()].split()) <= _HEAD_WORDS else found.start()
            blank = body[:head] + re.sub(r"[^\n]", " ", body[head:end]) + body[end:]
            return questions, blank
    return [], body


_IN_LINE: Final = re.compile(r"[,;]?\s+(?:and\s+)?(?=\([a-z]\)\s)")
_ALSO_FOR: Final = re.compile(r",?\s+and (?:also )?for (?=(?:any|all|the|a|an|how|each|every)\b)")


def split_told(told: str, split: Splitter, day: dt.date | None) -> list[Question]:
    """Take a told request apart: labels in the run of the sentence, a second "and for ..." are questions too."""
    if len(_IN_LINE.findall(" " + told)) > 1:
        told = _IN_LINE.sub("\n", " " + told).strip()
    questions = list(split(told, day)) or list(split(_WISH + told, day))
    parts = _ALSO_FOR.split(told)
    if len(questions) > 1 or len(parts) == 1:
        return [msgspec.structs.replace(q, text=q.text.removeprefix(_WISH)) for q in questions]
    apart = [list(split(part, day)) or list(split(_WISH + part, day)) for part in parts]
    if any(len(each) != 1 for each in apart):
        return questions
    return [
        msgspec.structs.replace(each[0], ordinal=ordinal, text=each[0].text.removeprefix(_WISH))
        for ordinal, each in enumerate(apart, start=1)
    ]
