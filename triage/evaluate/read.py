"""Measure how replies are read.

In: replies, as text or as files of a corpus, with what they decided. Out: the disclosures read, and how far they agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from triage import pipeline
from triage.config import Config
from triage.errors import InputError
from triage.evaluate.figures import Figure, Loss, Scores, f1, rate
from triage.evaluate.gold import AnswerGold, ReadGold
from triage.evaluate.match import find_words, plain_label, plain_provisions, section_of
from triage.schema import AnsweredQuestion, Disclosure

__all__ = ["read_replies", "score_read"]


def read_replies(gold: Sequence[ReadGold], folder: Path, *, config: Config) -> list[Disclosure | None]:
    """Read each reply; `None` for one that is not read.

    Args:
        gold: Replies with their text, or with the name of a file in the corpus.
        folder: The folder of the gold data; its corpus lies in it or beside it.
        config: Settings.

    Raises:
        InputError: There is no corpus, or it lacks a file that the gold data name.
    """
    files = {each.file for each in gold if each.file is not None}
    by_file = _read_files(files, _find_corpus(folder), config) if files else {}
    found: list[Disclosure | None] = []
    for each in gold:
        if each.file is not None:
            held = by_file[each.file]
            same = [disclosure for disclosure in held if disclosure.reference == each.reference]
            alone = held if len(held) == 1 and "." + each.file.rpartition(".")[2] not in _MANY else []
            found.append(next(iter(same or alone), None))
            continue
        try:
            found.append(pipeline.read_text(each.text or "", name=each.name, config=config, request=each.request))
        except InputError:
            found.append(None)
    return found


_MANY = (".csv", ".json", ".jsonl", ".xlsx")
"""Forms of which one file holds several disclosures, so that only the reference tells which is meant."""


def _find_corpus(folder: Path) -> Path:
    for corpus in (folder / "corpus", folder.parent / "corpus"):
        if corpus.is_dir():
            return corpus
    raise InputError(f"the gold data name files, but there is no corpus in or beside {folder}; put it there")


def _read_files(names: Iterable[str], corpus: Path, config: Config) -> dict[str, list[Disclosure]]:
    found = {}
    for name in sorted(names):
        if not (corpus / name).is_file():
            raise InputError(f"the gold data name {name}, which is not in {corpus}; put it there or take the line out")
        read = pipeline.read_paths([corpus / name], config=config)
        found[name] = [each for each in read if isinstance(each, Disclosure)]
    return found


def _pair_answers(
    gold: Sequence[AnswerGold], found: Sequence[AnsweredQuestion]
) -> list[tuple[AnswerGold, AnsweredQuestion | None]]:
    """Give each marked answer the one found under its label, else in its place without a label, else of its ordinal."""
    labels = [plain_label(question.label) for question in found]
    left = list(range(len(found)))
    pairs: list[tuple[AnswerGold, AnsweredQuestion | None]] = []
    for position, answer in enumerate(gold):
        same = [j for j in left if labels[j] == plain_label(answer.name)]
        same = same or [j for j in left if j == position and not labels[j]]
        same = same or [j for j in left if found[j].ordinal == position + 1]
        if same:
            left.remove(same[0])
        pairs.append((answer, found[same[0]] if same else None))
    return pairs


def _overlap(wanted: frozenset[str], found: frozenset[str]) -> tuple[int, int, int]:
    return len(wanted & found), len(wanted), len(found)


def score_read(gold: Sequence[ReadGold], results: Sequence[Disclosure | None]) -> Scores:
    """Compare what was decided: for the letter, for each question, and under which provisions.

    The head of the reply and the words of its questions are compared where the gold data mark them.
    """
    outcomes, bound, whole, sections = [], [], [], []
    confusions: Counter[str] = Counter()
    head: dict[str, list[bool]] = {"reference": [], "authority": [], "responded": [], "question_words": []}
    right = 0
    worst = []
    for each, result in zip(gold, results, strict=True):
        found = result.questions if result else ()
        outcome = str(result.outcome) if result else "not_read"
        right += outcome == each.outcome
        if outcome != each.outcome:
            confusions[f"{each.outcome} read as {outcome}"] += 1
        lost = int(outcome != each.outcome)
        if each.answered:
            pairs = _pair_answers(each.answered, found)
            hits = sum(mine is not None and mine.outcome is answer.outcome for answer, mine in pairs)
            outcomes.append((hits, len(each.answered), len(found)))
            bound.append(_bound(pairs, found))
            lost += len(each.answered) - hits
            head["question_words"] += [
                mine is not None and find_words(mine.text.lower(), answer.start_words.lower()) is not None
                for answer, mine in pairs
                if answer.start_words
            ]
        wanted = plain_provisions(each.applied)
        have = plain_provisions(p for question in found for p in question.provisions)
        whole.append(_overlap(wanted, have))
        sections.append(_overlap(frozenset(map(section_of, wanted)), frozenset(map(section_of, have))))
        _check_head(head, each, result)
        lost += len(wanted ^ have)
        note = f"outcome {each.outcome} / {outcome}; provisions {sorted(wanted)} / {sorted(have)}"
        worst.append(Loss(lost, each.name, note))
    rates: dict[str, Figure] = {
        "letter_outcome": rate(right, len(gold)),
        "answer_outcome_f1": f1(outcomes),
        "answer_provisions_f1": f1(bound),
        "applied_provisions_f1": f1(whole),
        "applied_sections_f1": f1(sections),
    }
    rates |= {name: rate(sum(each), len(each)) for name, each in head.items() if each}
    return Scores(
        counts={
            "letters": len(gold),
            "not_read": sum(result is None for result in results),
            "answers": sum(len(each.answered) for each in gold),
        },
        rates=rates,
        confusions=dict(confusions.most_common()),
        worst=tuple(sorted(worst, key=lambda loss: -loss.lost)),
    )


def _bound(
    pairs: Sequence[tuple[AnswerGold, AnsweredQuestion | None]], found: Sequence[AnsweredQuestion]
) -> tuple[int, int, int]:
    """Count provisions question by question; one applied to another question is wrong twice."""
    hits = sum(
        len(plain_provisions(answer.decided_under) & plain_provisions(mine.provisions))
        for answer, mine in pairs
        if mine is not None
    )
    wanted = sum(len(plain_provisions(answer.decided_under)) for answer, _ in pairs)
    return hits, wanted, sum(len(plain_provisions(question.provisions)) for question in found)


def _check_head(head: dict[str, list[bool]], gold: ReadGold, result: Disclosure | None) -> None:
    if gold.file is None:
        return
    head["reference"].append(result is not None and result.reference == gold.reference)
    if gold.authority is not None:
        head["authority"].append(result is not None and result.authority == gold.authority)
    if gold.responded is not None:
        day = result.responded.isoformat() if result and result.responded else None
        head["responded"].append(day == gold.responded)
