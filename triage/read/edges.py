"""Find the other replies that a reply names.

In: the reply's own words and its own reference. Out: `Edge` records: earlier references, notices of the Commissioner,
appeals at the tribunal, pages of a disclosure log.
"""

from __future__ import annotations

import re
from typing import Final

from triage.read.references import find_reference_spans
from triage.schema import Edge, EdgeKind, Status

__all__ = ["find_edges"]

_PAGE: Final = re.compile(
    r"https?://[^\s\])>\"”]*(?:disclosure|foi\b|foi[-_/]|freedom-of-information|/request/)[^\s\])>\"”]*", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_GENERAL: Final = re.compile(
    r"//(?:\w+\.)?ico\.org|legislation\.gov|/(?:make-a-complaint|complain|for-organisations)", re.IGNORECASE
)
_KINDS: Final = {
    Status.RETRACTED: EdgeKind.RETRACTS,
    Status.SUPERSEDED: EdgeKind.SUPERSEDES,
}


def find_edges(
    body: str, *, own: str | None, reviews: str | None = None, decision: Status | None = None
) -> tuple[Edge, ...]:
    """Find the replies that a reply names, each once, in the order of its words.

    Args:
        body: The reply's own words.
        own: Its own reference, which is no edge.
        reviews: The reference of the reply that it reviews, withdraws or corrects.
        decision: What becomes of that one.

    >>> [edge.target for edge in find_edges("We told you this under FOI 1234-22.", own="FOI-0001-23")]
    ['1234-22']
    """
    found: dict[str, Edge] = {}
    about = _KINDS.get(decision or Status.UNKNOWN, EdgeKind.REVIEWS)
    words = _ADDRESS.sub(
        lambda address: " " * len(address.group()), body
    )  # what looks like one in an address is a page
    for reference, start, end in find_reference_spans(words):
        if reference == reviews or (reference == own and reviews is not None and reviews in own):
            # A review that goes by the reviewed reference names it where it names itself.
            found.setdefault(reviews, Edge(about, reviews, start, end))
        elif reference not in (own, *found) and not (own and own.endswith(reference)):
            found[reference] = Edge(EdgeKind.REFERS_TO, reference, start, end)
    for page in _PAGE.finditer(body):
        address = page.group().rstrip(".,;:")
        if not _GENERAL.search(address):
            found.setdefault(address, Edge(EdgeKind.REFERS_TO, address, page.start(), page.start() + len(address)))
    return tuple(sorted(found.values(), key=lambda edge: edge.start))
