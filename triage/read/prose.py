"""Answer questions from prose that names none of them.

In: statements that no label, quotation or words bind, and the questions. Out: the questions with the paragraphs that
speak of them, by their order or by the words that they repeat. What is found so is inferred, never stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

import msgspec

from triage.read.align import align
from triage.read.book import Bound
from triage.read.cues import Cue, Statement, find_cues
from triage.read.facts import find_links, is_suppressed
from triage.read.outcome import COUNTS, IN_WORDS, Answer, find_figure, read_answer
from triage.read.shares import find_owner
from triage.read.wording import squeeze
from triage.schema import AnsweredQuestion, Binding, Outcome

__all__ = ["align_paragraphs", "doubt", "infer", "share_paragraphs"]


def align_paragraphs(
    body: str, bound: Sequence[Bound], general: Sequence[Statement]
) -> tuple[list[Bound], list[Statement], frozenset[int]]:
    """Give paragraphs without a label to the questions they answer in turn.

    Two cases: the paragraphs behind an answer that go on to the next questions; and a letter that names no question at
    all, where each has to find its paragraph.

    Returns:
        The questions, the statements that remain general, and the ordinals that were answered so.
    """
    found: set[int] = set()
    if len(bound) < 2 or all(each.statements for each in bound):
        return list(bound), list(general), frozenset()
    if any(each.statements for each in bound):
        for position, each in enumerate(bound):
            open_ones = list(takewhile(lambda other: not other.statements, bound[position + 1 :]))
            if not each.statements or not open_ones:
                continue
            turn = each.turns[-1]
            shared = {id(s) for other in bound if other is not each for s in other.statements}
            if any(id(statement) in shared for statement in turn.statements):
                continue
            paragraphs = _paragraphs(body, turn.statements)
            owners = align([_words(p) for p in paragraphs], [each.text, *(other.text for other in open_ones)])
            if set(range(1, len(open_ones) + 1)) - set(owners):
                continue
            first = next(i for i, owner in enumerate(owners) if owner)
            turn.statements = [s for p in paragraphs[:first] for s in p]
            current = 0
            for paragraph, owner in zip(paragraphs[first:], owners[first:], strict=True):
                current = owner or current
                other = open_ones[current - 1]
                found.add(other.ordinal)
                for statement in paragraph:
                    other.add(statement, opener=paragraph[0].start, printed=False)
        return list(bound), list(general), frozenset(found)
    paragraphs = _paragraphs(body, general)
    owners = align([_words(p) for p in paragraphs], [each.text for each in bound])
    if set(range(len(bound))) - set(owners):
        # A mail may put each answer on a line of its own, without blank lines between them.
        lines = _paragraphs(body, general, apart=_LINE_END)
        by_line = align([_words(line) for line in lines], [each.text for each in bound])
        if not set(range(len(bound))) - set(by_line) or _in_order(lines, by_line, len(bound)) is not None:
            paragraphs, owners = lines, by_line
    outcomes = {read_answer(p, bound=False).outcome for p in paragraphs} - {Outcome.UNKNOWN}
    if outcomes & _WHOLE_ONLY:
        return list(bound), list(general), frozenset()
    if set(range(len(bound))) - set(owners):
        in_order = _in_order(paragraphs, owners, len(bound))
        if in_order is None:
            return list(bound), list(general), frozenset()
        owners = in_order
    rest: list[Statement] = []
    current_owner: int | None = None
    for paragraph, owner in zip(paragraphs, owners, strict=True):
        current_owner = owner if owner is not None else current_owner
        for statement in paragraph:
            if current_owner is None:
                rest.append(statement)
            else:
                bound[current_owner].add(statement, opener=paragraph[0].start, printed=False)
    return list(bound), rest, frozenset(each.ordinal for each in bound)


_FEWEST_IN_ORDER: Final = 4
"""Questions from which as many paragraphs as questions tell that they answer them in order."""
_LEAST_CLAIMED: Final = 0.5


def _in_order(
    paragraphs: Sequence[Sequence[Statement]], owners: Sequence[int | None], count: int
) -> list[int | None] | None:
    """Give each of as many paragraphs as there are questions to the one at its place.

    Returns:
        The owner of each paragraph; `None` where the numbers differ, or the words of fewer than half agree with it.
    """
    told = [i for i, p in enumerate(paragraphs) if not (len(p) == 1 and p[0].text.rstrip().endswith(":"))]
    if count < _FEWEST_IN_ORDER or len(told) != count:
        return None
    claimed = [(place, owners[i]) for place, i in enumerate(told) if owners[i] is not None]
    if len(claimed) < _LEAST_CLAIMED * count or any(place != owner for place, owner in claimed):
        return None
    places = {i: place for place, i in enumerate(told)}
    return [places.get(i) for i in range(len(paragraphs))]


_WHOLE_ONLY: Final = frozenset({Outcome.NO_DECISION, Outcome.CLARIFICATION})
"""Outcomes of a letter as a whole: its paragraphs answer nothing."""


def _words(paragraph: Sequence[Statement]) -> str:
    return " ".join(squeeze(statement.text) for statement in paragraph)


_HEADING: Final = re.compile(r"\W*[A-Z][\w’'&-]*(?:[ \t]+[\w’'&-]+){0,4}\W*(?<![.?!:;])")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_LINE_END: Final = re.compile(r"\n")


def _paragraphs(
    body: str, statements: Sequence[Statement], *, apart: re.Pattern[str] = _BLANK_LINE
) -> list[list[Statement]]:
    """Group statements by the blank lines, or whatever else `apart` is, between them."""
    paragraphs: list[list[Statement]] = []
    for statement in statements:
        end = paragraphs[-1][-1].end if paragraphs else 0
        if not paragraphs or apart.search(body, end, statement.start):
            paragraphs.append([])
        paragraphs[-1].append(statement)
    joined: list[list[Statement]] = []
    heading: list[Statement] = []
    for paragraph in paragraphs:
        if len(paragraph) == 1 and _HEADING.fullmatch(paragraph[0].text) and paragraph is not paragraphs[-1]:
            heading = paragraph  # what it names is told below it
            continue
        joined.append([*heading, *paragraph])
        heading = []
    return joined


def share_paragraphs(
    body: str, general: Sequence[Statement], bound: Sequence[Bound], whole: Answer
) -> dict[int, list[Statement]] | None:
    """Share the paragraphs of plain prose among the questions whose own words they repeat.

    Returns:
        The statements for each ordinal; `None` where the letter decides everything at once, or the paragraphs do not
        tell the questions apart.
    """
    if len(bound) < 2 or whole.cues & {Cue.COST, Cue.VEXATIOUS, Cue.PENDING, Cue.ADVICE}:
        return None
    paragraphs = _paragraphs(body, general)
    texts = [each.text for each in bound]
    found: dict[int, list[Statement]] = {}
    tabled = False
    for paragraph in paragraphs:
        heads = [find_owner(head, texts) for head in _heads_of_table(paragraph)]
        owners = {owner for owner in heads if owner is not None and not bound[owner].statements}
        for headed in owners:
            found.setdefault(bound[headed].ordinal, []).extend(paragraph)
        tabled |= len(owners) == len(bound)
        if owners:
            continue
        owner = find_owner(paragraph[0].text, texts)
        if owner is None:
            owner = find_owner(" ".join(s.text for s in paragraph), texts)
        if owner is not None and not bound[owner].statements:
            found.setdefault(bound[owner].ordinal, []).extend(paragraph)
    outcomes = {read_answer(statements, bound=False).outcome for statements in found.values()}
    outcomes |= {read_answer(each.statements).outcome for each in bound if each.statements}
    return found if len(outcomes) > 1 or tabled else None


def _heads_of_table(paragraph: Sequence[Statement]) -> list[str]:
    """List the heads of the columns where a paragraph is a table: each may answer a question of its own."""
    rows = [statement.text for statement in paragraph if "|" in statement.text]
    return rows[0].split("|") if len(rows) > 1 else []


def infer(question: AnsweredQuestion, statements: Sequence[Statement]) -> AnsweredQuestion:
    """Answer a question from the prose that speaks of it; without a figure or an attachment nothing is disclosed."""
    answer = read_answer(statements, bound=False)
    if answer.outcome is Outcome.UNKNOWN:
        fact = find_figure(statements)
        if fact is None:
            return question
        answer = msgspec.structs.replace(answer, outcome=Outcome.DISCLOSED, said=fact)
    words = " ".join(squeeze(statement.text) for statement in statements)
    return msgspec.structs.replace(
        question,
        outcome=answer.outcome,
        provisions=answer.provisions,
        binding=Binding.INFERRED,
        evidence=answer.evidence,
        evidence_span=answer.evidence_span,
        answer=words,
        links=find_links(words),
        suppressed=is_suppressed(words),
    )


def doubt(question: AnsweredQuestion) -> AnsweredQuestion:
    """Take an answer that was found by the order of paragraphs for inferred; without a figure nothing is disclosed.

    What a sentence says it gives, withholds or does not hold is kept.
    """
    words = Statement(0, len(question.evidence), question.evidence)
    counted = COUNTS.search(question.text) is not None and IN_WORDS.search(question.evidence) is not None
    stated = Cue.DISCLOSED in find_cues(words) or find_figure([words]) is not None
    if question.outcome is not Outcome.DISCLOSED or stated or counted:
        return msgspec.structs.replace(question, binding=Binding.INFERRED)
    return msgspec.structs.replace(question, outcome=Outcome.UNKNOWN, binding=Binding.UNKNOWN)
