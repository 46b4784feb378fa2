"""Bind the sentences of a reply to the questions they answer.

In: the reply's sentences and the questions of the request. Out: one group of sentences per question, with how surely
they belong together. What the letter does not bind stays unbound; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from triage.read.cues import Cue, Statement, find_cues
from triage.read.labels import (
    JOIN,
    LABEL,
    Reference,
    expand_labels,
    find_references,
    ordinal_labels,
    plain_label,
)
from triage.read.quotes import find_answered_quotes, group_answered
from triage.read.reasons import is_heading_of_reasons
from triage.read.shares import find_owner
from triage.read.wording import squeeze
from triage.schema import Question

__all__ = ["Bound", "bind"]


class Turn(msgspec.Struct, eq=False):
    """Sentences in one place of the reply; `printed` tells that a label or a quotation opens them."""

    opener: int
    printed: bool
    statements: list[Statement] = []


class Bound(msgspec.Struct, eq=False):
    """The sentences that belong to one question; `label` as the letter prints it.

    `turns` are the places where the reply speaks of it. `asked` is the index of the question in the request, `None`
    where the reply answers one that is not in it; `parent` the question that this one is a printed part of.
    """

    ordinal: int
    label: str | None
    turns: list[Turn] = []
    asked: int | None = None
    text: str = ""
    parent: Bound | None = None

    @property
    def statements(self) -> list[Statement]:
        """All its sentences, turn by turn."""
        return [statement for turn in self.turns for statement in turn.statements]

    def add(self, statement: Statement, *, opener: int, printed: bool) -> None:
        """Add a sentence to the turn that an opener began."""
        if not self.turns or self.turns[-1].opener != opener:
            self.turns.append(Turn(opener, printed))
        self.turns[-1].statements.append(statement)


_HEADING_WORDS: Final = 14
_MOST_POINTS: Final = 20
_STARTS: Final = 70  # characters within which a reference still opens an answer

_LEAD: Final = re.compile(
    r"^\W*(?:(?:with|in|as|on|for|to|at|re|regarding|turning|next|then|again|under|answers?|responses?|reply|your|the|and"
    r"|regards?|respect|relation|now|taking"
    r"|concerning|about|that|leaves|lastly|finally|similarly|likewise|also|however|all|information|data"
    r"|requested|sought|of|by|this|is|are|first)\W+){0,8}$",
    re.IGNORECASE,
)

_LINE_LABEL: Final = re.compile(
    r"^[ \t*>]*(?:(?:questions?|q|points?|parts?|requests?|items?|(?:answers?|responses?)(?: to)?|a(?=\d))[ .]*)?\[?"
    rf"({LABEL}(?:{JOIN}{LABEL})*)(?:[ \t]*[.)\]:;–-]+(?=\s|$)|[ \t]*$|[ \t]{{2,}}(?=\S)"
    rf"|[ \t]+(?=(?:is|are|was|were)\b))",
    re.IGNORECASE,
)

_ENDS_ANSWERS: Final = re.compile(
    r"^\W*(?:section 16\b|advice and assistance|under section 16|in conclusion|data notes?\b|notes?\s*$|general\s*$)",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"^\W*please note\b", re.IGNORECASE)

_GENERAL_TAIL: Final = re.compile(
    r"any (?:other|further|additional) (?:relevant )?information|no inference (?:should|can|may)"
    r"|refusal notice|notice of refusal|notice (?:for the purposes? of|under) s(?:ection|\.)? ?17",
    re.IGNORECASE,
)

_CROSS: Final = re.compile(
    r"\b(?:same|as (?:in|with|for|at|to|per|stated|explained)|see (?:the |my |our )?(?:response|answer|reply)"
    r"|see (?:q|questions?|points?|parts?|items?)\b|refer to|above|mentioned|like)\b",
    re.IGNORECASE,
)


_UNDISPUTED: Final = re.compile(
    r"\b(?:is|are|was|were)(?: not|n['’]t) (?:now |been )?(?:in dispute|disputed|challenged|contested|before us"
    r"|under review)\b"
    r"|\bnot (?:complained|asked) (?:of|about|for a review of)\b|\bhas(?: not|n['’]t) (?:been )?challenged\b",
    re.IGNORECASE,
)
"""Says of a question only that this letter is not about it."""


_EXPLAINED_AT: Final = re.compile(
    r"\bas (?:explained|stated|described|given|set out|shown|noted|mentioned) (?:\w+ )?(?:under|at|in|for)\b",
    re.IGNORECASE,
)
"""Points to where a question is answered, and answers nothing."""


_RECITED: Final = re.compile(
    r"\byou (?:have |then )?(?:asked|wanted|requested|invited) (?:us|me|for)?[^.]{0,40}"
    r"\b(?:reconsider|review|look again)",
    re.IGNORECASE,
)
"""Tells what an earlier reply decided, and that the requester asked for a review of it."""


class _Questions:
    """The questions of the request, found again by the labels a letter uses."""

    def __init__(self, questions: Iterable[Question], places: Sequence[int | None]) -> None:
        self.bound = [Bound(index + 1, q.label, asked=index, text=q.text) for index, q in enumerate(questions)]
        self.named: set[int] = set()
        self.listed_as = [each for each, place in zip(self.bound, places, strict=False) if place is not None]

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
        below = [
            each
            for each, own in zip(self.bound, plain, strict=True)
            if label.isdigit() and own.startswith(label) and own[len(label) :].isalpha()
        ]
        if below:
            return below
        printed = any(plain)
        if (
            label.isdigit()
            and 1 <= int(label) <= len(self.bound)
            and (not printed or not any(p.isdigit() for p in plain))
        ):
            listed = self.listed_as if len(self.listed_as) >= max(2, int(label)) else self.bound
            return [listed[int(label) - 1]]
        if len(label) == 1 and label.isalpha() and not any(p.isalpha() for p in plain):
            position = ord(label) - ord("a")
            if position < len(self.bound):
                return [self.bound[position]]
        return []

    def add(self, label: str) -> Bound:
        """Make a question that the reply answers under a label of its own."""
        new = Bound(len(self.bound) + 1, label)
        self.bound.append(new)
        return new

    def add_known(self, label: str, *, worded: bool = False) -> list[Bound]:
        """Make a question whose label goes on from those of the request: `7a` below `7`, `f` after `e`."""
        part = re.fullmatch(r"(\d+)[a-z]", label)
        over = self.resolve(part.group(1)) if part else []
        if len(over) == 1:
            new = self.add(label)
            new.parent, new.asked, new.text = over[0], over[0].asked, over[0].text
            return [new]
        if worded and label.isdigit() and not any(each.label for each in self.bound) and self.bound:
            # The reply counts more points than were made out in the request.
            while len(self.bound) < int(label) <= _MOST_POINTS:
                self.add(str(len(self.bound) + 1))
            return self.bound[int(label) - 1 : int(label)]
        last = plain_label(self.bound[-1].label or "") if self.bound else ""
        if len(label) == len(last) == 1 and last.isalpha() and ord(label) == ord(last) + 1:
            return [self.add(label)]
        return []

    def listed(self) -> list[Bound]:
        """List the questions in order, a part in the place of what it is a part of, numbered anew."""
        found: list[Bound] = []
        for each in self.bound:
            if each.parent is not None:
                continue
            parts = [part for part in self.bound if part.parent is each and part.statements]
            found += parts if parts and not each.statements else [each, *parts]
        for ordinal, each in enumerate(found, start=1):
            each.ordinal = ordinal
        return found


class _Opener(msgspec.Struct):
    """A place where the reply turns to one or more questions; `answer` is where the words of the answer begin.

    `printed` tells a label or quotation from words that name the question, `note` the mark of a note to the answers.
    """

    start: int
    answer: int
    bound: list[Bound]
    printed: bool = True
    note: str = ""


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
    book = _Questions(questions, places)
    quotes = group_answered(body, [(start, end, index) for index, (start, end) in enumerate(printed)], len(questions))
    quotes = quotes or find_answered_quotes(body, [question.text for question in questions])
    openers = _find_openers(body, statements, book, quotes)
    last = openers[-1].start if openers else 0
    openers += [_Opener(end, end, []) for end in ends if end > last]
    general: list[Statement] = []
    notes: dict[str, list[Statement]] = {}
    narrowed: list[tuple[int, bool, Statement, list[Bound]]] = []
    for statement in statements:
        for piece in _cut(statement, openers):
            current = next((each for each in reversed(openers) if each.start <= piece.start), None)
            own = _cut_front(piece, current.answer) if current is not None else piece
            if own is None:
                continue
            if current is not None and current.note:
                notes.setdefault(current.note, []).append(own)
                continue
            if _says_nothing_of(squeeze(own.text)):
                general.append(own)
                continue
            inside = [bound for reference in find_references(own.text) for bound in _resolve(book, reference)]
            over = _ends_answers(own) or (current is not None and _begins_reasons(own, current.bound))
            if current is not None and (over or _GENERAL_TAIL.search(squeeze(own.text))):
                if over:
                    openers.append(_Opener(piece.start, piece.start, []))
                    openers.sort(key=lambda each: each.start)
                general.append(own)
                continue
            targets = list(current.bound) if current is not None else []
            # "Please see the attached sheet for question C" is C's wherever it stands; "as in question 1" is not 1's.
            if inside and not any(bound in targets for bound in inside) and not _CROSS.search(squeeze(own.text)):
                targets = []
            said = squeeze(own.text)
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
    return book.listed(), general


_NOTE_HEAD: Final = re.compile(r"[ \t]*note \(?([a-z]|\d{1,2})\)?\s*[:.)–-]", re.IGNORECASE)
_SEE_NOTE: Final = re.compile(r"\bnotes? \(?([a-z]|\d{1,2})\)?(?!\w)", re.IGNORECASE)


def _add_notes(answered: Sequence[Bound], notes: dict[str, list[Statement]]) -> list[Statement]:
    """Give each note at the foot to the answers that point to it; return those that nobody points to."""
    used: set[str] = set()
    for bound in answered:
        words = " ".join(statement.text for statement in bound.statements)
        for mark in dict.fromkeys(found.lower() for found in _SEE_NOTE.findall(words)):
            for statement in notes.get(mark, ()):
                used.add(mark)
                bound.add(statement, opener=notes[mark][0].start, printed=False)
    return [statement for mark, each in notes.items() if mark not in used for statement in each]


def _begins_reasons(statement: Statement, answered: Sequence[Bound]) -> bool:
    """Tell whether a heading of the reasons follows answers that have been given."""
    if not is_heading_of_reasons(statement.text):
        return False
    return all(any(find_cues(s) - {Cue.CONTENT} for s in bound.statements) for bound in answered)


def _ends_answers(statement: Statement) -> bool:
    """Tell whether the reply turns from its answers to something else; a note that decides is part of the answer."""
    if _ENDS_ANSWERS.match(statement.text):
        return True
    return _NOTE.match(statement.text) is not None and not find_cues(statement) - {Cue.CONTENT}


def _narrow(statement: Statement, targets: list[Bound]) -> list[Bound]:
    """Give a fact stated under several questions to the one whose words it repeats; reasons are for all of them."""
    if len(targets) < 2 or statement.citations or find_cues(statement) - {Cue.CONTENT, Cue.DISCLOSED, Cue.NOT_HELD}:
        return targets
    owner = find_owner(statement.text, [each.text for each in targets])
    return targets if owner is None else [targets[owner]]


def _says_nothing_of(words: str) -> bool:
    """Tell whether words name a question without answering it.

    >>> _says_nothing_of("Question 4 is not in dispute.")
    True
    """
    return any(pattern.search(words) for pattern in (_UNDISPUTED, _ASKED_OF_YOU, _RECITED))


def _find_openers(
    body: str, statements: Sequence[Statement], book: _Questions, quotes: Sequence[tuple[int, int, list[int]]]
) -> list[_Opener]:
    """List the places where the reply turns to a question: a quotation, a label, or words that name it."""
    found = {start: _Opener(start, end, [book.bound[i] for i in indexes]) for start, end, indexes in quotes}
    quoted = [(start, end) for start, end, _ in quotes]
    line_starts = {m.start(): m.end() for m in re.finditer(r"(?m)^[^\n]*\S[^\n]*$", body)}
    starts = {statement.start: statement.end for statement in statements}
    parent = ""
    # Where each question is repeated above its answer, a number that begins a line is a figure.
    told = len({index for _, _, indexes in quotes for index in indexes}) == len(book.bound) > 1
    # Where "Question 2" heads an answer, a bare number is one too.
    worded = len(re.findall(r"(?im)^[ \t]*(?:question|request|item|point|part)[ \t]*\d", body)) > 1
    spaced = _labels_by_blank(body, book)
    paragraphs = _numbers_paragraphs(body, book)
    counts_out = len({word.lower() for word in _ADVERB.findall(body)}) > 1
    # "Q." above each question and "A." above each answer: the letter is no label.
    signs = {sign.lower() for sign in re.findall(r"(?m)^[ \t]*([A-Za-z])[.:)](?:[ \t]|$)", body)}
    answers_signed = "a" in signs and "b" not in signs and len(re.findall(r"(?m)^[ \t]*[Aa][.:)](?:[ \t]|$)", body)) > 1
    # "(1)" inside a sentence points to a note at the foot, which is no answer to question 1.
    footnotes = re.search(r"[\w.,;”\"]\(1\)\s", re.sub(r"\d\(1\)", "", body)) is not None
    for start in sorted(line_starts.keys() | starts.keys()):
        if any(first <= start < last for first, last in quoted):
            continue
        end = max(line_starts.get(start, 0), starts.get(start, 0))
        words = body[start : max(end, start)]
        if _says_nothing_of(squeeze(words[:300])):
            continue
        note = _NOTE_HEAD.match(words) if start in line_starts else None
        if note is not None:
            found[start] = _Opener(start, start + note.end(), [], note=note[1].lower())
            continue
        bound: list[Bound] = []
        answer = start
        printed = True
        figure = (told or worded) and words.lstrip()[:1].isdigit()
        label = _LINE_LABEL.match(words) if start in line_starts and not figure else None
        if label is None and start in line_starts and spaced:
            label = _SPACED_LABEL.match(words)
        if label is not None and answers_signed and plain_label(label.group(1)) == "a":
            label = None
        if label is not None and paragraphs and plain_label(label.group(1)).isdigit():
            label = None
        if label is not None and not (footnotes and words.lstrip().startswith("(")):
            bound, parent = _by_label(book, expand_labels(label.group(1)), parent)
            answer = start + label.end()
        if not bound:
            bound = _by_adverb(book, words) if counts_out else _by_words(book, words)
            bound = bound or _by_words(book, words)
            answer, printed = start, False
        near = next((q for q in quotes if 0 <= q[0] - answer <= 6), None)
        if bound and near is None:
            found[start] = _Opener(start, answer, bound, printed)
        elif bound and near is not None:
            # A label right before a quotation belongs to it; the letter's label is the one that it uses.
            quote = found[near[0]]
            if quote.bound[0].label is None and label is not None:
                quote.bound[0].label = label.group(1).strip(" .():")
    return sorted(found.values(), key=lambda each: each.start)


_SPACED_LABEL: Final = re.compile(r"[ \t*>]*(\d{1,2}(?:[ .]?\(?(?:[a-z]|[ivx]{1,4})\)?)?)[ \t](?=\S)")
_LEAST_SPACED: Final = 0.6


def _labels_by_blank(body: str, book: _Questions) -> bool:
    """Tell whether answers follow their labels after a blank only, as "1b 17": most labels of the request do."""
    own = {plain_label(each.label or "") for each in book.bound} - {""}
    found = {plain_label(match[1]) for line in body.split("\n") if (match := _SPACED_LABEL.match(line))}
    return len(own) > 1 and len(own & found) >= _LEAST_SPACED * len(own)


def _numbers_paragraphs(body: str, book: _Questions) -> bool:
    """Tell whether a reply numbers its own paragraphs: more numbers than questions, which go by letters or nothing."""
    numbers = [int(found) for found in re.findall(r"(?m)^[ \t]*(\d{1,2})[.)][ \t]+\S", body)]
    own = [plain_label(each.label or "") for each in book.bound]
    if any(label.isdigit() for label in own) or not any(own):
        return False
    return len(numbers) > len(own) and numbers[:3] == [1, 2, 3]


def _by_label(book: _Questions, labels: Sequence[str], parent: str) -> tuple[list[Bound], str]:
    """Resolve a label at the start of a line; a letter may stand below the number before it."""
    found: list[Bound] = []
    for label in labels:
        nested = book.resolve(parent + label) if parent and label.isalpha() else []
        known = nested or book.resolve(label) or book.add_known(label)
        found += [bound for bound in known if bound not in found]
        book.named.update(bound.ordinal for bound in found)
        digits = re.match(r"\d+", label)
        if digits:
            parent = digits.group()
    return found, parent


_ADVERB: Final = re.compile(
    r"(?:^|(?<=[.?!]\s)|(?<=\n))[ \t]*(first|second|third|fourth|fifth|sixth|seventh|eighth|last)ly\b|^finally\b",
    re.IGNORECASE | re.MULTILINE,
)
_AS_ADVERB: Final = re.compile(
    r"\W*(?:(first|second|third|fourth|fifth|sixth|seventh|eighth)ly|(last)ly|(final)ly)\b", re.IGNORECASE
)


def _by_adverb(book: _Questions, words: str) -> list[Bound]:
    """Find the question that "Thirdly" turns to, in a letter that counts its answers out."""
    found = _AS_ADVERB.match(words)
    if found is None:
        return []
    return [bound for label in ordinal_labels(found[1] or "last") for bound in book.resolve(label)]


_POINTS_BACK: Final = re.compile(
    r"\W*(?:(?:as|see|same)\b(?! (?:to|for|regards?|regarding|concerns)\b)|as for (?:\w+ ){0,2}\(?\w{1,4}\)?\W*$)",
    re.IGNORECASE,
)
"""An answer that points to another one does not turn to its question."""


_BOTH: Final = re.compile(r"\W*both (?:(?:of )?(?:them|these) )?(?:are|is|were|can|have)\b", re.IGNORECASE)

_ASKED_OF_YOU: Final = re.compile(r"\b(?:do|did) you (?:mean|want)\b[^\n]*\?", re.IGNORECASE)
"""A question that the authority put to the requester."""


_SENTENCE_END: Final = re.compile(r"[.?!]\s+(?=[A-Z])")


def _by_words(book: _Questions, words: str) -> list[Bound]:
    """Find the questions that a sentence turns to with its first words."""
    references = find_references(words[:300])
    if len(book.bound) == 2 and _BOTH.match(words):
        return list(book.bound)
    heading = len(words.split()) <= _HEADING_WORDS and not words.rstrip().endswith((".", ":", ";"))
    if references and heading and re.search(r"[-–(:]\s*(?:your |the )?$", words[: references[0].start]):
        return [bound for reference in references for bound in _resolve(book, reference)]
    if not references or references[0].start > _STARTS or not _LEAD.match(words[: references[0].start]):
        return []
    if _POINTS_BACK.match(words):
        return []
    found = _resolve(book, references[0])
    for reference in references[1:]:
        if reference.start < _STARTS and not _SENTENCE_END.search(words, references[0].start, reference.start):
            found += [bound for bound in _resolve(book, reference) if bound not in found]
    known = not references[0].rest and not references[0].every
    lost = all(each.asked is None for each in book.bound)
    if not found and known and lost and re.match(r"^\W*(?:q|question|answer|response)\b", words, re.IGNORECASE):
        return [book.add(label) for label in references[0].labels[:1]]
    return found


def _resolve(book: _Questions, reference: Reference) -> list[Bound]:
    if reference.every:
        return list(book.bound)
    if reference.rest:
        return [bound for bound in book.bound if bound.ordinal not in book.named]
    found = [bound for label in reference.labels for bound in book.resolve(label) or book.add_known(label, worded=True)]
    book.named.update(bound.ordinal for bound in found)
    return found


def _cut(statement: Statement, openers: Sequence[_Opener]) -> list[Statement]:
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
