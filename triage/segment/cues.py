"""Words that tell what a sentence of a request or reply is doing.

In: one sentence. Out: yes or no for one cue, or a first guess at its role.
"""

from __future__ import annotations

import re
from typing import Final

from triage.segment.asides import announces, argues, explains_itself, wishes

__all__ = ["guess_role", "is_ask", "is_bare", "is_salutation", "is_sign_off", "starts_ask"]

_FLAGS: Final = re.IGNORECASE
_LEAD: Final = (
    r"(?:(?:and|also|but|so|then|or|finally|lastly|firstly|secondly|thirdly|fourthly|fifthly|sixthly|seventhly|eighthly|"
    r"first of all|last of all|first|second|third|fourth|fifth|next|further|furthermore|additionally|"
    r"moreover|again|separately|specifically|in addition|in particular|if (?:so|yes|no|not|known|possible|available)|"
    r"where (?:possible|held|known|available))\b[\s,:;-]*)*"
    r"(?:(?!to\s+whom\s+(?:it|this)\b)(?:on|at|in|for|by|from|to|with|under|of)\s+(?=(?:what|which|whom|how\s+many)\b))?"
)
_WH: Final = r"(?:how|what|what's|which|who|who's|whom|whose|when|where|why|whether)\b"
_AUX: Final = (
    r"(?:is|are|was|were|do|does|did|dose|has|have|had|can|could|will|would|should|may|might|am|must)\s+"
    r"(?:(?:you|your|it|its|there|they|their|the|this|that|these|those|any|all|a|an|we|i|he|she|our|my|each|every|"
    r"some|either|agents|staff|officers|members|residents|people|children|schools)\b|(?-i:[A-Z]))"
)
_VERB: Final = (
    r"(?:provide|supply|send|give|tell|confirm|state|list|disclose|share|specify|identify|describe|detail|explain|advise|"
    r"release|forward|clarify|indicate|outline|include|add|update|name|show|let\s+(?:me|us)|break|breakdown|split|report|"
    r"answer|complete|furnish|e-?mail|copy|publish|make|say|attach|set\s+out|help|supplied?|fill)"
)
_PLEASE: Final = r"(?:please|kindly|pls|plz)\b"
_WISH: Final = (
    r"(?:i|we)(?:\s+|['’])(?:(?:would|d|should|will|was|were|also|again|further|therefore|now|hereby|am|are|m|re|do|just|only|"
    r"really|very|formally|specifically|particularly|kindly|be|in\s+addition|additionally|then|finally|lastly|much|too|as\s+well|simply|hence|accordingly|like\s+too)\s+){0,5}"
    r"(?:like|love|appreciate|be\s+(?:grateful|obliged|glad|pleased|thankful|keen)|obliged|grateful|be\s+interested|interested|wish|want|need|require|request|requesting|"
    r"ask|asking|seek|seeking|after|looking\s+for|welcome|(?:curious|keen)(?=\s+(?:\w+\s+){0,2}?(?:how|what|which|whether|who|when|where|to\s+(?:know|learn|see|have|hear)))|"
    r"wonder(?:ed)?(?=\s+(?:how|what|which|whether|who|when|where))|wondering|writing\s+to\s+(?:request|ask|enquire|inquire|make|obtain|seek|formally))\b"
)
_QUANTITY: Final = (
    r"(?:(?:the|a|an|any|all|each|every|total|overall|annual|monthly|yearly|average|mean|median|current|latest|full|"
    r"complete|actual|maximum|minimum|approximate|exact|recorded|names?\s+and)\s+)*"
    r"(?:number|no\.?(?=\s+of)|numbers|sums?|total|totals|amount|amounts|cost|costs|spend|spending|expenditure|budget|value|values|copy|"
    r"copies|list|lists|breakdown|details?|percentage|proportion|rate|rates|figures?|statistics|stats|data|names?(?=\s)|"
    r"date|dates|length|duration|description|minutes|correspondence|polic(?:y|ies)|procedures?|guidance|contracts?|"
    r"reports?|documents?|information|records?|emails|e-mails|communications?|reasons?(?=\s+(?:for|why|behind)\b(?!\s+(?:the|this|my)\s+request))|results?|income|revenue|"
    r"salary|salaries|size|type|types|quantity|frequency|definition|summary|evidence|proof|job\s+titles?|locations?|"
    r"(?:\w+\s+){1,2}(?:costs?|spend|fees?|value|price|budget)(?=\W*$|\s+and\b)|start\s+date|end\s+date|timeframes?|targets?|ranking|structure|spreadsheet)\b"
)
_MEASURED: Final = re.compile(
    rf"{_LEAD}(?:{_WH}|{_AUX}|{_PLEASE}|{_WISH}|(?:(?:the|a|an|any|all|total|overall|annual|average)\s+)*"
    r"(?:number|totals?|amount|cost|costs|spend|expenditure|cop(?:y|ies)|list|percentage|proportion|income)\b)",
    _FLAGS,
)
_COUNTED: Final = re.compile(
    rf"{_LEAD}(?:how\s+(?:many|much|often)|(?:(?:the|a|an|any|all|total|overall|annual|average)\s+)*"
    r"(?:number|percentage|proportion|cop(?:y|ies)|list)\b)",
    _FLAGS,
)
_START: Final = re.compile(
    rf"[\"'“‘(]*{_LEAD}(?:{_WH}|{_AUX}|{_PLEASE}|{_WISH}|(?:{_VERB}\s+(?:me|us|the|a|an|all|any|your|whether|how|what|"
    rf"which|who|details?|copies|information|if|each|every|for|to)\b)|{_QUANTITY})",
    _FLAGS,
)
_ASK: Final = re.compile(
    rf"\?|{_PLEASE}(?:\W+\w+){{0,6}}?\W+{_VERB}\b|\b(?:can|could|would|will|may)\s+(?:you|i|we)\b|{_WISH}|"
    rf"\b(?:act|foia?)\b(?:\s+\d{{4}})?,?\s+(?:please\s+)?(?:tell|send|give|provide)\s+(?:me|us)\b|\btell\s+(?:me|us)\s+(?:how\s+(?:many|much)|what|which)\b|"
    rf"\bwhat\s+(?:i|we)\s+(?:\w+\s+){{0,2}}(?:want|need|require|ask\s+for|am\s+asking\s+for|would\s+like|seek)\b[^.?]{{0,80}}\b(?:is|are)\s+(?:the|a|any|all|copies|how|what)\b|"
    rf"\b(?:information|data|figures|details|records)\b[^.?]{{0,80}}\b(?:is|are)\s+(?:hereby\s+)?(?:requested|sought|required|wanted|needed)\b|"
    rf"\bwould\s+it\s+be\s+possible|\bit(?:\s+would|['’]d)\s+(?:\w+\s+)?(?:help|be\s+(?:\w+\s+){{1,3}}?|\w+\s+(?:\w+\s+){{0,3}}?)\s*to\s+(?:have|know|see|get|be\s+(?:given|told|shown|sent)|tell\s+me)\s+(?:the|a|any|all|how|what|which|whether|who|when|where|that\s+\w+\s+\w+|of)\b|"
    rf"^[\"'“‘(]*(?:also,?\s+)?(?:very\s+|most\s+)?grateful\s+(?:\w+\s+)?(?:for|if|to)\s+(?!your\s+(?:help|time|assistance|reply)|an?\s+(?:\w+\s+)?(?:reply|response|answer|acknowledge))|"
    rf"^[\"'“‘(]*(?:also|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|lastly|finally),?\s+(?:the|any|all|a|copies|whether|how|what|who|in\s+(?:respect|relation))\s|"
    rf"\b(?:purpose|point)\s+of\s+this\s+(?:letter|e-?mail|request)\s+is\s+to\s+(?:obtain|ask|request|find\s+out)\b|"
    rf"^[^.?!]{{4,120}}\b(?:would\s+(?:also\s+)?be\s+(?:welcome|of\s+interest|helpful|useful|interesting)(?:\s+too)?|as\s+well,?\s+please)\W*$|"
    rf"\b(?:interest|question|query)\s+is\s+{_WH}|[:;]\s+{_LEAD}(?:{_WH}|{_QUANTITY})|^[\"'“‘(]*{_LEAD}(?:{_WH}|{_AUX}|{_QUANTITY}|{_VERB}\s+(?:me|us|the|a|an|all|any|your|whether|"
    rf"how|what|which|who|details?|copies)\b)",
    _FLAGS,
)
_DECLARED: Final = re.compile(
    rf"{_QUANTITY}[^.?!:;]*?\b(?:is|are|was|were|shows?|showed|suggests?|appears?|seems?|should|will|"
    r"ha(?:s|ve)\s+(?:been|risen|increased|fallen|gone|grown|dropped))\b",
    _FLAGS,
)
_REQUESTED: Final = re.compile(r"\b(?:is|are)\s+(?:hereby\s+)?(?:requested|sought|required|wanted|needed)\b", _FLAGS)
_RELATIVE: Final = re.compile(
    r"\b(?:that|which|who|whom|whose|where|when|if|whether|there|they|it|we|you|what|how|as)\b", _FLAGS
)
_ORDERS: Final = re.compile(rf"{_PLEASE}|{_WISH}|\b(?:can|could|would)\s+(?:you|i|we)\b", _FLAGS)
_GREETING: Final = re.compile(
    r"(?:dear|hi|hiya|hello|hey|good\s+(?:morning|afternoon|evening|day)|to\s+whom\s+it\s+may\s+concern|fao|attn)\b",
    _FLAGS,
)
_SIGN_OFF: Final = re.compile(
    r"(?:yours?(?:\s+(?:faithfully|sincerely|truly|etc))?|(?:with\s+)?(?:kind(?:est)?|best|warm(?:est)?|many)?\s*regards|"
    r"yours?,?\s+(?:in\s+)?\w+(?:\s+\w+)?,|best(?:\s+wishes)?|all\s+the\s+best|(?:with\s+)?(?:many\s+)?(?:kind\s+)?thanks?(?:\s+(?:you|again|in\s+advance|"
    r"and\s+(?:kind\s+|best\s+)?regards))*|sincerely|faithfully|cheers|respectfully|from|sent\s+from\s+my\s+\w+)[\s,.!]*",
    _FLAGS,
)
_CLOSING: Final = re.compile(
    r"(?:many\s+|kind\s+|firstly,?\s+)?thank(?:s|\s+you)\b|(?:i|we)\s+(?:very\s+much\s+)?look(?:ing)?\s+forward|looking\s+forward|"
    r"your\s+assistance\b.{0,60}\bappreciated|(?:i\s+|we\s+)?hope\s+(?:you|your|this|all)\b|please\s+acknowledge\s+(?:receipt|this)|"
    r"should\s+you\s+(?:have|need|require|wish)\b",
    _FLAGS,
)
_HEADER: Final = re.compile(
    r">|(?:from|sent|to|cc|bcc|subject|date|reply-to):\s|-{2,}\s*(?:original|forwarded)\b|_{8,}$|on\s.{6,90}\bwrote:$|"
    r"begin\s+forwarded\s+message",
    _FLAGS,
)
_COST: Final = re.compile(
    r"\b(?:cost|time|foi|fees?)[\s/]+(?:\w+[\s/]+){0,2}?(?:limits?|threshold|ceiling)|appropriate\s+limit|18\s+hours|"
    r"\bsection\s+1[26]\b|\bs\.?\s?1[26]\b|advice\s+and\s+assistance|exceed(?:s|ing|ed)?\b.{0,40}\b(?:cost|limit|time|threshold)|"
    r"cost\s+of\s+compliance|(?:is|be|are|were|proves?|if\b.{0,40})\s+too\s+(?:much|costly|expensive|broad|wide)|refin(?:e|ed|ing)\b|narrow\s+(?:this|it|the|down)|"
    r"until\s+the\s+limit|order\s+of\s+(?:priority|importance)|prioriti[sz]e\s+(?:question|item|part)|disproportionate",
    _FLAGS,
)
_FORMAT: Final = re.compile(
    r"\b(?:excel|csv|xlsx?|pdf|spreadsheet|word\s+document|machine[\s-]readable|electronic(?:ally)?|hard\s+copy|"
    r"(?:by|via)\s+e-?mail|searchable|editable|original\s+format\w*|preferred\s+format|structured\s+format|this\s+form|"
    r"table\s+headings?)\b",
    _FLAGS,
)
_FORMAT_OBJECT: Final = re.compile(
    rf"(?:{_PLEASE}|\b(?:can|could|would)\s+(?:you|i|this|these|the)\b|\b(?:i|we)\s+(?:would|['’]d|prefer|request|am|want)\b|"
    r"^(?:this|these|the)\b|\bpreferabl[ey]\b|\bideally\b)",
    _FLAGS,
)
_DEADLINE: Final = re.compile(
    r"\b(?:20|twenty)\s*(?:working|business)?\s*-?days?\b|working\s+days|statutory\s+(?:time|deadline|limit|period)|"
    r"\bno\s+later\s+than\b.{0,40}\b(?:20\d\d|respon)|within\s+the\s+(?:time|statutory)",
    _FLAGS,
)
_CONTACT: Final = re.compile(
    r"(?:if|should)\b.{0,90}\b(?:contact\s+me|let\s+me\s+know(?!\s+(?:how|what|which|who|when|where|why|whether|the)\b)|get\s+in\s+touch|clarif\w+|any\s+(?:queries|questions))|"
    r"if\b.{0,70}\b(?:publicly|already|elsewhere|online)\b.{0,40}\b(?:direct|point|link|let\s+me|tell\s+me|i\s+would)|"
    r"^(?:a|the)\s+(?:split|breakdown)\b.{0,60}\bwould\s+be\b|\bnot\s+essential\b|"
    r"(?:do\s+not|don['’]t)\s+hesitate|(?:let\s+me\s+know|contact\s+me|inform\s+me)\b.{0,70}\b(?:clarif|question|further\s+"
    r"information|refine|fees?|charges?|narrow|limit|need)|unable\s+to\s+(?:provide|supply|answer)|^if\b[^?]{0,60}\b(?:refus|withh[eo]ld|redact|exempt)\w*|\bwhich\b.{0,40}\byour\s+(?:response|answer|reply)\s+(?:relates|refers)|^if\s+(?:this|that|it)\s+is\s+not\s+(?:deliverable|possible|feasible|practical)|"
    r"(?:cannot|can['’]?t|can\s+not|not\s+possible|not\s+able)\b.{0,40}\b(?:provide|supply|answer|met)\b",
    _FLAGS,
)
_PRIOR: Final = re.compile(
    r"\b(?:my|our|your|the|an?)\s+(?:\w+\s+){0,2}(?:earlier|previous|last|prior)\s+(?:foi|request|reply|response|answer|disclosure)|"
    r"\b\d{2}[./]FOI[./]\d{2}[./]\d{3,}|\byour\s+(?:answer|reply|response)\s+to\b|\bas\s+in\s+previous\s+years\b|"
    r"\byou\s+(?:supplied|gave|disclosed|provided|answered|refused|rejected)\b",
    _FLAGS,
)
_OPINION: Final = re.compile(
    r"\bi\s+(?:believe|think|find|feel|submit|contend|consider|remind|suspect)\b|\bin\s+my\s+(?:opinion|view)\b|"
    r"\b(?:shocking|disgrace\w*|appalling|outrageous|unacceptable|disgusting)\b|\bpublic\s+interest\b",
    _FLAGS,
)
_DEFINITION: Final = re.compile(
    r"\bwhen\s+i\s+(?:say|said|wrote|write|put)\b[^.?]{2,60}\bi\s+(?:mean|meant)\b|[\"“'‘][^\"”'’]{2,60}[\"”'’]\s+(?:means|refers?\s+to|is\s+defined|includes)|\bby\s+[\"“'‘]?[^,]{2,50},?\s+i\s+mean|"
    r"\b(?:is|are)\s+defined\s+as\b|\bmeans?\s+(?:any|a|an|the)\b|^(?:please\s+)?note\s*:|for\s+(?:the\s+purposes?\s+of\s+)?"
    r"this\s+request\s*:|^[A-Z][\w -]{1,30}:\s+(?:any|a|an|the)\s",
    _FLAGS,
)
_CLARIFICATION: Final = re.compile(
    r"\b(?:to|by\s+way\s+of|for)\s+(?:clarify|clarification)\b|\b(?:i|we)\s+(?:(?:can\s+)?confirm\s+that\s+)?(?:i\s+)?(?:am|are)\s+only\s+"
    r"(?:interested|asking|looking|after|concerned)\b|^(?:further\s+to|following)\s+(?:our|your)\s+(?:conversation|call|telephone|phone|e-?mail|message|"
    r"question)\b(?!.*\b(?:how\s+(?:many|much)|provide|send|supply)\b)|^to\s+answer\s+your\s+question\b|\bfor\s+the\s+avoidance\s+of",
    _FLAGS,
)
_LAW: Final = re.compile(
    r"^(?:this\s+is|(?:i|we)\s+(?:am|are)\s+(?:writing|making|submitting|sending)|please\s+(?:treat|accept|consider)\s+this|"
    r"(?:i|we)\s+(?:would\s+like\s+to|wish\s+to|hereby)?\s*(?:make|submit)|freedom\s+of\s+information|request\s+(?:for\s+"
    r"information\s+)?under|foi\b|(?:the\s+)?reasons?\s+for\s+(?:the|this|my)\s+request)",
    _FLAGS,
)
_INTRODUCES: Final = re.compile(r"(?::\s*[-–—]?|;\s*-|\s[-–—])$|\bfollowing(?:\s+\w+){0,3}\s*[.:]?$", _FLAGS)


def _declares(text: str) -> bool:
    """Tell whether a sentence opens with a quantity but only states something about it."""
    head = _DECLARED.match(text)
    return (
        head is not None
        and "?" not in text
        and _ORDERS.search(text) is None
        and _REQUESTED.search(text) is None
        and _RELATIVE.search(head.group()) is None
    )


def starts_ask(text: str) -> bool:
    """Tell whether a sentence opens like something asked: an interrogative, an imperative or a quantity.

    >>> starts_ask("The number of dogs seized"), starts_ask("Director of Fleet")
    (True, False)
    """
    return _START.match(text) is not None


def is_ask(text: str) -> bool:
    """Tell whether a sentence asks for something anywhere in it.

    >>> is_ask("Under the Act please send me the minutes."), is_ask("I live nearby.")
    (True, False)
    """
    return _ASK.search(text) is not None


def is_sign_off(text: str) -> bool:
    """Tell whether a line is nothing but the closing formula of a letter.

    >>> is_sign_off("Kind regards,"), is_sign_off("Regards the pool, how deep is it?")
    (True, False)
    """
    return _SIGN_OFF.fullmatch(text) is not None


def is_salutation(text: str) -> bool:
    """Tell whether a line opens or closes a letter and holds nothing else.

    >>> is_salutation("Dear FOI team,"), is_salutation("Kind regards,"), is_salutation("Dear me, how many?")
    (True, True, False)
    """
    return is_sign_off(text) or (_GREETING.match(text) is not None and len(text) <= 60 and text[-1] not in "?.")


def is_bare(text: str) -> bool:
    """Tell whether a list item is a bare noun phrase of a few words, as values and fields are.

    >>> is_bare("length of service"), is_bare("how many left?")
    (True, False)
    """
    return len(text.split()) <= 5 and not _MEASURED.match(text) and text[-1:] != "?"


def guess_role(text: str, *, has_marker: bool, before_list: bool) -> str:
    """Guess what one sentence does in a request.

    Args:
        text: The sentence without its marker.
        has_marker: It is a list item.
        before_list: The next line is a list item.
    """
    if _HEADER.match(text):
        return "forward_header"
    if text.count("|") > 1 or text.count("\t") > 1:
        return "table"
    if not has_marker:
        if _GREETING.match(text) and len(text) <= 80:
            return "greeting"
        if is_sign_off(text) or _CLOSING.match(text):
            return "closing"
    if (role := _guess_aside(text, has_marker=has_marker, before_list=before_list)) is not None:
        return role
    if _INTRODUCES.search(text) and not text.endswith("?"):
        return "preamble" if is_ask(text) or before_list or len(text.split()) > 6 else "heading"
    if not has_marker and _declares(text):
        return "background"
    if is_ask(text):
        return "preamble" if before_list and not has_marker and "?" not in text else "q"
    if has_marker:
        return "values" if is_bare(text) else "q"
    return "heading" if before_list and len(text.split()) <= 8 else "background"


def _guess_aside(text: str, *, has_marker: bool, before_list: bool) -> str | None:
    """Recognise what is said about the request and is not asked in it."""
    if _COUNTED.match(text):
        return None
    if not (has_marker or text[-1] in ":-"):
        if wishes(text):
            return "constraint"
        if argues(text):
            return "opinion"
        if announces(text):
            return "preamble"
        if explains_itself(text):
            return "background"
    if _PRIOR.search(text) and not is_ask(text):
        return "prior_ref"
    if _CONTACT.search(text) or (not has_marker and (_COST.search(text) or _DEADLINE.search(text))):
        return "constraint"
    is_opening = before_list and (text[-1] in ":-" or "following" in text)
    if not (has_marker or is_opening) and _FORMAT.search(text) and _FORMAT_OBJECT.search(text) and len(text) < 260:
        return "constraint"
    if _CLARIFICATION.search(text):
        return "clarification"
    if _DEFINITION.search(text):
        return "definition"
    if _LAW.match(text) and not text.endswith("?"):
        return "background"
    if _OPINION.search(text) and not text.endswith("?") and not has_marker:
        return "opinion"
    return None
