"""Hide the people in a text, so that nothing learns who asked.

In: any text. Out: spans of names, e-mail addresses, telephone numbers, postcodes and address lines, or the same text
with each span replaced by as many blocks. Every offset and line break stays where it was.

A name is hidden where its place in the letter shows that it is one: in a salutation, under a closing, in an e-mail
header, after a title; and wherever it stands again in that text. Names of posts and authorities stay: they are what a
letter is about.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Final

from triage.mask.addresses import find_addresses
from triage.mask.filenames import find_names_of, mask_file_name, people_of_file_name
from triage.mask.headers import find_headers
from triage.mask.known import NOBODY, People, find_known, list_people
from triage.mask.letter import find_salutations, find_signatures
from triage.mask.names import find_names
from triage.mask.numbers import find_numbers
from triage.mask.spans import BLOCK, PersonSpan, cover, merge, read_lines
from triage.mask.tables import find_table_names

__all__ = [
    "BLOCK",
    "NOBODY",
    "People",
    "PersonSpan",
    "find_names_of",
    "find_people",
    "mask_file_name",
    "mask_people",
    "mask_together",
    "people_of_file_name",
]

_ROUNDS: Final = 12
"""Hiding one span may lay bare another beside it; more rounds than a few were never needed."""


def _find_once(text: str) -> list[PersonSpan]:
    lines = read_lines(text)
    spans = [
        *find_numbers(text),
        *find_addresses(text, lines),
        *find_salutations(text, lines),
        *find_signatures(text, lines),
        *find_headers(text, lines),
        *find_table_names(text),
        *find_names(text),
    ]
    return _new(text, spans)


def _new(text: str, spans: Iterable[PersonSpan]) -> list[PersonSpan]:
    return merge(span for span in spans if text[span.start : span.end].strip(BLOCK + " \t\r\n"))


def _find(text: str, known: People) -> tuple[list[PersonSpan], People]:
    """Find spans until there are no more; also return who they are."""
    found: list[PersonSpan] = []
    rest, people = text, known
    for _ in range(_ROUNDS):
        new = _find_once(rest)
        if not new:
            # What is known is looked for last, in what the rest left.
            people |= list_people(text, found)
            new = _new(rest, find_known(rest, people))
        if not new:
            break
        found += new
        rest = cover(rest, new)
    return merge(found), people


def find_people(text: str, *, known: People = NOBODY) -> tuple[PersonSpan, ...]:
    r"""Find what tells who a person is, in order and without overlap.

    Args:
        text: Any text.
        known: Names that something else gave away, as the letter that this text came with.

    >>> [span.kind for span in find_people("Dear Ms Sample,\nRing 0113 496 0000.")]
    ['name', 'phone']
    """
    return tuple(_find(text, known)[0])


def mask_people(text: str, *, known: People = NOBODY) -> str:
    r"""Replace every character about a person by a block; length and line breaks stay.

    >>> mask_people("Dear Ms Sample,\nPlease send the policy.\nYours faithfully\nJo Sample").splitlines()
    ['Dear █████████,', 'Please send the policy.', 'Yours faithfully', '█████████']
    """
    return cover(text, find_people(text, known=known))


def mask_together(texts: Sequence[str], *, known: People = NOBODY) -> tuple[list[str], People]:
    """Mask texts that belong together, so that whom one of them gives away is hidden in all; also return who that is.

    >>> mask_together(["Dear Ms Sample,", "Vans of Sample"])[0]
    ['Dear █████████,', 'Vans of ██████']
    """
    found = [_find(text, known) for text in texts]
    people = functools.reduce(People.__or__, (each for _, each in found), known)
    masked = [cover(text, spans) for text, (spans, _) in zip(texts, found, strict=True)]
    return [
        text if people == own else mask_people(text, known=people) for text, (_, own) in zip(masked, found, strict=True)
    ], people
