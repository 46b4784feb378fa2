"""What kind of thing a question asks for, and which route it must take.

In: the words of one question. Out: names of the closed lists in `schema.Question` and `schema.Constraint`.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["constraint_kind", "find_kind", "is_timeless"]

_I: Final = re.IGNORECASE
_OWN: Final = re.compile(
    r"\b(?:about|on|of|concerning|regarding|mention(?:s|ing)?|refer(?:s|ring)?\s+to|relating\s+to|include\s+or\s+refer\s+to)\s+"
    r"(?:me|myself|us|my\s+(?:wife|husband|son|daughter|family|child|children|mother|father|business|company))\b|"
    r"\bmy\s+(?:own\s+)?(?:stop|arrest|record|records|file|files|case|custody|crime\s+report|incident|complaint|personal|"
    r"medical|employment|interview|details|data|statement|account|claim|application|tenancy)\b|\bsubject\s+access\b",
    _I,
)
_OPINION: Final = re.compile(
    r"\bdo(?:n['’]t)?\s+you\s+(?:not\s+)?(?:agree|think|believe|accept|feel|consider)\b|\bis\s+it\s+(?:legal|lawful|right|fair|acceptable)\b|"
    r"\byour\s+(?:opinion|view)s?\b|\bam\s+i\s+(?:allowed|entitled)\b|\bcan\s+i\s+(?!have|please|get|see|request|ask|receive|obtain)",
    _I,
)
_COMPLAINT: Final = re.compile(
    r"\b(?:i\s+(?:want|wish|would\s+like)\s+to|formal(?:ly)?)\s+complain\b|\bi\s+demand\b", _I
)
_FUTURE: Final = re.compile(
    r"\b(?:will|shall|plan(?:s|ning)?\s+to|intend(?:s|ing)?\s+to|going\s+to)\b[^.?]{0,80}\b(?:future|next\s+(?:year|tender|financial)|publish|"
    r"approach|replace|tender|reduce|cut|spend|revise|close|open|renew)\b|\bnext\s+(?:12|twelve)\s+months\b",
    _I,
)
_COST: Final = re.compile(
    r"\bhow\s+much\b(?!\s+(?:time|extra\s+time|data))|\b(?:costs?|spend|spent|spending|expenditure|budgets?|salar(?:y|ies)|"
    r"fees?|income|revenue|paid|price|value\s+of|(?:monetary|total|contract)\s+values?|fines?|charge\s+(?:to|for|per)|daily\s+charge|"
    r"allowances?|£|money|compensation|claimed)\b|£",
    _I,
)
_COUNT: Final = re.compile(
    r"\bhow\s+(?:many|often|frequently|long)\b|\b(?:numbers?|no\.)\s+(?:of|who|where|that|in|with|with\w*|classed|resulting|recovered|"
    r"offered|completed)\b|^(?:and\s+|the\s+|total\s+|overall\s+)*numbers?\b|\b(?:percentage|proportion|rate|frequency|average|median|"
    r"statistics|figures?|total)\b|%|^(?:recorded|reported)\b",
    _I,
)
_POLICY: Final = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|guidance|guidelines|protocols?|code\s+of\s+(?:practice|conduct)|criteria|byelaws?)\b",
    _I,
)
_DOCUMENT: Final = re.compile(
    r"\b(?:cop(?:y|ies)|documents?|documentation|minutes|correspondence|e-?mails?|letters?|reports?|communications?|memos?|"
    r"specification|contracts?\s+(?:document|notice)|footage|notes|records|briefings?|presentations?|chart|plans?\s+for|"
    r"business\s+case|job\s+descriptions?|register|materials?)\b",
    _I,
)
_ASKS_PAPER: Final = re.compile(
    r"\bcop(?:y|ies)\b|\b(?:provide|supply|send|share|see|have|give|disclose|release)\b[^.?]{0,40}\b(?:all|any|the|every|minutes|"
    r"correspondence|e-?mails?)\b|^(?:all|any|the|minutes|correspondence|copies|structure|e-?mails?)\b",
    _I,
)
_YES_NO: Final = re.compile(
    r"^(?:(?:if|and|also|in|addition|additionally|further|please|so|yes|can|could|you|confirm|or|deny|tell|me|us|state|advise|kindly)[\s,]+)*"
    r"(?:(?:do|does|dose|did|is|are|was|were|has|have|had|will|would)\s+(?:\w+)|whether\b|if\s+(?:you|the|there|any)\b|that\s+\w+)",
    _I,
)
_EXPLAIN: Final = re.compile(
    r"\bwhy\b|\breasons?\b|\bexplain|\bexplanation|\bdescri(?:be|ption)|\brationale\b|\bhow\s+(?!many|much|often|long|frequently)",
    _I,
)
_LIST: Final = re.compile(
    r"\b(?:list|lists|names?|which|who|whom|where|when|dates?|what|breakdown|identify|types?|details?)\b", _I
)
_VAGUE: Final = re.compile(r"\b(?:everything|anything)\b", _I)


def find_kind(text: str) -> str:
    """Name the kind of thing a question asks for.

    >>> find_kind("How many dogs were seized?"), find_kind("a copy of the dog policy"), find_kind("Why was it closed?")
    ('count', 'policy', 'explanation')
    """
    if _OWN.search(text):
        return "own_data"
    if _OPINION.search(text) or _COMPLAINT.search(text):
        return "non_request"
    if _VAGUE.search(text):
        return "unclear"
    head = text[:90]
    if re.search(r"\b(?:list|register|names)\s+of\b", text[:45], _I):
        return "list"
    if _YES_NO.match(text) and not re.search(r"\bhow\s+(?:many|much)\b", head, _I):
        return "future" if re.match(r"(?:will|are\s+you\s+planning)\b", text, _I) else "yes_no"
    if _FUTURE.search(text) and not _COUNT.search(head):
        return "future"
    if _COUNT.search(head) and not re.search(
        r"\b(?:total|average)\b[^.?]{0,30}(?:cost|spend|value|amount|budget|£)", text, _I
    ):
        return "cost" if re.match(r".{0,25}\b(?:how\s+much|cost|amount)\b", text, _I) else "count"
    if _COST.search(head):
        return "cost"
    if _POLICY.search(text):
        return "policy"
    if _DOCUMENT.search(text) and _ASKS_PAPER.search(text):
        return "document"
    if _EXPLAIN.search(head):
        return "explanation"
    if _LIST.search(text):
        return "list"
    if _COST.search(text):
        return "cost"
    if _COUNT.search(text):
        return "count"
    if _DOCUMENT.search(text):
        return "document"
    return "list" if len(text.split()) > 1 else "unclear"


_STANDING: Final = re.compile(
    r"\b(?:polic(?:y|ies)|guidance|guidelines|protocols?|strateg(?:y|ies)|code\s+of\s+(?:practice|conduct)|leaflets?|handbook)\b|"
    r"\b(?:latest|current|present|existing)\s+(?:version|copy|polic\w+|strateg\w+|plan|map|guidance|procedure|criteria)",
    _I,
)


_ONE_PAPER: Final = re.compile(
    r"(?:(?:and|also|a|copy|copies|of|please|kindly|i|we|would|should|like|to|see|have|send|me|us|provide|supply|if|there|is|was|one|further|may)[\s,'’d]+)*"
    r"(?:the|that|this|its|your|an?|any)\s+(?:[\w’'()-]+\s+){0,3}?(?:contract|agreement|report|study|survey|plan|notice|map|deed|lease|licen[cs]e|specification|brief|"
    r"review|assessment|appraisal|valuation|certificate|business\s+case|memorandum|letter|email|e-mail|paper|strategy|handbook|manual|order|"
    r"job\s+description|org(?:anisation)?\s+chart|structure\s+chart)\b(?!\s+(?:each|every|per)\b)|"
    r"(?:the\s+)?(?:last|latest|most\s+recent|current|present)\s+(?:\w+\s+){0,3}?(?:report|survey|audit|review|inspection|version|copy|plan|map|contract|accounts)\b",
    _I,
)
"""One document: it is what it is, whatever period the figures beside it are asked for."""
_ONE_NAME: Final = re.compile(
    r"(?:the\s+)?names?\s+of\s+(?:the\s+|any\s+|your\s+)?(?:\w+\s+)?(?:firm|company|supplier|provider|officer|manager|broker|software|system|person|contractor|director|lead|insurer)\b",
    _I,
)
_EVER: Final = re.compile(r"\b(?:ever|at\s+present|at\s+the\s+moment|nowadays)\b", _I)
_PRESENT: Final = re.compile(
    r"(?:(?:and|also|please|can\s+you|could\s+you|confirm|tell\s+me|state|say)[\s,]+)*(?:(?:what|who|which)\s+(?:\w+\s+){0,3}?(?:is|are|do|does|runs?|supplies|provides|"
    r"owns?|uses?|holds?)\b|(?:does|do|is|are)\s+(?:the|you|your|there|any|it|they)\b)(?!\s+been)(?![^.?]*\b(?:19|20)\d\d\b)",
    _I,
)
"""Asks how things are, not how they were."""


def is_timeless(text: str, kind: str) -> bool:
    """Tell whether a question asks for what is in force, which the period of the questions beside it does not bind.

    >>> is_timeless("a copy of the dog policy", "policy"), is_timeless("How many dogs were seized?", "count")
    (True, False)
    """
    if kind in ("policy", "explanation"):
        return True
    if kind in ("yes_no", "list", "document") and (_PRESENT.match(text) or _EVER.search(text) or _ONE_NAME.match(text)):
        return True
    if kind not in ("count", "cost") and _ONE_PAPER.match(text):
        return True
    return kind not in ("count", "cost") and _STANDING.search(text) is not None


_CONSTRAINTS: Final = (
    (
        "priority",
        r"\b(?:order\s+of\s+(?:priority|importance)|prioriti[sz]e|in\s+order\s+until|(?:question|item|part|q)s?\s*\w+\s+(?:first|only)|only\s+"
        r"(?:question|q|item|part|answer)|leave\s+out|drop\s+(?:question|q|item|part))\b",
    ),
    (
        "cost",
        r"\b(?:limits?|threshold|exceed\w*|18\s+hours|section\s+12|s\.?\s?12|too\s+(?:much|costly|expensive)|fees?|charges?|refin\w+|narrow\w*|"
        r"advice\s+and\s+assistance)\b",
    ),
    ("deadline", r"\b(?:working\s+days|days|deadline|no\s+later\s+than|urgent\w*|as\s+soon\s+as|statutory)\b"),
    (
        "format",
        r"\b(?:excel|csv|xlsx?|pdf|spreadsheet|word|machine[\s-]readable|electronic\w*|hard\s+copy|e-?mail|post|format|form|table|"
        r"searchable|editable)\b",
    ),
    ("optional_breakdown", r"\b(?:split|breakdown|broken\s+down)\b"),
)
_OFFER: Final = re.compile(r"\bhesitate\b|\bany\s+(?:questions|queries)\b|\bclarif\w+", _I)
_KINDS: Final = tuple((kind, re.compile(pattern, _I)) for kind, pattern in _CONSTRAINTS)


def constraint_kind(text: str) -> str | None:
    """Name the wish a sentence makes about the answer: priority, cost, deadline, format or optional_breakdown.

    >>> constraint_kind("Please send it as a CSV file.")
    'format'
    """
    if _OFFER.search(text):
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)
