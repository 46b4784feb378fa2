"""Tell whether a reply reviews, withdraws or replaces an earlier one, and what becomes of that one.

In: the opening of a reply, its words, the references it prints. Out: the reference of the earlier reply and its status.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from triage.read.cues import Statement
from triage.read.references import is_notice
from triage.read.wording import squeeze
from triage.schema import Status

__all__ = ["find_findings", "find_review", "is_judgment"]

_REVIEW: Final = re.compile(
    r"\binternal review\b|\b(?:outcome|result) of (?:the|your|our) review\b"
    r"|\breview of (?:our |the )?(?:decision|response|reply|request)|decision notice|first-tier tribunal"
    r"|upper tribunal"
    r"|\bnotice of decision\b",
    re.IGNORECASE,
)
_REVIEWED: Final = re.compile(
    r"\b(?:I|we) (?:have )?(?:\w+ )?(?:reviewed|carried out (?:a|the|an) (?:\w+ )?review|conducted|undertaken)\b",
    re.IGNORECASE,
)
_NOTICE_WORDS: Final = re.compile(r"\bdecision notice\b|\btribunal\b", re.IGNORECASE)
_FINDING: Final = re.compile(
    r"[^.]*\b(?:(?:commissioner|tribunal)(?:['’]s)? (?:decision|finds?|found|has (?:decided|found|concluded)"
    r"|concludes?"
    r"|therefore|considers?|requires?|orders?|directs?|is (?:not )?satisfied)|appeal is|the decision is)\b[^.]*\.",
    re.IGNORECASE,
)
"""Sentences of a notice or judgment that decide; the others tell what happened before."""

_RETRACTION: Final = re.compile(
    r"\b(?:withdraw(?:s|n|ing)?|retract(?:s|ed|ion)?|correct(?:s|ion|ed|ing)"
    r"|replac(?:es|ing))\b[^.]{0,90}\b(?:figures?|response|reply|disclosure|answers?|data|table|letter"
    r"|spreadsheet|annex"
    r"|earlier)\b|\b(?:figures?|response|reply|answers?|spreadsheet|annex"
    r"|data)\b[^.]{0,80}\b(?:(?:is|are|was|were) (?:\w+ )?(?:wrong|incorrect|withdrawn|retracted)"
    r"|should (?:not|no longer) be (?:used|relied))",
    re.IGNORECASE,
)
_SUPERSEDES: Final = re.compile(r"\bsupersed(?:es|ed|ing)\b", re.IGNORECASE)

_COMPLAINT: Final = (
    r"(?:(?:your|the) (?:complaint|request for (?:an |a )?(?:internal )?review|appeal)|the complainant['’]s complaint)"
)
_DECIDED: Final = (
    r"(?:the|our|this|that|its) (?:\w+ ){0,3}?(?:decision|refusal|response|exemption|position|outcome|use)s?"
)
_NOT_FOR_REQUESTER: Final = re.compile(
    rf"\b(?:(?:do|does|did|can) ?not uphold {_COMPLAINT}|{_COMPLAINT} (?:is|was|has|cannot|can not) (?:therefore )?"
    r"(?:not (?:been )?upheld|be upheld|dismissed))\b",
    re.IGNORECASE,
)
_NOT_FOR_AUTHORITY: Final = re.compile(
    rf"\b(?:(?:do|does|did|can) ?not uphold {_DECIDED}"
    rf"|(?:{_DECIDED}|section [\d()a-z]+) (?:(?:is|was|has been) (?:therefore )?not|cannot be) upheld)\b",
    re.IGNORECASE,
)
_OVERTURNED: Final = re.compile(
    r"\b(?:overturn(?:s|ed|ing)?|set aside|revers(?:e|ed)|cannot stand|does not stand"
    rf"|uph(?:o|e)ld(?:s|ing)? {_COMPLAINT}|{_COMPLAINT} (?:is|was|has been|be) (?:therefore )?(?:upheld|allowed)"
    r"|appeal is (?:\w+ )?allowed|allows? the appeal"
    r"|should (?:not have been (?:withheld|applied|refused)|have been (?:disclosed|released|provided))"
    r"|no longer rel(?:y|ied|ying)|(?:incorrectly|wrongly|not correctly) (?:applied|withheld|relied|refused|cited)"
    r"|(?:was|were|is) (?:not entitled|wrong) to|(?:was|is) not engaged|(?:does|do|did) not apply"
    r"|requires? the (?:\w+ ){1,6}?to (?:disclose|release|confirm))\b",
    re.IGNORECASE,
)
_UPHELD: Final = re.compile(
    rf"\b(?:uph(?:e|o)ld(?:s|ing)? (?:(?:the|our|this|that|its) )?(?:\w+ ){{0,3}}?"
    r"(?:decision|refusal|response|exemption|use|application|position|outcome|section)s?"
    rf"|{_DECIDED} (?:is|was|are|has been) (?:therefore )?upheld"
    r"|maintain(?:s|ed)? (?:the|our|its) (?:decision|original|exemption|position|refusal)"
    r"|dismiss(?:es|ed)? the appeal|appeal is (?:\w+ )?dismissed|was (?:correct|right)|stands"
    r"|agrees? with the (?:original )?decision"
    r"|(?<!in)(?<!not )(?:correctly|properly|rightly) (?:applied|withheld|relied|refused)"
    r"|(?:was|is|were) (?:correct|right|entitled) to|review upheld|upheld in full)\b",
    re.IGNORECASE,
)
_VARIED: Final = re.compile(
    r"\b(?:var(?:y|ied|ies) (?:the|our|this)|partly upheld|upheld in part|partially upheld|in part upheld"
    r"|part[- ]upheld"
    r"|(?:decision|response) (?:is|was|has been) varied|overturned in part|partly overturned|allowed in part"
    r"|upheld (?:\w+ ){0,3}in part|amend(?:ed|s)? the decision)\b",
    re.IGNORECASE,
)


_OF_REVIEW: Final = re.compile(r"(.*\d.*?)[-/_. ]?(?:IR|INTREV|REV|RV|REVIEW|IR\d|C|R)")
"""The reference of a review that is the reviewed one with a mark behind it."""


_OWN_FINDING: Final = re.compile(
    r"\b(?:(?:we|I) (?:therefore |also |unanimously )?(?:conclude|find|decide|hold|dismiss|allow|agree|are satisfied"
    r"|am satisfied)|appeal is"
    r"|(?:commissioner|tribunal)(?:['’]s)? (?:decision is|finds?|concludes?|requires?|orders?))\b",
    re.IGNORECASE,
)


def is_judgment(heading: str, references: Sequence[str]) -> bool:
    """Tell whether a text is a notice of the Commissioner or a decision of the tribunal, and not a letter about one.

    Args:
        heading: Its first lines, white space folded.
        references: The references that it prints, its own first.
    """
    if re.search(r"\bdear\b", heading, re.IGNORECASE):
        return False
    return _NOTICE_WORDS.search(heading) is not None and bool(references) and is_notice(references[0])


def find_findings(statements: Sequence[Statement]) -> list[Statement]:
    """List the sentences of a notice or judgment that decide; the others tell what happened before."""
    return [each for each in statements if _OWN_FINDING.search(squeeze(each.text))]


def find_review(opening: str, heading: str, whole: str, references: Sequence[str]) -> tuple[str | None, Status | None]:
    """Find which earlier reply this one is about, and what becomes of it.

    Args:
        opening: Its first words, white space folded.
        heading: The first lines, white space folded.
        whole: Its words without the request, white space folded.
        references: The references that it prints, its own first.

    Returns:
        The reference of the earlier reply and its status; both `None` where the reply is about none. A review that
        prints no reference of its own goes by the one it reviews.

    >>> find_review("", "Internal review of FOI-0001-23", "I uphold the decision.", ["FOI-0001-23"])
    ('FOI-0001-23', <Status.UPHELD: 'upheld'>)
    """
    status: Status | None = None
    judged = is_judgment(heading, references)
    if judged:
        status = _read_status(" ".join(_FINDING.findall(whole)))
    elif _REVIEW.search(heading) or _REVIEWED.search(opening):
        status = _read_status(whole)
    elif _SUPERSEDES.search(opening):
        status = Status.SUPERSEDED
    elif _RETRACTION.search(opening):
        status = Status.RETRACTED
    if status is None or not references:
        return None, None
    of_review = _OF_REVIEW.fullmatch(references[0])
    if of_review is not None:
        return of_review[1], status
    others = [reference for reference in references[1:] if not is_notice(reference) and reference in whole]
    if not others and judged:
        return None, None
    return next(iter(others), references[0]), status


def _read_status(words: str) -> Status | None:
    """Read what was done to the earlier decision; both upheld and overturned is varied."""
    partly = _VARIED.search(words) is not None
    # "Not upheld" turns a sense round, so it is heard first and taken out.
    refused, words = _NOT_FOR_REQUESTER.search(words) is not None, _NOT_FOR_REQUESTER.sub(" ", words)
    fallen, words = _NOT_FOR_AUTHORITY.search(words) is not None, _NOT_FOR_AUTHORITY.sub(" ", words)
    overturned = fallen or _OVERTURNED.search(words) is not None
    upheld = refused or _UPHELD.search(words) is not None
    if partly or (overturned and upheld):
        return Status.VARIED
    return Status.OVERTURNED if overturned else Status.UPHELD if upheld else None
