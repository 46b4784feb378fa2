"""Find the axes of the breakdown that a question asks for.

In: the words of one question. Out: axes in lower case and singular, as the request names them.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from triage.slots.fit import normalise_axis

__all__ = ["find_axes", "word_set"]


def word_set(text: str) -> frozenset[str]:
    """Split a list of words; white space separates them."""
    return frozenset(text.split())


_MAX_TRIGGERS: Final = 200
"""Words such as "by" that are looked at; no question has as many, a pasted document may."""

_AXIS_WORDS: Final = word_set(
    "rank grade gender sex ethnicity race age nationality religion disability borough ward district area region county"
    " constituency division department directorate team unit station year month quarter week weekday day date hour"
    " offence crime type category outcome reason result location postcode street road school hospital site force rota"
    " band post role job title directorate company supplier contractor vendor make model manufacturer colour tenure"
    " status country language method weapon drug breed species product item service source length severity priority"
    " disposal sanction age-group bcu lsoa bocu custody prison court ethnicities cause classification value"
    " size subject matter topic theme group branch office depot centre purpose species specie camera library provider"
    " agency faculty specialty speciality stage parish town village course cohort clinic theatre operator airline"
    " destination practice trust tribunal landlord line insurer parade park building block estate"
)
_NOT_AXIS: Final = word_set(
    "police officer officers email e-mail post council authority force you your us them him her me members"
    " member staff people"
    " persons someone anyone cent se head capita person employee mile hour the"
)
_PRONOUNS: Final = word_set("you your us our them their him his her me my someone anyone the")
_TRIGGER: Final = re.compile(
    r"\b(?:broken|break|breaking|split|splitting|separated|divided|categori[sz]ed|grouped|disaggregated"
    r"|itemi[sz]ed|sub-?divided"
    r"|listed|sorted|classified|arranged|analysed|shown|organi[sz]ed|breakdowns?|subtotals)\b"
    r"(?:\s+(?:down|of|it|them|this|these|those|that|the|figures?|data|numbers?|totals?|results?|information"
    r"|each|up|further|separately|also|out|please|with|and|where|possible|if)\b){0,6}"
    r"(?:\s+(?:by|per|into|according to|for each|in terms of|by way of))(?:\s+the\s+following(?:\s+\w+){0,2})?\s*:?",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\b(?:by|per)\s+", re.IGNORECASE)
_EACH: Final = re.compile(
    r"\b(?:for|in|of|at|across|from|to|by|during|on)\s+(?:each|every)(?:\s+and\s+every)?(?:\s+(?:individual"
    r"|separate|single))?\s+(?:of\s+(?:the|your|these|those)\s+)?",
    re.IGNORECASE,
)
_EACH_BARE: Final = re.compile(
    r"\b(?:each|every)\s+(?=(?:calendar|financial|academic|fiscal)?\s?(?:year|month|quarter|week)\b)", re.IGNORECASE
)
_LEVEL: Final = re.compile(r"\b(?:to|at|by|on a|down to)\s+(?:a\s+)?(?P<axis>[a-z]{3,12})[\s-]level\b", re.IGNORECASE)
_LY: Final = re.compile(
    r"\b(?:on an?\s+)?(?P<axis>month[\s-](?:by|on)[\s-]month|year[\s-](?:by|on)[\s-]year|week[\s-]by[\s-]week"
    r"|monthly|yearly|annually|annual|quarterly|weekly)\s+(?P<noun>basis|figures?|totals?|data|breakdowns?"
    r"|numbers?|statistics)?",
    re.IGNORECASE,
)
_LY_AXIS: Final = {"mo": "month", "ye": "year", "an": "year", "qu": "quarter", "we": "week"}
_AXIS_END: Final = re.compile(
    r"[.?!:;()\[\]\n\"“”]|\s[-–—]\s|\b(?:for|in|from|between|during|since|please|where|who|whom|that|which"
    r"|including|over|with|within|at|on|as|to|if|is|are|was|were|has|have|within|rather|using|when|then|would"
    r"|could|can|how|what|but|not|i|you|they|we|who|whether\s+the)\b|\d",
    re.IGNORECASE,
)
_INLINE_MARK: Final = re.compile(r"[ ,;]*(?<![^\s,;:])\(?(?:[a-h]|[ivx]{1,4}|[1-9])\)\s")
_LIST_LINE: Final = re.compile(r"\s*\n\s*(?:[-*•o·]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*([^\n]{1,60})")
_SEPARATOR: Final = re.compile(
    r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&|plus|then)\s+(?:also\s+)?|\s*/\s*|\s*;\s*", re.IGNORECASE
)
_AXIS_LEAD: Final = re.compile(
    r"^(?:(?:and|by|per|the|their|its|a|an|each|every|also|both|individual|overall|respective|of|of the|then"
    r"|all|any|different|various|following|according to)\s+)+",
    re.IGNORECASE,
)


def _axis_phrases(text: str, at: int, *, trusted: bool) -> list[str]:
    window = text[at : at + 240]
    if trusted:
        window = _INLINE_MARK.sub(", ", window).replace(";", ",").lstrip(" ,")
    axes: list[str] = []
    if trusted and re.match(r"\s*:?\s*\n", window):
        while line := _LIST_LINE.match(text, at):
            axes.append(line[1])
            at = line.end()
        return axes
    stop = _AXIS_END.search(window)
    phrase = window[: stop.start()] if stop else window
    for piece in _SEPARATOR.split(phrase):
        words = _AXIS_LEAD.sub("", piece.strip()).split()
        if not words or len(words) > 5:
            break
        name = " ".join(words)
        if not trusted and not _is_axis(words):
            break
        if words[0].lower() == "whether":
            continue
        if trusted and axes and words[0].lower() in ("the", "how", "what", "any", "total", "number", "cost", "i"):
            break
        axes.append(name)
    return axes


_ITEM: Final = r"[A-Za-z][\w'’-]{0,24}(?:\s(?!and\b|or\b)[\w'’-]{1,24}){0,2}"
_FIELD_LIST: Final = re.compile(
    rf"\b(?:with|showing|stating|giving|listing)\s+(?:the\s+|their\s+|its\s+|a\s+)?(?P<list>{_ITEM}"
    rf"(?:,\s{_ITEM}){{1,11}},?\sand\s{_ITEM})(?=[\s.,;:?!)]|$)"
)
_FIELDS_OF: Final = re.compile(
    rf"(?<![\w'’-])(?P<list>[\w'’-]{{1,24}}(?:,\s{_ITEM}){{1,11}},?\sand\s(?:the\s)?[\w'’-]{{1,24}})\s(?:of|for)\s(?:each|every)\b"
)
_FIELD_LINE: Final = re.compile(r"^[ \t]*(?:[-*•]\s*)?([A-Z][^\n:]{1,60}):[ \t]*$", re.MULTILINE)


def _fields(text: str) -> list[tuple[int, str]]:
    """Find the columns of a list that is asked for: "with make, model and year", or lines that wait to be filled."""
    found: list[tuple[int, str]] = []
    for pattern in (_FIELD_LIST, _FIELDS_OF):
        for match in pattern.finditer(text):
            found += [(match.start(), item) for item in re.split(r",?\sand\s|,\s", match["list"])]
    lines = list(_FIELD_LINE.finditer(text))
    if len(lines) >= 3:
        found += [(match.start(), match[1]) for match in lines]
    return found


_CHOICES: Final = re.compile(
    r"\((?P<a>[A-Za-z][\w' -]{1,24}(?:\s?/\s?[A-Za-z][\w' -]{1,24}){1,5})\)|"
    r"\b(?:split|broken\s+down|divided|separated|subdivided)\s+(?:(?:by|into|between|as|in)\s+)?(?P<b>[A-Za-z][\w'-]*(?:\s[\w'-]+){0,2}(?:\s?/\s?[A-Za-z][\w'-]*(?:\s[\w'-]+){0,2}){1,6})|"
    r"\b(?:split|divided|broken\s+down|separated)\s+(?:into|between)\s+(?P<c>[A-Za-z][\w'-]*(?:\s[\w'-]+){0,2}(?:,\s[\w'-]+(?:\s[\w'-]+){0,2}){0,6},?\sand\s[\w'-]+)",
    re.IGNORECASE,
)
"""The values of one axis that has no name of its own: "(home / international)", "split into works and design"."""


_YES_NO: Final = re.compile(r"\b(?:yes|no|and|y|s)\s?/|/\s?(?:yes|no|or|n)\b", re.IGNORECASE)


def _is_axis(words: list[str]) -> bool:
    """Tell an axis from the agent of a passive ("by the council") by its head noun."""
    lower = [(normalise_axis(word).split() or [word])[-1] for word in (w.lower().strip(",") for w in words)]
    if len(lower) > 1 and "of" not in words and words[-1].lower() in _AXIS_WORDS and lower[0] not in _PRONOUNS:
        return True  # "by council tax band", though "by council officers" tells who did it
    if lower[0] in _NOT_AXIS or words[0].lower() in _NOT_AXIS:
        return False
    if "of" in words:
        return lower[0] in _AXIS_WORDS
    return lower[-1] in _AXIS_WORDS or (
        len(lower) > 1 and lower[0] in _AXIS_WORDS and lower[-1] not in _NOT_AXIS and len(lower) <= 2
    )


_LAST: Final = re.compile(
    r"^(?:last|past|previous|preceding|most\s+recent)\s+(?:(?:\d+|\w+)\s+)??(?=(?:calendar|financial|academic|fiscal)?\s?\w+$)"
)
_OF: Final = re.compile(
    r"^((?:\w+\s)?(?:quarters?|months?|years?|weeks?|districts?|boroughs?|wards?|areas?|regions?|county|counties))\s+of\b.*$"
)


def _tidy_axis(axis: str) -> str:
    axis = re.sub(r"\s*\(.*$", "", axis)
    axis = re.sub(r"^(?:[A-Z]\w+\s+){1,3}(?=(?:boroughs?|wards?|districts?|councils?)\b)", "", axis)
    axis = _AXIS_LEAD.sub("", axis.strip(" .,;:-")).lower()
    axis = _LAST.sub("", _OF.sub(r"\1", axis))
    axis = re.sub(r"^(provider|supplier|contractor|school|hospital)s? of .*", r"\1", axis)
    axis = re.sub(r"\blevel$", "", axis).strip()
    words = axis.split()
    if words:
        words[-1] = re.sub(r"(?<=[a-z]{3})(?<!s)(?<!u)(?<!i)s$", "", words[-1].replace("boroughs", "borough"))
        if words[-1].endswith("ie"):
            words[-1] = words[-1][:-2] + "y"
    return "year" if words in (["annum"], ["yearly"]) else " ".join(words)


def find_axes(text: str) -> tuple[str, ...]:
    """Find the axes of the breakdown asked for, in lower case and singular.

    >>> find_axes("arrests by police officers, broken down by offence type and ethnicity, for each year")
    ('offence type', 'ethnicity', 'year')
    """
    found: list[tuple[int, str]] = []
    # What is one axis by its values is taken out before axes are looked for by their names.
    for match in reversed(list(islice(_CHOICES.finditer(text), _MAX_TRIGGERS))):
        if _YES_NO.search(match.group()):
            continue
        values = re.split(r"\s?/\s?|,\s|,?\sand\s", match["a"] or match["b"] or match["c"])
        found.append((match.start(), " / ".join(value.strip() for value in values)))
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    for match in islice(_TRIGGER.finditer(text), _MAX_TRIGGERS):
        found += [(match.start(), axis) for axis in _axis_phrases(text, match.end(), trusted=True)]
    for pattern in (_BY, _EACH, _EACH_BARE):
        for match in islice(pattern.finditer(text), _MAX_TRIGGERS):
            found += [(match.start(), axis) for axis in _axis_phrases(text, match.end(), trusted=False)]
    for match in _LEVEL.finditer(text):
        if normalise_axis(match["axis"]) in _AXIS_WORDS:
            found.append((match.start(), match["axis"]))
    for match in _LY.finditer(text):
        if match["noun"] or match["axis"].lower() not in ("weekly", "annually", "annual"):
            found.append((match.start(), _LY_AXIS[match["axis"][:2].lower()]))
    found += _fields(text)
    found.sort(key=lambda item: item[0])
    axes = [_tidy_axis(axis) for _, axis in found]
    kept: dict[str, str] = {}
    for axis in axes:
        if 2 < len(axis) <= 60:
            kept.setdefault(normalise_axis(axis), axis)
    if any(key.endswith(" year") for key in kept):
        kept.pop("year", None)
    return tuple(kept.values())
