"""E-mail addresses, accounts and telephone numbers.

In: a text. Out: their spans. Numbers of offices stay: they are what a letter tells everybody. Of an e-mail address at
an authority only the part before the sign goes, since its domain may be all that names the authority.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from triage.mask.spans import BLOCK, PersonSpan
from triage.mask.words import ORG, POSTS, plain

__all__ = ["EMAIL", "find_numbers"]

EMAIL: Final = r"[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_EMAIL: Final = re.compile(rf"(?<![\w.+'’-]){EMAIL}")
_SPELT: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?[\[(]\s?(?:at|@)\s?[\])]\s?[\w-]{1,63}(?:(?:\.|\s?[\[(]\s?(?:dot"
    r"|\.)\s?[\])]\s?)[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)
_SPELT_SIGN: Final = re.compile(r"[\[(]\s?(?:at|@)\s?[\])]", re.IGNORECASE)
_ORGANISATION_LABELS: Final = frozenset(
    "ac council gov govt ico llyw mod nhs parliament pnn police sch scot constabulary ombudsman tribunals".split()
)
_ORGANISATION_ENDINGS: Final = (
    "council",
    "constabulary",
    "police",
    "university",
    "nhs",
    "authority",
    "fireandrescue",
    "-pcc",
)

_ACCOUNT: Final = re.compile(r"(?<=/)(?:users?|profiles?|u|in|people)/(?P<name>[\w.%~-]{2,80})(?=[/?#\s)\]>\"'.,;]|$)")

_PHONE: Final = re.compile(
    r"(?<![\w£$€/.,+-])(?:(?:\+|\b00)44[ .-]?(?:\(0\)[ .-]?)?\d{2,4}"
    r"|\(?0\d{2,4}\)?)[ .-]?\d{3,4}(?:[ .-]?\d{2,4}){0,2}"
    r"(?:[ ,]{0,2}(?:ext(?:ension|n)?|x)\.?\s?:?\s?\d{2,6})?(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    r"(?<![\w+])\+(?!44)[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,5}(?:[ .-]?\d{2,5}){1,4}(?![\w/-])"
)
_EXTENSION: Final = re.compile(
    r"\b(?:ext|extn|extension)\b\.?(?:\s?(?:no|number)\b\.?)?\s?:?\s?(?P<number>\d{3,6})(?![\w/.,-]\d|\d)",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d$")
_REFERENCE_BEFORE: Final = re.compile(
    r"(?:ref(?:erence)?|case|invoice|order|account|request|foi|contract|charity|company|incident|crime|log"
    r"|licen[cs]e|uprn|isbn)"
    r"\b[\s:.#]{0,4}(?:(?:no|number|ref(?:erence)?|id)\b[\s:.#]{0,4})?$",
    re.IGNORECASE,
)
_OFFICE_NUMBER: Final = re.compile(
    r"\b(?:switch\s?board|help\s?-?line|hot\s?line|main (?:line|number|reception|office)|reception"
    r"|contact centre|call centre"
    r"|customer (?:services?|contact)|press office|(?:team|unit|desk) (?:on|at)|general enquiries"
    r"|non-emergency|textphone|minicom|text relay"
    r"|information commissioner|ICO|ombudsman|crimestoppers|samaritans|citizens advice)\b",
    re.IGNORECASE,
)
_AUTHORITY: Final = re.compile(
    r"\b(?:Council|Constabulary|Police|Commissioner['’]?s?|Ombudsman|Tribunal|Trust|University|Ministry"
    r"|Authority|Headquarters)\b"
)
_BEFORE: Final = 90
"""Characters before a number in which what it belongs to is looked for, on its own line."""


def _is_organisation(domain: str) -> bool:
    labels = domain.lower().split(".")
    return any(
        label in _ORGANISATION_LABELS
        or label.endswith(_ORGANISATION_ENDINGS)
        or any(part in _ORGANISATION_LABELS for part in label.split("-"))
        for label in labels
    )


def _emails(text: str) -> Iterator[PersonSpan]:
    if "[" in text or "(" in text:
        for found in _SPELT.finditer(text) if _SPELT_SIGN.search(text) else ():
            yield PersonSpan(*found.span(), "email")
    if "@" not in text:
        return
    for found in _EMAIL.finditer(text):
        sign = found[0].index("@")
        end = found.start() + sign if _is_organisation(found[0][sign + 1 :]) else found.end()
        yield PersonSpan(found.start(), end, "email")


def _is_office_number(text: str, found: re.Match[str], digits: str) -> bool:
    """Tell the number of an office.

    Numbers that begin with 03 and 08 belong to organisations (Ofcom, National Telephone Numbering Plan).
    """
    if digits.startswith("07") or re.search(r"[ext]", found[0], re.IGNORECASE):
        return False
    if digits.startswith(("03", "08")):
        return True
    line = text.rfind("\n", max(0, found.start() - _BEFORE), found.start())
    before = text[max(line + 1, found.start() - _BEFORE, 0) : found.start()]
    if _OFFICE_NUMBER.search(before):
        return True
    # "FOI Officer, Fennmoor Council, 0113 496 0123" is the line of an officer.
    return (
        _AUTHORITY.search(before) is not None
        and not any(plain(word) in POSTS - {"police", "commissioner"} for word in re.findall(r"[\w’']+", before))
        and BLOCK not in before
        and "my" not in before.lower().split()
    )


def find_numbers(text: str) -> Iterator[PersonSpan]:
    """Find e-mail addresses, accounts of sites and telephone numbers.

    >>> [(s.start, s.end) for s in find_numbers("ask jo.sample@tarnley-council.example or 07700 900123")]
    [(4, 13), (41, 53)]
    """
    yield from _emails(text)
    if "://" in text or "www." in text:
        for found in _ACCOUNT.finditer(text):
            if plain(found["name"]) not in ORG:
                yield PersonSpan(*found.span("name"), "name")
    for found in _PHONE.finditer(text):
        own = re.split(r"ext|x", found[0].lower())[0].replace("(0)", "")
        digits = "".join(filter(str.isdigit, own))
        foreign = own.lstrip("(").startswith(("+", "00"))
        if foreign:
            digits = "0" + digits.removeprefix("00").removeprefix("44")
        if (
            len(digits) in (10, 11)
            and not _REFERENCE_BEFORE.search(text, max(0, found.start() - 40), found.start())
            and not _is_office_number(text, found, digits)
        ):
            yield PersonSpan(*found.span(), "phone")
    if "+" in text:
        for found in _FOREIGN.finditer(text):
            if 8 <= sum(map(str.isdigit, found[0])) <= 15:
                yield PersonSpan(*found.span(), "phone")
    for found in _EXTENSION.finditer(text):
        if not _YEAR.match(found["number"]):
            yield PersonSpan(*found.span("number"), "phone")
