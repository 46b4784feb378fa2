"""Word the report on a reading: as a JSON object and as tables of text.

In: a `ReadingReport`. Out: a plain dictionary, or lines of text; every rate with the count it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from triage.render.text import wrap
from triage.schema import Doubt, DoubtKind, Outcome, ReadingReport

__all__ = ["report_object", "report_text"]

_DOUBTS: Final = {
    DoubtKind.NOTHING_GIVEN: "read as disclosed, but no figure, address, attachment, yes or no was found",
    DoubtKind.PROVISION_UNBOUND: "the letter applies a provision that was given to no question",
    DoubtKind.NOT_DECIDED: "no decision was found for the question, though the letter decides",
    DoubtKind.NO_PROVISION: "withheld, but no provision was found",
    DoubtKind.NO_QUESTION: "an answer whose question was not found",
    DoubtKind.REQUEST_LOST: "the letter does not repeat the request",
    DoubtKind.CITATION_ODD: "a citation had to be interpreted",
    DoubtKind.INFERRED: "the letter does not say which question its decision is of",
}

_COLUMNS: Final = {
    Outcome.ALREADY_ACCESSIBLE: "accessible",
    Outcome.FUTURE_PUBLICATION: "future",
    Outcome.CLARIFICATION: "clarified",
    Outcome.NO_DECISION: "undecided",
}
"""Names that make a table too wide for a terminal, cut short."""

_ORDER: Final = "in the order of the list of doubts: the worst kind first, then the next worst beside it; one a letter"


def _rate(count: int, of: int) -> dict[str, Any]:
    return {"count": count, "n": of, "rate": round(count / of, 4) if of else None}


def report_object(report: ReadingReport) -> dict[str, Any]:
    """Return the JSON object of `triage read --report`."""
    return {
        "letters": report.letters,
        "questions": report.questions,
        "outcomes": {outcome: _rate(count, report.questions) for outcome, count in report.outcomes.items()},
        "by_section": report.sections,
        "by_provision": report.provisions,
        "by_year": {"undated" if year is None else str(year): counts for year, counts in report.years.items()},
        "bindings": {binding: _rate(count, report.questions) for binding, count in report.bindings.items()},
        "letters_unbound": _rate(report.letters_unbound, report.letters),
        "letters_undecided": _rate(report.letters_undecided, report.letters),
        "doubts": {
            kind: _rate(count, report.letters if kind is DoubtKind.PROVISION_UNBOUND else report.questions)
            for kind, count in report.doubts.items()
        },
        "unread": report.unread,
        "unread_first": [{"file": file, "reason": reason} for file, reason in report.unread_first],
        "duplicates": report.duplicates,
        "duplicates_first": [
            {"reference": reference, "files": list(files)} for reference, files in report.duplicates_first
        ],
        "doubtful": [
            {
                "file": doubt.file,
                "reference": doubt.reference,
                "label": doubt.label,
                "question": doubt.question,
                "doubts": list(doubt.kinds),
                "why": _why(doubt),
                "sentence": doubt.sentence,
            }
            for doubt in report.doubtful
        ],
    }


def _why(doubt: Doubt) -> str:
    words = "; ".join(_DOUBTS[kind] for kind in doubt.kinds)
    return f"{words} ({', '.join(doubt.detail)})" if doubt.detail else words


def report_text(report: ReadingReport) -> str:
    """Word the report for a terminal."""
    lines = [
        f"{report.letters:,} letters, {report.questions:,} questions, {report.unread:,} unread",
        "",
        "Outcomes by provision, in questions (a question with two limbs of a section counts once for the section)",
        *_table(_provision_rows(report), report.outcomes),
        "",
        "Outcomes by year of reply, in questions",
        *_table([(str(year or "undated"), counts) for year, counts in report.years.items()], report.outcomes),
        "",
        "Bindings, of all questions",
        *(f"  {binding:<8} {_share(count, report.questions)}" for binding, count in report.bindings.items()),
        "",
        "Unbound, of all letters",
        f"  applies a provision that no question was given   {_share(report.letters_unbound, report.letters)}",
        f"  decides, but not for each of its questions       {_share(report.letters_undecided, report.letters)}",
        "",
        f"Doubts, the worst first; of all questions, but for “{_DOUBTS[DoubtKind.PROVISION_UNBOUND]}”, of all letters",
    ]
    for kind, count in report.doubts.items():
        of = report.letters if kind is DoubtKind.PROVISION_UNBOUND else report.questions
        lines.append(f"  {_DOUBTS[kind]}: {_share(count, of)}")
    if report.unread:
        lines += ["", *_listed("Unread", report.unread, [reason for _, reason in report.unread_first])]
    if report.duplicates:
        words = [f"{reference}: {', '.join(files)}" for reference, files in report.duplicates_first]
        lines += ["", *_listed("References that more than one reply has", report.duplicates, words)]
    if report.doubtful:
        lines += ["", f"To be looked at, {len(report.doubtful)} of the letters in doubt, {_ORDER}:"]
        for number, doubt in enumerate(report.doubtful, start=1):
            lines += _doubt_lines(number, doubt)
    return "\n".join(lines)


def _share(count: int, of: int) -> str:
    return f"{count:,} of {of:,} ({count / of:.1%})" if of else "none of 0 (undefined)"


def _listed(title: str, count: int, words: list[str]) -> list[str]:
    left = count - len(words)
    return [f"{title}: {count:,}", *(f"  {each}" for each in words), *([f"  … {left:,} more"] if left else [])]


def _provision_rows(report: ReadingReport) -> list[tuple[str, Mapping[Outcome, int]]]:
    """Put the limbs of each section under it; a section that is only cited as a whole has none."""
    rows: list[tuple[str, Mapping[Outcome, int]]] = []
    for section, counts in report.sections.items():
        rows.append((section, counts))
        limbs = [(f"  {p}", c) for p, c in report.provisions.items() if p.partition("(")[0] == section and p != section]
        bare = report.provisions.get(section)
        rows += ([(f"  {section} alone", bare)] if bare and limbs else []) + limbs
    return rows


def _table(rows: Iterable[tuple[str, Mapping[Outcome, int]]], outcomes: Iterable[Outcome]) -> list[str]:
    columns = list(outcomes)
    listed = list(rows)
    names = [_COLUMNS.get(outcome, outcome.value.replace("_", " ")) for outcome in columns]
    width = max([len(name) for name, _ in listed] + [4])
    head = f"  {'':<{width}}  {'all':>6}" + "".join(f"  {name:>{max(len(name), 5)}}" for name in names)
    lines = [head.rstrip()]
    for name, counts in listed:
        cells = "".join(
            f"  {counts.get(column, 0) or '·':>{max(len(title), 5)}}"
            for column, title in zip(columns, names, strict=True)
        )
        lines.append(f"  {name:<{width}}  {sum(counts.values()):>6}{cells}")
    return lines


def _doubt_lines(number: int, doubt: Doubt) -> list[str]:
    target = doubt.reference if doubt.label is None else f"{doubt.reference}#{doubt.label}"
    lines = [f"{number:>3}. {target} in {doubt.file}", wrap(_why(doubt), "     ")]
    if doubt.question:
        lines.append(wrap(doubt.question, "       "))
    if doubt.sentence:
        lines.append(wrap(f"“{doubt.sentence}”", "       "))
    return lines
