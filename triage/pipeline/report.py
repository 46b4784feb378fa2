"""Sum up what came out of reading many replies, and choose what a person should look at.

In: disclosures and what could not be read, one after another; none is kept. Out: a `ReadingReport`. Of each reply only
the reference and the file's name stay in memory.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from triage.citations import find_citations, is_applicable
from triage.ingest import Unread
from triage.pipeline.correct import regime_of
from triage.pipeline.precedents import find_keys
from triage.schema import (
    AnsweredQuestion,
    Binding,
    Citation,
    Disclosure,
    Doubt,
    DoubtKind,
    Outcome,
    Provision,
    ReadingReport,
    Role,
)

__all__ = ["find_doubts", "report_reading"]

_LISTED: Final = 20
"""How many unread files and doubled references are listed."""

_DOUBTFUL: Final = 10
"""How many replies a person is asked to look at."""

_RANKS: Final = {kind: rank for rank, kind in enumerate(DoubtKind)}

_ODD_FLAGS: Final = frozenset(
    {
        "condition-alone",
        "exemption-as-keyword",
        "legacy-s40",
        "no-subsection",
        "purpose-alone",
        "regulation-called-section",
        "repaired-subsection",
    }
)
"""Flags of a citation that had to be interpreted."""

_UNDECIDED: Final = frozenset({Outcome.UNKNOWN, Outcome.NO_DECISION, Outcome.CLARIFICATION})
"""Outcomes by which a letter decides nothing that a question could have been given."""

_SOMETHING: Final = re.compile(
    r"\d|https?:|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|none|no|nil"
    r"|zero|yes|never|not)\b",
    re.I,
)
"""A figure, an address or a plain yes or no: an answer without any may be an introduction that was taken for one."""


class _Tally:
    """Counts of outcomes under the name of a group."""

    def __init__(self) -> None:
        self._counts: dict[str | int | None, Counter[Outcome]] = {}

    def add(self, key: str | int | None, outcome: Outcome) -> None:
        """Count one question."""
        self._counts.setdefault(key, Counter())[outcome] += 1

    def items(self) -> Iterator[tuple[str | int | None, dict[Outcome, int]]]:
        """Yield each group with its outcomes, in the order of the vocabulary."""
        for key, counts in self._counts.items():
            yield key, {outcome: counts[outcome] for outcome in Outcome if counts[outcome]}


def report_reading(found: Iterable[Disclosure | Unread]) -> ReadingReport:
    """Count what was read and choose the ten replies that are most in doubt, the worst first.

    The order of doubt is that of `DoubtKind`: the reading with the worst kind comes first, then the one with the next
    worst beside it, then the earlier one read.
    """
    letters = questions = unbound = undecided = unread = 0
    outcomes: Counter[Outcome] = Counter()
    bindings: Counter[Binding] = Counter()
    doubts: Counter[DoubtKind] = Counter()
    sections, provisions, years = _Tally(), _Tally(), _Tally()
    unread_first: list[tuple[str, str]] = []
    files: dict[str, str] = {}
    doubled: dict[str, list[str]] = {}
    worst: list[tuple[int, int, Doubt]] = []
    for each in found:
        if isinstance(each, Unread):
            unread += 1
            if len(unread_first) < _LISTED:
                unread_first.append((each.file, each.reason))
            continue
        letters += 1
        if each.reference in files:
            doubled.setdefault(each.reference, [files[each.reference]]).append(each.file)
        else:
            files[each.reference] = each.file
        for question in each.questions:
            questions += 1
            outcomes[question.outcome] += 1
            bindings[question.binding] += 1
            years.add(each.responded.year if each.responded else None, question.outcome)
            for name in dict.fromkeys(map(_section_of, question.provisions)) or ["none"]:
                sections.add(name, question.outcome)
            for provision in question.provisions:
                provisions.add(str(provision), question.outcome)
        own = find_doubts(each)
        doubts.update(kind for doubt in own for kind in doubt.kinds)
        kinds = {kind for doubt in own for kind in doubt.kinds}
        unbound += DoubtKind.PROVISION_UNBOUND in kinds
        undecided += DoubtKind.NOT_DECIDED in kinds
        if own:
            # The number of the letter keeps the comparison from reaching the records.
            heapq.heappush(worst, (max(map(_weigh, own)), -letters, max(own, key=_weigh)))
            if len(worst) > _DOUBTFUL:
                heapq.heappop(worst)
    return ReadingReport(
        letters=letters,
        questions=questions,
        outcomes={outcome: outcomes[outcome] for outcome in Outcome if outcomes[outcome]},
        sections=dict(sorted(((str(key), counts) for key, counts in sections.items()), key=lambda row: _order(row[0]))),
        provisions=dict(sorted(((str(key), each) for key, each in provisions.items()), key=lambda row: _order(row[0]))),
        years=dict(sorted(((_year(key), counts) for key, counts in years.items()), key=lambda row: row[0] or 9999)),
        bindings={binding: bindings[binding] for binding in Binding if bindings[binding]},
        doubts={kind: doubts[kind] for kind in DoubtKind if doubts[kind]},
        letters_unbound=unbound,
        letters_undecided=undecided,
        unread=unread,
        unread_first=tuple(unread_first),
        duplicates=len(doubled),
        duplicates_first=tuple((reference, tuple(names)) for reference, names in list(doubled.items())[:_LISTED]),
        doubtful=tuple(doubt for _, _, doubt in sorted(worst, key=lambda item: item[:2], reverse=True)),
    )


def _year(key: str | int | None) -> int | None:
    return key if isinstance(key, int) else None


def _section_of(provision: Provision) -> str:
    return str(Provision(provision.regime, provision.section))


def _order(name: str) -> tuple[str, int, str]:
    """Sort s12 before s40(2) and s40(2) before s40(5B), each law by itself; `none` comes last."""
    found = re.match(r"([a-z]+)(\d+)(.*)", name)
    return (found[1], int(found[2]), found[3]) if found else ("~", 0, name)


def _weigh(doubt: Doubt) -> int:
    """Give each kind more weight than all that come after it together."""
    return sum(1 << (len(_RANKS) - _RANKS[kind]) for kind in doubt.kinds)


def find_doubts(disclosure: Disclosure) -> list[Doubt]:
    """List what of one reading is in doubt: of each question, and of the reply as a whole."""
    applied = list(_find_applied(disclosure))
    used = [p for question in disclosure.questions for p in question.provisions]
    found = []
    unbound = [(c, p) for c in applied for p in c.effective if not any(p.covers(q) or q.covers(p) for q in used)]
    if unbound:
        citation = unbound[0][0]
        found.append(
            Doubt(
                disclosure.file,
                disclosure.reference,
                None,
                "",
                (DoubtKind.PROVISION_UNBOUND,),
                tuple(dict.fromkeys(str(p) for _, p in unbound)),
                _sentence_at(disclosure.text, citation.start, citation.end),
            )
        )
    asked = any(question.text.strip() for question in disclosure.questions)
    for question, key in zip(disclosure.questions, find_keys(disclosure), strict=True):
        odd = _find_odd(question, applied)
        kinds = set(_find_kinds(disclosure, question))
        if not question.text.strip() and asked:
            kinds.add(DoubtKind.NO_QUESTION)
        if odd:
            kinds.add(DoubtKind.CITATION_ODD)
        if kinds:
            ordered = tuple(sorted(kinds, key=lambda kind: _RANKS[kind]))
            text = " ".join(question.text.split())
            found.append(
                Doubt(
                    disclosure.file,
                    disclosure.reference,
                    key,
                    text,
                    ordered,
                    odd,
                    question.evidence or question.answer[:200],
                )
            )
    return found


def _find_kinds(disclosure: Disclosure, question: AnsweredQuestion) -> Iterator[DoubtKind]:
    outcome = question.outcome
    if outcome is Outcome.DISCLOSED and not _gives_something(question):
        yield DoubtKind.NOTHING_GIVEN
    if outcome is Outcome.UNKNOWN and disclosure.outcome not in _UNDECIDED:
        yield DoubtKind.NOT_DECIDED
    if outcome in {Outcome.REFUSED, Outcome.NCND, Outcome.PARTLY} and not question.provisions:
        yield DoubtKind.NO_PROVISION
    if "request_lost" in disclosure.flags:
        yield DoubtKind.REQUEST_LOST
    if question.binding is Binding.INFERRED:
        yield DoubtKind.INFERRED


def _gives_something(question: AnsweredQuestion) -> bool:
    words = f"{question.answer} {question.evidence}"
    return bool(question.attachments or question.links or _SOMETHING.search(words))


def _find_applied(disclosure: Disclosure) -> Iterator[Citation]:
    """Find the citations by which the reply applies a provision; those in the request it quotes are not its own."""
    asked = " ".join(disclosure.request.split())
    for citation in find_citations(disclosure.text, date=disclosure.responded, regime=regime_of(disclosure)):
        if citation.role is Role.APPLIED and any(is_applicable(p) for p in citation.effective):
            sentence = _sentence_at(disclosure.text, citation.start, citation.end)
            if not asked or sentence not in asked:
                yield citation


def _find_odd(question: AnsweredQuestion, applied: Iterable[Citation]) -> tuple[str, ...]:
    flags = [
        f"{provision}: {flag}"
        for citation in applied
        for provision in citation.effective
        if provision in question.provisions
        for flag in citation.flags
        if flag in _ODD_FLAGS
    ]
    return tuple(dict.fromkeys(flags))


_END: Final = re.compile(r"[.!?](?=\s+[A-Z(“\"])|\n[ \t]*\n|\n(?=[ \t]*(?:[-•*]|\d+[.)]))")


def _sentence_at(text: str, start: int, end: int) -> str:
    """Return the sentence around a stretch of text, white space folded and no longer than 300 characters.

    >>> _sentence_at("We hold it. Section 31(1)(a) applies. Thanks.", 12, 28)
    'Section 31(1)(a) applies.'
    """
    first, last = max(0, start - 200), min(len(text), end + 200)
    for found in _END.finditer(text, first, last):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.end()
            break
    return " ".join(text[first:last].split())
