"""Bind the sentences of a reply to the questions they answer.

In: the reply's sentences and the questions of the request. Out: one group of sentences per question, with how surely
they belong together. What the letter does not bind stays unbound; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from triage.read.book import Book, Bound
from triage.read.cues import Cue, Statement, find_cues
from triage.read.headed import add_headed
from triage.read.labels import JOIN, LABEL, find_references
from triage.read.openers import Opener, find_marks, find_openers, resolve, says_nothing_of
from triage.read.quotes import find_answered_quotes, group_answered
from triage.read.reasons import is_heading_of_reasons
from triage.read.shares import find_owner
from triage.read.wording import squeeze
from triage.schema import Question

__all__ = ["bind"]

_ENDS_ANSWERS: Final = re.compile(
    r"^\W*(?:(?:under )?section 16\b(?!.*\b(?:notice|refus\w+)\b)|advice and assistance|in conclusion|outcome[ \t]*:"
    r"|data notes?\b|notes?\s*$|general\s*$"
    r"|(?:formal )?(?:refusal notice|notice of refusal|section 17 notice)\s*$)",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"^\W*please note\b", re.IGNORECASE)

_HEADS_ANSWERS: Final = re.compile(
    rf"\W*(?:(?:our|my|the) )?(?:response|answer|reply)s? (?:to|for) (?:your |the )?"
    rf"(?:q(?:uestion)?|point|part|item|request)s?[ .]?{LABEL}(?:{JOIN}{LABEL})*\W*",
    re.IGNORECASE,
)
"""A heading that names the questions answered below it, and answers none itself."""

_GENERAL_TAIL: Final = re.compile(
    r"any (?:other|further|additional) (?:relevant )?information|no inference (?:should|can|may)"
    r"|(?<!see )(?<!see the )(?<!see our )(?:refusal notice|notice of refusal)"
    r"|notice (?:for the purposes? of|under) s(?:ection|\.)? ?17",
    re.IGNORECASE,
)

_CROSS: Final = re.compile(
    r"\b(?:same|as (?:in|with|for|at|to|per|stated|explained)|see (?:the |my |our )?(?:response|answer|reply)"
    r"|as (?:q|questions?|points?|parts?|items?) ?\(?\w{1,3}\b|reasons? (?:set out|given|stated|explained|as"
    r"|at|under|in|for)\b"
    r"|see (?:q|questions?|points?|parts?|items?)\b|refer to|above|mentioned|like)\b",
    re.IGNORECASE,
)


_EXPLAINED_AT: Final = re.compile(
    r"\bas (?:explained|stated|described|given|set out|shown|noted|mentioned) (?:\w+ )?(?:under|at|in|for)\b",
    re.IGNORECASE,
)
"""Points to where a question is answered, and answers nothing."""


def bind(
    body: str,
    statements: Sequence[Statement],
    questions: Sequence[Question],
    places: Sequence[int | None] = (),
    ends: Sequence[int] = (),
    printed: Sequence[tuple[int, int]] = (),
) -> tuple[list[Bound], list[Statement]]:
    """Group the sentences of a reply by the question they answer.

    Args:
        body: The reply's own words, blank elsewhere, with the offsets of the statements.
        statements: The reply's own sentences in order, boilerplate left out.
        questions: The questions of the request, in order.
        places: Place of each among the bullets of a list, `None` where it is none.
        ends: Where the reply turns to how to complain and the like, so that an answer before is over.
        printed: Where the reply prints each question, if that is known; else the places are looked for.

    Returns:
        The questions with their sentences, and the sentences that belong to none.
    """
    book = Book(questions, places)
    quotes = group_answered(body, [(start, end, index) for index, (start, end) in enumerate(printed)], len(questions))
    quotes = quotes or find_answered_quotes(body, [question.text for question in questions])
    openers = find_openers(body, statements, book, quotes)
    last = openers[-1].start if openers else 0
    openers += [Opener(end, end, []) for end in ends if end > last]
    general: list[Statement] = []
    notes: dict[str, list[Statement]] = {}
    narrowed: list[tuple[int, bool, Statement, list[Bound]]] = []
    for statement in statements:
        for piece in _cut(statement, openers):
            current = next((each for each in reversed(openers) if each.start <= piece.start), None)
            own = _cut_front(piece, current.answer) if current is not None else piece
            if own is None or _HEADS_ANSWERS.fullmatch(own.text):
                continue
            if current is not None and current.note:
                notes.setdefault(current.note, []).append(own)
                continue
            said = squeeze(own.text)
            if says_nothing_of(said):
                general.append(own)
                continue
            inside = [bound for reference in find_references(own.text) for bound in resolve(book, reference)]
            over = _ends_answers(own) or (current is not None and _begins_reasons(own, current.bound))
            over = over or (current is not None and _explains_above(own, current.bound, book.bound))
            # The notice that section 17 of the Scottish Act asks for says that something is not held.
            notice = _GENERAL_TAIL.search(said) is not None and Cue.NOT_HELD not in find_cues(own)
            if current is not None and (over or notice):
                if over:
                    openers.append(Opener(piece.start, piece.start, []))
                    openers.sort(key=lambda each: each.start)
                general.append(own)
                continue
            if current is not None and current.group and not inside:
                owner = find_owner(own.text, [bound.text for bound in current.group])
                if owner is not None and current.group[owner] not in current.bound:
                    current = Opener(
                        piece.start, piece.start, [current.group[owner]], current.printed, group=current.group
                    )
                    openers.append(current)
                    openers.sort(key=lambda each: each.start)
            targets = list(current.bound) if current is not None else []
            # "Please see the attached sheet for question C" is C's wherever it stands; "as in question 1" is not 1's.
            if inside and not any(bound in targets for bound in inside) and not _CROSS.search(said):
                targets = []
            told = [bound for bound in inside if bound in targets]
            # A second thing of another question may stand before: "Parts of it, and all of point 4".
            first = own.text[: find_references(own.text)[0].start] if told else ""
            alone = not re.search(r"\band\b", first)
            if current is not None and alone and piece.start > current.start and 0 < len(told) < len(targets):
                targets = told  # "The briefings at part b) are in addition withheld", under "parts b) and d)"
            if not (targets and _CROSS.search(said)) and not _EXPLAINED_AT.search(said):
                targets += [bound for bound in inside if bound not in targets]
            opener = current.start if current is not None else -1
            by_label = current is not None and current.printed
            kept = _narrow(own, targets) if not inside else targets
            if len(kept) < len(targets):
                narrowed.append((opener, by_label, own, targets))
            for bound in kept:
                opened = current is not None and bound in current.bound
                bound.add(own, opener=opener if opened else own.start, printed=by_label and opened)
            if not targets:
                general.append(own)
    lacking = {id(bound) for bound in book.bound if not bound.statements}
    for opener, by_label, own, targets in narrowed:
        # What stands under the labels of several answers each of them that has nothing of its own.
        for bound in targets:
            if id(bound) in lacking:
                bound.add(own, opener=opener, printed=by_label)
    general += _add_notes(book.bound, notes)
    add_headed(statements, general, book.bound)
    return book.listed(), general


def _add_notes(answered: Sequence[Bound], notes: dict[str, list[Statement]]) -> list[Statement]:
    """Give each note at the foot to the answers that point to it; return those that nobody points to."""
    used: set[str] = set()
    for bound in answered:
        words = " ".join(statement.text for statement in bound.statements)
        for mark in dict.fromkeys(find_marks(words)):
            for statement in notes.get(mark, ()):
                used.add(mark)
                bound.add(statement, opener=notes[mark][0].start, printed=False)
    return [statement for mark, each in notes.items() if mark not in used for statement in each]


_KIND_OF_EXEMPTION: Final = re.compile(
    r"^\W*sections? ?\d[\w()]*(?: ?(?:,|and|&) ?\d[\w()]*)* (?:is|are) (?:both )?an? (?:\w+[- ]){0,4}?"
    r"(?:qualified|absolute|class|prejudice)\b",
    re.IGNORECASE,
)
"""Begins the reasons behind answers that were given further up."""
_PART_OF_LETTER: Final = re.compile(
    r"^\W*(?:(?:our |the |full )?reasons?(?: for (?:the |this |our )?(?:refusal|decision|withholding\b.{0,30}))?"
    r"|outcome|conclusions?|what (?:we|I|the \w+) (?:are|am|is|can|cannot|could|do|have|has)\b[^.?:]{0,50})\W*$",
    re.IGNORECASE,
)
"""Heads a part of the letter that is about more than the answer above it."""


def _begins_reasons(statement: Statement, answered: Sequence[Bound]) -> bool:
    """Tell whether a heading of the reasons follows answers that have been given."""
    if _KIND_OF_EXEMPTION.match(statement.text):
        said = frozenset().union(*(find_cues(s) for bound in answered for s in bound.statements))
        return Cue.DISCLOSED in said and Cue.WITHHELD not in said
    if _PART_OF_LETTER.match(statement.text):
        return any(bound.statements for bound in answered)
    if not is_heading_of_reasons(statement.text):
        return False
    return all(any(find_cues(s) - {Cue.CONTENT} for s in bound.statements) for bound in answered)


_BELOW: Final = re.compile(r"\b(?:see|as|explained|reasons?|set out)\b[^.]{0,40}\bbelow\b", re.IGNORECASE)


def _explains_above(statement: Statement, answered: Sequence[Bound], every: Sequence[Bound]) -> bool:
    """Tell whether a sentence begins with the provision under which an answer above says "see below"."""
    if not statement.citations or not re.fullmatch(r"\W*", statement.text[: _before(statement)]):
        return False
    named = set(statement.citations[0].effective)
    return any(
        named & {p for s in each.statements for c in s.citations for p in c.effective}
        for each in every
        if each not in answered and any(_BELOW.search(s.text) for s in each.statements)
    )


def _before(statement: Statement) -> int:
    return max(0, statement.citations[0].start - statement.start)


def _ends_answers(statement: Statement) -> bool:
    """Tell whether the reply turns from its answers to something else; a note that decides is part of the answer."""
    if _ENDS_ANSWERS.match(statement.text):
        return True
    return _NOTE.match(statement.text) is not None and not find_cues(statement) - {Cue.CONTENT}


_SUBJECT_WORDS: Final = 6


def _narrow(statement: Statement, targets: list[Bound]) -> list[Bound]:
    """Give a fact stated under several questions to the one whose words it repeats; reasons are for all of them."""
    if len(targets) < 2:
        return targets
    words, asked = statement.text, [each.text for each in targets]
    if "|" in words:
        return targets  # a row of a table that answers all of them
    if not statement.citations and not find_cues(statement) - {Cue.CONTENT, Cue.DISCLOSED, Cue.NOT_HELD}:
        owner = find_owner(words, asked)
        return targets if owner is None else [targets[owner]]
    # What is withheld is named first; the reasons behind it may use the words of any question.
    first = find_owner(" ".join(words.split()[:_SUBJECT_WORDS]), asked)
    until = statement.citations[0].start - statement.start if statement.citations else len(words)
    return targets if first is None or find_owner(words[:until], asked) != first else [targets[first]]


def _cut(statement: Statement, openers: Sequence[Opener]) -> list[Statement]:
    """Cut a sentence where the reply turns to another question in its middle."""
    cuts = [each.start for each in openers if statement.start < each.start < statement.end]
    edges = [statement.start, *cuts, statement.end]
    pieces = []
    for start, end in pairwise(edges):
        text = statement.text[start - statement.start : end - statement.start]
        citations = tuple(c for c in statement.citations if start <= c.start < end)
        pieces.append(Statement(start, end, text, citations))
    return pieces


def _cut_front(statement: Statement, answer: int) -> Statement | None:
    """Cut a label or quotation off the front of a sentence; `None` where nothing is left."""
    if statement.start >= answer:
        return statement
    text = statement.text[answer - statement.start :].lstrip(" ?.:;-–\n\t”\"'*)")
    if not re.search(r"\w", text):
        return None
    start = statement.end - len(text)
    return Statement(start, statement.end, text, tuple(c for c in statement.citations if c.start >= start))
