"""Names that are found once and stand again elsewhere in the same text.

In: a text and the spans found in it, or in what belongs to it. Out: spans of the same people without title, closing or
heading, also in addresses of the web and names of files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from triage.mask.names import WORD
from triage.mask.spans import PersonSpan
from triage.mask.words import COMPANY, GIVEN, ORDINARY, ORG, PARTICLES, PLACE_NOUNS, POSTS, plain, stays

__all__ = ["NOBODY", "People", "find_in_slug", "find_known", "list_people"]

_TOKEN: Final = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f]|[-'’](?=[^\\W\\d_])){0,60}")
_TITLES: Final = frozenset("mr mrs ms miss mx dr prof professor rev reverend revd sir dame messrs cllr".split())
_PLACE_BEFORE: Final = frozenset(
    "in at near around across operation project exercise op st saint lake river port mount the a an".split()
)
_TITLED: Final = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Revd|Sir|Dame)\b", re.IGNORECASE)
_WIDER: Final = 3
"""Words that a name found by one of its words may have on either side of it."""

_FEW: Final = 30
"""Up to as many words are looked for one by one before all words of the text are."""

_LOCAL_PARTS: Final = re.compile(r"[^\W\d_]{2,30}")
_HYPHEN: Final = re.compile("-")
_APART: Final = re.compile("['’-]")
_SLUG: Final = re.compile(r"[^\s<>\"()\[\]|,;]{3,400}")
_SLUG_WORD: Final = re.compile(r"[^\W\d_]+")
_AFTER_NAMES: Final = PLACE_NOUNS | ORG | COMPANY
_AFTER_WHOLE_NAMES: Final = PLACE_NOUNS | COMPANY | frozenset("trust foundation society institute university".split())
"""Behind a given name and surname, other words of organisations are where that person works ("... Disclosure Unit")."""

_SHORT: Final = 2
"""Letters up to which a word of an address tells nobody."""


def _words_of(name: str) -> list[str]:
    return [
        plain(word)
        for word in WORD.findall(name.replace(",", " "))
        if plain(word) not in _TITLES and plain(word) not in PARTICLES and not any(map(str.isdigit, word))
    ]


class People(NamedTuple):
    """Names found so far, in lower case.

    Each word of `alone` tells a person by itself; one of `given` may have a surname behind it; `pairs` are two words
    that stand side by side; `slugs` are the words of `alone` as addresses and file names spell them.
    """

    alone: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    slugs: frozenset[str] = frozenset()

    def __or__(self, other: object) -> People:
        """Join two of them."""
        if not isinstance(other, People):
            return NotImplemented
        return People(
            self.alone | other.alone, self.given | other.given, self.pairs | other.pairs, self.slugs | other.slugs
        )


def list_people(text: str, spans: Iterable[PersonSpan]) -> People:
    """Gather the names of some spans.

    >>> sorted(list_people("Dear Ms Sampler-Hythe", [PersonSpan(5, 21, "name")]).alone)
    ['hythe', 'sampler', 'sampler-hythe']
    """
    alone: set[str] = set()
    given: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for span in spans:
        if span.kind == "name":
            words = [word for word in _words_of(text[span.start : span.end]) if not stays(word)]
            if len(words) == 1 and not _TITLED.match(text, span.start):
                given.update(words)
            parts = [part for word in words for part in (word, *_HYPHEN.split(word))]
            alone.update(word for word in parts if len(word) > 1 and word not in ORDINARY and not stays(word))
        elif span.kind == "email":
            words = [word.lower() for word in _LOCAL_PARTS.findall(text[span.start : span.end].partition("@")[0])]
            if len(words) != 2 or any(stays(word) or word in ORDINARY for word in words):
                continue
        else:
            continue
        long = [word for word in words if len(word) > 1]
        if len(long) > 1:
            pairs.update([(long[0], long[-1]), *pairwise(long)])
            pairs.add((long[-1], long[0]))
    slugs = {form for word in alone for form in _slug_forms(word) if len(form) > _SHORT}
    return People(frozenset(alone), frozenset(given), frozenset(pairs), frozenset(slugs))


def _slug_forms(word: str) -> set[str]:
    """Write a name as addresses do: without hyphens and marks; "É" is "e" there, or left out; "O'Hythe" is "hythe"."""
    forms = {re.sub("['’-]", "", word), *(part for part in _APART.split(word) if part not in ORDINARY)}
    return forms | {unicodedata.normalize("NFKD", form).encode("ascii", "ignore").decode() for form in forms}


def find_known(text: str, people: People) -> Iterator[PersonSpan]:
    """Find people that are known in what is not covered of a text.

    A surname or given name alone counts where it is no ordinary word or place, and where its neighbours do not make a
    road, a firm or an operation of it. Both together count always.
    """
    firsts = {first for first, _ in people.pairs}
    alone = people.alone
    if len(alone) + len(firsts) < _FEW:
        small_text = text.lower()
        if not any(word in small_text for word in alone | people.slugs | firsts):
            return
    yield from _in_slugs(text, people)
    tokens = [*_TOKEN.finditer(text)]
    bare = [plain(token[0]) for token in tokens]
    small = {word for word, token in zip(bare, tokens, strict=True) if word in alone and token[0][0].islower()}
    for number, (token, word) in enumerate(zip(tokens, bare, strict=True)):
        if word in firsts and number + 1 < len(tokens) and (word, bare[number + 1]) in people.pairs:
            after = tokens[number + 1]
            if after.start() - token.end() <= 3 and not _makes_a_place(tokens, bare, number + 1, _AFTER_WHOLE_NAMES):
                yield PersonSpan(token.start(), after.start() + len(bare[number + 1]), "name")
        told = _is_known(word, alone) and token[0][0].isupper() and (word not in small or word in GIVEN)
        if told and not _makes_a_place(tokens, bare, number):
            yield PersonSpan(*_widen(tokens, bare, number, given=word in people.given), "name")


def _is_known(word: str, alone: frozenset[str]) -> bool:
    """Tell whether a word is known, or all its parts are: a file's name has those of a double name apart."""
    return word in alone or ("-" in word and alone.issuperset(_HYPHEN.split(word)))


def _in_slugs(text: str, people: People) -> Iterator[PersonSpan]:
    """Find known names in addresses of the web and names of files, where they have no capitals and no blanks."""
    if not people.slugs and not people.pairs:
        return
    for run in _SLUG.finditer(text):
        if any(sign in run[0] for sign in "/_%.@"):
            yield from find_in_slug(text, people, *run.span())


def find_in_slug(text: str, people: People, start: int, end: int) -> Iterator[PersonSpan]:
    """Find known names in a stretch of text that is an address or a name of a file, whatever its capitals and signs.

    >>> [*find_in_slug("ashdown-reply", People(slugs=frozenset({"ashdown"})), 0, 13)]
    [PersonSpan(start=0, end=7, kind='name')]
    """
    words = [*_SLUG_WORD.finditer(text, start, end)]
    for number, word in enumerate(words):
        bare = word[0].lower()
        if bare in people.slugs:
            yield PersonSpan(*word.span(), "name")
        elif number + 1 < len(words) and (bare, words[number + 1][0].lower()) in people.pairs:
            yield PersonSpan(word.start(), words[number + 1].end(), "name")


NOBODY: Final = People()


def _widen(tokens: Sequence[re.Match[str]], bare: Sequence[str], number: int, *, given: bool) -> tuple[int, int]:
    """Take the given names before a known surname along, and the surname after a known given name."""

    def joins(position: int) -> bool:
        word = bare[position]
        named = tokens[position][0][0].isupper() and not stays(word) and word not in ORDINARY
        return named or word in PARTICLES

    text = tokens[number].string
    first = last = number
    for _ in range(_WIDER):
        before = first - 1
        if before < 0 or text[tokens[before].end() : tokens[first].start()] not in (" ", ". ") or not joins(before):
            break
        # A word at the head of a sentence has its capital for that ("Although Ashdown").
        running = (
            before
            and tokens[before - 1][0][0].islower()
            and text[tokens[before - 1].end() : tokens[before].start()] in (" ", ", ")
        )
        if not (running or bare[before] in GIVEN or bare[before] in PARTICLES):
            break
        first = before
    for _ in range(_WIDER if given else 0):
        if last + 1 == len(tokens) or text[tokens[last].end() : tokens[last + 1].start()] != " " or not joins(last + 1):
            break
        last += 1
    while last > number and tokens[last][0][0].islower():
        last -= 1
    return tokens[first].start(), tokens[last].start() + len(bare[last])


def _leads_to_a_post(tokens: Sequence[re.Match[str]], bare: Sequence[str], number: int) -> bool:
    """Tell whether words with capitals go on to a post, held by whom they follow ("Ashdown Information Officer")."""
    return bare[number] in ORG and any(
        word in POSTS
        for token, word in zip(tokens[number + 1 : number + 4], bare[number + 1 : number + 4], strict=True)
        if token[0][0].isupper()
    )


def _makes_a_place(
    tokens: Sequence[re.Match[str]], bare: Sequence[str], number: int, nouns: frozenset[str] = _AFTER_NAMES
) -> bool:
    """Tell whether the words beside a name make something else of it ("Ashdown Road", "Operation Ashdown")."""
    token = tokens[number]
    for step in (1, 2):
        if number + step >= len(tokens):
            break
        after = tokens[number + step]
        between = token.string[tokens[number + step - 1].end() : after.start()]
        if (between.strip() != "" and between.strip() != "&") or "\n" in between or len(between) > 3:
            break
        if after[0][0].isupper() and bare[number + step] in nouns:
            return not _leads_to_a_post(tokens, bare, number + step)
        if not after[0][0].isupper() and bare[number + step] != "and":
            break
    if number and bare[number - 1] in _PLACE_BEFORE:
        return 0 < token.start() - tokens[number - 1].end() <= 2
    return False
