"""Find the references by which replies are known.

In: words of a reply. Out: references in one printed form, with their places. The forms are those of 266 replies of 42
authorities read by hand, of the Commissioner's notices and of appeals at the First-tier Tribunal.
"""

from __future__ import annotations

import re
from typing import Final

from triage.read.dates import ANY_DAY

__all__ = ["find_own_reference", "find_reference_spans", "find_references", "is_notice", "normalise_reference"]

_SHAPED: Final = re.compile(
    r"\b(?:01[./](?:FOI|FIN)[./]\d{2}[./]\d{6}|HQ/PA/\d{6}/\d{2}|F-20\d{2}-\d{5}|GSA/\d{4}/\d{2}|PUB ?\d{4}"
    r"|20(?:0[5-9]|1\d)(?:0[1-9]|1[0-2])0\d{6})\b"
)

_NAMED: Final = re.compile(
    r"(?:\b(?:our |your |request |case |foi[a]? |foi request )?ref(?:erence)?(?: no| number| id)?"
    r"|\bfreedom of information(?: act(?: 2000)?)?(?: request| response| disclosure"
    r"| log)*(?: ref(?:erence)?)?(?: no| number)?"
    r"|\b(?:foi|eir|case|request|disclosure|log)(?: request| response| case)?(?: no| number| ref(?:erence)?)?"
    r"|internal review(?: of)?(?: foi| request)?)"
    # Nothing is given back here: a text is blank where the requester speaks, and after "request" that would cost the
    # square of its blanks.
    r"(?![A-Za-z])\s*+(?:[.:#/–-]++\s*+)?+"
    r"((?=[A-Z0-9./_~-]*\d)[A-Z0-9]+(?:[/_-][A-Z0-9]+|[. ]?[/.-] ?\d+(?! [A-Z][a-z]))*)(?![A-Za-z0-9])",
    re.I,
)

_CODE: Final = re.compile(
    r"(?<![\w/.-])(?!(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC|MARCH|APRIL|AUGUST)\b)"
    r"((?:[A-Z]{2,6}[-/. ]){1,3}\d[\dA-Z]*(?:[-/.]\d+)*(?:[A-Z]|/[A-Z]{1,3})?)(?![\w/-])"
)

_JUDGED: Final = re.compile(
    r"(?<![\w/-])(?:IC-\d{4,7}-[A-Z0-9]{4}|F(?:S|AC|ER|EA)\d{7,8}|(?:EA|GIA"
    r"|QA)/(?:20\d\d/)?\d{4}(?:/[A-Z]{1,4})?)(?![\w/-])"
)
"""References of the Commissioner (IC-, before 2020 FS, FAC, FER) and of the tribunals (EA, QA; Upper Tribunal GIA)."""

_NO_REFERENCE: Final = re.compile(r"(?:act|section|regulation)|SI[ /]|[A-Z]+ \d\d-\d\d$|(?:UK)?GDPR|EU", re.IGNORECASE)
"""Statutes and financial years look like references and are none."""


def normalise_reference(reference: str) -> str:
    """Bring the two printed forms of one serial to one, and take blanks out.

    The slashed form on Metropolitan Police letters names the same case as the dotted one on its pages; `/X` may follow.

    >>> normalise_reference("01/FOI/24/099999/X"), normalise_reference("401 - 24")
    ('01.FOI.24.099999', '401-24')
    """
    tidy = re.sub(r"\s*([-/._])\s*", r"\1", reference.strip().rstrip(".,;:-/"))
    slashed = re.fullmatch(r"01[/.](FOI|FIN)[/.](\d{2})[/.](\d{6})(?:/X)?", tidy)
    return f"01.{slashed[1]}.{slashed[2]}.{slashed[3]}" if slashed else tidy


def find_reference_spans(text: str) -> list[tuple[str, int, int]]:
    """Find the references that a text prints, each where it stands first.

    >>> find_reference_spans("Our ref: FOI-0415-23, dated 3 May 2023")
    [('FOI-0415-23', 9, 20)]
    """
    found: dict[str, tuple[int, int]] = {}
    shaped = _SHAPED.search(text) is not None
    for pattern in (_SHAPED, _JUDGED) if shaped else (_JUDGED, _NAMED, _CODE):
        for match in pattern.finditer(text):
            reference, (start, end) = match.group(match.lastindex or 0), match.span(match.lastindex or 0)
            digits = re.sub(r"\D", "", reference)
            if len(digits) < 3 or ANY_DAY.fullmatch(reference) or re.fullmatch(r"(?:19|20)\d\d", reference):
                continue
            if _NO_REFERENCE.match(reference):
                continue
            # "FOI 401 - 24" is known as 401-24: the word before it is no part of what is printed in one piece.
            if " " in reference.rstrip() and any(first < end and start < last for first, last in found.values()):
                continue
            found.setdefault(normalise_reference(reference), (start, end))
    whole = [r for r in found if not any(other != r and other.endswith(("-" + r, "/" + r, "." + r)) for other in found)]
    return sorted(((r, *found[r]) for r in whole), key=lambda each: each[1])


def find_references(text: str) -> list[str]:
    """List the references that a text prints, in the order of their first place."""
    return [reference for reference, _, _ in find_reference_spans(text)]


_OURS: Final = re.compile(r"\bour (?:case )?ref(?:erence)?(?: no| number)?\b[\s.:|]*", re.IGNORECASE)
_MOST_BETWEEN: Final = 6
"""Characters of a word like "FOI" between "Our ref:" and what is known as the reference."""


def find_own_reference(text: str) -> str | None:
    """Find the reference that a letter calls its own; a review may name the reviewed one before.

    >>> find_own_reference("Review of FOI-0415-23. Our reference: FOI-0415-23/IR")
    'FOI-0415-23/IR'
    """
    for ours in _OURS.finditer(text):
        named = find_reference_spans(text[ours.end() : ours.end() + 60])
        if named and named[0][1] <= _MOST_BETWEEN:
            return named[0][0]
    return None


def is_notice(reference: str) -> bool:
    """Tell whether a reference is that of a Commissioner's decision notice or of an appeal at the tribunal.

    >>> is_notice("IC-999999-A1B2"), is_notice("EA/2099/0001"), is_notice("FOI-0415-23")
    (True, True, False)
    """
    return _JUDGED.fullmatch(reference) is not None
