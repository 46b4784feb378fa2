"""Read threads of a public request site.

In: a `.json` file with the messages between a requester and an authority. Out: the messages that decide as `Source`,
with the request as field; a second one for the reply of an internal review; notes on what else the thread holds.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from triage.errors import EmptyInputError, FormatError
from triage.ingest.found import Found, Note, Opened
from triage.ingest.quoted import read_thread
from triage.schema import Attachment, Source

__all__ = ["decides", "read_thread_file"]

_SHAPE: Final = (
    'write {"title": "…", "events": [{"type": "outgoing" or "incoming", "created_at": "2024-05-02", "content": ["…"]}]}'
)

_UNDELIVERED: Final = re.compile(
    r"undeliver|delivery (?:has |status )?(?:failed|failure|notification)|could ?n[o']t be delivered|returned mail",
    re.I,
)
_AUTOMATIC: Final = re.compile(
    r"automat(?:ic|ed)(?:ally)? (?:reply|response|generated|acknowledg)|auto-?(?:reply|response)|out of (?:the )?office"
    r"|this (?:is an|mailbox is) (?:automated|auto)|please do not reply to this",
    re.I,
)
_ACKNOWLEDGES: Final = re.compile(
    r"acknowledg|(?:has been|was|have been|is being|we have) (?:received|logged|registered|allocated|passed"
    r"|considered|dealt)"
    r"|will (?:now )?(?:be (?:considered|processed|dealt)|respond|reply|send)|receipt of your|(?:twenty|20) working"
    r" days",
    re.I,
)
_EXTENDS: Final = re.compile(
    r"(?:need|require|take|taking)s? (?:more|longer|further|additional|extra) ?time|extend(?:ed|ing)? (?:the|our)"
    r" (?:time|deadline)"
    r"|extension of (?:the )?time|still (?:considering|working on|gathering)|(?:hope|aim|expect) to (?:respond"
    r"|reply) by",
    re.I,
)
_ASKS_BACK: Final = re.compile(r"\bclarif(?:y|ication)|\bcould you (?:please )?(?:confirm|specify|tell us)", re.I)
_DECIDES: Final = re.compile(
    r"refusal notice|\b(?:do|does|did) (?:not )?hold\b|\bnot held\b|\bwe hold\b|\bwithh(?:o|e)ld|\bis exempt|\bare"
    r" exempt"
    r"|\bexemption (?:applies|is engaged)|please find (?:attached|enclosed|below)|\bis attached|\bare attached"
    r"|\battached (?:is|are)\b"
    r"|\b(?:our|the) (?:response|reply|answers?) (?:is|are|to)\b|\bdecided to\b|\bappropriate limit\b|\bvexatious\b"
    r"|\bneither confirm\b|(?:^|\n)\W*(?:q|question|answer|response)\s?\d|\balready (?:available|published)"
    r"|in (?:response|answer) to your (?:request|questions?)",
    re.I,
)
_SURE: Final = re.compile(r"refusal notice|please find attached|\bare attached\b|\bwe have decided\b", re.I)
_REVIEW: Final = re.compile(
    r"\binternal review\b|\breview (?:of )?(?:the|your|this) (?:handling|decision|response)", re.I
)
_LONG: Final = 150
"""Words from which on a message that does not say what it decides is more than an acknowledgement."""


class _Message(NamedTuple):
    number: int
    outgoing: bool
    day: str | None
    text: str
    attachments: tuple[Attachment, ...]
    named: tuple[str, ...]


def decides(text: str) -> bool:
    """Tell whether a message of an authority decides something, rather than acknowledge, postpone or ask back.

    >>> decides("We do not hold this."), decides("We have received your request and will respond in 20 working days.")
    (True, False)
    """
    if _UNDELIVERED.search(text[:600]) or (_EXTENDS.search(text) and not _SURE.search(text)):
        return False
    if _DECIDES.search(text):
        return True
    if _AUTOMATIC.search(text) or _ASKS_BACK.search(text):
        return False
    return not _ACKNOWLEDGES.search(text) or len(text.split()) > _LONG


def read_thread_file(file: Opened) -> Iterator[Found]:
    """Read one thread."""
    try:
        thread = json.loads(file.text())
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{file.name} is not JSON ({error}); {_SHAPE}") from error
    if not isinstance(thread, dict) or not isinstance(thread.get("events"), list):
        raise FormatError(f'{file.name} is no thread: it is no object with "events"; {_SHAPE}')
    messages = [_message(event, number, file) for number, event in enumerate(thread["events"], start=1)]
    messages = [each for each in messages if each.text.strip() or each.attachments or each.named]
    if not any(not each.outgoing for each in messages):
        raise EmptyInputError(f"{file.name} holds no message of the authority yet; put it here once there is one")
    fields = _fields(thread, messages)
    first, reviews = _part(messages)
    yield from _sources(first, fields, file, line=None)
    for asked, replies in reviews:
        fields = fields | {"received": asked.day} if asked.day else fields
        yield from _sources(replies, fields, file, line=0)
    for message in messages[1:]:
        if message.outgoing and not _REVIEW.search(message.text):
            yield Note(
                file.name, f"{file.name}: event {message.number} is a later message of the requester; read it there"
            )


def _message(event: Any, number: int, file: Opened) -> _Message:  # noqa: ANN401 -- JSON
    place = f"{file.name}, event {number}"
    if not isinstance(event, dict) or event.get("type") not in ("outgoing", "incoming"):
        raise FormatError(f"{place}: the type is neither outgoing nor incoming; {_SHAPE}")
    content = event.get("content", [])
    texts: list[str] = []
    attachments: list[Attachment] = []
    named: list[str] = []
    for item in content if isinstance(content, list) else [content]:
        words = item.get("text", item.get("body")) if isinstance(item, dict) else item
        name = item.get("filename", item.get("name")) if isinstance(item, dict) else None
        if not isinstance(words, str | None) or not isinstance(name, str | None) or (words is None and name is None):
            raise FormatError(f"{place}: its content holds something that is no text; {_SHAPE}")
        if name and words:
            attachments.append(Attachment(name, name.rpartition(".")[2].lower(), _tidy(words)))
        elif name:
            named.append(name)
        else:
            texts.append(_tidy(words or ""))
    day = str(event.get("created_at") or "")[:10]
    try:
        day = dt.date.fromisoformat(day).isoformat()
    except ValueError:
        day = ""
    text = "\n\n".join(text.strip("\n") for text in texts)
    return _Message(number, event["type"] == "outgoing", day or None, text, tuple(attachments), tuple(named))


def _tidy(text: str) -> str:
    return re.sub(r"[\ud800-\udfff\0]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _fields(thread: dict[str, Any], messages: Sequence[_Message]) -> dict[str, object]:
    body = thread.get("public_body")
    body = body.get("name") if isinstance(body, dict) else body
    told: dict[str, object] = {"published": True}
    for key, value in (("title", thread.get("title")), ("url", thread.get("url")), ("authority", body)):
        if isinstance(value, str) and value.strip():
            told[key] = " ".join(_tidy(value).split())
    asked = next((each for each in messages if each.outgoing), None)
    if asked is not None and asked.text.strip():
        told["request"] = asked.text
        if asked.day:
            told["received"] = asked.day
    return told


def _part(messages: Sequence[_Message]) -> tuple[list[_Message], list[tuple[_Message, list[_Message]]]]:
    """Part the messages of the authority at each message by which the requester asks for an internal review."""
    first: list[_Message] = []
    reviews: list[tuple[_Message, list[_Message]]] = []
    for message in messages:
        answered = reviews[-1][1] if reviews else first
        if not message.outgoing:
            answered.append(message)
        elif _REVIEW.search(message.text) and any(decides(each.text) for each in answered):
            reviews.append((message, []))
    return first, reviews


def _sources(
    messages: Sequence[_Message], fields: dict[str, object], file: Opened, *, line: int | None
) -> Iterator[Source]:
    chosen = [each for each in messages if decides(each.text)] or [
        each for each in messages if not _UNDELIVERED.search(each.text[:600])
    ]
    chosen = chosen or list(messages)
    if not chosen:
        return
    days = [each.day for each in chosen if each.day]
    texts = [read_thread(each.text) for each in chosen]
    yield Source(
        file.name,
        file.digest,
        "json",
        "\n\n".join(found.text.strip("\n") for found in texts) + "\n",
        line=None if line is None else chosen[0].number,
        fields=fields | ({"responded": days[-1]} if days else {}),
        attachments=tuple(attachment for each in chosen for attachment in each.attachments),
        named=tuple(name for each in chosen for name in each.named),
    )
