"""Find what identifies a reply: reference, authority, dates, address, whether it was published, what it reviews.

In: the text of a reply and its blocks. Out: a `Header`. A fact that the text does not give is `None`, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Final

import msgspec
from dateutil import parser as date_parser

from triage.read.anatomy import Anatomy, squeeze
from triage.schema import Status

__all__ = ["Header", "find_header", "normalise_reference", "parse_day"]


class Header(msgspec.Struct, frozen=True):
    """What identifies a reply. `reviews` is the reference of the reply that this one reviews, withdraws or corrects."""

    reference: str | None
    authority: str | None
    received: dt.date | None
    responded: dt.date | None
    url: str | None
    published: bool | None
    reviews: str | None = None
    decision: Status | None = None


_MONTH: Final = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY: Final = rf"(?:\d{{1,2}}(?:\^?(?:st|nd|rd|th))? (?:of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})(?!\d))"
_ANY_DAY: Final = re.compile(_DAY, re.I)

_SHAPED: Final = re.compile(
    r"\b(?:01[./](?:FOI|FIN)[./]\d{2}[./]\d{6}|HQ/PA/\d{6}/\d{2}|F-20\d{2}-\d{5}|GSA/\d{4}/\d{2}|PUB ?\d{4}|20(?:0[5-9]|1\d)(?:0[1-9]|1[0-2])0\d{6})\b"
)
_NAMED: Final = re.compile(
    r"(?:\b(?:our |your |request |case |foi[a]? |foi request )?ref(?:erence)?(?: no| number| id)?|\bfreedom of information(?: act(?: 2000)?)?(?: request| response| disclosure| log)*(?: ref(?:erence)?)?(?: no| number)?"
    r"|\b(?:foi|eir|case|request|disclosure|log)(?: request| response| case)?(?: no| number| ref(?:erence)?)?|internal review(?: of)?(?: foi| request)?)"
    r"\s*[.:#–-]*\s*((?=[A-Z0-9./_~-]*\d)[A-Z0-9][A-Z0-9]*(?: ?[./_-] ?[A-Z0-9]+)*)(?![A-Za-z0-9])",
    re.I,
)
_CODE: Final = re.compile(r"(?<![\w/.-])((?:[A-Z]{2,6}[-/. ]){1,3}\d[\dA-Z]*(?:[-/.]\d+)*[A-Z]?)(?![\w/-])")

_ORGANISATION: Final = re.compile(
    r"\b((?:(?:[A-Z][\w’'&-]+|of|and|the|for|in|&)[ \t]+){0,6}(?:Constabulary|CONSTABULARY|POLICE|COUNCIL|Police(?:[ \t]+Service)?(?:[ \t]+of[ \t]+Northern[ \t]+Ireland)?|(?:City|County|Borough|District|Town|Parish|Metropolitan|Unitary)?[ \t]*Council"
    r"|NHS(?:[ \t]+Foundation)?[ \t]+Trust|Health[ \t]+Board|Fire[ \t]+and[ \t]+Rescue[ \t]+(?:Service|Authority)|University(?:[ \t]+of[ \t]+[A-Z]\w+)?|Ambulance[ \t]+Service|Ministry[ \t]+of[ \t]+[A-Z]\w+|Home[ \t]+Office|Parliament))\b"
)
_LEADING_SMALL: Final = re.compile(r"^(?:(?:the|of|and|for|in|dear|to|from|at|by|&|your|our|is|how|what)\s+)+", re.I)

_RECEIVED: Final = re.compile(
    rf"(?:received|dated|request of|reached us|your (?:request|letter|e-?mail|enquiry|message) (?:of|dated)|wrote to us|asked us|which we received|got|sent)(?:\s+\w+){{0,3}}?\s*(?:on\s*)?:?\s*(?:the )?({_DAY})",
    re.I,
)
_RESPONDED: Final = re.compile(
    rf"(?:published|date of (?:response|reply|publication|decision|disclosure|letter)|response date|date|replied|responded|decision date|sent|issued|released|disclosed|last updated|closed)\s*(?:on\s*)?[:–-]?\s*({_DAY})",
    re.I,
)
_DATE_LINE: Final = re.compile(rf"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?({_DAY})\W*$", re.I | re.M)
_NOT_PUBLISHED: Final = re.compile(
    r"(?:not|never) (?:be |been |going to be )?(?:placed|put|published|appear\w*|add\w*|post\w*)[^.]{0,40}(?:website|web site|disclosure log|online)|not for publication",
    re.I,
)
_PUBLISHED: Final = re.compile(
    r"(?:will (?:also )?be|is being|has been|have been|is|are|was) (?:\w+ )?(?:published|placed|put|added|posted|available)[^.]{0,40}(?:disclosure log|our (?:external )?website|publication scheme)|(?:all|every)[^.]{0,60}disclosures[^.]{0,60}published",
    re.I,
)
_URL: Final = re.compile(
    r"(?im)^\W*(?:url|web address|address of this page|page|source|permalink|link)\s*:\s*(https?://\S+)"
)

_REVIEW: Final = re.compile(
    r"\binternal review\b|\b(?:outcome|result) of (?:the|your|our) review\b|\breview of (?:our |the )?(?:decision|response|reply|request)|decision notice",
    re.I,
)
_RETRACTION: Final = re.compile(
    r"\b(?:withdraw(?:s|n|ing)?|retract(?:s|ed|ion)?|correct(?:s|ion|ed|ing)|replac(?:es|ing))\b[^.]{0,90}\b(?:figures?|response|reply|disclosure|answers?|data|table|letter|earlier)\b|\b(?:figures?|response|reply|answers?|data)\b[^.]{0,80}\b(?:(?:is|are|was|were) (?:\w+ )?(?:wrong|incorrect|withdrawn|retracted)|should (?:not|no longer) be (?:used|relied))",
    re.I,
)
_OVERTURNED: Final = re.compile(r"\b(?:overturn(?:s|ed)?|not uphold|not upheld|upheld? (?:your|the) complaint|should (?:not have been|have been (?:disclosed|released|provided))|set aside|revers(?:e|ed)|no longer rel(?:y|ied)|incorrectly (?:applied|withheld|relied)|wrongly (?:applied|withheld|relied))\b", re.I)  # fmt: skip
_UPHELD: Final = re.compile(r"\b(?:uph(?:e|o)ld(?:s)?|maintain(?:s|ed)? the (?:decision|original|exemption)|was (?:correct|right)|stands|agree with the (?:original )?decision|correctly (?:applied|withheld|relied))\b", re.I)  # fmt: skip
_VARIED: Final = re.compile(r"\b(?:var(?:y|ied)|partly upheld|upheld in part|partially upheld|in part upheld|amend(?:ed|s)? the decision)\b", re.I)  # fmt: skip


def parse_day(text: str) -> dt.date | None:
    """Read one UK date, day first; `None` where it is none.

    >>> parse_day("6^th March 2024"), parse_day("03/04/24")
    (datetime.date(2024, 3, 6), datetime.date(2024, 4, 3))
    """
    words = squeeze(text).replace("^", "")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return dt.date.fromisoformat(words)
        found = date_parser.parse(words, dayfirst=True, default=dt.datetime(1, 1, 1)).date()  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None
    return found if 1990 <= found.year <= 2100 else None


def normalise_reference(reference: str) -> str:
    """Bring the two printed forms of one serial to one, and take blanks out.

    The slashed form on Metropolitan Police letters names the same case as the dotted one on its pages; `/X` may follow.

    >>> normalise_reference("01/FOI/24/099999/X"), normalise_reference("401 - 24")
    ('01.FOI.24.099999', '401-24')
    """
    tidy = re.sub(r"\s*([-/._])\s*", r"\1", reference.strip().rstrip(".,;:-/"))
    slashed = re.fullmatch(r"01[/.](FOI|FIN)[/.](\d{2})[/.](\d{6})(?:/X)?", tidy)
    return f"01.{slashed[1]}.{slashed[2]}.{slashed[3]}" if slashed else tidy


def _find_references(text: str) -> list[str]:
    found: dict[str, int] = {}
    for pattern in (_SHAPED, _NAMED, _CODE):
        for match in pattern.finditer(text):
            reference = match.group(match.lastindex or 0)
            digits = re.sub(r"\D", "", reference)
            if len(digits) < 3 or _ANY_DAY.fullmatch(reference) or re.fullmatch(r"(?:19|20)\d\d", reference):
                continue
            if re.match(r"(?i)(?:act|section|regulation)", reference):
                continue
            found.setdefault(normalise_reference(reference), match.start(match.lastindex or 0))
        if pattern is _SHAPED and found:
            break
    return sorted(found, key=lambda reference: found[reference])


_DOMAIN: Final = re.compile(r"\b([a-z]{3,}(?:-[a-z]+)*-(?:constabulary|police|council))\.", re.I)


def _find_authority(text: str) -> str | None:
    """Find who answered: letterheads and signatures first, then what is named most, then the address of its site."""
    counts: Counter[str] = Counter()
    for place, match in enumerate(_ORGANISATION.finditer(text)):
        name = _LEADING_SMALL.sub("", squeeze(match.group(1)))
        if len(name.split()) < 2 or re.match(
            r"(?i)(?:the |this |county |city |district |borough )?(?:council|police)$", name
        ):
            continue
        line = text[text.rfind("\n", 0, match.start()) + 1 : (text + "\n").index("\n", match.end())]
        alone = len(line.split()) <= len(name.split()) + 4
        counts[name.lower()] += 6 if alone else 3 if place == 0 and match.start() < 600 else 1
    if counts:
        best, weight = counts.most_common(1)[0]
        if weight > 1:
            printed = next(m.group(1) for m in _ORGANISATION.finditer(text) if best in squeeze(m.group(1)).lower())
            name = _LEADING_SMALL.sub("", squeeze(printed))
            return name.title() if name.isupper() else name
    domain = _DOMAIN.search(text)
    if domain:
        return domain[1].replace("-", " ").title()
    if re.search(r"\bMPS\b|\b01[./]FOI[./]\d\d", text):
        return "Metropolitan Police Service"
    return None


def find_header(text: str, *, anatomy: Anatomy, form: str = "txt", url: str | None = None, title: str = "") -> Header:
    """Find what identifies a reply.

    Args:
        text: The reply.
        anatomy: Its blocks.
        form: File form; a saved web page (`html`) counts as published.
        url: Address that the page itself declares, if any.
        title: Title that the page itself declares, if any.
    """
    top = anatomy.head if anatomy.head.strip() else text[:2000]
    answered = top + "\n" + anatomy.body
    own = (
        title + "\n" + "".join(" " if given.strip() else char for char, given in zip(text, anatomy.asked, strict=True))
    )
    references = _find_references(top) or _find_references(title) or _find_references(own)
    opening = squeeze(top[:1500] + " " + anatomy.body[:1500])
    whole = squeeze(answered)
    reviews, decision = None, None
    opens = squeeze("\n".join(line for line in top.split("\n") if line.strip())[:400])
    if _REVIEW.search(opens) or re.search(
        r"\b(?:I|we) (?:have )?(?:\w+ )?(?:reviewed|carried out (?:a|the|an) (?:\w+ )?review|conducted|undertaken)\b",
        opening,
        re.I,
    ):
        decision = Status.VARIED if _VARIED.search(whole) else Status.OVERTURNED if _OVERTURNED.search(whole) else Status.UPHELD if _UPHELD.search(whole) else None  # fmt: skip
    elif _RETRACTION.search(opening):
        decision = Status.RETRACTED
    if decision is not None and references:
        earlier = re.search(
            r"(?:review of|reply|response|decision|disclosure|letter|request|case|correct\w*)[^.]{0,60}", title, re.I
        )
        reviews = next((r for r in references[1:] if r in whole), references[0])
    received = next((day for m in _RECEIVED.finditer(answered) if (day := parse_day(m[1]))), None)
    responded = next((day for m in _RESPONDED.finditer(top) if (day := parse_day(m[1]))), None)
    responded = responded or next((day for m in _DATE_LINE.finditer(text) if (day := parse_day(m[1]))), None)
    responded = responded or next((day for m in _RESPONDED.finditer(anatomy.body) if (day := parse_day(m[1]))), None)
    if responded is None:
        first = _ANY_DAY.search(top[:800])
        day = parse_day(first.group()) if first else None
        responded = day if day != received else None
    declared = _URL.search(text)
    published: bool | None = None
    if _NOT_PUBLISHED.search(squeeze(text)):
        published = False
    elif form == "html" or anatomy.is_page or _PUBLISHED.search(squeeze(text)):
        published = True
    return Header(
        reference=references[0] if references else None,
        authority=_find_authority(own),
        received=received,
        responded=responded,
        url=url or (declared[1] if declared else None),
        published=published,
        reviews=reviews,
        decision=decision,
    )
