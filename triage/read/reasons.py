"""Find the reasons that a reply gives: harm, and the public interest on either side, for each provision.

In: the sentences of a reply. Out: `Passage` records in order. 11 of 266 replies read show such blocks within their
first 2,000 characters: a provision as heading, then harm, then factors for and against, then the balance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from triage.read.boilerplate import is_boilerplate
from triage.read.cues import Statement, disowns
from triage.read.effects import effect_of
from triage.read.outcome import unite
from triage.read.wording import any_of, squeeze
from triage.schema import Passage, PassageKind, Provision, Role

__all__ = ["find_passages", "is_heading_of_reasons"]

_SIDE: Final = r"(?:factors?|considerations?|arguments?|reasons?|public interest|favour\w*|support\w*)"
_DISCLOSING: Final = r"(?:disclos\w+|releas\w+|confirm\w* (?:or deny\w*|that))"
_WITHHOLDING: Final = (
    r"(?:non[- ]?disclos\w+|withh\w+|maintain\w*|not disclos\w+|neither confirm\w*|against (?:disclos\w+|releas\w+)"
    r"|(?:applying|application of) the exemption|retain\w*)"
)
_HEADINGS: Final[tuple[tuple[PassageKind, re.Pattern[str]], ...]] = (
    (PassageKind.AGAINST_DISCLOSURE, any_of(rf"^\W*(?:\w+ ){{0,4}}{_SIDE}\b.{{0,60}}?\b{_WITHHOLDING}")),
    (PassageKind.FOR_DISCLOSURE, any_of(rf"^\W*(?:\w+ ){{0,4}}{_SIDE}\b.{{0,60}}?\b{_DISCLOSING}")),
    (PassageKind.BALANCE, any_of(r"^\W*(?:\w+ ){0,4}balanc(?:e|ing)\b", r"^\W*public interest (?:test )?conclusion")),
    (PassageKind.HARM, any_of(r"^\W*(?:\w+ ){0,3}(?:harm|prejudice)\b")),
)
"""What heads a block of reasons, the most telling first; a heading is one short line."""
_HEADING_WORDS: Final = 12
_WEIGHING: Final = re.compile(r"\W*(?:the )?(?:public interest(?: test| considerations?)?|PIT)\b", re.IGNORECASE)
"""Heads both sides of the public interest."""

_BALANCE: Final = any_of(
    r"\bon balance\b|\boutweigh\w*|balance of (?:the )?public interest|public interest (?:lies|rests|falls|favours)"
    r"|(?:balance|scales?) (?:lies|is|falls|tips|favours)|weighed? (?:up|against)|balancing"
)
_AGAINST: Final = any_of(
    r"public interest in (?:the )?(?:maintain|withh|non|not |protect|preserv|safeguard|ensuring that|keep|uphold)\w*",
    r"(?:against|not) (?:disclosing|disclosure|releasing|release)\b.{0,80}\bpublic interest",
    r"(?:safe|private|thinking) space|chilling effect|free and frank",
)
_FOR: Final = any_of(
    r"public interest in (?:the )?(?:disclos|releas|transparency|openness|accountability|knowing|understanding|public"
    r"|being informed|seeing|spending|how)\w*",
    r"(?:disclos|releas)\w+ (?:\w+ ){0,6}?would (?:\w+ ){0,2}(?:promote|increase|allow|further|enable the public"
    r"|help the public|aid|assist the public|inform|improve|demonstrate|show the public|enhance)",
    r"\b(?:transparency|openness|accountability)\b",
)
_HARM: Final = any_of(
    r"\b(?:would|could|is|are|be|may|might) (?:\w+ ){0,4}(?:prejudic\w+|harm\w*|endanger\w*|undermin\w+|hinder\w*"
    r"|hamper\w*|jeopardis\w+|compromis\w+|inhibit\w*|damag\w+|disrupt\w*|expos\w+|weaken\w*|distress)",
    r"\b(?:assist|enable|help|allow|alert|aid|equip|inform|forewarn) (?:\w+ ){0,3}(?:criminals?|offenders?|terrorists?"
    r"|those (?:\w+ )?(?:intent|planning|who|wish|seeking|intending)|competitors?|hackers?"
    r"|attackers?|thieves|groups)",
)


def _kind_of(text: str) -> PassageKind | None:
    """Tell what one sentence argues, the most telling wording first."""
    if _BALANCE.search(text):
        return PassageKind.BALANCE
    if _AGAINST.search(text):
        return PassageKind.AGAINST_DISCLOSURE
    if _FOR.search(text):
        return PassageKind.FOR_DISCLOSURE
    return PassageKind.HARM if _HARM.search(text) else None


def _heading_kind(text: str) -> PassageKind | None:
    if len(text.split()) > _HEADING_WORDS or text.endswith((".", ";", ",")):
        return None
    return next((kind for kind, pattern in _HEADINGS if pattern.search(text)), None)


def is_heading_of_reasons(words: str) -> bool:
    """Tell whether a line heads a block of reasons.

    >>> is_heading_of_reasons("Factors favouring disclosure"), is_heading_of_reasons("Harm was done to two bats.")
    (True, False)
    """
    said = squeeze(words)
    return _heading_kind(said) is not None or (
        _WEIGHING.match(said) is not None and len(said.split()) <= _HEADING_WORDS and not said.endswith((".", ";", ","))
    )


def _named(statement: Statement) -> tuple[Provision, ...]:
    if disowns(statement):
        return ()
    applied = [p for c in statement.citations if c.role is Role.APPLIED for p in c.effective]
    return unite(p for p in applied if effect_of(p) is not None)


class _Run(msgspec.Struct):
    kind: PassageKind
    provisions: tuple[Provision, ...]
    start: int
    end: int


def find_passages(text: str, statements: Sequence[Statement]) -> tuple[Passage, ...]:
    """Find the passages of reasoning.

    Args:
        text: The reply.
        statements: Its own sentences in order, with their citations.

    Returns:
        Passages in the order of the text, free of overlap. The provisions of one are those that its own sentences or
        its heading name, else those named last before it.

    >>> said = "It is exempt under s.31(1)(a). Release would assist criminals."
    >>> find_passages(said, [Statement(31, 62, said[31:62])])[0].kind.value
    'harm'
    """
    runs = list(_runs(text, statements))
    return tuple(Passage(r.kind, r.provisions, r.start, r.end, squeeze(text[r.start : r.end])) for r in runs)


def _runs(text: str, statements: Sequence[Statement]) -> Iterator[_Run]:
    current: _Run | None = None
    headed: PassageKind | None = None
    last: tuple[Provision, ...] = ()
    fullest = unite(p for statement in statements for p in _named(statement))
    for statement in statements:
        words = squeeze(statement.text)
        # "Section 31" as a heading means the limbs that the letter names elsewhere.
        named = unite(q for p in _named(statement) for q in fullest if p.covers(q) or q == p)
        heading = _heading_kind(words)
        short = len(words.split()) <= _HEADING_WORDS and not words.endswith(".")
        if heading is not None or (short and named) or is_boilerplate(words):
            if current is not None:
                yield current
            current, headed = None, heading
            last = named or last
            continue
        kind = _kind_of(words)
        if headed is not None and kind is not PassageKind.BALANCE:
            kind = headed
        last = named or last
        adjacent = current is not None and not re.search(r"\n[ \t]*\n", text[current.end : statement.start])
        if current is not None and kind is current.kind and (adjacent or headed) and named in ((), current.provisions):
            current.end = statement.end
            continue
        if current is not None:
            yield current
        current = _Run(kind, last, statement.start, statement.end) if kind is not None else None
    if current is not None:
        yield current
