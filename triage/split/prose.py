"""Several things asked in one sentence.

In: the span of a sentence that asks. Out: the spans of the asks in it, with the labels printed inside the line.
"""

from __future__ import annotations

import itertools
import re
from typing import Final, NamedTuple

from triage.segment.cues import is_ask, starts_ask

__all__ = ["Ask", "cut_asks"]

_I: Final = re.IGNORECASE


class Ask(NamedTuple):
    """One thing asked in running text; `lead` is the part of the sentence before a list in the line."""

    start: int
    end: int
    label: str | None = None
    lead: str = ""


_INLINE: Final = re.compile(
    r"(?:(?<=\s)|(?<=[(\[]))(?:\((?P<a>[a-h]|[ivx]{1,5}|\d{1,2})\)|(?P<b>[a-h]|[ivx]{1,4}|\d{1,2})\))\s*(?=\w)"
)
_JOIN: Final = re.compile(
    r"(?P<end>\s*[,;]?)\s*(?:(?:\band|\bplus|&)\s*,?\s*(?:also|additionally|further|then|finally|if\s+(?:so|possible))?,?\s+|,\s*(?:also\s+)|"
    r"\bas\s+well\s+as\s+)"
    r"(?=(?P<right>"
    r"(?:please\s+(?:can\s+you\s+|could\s+you\s+)?(?!note|include|specify|state\s+if|separate|split|break|show\s+(?:each|this|these))\w+\s+\w+)|"
    r"(?:(?:can|could|would|will)\s+you\b)|"
    r"(?:i\s+(?:would|['’]d|also|want|wish|need|request)\b)|(?:to\s+know\s+(?:how|who|what|whether|which|when|where|if)\b)|"
    r"(?:how\s+(?:many|much|long|often)|who\s+\w+|where\s+\w+|when\s+\w+|how\s+\w+|what\s+\w+|which\s+\w+|whether\s+\w+)\b|"
    r"(?:the\s+|a\s+|any\s+)?(?:total\s+|overall\s+|annual\s+)?(?:number|cost|amount|copy|copies|total)\s+(?:of|cost)\b))",
    _I,
)
_TOGETHER: Final = re.compile(
    r"(?P<end>,)\s*\b(?:together|along)\s+with\s+(?=(?P<right>(?:any|all|a|an|the|your|copies|details)\s+(?:\w+\s+){0,2}?"
    r"(?:script|polic(?:y|ies)|procedures?|guidance|documents?|reports?|minutes|cop(?:y|ies)|lists?|number|costs?|correspondence|e-?mails?|letters?|notes)\b))",
    _I,
)
_ALSO_NOUN: Final = re.compile(
    r"(?P<end>\s*[,;]?)\s*\band\s+also\s+(?=(?P<right>(?:any|all|the|a|an|details|copies|how|what|your)\s))", _I
)
_THINGS: Final = (
    r"(?:(?:the|any|all|an?|your|its|their|copies\s+of\s+(?:the|any|all)|details\s+of)\s+)(?:[\w’'-]+\s+){0,3}?"
    r"(?:numbers?|share|percentage|proportion|total|sums?|costs?|amounts?|price|average|longest|shortest|highest|rates?|waiting\s+times?|dates?|names?|"
    r"reports?|polic(?:y|ies)|procedures?|minutes?|contracts?|agreements?|assessments?|valuations?|quotations?|schedules?|sheets?|records?|entries|notes?|logs?|"
    r"correspondence|e-?mails?|letters?|results?|responses?|surveys?|plans?|drawings|invoices?|receipts|job\s+descriptions?|business\s+case|guidance|"
    r"specification|register|deeds?|leases?|licen[cs]es?|permits?|budgets?|income)\b"
)
_AND_THING: Final = re.compile(
    rf"(?P<end>\s*[,;]?)\s*(?:\band|\bplus|\bas\s+well\s+as|\b(?:together|along)\s+with)\s+(?:also\s+)?(?=(?P<right>{_THINGS}))",
    _I,
)
_AND_OF_THESE: Final = re.compile(
    r"(?P<end>\s*[,;]?)\s*\band,?\s+(?=(?P<right>(?:of\s+(?:these|those|them|that\s+number),?\s+(?:how\s+many|what|the\s+number)|"
    r"(?:on|in|at|by|to|for|from|under)\s+(?:what|which|how\s+many)\s+\w+)\b))",
    _I,
)
_LEAST_BEFORE: Final = 6
_COMMA_WH: Final = re.compile(r"(?P<end>,)\s*(?=(?P<right>(?:who|where|when|how|what|which|why)\s+\w+))", _I)
_LEADING_LAW: Final = re.compile(
    r"^(?:(?:in\s+terms\s+of|as\s+per|under|pursuant\s+to|in\s+accordance\s+with|in\s+line\s+with)\b[^?]{0,160}?\b"
    r"(?:act|foia|foi|regulations?)\b[^,?]{0,30},(?:\s*and\s+subject\s+to[^,]*,)?\s*)(?=\w)",
    _I,
)
_LEADING_PURPOSE: Final = re.compile(
    r"^(?:to|in\s+order\s+to|for\s+(?:my|our)|as\s+part\s+of|following|so\s+that)\b[^?]{30,400}?"
    r"(?=\b(?:(?:i|we)\s+would\s+(?:like|appreciate|be\s+grateful)|(?:could|can|would)\s+you|please\s+(?:provide|supply|send|give|confirm))\b)",
    _I,
)
_TRAILING_REASON: Final = re.compile(
    r",?\s+(?:(?:as|because)\s+(?:i|we|my|our|this\s+(?:will|would))|since\s+(?:i|we)\s+(?:am|are|have|need|want|believe|think|cannot|would|will))\b"
    r"[^?]*$|,?\s+(?:many\s+)?(?:thanks|thank\s?you|thx|ta)\b[^.?!]{0,40}[.!]*$",
    _I,
)
_PRONOUN_RIGHT: Final = re.compile(
    r"(?:what|which)\s+(?:percentage|proportion|rate)\b|(?:how|why|when|where|what)\s+(?:(?:is|are|was|were|did|do|does|has|have)\s+)*"
    r"(?:this|it|that|these|those|they|so)\b(?:\W+\w+){0,4}\W*$|(?:who|when|where|why|how|what)\s*(?:to|by|for|from|and\s+why)?\s*[?.]?$|"
    r"how\s+(?:many|much)\s+(?:in|at|on|during|for|by|since|before|after)\b|how\s+this|when\s+(?:it|this)|where\s+(?:it|this)|which\s+(?:is|are|was|were|has|have|will|would|may|can|could|should)\b|"
    r"who\s+(?:is|are|was|were|has|have|had|will|would|may|can|could|should)\s+(?:on|in|at)\b|"
    r"who\s+(?:took|made|carried|did|signed|approved|authori[sz]ed|agreed|decided)\b(?:\W+\w+){0,4}\W*$",
    _I,
)
_HAS_MEASURE: Final = re.compile(
    r"\b(?:how\s+(?:many|much|long|often|is|are|do|does|did)|what|who|where|when|which|number|cost|total|amount|cop(?:y|ies)|list|"
    r"details?|description|data|provide|confirm|explain|figure|percentage|(?:do|does|did|is|are|has|have)\s+(?:you|the|there|your|any))\b",
    _I,
)


_EXPLAINS: Final = re.compile(r"\b(?:that\s+is|i\.?e\.?|namely|e\.?g\.?|for\s+example|such\s+as)\b[^.;]*$", _I)
_AND_THAT: Final = re.compile(r"(?P<end>,?)\s*\band\s+(?=(?P<right>that\s+(?:a|an|the|all|any|no)\s))", _I)
_PROOF: Final = re.compile(r"\b(?:proof|confirmation|evidence|confirm)\s+that\b", _I)


_LONGEST: Final = 4000
"""Characters of the longest sentence that is cut; a pasted document without full stops stays whole."""
_IF_SO: Final = re.compile(r"if\s+(?:so|yes),?\s", _I)
"""A follow-up is one, however much it asks: "If so, how many and how often?"."""
_COUNTED_OUT: Final = re.compile(r"(?:second|third|fourth|fifth|sixth)(?:ly)?,?\s", _I)
"""Who counts the asks out means each sentence as one."""


def cut_asks(text: str, start: int, end: int) -> list[Ask]:
    """Cut a sentence that asks into its asks.

    Labels in the line come first, then semicolons, then "and" or "also" where each side has its own verb or measure.

    >>> line = "How many were seized and how much did it cost to store them?"
    >>> [line[ask.start : ask.end] for ask in cut_asks(line, 0, len(line))]
    ['How many were seized', 'how much did it cost to store them?']
    """
    start, end = _narrow(text, start, end)
    if end - start > _LONGEST or _COUNTED_OUT.match(text, start) or _IF_SO.match(text, start):
        return [Ask(start, end)]
    return (
        _cut_labels(text, start, end)
        or _cut_semicolons(text, start, end)
        or _cut_run_on(text, start, end)
        or _cut_commas(text, start, end)
        or _cut_joined(text, start, end)
    )


def _narrow(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a law clause or purpose before the ask, and a reason or thanks after it."""
    body = text[start:end]
    for pattern in (_LEADING_LAW, _LEADING_PURPOSE):
        if (found := pattern.match(body)) and is_ask(body[found.end() :]):
            start += found.end()
            body = text[start:end]
    if (found := _TRAILING_REASON.search(body)) and found.start() > 20:
        end = start + found.start() + (body[found.start()] == ",")
    return start, end


def _cut_labels(text: str, start: int, end: int) -> list[Ask]:
    """Cut at (i) (ii) or a) b) where at least two follow each other and each opens something asked."""
    found = list(_INLINE.finditer(text, start, end))
    labels = [mark["a"] or mark["b"] for mark in found]
    if len(found) < 2 or labels[0].lower() not in ("a", "i", "1") or len(set(labels)) != len(labels):
        return []
    asks = []
    for k, mark in enumerate(found):
        stop = found[k + 1].start() if k + 1 < len(found) else end
        stop = mark.end() + len(re.sub(r"(?:[\s,;]|\band|\bor|\()+$", "", text[mark.end() : stop]))
        words = text[mark.end() : stop].split()
        if len(words) < 2 or not (starts_ask(text[mark.end() : stop]) or words[0].lower() in _OPENERS):
            return []
        asks.append(Ask(mark.end(), stop, labels[k], text[start : found[0].start()].strip()))
    last = asks[-1]
    return [*asks[:-1], last._replace(end=_drop_mark(text, last.start, last.end))]


_OPENERS: Final = frozenset(
    {"the", "a", "an", "any", "all", "whether", "your", "their", "its", "his", "her", "if", "copies", "details"}
)


def _drop_mark(text: str, start: int, end: int) -> int:
    """Leave out the mark that ends the whole sentence and not the last item."""
    return end - 1 if text[end - 1] == "?" and not starts_ask(text[start:end]) else end


def _cut_semicolons(text: str, start: int, end: int) -> list[Ask]:
    """Cut at semicolons where every part is an ask, the first perhaps after "topic:"."""
    if ";" not in text[start:end]:
        return []
    lead = ""
    colon = text.find(":", start, end)
    if (0 <= colon < text.find(";", start) and not starts_ask(text[start:colon].split(",")[0])) or (
        0 <= colon < text.find(";", start) and starts_ask(text[colon + 1 : end].strip())
    ):
        lead = text[start:colon].strip()
        start = colon + 1
    asks = []
    begin = start
    for found in re.finditer(r";|$", text[start:end]):
        stop = min(start + found.end(), end)
        body = text[begin:stop]
        bare = re.sub(r"^\s*(?:and|also)\s+", "", body)
        if bare.strip(" ;"):
            if not starts_ask(bare.strip()):
                return []
            left = begin + len(body) - len(bare.lstrip())
            asks.append(Ask(left, left + len(text[left:stop].rstrip()), None, lead))
        begin = stop
    return asks if len(asks) > 1 else []


def _cut_joined(text: str, start: int, end: int) -> list[Ask]:
    cuts: list[tuple[int, int]] = []
    begin = start
    joints = [
        each
        for pattern in (_JOIN, _ALSO_NOUN, _TOGETHER, _AND_THING, _AND_OF_THESE)
        for each in pattern.finditer(text, start, end)
    ]
    if _PROOF.search(text, start, end):
        joints += _AND_THAT.finditer(text, start, end)
    for found in sorted(joints, key=lambda match: match.start()):
        if found.start() <= begin or _depth(text, start, found.start()):
            continue
        if found.re is _AND_OF_THESE and len(text[begin : found.start()].split()) < _LEAST_BEFORE:
            continue
        left, right = text[begin : found.start()], text[found.start("right") : end]
        is_thing = found.re is _AND_THING
        if not (_stands(left, right) or (is_thing and _holds(left, right))) or (
            is_thing and not _is_apart(left, right)
        ):
            continue
        if not cuts:
            cuts += _cut_series(text, begin, found.start(), right)
            if is_thing or _DETERMINED.match(right):
                cuts += [(each.end("end"), each.start("right")) for each in _find_series(text, begin, found.start())]
        cuts.append((found.end("end"), found.start("right")))
        begin = found.start("right")
    edges = [start, *(edge for cut in sorted(set(cuts)) for edge in cut), end]
    return [Ask(*_strip(text, edges[k], edges[k + 1])) for k in range(0, len(edges), 2)]


_MEASURE: Final = (
    r"(?:how\s+(?:many|much|often|long)\b|(?:what|which)\s+(?:share|proportion|percentage|number|sum|was|is|were|are|has|had|did|does)\b|whether\b|"
    r"(?:the|a|an|any|all|its|their)\s+(?:\w+\s+){0,2}?(?:number|numbers|total|amount|cost|costs|sum|value|average|mean|median|proportion|"
    r"percentage|share|rate|length|list|cop(?:y|ies)|names?|dates?|\w{3,}est|most\s+\w+|least\s+\w+)\b)"
)
_SERIES: Final = re.compile(rf"(?P<end>[,;])\s*(?:(?:and|plus|also)\s+)*(?=(?P<right>{_MEASURE}))", _I)
_LEAST_SERIES: Final = 2


def _cut_commas(text: str, start: int, end: int) -> list[Ask]:
    """Cut "how many A, what share of them B, and the dearest C": two commas at least, a measure behind each."""
    first = re.search(_MEASURE, text[start:end], _I)
    if first is None:
        return []
    found = [
        each
        for each in _SERIES.finditer(text, start + first.end(), end)
        if not _depth(text, start, each.start()) and _PRONOUN_RIGHT.match(text[each.start("right") : end]) is None
    ]
    edges = [start, *(edge for each in found for edge in (each.start("end"), each.start("right"))), end]
    parts = [text[edges[k] : edges[k + 1]] for k in range(0, len(edges), 2)]
    if len(found) < _LEAST_SERIES or any(len(part.split()) < _SHORTEST_COUNTED for part in parts):
        return []
    return [Ask(*_strip(text, edges[k], edges[k + 1])) for k in range(0, len(edges), 2)]


_SHORTEST: Final = 4
"""Words of the shortest thing asked in running text."""

_SHORTEST_COUNTED: Final = 3
"""Words of the shortest part of a series: "the number refused"."""


def _find_series(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Find the measures that commas join before the last: "the number of A, the rate of B" before "and the C"."""
    first = re.search(_MEASURE, text[start:end], _I)
    if first is None:
        return []
    found = [each for each in _SERIES.finditer(text, start + first.end(), end) if not _depth(text, start, each.start())]
    edges = [start, *(each.start("right") for each in found), end]
    short = any(len(text[a:b].split()) < _SHORTEST_COUNTED for a, b in itertools.pairwise(edges))
    return [] if short else found


_BARE_ASK: Final = re.compile(
    r"\s(?:(?:and|also|plus|then)\s+)*(?=(?P<right>(?:how\s+(?:many|much)|what\s+(?:is|was|were|are)|is\s+there|are\s+there|"
    r"please\s+(?:also\s+)?(?:send|give|tell|provide)(?:\s+me)?)\b))",
    _I,
)
_TAKES_CLAUSE: Final = re.compile(
    r"\b(?:know|knowing|tell|say|state|show|showing|confirm|explain|detail|list|ask|asking|see|advise|of|on|about|for|me|us|please|out|whether|if|wonder|"
    r"wondering|interested|in|by|with|to|and|or|then|also)\W*$",
    _I,
)
_LEAST_RUN_ON: Final = 20


def _cut_run_on(text: str, start: int, end: int) -> list[Ask]:
    """Cut asks that follow each other without any mark, as in a message typed on a telephone."""
    body = text[start:end]
    if len(body.split()) < _LEAST_RUN_ON or re.search(r"[.,;:?!]", body):
        return []
    cuts = []
    for found in _BARE_ASK.finditer(body):
        before = body[: found.start()]
        if len(before.split()) >= _SHORTEST and not _TAKES_CLAUSE.search(before):
            cuts.append((found.start(), found.start("right")))
    if not cuts:
        return []
    first = _FIRST_ASK.search(body)
    begin = first.start() if first is not None else 0
    cuts = [cut for cut in cuts if cut[0] > begin] if begin else cuts
    edges = [begin, *(edge for cut in cuts for edge in cut), len(body)]
    return [Ask(*_strip(text, start + edges[k], start + edges[k + 1])) for k in range(0, len(edges), 2)]


_FIRST_ASK: Final = re.compile(
    r"\b(?:(?:can|could|would)\s+you|please|how\s+(?:many|much)|i\s+(?:would\s+like|want|need)(?!\s+to\s+find))\b", _I
)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip())


_TO_KNOW: Final = re.compile(r"to\s+know\b", _I)


def _stands(left: str, right: str) -> bool:
    """Tell whether both sides of a joint have a verb or measure of their own."""
    if _EXPLAINS.search(left) and not is_order(right):
        return False
    measured = _HAS_MEASURE.search(left) is not None or (_TO_KNOW.match(right) is not None and is_ask(left))
    return len(left.split()) > 3 and len(right.split()) > 3 and measured and _PRONOUN_RIGHT.match(right) is None


def _holds(left: str, right: str) -> bool:
    """Tell whether the left side of a joint asks for a thing of its own: "I would also like the waiting time"."""
    return is_ask(left) and len(left.split()) > _SHORTEST and _PRONOUN_RIGHT.match(right) is None


_TIED: Final = re.compile(
    r"[^,;.?]{0,80}?\b(?:(?:of|for|in|to|at|by)\s+(?:each|both|every)\b|(?:of|for)\s+(?:these|those|them|it|all)\b|(?:in|on|at)\s+which\b|it\s+(?:was|is|became)\b)",
    _I,
)
_GOVERNED: Final = re.compile(
    r"\b(?:between|both|either|regarding|about|concerning|relating\s+to|by|for|mention(?:s|ing)?|discuss(?:es|ing)?|cover(?:s|ing)?)\b[^,;]*$|"
    r"\b(?:including|include|includes|such\s+as|with|showing|stating|giving|containing|listing|detailing)\b[^;.?]*$|\b(?:the|an?)\s+\w+(?:ed|al|ar|ic|ive|ent)\s*$|\b(?:when|who|how|why|where)(?:\s+[\w-]+)?,?\s*$",
    _I,
)
"""Opens a phrase that may run on behind "and": "about the site and the plans for it"."""


_DETERMINED: Final = re.compile(r"(?:the|any|all|an?)\s", _I)
_MEASURE_HEAD: Final = re.compile(
    r"(?:the\s+)?(?:total\s+|overall\s+|average\s+)?(?:number|total|cost|amount|share|percentage|proportion|average|price|sum)\b",
    _I,
)
_GOVERNED_LESS: Final = re.compile(
    r"\b(?:between|both|either)\b[^,;]*$|\b(?:including|include|includes|such\s+as|with|showing|stating|giving|containing|listing|detailing)\b[^;.?]*$|"
    r"\b(?:the|an?)\s+\w+(?:ed|al|ar|ic|ive|ent)\s*$|\b(?:when|who|how|why|where)(?:\s+[\w-]+)?,?\s*$",
    _I,
)
_LEFT_LOOKED_AT: Final = 240
"""Characters before a joint that may govern what stands behind it."""
_OF_OWN: Final = re.compile(r"\b(?:my|me)\b", _I)


def _is_apart(left: str, right: str) -> bool:
    """Tell whether what an "and" joins is another thing asked for and no part of the one before it."""
    left = left[-_LEFT_LOOKED_AT:]
    governed = _GOVERNED_LESS if _MEASURE_HEAD.match(right) else _GOVERNED
    is_own = _OF_OWN.search(left) is not None and _OF_OWN.search(right) is not None
    return not (is_own or _TIED.match(right) or governed.search(left)) and len(right.split()) >= _SHORTEST


def is_order(right: str) -> bool:
    """Tell whether the right side of a joint gives an order of its own: "please explain".

    >>> is_order("please explain the method"), is_order("how many")
    (True, False)
    """
    return re.match(r"(?:please|can\s+you|could\s+you|would\s+you)\b", right, _I) is not None


def _cut_series(text: str, start: int, end: int, right: str) -> list[tuple[int, int]]:
    """Cut "where A, who B" before an "and how C" that was cut."""
    if not re.match(r"(?:who|where|when|how|what|which|why)\b", right, _I):
        return []
    return [
        (found.start(), found.start("right"))
        for found in _COMMA_WH.finditer(text, start + 12, end)
        if len(text[found.end() : end].split()) > 2 and _HAS_MEASURE.search(text[start : found.start()])
    ]


def _depth(text: str, start: int, position: int) -> int:
    """Count brackets that are open at a position."""
    return max(0, text.count("(", start, position) - text.count(")", start, position))
