"""What a question needs from elsewhere in the request to be understood alone.

In: the spans found and the text. Out: the standalone wording, what it inherits, and the questions it refers back to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from triage.schema import Segmented
from triage.split.items import Item

__all__ = ["find_dependencies", "keeps_axes", "needs_words", "phrase_alone", "plain_text"]

_I: Final = re.IGNORECASE
_BOILERPLATE: Final = re.compile(
    r"\b(?:under|pursuant\s+to|in\s+accordance\s+with|in\s+terms\s+of|as\s+per|within\s+the\s+meaning\s+of)\s+(?:the\s+)?(?:provisions\s+of\s+the\s+)?"
    r"(?:(?:\[\w+\]|freedom)\s+of\s+information(?:\s+\(?scotland\)?)?(?:\s+\(?foi\)?)?\s*(?:act|legislation|law)?(?:\s+(?:of\s+)?\d{4})?|foia?(?:\s+(?:act|"
    r"legislation))?(?:\s+\d{4})?|the\s+act|environmental\s+information\s+regulations(?:\s+\d{4})?)(?:\s*\([^)]{0,12}\))?,?|"
    r"\b(?:this\s+is\s+)?an?\s+(?:foi|freedom\s+of\s+information)\s+request\b\.?|"
    r"\b(?:please|kindly)\b,?|\b(?:can|could|would|may)\s+(?:you|i|we)\b|\bi\s+(?:would|['’]d)\s+(?:also\s+)?(?:like|appreciate|be\s+(?:most\s+|very\s+)?grateful)"
    r"(?:\s+(?:it\s+)?if(?:\s+you\s+(?:would|could))?)?(?:\s+to\s+(?:know|request|obtain|receive|see|ask))?|\b(?:i|we)\s+(?:am|are)\s+(?:writing\s+to\s+)?"
    r"(?:request(?:ing)?|seek(?:ing)?|ask(?:ing)?(?:\s+for)?|interested\s+in)\b|\bi\s+(?:wish|want|need|request|require|seek)(?:\s+to\s+(?:know|request|obtain|see))?\b|"
    r"\b(?:provide|supply|give|send|share|tell|advise|confirm|state|answer|let|disclose|release)(?:\s+(?:me|us))?(?:\s+(?:with|have|know))?\b|"
    r"\b(?:the\s+)?(?:following|below)(?:\s+(?:information|details?|data|questions?|items?|points?))?\b|\bfor\s+the\s+following\b|"
    r"\b(?:some\s+|the\s+|any\s+)?(?:information|details?|data|answers?)(?=\s+(?:on|about|regarding|concerning|relating|in\s+re|in\s+respect|with\s+re|for|to\b))|"
    r"\b(?:the\s+)?(?:details|information|questions?)\s+(?:we|i)\s+(?:require|request|need|seek)\s+(?:are|is)\b|\bspecifically\b|\bin\s+particular\b|"
    r"\bi\s+write\s+to\s+(?:request|ask|obtain)(?:\s+for)?\b|\bplease\s+note\b|\bthank\s+you\b[^.]*\.?",
    _I,
)
_STOP: Final = re.compile(
    r"(?:2000|a|about|act|all|also|an|and|answer|answers|any|are|as|ask|asking|at|be|below|by|can|complete|"
    r"concerning|could|data|detail|details|did|do|does|each|foi|following|for|freedom|from|grateful|had|"
    r"has|have|help|how|i|if|in|information|is|it|its|kindly|know|like|make|making|many|may|me|much|my|no|"
    r"of|on|or|our|please|provide|question|questions|regard|regarding|regards|relating|relation|request|"
    r"requests|respect|respond|response|s|so|submit|supply|that|the|then|there|these|this|those|to|us|was|"
    r"we|were|what|when|where|which|who|why|with|would|write|writing|yes|you|your)"
)
"""Words that add nothing to a wording."""

_BACK: Final = re.compile(
    r"\b(?:for\s+|on\s+|of\s+)each\s+(?!of\b|year\b|month\b|quarter\b|(?:calendar|financial|academic)\b)\w+\b|\bsuch\s+\w+s\b|"
    r"\b(?:of|from|for|in|to)\s+(?:these|those|them|the\s+above|said)\b|\b(?:these|those|the\s+above|the\s+said|the\s+same|said)\s+\w+|"
    r"\b(?:they|them|their|(?-i:[Ii]t)|its)\b|\b(?:the|as)\s+(?:above|same)\b|\b(?:this|that)\s+(?:contract|system|figure|report|policy|project|decision|"
    r"scheme|data|information|service|agreement|number|total|list|month|year|proof|training|case|reference)\b|\bthis\b[?.]?$",
    _I,
)
_NAMED: Final = re.compile(
    r"\b(?:questions?|q|items?|parts?|points?|numbers?|nos?\.?)\s*\(?(\d{1,2}|[a-h](?=[).,\s]))\)?(?:\s*\(?([a-h])\)?(?![a-z]))?"
    r"(?:\s*(?:,|and|&|to|-|–)\s*(?:q|question)?\s*(\d{1,2}))?|"
    r"\b(?:in|of|to|for|at)\s+\((\d{1,2})\.?\)|\b(\d{1,2})\s?\(([a-h])\)\s+above|\b(?:listed|set\s+out|named|mentioned|given)\s+(?:at|in|under)\s+(\d{1,2}(?:\.\d)?)",
    _I,
)
_FIRST_PERSON: Final = re.compile(r"\b(?:i|i['’]m|my|me|myself|we|our|us)\b", _I)
_ALL_ABOVE: Final = re.compile(
    r"\ball\s+(?:of\s+)?(?:the\s+)?above\b|\bthe\s+same\s+(?:\w+\s+)?(?:figures|questions|information|data)\b", _I
)
_CONDITION: Final = re.compile(
    r"^\W*(?:and\s+)?(?:if|where)\s+(?:yes|so|no|not|applicable|you\s+do|they\s+exist|there\s+(?:is|are|was))\b", _I
)
_ELLIPTIC: Final = re.compile(
    r"^(?:(?:and|also|additionally|further|furthermore|finally|please|could|can|would|you|i['’]d|i|we['’]d|we|like|to|know|say|state|tell|me|us|confirm|provide|"
    r"in\s+addition)[\s,]+)*(?:how\s+(?:many|much)|number|numbers|what\s+number)\s+(?:were|was|was\s+not|are|have|had|wer|recovered|of\s+(?:these|those|them|the\s+[\w-]+)|where|who|that|"
    r"resulted|resulting|led|completed|classed)\b|^(?:start|end)\s+date\b",
    _I,
)
_SAME: Final = re.compile(r"\bsame\s+(?:years?|period|dates?|date|months?|time|for)\b|\bthe\s+same\b|\bas\s+q", _I)


def plain_text(segmented: Segmented, start: int, end: int) -> str:
    """Put a span on one line, without the list markers inside it."""
    parts: list[str] = []
    for line in segmented.lines:
        if line.end <= start or line.start >= end:
            continue
        begin = line.content_start if start < line.content_start and line.start >= start else max(line.start, start)
        body = " ".join(segmented.text[min(begin, line.end) : min(line.end, end)].split())
        if not body:
            continue
        if parts and line.marker is not None and parts[-1][-1] not in ".?!:;,-–":
            parts[-1] += ";"
        parts.append(body)
    return " ".join(parts)


def _strip(said: str) -> str:
    """Leave of a preamble what it is about: topic, period, place, breakdown."""
    core = _BOILERPLATE.sub(" ", said)
    core = re.sub(r"\s+([,.;:?])", r"\1", " ".join(core.split()))
    return re.sub(
        r"^(?:(?:and|also|that|to|on|with|about|regarding)\b|\W)+\s*|[\s:;,.?–—-]+$", "", core, flags=_I
    ).strip()


def _adds(core: str, known: str) -> bool:
    """Tell whether a phrase has a word of meaning that the question lacks."""
    words = set(re.findall(r"[^\W_]+", core.lower())) - set(re.findall(r"[^\W_]+", known.lower()))
    return any(_STOP.fullmatch(word) is None for word in words)


def phrase_alone(own: str, item: Item, antecedents: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Word a question so that it can be understood alone.

    Only the requester's words are used: heading, parents and scope before the question, the question it refers back to
    in brackets after it.

    Returns:
        The wording, and where its additions came from.
    """
    wording = own
    inherits: list[str] = []
    leads: list[str] = []
    for kind, said in [*item.scope, *(("parent", said) for said in item.path)]:
        if kind in ("background", "clarification", "definition") and not _needs(
            own, said, kind, has_antecedent=bool(antecedents)
        ):
            continue
        core = _strip(said)
        if not core or len(core) > 600 or not _adds(core, " ".join([wording, *leads])):
            continue
        leads.append(core)
        inherits.append("heading" if kind == "parent" and _is_heading(said) else kind if kind != "stem" else "preamble")
    wording = ": ".join([*leads, own])
    for antecedent in antecedents:
        if antecedent and _adds(antecedent, wording):
            wording += f" ({antecedent.rstrip(' .')})"
            inherits.append("question")
    return wording, tuple(dict.fromkeys(inherits))


_MEANT: Final = re.compile(r"[\"“'‘](?P<term>[^\"”'’]{2,40})[\"”'’]\s+i\s+mean(?:t)?\b", _I)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def _needs(own: str, said: str, kind: str, *, has_antecedent: bool) -> bool:
    """Tell whether a question cannot be understood without a sentence that only tells something.

    What the requester says of themselves is never carried.
    """
    meant = _MEANT.search(said)
    if meant is not None:
        return meant["term"].lower() in own.lower()
    if _FIRST_PERSON.search(said):
        return False
    if kind == "clarification":
        return _YEAR.search(said) is not None
    if kind == "definition":
        term = re.match(
            r"\W*(?:note\W+)?((?:\w+[ -]?){1,4}?)\W*(?:\s(?:means|refers?|is|are|includes?)\b|:|,)", said, _I
        )
        return term is not None and term.group(1).strip().lower() in own.lower()
    numbers = set(re.findall(r"\d+", own)) & set(re.findall(r"\d+", said))
    return kind == "background" and (bool(numbers) or (not has_antecedent and _BACK.search(own) is not None))


def _is_heading(said: str) -> bool:
    return len(said.split()) <= 10 and "?" not in said


def find_dependencies(
    texts: Sequence[str], labels: Sequence[str | None], items: Sequence[Item]
) -> list[tuple[int, ...]]:
    """Find for each question the ordinals of those it refers back to.

    A named label counts first, then "all of the above", then a pronoun or a condition, which point to the nearest
    question before that does not itself point back.
    """
    found: list[tuple[int, ...]] = []
    for k, text in enumerate(texts):
        named = _named(text, labels[:k])
        if named:
            found.append(tuple(sorted(named)))
        elif k and _ALL_ABOVE.search(text):
            found.append(tuple(range(1, k + 1)))
        elif (
            (k and _CONDITION.match(text))
            or (k and (_points_back(text) or _SAME.search(text)))
            or (k and items[k].path and _CONDITION.match(items[k].path[-1].rpartition("? ")[2]))
        ):
            found.append((_root(found, k, texts),))
        else:
            found.append(())
    return found


_PART: Final = re.compile(
    r"\bof\s+(?:these|those|them|the\s+above)\b|\bsame\s+(?:\w+\s+)?(?:figures?|data|information|breakdown|questions?|for)\b|\bthe\s+same\W*$|"
    r"\b(?:these|those)\s+\w+|\ball\s+(?:of\s+)?(?:the\s+)?above\b|\bbut\s+for\b",
    _I,
)


_LOOKED_AT: Final = 600
"""Characters of a question in which it points back."""


def keeps_axes(text: str) -> bool:
    """Tell whether a question that points back asks for a part of what stood there, broken down alike.

    >>> keeps_axes("How many of these were upheld?"), keeps_axes("What was spent in that year?")
    (True, False)
    """
    text = text[:_LOOKED_AT]
    return _ELLIPTIC.match(text) is not None or _PART.search(text) is not None or _CONDITION.match(text) is not None


_NAMES_ITSELF: Final = re.compile(
    r"\bof\s+the\s+(?!above\b|same\b)[\w-]+|\b(?:for|on|of)\s+each\s+\w+|\bsuch\s+\w+s\b|\b(?:in|over|during|within)\s+that\s+(?:time|period|year|month)\b",
    _I,
)


def needs_words(text: str) -> bool:
    """Tell whether a question that points back needs the words of the other to be understood, and not only its scope.

    "How many of the pilots are civilians" names what it is about; with the words of the question before it, a search
    would take that question's answer for its own.

    >>> needs_words("How many of them were rehomed?"), needs_words("How many of the pilots are civilians?")
    (True, False)
    """
    text = text[:_LOOKED_AT]
    return _NAMES_ITSELF.search(text) is None or _PRONOUN.search(text) is not None


_PRONOUN: Final = re.compile(r"\b(?:these|those|them|they|the\s+(?:above|same)|it|its|their)\b", _I)


def _points_back(text: str) -> bool:
    text = text[:_LOOKED_AT]
    if _ELLIPTIC.match(text):
        return True
    back = _BACK.search(text)
    if back is None:
        return False
    # A pronoun late in a long question mostly points to a noun of its own.
    return back.start() < 60 or back.group().lower().startswith(("of the", "from the")) or len(text.split()) <= 14


def _root(found: Sequence[tuple[int, ...]], k: int, texts: Sequence[str]) -> int:
    """Return the ordinal that question `k` hangs on: the one before, or what that one hangs on if elliptic too."""
    before = k - 1
    while (
        before
        and needs_words(texts[before])
        and found[before]
        and (
            _ELLIPTIC.match(texts[before][:_LOOKED_AT])
            or _BACK.search(texts[before][:40])
            or _CONDITION.match(texts[before])
        )
    ):
        before = found[before][0] - 1
    return before + 1


def _named(text: str, labels: Sequence[str | None]) -> set[int]:
    """Resolve "question 2", "1 (b) above" or "(5.)" to ordinals, the printed label first and then the position."""
    ordinals = set()
    for match in _NAMED.finditer(text):
        a, sub, b, bare, outer, inner, listed = match.groups()
        names = [
            f"{a}({sub.lower()})" if a and sub else a,
            b,
            bare,
            f"{outer}({inner.lower()})" if outer and inner else None,
            listed,
        ]
        for name in names:
            if name is None:
                continue
            if name in labels:
                ordinals.add(len(labels) - list(reversed(labels)).index(name))
            elif name.split(".")[0] in labels:
                ordinals.add(labels.index(name.split(".")[0]) + 1)
            elif name.isdigit() and 0 < int(name) <= len(labels) and all(label is None for label in labels):
                ordinals.add(int(name))
    return ordinals
