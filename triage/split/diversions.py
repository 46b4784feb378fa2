"""Parts of a letter that are handled otherwise than as a request for recorded information.

In: the segmented letter and its questions. Out: `Diversion` records in the order of the text: which words, which way,
the reason and the section. The officer decides; what is said here opens no other door and closes none.

Sections: s.40(1) FOIA 2000 with article 15 UK GDPR (one's own data); s.39 FOIA and regulation 5(1) EIR 2004
(environmental information); s.16 (advice and assistance; another body's information); s.8(1)(b) (the name); s.84
("information" is recorded information); the code of practice under s.45, part 5 (reviews).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from triage.schema import Diversion, Question, Segment, Segmented
from triage.split.handling import PLAIN, score_ways

__all__ = ["find_diversions", "find_windows"]

_I: Final = re.IGNORECASE

_WHY: Final = {
    "subject_access": ("asks for the requester's own personal data", "s40(1); article 15 UK GDPR"),
    "eir": ("asks for information on the state of the environment, or on what affects it", "s39; eir5(1)"),
    "complaint": ("wants something put right; names no recorded information", "s84; the complaints procedure"),
    "advice": ("asks for an opinion, a justification or a promise", "s84; s16"),
    "internal_review": ("disputes how an earlier request was dealt with", "s45 code of practice, part 5"),
    "other_body": ("asks for what another body did; ask whether it is held at all", "s1(1); s16"),
    "invalid": ("is signed without a name: ask for one, unless it came another way", "s8(1)(b)"),
}
"""For each route what it says of the part, and where that comes from."""

_COUNT: Final = re.compile(
    r"\bhow\s+(?:many|much|often|long)\b|\b(?:numbers?|cost|amount|cop(?:y|ies)|list|total|percentage|figures?|minutes)\s+of\b",
    _I,
)
_REVIEW: Final = re.compile(
    r"\binternal\s+review\b|\b(?:review|reconsider|look\s+again\s+at)\b[^.?]{0,60}\b(?:handl\w+|dealt\s+with|decision|refusal|response|reply|answer)\b|"
    r"\b(?:refusal|decision|response|reply|answer|request)\b[^.?]{0,60}\b(?:be|is|to\s+be)\s+(?:\w+ly\s+)?(?:reviewed|reconsidered|looked\s+at\s+again)\b|"
    r"\blook\s+at\s+the\s+way\s+my\s+request\b|\b(?:your|the)\s+use\s+of\s+(?:section|exemption)\b[^.?]{0,80}\b(?:misconceived|wrong|mistaken|cannot|not)\b|"
    r"\b(?:not|dis|un)\s?-?(?:content|satisfied|happy)\b[^.?]{0,40}\b(?:reply|response|answer|refusal|decision|handling)\b|"
    r"\b(?:carry\s+out|conduct|undertake|request|want|like|ask\s+for|start)\s+(?:an?|the|my)\s+(?:formal\s+|internal\s+|full\s+)?review\b(?!\s+of\s+(?:the|your)\s+(?!handl|decision|refus|repl|respon|way))|"
    r"\b(?:i|we)\b[^.?]{0,50}\b(?:request|ask|like|want|suggest|invite|urge|expect)\b[^.?]{0,50}\b(?:reconsider\w*|re-?examine\w*|re-?visit\w*|re-?open\w*|think\s+again|look\s+again|"
    r"search\s+again|review(?:ed)?)\b(?!\s+(?:of|into)\b)|\bplease\s+(?:reconsider|re-?examine|re-?visit|re-?open|think\s+again|look\s+again|search\s+again|review\s+(?:this|that|it|your|the\s+decision|the\s+refusal))\b|"
    r"\b(?:i|we)\s+(?:appeal|challenge|contest|dispute)\b[^.?]{0,60}\b(?:refus\w+|decision|exempt\w+|section|reply|response|redact\w+|estimate|it|this)\b|"
    r"\b(?:overdue|late|ignored|unanswered|chasing)\b[^.?]{0,60}\b(?:foi|freedom|request|reply|response)\b|\b(?:foi|request|reply|response)\b[^.?]{0,40}\b(?:is|are|was|been)\s+(?:now\s+)?(?:overdue|late|ignored|unanswered)\b|"
    r"\b(?:working\s+)?days\b[^.?]{0,40}\bsince\s+i\s+(?:asked|wrote|sent|made)\b|\b(?:no|not\s+had\s+an?|still\s+(?:no|waiting\s+for\s+an?))\s+(?:reply|answer|response)\b"
    r"[^.?]{0,60}\b(?:foi|freedom|request|\d{1,2}\s+(?:working\s+)?days)\b",
    _I,
)


_LONGEST: Final = 1200
"""Characters of a sentence that are looked at."""
_MOST: Final = 300
"""Questions of one letter whose way is told; a letter with more is a pasted document."""
_MOST_JOINED: Final = 3
"""Questions of a letter up to which the whole of it speaks for each."""
_NEAR: Final = 3.0
"""How far below that of a plain request the score of a review may lie where its words ask for one."""
_ADDRESSED: Final = re.compile(
    r"\bdid\s+you\b|\byour\s+(?:own|council|force|trust|department|correspondence|letters?|repl\w+|answers?|e-?mails|payments?)\b",
    _I,
)
"""Asks what the authority itself did, whoever else is named."""
_ASIDE: Final = frozenset({"greeting", "closing", "signature", "forward_header"})
_REVIEWED: Final = "internal_review"


def find_diversions(
    segmented: Segmented, questions: Sequence[Question], segments: Sequence[Segment]
) -> tuple[Diversion, ...]:
    """Find the parts that take another way, in the order of the text."""
    text = segmented.text
    asked = questions[:_MOST]
    spans = [(question.start, question.end) for question in asked]
    roles = [(segment.start, segment.end, segment.role) for segment in segments]
    whole = score_ways(" ".join(find_windows(text, (), roles)))
    found: list[Diversion] = []
    if not asked:
        body = [(start, end) for start, end, role in roles if role not in _ASIDE and text[start:end].strip()]
        way = max(whole, key=whole.__getitem__)
        if body and way != PLAIN:
            said = text[body[0][0] : body[-1][1]]
            found.append(_divert(body[0][0] + len(said) - len(said.lstrip()), body[0][0] + len(said.rstrip()), way))
    else:
        ways: list[tuple[Question, str]] = []
        for question, words in zip(asked, find_windows(text, spans, roles), strict=True):
            scores = score_ways(words) if len(asked) > 1 else whole
            if len(asked) <= _MOST_JOINED:
                scores = {way: (score + whole[way]) / 2 for way, score in scores.items()}
            way = max(scores, key=scores.__getitem__)
            if way == "other_body" and _ADDRESSED.search(question.text[:_LONGEST]):
                way = PLAIN
            if way != PLAIN:
                ways.append((question, way))
        if len(asked) <= _MOST_JOINED:
            # A short letter wants one thing: its questions go the way that the whole of it speaks for.
            best = max((way for _, way in ways), key=whole.__getitem__, default=PLAIN)
            ways = [(question, best) for question, _ in ways]
        found += [_divert(question.start, question.end, way, question.ordinal) for question, way in ways]
    if asked and whole[_REVIEWED] > whole[PLAIN] - _NEAR:
        found += _find_reviews(segmented, spans)
    if (nameless := _find_nameless(segmented, segments)) is not None:
        found.append(_divert(*nameless, "invalid"))
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _divert(start: int, end: int, handling: str, ordinal: int | None = None) -> Diversion:
    reason, section = _WHY[handling]
    return Diversion(start, end, handling, reason, section, ordinal)


def find_windows(text: str, spans: Sequence[tuple[int, int]], roles: Sequence[tuple[int, int, str]]) -> list[str]:
    """Give the words of each question with what is said before it, the last with what follows too.

    Args:
        text: The letter.
        spans: Its questions, in order; without any the whole letter is one window.
        roles: Start, end and role of each stretch of the letter; greeting, headers, closing and signature are left out.
    """
    edges = [0, *(end for _, end in spans[:-1]), len(text)]
    windows = []
    for a, b in itertools.pairwise(edges):
        kept = [
            text[max(a, start) : min(b, end)]
            for start, end, role in roles
            if role not in _ASIDE and start < b and a < end
        ]
        windows.append("".join(kept).strip() or text[a:b].strip())
    return windows


def _find_reviews(segmented: Segmented, spans: Sequence[tuple[int, int]]) -> Iterator[Diversion]:
    """Find the sentences that dispute an earlier reply beside what is asked anew."""
    text = segmented.text
    for sentence in segmented.sentences:
        said = text[sentence.start : min(sentence.end, sentence.start + _LONGEST)]
        is_asked = any(a < sentence.end and sentence.start < b for a, b in spans)
        if not is_asked and sentence.role not in _ASIDE and _REVIEW.search(said) and not _COUNT.search(said):
            yield _divert(sentence.start, sentence.end, _REVIEWED)


_TITLE: Final = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof(?:essor)?|rev(?:erend)?|sir|dame|cllr|councillor|lord|lady)\b\.?", _I
)
_NAME: Final = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}")
_NO_NAME: Final = re.compile(
    r"\b(?:anon(?:ymous)?|concerned|worried|angry|disgusted|fed\s+up|local|resident|ratepayer|tax\s?payer|pensioner|parent|citizen|member\s+of\s+the\s+public|ghost|"
    r"watcher|truth|justice|user|customer|patient|neighbour|motorist|voter|friend|mum|dad|^the\s+\w+|nobody\s+you\s+know|a\s+\w+\s+\w+er)\b",
    _I,
)
_FIRM: Final = re.compile(
    r"\b(?:ltd|limited|plc|llp|group|society|association|team|press|news|research|union|partners|solutions|services|energy|campaign)\b",
    _I,
)
_DESCRIBED: Final = re.compile(r"(?:an?|one\s+of|your)\s+(?:\w+[\s,-]+){1,10}\w+\W*$", _I)
_DESK: Final = re.compile(r"(?:the\s+)?(?:\w+\s+)?(?:team|desk|department|dept|office|staff|admin)", _I)
"""A part of some body that is not named itself."""
_LONGEST_NAME: Final = 5
"""Words of the longest name, titles left out."""
_SIGN_OFF: Final = re.compile(
    r"\W*(?:(?:with\s+)?(?:(?:many|best|kind(?:est)?|warm(?:est)?)\s+)*(?:thanks?(?:\s+(?:you|in\s+advance|again))?|regards|wishes)|yours(?:\s+\w+){0,3}(?=\s*(?:[,!.]|$))|yours(?:\s+\w+)?|"
    r"thank\s+you(?:\s+\w+)?|sincerely|faithfully|kindest|best|cheers|ta|kindly|warmly|gratefully|respectfully|fraternally|signed|in\s+solidarity|from|all\s+the\s+best|fingers\s+crossed)"
    r"(?:\W+|$)",
    _I,
)
_SENT: Final = re.compile(r"\W*sent\s+(?:from|via|by)\b", _I)
_BY_THE_WAY: Final = re.compile(r"[\"“”][^\"“”]*[\"“”]|[\"“”]|\(?\b(?:retd|esq)\b\.?\)?", _I)


def _find_nameless(segmented: Segmented, segments: Sequence[Segment]) -> tuple[int, int] | None:
    """Find a signature that is no name: a first name or initials alone, a pseudonym, a description.

    A letter that ends without any is left alone: the name stands in the form or mail that it came with.
    """
    text = segmented.text
    candidates: list[tuple[int, int]] = []
    for segment in _ending(segments):
        signed_off = False
        for line in re.finditer(r"[^\n]+", text[segment.start : segment.end]):
            rest = line.group()
            formula = _SIGN_OFF.match(rest)
            said = rest[formula.end() if formula else 0 :].strip(" ,.-–\t\r")
            signed_off = signed_off or formula is not None
            if not said or _SENT.match(rest):
                continue
            if _is_name(said):
                return None
            is_sentence = rest.rstrip().endswith(".") and len(said.split()) > _TWO and not _NO_NAME.search(said)
            if (segment.role == "signature" or signed_off) and not is_sentence:
                start = segment.start + line.start()
                candidates.append((start + len(rest) - len(rest.lstrip()), start + len(rest.rstrip())))
    if not candidates:
        return None
    start, end = candidates[0]
    said = text[start:end]
    is_short = len(said.split()) <= _LONGEST_NAME + 1 or _DESCRIBED.match(said) is not None
    return (start, end) if is_short and not any(char.isdigit() or char in "@:/[" for char in said) else None


def _ending(segments: Sequence[Segment]) -> list[Segment]:
    """Return the closing and signature at the end of a letter."""
    kept = itertools.takewhile(lambda segment: segment.role in ("closing", "signature"), reversed(segments))
    return list(reversed(list(kept)))


_TWO: Final = 2


def _is_name(said: str) -> bool:
    """Tell whether a line of a signature names a person or a body."""
    if any(char in "@[" for char in said) or _TITLE.match(said):
        return True
    pieces = re.split(r",\s|(?<=\w{2})\.\s|\b(?:and|from|signed)\s|\s[-–&+]\s|[()]", _BY_THE_WAY.sub(" ", said))
    if (
        said.islower()
        and _NAME.fullmatch(said)
        and not (_FUNCTION_WORDS.intersection(said.split()) or _NO_NAME.search(said))
    ):
        return True
    return any(_is_person(piece.strip(" .")) for piece in pieces) or (
        _FIRM.search(said) is not None and _DESK.fullmatch(said) is None
    )


def _is_person(bare: str) -> bool:
    initialled = re.match(r"(?:(?:[A-Z]\.|[B-HJ-Z])\s?){1,3}\s?[A-Z][a-z]", bare) is not None
    if (_NO_NAME.search(bare) or _DESK.fullmatch(bare)) and not initialled:
        return False
    words = bare.split()
    if _NAME.fullmatch(bare) is None or len(words) > _LONGEST_NAME:
        return initialled
    is_person = all(word[0].isupper() or word in _PARTICLES for word in words)
    is_letters = all(len(word.strip(".")) == 1 for word in words)
    return initialled or (is_person and not is_letters)


_PARTICLES: Final = frozenset(
    {"van", "von", "de", "der", "den", "la", "le", "di", "da", "al", "el", "bin", "ap", "ab", "of"}
)
_FUNCTION_WORDS: Final = frozenset(
    {
        "a",
        "all",
        "and",
        "at",
        "do",
        "for",
        "from",
        "have",
        "i",
        "in",
        "is",
        "it",
        "my",
        "now",
        "of",
        "on",
        "please",
        "so",
        "that",
        "the",
        "this",
        "to",
        "x",
        "xx",
        "you",
        "your",
    }
)
