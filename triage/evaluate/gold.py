"""Read gold data: what a person says should come out.

In: `.jsonl` files, gzipped or not. Out: checked records. A line that cannot be used stops the evaluation, with its file
and number, because a figure over the rest would not be the figure asked for.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from triage.errors import FormatError, InputError
from triage.schema import Outcome, Regime, Verdict

__all__ = [
    "CiteGold",
    "ReadGold",
    "RequestGold",
    "SearchQuery",
    "SearchText",
    "SlotsGold",
    "SplitGold",
    "read_gold",
]

T = TypeVar("T")
Offset = Annotated[int, msgspec.Meta(ge=0)]


class PeriodGold(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """The period that a question asks for, as ISO days."""

    start: str | None
    end: str | None
    grain: str | None = None


class SlotsGold(msgspec.Struct, frozen=True):
    """Period, places (parted by semicolons) and breakdown axes of a question."""

    period: PeriodGold | None = None
    place: str | None = None
    breakdown: tuple[str, ...] = ()


class SpanGold(msgspec.Struct, frozen=True):
    """One question of a request: `text[start:end]`, list marker left out."""

    start: Offset
    end: Offset
    slots: SlotsGold | None = None


class SegmentGold(msgspec.Struct, frozen=True):
    """What a stretch of a request does in it."""

    start: int
    end: int
    role: str


class SplitGold(msgspec.Struct, frozen=True):
    """A request with its questions, its roles, or the way it is handled; `kind` is its shape.

    At least one of `questions` and `handling` is given; what is not given is not measured.
    """

    id: str
    text: str
    questions: tuple[SpanGold, ...] | None = None
    segments: tuple[SegmentGold, ...] = ()
    handling: str | None = None
    kind: str = "all"
    received: str | None = None

    def __post_init__(self) -> None:
        if self.questions is None and self.handling is None:
            raise ValueError("neither questions nor handling are marked")
        spans: list[SpanGold | SegmentGold] = [*(self.questions or ()), *self.segments]
        for span in spans:
            if not span.start < span.end <= len(self.text):
                raise ValueError(f"the span {span.start} to {span.end} does not lie in the text")


class CiteGold(msgspec.Struct, frozen=True):
    """One surface of a citation, with what it names and what an officer would tick."""

    id: str
    surface: str
    literal: tuple[str, ...]
    effective: tuple[str, ...]
    date: str | None = None
    regime: Regime = Regime.FOIA
    half: str = "response"


class AnswerGold(msgspec.Struct, frozen=True):
    """What a letter decided for one question.

    The question goes by `ref`, or by its printed `label`; the provisions applied stand in `applied`, or in
    `provisions`.
    """

    outcome: Outcome
    ref: str | int | None = None
    label: str | int | None = None
    applied: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    start_words: str = ""

    @property
    def name(self) -> str | int | None:
        """The label that the letter gives the question."""
        return self.label if self.ref is None else self.ref

    @property
    def decided_under(self) -> tuple[str, ...]:
        """The provisions applied, in whichever of the two fields."""
        return self.applied or self.provisions


class ReadGold(msgspec.Struct, frozen=True):
    """A reply: its own text, or the name of a file in the corpus, with what should be read from it.

    `answers` belongs to the first form, `questions` to the second, where also the head of the reply is marked.
    """

    outcome: Outcome
    id: str = ""
    text: str | None = None
    request: str | None = None
    answers: tuple[AnswerGold, ...] = ()
    file: str | None = None
    reference: str = ""
    authority: str | None = None
    responded: str | None = None
    questions: tuple[AnswerGold, ...] = ()

    def __post_init__(self) -> None:
        if (self.text is None) == (self.file is None):
            raise ValueError("give either the text of a reply or the file that holds it")

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.id or self.reference or str(self.file)

    @property
    def answered(self) -> tuple[AnswerGold, ...]:
        """The questions separately answered; none where the letter answers at once."""
        if self.file is not None:
            return self.questions
        return () if [answer.ref for answer in self.answers] == ["all"] else self.answers

    @property
    def applied(self) -> frozenset[str]:
        """Every provision applied anywhere in the letter."""
        return frozenset(p for answer in (*self.answers, *self.questions) for p in answer.decided_under)


class SearchText(msgspec.Struct, frozen=True):
    """One text to search among, with its answer."""

    id: str
    date: str
    text: str
    answer: str = ""


class SearchQuery(msgspec.Struct, frozen=True):
    """A question with the ids that answer it; the text is that of the question of the same id where none is given."""

    id: str
    date: str
    positives: tuple[str, ...]
    text: str = ""


class AskedGold(msgspec.Struct, frozen=True):
    """One question of a request by its first and last words, with what should be said about it."""

    start_words: str
    end_words: str
    verdict: Verdict
    provisions: tuple[str, ...] = ()
    precedents: tuple[str, ...] = ()
    not_precedents: tuple[str, ...] = ()


class RequestGold(msgspec.Struct, frozen=True):
    """A request by its file, with its questions in order."""

    file: str
    questions: tuple[AskedGold, ...]
    received: str | None = None


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    opener = gzip.open if path.suffix == ".gz" else Path.open
    try:
        with opener(path, "rb") as file:
            yield from enumerate(file, start=1)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot read the gold data {path}: {reason}; name a .jsonl or .jsonl.gz file") from error


def read_gold(path: Path, kind: type[T]) -> list[T]:
    """Read a gold file, one object a line; fields it does not need are left alone.

    Args:
        path: A `.jsonl` file, or a gzipped one ending in `.gz`.
        kind: The record that a line holds.

    Raises:
        FormatError: A line is not such a record.
        InputError: The file cannot be read.
    """
    decoder = msgspec.json.Decoder(kind)
    found = []
    for number, line in _numbered(path):
        if not line.strip():
            continue
        try:
            found.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise FormatError(f"{path}, line {number}: {error}; mend that line of the gold data") from error
    return found
