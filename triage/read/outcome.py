"""Decide from an answer's own sentences what was decided.

In: sentences of one answer, each with its citations. Out: an `Answer` with outcome, applied provisions and the sentence
that decides. The order in which cues win follows the field's practice: a cue bound to the question, then "not held in a
retrievable format" (a cost reason), neither confirm nor deny, cost, vexatious, then disclosure against withholding; a
refusal notice under s.17 alone says only that something is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from triage.read.anatomy import squeeze
from triage.schema import Citation, Outcome, Provision, Regime, Role

__all__ = ["Answer", "Cue", "Statement", "find_cues", "read_answer", "unite"]


class Cue:
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


class Answer(msgspec.Struct, frozen=True):
    """What a group of sentences decides."""

    outcome: Outcome
    provisions: tuple[Provision, ...] = ()
    evidence: str = ""
    cues: frozenset[str] = frozenset()


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_NCND: Final = _any(
    r"neither (?:to )?confirm",
    r"\bnor (?:to )?den(?:y|ies|ied|ying)\b",
    r"(?:refus\w+|declin\w+|not obliged|exclud\w+|excuse\w*) (?:\w+ ){0,4}(?:to )?confirm(?:ing)? or den",
    r"duty to confirm or deny (?:does not|is (?:excluded|disapplied))",
)
_NCND_TAIL: Final = _any(
    r"any (?:other|further|additional|more) (?:relevant )?(?:information|data|material|records?)",
    r"whether (?:or not )?(?:any|it holds any) (?:other|further)",
    r"no inference",
)
_COST: Final = _any(
    r"(?:exceed\w*|above|over|beyond|more than|in excess of|outside) (?:\w+ ){0,3}(?:the |our )?(?:appropriate|cost|costs|18[- ]hours?|fees|statutory|time)"
    r"(?: \w+)? ?(?:limit|threshold|ceiling|level)",
    r"(?:appropriate|cost) (?:limit|threshold) (?:would|will|is|has been) (?:be )?(?:\w+ )?exceeded",
    r"(?:exceed|more than|over|in excess of|beyond) (?:the )?(?:18|eighteen|24|twenty[- ]four) hours",
    r"not held in (?:an? |any )?(?:\w+ ){0,3}(?:retrievable|reportable|searchable|extractable|recoverable) (?:format|form|way)",
)
_VEXATIOUS: Final = _any(r"\b(?:is|as|considered|deemed|be|it) (?:\w+ )?vexatious\b", r"\brepeat(?:ed)? request\b")
_FUTURE: Final = _any(
    r"intended for (?:future )?publication",
    r"(?:will|is due to|are due to|is to|are to|shall) be (?:\w+ )?(?:published|included in (?:the|our|its) (?:\w+ )*(?:report|statistics|publication))",
    r"intend(?:s)? to publish|due for publication|held with a view to (?:its )?publication|publication (?:is )?(?:planned|scheduled|expected|due)",
)
_ACCESSIBLE: Final = _any(
    r"(?:already|previously|routinely|also|publicly|now|been) (?:been )?(?:publicly )?(?:published|disclosed|available|accessible|released|in the public domain)",
    r"reasonably accessible|(?:accessible|available) (?:to (?:you|the applicant) )?(?:by|via|through|from) (?:other|another)|publicly (?:available|accessible)|in the public domain",
    r"(?:is|are|can be|may be) (?:all |freely )?(?:available|found|viewed|accessed|seen|downloaded|obtained|read|inspected)\b[^.]{0,90}(?:website|web ?site|online|web page|link|https?:|www\.|register|portal|here\b|library|page)",
    r"(?:published|publish(?:es)?) [^.]{0,60}(?:website|online|at https?|on (?:its|our|their) |in (?:the|our|its) (?:annual|accounts))",
    r"(?:see|visit|follow|use) (?:the |this |our )?(?:following |previous |earlier )?(?:link|disclosure|web ?site|publication)",
)
_NOT_HELD: Final = _any(
    r"\b(?:do(?:es)?|did|is|are|was|were) ?(?:not|n.t) (?:\w+ ){0,2}(?:hold|held|have|possess|keep|kept|record(?:ed)?|collect(?:ed)?|maintain(?:ed)?|retain(?:ed)?|store)\b(?! (?:to|been|been) )",
    r"\b(?:hold|holds|held|have|has|found|located|locate|find|keeps?|records?) no (?:\w+ ){0,3}(?:information|record|records|data|document|documents|figure|figures|copy|copies|policy|such|written|recorded|statistics|correspondence)",
    r"\bno (?:\w+ ){0,3}(?:information|records?|data|documents?|figures?|correspondence|policy|assessment|material) (?:\w+ ){0,6}?(?:held|exists?|found|located|recorded|kept|made)",
    r"(?:failed to (?:locate|find|identify)|nothing (?:is )?held|not (?:\w+ )?held|information not held|none (?:is |are |was )?(?:held|recorded|kept)|nothing (?:was|has been) (?:recorded|found))",
    r"(?:would be|is|are) held by (?!us|the force|this|the council|our)",
)
_NOT_HELD_GUARD: Final = _any(
    r"not (?:\w+ )?held (?:in|centrally|electronically|on)|(?:retrievable|reportable|searchable)|does hold|personal data|if we (?:do )?not hold|whether (?:or not )?(?:it|we|the)",
    r"not have (?:to|the resources|a duty|any (?:further|plans))|not (?:have|keep) (?:you|your)|not record\w* (?:\w+ ){0,3}(?:in a|in an|centrally|separately|electronically)",
)
_WITHHELD: Final = _any(
    r"\b(?:withh(?:e|o)ld\w*|exempt(?:s|ed|ion)?|redact\w*|refus(?:e|ed|ing|al)|suppress\w*)\b",
    r"(?:unable|not able|not obliged|not (?:be )?willing|declin\w+) (?:\w+ ){0,2}to (?:\w+ )?(?:provide|supply|disclose|release|give|share)|(?:not be|not been|(?:is|are|was|were) not|not being) (?:supplied|provided|disclosed|released|given|shared)|not (?:disclosed|released|supplied)\\b|(?:cannot|can not|will not|shall not|must not|may not) (?:be )?(?:\w+ )?(?:disclose|release|provide|supply|give|share)d?",
    r"(?:prejudice|engaged|maintained|outweigh)|not in the public interest|(?:names?|details?) (?:have|has) been removed",
)
_WITHHELD_GUARD: Final = _any(
    r"(?:not|no longer|nor) (?:\w+ ){0,2}(?:exempt|engaged|withheld|relied|maintained)|no exemption|may (?:be|also be) exempt|would be exempt|in favou?r of (?:disclosure|release)|rather than|overturn",
    r"refusal notice\b(?!.*\b(?:as|because|exempt|withh))",
    r"exempt(?:ion)? (?:from (?:council|business|the requirement|parking|charge|tax|fees)|accommodation|certificate)|council tax exempt",
)
_DISCLOSED: Final = _any(
    r"\b(?:attach(?:ed|ing|ment)?|enclos\w+|appended?|annexed|accompanying)\b",
    r"(?:see|find|in|provided|given|shown|set out|listed|detailed|answered?|displayed|contained) (?:\w+ ){0,5}(?:below|table|spreadsheet|overleaf|schedule|appendix)\b",
    r"\b(?:I|we) (?:can|am able to|are able to|am pleased to|are pleased to) (?:\w+ ){0,2}(?:confirm|advise|tell|provide|disclose|supply|release|give)",
    r"(?:disclos\w+|provided?|supplied|released|answered) (?:\w+ ){0,4}in full|decided to (?:disclose|release)|(?:is|are) (?:being )?(?:disclosed|released|provided|supplied)\b",
    r"the (?:following|attached) (?:table|figures?|data|list|spreadsheet)|the (?:table|figures) (?:below|shows?)",
    r"(?:total|figure|number|cost|spend|average|median|answer|sum|amount|target|price|limit)s?\b[^.]{0,60}? (?:was|were|is|are|came to|cost) (?:about |over |just |some |nearly )?£?\d",
)
_DISCLOSED_GUARD: Final = _any(
    r"(?:were|if|whether|should|when|by|to) (?:\w+ ){0,4}(?:disclos|releas)\w*|(?:would|could|might|may) (?:\w+ ){0,4}(?:be )?(?:disclos|releas|provid|suppl)\w*",
    r"not (?:being )?(?:disclosed|released|provided|supplied)|neither|attach(?:ed)? (?:to (?:the|these|this) (?:duty|public|argument|factor)|weight|importance)|weight",
    r"confirm (?:that )?(?:the |this |your )?(?:\w+ ){0,6}(?:is|are) (?:\w+ )?(?:held|exempt|withheld|not)|searches|duty",
)
_PARTLY: Final = _any(
    r"\b(?:disclose|release|provide|supply) (?:some|part|most|much)\b|some (?:of the )?(?:\w+ )?(?:information|data|details|names|material|content)[^.]{0,60}(?:withh|exempt|redact|remov)",
    r"partial(?:ly)? (?:refus|disclos|exempt|withh)|in part\b|(?:with|subject to|apart from|save for|except for|except) (?:the |some )?(?:\w+ ){0,4}(?:redact\w*|removed|withheld)|\bredacted\b|redactions?\b",
    r"(?:remainder|rest|remaining (?:information|data|columns?|figures?)) (?:\w+ ){0,4}(?:withheld|exempt|refused|attached|disclosed|provided)",
    r"(?:has|have|is|are) been suppressed|suppressed",
)
_CLARIFICATION: Final = _any(
    r"\b(?:please|could you|would you|can you|need you to|ask(?:ing)? you to|grateful if you)\b[^.?]{0,60}\b(?:clarif\w+|specify|confirm (?:what|which|whether)|let (?:us|me) know (?:what|which|your|whether|the)|explain what|tell (?:us|me) (?:what|which|more))",
    r"(?:require|need|seek|requesting|await) (?:\w+ ){0,3}clarif|not a valid request|(?:cannot|unable to|not able to) (?:process|proceed|identify|deal with)[^.]{0,60}(?:request|because|until|without)|(?:unclear|not clear|insufficiently clear) (?:what|which|from)|too (?:broad|vague)",
)
_ACKNOWLEDGED: Final = _any(
    r"(?:acknowledg\w+|confirm) (?:safe )?receipt|has (?:now )?been (?:logged|registered|passed|allocated|recorded as)|will (?:now )?be (?:considered|dealt with|processed|carried out)|extend\w* the (?:deadline|time)|(?:need|require) (?:more|further|additional) time|(?:you will|you should|expect to) (?:receive|hear|get)[^.]{0,40}(?:by|within|before)|(?:aim|hope|expect) to (?:reply|respond|send)|under consideration|within 20 working days",
)
_PENDING: Final = _any(
    r"extend\w* (?:the|our|this) (?:\w+ )?(?:deadline|time|period)",
    r"not yet (?:reached|made|come to|been (?:reached|made))|(?:need|require)s? (?:more|further|additional) time|further time to consider",
    r"do not have a (?:full |substantive )?(?:response|reply|answer) (?:at this|yet|for you)",
)
_GOODWILL: Final = _any(
    r"goodwill|outside (?:of )?(?:the|our) (?:obligations?|act\b|duty|scope of the act)|although (?:we are |I am )?not (?:obliged|required)|without (?:being )?oblig|retrieved (?:during|in the course of)|by way of (?:help|assistance|courtesy)|as a courtesy|to (?:be helpful|assist|help you)\b",
)
_ADVICE: Final = _any(
    r"section 16\b|advice and assistance|(?:narrow|refin|reduc|limit|restrict)\w* (?:down )?(?:\w+ ){0,6}(?:request|period|scope|focus)|(?:could|would|might) (?:\w+ ){0,4}(?:within|fit|under) the (?:\w+ )?limit|new request",
)

_BARS: Final = frozenset({"12", "14"})
_NOT_REASONS: Final = frozenset(
    {"1", "2", "3", "8", "10", "11", "15", "16", "17", "18", "19", "45", "50", "51", "77", "84"}
)


def decides(provision: Provision) -> bool:
    """Tell whether a provision can decide a question: exemptions, exceptions and the bars of ss.12 and 14."""
    if provision.regime is Regime.FOIA:
        return provision.section not in _NOT_REASONS
    if provision.regime is Regime.FOISA:
        return provision.section not in {"1", "8", "10", "15", "16", "17", "19", "20", "47"}
    return provision.section in {"12", "13", "6", "10", "11"}


def _applied(statements: Iterable[Statement]) -> tuple[Provision, ...]:
    found: dict[Provision, None] = {}
    for statement in statements:
        for citation in statement.citations:
            if citation.role is Role.APPLIED:
                found.update(dict.fromkeys(p for p in citation.effective if decides(p)))
    return unite(found)


def unite(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Drop what a fuller form of the same section already says, and order the rest.

    >>> [str(p) for p in unite([Provision.parse("s31"), Provision.parse("s31(1)(a)"), Provision.parse("s40(2)")])]
    ['s31(1)(a)', 's40(2)']
    """
    every = set(provisions)
    return tuple(sorted((p for p in every if not any(p != q and p.covers(q) for q in every)), key=_order))


def _order(provision: Provision) -> tuple[str, int, str, tuple[str, ...]]:
    digits = re.match(r"\d+", provision.section)
    return provision.regime, int(digits.group()) if digits else 0, provision.section, provision.limbs


def _is_ncnd_limb(provision: Provision) -> bool:
    ncnd = {"22": "2", "22A": "2", "23": "5", "24": "2", "26": "3", "27": "4", "28": "3", "29": "2", "30": "3", "31": "3", "32": "3", "33": "3"}  # fmt: skip
    ncnd |= {"34": "2", "35": "3", "36": "3", "37": "2", "38": "2", "39": "2", "41": "2", "42": "2", "43": "3", "44": "2"}  # fmt: skip
    first = provision.limbs[0] if provision.limbs else ""
    if provision.regime is not Regime.FOIA:
        return (provision.regime, provision.section) == (Regime.FOISA, "18")
    return ncnd.get(provision.section) == first or (provision.section == "40" and first in {"5", "5A", "5B"})


def find_cues(statement: Statement) -> frozenset[str]:
    """List what one sentence says about a decision.

    >>> sorted(find_cues(Statement(0, 0, "We do not hold a record of this.")))
    ['content', 'not_held']
    """
    text = squeeze(statement.text)
    cues = {Cue.CONTENT} if re.search(r"\w", text) else set()
    sections = [p for c in statement.citations if c.role is Role.APPLIED for p in c.effective if decides(p)]
    foia = {p.section for p in sections if p.regime is Regime.FOIA}
    if _NCND.search(text) or any(_is_ncnd_limb(p) for p in sections):
        cues.add(Cue.GOODWILL if _NCND_TAIL.search(text) else Cue.NCND)
    if _COST.search(text) or "12" in foia:
        cues.add(Cue.COST)
    if "14" in foia or (_VEXATIOUS.search(text) and not re.search(r"not (?:\w+ ){0,3}vexatious", text, re.I)):
        cues.add(Cue.VEXATIOUS)
    if foia & {"22", "22A"} or _FUTURE.search(text):
        cues.add(Cue.FUTURE)
    if "21" in foia or _ACCESSIBLE.search(text):
        cues.add(Cue.ACCESSIBLE)
    if _NOT_HELD.search(text) and not _NOT_HELD_GUARD.search(text):
        cues.add(Cue.NOT_HELD)
    reasons = foia - {"12", "14", "21", "22", "22A"} or {p.section for p in sections if p.regime is not Regime.FOIA}
    if (reasons or _WITHHELD.search(text)) and not _WITHHELD_GUARD.search(text):
        cues.add(Cue.WITHHELD)
    if _DISCLOSED.search(text) and not _DISCLOSED_GUARD.search(text):
        cues.add(Cue.DISCLOSED)
    if _PARTLY.search(text):
        cues.add(Cue.PARTLY)
    if _CLARIFICATION.search(text):
        cues.add(Cue.CLARIFICATION)
    if _ACKNOWLEDGED.search(text):
        cues.add(Cue.ACKNOWLEDGED)
    if _GOODWILL.search(text):
        cues.add(Cue.GOODWILL)
    if _PENDING.search(text):
        cues = (cues - {Cue.WITHHELD, Cue.NOT_HELD, Cue.PARTLY}) | {Cue.PENDING, Cue.ACKNOWLEDGED}
    if _ADVICE.search(text):
        cues.discard(Cue.CONTENT)
        cues.discard(Cue.DISCLOSED)
        cues.discard(Cue.CLARIFICATION)
        cues.add(Cue.ADVICE)
    return frozenset(cues)


def _first(statements: Sequence[Statement], cues: Sequence[frozenset[str]], *wanted: str) -> str:
    for cue in wanted:
        for statement, found in zip(statements, cues, strict=True):
            if cue in found:
                return squeeze(statement.text)
    return ""


def read_answer(statements: Sequence[Statement], *, listed: Sequence[Provision] = (), bound: bool = True) -> Answer:
    """Decide what sentences that belong to one question (or to a whole letter) say.

    Args:
        statements: The answer's own sentences, quotations and boilerplate left out.
        listed: Provisions listed for the whole letter; they complete a bare section and serve an answer that withholds
            without naming a provision, where all of them belong to one section.
        bound: Whether the sentences belong to one question; if so, any statement of fact answers it.
    """
    cues = [find_cues(statement) for statement in statements]
    every = frozenset().union(*cues)
    applied = _applied(statements)
    of_section = {str(p.section) for p in listed}
    if not applied and Cue.WITHHELD in every and len(of_section) == 1:
        applied = tuple(listed)
    applied = unite([*applied, *(q for q in listed for p in applied if p != q and p.covers(q))])
    main = {p for p in applied if p.section not in {"12", "14", "21", "22", "22A"} or p.regime is not Regime.FOIA}

    def answer(outcome: Outcome, keep: Iterable[Provision], *wanted: str) -> Answer:
        return Answer(outcome, tuple(sorted(keep, key=_order)), _first(statements, cues, *wanted), every)

    def section(*numbers: str) -> tuple[Provision, ...]:
        return tuple(p for p in applied if p.regime is Regime.FOIA and p.section in numbers)

    # What a sentence gives is only counted where that sentence does not itself withhold or point elsewhere.
    gives = any(
        Cue.DISCLOSED in found and not found & {Cue.WITHHELD, Cue.COST, Cue.NCND, Cue.GOODWILL, Cue.ADVICE}
        for found in cues
    )
    if Cue.CLARIFICATION in every and not (main or section("12", "14", "21", "22") or gives or Cue.NOT_HELD in every):
        return answer(Outcome.CLARIFICATION, (), Cue.CLARIFICATION)
    limbs = {p for p in main if _is_ncnd_limb(p)}
    goodwill = _from_goodwill(cues)
    if Cue.PENDING in every and not gives and not {Cue.ACCESSIBLE, Cue.COST, Cue.NCND} & every:
        return answer(Outcome.NO_DECISION, (), Cue.PENDING)
    if Cue.NCND in every:
        other = main - limbs
        if gives or (Cue.WITHHELD in every and other and not limbs):
            return answer(Outcome.PARTLY if gives else Outcome.NCND, main, Cue.NCND)
        return answer(Outcome.NCND, limbs or main, Cue.NCND)
    if Cue.VEXATIOUS in every:
        return answer(Outcome.REFUSED, section("14") or applied, Cue.VEXATIOUS)
    if Cue.COST in every:
        mixed = gives and not goodwill and _precedes(cues, Cue.DISCLOSED, Cue.COST)
        return answer(Outcome.PARTLY if mixed else Outcome.REFUSED, section("12") or main, Cue.COST)
    withheld = Cue.WITHHELD in every and bool(main or Cue.ACCESSIBLE not in every)
    if withheld and main:
        partly = gives or Cue.PARTLY in every or bool(section("21") and Cue.ACCESSIBLE in every)
        partly = partly or _gives_figures(statements, cues)
        return answer(Outcome.PARTLY if partly else Outcome.REFUSED, main, Cue.WITHHELD)
    if Cue.FUTURE in every and (section("22", "22A") or not gives):
        return answer(Outcome.FUTURE_PUBLICATION, section("22", "22A"), Cue.FUTURE)
    elsewhere = Cue.NOT_HELD in every and not section("21") and _precedes(cues, Cue.NOT_HELD, Cue.ACCESSIBLE)
    if Cue.ACCESSIBLE in every and (section("21") or not gives) and not elsewhere:
        return answer(Outcome.ALREADY_ACCESSIBLE, section("21"), Cue.ACCESSIBLE)
    if Cue.NOT_HELD in every:
        return answer(Outcome.PARTLY if gives else Outcome.NOT_HELD, (), Cue.NOT_HELD)
    if withheld:
        partly = gives or Cue.PARTLY in every
        return answer(Outcome.PARTLY if partly else Outcome.REFUSED, applied, Cue.WITHHELD)
    if gives:
        return answer(Outcome.DISCLOSED, (), Cue.DISCLOSED)
    if Cue.CLARIFICATION in every:
        return answer(Outcome.CLARIFICATION, (), Cue.CLARIFICATION)
    if Cue.ACKNOWLEDGED in every:
        return answer(Outcome.NO_DECISION, (), Cue.ACKNOWLEDGED)
    if Cue.CONTENT in every and bound:
        return answer(Outcome.DISCLOSED, (), Cue.CONTENT)
    return answer(Outcome.UNKNOWN, ())


def _from_goodwill(cues: Sequence[frozenset[str]]) -> bool:
    """Tell whether everything given comes after words that say it is given outside the duty."""
    for found in cues:
        if Cue.GOODWILL in found:
            return True
        if Cue.DISCLOSED in found:
            return False
    return False


def _precedes(cues: Sequence[frozenset[str]], first: str, second: str) -> bool:
    order = [name for found in cues for name in (first, second) if name in found]
    return bool(order) and order[0] == first


_FIGURE: Final = re.compile(r"(?:fewer|less|more) than \w+|(?<![\w.(£])(?:£\s?)?\d[\d,.]*(?:%|\b)(?!\s*\()")


def _gives_figures(statements: Sequence[Statement], cues: Sequence[frozenset[str]]) -> bool:
    """Tell whether the answer's first sentence states a fact before anything is withheld."""
    if len(statements) < 2 or cues[0] & {Cue.WITHHELD, Cue.ACCESSIBLE, Cue.ADVICE}:
        return False
    text = squeeze(statements[0].text)
    return bool(
        _FIGURE.search(re.sub(r"(?i)\b(?:section|s\.?|act|question|q|point|part)\s?\d+\S*|\b(?:19|20)\d\d\b", "", text))
    )
