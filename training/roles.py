"""Learn the roles of the parts of a request: `python -m training.roles`.

In: `training/requests/*.txt` and two files of `evaluation/requests`. Out: `triage/split/weights/roles.npz`, and how
well what is learned does on requests that it has not seen: each fifth of them is told by what the other four teach.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import torch

from training.markup import ROLES, read_marked
from triage.segment import segment
from triage.split.items import find_items
from triage.split.parts import CONTINUES, OPENS, Part, describe_parts, find_parts
from triage.split.roles import find_segments
from triage.split.tagger import BUCKETS, Weights, find_path, hash_features

_HERE = Path(__file__).parent
_WEIGHTS = _HERE.parent / "triage" / "split" / "weights" / "roles.npz"
_LABELS = (*(role for role in ROLES if role != "q"), OPENS, CONTINUES)
_REQUESTS = _HERE.parent / "evaluation" / "requests"
_MARKED = ("dev.jsonl", "later.jsonl")
_FOLDS = 5
_PENALTY = 0.3
_STEPS = 60
_LEAST = 1e-3
"""Weights smaller than this are left out of the file."""


class Example(NamedTuple):
    """One request: its parts, the buckets of their features and the numbers of their roles."""

    row: dict[str, Any]
    parts: list[Part]
    buckets: list[list[int]]
    labels: list[int]


def main() -> None:
    """Measure, learn from everything, and write the weights."""
    torch.manual_seed(0)
    rows = [row for path in sorted((_HERE / "requests").glob("*.txt")) for row in read_marked(path)]
    rows += [msgspec.json.decode(line) for name in _MARKED for line in (_REQUESTS / name).read_bytes().splitlines()]
    examples = [each for each in map(_prepare, rows) if each.parts]
    right = rule = told = 0
    for fold in range(_FOLDS):
        model = _learn([each for k, each in enumerate(examples) if k % _FOLDS != fold])
        for each in examples[fold::_FOLDS]:
            found = _tag(model, each)
            counted = _count(each, found), _count(each, [part.rule for part in each.parts])
            right, rule, told = right + counted[0][0], rule + counted[1][0], told + counted[0][1]
    sys.stdout.write(f"{len(rows)} requests, {sum(len(each.parts) for each in examples)} parts\n")
    sys.stdout.write(f"role by character: learned {right / told:.3f}, by rule {rule / told:.3f}\n")
    _write(_learn(examples))


def _prepare(row: dict[str, Any]) -> Example:
    segmented = segment(row["text"])
    items, _ = find_items(segmented)
    parts = find_parts(segmented, items, find_segments(segmented, items))
    buckets = [hash_features(features) for features in describe_parts(segmented, parts)]
    begun: set[int] = set()
    return Example(row, parts, buckets, [_LABELS.index(_label(row, part, begun)) for part in parts])


def _shared(part: Part, span: dict[str, Any]) -> int:
    return max(0, min(part.end, int(span["end"])) - max(part.start, int(span["start"])))


def _label(row: dict[str, Any], part: Part, begun: set[int]) -> str:
    """Return the role that most of a part has; the first part of a question opens it."""
    for question in row["questions"]:
        if 2 * _shared(part, question) > part.end - part.start:
            opens = question["ordinal"] not in begun
            begun.add(question["ordinal"])
            return OPENS if opens else CONTINUES
    best = max(row["segments"], key=lambda each: _shared(part, each), default=None)
    return "background" if best is None or best["role"] == "q" else str(best["role"])


def _count(example: Example, roles: Sequence[str]) -> tuple[int, int]:
    """Count the characters whose role is right, and all; white space has none."""
    text = example.row["text"]
    marked, found = [""] * len(text), [""] * len(text)
    for each in example.row["segments"]:
        marked[each["start"] : each["end"]] = [each["role"]] * (each["end"] - each["start"])
    for part, role in zip(example.parts, roles, strict=True):
        name = "q" if role in (OPENS, CONTINUES) else role
        found[part.start : part.end] = [name] * (part.end - part.start)
    told = [(a, b) for char, a, b in zip(text, marked, found, strict=True) if a and b and not char.isspace()]
    return sum(a == b for a, b in told), len(told)


class _Chain(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.slopes = torch.nn.EmbeddingBag(BUCKETS, len(_LABELS), mode="sum")
        torch.nn.init.zeros_(self.slopes.weight)
        self.follows = torch.nn.Parameter(torch.zeros(len(_LABELS), len(_LABELS)))
        self.first = torch.nn.Parameter(torch.zeros(len(_LABELS)))
        self.last = torch.nn.Parameter(torch.zeros(len(_LABELS)))


def _learn(examples: Sequence[Example]) -> _Chain:
    """Maximise the likelihood of the marked rows of roles, less a penalty on large weights."""
    model = _Chain()
    flat = torch.tensor([bucket for each in examples for part in each.buckets for bucket in part])
    sizes = [len(part) for each in examples for part in each.buckets]
    offsets = torch.tensor(np.concatenate([[0], np.cumsum(sizes)[:-1]]))
    lengths = [len(each.parts) for each in examples]
    rows = torch.cat([torch.full((n,), k) for k, n in enumerate(lengths)])
    columns = torch.cat([torch.arange(n) for n in lengths])
    labels = torch.zeros(len(examples), max(lengths), dtype=torch.long)
    labels[rows, columns] = torch.tensor([label for each in examples for label in each.labels])
    filled = torch.zeros(len(examples), max(lengths))
    filled[rows, columns] = 1
    ends = torch.tensor(lengths) - 1
    optimizer = torch.optim.LBFGS(model.parameters(), max_iter=_STEPS, history_size=8, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.zeros(len(examples), max(lengths), len(_LABELS)).index_put(
            (rows, columns), model.slopes(flat, offsets)
        )
        marked = scores.gather(2, labels[:, :, None])[:, :, 0] * filled
        path = model.first[labels[:, 0]] + marked.sum(1) + model.last[labels[torch.arange(len(examples)), ends]]
        path = path + (model.follows[labels[:, :-1], labels[:, 1:]] * filled[:, 1:]).sum(1)
        alpha = model.first + scores[:, 0]
        for k in range(1, max(lengths)):
            reached = torch.logsumexp(alpha[:, :, None] + model.follows[None], 1) + scores[:, k]
            alpha = torch.where(filled[:, k][:, None] > 0, reached, alpha)
        loss = (torch.logsumexp(alpha + model.last, 1) - path).sum()
        loss = loss + _PENALTY / 2 * sum((each**2).sum() for each in model.parameters())
        loss.backward()  # type: ignore[no-untyped-call] # torch gives it no types
        return loss

    optimizer.step(step)  # type: ignore[no-untyped-call] # torch gives it no types
    return model


def _arrays(model: _Chain) -> dict[str, np.ndarray]:
    slopes = model.slopes.weight.detach().numpy().copy()
    slopes[np.abs(slopes) < _LEAST] = 0
    rest = {name: getattr(model, name).detach().numpy() for name in ("follows", "first", "last")}
    return {name: array.astype(np.float16) for name, array in {"slopes": slopes, **rest}.items()}


def _tag(model: _Chain, example: Example) -> list[str]:
    stored = {name: array.astype(np.float32) for name, array in _arrays(model).items()}
    return find_path(Weights(_LABELS, **stored), [part.rule for part in example.parts], example.buckets)


def _write(model: _Chain) -> None:
    _WEIGHTS.parent.mkdir(exist_ok=True)
    arrays = _arrays(model)
    np.savez_compressed(
        _WEIGHTS,
        roles=np.array(_LABELS),
        slopes=arrays["slopes"],
        follows=arrays["follows"],
        first=arrays["first"],
        last=arrays["last"],
    )
    sys.stdout.write(f"{_WEIGHTS.name}: {_WEIGHTS.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
