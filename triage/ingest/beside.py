"""Find the files that lie beside a letter and belong to it.

In: the files of one folder. Out: for each letter its attachments, and what was decided where that was not plain. A file
belongs to a letter that has its stem (`reply-12.txt`, `reply-12-annex.xlsx`) or names it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import msgspec

from triage.config import Limits
from triage.errors import InputError
from triage.ingest.archive import BROKEN_ZIP
from triage.ingest.columns import COLUMNS_ENDING

__all__ = ["LETTERS", "Beside", "find_named", "group_files"]

LETTERS: Final = (".eml", ".txt", ".md", ".html", ".htm", ".json", ".docx", ".pdf")
"""Forms of letters; of two with one stem the earlier has the attachments."""
_DATA: Final = frozenset({".csv", ".xlsx"})
_ATTACHED: Final = _DATA | {".docx", ".pdf"}
_ANNEX: Final = re.compile(
    r"attach|annex|append|enclos|table|data|schedule|spreadsheet|document|redacted"
    r"|^\W*(?:part\W*)?[a-z]?\d{0,2}\W*$",
    re.I,
)
"""What follows the letter's stem in the name of an attachment."""
_VOICE: Final = re.compile(
    r"^\W*dear\b|\bfreedom of information\b|\byour request\b|\byou (?:have )?(?:asked|requested)\b|\bI can confirm\b"
    r"|\byours (?:sincerely|faithfully)\b|\b(?:our|your) ref\b|\binternal review\b",
    re.I | re.M,
)
_LEAST_VOICE: Final = 2
_SAME: Final = 0.9
"""Share of the words in common from which on two files are one letter."""
_LIMITS: Final = Limits()
"""What belongs to what is decided alike whatever the settings are: the index is checked against it."""
_LONGEST_NAME: Final = 160
_LARGEST_SCANNED: Final = 5_000_000
"""Bytes up to which a letter is looked through for the names of its attachments."""
_ENDING: Final = r"\.(?:xlsx?|csv|docx?|pdf|zip|ods|odt|pptx?|msg)"
_NAMED: Final = re.compile(
    rf"[\"“‘'(<\[]([^\"”’'()<>\[\]\n|]{{1,120}}{_ENDING})[\"”’')>\]]"
    rf"|^[ \t]*(?:\W[ \t]+)?([^\n|/:]{{1,120}}{_ENDING})[ \t]*(?:\([^)\n]*\)|\d+ ?[KM]B?)?[ \t]*$"
    rf"|(?<![\w/.%=-])([\w.-]{{1,120}}{_ENDING})(?![\w/])",
    re.I | re.M,
)


class Beside(msgspec.Struct, frozen=True):
    """The files that belong to a letter or log, and what was decided about them."""

    files: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


def group_files(paths: Sequence[Path]) -> dict[Path, Beside]:
    """Part the files of one folder into those that are read by themselves, each with those that belong to it."""
    here = {path.name: path for path in paths if path.is_file()}
    files = {name: path for name, path in here.items() if not name.lower().endswith(COLUMNS_ENDING)}
    letters = [path for path in files.values() if path.suffix.lower() in LETTERS]
    letters.sort(key=lambda path: (LETTERS.index(path.suffix.lower()), path.name))
    candidates = [path for path in files.values() if path.suffix.lower() in _ATTACHED]
    owner: dict[Path, Path] = {}
    notes: dict[Path, list[str]] = {}
    copies: set[Path] = set()
    by_stem: dict[str, list[Path]] = {}
    for letter in letters:
        by_stem.setdefault(letter.stem.casefold(), []).append(letter)
    for path in sorted(candidates):
        if path in owner:
            continue
        of = _by_stem(path, by_stem, owner)
        if of is None:
            continue
        if path.suffix.lower() in _DATA or (path.stem != of.stem and _ANNEX.search(path.stem[len(of.stem) :])):
            owner[path] = of
        else:
            _decide(path, of, owner, copies, notes)
    _by_name([path for path in candidates if path not in owner], letters, owner)
    mine: dict[Path, list[Path]] = {}
    for each in sorted(owner):
        if each not in copies:
            mine.setdefault(_letter_of(each, owner), []).append(each)
    groups: dict[Path, Beside] = {}
    for path in paths:
        if path in owner or path.name.lower().endswith(COLUMNS_ENDING):
            continue
        columns = here.get(path.stem + COLUMNS_ENDING) if path.suffix.lower() in _DATA else None
        groups[path] = Beside((*mine.get(path, ()), *([columns] if columns else [])), tuple(notes.get(path, ())))
    return groups


def _letter_of(path: Path, owner: dict[Path, Path]) -> Path:
    """Follow from an attachment to the letter: what lies beside an attachment belongs to its letter."""
    while path in owner:
        path = owner[path]
    return path


def _by_stem(path: Path, letters: dict[str, list[Path]], owner: dict[Path, Path]) -> Path | None:
    """Return the letter whose stem the name begins with, the longest before all others."""
    stem = path.stem.casefold()
    ends = [len(stem), *(found.start() for found in re.finditer(r"[ \-_.(,]", stem))]
    for end in sorted(ends, reverse=True):
        for letter in letters.get(stem[:end], ()):
            if letter != path and letter not in owner:
                return letter
    return None


def _decide(path: Path, of: Path, owner: dict[Path, Path], copies: set[Path], notes: dict[Path, list[str]]) -> None:
    """Decide whether a Word or PDF file beside a letter is its attachment, the same letter again, or another letter."""
    words = _words(path)
    if not _is_letter(words):
        owner[path] = of
        return
    others = _words(of)
    if of.suffix.lower() in (".docx", ".pdf") and not _is_letter(others):
        owner[of] = path
        notes.setdefault(path, []).append(f"reads like the letter, so {of.name} is taken for its attachment")
        return
    mine, its = set(words.split()), set(others.split())
    if mine and its and len(mine & its) >= _SAME * max(len(mine), len(its)):
        owner[path] = of
        copies.add(path)
        notes.setdefault(of, []).append(f"{path.name} is the same letter and is not read again")
        return
    notes.setdefault(path, []).append(f"reads like a letter of its own, not like an attachment of {of.name}")


def _is_letter(words: str) -> bool:
    return len({found.group().casefold() for found in _VOICE.finditer(words[:6000] + words[-2000:])}) >= _LEAST_VOICE


def _words(path: Path) -> str:
    """Return the words of a file, or none where it cannot be read: what is wrong is said when it is."""
    from triage.ingest.attach import ATTACHABLE, read_attachment
    from triage.ingest.found import Opened

    if path.suffix.lower() not in ATTACHABLE:
        return _plain(path)
    try:
        if path.stat().st_size > _LIMITS.file_bytes:
            return ""
        return read_attachment(Opened(path.name, path, path.read_bytes(), "", _LIMITS))[0].text
    except (InputError, OSError):
        return ""


def _plain(path: Path) -> str:
    """Return the text in which names are looked for, roughly: marks of the form do not matter."""
    try:
        if path.stat().st_size > _LARGEST_SCANNED:
            return ""
        if path.suffix.lower() == ".docx":
            with zipfile.ZipFile(path) as archive:
                part = archive.getinfo("word/document.xml")
                if part.file_size > _LARGEST_SCANNED:
                    return ""
                data = archive.read(part)
            return unescape(re.sub(r"<[^>]+>", "", data.decode("utf-8", "ignore")))
        data = path.read_bytes()
    except BROKEN_ZIP:
        return ""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return unescape(unquote(data.decode(encoding, "ignore")))


def _by_name(candidates: Sequence[Path], letters: Sequence[Path], owner: dict[Path, Path]) -> None:
    """Give each file that a letter names to that letter; a log or a letter stays what it is, whoever names it."""
    if not candidates:
        return
    names = {path.name.casefold(): path for path in candidates}
    for letter in letters:
        if letter.suffix.lower() == ".pdf" or letter in owner:
            # A PDF is not opened for this: it would be for every build, changed or not.
            continue
        for name in _names_in(_plain(letter).casefold(), names):
            path = names[name]
            if path not in (letter, *owner) and letter not in owner and not _stands_alone(path):
                owner[path] = letter


def _names_in(text: str, names: Container[str]) -> Iterator[str]:
    """Find names that are known, however many words they have."""
    for end in re.finditer(r"\.(?:csv|xlsx|docx|pdf)(?!\w)", text):
        window = text[max(0, end.end() - _LONGEST_NAME) : end.end()]
        for start in re.finditer(r"(?<![\w-])\S", window):
            if window[start.start() :] in names:
                yield window[start.start() :]
                break


def _stands_alone(path: Path) -> bool:
    if path.suffix.lower() not in _DATA:
        return _is_letter(_words(path))
    rows = [line.split(" | ") for line in _words(path).split("\n")]
    from triage.ingest.columns import is_header

    return any(is_header(row) for row in rows[:40])


def find_named(text: str) -> tuple[str, ...]:
    """List the names of files in a text, without those in addresses, in the order of the text.

    >>> find_named("See the attached 'Vans by yard.xlsx' and rota.pdf; https://a.example/b.pdf")
    ('Vans by yard.xlsx', 'rota.pdf')
    """
    found = (next(filter(None, match.groups())).strip() for match in _NAMED.finditer(text))
    return tuple(dict.fromkeys(name for name in found if "://" not in name))
