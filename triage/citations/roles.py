"""Tell whether a citation is applied or only mentioned, from the words around it.

In: a text and a span. Out: whether the citation decides something there.
"""

from __future__ import annotations

import re
from typing import Final

from triage.citations.acts import ENVIRONMENTAL, flatten
from triage.citations.catalogue import APPLICABLE_KINDS, entry_of
from triage.schema import Provision, Regime

__all__ = ["find_annex", "is_applicable", "is_mentioned", "speaks_of_own_data"]

_REACH: Final = 400
"""Characters looked at on either side of a citation; longer sentences are cut there."""

_BREAK: Final = re.compile(
    r"(?<![Ss]ec)[.!?][\"'’”)\]]*\s+(?=[A-Z\[(•“\"'‘])|\n[^\S\n]*(?:>[> ]*)?\n|\n(?=[^\S\n]*[•\-*–][^\S\n])"
)
_ANNEX: Final = re.compile(
    r"^[ \t>*#]*(?:(?:legal|legislative|statutory|legislation)[ \t]+(?:annex|appendix|extracts?|provisions)"
    r"|(?:annex|appendix)\b[^\n]{0,12}\b(?:legislation|legal|statut\w+|extracts?)[^\n]{0,40}"
    r"|relevant[ \t]+(?:legislation|statutory[ \t]+provisions)"
    r"|extracts?[ \t]+from[ \t]+(?:the[ \t]+)?(?:legislation|[^\n]{0,30}act)[^\n]{0,12}"
    r"|legislation)[ \t:*]*$",
    re.I | re.M,
)


def _without(*words: str, up_to: int) -> str:
    """Write a pattern for at most `up_to` characters of one clause that hold none of the words."""
    return rf"(?:(?!\b(?:{'|'.join(words)})\b)[^.;]){{0,{up_to}}}"


# What may stand between a citation and the verb it is the subject of.
_SUBJECT: Final = (
    _without(
        *("test", "interest", "and", "but", "which", "because", "if", "where", "that", "when", "as", "information"),
        *("unless", "requirement", "means", "so", "we"),
        up_to=70,
    )
    + "?"
)
_AUXILIARY: Final = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would)"
_ADVERBS: Final = r"(?:\w+ly |therefore |also |actually |in fact |in this (?:case|instance) |here )*"
_DENIED_AFTER: Final = re.compile(
    rf"{_SUBJECT}\b(?:(?:was|were) (?:only |also )?(?:mentioned|raised)\b"
    rf"|{_AUXILIARY}(?: not|n['’]t) (?:be |been )?{_ADVERBS}(?:engag\w+|appl\w+|relied|rely|relevant"
    r"|cited?|used|appropriate|required|met|satisfied|made out|needed|protects?|covers?|extends?|reach(?:es)?|helps?"
    r"|assists?|prevents?|justif\w+)\b"
    r"|(?:is|are) no longer\b|no longer (?:appl|engag)\w+|(?:was|were) (?:incorrectly|wrongly|mistakenly)\b"
    r"|should not have\b|cannot (?:be (?:relied|used)|apply|protect|cover|extend|justify)\b)",
    re.I,
)
_SET_ASIDE: Final = re.compile(
    r"[^.;]{0,30}\b(?:is|are|was|were|be) (?:therefore |hereby |now |accordingly )?(?:overturned|withdrawn"
    r"|set aside|quashed)\b",
    re.I,
)
_OTHER_CLAUSE: Final = (
    *("but", "however", "although", "except", "instead", "because", "since", "therefore", "as it"),
    *("is exempt", "are exempt", "virtue", "due to", "result of"),
)
_DENIED_BEFORE: Final = re.compile(
    r"(?:\bnot|n['’]t|no longer|never|nor|without|incorrectly|wrongly|in error|mistakenly)"
    rf" (?:be |been |being |to |seeking to )*{_ADVERBS}(?:exempt\w*|rely\w*|relied|reliance|appl\w+|engag\w+|cit\w+"
    rf"|us(?:e|ed|ing)|uphold\w*|invok\w+|withh\w+|refus\w+|under|consider\w*)\b{_without(*_OTHER_CLAUSE, up_to=70)}$"
    rf"|(?:\bnot|n['’]t) (?:see|regard|treat|view|count) (?:this|that|it|these|those"
    rf"|them) as\b{_without(*_OTHER_CLAUSE, up_to=50)}$"
    r"|(?:\bnot|n['’]t) (?:find|think|consider|believe) it (?:was |is )?(?:necessary|needful"
    r"|right) to (?:decide|rule|conclude|consider|rely|reach a (?:view|conclusion))"
    rf"{_without(*_OTHER_CLAUSE, up_to=40)}$"
    rf"|\bno (?:need|reason) to (?:rely|apply|use|cite|consider|invoke)\b{_without(*_OTHER_CLAUSE, up_to=50)}$",
    re.I,
)
_GIVEN_UP: Final = re.compile(
    r"\b(?:withdr[ae]wn?|withdrawing|(?:I|we) (?:now |therefore |have )?(?:set aside|drop(?:ped)?"
    r"|abandon(?:ed)?|overturn(?:ed)?)|removed (?:the |our |any )?(?:exemption|reliance|claim|citation|reference)"
    rf"|rather than|instead of)\b{_without(*_OTHER_CLAUSE, up_to=60)}$",
    re.I,
)
_POSSIBLE: Final = (
    r"(?:(?:may|might|could) (?:also |well |probably |perhaps |still |then |not |potentially |possibly )*"
    r"(?:be (?:able to |entitled to )?)?"
    r"(?:exempt|appl|engag|refus|consider|rely|relied|fall|need|withh|subject|relevant|cite|in point"
    r"|have been (?:in point|eng))|would (?:also |then )?have (?:had|needed) to (?:consider|appl|rel))"
)
_POSSIBLE_BEFORE: Final = re.compile(rf"\b{_POSSIBLE}{_without('but', 'however', up_to=90)}$", re.I)
_POSSIBLE_AFTER: Final = re.compile(rf"{_SUBJECT}\b{_POSSIBLE}", re.I)
_HYPOTHESIS: Final = re.compile(
    r"(?:\bif (?:you|we) (?:were|are|do|did|wish|choose|can|could|narrow|refine|need|have to|had to)"
    r"|\bshould (?:you|any|an|the|some)\b)"
    r"[^.;]*$",
    re.I,
)
_WEIGHED: Final = re.compile(
    r"\b(?:whether(?: or not)?|consider(?:ed|ing)? (?:if|using|applying|relying on"
    r"|the (?:use|application|applicability)(?: of)?))\b"
    + _without(
        *("holds?", "held", "exists?", "because", "therefore", "so", "is exempt", "are exempt", "to be exempt", "that"),
        up_to=110,
    )
    + "$",
    re.I,
)
_CONSIDERED: Final = re.compile(
    r"\b(?:(?:thought|consideration) (?:(?:was|has been) given )?to"
    r"|ask(?:ed)? (?:us|ourselves|myself|them|it)(?: to consider)?) whether\b"
    r"[^.;]{0,240}$"
    r"|\b(?:consider(?:ed|ing)|wonder(?:ed)? (?:about|whether|if)|thought (?:hard |carefully |long )?(?:about|of)"
    r"|looked at|had in mind|asked for (?:an |the )?(?:opinion|view|decision) (?:on|about))\b"
    rf"{_without('that', up_to=40)}$",
    re.I,
)
_CONSIDERED_AFTER: Final = re.compile(rf"{_SUBJECT}\b(?:(?:was|were|has been|have been) )?(?:also )?considered\b", re.I)
# What a provision is like, told of it as the subject of the sentence, applies it to nothing.
_EXPLAINED: Final = re.compile(
    r"(?:[\s,]|and|or|&|s(?:ection)?s?\.?|exemptions?|\d+[A-Z]?|\(\w{1,4}\)){0,12}(?:is|are|being) (?:both )?(?:an? )?"
    r"(?:absolute|qualified|class[- ]based|prejudice[- ]based)\b",
    re.I,
)
_SUBJECT_BEFORE: Final = re.compile(
    r"^\W*(?:(?:the|both|while|as|since|because|whilst|for)\s+)?(?:exemptions?\s+(?:at|under|in|of|provided by)\s+)?"
    r"(?:(?:s(?:ection)?s?\.?|regulations?)?\s*\d*[A-Z]?(?:\(\w{1,4}\))*\s*(?:,|and|&)?\s*){0,4}$",
    re.I,
)
_CONSIDERING: Final = re.compile(
    r"\bconsidering (?:the )?(?:following|these) (?:\w+ )?(?:exemptions?"
    r"|exceptions?)[^.:]{0,60}:(?:\s+[^.\n]{0,90})*$",
    re.I,
)
"""Opens a list of what may come to be applied."""
_LISTED: Final = 400
_SEE: Final = re.compile(r"\(\s*(?:see|cf\.?|under|pursuant to)\s+(?:also\s+)?$", re.I)
_CONCLUDED: Final = re.compile(
    r"\b(?:conclu\w+|satisfied|decided|determined|found|believe|of the view|consider(?:s|ed)?) (?:that )?(?:it|they"
    r"|the exemptions?|the information|this exemption|section|these|both) (?:is|are|does|do|was|were|should be )?\b"
    r"(?!n['’]t| not)|\band (?:that )?(?:it|they|the exemption) (?:is|are|does|do)\b(?! not|n['’]t)",
    re.I,
)
_REJECTED: Final = re.compile(
    r"\b(?:but|however|although|and)\b[^.;]*?(?:(?:\bnot|n['’]t|\bno longer) (?:be )?(?:to )?"
    r"(?:engag|appl|add\b|rel[iy]|use|met|exempt|satisf|clear|persuad|consider|find|found|think|need|necessary"
    r"|believe)"
    r"|\b(?:sees?|saw|found|find|has|had|have) no (?:prejudice|harm|objection|need|reason)\b"
    r"|\b(?:documents?|information|matters?|records?) (?:is|are) (?:now )?(?:finished|complete|old|public)"
    r"|\badds? (?:nothing|little)\b|\bconclu\w+ that (?:it|they|this) (?:is|was|does|did|are|were) not\b"
    r"|\bwould be (?:absurd|wrong|pointless|unreasonable)\b|\bdecided against\b"
    r"|\bagainst (?:it|its use|applying|relying)\b"
    r"|\b(?:can|could|should|would) be (?:disclosed|released))",
    re.I,
)
_HYPOTHETICAL: Final = re.compile(r"\b(?:if (?:you|we|the)|might|may|could|would)\b", re.I)
_PENDING: Final = re.compile(
    r"\b(?:need to|still|currently|yet|are considering|more time|further time|not be able to (?:respond|reply)"
    r"|unable to|in order to|have to consider|must consider)\b",
    re.I,
)
_REPORTED: Final = re.compile(
    r"\b(?:you (?:may|might) have expected|(?:had|have|having|has) regard to the|by analogy with|analogous to"
    r"|akin to)\b"
    r"[^.;]{0,80}$"
    r"|\b(?:(?:you|requesters?|complainants?|applicants?)(?: have| has| also| had| then)* (?:stated?|says?|said|cited?"
    r"|argued?|claim(?:ed)?|quoted?|mention(?:ed)?|suggest(?:ed)?|contend(?:ed)?|assert(?:ed)?|question(?:ed)?"
    r"|believed?|disagreed?|disputed?|complain(?:ed)?|challenged?|object(?:ed)?)"
    r"|your (?:argument|claim|view|assertion|contention|belief|suggestion|point|challenge|complaint|reference))\b"
    + _without(
        *("but", "however", "although", "we", "exempt", "is", "are", "was", "were", "our", "requested", "asked"),
        up_to=120,
    )
    + "$",
    re.I,
)
_GUIDANCE: Final = re.compile(
    r"\bregulations (?:made )?under (?:the )?$|\b(?:guidance|guide|(?:further|more|additional) (?:information"
    r"|details?)|fact ?sheet|explanation)\b[^.;]{0,25}"
    r"\b(?:on|about|regarding|concerning|relating to|for)\b"
    rf"{_without('exempt', 'is', 'are', 'we', 'because', 'withh', 'withheld', 'refused', 'refusing', up_to=60)}$",
    re.I,
)
# A link printed with its page title: "... appropriate limit (section 12) | ICO".
_LINK_TITLE: Final = re.compile(r"[\s)]{0,4}\|\s*(?:ICO|[A-Z][\w ]{2,40})\b")
_EXTENSION: Final = re.compile(r"\b(?:extend\w*|extensions?|(?:more|additional|further|extra) time)\b", re.I)
_DEADLINE: Final = re.compile(r"\b(?:public interest|section 10|deadlines?|working days|respond|response|time)\b", re.I)
_WITHHELD: Final = re.compile(r"\bexempt (?:from|under)\b|\bwithh[eo]ld", re.I)
_FAVOURS: Final = re.compile(
    r"\bpublic interest (?:therefore |in this case )?(?:lies |is |falls |rests )?"
    r"(?:in favour of|favours|better served by) (?:disclos|releas|providing)\w*",
    re.I,
)
# A review tells what the first reply relied on, and then that it falls.
_RELIED_THEN: Final = re.compile(
    rf"\b(?:relied|applied|refused|withheld|cited|claimed)\b{_without(*_OTHER_CLAUSE, up_to=80)}$", re.I
)
_FALLS_NOW: Final = re.compile(
    r"\b(?:overturn(?:ed|s|ing)?|set aside|not upheld|(?:(?:do|does|did) not|can ?not) uphold"
    r"|uphold(?:s|ing)? your complaint|(?:exemption|reliance|refusal) is (?:now |hereby |therefore )?withdrawn"
    r"|your complaint is (?:therefore )?upheld)\b",
    re.I,
)
_NOT_UPHELD: Final = re.compile(
    r"\b(?:(?:do|does|did|can) ?not|cannot|don['’]t) uphold (?:the use of )?(?:this|that|the|it)\b"
    r"|\b(?:exemption|exception|it) (?:is|was) (?:therefore )?(?:not (?:engaged|upheld|made out)|withdrawn"
    r"|set aside)\b"
    r"|\b(?:exemption|exception|it) (?:does|did|do) not apply\b",
    re.I,
)
_RUN_IN: Final = re.compile(r"\W*$")
_QUOTED_LINE: Final = re.compile(r"[^\S\n]*>")
_OWN_DATA: Final = re.compile(
    r"\byour own\b|\byou are the (?:data )?subject|\bsubject access\b|personal data of the (?:applicant|requester)"
    r"|\babout yourself\b|\brelat\w+ to (?:you|yourself)\b",
    re.I,
)


def find_annex(text: str) -> int:
    r"""Return where pasted legislation begins; the length of the text where there is none.

    >>> find_annex("We apply section 31(1)(a).\n\nLEGAL ANNEX\nSection 17(1) provides:")
    28
    """
    found = _ANNEX.search(text)
    return found.start() if found is not None else len(text)


def is_applicable(provision: Provision) -> bool:
    """Tell whether a reply can apply this provision to a question, or only follow it as duty and procedure.

    >>> is_applicable(Provision.parse("s14(1)")), is_applicable(Provision.parse("s16"))
    (True, False)
    """
    entry = entry_of(provision)
    return entry is not None and entry.kind in APPLICABLE_KINDS


def is_mentioned(text: str, start: int, end: int, *, provision: Provision, last: int) -> bool:
    """Tell whether the sentence around a citation keeps it from being applied.

    Args:
        text: The whole text.
        start: Where the citation begins.
        end: Where it ends.
        provision: Its first provision.
        last: End of the last of the citations joined to it by "and" or a comma, whose verb is also its own.
    """
    if _is_quoted(text, start):
        return True
    before, after, following = _sentence(text, start, end)
    predicate = after if last == end else _sentence(text, start, last)[1]
    sentence = before + after
    return (
        _DENIED_AFTER.match(predicate) is not None
        or _POSSIBLE_AFTER.match(predicate) is not None
        or _SET_ASIDE.match(predicate) is not None
        or _LINK_TITLE.match(after) is not None
        or _is_explained(before, predicate, provision)
        or (_SEE.search(before) is not None and _HYPOTHETICAL.search(before) is not None)
        or (_CONSIDERED_AFTER.match(predicate) is not None and _REJECTED.search(predicate) is not None)
        or any(
            pattern.search(before) is not None
            for pattern in (_DENIED_BEFORE, _GIVEN_UP, _POSSIBLE_BEFORE, _HYPOTHESIS, _REPORTED, _GUIDANCE)
        )
        or _is_only_weighed(before, after)
        or (_RUN_IN.match(before + after) is not None and _NOT_UPHELD.search(_paragraph_below(text, end)) is not None)
        or _is_extension(sentence)
        or _CONSIDERING.search(text, max(0, start - _LISTED), start) is not None
        or _FAVOURS.search(after + following[:250]) is not None
        or (_RELIED_THEN.search(before) is not None and _FALLS_NOW.search(after + following) is not None)
        or (_leads_to_regulations(provision) and ENVIRONMENTAL.search(sentence) is not None)
    )


def _is_explained(before: str, predicate: str, provision: Provision) -> bool:
    """Tell whether a sentence only says what kind of exemption several sections, or a bare one, are."""
    found = _EXPLAINED.match(predicate)
    if found is None or _SUBJECT_BEFORE.match(before) is None:
        return False
    return not provision.limbs or re.search(r"\bare\b", found[0]) is not None


def _paragraph_below(text: str, end: int) -> str:
    """Return what follows a citation that heads its paragraph ("Section 38. I have seen no harm. ..."), to its end."""
    stop = text.find("\n\n", end + 2)
    return flatten(text[end : stop if stop >= 0 else len(text)])


def _is_only_weighed(before: str, after: str) -> bool:
    weighed = _WEIGHED.search(before)
    if weighed is None:
        return _CONSIDERED.search(before) is not None and _REJECTED.search(after) is not None
    if "public interest" in weighed[0]:
        # Every applied qualified exemption is weighed; only a balance still to be struck decides nothing.
        return _PENDING.search(before + after) is not None
    return _CONCLUDED.search(after) is None or _REJECTED.search(after) is not None


def _is_extension(sentence: str) -> bool:
    """Tell whether a sentence takes more time to reply, which decides nothing yet."""
    wanted = _EXTENSION.search(sentence) is not None and _DEADLINE.search(sentence) is not None
    return wanted and _WITHHELD.search(sentence) is None


def _leads_to_regulations(provision: Provision) -> bool:
    """Tell whether the exemption is the door to the Environmental Information Regulations."""
    key = (provision.regime, provision.section)
    return key == (Regime.FOIA, "39") or (key == (Regime.FOISA, "39") and provision.limbs[:1] == ("2",))


def _sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before and after a span in its sentence, and what follows the sentence."""
    first = max(0, start - _REACH)
    before = text[first:start]
    # A break is known by what follows it, which may be the citation itself.
    left = max((found.end() for found in _BREAK.finditer(text[first : start + 1])), default=0)
    after = text[end : end + _REACH]
    broken = _BREAK.search(after)
    right = broken.start() if broken is not None else len(after)
    return flatten(before[left:]), flatten(after[:right]), flatten(text[end + right : end + right + _REACH])


def _is_quoted(text: str, start: int) -> bool:
    """Tell whether a citation stands in a quoted line of a mail of which other lines are not quoted."""
    line_start = text.rfind("\n", max(0, start - _REACH), start) + 1
    if not _QUOTED_LINE.match(text, line_start):
        return False
    near = text[max(0, line_start - 4 * _REACH) : line_start + 4 * _REACH].split("\n")
    return any(line.strip() and not _QUOTED_LINE.match(line) for line in near[1:-1])


def speaks_of_own_data(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence around a span is about the requester's own data."""
    before, after, _ = _sentence(text, start, end)
    return _OWN_DATA.search(before + after) is not None
