"""Know the lines and sentences of a reply that decide nothing.

In: a line or a sentence. Out: whether it is page furniture, courtesy, an appeal sheet, a licence or a disclaimer. The
wordings are those counted in 266 published replies and threads of police forces and councils (2008-2025); the forms are
the field's, the patterns this project's.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from triage.read.attached import FILE_NAME
from triage.read.wording import squeeze

__all__ = ["is_boilerplate", "is_chrome", "is_closing", "is_statute"]

_CHROME: Final = re.compile(
    r"^\W*(?:quickly exit this site|leave this site|we use (?:some )?(?:essential )?cookies"
    r"|you can manage your (?:prefer|cookie)"
    r"|your cookie preferences|accept (?:all )?(?:additional )?cookies"
    r"|reject (?:all )?(?:additional )?cookies|sorry, there was a technical"
    r"|this (?:site|page|service) is (?:a|in) beta|allanfa gyflym|gadael y wefan|skip to (?:main )?content"
    r"|bookmark the permalink"
    r"|share this page|print this page|back to top|was this page (?:helpful|useful)|is this page useful"
    r"|report a problem with this page"
    r"|hide all|show all|this request has been closed|link to this|report this"
    r"|view as html|download$|\d+ attachments?$|home\s*[>»/]|search this (?:site|website)|menu$|close$"
    r"|cookies?( policy| notice)?$|privacy( policy| notice)?$|accessibility( statement)?$"
    r"|customise cookies|accept\s*\|\s*reject)",
    re.IGNORECASE,
)  # line by line; from how saved pages of police sites and of the public request site begin and end

_SIZE_LINE: Final = re.compile(r"^\s*[\d.]+\s?[KM]B?\s*$")

_BOILERPLATE: Final = re.compile(
    r"internal review (?:by|request|of (?:this|the|our|your) (?:decision|response|handling)|should|please"
    r"|within)|(?:ask|apply|request|entitled|right|wish|like|write|may|can)\b[^.]{0,80}\b(?:internal "
    r"|formal )?review\b"
    r"|(?:dis|not |un)(?:satisfied|happy)[^.]{0,80}(?:response|reply|decision|way|outcome|answer|handling"
    r"|review|this|request)|right (?:of|to) (?:appeal|complain)"
    r"|\byou (?:may|can|could|have) (?:\w+ )?(?:complain\b"
    r"|(?:\w+ ){0,3}\d+ (?:working )?days (?:in which )?to (?:ask|complain))"
    r"|information commissioner|wycliffe"
    r"|\bico\b[^.]{0,40}(?:complain|contact|www|guidance|https?)|casework@|section 50\b"
    r"|open government licence|\bOGL\b|re-?us(?:e|ing|able)\b[^.]{0,80}(?:licen|attribution|copyright|terms"
    r"|information)|\bcopyright\b|attribution statement|contains public sector information"
    r"|this e-?mail,? (?:and|is|may)|intended (?:recipient|solely)|misdirected|software virus|anti-?virus"
    r"|print this e-?mail|liability for damage"
    r"|(?:any|further) (?:questions|queries)[^.]{0,60}(?:contact|please|hesitate)"
    r"|(?:do not|don.t|never) hesitate to (?:contact|get)"
    r"|please (?:feel free to )?(?:contact|quote|reply)[^.]{0,70}(?:us|me|reference|correspondence|e-?mail"
    r"|number)"
    r"|(?:take|how) (?:part in|was) (?:our|your) (?:survey|experience)"
    r"|(?:not (?:be )?(?:used|suitable) for comparison|not be compared (?:with|to) (?:those|figures|data|the figures)"
    r"|comparisons? (?:with|between) (?:other )?(?:forces|councils|authorities))"
    r"|\b(?:applicant|requester)s?\b[^.]{0,30}\b(?:name|identity|details?)\b[^.]{0,40}\b(?:removed|taken out"
    r"|redacted|withheld)"
    r"|\bcomplaints? (?:procedure|leaflet|policy|process) (?:is|are) (?:enclosed|attached)"
    r"|\b(?:see|overleaf|below|attached|enclosed|sheet|page)\b[^.]{0,60}\bhow (?:to|you (?:can|may))"
    r" (?:complain|appeal)\b"
    r"|reference number for (?:your|this) request"
    r"|we (?:aim|hope|will aim|must respond|are required) to (?:respond|reply|send)[^.]{0,80}(?:working days"
    r"|by \d)|must respond to you within"
    r"|\b(?:publish(?:es)?|put|posts?) (?:all |most |many )?(?:\w+ )?(?:responses|replies|answers)\b[^.]{0,40}"
    r"\b(?:on|at|in) (?:our|its|the|www|https?)\b"
    r"|^\W*did you know\b|has been logged as|calls? (?:may be|are) recorded|follow us on|visible links|^references$",
    re.IGNORECASE,
)

_COURTESY: Final = re.compile(
    r"^\W*(?:dear\b.{0,80}|(?:hi|hello|good (?:morning|afternoon|evening))\b.{0,60}"
    r"|thank(?:s| you)(?: again| very much)? for (?:your|the|getting|waiting|contacting)[^?]*"
    r"|(?:we|i|please accept (?:my|our))[^.]{0,20}apolog[^?]*"
    r"|(?:we|I) (?:are|am) sorry (?:for|about|that (?:you|it|this|our))[^?]*"
    r"|please find (?:(?:our|my|the)|[A-Z][\w’' ]{2,60}[’']s?) (?:response|reply|answers?)[^.]{0,50}(?:below"
    r"|follow|as follows|here)[^.]{0,20}[.:]?"
    r"|please find (?:below|here)[^.]{0,60}(?:response|reply|answers?)[^.]{0,40}[.:]?"
    r"|(?:our|my|the) (?:response|reply|answers?) (?:is|are|follows)[^.]{0,40}(?:below|follows"
    r"|out)[^.]{0,20}[.:]?|your request (?:for information )?(?:was|has been|is being|is) (?:received|dealt"
    r"|handled|considered|treated|processed|now|logged|registered)[^?]*"
    r"|i am writing (?:to you )?(?:in (?:response|reply|answer)|further|with|about)[^.]*|further to your[^.]*"
    r"|i (?:refer|write) (?:to|in)[^.]*|freedom of information(?: act(?: 2000)?)?(?: request"
    r"| response)?[^.]{0,60}|re\b[:.][^.]{0,80}|(?:our |your )?ref(?:erence)?\b[:. ][^.]{0,60}"
    r"|i hope (?:this|that|you)[^.]*|best wishes|sincerely|yours)\.?\s*$",
    re.IGNORECASE,
)

_TRUST: Final = re.compile(
    r"^\W*(?:we|I) (?:trust|hope) (?:that )?(?:this|the above|you|these|my|our)\b", re.IGNORECASE
)

_STATUTE: Final = re.compile(
    r"^\W*(?:sections?|regulations?|s\.) ?\d+\w*(?:\s?\(\w+\))*(?: of the (?:act"
    r"|freedom of information act(?: 2000)?))?"
    r"\s*(?::|(?:provides?|says?|states?|obliges?|exempts?|removes?|gives?|requires?|sets? out|allows?"
    r"|protects?|covers?|excludes?)\b)",
    re.IGNORECASE,
)
"""The words of a statute, as an annex repeats them: they decide nothing here."""


def is_chrome(line: str) -> bool:
    """Tell whether a line belongs to the page and not to the reply.

    >>> is_chrome("Skip to main content"), is_chrome("We hold no records.")
    (True, False)
    """
    return bool(_CHROME.match(line) or _SIZE_LINE.match(line) or FILE_NAME.fullmatch(line.strip()))


def is_closing(sentence: str) -> bool:
    """Tell whether a sentence stands where the answers are over: how to complain, the licence, whom to ring.

    >>> is_closing("You may ask for an internal review."), is_closing("Thank you for your letter.")
    (True, False)
    """
    words = squeeze(sentence)
    return _is_standing(words) or _TRUST.match(words) is not None


def is_statute(sentence: str) -> bool:
    """Tell whether a sentence repeats what a provision says, which decides nothing by itself.

    >>> is_statute("Section 12 allows a refusal."), is_statute("Section 12 allows us to refuse you this.")
    (True, False)
    """
    words = squeeze(sentence)
    return _STATUTE.match(words) is not None and not re.search(r"\b(?:we|us|ours?|I|you|your)\b", words)


def is_boilerplate(sentence: str) -> bool:
    """Tell whether a sentence decides nothing: courtesy, appeal sheet, licence, disclaimer.

    >>> is_boilerplate("If you are unhappy with this response you may ask for a review.")
    True
    """
    words = squeeze(sentence)
    return _is_standing(words) or _COURTESY.match(words) is not None or _TRUST.match(words) is not None


@functools.lru_cache(maxsize=512)  # the stages of one letter ask of the same sentences again
def _is_standing(words: str) -> bool:
    return _BOILERPLATE.search(words) is not None
