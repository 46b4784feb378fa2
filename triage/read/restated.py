"""Find the request inside the reply that repeats it.

In: the text of a reply. Out: where the requester's words stand. About half of 266 replies read announce the request
with a colon or a heading, 13 print each question right above its answer, and in 13 the words themselves are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from triage.read.wording import any_of, squeeze

__all__ = ["LABEL_OF", "QUOTED_LINE", "REPLY_VOICE", "find_request", "list_lines"]

_HEADED: Final = re.compile(
    r"^\W*(?:(?:what )?(?:we were|you|they) (?:asked|wanted to know|requested"
    r"|wrote)(?: us)?(?: for)?(?: the following(?: information)?)?"
    r"|(?:(?:your|the|original|initial|foi|clarified|refined|new) )*(?:request|questions?"
    r"|enquiry)(?: (?:in full|for information|made|text|details|asked|\d{1,2}))?"
    r"|information requested|details of (?:the )?request)\W*$",
    re.IGNORECASE,
)

_ANNOUNCES: Final = re.compile(
    r"\b(?:asks?|asked|asking|requests?|requested|requesting|wants?|wanted|seeks?|seeking|sought|wish(?:ed)?"
    r"|would like|wrote|reads?|questions|points|reproduce[ds]?|repeat(?:ed)?|quoted?|put to us|to know"
    r"|be told)\b",
    re.IGNORECASE,
)

_NOT_ANNOUNCED: Final = re.compile(
    r"\b(?:exempt\w*|refus\w*|withh\w*|attract\w*|disclose[sd]?|attached|reasons?|applies|apply|section|limit"
    r"|searches|figures|table|links?|website|guidance|contact|publish\w*|available|accessible|found)\b"
    r"|(?:\b(?:our|my|the)|[’']s?) (?:full |formal )?(?:response|reply|answers?)\b"
    r"|\b(?:response|reply|repl(?:y|ied)|answers?|decision|information)\b.{0,60}\b(?:below|follows?|out|are"
    r"|is|these)\b|\b(?:we|I) (?:can|have(?! your)|hold|found|answer)\b|\banswer\w*\b",
    re.IGNORECASE,
)

_LISTED: Final = re.compile(
    r"^[ \t>]*(?:[\"“]?(?:q(?:uestion)?|point|part|request|item)?[ .]?\(?(?:\d{1,2}|[A-Ha-h]|i{1,3}|iv"
    r"|vi{0,3})(?:[ .]?(?:[a-h]|i{1,3}|iv|v))?\)?\s?[.):\]–-]+\s|[-*•o–]\s)\S",
    re.IGNORECASE,
)

LABEL_OF: Final = re.compile(
    r"^[ \t>\"“]*(?:(?P<word>q(?:uestion)?|point|part|request|item)[ .]*)?\(?"
    r"(?P<label>(?:\d{1,2}|[A-Ha-h](?![a-z])|i{1,3}|iv|vi{0,3})(?:[ .]?\(?(?:[a-h]|i{1,3}|iv|v)(?![a-z])\)?)?)\)?"
    r"(?:\s?[.):–-]+(?=\s|$)|(?<=[A-Za-z])\s*$|[ \t]{2,}(?=\S)|(?=[ \t]+and[ \t]+\(?\w{1,4}\b)|(?(word)(?=\s|$)"
    r"|(?!)))",
    re.IGNORECASE,
)

_REPLY_HEADING: Final = re.compile(
    r"^\W*(?:in response|what (?:you|we|I) can(?:not|.t)? (?:have|give you|tell you|provide|release|say)"
    r"|(?:here are |these are )?(?:our|my) (?:answers|replies|responses)"
    r"(?: (?:are|is)(?: (?:these|as follows|below))?| follow)?"
    r"|(?:our |my |the )?(?:response|reply|answer|decision|findings?|outcome|result"
    r"|information (?:held|disclosed|provided|released))"
    r"|what (?:was|I|we) (?:\w+ ){0,3}(?:decided|found|did|said|looked at)(?: .{0,40})?"
    r"|your (?:complaint|grounds).{0,30}|(?:outcome|findings?|conclusions?) of (?:the|my|our|this) review"
    r"|we (?:said|replied|answered|found|decided|can say)"
    r"(?: (?:to|from|of|and|on) .{0,50}|s)?|(?:(?:extent|result)s? of )?searches.{0,40}"
    r"|what (?:we|I) (?:hold|found|can tell you|are (?:not )?able to|am (?:not )?able to|can(?:not| not)?\b).{0,40}"
    r"|reasons? for (?:the |our |my )?decision|disclosure|response date.{0,40}|refusal notice.{0,40})\s*[:.]?\s*$",
    re.IGNORECASE,
)

REPLY_VOICE: Final = re.compile(
    r"^\W*(?:I (?:have (?:today |now )?(?:decided|considered|read|located|made|set|dealt|found|looked|taken)"
    r"|can (?:confirm|advise|now|tell|let)|am (?:able|unable|not|satisfied|pleased|sorry|required|now|afraid"
    r"|responding|refusing|writing (?:in|to (?:advise|inform|confirm|tell|let)))|confirm|regret|attach"
    r"|enclose|do not|cannot|must|write|apologise|refuse|wrote)"
    r"|we (?:can(?:not)? (?:confirm|tell|give|provide|say|only|also)"
    r"|have (?:today |now )?(?:decided|considered|searched|looked|located|estimated|found|attached|treated"
    r"|dealt|made|no)|hold|do(?:n.t| not)|are (?:able|unable|not|pleased|sorry|withholding|refusing|satisfied"
    r"|treating)|received|confirm|attach|enclose|will|neither|estimate|searched|regret|apologise|recorded"
    r"|asked|publish|refuse|wrote)"
    r"|you (?:replied|answered|clarified|confirmed|came back)|please (?:find|be advised|see|note|be aware)"
    r"|following (?:receipt|consideration|searches)"
    r"|having (?:located|considered|looked|completed|made|searched)"
    r"|searches (?:were|have|of|made|conducted)|enquiries (?:were|have)"
    r"|your (?:request|letter|e-?mail|enquiry)[^?]{0,60}? (?:has|was|is|reached|falls|came|will|would|does"
    r"|in its)"
    r"|(?:this|the) (?:information|data|request|letter|reply|response|answer) (?:is|you|has|was|are|that"
    r"|which|requested)"
    r"|thank(?:s| you) for (?:your|the|getting)"
    r"|(?:the|this) (?:force|constabulary|council|trust|department|service|authority|police|board|ministry"
    r"|university|school|office)\b"
    r"|(?:sections?|s\.?) ?\d{1,2}\b|under (?:section|regulation|the)"
    r"|in (?:response|relation to (?:your|question|point|part)|answer)|with regards? to|as regards|turning to"
    r"|for ease of (?:reference|reading)|taking (?:your|each)|q(?:uestion)? ?\d+ ?[-–:] "
    r"|(?:part|some|most|all|none|much|half) of (?:the|this|your|what)|there (?:is|are|was|were) (?:no|\d))",
    re.IGNORECASE,
)

_CLOSING_QUOTE: Final = re.compile(r"[\"”’']\s*[.,]?\s*$")

_QUOTED_REQUEST: Final = re.compile(r"^\s*[\"“‘]\s*(?:\(?(?:1|a|i)[.)]\s|\S[^\n]*\?)", re.IGNORECASE)

_FOLLOWING: Final = re.compile(
    r"\bfollowing (?:\w+ ){0,2}(?:requests?|questions|points|information)\s*\.\s*$", re.IGNORECASE
)
"""Announces a list with a full stop."""

_OPENING_QUOTE: Final = re.compile(r"^\s*[\"“‘]")

QUOTED_LINE: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+")

_TURNS: Final = re.compile(
    r"^\W*(?:(?:in (?:respect|relation|regard|answer|response|reply)(?: of| to)?"
    r"|with (?:regards?|respect|reference) to|as (?:to|for|regards)|for|on|regarding|turning to"
    r"|answers? to)\s+(?:your |the )?(?:(?:question|point|part|item|request)s?\b|\(?(?:[a-h1-9]|[ivx]{1,4})\))"
    r"|answers? (?:to )?\(?\w{1,2}\)?\s?[:.–-]"
    r"|(?:question|point|part|item|request)s?\s+\(?\w{1,2}\)?(?:\s?(?:,|and|&|to|-|–)\s?\(?\w{1,2}\)?)+\W*(?:\s|$))",
    re.IGNORECASE,
)

_FEWEST_WORDS: Final = 15
"""What is shorter is no reply."""


def list_lines(text: str, start: int = 0) -> Iterator[tuple[int, int, str]]:
    r"""Give start, end and words of each line that is not empty, from `start` on.

    >>> list(list_lines("a\n\nb"))
    [(0, 1, 'a'), (3, 4, 'b')]
    """
    for found in re.finditer(r"[^\n]+", text[start:]):
        yield start + found.start(), start + found.end(), found.group()


def find_request(text: str, limit: int) -> tuple[int, int, int] | None:
    """Find the restated request: start of the announcement, start and end of the requester's words."""
    lines = [line for line in list_lines(text[:limit]) if line[2].strip()]
    for (start, end, line), following in zip(lines, [*lines[1:], None], strict=False):
        if start > max(2500, limit * 0.6):
            break
        if _decides(line):
            return None
        tail = squeeze(text[_wrapped_from(text, start) : end])
        tail = re.split(r"(?<=[.?!])\s+(?=[A-Z])", tail)[-1]
        colon = line.rstrip().endswith((":", ":-", ": -"))
        listed = following is not None and _LISTED.match(following[2]) is not None
        # "You put it like this:" above a quotation that is a list or a question announces whatever it says.
        opens = colon and following is not None and _QUOTED_REQUEST.match(following[2]) is not None
        stops = listed and _FOLLOWING.search(tail) is not None
        open_end = re.search(r"[\w,–-]\s*$", line) is not None
        headed = _HEADED.match(line) is not None and line.strip()[0].isupper() and not line.rstrip().endswith(".")
        announced = headed or (
            (colon or stops or (listed and open_end and not _LISTED.match(line)))
            and (opens or _ANNOUNCES.search(tail))
            and not _NOT_ANNOUNCED.search(tail)
        )
        if announced and not (_LISTED.match(line) and tail == squeeze(line)):
            begin = start if headed or len(tail) <= len(line) else max(0, end - len(tail) - 8)
            return begin, end, _not_everything(text, end, _end_of_request(text, end, limit), limit)
    return _find_list(text, lines, limit)


def _not_everything(text: str, start: int, end: int, limit: int) -> int:
    """Cut a request that would take in the whole reply after its list, or after its first paragraph."""
    if len(text[end:limit].split()) >= _FEWEST_WORDS or QUOTED_LINE.match(text[start:].lstrip("\n")):
        return end
    lines = list(list_lines(text[:end], start))
    listed = [line_end for _, line_end, line in lines if _LISTED.match(line)]
    from_here = listed[-1] if listed else start
    for blank in re.finditer(r"\n[ \t]*\n", text[from_here:end]):
        cut = from_here + blank.start()
        if len(text[start:cut].split()) >= 4:
            return cut if len(text[cut:limit].split()) >= _FEWEST_WORDS else end
    return end


def _wrapped_from(text: str, start: int) -> int:
    """Find where the sentence that runs into a hard-wrapped line may begin, a few lines up at most."""
    for _ in range(4):
        before = text.rfind("\n", 0, max(0, start - 1)) + 1
        line = text[before : max(0, start - 1)]
        if len(line.strip()) < 45 or line.rstrip().endswith((".", "?", "!", ":")):
            break
        start = before
    return start


_DECIDES: Final = any_of(r"\b(?:I|we) have (?:today |now )?decided", r"serves? as a refusal notice")


def _decides(line: str) -> bool:
    return _DECIDES.search(line) is not None


def _find_list(text: str, lines: list[tuple[int, int, str]], limit: int) -> tuple[int, int, int] | None:
    """Find a request that nothing announces: the first list whose labels come back further down."""
    marked = [
        (start, found["label"].lower(), bool(found["word"]))
        for start, _, line in lines
        if (found := LABEL_OF.match(line)) is not None
    ]
    for position, (start, label, worded) in enumerate(marked[:-1]):
        if label not in {"1", "a", "i", "2i", "1a"}:
            continue
        later = [name for _, name, _ in marked[position + 1 :]]
        named = (
            worded
            and later[0] in {"2", "b", "ii"}
            and re.search(r"\bquestions? \(?[1-9a-h]\b", text[start:limit], re.IGNORECASE)
        )
        if (label in later and later.index(label) >= 1) or named:
            return len(text[:start].rstrip()), start, _end_of_request(text, start, limit)
    return None


def _end_of_request(text: str, start: int, limit: int) -> int:
    lines = [line for line in list_lines(text[:limit], start) if line[2].strip()]
    if not lines:
        return start
    if QUOTED_LINE.match(lines[0][2]):
        end = start
        for _, line_end, line in lines:
            if not QUOTED_LINE.match(line):
                break
            end = line_end
        return end
    quoted = _OPENING_QUOTE.match(lines[0][2]) is not None
    end = start
    seen: list[str] = []
    asked: set[str] = set()
    for _, line_end, line in lines:
        if _REPLY_HEADING.match(line) or _TURNS.match(line):
            return end
        begun = end > start
        if not quoted and not _LISTED.match(line) and (REPLY_VOICE.match(line) if begun else _decides(line)):
            return end
        label = LABEL_OF.match(line)
        if label is not None:
            name = label["label"].lower()
            # A list that starts again is the list of answers, unless every item carries one number, or it asks on.
            again = name in seen and len(set(seen)) > 1 and name.isdigit() == seen[0].isdigit()
            words = squeeze(line[label.end() :]).lower()
            if again and not (words.endswith("?") and words not in asked):
                return end
            seen.append(name)
            asked.add(words)
        end = line_end
        rest = text[line_end:limit].lstrip("\n")
        if quoted and _CLOSING_QUOTE.search(line) and not _OPENING_QUOTE.match(rest.lstrip()):
            return end
    return end
