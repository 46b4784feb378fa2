"""Find where a reply turns to a question: a label, a quotation, words that name it.

In: the reply's own words and the questions. Out: `Opener` records in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from triage.read.book import Book, Bound
from triage.read.cues import Statement
from triage.read.labels import (
    CARDINALS,
    JOIN,
    LABEL,
    Reference,
    expand_labels,
    find_references,
    ordinal_labels,
    plain_label,
)
from triage.read.wording import squeeze

__all__ = ["Opener", "find_marks", "find_openers", "resolve", "says_nothing_of"]

_HEADING_WORDS: Final = 14
_NOTE_HEAD: Final = re.compile(r"[ \t]*note \(?([a-z]|\d{1,2})\)?\s*[:.)–-]", re.IGNORECASE)
_STARTS: Final = 70  # characters within which a reference still opens an answer

_LEAD: Final = re.compile(
    r"^\W*(?:(?:with|in|as|on|for|to|at|re|regarding|turning|next|then|again|under|answers?|responses?|reply"
    r"|your|the|and"
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

_UNDISPUTED: Final = re.compile(
    r"\b(?:is|are|was|were)(?: not|n['’]t) (?:now |been )?(?:in dispute|disputed|challenged|contested|before us"
    r"|under review)\b"
    r"|\bnot (?:complained|asked) (?:of|about|for a review of)\b|\bhas(?: not|n['’]t) (?:been )?challenged\b",
    re.IGNORECASE,
)
"""Says of a question only that this letter is not about it."""


_RECITED: Final = re.compile(
    r"\byou (?:have |then )?(?:asked|wanted|requested|invited) (?:us|me|for)?[^.]{0,40}"
    r"\b(?:reconsider|review|look again)"
    r"|^\W*in (?:that|its|our|the (?:original|first)) (?:response|reply|letter|answer)\b",
    re.IGNORECASE,
)
"""Tells what an earlier reply decided, and that the requester asked for a review of it."""

_ONLY_HELD: Final = re.compile(
    r"\binformation (?:is|was) held (?:in respect of|in relation to|for|under|on|that answers) (?:all )?(?:\w+ )?"
    r"(?:questions|points|parts|items)\b(?![^.]*\b(?:but|except|exempt|not|withh\w+)\b)"
    r"|\bholds? information (?:in|within) (?:the )?scope of (?:\w+ )?(?:questions|points|parts|items)\b"
    r"(?![^.]*\b(?:but|except|exempt|not|withh\w+)\b)",
    re.IGNORECASE,
)
"""Says of several questions only that there is something to answer them with."""

_NOT_JOINED: Final = re.compile(r"\bnot (?:been )?aggregat", re.IGNORECASE)
"""Says only that the other questions were not counted into the cost of this one."""


class Opener(msgspec.Struct):
    """A place where the reply turns to one or more questions; `answer` is where the words of the answer begin.

    `printed` tells a label or quotation from words that name the question, `note` the mark of a note to the answers;
    `group` are the questions under whose common heading one of them is named.
    """

    start: int
    answer: int
    bound: list[Bound]
    printed: bool = True
    note: str = ""
    group: list[Bound] = []


def says_nothing_of(words: str) -> bool:
    """Tell whether words name a question without answering it.

    >>> says_nothing_of("Question 4 is not in dispute.")
    True
    """
    return any(pattern.search(words) for pattern in (_UNDISPUTED, _ASKED_OF_YOU, _RECITED, _ONLY_HELD, _NOT_JOINED))


def find_openers(
    body: str, statements: Sequence[Statement], book: Book, quotes: Sequence[tuple[int, int, list[int]]]
) -> list[Opener]:
    """List the places where the reply turns to a question: a quotation, a label, or words that name it."""
    found = {start: Opener(start, end, [book.bound[i] for i in indexes]) for start, end, indexes in quotes}
    quoted = [(start, end) for start, end, _ in quotes]
    line_starts = {m.start(): m.end() for m in re.finditer(r"(?m)^[^\n]*\S[^\n]*$", body)}
    starts = {statement.start: statement.end for statement in statements}
    parent = ""
    # Where each question is repeated above its answer, a number that begins a line is a figure.
    told = len({index for _, _, indexes in quotes for index in indexes}) == len(book.bound) > 1
    # Where "Question 2" heads an answer, a bare number is one too.
    worded = len(re.findall(r"(?im)^[ \t]*(?:question|request|item|point|part)[ \t]*\d", body)) > 1
    spaced = _labels_by_blank(body, book)
    lettered = _letters_lines(body, book)
    noted = find_notes(body)
    paragraphs = _numbers_paragraphs(body, book)
    counts_out = len({word.lower() for word in _ADVERB.findall(body)}) > 1
    # "Q." above each question and "A." above each answer: the letter is no label.
    signs = {sign.lower() for sign in re.findall(r"(?m)^[ \t]*([A-Za-z])[.:)](?:[ \t]|$)", body)}
    answers_signed = "a" in signs and "b" not in signs and len(re.findall(r"(?m)^[ \t]*[Aa][.:)](?:[ \t]|$)", body)) > 1
    # "(1)" inside a sentence points to a note at the foot, which is no answer to question 1.
    restarted = len({plain_label(each.label or "") for each in book.bound}) < len(book.bound)
    all_one = _numbers_all_alike(body, len(book.bound))
    counted = 0
    footnotes = re.search(r"[\w.,;”\"]\(1\)\s", re.sub(r"\d\(1\)", "", body)) is not None
    for start in sorted(line_starts.keys() | starts.keys()):
        if any(first <= start < last for first, last in quoted):
            continue
        end = max(line_starts.get(start, 0), starts.get(start, 0))
        words = body[start : max(end, start)]
        if says_nothing_of(squeeze(words[:300])):
            continue
        note = _NOTE_HEAD.match(words) if start in line_starts else None
        if note is None and start in line_starts and start > noted:
            note = _NOTE_LABEL.match(words)
        if note is not None:
            found[start] = Opener(start, start + note.end(), [], note=note[1].lower())
            continue
        bound: list[Bound] = []
        answer = start
        printed = True
        figure = (told or worded) and words.lstrip()[:1].isdigit()
        label = _LINE_LABEL.match(words) if start in line_starts and not figure else None
        if label is None and start in line_starts and spaced:
            label = _SPACED_LABEL.match(words)
        if label is None and start in line_starts and lettered:
            label = _SMALL_LETTER.match(words)
        if label is not None and answers_signed and plain_label(label.group(1)) == "a":
            label = None
        if label is not None and paragraphs and plain_label(label.group(1)).isdigit():
            label = None
        if label is not None and told and label.group(1).isalpha() and label.group(1).lower() in CARDINALS:
            label = None  # "Two." below a question is its answer
        if label is not None and not (footnotes and words.lstrip().startswith("(")):
            if all_one and plain_label(label.group(1)) == "1":
                bound, counted = [book.bound[counted]], counted + 1
            else:
                bound, parent = _by_label(book, expand_labels(label.group(1)), parent)
            if bound and restarted:
                book.opened = bound[-1]
            answer = start + label.end()
            # "2. With respect to your first and second questions": the paragraph says itself what it answers.
            worded_as = _by_words(book, words[label.end() :])
            if bound and len(worded_as) > len(bound) and all(each in worded_as for each in bound):
                bound = worded_as
        if not bound:
            bound = _by_adverb(book, words) if counts_out else _by_words(book, words)
            bound = bound or _by_words(book, words)
            answer, printed = start, False
        near = next((q for q in quotes if 0 <= q[0] - answer <= 6), None)
        if bound and near is None:
            found[start] = Opener(start, answer, bound, printed)
        elif bound and near is not None:
            # A label right before a quotation belongs to it; the letter's label is the one that it uses.
            quote = found[near[0]]
            if quote.bound[0].label is None and label is not None:
                quote.bound[0].label = label.group(1).strip(" .():")
    book.opened = None
    ordered = sorted(found.values(), key=lambda each: each.start)
    for above, each in pairwise(ordered):
        group = above.group or above.bound
        if 0 < len(each.bound) < len(group) and all(any(b is g for g in group) for b in each.bound):
            each.group = group  # "Questions 5 and 6: question 5 is exempt. The strategy (6) is attached."
    return ordered


_ITEM: Final = re.compile(r"(?m)^[ \t]*(\d{1,2})[.)][ \t]+\S")
_FEWEST_ALIKE: Final = 3


def _numbers_all_alike(body: str, count: int) -> bool:
    """Tell whether every answer is numbered 1, as where a list has lost its numbers, and there is one for each."""
    numbers = _ITEM.findall(body)
    return count >= _FEWEST_ALIKE and len(numbers) == count and set(numbers) == {"1"}


_SPACED_LABEL: Final = re.compile(
    r"[ \t*>]*(\d{1,2}(?:[ .]?\(?(?:[a-z]|[ivx]{1,4})\)?)?|\((?:[a-z]|[ivx]{1,4})\))[ \t]+(?=\S)"
)
_LEAST_SPACED: Final = 0.6


def _labels_by_blank(body: str, book: Book) -> bool:
    """Tell whether answers follow their labels after a blank only, as "1b 17" or "(a) None": most of the labels do."""
    own = {plain_label(each.label or "") for each in book.bound} - {""}
    found = {plain_label(match[1]) for line in body.split("\n") if (match := _SPACED_LABEL.match(line))}
    return len(own) > 1 and len(own & found) >= _LEAST_SPACED * len(own)


_NOTES_HEAD: Final = re.compile(
    r"(?m)^[ \t*#]*(?:(?:foot)?notes?|(?:annex|appendix|schedule)(?: \w)?(?:[ \t]*[-–:.][ \t]*|[ \t]+)(?:our "
    r"|the )?(?:exemptions?|exceptions?|reasons?|notes?)"
    r"(?: (?:applied|relied on|used))?|(?:key to )?(?:the )?exemptions?(?: (?:applied|relied on"
    r"|used))?)[ \t]*:?[ \t]*$",
    re.IGNORECASE,
)
_NOTE_LABEL: Final = re.compile(r"[ \t]*[\[(]?([a-z]|\d{1,2})(?:[\])][.:]?|[.:)])(?=\s)", re.IGNORECASE)
_SEE_NOTE: Final = re.compile(
    r"\[(?P<bracket>[a-z]|\d{1,2})\]|\b(?:foot)?notes? \(?(?P<note>[a-z]|\d{1,2})\)?(?!\w)"
    r"|\b(?:exemptions?|reasons?|exceptions?)(?:,? which (?:is|are))? \(?(?P<first>\d{1,2})\)?(?:(?:,| and| &"
    r"|, and) \(?(?P<second>\d{1,2})\)?)?(?= in | below|[.,;\s]*$|[.,;] )",
    re.IGNORECASE,
)


def find_marks(words: str) -> list[str]:
    """List the marks of notes that an answer points to.

    >>> find_marks("Withheld, see note A."), find_marks("Refused. [1]"), find_marks("See exemptions 1 and 2.")
    (['a'], ['1'], ['1', '2'])
    """
    return [mark.lower() for found in _SEE_NOTE.finditer(words) for mark in found.groups() if mark]


def find_notes(body: str) -> int:
    """Return where notes to the answers begin, which answers above point to; behind the end where there are none."""
    for head in _NOTES_HEAD.finditer(body):
        labels = {found[1].lower() for line in body[head.end() :].split("\n") if (found := _NOTE_LABEL.match(line))}
        pointed = set(find_marks(" ".join(body[: head.start()].split())))
        if len(labels & pointed) >= min(2, len(labels)) > 0:
            return head.end()
    return len(body)


_SMALL_LETTER: Final = re.compile(r"[ \t*>]*\(?([a-h])[.)](?=\s|$)")


def _letters_lines(body: str, book: Book) -> bool:
    """Tell whether lines begin with "a." and "b." as the questions do; alone such a letter might be an article."""
    own = {plain_label(each.label or "") for each in book.bound}
    found = {match[1] for line in body.split("\n") if (match := _SMALL_LETTER.match(line))}
    return len(own & found) > 1


def _numbers_paragraphs(body: str, book: Book) -> bool:
    """Tell whether a reply numbers its own paragraphs: more numbers than questions, which go by letters or nothing."""
    numbers = [int(found) for found in re.findall(r"(?m)^[ \t]*(\d{1,2})[.)][ \t]+\S", body)]
    own = [plain_label(each.label or "") for each in book.bound]
    if any(label.isdigit() for label in own) or not any(own):
        return False
    return len(numbers) > len(own) and numbers[:3] == [1, 2, 3]


def _by_label(book: Book, labels: Sequence[str], parent: str) -> tuple[list[Bound], str]:
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


def _by_adverb(book: Book, words: str) -> list[Bound]:
    """Find the question that "Thirdly" turns to, in a letter that counts its answers out."""
    found = _AS_ADVERB.match(words)
    if found is None:
        return []
    return [bound for label in ordinal_labels(found[1] or "last") for bound in book.resolve(label)]


_POINTS_BACK: Final = re.compile(
    r"\W*(?:(?:response|answer|reply)\s*[:.–-]\s*)?(?:(?:as|see|same)\b"
    r"(?! (?:to|for|regards?|regarding|concerns)\b)|as for (?:\w+ ){0,2}\(?\w{1,4}\)?\W*$)",
    re.IGNORECASE,
)
"""An answer that points to another one does not turn to its question."""


_BOTH: Final = re.compile(r"\W*both (?:(?:of )?(?:them|these) )?(?:are|is|were|can|have)\b", re.IGNORECASE)

_ASKED_OF_YOU: Final = re.compile(r"\b(?:do|did) you (?:mean|want)\b[^\n]*\?", re.IGNORECASE)
"""A question that the authority put to the requester."""


_SENTENCE_END: Final = re.compile(r"[.?!]\s+(?=[A-Z])")


_ASKED_LAST: Final = re.compile(r"[^.\n]{3,60}?\byou (?:ask|asked)(?: for)? (first|last)(?:ly)?\b", re.IGNORECASE)
"""Names a question by its end of the list: "The minutes for which you ask last"."""


def _by_words(book: Book, words: str) -> list[Bound]:
    """Find the questions that a sentence turns to with its first words."""
    references = find_references(words[:300])
    if len(book.bound) == 2 and _BOTH.match(words):
        return list(book.bound)
    if (end := _ASKED_LAST.match(words)) is not None:
        return [book.bound[0 if end[1].lower() == "first" else -1]]
    heading = len(words.split()) <= _HEADING_WORDS and not words.rstrip().endswith((".", ":", ";"))
    if references and heading and re.search(r"[-–(:]\s*(?:your |the )?$", words[: references[0].start]):
        return [bound for reference in references for bound in resolve(book, reference)]
    if not references or references[0].start > _STARTS or not _LEAD.match(words[: references[0].start]):
        return []
    if _POINTS_BACK.match(words):
        return []
    found = resolve(book, references[0])
    for reference in references[1:]:
        if reference.start < _STARTS and not _SENTENCE_END.search(words, references[0].start, reference.start):
            found += [bound for bound in resolve(book, reference) if bound not in found]
    known = not references[0].rest and not references[0].every
    lost = all(each.asked is None for each in book.bound)
    if not found and known and lost and re.match(r"^\W*(?:q|question|answer|response)\b", words, re.IGNORECASE):
        return [book.add(label) for label in references[0].labels[:1]]
    return found


def resolve(book: Book, reference: Reference) -> list[Bound]:
    """Find the questions that a reference names, and remember that they were named."""
    if reference.every:
        return list(book.bound)
    if reference.rest:
        return [bound for bound in book.bound if bound.ordinal not in book.named]
    found = [bound for label in reference.labels for bound in book.resolve(label) or book.add_known(label, worded=True)]
    book.named.update(bound.ordinal for bound in found)
    return found
