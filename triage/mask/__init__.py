"""Hide the people in a text, so that nothing learns who asked.

In: any text. Out: spans of names, e-mail addresses, telephone numbers, postcodes and address lines, or the same text
with each span replaced by as many blocks. Every offset and line break stays where it was.

A name is hidden where its place in the letter shows that it is one: in a salutation, under a closing, in an e-mail
header, after a title; and wherever it stands again in that text. Names of posts and authorities stay: they are what a
letter is about.
"""

from __future__ import annotations

from typing import Final

from triage.mask.addresses import find_addresses
from triage.mask.filenames import mask_file_name
from triage.mask.headers import find_headers
from triage.mask.known import find_known
from triage.mask.letter import find_salutations, find_signatures
from triage.mask.names import find_names
from triage.mask.numbers import find_numbers
from triage.mask.spans import BLOCK, PersonSpan, cover, merge, read_lines
from triage.mask.tables import find_table_names

__all__ = ["BLOCK", "PersonSpan", "find_people", "mask_file_name", "mask_people"]

_PASSES: Final = 5
"""Hiding one span may lay bare another beside it; more passes than this were never needed."""


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
    return [span for span in spans if text[span.start : span.end].strip(BLOCK + " \t\r\n")]


def find_people(text: str) -> tuple[PersonSpan, ...]:
    r"""Find what tells who a person is, in order and without overlap.

    >>> [span.kind for span in find_people("Dear Ms Sample,\nRing 0113 496 0000.")]
    ['name', 'phone']
    """
    found: list[PersonSpan] = []
    rest = text
    for _ in range(_PASSES):
        new = merge(_find_once(rest))
        if not new:
            break
        found += new
        rest = cover(rest, new)
    if found:
        found += find_known(text, found, rest)
    return tuple(merge(found))


def mask_people(text: str) -> str:
    r"""Replace every character about a person by a block; length and line breaks stay.

    >>> mask_people("Dear Ms Sample,\nPlease send the policy.\nYours faithfully\nJo Sample").splitlines()
    ['Dear █████████,', 'Please send the policy.', 'Yours faithfully', '█████████']
    """
    return cover(text, find_people(text))
