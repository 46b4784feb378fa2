"""Sentences about the request and its reply that ask for no information.

In: one sentence outside a list. Out: whether it wishes for a way of answering, only announces that something is asked,
argues, or tells why something is asked.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["announces", "argues", "explains_itself", "speaks_of_reply", "wishes"]

_I: Final = re.IGNORECASE

_COUNTS: Final = re.compile(r"\bhow\s+(?:many|much|often|long)\b|\bnumber\s+of\b|\bcop(?:y|ies)\s+of\b", _I)

_UNANSWERABLE: Final = (
    r"(?:exempt\w*|refus\w+|withh[eo]ld\w*|redact\w*|black(?:ed|ing)\s+out|non-?disclosure|declin\w+|"
    r"(?:can(?:no|['’])t|can\s+not|unable\s+to|not\s+able\s+to|not\s+be|do(?:\s+not|n['’]t)|won['’]t|not)\s+(?:be\s+)?(?:provid\w+|suppl\w+|"
    r"answer\w*|disclos\w+|releas\w+|held|hold|available|deliverable|possible|feasible|break|split|separate)|manual\s+review|over\s+the\s+(?:time|cost)?\s*limit|too\s+long|in\s+part\s+only|only\s+in\s+part|"
    r"(?:more|other)\s+than\s+one\s+\w+|managed\s+by\s+an?\s|(?:smaller|fewer|less|lower)\s+than\s+\w+|(?:below|under)\s+(?:five|ten|\d)|no\s+(?:information|figures|data|records?)\b|"
    r"already\s+(?:published|online|available)|described|options\b|prefer\b|different\b)"
)
_CONDITION: Final = re.compile(
    rf"(?:(?:please\s+note\s+(?:that\s+)?)?(?:if|should|where|in\s+the\s+event|whe(?:re|n)ever|to\s+the\s+extent|in\s+case)\b"
    rf"(?!\s+(?:so|yes|no|not)\b)[^?]{{0,160}}?\b{_UNANSWERABLE}\b|"
    r"(?:where|if|should)\b[^.?]{0,30}\bnames?\b[^.?]{0,40}\b(?:junior|staff|officials?|individuals?|officers)\b)",
    _I,
)
_THEN: Final = re.compile(
    r"\b(?:releas\w+|answer\w*|explain\w*|stat\w+|tell|say|provid\w+|suppl\w+|let\s+me\s+know|cite|quote|specify|give|send|"
    r"omit\w*|leave\s+out|will\s+do|accepted|use|copy|skip|enter|leave|write|mark|delete|point|link|appreciated|helpful|is\s+fine|objection|happy|content|redact\w*|expect|appreciate|grateful|advi[sc]e|consider|proceed|return|indicate|contact)\b",
    _I,
)
_REPLY: Final = re.compile(
    r"(?:(?:i|we)(?:\s+would|['’]d)?\s+(?:like|want|ask\s+for)\s+(?:the|this|that|your)\s+(?:refusal|decision|response|reply|handling)\b[^.?]{0,40}\bto\s+be\s+"
    r"(?:\w+ly\s+)?(?:reviewed|looked\s+at|reconsidered)\b|(?:i|we)(?:\s+would|['’]d|\s+will)?\s+(?:appreciate|welcome|expect|like|be\s+grateful\s+for|ask\s+for)\s+(?:an?|your)\s+"
    r"(?:\w+\s+){0,2}(?:reply|response|answer|acknowledge?ment)\b|"
    r"(?:please|kindly|can\s+you|could\s+you)\s+(?:please\s+)?(?:reply|respond|acknowledge|(?:send|address|e-?mail|direct)\s+(?:it|this|these|everything|"
    r"(?:all|any|your|the)\s+(?:reply|replies|response|answers?|information|data|correspondence)))\b[^?]{0,60}\b(?:to|by|via|using|at|in|through|with)\b|"
    r"(?:please|kindly)\s+(?:reply|respond)\b[^?]{0,40}[.!]?$|(?:please|kindly)\s+(?:confirm|acknowledge)\s+(?:safe\s+)?receipt\b|"
    r"(?:an?\s+)?(?:spreadsheet|excel|csv|word|pdf)(?:\s+(?:file|format|document))?,?\s+(?:if\s+(?:possible|you\s+can)|please|will\s+do|is\s+fine)\W*$|"
    r"(?:totals|figures|numbers|counts)\s+only\b|(?:answers|data|figures|results|it|this|all)\s+(?:in|as)\s+(?:an?\s+)?(?:csv|excel|word|pdf|spreadsheet)\b|"
    r"(?:i|we)\s+(?:would|should|['’]d)\s+(?:\w+\s+)?(?:like|prefer)\s+(?:the|your|any|all)\s+(?:answers?|reply|response|data|results|documents)\s+(?:by|in|as|to\s+be\s+(?:sent|in))\b|"
    r"(?:information|details|names|data)\s+(?:on|of|about)\s+[^.?]{0,40}\b(?:can|may|could|should)\s+be\s+(?:removed|redacted|left\s+out|withheld|omitted)\b|"
    r"(?:i|we)\s+(?:understand|accept|appreciate|realise|know)\b(?!\s+(?:how|what|which|who|whether|if)\b)[^?]{0,120}\b(?:redact\w*|caveats?|removed|withheld|blacked\s+out|personal\s+data|approximate)\b|"
    r"please\s+leave\s+(?:out|them|it|this)\b|leave\s+(?:them|it|these)\s+out\b|"
    r"(?:please|kindly|can\s+you|could\s+you)\s+(?:please\s+)?(?:respond\s+to|answer|complete|return|use|fill\s+in)\s+(?:these|this|the|my|all|each|our)"
    r"[^?]{0,40}\b(?:using|via|by\s+(?:completing|using|email|e-mail|return)|on\s+(?:this|the)\s+form|in\s+(?:this|the)\s+(?:form|spreadsheet|table))\b|"
    r"(?:an?|any)\s+link\s+to\b[^?]{0,60}\b(?:fine|ok(?:ay)?|sufficient|enough|helpful|do)\b|"
    r"(?:i|we)\s+(?:do\s+not|don['’]t)\s+(?:need|require|want|object|mind)\b|"
    r"please\s+(?:do\s+not|don['’]?t)\b|(?:i|we)\s+would\s+be\s+grateful\s+for\s+(?:the|your|an?)\s+(?:answers?|reply|response)\b|"
    r"(?:personal\s+data|names?|(?:figures|numbers|values|counts)\b[^?]{0,30}|duplicate\w*|attachments)\b[^?]{0,30}\b(?:may|can|should|could)\s+be\s+(?:redacted|suppressed|"
    r"shown|given|reported|stated|left\s+out|included|removed|omitted|rounded|withheld|as\b)\b|(?:\w+\s+)?(?:names|addresses|details)\s+(?:are\s+)?not\s+(?:required|needed|wanted)\b|"
    r"(?:an?|the)\s+(?:spreadsheet|table|csv|word\s+document|pdf)\b[^.?]{0,60}\bwould\s+(?:be|suit)\b|please\s+answer\s+(?:for|on\s+behalf\s+of)\s+(?:your|the|each|every)\b|"
    r"should\s+you\s+(?:think|feel|find|consider|believe)\b[^?]{0,120}\bcontact\s+me\b|\([^()?]{3,60}\b(?:wanted|needed|required|as\s+necessary)\)$|"
    r"(?:i|we)\s+(?:have\s+no\s+objection|am\s+happy|are\s+happy|would\s+be\s+happy|am\s+content)\b)",
    _I,
)
_META: Final = re.compile(
    r"(?:so\s+)?(?:(?:here|this)\s+is\s+)?what\s+(?:i|we)\s+(?:ask|want|need|would\s+like)(?:\s+to\s+know)?\s+is\s+(?:this|as\s+follows|the\s+following)\W*|"
    r"(?:\w+\s+){0,2}questions?\s+from\s+an?\s+[^.?:]{3,50}\W*|"
    r"[^.?:]{0,120}\b(?:i|we)\s+(?:would|['’]d|should)?\s*(?:like|want|wish)\s+to\s+(?:know|ask)\s+(?:you\s+)?(?:a\s+few|some|several|a\s+couple\s+of)\s+(?:things?|questions?|points?)\b[^.?:]{0,60}\W*|"
    r"(?:please\s+)?(?:(?:could|can|would)\s+you\s+)?(?:please\s+)?(?:complete|fill\s+(?:in|out))\s+(?:this|the|our|my)\s+(?:\w+\s+){0,3}?(?:survey|questionnaire|form)\b[^.?]{0,60}[.?!]*|"
    r"(?:can|could|may)\s+i\s+(?:please\s+)?add\s+(?:the\s+following|this|these|one\s+more)\b[^?]{0,60}[.?]|"
    r"(?:i|we)\s+(?:\w+\s+){0,3}?(?:ask|request|seek)\b[^?:]{0,60}\b(?:these|the\s+following|some|a\s+few|several|two|three|four|five)\s+(?:things?|questions?|points?|items?)\W*|"
    r"(?:a\s+)?(?:simple\s+)?yes\s+or\s+no\W*|"
    r"(?:please\s+)?(?:(?:could|can|would|will)\s+(?:you|someone|somebody)\s+)?(?:please\s+|kindly\s+)?(?:help\s+(?:me\s+)?(?:with\s+)?|"
    r"answer|respond\s+to|deal\s+with|pick\s+up|look\s+into|look\s+at|action|process|log|consider|treat|assist(?:\s+me)?(?:\s+with)?)"
    r"(?:\s+(?:these|this|my|the\s+following|the\s+questions?(?:\s+below)?|it|below|all|of|questions?|request|enquiry|please))*"
    r"(?:\s+(?:as|under|in\s+line\s+with|in\s+accordance\s+with|using|through|via)\s+[^?.:]{0,60})?(?:\s+please)?\s*[?.:!]*",
    _I,
)
_WISH_TO: Final = re.compile(
    r"[^?]*\b(?:i|we)(?:['’]d|\s+would)?\s+(?:just\s+|also\s+)?(?:like|want|wish)\s+(?:to\s+(?:see\s+the\s+facts|understand|know\s+the\s+truth|get\s+to\s+the\s+"
    r"bottom|make\s+(?:sure|clear)|point\s+out|say|add|stress|remind|register|express|thank|begin|start|put\s+on\s+record|raise)\b(?![^?]*\b(?:how|what|which|"
    r"who|whether|number|cost|why|reasons?)\b)|(?:whoever|somebody|someone|you|them|him|her|this|it)\b[^?]{0,40}\bto\s+(?!(?:let|give|send|tell|provide|"
    r"supply|confirm)\b))[^?]*",
    _I,
)
_RHETORIC: Final = re.compile(
    r"(?:(?:and|so|but|well)[\s,]+)*(?:do(?:n['’]t)?\s+you\s+(?:not\s+)?(?:\w+ly\s+)?(?:think|believe|agree|expect|accept|feel|realise|care|understand)\b|"
    r"(?:why|how)\s+(?:can(?:no|['’])?t|won['’]t|don['’]t|doesn['’]t|should\s+(?:i|we)|must\s+(?:i|we)|on\s+earth|the\s+hell)\b|"
    r"how\s+(?:dare|can\s+(?:you|it|this|anyone|anybody)\s+(?:possibly\s+)?(?:be\s+right|justify|sleep|think|expect))\b|"
    r"who\s+(?:do\s+you\s+think|is\s+going\s+to\s+(?:pay|answer))\b|what\s+(?:do\s+you\s+expect|am\s+i\s+(?:supposed|meant|paying)|"
    r"planet|kind\s+of\s+(?:council|people|idiot))\b|is\s+(?:this|that|it)\s+(?:really\s+)?(?:acceptable|fair|right|too\s+much\s+to\s+ask|any\s+wonder|"
    r"what\s+(?:i|we)\s+pay)\b|is(?:n['’]t|\s+it\s+not)\b|are(?:n['’]t|\s+you\s+(?:ashamed|proud|serious|blind))\b|when\s+is\s+(?:somebody|someone|anybody|anyone|it)\s+going\s+to\b|when\s+will\s+(?:you|it|this)\s+"
    r"(?:ever\s+)?(?:learn|stop|end|wake|listen)\b)",
    _I,
)
_WHEN_ONLY: Final = re.compile(r"(?:when(?:ever)?|while|whilst)\s+(?:i|we)\b[^?]*[.!]$", _I)
_WHY_ASKED: Final = re.compile(
    r"for\s+(?:your\s+)?information,?\s+(?:i|we)\s+(?:am|are)\s+asking\b|"
    r"(?:i|we)\s+(?:(?:am|are)\s+)?(?:only\s+)?(?:ask(?:ing)?|request(?:ing)?|want|need|make\s+this\s+request|require)\s*(?:this|these|it|the\s+(?:above|"
    r"information|question))?\s*(?:,\s*)?(?:because|as\s+(?:i|we|my|our|part|it|the)|since|so\s+that|in\s+order|for\s+(?:my|our|a|the\s+purpose))\b",
    _I,
)


_LONGEST: Final = 700
"""Characters of the longest sentence that is looked at: nobody wishes, argues or announces at greater length."""


def wishes(text: str) -> bool:
    """Tell whether a sentence wishes how the request should be answered, or what to do where it cannot be.

    >>> wishes("Should any part be exempt please release the rest."), wishes("If so, how many were refused?")
    (True, False)
    """
    if len(text) > _LONGEST or _COUNTS.search(text):
        return False
    if _REPLY.match(text):
        return True
    found = _CONDITION.match(text)
    return found is not None and _THEN.search(text) is not None


def speaks_of_reply(text: str) -> bool:
    """Tell whether a sentence is about how or when the reply is to be given, and nothing else.

    >>> speaks_of_reply("Please reply within 20 working days."), speaks_of_reply("If not held by year, give the total.")
    (True, False)
    """
    return len(text) <= _LONGEST and _REPLY.match(text) is not None and _COUNTS.search(text) is None


def announces(text: str) -> bool:
    """Tell whether a sentence only says that something is asked, or why.

    >>> announces("Please could you answer these under FOI?"), announces("Please could you answer how many were sold?")
    (True, False)
    """
    return len(text) <= _LONGEST and _META.fullmatch(text) is not None


def explains_itself(text: str) -> bool:
    """Tell whether a sentence gives the reason of the request.

    >>> explains_itself("I ask because the letter was unclear.")
    True
    """
    return len(text) <= _LONGEST and _WHY_ASKED.match(text) is not None


def argues(text: str) -> bool:
    """Tell whether a sentence argues, scolds or demands to be heard, and asks for nothing on record.

    >>> argues("Do you honestly think this is acceptable?"), argues("Do you hold a policy?")
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    if _RHETORIC.match(text) or _WHEN_ONLY.match(text):
        return True
    return _WISH_TO.fullmatch(text) is not None
