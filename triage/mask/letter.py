"""The people a letter is written to and by: salutations, and the lines below a closing.

In: a text and its lines. Out: spans of names and of the street lines below them. Posts and teams stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from triage.mask.addresses import STREET
from triage.mask.names import CAPITAL, NAME, TITLE, WORD, looks_like_name, split_couple
from triage.mask.spans import BLOCK, Line, PersonSpan, trim
from triage.mask.words import GIVEN, GIVEN_WORDS, ORDINARY, ORG, PARTICLES, POSTS, plain, stays

__all__ = ["CLOSING", "find_salutations", "find_signatures", "name_part"]

_GREETING: Final = re.compile(
    r"(?P<word>Dear|To|FAO|For the attention of|Attn|Hi|Hiya|Hello|Hey|Good\s(?:morning|afternoon|evening"
    r"|day)|Morning|Afternoon"
    r"|Many thanks|Thanks|Thank you|Cheers|Sorry)\b:?[ \t\xa0,]+(?P<rest>.{1,120})",
    re.IGNORECASE,
)
_FORMAL: Final = frozenset({"dear", "to", "fao", "for the attention of", "attn"})
_STOP: Final = re.compile(
    r"[,;:!?–—(<\[|]|\s-\s|\.(?=\s|$)(?<!Mr\.)(?<!Ms\.)(?<!Dr\.)(?<!Mrs\.)(?<!Cllr\.)(?<![ ]\w\.)(?<!^\w\.)"
)
_TITLES: Final = re.compile(rf"(?!Sir\b|Dame\b)(?:{TITLE}(?:\s(?:and|&)\s{TITLE})?\s+)", re.IGNORECASE)
_RUN_ON_GREETING: Final = re.compile(rf"(?<=[.:;|>)?] )Dear (?:{TITLE} )?(?P<name>{NAME})(?=,)")

CLOSING: Final = re.compile(
    r"(?:(?:yours|your|yrs)(?:\s+(?:very\s+)?(?:sincerely|faithfully|truly|respectfully|etc|aye|ever))?"
    r"|(?:sincerely|respectfully)\s+yours"
    r"|(?:(?:with\s+)?(?:kind|kindest|best|warm|warmest|many|good|my)\s+)?(?:regards|wishes|regds|rgds)"
    r"|(?:with\s+)?(?:many\s+)?(?:thanks|thx)"
    r"(?:\s+(?:again|in\s+advance|and\s+(?:kind\s+|best\s+)?regards|in\s+anticipation|for\s+your\s+(?:help"
    r"|time|assistance)))?"
    r"|thank(?:ing)?\s+you(?:\s+(?:again|in\s+advance|in\s+anticipation|very\s+much|for\s+your\s+(?:help"
    r"|time|assistance)))?"
    r"|looking\s+forward\s+to\s+(?:hearing\s+from\s+you|your\s+(?:reply|response))|sincerely|faithfully"
    r"|respectfully|cheers|best|kindest"
    r"|all\s+the\s+best|take\s+care|kr|br|ta|signed|cofion(?:\s+gorau)?|yn\s+gywir|le\s+(?:meas"
    r"|gach\s+dea-ghu[ií])|is\s+mise(?:\s+le\s+meas)?)"
    r"(?P<tail>[ \t]*(?:[,.!:;–-]+[ \t]*.{0,120})?|[ \t]+(?P<alone>.{2,40}))$",
    re.IGNORECASE,
)
_RUN_ON_CLOSING: Final = re.compile(
    r"(?:(?<=[.?!)] )|(?<=[.?!)]))(?i:yours\s+(?:sincerely|faithfully|truly)|(?:(?:kind|best|warm"
    r"|many)\s+)?(?:regards|wishes)"
    rf"|(?:many\s+)?thanks|thank\s+you|cheers)[ \t]*[,.!–-]?[ \t]+(?P<name>{CAPITAL}(?:[ \t]+{CAPITAL}){{1,3}})"
    r"(?=\s*(?:[,.;(\n]|$|█))"
)
"""A closing and a name in one line, as the cells of a log or a pasted message run them together."""

_BEFORE_SIGNER: Final = re.compile(
    r"(?:(?:pp|p\.p|per pro|for and on behalf of|(?:sent |signed )?on behalf of|(?:e-"
    r"|electronically )?signed(?: by)?|signature|sent by|from|by|for)"
    r"\b\.?:?[ \t]+)",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r"[,|(/<–—█\t]|\s[-•·]\s|\s{2,}|\bpp\b|\bp\.p\.")
_TITLE_START: Final = re.compile(rf"{TITLE}[ \t]+", re.IGNORECASE)

_RANK_START: Final = re.compile(
    r"(?:(?:[TA]/)?(?:Det(?:ective)?|Ch(?:ief)?|Supt?|Superintendent|Insp(?:ector)?|Sgt|Sergeant|Con(?:stable)?|A?CC|DCC"
    r"|DCI|DI|DS|DC|PC|PS|CI|Col(?:onel)?|Lt|Lieutenant|Maj(?:or)?|Capt(?:ain)?|Cdr|Commander|Commodore|Brigadier|Wg"
    r"|Wing|Gp|Group|Sqn|Squadron|Cllr|Councillor|Ald(?:erman)?)\b\.?(?:[ \t]+|$))+(?:\((?:retd?|rtd)\.?\)[ \t]+)?"
)
"""Ranks before the name of who signs: "T/ACC", "Det. Supt. (retd)"."""

_SIGNATURE_LINES: Final = 11
_TAIL: Final = 14
"""Lines at the end of a text among which a signature without a closing is looked for."""


def find_salutations(text: str, lines: Sequence[Line]) -> Iterator[PersonSpan]:
    """Find whom a letter greets, or thanks in a line of its own."""
    for line in lines:
        if line.text[0] in "DdTtFfAaHhGgMmCcSs" and (found := _GREETING.match(line.text)):
            yield from _greeted(line, found)
    for found in _RUN_ON_GREETING.finditer(text):
        if looks_like_name(found["name"]):
            yield PersonSpan(*found.span("name"), "name")


def _greeted(line: Line, found: re.Match[str]) -> Iterator[PersonSpan]:
    greeting = " ".join(found["word"].lower().split())
    rest, at = found["rest"], line.start + found.start("rest")
    stop = _STOP.search(rest)
    phrase = rest[: stop.start()] if stop else rest
    dear = greeting == "dear"
    if greeting in _FORMAL and not dear:
        # "To whom", "To Ms Sample": a name alone, or nothing.
        if (span := name_part(phrase, at, least=2)) and len(phrase) < 50:
            yield span
        return
    titled = _TITLES.match(phrase)
    words = list(WORD.finditer(phrase))
    if words and any(plain(word[0]) in ORG for word in words[:7]):
        words = _before_the_office(phrase, words)
    if not words:
        return
    # A post is kept and the name after it hidden: "Dear Councillor Sample".
    kept = 0 if titled else next((i for i, word in enumerate(words) if not stays(word[0])), len(words))
    if kept and (not dear or any(word[0].lower() in ("of", "for") for word in words[:kept])):
        return  # "Hello and thank you", "Dear Director of Finance"
    first = words[kept:]
    taken: list[re.Match[str]] = []
    for word in first[:7]:
        title = titled is not None and word.end() <= titled.end()
        if not title and stays(word[0]) and word[0].lower() not in ("and", "&"):
            break
        if not title and not word[0][0].isupper() and len(words) > 4 and word[0].lower() not in PARTICLES | {"and"}:
            break
        taken.append(word)
    while taken and taken[-1][0].lower() in ("and", "&"):
        taken.pop()
    # "Hello and welcome to" is a sentence: an untitled greeting needs the name alone before its comma or line end.
    if not taken or (not titled and len(taken) < len(first) and not (dear and taken[0][0][0].isupper())):
        return
    if not titled and not dear:
        small = not taken[0][0][0].isupper()
        if len(taken) > (2 if small else 4) or any(plain(word[0]) in ORDINARY - GIVEN_WORDS for word in taken):
            return
        if (
            small
            and greeting in ("thanks", "thank you", "many thanks", "cheers", "sorry")
            and plain(taken[0][0]) not in GIVEN
        ):
            return
    yield PersonSpan(at + taken[0].start(), at + taken[-1].end(), "name")


def _before_the_office(phrase: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the words of "Dear Jo Sample and the FOI Team" that come before the team, if that is its form."""
    joint = re.search(r"\s(?:and the|at the|at|of the|from the)\s", phrase)
    head = [word for word in words if joint and word.end() <= joint.start()]
    if any(plain(word[0]) in ORG or plain(word[0]) in POSTS for word in head):
        return []
    return head


def name_part(text: str, at: int, *, least: int = 1, firm: bool = True) -> PersonSpan | None:
    """Return the name at the start of a line or field, before a post, a bracket or a telephone number.

    >>> name_part("pp Rowan Ashdown, FOI Officer", 0)
    PersonSpan(start=3, end=16, kind='name')
    """
    ranked = _RANK_START.match(text)
    start = ranked.end() if ranked else 0
    while (lead := _BEFORE_SIGNER.match(text, start)) or (lead := _TITLE_START.match(text, start)):
        start = lead.end()
        if _TITLE_START.match(lead[0]):
            least = 1
            break
    title = start if start and _TITLE_START.match(lead[0] if lead else "") else None
    first = lead.start() if title is not None and lead else start
    cut = _CUT.search(text, start)
    end = cut.start() if cut else len(text)
    if cut and cut[0] == "," and (reversed_name := _reversed(text, start)):
        end = reversed_name
    parts = split_couple(text[start:end])
    if 1 < len(parts) <= 3:
        fine = all(looks_like_name(text[start + a : start + b], least=1, firm=True) for a, b in parts)
        fine = fine and looks_like_name(text[start + parts[-1][0] : end], least=least, firm=firm)
    else:
        fine = looks_like_name(text[start:end].replace(",", " "), least=least, firm=firm)
    return trim(text, first, end, "name") and _shift(trim(text, first, end, "name"), at) if fine else None


def _shift(span: PersonSpan | None, by: int) -> PersonSpan | None:
    return span and PersonSpan(span.start + by, span.end + by, span.kind)


_REVERSED: Final = re.compile(rf"{CAPITAL},[ \t]{CAPITAL}(?:[ \t]{CAPITAL})?(?=$|[ \t]*[,(|<;]|\s{{2}})")


def _reversed(text: str, start: int) -> int | None:
    found = _REVERSED.match(text, start)
    if (
        found
        and looks_like_name(found[0].replace(",", " "))
        and not any(plain(w) in ORDINARY for w in found[0].split())
    ):
        return found.end()
    return None


def find_signatures(text: str, lines: Sequence[Line]) -> Iterator[PersonSpan]:
    """Find who signs: below or beside a closing, before a post, or as the last line of a text."""
    for number, line in enumerate(lines):
        if len(line.text) < 200 and (found := CLOSING.match(line.text)):
            yield from _below_closing(lines, number, found)
        elif (line.text[0] in "OoSs" and (found := _SENT_FOR.match(line.text))) and (
            span := name_part(line.text[found.end() :], line.start + found.end(), least=2)
        ):
            yield span
    for found in _RUN_ON_CLOSING.finditer(text):
        if looks_like_name(found["name"]):
            yield PersonSpan(*found.span("name"), "name")
    yield from _without_closing(lines)


_SENT_FOR: Final = re.compile(
    r"(?:sent|signed|written|submitted)\s+(?:by|on behalf of|for)\b:?[ \t]+|on behalf of\b:?[ \t]+", re.IGNORECASE
)


def _below_closing(lines: Sequence[Line], number: int, found: re.Match[str]) -> Iterator[PersonSpan]:
    line = lines[number]
    alone = found["alone"]
    if alone is not None:
        if (
            alone[0].isupper()
            and not any(plain(w) in ORDINARY - GIVEN_WORDS for w in alone.split())
            and (span := name_part(alone, line.start + found.start("alone")))
        ):
            yield span
        return
    tail = found["tail"].strip(" \t,.!:;–-")
    if tail:
        start = found.start("tail") + found["tail"].index(tail)
        if span := name_part(tail, line.start + start):
            yield span
        return
    named = joined = False
    for seen, below in enumerate(lines[number + 1 : number + 1 + _SIGNATURE_LINES], start=1):
        if CLOSING.match(below.text):
            break  # which has its own lines below it
        if BLOCK in below.text:
            named = True
            joined = False
            continue
        if (not named or joined or (below.blanks == 0 and _second(below.text))) and (
            span := name_part(below.text, below.start, least=1 if seen == 1 or joined else 2)
        ):
            named = True
            joined = below.text.lower().endswith((" and", "&"))
            yield span
            continue
        if STREET.match(below.text):
            if span := trim(below.text, 0, len(below.text), "address"):
                yield PersonSpan(below.start + span.start, below.start + span.end, "address")
        elif seen > 5 or len(below.text) > 60:
            break


def _second(text: str) -> bool:
    """Tell whether a line below the first name is another name: departments stand there as well."""
    words = [plain(word) for word in text.split()]
    return 2 <= len(words) <= 4 and words[0] in GIVEN and not any(word in ORDINARY for word in words)


def _without_closing(lines: Sequence[Line]) -> Iterator[PersonSpan]:
    for number in range(max(1, len(lines) - _TAIL), len(lines)):
        line, before = lines[number], lines[number - 1]
        if len(line.text) > 60 or BLOCK in line.text or not line.blanks:
            continue
        ends = before.text.endswith((".", "?", "!", ";", ":"))
        below = lines[number + 1] if number + 1 < len(lines) else None
        if below is None:
            if not ends:
                continue
            single = plain(line.text) in GIVEN and line.text[0].isupper()
            if span := name_part(line.text, line.start, least=1 if single else 2, firm=False):
                yield span
        elif (
            (ends or BLOCK in below.text)
            and not below.blanks
            and _is_post(below.text)
            and (span := name_part(line.text, line.start, least=2, firm=False))
        ):
            yield span


def _is_post(text: str) -> bool:
    if len(text) > 70 or text.endswith((".", "?", ":")):
        return False
    return BLOCK in text or any(
        plain(word) in POSTS or plain(word) in ("team", "unit", "office") for word in text.split()
    )
