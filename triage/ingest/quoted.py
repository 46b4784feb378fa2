"""Tell the messages of an e-mail apart that stand below each other in its text.

In: the text of an e-mail. Out: the newest message by itself and the request that it answers, where both are clear; else
the text as it stands, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from dateutil import parser as date_parser

__all__ = ["Thread", "read_thread"]


class Thread(NamedTuple):
    """The reply in an e-mail, and what it tells of the request below it.

    `left_out` counts messages between the two; `responded` is set where the reply had been forwarded.
    """

    text: str
    request: str | None = None
    received: str | None = None
    responded: str | None = None
    left_out: int = 0


class _Message(NamedTuple):
    sender: str
    sent: str
    body: str


_HEADER: Final = (
    r"[> \t]*\*?From:\*?[ \t]?[^\n]+\n"
    r"(?:[> \t]*[^\n]*\n){0,2}?[> \t]*\*?(?:Sent|Date):\*?[ \t]?[^\n]+\n"
    r"(?:[> \t]*\*?(?:To|Cc|Bcc|Subject|Reply-To|Importance|Attachments):\*?[^\n]*(?:\n|$)(?:[> \t]{2,}[^\n:]+\n)?)+"
)
_MARK: Final = re.compile(
    rf"^(?:[> \t]*(?:-{{2,}}[ \t]*(?:original|forwarded) message[ \t]*-{{2,}}|begin forwarded message:|_{{10,}})"
    rf"[ \t]*\n(?:[> \t]*\n){{0,2}})?{_HEADER}"
    r"|^[> \t]*On[ \t](?=[^\n]*\d)[^\n]{4,200}(?:\n[^\n]{0,120}){0,2}?\bwrote:[ \t]*(?:\n|$)"
    r"|^[> \t]*-{2,}[ \t]*original message[ \t]*-{2,}[ \t]*(?:\n|$)",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARD: Final = re.compile(r"forwarded message", re.I)
_FORWARDED_SUBJECT: Final = re.compile(r"\s*fwd?:", re.I)
_ANSWERS_WITHIN: Final = re.compile(
    r"\b(?:answers?|respon(?:ses?|ded)|comments?|repl(?:y|ies|ied))\b[^.]{0,60}"
    r"\b(?:below|in ?-?line|in (?:red|blue|green|bold|caps))"
    r"|\bin (?:red|blue|green|bold)\b|\bsee below\b|\bbelow (?:in|each)\b",
    re.I,
)
_ASKS: Final = re.compile(
    r"\?|\b(?:please|could you|can you|request(?:ing)?|would like|freedom of information|FOIA?|EIRs?)\b", re.I
)
_FIELD: Final = re.compile(r"^\*?(From|Sent|Date):\*?[ \t]*(.*)$", re.M | re.I)
_DATE: Final = re.compile(
    r"\d{1,2}\W+\w{3,9}\W+\d{4}|\w{3,9} \d{1,2},? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
)
_SHORT: Final = 25
"""Words up to which a message above a forwarded one only hands it on."""
_SHORT_COVER: Final = 60
"""Words up to which a message that speaks of answers below holds none itself."""


def read_thread(text: str, *, subject: str = "", sender: str = "") -> Thread:
    r"""Take the reply out of an e-mail.

    Args:
        text: The whole text.
        subject: Its subject.
        sender: The address it came from: a quoted message from the same domain is no request.

    >>> read_thread("We hold 12.\n\nOn 3 May 2024, Wren wrote:\n> How many vans?\n")[:2]
    ('We hold 12.\n', 'How many vans?')
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return Thread(text)
    own = text[: marks[0].start()]
    messages = []
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(text)
        messages.append(_message(mark.group(), text[mark.end() : end]))
    responded = None
    if len(own.split()) < _SHORT and (_FORWARD.search(marks[0].group()) or _FORWARDED_SUBJECT.match(subject)):
        first, *messages = messages
        own, sender, responded = first.body + "\n", first.sender, _day(first.sent)
        if not own.strip():
            return Thread(text)
    if not own.strip() or _is_answered_within(own, text[marks[0].start() :]):
        return Thread(text)
    asked = _find_request(messages, sender)
    if asked is None:
        return Thread(text if responded is None else own + _rest(text, own), responded=responded)
    return Thread(own.rstrip() + "\n", asked.body, _day(asked.sent), responded, len(messages) - 1)


def _rest(text: str, own: str) -> str:
    """Return what follows the forwarded reply, so that it is kept where it is not clear."""
    at = text.rfind(own.strip()[-40:])
    return text[at + len(own.strip()[-40:]) :] if at >= 0 else "\n" + text


def _is_answered_within(own: str, below: str) -> bool:
    """Tell whether answers stand between the quoted lines, or are said to stand there."""
    if len(own.split()) < _SHORT_COVER and _ANSWERS_WITHIN.search(own):
        return True
    quoted = False
    words = 0
    for line in _MARK.sub("", below).split("\n"):
        if re.match(r"[ \t]*>", line):
            quoted = True
        elif quoted:
            words += len(line.split())
    return quoted and words > 3


def _message(mark: str, body: str) -> _Message:
    clean = re.sub(r"(?m)^[> \t]+", "", mark)
    fields = {key.lower(): value.strip(" *") for key, value in _FIELD.findall(clean)}
    sender, sent = fields.get("from", ""), fields.get("sent", "") or fields.get("date", "")
    attribution = re.match(r"(?is)On\s(.*?)\bwrote:", clean)
    if attribution:
        sender = attribution[1]
        day = _DATE.search(sender)
        sent = day.group() if day else ""
    return _Message(sender, sent, _unquote(body).strip("\n"))


def _unquote(body: str) -> str:
    """Take quotation marks off at the depth that all lines share."""
    lines = body.split("\n")
    while True:
        filled = [line for line in lines if line.strip()]
        if not filled or sum(line.lstrip().startswith(">") for line in filled) < len(filled):
            return "\n".join(lines)
        lines = [re.sub(r"^[ \t]*>[ \t]?", "", line) for line in lines]


def _find_request(messages: Sequence[_Message], sender: str) -> _Message | None:
    """Return the earliest message that is not of the authority's own and asks."""
    own = _domain(sender)
    for message in reversed(messages):
        if own and _domain(message.sender) == own:
            continue
        if len(message.body.split()) >= 3 and _ASKS.search(message.body):
            return message
    return None


def _domain(address: str) -> str:
    found = re.search(r"@([\w.-]+\w)", address)
    return found[1].lower() if found else ""


def _day(words: str) -> str | None:
    words = re.sub(r"\bat\b", " ", words)
    try:
        found = date_parser.parse(words, dayfirst=not re.match(r"\d{4}-", words), fuzzy=True)
    except (ValueError, OverflowError, TypeError):
        return None
    return found.date().isoformat() if words.strip() and 1990 <= found.year <= 2100 else None
