"""Read what a Commissioner's notice or a tribunal's decision makes of an authority's refusal.

In: the text of a decision and what became of the reply it is about. Out: the questions it quotes, each with what was
decided of it, and the authority concerned. Its numbered paragraphs are no questions, and what it orders to be disclosed
has not been disclosed by it: every answer is inferred.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from triage.read.answers import Answers, find_mentioned
from triage.read.asked import Splitter
from triage.read.cues import Statement
from triage.read.dates import DAY, parse_day
from triage.read.effects import Effect, effect_of
from triage.read.labels import find_references, plain_label
from triage.read.outcome import unite
from triage.read.reasons import find_passages
from triage.read.reviews import find_findings
from triage.read.statements import list_statements
from triage.read.wording import squeeze
from triage.schema import AnsweredQuestion, Binding, Outcome, Provision, Question, Regime, Role, Slots, Status

__all__ = ["find_authority_concerned", "find_day_given", "quote_request", "read_judgment"]

_TERMS: Final = re.compile(r":[ \t]*\n\s*(?P<words>[\"“](?:[^\"”\n]|\n(?![ \t]*\n[ \t]*\d{1,3}\.[ \t]))+[\"”])")
"""A quotation that a colon announces and that stands by itself: the request, in its own terms."""

_CONCERNED: Final = re.compile(r"(?im)^\W*public authority\W+(\w[^\n|]+)")
_RESPONDENT: Final = re.compile(
    r"(?m)^[ \t]*(?:\(\d\)\s*)?(?:THE )?(?:CHIEF CONSTABLE|COMMISSIONER OF POLICE|COUNCIL) [A-Z ,&'’-]+$"
)
_OFFICE: Final = re.compile(
    r"^(?:the )?(?:chief constable|commissioner|council|board|governing body) (?:of|for) (?:the )?", re.I
)
_GIVEN: Final = (
    re.compile(rf"\b(?:promulgated|date of (?:promulgation|decision)|decision date)\W+(?:on\W+)?({DAY})", re.I),
    re.compile(rf"(?m)^\W*(?:date|dated|given on|decided on|on)\W+({DAY})", re.I),
)
_KEPT: Final = frozenset({Effect.WITHHELD, Effect.NCND, Effect.COST, Effect.VEXATIOUS, Effect.NOT_HELD})
_OUTCOMES: Final = {
    Effect.NCND: Outcome.NCND,
    Effect.NOT_HELD: Outcome.NOT_HELD,
}


def find_day_given(text: str) -> dt.date | None:
    r"""Find the day on which a decision was given; a tribunal's counts from its promulgation.

    >>> find_day_given("Date: 4 March 2099\nThe Council replied on 9 May 2098.")
    datetime.date(2099, 3, 4)
    """
    for pattern in _GIVEN:
        for found in pattern.finditer(text):
            day = parse_day(found[1])
            if day is not None:
                return day
    return None


def find_authority_concerned(text: str) -> str | None:
    """Find whose refusal was judged; the Commissioner and the tribunal are never meant.

    >>> find_authority_concerned("Public Authority: Chief Constable of Quillshire Constabulary")
    'Quillshire Constabulary'
    """
    found = _CONCERNED.search(text)
    name = squeeze(found[1]) if found else ""
    if not name and (respondent := _RESPONDENT.search(text)):
        name = squeeze(re.sub(r"^\W*(?:\(?\d\)\s*)?", "", respondent.group())).title().replace(" Of ", " of ")
    name = _OFFICE.sub("", name).strip(" .|")
    return name or None


def quote_request(text: str) -> str:
    r"""Give the words of the request that a decision quotes, one quotation a paragraph; empty where it quotes none.

    >>> quote_request('The request was:\n\n"How many bells are there?"\n\n4. It was refused.')
    'How many bells are there?'
    """
    return "\n\n".join(found["words"].strip('"“” \t\n') for found in _TERMS.finditer(text))


def read_judgment(text: str, split: Splitter, *, decision: Status | None, day: dt.date | None) -> Answers:
    """Read a decision on a complaint or an appeal.

    Args:
        text: The decision as received.
        split: Takes a request apart.
        decision: What becomes of the reply that it is about; `None` where its words do not say.
        day: When it was given, which decides how s.40 is numbered.
    """
    statements = list_statements(text, text, date=day, regime=Regime.FOIA)
    findings = find_findings(statements)
    said = next((s for s in findings if s.citations), findings[0] if findings else None)
    upheld = decision is Status.UPHELD
    kept = unite(
        p for s in findings for c in s.citations if c.role is Role.APPLIED for p in c.effective if effect_of(p) in _KEPT
    )
    outcome = Outcome.UNKNOWN
    if upheld and kept:
        outcome = next((_OUTCOMES[e] for p in kept if (e := effect_of(p)) in _OUTCOMES), Outcome.REFUSED)
    elif decision is Status.OVERTURNED:
        outcome = Outcome.DISCLOSED
    elif decision is Status.VARIED:
        outcome = Outcome.PARTLY
    applied = kept if upheld or decision is Status.VARIED else ()
    request = quote_request(text)
    asked = _concerned([*split(request, None)] if request else [], findings)
    questions = tuple(
        _answer(ordinal, question, outcome, applied, said) for ordinal, question in enumerate(asked or [None], start=1)
    )
    return Answers(questions, find_mentioned(statements, questions), outcome, find_passages(text, statements))


def _concerned(asked: Sequence[Question], findings: Sequence[Statement]) -> list[Question]:
    """Keep the questions that the findings name; all of them where they name none."""
    labels = {label for s in findings for reference in find_references(squeeze(s.text)) for label in reference.labels}
    named = [question for question in asked if plain_label(question.label or "") in labels]
    return named or list(asked)


def _answer(
    ordinal: int, question: Question | None, outcome: Outcome, provisions: tuple[Provision, ...], said: Statement | None
) -> AnsweredQuestion:
    words = squeeze(said.text) if said else ""
    return AnsweredQuestion(
        ordinal=ordinal,
        label=question.label if question else None,
        text=squeeze(question.text) if question else "",
        outcome=outcome,
        provisions=provisions,
        binding=Binding.INFERRED if outcome is not Outcome.UNKNOWN else Binding.UNKNOWN,
        evidence=words,
        evidence_span=(said.start, said.end) if said else None,
        answer=words,
        standalone=squeeze(question.standalone) if question else "",
        slots=question.slots if question else Slots(),
    )
