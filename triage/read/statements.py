"""List the reply's own sentences, each with what it cites.

In: a text and the words of it that are the reply's own. Out: `Statement` records in order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from triage.citations import find_citations
from triage.read.cues import Statement
from triage.schema import Citation, Regime
from triage.segment import segment

__all__ = ["list_statements"]

_BARE: Final = re.compile(r"(?<![\w.(/£-])(?:2[1-9]|3\d|4[0-4])(?:\(\d[AB]?\))(?:\s?\([a-z]{1,4}\))*(?![\w(])")
"""An exemption of Part II of the 2000 Act written without "section", as "31(1)(a)"."""
_EXEMPTS: Final = re.compile(r"\b(?:exempt|withh|refus|not (?:disclosed|released|provided|given))", re.IGNORECASE)
_BARE_EXCEPTION: Final = re.compile(r"(?<![\w.(/£-])(?:12\([45]\)\s?\([a-g]\)|13\(\d[AB]?\))(?![\w(])")
"""An exception of the Environmental Information Regulations written without "regulation", as "12(5)(e)"."""


def list_statements(
    text: str, body: str, *, date: dt.date | None = None, regime: Regime = Regime.FOIA
) -> list[Statement]:
    """List the reply's own sentences with their citations.

    Args:
        text: The reply as received.
        body: Its own words, blank elsewhere, with the offsets of `text`.
        date: Day of the reply.
        regime: The law that bare sections belong to.
    """
    citations = find_citations(body, date=date, regime=regime)
    environmental = any(p.regime is Regime.EIR for c in citations for p in c.effective)
    found = []
    for sentence in segment(body).sentences:
        words = text[sentence.start : sentence.end]
        if not re.search(r"\w", words):
            continue
        inside = [c for c in citations if sentence.start <= c.start < sentence.end]
        if environmental:
            inside += _find_bare(words, sentence.start, inside, date=date, environmental=True)
        elif _EXEMPTS.search(words):
            inside += _find_bare(words, sentence.start, inside, date=date)
        found.append(Statement(sentence.start, sentence.end, words, tuple(inside)))
    return found


def _find_bare(
    words: str, offset: int, known: Iterable[Citation], *, date: dt.date | None, environmental: bool = False
) -> Iterator[Citation]:
    """Find exemptions, or exceptions of the Regulations, that a sentence names by their number alone."""
    taken = [(c.start, c.end) for c in known]
    pattern, keyword = (_BARE_EXCEPTION, "regulation ") if environmental else (_BARE, "section ")
    for match in pattern.finditer(words):
        start = offset + match.start()
        if any(first <= start < last for first, last in taken):
            continue
        for citation in find_citations(keyword + match.group(), date=date):
            yield msgspec.structs.replace(
                citation, start=start, end=offset + match.end(), surface=match.group(), flags=(*citation.flags, "bare")
            )
