"""Find what identifies a reply: reference, authority, dates, address, whether it was published, what it reviews.

In: the text of a reply and its blocks. Out: a `Header`. A fact that the text does not give is `None`, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Final

import msgspec

from triage.read.anatomy import Anatomy
from triage.read.dates import ANY_DAY, DAY, parse_day
from triage.read.references import find_own_reference, find_references, is_notice
from triage.read.reviews import find_review, is_judgment
from triage.read.wording import squeeze
from triage.schema import Status

__all__ = ["Header", "find_authority_of", "find_header"]


class Header(msgspec.Struct, frozen=True):
    """What identifies a reply. `reviews` is the reference of the reply that this one reviews, withdraws or corrects.

    `judgment` is set for a notice of the Commissioner or a decision of the tribunal, which no authority wrote.
    """

    reference: str | None
    authority: str | None
    received: dt.date | None
    responded: dt.date | None
    url: str | None
    published: bool | None
    reviews: str | None = None
    decision: Status | None = None
    judgment: bool = False


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
    rf"|wrote to us|asked us|which we received|got|sent)(?:\s+\w+){{0,3}}?\s*(?:on\s*)?:?\s*(?:the )?({DAY})",
    re.I,
)

_RESPONDED: Final = re.compile(
    rf"(?:published|date of (?:response|reply|publication|decision|disclosure|letter)|response date|date"
    rf"|replied|responded|answered|response|decision date|sent|issued|released|disclosed|last updated"
    rf"|closed)\s*(?:on\s*)?[:–-]?\s*({DAY})",
    re.I,
)

_DATE_LINE: Final = re.compile(rf"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?({DAY})\W*$", re.I | re.M)

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

_DOMAIN: Final = re.compile(r"\b([a-z]{3,}(?:-[a-z]+)*-(?:constabulary|police|council))\.", re.I)


_GENERIC: Final = re.compile(
    r"(?:(?:the|this|a|that|your|our|county|city|district|borough|town|parish|metropolitan|unitary|local"
    r"|foundation|of|and)\s+)*"
    r"(?:council|police|police service|constabulary|nhs(?: foundation)? trust|health board|ambulance service"
    r"|university"
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
    references = find_references(top) or find_references(title) or find_references(own)
    ours = find_own_reference(top)
    if ours is not None:
        references = [ours, *(each for each in references if each != ours)]
    heading = squeeze("\n".join(line for line in top.split("\n") if line.strip())[:400])
    if references and is_notice(references[0]) and not is_judgment(heading, references):
        # A letter that cites a case of the tribunal does not go by its number.
        references = [each for each in references if not is_notice(each)]
    opening = squeeze(top[:1500] + " " + anatomy.body[:1500])
    whole = squeeze(answered)
    every = list(dict.fromkeys([*references, *find_references(answered)]))
    reviews, decision = find_review(opening, heading, whole, every)
    received = next((day for m in _RECEIVED.finditer(whole) if (day := parse_day(m[1]))), None)
    responded = next((day for m in _RESPONDED.finditer(squeeze(top)) if (day := parse_day(m[1]))), None)
    responded = responded or next((day for m in _DATE_LINE.finditer(text) if (day := parse_day(m[1]))), None)
    responded = responded or next(
        (day for m in _RESPONDED.finditer(squeeze(anatomy.body)) if (day := parse_day(m[1]))), None
    )
    if responded is None:
        first = ANY_DAY.search(top[:800])
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
        judgment=is_judgment(heading, every),
    )
