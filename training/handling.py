"""Learn which way a part of a letter goes: `python -m training.handling`.

In: `training/handling/*.jsonl` (short letters with one way each), `training/requests/*.txt` (requests with a way for
each question) and `evaluation/handling/dev.jsonl`. Out: `triage/split/weights/handling.npz`, and how well what is
learned does on each file of letters when that file is left out: each is by another hand.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from training.markup import read_marked
from triage.segment import segment
from triage.split.diversions import find_windows
from triage.split.handling import LEANING, PLAIN
from triage.split.items import find_items
from triage.split.ngrams import BUCKETS, hash_text
from triage.split.tagger import tag_segments

_HERE = Path(__file__).parent
_WEIGHTS = _HERE.parent / "triage" / "split" / "weights" / "handling.npz"
_DEV = _HERE.parent / "evaluation" / "handling" / "dev.jsonl"
_INVERSE_PENALTY = 30.0
_STEPS = 300
_SKIPPED = "invalid"
"""Told by the signature, not by what is asked."""


class Piece(NamedTuple):
    """The words of a part, the way it goes and the file it is from."""

    words: str
    way: str
    source: str


def main() -> None:
    """Measure, learn from everything, and write the weights."""
    files = [_DEV, *sorted((_HERE / "handling").glob("*.jsonl"))]
    pieces = [piece for path in files for piece in _read_letters(path)]
    pieces += [piece for path in sorted((_HERE / "requests").glob("*.txt")) for piece in _read_requests(path)]
    hashed = [hash_text(piece.words) for piece in pieces]
    for path in files[1:]:
        kept = [k for k, piece in enumerate(pieces) if piece.source != path.stem]
        left = [k for k, piece in enumerate(pieces) if piece.source == path.stem]
        rarity = _find_rarity([hashed[k] for k in kept])
        model = _learn([hashed[k] for k in kept], [pieces[k].way for k in kept], rarity)
        scores = model.decision_function(_stack([hashed[k] for k in left], rarity))
        sys.stdout.write(f"{path.stem:15} {_measure(model.classes_, scores, [pieces[k].way for k in left])}\n")
    rarity = _find_rarity(hashed)
    _write(_learn(hashed, [piece.way for piece in pieces], rarity), rarity)


def _read_letters(path: Path) -> list[Piece]:
    found = []
    for line in path.read_bytes().splitlines():
        row: dict[str, Any] = msgspec.json.decode(line)
        if row["handling"] == _SKIPPED:
            continue
        segmented = segment(row["text"])
        items, _ = find_items(segmented)
        spans = [(item.start, item.end) for item in items]
        roles = [(each.start, each.end, each.role) for each in tag_segments(segmented, items)]
        found += [Piece(words, row["handling"], path.stem) for words in find_windows(row["text"], spans, roles)]
    return found


def _read_requests(path: Path) -> list[Piece]:
    """Give the parts of marked requests; one without a question goes the way of what it says."""
    found = []
    for row in read_marked(path):
        spans = [(question["start"], question["end"]) for question in row["questions"]]
        roles = [(each["start"], each["end"], each["role"]) for each in row["segments"]]
        windows = find_windows(row["text"], spans, roles)
        ways = [question["handling"] for question in row["questions"]]
        if not ways:
            ways = list({each["handling"] for each in row["segments"] if "handling" in each})
        if len(ways) == len(windows):
            found += [Piece(words, way, path.stem) for words, way in zip(windows, ways, strict=True)]
    return found


def _find_rarity(hashed: Sequence[Any]) -> np.ndarray:
    """Return the inverse document frequency of each bucket, shape (2, buckets): for words and for letters."""
    rarity = []
    for block in (0, 1):
        found = np.bincount(np.concatenate([each[block][0] for each in hashed]), minlength=BUCKETS)
        rarity.append(np.log((1 + len(hashed)) / (1 + found)) + 1)
    return np.array(rarity, np.float32)


def _stack(hashed: Sequence[Any], rarity: np.ndarray) -> csr_matrix:
    total = csr_matrix((len(hashed), BUCKETS), dtype=np.float32)
    for block in (0, 1):
        values = [counts * rarity[block][buckets] for buckets, counts in (each[block] for each in hashed)]
        values = [each / (np.sqrt(each @ each) or 1) for each in values]
        edges = np.concatenate([[0], np.cumsum([len(each) for each in values])])
        columns = np.concatenate([each[block][0] for each in hashed])
        total = total + csr_matrix((np.concatenate(values), columns, edges), shape=total.shape)
    return total


def _learn(hashed: Sequence[Any], ways: Sequence[str], rarity: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=_INVERSE_PENALTY, max_iter=_STEPS).fit(_stack(hashed, rarity), ways)


def _measure(names: Sequence[str], scores: np.ndarray, ways: Sequence[str]) -> str:
    scores = scores - LEANING * (np.array(names) == PLAIN)
    found = [names[k] for k in scores.argmax(axis=1)]
    if all(way == PLAIN for way in ways):
        return f"{len(ways)} parts, all plain, {sum(name != PLAIN for name in found)} sent another way"
    right = sum(a == b != PLAIN for a, b in zip(found, ways, strict=True))
    return (
        f"{len(ways)} parts, precision {right / sum(a != PLAIN for a in found):.3f}, "
        f"recall {right / sum(b != PLAIN for b in ways):.3f}"
    )


def _write(model: LogisticRegression, rarity: np.ndarray) -> None:
    _WEIGHTS.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        _WEIGHTS,
        ways=np.array([str(name) for name in model.classes_]),
        rarity=rarity.astype(np.float16),
        slopes=model.coef_.T.astype(np.float16),
        offsets=model.intercept_.astype(np.float32),
    )
    sys.stdout.write(f"{_WEIGHTS.name}: {_WEIGHTS.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
