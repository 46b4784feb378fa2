"""Work on one text or file at a time: split a request, cite, read replies.

In: texts and paths. Out: records. People are covered before any stage sees a reply.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from triage.citations import find_citations
from triage.config import Config
from triage.errors import EmptyInputError, InputError, NotTextError, TooLargeError
from triage.ingest import Beside, Note, Unread, digest_of, find_letters, read_sources
from triage.mask import mask_file_name, mask_people
from triage.schema import Citation, Disclosure, Question, Regime, Request, Source, SplitRequest

__all__ = ["check_characters", "check_request", "cite", "read_file", "read_paths", "read_text", "split"]


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


def split(request: Request) -> SplitRequest:
    """Take a request apart into questions and constraints."""
    from triage.split import split_request

    return split_request(request)


def _split_text(text: str, received: dt.date | None) -> Sequence[Question]:
    return split(Request("", text, received)).questions


def cite(
    text: str, *, date: dt.date | None = None, regime: Regime = Regime.FOIA, half: str = "response"
) -> tuple[Citation, ...]:
    """List the provisions that a text cites."""
    return find_citations(text, date=date, regime=regime, half=half)


def _mask_value(value: Any) -> Any:  # noqa: ANN401 -- records are whatever their file holds
    if isinstance(value, str):
        return mask_people(value)
    if isinstance(value, list):
        return [_mask_value(each) for each in value]
    if isinstance(value, dict):
        return {key: _mask_value(each) for key, each in value.items()}
    return value


_PLAIN_FIELDS: Final = frozenset({"reference", "received", "responded", "published", "status", "outcome", "provisions"})
"""Fields without running words, which the mask would only damage: a bare reference looks like a telephone number."""


def _masked(source: Source) -> Source:
    """Cover the people named in a source before any stage sees it; lengths and offsets stay."""
    fields = {name: value if name in _PLAIN_FIELDS else _mask_value(value) for name, value in source.fields.items()}
    attachments = tuple(
        msgspec.structs.replace(each, name=mask_file_name(each.name), text=mask_people(each.text))
        for each in source.attachments
    )
    return msgspec.structs.replace(
        source,
        file=mask_file_name(source.file),
        text=mask_people(source.text),
        fields=fields,
        attachments=attachments,
        named=tuple(mask_file_name(each) for each in source.named),
    )


_Told = TypeVar("_Told", Unread, Note)


def _masked_telling(told: _Told) -> _Told:
    """Cover the people in the name of a file and in what is said of it."""
    file = mask_file_name(told.file)
    if isinstance(told, Note):
        return msgspec.structs.replace(told, file=file, text=_mask_said(told.text, told.file, file))
    return msgspec.structs.replace(told, file=file, reason=_mask_said(told.reason, told.file, file))


def _mask_said(words: str, file: str, shown: str) -> str:
    return _QUOTED.sub(_mask_quoted, mask_people(words.replace(file, shown)))


_QUOTED: Final = re.compile(r"""(?<!\w)(?P<sign>['"])(?P<value>[^\n]{3,80}?)(?P=sign)(?!\w)""")
_FIELD: Final = "Name: "


def _mask_quoted(found: re.Match[str]) -> str:
    """Cover a name where something else was expected, as a cell of a heading that is none."""
    value = found["value"]
    if " " in value:
        value = mask_people(_FIELD + value).removeprefix(_FIELD)
    return found["sign"] + value + found["sign"]


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
    source = _masked(Source(name, digest_of(data), "txt", text))
    return read_disclosure(source, split=_split_text, request=mask_people(request) if request else None)


def read_file(
    path: Path, root: Path, config: Config, beside: Beside | None = None
) -> tuple[list[Disclosure], list[Unread], list[Note]]:
    """Read one file below `root`: its disclosures, what of it could not be used, and what was decided about it."""
    from triage.read import read_disclosure

    found: list[Disclosure] = []
    failed: list[Unread] = []
    notes: list[Note] = []
    for source in read_sources(path, root=root, limits=config.limits, beside=beside):
        if isinstance(source, Unread):
            failed.append(_masked_telling(source))
            continue
        if isinstance(source, Note):
            notes.append(_masked_telling(source))
            continue
        try:
            found.append(read_disclosure(_masked(source), split=_split_text))
        except InputError as error:
            failed.append(_masked_telling(Unread(source.file, str(error), source.line)))
    return found, failed, notes


def read_paths(paths: Iterable[Path], *, config: Config) -> Iterator[Disclosure | Unread | Note]:
    """Read files and folders of replies.

    Raises:
        InputError: A path does not exist.
    """
    for path in paths:
        root = path if path.is_dir() else path.parent
        for file, beside in find_letters(path).items():
            found, failed, notes = read_file(file, root, config, beside)
            yield from found
            yield from failed
            yield from notes
