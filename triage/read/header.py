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

from triage.read.anatomy import Anatomy
from triage.read.wording import squeeze
from triage.schema import Status

__all__ = ["Header", "find_authority_of", "find_header", "normalise_reference", "parse_day"]


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


_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_DAY: Final = (
    rf"(?:\d{{1,2}}(?:\^?(?:st|nd|rd|th))? (?:of )?{_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})(?!\d))"
)

_ANY_DAY: Final = re.compile(_DAY, re.I)

_SHAPED: Final = re.compile(
    r"\b(?:01[./](?:FOI|FIN)[./]\d{2}[./]\d{6}|HQ/PA/\d{6}/\d{2}|F-20\d{2}-\d{5}|GSA/\d{4}/\d{2}|PUB ?\d{4}"
    r"|20(?:0[5-9]|1\d)(?:0[1-9]|1[0-2])0\d{6})\b"
)

_NAMED: Final = re.compile(
    r"(?:\b(?:our |your |request |case |foi[a]? |foi request )?ref(?:erence)?(?: no| number| id)?"
    r"|\bfreedom of information(?: act(?: 2000)?)?(?: request| response| disclosure"
    r"| log)*(?: ref(?:erence)?)?(?: no| number)?"
    r"|\b(?:foi|eir|case|request|disclosure|log)(?: request| response| case)?(?: no| number| ref(?:erence)?)?"
    r"|internal review(?: of)?(?: foi| request)?)"
    r"\s*[.:#–-]*\s*((?=[A-Z0-9./_~-]*\d)[A-Z0-9][A-Z0-9]*(?: ?[./_-] ?[A-Z0-9]+)*)(?![A-Za-z0-9])",
    re.I,
)

_CODE: Final = re.compile(
    r"(?<![\w/.-])((?:[A-Z]{2,6}[-/. ]){1,3}\d[\dA-Z]*(?:[-/.]\d+)*(?:[A-Z]|/[A-Z]{1,3})?)(?![\w/-])"
)

_ORGANISATION: Final = re.compile(
    r"\b((?:(?:[A-Z][\w’'&-]+|of|and|the|for|in|&)[ \t]+){0,6}(?:Constabulary|CONSTABULARY|POLICE|COUNCIL"
    r"|Police(?:[ \t]+Service)?(?:[ \t]+of[ \t]+Northern[ \t]+Ireland)?"
    r"|(?:City|County|Borough|District|Town|Parish|Metropolitan|Unitary)?[ \t]*Council"
    r"|NHS(?:[ \t]+Foundation)?[ \t]+Trust|Health[ \t]+Board"
    r"|Fire[ \t]+and[ \t]+Rescue[ \t]+(?:Service|Authority)|University(?:[ \t]+of[ \t]+[A-Z]\w+)?"
    r"|Ambulance[ \t]+Service|Ministry[ \t]+of[ \t]+[A-Z]\w+|Home[ \t]+Office|Parliament))\b"
)

_LEADING_SMALL: Final = re.compile(r"^(?:(?:the|of|and|for|in|dear|to|from|at|by|&|your|our|is|how|what)\s+)+", re.I)

_RECEIVED: Final = re.compile(
    rf"(?:received|dated|request of|reached us|your (?:request|letter|e-?mail|enquiry|message) (?:of|dated)"
    rf"|wrote to us|asked us|which we received|got|sent)(?:\s+\w+){{0,3}}?\s*(?:on\s*)?:?\s*(?:the )?({_DAY})",
    re.I,
)

_RESPONDED: Final = re.compile(
    rf"(?:published|date of (?:response|reply|publication|decision|disclosure|letter)|response date|date"
    rf"|replied|responded|response|decision date|sent|issued|released|disclosed|last updated"
    rf"|closed)\s*(?:on\s*)?[:–-]?\s*({_DAY})",
    re.I,
)

_DATE_LINE: Final = re.compile(rf"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?({_DAY})\W*$", re.I | re.M)

_NOT_PUBLISHED: Final = re.compile(
    r"\bnot (?:be |going to be )?publish(?:ing)? (?:this|the|our) (?:reply|response|letter|answer)|not for publication"
    r"|(?:not|never) (?:be |been |going to be )?(?:placed|put|published|appear\w*|add\w*|post\w*)"
    r"[^.]{0,40}(?:website|web site|disclosure log|online)",
    re.I,
)

_PUBLISHED: Final = re.compile(
    r"\b(?:response|reply|letter|disclosure|answer|request|this)s?\b[^.]{0,60}"
    r"(?:will (?:also )?be|is being|has been|have been|is|are|was) (?:\w+ )?(?:published|placed|put|added|posted"
    r"|available)"
    r"[^.]{0,40}(?:disclosure log|our (?:external )?website|publication scheme)"
    r"|(?:all|every)[^.]{0,60}disclosures[^.]{0,60}published",
    re.I,
)

_URL: Final = re.compile(
    r"(?im)^\W*(?:url|web address|address of this page|page|source|permalink|link)\s*:\s*(https?://\S+)"
)

_REVIEW: Final = re.compile(
    r"\binternal review\b|\b(?:outcome|result) of (?:the|your|our) review\b"
    r"|\breview of (?:our |the )?(?:decision|response|reply|request)|decision notice",
    re.I,
)

_RETRACTION: Final = re.compile(
    r"\b(?:withdraw(?:s|n|ing)?|retract(?:s|ed|ion)?|correct(?:s|ion|ed|ing)"
    r"|replac(?:es|ing))\b[^.]{0,90}\b(?:figures?|response|reply|disclosure|answers?|data|table|letter"
    r"|earlier)\b|\b(?:figures?|response|reply|answers?"
    r"|data)\b[^.]{0,80}\b(?:(?:is|are|was|were) (?:\w+ )?(?:wrong|incorrect|withdrawn|retracted)"
    r"|should (?:not|no longer) be (?:used|relied))",
    re.I,
)

_OVERTURNED: Final = re.compile(
    r"\b(?:overturn(?:s|ed)?|not uphold|not upheld|upheld? (?:your|the) complaint"
    r"|should (?:not have been|have been (?:disclosed|released|provided))|set aside|revers(?:e|ed)"
    r"|no longer rel(?:y|ied)|incorrectly (?:applied|withheld|relied)|wrongly (?:applied|withheld|relied))\b",
    re.I,
)

_UPHELD: Final = re.compile(
    r"\b(?:uph(?:e|o)ld(?:s)?|maintain(?:s|ed)? the (?:decision|original|exemption)|was (?:correct|right)"
    r"|stands|agree with the (?:original )?decision|correctly (?:applied|withheld|relied))\b",
    re.I,
)

_VARIED: Final = re.compile(
    r"\b(?:var(?:y|ied)|partly upheld|upheld in part|partially upheld|in part upheld"
    r"|amend(?:ed|s)? the decision)\b",
    re.I,
)

_DOMAIN: Final = re.compile(r"\b([a-z]{3,}(?:-[a-z]+)*-(?:constabulary|police|council))\.", re.I)


_REVIEWED: Final = {Status.VARIED: _VARIED, Status.OVERTURNED: _OVERTURNED, Status.UPHELD: _UPHELD}
"""What a review did to the earlier decision, the most telling wording first."""


def parse_day(text: str) -> dt.date | None:
    """Read one UK date, day first; `None` where it is none.

    >>> parse_day("6^th March 2024"), parse_day("03/04/24")
    (datetime.date(2024, 3, 6), datetime.date(2024, 4, 3))
    """
    words = squeeze(text).replace("^", "")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return dt.date.fromisoformat(words)
        found = date_parser.parse(words, dayfirst=True, default=dt.datetime(1, 1, 1)).date()
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
    whole = [r for r in found if not any(other != r and other.endswith(("-" + r, "/" + r, "." + r)) for other in found)]
    return sorted(whole, key=lambda reference: found[reference])


_GENERIC: Final = re.compile(
    r"(?:(?:the|this|a|that|your|our|county|city|district|borough|town|parish|metropolitan|unitary|local"
    r"|foundation|of|and)\s+)*"
    r"(?:council|police|police service|constabulary|nhs(?: foundation)? trust|health board|ambulance service|university"
    r"|parliament|fire and rescue (?:service|authority))",
    re.I,
)
"""Words that name a kind of authority and not one of them."""

_METROPOLITAN: Final = re.compile(r"\bMPS\b|\b01[./]FOI[./]\d\d|\bMetropolitan Police\b")
"""The Metropolitan Police Service by its short name, or by the form of its references (01.FOI.YY.NNNNNN)."""


def _find_authority(text: str) -> str | None:
    """Find who answered: letterheads and signatures first, then what is named most, then the address of its site."""
    counts: Counter[str] = Counter()
    for place, match in enumerate(_ORGANISATION.finditer(text)):
        name = _LEADING_SMALL.sub("", squeeze(match.group(1)))
        if len(name.split()) < 2 or _GENERIC.fullmatch(name):
            continue
        line = text[text.rfind("\n", 0, match.start()) + 1 : (text + "\n").index("\n", match.end())]
        alone = len(line.split()) <= len(name.split()) + 4
        counts[name.lower()] += 6 if alone else 3 if place == 0 and match.start() < 600 else 1
    best, weight = counts.most_common(1)[0] if counts else ("", 0)
    if weight < 6 and _METROPOLITAN.search(text):
        return "Metropolitan Police Service"
    if weight > 1:
        printed = next(m.group(1) for m in _ORGANISATION.finditer(text) if best in squeeze(m.group(1)).lower())
        name = _LEADING_SMALL.sub("", squeeze(printed))
        return name.title() if name.isupper() else name
    return find_authority_of(text)


def find_authority_of(address: str) -> str | None:
    """Read the authority off the address of its site.

    >>> find_authority_of("https://www.quillshire-council.example/foi")
    'Quillshire Council'
    """
    domain = _DOMAIN.search(address)
    return domain[1].replace("-", " ").title() if domain else None


def find_header(text: str, *, anatomy: Anatomy, form: str = "txt", url: str | None = None, title: str = "") -> Header:
    """Find what identifies a reply.

    Args:
        text: The reply.
        anatomy: Its blocks.
        form: File form; a saved web page (`html`) counts as published.
        url: Address that the page itself declares, if any.
        title: Title that the page itself declares, if any.
    """
    # A letterhead laid out in a table has bars for colons.
    top = (anatomy.head if anatomy.head.strip() else text[:2000]).replace(" | ", " : ")
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
        decision = next((status for status, pattern in _REVIEWED.items() if pattern.search(whole)), None)
    elif _RETRACTION.search(opening):
        decision = Status.RETRACTED
    if decision is not None and references:
        reviews = next((r for r in references[1:] if r in whole), references[0])
    received = next((day for m in _RECEIVED.finditer(whole) if (day := parse_day(m[1]))), None)
    responded = next((day for m in _RESPONDED.finditer(squeeze(top)) if (day := parse_day(m[1]))), None)
    responded = responded or next((day for m in _DATE_LINE.finditer(text) if (day := parse_day(m[1]))), None)
    responded = responded or next(
        (day for m in _RESPONDED.finditer(squeeze(anatomy.body)) if (day := parse_day(m[1]))), None
    )
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
