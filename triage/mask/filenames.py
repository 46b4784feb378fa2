"""People in the names of files: "Reply to Rowan Ashdown.txt".

In: the name of a file, with its folders. Out: the same with the people covered, and a mark that keeps two such names
apart.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from triage.mask.known import NOBODY, People, find_in_slug, find_known, list_people
from triage.mask.names import CAPITAL, looks_like_name
from triage.mask.numbers import find_numbers
from triage.mask.spans import BLOCK, PersonSpan, cover, merge
from triage.mask.words import GIVEN, ORDINARY, plain

__all__ = ["find_names_of", "mask_file_name", "people_of_file_name"]

_SEPARATOR: Final = re.compile(r"[_+.]|(?<=\w)-(?=\w)|%20")
_TO: Final = re.compile(
    rf"\b(?i:to|from|for|by|re|cc|dear|mr|mrs|ms|miss|mx|dr|cllr|requester|applicant"
    rf"|name)[ ]{{1,3}}(?:(?i:mr|mrs|ms|miss|mx|dr|cllr)[ ])?"
    rf"(?P<name>{CAPITAL}(?:[ ]{CAPITAL}){{0,3}}|[a-z]{{2,30}}[ ][a-z]{{2,30}}(?=[ ]*$))"
)
_WHOLE: Final = re.compile(rf"(?P<name>{CAPITAL}(?:[ ]{CAPITAL}){{1,2}})(?=[ ]*(?:$|\d|[(]))")
_WHOSE: Final = re.compile(
    rf"(?P<name>{CAPITAL}(?:[ ]{CAPITAL}){{1,2}})(?=['’]?s?[ ]+(?i:foi|request|reply|response|letter|e ?mail)\b)"
)
_AFTER_NAME: Final = frozenset(
    "final draft copy request reply response letter foi eir signed redacted version email review january"
    " february march april"
    " may june july august september october november december".split()
)
_MARK: Final = 4


def mask_file_name(name: str, *, known: People = NOBODY) -> str:
    """Cover the people in a file's name; folders and ending stay.

    A name is covered behind "to", "from", "for", a title and their like, before "request" or "reply", and where it is
    all that the file is called. A covered name gets four digits of a digest of the file's name, so that two replies to
    people with names of one length keep names of their own, and the officer who has the file can tell it.

    Args:
        name: The name, with its folders.
        known: Names that something else gave away, as the letter in the file.

    >>> mask_file_name("2024/Fleet.txt")
    '2024/Fleet.txt'
    >>> mask_file_name("2024/Reply to Rowan Ashdown.txt").partition("~")[0]
    '2024/Reply to █████████████'
    """
    parts = name.split("/")
    masked = [cover(part, _find(part, known, is_last=number == len(parts) - 1)) for number, part in enumerate(parts)]
    if masked == parts:
        return name
    folders, last = masked[:-1], masked[-1]
    stem, dot, ending = last.rpartition(".")
    mark = _mark_of(name)
    last = f"{stem}{mark}{dot}{ending}" if dot and stem else f"{last}{mark}"
    return "/".join([*folders, last])


def _mark_of(name: str) -> str:
    return "~" + hashlib.sha256(name.encode("utf-8", errors="surrogatepass")).hexdigest()[:_MARK]


_MARKED: Final = re.compile(rf"~[0-9a-f]{{{_MARK}}}")


def find_names_of(names: Iterable[str], covered: Iterable[str]) -> dict[str, str]:
    """Find the covered names of files, whoever was known when they were covered; those that have none are left out.

    >>> find_names_of(["Ashdown.txt"], ["Fleet.txt", "███████~b39b.txt"])
    {'Ashdown.txt': '███████~b39b.txt'}
    """
    by_mark: defaultdict[str, list[str]] = defaultdict(list)
    for each in covered:
        for mark in _MARKED.findall(each):
            by_mark[mark].append(each)
    found = {}
    for name in names:
        mark = _mark_of(name)
        for each in by_mark.get(mark, ()):
            plainly = each.replace(mark, "", 1)
            if len(plainly) == len(name) and all(a in (BLOCK, b) for a, b in zip(plainly, name, strict=True)):
                found[name] = each
                break
    return found


def people_of_file_name(name: str) -> People:
    """Gather whom a file's name gives away.

    >>> sorted(people_of_file_name("2024/Reply to Rowan Ashdown.txt").alone)
    ['ashdown', 'rowan']
    """
    parts = name.split("/")
    each = (
        list_people(_SEPARATOR.sub(_blanks, part), _find(part, NOBODY, is_last=number == len(parts) - 1))
        for number, part in enumerate(parts)
    )
    return functools.reduce(People.__or__, each, NOBODY)


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _find(part: str, known: People, *, is_last: bool) -> list[PersonSpan]:
    stem = part.rpartition(".")[0] if is_last and "." in part else part
    spans = [*find_numbers(stem)]
    # Separators become blanks of the same length, so that offsets stay.
    words = _SEPARATOR.sub(_blanks, stem)
    for pattern in (_TO, _WHOSE):
        for found in pattern.finditer(words):
            spans += _people(found)
    start = len(words) - len(words.lstrip())
    whole = _WHOLE.match(words, start)
    if whole and plain(whole["name"].split()[0]) in GIVEN and not _ordinary(whole["name"]):
        spans.append(PersonSpan(*whole.span("name"), "name"))
    spans += find_known(words, known)
    spans += find_in_slug(stem, known, 0, len(stem))
    return merge(spans)


def _people(found: re.Match[str]) -> list[PersonSpan]:
    name = found["name"]
    if looks_like_name(name) and not _ordinary(name):
        return [PersonSpan(*found.span("name"), "name")]
    # "to Rowan Ashdown Final": the words before the first that is no name.
    words = [*re.finditer(r"\S+", name)]
    for count in range(len(words) - 1, 0, -1):
        head = name[: words[count - 1].end()]
        if plain(words[count][0]) in _AFTER_NAME and looks_like_name(head) and not _ordinary(head):
            return [PersonSpan(found.start("name"), found.start("name") + len(head), "name")]
    return []


def _ordinary(name: str) -> bool:
    words = [plain(word) for word in name.split()]
    return words[0] not in GIVEN and any(word in ORDINARY for word in words)
