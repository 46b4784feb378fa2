"""Read requests whose parts are marked by tags in the text.

In: a text file; each request begins with a line "===== ID | AUTHORITY | RECEIVED | SHAPE", its parts stand in tags that
name their roles, and attributes of `q` give slots and handling. Out: rows in the form of `evaluation/requests`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["ROLES", "parse_marked", "read_marked"]

ROLES = (
    "greeting",
    "background",
    "opinion",
    "preamble",
    "heading",
    "q",
    "values",
    "table",
    "definition",
    "constraint",
    "prior_ref",
    "clarification",
    "forward_header",
    "closing",
    "signature",
)
_HEAD = re.compile(r"^={5} *(.+?) *\| *(.*?) *\| *(.*?) *\| *(.*?) *$", re.MULTILINE)
_TAG = re.compile(rf"<(/?)({'|'.join(ROLES)})((?:\s+\w+=\"[^\"]*\")*)\s*>")
_ATTRIBUTE = re.compile(r"(\w+)=\"([^\"]*)\"")
_MARKER = re.compile(r"[(\[]?\w{1,4}(?:\.\w{1,3})*[.)\]:]*")


def read_marked(path: Path) -> list[dict[str, Any]]:
    """Read the requests of a file.

    Raises:
        ValueError: A tag is not closed, or stands within another.
    """
    text = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        parse_marked(text[head.end() : end].strip("\n"), *head.groups()) for head, end in zip(heads, ends, strict=True)
    ]


def parse_marked(marked: str, name: str, authority: str, received: str, shape: str) -> dict[str, Any]:
    """Turn one marked request into its text, the segments that cover it and its questions."""
    plain: list[str] = []
    length = begin = 0
    parts: list[tuple[int, int, str, dict[str, str]]] = []
    is_open: str | None = None
    at = 0
    for tag in _TAG.finditer(marked):
        piece = marked[at : tag.start()]
        plain.append(piece)
        length += len(piece)
        at = tag.end()
        closes, role = tag[1] == "/", tag[2]
        if closes != (is_open is not None) or (closes and role != is_open):
            raise ValueError(f"{name}: <{tag[1]}{role}> after {''.join(plain)[-60:]!r}")
        if closes:
            parts[-1] = (begin, length, role, parts[-1][3])
            is_open = None
        else:
            begin, is_open = length, role
            parts.append((begin, begin, role, dict(_ATTRIBUTE.findall(tag[3]))))
    if is_open is not None:
        raise ValueError(f"{name}: <{is_open}> is not closed")
    plain.append(marked[at:])
    text = "".join(plain).rstrip()
    return {
        "id": name,
        "authority": authority,
        "received": received,
        "kind": shape,
        "text": text,
        "segments": list(_segments(text, parts)),
        "questions": list(_questions(text, parts)),
    }


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), start + len(body.rstrip())


def _segments(text: str, parts: list[tuple[int, int, str, dict[str, str]]]) -> Iterator[dict[str, Any]]:
    """Give a list marker to what follows it, white space to what stands before."""
    starts = [0]
    for before, after in itertools.pairwise(parts):
        between = text[before[1] : after[0]]
        starts.append(before[1] + len(between) - len(between.lstrip()))
    for k, (start, part) in enumerate(zip(starts, parts, strict=True)):
        end = starts[k + 1] if k + 1 < len(parts) else len(text)
        if start < end:
            yield {"role": part[2], "start": start, "end": end} | ({"handling": part[3]["h"]} if "h" in part[3] else {})


def _questions(text: str, parts: list[tuple[int, int, str, dict[str, str]]]) -> Iterator[dict[str, Any]]:
    asked = [(k, part) for k, part in enumerate(parts) if part[2] == "q"]
    for n, (k, (start, end, _, attributes)) in enumerate(asked, start=1):
        before = text[parts[k - 1][1] if k else 0 : start].strip()
        start, end = _trim(text, start, end)
        yield {
            "ordinal": n,
            "label": before.strip("()[].: ") if before and _MARKER.fullmatch(before) else None,
            "start": start,
            "end": end,
            "text": text[start:end],
            "handling": attributes.get("h", "foi"),
            "slots": _slots(attributes),
        }


def _slots(attributes: dict[str, str]) -> dict[str, Any]:
    raw = attributes.get("period")
    period: dict[str, str | None] | None = None
    if raw == "snapshot":
        period = {"raw": raw, "from": None, "to": None, "grain": "snapshot"}
    elif raw:
        days, _, grain = raw.partition(" ")
        first, _, last = days.partition("/")
        period = {"raw": raw, "from": first, "to": last, "grain": grain}
    axes = [axis.strip() for axis in attributes.get("by", "").split(";") if axis.strip()]
    return {"period": period, "place": attributes.get("place"), "breakdown": axes}
