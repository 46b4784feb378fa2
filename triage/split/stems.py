"""Sentences that open, scope or comment on a list of questions.

In: one sentence, or a sentence and the items below it. Out: what they are to each other.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from typing import Final

from triage.segment.cues import is_ask, is_bare, starts_ask

__all__ = [
    "are_values",
    "has_object",
    "is_blank_field",
    "is_clarifying",
    "is_complaint",
    "is_contentless",
    "is_dates",
    "is_example",
    "is_field_line",
    "is_field_stem",
    "is_form",
    "is_heading_for",
    "is_measure",
    "is_noun_line",
    "is_option",
    "is_per_item",
    "is_scope",
    "is_topic",
    "is_value_line",
    "lists_fields",
    "names_limits",
    "names_thing",
    "opens_fields",
    "points_below",
    "shows_measure",
]

_I: Final = re.IGNORECASE
_GENERIC: Final = (
    r"(?:(?:any|some|all|of|the|up[\s-]to[\s-]date|relevant|requested|required|certain|further|your|"
    r"latest|more)\s+)*(?:following|information|info|details?(?!\s+of\s+(?!the\s+(?:following|below)))|data|answers?|below|questions?|items?|response)\b"
)
_GIVE: Final = (
    r"(?:provid\w+|suppl\w+|giv\w+|send\w*|shar\w+|tell|confirm\w*|stat\w+|request\w*|have|obtain|know|receiv\w+|disclos\w+|"
    r"requir\w+|advis\w+|respond\w*|answer\w*|seek\w*|list|want|need|access|help|interested|see)"
)
_NO_OBJECT: Final = re.compile(
    rf"\b{_GIVE}\s+(?:(?:me|us|please|to|with|for|in|regards?|access|under|the\s+freedom\s+of\s+information\s+act|foi\s+act|"
    rf"\d{{4}})\s*,?\s*)*{_GENERIC}|(?<!who\s)(?<!that\s)(?<!which\s)\b{_GIVE}\s*(?:me|us)?\s*(?:with)?\s*[:;,.-]*$|\bfollowing\b[^.]{{0,30}}[:.-]*$|"
    r"^(?:the\s+|my\s+|our\s+)?(?:details|information|data|questions?)\b.{0,40}\b(?:require|request|seek|need|are|is)\b|"
    r"^(?:i|we)\s+(?:wish|want|would\s+like)\s+to\s+ask\s+(?:you|the\s+\w+)\b[^?]{0,100}:\s*$|"
    r"\binformation\s+(?:on|about|regarding|concerning|relating)\b|^required\s+information|"
    r"\b(?:complete|fill\s+in|fill\s+out|answer)\b[^.?]{0,50}\b(?:survey|questionnaire|details|template|questions?)\b",
    _I,
)
_FIELDS: Final = re.compile(
    r"\bcolumns?\b|\bfields?\b|\bheadings?\b|(?<!\bme\s)(?<!\bus\s)\b(?:with|including|includes?|containing)\s+(?:all\s+)?"
    r"(?:of\s+)?the\s+following\b|\bplease\s+include\b[\s;:,-]*$|\bin\s+the\s+following\s+(?:format|form|layout)|\bwith\s*[:;-]+$",
    _I,
)
_AXES: Final = re.compile(
    r"\b(?:broken\s+down|break\s*down|breakdown|split|separated|categori[sz]ed|grouped)\s+(?:\w+\s+){0,3}?(?:by|into)\b[^.]{0,30}$|"
    r"\bfor\s+each\s+(?:of|option|year|month|category)\b[^.]{0,50}$|\b(?:select|choose|tick)\b[^.]{0,60}[:.]?$|"
    r"\b(?:each|all|any)\s+of\s+(?:these|those|the\s+following|the\s+below)\b[^.]{0,40}$|\bthese\s+\w+(?:\s+\w+)?\b[^.]{0,45}:?$|"
    r"\bfor\s+the\s+(?:following|below)\s+(?:\w+\s+){0,2}(?:years?|months?|periods?|areas?|wards?|sites?|places?|posts?|"
    r"roles?|dates?|locations?|departments?|categories|groups?|schools?|streets?|roads?|companies|organisations?)\b[^.]{0,30}$",
    _I,
)
_CHOICE: Final = re.compile(r"\b(?:select|choose|tick|circle|delete)\b[^.?]{0,60}[:.]?$|\b(?:yes|no)\s*/\s*no:?$", _I)
_PER_ITEM: Final = re.compile(
    r"(?:please\s+)?(?:\w+\s+){0,4}?(?:for|of|in)\s+(?:each|every)\s+(?!of\b)(?!(?:calendar\s+|financial\s+)?(?:year|month)\b)",
    _I,
)
_MEASURED: Final = re.compile(
    r"(?:(?:the|any|all|a|total|overall)\s+)*(?:numbers?|how|costs?|cop(?:y|ies)|percentage|proportion|details|amounts?|totals?|dates?|names?|minutes|reports?|spend|value)\b",
    _I,
)
_COUNTED: Final = re.compile(r"(?:the\s+)?(?:total\s+)?(?:numbers?|how|cop(?:y|ies)|percentage)\b", _I)
_PREPOSITION: Final = re.compile(
    r"\b(?:by|for|in|at|from|of|about|between|due\s+to|against|with|to|either|on|per|under|namely|eg|e\.g\.|i\.e\.|"
    r"such\s+as|like|covering|who|that|which|have|has|had|were|was|been|are|is)\s*,?\s*(?:either\s*)?[:;,–—-]+\s*$",
    _I,
)
_INCLUDING: Final = re.compile(
    r"\b(?:including|include|includes|to\s+include|included)\b(?:\s*\([^)]*\)|\s+but\s+not\s+limited\s+to)?[\s,:;.-]*$",
    _I,
)
_HARD: Final = re.compile(
    r"(?:and\s+|also\s+)?(?:(?:the|a|an|any|all|total|overall|annual|average|digital)\s+)*(?:number|totals?|amount|costs?|"
    r"spend|expenditure|cop(?:y|ies)|percentage|proportion|income|budget|value)\b",
    _I,
)
_IMPERATIVE: Final = re.compile(
    r"\b(?:please|kindly|could\s+you|can\s+you|would\s+you)\b(?!\s+(?:specify|state\s+(?:which|what)))|"
    r"^(?:provide|supply|send|give|confirm|state|explain|describe)\s",
    _I,
)
_WH: Final = re.compile(
    r"^(?:and\s+|also\s+)?(?:how|what|which|who|whom|whose|when|where|why|whether|is|are|was|were|do|does|did|has|have|"
    r"had|can|could|will|would|should)\b",
    _I,
)
_CLARIFIES: Final = re.compile(
    r"(?:for\s+(?:example|instance)|e\.?g\b|i\.?e\b|that\s+is\b|namely|such\s+as|"
    r"\((?!\s*please\s+note)|if\s+(?:available|possible|known|held|applicable|relevant|calendar|the\s+(?:full|actual|data|information))\b|"
    r"where\s+(?:available|possible|known|applicable)\b(?!.{0,20}please\s+(?:provide|supply|send)\s+(?:a\s+)?cop)|"
    r"(?:please|kindly)\s+(?:also\s+)?(?:can\s+you\s+)?(?:include|exclude|specify|break|split|separate|answer|select|tick|choose|mark|note\s+that|"
    r"supply\s+each|detail\s+the\s+figures|show\s+(?:each|this|these)|list\s+(?:these|them|each)|"
    r"(?:state|say|indicate|specify)\s+(?:which|whether\s+(?:this|these|it)|if\s+(?:this|these|it))|"
    r"(?:give|provide|supply)\s+(?:me\s+)?(?:this|these|it|them|each|a\s+(?:number|figure)\s+for\s+each|"
    r"(?:a|the)\s+(?:total|full)?\s*(?:figure|breakdown)))|"
    r"(?:please\s+)?(?:provide|give|state|confirm|include)\s+(?:their|its)\s|"
    r"yes\s*(?:/|or)\s*no\b|which\?$|"
    r"(?:and\s+)?(?:can|could|would)\s+(?:you|this|these|it|the)\b(?:\s+\w+){0,4}?\s+(?:break|broken|split|include|included|specify|separated?)\b|"
    r"i\s*(?:would|['’]d|am)?\s*(?:also\s+)?(?:like|appreciate|want)\s+(?:this|these|it|them|the\s+(?:data|figures?|information))\b"
    r"(?!.{0,40}\b(?:supplied|sent|provided|format)\b)|"
    r"(?:this|these|it)\s+(?!would\s+(?:help|be))(?:may|could|should|can|would|will|must|includes?)\b(?!.{0,60}\b(?:refus|exempt))|"
    r"(?:the|this|these)\s+(?:data|information|figures?|statistics|report|list|table|register|spreadsheet)\s+(?:should|must|needs?\s+to|to)\b|"
    r"(?:statistics|figures|data)\s+for\b.{0,120}\b(?:required|needed|wanted)\b|"
    r"or\s+(?:just|only)\b|a\s+(?:break-?down|split)\b.{0,80}$|(?:by\s+(?:this|that)\s+)?i\s+mean\b|please\s+(?:use|choose\s+from|enter)\b|"
    r"[a-z]|£|\*)",
    _I,
)
_LOWER: Final = re.compile(r"[a-z]")
_LOOSE_PERIOD: Final = re.compile(r"(?:in|for|between|from|over|during|covering)\s[^?]{0,40}\b(?:19|20)\d\d\b", _I)
"""Begins with a period: "in 2021/22 and 2022/23, each by department" below a list."""
_OTHERWISE: Final = re.compile(
    r"^(?:unless\s+[^,.?]{0,40}?(?:otherwise|stated|specified|noted|shown|indicated)\s*,?|except\s+where\s+[^,.?]{0,30}(?:stated|specified|noted)\s*,?)\s*",
    _I,
)
_SCOPE: Final = re.compile(
    r"^(?:(?:please|also|note|i|we|would|like|want|need|require|can|could|you|kindly|that|provide|supply|give|answer|do|"
    r"have)[\s,:]+){0,6}(?:all\s+(?:of\s+)?)?(?:the\s+)?(?:this|these|the\s+above|the\s+following\s+questions|above|"
    r"(?:questions?|points?|items?|parts?|bullets?)\s+[\dq][^.]{0,25}?|each\s+of\s+(?:these|the\s+above)|all\s+(?:figures|questions|answers|data))\b[^.?]{0,60}?"
    r"\b(?:for|cover|covers|covering|relat\w+|between|from|in|since|refers?|about|are|is|broken|split)\b",
    _I,
)
_FIGURES: Final = re.compile(
    r"^(?:(?:if|where)\s+possible\W+)?(?:please|could\s+you|can\s+you|i\s+would\s+like)?\W*(?:please\s+)?(?:provide|give|supply|show|break\s+down|split|have)?\s*(?:me\s+)?"
    r"(?:all\s+)?(?:the\s+|these\s+|all\s+)?(?:figures|data|numbers|information|answers|results)\s+(?:to\s+be\s+|should\s+be\s+)?(?:by|for|per|as\s+at|as\s+of|"
    r"broken|split|separated|separately|from|since|between|covering)\b",
    _I,
)
_MEASURES: Final = re.compile(
    r"\b(?:showing|including|of|on)\b[^.?]{0,20}(?:\bhow\s+(?:many|much|often|long)\b|\bthe\s+number\s+of\b)", _I
)
_REQUEST_ABOUT: Final = re.compile(
    r"^(?:this|my|our|the)\s+(?:foi\s+)?(?:request|query|enquiry)\s+(?:relates|concerns|is\s+about|covers|refers|is\s+for)\b|"
    r"^(?:please\s+)?note\b.{0,20}\b(?:following|above|these)\s+questions\b",
    _I,
)
_TOPIC: Final = re.compile(
    r"\b(?:information|info|details?|some\s+detail|data|questions?|request)\b[^.?]{0,80}?\b(?:on|about|regarding|concerning|"
    r"in\s+(?:relation|respect|regard)|with\s+(?:regards?|respect|reference)|relat(?:ing|ed)|in\s+connection|held\s+by|pertaining)\b",
    _I,
)
_WHOLE: Final = re.compile(
    r"\b(?:all|any|every|complete|full)\s+(?:\w+\s+){0,3}(?:information|data|details?|documents?|correspondence|emails?)\b|"
    r"\bdetails\s+of\b|\b(?:number|copy|copies|list)\b|\bwhat\b|\bhow\b",
    _I,
)
_ABOUT: Final = re.compile(
    r"\b(?:know|ask|hear|find\s+out|learn)\s+(?:you\s+)?(?:more\s+|something\s+|a\s+(?:bit|little)\s+)?about\b[^?:]*[.:]?$",
    _I,
)
_NARROWS: Final = re.compile(r"(?:in\s+particular|specifically|more\s+specifically|namely)\b", _I)
_ADDS: Final = re.compile(r"\b(?:also|additionally|in\s+addition|further|furthermore|as\s+well)\b", _I)
_FOI: Final = re.compile(
    r"freedom\s+of\s+information|\bfoi(?:a)?\b|\bthe\s+act\b|\b[A-Z]\w+\s+of\s+information\s+act", _I
)
_COMPLAINT: Final = re.compile(
    r"\b(?:to|formal|a)\s+compla(?:in|int)\b|\b(?:want|demand|expect|insist)\w*\b.{0,40}\b(?:disciplined|apolog\w+|compensat\w+|refund\w*|"
    r"sacked|dismissed|removed|stopped|fixed|repaired|action\s+taken)\b|\b(?:an\s+apology|my\s+compensation|compensate\s+me)\b",
    _I,
)
_VALUE: Final = re.compile(
    r"[\d\W]*(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d+(?:st|nd|rd|th)?|to|and|present|date|"
    r"year|q[1-4]|fy|financial|calendar|inclusive|[\W\d])+\W*",
    _I,
)


_REGISTER: Final = re.compile(
    r"\b(?:(?:list|register|breakdown|schedule|spreadsheet|log|inventory)\s+of|(?:list|detail)\s+(?:all|any|each|every|the))\b.*(?:\b(?:including|include|includes|showing|stating|giving|with|detailing|containing)|"
    r"\b(?:and|with|giving|showing|stating),?\s*(?:please,?\s+)?(?:for|of|in)\s+each(?:\s+(?:of\s+(?:them|these|those)|one|\w+))?)[\s,:;–-]*$|"
    r"\b(?:list|report|data|spreadsheet|table|register|file|extract)\s+(?:should|must|needs?\s+to|to)\s+(?:show|contain|include|give|list|state)[\s,:;–-]*$",
    _I | re.DOTALL,
)
"""Asks for one list, and ends before its fields."""
_BY: Final = re.compile(r"by\s+\w+", _I)
_BY_WHICH: Final = re.compile(
    r"\b(?:broken\s+down|split|separated|grouped|categori[sz]ed|sorted)\s+by[\s:;–-]*$|\bby\s+(?:each|the\s+following)\s+\w+[\s:;–-]*$",
    _I,
)
_FIELDS_BELOW: Final = re.compile(
    r"\b(?:with|under|using|showing)\s+(?:the\s+|these\s+)?(?:following|below)?\s*(?:details|headings|fields|columns|particulars)\b[^.?]{0,40}[:–-]\s*$|"
    r"\bfollowing\s+(?:details|particulars)\s+(?:for|of)\s+(?:each|every|the|your)\b[^.?]{0,60}[:–-]\s*$|\b(?:for|of)\s+each\s+\w+(?:\s+\w+)?\s*[:–-]\s*$|\bshowing\s+for\s+(?:each|every)\b[^.?:]{0,60}[:–-]\s*$",
    _I,
)
_BELOW: Final = re.compile(r"\b(?:the\s+following|as\s+follows|listed\s+below|set\s+out\s+below)\b", _I)
_NOUN_LINE: Final = re.compile(r"(?:the|an?|any|all|number|total|average|copy|copies)\s", _I)
_FINITE: Final = re.compile(
    r"^(?:the|an?|any|all|number|total|average|copy|copies)(?:\s+\w+){1,4}?\s+(?:is|are|was|were|has|have|had|will|would|should|can|may|must|do|does|did)\b",
    _I,
)
_MEASURED_ASK: Final = re.compile(
    r"(?:(?:the|any|all|a|total|overall)\s+)*(?:numbers?|how|percentage|proportion|cop(?:y|ies))\b", _I
)
_LIMITS: Final = re.compile(
    r"^(?:the\s+)?(?:\w+\s+){1,3}?(?:that\s+|which\s+)?(?:i|we)\s+(?:am|are|['’]m|['’]re)\s+(?:interested\s+in|asking\s+about|looking\s+at|concerned\s+with)\s+(?:are|is)\b\s*[:–-]?\s*$|"
    r"\b(?:it|this|that|list|register|them|data|report|spreadsheet)\s+to\s+(?:include|show|contain|give|state)\b[\s:;–-]*$",
    _I,
)
_FOR_EVERY: Final = re.compile(
    r"(?:please\s+)?for\s+(?:each|every)\s+(?:\w+\s+){1,3}?(?:we|i|please|can|could)\b[^.?:]{0,40}[:–-]\s*$", _I
)
_RECORDS: Final = re.compile(r"\b(?:list|register|dataset|database|log|details\s+of\s+(?:all|every|each))\b", _I)
_FILL_IN: Final = re.compile(r"\b(?:complete|fill\s+in|fill\s+out|under\s+(?:these|the\s+following)\s+headings)\b", _I)
_LEAST_MEASURE: Final = 5
_SHOWS: Final = re.compile(r"\b(?:showing|with|giving|for)\s+(?:the\s+)?(?:numbers?|costs?|amounts?|total|spend)\b", _I)
_OPTION: Final = re.compile(r"[☐☑☒□▢○◯]\s*\w|\[\s*[xX]?\s*\]\s*\w|\(\s{1,3}\)\s*\w|_{1,6}\s+\w|(?:[\w-]+\s+/\s+){2,}\w")
_HANGING: Final = re.compile(
    r"(?:^|,\s*)(?:(?:and|the|total|of\s+(?:these|those|them),?)\s+)*(?:how\s+many|numbers?|spend|spending|%|percentage|requests|referrals|complaints)\b[^.?:]{0,120}"
    r"\b(?:from|by|on|to|at|in|against)$",
    _I,
)
"""A measure that ends in a preposition, without a mark: "Of these, how many came from"."""
_LONGEST_VALUE: Final = 5
_WHETHER: Final = re.compile(r"whether\b", _I)
_OUTCOMES: Final = re.compile(
    r"(?:(?:the|any|main)\s+)*(?:outcomes?|results?|reasons?|causes?|types?|methods?|status|disposals?)\b[^.?]{0,60}[:–-]\s*$",
    _I,
)
"""Names a kind, and ends before what there is of it: "Outcome of the appeals:"."""
_COPIES: Final = re.compile(
    r"\bcop(?:y|ies)\s+of[\s:;,–-]*$|\b(?:ask(?:ing)?\s+for|(?:supply|provide|send|furnish)\s+(?:me|us)\s+with)[\s:;,–-]*$",
    _I,
)
"""Ends before the things asked for, each a document of its own."""
_NAMED: Final = re.compile(
    r"\b(?:the|these|those)\s+(?:following|below|listed)\s+(?:\w+\s+){0,2}\w+s\b[^.?:]{0,40}[:.?–-]?\s*$|\beach\s+of\s+(?:the\s+following|these|those)\b",
    _I,
)
"""Names the kind of the things listed below it: "at the following schools"."""
_NO_NAMES: Final = re.compile(
    r"\bfollowing\s+(?:\w+\s+)?(?:questions?|items?|points?|details|documents?|records?|figures|statistics|things|requests?|papers|facts|numbers|matters|reports?)\b",
    _I,
)
_STEM_LOOKED_AT: Final = 1000
"""Characters of a stem that say what stands below it: the last ones."""
_LONGEST_NAME: Final = 8
_LONGEST_FIELD: Final = 14


def are_values(stem: str, items: Sequence[str]) -> bool:
    """Tell whether the items below a stem are values, fields or a breakdown of what the stem asks.

    >>> are_values("How many officers left, broken down by:", ["rank", "length of service"])
    True
    >>> are_values("Please provide:", ["number of dogs seized", "cost of kennels"])
    False
    """
    if not items:
        return False
    stem = stem[-_STEM_LOOKED_AT:]
    lengths = [len(item.split()) for item in items]
    if _COPIES.search(stem):
        return False
    if all(_BY.match(item) for item in items):
        return True
    if _FIELDS.search(stem):
        return not any(
            _IMPERATIVE.search(item) or (_WH.match(item) and not _WHETHER.match(item) and n > 9)
            for item, n in zip(items, lengths, strict=True)
        )
    if _CHOICE.search(stem):
        return True
    if _PER_ITEM.match(stem) and stem[-1] in ":-" and max(lengths) <= 6 and len(items) > 1:
        return not any(_COUNTED.match(item) or item.endswith("?") for item in items)
    is_object = has_object(stem)
    is_register = _REGISTER.search(stem) is not None or _BY_WHICH.search(stem) is not None
    asked = [
        bool(_IMPERATIVE.search(item) or (item.endswith("?") or (_WH.match(item) and n > 5 and not is_register)))
        for item, n in zip(items, lengths, strict=True)
    ]
    if any(asked):
        return False
    if is_register:
        return statistics.median(lengths) <= _LONGEST_FIELD
    if _INCLUDING.search(stem) and is_object:
        return statistics.median(lengths) <= _LONGEST_FIELD
    hard = any(_HARD.match(item) and (n > 3 or _COUNTED.match(item)) for item, n in zip(items, lengths, strict=True))
    if hard:
        return False
    if all(_VALUE.fullmatch(item) for item in items):
        return True
    if not any(_MEASURED.match(item) for item in items):
        longest = max(lengths)
        names = _NAMED.search(stem) is not None and not _NO_NAMES.search(stem) and is_ask(stem)
        if (
            (longest <= _LONGEST_FIELD and names)
            or (longest <= _LONGEST_NAME and _OUTCOMES.match(stem))
            or (longest <= _LONGEST_VALUE and _HANGING.search(stem))
        ):
            return True
    if _AXES.search(stem) or (_PREPOSITION.search(stem) and is_object):
        return True
    bare = sum(is_bare(item) or n <= 6 for item, n in zip(items, lengths, strict=True))
    return is_object and bare == len(items) and not any(_WH.match(item) for item in items)


def has_object(stem: str) -> bool:
    """Tell whether a stem names the thing it asks for, and does not only point at "the following".

    >>> has_object("Please provide the following:"), has_object("How many cars were sold in:")
    (False, True)
    """
    return (is_ask(stem) and not _NO_OBJECT.search(stem) and len(stem.split()) > 2) or bool(
        _PREPOSITION.search(stem) and not _NO_OBJECT.search(stem) and len(stem.split()) > 3
    )


def is_field_stem(text: str) -> bool:
    """Tell whether a sentence asks for columns or fields of something named before it.

    >>> is_field_stem("Please provide a table with the following columns:")
    True
    """
    return (
        _FIELDS.search(text) is not None
        and re.search(r"\b(?:table|columns?|fields?|headings?|include)\b", text, _I) is not None
    )


def is_clarifying(text: str) -> bool:
    """Tell whether a sentence only narrows or explains the question before it.

    >>> is_clarifying("For example, by e-mail."), is_clarifying("How many were sold?")
    (True, False)
    """
    found = _CLARIFIES.match(text)
    if found is None:
        return False
    return not (found.group().isalpha() and len(found.group()) == 1 and (not _LOWER.match(text) or starts_ask(text)))


def is_example(text: str) -> bool:
    """Tell whether a stem opens a list of examples, which ask nothing.

    >>> is_example("For example:")
    True
    """
    return re.fullmatch(r"(?:for\s+(?:example|instance)|e\.?g\.?|example)\s*[:;,-]*", text, _I) is not None


def is_per_item(stem: str) -> bool:
    """Tell whether a stem asks the same fields for each of many things.

    >>> is_per_item("For each incident please state:"), is_per_item("For each of the last two years, please state:")
    (True, False)
    """
    return _PER_ITEM.match(stem) is not None


def is_field_line(text: str, longest: int = 6) -> bool:
    """Tell whether a line of at most so many words can be one field of a record.

    >>> is_field_line("Date of incident"), is_field_line("How many were there?")
    (True, False)
    """
    return (
        0 < len(text.split()) <= longest
        and not text.endswith("?")
        and not _COUNTED.match(text)
        and not _IMPERATIVE.search(text)
    )


def is_measure(said: str) -> bool:
    """Tell whether a list item names a measure of its own, whatever stands below it.

    >>> is_measure("Number of searches under section 60, by ethnicity"), is_measure("The number of:")
    (True, False)
    """
    return _MEASURED_ASK.match(said) is not None and has_object(said) and len(said.split()) >= _LEAST_MEASURE


def names_limits(said: str) -> bool:
    """Tell whether a sentence brings the list of what the question before it is about.

    >>> names_limits("The sites I am interested in are:"), names_limits("The sites are closed.")
    (True, False)
    """
    return _LIMITS.search(said) is not None


def lists_fields(said: str, before: str) -> bool:
    """Tell whether a sentence brings the fields of the list or register asked for before it.

    >>> lists_fields("For every entry we would like:", "Please send the register of moorings.")
    True
    """
    return _FOR_EVERY.match(said) is not None and _RECORDS.search(before[:_STEM_LOOKED_AT]) is not None


def is_form(stem: str) -> bool:
    """Tell whether a stem asks to fill in the fields that stand below it.

    >>> is_form("Please complete the details below for your machines:")
    True
    """
    return _FILL_IN.search(stem[-_STEM_LOOKED_AT:]) is not None


def shows_measure(said: str) -> bool:
    """Tell whether a sentence that brings a blank table says itself what is asked.

    >>> shows_measure("Please complete the table showing the number of thefts."), shows_measure("Fill in the table.")
    (True, False)
    """
    return _SHOWS.search(said) is not None


def is_blank_field(text: str) -> bool:
    """Tell whether a line is the name of a field with room behind it: "Start date:".

    >>> is_blank_field("Start date:"), is_blank_field("Number of sites:")
    (True, False)
    """
    return (
        text.endswith(":")
        and len(text.split()) <= _LONGEST_NAME
        and not _MEASURED_ASK.match(text)
        and not _IMPERATIVE.search(text)
        and not _WH.match(text)
        and not points_below(text)
    )


def opens_fields(stem: str) -> bool:
    """Tell whether a stem asks for one record or list, whose fields stand below it.

    >>> opens_fields("A list of all vehicles, with the following details for each vehicle:")
    True
    """
    stem = stem[-_STEM_LOOKED_AT:]
    return is_per_item(stem) or _REGISTER.search(stem) is not None or _FIELDS_BELOW.search(stem) is not None


def points_below(said: str) -> bool:
    """Tell whether a sentence says that what is asked follows it.

    >>> points_below("Please provide the following details for 2022.")
    True
    """
    return _BELOW.search(said) is not None


def is_noun_line(said: str) -> bool:
    """Tell whether a line names one thing and says nothing about it, as "The sale price" does.

    >>> is_noun_line("The legal fees."), is_noun_line("The fees were high.")
    (True, False)
    """
    return _NOUN_LINE.match(said) is not None and _FINITE.search(said) is None


def is_option(text: str) -> bool:
    """Tell whether a line is a box to tick or a choice to ring below a question.

    >>> is_option("[ ] Yes, all of them"), is_option("Yes, all of them")
    (True, False)
    """
    return _OPTION.match(text) is not None


def is_heading_for(text: str, kind: str | None) -> bool:
    """Tell whether what stands behind "PART TWO:" or "Contract 4 -" is only a title.

    >>> is_heading_for("Wide area network", "question"), is_heading_for("How many sites?", "question")
    (True, False)
    """
    return (
        kind == "question"
        and len(text.split()) <= _LONGEST_NAME
        and text[-1] not in "?."
        and not _MEASURED.match(text)
        and not _IMPERATIVE.search(text)
        and not _WH.match(text)
    )


def is_scope(text: str) -> bool:
    """Tell whether a sentence gives period, place or topic to the questions around it and asks nothing itself.

    >>> is_scope("All of the above for 2021 and 2022."), is_scope("How many were sold in 2021?")
    (True, False)
    """
    text = _OTHERWISE.sub("", text)
    if _LOOSE_PERIOD.match(text) and not is_ask(text):
        return True
    if _MEASURES.search(text):
        return False
    return _FIGURES.match(text) is not None or _SCOPE.match(text) is not None or _REQUEST_ABOUT.match(text) is not None


def is_topic(text: str, following: str) -> bool:
    """Tell whether an ask only names the topic that the next ask makes precise.

    >>> is_topic("I would like information about pools.", "How many are there?")
    True
    """
    if not following or _ADDS.search(following[:40]):
        return False
    if _NARROWS.match(following) and _TOPIC.search(text):
        return True
    if _ABOUT.search(text) and starts_ask(following) and not _WHOLE.search(text):
        return True
    if _WHOLE.search(text):
        return False
    return bool(_TOPIC.search(text)) and (_FOI.search(text) is not None or starts_ask(following))


def is_complaint(text: str) -> bool:
    """Tell whether a sentence complains or demands action instead of information.

    >>> is_complaint("I want an apology."), is_complaint("How many complaints were made?")
    (True, False)
    """
    return _COMPLAINT.search(text) is not None and "?" not in text


def is_dates(text: str) -> bool:
    """Tell whether a text holds nothing but dates, years or periods.

    >>> is_dates("April 2022 to March 2023"), is_dates("Fleet")
    (True, False)
    """
    return _VALUE.fullmatch(text) is not None


def is_value_line(text: str) -> bool:
    """Tell whether a line holds nothing but dates, years or a bare name.

    >>> is_value_line("1st April 2022 – 31st March 2023"), is_value_line("How many?")
    (True, False)
    """
    return _VALUE.fullmatch(text) is not None or (is_bare(text) and not is_ask(text))


_FOLLOWING: Final = re.compile(r"(?<=following)\s+(?:details|information|data|figures|questions)\b", _I)
_NAMES_MORE: Final = (
    r"\b(?:number|cost|list|cop(?:y|ies)|how|what|details?|all|sum|total|records?|correspondence|e-?mails|minutes|"
    r"reports?|figures)\b"
)


def is_contentless(said: str) -> bool:
    """Tell whether an ask names nothing, as "I would like to make a request" does.

    >>> is_contentless("Please help me with this request."), is_contentless("Please send the minutes.")
    (True, False)
    """
    said = _FOLLOWING.sub("", said)
    return re.search(
        r"\b(?:make|submit|making|submitting|help|answer|respond|following|(?:information|data|details|questions?)\s+below|this\s+request|an?\s+(?:foi\s+)?request|with\s+this)\b",
        said,
        re.IGNORECASE,
    ) is not None and not re.search(_NAMES_MORE, said, re.IGNORECASE)


def names_thing(said: str) -> bool:
    """Tell whether a stem of fields also names the thing whose fields they are."""
    return re.search(
        r"\b(?:list|copy|register|data|dataset|details)\b.{0,60}?\b(?:of|for|on|about)\b|\bfor\s+every\b|\beach\b",
        said,
        re.IGNORECASE,
    ) is not None and not re.match(r"please\s+include", said, re.IGNORECASE)
