"""Tell the blocks of a reply apart.

In: the text of a letter or saved page. Out: an `Anatomy` whose `body` and `asked` have the text's own length, with
everything that is not the reply's own words (or the requester's) blanked, so that offsets stay those of the text.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from triage.read.boilerplate import is_chrome
from triage.read.echoes import find_echoes
from triage.read.interleaved import Pair, find_pairs
from triage.read.restated import LABEL_OF, QUOTED_LINE, REPLY_VOICE, find_request, list_lines

__all__ = ["Anatomy", "dissect"]


class Anatomy(msgspec.Struct, frozen=True):
    """The blocks of one reply, each as long as the text and blank where the text is something else.

    `head` ends where the request or the reply begins; `is_page` tells a saved page from a letter; `request_lost` that
    a restatement was announced and did not come. `pairs` are printed label and span of each question that the reply
    prints right above its answer, `echoes` those of lines of a request that is known apart. `clean` is the text without
    page furniture and without what stands below the reply.
    """

    head: str
    asked: str
    body: str
    is_page: bool
    request_lost: bool
    pairs: tuple[Pair, ...] = ()
    echoes: tuple[Pair, ...] = ()
    clean: str = ""


_THREAD: Final = re.compile(
    r"^(?:-{2,}\s*original message|_{10,}$|from:\s.+\n(?:.*\n){0,2}?(?:sent|date|to):\s|on .{8,80} wrote:\s*$)",
    re.IGNORECASE | re.M,
)

_ANNEX: Final = re.compile(
    r"^\W*(?:(?:legal|legislation|statutory)\s+annex\b|annex\s+\w{1,2}\W+(?:legal|legislation|extracts?)"
    r"|extracts? from the freedom of information"
    r"|complaint rights|your right(?:s)? (?:of|to) (?:complain|appeal|review)|how to complain"
    r"|in complying with their statutory duty)",
    re.IGNORECASE | re.M,
)

_SIGN_OFF: Final = re.compile(
    r"^\s*(?:yours (?:sincerely|faithfully|truly)|(?:kind(?:est)?|best|warm|with kind) (?:regards|wishes)"
    r"|regards|many thanks|best)\s*,?\s*$",
    re.IGNORECASE | re.M,
)

_VISIBLE_LINKS: Final = re.compile(r"^References\s*\n\s*(?:Visible|Hidden) links", re.IGNORECASE | re.M)


_PAGE_WORDS: Final = re.compile(
    r"^\W*published(?: on)?\b.{0,40}\d|disclosure log|\bFOI log\b|you are here|^cookie", re.IGNORECASE | re.MULTILINE
)
"""Words near the top of a page that a letter does not have."""


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


_GOES_ON: Final = re.compile(
    r"^\W*(?:(?:question|q|point|answer|response) ?\d+\b|(?:annex|appendix"
    r"|schedule)\b[^\n]{0,12}\b(?:exemptions?|exceptions?|reasons?|notes?)\b[^\n]{0,30}$"
    r"|(?:notes|exemptions|reasons)\W*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""Answers, or the reasons of those above, below a signature."""


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
    if signed and not _GOES_ON.search(text, signed[-1].end(), end):
        end = signed[-1].start()
    return end


_LEAST_SHARED: Final = 0.4
"""Of the words of a restated request, how many the request itself must hold."""
_MOST_VOICED: Final = 0.3
"""Of the lines of a restated request, how many may speak as a reply does."""


def _repeats(words: str, request: str | None) -> bool:
    """Tell whether words repeat a request, rather than answer it in numbered paragraphs."""
    if request:
        given = frozenset(re.findall(r"\w{4,}", request.lower()))
        told = re.findall(r"\w{4,}", words.lower())
        return sum(word in given for word in told) >= _LEAST_SHARED * len(told)
    lines = [LABEL_OF.sub("", line).strip() for line in words.split("\n") if len(line.split()) > 3]
    return sum(REPLY_VOICE.match(line) is not None for line in lines) <= _MOST_VOICED * len(lines)


def dissect(text: str, *, request: str | None = None) -> Anatomy:
    r"""Tell the blocks of a reply apart.

    Args:
        text: The reply.
        request: The request, where it is known apart from the reply; what shares few words with it repeats it nowhere.

    >>> answer = "We have looked for this in the stable book and count nine horses in all, three of them grey."
    >>> parts = dissect("Dear Reader\n\nYou asked:\nHow many horses?\n\nResponse\n" + answer)
    >>> parts.asked.strip(), parts.body.strip() == "Response\n" + answer
    ('How many horses?', True)
    """
    clean, chrome = text, 0
    for start, end, line in list_lines(text):
        if is_chrome(line):
            clean, chrome = _blank(clean, start, end), chrome + 1
    # Addresses between angle or square brackets and their numbers say nothing, but those of notes do; the links stay.
    noted = len(re.findall(r"(?m)^[ \t]*\[\d{1,2}\] (?!https?:|mailto:|www\.)\S", clean)) > 1
    mark = r"\[\d{1,2}\](?=\S)" if noted else r"\[\d{1,2}\](?=\S|\n)"
    clean = re.sub(mark, lambda found: " " * len(found.group()), clean)
    limit = _find_cut(clean)
    clean = _blank(clean, limit, len(clean))
    pairs = find_pairs(clean[:limit])
    if not _repeats("\n".join(clean[start:end] for _, start, end in pairs), request):
        pairs = []
    found = None if pairs else find_request(clean, limit)
    if found is not None and not _repeats(clean[found[1] : found[2]], request):
        found = None
    if pairs:
        head_end, body = pairs[0][1], clean
        asked = re.sub(r"[^\n]", " ", clean)
        for _, start, end in pairs:
            asked = asked[:start] + clean[start:end] + asked[end:]
    elif found is None:
        quoted = [
            (start, end) for start, end, line in list_lines(text) if QUOTED_LINE.match(line) and len(line.split()) > 2
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
    page_words = _PAGE_WORDS.search(clean[:2500])
    return Anatomy(
        head=head,
        asked=asked,
        body=body,
        is_page=chrome > 1 or page_words is not None,
        request_lost=found is not None and len(asked.split()) < 3,
        pairs=tuple(pairs),
        echoes=tuple(find_echoes(clean[:limit], request)) if request else (),
        clean=clean,
    )
