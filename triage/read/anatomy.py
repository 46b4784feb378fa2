"""Tell the blocks of a reply apart.

In: the text of a letter or saved page. Out: an `Anatomy` whose `body` and `asked` have the text's own length, with
everything that is not the reply's own words (or the requester's) blanked, so that offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

__all__ = ["Anatomy", "dissect", "is_boilerplate", "squeeze"]


class Anatomy(msgspec.Struct, frozen=True):
    """The blocks of one reply, each as long as the text and blank where the text is something else.

    `head` ends where the request or the reply begins; `is_page` tells a saved page from a letter; `request_lost` that
    a restatement was announced and did not come. `pairs` are printed label and span of each question that the reply prints
    right above its answer.
    """

    head: str
    asked: str
    body: str
    is_page: bool
    request_lost: bool
    pairs: tuple[tuple[str, int, int], ...] = ()


_I: Final = re.IGNORECASE

_CHROME: Final = re.compile(
    r"^\W*(?:quickly exit this site|leave this site|we use (?:some )?(?:essential )?cookies|you can manage your (?:prefer|cookie)"
    r"|your cookie preferences|accept (?:all )?(?:additional )?cookies|reject (?:all )?(?:additional )?cookies|sorry, there was a technical"
    r"|this (?:site|page|service) is (?:a|in) beta|allanfa gyflym|gadael y wefan|skip to (?:main )?content|bookmark the permalink"
    r"|share this page|print this page|back to top|was this page (?:helpful|useful)|is this page useful|report a problem with this page"
    r"|hide all|show all|this request has been closed|link to this|report this"
    r"|view as html|download$|\d+ attachments?$|home\s*[>»/]|search this (?:site|website)|menu$|close$|cookies?( policy| notice)?$|privacy( policy| notice)?$|accessibility( statement)?$"
    r"|customise cookies|accept\s*\|\s*reject)",
    _I,
)  # line by line; from how saved pages of police sites and of the public request site begin and end
_SIZE_LINE: Final = re.compile(r"^\s*[\d.]+\s?[KM]B?\s*$")

_THREAD: Final = re.compile(
    r"^(?:-{2,}\s*original message|_{10,}$|from:\s.+\n(?:.*\n){0,2}?(?:sent|date|to):\s|on .{8,80} wrote:\s*$)",
    _I | re.M,
)
_ANNEX: Final = re.compile(
    r"^\W*(?:(?:legal|legislation|statutory)\s+annex\b|annex\s+\w{1,2}\W+(?:legal|legislation|extracts?)|extracts? from the freedom of information"
    r"|complaint rights|your right(?:s)? (?:of|to) (?:complain|appeal|review)|how to complain|in complying with their statutory duty)",
    _I | re.M,
)
_SIGN_OFF: Final = re.compile(
    r"^\s*(?:yours (?:sincerely|faithfully|truly)|(?:kind(?:est)?|best|warm|with kind) (?:regards|wishes)|regards|many thanks|best)\s*,?\s*$",
    _I | re.M,
)
_VISIBLE_LINKS: Final = re.compile(r"^References\s*\n\s*(?:Visible|Hidden) links", _I | re.M)

_HEADED: Final = re.compile(
    r"^\W*(?:(?:what )?(?:we were|you|they) (?:asked|wanted to know|requested|wrote)(?: us)?(?: for)?(?: the following(?: information)?)?"
    r"|(?:(?:your|the|original|initial|foi|clarified|refined|new) )*(?:request|questions?|enquiry)(?: (?:in full|for information|made|text|details|asked|\d{1,2}))?"
    r"|information requested|details of (?:the )?request)\W*$",
    _I,
)
_ANNOUNCES: Final = re.compile(
    r"\b(?:asks?|asked|asking|requests?|requested|requesting|wants?|wanted|seeks?|seeking|sought|wish(?:ed)?|would like|wrote|reads?|questions|points|reproduce[ds]?|repeat(?:ed)?|quoted?|put to us|to know|be told)\b",
    _I,
)
_NOT_ANNOUNCED: Final = re.compile(
    r"\b(?:exempt\w*|refus\w*|withh\w*|attract\w*|disclose[sd]?|attached|reasons?|applies|apply|section|limit|searches|figures|table|links?|website|guidance|contact|publish\w*|available|accessible|found)\b"
    r"|(?:\b(?:our|my|the)|[’']s?) (?:full |formal )?(?:response|reply|answers?)\b"
    r"|\b(?:response|reply|repl(?:y|ied)|answers?|decision|information)\b.{0,60}\b(?:below|follows?|out|are|is|these)\b|\b(?:we|I) (?:can|have(?! your)|hold|found|answer)\b|\banswer\w*\b",
    _I,
)
_LISTED: Final = re.compile(
    r"^[ \t>]*(?:[\"“]?(?:q(?:uestion)?|point|part|request|item)?[ .]?\(?(?:\d{1,2}|[A-Ha-h]|i{1,3}|iv|vi{0,3})(?:[ .]?(?:[a-h]|i{1,3}|iv|v))?\)?\s?[.):\]–-]+\s|[-*•o–]\s)\S",
    _I,
)
_LABEL_OF: Final = re.compile(
    r"^[ \t>\"“]*(?:(?P<word>q(?:uestion)?|point|part|request|item)[ .]*)?\(?"
    r"(?P<label>(?:\d{1,2}|[A-Ha-h](?![a-z])|i{1,3}|iv|vi{0,3})(?:[ .]?\(?(?:[a-h]|i{1,3}|iv|v)(?![a-z])\)?)?)\)?"
    r"(?:\s?[.):–-]+(?=\s|$)|(?<=[A-Za-z])\s*$|[ \t]{2,}(?=\S)|(?=[ \t]+and[ \t]+\(?\w{1,4}\b)|(?(word)(?=\s|$)|(?!)))",
    _I,
)
_REPLY_HEADING: Final = re.compile(
    r"^\W*(?:in response|(?:our |my |the )?(?:response|reply|answer|decision|findings?|outcome|result|information (?:held|disclosed|provided|released))|what (?:was|I|we) (?:\w+ ){0,3}(?:decided|found|did|said|looked at)|we (?:said|replied|answered|found|decided|can say)"
    r"(?: (?:to|from|of|and|on) .{0,50}|s)?|(?:(?:extent|result)s? of )?searches.{0,40}|what we (?:hold|found|can tell you).{0,30}"
    r"|reasons? for (?:the |our |my )?decision|disclosure|response date.{0,40}|refusal notice.{0,40})\s*[:.]?\s*$",
    _I,
)
_REPLY_VOICE: Final = re.compile(
    r"^\W*(?:I (?:have (?:today |now )?(?:decided|considered|read|located|made|set|dealt|found|looked|taken)|can (?:confirm|advise|now|tell|let)|am (?:able|unable|not|satisfied|pleased|sorry|required|now|afraid|responding|refusing|writing (?:in|to (?:advise|inform|confirm|tell|let)))|confirm|regret|attach|enclose|do not|cannot|must|write|apologise|refuse)"
    r"|we (?:can(?:not)? (?:confirm|tell|give|provide|say|only|also)|have (?:today |now )?(?:decided|considered|searched|looked|located|estimated|found|attached|treated|dealt|made|no)|hold|do(?:n.t| not)|are (?:able|unable|not|pleased|sorry|withholding|refusing|satisfied|treating)|received|confirm|attach|enclose|will|neither|estimate|searched|regret|apologise|recorded|asked|publish|refuse)"
    r"|please (?:find|be advised|see|note|be aware)|following (?:receipt|consideration|searches)|having (?:located|considered|looked|completed|made|searched)"
    r"|searches (?:were|have|of|made|conducted)|enquiries (?:were|have)|your (?:request|letter|e-?mail|enquiry)[^?]{0,60}? (?:has|was|is|reached|falls|came|will|would|does|in its)"
    r"|(?:this|the) (?:information|data|request|letter|reply|response|answer) (?:is|you|has|was|are|that|which|requested)"
    r"|thank(?:s| you) for (?:your|the|getting)|(?:the|this) (?:force|constabulary|council|trust|department|service|authority|police|board|ministry|university|school|office)\b"
    r"|(?:sections?|s\.?) ?\d{1,2}\b|under (?:section|regulation|the)|in (?:response|relation to (?:your|question|point|part)|answer)|with regards? to|as regards|turning to"
    r"|for ease of (?:reference|reading)|taking (?:your|each)|q(?:uestion)? ?\d+ ?[-–:] |(?:part|some|most|all|none|much|half) of (?:the|this|your|what)|there (?:is|are|was|were) (?:no|\d))",
    _I,
)
_CLOSING_QUOTE: Final = re.compile(r"[\"”’']\s*[.,]?\s*$")
_OPENING_QUOTE: Final = re.compile(r"^\s*[\"“‘]")
_QUOTED_LINE: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+")

_BOILERPLATE: Final = re.compile(
    r"internal review (?:by|request|of (?:this|the|our|your) (?:decision|response|handling)|should|please|within)|(?:ask|apply|request|entitled|right|wish|like|write|may|can)\b[^.]{0,80}\b(?:internal |formal )?review\b"
    r"|(?:dis|not |un)(?:satisfied|happy)[^.]{0,80}(?:response|reply|decision|way|outcome|answer|handling|review|this|request)|right (?:of|to) (?:appeal|complain)|information commissioner|wycliffe|\bico\b[^.]{0,40}(?:complain|contact|www|guidance|https?)|casework@|section 50\b"
    r"|open government licence|\bOGL\b|re-?us(?:e|ing|able)\b[^.]{0,80}(?:licen|attribution|copyright|terms|information)|\bcopyright\b|attribution statement|contains public sector information"
    r"|this e-?mail,? (?:and|is|may)|intended (?:recipient|solely)|misdirected|software virus|anti-?virus|print this e-?mail|liability for damage"
    r"|(?:any|further) (?:questions|queries)[^.]{0,60}(?:contact|please|hesitate)|(?:do not|don.t|never) hesitate to (?:contact|get)|please (?:feel free to )?(?:contact|quote|reply)[^.]{0,70}(?:us|me|reference|correspondence|e-?mail|number)"
    r"|(?:take|how) (?:part in|was) (?:our|your) (?:survey|experience)|(?:not (?:be )?(?:used|suitable) for comparison|comparisons? (?:with|between) (?:other )?(?:forces|councils|authorities))"
    r"|reference number for (?:your|this) request|we (?:aim|hope|will aim|must respond|are required) to (?:respond|reply|send)[^.]{0,80}(?:working days|by \d)|must respond to you within"
    r"|has been logged as|calls? (?:may be|are) recorded|follow us on|visible links|^references$",
    _I,
)
_COURTESY: Final = re.compile(
    r"^\W*(?:dear\b.{0,80}|(?:hi|hello|good (?:morning|afternoon|evening))\b.{0,60}|thank(?:s| you)(?: again| very much)? for (?:your|the|getting|waiting|contacting)[^?]*|(?:we|i|please accept (?:my|our))[^.]{0,20}apolog[^?]*|(?:we|I) (?:are|am) sorry (?:for|about|that (?:you|it|this|our))[^?]*"
    r"|please find (?:(?:our|my|the)|[A-Z][\w’' ]{2,60}[’']s?) (?:response|reply|answers?)[^.]{0,50}(?:below|follow|as follows|here)[^.]{0,20}[.:]?|please find (?:below|here)[^.]{0,60}(?:response|reply|answers?)[^.]{0,40}[.:]?"
    r"|(?:our|my|the) (?:response|reply|answers?) (?:is|are|follows)[^.]{0,40}(?:below|follows|out)[^.]{0,20}[.:]?|your request (?:for information )?(?:was|has been|is being|is) (?:received|dealt|handled|considered|treated|processed|now|logged|registered)[^?]*"
    r"|i am writing (?:to you )?(?:in (?:response|reply|answer)|further|with|about)[^.]*|further to your[^.]*|i (?:refer|write) (?:to|in)[^.]*|freedom of information(?: act(?: 2000)?)?(?: request| response)?[^.]{0,60}|re\b[:.][^.]{0,80}|(?:our |your )?ref(?:erence)?\b[:. ][^.]{0,60}"
    r"|i hope (?:this|that|you)[^.]*|best wishes|sincerely|yours)\s*$",
    _I,
)


_STATUTE: Final = re.compile(
    r"^\W*(?:sections?|regulations?|s\.) ?\d+\w*(?:\s?\(\w+\))*(?: of the (?:act|freedom of information act(?: 2000)?))?"
    r"\s*(?::|(?:provides?|says?|states?|obliges?|exempts?|removes?|gives?|requires?|sets? out|allows?|protects?|covers?|excludes?)\b)",
    _I,
)
"""The words of a statute, as an annex repeats them: they decide nothing here."""


def squeeze(text: str) -> str:
    """Fold white space to single blanks.

    >>> squeeze(" a\\n  b ")
    'a b'
    """
    return " ".join(text.split())


def is_boilerplate(sentence: str) -> bool:
    """Tell whether a sentence decides nothing: courtesy, appeal sheet, licence, disclaimer.

    >>> is_boilerplate("If you are unhappy with this response you may ask for a review.")
    True
    """
    words = squeeze(sentence)
    if _STATUTE.match(words) and not re.search(r"\b(?:we|us|our|I|you|your)\b", words):
        return True
    return bool(_BOILERPLATE.search(words) or _COURTESY.match(words))


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _lines(text: str, start: int = 0) -> Iterator[tuple[int, int, str]]:
    for found in re.finditer(r"[^\n]+", text[start:]):
        yield start + found.start(), start + found.end(), found.group()


def _find_cut(text: str) -> int:
    """Find where the reply's own words end: the thread below it, its legal annex, or the last sign-off."""
    end = len(text)
    for pattern in (_THREAD, _ANNEX, _VISIBLE_LINKS):
        for found in pattern.finditer(text):
            if len(text[: found.start()].split()) >= 30:
                end = min(end, found.start())
                break
    signed = [found for found in _SIGN_OFF.finditer(text, 0, end) if len(text[: found.start()].split()) >= 20]
    # An answer appended below the signature ("Question 1 ...") outweighs it.
    if signed and not re.search(r"(?im)^\W*(?:question|q|point|answer|response) ?\d+\b", text[signed[-1].end() : end]):
        end = signed[-1].start()
    return end


def _find_request(text: str, limit: int) -> tuple[int, int, int] | None:
    """Find the restated request: start of the announcement, start and end of the requester's words."""
    lines = [line for line in _lines(text[:limit]) if line[2].strip()]
    for (start, end, line), following in zip(lines, [*lines[1:], None], strict=False):
        if start > max(2500, limit * 0.6):
            break
        if _decides(line):
            return None
        tail = squeeze(text[_wrapped_from(text, start) : end])
        tail = re.split(r"(?<=[.?!])\s+(?=[A-Z])", tail)[-1]
        colon = line.rstrip().endswith((":", ":-", ": -"))
        listed = following is not None and _LISTED.match(following[2]) is not None
        open_end = re.search(r"[\w,–-]\s*$", line) is not None
        headed = _HEADED.match(line) is not None and line.strip()[0].isupper() and not line.rstrip().endswith(".")
        announced = headed or (
            (colon or (listed and open_end and not _LISTED.match(line)))
            and _ANNOUNCES.search(tail)
            and not _NOT_ANNOUNCED.search(tail)
        )
        if announced and not (_LISTED.match(line) and tail == squeeze(line)):
            begin = start if headed else max(0, end - len(tail) - 8)
            return begin, end, _end_of_request(text, end, limit)
    return _find_list(text, lines, limit)


def _wrapped_from(text: str, start: int) -> int:
    """Find where the sentence that runs into a hard-wrapped line may begin, a few lines up at most."""
    for _ in range(4):
        before = text.rfind("\n", 0, max(0, start - 1)) + 1
        line = text[before : max(0, start - 1)]
        if len(line.strip()) < 45 or line.rstrip().endswith((".", "?", "!", ":")):
            break
        start = before
    return start


def _decides(line: str) -> bool:
    return re.search(r"\b(?:I|we) have (?:today |now )?decided|serves? as a refusal notice", line, _I) is not None


def _find_list(text: str, lines: list[tuple[int, int, str]], limit: int) -> tuple[int, int, int] | None:
    """Find a request that nothing announces: the first list whose labels come back further down."""
    marked = [
        (start, found["label"].lower(), bool(found["word"]))
        for start, _, line in lines
        if (found := _LABEL_OF.match(line)) is not None
    ]
    for position, (start, label, worded) in enumerate(marked[:-1]):
        if label not in {"1", "a", "i", "2i", "1a"}:
            continue
        later = [name for _, name, _ in marked[position + 1 :]]
        named = (
            worded and later[0] in {"2", "b", "ii"} and re.search(r"\bquestions? \(?[1-9a-h]\b", text[start:limit], _I)
        )
        if (label in later and later.index(label) >= 1) or named:
            return len(text[:start].rstrip()), start, _end_of_request(text, start, limit)
    return None


_TURNS: Final = re.compile(
    r"^\W*(?:(?:in (?:respect|relation|regard|answer|response|reply)(?: of| to)?|with (?:regards?|respect|reference) to|as (?:to|for|regards)|for|on|regarding|turning to|answers? to)\s+(?:your |the )?(?:(?:question|point|part|item|request)s?\b|\(?[a-h1-9]\)))",
    _I,
)


def _end_of_request(text: str, start: int, limit: int) -> int:
    lines = [line for line in _lines(text[:limit], start) if line[2].strip()]
    if not lines:
        return start
    if _QUOTED_LINE.match(lines[0][2]):
        end = start
        for _, line_end, line in lines:
            if not _QUOTED_LINE.match(line):
                break
            end = line_end
        return end
    quoted = _OPENING_QUOTE.match(lines[0][2]) is not None
    end = start
    seen: list[str] = []
    for _, line_end, line in lines:
        if _REPLY_HEADING.match(line) or _TURNS.match(line):
            return end
        begun = end > start
        if not quoted and not _LISTED.match(line) and (_REPLY_VOICE.match(line) if begun else _decides(line)):
            return end
        label = _LABEL_OF.match(line)
        if label is not None:
            name = label["label"].lower()
            # A list that starts again is the list of answers, unless every item carries one number.
            if name in seen and len(set(seen)) > 1 and name.isdigit() == seen[0].isdigit():
                return end
            seen.append(name)
        end = line_end
        rest = text[line_end:limit].lstrip("\n")
        if quoted and _CLOSING_QUOTE.search(line) and not _OPENING_QUOTE.match(rest.lstrip()):
            return end
    return end


_PAIR: Final = re.compile(
    r"(?im)^\W*(?:request|question|q)[ .]*(?:number |no\.? )?(\d{1,2}[a-z]?)\s*(?:[:.)–-]+|$)[ \t]*(.*)$"
)
_PAIR_ANSWER: Final = re.compile(r"(?im)^\W*(?:answer|response|reply|a)[ .]*\d{0,2}[a-z]?\s*(?:[:.)–-]|$)")


def _find_pairs(text: str) -> list[tuple[str, int, int]]:
    """Find questions that are each followed by their answer under printed labels ("Request 1", "Answer 1").

    Returns:
        Label and span of each question; empty unless every one of two or more has an answer behind it.
    """
    found = list(_PAIR.finditer(text))
    if len(found) < 2 or len({match[1].lower() for match in found}) < len(found):
        return []
    spans = []
    for match, following in zip(found, [*found[1:], None], strict=False):
        until = following.start() if following else len(text)
        start = match.start(2)
        marker = _PAIR_ANSWER.search(text, match.end(), until)
        blank = re.search(r"\n[ \t]*\n", text[match.end(2) : until])
        end = marker.start() if marker else match.end(2) + blank.start() if blank and match[2].strip() else until
        answer = text[marker.end() if marker else end : until]
        if not re.search(r"\w", text[start:end]) or not re.search(r"\w", answer):
            return []
        spans.append((match[1], start, end))
    return spans


def dissect(text: str) -> Anatomy:
    """Tell the blocks of a reply apart.

    >>> parts = dissect("Dear Reader\\n\\nYou asked:\\nHow many horses?\\n\\nResponse\\nNine.")
    >>> parts.asked.strip(), parts.body.strip()
    ('How many horses?', 'Nine.')
    """
    clean, chrome = text, 0
    for start, end, line in _lines(text):
        if _CHROME.match(line) or _SIZE_LINE.match(line):
            clean, chrome = _blank(clean, start, end), chrome + 1
    # Addresses between angle or square brackets and their numbers say nothing; the links themselves stay.
    clean = re.sub(r"\[\d{1,2}\](?=\S|\n)", lambda found: " " * len(found.group()), clean)
    limit = _find_cut(clean)
    clean = _blank(clean, limit, len(clean))
    pairs = _find_pairs(clean[:limit])
    found = None if pairs else _find_request(clean, limit)
    if pairs:
        head_end, body = pairs[0][1], clean
        asked = re.sub(r"[^\n]", " ", clean)
        for _, start, end in pairs:
            asked = asked[:start] + clean[start:end] + asked[end:]
    elif found is None:
        quoted = [
            (start, end) for start, end, line in _lines(text) if _QUOTED_LINE.match(line) and len(line.split()) > 2
        ]
        head_end, asked, body = 0, re.sub(r"[^\n]", " ", clean), clean
        if quoted:
            asked = _blank(_blank(text, 0, quoted[0][0]), quoted[-1][1], len(text))
            asked = re.sub(r"(?m)^[ \t]*(?:>[ \t]?)+", lambda mark: " " * len(mark.group()), asked)
            body = _blank(clean, quoted[0][0], quoted[-1][1])
    else:
        head_end, request_start, request_end = found
        asked = _blank(_blank(clean, 0, request_start), request_end, len(clean))
        asked = re.sub(r"(?m)^[ \t]*(?:>[ \t]?)+", lambda mark: " " * len(mark.group()), asked)
        body = _blank(clean, 0, request_end)
        if len(body.split()) < 15:  # the reply stands above the request that it repeats
            body = _blank(clean, head_end, request_end)
    # Quotation marks around the whole request, or around each line of it, hide its list labels.
    asked = re.sub(r"(?m)^([ \t]*)[\"“‘](?=\S)|[\"”](?=[ \t]*$)", lambda mark: mark.group()[:-1] + " ", asked)
    head = _blank(clean, head_end or min(len(clean), 1200), len(clean))
    page_words = re.search(r"(?im)^\W*published(?: on)?\b.{0,40}\d|disclosure log", clean[:2500])
    return Anatomy(
        head=head,
        asked=asked,
        body=body,
        is_page=chrome > 1 or page_words is not None,
        request_lost=found is not None and len(asked.split()) < 3,
        pairs=tuple(pairs),
    )
