"""Names that their own words or the words beside them give away, in running text.

In: a text. Out: spans of names after a title or a rank, in "my name is", "I spoke to", "your request, Rowan,".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from triage.mask.spans import BLOCK, PersonSpan
from triage.mask.words import GIVEN, GIVEN_WORDS, INSTITUTIONS, ORDINARY, PARTICLES, stays
from triage.mask.words import plain as plain_word

__all__ = ["CAPITAL", "NAME", "TITLE", "WORD", "find_names", "looks_like_name", "split_couple"]

_UPPER: Final = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x250) if chr(code).isupper())
_LETTER: Final = "[^\\W\\d_]|[\u0300-\u036f]"
"""Letters, and the marks that stand after their letter in decomposed text."""

_CASED: Final = rf"[{_UPPER}](?:{_LETTER}){{0,30}}(?:[-'’](?:{_LETTER}){{1,30}}){{0,3}}"
_INITIALS: Final = rf"[{_UPPER}]\.(?:[{_UPPER}]\.){{0,3}}"
CAPITAL: Final = rf"(?:{_INITIALS}|{_CASED})"
"""A word of a name, or initials with points."""

_GAP: Final = r"(?:[ \t\xa0]{1,3}|(?<=\.))"
_PARTICLE: Final = "(?:" + "|".join(sorted(PARTICLES, key=len, reverse=True)) + ")"
NAME: Final = rf"(?:{CAPITAL}(?:{_GAP}(?:{_PARTICLE}[ \t]){{0,2}}{CAPITAL}){{0,3}})"
"""One to four words of a name, with the particles between them."""

_FULL_NAME: Final = rf"(?:{CAPITAL}(?:{_GAP}(?:{_PARTICLE}[ \t]){{0,2}}{CAPITAL}){{1,3}})"

TITLE: Final = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Revd|Sir|Dame|Messrs)\b\.?"
_TITLE_ALONE: Final = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Revd|Sir|Dame|Messrs|MR|MRS|MISS|MX|MS|DR)\b\.?"
)
_TITLED: Final = re.compile(
    rf"\b(?P<title>{_TITLE_ALONE})(?:[ \t]+(?:and|&|AND)[ \t]+{_TITLE_ALONE})?(?:[ \t\xa0]{{1,3}}"
    rf"|[ \t]?\r?\n[> \t]{{0,9}})"
    rf"(?P<name>(?:{_PARTICLE}[ \t]){{0,2}}{NAME})"
)
_NOT_AFTER_TITLE: Final = frozenset(
    "justice office sql excel word access teams outlook windows dynamics azure plan".split()
)

_RANKED: Final = re.compile(
    r"(?<![\w/])(?:[ATat]/)?(?P<rank>PC|PS|PCSO|DC|DS|DI|DCI|DSU|Det\.? Sgt|Det\.? Con|Det\.? Insp|Sgt|SGT"
    r"|WPC|SC|TDC|Insp|Supt"
    r"|Police Constable|Police Sergeant|Detective Constable|Detective Sergeant|Detective Inspector|Sergeant|Inspector"
    r"|Special Constable|Constable)\.?[ \t]+"
    rf"(?P<name>(?:\d{{2,6}}[A-Z]{{0,2}}[ \t]+)?{NAME}|\d{{3,6}}(?=[\s,.;)]|$)(?![ \t]+[a-z]+s\b))"
)
_RANK_FALSE: Final = frozenset(
    "world world's vita vr general constable sergeant superintendent comics plus lite lighting thomson"
    " power circuit motor"
    " current voltage water".split()
)
_SENIOR_BEFORE: Final = re.compile(r"(?:Chief|Deputy|Assistant|Washington)[ ,]{1,2}$")

_ANOTHER: Final = re.compile(rf"(?:,|,?[ \t](?:and|&))[ \t](?P<name>{NAME})")
_ELECTED: Final = re.compile(rf"\b(?P<post>Cllrs?|CLLR|Councillors?|Alderman|Nurse)\.?[ \t]+(?P<name>{NAME})")
_ELECTED_THERE: Final = re.compile(r"Cllr|CLLR|Councillor|Alderman|Nurse")
_NOT_ELECTED: Final = frozenset(
    "allowance allowances attendance awards budget budgets code codes complaint complaints conduct"
    " development email emails"
    " enquiry enquiries expenses fund funding grant grants induction initiative locality member members"
    " misconduct portal"
    " practitioner register remuneration specialist standards surgeries surgery training ward wards associate".split()
)

_CANDIDATE: Final = re.compile(rf"(?<![\w.-]){_FULL_NAME}(?![\w-])")
_TOLD_BEFORE: Final = re.compile(
    r"(?:\b(?:[Ss]poke|[Ss]poken|[Ss]peaking|[Tt]alked|[Ww]rote|[Ww]ritten|[Ee]-?mailed|[Mm]et"
    r"|[Cc]orresponded|[Cc]omplained|[Rr]eplied)"
    r"[ \t](?:to|with)|\b(?:rang|phoned|telephoned|e-?mailed)|\b(?:[Cc]all|[Ll]etter|[Ee]-?mail|[Mm]essage"
    r"|[Rr]eply|[Vv]isit|[Rr]equest)"
    r"[ \t](?:from|by)|\b[Oo]n behalf of(?:[ \t]my[ \t]\w{1,20},?)?|\bI am|\bI['’]m|\b[Tt]his is|\bI,)[ \t]{1,2}$"
)
_SAID_AFTER: Final = re.compile(
    r"[ \t](?:has |had |then |also )?(?:told|informed|e-?mailed|telephoned|rang|phoned|assured|wrote to"
    r"|replied to|spoke to|called)"
    r"[ \t](?:me|us|you|my|him|her|them)\b"
)
_KIN: Final = re.compile(
    r"y (?<=\b[Mm]y )(?:late )?(?:client|constituent|son|daughter|husband|wife|partner|mother|father"
    r"|brother|sister|mum|dad|neighbour"
    rf"|friend|colleague|child|grandson|granddaughter|tenant|manager),?[ \t](?P<name>{NAME})(?![\w-])"
)
_ADDRESSED: Final = re.compile(
    r"our (?<=\b[Yy]our )(?:request|e-?mail|letter|enquiry|message|reply|response|question|questions|help"
    r"|time|patience)"
    rf"(?: \w+){{0,3}}, (?P<name>{CAPITAL}(?: {CAPITAL})?)(?=[,.!?])"
)
_MY_NAME: Final = re.compile(
    rf"\b[Mm]y\s(?:full\s)?name(?:\sis|['’]s)\s+(?:{TITLE}\s+)?(?P<name>{NAME}|[a-z]+[ \t][a-z'’-]+)"
)

WORD: Final = re.compile("[^\\W_](?:[\\w'’./&\u0300-\u036f-]{0,60}[\\w\u0300-\u036f])?\\.?")
_NOT_IN_NAMES: Final = re.compile(r"[\d@:?!/()\[\]<>█\"“”=|]")
_COUPLE: Final = re.compile(r"[ \t]+(?:and|&|AND|\+)[ \t]+|[ \t]*/[ \t]*")


def looks_like_name(text: str, *, least: int = 1, firm: bool = True) -> bool:
    """Tell a bare name from a post, an authority, a place or a sentence.

    Args:
        text: The whole of a line, a cell or a field.
        least: Words that there must be; a single one may be anything.
        firm: The place is one where a name is expected; elsewhere ordinary words and places count against it.
    """
    text = text.strip(" \t\xa0,.;:*_-–—'\"")
    if len(text) > 50 or _NOT_IN_NAMES.search(text):
        return False
    words = WORD.findall(text)
    if not least <= len(words) <= 5 or any(stays(word) for word in words):
        return False
    bare = [plain_word(word) for word in words]
    ordinary = sum(word in ORDINARY for word in bare)
    if firm:
        if ordinary == len(words) and bare[0] not in GIVEN_WORDS:
            return False
    elif bare[0] not in GIVEN and (ordinary or len(words) == 1):
        return False
    capital = all(word[0].isupper() or word.lower() in PARTICLES for word in words) and words[-1][0].isupper()
    if not firm or least > 1:
        return capital and any(len(word) > 2 for word in bare)
    return capital or len(words) <= 2


def split_couple(text: str) -> list[tuple[int, int]]:
    """Return where each of the names stands that "and", "&" or a stroke joins."""
    parts, at = [], 0
    for found in _COUPLE.finditer(text):
        parts.append((at, found.start()))
        at = found.end()
    return [*parts, (at, len(text))]


def _titled(text: str) -> Iterator[PersonSpan]:
    for found in _TITLED.finditer(text):
        words = [*re.finditer(r"[^ \t\xa0\n]+", found["name"])]
        first = plain_word(words[0][0])
        if stays(words[0][0]) or first in _NOT_AFTER_TITLE:
            continue
        shouted = found["title"].rstrip(".") in ("MR", "MRS", "MISS", "MX", "MS", "DR")
        short = len(words) == 1 and len(first) < 4  # "DR TS 01" is a drawing
        if shouted and (first in ORDINARY or short or not words[0][0][:2].isupper()):
            continue
        if found["title"].startswith(("Sir", "Dame", "Dr", "Prof", "Rev")) and any(
            plain_word(word[0]) in INSTITUTIONS for word in words[1:]
        ):
            continue
        kept = next((i for i, word in enumerate(words) if stays(word[0])), len(words))
        yield PersonSpan(found.start(), found.start("name") + words[kept - 1].end(), "name")


def _ranked(text: str) -> Iterator[PersonSpan]:
    for found in _RANKED.finditer(text):
        words = [*re.finditer(r"[^ \t\xa0]+", found["name"])]
        named = [word for word in words if not word[0][0].isdigit()]
        if named:
            name = named[0][0]
            if (
                stays(name)
                or plain_word(name) in _RANK_FALSE
                or (
                    1 < len(name) <= 3
                    and name.isupper()
                    and len(named) == 1
                    and name not in ("WU", "LI", "NG", "OH", "COX", "LEE")
                )
            ):
                continue
        if _SENIOR_BEFORE.search(text, max(0, found.start() - 12), found.start()):
            continue
        kept = next((i for i, word in enumerate(words) if word in named and stays(word[0])), len(words))
        yield PersonSpan(found.start("name"), found.start("name") + words[kept - 1].end(), "name")


def find_names(text: str) -> Iterator[PersonSpan]:
    """Find names in running text.

    >>> [span.kind for span in find_names("as Ms Sample told me, PC 1234 Sample rang")]
    ['name', 'name']
    """
    yield from _titled(text)
    yield from _ranked(text)
    for found in _ELECTED.finditer(text) if _ELECTED_THERE.search(text) else ():
        words = [*re.finditer(r"[^ \t\xa0]+", found["name"])]
        kept = next((i for i, word in enumerate(words) if stays(word[0])), len(words))
        if kept and plain_word(words[0][0]) not in _NOT_ELECTED:
            yield PersonSpan(found.start("name"), found.start("name") + words[kept - 1].end(), "name")
            end = found.end()
            # "Cllrs Sample, Ashdown and Hythe"
            while found["post"].lower().endswith("s") and (other := _ANOTHER.match(text, end)):
                if not looks_like_name(other["name"]) and stays(other["name"].split()[0]):
                    break
                yield PersonSpan(*other.span("name"), "name")
                end = other.end()
    for found in _CANDIDATE.finditer(text):
        start, end = found.span()
        if (_SAID_AFTER.match(text, end) or _TOLD_BEFORE.search(text, max(0, start - 40), start)) and looks_like_name(
            found[0], least=2, firm=False
        ):
            yield PersonSpan(start, end, "name")
    for pattern in (_KIN, _ADDRESSED):
        for found in pattern.finditer(text):
            if looks_like_name(found["name"]) and not any(
                plain_word(w) in ORDINARY - GIVEN_WORDS for w in found["name"].split()
            ):
                yield PersonSpan(*found.span("name"), "name")
    for found in _MY_NAME.finditer(text) if "name" in text else ():
        words = [*re.finditer(r"[^ \t\xa0]+", found["name"])]
        kept = next((i for i, word in enumerate(words) if stays(word[0]) or BLOCK in word[0]), len(words))
        if kept:
            yield PersonSpan(found.start("name"), found.start("name") + words[kept - 1].end(), "name")
