"""Work on one text or file at a time: split a request, cite, read replies.

In: texts and paths. Out: records. People are covered before any stage sees a reply.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

import msgspec

from triage.citations import find_citations
from triage.config import Config
from triage.errors import EmptyInputError, InputError, NotTextError, TooLargeError
from triage.ingest import Beside, Note, Unread, digest_of, name_of, read_sources
from triage.mask import NOBODY, People, mask_file_name, mask_people, mask_together, people_of_file_name
from triage.schema import Citation, Disclosure, Edit, Question, Regime, Request, Source, SplitRequest

__all__ = ["FileRead", "check_characters", "check_request", "cite", "read_file", "read_text", "split"]


def check_request(text: str, *, config: Config, name: str = "the request") -> str:
    """Refuse a request that cannot be worked on.

    Raises:
        EmptyInputError: There is nothing but white space.
        NotTextError: It holds half a character, which no later stage could write down.
        TooLargeError: It is over `limits.request_bytes`.
    """
    size = len(text.encode("utf-8", errors="surrogatepass"))
    if size > config.limits.request_bytes:
        raise TooLargeError(
            f"{name} has {size:,} bytes, over the limit of {config.limits.request_bytes:,}; "
            "paste only the request itself, or raise limits.request_bytes"
        )
    if not text.strip():
        raise EmptyInputError(f"{name} is empty; paste the words of the requester")
    check_characters(text, name)
    return text


def check_characters(text: str, name: str) -> None:
    """Refuse the lone halves of surrogate pairs that JSON escapes may leave."""
    half = re.search(r"[\ud800-\udfff]", text)
    if half:
        raise NotTextError(f"{name} holds half a character at position {half.start()}; take it out or send it whole")


def split(request: Request, edits: Sequence[Edit] | None = None) -> SplitRequest:
    """Take a request apart; `edits` are its questions as an officer marked them, else they are looked for."""
    from triage.split import split_request

    return split_request(request, edits)


def _split_text(text: str, received: dt.date | None) -> Sequence[Question]:
    return split(Request("", text, received)).questions


def cite(
    text: str, *, date: dt.date | None = None, regime: Regime = Regime.FOIA, half: str = "response"
) -> tuple[Citation, ...]:
    """List the provisions that a text cites."""
    return find_citations(text, date=date, regime=regime, half=half)


def _strings_in(value: Any) -> Iterator[str]:  # noqa: ANN401 -- records are whatever their file holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings_in(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings_in(each)


def _put_back(value: Any, strings: Iterator[str]) -> Any:  # noqa: ANN401 -- the same
    """Put strings in the place of those that `_strings_in` yields, in its order."""
    if isinstance(value, str):
        return next(strings)
    if isinstance(value, list):
        return [_put_back(each, strings) for each in value]
    if isinstance(value, dict):
        return {key: _put_back(each, strings) for key, each in value.items()}
    return value


_LOGS: Final = frozenset({"csv", "jsonl", "xlsx"})
"""Forms with a reply a row: the people of one row are not those that another is about."""

_PLAIN_FIELDS: Final = frozenset({"reference", "received", "responded", "published", "status", "outcome", "provisions"})
"""Fields without running words, which the mask would only damage: a bare reference looks like a telephone number."""


def _masked(source: Source) -> tuple[Source, People]:
    """Cover the people named in a source before any stage sees it, but for its file; also return who they are.

    Whom one of its texts gives away, or the name of its file, is covered in all of them: the title of a page may be no
    more than a name. Lengths and offsets stay.
    """
    names = [source.file, *(each.name for each in source.attachments), *source.named]
    running = {name: value for name, value in source.fields.items() if name not in _PLAIN_FIELDS}
    texts = [source.text, *(each.text for each in source.attachments), *_strings_in(running)]
    covered, people = mask_together(texts, known=_people_of_files(names))
    masked = iter(covered)
    text = next(masked)
    attachments = tuple(
        msgspec.structs.replace(each, name=mask_file_name(each.name, known=people), text=next(masked))
        for each in source.attachments
    )
    named = tuple(mask_file_name(each, known=people) for each in source.named)
    fields = source.fields | _put_back(running, masked)
    return msgspec.structs.replace(source, text=text, fields=fields, attachments=attachments, named=named), people


def _people_of_files(names: Iterable[str]) -> People:
    return functools.reduce(People.__or__, map(people_of_file_name, names), NOBODY)


_Told = TypeVar("_Told", Unread, Note)


def _masked_telling(told: _Told, file: str, known: People) -> _Told:
    """Cover people in the name of a file and in what is said of it; `file` is the one that was read."""
    shown = mask_file_name(told.file, known=known)
    known |= _people_of_files((told.file, file))
    if isinstance(told, Note):
        return msgspec.structs.replace(told, file=shown, text=_mask_said(told.text, told.file, shown, known))
    return msgspec.structs.replace(told, file=shown, reason=_mask_said(told.reason, told.file, shown, known))


def _mask_said(words: str, file: str, shown: str, known: People) -> str:
    """Mask a sentence about a file: its name, its stem and whom they name, and what it quotes."""
    words = mask_people(words.replace(file, shown), known=known)

    def mask_quoted(found: re.Match[str]) -> str:
        """Cover a name where something else was expected, as a cell of a heading that is none."""
        value = found["value"]
        if " " in value:
            value = mask_people(_FIELD + value, known=known).removeprefix(_FIELD)
        return found["sign"] + value + found["sign"]

    return _QUOTED.sub(mask_quoted, words)


_QUOTED: Final = re.compile(r"""(?<!\w)(?P<sign>['"])(?P<value>[^\n]{3,80}?)(?P=sign)(?!\w)""")
_FIELD: Final = "Name: "


def read_text(text: str, *, name: str, config: Config, request: str | None = None) -> Disclosure:
    """Read one reply given as text.

    Raises:
        EmptyInputError: There is nothing but white space.
        NotTextError: It holds half a character.
        TooLargeError: It is over `limits.file_bytes`.
    """
    from triage.read import read_disclosure

    data = text.encode("utf-8", errors="surrogatepass")
    if len(data) > config.limits.file_bytes:
        raise TooLargeError(f"{name} has {len(data):,} bytes, over the limit of {config.limits.file_bytes:,}; split it")
    if not text.strip():
        raise EmptyInputError(f"{name} is empty; give the words of the reply")
    check_characters(text + (request or ""), name)
    given = Source(name, digest_of(data), "txt", text, fields={"request": request} if request else {})
    source, people = _masked(given)
    asked = source.fields.get("request")
    source = msgspec.structs.replace(source, file=mask_file_name(name, known=people), fields={})
    return read_disclosure(source, split=_split_text, request=str(asked) if asked else None)


FileRead: TypeAlias = tuple[list[Disclosure], list[Unread], list[Note]]
"""What a file holds, what of it could not be used, and what was decided about it."""


def read_file(path: Path, root: Path, config: Config, beside: Beside | None = None) -> FileRead:
    """Read one file below `root`: its disclosures, what of it could not be used, and what was decided about it."""
    from triage.read import read_disclosure

    found: list[Disclosure] = []
    failed: list[Unread] = []
    notes: list[Note] = []
    sources: list[Source] = []
    told: list[Unread | Note] = []
    known = NOBODY
    for each in read_sources(path, root=root, limits=config.limits, beside=beside):
        if not isinstance(each, Source):
            told.append(each)
            continue
        source, people = _masked(each)
        sources.append(source)
        if source.form not in _LOGS:
            known |= people
    for source in sources:
        source = msgspec.structs.replace(source, file=mask_file_name(source.file, known=known))
        try:
            found.append(read_disclosure(source, split=_split_text))
        except InputError as error:
            told.append(Unread(source.file, str(error), source.line))
    name = name_of(path, root)
    for each in told:
        if isinstance(each, Unread):
            failed.append(_masked_telling(each, name, known))
        else:
            notes.append(_masked_telling(each, name, known))
    return found, failed, notes
