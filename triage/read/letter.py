"""Read a letter or a saved page.

In: a `Source` with running text. Out: a `Disclosure`.
"""

from __future__ import annotations

import re
from typing import Final

from triage.read.anatomy import dissect
from triage.read.answers import read_answers
from triage.read.asked import Splitter, find_asked
from triage.read.attached import attach
from triage.read.dates import parse_day
from triage.read.edges import find_edges
from triage.read.header import Header, find_header
from triage.read.judgments import find_authority_concerned, find_day_given, quote_request, read_judgment
from triage.read.recitals import blank_recitals
from triage.schema import Disclosure, Regime, Source, Status

__all__ = ["read_letter"]

_SCOTTISH: Final = re.compile(r"freedom\s+of\s+information\s+\(scotland\)|\bFOISA\b", re.I)


_DATED_FORMS: Final = frozenset({"eml", "json"})
"""Forms that record when a message was sent; elsewhere the day that the letter prints goes before one of its file."""


def read_letter(source: Source, split: Splitter, request: str | None = None) -> Disclosure:
    """Read one reply in running text.

    Args:
        source: The text, with what the file says of it apart from the text, and its attachments.
        split: Takes a request apart.
        request: The request that was answered, where it is known apart from the reply.
    """
    text = source.text
    given = {name: str(value) for name, value in source.fields.items() if isinstance(value, str) and value.strip()}
    request = request or given.get("request")
    anatomy = dissect(text, request=request)
    header = find_header(text, anatomy=anatomy, form=source.form, url=given.get("url"), title=given.get("title", ""))
    received, responded = parse_day(given.get("received", "")), parse_day(given.get("responded", ""))
    if source.form in _DATED_FORMS:
        received, responded = received or header.received, responded or header.responded
    else:
        received, responded = header.received or received, header.responded or responded
    asked = find_asked(anatomy, split, day=received or responded, request=request)
    if header.judgment:
        return _read_judged(source, header, split)
    asked = asked._replace(body=blank_recitals(asked.body, text))
    regime = Regime.FOISA if _SCOTTISH.search(text) else Regime.FOIA
    answers = read_answers(text, asked, date=responded, regime=regime)
    reference = header.reference or given.get("reference") or _stem(source.file)
    published = source.fields.get("published")
    return Disclosure(
        reference=reference,
        authority=given.get("authority") or header.authority or "",
        questions=attach(answers.questions, source.attachments),
        outcome=answers.outcome,
        received=received,
        responded=responded,
        url=header.url,
        published=published if isinstance(published, bool) else header.published,
        status=Status.STANDS if header.reviews else Status.UNKNOWN,
        request=_squeeze_lines(request or anatomy.asked),
        mentioned=answers.mentioned,
        reviews=header.reviews,
        review_status=header.decision if header.reviews else None,
        flags=(
            *(("request_lost",) if anatomy.request_lost and not request else ()),
            *(f"attachment_missing: {name}" for name in source.named),
        ),
        file=source.file,
        digest=source.digest,
        text=text,
        reasons=answers.reasons,
        edges=find_edges(
            _overlay(anatomy.body, anatomy.head), own=reference, reviews=header.reviews, decision=header.decision
        ),
        attachments=source.attachments,
    )


def _read_judged(source: Source, header: Header, split: Splitter) -> Disclosure:
    day = find_day_given(source.text.replace(" | ", " : ")) or header.responded
    answers = read_judgment(source.text, split, decision=header.decision, day=day)
    reference = header.reference or _stem(source.file)
    return Disclosure(
        reference=reference,
        authority=find_authority_concerned(source.text) or header.authority or "",
        questions=answers.questions,
        outcome=answers.outcome,
        responded=day,
        url=header.url,
        published=header.published,
        status=Status.STANDS if header.reviews else Status.UNKNOWN,
        request=quote_request(source.text),
        mentioned=answers.mentioned,
        reviews=header.reviews,
        review_status=header.decision if header.reviews else None,
        file=source.file,
        digest=source.digest,
        text=source.text,
        reasons=answers.reasons,
        edges=find_edges(source.text, own=reference, reviews=header.reviews, decision=header.decision),
    )


def _overlay(body: str, head: str) -> str:
    """Put two blocks of one text together; either is blank where the other is not."""
    return "".join(below if below.strip() else above for above, below in zip(head, body, strict=True))


def _squeeze_lines(text: str) -> str:
    """Take blank lines and outer white space off, keeping line breaks."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0] or file
