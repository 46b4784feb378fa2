"""Hide the people in a text, so that nothing learns who asked.

In: any text. Out: spans of names, e-mail addresses, telephone numbers, postcodes and address lines, or the same text
with each span replaced by as many blocks. Every offset and line break stays where it was.

A name is hidden where its place in the letter shows that it is one: in a salutation, under a closing, in an e-mail
header, after a title. Names of posts and authorities stay: they are what a letter is about.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import Final

import msgspec

__all__ = ["BLOCK", "PersonSpan", "find_people", "mask_people"]

BLOCK: Final = "█"
"""What a hidden character is replaced by (U+2588)."""

_PASSES: Final = 4
"""Hiding one span may lay bare another beside it; more passes than this were never needed."""


class PersonSpan(msgspec.Struct, frozen=True, order=True):
    """A stretch of text about one person; `kind` is `name`, `email`, `phone`, `postcode` or `address`."""

    start: int
    end: int
    kind: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE: Final = re.compile(
    r"(?<![\w£$€/.,-])(?:\+44[ -]?(?:\(0\)[ -]?)?\d{2,4}|\(?0\d{2,4}\)?)[ -]?\d{3,4}(?:[ -]?\d{2,4}){0,2}"
    r"(?:\s?(?:ext|x)\.?\s?\d{2,5})?(?![\w/-]|[.,]\d)",
)
_REFERENCE_BEFORE: Final = re.compile(
    r"(?:ref(?:erence)?|case|invoice|order|account|request|foi|contract|charity|company)\b[\s:.#]*(?:(?:no"
    r"|number|ref(?:erence)?|id)\b[\s:.#]*)?$",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(r"\b(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?|GIR)[ \u00a0]\d(?!ND|RD|TH|AM|PM)[A-Z]{2}\b")

_ORG_WORDS: Final = _words(
    "police constabulary council councils trust nhs service services department dept office foi eir freedom"
    " information team teams"
    " unit force authority ministry university college school board committee commissioner ico ombudsman"
    " agency hospital"
    " group company ltd limited plc llp association union society charity college bureau directorate division section"
    " governance compliance disclosure records requests request helpdesk desk enquiries customer customers complaints"
    " data protection legal hr human resources press media communications corporate access act public government met"
    " parliament court tribunal inbox mailbox admin administration support unit squad command branch headquarters hq"
    " house centre log rights executive network newspaper news times gazette journal research campaign whatdotheyknow"
)
_ROLE_WORDS: Final = _words(
    "sir sirs madam madams sir/madam sirs/madam officer officers manager managers head chief constable deputy assistant"
    " director directors secretary minister mayor leader chair chairman chairwoman chairperson inspector sergeant"
    " superintendent commander detective adviser advisor analyst coordinator co-ordinator administrator clerk solicitor"
    " barrister journalist reporter editor researcher student resident requester applicant colleague colleagues friend"
    " friends all there everyone everybody both whom whomever concern whoever it may either or and the of for to a an"
    " senior principal lead decision maker handler specialist consultant registrar controller practitioner president"
    " speaker lord lady commissioner councillor cllr professional staff"
)
_NOT_NAMES: Final = _words(
    "january february march april june july august september october november december jan feb mar apr jun"
    " jul aug sep sept"
    " oct nov dec monday tuesday wednesday thursday friday saturday sunday please sent tel telephone phone mobile email"
    " e-mail fax web website www http https from on in at by with as re subject date dear question questions enc encl"
    " attached attachment original message note notes ps p.s i we you our your my this that these those if"
    " when where what who how why"
    " which thank thanks yes no not regards sincerely faithfully kind best many wishes advance annex"
    " appendix response page"
    " copyright address postcode any also here section part table figure total number excel csv pdf"
    " confidential official"
    " mailto sensitive restricted unclassified disclaimer further additional following the he she they is"
    " was are would could can will have"
    " morning afternoon evening england scotland wales london northern ireland british uk"
)
_STAY: Final = _ORG_WORDS | _ROLE_WORDS | _NOT_NAMES

_TITLE: Final = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Revd|Sir|Dame)\b\.?"
_CAPITAL: Final = r"(?:[A-Z]\.(?:[A-Z]\.){0,3}|[A-Z][^\W\d_]*(?:[-'’][^\W\d_]+){0,3})"
_TITLED: Final = re.compile(
    rf"\b{_TITLE}(?:[ \t]+(?:and|&)[ \t]+{_TITLE})?(?:[ \t]+|[ \t]?\r?\n)(?P<name>{_CAPITAL}(?:[ \t]+(?:van"
    rf"|von|de|der|al|bin|el|la|le)(?=\s))?(?:[ \t]+{_CAPITAL}){{0,3}})"
)
_RANKED: Final = re.compile(
    r"(?<![\w])(?P<rank>PC|PS|PCSO|DC|DS|DI|DCI|DSU|Det\.? Sgt|Det\.? Con|Sgt|WPC|SC|Police Constable|Police"
    r" Sergeant|Detective Constable|Detective Sergeant|Detective Inspector|Sergeant|Inspector)\.?[ \t]+"
    rf"(?P<name>(?:\d{{2,6}}[A-Z]{{0,2}}[ \t]+)?{_CAPITAL}(?:[ \t]+{_CAPITAL}){{0,2}}|\d{{3,6}}(?=[\s,.;)]|$)"
    r"(?![ \t]+[a-z]+s\b))"
)
_RANK_FALSE: Final = _words("world world's vita vr general constable sergeant superintendent")
_GREETING: Final = re.compile(
    r"^[> \t]*(?P<word>Dear|Hi|Hello|Hey|Good\s(?:morning|afternoon|evening|day))\b[ \t,]+(?P<rest>[^\r\n]{1,120})",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING: Final = re.compile(
    r"^[> \t]*(?:(?:yours|your)(?:\s+(?:sincerely|faithfully|truly|respectfully|etc))?|(?:(?:with\s+)?(?:kind"
    r"|kindest|best|warm|warmest|many)\s+)?(?:regards|wishes)|(?:with\s+)?(?:many\s+)?thanks(?:\s+(?:again"
    r"|in\s+advance|and\s+(?:kind\s+|best\s+)?regards|in\s+anticipation|for\s+your\s+(?:help|time"
    r"|assistance)))?"
    r"|thank\s+you(?:\s+(?:again|in\s+advance|very\s+much|for\s+your\s+(?:help|time|assistance)))?|sincerely"
    r"|faithfully|respectfully|cheers|best|all\s+the\s+best|kr|br|signed)"
    r"(?P<tail>[ \t]*(?:[,.!:;–-]+[ \t]*[^\r\n]{0,60})?)$",
    re.IGNORECASE | re.MULTILINE,
)
_RUN_ON_CLOSING: Final = re.compile(
    r"(?:(?<=[.?!)] )|(?<=[.?!)]))(?i:yours\s+(?:sincerely|faithfully|truly)"
    r"|(?:(?:kind|best|warm|many)\s+)?(?:regards|wishes)"
    rf"|(?:many\s+)?thanks|thank\s+you|cheers)[ \t]*[,.!–-]?[ \t]+(?P<name>{_CAPITAL}(?:[ \t]+{_CAPITAL}){{1,3}})"
    r"(?=\s*(?:[,.;(\n]|$|█))"
)
"""A closing and a name in one line, as the cells of a log or a pasted message run them together."""

_HEADER: Final = re.compile(
    r"^[> \t*]*(?:From|To|Cc|Bcc|Reply-To|Sender|Sent by)\s?:[ \t]*(?P<rest>[^\r\n]{1,400})",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE: Final = re.compile(
    r"^[> \t]*On\s[^\r\n]{5,60}?[,\d]\s(?P<name>[^\r\n<>,\d]{3,60}?)\s*(?:[<\[][^\r\n>\]]{0,120}[>\]])?\s*wrote:",
    re.MULTILINE,
)
_NAME_FIELD: Final = re.compile(
    r"^[> \t*•-]*(?:(?:full\s+|your\s+|applicant(?:['’]s)?\s+|requester(?:['’]s)?\s+|contact\s+"
    r"|customer\s+)?name|applicant|requester|contact|signed|requested by|submitted by)\s?:[ \t]*"
    r"(?P<name>[^\r\n]{2,60})$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS_FIELD: Final = re.compile(
    r"^[> \t*•-]*(?:(?:postal|home|my|contact|full)\s+)?address\s?:[ \t]*(?P<rest>[^\r\n]{4,160})$",
    re.IGNORECASE | re.MULTILINE,
)
_MY_NAME: Final = re.compile(
    rf"\b[Mm]y\s(?:full\s)?name\sis\s+(?:{_TITLE}\s+)?(?P<name>{_CAPITAL}(?:[ \t]+{_CAPITAL}){{0,3}})"
)
_LIVE_AT: Final = re.compile(
    r"\b(?:I(?:\s(?:currently|now))?\s(?:live|reside)|[Mm]y\s(?:home\s|postal\s)?address\sis|[Rr]esid(?:ent"
    rf"|ing))\s?(?:at|of)?:?\s(?P<rest>(?:[Ff]lat\s\w{{1,4}},?\s)?\d{{1,4}}[A-Za-z]?,?\s{_CAPITAL}"
    rf"(?:\s{_CAPITAL}){{0,3}}(?:,\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}){{0,3}})"
)
_STREET: Final = re.compile(
    r"^(?:(?:Flat|Unit|Apartment|Apt)\.?\s\w{1,5}\b.*|\d{1,4}[A-Za-z]?"
    r"(?:\s?[-/]\s?\d{1,4}[A-Za-z]?)?,?\s+[A-Z][\w'’.-]*(?:\s[\w'’.-]+){0,4}"
    r"\s(?:Road|Street|Lane|Avenue|Way|Close|Crescent|Square|Gardens|Drive|Place|Terrace|Grove|Hill|Court"
    r"|Rise|Row|Walk|Mews|Park|View|Green|Rd|St|Ave|Cl|Dr)\b.*)$"
)
_OFFICE: Final = re.compile(r"\bP\.?O\.? Box\b|\bFloor\b|\bLevel\b|\bBuilding\b", re.IGNORECASE)
_OFFICE_BEFORE: Final = re.compile(
    r"\b(?:Council|Constabulary|Police|Office|Commissioner|Headquarters|HQ|House|Trust|Department|Ombudsman|Centre"
    r"|University|Hospital)\b[^.;]{0,80}$"
)
_OWN: Final = re.compile(r"\b(?:my|our|I|we)\b", re.IGNORECASE)
_RUNNING_STREET: Final = re.compile(
    rf"(?:[Ff]lat\s\w{{1,4}},?\s)?\b\d{{1,4}}[A-Za-z]?,?\s{_CAPITAL}(?:[ ,]{{1,3}}(?:of|on|upon|the"
    rf"|{_CAPITAL})){{1,10}}[ ,]{{0,3}}$"
)
_NOT_ROLE: Final = _words("the of for to a an and or it all there both may either")
_ADDRESS_LINE: Final = re.compile(r"^(?:[\w'’.&-]+(?:,?\s)){0,5}[\w'’.&-]+[,.]?$")
_WORD: Final = re.compile(r"[^\W_](?:[\w'’./&-]*[^\W_])?\.?")


def _plain(word: str) -> str:
    return word.lower().rstrip(".,").removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")


def _stays(word: str) -> bool:
    return _plain(word) in _STAY


def _looks_like_name(text: str, *, strict: bool = False) -> bool:
    """Tell a bare name from a post, an authority or a sentence."""
    text = text.strip(" \t,.;:*_-–—")
    words = _WORD.findall(text)
    if not 1 <= len(words) <= 5 or len(text) > 50 or re.search(r"[\d@:?!/()\[\]<>█\"“”=]", text):
        return False
    if any(_stays(word) for word in words):
        return False
    particles = {"van", "von", "de", "der", "al", "bin", "el", "la", "le", "ap", "y", "da", "dos"}
    capital = all(word[0].isupper() or word.lower() in particles for word in words)
    if strict:
        return capital and len(words) >= 2
    return capital or len(words) <= 2


def _salutations(text: str) -> Iterator[PersonSpan]:
    for found in _GREETING.finditer(text):
        rest, at = found["rest"], found.start("rest")
        if rest.startswith("["):
            continue  # already redacted
        stop = re.search(r"[,;:!?–—(]|\s-\s|\.(?=\s|$)(?<!Mr\.)(?<!Ms\.)(?<!Dr\.)(?<!Mrs\.)(?<![ ]\w\.)", rest)
        phrase = rest[: stop.start()] if stop else rest
        titled = re.match(rf"(?!Sir\b|Dame\b)(?:{_TITLE}(?:\s(?:and|&)\s{_TITLE})?\s+)", phrase, re.IGNORECASE)
        words = list(_WORD.finditer(phrase))
        if not words or any(word[0].lower().rstrip(".") in _ORG_WORDS for word in words[:6]):
            continue
        # A post is kept and the name after it hidden: "Dear Councillor Sample".
        kept = 0 if titled else next((i for i, word in enumerate(words) if not _stays(word[0])), len(words))
        first = words[kept:]
        taken: list[re.Match[str]] = []
        for word in first[:6]:
            title = titled is not None and word.end() <= titled.end()
            if not title and (_stays(word[0]) and word[0].lower() not in ("and", "&")):
                break
            short = len(words) <= 4
            if (
                not title
                and not word[0][0].isupper()
                and not short
                and word[0].lower() not in ("and", "van", "de", "von")
            ):
                break
            taken.append(word)
        while taken and taken[-1][0].lower() in ("and", "&"):
            taken.pop()
        # "Hello and welcome to" is a sentence: an untitled greeting needs the name alone before its comma or line end.
        if not taken or (not titled and len(taken) < len(first) and not taken[0][0][0].isupper()):
            continue
        if not titled and found["word"].lower() != "dear" and len(taken) < len(first):
            continue
        yield PersonSpan(at + taken[0].start(), at + taken[-1].end(), "name")


def _trimmed(text: str, start: int, end: int, kind: str) -> PersonSpan | None:
    chunk = text[start:end]
    left = len(chunk) - len(chunk.lstrip(" \t,.;:*_\"'<([-–—"))
    right = len(chunk.rstrip(" \t,;:*_\"'>)]-–—"))
    return PersonSpan(start + left, start + right, kind) if left < right else None


class _Lines:
    """Lines of a text with their offsets."""

    def __init__(self, text: str) -> None:
        self.spans: list[tuple[int, int]] = []
        at = 0
        for line in text.splitlines(keepends=True):
            bare = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
            self.spans.append((at, at + len(bare)))
            at += len(line)
        self.starts = [start for start, _ in self.spans]

    def at(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self.starts, offset) - 1)


def _signatures(text: str, lines: _Lines) -> Iterator[PersonSpan]:
    for found in _CLOSING.finditer(text):
        tail = found["tail"].strip(" \t,.!:;–-")
        if tail:
            if _looks_like_name(tail) and (span := _trimmed(text, *found.span("tail"), "name")):
                yield span
            continue
        seen = 0
        number = lines.at(found.end())
        named = False
        for start, end in lines.spans[number + 1 : number + 12]:
            line = text[start:end].strip(" \t>")
            if not line:
                continue
            seen += 1
            if BLOCK in line:
                named = True
                continue
            if not named and _looks_like_name(re.sub(rf"^{_TITLE}\s+", "", line), strict=seen > 1):
                named = True
                if span := _trimmed(text, start, end, "name"):
                    yield span
            elif _STREET.match(line):
                if span := _trimmed(text, start, end, "address"):
                    yield span
            elif seen > 5 or len(line) > 60:
                break


def _addresses(text: str, lines: _Lines) -> Iterator[PersonSpan]:
    for found in _POSTCODE.finditer(text):
        number = lines.at(found.start())
        start, end = lines.spans[number]
        rest = text[start : found.start()].strip(" \t>,.") + text[found.end() : end].strip(" \t,.")
        if rest and not _is_address(rest):
            yield from _running_address(text, start, found)
            continue
        first = number
        while first > 0 and number - first < 5 and _is_address(text[slice(*lines.spans[first - 1])].strip(" \t>")):
            first -= 1
        block = [text[slice(*lines.spans[n])].strip(" \t>") for n in range(first, number + 1)]
        if any(_OFFICE.search(line) or _names_office(line) for line in block):
            continue  # the address of an authority
        yield PersonSpan(*found.span(), "postcode")
        if len(block) > 1 or _STREET.match(block[0]):
            for n in range(first, number + 1):
                if span := _trimmed(text, *lines.spans[n], "address"):
                    yield span


def _running_address(text: str, line_start: int, found: re.Match[str]) -> Iterator[PersonSpan]:
    if _OFFICE.search(text[max(0, found.start() - 160) : found.start()]):
        return
    before = text[max(line_start, found.start() - 160) : found.start()]
    if _OFFICE_BEFORE.search(before) and not _OWN.search(before[-60:]):
        return
    yield PersonSpan(*found.span(), "postcode")
    street = _RUNNING_STREET.search(before)
    if street and (span := _trimmed(text, found.start() - len(street[0]), found.start(), "address")):
        yield span


def _names_office(line: str) -> bool:
    return any(_plain(word) in _ORG_WORDS or _plain(word) in _ROLE_WORDS - _NOT_ROLE for word in _WORD.findall(line))


def _is_address(line: str) -> bool:
    if not line or len(line) > 60 or _CLOSING.match(line) or BLOCK in line:
        return False
    return bool(_STREET.match(line) or (_ADDRESS_LINE.match(line) and _all_capital(line)))


def _all_capital(line: str) -> bool:
    words = _WORD.findall(line)
    return bool(words) and all(
        word[0].isupper() or word[0].isdigit() or word in ("of", "on", "upon", "the", "le", "under") for word in words
    )


def _headers(text: str) -> Iterator[PersonSpan]:
    for found in _HEADER.finditer(text):
        at = found.start("rest")
        for part in re.finditer(
            r"[^;<>\[\]]+", re.sub(r"[^;<>\[\]\s]{1,64}@\S{1,200}", lambda m: "<" * len(m[0]), found["rest"])
        ):
            if found["rest"][: part.start()].endswith("["):
                continue  # already redacted
            pieces = [piece for piece in part[0].split(",") if piece.strip()]
            whole = part[0].replace(",", " ")
            if len(pieces) <= 2 and _looks_like_name(whole.replace("'", "").replace('"', "")):
                if span := _trimmed(text, at + part.start(), at + part.end(), "name"):
                    yield span
                continue
            offset = at + part.start()
            for piece in part[0].split(","):
                if _looks_like_name(piece) and (span := _trimmed(text, offset, offset + len(piece), "name")):
                    yield span
                offset += len(piece) + 1


def _names(text: str) -> Iterator[PersonSpan]:
    for found in _TITLED.finditer(text):
        if not _stays(found["name"].split()[0]):
            words = found["name"].split()
            kept = next((i for i, word in enumerate(words) if i and _stays(word)), len(words))
            end = found.start("name") + len(found["name"])
            if kept < len(words):
                end = found.start("name") + found["name"].index(words[kept - 1]) + len(words[kept - 1])
            yield PersonSpan(found.start(), end, "name")
    for found in _RANKED.finditer(text):
        words = found["name"].split()
        name = next((word for word in words if not word[0].isdigit()), None)
        if name is not None and (
            _stays(name) or name.lower() in _RANK_FALSE or (len(name) > 1 and name.isupper() and len(name) <= 3)
        ):
            continue
        if re.search(r"(?:Chief|Deputy|Assistant)\s$", text[max(0, found.start() - 10) : found.start()]):
            continue
        yield PersonSpan(*found.span("name"), "name")
    for pattern in (_NAME_FIELD, _WROTE, _MY_NAME, _RUN_ON_CLOSING):
        for found in pattern.finditer(text):
            name = re.sub(rf"^{_TITLE}\s+", "", found["name"].strip())
            if (pattern is _MY_NAME or _looks_like_name(name)) and (
                span := _trimmed(text, *found.span("name"), "name")
            ):
                yield span


def _numbers(text: str) -> Iterator[PersonSpan]:
    for found in _EMAIL.finditer(text):
        yield PersonSpan(*found.span(), "email")
    for found in _PHONE.finditer(text):
        digits = sum(char.isdigit() for char in re.split(r"ext|x", found[0])[0].replace("(0)", ""))
        wanted = (11, 12, 13) if found[0].startswith("+") else (10, 11)
        if digits in wanted and not _REFERENCE_BEFORE.search(text[max(0, found.start() - 40) : found.start()]):
            yield PersonSpan(*found.span(), "phone")
    for pattern in (_ADDRESS_FIELD, _LIVE_AT):
        for found in pattern.finditer(text):
            if pattern is _LIVE_AT or (
                re.search(r"\d", found["rest"])
                and "@" not in found["rest"]
                and "http" not in found["rest"]
                and not _names_office(found["rest"])
            ):
                yield PersonSpan(*found.span("rest"), "address")


def _merge(spans: list[PersonSpan]) -> list[PersonSpan]:
    merged: list[PersonSpan] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = PersonSpan(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return merged


def _find_once(text: str) -> list[PersonSpan]:
    lines = _Lines(text)
    spans = [
        *_numbers(text),
        *_addresses(text, lines),
        *_salutations(text),
        *_signatures(text, lines),
        *_headers(text),
        *_names(text),
    ]
    return [span for span in spans if text[span.start : span.end].strip(BLOCK + " \t\r\n")]


def find_people(text: str) -> tuple[PersonSpan, ...]:
    r"""Find what tells who a person is, in order and without overlap.

    >>> [span.kind for span in find_people("Dear Ms Sample,\nRing 0113 496 0000.")]
    ['name', 'phone']
    """
    found: list[PersonSpan] = []
    rest = text
    for _ in range(_PASSES):
        new = _merge(_find_once(rest))
        if not new:
            break
        found += new
        rest = _cover(rest, new)
    return tuple(_merge(found))


_SHOWN: Final = re.compile(r"[^\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


def _cover(text: str, spans: list[PersonSpan] | tuple[PersonSpan, ...]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += [text[at : span.start], _SHOWN.sub(BLOCK, text[span.start : span.end])]
        at = span.end
    return "".join(pieces) + text[at:]


def mask_people(text: str) -> str:
    r"""Replace every character about a person by a block; length and line breaks stay.

    >>> mask_people("Dear Ms Sample,\nPlease send the policy.\nYours faithfully\nJo Sample").splitlines()
    ['Dear █████████,', 'Please send the policy.', 'Yours faithfully', '█████████']
    """
    return _cover(text, find_people(text))
