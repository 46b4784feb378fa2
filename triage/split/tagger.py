"""The role of each part of a request, as learned from requests whose roles are marked.

In: the segmented request and its questions. Out: `Segment` records that cover the text. The weights stand in
`weights/roles.npz`; `training/roles.py` makes them and says how well they do. A linear-chain conditional random field
(Lafferty, McCallum and Pereira, 2001) over hashed features; the likeliest row of roles is found by Viterbi's algorithm.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from triage.schema import Segment, Segmented
from triage.split.items import Item
from triage.split.parts import CONTINUES, OPENS, describe_parts, find_parts
from triage.split.roles import find_openings, find_segments, tile

__all__ = ["BUCKETS", "Weights", "find_path", "hash_features", "tag_segments"]

BUCKETS: Final = 1 << 16
_FILE: Final = "roles.npz"
_LONGEST: Final = 200_000
"""Characters of the longest text whose roles are told by what was learned."""
_SURE: Final = frozenset({"forward_header"})
"""Roles by rule that are not told anew: the lines of a mail program."""
_MEANS: Final = re.compile(
    r"by\s+[\"“'‘]?[\w\s-]{2,40}[\"”'’]?,?\s+(?:i|we)\s+mean\b|[\"“'‘][^\"”'’]{2,60}[\"”'’]\s+(?:means|refers?\s+to|is\s+defined|includes)\b|"
    r"for\s+(?:the\s+purposes?\s+of\s+)?this\s+request\b[^.?]{0,60}(?::|\bmeans?\b)",
    re.IGNORECASE,
)
"""Definitions that are beyond doubt."""
_NEVER: Final = -1e9

Floats = npt.NDArray[np.float32]


class Weights(NamedTuple):
    """Shapes: `slopes` (buckets, roles), `follows` (roles, roles) from one to the next, `first` and `last` (roles,)."""

    roles: tuple[str, ...]
    slopes: Floats
    follows: Floats
    first: Floats
    last: Floats


def hash_features(features: Iterable[str]) -> list[int]:
    """Return the buckets of the features of one part, each once.

    >>> hash_features(["bias", "bias"]) == hash_features(["bias"])
    True
    """
    return sorted({zlib.crc32(feature.encode()) % BUCKETS for feature in features})


@functools.cache
def _weights() -> Weights:
    with resources.files("triage.split").joinpath("weights", _FILE).open("rb") as file, np.load(file) as stored:
        roles = tuple(str(role) for role in stored["roles"])
        return Weights(roles, *(stored[name].astype(np.float32) for name in ("slopes", "follows", "first", "last")))


def tag_segments(segmented: Segmented, items: Sequence[Item]) -> tuple[Segment, ...]:
    """Give every character of a request to a role, as `roles.find_segments` does by rule alone.

    What is in a question stays in it. A text too long for a letter keeps the roles that the rules give.
    """
    by_rule = find_segments(segmented, items)
    if len(segmented.text) > _LONGEST:
        return by_rule
    parts = find_parts(segmented, items, by_rule)
    if not parts:
        return by_rule
    features = [hash_features(each) for each in describe_parts(segmented, parts)]
    roles = find_path(_weights(), [part.rule for part in parts], features)
    markers = {line.content_start: line.start for line in segmented.lines}
    marks = []
    for part, role in zip(parts, roles, strict=True):
        said = segmented.text[part.start : part.end]
        role = part.rule if part.rule in _SURE or (part.rule == "definition" and _MEANS.match(said)) else role
        is_grid = role == CONTINUES and segmented.sentences[part.sentence].role == "table"
        marks.append(
            (markers.get(part.start, part.start), "table" if is_grid else CONTINUES if role == OPENS else role)
        )
    return tile(marks, len(segmented.text), find_openings(segmented, [(item.start, item.end) for item in items]))


def find_path(weights: Weights, rules: Sequence[str], buckets: Sequence[Sequence[int]]) -> list[str]:
    """Find the likeliest roles under the weights given; `buckets` are those of the features of each part."""
    if not rules:
        return []
    scores = np.stack([weights.slopes[each].sum(axis=0) for each in buckets])
    asked = np.array([role in (OPENS, CONTINUES) for role in weights.roles])
    for row, rule in zip(scores, rules, strict=True):
        row[asked if rule not in (OPENS, CONTINUES) else np.array([role != rule for role in weights.roles])] = _NEVER
    best = weights.first + scores[0]
    came_from = []
    for row in scores[1:]:
        paths = best[:, None] + weights.follows
        came_from.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    path = [int((best + weights.last).argmax())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return [weights.roles[k] for k in reversed(path)]
