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
    r"(?:\(?\d{1,2}(?:[.]?\s?\(?(?:[a-h]|i{1,3}|iv|vi{0,3}|ix|x)(?![a-z])\)?)*\)?|\(?(?:i{1,3}|iv|vi{1,3})(?![a-z])\)?|\([A-Za-z]\)|[A-H](?![\w’'])|[a-h](?=\)|[,:;]| [-–]|\s(?:and|to|or|&)\s)\)?"
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
        if len(plain) > 1 and len(set(plain)) == 1:
            plain = [""] * len(plain)  # one number on every item numbers nothing
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


_LEAD: Final = re.compile(
    r"^\W*(?:(?:with|in|as|on|for|to|at|re|regarding|turning|under|answers?|responses?|reply|your|the|and|regards?|respect|relation|now|taking"
    r"|concerning|about|that|leaves|lastly|finally|similarly|likewise|also|however|all|information|data|requested|sought|of|by|this|is|are|first)\W+){0,8}$",
    re.IGNORECASE,
)
_LINE_LABEL: Final = re.compile(
    r"^[ \t*>]*(?:(?:questions?|q|points?|parts?|requests?|items?|answers?|responses?)[ .]*)?"
    rf"({_LABEL}(?:{_JOIN}{_LABEL})*)(?:[ \t]*[.):;–-]+(?=\s|$)|[ \t]*$|[ \t]{(2,)}(?=\S)|[ \t]+(?=(?:is|are|was|were)\b))",
    re.IGNORECASE,
)
_ENDS_ANSWERS: Final = re.compile(
    r"^\W*(?:section 16\b|advice and assistance|under section 16|in conclusion|data notes?\b|notes?\s*$|please note\b|general\s*$)",
    re.IGNORECASE,
)
_GENERAL_TAIL: Final = re.compile(
    r"any (?:other|further|additional) (?:relevant )?information|no inference (?:should|can|may)|refusal notice|notice of refusal|notice (?:for the purposes? of|under) s(?:ection|\.)? ?17",
    re.IGNORECASE,
)


_CROSS: Final = re.compile(
    r"\b(?:same|as (?:in|with|for|at|to|per|stated|explained)|see (?:the |my |our )?(?:response|answer|reply)|refer to|above|mentioned|like)\b",
    re.IGNORECASE,
)


class _Opener(msgspec.Struct):
    """A place where the reply turns to one or more questions; `answer` is where the words of the answer begin."""

    start: int
    answer: int
    bound: list[Bound]


def bind(
    body: str,
    statements: Sequence[Statement],
    questions: Sequence[tuple[str | None, str]],
) -> tuple[list[Bound], list[Statement]]:
    """Group the sentences of a reply by the question they answer.

    Args:
        body: The reply's own words, blank elsewhere, with the offsets of the statements.
        statements: The reply's own sentences in order, boilerplate left out.
        questions: Printed label and text of each question of the request, in order.

    Returns:
        The questions with their sentences, and the sentences that belong to none.
    """
    book = _Questions(label for label, _ in questions)
    quotes = _answered_quotes(body, find_quotes(body, [text for _, text in questions]), len(questions))
    openers = _find_openers(body, statements, book, quotes)
    general: list[Statement] = []
    for statement in statements:
        for piece in _cut(statement, openers):
            current = next((each for each in reversed(openers) if each.start <= piece.start), None)
            if current is not None and piece.end <= current.answer + 1:
                continue
            own = _cut_front(piece, current.answer) if current is not None else piece
            if own is None:
                continue
            inside = [bound for reference in find_references(own.text) for bound in _resolve(book, reference)]
            if current is not None and (_ENDS_ANSWERS.match(own.text) or _GENERAL_TAIL.search(own.text)):
                if _ENDS_ANSWERS.match(own.text):
                    openers.append(_Opener(piece.start, piece.start, []))
                    openers.sort(key=lambda each: each.start)
                general.append(own)
                continue
            targets = list(current.bound) if current is not None else []
            # "Please see the attached sheet for question C" is C's wherever it stands; "as in question 1" is not 1's.
            if inside and not any(bound in targets for bound in inside) and not _CROSS.search(own.text):
                targets = []
            if not (targets and _CROSS.search(own.text)):
                targets += [bound for bound in inside if bound not in targets]
            for bound in targets:
                bound.statements.append(own)
            if not targets:
                general.append(own)
    return book.bound, general


def _find_openers(
    body: str, statements: Sequence[Statement], book: _Questions, quotes: Sequence[tuple[int, int, list[int]]]
) -> list[_Opener]:
    """List the places where the reply turns to a question: a quotation, a label, or words that name it."""
    found = {start: _Opener(start, end, [book.bound[i] for i in indexes]) for start, end, indexes in quotes}
    quoted = [(start, end) for start, end, _ in quotes]
    line_starts = {m.start(): m.end() for m in re.finditer(r"(?m)^[^\n]*\S[^\n]*$", body)}
    starts = {statement.start: statement.end for statement in statements}
    parent = ""
    # "(1)" inside a sentence points to a note at the foot, which is no answer to question 1.
    footnotes = re.search(r"[\w.,;”\"]\(1\)\s", re.sub(r"\d\(1\)", "", body)) is not None
    for start in sorted(line_starts.keys() | starts.keys()):
        if any(first <= start < last for first, last in quoted):
            continue
        end = max(line_starts.get(start, 0), starts.get(start, 0))
        words = body[start : max(end, start)]
        bound: list[Bound] = []
        answer = start
        label = _LINE_LABEL.match(words) if start in line_starts else None
        if label is not None and not (footnotes and words.lstrip().startswith("(")):
            bound, parent = _by_label(book, _expand(label.group(1)), parent)
            answer = start + label.end()
        if not bound:
            bound = _by_words(book, words)
            answer = start
        near = next((q for q in quotes if 0 <= q[0] - answer <= 6), None)
        if bound and near is None:
            found[start] = _Opener(start, answer, bound)
        elif bound and near is not None:
            # A label right before a quotation belongs to it; the letter's label is the one that it uses.
            quote = found[near[0]]
            if quote.bound[0].label is None and label is not None:
                quote.bound[0].label = label.group(1).strip(" .():")
    return sorted(found.values(), key=lambda each: each.start)


def _by_label(book: _Questions, labels: Sequence[str], parent: str) -> tuple[list[Bound], str]:
    """Resolve a label at the start of a line; a letter may stand below the number before it."""
    found: list[Bound] = []
    for label in labels:
        nested = book.resolve(parent + label) if parent and label.isalpha() else []
        found += [bound for bound in nested or book.resolve(label) if bound not in found]
        book.named.update(bound.ordinal for bound in found)
        digits = re.match(r"\d+", label)
        if digits:
            parent = digits.group()
    return found, parent


def _by_words(book: _Questions, words: str) -> list[Bound]:
    """Find the questions that a sentence turns to with its first words."""
    references = find_references(words[:300])
    if not references or references[0].start > _STARTS or not _LEAD.match(words[: references[0].start]):
        return []
    found = _resolve(book, references[0])
    for reference in references[1:]:
        if reference.start < _STARTS:
            found += [bound for bound in _resolve(book, reference) if bound not in found]
    known = not references[0].rest and not references[0].every
    if not found and known and re.match(r"^\W*(?:q|question|answer|response)\b", words, re.IGNORECASE):
        return [book.add(label) for label in references[0].labels[:1]]
    return found


def _resolve(book: _Questions, reference: Reference) -> list[Bound]:
    if reference.every:
        return list(book.bound)
    if reference.rest:
        return [bound for bound in book.bound if bound.ordinal not in book.named]
    found = [bound for label in reference.labels for bound in book.resolve(label)]
    book.named.update(bound.ordinal for bound in found)
    return found


def _answered_quotes(body: str, quotes: Sequence[tuple[int, int, int]], count: int) -> list[tuple[int, int, list[int]]]:
    """Keep the quotations that an answer follows, several at once where nothing stands between them.

    A run that repeats every question is the restated list, not the place of an answer.
    """
    kept: list[tuple[int, int, list[int]]] = []
    run: list[tuple[int, int, int]] = []
    for (start, end, index), following in zip(quotes, [*quotes[1:], None], strict=False):
        line = body[body.rfind("\n", 0, start) + 1 : start]
        if len(re.findall(r"\w", line)) >= 25:
            continue
        run.append((start, end, index))
        until = following[0] if following else len(body)
        between = re.sub(r"^\W*(?:(?:and|or)\W*)?(?:\(?\w{1,3}[.)])?\W*$", "", body[end:until].strip())
        if re.search(r"\w", between):
            if len({i for _, _, i in run}) < count or count == 1:
                kept.append((run[0][0], end, list(dict.fromkeys(i for _, _, i in run))))
            run = []
    return kept


def _cut(statement: Statement, openers: Sequence[_Opener]) -> list[Statement]:
    """Cut a sentence where the reply turns to another question in its middle."""
    cuts = [each.start for each in openers if statement.start < each.start < statement.end]
    edges = [statement.start, *cuts, statement.end]
    pieces = []
    for start, end in zip(edges, edges[1:], strict=False):
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
