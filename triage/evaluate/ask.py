"""Measure what is said about the questions of a request.

In: requests with the verdict that each question should get, and a corpus. Out: the suggestions, and how far they agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from triage import pipeline
from triage.config import Config
from triage.errors import FormatError, InputError
from triage.evaluate.figures import Figure, Loss, Scores, f1, macro_f1, rate
from triage.evaluate.gold import AskedGold, RequestGold
from triage.evaluate.match import Span, find_words, pair_spans, plain_provisions
from triage.evaluate.split import parse_received
from triage.schema import Request, Suggestion, Verdict

if TYPE_CHECKING:
    from triage.encode import Encoder

__all__ = ["ask_gold", "find_asked", "read_requests", "score_ask"]

_NOT_SPLIT: Final = "not_split"
_NO_QUESTION: Final = "no_question"
_LEAST: Final = 0.5
"""Overlap from which a question found is the one marked."""


def read_requests(gold: Sequence[RequestGold], folder: Path) -> dict[str, str]:
    """Read the requests that the gold data name.

    Raises:
        InputError: A file cannot be read as UTF-8 text.
    """
    texts = {}
    for each in gold:
        path = folder / Path(each.file).name
        try:
            texts[each.file] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot read the request {path} of the gold data: {error}; put it there") from error
    return texts


def find_asked(gold: RequestGold, text: str) -> list[Span]:
    """Find the span of each marked question by its first and last words.

    Raises:
        FormatError: The words do not stand in the request.
    """
    spans = []
    for question in gold.questions:
        start = find_words(text, question.start_words)
        end = find_words(text, question.end_words, begin=start[0]) if start else None
        if start is None or end is None:
            words = f"{question.start_words!r} … {question.end_words!r}"
            raise FormatError(f"{gold.file}: a marked question is not in the request: {words}; mend the gold data")
        spans.append((start[0], end[1]))
    return spans


def ask_gold(
    gold: Sequence[RequestGold],
    texts: dict[str, str],
    index: Path,
    *,
    config: Config,
    encoder: Encoder | None = None,
) -> list[tuple[Suggestion, ...]]:
    """Ask each request of the index."""
    opened = pipeline.open_index(index, config=config, encoder=encoder)
    found = []
    for each in gold:
        request = Request(each.file, texts[each.file], parse_received(each.received, place=each.file))
        found.append(pipeline.ask(opened, request)[1])
    return found


def _shown(suggestion: Suggestion | None) -> list[str]:
    """List the ids that an officer sees, in the order shown."""
    if suggestion is None:
        return []
    parts = (suggestion.precedents, suggestion.against, suggestion.considered)
    return [found.match.precedent.id for part in parts for found in part]


class _Tally:
    """What is counted over all questions."""

    def __init__(self) -> None:
        self.limbs: list[bool] = []
        self.first: list[bool] = []
        self.among_three: list[bool] = []
        self.near_miss: list[bool] = []
        self.worst: list[Loss] = []

    def add(self, gold: AskedGold, found: Suggestion | None, *, file: str, words: str) -> None:
        """Count one marked question."""
        shown = _shown(found)
        if gold.precedents:
            self.first.append(bool(shown) and shown[0] in gold.precedents)
            self.among_three.append(any(one in gold.precedents for one in shown[:3]))
        if gold.not_precedents:
            supporting = found.precedents if found else ()
            self.near_miss.append(bool(supporting) and supporting[0].match.precedent.id in gold.not_precedents)
        if gold.verdict is Verdict.EXEMPTION_PRECEDENT and gold.provisions:
            provisions = found.provisions if found else ()
            self.limbs.append(plain_provisions(gold.provisions) == plain_provisions(provisions))
        said = str(found.verdict) if found else _NOT_SPLIT
        if said != gold.verdict:
            # Crying wolf is the costly mistake: the officer would refuse what was never given.
            lost = 1 + 2 * (said == Verdict.ALREADY_DISCLOSED)
            self.worst.append(Loss(lost, file, f"{words[:90]!r}: {gold.verdict} / {said} {shown[:2]}"))


def score_ask(gold: Sequence[RequestGold], texts: dict[str, str], results: Sequence[Sequence[Suggestion]]) -> Scores:
    """Compare verdicts, provisions and precedents of the questions that are the same."""
    tables: list[Counter[tuple[str, str]]] = []
    tally = _Tally()
    for request, suggestions in zip(gold, results, strict=True):
        text = texts[request.file]
        spans = find_asked(request, text)
        found_spans = [(s.question.start, s.question.end) for s in suggestions]
        pairs = dict(pair_spans(spans, found_spans, least=_LEAST))
        table: Counter[tuple[str, str]] = Counter()
        for i, question in enumerate(request.questions):
            found = suggestions[pairs[i]] if i in pairs else None
            table[question.verdict, found.verdict if found else _NOT_SPLIT] += 1
            tally.add(question, found, file=request.file, words=text[slice(*spans[i])])
        for j in set(range(len(suggestions))) - set(pairs.values()):
            table[_NO_QUESTION, suggestions[j].verdict] += 1
        tables.append(table)
    return _scores(tables, tally)


def _scores(tables: Sequence[Counter[tuple[str, str]]], tally: _Tally) -> Scores:
    table = sum(tables, Counter[tuple[str, str]]())
    verdicts = sorted({wanted for wanted, _ in table} - {_NO_QUESTION})
    asked = sum(n for (wanted, _), n in table.items() if wanted != _NO_QUESTION)
    right = sum(table[verdict, verdict] for verdict in verdicts)
    counts = np.array([[_of_verdict(each, verdict) for verdict in verdicts] for each in tables], dtype=np.float64)
    counts = counts.reshape(len(tables), len(verdicts), 3)
    groups: dict[str, dict[str, Figure]] = {}
    for verdict in verdicts:
        hits, wanted_n, found_n = _of_verdict(table, verdict)
        groups[verdict] = {
            "precision": rate(hits, found_n),
            "recall": rate(hits, wanted_n),
            "f1": f1([_of_verdict(each, verdict) for each in tables]),
        }
    wrong = {(wanted, found): n for (wanted, found), n in table.items() if wanted != found}
    cried = sum(n for (_, found), n in wrong.items() if found == Verdict.ALREADY_DISCLOSED)
    return Scores(
        counts={
            "questions": asked,
            "not_split": sum(n for (_, found), n in wrong.items() if found == _NOT_SPLIT),
            "no_question": sum(n for (wanted, _), n in wrong.items() if wanted == _NO_QUESTION),
            "false_already_disclosed": cried,
            "near_miss_first": sum(tally.near_miss),
        },
        rates={
            "verdict_accuracy": rate(right, asked),
            "verdict_macro_f1": macro_f1(counts),
            "limbs_exact": rate(sum(tally.limbs), len(tally.limbs)),
            "precedent_top1": rate(sum(tally.first), len(tally.first)),
            "precedent_top3": rate(sum(tally.among_three), len(tally.among_three)),
        },
        groups={"by verdict": groups},
        confusions={
            f"{wanted} / {found}": n
            for (wanted, found), n in sorted(wrong.items(), key=lambda each: (-each[1], each[0]))
        },
        worst=tuple(sorted(tally.worst, key=lambda loss: -loss.lost)),
    )


def _of_verdict(table: Counter[tuple[str, str]], verdict: str) -> tuple[int, int, int]:
    """Count for one verdict how often it was right, marked, and said."""
    wanted = sum(n for (each, _), n in table.items() if each == verdict)
    found = sum(n for (_, each), n in table.items() if each == verdict)
    return table[verdict, verdict], wanted, found
