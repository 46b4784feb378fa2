"""Tell which Act a citation belongs to.

In: a text and a `Group`. Out: a `Regime`, or that the citation belongs to another Act, or to a document that is no Act.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from triage.citations.catalogue import is_section_known
from triage.citations.grammar import GAP, Group, Member
from triage.schema import Regime

__all__ = ["ENVIRONMENTAL", "Elsewhere", "Naming", "are_chained", "belongs_to", "find_naming", "flatten"]


class Elsewhere(Enum):
    """Where a citation leads that is not one of the four regimes."""

    OTHER_ACT = "other-act"
    DOCUMENT = "document"


class Anaphor(Enum):
    """An Act that is pointed at, not named."""

    THE_ACT = "the Act"
    THAT_ACT = "that Act"


Naming = Regime | Elsewhere | Anaphor

ENVIRONMENTAL: Final = re.compile(r"\bEIS?Rs?\b|\benvironmental\s+information\b", re.I)

_FOISA: Final = r"(?:freedom of information|FOI) ?\(scotland\) act|FOISA\b|FOI ?\(S\) ?A(?:ct)?\b"
_EISR: Final = r"environmental information \(scotland\) regulations?|EISRs?\b|EI\(S\)Rs?\b"
_EIR: Final = r"environmental information regulations?|EIRs?\b"
_FEES: Final = r"(?:freedom of information and data protection )?\(?(?:appropriate limit|fees)\b"
# "of Information Act" alone, because masking may have struck out the first word.
_FOIA: Final = (
    r"(?:[\w\[\]]{0,10} ?of )?information act|FOIA\b|FOI act|F\.O\.I\.(?:A\.?)?|FOI\b"
    r"|freedom of information(?! (?:and|officer|team))"
)
_CAPITALISED: Final = r"(?:(?:[A-Z(][\w'’&.,()/-]*|of|and|the|to|for|in|on|etc\.?) ){0,14}?"
_INSTRUMENT: Final = r"(?:Acts?|Orders?|Regulations?|Rules|Directive|Measure|Bill|Convention|Charter)\b"
_ABBREVIATED: Final = (
    r"(?:PACE|RIPA|IPA|DPA|UK ?GDPR|GDPR|RTA|POCA|MHA|LGA|TCPA|CDA|HRA|CPIA|SOCPA|CJPOA|CJA|TACT|ECHR|RIPSA|TUPE"
    r"|PCSC)\b"
)
_OTHER: Final = (
    rf"{_CAPITALISED}{_INSTRUMENT}|(?i:(?:[a-z]+ ){{1,6}}act (?:19|20)\d\d)|{_ABBREVIATED}|Schedule \d"
    r"|(?:19|20)\d\d Act\b"
)
_DOCUMENTS: Final = (
    r"(?:policy|policies|report|guidance|guidelines?|form|document|contract|agreement|plan|strategy|constitution"
    r"|application|minutes|handbook|manual|tender|specification|scheme|review|letter|e-?mail|request|response|schedule"
    r"|spreadsheet|table|appendix|annex|website|web ?page|code|protocol|statement|assessment|lease|licence|book|survey"
    r"|questionnaire|road|street|track|carriageway|pavement|river|wall|fence|site|team|department|route|procedure|terms"
    r"|file|page|toolkit|framework|bid|part|chapter|submission|complaint|enquiry|questions?)s?\b"
)
# "section 42 and 43 of the ... Act", "sections 13-14 of the ... Act": numbers that the list did not take.
_FURTHER: Final = r"(?:(?:,? ?(?:[-–—,&]|and|or|to)) ?\d{1,3}[A-Z]?\b(?!\())"
_LEAD: Final = (
    rf"{_FURTHER}{{0,4}}"
    r"[\s,:–-]*(?:\([A-Za-z][^()]{2,60}\)[\s,]*)?(?:exemptions? )?(?P<of>(?:of|under|in|from|within) )?"
    r"(?P<that>(?:that|the same|said) )?(?:(?:the|our|your|this|its|their|both|UK) )*"
)
_AFTER: Final = re.compile(
    rf"{_LEAD}(?:(?i:(?P<fees>{_FEES})|(?P<foisa>{_FOISA})|(?P<eisr>{_EISR})|(?P<eir>{_EIR})|(?P<foia>{_FOIA}))"
    rf"|(?P<y2000>2000 Act\b)|(?P<y2002>2002 Act\b)|(?P<act>[Aa]ct\b(?! \d)|legislation\b)|(?P<regs>[Rr]egulations\b)"
    rf"|(?P<other>{_OTHER})|(?P<document>(?i:(?:[\w'’-]+ ){{0,3}}?{_DOCUMENTS}))|(?P<caps>[A-Z]{{3,7}}\b))"
)
_OWN: Final = {
    "FOISA": re.compile(_FOISA, re.I),
    "EISR": re.compile(_EISR, re.I),
    "EIR": re.compile(_EIR, re.I),
    "FOIA": re.compile(r"freedom of information act|FOIA?\b|FOI act", re.I),
}
_YEAR: Final = r"(?: ?\(?(?:19|20)\d\d\)?)?"
_BEFORE: Final = re.compile(
    rf"(?:(?i:(?P<foisa>{_FOISA})|(?P<eisr>{_EISR})|(?P<eir>{_EIR})|(?P<foia>{_FOIA}))"
    rf"|(?P<other>(?:[A-Z][\w'’-]+|\)) Acts?\b|{_ABBREVIATED}))"
    rf"{_YEAR}(?: ?\([^()]{{2,30}}\))?(?P<mark>[\s,:;–(-]*)(?:exemption |(?:under|at|in|by) )?$"
)
_BEFORE_DOCUMENT: Final = re.compile(rf"\b{_DOCUMENTS},? ?\(?(?:see |at |in |under )?$", re.I)
_POLICE_CUE: Final = re.compile(
    r"\b(?:stop(?:ped)?(?: and| &)? search\w*|search(?:es|ed)?|offences?|contrary to|charged|convicted"
    r"|arrest\w*|prosecut\w*|detained|detention|sectioned|conditions)(?: \w+){0,2}? ?(?:under|to|of|with|by)? $",
    re.I,
)
_NOUN: Final = re.compile(
    r" ?(?P<noun>officers?|agreements?|contributions?|obligations?|funding|fund|monies|money|orders?|notices?"
    r"|search(?:es)?|powers?|enquir(?:y|ies)|inquir(?:y|ies)|assessments?|accommodation|aftercare|licen[cs]es?|permits?|payments?|works"
    r"|detentions?|patients?|dut(?:y|ies)|offences?|tenanc(?:y|ies)|evictions?|bail|funds|returns?|grants?|dispersals?"
    r"|stops?|repairs|repossessions?|consents?|applications?|shotguns?|firearms|placements?)\b",
    re.I,
)
_FOI_DUTIES: Final = frozenset({"1", "10", "12", "14", "16", "17"})
_ACT_MENTION: Final = re.compile(
    rf"(?P<own>(?i:{_FOISA}|{_FOIA}))|(?P<other>(?:[A-Z][\w'’-]+|\)) Acts?\b|{_ABBREVIATED})"
)
_LINK: Final = re.compile(
    rf"(?:{GAP}\([A-Za-z][^()]{{2,60}}\))?{GAP}(?:[,;/&+]|and\b|or\b|and/or\b|as{GAP}well{GAP}as\b|plus\b|,{GAP}and\b"
    rf"|by{GAP}virtue{GAP}of\b|(?:read{GAP})?(?:in{GAP}conjunction{GAP}|together{GAP})?with\b)?{GAP}",
    re.I,
)
_FOIA_LAST: Final = 88
"""Section 88 is the last of the Freedom of Information Act 2000; section 76 of the Scottish Act of 2002."""
_FOISA_LAST: Final = 76


def flatten(text: str) -> str:
    """Write a stretch of text in one line: footnote numbers, quote marks of mails and line ends become blanks."""
    return re.sub(r"\s+", " ", re.sub(r"\[\d{1,3}\]|^>[> ]*", " ", text, flags=re.M))


def find_naming(text: str, group: Group) -> Naming | None:
    """Find the Act named right after a citation, else the one right before it."""
    bare = not any(member.tokens for member in group.members)
    after = _AFTER.match(flatten(text[group.end : group.end + 240]))
    if after is not None and (naming := _named(after, bare=bare)) is not None:
        # "section 40(2) under the Data Protection Act" is loose talk for the exemption of personal data.
        loose = naming is Elsewhere.OTHER_ACT and after["of"] != "of " and group.members[0].section == "40"
        return None if loose else naming
    if bare and (noun := _NOUN.match(flatten(text[group.end : group.end + 40]))) is not None:
        section = group.members[0].section
        if section not in _FOI_DUTIES or not noun["noun"].lower().startswith(("notice", "dut", "obligation")):
            return Elsewhere.OTHER_ACT
    line = text[max(0, group.start - 160) : group.start]
    if (before := _BEFORE.search(flatten(line))) is not None:
        kind = before.lastgroup if before.lastgroup != "mark" else next(k for k, v in before.groupdict().items() if v)
        if kind != "other":
            return Regime[str(kind).upper()]
        # After a mere comma or line end the words before may belong to another clause.
        if bare or before["mark"].strip() not in {",", ""}:
            return None if re.search(r"\n\s*$", line) and not before["mark"].strip() else Elsewhere.OTHER_ACT
    flat = re.sub(r"[^\S\n]+", " ", line)
    if bare and group.keyword == "section" and _BEFORE_DOCUMENT.search(flat):
        return Elsewhere.DOCUMENT
    if _POLICE_CUE.search(flatten(line)) and group.members[0].section != "77" and bare:
        return Elsewhere.OTHER_ACT
    return None


def _named(after: re.Match[str], *, bare: bool) -> Naming | None:
    for kind in ("foisa", "eisr", "eir", "foia"):
        if after[kind] is not None:
            return Regime[kind.upper()]
    if after["y2000"] is not None:
        return Regime.FOIA
    if after["y2002"] is not None:
        return Regime.FOISA
    if after["other"] is not None:
        # Without "of", only an Act that touches the number is meant; further on it may be part of a title or a clause.
        lead = after[0][: after.start("other")]
        # A title may stand before the name: "Commercial Interests of the Freedom of Information Act".
        for kind, pattern in _OWN.items():
            if pattern.search(after["other"]):
                return Regime[kind]
        return Elsewhere.OTHER_ACT if after["of"] or not lead.strip() else None
    if after["of"] is None:
        return None
    if after["fees"] is not None:
        return Elsewhere.OTHER_ACT
    if after["act"] is not None:
        return Anaphor.THAT_ACT if after["that"] else Anaphor.THE_ACT
    if after["regs"] is not None:
        return Regime.EIR
    if after["document"] is not None:
        return Elsewhere.DOCUMENT if bare else None
    return Elsewhere.OTHER_ACT if after["of"] == "of " else None


def are_chained(text: str, first: Group, second: Group) -> bool:
    """Tell whether nothing but a joining word, and perhaps a bracketed title, stands between two citations."""
    if (first.keyword == "regulation") != (second.keyword == "regulation") or second.start - first.end > 100:
        return False
    return _LINK.fullmatch(text, first.end, second.start) is not None


def belongs_to(
    text: str, group: Group, member: Member, naming: Naming | None, *, regime: Regime, environmental: bool
) -> Regime | Elsewhere:
    """Decide the regime of one member of a group, or that it leads elsewhere."""
    scottish = regime in {Regime.FOISA, Regime.EISR}
    act = Regime.FOISA if scottish else Regime.FOIA
    if isinstance(naming, Elsewhere):
        return naming
    if naming is Regime.EIR and scottish:
        return Regime.EISR
    if isinstance(naming, Regime):
        return naming
    if isinstance(naming, Anaphor):
        other = _last_act_is_other(text, group.start)
        if other and (naming is Anaphor.THAT_ACT or not is_section_known(act, member.section)):
            return Elsewhere.OTHER_ACT
        return act if _is_within(act, member.section) else Elsewhere.OTHER_ACT
    lettered = len(member.tokens) > 1 and member.tokens[1].isalpha()
    if group.keyword == "regulation" or (group.keyword == "act" and group.surface.upper().startswith("EI")):
        regulations = Regime.EISR if scottish or group.surface.upper().startswith("EIS") else Regime.EIR
        if member.section == "10" and member.tokens[:1] in {("4",), ("5",)} and lettered:
            return Regime.EISR
        known = is_section_known(regulations, member.section)
        return regulations if known and (environmental or scottish or member.section == "12") else Elsewhere.OTHER_ACT
    if group.keyword == "act":
        return Regime.FOISA if group.surface.upper() == "FOISA" else Regime.FOIA
    # 12(5) of the Act has no paragraphs, 12(4) two that no letter cites alone: the Regulations are meant.
    excepting = group.keyword == "exception" or regime in {Regime.EIR, Regime.EISR}
    impossible = member.section == "12" and (member.tokens[:1] == ("5",) or member.tokens[1:2] > ("b",))
    if _is_exception(member) and (excepting or impossible):
        return Regime.EISR if member.section == "10" else Regime.EIR
    if excepting and member.section == "13" and not scottish:
        return Regime.EIR
    if not is_section_known(act, member.section):
        return Elsewhere.OTHER_ACT
    return act


def _is_exception(member: Member) -> bool:
    """Tell whether the numbers are those of an exception: 12(4)(a) to 12(5)(g), in Scotland 10(4)(a) to 10(5)(g)."""
    return (
        member.section in {"10", "12"}
        and len(member.tokens) > 1
        and member.tokens[0] in {"4", "5"}
        and member.tokens[1] in set("abcdefg")
    )


def _is_within(act: Regime, section: str) -> bool:
    number = int(section.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return 1 <= number <= (_FOISA_LAST if act is Regime.FOISA else _FOIA_LAST)


def _last_act_is_other(text: str, position: int) -> bool:
    mentions = list(_ACT_MENTION.finditer(flatten(text[max(0, position - 300) : position])))
    return bool(mentions) and mentions[-1]["other"] is not None
