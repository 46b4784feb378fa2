"""Names in the headers of messages and in named fields.

In: a text and its lines. Out: spans of the names in From, To and Cc, before an address in brackets, before "wrote:",
and behind "Requester:" and its like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from triage.mask.letter import name_part
from triage.mask.names import CAPITAL, looks_like_name
from triage.mask.numbers import EMAIL
from triage.mask.spans import Line, PersonSpan, trim

__all__ = ["FIELD", "find_headers"]

_HEADER: Final = re.compile(
    r"(?:From|To|Cc|Bcc|Reply-To|Sender|Sent by|Sent on behalf of|On behalf of|Attendees|Present|Apologies"
    r"|Organi[sz]er|Required)"
    r"\*{0,2}\s?:\*{0,2}[ \t]*(?P<rest>.{1,600})",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"[^;<>\[\]|()█]+")
_ADDRESS: Final = re.compile(r"[^;<>\[\]\s]{1,64}@\S{1,200}")
_DISPLAY: Final = re.compile(
    rf"(?P<name>\"[^\"\n<>@]{{2,60}}\"|'[^'\n<>@]{{2,60}}'"
    rf"|{CAPITAL}(?:,?[ \t]{CAPITAL}){{0,4}})[ \t]*[<(\[](?:mailto:)?(?={EMAIL})"
)
_WROTE: Final = re.compile(
    r"(?:(?:On|Ar|At)\s.{5,60}?[,\d]\s(?:(?:GMT|BST|UTC|[AaPp]\.?[Mm]\.?|[+-]\d{4}|at \d{1,2}[:.]\d\d),?\s)*)?"
    r"(?P<name>[^<>\d]{3,60}?)\s*(?:[<\[][^>\]]{0,120}[>\]])?\s*(?:wrote|writes|said):?$"
)
FIELD: Final = re.compile(
    r"(?:(?:full|your|his|her|my|first|last|given|family|sur|fore|preferred|business|officer|staff"
    r"|applicant['’]?s?|requester['’]?s?"
    r"|requestor['’]?s?|complainant['’]?s?|contact|customer|client|employee|author|sender"
    r"|signatory)[ -]?)?names?(?:[ ](?:of|and|in)[ ][\w ]{1,40}|\(s\))?"
    r"|(?:requester|requestor|applicant|complainant|enquirer|claimant|appellant|contact|signed|signature"
    r"|author|correspondent)(?:[ ](?:person|details|officer|by))?"
    r"|(?:requested|submitted|prepared|completed|handled|dealt with|approved|reviewed|signed off"
    r"|authorised|written|drafted|issued|allocated|assigned|sent|compiled)[ ](?:by|to)"
    r"|(?:case|investigating|reviewing|responsible|attending|handling|foi|lead|your|arresting|reporting"
    r"|duty)?[ ]?(?:officer|handler|caseworker|case worker|case manager|line manager|contact)"
    r"(?:[ ](?:in[ ](?:the[ ])?case|in[ ]charge|dealing))?"
    r"|enw(?:[ ]llawn)?|ainm",
    re.IGNORECASE,
)  # fmt: skip
"""What stands before the colon of a field, or at the head of a column, that holds a person's name."""

_FIELD_LINE: Final = re.compile(rf"(?:{FIELD.pattern})\s?[:=][ \t]*(?P<name>\S.{{1,120}})$", re.IGNORECASE)


def find_headers(text: str, lines: Sequence[Line]) -> Iterator[PersonSpan]:
    """Find names in headers and fields."""
    for number, line in enumerate(lines):
        first = line.text[0]
        if first in "FfTtCcBbRrSsOoAaPp" and (found := _HEADER.match(line.text)):
            yield from _header(found, line.start)
        elif ":" in line.text[:60] or "=" in line.text[:60]:
            found = _FIELD_LINE.match(line.text)
            if found and (span := name_part(found["name"], line.start + found.start("name"))):
                yield span
        if line.text.endswith(("wrote:", "writes:", "wrote", "said:")) and len(line.text) < 260:
            yield from _wrote(lines, number)
    if "@" in text:
        for found in _DISPLAY.finditer(text):
            if looks_like_name(found["name"].replace(",", " ").replace('"', "").replace("'", "")) and (
                span := trim(text, *found.span("name"), "name")
            ):
                yield span


def _wrote(lines: Sequence[Line], number: int) -> Iterator[PersonSpan]:
    line = lines[number]
    found = _WROTE.match(line.text)
    if found and "@" not in found["name"]:
        name = found["name"].replace(",", " ")
        if (
            looks_like_name(name)
            and name.strip()[0].isupper()
            and (span := trim(line.text, *found.span("name"), "name"))
        ):
            yield PersonSpan(line.start + span.start, line.start + span.end, "name")
    elif number and not lines[number].blanks:
        # A long line of this kind is wrapped by many a program.
        above = lines[number - 1]
        joined = f"{above.text} {line.text}"
        found = _WROTE.match(joined)
        if (
            found
            and found.end("name") <= len(above.text)
            and looks_like_name(found["name"].replace(",", " "))
            and (span := trim(joined, *found.span("name"), "name"))
        ):
            yield PersonSpan(above.start + span.start, above.start + span.end, "name")


def _header(found: re.Match[str], start: int) -> Iterator[PersonSpan]:
    rest, at = found["rest"], start + found.start("rest")
    bare = _ADDRESS.sub(lambda m: "<" * len(m[0]), rest)
    for part in _PART.finditer(bare):
        if rest[: part.start()].endswith("["):
            continue  # already redacted
        words = part[0]
        if rest[: part.start()].endswith("(") and words.isupper():
            continue  # letters of a directorate
        pieces = [piece for piece in words.split(",") if piece.strip()]
        if len(pieces) <= 2 and looks_like_name(words.replace(",", " ").replace("'", "").replace('"', "")):
            if span := trim(rest, *part.span(), "name"):
                yield PersonSpan(at + span.start, at + span.end, "name")
            continue
        offset = part.start()
        for piece in words.split(","):
            if span := name_part(piece.lstrip(" \t'\""), at + offset + len(piece) - len(piece.lstrip(" \t'\""))):
                yield span
            offset += len(piece) + 1
