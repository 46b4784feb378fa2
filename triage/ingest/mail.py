"""Read e-mails.

In: an `.eml` file. Out: the reply as `Source`, without the messages below it where these can be told apart; the request
that it answers, its subject and day as fields; its attachments as text, and an `Unread` for each that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default as default_policy
from pathlib import Path
from typing import Final, NamedTuple

from triage.errors import EmptyInputError, FormatError, InputError
from triage.ingest.attach import ATTACHABLE, read_attachment
from triage.ingest.decode import decode_text
from triage.ingest.files import digest_of
from triage.ingest.found import Found, Note, Opened, Unread
from triage.ingest.quoted import read_thread
from triage.schema import Attachment, Source

__all__ = ["read_mail"]

_DEEPEST: Final = 5
"""Messages inside messages that are opened."""
_SHORT: Final = 25
"""Words up to which a message that carries another one only hands it on."""
_PLAIN_SHARE: Final = 0.3
"""A plain part with a smaller share of the words of the HTML part only says that there is one."""
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What the standard library raises on headers and parts that are not as they should be."""
_AUTHORITY: Final = re.compile(
    r"(?:[A-Z][\w’'&-]+[ \t]+|of |and |the )+"
    r"(?:Constabulary|Police|Council|Trust|Health Board|Authority|University|Service)"
)
_ENDINGS: Final = {"text/csv": ".csv", "text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
_NO_CONTENT: Final = re.compile(r"image/|audio/|video/|application/(?:pkcs7|x-pkcs7|pgp)|text/calendar|text/x-vcard")


class _Part(NamedTuple):
    """A part that is no text of the message."""

    name: str
    kind: str
    data: bytes
    message: Message | None = None


class _Mail(NamedTuple):
    """A message with its text and what it carries."""

    subject: str
    sender: str
    day: str | None
    text: str
    parts: list[_Part]


def read_mail(file: Opened) -> Iterator[Found]:
    """Read one e-mail."""
    if not file.data.strip():
        raise EmptyInputError(f"{file.name} is empty; save the e-mail again")
    try:
        message = message_from_bytes(file.data, policy=default_policy)
        keys = message.keys()
    except _BROKEN as error:
        raise FormatError(f"{file.name} is no e-mail ({error}); save it again as .eml, or its text as .txt") from error
    if not {key.lower() for key in keys} & {"from", "to", "subject", "date", "content-type", "received"}:
        raise FormatError(f"{file.name} is no e-mail: it has no headers; save it again as .eml, or its text as .txt")
    mail = _open(message)
    for _ in range(_DEEPEST):
        inner = [part.message for part in mail.parts if part.message is not None]
        if len(inner) != 1 or len(mail.text.split()) >= _SHORT:
            break
        # A message that only hands another one on.
        others = [part for part in mail.parts if part.message is None]
        mail = _open(inner[0])
        mail.parts.extend(others)
    yield from _read_parts(mail, file)


def _read_parts(mail: _Mail, file: Opened) -> Iterator[Found]:
    attachments: list[Attachment] = []
    beside: list[Found] = []
    for part in mail.parts:
        place = f"{file.name}, attachment {part.name!r}"
        if part.message is not None:
            text = _open(part.message).text.strip("\n")
            attachments.append(Attachment(part.name, "eml", text))
            continue
        if Path(part.name).suffix.lower() not in ATTACHABLE:
            if _NO_CONTENT.match(part.kind):
                continue
            reason = "this form is not read; save it beside the e-mail as .pdf, .docx, .xlsx or .txt"
            beside.append(Unread(file.name, f"{place}: {reason}"))
            continue
        try:
            opened = Opened(place, Path(part.name), part.data, digest_of(part.data), file.limits)
            attachment, notes = read_attachment(opened)
        except InputError as error:
            beside.append(Unread(file.name, str(error)))
            continue
        attachments.append(attachment)
        beside += [Note(file.name, note) for note in notes]
    thread = read_thread(mail.text, subject=mail.subject, sender=mail.sender)
    if not thread.text.strip() and not attachments:
        raise EmptyInputError(f"{file.name} holds no text; save the e-mail again with its content")
    told = {
        "title": mail.subject,
        "responded": thread.responded or mail.day,
        "authority": _authority(mail.sender),
        "request": thread.request,
        "received": thread.received,
    }
    fields: dict[str, object] = {key: value for key, value in told.items() if value}
    yield Source(file.name, file.digest, "eml", thread.text, fields=fields, attachments=tuple(attachments))
    if thread.left_out:
        count = f"{thread.left_out} message{'s' if thread.left_out > 1 else ''}"
        yield Note(file.name, f"{file.name}: {count} between the request and the reply is left out")
    yield from beside


def _authority(sender: str) -> str | None:
    """Take the sender's name where it is that of an authority."""
    name = re.sub(r"<.*>|[\"']", "", sender).strip()
    return name if _AUTHORITY.fullmatch(name) else None


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except _BROKEN:
        return ""


def _day(message: Message) -> str | None:
    try:
        moment = getattr(message.get("date"), "datetime", None)
        return moment.date().isoformat() if moment is not None and 1990 <= moment.year <= 2100 else None
    except _BROKEN:
        return None


def _open(message: Message) -> _Mail:
    texts: list[str] = []
    parts: list[_Part] = []
    _gather(message, texts, parts, depth=0)
    text = "\n\n".join(text.strip("\n") for text in texts if text.strip())
    return _Mail(
        _header(message, "subject"), _header(message, "from"), _day(message), text + "\n" if text else "", parts
    )


def _gather(part: Message, texts: list[str], parts: list[_Part], *, depth: int) -> None:
    """Collect the texts and the attachments of a part, those of the best alternative where there are several."""
    if depth > 20:
        return
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload()
        nested = inner[0] if isinstance(inner, list) and inner else None
        if isinstance(nested, Message):
            parts.append(_Part(f"{_header(nested, 'subject') or 'message'}.eml", kind, b"", nested))
    elif part.is_multipart():
        payload = part.get_payload()
        children = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
        if kind == "multipart/alternative":
            children = _choose(children)
        for child in children:
            _gather(child, texts, parts, depth=depth + 1)
    elif kind in ("text/plain", "text/html") and not _is_attached(part):
        texts.append(_text_of(part))
    else:
        name = _file_name(part) or f"attachment{_ENDINGS.get(kind, '')}"
        parts.append(_Part(name, kind, _bytes_of(part)))


def _choose(children: list[Message]) -> list[Message]:
    """Take the plain text of a message, unless it is only a word that there is HTML."""
    plain = [child for child in children if child.get_content_type() == "text/plain"]
    rich = [child for child in children if child not in plain]
    if not plain or not rich:
        return plain or rich[-1:]
    texts: list[str] = []
    for child in rich:
        _gather(child, texts, [], depth=1)
    told, whole = len(_text_of(plain[0]).split()), len(" ".join(texts).split())
    return plain[:1] if told >= _PLAIN_SHARE * whole else rich[-1:]


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except _BROKEN:
        return ""
    # A name may hold a path, of either kind of system.
    return re.split(r"[/\\]", " ".join(str(name).replace("\0", "").split()))[-1]


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(_file_name(part))
    except _BROKEN:
        return False


def _bytes_of(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except _BROKEN:
        return b""
    return data if isinstance(data, bytes) else b""


def _text_of(part: Message) -> str:
    data = _bytes_of(part)
    text = _decode(data, part)
    if part.get_content_type() == "text/html":
        from triage.ingest.page import page_text

        try:
            return page_text(text, "the message", mail=True)[0]
        except InputError:
            return ""
    try:
        flowed = part.get_param("format") == "flowed"
    except _BROKEN:
        flowed = False
    return _unflow(text) if flowed else text


def _decode(data: bytes, part: Message) -> str:
    """Decode a text as UTF-8 where it is that, else as declared, else as what it looks like."""
    try:
        declared = part.get_content_charset() or ""
    except _BROKEN:
        declared = ""
    if declared in ("", "us-ascii", "iso-8859-1", "latin-1", "latin1", "ascii"):
        declared = "cp1252"  # what mail programs mean by it
    try:
        if not data.isascii():
            return _tidy(data.decode("utf-8"))
        return _tidy(data.decode(declared))
    except (LookupError, ValueError):  # no such charset; not of it; a name with a null character
        pass
    try:
        return _tidy(data.decode(declared))
    except (LookupError, ValueError):
        pass
    try:
        return decode_text(data, name="the message")
    except InputError:
        return ""


def _tidy(text: str) -> str:
    return re.sub(r"[\ud800-\udfff\0]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _unflow(text: str) -> str:
    """Join the lines that a mail program wrapped (RFC 3676): they end in a space, but for the mark of a signature."""
    return re.sub(r"(?m)(?<!^--)(?<=[^>\s]) \n(?=[^>\s])", " ", text)
