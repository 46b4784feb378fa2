"""Find places, units, breakdown axes, measure and subject in the words of a question.

In: the words of one question. Out: tuples of names as written (places, units), axes in lower case, and short phrases.
Every rule prefers silence to a guess: an empty slot compares as "not stated", a wrong one as another scope.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["find_additive", "find_measure", "find_places", "find_subject", "find_units"]


from triage.slots.axes import word_set

_MAX_NAMES: Final = 100
"""More places than this are not a scope but a table pasted into the request."""

_MONTHS: Final = word_set(
    "January February March April May June July August September October November December Jan Feb Mar Apr"
    " Jun Jul Aug Sep"
    " Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter"
)
_NO_PLACE: Final = _MONTHS | word_set(
    "I The A An Any All This That These Those Each Every Your Our My His Her Their Its If Please Police Constabulary"
    " Council Councils Trust Service Services Force Forces Department Unit Squad Team Command Directorate"
    " Division Branch"
    " Ministry Office Authority Government Parliament Commissioner Act Acts Regulations Regulation Section Sections"
    " Annex Appendix Question Questions Table Part Schedule Article Paragraph Row Rows Column Excel CSV Word"
    " PDF Microsoft"
    " Teams English Welsh French Crown Magistrates Court Tribunal Chief Deputy Assistant Constable Sergeant Inspector"
    " Superintendent Commander Detective Officer Officers Director Head Manager Secretary Minister Mayor"
    " Operation Project"
    " Class Band Grade Level Tier Category Year Years Quarter Key Stage Phase Freedom Information Data Protection"
    " Environmental Human Resources Finance Legal Covid Coronavirus Taser Internet Twitter Facebook Number"
    " How What When"
    " Where Who Why Which Home NHS GP Ambulance Fire Specialist Operations Internal External Public Present"
    " Children Adult"
    " Sir Madam Mr Mrs Ms Miss Dr British European Union Group Board Committee Panel Company Ltd Limited PLC"
    " Plc LLP Inc"
    " Section Special Professional Standards Code Criminal Justice Civil Windows Google Amazon Full Part Total A&E"
    " Parking Housing Planning Licensing Enforcement Recorded Number Numbers And Or Of In At For By On To"
)
_CAP: Final = r"[A-Z][a-z]+(?:[-'’][A-Za-z]+){0,3}"
_SPOT: Final = (
    r"Road|Street|Lane|Avenue|Way|Close|Crescent|Square|Common|Bridge|Estate|Park|Hill|Gardens|Roundabout"
    r"|Drive|Place|Terrace"
    r"|Embankment|Green|Junction|Crossroads|Rd|St|Ave|Parade|Row|Walk|Mews|Court|Grove|Wharf|Pier|Quay|Market|Bypass"
)
_NAME: Final = (
    rf"(?:St\.?\s|HMP\s|Upper\s|Lower\s|North\s|South\s|East\s|West\s|Great\s|Little\s)?{_CAP}(?:(?:\s|-(?:on"
    rf"|upon|in|under|le|by|the)-|\s(?:upon|on|le|and\sthe)\s){_CAP}){{0,3}}"
)
_ROAD_NUMBER: Final = r"[ABM]\d{1,4}(?:\(M\))?"
_PLACE_START: Final = re.compile(
    r"\b(?P<prep>[Ii]n|[Aa]t|[Nn]ear|[Ww]ithin|[Aa]cross|[Aa]round|[Tt]hroughout|[Oo]utside|[Cc]overing"
    r"|[Ff]or|[Ff]rom)\s+"
    r"(?P<lead>(?:(?:each|all|both|any)\s+of\s+)?(?:the\s+)?(?:(?:London|Royal"
    r"|Metropolitan)\s+[Bb]oroughs?\s+of\s+|(?:(?:city|town|village|parish|district|county|borough|boroughs"
    r"|ward|wards|area|areas|region|centre)\s+(?:and\s+\w+\s+)?of\s+|(?:[Cc]ity|[Cc]ounty|[Bb]orough"
    r"|[Tt]own)\s+[Oo]f\s+)?(?:the\s+)?))"
    rf"(?P<name>{_NAME})"
)
_MORE: Final = re.compile(rf"\s*(?:,\s*(?:and\s+|or\s+)?|\s(?:and|or|&)\s)(?:in\s+|at\s+|the\s+)?(?P<name>{_NAME})")
_ROAD: Final = re.compile(
    r"\b(?P<prep>[Oo]n|[Aa]long|[Aa]t|[Ii]n|[Oo]f|[Nn]ear|[Ff]or|and)\s+(?:the\s+)?(?P<name>"
    rf"(?:{_CAP}\s){{1,3}}(?:{_SPOT})|{_ROAD_NUMBER})(?![\w'’])"
)
_LOOSE_PREPS: Final = ("of", "for", "in", "and")
_SURE_ROAD: Final = re.compile(r"^[ABM]\d|(?:Road|Street|Lane|Avenue|Crescent|Roundabout)$")
_KIND_OF: Final = re.compile(
    r"\b(?:[Ww]ards?|[Bb]oroughs?|[Pp]arish|[Dd]istrict|[Vv]illage|[Tt]own|[Cc]ity|[Cc]ounty"
    rf"|[Ee]state)\s+of\s+(?:the\s+)?(?P<name>{_NAME})"
)
_AREA_NOUN: Final = re.compile(
    rf"(?<![.?!]\s)(?<!^)(?P<name>(?:{_CAP}\s){{1,3}})(?:boroughs?|wards?|station|area|district|parish|estate"
    r"|town centre|city centre|police stations?|custody suites?|postcodes?)\b"
)
_AREA_LIST: Final = re.compile(
    rf"(?P<list>{_NAME}(?:,\s{_NAME}){{0,8}},?\sand\s{_NAME})\s(?:boroughs|wards|areas|districts|parishes"
    r"|estates|stations)\b"
)
_AUTHOR: Final = re.compile(
    r"\b(?:by|does|do|did|has|have|is|are|to|ask|from|that|if|which)\s+(?:the\s+)?(?:London\s+|Royal\s+"
    r"|Metropolitan\s+)*$"
)
_TRAILING: Final = re.compile(
    r"\s+(?:Police\s+Station|Custody\s+Suite|Station|Wards?|Borough|Boroughs|Area|City\s+Centre|Town\s+Centre)$"
)
_ORG_AFTER: Final = re.compile(
    r"^(?:\s|['’]s?\s)(?:Police|Constabulary|Council|County\s+Council|City\s+Council|Borough\s+Council|NHS"
    r"|Trust|Fire|Ambulance|University|Ltd|Limited|plc|PLC|Act|Regulations|Order|Bill)\b"
)
_ORG_WORD: Final = word_set(
    "Police Constabulary Council Trust NHS Service Authority Ministry University Ltd Limited Act Bill"
    " Commissioner Agency"
)


def _mostly_title_case(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{3,}", text)
    return len(words) > 5 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _clean_place(name: str) -> str | None:
    name = re.sub(r"['’]s$", "", _TRAILING.sub("", re.sub(r"\s+", " ", name.strip())))
    words = name.split()
    if not words or re.sub(r"['’]s?$", "", words[0]) in _NO_PLACE or any(word in _ORG_WORD for word in words):
        return None
    # A name ends before the first word that cannot be part of it ("Ashmere Police Station In 2022").
    kept: list[str] = []
    for word in words:
        if word in _NO_PLACE and kept:
            break
        kept.append(word)
    return " ".join(kept) or None


def find_places(text: str) -> tuple[str, ...]:
    """Find the places asked about, in order.

    >>> find_places("How many bicycles were stolen in Ashmere and Pellam in March 2022?")
    ('Ashmere', 'Pellam')
    """
    if _mostly_title_case(text):
        return ()
    found: list[tuple[int, str]] = []

    def keep(at: int, end: int, raw: str) -> bool:
        name = None if _ORG_AFTER.match(text[end : end + 24]) else _clean_place(raw)
        if name:
            found.append((at, name))
        return name is not None

    def keep_all(first: re.Match[str]) -> int:
        """Keep a name and those joined to it; return where the last one ends."""
        match: re.Match[str] | None = first
        end = first.end()
        while match is not None and keep(match.start("name"), match.end("name"), match["name"]):
            end = match.end()
            match = _MORE.match(text, end)
        return end

    done = 0
    for match in _PLACE_START.finditer(text):
        prep, lead = match["prep"].lower(), match["lead"].strip().lower()
        if match.start() < done or (
            prep in ("for", "from", "covering") and not re.search(r"\b(?:of|area|borough)", lead)
        ):
            continue
        if lead not in ("the", "all", "both") or re.search(rf"(?:{_SPOT})$", match["name"]):
            done = keep_all(match)
    done = 0
    for match in _KIND_OF.finditer(text):
        # After "by the" it is the authority itself, not a part of its area.
        if match.start() >= done and not _AUTHOR.search(text[max(0, match.start() - 40) : match.start()]):
            done = keep_all(match)
    for match in _ROAD.finditer(text):
        if match["prep"].lower() not in _LOOSE_PREPS or _SURE_ROAD.search(match["name"]):
            keep(match.start("name"), match.end("name"), match["name"])
    for match in _AREA_NOUN.finditer(text):
        keep(match.start("name"), match.end("name"), match["name"])
    for match in _AREA_LIST.finditer(text):
        for name in re.split(r",?\sand\s|,\s", match["list"]):
            keep(match.start(), match.end(), name)
    found.sort()
    names = list(dict.fromkeys(name for _, name in found))[:_MAX_NAMES]
    return tuple(name for name in names if not any(name != other and other.startswith(name + " ") for other in names))


_UNIT_NOUN: Final = (
    r"(?:Unit|Units|Team|Teams|Department|Squad|Section|Directorate|Division|Command|Branch|Services"
    r"|Operations|Bureau|Desk|Faculty)"
)
_UNIT: Final = re.compile(
    rf"(?<![\w'’&-])(?P<name>(?:[A-Z][\w'’&-]{{0,24}}\s(?:and\s|&\s)?){{1,4}}{_UNIT_NOUN})\b(?!\s+\d)"
)
_UNIT_OF: Final = re.compile(
    r"\b(?P<name>(?:Department|Directorate|Division|Office)\s(?:of|for)\s(?:[A-Z][\w'’-]{0,24}(?:\s(?:and\s)?)?){1,4})"
)
_UNIT_CODE: Final = re.compile(r"\b(?P<name>(?:MO|SO|SCO|CO|OCU|DAC|SCD|CTP)\d{1,2})\b")
_UNIT_LOWER: Final = re.compile(
    r"\b(?:the|your|our)\s+(?P<name>(?!FOI|foi|freedom|information|relevant|appropriate|right|same|whole"
    r"|entire|other|press|number|name|size|cost|budget)(?:[a-z][a-z'’-]{2,18}\s(?:and\s)?){1,3}?(?:team|unit"
    r"|squad|department|directorate|section))\b(?!s)"
)
_UNIT_FILL: Final = re.compile(r"^(?:(?:The|Your|In|At|For|Does|Is|How|What|Which|Please|Within|Of)\s)+")


def find_units(text: str) -> tuple[str, ...]:
    """Find the teams, departments and squads that are named.

    >>> find_units("Number of staff in the Dog Section and in MO19")
    ('Dog Section', 'MO19')
    """
    found: list[tuple[int, str]] = []
    for pattern in (_UNIT, _UNIT_OF, _UNIT_CODE, _UNIT_LOWER):
        for match in pattern.finditer(text):
            name = _UNIT_FILL.sub("", re.sub(r"\s+", " ", match["name"]).strip())
            words = name.split()
            if len(words) < 2 and pattern is not _UNIT_CODE:
                continue
            if any(word in _ORG_WORD for word in words) or words[0] in ("FOI", "Freedom", "Information"):
                continue
            found.append((match.start("name"), name))
    found.sort()
    return tuple(dict.fromkeys(name for _, name in found))


_ASK: Final = re.compile(
    r"^\s*(?:(?:please|kindly|also|and|additionally|furthermore|secondly|thirdly|finally|lastly|then|under"
    r" the \w+(?: of \w+)? act(?: \d{4})?,?|i|we|would|like|wish|want|to|could|can|may|might|you|know|see"
    r"|have|get|receive|obtain|request|ask|for|be|grateful|if|let|me|us|tell|provide|supply|send|give"
    r"|disclose|confirm|state|advise|list|specify|detail|release|share|with|information|on|about|regarding"
    r"|relating|details|of|the|a|an|any|all|is|are|was|were|do|does|did|there|what|which|whether|has|had|it"
    r"|possible|following|your|s)\b[\s,:]*)+",
    re.IGNORECASE,
)
_HOW: Final = re.compile(r"\bhow\s+(?:many|much)\s+(?:of\s+(?:these|those|them|the|your)\b\s*)?", re.IGNORECASE)
_QUANTITY: Final = re.compile(
    r"\b(?:the\s+)?(?:(?:total|overall|annual|current|average|mean|median|recorded|full)\s+){0,2}(?:numbers?"
    r"|totals?|amounts?|count|volume|quantity|figures?)\s+of\s+(?:all\s+|the\s+|any\s+)?",
    re.IGNORECASE,
)
_PHRASE_END: Final = re.compile(
    r"[.?!;:,()\n]|\b(?:in|by|for|from|between|during|since|at|on|per|each|over|within|across|to|broken|split"
    r"|please|with|where|that|who|which|under|including|as|held|and\s+(?:how|what|the|a)|if|after|before|when"
    r"|whose|relating|regarding|about|concerning|aged|following)\b",
    re.IGNORECASE,
)
_STOP: Final = word_set(
    "a an the of in on at by for from to and or with as is are was were be been being do does did has have"
    " had i me my we us our you"
    " your it its he she they them their this that these those there here please could would can may will"
    " shall should tell provide"
    " supply send give disclose confirm state advise list let know like wish want see get request ask"
    " information details number"
    " numbers many much how what which who whom whose when where why whether any all each every per total"
    " overall figure figures"
    " amount data copy copies recorded record records held hold period year years month months last past"
    " between since during"
    " broken down split breakdown following above below same also additionally further more than if so not"
    " no yes such other"
    " others only about regarding relating concerning including under over within across into out up one"
    " ones date dates"
    " calendar financial quarter grateful possible freedom act foi foia present current currently time made"
)
_MEASURE_LEAD: Final = word_set(
    "the a an any all of your total overall recorded current every each did do does you has have was were is are"
)


def find_measure(text: str, *, leave_out: tuple[str, ...] = ()) -> str:
    """Find what is counted, costed or copied: the head phrase, in lower case.

    Args:
        text: The words of one question.
        leave_out: Phrases that belong to other slots; the head phrase ends before them.

    >>> find_measure("Please tell me how many bicycles were stolen in 2022")
    'bicycles were stolen'
    """
    for phrase in leave_out:
        if phrase:
            text = text.replace(phrase, "; ")
    quantity = _HOW.search(text) or _QUANTITY.search(text)
    rest = text[quantity.end() :] if quantity and quantity.start() < 200 else _ASK.sub("", text, count=1)
    stop = _PHRASE_END.search(rest)
    phrase = rest[: stop.start()] if stop else rest
    if not phrase.strip() and stop:
        second = rest[stop.end() :]
        again = _PHRASE_END.search(second)
        phrase = second[: again.start()] if again else second
    words = re.findall(r"[\w'’&-]+", phrase.lower())
    while words and words[0] in _MEASURE_LEAD:
        words.pop(0)
    return " ".join(words[:10])


def find_subject(text: str, *, leave_out: tuple[str, ...] = (), axes: tuple[str, ...] = ()) -> str:
    """List the content words that are left when ask words and the other slots are taken out.

    >>> find_subject("How many bicycles were stolen in Ashmere?", leave_out=("Ashmere",))
    'bicycles stolen'
    """
    for phrase in leave_out:
        if phrase:
            text = text.replace(phrase, " ")
    drop = _STOP.union(*(axis.split() for axis in axes))
    words = [word.strip("'’-") for word in re.findall(r"[a-z][a-z'’-]+", text.lower())]
    return " ".join(list(dict.fromkeys(word for word in words if word not in drop and len(word) > 1))[:12])


_PEOPLE: Final = (
    r"(?:staff|employees|officers|people|persons|individuals|pupils|students|patients|tenants|residents"
    r"|children|victims|suspects"
    r"|offenders|drivers|men|women|claimants|applicants)\b"
    # "missing persons reports" counts reports.
    r"(?!\s+(?:reports?|incidents?|complaints?|arrests?|offences?|crimes?|calls?|cases?|assaults?|hours|days"
    r"|costs?|claims?|searches|stops))"
)
_NOT_ADDITIVE: Final = re.compile(
    r"\b(?:averages?|mean|median|percentages?|per\s?cent|proportion|rates?|ratio|longest|shortest|highest"
    r"|lowest|largest|smallest"
    r"|oldest|youngest|most|least|unique|distinct|headcount|head count|fte|full[- ]time equivalents?"
    r"|establishment|strength|workforce"
    r"|vacanc\w+|staffing level|employed|in post|on duty|how many (?:\w+\s){0,3}(?:do|does) (?:you|the|your)\b"
    rf"|(?:numbers? of|how many|total of|different) (?:[\w-]+\s){{0,3}}{_PEOPLE})\b|%",
    re.IGNORECASE,
)
_ADDITIVE: Final = re.compile(
    r"\b(?:how (?:many|much)|numbers? of|totals?|cost|costs|spend|spent|spending|expenditure|income|revenue"
    r"|paid|amount|value|count of|volume of"
    r"|offences|crimes|incidents|arrests|complaints|requests|calls|thefts|burglaries|robberies|assaults"
    r"|deployments|fines|notices issued"
    r"|recorded|reported|issued|seized|recovered)\b|£",
    re.IGNORECASE,
)


def find_additive(text: str) -> bool | None:
    """Tell whether figures of parts may be summed.

    Events and money add up; averages, shares, extremes and people (one may be counted in two parts) do not.

    >>> find_additive("number of arrests"), find_additive("average age"), find_additive("copy of the policy")
    (True, False, None)
    """
    if _NOT_ADDITIVE.search(text):
        return False
    return True if _ADDITIVE.search(text) else None
