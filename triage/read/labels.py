"""Read the labels by which a reply names questions.

In: a printed label or a sentence. Out: labels in a plain form that can be compared. 37 of 266 replies read name their
questions one by one, in more than a dozen forms ("question A", "Q2 & 3", "parts 1-6", "2iii", "the remaining
questions").
"""

from __future__ import annotations

import functools
import re
from typing import Final

import msgspec

__all__ = [
    "CARDINALS",
    "JOIN",
    "LABEL",
    "Reference",
    "expand_labels",
    "find_references",
    "ordinal_labels",
    "plain_label",
]

CARDINALS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS: Final = {word: str(number) for words in (CARDINALS, _ORDINALS) for number, word in enumerate(words, start=1)}

_BELOW: Final = r"(?:[a-h]|i{1,3}|iv|vi{0,3}|ix|x)(?![a-z])"
LABEL: Final = (
    rf"(?:\(?\d{{1,2}}(?!\d)(?:[.]?\s?\({_BELOW}\)|[.]?{_BELOW}\)?)*\)?"
    r"|(?<![a-z])\(?(?:i{1,3}|iv|vi{0,3})(?![a-z])\)?|\([A-Za-z]\)|(?<![a-z])(?-i:[A-H])(?![\w’'])\)?"
    r"|(?<![a-z])[a-h](?=\)|[,:;]| [-–]|\s(?:and|to|or|&)\s)\)?"
    rf"|(?:{'|'.join(CARDINALS)})\b(?:\s*\(\d{{1,2}}\))?)"
)
"""A printed label, for patterns that ignore case; a letter alone is capital, or stands where no article can."""

JOIN: Final = (
    r"(?:\s*(?:,\s*and\b|,|&|/|\band\b|\bto\b|\bor\b|-|–)\s*(?:q(?:uestions?)?\.?\s*|parts?\s*|points?\s*|a(?=\d))?)"
)

_REFERENCE: Final = re.compile(
    rf"\b(?:(?:questions?|points?|parts?|items?|elements?|limbs?|paragraphs?|requests?)\s*(?:numbers?|nos?\.?|to q)?"
    rf"|questions? to q|q[\s.]*)\s*({LABEL}(?:{JOIN}{LABEL})*)",
    re.IGNORECASE,
)

_LABEL_ANY: Final = re.compile(LABEL, re.IGNORECASE)

_LEADING: Final = re.compile(
    rf"^\W*(?:(?:in (?:relation|regard|respect|answer|response|reply)(?: to| of)?"
    rf"|with (?:regards?|respect|reference) to|as (?:to|for|regards)|regarding|regards?|re|for|on|at|under|to"
    rf"|answer|response|reply(?: to)?)\W+)"
    rf"(?:your |the (?!(?:{'|'.join(CARDINALS)})\b))?(?:numbers? )?({LABEL}(?:{JOIN}{LABEL})*)(?=\W|$)",
    re.IGNORECASE,
)

_TURNS_TO: Final = re.compile(
    r"^\W*(?:in relation(?: to)?|with regards? to|as (?:to|for|regards)|regarding|regards)"
    r" \d{1,2},? (?:above|there|we|I|the|this|that|it|you|our|all|no|none|please)\b",
    re.IGNORECASE,
)
"""Turns to a question by its bare number; after other words a number counts something."""

_ORDINAL_WORD: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final)\s+(?:\w+ )?(?:question"
    r"|part|point|item|element|request|query|enquiry|bullet|thing|matter|half|heading|issue)s?\b"
    r"|^\W*(?:as (?:to|for|regards)|on|with regards? to|regarding|in (?:answer|response) to) (?:the|your) "
    r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final)(?=\s*(?:[,:;–-]|$))",
    re.IGNORECASE,
)

_ORDINALS_JOINED: Final = re.compile(
    rf"\b((?:{'|'.join(_ORDINALS)})(?:(?:\s*,\s*|,?\s+and\s+|\s*&\s*)(?:your |the )?(?:{'|'.join(_ORDINALS)}))+)"
    r"\s+(?:questions|parts|points|items|elements|requests|queries|bullets)\b",
    re.IGNORECASE,
)
"""Several at once, as "your first and second questions"."""

_FIRST_FEW: Final = re.compile(
    rf"\bfirst ({'|'.join(CARDINALS[1:])}) (?:of )?(?:your |the )?"
    r"(?:questions|parts|points|items|elements|requests)\b",
    re.IGNORECASE,
)

_REST: Final = re.compile(
    r"\b(?:remaining|other|rest of (?:your|the)|outstanding)\s+(?:\w+ )?(?:questions?|points?|parts?|items?"
    r"|request|elements?|queries)|(?:questions?|points?|parts?) not mentioned above|everything else you asked",
    re.IGNORECASE,
)

_ALL: Final = re.compile(
    r"\b(?:all|both|each|every|none|any) (?:of )?(?:the |your |these |those )?(?:\w+ )?(?:questions|points"
    r"|parts|items|elements|queries)\b",
    re.IGNORECASE,
)


_OF_A_DOCUMENT: Final = re.compile(
    r"\.\d|,? (?:of|in) (?:the|this|that|our|doc\w*)\b|(?:\.\d+)? to \d"
    r"|[^.;]{0,20}\b(?:redacted|blacked|blanked|removed|taken out|left out|obscured)\b",
    re.IGNORECASE,
)
"""Stands behind the number of a paragraph that is one of a document, not of the request."""

_WITHIN_DOCUMENT: Final = re.compile(
    r"\b(?:minutes|meeting|agenda|report|plan|schedule|policy|guidance|contract|handbook|guide)\b[^.;\n]{0,60}\($",
    re.IGNORECASE,
)
"""Stands before a reference in brackets that is one into a document: "the minutes of 14 March (item 9)"."""

_QUARTER: Final = re.compile(r"Q[1-4](?:[ \t]*[:=|–-][ \t]*|[ \t]+)£?\d[\d,.]*[%,;.)]?(?=\s+Q[1-4]\b|\W*$)")
"""A quarter of a year with its figure: "Q1 118, Q2 144"."""
_NAME: Final = re.compile(r"(?:[A-Z]\w+\s+)+[A-Z]\w+$")


class Reference(msgspec.Struct, frozen=True):
    """Words that name questions: `labels` in plain form, or `rest` / `every` of them."""

    start: int
    labels: tuple[str, ...]
    rest: bool = False
    every: bool = False


def plain_label(label: str) -> str:
    """Reduce a printed label to letters and digits, to compare.

    >>> plain_label("Q2(b)."), plain_label("Question Three (3)")
    ('2b', '3')
    """
    words = re.sub(r"^(?:questions?|points?|parts?|items?|no|q)\b[\s.]*", "", label.strip().lower())
    word = re.match(r"[a-z]+", words)
    if word and word.group() in _NUMBERS:
        return _NUMBERS[word.group()]
    return re.sub(r"^q(?=\d)", "", re.sub(r"[^a-z0-9]", "", words))


def ordinal_labels(word: str) -> tuple[str, ...]:
    """Return the label that an ordinal word stands for.

    >>> ordinal_labels("Third"), ordinal_labels("final")
    (('3',), ('last',))
    """
    word = word.lower()
    return ("last",) if word in {"last", "final"} else (_NUMBERS[word],)


def expand_labels(text: str) -> tuple[str, ...]:
    """List the labels of "2, 3(a) and 5-7"."""
    found: list[str] = []
    end = 0
    digits = re.match(r"\W*\d", text) is not None  # "On point 1, seven bells": a word after figures is an answer
    for match in _LABEL_ANY.finditer(text + ")"):  # a letter alone is a label where a bracket follows
        label = plain_label(match.group())
        between = re.sub(r"(?:q(?:uestions?)?|parts?|points?)\W*$", "", text[end : match.start()].lower()).strip()
        if digits and label.isdigit() and match.group()[:1].isalpha():
            break
        if found and between in {"-", "–", "to"} and (cells := _range(found[-1], label)):
            found += cells
        elif label:
            found.append(label)
        end = match.end()
    return tuple(dict.fromkeys(found))


def _range(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 40:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return [chr(code) for code in range(ord(first) + 1, ord(last) + 1)]
    return []


@functools.lru_cache(maxsize=512)  # asked of one sentence up to four times
def find_references(sentence: str) -> tuple[Reference, ...]:
    """List the words of a sentence that name questions of the request.

    >>> find_references("Questions 2 and 4 are exempt.")[0].labels
    ('2', '4')
    """
    found = [
        Reference(match.start(), expand_labels(match.group(1)))
        for match in _REFERENCE.finditer(sentence)
        if not (match[0][:9].lower() == "paragraph" and _OF_A_DOCUMENT.match(sentence, match.end()))
        and not (match.group(1) in {"1", "2", "3", "4"} and _QUARTER.match(sentence, match.start()))
        and not _WITHIN_DOCUMENT.search(sentence[max(0, match.start() - 80) : match.start()])
    ]
    leading = _LEADING.match(sentence)
    counted = leading and re.match(r"\d{1,2}\s+(?!above\b)[A-Za-z]{3,}", sentence[leading.start(1) :])
    if leading and counted and _TURNS_TO.match(sentence):
        counted = None
    if leading and not found and not counted:
        found.append(Reference(0, expand_labels(leading.group(1))))
    for match in _ORDINAL_WORD.finditer(sentence):
        if _NAME.match(match.group()) and re.match(r"\s+[A-Z][a-z]", sentence[match.end() :]):
            continue  # "our First Point offices" are a place
        found.append(Reference(match.start(), ordinal_labels(match.group(1) or match.group(2))))
    for match in _ORDINALS_JOINED.finditer(sentence):
        named = re.findall("|".join(_ORDINALS), match.group(1).lower())
        found = [each for each in found if not match.start() <= each.start < match.end()]
        found.append(Reference(match.start(), tuple(_NUMBERS[word] for word in named)))
    for match in _FIRST_FEW.finditer(sentence):
        many = int(_NUMBERS[match.group(1).lower()])
        found.append(Reference(match.start(), tuple(str(number) for number in range(1, many + 1))))
    rest = _REST.search(sentence)
    if rest:
        found.append(Reference(rest.start(), (), rest=True))
    every = _ALL.search(sentence)
    if every and not rest:
        found.append(Reference(every.start(), (), every=True))
    return tuple(sorted((r for r in found if r.labels or r.rest or r.every), key=lambda reference: reference.start))
