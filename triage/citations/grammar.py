"""Read the surface of citations: keyword, number, limbs, lists.

In: a text. Out: `Group`s of `Member`s with their spans, before it is decided which Act they belong to; and, for a
member whose Act is known, the limbs its tokens stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from triage.schema import Regime

__all__ = ["GAP", "Group", "Member", "find_groups", "read_limbs"]

GAP: Final = r"[^\S\n]{0,12}(?:\n[^\S\n]{0,12}(?:>[> ]{0,8})?)?"
"""White space that may stand inside a citation: at most one line end, with the marks of a quoted mail."""

_KEYWORD: Final = (
    r"(?P<section>section\(s\)|sections?|sects?|secs?|ss?|§{1,2})"
    r"|(?P<exemption>exemptions?|exceptions?)"
    r"|(?P<regulation>regulation\(s\)|regulations?|regs?)"
    r"|(?P<act>FOISA|FOIA|EISRs?|EIRs?)"
    r"|(?P<exempt>exempt(?:ed|ion|ions)?\s(?:under|at|by\svirtue\sof))"
)
_NUMBER: Final = r"(?:22a|\d{1,3}[A-Z]?)(?![\w£%]|[.,:]\d)"
_HEAD: Final = re.compile(
    rf"(?<![\w'’@])(?<!sub-)(?<!sub )(?:{_KEYWORD})[.:]?{GAP}(?P<number>(?i:22a)|\d{{1,3}}(?-i:[A-Z]?))"
    r"(?![\w£%]|[.,:]\d)",
    re.I,
)
# An outward code with its inward half ("S1 1XX") is a postcode, not section 1.
_POSTCODE: Final = re.compile(r"S\d{1,2}[^\S\n]+\d[A-Z]{2}\b")
_AREA_WORDS: Final = re.compile(r"\b(?:post\s?codes?|districts?|wards?)\b", re.I)
# What lends a bare "S12" the look of a section in running text.
_SECTION_WORDS: Final = re.compile(
    r"exempt|\bFOI|refus|withh[eo]ld|\bsections?\b|\bAct\b|engaged|\bappl(?:y|ied|ies)|\bunder\b", re.I
)
_URL: Final = re.compile(r"(?:https?://|www\.)\S+", re.I)

_LIMB: Final = r"\d{1,2}[A-Za-z]?|[A-Za-z]{1,2}|[ivx]{3,5}|[IVX]{3,5}"
_BRACKETED: Final = re.compile(rf"\([^\S\n]?({_LIMB})[^\S\n]?\)")
_UNCLOSED: Final = re.compile(r"\((\d{1,2}[A-Z]?|[a-z])(?=\(|[\s,.;:]|$)")
_UNOPENED: Final = re.compile(r"(\d{1,2}[A-Z]?|[a-k])\)")
_NAKED: Final = re.compile(r"([a-k])(?![\w'’)])")
_GAP: Final = re.compile(GAP)
_JOINT: Final = re.compile(
    rf"{GAP}(?:,?;?{GAP}and/or\b|[,;]{GAP}(?:and|or)\b|&amp;|[,;/+&]|(?:and|or|plus|to)\b|as{GAP}well{GAP}as\b"
    rf"|(?:read{GAP})?(?:in{GAP}conjunction{GAP}|together{GAP})with\b|read{GAP}with\b|by{GAP}virtue{GAP}of\b"
    rf"|[-–—](?=[^\S\n]?\()){GAP}",
    re.I,
)
_BARE_SUBSECTION: Final = re.compile(r"([2-9])(?=\([a-z]\))|([1-9][A-E])(?![\w.])")
_LIMB_WORD: Final = re.compile(
    rf",?{GAP}(?:sub-?{GAP}(?:section|paragraph)s?|sub|paragraphs?|paras?\.?|limbs?)\b{GAP}"
    r"(?:\((\d{1,2}[A-Za-z]?|[a-z]{1,2})\)|(\d{1,2}[A-Z]?|[a-z])(?!\w))",
    re.I,
)
_LIMB_BEFORE: Final = re.compile(
    rf"sub-?section{GAP}\(?(\d{{1,2}}[A-Z]?)\)?((?:\([a-z]{{1,4}}\))*){GAP}of{GAP}(?:the{GAP})?$", re.I
)
_TITLE: Final = re.compile(rf"{GAP}\([A-Za-z][^()]{{2,80}}\)")
# "31(1)(a) Law Enforcement & 38(1)(b)": words between two members, the second of which must have limbs.
_LOOSE_TITLE: Final = re.compile(
    rf"{GAP}(?:[–—-]{GAP})?[A-Z][A-Za-z'’,]*(?:[^\S\n][A-Za-z'’&,/]+){{0,8}}?(?:{GAP}[–—-])?(?={GAP}(?:,|;|/|&|and\b|or\b){GAP}"
    rf"\d\d[A-Z]?{GAP}\(\d)"
)
_NEXT_NUMBER: Final = re.compile(_NUMBER)
_ITEM_TEXT: Final = re.compile(r"[^\S\n]+(?:[A-Z][a-z]|(?:the|an?|any|all|that|it|we|your?)\b)")
_COUNTED: Final = re.compile(
    rf"{GAP}(?:officers?|pages?|records?|working|days?|hours?|documents?|emails?|people|staff|questions?|items?|years?"
    r"|months?|minutes?|weeks?|files?|individuals?|cases?|incidents?|requests?|of which|per cent|\d|January|February"
    r"|March|April|May|June|July|August|September|October|November|December)",
    re.I,
)
_BARE_LIST_END: Final = re.compile(
    rf"(?:{GAP}(?:,|&|and|or){GAP}\d{{1,2}}[A-Z]?){{0,8}}{GAP}(?:exemptions?\b|of{GAP}(?:the{GAP})?(?:FOI|Freedom|Act\b))",
    re.I,
)
_PAIRS: Final = frozenset({"aa", "ab", "ac", "ad", "ea", "fa", "za", "zb", "ii", "iv", "vi", "ix", "xi", "xv"})
_ROMANS: Final = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv"})
_UNNUMBERED: Final = frozenset({(Regime.FOISA, "26"), (Regime.FOISA, "30")})
# Where the lettered paragraphs hang when the letter leaves the subsection out; elsewhere in subsection (1).
_LETTERED_SUBSECTION: Final = {(Regime.FOIA, "36"): "2", (Regime.FOIA, "40"): "2", (Regime.EISR, "10"): "5"}


class Member(NamedTuple):
    """One number of a citation with its bracketed tokens in reading order."""

    section: str
    tokens: tuple[str, ...]
    start: int
    end: int
    flags: tuple[str, ...]


class Group(NamedTuple):
    """A keyword and the numbers it governs. `keyword` is section, exemption, exception, regulation, act or exempt."""

    keyword: str
    surface: str
    start: int
    members: tuple[Member, ...]

    @property
    def end(self) -> int:
        """End of the last number, titles excluded."""
        return self.members[-1].end


class _Tail(NamedTuple):
    tokens: tuple[str, ...]
    end: int
    flags: tuple[str, ...]


def find_groups(text: str) -> Iterator[Group]:
    """Find every keyword with a number, in order, without overlap.

    >>> [(m.section, m.tokens) for g in find_groups("sections 31(1)(a)(b) and 40(2)") for m in g.members]
    [('31', ('1', 'a', 'b')), ('40', ('2',))]
    """
    urls = iter([m.span() for m in _URL.finditer(text)])
    url = next(urls, None)
    position = 0
    while (head := _HEAD.search(text, position)) is not None:
        position = head.end()
        while url is not None and url[1] <= head.start():
            url = next(urls, None)
        if url is not None and url[0] <= head.start():
            continue
        group = _read_group(text, head)
        if group is not None:
            position = max(position, group.end)
            yield group


def _read_group(text: str, head: re.Match[str]) -> Group | None:
    keyword = str(head.lastgroup and next(k for k, v in head.groupdict().items() if v is not None))
    surface = head.group(keyword)
    if keyword == "exemption" and surface.lower().startswith("exception"):
        keyword = "exception"
    first = _read_member(text, head.start("number"), head.end("number"))
    if keyword in {"act", "exempt"} and not first.tokens:
        return None
    if (
        surface.lower() == "reg"
        and not first.tokens
        and not re.match(r"[^.\n]{0,20}(?:EIR|Environmental)", text[first.end :])
    ):
        return None
    if surface.lower() == "s" and _is_area(text, head, first):
        return None
    plural = surface.lower() == "ss" or surface.lower().endswith(("ns", "ts", "cs", "gs", "(s)", "§§"))
    members = [first, *_read_list(text, first, plural=plural)]
    start = head.start()
    window = max(0, start - 60)
    if not first.tokens and (before := _LIMB_BEFORE.search(text[window:start])) is not None:
        tokens = (before[1].upper(), *re.findall(r"[a-z]+", before[2].lower()))
        start = window + before.start()
        members[0] = first._replace(tokens=tokens, flags=(*first.flags, "subsection-word"))
    return Group(keyword, surface, start, tuple(members))


def _is_area(text: str, head: re.Match[str], first: Member) -> bool:
    """Tell whether `S` and a number is a postcode district."""
    if first.tokens or head.group(0)[0] != "S" or "." in head.group(0):
        return False
    if _POSTCODE.match(text, head.start()):
        return True
    if _AREA_WORDS.search(text, max(0, head.start() - 40), min(len(text), first.end + 40)):
        return True
    line = text[max(0, head.start() - 40) : head.start()].rpartition("\n")[2]
    near = _SECTION_WORDS.search(text, max(0, head.start() - 60), min(len(text), first.end + 60))
    return near is None and any(c.isalnum() for c in line)


def _read_member(text: str, start: int, end: int) -> Member:
    tail = _read_tail(text, end)
    return Member(text[start:end].upper(), tail.tokens, start, tail.end, tail.flags)


def _read_list(text: str, first: Member, *, plural: bool) -> Iterator[Member]:
    """Read the numbers that follow without a keyword of their own."""
    last = first
    while True:
        position = last.end
        if (title := _TITLE.match(text, position) or _LOOSE_TITLE.match(text, position)) is not None:
            position = title.end()
        joint = _JOINT.match(text, position)
        if joint is None or joint[0].strip().lower() == "to":
            return
        number = _NEXT_NUMBER.match(text, joint.end())
        if number is None or (first.tokens and _BARE_SUBSECTION.match(text, joint.end())):
            return
        member = _read_member(text, number.start(), number.end())
        if not member.tokens and not (
            (plural and not _COUNTED.match(text, member.end))
            or joint[0] == "/"
            or _BARE_LIST_END.match(text, member.end)
        ):
            return
        yield member
        last = member


def _read_tail(text: str, end: int) -> _Tail:
    """Read the tokens after a number, as far as they go."""
    tokens: list[str] = []
    flags: dict[str, None] = {}
    while True:
        step = (
            _direct(text, end, tokens)
            or _joined(text, end, tokens)
            or _worded(text, end)
            or _damaged(text, end, tokens)
        )
        if step is None:
            return _Tail(tuple(tokens), end, tuple(flags))
        tokens.extend(step.tokens)
        flags.update(dict.fromkeys(step.flags))
        end = step.end


def _direct(text: str, end: int, tokens: list[str]) -> _Tail | None:
    gap = _GAP.match(text, end)
    start = gap.end() if gap is not None else end
    found = _BRACKETED.match(text, start)
    if found is None or (token := _normalise(found[1], tokens)) is None:
        return None
    # A bracket that opens a line and is followed by words is a list marker, not a limb.
    if "\n" in text[end:start] and _ITEM_TEXT.match(text, found.end()):
        return None
    return _Tail((token,), found.end(), ())


def _joined(text: str, end: int, tokens: list[str]) -> _Tail | None:
    joint = _JOINT.match(text, end)
    if joint is None:
        return None
    word = joint[0].strip().lower()
    found = _BRACKETED.match(text, joint.end())
    if found is not None and (token := _normalise(found[1], tokens)) is not None:
        if word in {"to", "-", "–", "—"}:
            return _Tail(_between(tokens, token), found.end(), ("range",)) if tokens else None
        return _Tail((token,), found.end(), ())
    bare = _BARE_SUBSECTION.match(text, joint.end())
    if bare is not None and tokens and word not in {"to", "-", "–", "—"}:
        return _Tail((bare[0],), bare.end(), ("lost-bracket",))
    return None


def _worded(text: str, end: int) -> _Tail | None:
    found = _LIMB_WORD.match(text, end)
    if found is None:
        return None
    token = _normalise(found[1] or found[2], [])
    return None if token is None else _Tail((token,), found.end(), ("subsection-word",))


def _damaged(text: str, end: int, tokens: list[str]) -> _Tail | None:
    """Read a token that lost one or both brackets; it must touch what stands before."""
    for pattern in (_UNCLOSED, _UNOPENED, _NAKED):
        if pattern is _NAKED and (not tokens or text[end - 1] != ")"):
            continue
        start = end + 1 if pattern is _UNOPENED and not tokens and text[end : end + 1] == " " else end
        if pattern is _UNOPENED and start == end and text[end - 1].isdigit():
            continue
        found = pattern.match(text, start)
        if found is not None and (token := _normalise(found[1], tokens)) is not None:
            return _Tail((token,), found.end(), ("lost-bracket",))
    touching = tokens and text[end - 1] == ")"
    bare = _BARE_SUBSECTION.match(text, end + (text[end : end + 1] == " ")) if touching else None
    return None if bare is None else _Tail((bare[0],), bare.end(), ("lost-bracket",))


def _normalise(token: str, before: list[str]) -> str | None:
    """Give a token its printed case; `None` where it cannot be a limb ("(UK)", "(18)")."""
    if token[0].isdigit():
        number = token.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return token.upper() if 1 <= int(number) <= 15 else None
    lowered = token.lower()
    if len(lowered) == 2 and lowered not in _PAIRS:
        return None
    if len(lowered) > 2 and lowered not in _ROMANS:
        return None
    return None if lowered > "n" and len(lowered) == 1 and not before else lowered


def _between(tokens: list[str], last: str) -> tuple[str, ...]:
    first = tokens[-1]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return tuple(chr(code) for code in range(ord(first) + 1, ord(last) + 1))
    return (last,)


def read_limbs(
    regime: Regime | None, section: str, tokens: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Turn tokens into limbs: every leaf in reading order, and whether a subsection had to be supplied.

    A token at the level of the one before starts a sibling, a digit goes back to the subsection, a letter after a roman
    back to the paragraph. `(i)` after a paragraph is its first item, but for the ninth letter after `(h)` of s.31.

    Args:
        regime: The Act; `None` for another one, whose limbs are left as printed.
        section: Its number.
        tokens: The bracketed tokens in reading order.

    >>> read_limbs(Regime.FOIA, "30", ("1", "a", "i", "ii", "b"))[0]
    (('1', 'a', 'i'), ('1', 'a', 'ii'), ('1', 'b'))
    >>> read_limbs(Regime.FOIA, "31", ("a", "b"))
    ((('1', 'a'), ('1', 'b')), True)
    """
    leaves: dict[tuple[str, ...], None] = {}
    last: tuple[str, ...] | None = None
    subsection: tuple[str, ...] = ()
    paragraph = item = ""
    repaired = False
    for token in tokens:
        if token[0].isdigit():
            subsection, paragraph, item = (token,), "", ""
        elif paragraph and _is_item(token, regime, section, paragraph, item):
            item = token
        else:
            if not subsection and regime is not None and (regime, section) not in _UNNUMBERED:
                subsection, repaired = (_LETTERED_SUBSECTION.get((regime, section), "1"),), True
            paragraph, item = token, ""
        path = (*subsection, *filter(None, (paragraph, item)))
        if path[:-1] == last:
            leaves.pop(path[:-1], None)
        leaves[path] = None
        last = path
    return tuple(leaves), repaired


def _is_item(limb: str, regime: Regime | None, section: str, paragraph: str, item: str) -> bool:
    if limb in _ROMANS:
        return True
    if limb == "i":
        return not (regime is Regime.FOIA and section == "31" and paragraph == "h")
    return limb in {"v", "x"} and bool(item)
