"""Hear what one sentence of a reply says about a decision.

In: a sentence with its citations. Out: cues. The wordings are those of 266 replies read and coded by hand (93 pages of
one force's disclosure log, letters and threads of 42 authorities, 2008-2025).
"""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from typing import Final

import msgspec

from triage.read.effects import Effect, effect_of
from triage.read.wording import any_of, squeeze
from triage.schema import Citation, Role

__all__ = ["Cue", "Statement", "asks_back", "disowns", "find_cues", "is_hypothetical", "is_tail"]


class Cue(StrEnum):
    """What a sentence may say about a decision."""

    NCND = "ncnd"
    COST = "cost"
    VEXATIOUS = "vexatious"
    FUTURE = "future"
    ACCESSIBLE = "accessible"
    NOT_HELD = "not_held"
    WITHHELD = "withheld"
    DISCLOSED = "disclosed"
    PARTLY = "partly"
    CLARIFICATION = "clarification"
    ACKNOWLEDGED = "acknowledged"
    PENDING = "pending"
    ADVICE = "advice"
    GOODWILL = "goodwill"
    CONTENT = "content"


class Statement(msgspec.Struct, frozen=True):
    """One sentence of a reply with what it cites; offsets are those of the reply's text."""

    start: int
    end: int
    text: str
    citations: tuple[Citation, ...] = ()


_NCND: Final = any_of(
    r"neither (?:to )?confirm",
    r"\bnor (?:to )?den(?:y|ies|ied|ying)\b",
    r"(?:refus\w+|declin\w+|not obliged|exclud\w+|excuse\w*) (?:\w+ ){0,4}(?:to )?confirm(?:ing)? or den",
    r"duty to confirm or deny (?:does not|is (?:excluded|disapplied))",
)

_NCND_TAIL: Final = any_of(
    r"any (?:other|further|additional|more) (?:relevant )?(?:information|data|material|records?)",
    r"whether (?:or not )?(?:any|it holds any) (?:other|further)",
    r"no inference",
)

_COST: Final = any_of(
    r"(?:exceed\w*|above|over|beyond|more than|in excess of|outside) (?:\w+ ){0,3}(?:the "
    r"|our )?(?:appropriate|cost|costs|18[- ]hours?|fees|statutory|time)"
    r"(?: \w+)? ?(?:limit|threshold|ceiling|level)",
    r"exceed\w* the (?:time|cost|hours|limit) (?:that )?(?:the law|the act|the regulations) (?:allows?|sets?"
    r"|permits?)",
    r"(?:appropriate|cost) (?:limit|threshold) (?:would|will|is|has been) (?:be )?(?:\w+ )?exceeded",
    r"(?:exceed|more than|over|in excess of|beyond) (?:the )?(?:18|eighteen|24|twenty[- ]four) hours",
    r"not in an? (?:format|form|way) that (?:allows|permits|enables|lets)\b[^.]{0,40}\b(?:retriev|within)"
    r"|\bexcess cost\b",
    r"not held in (?:an? |any )?(?:\w+ ){0,3}(?:retrievable|reportable|searchable|extractable"
    r"|recoverable) (?:format|form|way)",
)

_VEXATIOUS: Final = any_of(r"\b(?:is|as|considered|deemed|be|it) (?:\w+ )?vexatious\b", r"\brepeat(?:ed)? request\b")

_FUTURE: Final = any_of(
    r"intended for (?:future )?publication",
    r"(?:will|is due to|are due to|is to|are to|shall) be (?:\w+ )?(?:published"
    r"|included in (?:the|our|its) (?:\w+ )*(?:report|statistics|publication))",
    r"will be laid (?:\w+ ){0,4}?before (?:parliament|the (?:house|assembly|council|board))",
    r"intend(?:s)? to publish|due for publication|held with a view to (?:its )?publication",
    r"publication (?:is )?(?:planned|scheduled|expected|due)",
)

_ACCESSIBLE: Final = any_of(
    r"(?:already|previously|routinely|also|publicly|now|been) (?:been )?(?:publicly )?(?:published|disclosed"
    r"|available|accessible|released|in the public domain)",
    r"reasonably accessible",
    r"(?:accessible|available) (?:to (?:you|the applicant) )?(?:by|via|through|from) (?:other|another)",
    r"publicly (?:available|accessible)|in the public domain",
    r"(?:is|are|can be|may be) (?:all |freely )?(?:available|found|viewed|accessed|seen|downloaded|obtained"
    r"|read|inspected)\b[^.]{0,90}(?:website|web ?site|online|web page|link|https?:|www\.|register|portal"
    r"|here\b|library|page)",
    r"(?:published|publish(?:es)?) [^.]{0,60}(?:website|online|at (?:https?|www)|on (?:its|our|their) "
    r"|in (?:the|our|its) (?:annual|accounts))",
    r"\b(?:is|are) (?:already |also |all |now )?on (?:the|our|its) (?:\w+ ){0,3}(?:portal|web ?site|web ?pages?"
    r"|internet|register)\b",
    r"(?:see|visit|follow|use) (?:the |this |our )?(?:following |previous |earlier )?(?:link|disclosure"
    r"|web ?site|publication)",
    r"\b(?:see|consult|refer to) [^.]{0,60}\bon (?:our|the|its) (?:\w+ ){0,2}(?:web ?site|web ?pages?|portal"
    r"|internet)\b",
)
_ACCESSIBLE_GUARD: Final = any_of(
    r"\b(?:to |by )?(?:plac|put|releas|disclos)\w*\b[^.]{0,120}\b(?:in|into) the public domain\b"
    r"(?=.*\b(?:would|could)\b)",
    r"\b(?:published|disclosed|released|available) (?:\w+ )?(?:by|from|at) (?:any |some |all )?(?:other|another)\b"
    r"(?!.*\b(?:https?:|www\.|exempt))",
)
"""Says what would follow if it were made public."""

_THINGS: Final = (
    r"(?:information|records?|data|documents?|figures?|copy|copies|count|polic(?:y|ies)|statistics"
    r"|correspondence|minutes"
    r"|reports?|assessments?|lists?|material)"
)
_NOT_HELD: Final = any_of(
    r"\b(?:do(?:es)?|did|is|are|was|were) ?(?:not|n.t) (?:\w+ ){0,2}(?:hold|held|possess|keep|kept|record(?:ed)?"
    r"|collect(?:ed)?|maintain(?:ed)?|retain(?:ed)?|store)\b(?! (?:to|been) )",
    rf"\b(?:do(?:es)?|did) ?(?:not|n.t) have (?:\w+ ){{0,3}}{_THINGS}\b",
    rf"\b(?:have|has) ?(?:not|n.t) got (?:\w+ ){{0,3}}{_THINGS}\b",
    rf"\b(?:hold|holds|held|have|has|found|located|locate|find|keeps?|records?) no (?:\w+ ){{0,3}}(?:{_THINGS}"
    rf"|such|written|recorded)",
    rf"\bno (?:\w+ ){{0,3}}{_THINGS} (?:\w+ ){{0,6}}?(?:held|exists?|found|located|recorded|kept|made)",
    rf"\bthere (?:is|was|are|were) no (?:\w+ ){{0,2}}{_THINGS} of (?:it|this|that|them|these|any)\b",
    r"\b(?:hold|holds|held) nothing\b",
    r"\bno (?:\w+ ){0,2}(?:plans?|papers?|files?|e-?mails?|letters?|contracts?|agreements?|maps?|drawings?|recordings?"
    r"|footage|registers?|guidance|procedures?|briefings?|notes?|logs?|photographs?) (?:\w+ ){0,4}?(?:is|are"
    r"|was|were) "
    r"(?:currently |now )?held\b",
    rf"\bso no (?:\w+ ){{0,2}}{_THINGS}\b|\b(?:nothing|none) (?:that )?(?:we|I) hold\b|\bfound nothing\b",
    rf"\bso there (?:is|are|was|were) no (?:\w+ ){{0,2}}{_THINGS}\b",
    r"\b(?:papers|records|files|documents)\b[^.]{0,30}\b(?:went|passed|(?:were )?transferred|moved"
    r"|handed over)\b[^.]{0,25}\bto "
    r"(?:the|another|its|a|their)\b",
    r"(?:failed to (?:locate|find|identify)|nothing (?:is )?held|not (?:\w+ )?held|information not held"
    r"|none (?:is |are |was )?(?:held|kept)|nothing (?:was|has been) (?:recorded|found))",
    r"\bnot (?:something|anything|a (?:figure|thing|matter)|information|data|an? \w+) (?:that |which )?"
    r"(?:(?:we|I|this|the|our)\b(?: \w+){0,4}? )?(?:hold|holds|held|keep|keeps|record|records|collect|collects)\b",
    r"\b(?:put|direct|address|redirect|refer) (?:this|it|that|your (?:request|question|enquiry))\b[^.]{0,30}\bto\b",
    r"(?:would be|is|are) held by (?!us|hr\b|human|payroll|finance|the force|this|the council|our)"
    r"|\bno part in (?:it|them|this|that)\b",
    r"\bno (?:number|figure|total|count|such (?:number|figure|total|count)) (?:is|are|was|were) (?:recorded"
    r"|kept|held)\b",
)
_NOT_HELD_GUARD: Final = any_of(
    r"\b(?:is|are) or (?:is|are) not held\b|not (?:\w+ )?held(?: (?:in|centrally|electronically|on)|: ?\d)"
    r"|(?:retrievable|reportable|searchable)|does hold",
    r"personal data|if we (?:do )?not hold|whether (?:or not )?(?:it|we|the)",
    r"(?:held|kept|holding|keep|hold) (?:\w+ ){0,2}back\b",
    r"not have (?:to|the resources|a duty|any (?:further|plans))|not (?:have|keep) (?:you|your)",
    r"not record\w* (?:\w+ ){0,3}(?:in a|in an|centrally|separately|electronically)",
)
_WITHHELD: Final = any_of(
    r"\b(?:withh(?:e|o)ld\w*|exempt(?:s|ed|ion)?|redact\w*|refus(?:e|ed|ing|al)|suppress\w*|obscured|blacked out)\b",
    r"(?:unable|not able|not obliged|not (?:be )?willing|declin\w+) (?:\w+ ){0,2}to (?:\w+ )?"
    r"(?:provide|supply|disclose|release|give|share)",
    r"(?:not be|not been|(?:is|are|was|were) not|not being|aren.t|isn.t) (?:supplied|provided|disclosed"
    r"|released|given|shared|named)",
    r"\bnot (?:disclosed|released|supplied)\b|\bnone of (?:it|this|that|them|these) (?:should|can|will|may|is to) be "
    r"(?:disclosed|released|supplied|provided)|\bshould not be (?:disclosed|released)\b",
    r"(?:cannot|can not|can.t|will not|won.t|shall not|must not|may not|do not|don.t) (?:be )?(?:\w+ )?"
    r"(?:disclose|release|provide|supply|give|share|publish)d?\b(?! (?:advice|legal|opinion))",
    r"\b(?:am|are|is|.m|.re|.s) not (?:going|prepared|willing) to (?:give|send|let|share|provide|release|disclose)\b",
    r"(?:cannot|can not|can.t|will not|won.t|aren.t going to|are not going to|not going to) (?:say"
    r"|tell you (?:who|whom|from|which|where|what)|name)\b",
    r"\b(?:left|kept|keep(?:ing)?|staying) (?:\w+ ){0,3}(?:out"
    r"|back)\b(?= (?:under|because|by|on|of this|from this)|[.;])(?<!are left out)(?<!is left out)(?<!were left out)",
    r"\b(?:names?|details?|columns?|address(?:es)?|signatures?|paragraphs?|pages?) (?:\w+ ){0,3}(?:is|are|was"
    r"|were) left out\b",
    r"(?:prejudice|engaged|maintained|outweigh)|not in the public interest",
    r"(?:names?|details?) (?:have|has) been removed",
    r"\b(?:I|we)(?: have|['’]ve)? (?:\w+ )?(?:removed|taken out|blanked out|edited out|blacked out) (?:\w+ ){0,3}"
    r"(?:names?|details?|personal|information|data|columns?|paragraphs?|passages?|pages?|parts?|signatures?)\b",
    r"(?:has|have|had|was|were|is|are) (?:also )?(?:been )?(?:removed|taken out|omitted|blanked out|blacked out"
    r"|edited out|deleted)\b(?=.{0,90}\b(?:under|because|sections?|regulation|as|since|exempt|by virtue|personal)\b)",
)
_WITHHELD_GUARD: Final = any_of(
    r"(?:not|no longer|nor) (?:\w+ ){0,2}(?:exempt|engaged|withheld|relied|maintained)|no exemption",
    r"may (?:be|also be) exempt",
    r"\b(?:do|does|did)(?: not|n.t) (?:consider|think|believe|accept|agree|find) (?:that )?[^.]{0,60}"
    r"\b(?:engaged|appl(?:y|ies|ied)|exempt)",
    r"\bwhat (?:can|could|has|was|is)(?:not| not)\b|\bnothing (?:has been|is|was|is being) (?:withheld|removed"
    r"|redacted)",
    r"\b(?:neither|either|none|any) of (?:the|these|those) exemptions? (?:can|could|is|was"
    r"|are) (?:be )?(?:made out|engaged)",
    r"would(?:n.t| not) (?:\w+ )?mean",
    r"would be exempt|in favou?r of (?:disclosure|release)|rather than|overturn|\bno (?:\w+ ){0,3}prejudice",
    r"\b(?:drivers?|applicants?|applications?|licences?|permits?|claims?|people|persons?|visas?|admission"
    r"|entry|appeals?"
    r"|individuals|candidates|tenants?|households?) (?:were|was|had been|have been) (?:\w+ )?refused",
    r"(?<!see )(?<!see the )(?<!see our )refusal notice\b(?!.*\b(?:as|because|exempt|withh))"
    r"|refused (?:to |for )?[\d<£]",
    r"\b(?:exemption|exception|reliance|refusal) is (?:now |hereby |therefore )?(?:withdrawn|set aside|overturned)\b",
    r"exempt(?:ion)? (?:from (?:council|business|the requirement|parking|charge|tax|fees)|accommodation|certificate)",
    r"council tax exempt|\brefused: ?[\d<£]|\brefused (?:a|an|entry|admission|permission|treatment|leave|bail)\b",
    r"\b(?:consultants?|contractors?|agenc(?:y|ies)|firms?|lawyers|counsel|suppliers?|experts?|advisers?|staff)\b"
    r"[^.]{0,20}\bengaged\b(?!.*\b(?:sections?|exemptions?)\b)",
)
_DISCLOSED: Final = any_of(
    r"\b(?:attach(?:ed|ing|ment)?|enclos(?:e[ds]?|ures?|ing)(?! (?:proof|a (?:cheque|fee)|payment|evidence))"
    r"|appended?|annexed|accompanying|overleaf)\b|\baccompan(?:y|ies) (?:this|the|my|our) (?:letter|reply"
    r"|response|e-?mail)\b",
    r"\b(?:is|are) (?:all )?(?:set out |listed |given |shown )?(?:in|at) (?:the )?(?:annex|appendix|schedule"
    r"|attachment)\b",
    r"(?:see|find|in|provided|given|shown|set out|listed|detailed|answered?|displayed"
    r"|contained) (?:\w+ ){0,5}(?:below|table|spreadsheet|overleaf|schedule|appendix)\b",
    r"\b(?:I|we) (?:can|am able to|are able to|am pleased to|are pleased to) (?:\w+ ){0,2}(?:confirm|advise"
    r"|tell|provide|disclose|supply|release|give)",
    r"(?:disclos\w+|provided?|supplied|released|answered) (?:\w+ ){0,4}in full",
    r"\b(?:we|I) (?:are|am) (?:\w+ ){0,2}?(?:sending|supplying|providing|releasing|disclosing|giving)\b",
    r"\bcop(?:y|ies)\b[^.]{0,40}\b(?:was|were|has been|have been) (?:sent|supplied|provided|given)\b",
    r"\b(?:is|are|have been|has been|were|was) left (?:in|visible|unredacted)\b",
    r"decided to (?:disclose|release)|(?:is|are) (?:being )?(?:disclosed|released|provided|supplied)\b",
    r"the (?:following|attached) (?:table|figures?|data|list|spreadsheet)|the (?:table|figures) (?:below|shows?)",
    r"(?:total|figure|number|cost|spend|average|median|answer|sum|amount|target|price"
    r"|limit)s?\b[^.]{0,60}? (?:was|were|is|are|came to|cost) (?:about |over |just |some |nearly )?£?\d",
)

_DISCLOSED_GUARD: Final = any_of(
    r"(?:were|if|whether|should|when|by|to) (?:\w+ ){0,4}(?:disclos|releas)\w*",
    r"(?:would|could|might|may) (?:\w+ ){0,4}(?:be )?(?:disclos|releas|provid|suppl)\w*",
    r"not (?:being )?(?:disclosed|released|provided|supplied)|neither",
    r"confirms?,? (?:under [^,.]{0,40},? )?(?:that )?[^.]{0,90}?\b(?:holds?|held)\b",
    r"\b(?:your|the) (?:request|questions|letter|e-?mail) (?:is|are) (?:set out|repeated|reproduced|copied"
    r"|given|quoted|shown|attached)\b",
    r"attach(?:ed)? (?:to (?:the|these|this) (?:duty|public|argument|factor)|weight|importance)|weight",
    r"confirm (?:that )?(?:the |this |your )?(?:\w+ ){0,6}(?:is|are) (?:\w+ )?(?:held|exempt|withheld|not)",
    r"see (?:the |our |my )?(?:refusal|pit|public interest|reason\w*|explanation|harm|notes?|test|exemption)\b",
    r"\b(?:appropriate|cost|upper|that|this|whose|the) limit (?:\w+ ){0,4}?(?:is|was) £?\d",
    r"given (?:this|these|the) (?:figures?|totals?|tables?) (?:and|above)",
    r"^\W*(?:please )?see (?:below|above)\W*$|\b(?:is|are) (?:\w+ )?met (?:\w+ ){0,5}by\b",
    r"searches|duty|(?:record|copy) of (?:that|the|his|her|their) (?:\w+ ){0,2}opinion",
)

_PARTLY: Final = any_of(
    r"^\W*the (?:rest|remainder)\b(?! (?:was|were|are (?:kept|stored|still|now)|went|had|have)\b)",
    r"\b(?:disclose|release|provide|supply) (?:some|part|most|much)\b",
    r"\b(?:publish(?:es|ed)?|released|made available) (?:only )?some\b",
    r"some (?:of the )?(?:\w+ )?(?:information|data|details|names|material|content)[^.]{0,60}(?:withh|exempt"
    r"|redact|remov)",
    r"partial(?:ly)? (?:refus|disclos|exempt|withh)|in part\b(?! \(?(?:[ivx]+|[a-h]|\d{1,2})\b)",
    r"(?:with|subject to|apart from|save for|except for|except) (?:the |some )?(?:\w+ ){0,4}(?:redact\w*"
    r"|removed|withheld)",
    r"\bredacted\b|redactions?\b",
    r"\b(?:remainder|rest|remaining (?:information|data|columns?|figures?)) (?:\w+ ){0,4}(?:withheld|exempt"
    r"|refused|attached|disclosed|provided)",
    r"(?:has|have|is|are) been suppressed|suppressed|part(?:ial)?ly uph(?:e|o)ld\w*|uph(?:e|o)ld\w* in part",
    r"\b(?:attached|enclosed|provided|supplied|available|released|disclosed|given|portal|website)\b[^.]{0,60}\b(?:but"
    r"|although|except(?: for)?|with the exception|save for|apart from|less|minus|however|without)\b[^.]{0,80}"
    r"\b(?:removed|withheld|redacted|exempt|blanked|taken out|left out|omitted)\b",
    r"\b(?:attached|enclosed)\b;[^.]{0,80}\b(?:removed|withheld|redacted|blanked|blacked|taken out|left out"
    r"|omitted)\b",
    r"\b(?:attach|enclose|release|send)\b[^.]{0,80}\b(?:with|less|minus|without|but)\b[^.]{0,80}"
    r"\b(?:removed|withheld|redacted|blanked|blacked out|taken out|left out|omitted|held back)\b",
)

_PARTLY_GUARD: Final = any_of(
    r"\b(?:outcome|result|decision) (?:is|remains) (?:unchanged|the same)\b",
    r"\b(?:thought|considered|asked|looked at|wondered)\b[^.]{0,30}\b(?:whether|if)\b[^.]{0,60}\b(?:could|can"
    r"|might|should)\b",
)
"""Asks itself whether a part could be given, or upholds a complaint in part and changes nothing."""

_NOTHING_REDACTED: Final = any_of(r"\b(?:no|without(?: any)?|free of|un) ?-?redact\w*", r"\bnot (?:been )?redacted")

_CLARIFICATION: Final = any_of(
    r"(?:could|can|would) you (?:please )?(?:say|state|explain|confirm|tell us) (?:which|what|whether|when|who)",
    r"\bneed(?:s)? to know (?:the|which|what|whether|more)\b",
    r"\b(?:please|could you|would you|can you|need you to|ask(?:ing)? you to"
    r"|grateful if you)\b[^.?]{0,60}\b(?:clarif\w+|specify|confirm (?:what|which|whether)"
    r"|let (?:us|me) know (?:what|which|your|whether|the)|explain what|tell (?:us|me) (?:what|which|more))",
    r"(?:require|need|seek|requesting|await) (?:\w+ ){0,3}clarif|not a valid request",
    r"(?:cannot|unable to|not able to) (?:process|proceed|identify|deal with)[^.]{0,60}(?:request|because"
    r"|until|without)",
    r"(?:unclear|not clear|insufficiently clear) (?:what|which|from)|too (?:broad|vague)",
)

_ACKNOWLEDGED: Final = any_of(
    r"(?:acknowledg\w+|confirm) (?:safe )?receipt",
    r"has (?:now )?been (?:logged|registered|passed|allocated|recorded as)",
    r"will (?:now )?be (?:considered|dealt with|processed|carried out)|extend\w* the (?:deadline|time)",
    r"(?:need|require) (?:more|further|additional) time",
    r"\b(?:put|placed|entered|added) (?![^.]{0,60}\b(?:disclosure|publi\w+))[^.]{0,80}\b(?:log|register)\b",
    r"(?:you will|you should|expect to) (?:receive|hear|get)[^.]{0,40}(?:by|within|before)",
    r"(?:aim|hope|expect) to (?:reply|respond|send)|under consideration|within 20 working days",
)

_PENDING: Final = any_of(
    r"extend\w* (?:the|our|this) (?:\w+ )?(?:deadline|time|period)",
    r"\b(?:amended|revised|new|extended|later) (?:\w+ )?(?:date|deadline|target) (?:for|of|by which)\b",
    r"\b(?:still |currently )?considering the (?:following|use of|application of) (?:\w+ )?(?:exemptions?"
    r"|exceptions?)\b",
    r"not yet (?:reached|made|come to|been (?:reached|made))",
    r"not (?:yet |currently )?(?:in a position|able) to (?:let you have|give you|reach|make|send you) (?:our|a|the) "
    r"(?:full )?(?:decision|response|reply|answer)",
    r"(?:plan|hope|expect|aim|intend) to (?:\w+ ){0,3}?(?:send|let you have|provide|issue|give you) (?:\w+ ){0,3}?"
    r"(?:full|final|substantive) (?:response|reply|answer)",
    r"such further time as is reasonable|estimate that it will take an? (?:additional|further)",
    r"(?:need|require)s? (?:more|further|additional) time|further time to consider",
    r"(?:hope|aim|expect|intend) to (?:let you have|give you|send you|reach|make|come to) (?:our|a"
    r"|the) (?:\w+ )?decision",
    r"\bbefore a decision can be (?:taken|made|reached)",
    r"do not have a (?:full |substantive )?(?:response|reply|answer) (?:at this|yet|for you)",
)

_GOODWILL: Final = any_of(
    r"goodwill",
    r"out(?:side|with) (?:of )?(?:the|our) (?:obligations?|act\b|duty|(?:scope|terms) of the act|regulations\b)",
    r"although (?:we are |I am )?not (?:obliged|required)|without (?:being )?oblig",
    r"retrieved (?:during|in the course of)|by way of (?:help|assistance|courtesy)|as a courtesy",
    r"to (?:be helpful|assist|help you)\b",
)

_ASKS_BACK: Final = any_of(
    r"(?:is|are) not (?:a )?valid (?:\w+ ){0,2}request|not (?:yet )?(?:a )?valid request",
    r"(?:unable|not able|cannot|can not|can.t|aren.t able) to (?:process|proceed|go ahead|deal"
    r"|go (?:any )?further) with "
    r"(?:it|your request|this)",
    r"(?:unable|not able|cannot) to identify (?:\w+ ){0,3}(?:what|which|the information)",
    r"(?:20|twenty) working days will (?:begin|start|run)\b.{0,60}\b(?:hear|receive|reply|clarif)",
    r"(?:clock|time) (?:for compliance )?(?:stops|has stopped|is paused|will not start)",
    r"(?:under|in accordance with|of) section (?:1\(3\)|8\b)",
)

_ADVICE: Final = any_of(
    r"section 16\b|advice and assistance",
    r"(?:narrow|refin|reduc|limit|restrict)\w* (?:down )?(?:\w+ ){0,6}(?:request|period|scope|focus)",
    r"(?:could|would|might) (?:\w+ ){0,4}(?:within|fit|under) the (?:\w+ )?limit|new request",
)

_SUPPOSITIONS: Final = (
    r"^\W*(?:sometimes|occasionally|in (?:some|certain) (?:cases|circumstances))\b",
    r"^\W*if (?:some|any|all|part|it|the)\b[^.]{0,120}\bwe (?:will|shall|.ll) (?:explain|tell|let|say|inform"
    r"|advise)\b",
    r"\bthink it (?:very |quite )?(?:likely|possible|probable) that\b[^.]{0,60}\bwould\b",
    r"^\W*where\b[^.]{0,80}\b(?:is|are) (?:requested|asked for|sought)\b[^.]{0,30}\bwe (?:apply|use|rely)\b",
    r"^\W*(?:even )?(?:if|should|were|where) (?:we|you|the|your|I|any)\b(?! (?:numbers?|figures?|values?"
    r"|counts?|totals?|cells?)\b)(?!.{0,80}\b(?:is|are) (?:therefore|being) )"
    r"(?=.{0,120}\b(?:would|could|may|might|need to|permits?|allows?|extend\w*)\b)",
    r"\b(?:a|any|such a|further) requests? (?:for|of|which|that)\b.{0,60}\b(?:would|could|may|might)\b",
)
_SUPPOSES: Final = any_of(*_SUPPOSITIONS)
_HYPOTHETICAL: Final = any_of(
    *_SUPPOSITIONS,
    r"\bshould (?:any|an|some) (?:exemption|exception|part|information)\b",
    r"\b(?:may|might|could) (?:\w+ ){0,3}(?:be )?(?:redacted|withheld|refused|exempt|apply)\b",
)
"""Says what would be decided of something else, or what the law allows."""

_NOT_RELIED: Final = any_of(
    r"\b(?:not|no longer|nor) (?:being |been )?(?:rel(?:y|ied|ying) (?:up)?on|applied|engaged|sought)\b"
)


def disowns(statement: Statement) -> bool:
    """Tell whether a sentence names a provision only to say that it is not relied on.

    >>> disowns(Statement(0, 0, "Section 43(1) was considered and is not relied upon."))
    True
    """
    return _NOT_RELIED.search(squeeze(statement.text)) is not None


def is_hypothetical(statement: Statement) -> bool:
    """Tell whether a sentence speaks of another request, or of what the law would allow.

    >>> is_hypothetical(Statement(0, 0, "A request for all of it would exceed the cost limit."))
    True
    """
    text = squeeze(statement.text)
    named = any(c.role is Role.APPLIED for c in statement.citations)
    return (_SUPPOSES if named else _HYPOTHETICAL).search(text) is not None


def asks_back(statement: Statement) -> bool:
    """Tell whether a sentence says that nothing is done before the requester has explained or is named.

    >>> asks_back(Statement(0, 0, "At present this is not a valid request."))
    True
    """
    return _ASKS_BACK.search(squeeze(statement.text)) is not None


def is_tail(statement: Statement) -> bool:
    """Tell whether a sentence neither confirms nor denies only what was not asked for.

    >>> is_tail(Statement(0, 0, "We neither confirm nor deny that any other information is held."))
    True
    """
    text = squeeze(statement.text)
    return bool(_NCND_TAIL.search(text)) and bool(_NCND.search(text) or "no inference" in text.lower())


_FIGURE_OF: Final = re.compile(r"\W*[^\W\d][\w /&(),’'-]{1,60}?\s?(?:[:=|]|[-–—](?=\s))\s*£?\d[\d,.]*\s?%?\W*")
"""A row of a table in one line: words and the figure that belongs to them."""

_ENVIRONMENTAL: Final = any_of(
    r"(?:handled|processed|dealt with|considered|treated|answered|responded to|answering)[^.]{0,80}"
    r"(?:\bEIRs?\b|environmental information)"
)
"""Says by which law a request is answered, and withholds nothing, though s.39 is the door to it."""


@functools.lru_cache(maxsize=1024)  # the stages of one letter ask of the same sentences again
def find_cues(statement: Statement) -> frozenset[Cue]:
    """List what one sentence says about a decision.

    >>> sorted(cue.value for cue in find_cues(Statement(0, 0, "We do not hold a record of this.")))
    ['content', 'not_held']
    """
    text = squeeze(statement.text)
    if _FIGURE_OF.fullmatch(text):
        return frozenset({Cue.CONTENT})
    if is_tail(statement):
        return frozenset({Cue.GOODWILL})
    cues = {Cue.CONTENT} if re.search(r"\w", text) else set()
    applied = [p for c in statement.citations if c.role is Role.APPLIED for p in c.effective]
    effects = {effect for p in applied if (effect := effect_of(p)) is not None}
    if _NCND.search(text) or Effect.NCND in effects:
        cues.add(Cue.NCND)
    if _COST.search(text) or Effect.COST in effects:
        cues.add(Cue.COST)
    vexatious = _VEXATIOUS.search(text) and not re.search(r"not (?:\w+ ){0,3}vexatious", text, re.I)
    if Effect.VEXATIOUS in effects or vexatious:
        cues.add(Cue.VEXATIOUS)
    if Effect.FUTURE in effects or _FUTURE.search(text):
        cues.add(Cue.FUTURE)
    if Effect.ACCESSIBLE in effects or (_ACCESSIBLE.search(text) and not _ACCESSIBLE_GUARD.search(text)):
        cues.add(Cue.ACCESSIBLE)
    if _NOT_HELD.search(text) and not _NOT_HELD_GUARD.search(text):
        cues.add(Cue.NOT_HELD)
    reasons = effects & {Effect.WITHHELD, Effect.NCND, Effect.NOT_HELD}
    only_route = not reasons and _ENVIRONMENTAL.search(text) is not None
    supposed = is_hypothetical(statement)
    if supposed:
        cues -= {Cue.COST, Cue.NCND, Cue.VEXATIOUS, Cue.NOT_HELD}
        only_route = True
    withholds = reasons or _WITHHELD.search(_NOTHING_REDACTED.sub("", text))
    if withholds and not _WITHHELD_GUARD.search(text) and not only_route:
        cues.add(Cue.WITHHELD)
    if _DISCLOSED.search(text) and not _DISCLOSED_GUARD.search(text):
        cues.add(Cue.DISCLOSED)
    # A summary of a review counts several complaints as upheld or not; each answer says its own.
    summary = len(re.findall(r"\bupheld\b", text, re.I)) > 1
    asks_itself = _PARTLY_GUARD.search(text) is not None
    if _PARTLY.search(_NOTHING_REDACTED.sub("", text)) and not (supposed or summary or asks_itself):
        cues.add(Cue.PARTLY)
    if _CLARIFICATION.search(text) or any(str(p) == "s1(3)" for c in statement.citations for p in c.effective):
        cues.add(Cue.CLARIFICATION)
    if _ACKNOWLEDGED.search(text):
        cues.add(Cue.ACKNOWLEDGED)
    if _GOODWILL.search(text):
        cues.add(Cue.GOODWILL)
    if _PENDING.search(text):
        cues.discard(Cue.DISCLOSED)  # "I can now advise you that the new date for a reply is ..."
        cues = (cues - {Cue.WITHHELD, Cue.NOT_HELD, Cue.PARTLY}) | {Cue.PENDING, Cue.ACKNOWLEDGED}
    if _ADVICE.search(text):
        cues.discard(Cue.CONTENT)
        cues.discard(Cue.DISCLOSED)
        cues.discard(Cue.CLARIFICATION)
        cues.add(Cue.ADVICE)
    return frozenset(cues)
