"""Parts of a letter that are handled otherwise than as a request for recorded information.

In: the segmented letter and its questions. Out: `Diversion` records in the order of the text: which words, which way,
the reason and the section. The officer decides; what is said here opens no other door and closes none.

Sections: s.40(1) FOIA 2000 with article 15 UK GDPR (one's own data); s.39 FOIA and regulation 5(1) EIR 2004
(environmental information); s.16 (advice and assistance; another body's information); s.8(1)(b) (the name); s.84
("information" is recorded information); the code of practice under s.45, part 5 (reviews).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from triage.schema import Diversion, Question, Segmented, Sentence
from triage.segment.cues import is_sign_off

__all__ = ["find_diversions"]

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
_NUMBER: Final = re.compile(r"\bhow\s+(?:many|much|often)\b|\b(?:number|percentage|total)\s+of\b", _I)
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
_DEMAND: Final = re.compile(
    r"\b(?:make|making|lodge|raise|register|submit|bring|wish\s+to\s+make)\b[^.?]{0,12}\b(?:formal\s+|official\s+)?complaint\b|\bformal(?:ly)?\s+compla\w+|"
    r"\b(?:wish|want|like|writing)\s+to\s+complain\b|\bi\s+(?:want|demand|expect|insist|require)\b[^.?]{0,60}\b(?:£|back|money|refund\w*|apolog\w+|sorry|"
    r"compensat\w+|disciplin\w+|sack\w*|dismiss\w*|spoken\s+to|badge|licen[cs]e|repair\w*|fix\w*|replac\w+|mended|remov\w+|put\s+right|collected|stopp?\w*)\b|"
    r"\bi\s+(?:demand|insist)\b(?![^.?]*\b(?:cop(?:y|ies)|figures|documents?|records?|information|minutes)\b)|\b(?:it|this|that|they)\s+(?:wants?|needs?)\s+(?:\w+ing|to\s+be\s+\w+ed)\b|"
    r"\bwhere\s+do\s+i\s+(?:send|claim|complain)\b|\b(?:come|go)\s+(?:and|out)\s+(?:get|fix|clear|collect|see|look|mend|do)\b|\bsend\s+(?:someone|somebody|a\s+(?:man|crew|van|team|officer))\b|"
    r"\b(?:do|doing)\s+something\s+about\b|\b(?:put|take)\s+(?:it|this|that|them)\s+(?:right|back|away|down)\b|\b(?:pay|compensate|reimburse|refund)\s+(?:me|us)\b|\bsay\s+sorry\b|\bplease\s+(?:investigate|look\s+into\s+this|sort\s+(?:this|it)|arrange\s+for|come\s+and|have\s+(?:it|this|the)\b[^.?]{0,30}\b(?:repaired|"
    r"removed|fixed|mended|cleared))\b|\bwhen\s+(?:are\s+you|will\s+you)\s+(?:going\s+to\s+)?(?:fix|repair|mend|clear|collect|do\s+something)\b",
    _I,
)
_OPINION: Final = re.compile(
    r"\b(?:do|would|does|did)\s+(?:you|the\s+\w+)\s+(?:not\s+)?(?:\w+ly\s+)?(?:agree|think|believe|accept|feel|consider|expect|promise)\b|"
    r"\b(?:your|the\s+\w+['’]s)\s+(?:\w+\s+)?(?:opinion|views?)\b|\bwill\s+you\s+(?:promise|guarantee|assure|undertake|commit)\b|\bcan\s+you\s+(?:promise|guarantee|assure|justify)\b|"
    r"\bhow\s+(?:can|could|do|dare)\s+you\s+(?:possibly\s+)?(?:justify|sleep|defend|explain|expect|live)\b|\bjustif(?:y|ied)\b|\bwhat\s+would\s+you\s+say\b|"
    r"\bsurely\s+(?:you|the|it|this)\b|\bcan(?:['’]t|\s+you\s+not|not)\s+(?:you|the\s+\w+)?\s*(?:see|understand|realise)\b|\bwhy\s+on\s+earth\b|\bdon['’]t\s+you\s+(?:think|agree|care)\b|"
    r"\bwhat\s+(?:do|does|is)\s+(?:you|the\s+\w+|your\s+\w+)\s+(?:think|make\s+of|feel|say\s+to|take\s+on)\b|\bin\s+your\s+(?:opinion|view|judg\w+)\b|\bwould\s+it\s+not\s+be\s+(?:better|fairer|wiser)\b|"
    r"\bhow\s+is\s+(?:it|this|that)\s+(?:right|fair|acceptable|possible\s+that)\b|\bexplain\s+to\s+me\s+why\b|\bwhy\s+(?:do|does|did|should|must|can['’]?t|won['’]t|don['’]t|are\s+we|is\s+it)\b(?![^.?]*\brecord)|"
    r"\bis\s+it\s+(?:right|fair|legal|lawful|acceptable|not\s+time)\b|\bwould\s+you\s+advise\b|\bam\s+i\s+(?:allowed|entitled)\b",
    _I,
)
_RECORDED: Final = re.compile(
    r"\b(?:record(?:s|ed)?|minutes|documents?|reports?|e-?mails?|correspondence|polic(?:y|ies)|figures?|data|guidance|cop(?:y|ies)|notes|assessments?)\b",
    _I,
)
_OWN: Final = re.compile(
    r"\bmy\s+(?:own\s+)?(?:[\w'’-]+\s+){0,3}?(?:notes|records?|files?|assessments?|account|claim|x-rays?|scans?|results|statements?|data|calls|tapes?|"
    r"interviews?|custody|arrest|stop|application|appeal|tenancy|case|complaint|medical|appointment|referral)\b(?!\s+(?:to|under)\s+(?:the\s+)?(?:foi|freedom))|"
    r"\b(?:about|on|for|against|concerning|of|to|mention(?:s|ing)?)\s+(?:me|myself)\b(?!\s+(?:to|if|know|the|how|what|when|where|which|whether|please|a)\b)|"
    r"\b(?:against|to|on|about)\s+my\s+(?:car|van|vehicle|name|address|property|house|flat|son|daughter|child|husband|wife|mother|father)\b|\bsubject\s+access\b|"
    r"\b(?:held|hold|have|kept|keep|recorded|stored)\s+(?:\w+\s+){0,2}(?:on|about)\s+me\b",
    _I,
)
_BODY: Final = re.compile(
    r"\b(?:British\s+(?:Library|Museum)|National\s+(?:Trust|Audit\s+Office|Crime\s+Agency|Archives|Lottery)|Royal\s+Mail|Bank\s+of\s+England|BBC|Serious\s+Fraud\s+Office|"
    r"Health\s+and\s+Safety\s+Executive|Competition\s+and\s+Markets\s+Authority|Historic\s+England|Sport\s+England|Arts\s+Council\s+England|Student\s+Loans\s+Company|UCAS|NHS\s+England|NHS\s+Scotland|Valuation\s+Office(?:\s+Agency)?|Electoral\s+Commission|HMRC|HM\s+Revenue|DVLA|DVSA|DWP|Department\s+for\s+\w+(?:\s+and\s+\w+)?|"
    r"Ministry\s+of\s+\w+|Home\s+Office|Ofsted|Ofcom|Ofgem|Ofwat|Environment\s+Agency|Natural\s+England|Network\s+Rail|National\s+Highways|Land\s+Registry|"
    r"HM\s+Courts|Crown\s+Prosecution\s+Service|CPS|Care\s+Quality\s+Commission|CQC|Planning\s+Inspectorate|Passport\s+Office|Met\s+Office|"
    r"[A-Z]\w+(?:\s+[A-Z]\w+){0,3}\s+(?:County|City|District|Borough|Town|Parish|Metropolitan)\s+Council|[A-Z]\w+(?:\s+[A-Z]\w+){0,2}\s+(?:Police|Constabulary|Council|NHS\s+Trust|"
    r"Hospitals?|University|Fire\s+(?:and\s+Rescue\s+)?Service|Ambulance(?:\s+Service)?))\b"
)
_SECOND: Final = re.compile(
    r"\b(?:you|your|yours|the\s+council|the\s+trust|the\s+force|the\s+university|the\s+school|the\s+department)\b", _I
)
_AS_YOU: Final = re.compile(
    r"^\W*(?:as|since|because)\s+you\b[^,]{0,60},|\bplease\s+(?:can|could|will|would)\s+you\b|\b(?:can|could|will|would)\s+you\s+(?:please\s+)?(?:tell|send|give|provide|confirm)\b",
    _I,
)
_ANOTHERS: Final = re.compile(
    r"\b(?:looks?\s+after|holds?|runs?|deals?\s+with|is\s+responsible\s+for|are\s+responsible\s+for|keeps?|has|have|own(?:s|ed)?)\s+(?:it|this|that|these|those|them)\b",
    _I,
)
_ACTS: Final = re.compile(
    r"^[^.?]{0,40}?\b(?:made|make|makes|has|have|had|did|does|do|put|puts|paid|pay|clawed|spent|spend|allowed|turned|refused|issued|gave|received|collected|"
    r"decided|holds?|recorded|reported|fined|awarded|employs?|bought|[a-z]+ed)\b|^['’]s\b",
    _I,
)
_DID: Final = re.compile(r"\b(?:did|does|do|has|have|by|to|that|which)\s+(?:the\s+)?$", _I)
_ENVIRONMENT: Final = re.compile(
    r"\b(?:air\s+(?:quality|pollution)|nitrogen\s+dioxide|NO2|particulates?|PM2\.5|PM10|(?<!zero\s)emissions?|leachate|landfill\s+gas|methane|ground\s+gas|carbon\s+(?:footprint|dioxide)|smoke|dust\s+(?:levels?|monitor\w+|readings?)|fumes|smells?|becks?|brooks?|streams?|ponds?|lakes?|aquifers?|estuary|reservoirs?|pollut\w+|"
    r"flood(?:s|ing|ed)?\b(?!\s+(?:of|lights?))|sewage|storm\s+overflows?|landfill|noise\s+(?:levels?|readings?|monitoring|survey)|decibel\w*|sound\s+level|"
    r"contaminat\w+|part\s+2a|asbestos|radon|biodiversity|wildlife|badgers?|bats|newts?|bird\s+(?:survey|count)|trees?|felling|woodland|hedgerows?|"
    r"hazardous|water\s+(?:quality|abstraction|samples?)|bathing\s+water|river|soil|groundwater|fly[\s-]tipp\w+|incinerat\w+|pesticides?|herbicides?|glyphosate|"
    r"odours?|radiation|drainage|coastal\s+erosion|peat|habitats?|recycling\s+rates?|planning\s+(?:application|permission)s?)\b",
    _I,
)
_NOT_ENVIRONMENT: Final = re.compile(
    r"\b(?:working|learning|hostile|business|office|IT|hospital|home|family)\s+environment\b|\b(?:staff|officers?|posts?|salar\w+|vacanc\w+|sickness|overtime|"
    r"team|hotels?|contracts?|contractors?|budget)\b",
    _I,
)


_LONGEST: Final = 1200
"""Characters of a question or sentence that are looked at."""


def find_diversions(segmented: Segmented, questions: Sequence[Question]) -> tuple[Diversion, ...]:
    """Find the parts that take another way, in the order of the text."""
    text = segmented.text
    spans = [(q.start, q.end) for q in questions]
    outside = [s for s in segmented.sentences if not any(a < s.end and s.start < b for a, b in spans)]
    found: list[Diversion] = []
    for question in questions:
        handling = _of_question(question.text[:_LONGEST])
        if handling != "foi":
            found.append(_divert(question.start, question.end, handling, question.ordinal))
    asks = [q for q in questions if not any(r.ordinal == q.ordinal for r in found)]
    body = [s for s in outside if s.role not in ("greeting", "closing", "signature", "forward_header")]
    for sentence in body:
        other = _of_sentence(text[sentence.start : min(sentence.end, sentence.start + _LONGEST)], is_alone=not asks)
        if other is not None:
            found.append(_divert(sentence.start, sentence.end, other))
    if (nameless := _find_nameless(segmented)) is not None:
        found.append(_divert(*nameless, "invalid"))
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _divert(start: int, end: int, handling: str, ordinal: int | None = None) -> Diversion:
    reason, section = _WHY[handling]
    return Diversion(start, end, handling, reason, section, ordinal)


def _of_question(said: str) -> str:
    counts = _COUNT.search(said) is not None
    if _REVIEW.search(said) and not counts:
        return "internal_review"
    if _OWN.search(said) and not _NUMBER.search(said):
        return "subject_access"
    if _DEMAND.search(said) and not counts:
        return "complaint"
    if _OPINION.search(said) and not counts and not _RECORDED.search(said):
        return "advice"
    if any(_is_others(said, body) for body in _BODY.finditer(said)):
        return "other_body"
    if _ENVIRONMENT.search(said) and not _NOT_ENVIRONMENT.search(said):
        return "eir"
    return "foi"


def _is_others(said: str, body: re.Match[str]) -> bool:
    """Tell whether a body that is named did what is asked about, and the authority addressed has no part in it."""
    if _SECOND.search(_AS_YOU.sub("", said)):
        return False
    return _ACTS.match(said[body.end() :]) is not None or _DID.search(said[: body.start()]) is not None


def _of_sentence(said: str, *, is_alone: bool) -> str | None:
    """Name the route of a sentence that is no question; one that complains beside what is asked is only background."""
    counts = _COUNT.search(said) is not None
    if _REVIEW.search(said) and not counts:
        return "internal_review"
    if any(_ANOTHERS.search(said, body.end()) for body in _BODY.finditer(said)):
        return "other_body"
    if not is_alone or counts:
        return None
    if _OWN.search(said) and re.search(
        r"\b(?:i\s+(?:want|would\s+like|need|request)|please|kindly|send|provide)\b", said, _I
    ):
        return "subject_access"
    if _DEMAND.search(said):
        return "complaint"
    if _OPINION.search(said) and not _RECORDED.search(said):
        return "advice"
    return None


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
_DESK: Final = re.compile(r"(?:the\s+)?(?:\w+\s+)?(?:team|desk|department|dept|office|staff|admin)", _I)
"""A part of some body that is not named itself."""
_LONGEST_NAME: Final = 5


def _find_nameless(segmented: Segmented) -> tuple[int, int] | None:
    """Find a signature that is no name: a first name or initials alone, a pseudonym, a description.

    A letter that ends without any is left alone: the name stands in the form or mail that it came with.
    """
    text = segmented.text
    signed = list(_signatures(segmented))
    if not signed:
        return None
    first = signed[0]
    line = segmented.lines[first.line]
    said = text[line.start : line.end].strip(" ,.-–()\t")
    said = re.split(r",|\s\(|\s[-–]\s", said)[0].strip()
    if not said or len(said.split()) > _LONGEST_NAME or any(char.isdigit() or char in "@:/[" for char in said):
        return None
    initialled = re.match(r"(?:(?:[A-Z]\.|[B-HJ-Z])\s?){1,3}\s?[A-Z][a-z]", said) is not None
    if (_NO_NAME.search(said) or _DESK.fullmatch(said)) and not (_TITLE.match(said) or initialled):
        return first.start, first.end
    if _FIRM.search(text[first.start : signed[-1].end]) or _TITLE.match(said) or _NAME.fullmatch(said):
        return None
    return first.start, first.end


def _signatures(segmented: Segmented) -> Iterator[Sentence]:
    """Give what stands below the closing formula, else a last short line that ends like none."""
    text, sentences = segmented.text, segmented.sentences
    closed = [k for k, s in enumerate(sentences) if s.role == "closing" and is_sign_off(text[s.start : s.end])]
    if closed:
        yield from sentences[closed[-1] + 1 :]
        return
    last = sentences[-1] if sentences else None
    if last is None or len(sentences) < _LEAST_SENTENCES:
        return
    said = text[last.start : last.end]
    if (
        last.role in ("background", "signature", "heading", "values")
        and said[-1] not in ".?!:;"
        and len(said.split()) <= _LONGEST_NAME
    ):
        yield last


_LEAST_SENTENCES: Final = 2
