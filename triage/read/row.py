"""Read a row of a disclosure log.

In: a `Source` whose fields are named cells. Out: a `Disclosure`; the columns for outcome and exemption go before what
the answer's own words say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from triage.citations import find_citations
from triage.errors import FormatError
from triage.read.answers import read_answers, shift_evidence
from triage.read.asked import Asked, Splitter, split_told
from triage.read.dates import parse_day
from triage.read.effects import effect_of
from triage.read.header import find_authority_of
from triage.read.outcome import unite
from triage.read.references import normalise_reference
from triage.schema import Binding, Disclosure, Outcome, Source

__all__ = ["read_row"]

_ROW_OUTCOMES: Final[Mapping[str, Outcome]] = {
    r"neither|ncnd|confirm (?:n?or|/) ?deny": Outcome.NCND,
    r"not held|no information|nil held": Outcome.NOT_HELD,
    r"part": Outcome.PARTLY,
    r"future|s\.? ?22": Outcome.FUTURE_PUBLICATION,
    r"accessib|already|elsewhere|s\.? ?21|published": Outcome.ALREADY_ACCESSIBLE,
    r"cost|s\.? ?12|refus|exempt|withh|vexatious|repeat|rejected": Outcome.REFUSED,
    r"clarif|withdrawn|lapsed": Outcome.CLARIFICATION,
    r"acknowledg|open|pending|transfer": Outcome.NO_DECISION,
    r"full|granted|disclos|released|provided|answered|supplied|complete": Outcome.DISCLOSED,
}
"""Words of an outcome column, the most telling first."""

_WITHHOLDING: Final = frozenset({Outcome.REFUSED, Outcome.PARTLY, Outcome.NCND})


def _row_outcome(words: str) -> Outcome | None:
    return next((outcome for pattern, outcome in _ROW_OUTCOMES.items() if re.search(pattern, words, re.I)), None)


def read_row(source: Source, split: Splitter) -> Disclosure:
    """Read one row.

    Raises:
        FormatError: The row has no reference.
    """
    fields = {name: str(value) for name, value in source.fields.items()}
    request, response = fields.get("request", ""), fields.get("response", "")
    if not fields.get("reference"):
        raise FormatError(f"{source.file}, line {source.line}: no reference; give each row of the log its reference")
    responded = parse_day(fields.get("responded", ""))
    received = parse_day(fields.get("received", ""))
    asked = split_told(request, split, received or responded) if request else []
    answers = read_answers(response, Asked(asked, response), date=responded)
    questions = answers.questions
    listed = tuple(
        p
        for c in find_citations(_as_citations(fields.get("provisions", "")), date=responded)
        for p in c.effective
        if effect_of(p) is not None
    )
    stated = _row_outcome(fields.get("outcome", ""))
    if len(questions) == 1 and stated is not None:
        questions = (msgspec.structs.replace(questions[0], outcome=stated, binding=Binding.STATED),)
    lacking = [q for q in questions if not q.provisions and q.outcome in _WITHHOLDING]
    if len(questions) == 1 or (lacking and len(lacking) == sum(q.outcome in _WITHHOLDING for q in questions)):
        # The column belongs to all that is withheld, where the answers themselves name nothing.
        questions = tuple(
            msgspec.structs.replace(q, provisions=unite(listed))
            if listed and not q.provisions and (q in lacking or len(questions) == 1)
            else q
            for q in questions
        )
    before = f"{request}\n" if request else ""
    return Disclosure(
        reference=normalise_reference(fields["reference"]),
        authority=fields.get("authority") or find_authority_of(fields.get("url", "")) or "",
        questions=tuple(shift_evidence(q, len(before)) for q in questions),
        outcome=stated or answers.outcome,
        received=received,
        responded=responded,
        url=fields.get("url") or None,
        published=True,
        request=request,
        mentioned=tuple(p for p in answers.mentioned if p not in listed),
        file=source.file,
        digest=source.digest,
        text=before + response,
    )


def _as_citations(cell: str) -> str:
    """Give bare numbers in an exemption column their keyword ("31(1)(a); 40(2)")."""
    return re.sub(r"(?<![\w(.])(?=\d{2}[A-Z]?(?:\W|$))", "s", cell)
