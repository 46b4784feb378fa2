"""Read a record of the project's own form.

In: a `Source` whose fields are one line of a `.jsonl` file. Out: a `Disclosure`, or a `FormatError` that names the
line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from triage.errors import FormatError
from triage.read.answers import letter_outcome
from triage.read.facts import find_links, find_publication_date, is_suppressed
from triage.read.outcome import Answer
from triage.read.wording import squeeze
from triage.schema import AnsweredQuestion, Binding, Disclosure, Outcome, Provision, Source, Status

__all__ = ["read_record"]


class _RecordQuestion(msgspec.Struct, frozen=True):
    text: str
    outcome: Outcome
    label: str | None = None
    answer: str = ""
    provisions: tuple[str, ...] = ()


class _Record(msgspec.Struct, frozen=True):
    """One line of the project's own form; fields it does not know are left alone."""

    reference: str
    questions: tuple[_RecordQuestion, ...]
    authority: str = ""
    received: dt.date | None = None
    responded: dt.date | None = None
    url: str | None = None
    published: bool | None = None
    status: Status = Status.UNKNOWN


def read_record(source: Source) -> Disclosure:
    """Read one record.

    Raises:
        FormatError: A field is missing, of the wrong kind, or not in its vocabulary.
    """
    place = f"{source.file}, line {source.line}"
    try:
        record = msgspec.convert(source.fields, _Record, strict=False)
        questions, text = _read_questions(record.questions)
    except (msgspec.ValidationError, ValueError) as error:
        raise FormatError(f"{place}: {error}; see the README for the fields of a record") from error
    if not record.reference.strip():
        raise FormatError(f"{place}: the reference is empty; give each disclosure its reference")
    outcomes = {q.outcome for q in questions}
    return Disclosure(
        reference=record.reference.strip(),
        authority=record.authority,
        questions=questions,
        outcome=letter_outcome(questions, Answer(Outcome.UNKNOWN)) if outcomes else Outcome.UNKNOWN,
        received=record.received,
        responded=record.responded,
        url=record.url or None,
        published=record.published,
        status=record.status,
        request="\n".join(q.text for q in questions),
        file=source.file,
        digest=source.digest,
        text=text,
    )


_FIRST_SENTENCE: Final = re.compile(r"\s*(\S.{20,300}?[.?!](?=\s|$)|\S.{0,300})", re.DOTALL)


def _read_questions(given: Sequence[_RecordQuestion]) -> tuple[tuple[AnsweredQuestion, ...], str]:
    """Read the questions of a record, and put them and their answers together into one text.

    Raises:
        ValueError: A provision is not in its printed form.
    """
    found: list[AnsweredQuestion] = []
    text = ""
    for ordinal, q in enumerate(given, start=1):
        text += ("\n" if text else "") + f"{q.text}\n"
        said = _FIRST_SENTENCE.match(q.answer)
        found.append(
            AnsweredQuestion(
                ordinal=ordinal,
                label=q.label,
                text=q.text,
                outcome=q.outcome,
                provisions=tuple(Provision.parse(p) for p in q.provisions),
                binding=Binding.STATED,
                evidence=squeeze(said[1]) if said else "",
                evidence_span=(len(text) + said.start(1), len(text) + said.end(1)) if said else None,
                answer=q.answer,
                links=find_links(q.answer),
                suppressed=is_suppressed(q.answer),
                publication_date=find_publication_date([q.answer]) if q.outcome is Outcome.FUTURE_PUBLICATION else None,
                standalone=q.text,
            )
        )
        text += q.answer
    return tuple(found), text
