"""What each stretch of a request does in it, by rule.

In: the segmented request and the questions found. Out: `Segment` records that cover the text without gap or overlap; a
list marker belongs to what follows it, white space to what stands before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from triage.schema import Segment, Segmented
from triage.segment.cues import is_ask, is_sign_off
from triage.split.items import Item

__all__ = ["find_openings", "find_segments", "tile"]

_NEUTRAL: Final = frozenset({"background", "heading", "values", "q", "preamble", "opinion", "prior_ref"})
_PERSON: Final = re.compile(
    r"\W*(?:(?:mr|mrs|ms|miss|mx|dr|prof|rev|cllr)\b\.?\s*)?[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,4}(?:\s*\([^)]*\))?\W*"
)
_I: Final = re.IGNORECASE
_SAYS: Final = (
    (
        "prior_ref",
        re.compile(
            r"thank\s+you\s+for\s+your\s+(?:\w+\s+){0,2}?(?:answer|reply|response|refusal|notice|letter|e-?mail)\b(?=.*\b(?:to|of|dated|which|about|in|reference)\b)|"
            r"i\s+(?:refer|write\s+further)\s+to\s+(?:your|my)\s+(?:\w+\s+){0,2}?(?:letter|reply|response|answer|request|e-?mail|refusal|decision)\b|"
            r"(?:[^.?]*\b)?you\s+(?:\w+ly\s+)?(?:answered|refused|declined|replied\s+to|responded\s+to)\s+(?:my|our|a|the|to|that)\b|"
            r"(?:as\s+in|like)\s+(?:previous|earlier|last)\s+years?\b|[^.?]*\binternal\s+review\b|"
            r"[^.?]*\b(?:refusal|decision|reply|response)\b[^.?]*\b(?:reviewed|reconsidered)\b",
            _I,
        ),
    ),
    (
        "opinion",
        re.compile(
            r"[^.?]*\bto\s+complain\b|i\s+(?:want|demand)\b[^.?]*\b(?:apology|disciplined|sacked|refund|compensation)\b|(?:[^.?]*\b)?(?:joke|theft|ashamed|shameful|disappoint(?:ed|ing)|scandal\w*|insult\w*|ridiculous|nonsense|farce|absurd|disgust\w*|blame|"
            r"simple\s+accountability|quarrel|show\s+you\s+up)\b|i\s+(?:also\s+|must\s+)?(?:bet|remind|don['’]t\s+accept|do\s+not\s+accept|reject|cannot\s+accept)\b|"
            r"you\s+(?:lot|people|may\s+be\s+tempted|should\s+be|ought)\b|surely\b|it\s+(?:is\s+not|isn['’]t)\s+rocket|this\s+is\s+what\s+happens\b",
            _I,
        ),
    ),
    (
        "closing",
        re.compile(
            r"(?:your|any)\s+(?:help|assistance|co-?operation)\b[^.]{0,40}\bappreciated\b|thank(?:ing)?\s*(?:you|u)?(?:\s+(?:muchly|kindly|so\s+much|again|in\s+advance)|\s+for\b.*)?\W*$|"
            r"(?:ta|thx|cheers|tia)(?:\s+\w+)?\W*$|(?:i|we)\s+(?:would\s+)?appreciate\s+an?\s+(?:\w+\s+)?(?:reply|response)\b|yours\b",
            _I,
        ),
    ),
    (
        "constraint",
        re.compile(
            r"an?\s+(?:electronic|e-?mail|paper|digital|pdf)\b[^.?]*\b(?:fine|preferred|ok|enough|do)\b|if\s+(?:it\s+is|it['’]s|that\s+is)\s+easier\b|"
            r"(?:if|where)\b[^.?]*\b(?:not\s+possible|can(?:no|['’])t\s+be|unavailable|cost\s+limit|time\s+limit)\b|in\s+the\s+event\s+that\b|"
            r"(?:i|we)\s+(?:believe|think|understand)\b[^.?]*\b(?:environmental\s+information\s+regulations|EIR|twenty\s+working|20\s+working)\b|i\s+reserve\s+my\s+right",
            _I,
        ),
    ),
    (
        "preamble",
        re.compile(
            r"(?:i|we)\s+(?:am|are)\s+(?:writing|making|submitting|carrying)\b[^?]*\b(?:request|information|foi|research|freedom)\b|(?:this|my)\s+(?:foi\s+)?request\s+"
            r"(?:is|concerns|relates|covers)\b|it\s+is\s+made\s+under\b|request\s+under\b|please\s+(?:treat|accept|consider|log)\s+(?:this|these)\b|under\s+the\s+(?:freedom|foi)\b|"
            r"(?:points?|questions?|items?)\s+\d[\d\s,and&-]*\s+(?:is|are|relates?|covers?)\b|freedom\s+of\s+information\s+request\b",
            _I,
        ),
    ),
    ("definition", re.compile(r"by\s+[\"“'‘]?[\w\s-]{2,40}[\"”'’]?,?\s+i\s+mean\b", _I)),
    ("forward_header", re.compile(r"\*{2,}|please\s+see\s+below\b|additional\s+text\s+received\b", _I)),
    ("greeting", re.compile(r"to\s+the\s+(?:\w+\s+){1,4}(?:team|officer|office|clerk),?$", _I)),
)
"""Roles that a sentence outside the questions shows by its own words, where nothing stronger was seen."""

_TITLE: Final = re.compile(r"(?:re|subject|ref|title)\s*[:.-]", re.IGNORECASE)
_LOOSE: Final = frozenset({"background", "closing", "preamble", "signature", "constraint", "opinion", "heading"})
_LONGEST: Final = 700
"""Characters of the longest sentence whose words are looked at."""
_LONGEST_HEADING: Final = 12
_LONGEST_SIGNATURE: Final = 12


def find_segments(segmented: Segmented, items: Sequence[Item]) -> tuple[Segment, ...]:
    """Give every character of a request to a role."""
    text = segmented.text
    if not text:
        return ()
    marks: list[tuple[int, str]] = []
    scope = {said for item in items for kind, said in item.scope if kind in ("stem", "preamble")}
    path = {said for item in items for said in item.path}
    spans = [(item.start, item.end) for item in items]
    roles = _roles(segmented, spans, scope, path)
    for sentence, role in zip(segmented.sentences, roles, strict=True):
        inside = next(((a, b) for a, b in spans if a < sentence.end and sentence.start < b), None)
        line = segmented.lines[sentence.line]
        start = line.start if line.content_start == sentence.start else sentence.start
        if inside is None:
            marks.append((start, role))
            continue
        # A question may begin or end within a sentence.
        if sentence.start < inside[0]:
            marks.append((start, "preamble" if is_ask(text[sentence.start : inside[0]]) or role == "q" else role))
            start = inside[0]
        within = "table" if sentence.role == "table" and sentence.start > inside[0] else "q"
        marks.append((start, within))
        if inside[1] < sentence.end and text[inside[1] : sentence.end].strip(" .,;?"):
            following = next((a for a, _ in spans if inside[1] <= a < sentence.end), None)
            marks.append((following, "q") if following is not None else (inside[1], "background"))
    return tile(marks, len(text), find_openings(segmented, spans))


def find_openings(segmented: Segmented, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return where each question begins, its list marker taken along."""
    markers = {line.content_start: line.start for line in segmented.lines}
    return frozenset(markers.get(start, start) for start, _ in spans)


def tile(marks: Sequence[tuple[int, str]], length: int, starts: frozenset[int]) -> tuple[Segment, ...]:
    """Let each mark run up to the next one of another role."""
    runs: list[tuple[int, str]] = []
    for start, role in sorted(marks):
        if not runs or runs[-1][1] != role or (role == "q" and start in starts):
            runs.append((start, role))
    if not runs:
        return (Segment(0, length, "background"),)
    edges = [0, *(start for start, _ in runs[1:]), length]
    return tuple(
        Segment(start, end, role) for start, end, (_, role) in zip(edges, edges[1:], runs, strict=False) if start < end
    )


def _roles(segmented: Segmented, spans: Sequence[tuple[int, int]], scope: set[str], path: set[str]) -> list[str]:
    """Settle the role of each sentence by where it stands among the questions."""
    text, sentences = segmented.text, segmented.sentences
    first = min((start for start, _ in spans), default=len(text))
    last = max((end for _, end in spans), default=0)
    roles: list[str] = []
    signed = False
    for number, sentence in enumerate(sentences):
        said, role = text[sentence.start : sentence.end], sentence.role
        marked = segmented.lines[sentence.line].marker is not None
        if said in scope:
            role = "preamble" if role not in ("definition", "clarification", "constraint") else role
        elif said in path:
            role = "preamble" if is_ask(said) else "heading"
        elif role == "q":
            role = _of_ask(said, after=sentence.start >= last > 0)
        elif role == "values" and not marked:
            role = "heading" if sentence.start < last else "background"
        elif role == "heading" and (sentence.start > last or len(said.split()) > _LONGEST_HEADING):
            role = "background"
        elif role == "background" and number < _TOP and sentence.start < first and _TITLE.match(said):
            role = "heading"
        if role in _LOOSE and len(said) <= _LONGEST:
            role = next((name for name, pattern in _SAYS if pattern.match(said)), role)
        if role in _NEUTRAL and sentence.start >= last and _signs(segmented, number, signed=signed):
            role = "signature"
        signed = signed and role in ("signature", "closing")
        if role == "closing" and is_sign_off(said):
            signed = True
        roles.append(role)
    return roles


_TOP: Final = 4


def _of_ask(said: str, *, after: bool) -> str:
    """Settle the role of what asks and is no question of its own."""
    return "background" if after or said.endswith("?") else "preamble"


def _signs(segmented: Segmented, number: int, *, signed: bool) -> bool:
    """Tell whether a sentence below all questions is the name, post or body of who writes."""
    text, sentences = segmented.text, segmented.sentences
    said = text[sentences[number].start : sentences[number].end]
    if signed:
        return True
    if len(sentences) - number > _TOP:
        return False
    below = [text[s.start : s.end] for s in sentences[number:]]
    short = all(len(each.split()) <= _LONGEST_SIGNATURE and each[-1] not in "?!" for each in below)
    return short and _PERSON.fullmatch(said.split("\n")[0].split(",")[0]) is not None
