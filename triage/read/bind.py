"""Bind the sentences of a reply to the questions they answer.

In: the reply's sentences and the questions of the request. Out: one group of sentences per question, with how surely they
belong together. What the letter does not bind stays unbound; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

import msgspec

from triage.read.outcome import Statement

__all__ = ["Bound", "Reference", "bind", "find_quotes", "find_references", "plain_label"]

_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {
    word: str(number)
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
}
_LABEL: Final = (
    r"(?:\(?\d{1,2}(?:[.]?\s?\(?(?:[a-h]|i{1,3}|iv|vi{0,3}|ix|x)\)?)*\)?|\([A-Za-z]\)|[A-H](?![\w’'])|[a-h](?=\)|[,:;]| [-–]|\s(?:and|to|or|&)\s)\)?"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?:\s*\(\d{1,2}\))?)"
)
_JOIN: Final = r"(?:\s*(?:,\s*and\b|,|&|/|\band\b|\bto\b|\bor\b|-|–)\s*(?:q(?:uestions?)?\.?\s*|parts?\s*|points?\s*)?)"
_REFERENCE: Final = re.compile(
    rf"\b(?:questions?|points?|parts?|items?|elements?|limbs?|paragraphs?|requests?|q)[\s.]*(?:numbers?|nos?\.?|to q)?\s*({_LABEL}(?:{_JOIN}{_LABEL})*)",
    re.IGNORECASE,
)
_LABEL_ANY: Final = re.compile(_LABEL, re.IGNORECASE)
_LEADING: Final = re.compile(
    rf"^\W*(?:(?:in (?:relation|regard|respect|answer|response|reply)(?: to| of)?|with (?:regards?|respect|reference) to|as (?:to|for|regards)|regarding|regards?|re|for|on|at|under|to|answer|response|reply(?: to)?)\W+)"
    rf"(?:your |the )?({_LABEL}(?:{_JOIN}{_LABEL})*)(?=\W|$)",
    re.IGNORECASE,
)
_ORDINAL_WORD: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final)\s+(?:\w+ )?(?:question|part|point|item|element|request|query|bullet|thing|matter|half)",
    re.IGNORECASE,
)
_REST: Final = re.compile(
    r"\b(?:remaining|other|rest of (?:your|the)|outstanding)\s+(?:\w+ )?(?:questions?|points?|parts?|items?|request|elements?|queries)|(?:questions?|points?|parts?) not mentioned above|everything else you asked",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    r"\b(?:all|both|each|every|none|any) (?:of )?(?:the |your |these |those )?(?:\w+ )?(?:questions|points|parts|items|elements|queries)\b",
    re.IGNORECASE,
)
_STARTS: Final = 70  # characters within which a reference still opens an answer


class Reference(msgspec.Struct, frozen=True):
    """Words that name questions: `labels` in plain form, or `rest` / `every` of them."""

    start: int
    labels: tuple[str, ...]
    rest: bool = False
    every: bool = False


class Bound(msgspec.Struct, eq=False):
    """The sentences that belong to one question; `label` as the letter prints it."""

    ordinal: int
    label: str | None
    statements: list[Statement]
    stated: bool = True
    quoted: str = ""


def plain_label(label: str) -> str:
    """Reduce a printed label to letters and digits, to compare.

    >>> plain_label("Q2(b)."), plain_label("Question Three (3)")
    ('2b', '3')
    """
    words = re.sub(r"^(?:questions?|points?|parts?|items?|no|q)\b[\s.]*", "", label.strip().lower())
    word = re.match(r"[a-z]+", words)
    if word and word.group() in _NUMBERS:
        return _NUMBERS[word.group()]
    return re.sub(r"^q(?=\d)", "", re.sub(r"[^a-z0-9]", "", words))


def _expand(text: str) -> tuple[str, ...]:
    """List the labels of "2, 3(a) and 5-7"."""
    found: list[str] = []
    end = 0
    for match in _LABEL_ANY.finditer(text):
        label = plain_label(match.group())
        between = text[end : match.start()].strip().lower()
        if found and between in {"-", "–", "to"} and (cells := _range(found[-1], label)):
            found += cells
        elif label:
            found.append(label)
        end = match.end()
    return tuple(dict.fromkeys(found))


def _range(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 40:
        return [str(number) for number in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return [chr(code) for code in range(ord(first) + 1, ord(last) + 1)]
    return []


def find_references(sentence: str) -> tuple[Reference, ...]:
    """List the words of a sentence that name questions of the request.

    >>> find_references("Questions 2 and 4 are exempt.")[0].labels
    ('2', '4')
    """
    found = [Reference(match.start(), _expand(match.group(1))) for match in _REFERENCE.finditer(sentence)]
    leading = _LEADING.match(sentence)
    if leading and not found and not re.match(r"\d{1,2}\s+[A-Za-z]{3,}", sentence[leading.start(1) :]):
        found.append(Reference(0, _expand(leading.group(1))))
    for match in _ORDINAL_WORD.finditer(sentence):
        word = match.group(1).lower()
        found.append(Reference(match.start(), ("last",) if word in {"last", "final"} else (_NUMBERS[word],)))
    rest = _REST.search(sentence)
    if rest:
        found.append(Reference(rest.start(), (), rest=True))
    every = _ALL.search(sentence)
    if every and not rest:
        found.append(Reference(every.start(), (), every=True))
    return tuple(sorted((r for r in found if r.labels or r.rest or r.every), key=lambda reference: reference.start))


_WORD: Final = re.compile(r"[^\W_]+")


def find_quotes(body: str, questions: Sequence[str], *, least: float = 0.7) -> list[tuple[int, int, int]]:
    """Find where a reply repeats the words of a question.

    Args:
        body: The reply's text.
        questions: The questions, in order.
        least: Share of a question's words that must return, in order and close together.

    Returns:
        (start, end, index of the question) for every quotation found, in the order of the text, not overlapping.
    """
    words = [(match.start(), match.end(), match.group().lower()) for match in _WORD.finditer(body)]
    tokens = [word for _, _, word in words]
    found: list[tuple[int, int, int]] = []
    taken = [False] * len(tokens)
    for index in sorted(range(len(questions)), key=lambda i: -len(questions[i])):
        wanted = [match.group().lower() for match in _WORD.finditer(questions[index])]
        if len(wanted) < 3:
            continue
        for _ in range(2):  # once in the restated list, once above its answer
            span = _find_words(wanted, tokens, taken, least)
            if span is None:
                break
            first, last = span
            taken[first : last + 1] = [True] * (last + 1 - first)
            found.append((words[first][0], words[last][1], index))
    return sorted(found)


def _find_words(wanted: list[str], tokens: list[str], taken: list[bool], least: float) -> tuple[int, int] | None:
    free = [token if not used else "\0" for token, used in zip(tokens, taken, strict=True)]
    seed = SequenceMatcher(None, wanted, free, autojunk=False).find_longest_match()
    if seed.size < min(3, len(wanted)):
        return None
    low = max(0, seed.b - seed.a - 4)
    high = min(len(free), seed.b + len(wanted) - seed.a + 6)
    blocks = SequenceMatcher(None, wanted, free[low:high], autojunk=False).get_matching_blocks()
    blocks = [block for block in blocks if block.size]
    if sum(block.size for block in blocks) < least * len(wanted):
        return None
    return low + blocks[0].b, low + blocks[-1].b + blocks[-1].size - 1


class _Questions:
    """The questions of the request, found again by the labels a letter uses."""

    def __init__(self, labels: Iterable[str | None]) -> None:
        self.bound = [Bound(ordinal, label, []) for ordinal, label in enumerate(labels, start=1)]
        self.named: set[int] = set()

    def resolve(self, label: str) -> list[Bound]:
        """Find by printed label, else by position; a label the request lacks becomes a question of its own."""
        if label == "last":
            return self.bound[-1:]
        plain = [plain_label(each.label or "") for each in self.bound]
        exact = [each for each, own in zip(self.bound, plain, strict=True) if own == label]
        if exact:
            return exact[:1]
        below = [each for each, own in zip(self.bound, plain, strict=True) if own.startswith(label) and label.isdigit() and own[len(label) :].isalpha()]  # fmt: skip
        if below:
            return below
        printed = any(plain)
        if (
            label.isdigit()
            and 1 <= int(label) <= len(self.bound)
            and (not printed or not any(p.isdigit() for p in plain))
        ):
            return [self.bound[int(label) - 1]]
        if len(label) == 1 and label.isalpha() and not any(p.isalpha() for p in plain):
            position = ord(label) - ord("a")
            if position < len(self.bound):
                return [self.bound[position]]
        return []

    def add(self, label: str) -> Bound:
        new = Bound(len(self.bound) + 1, label, [])
        self.bound.append(new)
        return new


_HEADING_ONLY: Final = re.compile(
    r"^\W*(?:disclosure|decision|reasons? for (?:the |my |our )?decision|advice and assistance|public interest (?:test|considerations?)|harm(?: test)?|evidence of harm|balanc\w+ test|factors .{0,60})\W*$",
    re.I,
)
_ENDS_ANSWERS: Final = re.compile(
    r"^\W*(?:section 16|advice and assistance|under section 16|finally, |in conclusion|more generally|the (?:force|council|constabulary) (?:also )?neither confirms)",
    re.I,
)
_GENERAL_TAIL: Final = re.compile(r"any (?:other|further|additional) (?:relevant )?information", re.I)


def bind(
    statements: Sequence[Statement],
    questions: Sequence[tuple[str | None, str]],
    *,
    markers: dict[int, str],
    quotes: Sequence[tuple[int, int, int]],
) -> tuple[list[Bound], list[Statement]]:
    """Group the sentences of a reply by the question they answer.

    Args:
        statements: The reply's own sentences in order.
        questions: Printed label and text of each question of the request, in order.
        markers: Plain list label that the reply prints at the start of a line, by offset of the sentence after it.
        quotes: Where the reply repeats a question, as `find_quotes` gives it.

    Returns:
        The questions with their sentences, and the sentences that belong to none.
    """
    book = _Questions(label for label, _ in questions)
    general: list[Statement] = []
    current: list[Bound] = []
    answers_quotes = _is_interleaved(statements, quotes)
    for statement in statements:
        quote = next((q for q in quotes if q[0] < statement.end and statement.start < q[1]), None)
        marker = markers.get(statement.start)
        if quote is not None and answers_quotes and quote[2] < len(book.bound):
            bound = book.bound[quote[2]]
            if marker is not None and bound.label is None:
                bound.label = marker
            rest = _outside(statement, quote)
            bound.quoted = bound.quoted or questions[quote[2]][1]
            current = [bound]
            if rest is not None:
                bound.statements.append(rest)
            continue
        if quote is not None and not answers_quotes:
            continue
        references = find_references(statement.text)
        opened = _opened_by(book, references, statement, questions_known=bool(questions))
        if opened:
            current = opened
            for bound in opened:
                bound.statements.append(statement)
            continue
        if marker is not None and (named := _by_marker(book, marker, current)):
            current = named
            for bound in named:
                bound.statements.append(statement)
            continue
        inside = [bound for reference in references for bound in _resolve(book, reference)]
        if inside:
            for bound in inside:
                bound.statements.append(statement)
            if not current:
                current = list(dict.fromkeys(inside)) if len(inside) == 1 else []
            continue
        if current and (_ENDS_ANSWERS.match(statement.text) or _GENERAL_TAIL.search(statement.text)):
            current = [] if _ENDS_ANSWERS.match(statement.text) else current
            general.append(statement)
            continue
        if current:
            for bound in current:
                bound.statements.append(statement)
        else:
            general.append(statement)
    return book.bound, general


def _resolve(book: _Questions, reference: Reference) -> list[Bound]:
    if reference.every:
        return list(book.bound)
    if reference.rest:
        return [bound for bound in book.bound if not bound.statements]
    return [bound for label in reference.labels for bound in book.resolve(label)]


def _opened_by(
    book: _Questions, references: Sequence[Reference], statement: Statement, *, questions_known: bool
) -> list[Bound]:
    """Find the questions that a sentence turns to with its first words."""
    if not references or references[0].start > _STARTS:
        return []
    lead = statement.text[: references[0].start]
    if lead and not re.match(
        r"^\W*(?:(?:with|in|as|on|for|to|at|re|regarding|turning|under|answer|response|reply|your|the|and|regards?|respect|relation|now|taking|concerning|about|that|leaves|lastly|finally|similarly|likewise|also|however|all|information|data|requested|sought|of|by|this|is)\W+){0,8}$",
        lead,
        re.I,
    ):
        return []
    found = _resolve(book, references[0])
    if len(references) > 1 and references[1].start < _STARTS:
        found += [bound for bound in _resolve(book, references[1]) if bound not in found]
    if (
        not found
        and not references[0].rest
        and re.match(r"^\W*(?:q|question|point|answer|response|part)\b", statement.text, re.I)
    ):
        return [book.add(label) for label in references[0].labels[:1]]
    return found


def _by_marker(book: _Questions, marker: str, current: Sequence[Bound]) -> list[Bound]:
    label = plain_label(marker)
    if not label:
        return []
    nested = [plain_label(bound.label or "") for bound in current]
    for parent in nested:
        if parent and label.isalpha() and (found := book.resolve(re.sub(r"[a-z]+$", "", parent) + label)):
            return found
    return book.resolve(label)


def _is_interleaved(statements: Sequence[Statement], quotes: Sequence[tuple[int, int, int]]) -> bool:
    """Tell whether answers stand between the quotations, or the quotations are one restated list."""
    if len(quotes) < 2:
        return bool(quotes) and any(s.start >= quotes[0][1] for s in statements)
    gaps = 0
    for (_, end, _), (start, _, _) in zip(quotes, quotes[1:], strict=False):
        gaps += any(end <= s.start and s.end <= start for s in statements) or start - end > 60
    return gaps * 2 >= len(quotes) - 1


def _outside(statement: Statement, quote: tuple[int, int, int]) -> Statement | None:
    """Cut the quotation out of a sentence that goes on after it."""
    if statement.end <= quote[1] + 3:
        return None
    text = statement.text[quote[1] - statement.start :]
    rest = text.lstrip(" ?.:;-–\n\t”\"'")
    if not re.search(r"\w", rest):
        return None
    start = statement.end - len(rest)
    citations = tuple(c for c in statement.citations if c.start >= start)
    return Statement(start, statement.end, rest, citations)
