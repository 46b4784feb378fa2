"""Read a letter or a saved page.

In: a `Source` with running text. Out: a `Disclosure`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from triage.read.anatomy import dissect
from triage.read.answers import read_answers
from triage.read.asked import Splitter, find_asked
from triage.read.header import Header, find_header, parse_day
from triage.schema import Disclosure, Regime, Source, Status

__all__ = ["read_letter"]

_SCOTTISH: Final = re.compile(r"freedom of information \(scotland\)|\bFOISA\b", re.I)


def read_letter(source: Source, split: Splitter, request: str | None = None) -> Disclosure:
    """Read one reply in running text.

    Args:
        source: The text, with `title` and `url` in its fields where the page declares them.
        split: Takes a request apart.
        request: The request that was answered, where it is known apart from the reply.
    """
    text = source.text
    anatomy = dissect(text)
    url = source.fields.get("url")
    title = str(source.fields.get("title", ""))
    header = find_header(text, anatomy=anatomy, form=source.form, url=str(url) if url else None, title=title)
    header = _told(header, source.fields, page=source.form == "html")
    request = request or str(source.fields.get("request") or "") or None
    asked = find_asked(anatomy, split, day=header.received or header.responded, request=request)
    regime = Regime.FOISA if _SCOTTISH.search(text) else Regime.FOIA
    answers = read_answers(text, asked, date=header.responded, regime=regime)
    return Disclosure(
        reference=header.reference or _stem(source.file),
        authority=header.authority or "",
        questions=answers.questions,
        outcome=answers.outcome,
        received=header.received,
        responded=header.responded,
        url=header.url,
        published=header.published,
        status=Status.STANDS if header.reviews else Status.UNKNOWN,
        request=_squeeze_lines(request or anatomy.asked),
        mentioned=answers.mentioned,
        reviews=header.reviews,
        review_status=header.decision if header.reviews else None,
        flags=("request_lost",) if anatomy.request_lost else (),
        file=source.file,
        digest=source.digest,
        text=text,
    )


def _told(header: Header, fields: Mapping[str, object], *, page: bool) -> Header:
    """Put what a file says apart from its text first; but the day of a page may be that of its last move."""
    day = parse_day(str(fields.get("responded") or ""))
    published = fields.get("published")
    return msgspec.structs.replace(
        header,
        reference=str(fields.get("reference") or "") or header.reference,
        authority=str(fields.get("authority") or "") or header.authority,
        received=parse_day(str(fields.get("received") or "")) or header.received,
        responded=(header.responded or day) if page else (day or header.responded),
        published=published if isinstance(published, bool) else header.published,
    )


def _squeeze_lines(text: str) -> str:
    """Take blank lines and outer white space off, keeping line breaks."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0] or file
