"""Postal addresses and postcodes of people.

In: a text and its lines. Out: spans. The address of an authority stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from triage.mask.names import CAPITAL, NAME, WORD
from triage.mask.spans import BLOCK, Line, PersonSpan
from triage.mask.words import ORG, PARTICLES, POSTS, plain

__all__ = ["STREET", "find_addresses"]

_POSTCODE: Final = re.compile(r"\b(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?|GIR)[ \u00a0]{1,2}\d(?!ND|RD|TH|AM|PM)[A-Z]{2}\b")
_POSTCODE_STATED: Final = re.compile(
    r"\bpost\s?code(?:\s(?:is|of))?\s?[:|]?\s?(?P<code>[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})\b", re.IGNORECASE
)
_KINDS: Final = (
    r"(?:Road|Street|Lane|Avenue|Way|Close|Crescent|Square|Gardens|Drive|Place|Terrace|Grove|Hill|Court"
    r"|Rise|Row|Walk|Mews|Park|View"
    r"|Green|Rd|St|Ave|Cl|Dr|ROAD|STREET|LANE|AVENUE|CLOSE|CRESCENT|DRIVE|TERRACE)\b"
)
STREET: Final = re.compile(
    r"(?:(?:Flat|Unit|Apartment|Apt)\.?\s\w{1,5}\b.{0,80}"
    r"|\d{1,4}[A-Za-z]?(?:\s?[-/]\s?\d{1,4}[A-Za-z]?)?,?\s{1,3}[A-Z][\w'’.-]{0,30}"
    rf"(?:\s[\w'’.-]{{1,30}}){{0,4}}?\s{_KINDS}.{{0,80}})$"
)
_LIVE_AT: Final = re.compile(
    r"\b(?:I(?:\s(?:currently|now))?\s(?:live|reside)|(?:[Mm]y|[Oo]ur)\s(?:home\s|postal\s)?address\sis"
    r"|[Rr]esid(?:ent|ing))\s?(?:at|of)?:?\s"
    rf"(?P<rest>(?:[Ff]lat\s\w{{1,4}},?\s)?(?:\d{{1,4}}[A-Za-z]?,?\s)?{CAPITAL}(?:\s{CAPITAL}){{0,3}}(?:,\s{CAPITAL}(?:\s{CAPITAL}){{0,2}}){{0,4}})"
)
_CARE_OF: Final = re.compile(
    rf"\b[Cc]/[Oo]\.?\s(?P<rest>{NAME}(?:,\s(?:\d{{1,4}}[A-Za-z]?\s)?{CAPITAL}(?:\s{CAPITAL}){{0,3}}){{0,4}})"
)
_STATED: Final = ((_LIVE_AT, (" live", "resid", "address is")), (_CARE_OF, ("c/o",)))
"""What says that an address follows, and letters without which it cannot be there."""

_FIELD: Final = re.compile(
    r"(?:(?:postal|home|my|contact|full|correspondence|requester['’]?s?"
    r"|applicant['’]?s?)\s+)?address(?:es)?\s?[:|][ \t]*(?P<rest>.{0,160})$",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(r"\bP\.?O\.? Box\b|\bFloor\b|\bLevel\b|\bBuilding\b", re.IGNORECASE)
_OFFICE_BEFORE: Final = re.compile(
    r"\b(?:Council|Constabulary|Police|Office|Commissioner|Headquarters|HQ|House|Trust|Department"
    r"|Ombudsman|Centre|University|Hospital"
    r"|School|Academy|College|Ltd|Limited|PLC|Station|Court|Tribunal|Library)\b[^.;]{0,80}$"
)
_OWN: Final = re.compile(r"\b(?:my|our|I|we)\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[^\s,]+")
_ADDRESS_WORD: Final = re.compile(rf"(?:\d{{1,4}}[A-Za-z]?|of|on|upon|the|[Ff]lat|{CAPITAL})$")
_WORDS_BACK: Final = 13
_BACK: Final = 160
_ADDRESS_LINE: Final = re.compile(r"(?:[\w'’.&-]{1,40}(?:,?\s)){0,5}[\w'’.&-]{1,40}[,.]?$")
_SMALL: Final = frozenset("of on upon the le under by in next and".split()) | PARTICLES
_CLOSING_WORDS: Final = frozenset("yours regards wishes thanks sincerely faithfully cheers dear hi hello".split())
_LINES_ABOVE: Final = 5


def find_addresses(text: str, lines: Sequence[Line]) -> Iterator[PersonSpan]:
    """Find addresses of people."""
    number = 0
    for found in _POSTCODE.finditer(text):
        while number + 1 < len(lines) and lines[number + 1].start <= found.start():
            number += 1
        line = lines[number]
        rest = text[line.start : found.start()].strip(" \t>,.") + text[found.end() : line.end].strip(" \t,.")
        if len(rest) > 120 or (rest and not _is_address(rest)):
            yield from _running(text, line.start, found)
            continue
        first = number
        while (
            first and number - first < _LINES_ABOVE and not lines[first].blanks and _is_address(lines[first - 1].text)
        ):
            first -= 1
        block = lines[first : number + 1]
        if any(_OFFICE.search(each.text) or _names_office(each.text) for each in block):
            continue  # the address of an authority
        yield PersonSpan(*found.span(), "postcode")
        if len(block) > 1 or STREET.match(block[0].text) or "," in block[0].text:
            for each in block:
                yield PersonSpan(each.start, each.end, "address")
    small = text.lower()
    if "post" in small:
        for found in _POSTCODE_STATED.finditer(text):
            yield PersonSpan(*found.span("code"), "postcode")
    for pattern, hints in _STATED:
        for found in pattern.finditer(text) if any(hint in small for hint in hints) else ():
            if not _names_office(found["rest"]) and (pattern is _CARE_OF or re.search(r"[\d,]", found["rest"])):
                yield PersonSpan(*found.span("rest"), "address")
    yield from _fields(lines)


def _fields(lines: Sequence[Line]) -> Iterator[PersonSpan]:
    for number, line in enumerate(lines):
        if "ddress" not in line.text[:50].lower():
            continue
        found = _FIELD.match(line.text)
        if not found:
            continue
        rest = found["rest"]
        if not rest.strip():
            for below in lines[number + 1 : number + 7]:
                if below.blanks or not _is_address(below.text) or _names_office(below.text):
                    break
                yield PersonSpan(below.start, below.end, "address")
        elif (
            len(rest) > 3
            and (re.search(r"\d", rest) or (rest.count(",") and _is_address(rest)))
            and not any(sign in rest for sign in ("@", "http", BLOCK))
            and not _names_office(rest)
            and rest[0] != "["
        ):
            yield PersonSpan(line.start + found.start("rest"), line.end, "address")


def _running(text: str, line_start: int, found: re.Match[str]) -> Iterator[PersonSpan]:
    start = max(line_start, found.start() - _BACK)
    if _OFFICE.search(text, max(0, found.start() - _BACK), found.start()):
        return
    before = text[start : found.start()]
    if _OFFICE_BEFORE.search(before) and not _OWN.search(before[-60:]):
        return
    yield PersonSpan(*found.span(), "postcode")
    # Words are taken backwards from the postcode, as long as they may be those of an address.
    words = [*_TOKEN.finditer(before)]
    first = len(words)
    while first and len(words) - first < _WORDS_BACK and _ADDRESS_WORD.match(words[first - 1][0]):
        first -= 1
    while first < len(words) and words[first][0] in ("of", "on", "upon", "the"):
        first += 1
    address = words[first:]
    if len(address) > 1 and re.search(r"[\d,]", before[address[0].start() :]):
        yield PersonSpan(start + address[0].start(), start + address[-1].end(), "address")


def _names_office(line: str) -> bool:
    return any(plain(word) in ORG - {"house", "centre"} or plain(word) in POSTS for word in WORD.findall(line))


def _is_address(line: str) -> bool:
    if not line or len(line) > 100 or BLOCK in line or line[-1] in ":?!":
        return False
    if plain(line.split()[0]) in _CLOSING_WORDS or plain(line.split()[-1]) in _CLOSING_WORDS:
        return False
    if STREET.match(line):
        return True
    return bool(len(line) <= 80 and _ADDRESS_LINE.match(line) and _all_capital(line))


def _all_capital(line: str) -> bool:
    words = WORD.findall(line)
    return bool(words) and all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)
