"""Print what each stage costs on this machine: medians over rounds, and ratios between figures of this one run.

In: the corpus and the requests of `evaluation/scenarios`. Out: a table. Nothing is asserted: a machine that is busy
with other work gives other figures, so only the ratios compare between machines.
"""

from __future__ import annotations

import platform
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import click
import numpy as np

from bench.folder import peak_bytes, time_folder
from bench.letters import vary_letters
from triage import pipeline
from triage.config import Config
from triage.encode import load_encoder
from triage.index import VectorIndex
from triage.schema import Request

_ROOT: Final = Path(__file__).resolve().parent.parent
_LETTERS: Final = 1000
_LETTER_CHARACTERS: Final = 3000
_FEWER: Final = 300
_ROUNDS: Final = 5
_LARGE: Final = 100_000
"""Answered questions that an authority gathers in decades."""

T = TypeVar("T")


def _seconds(work: Callable[[T], object], items: Iterable[T]) -> float:
    start = time.perf_counter()
    for item in items:
        work(item)
    return time.perf_counter() - start


def _per_item(work: Callable[[T], object], items: Sequence[T]) -> float:
    """Return seconds per item: the median over rounds, each over a share of the items; the first item warms up."""
    work(items[0])
    rounds = [items[start::_ROUNDS] for start in range(_ROUNDS)]
    return statistics.median(_seconds(work, each) / len(each) for each in rounds)


def _megabytes(peak: int | None = None) -> str:
    """Word an amount of memory, by default the most that this process has held so far."""
    return f"{(peak_bytes() if peak is None else peak) / 1e6:,.0f} MB"


def _row(what: str, figure: str, ratio: str = "") -> None:
    click.echo(f"{what:<46}{figure:>22}  {ratio}".rstrip())


def _rate(what: str, seconds: float, unit: str, ratio: str = "") -> None:
    _row(what, f"{1 / seconds:,.1f} {unit}/s", ratio)


def _bench_texts(letters: Sequence[str], requests: Sequence[str], config: Config) -> None:
    # The yardstick makes figures of two machines comparable: it does what any reader has to do at least.
    word = re.compile(r"\w+")
    yardstick = _per_item(word.findall, letters)
    _rate("yardstick: list the words of a letter", yardstick, "letters")
    reading = _per_item(lambda text: pipeline.read_text(text, name="letter", config=config), letters)
    _rate("read a letter", reading, "letters", f"{reading / yardstick:,.0f} x yardstick")
    citing = _per_item(pipeline.cite, letters)
    _rate("list the provisions of a letter", citing, "letters", f"{citing / reading:.0%} of reading it")
    splitting = _per_item(lambda text: pipeline.split(Request("", text)), list(requests) * _ROUNDS)
    _rate("split a request", splitting, "requests", f"{splitting / reading:.0%} of reading a letter")
    _row("peak memory until here", _megabytes())


def _bench_folder(letters: Sequence[str]) -> None:
    alone = time_folder(letters, workers=1)
    _row(f"read a folder of {alone.letters:,}, 1 process", f"{alone.seconds:.1f} s")
    _row("its peak memory", _megabytes(alone.peak_bytes))
    shared = time_folder(letters, workers=0)
    ratio = f"{alone.seconds / shared.seconds:.2f} x as fast as 1"
    _row(f"read a folder of {shared.letters:,}, {shared.processes} processes", f"{shared.seconds:.1f} s", ratio)
    fewer = time_folder(letters[:_FEWER], workers=0)
    ratio = f"{shared.peak_bytes / fewer.peak_bytes:.2f} x that of {fewer.letters:,}"
    _row("peak memory of all of them together", _megabytes(shared.peak_bytes), ratio)


def _bench_index(corpus: Path, requests: Sequence[str], config: Config) -> None:
    queries = [q.standalone for text in requests for q in pipeline.split(Request("", text)).questions]
    loading = _seconds(lambda settings: load_encoder(settings).encode(queries[:1]), [config.encoder])
    _row("load the model, once", f"{loading:.1f} s")
    encoder = load_encoder(config.encoder)
    one = _per_item(lambda query: encoder.encode([query]), queries)
    many = statistics.median(_seconds(encoder.encode, [queries]) for _ in range(3)) / len(queries)
    _row("embed one question", f"{one * 1e3:.1f} ms")
    _rate("embed questions together", many, "texts", f"{one / many:.1f} x as fast as one by one")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "index")
        fresh = _seconds(lambda each: pipeline.reindex(each, index, config=config), [corpus])
        again = [_seconds(lambda each: pipeline.reindex(each, index, config=config), [corpus]) for _ in range(_ROUNDS)]
        unchanged = statistics.median(again)
        _row("reindex the corpus, fresh", f"{fresh:.1f} s")
        _row("reindex the corpus, nothing changed", f"{unchanged:.2f} s", f"{unchanged / fresh:.1%} of fresh")
        opened = pipeline.open_index(index, config=config)
        embedded = list(zip(queries, encoder.encode(queries), strict=True))
        searching = _per_item(lambda each: pipeline.search(opened, each[0], vector=each[1]), embedded)
        _row("search for an embedded question", f"{searching * 1e3:.1f} ms", f"{searching / one:.1%} of embedding it")
        asking = _per_item(lambda text: pipeline.ask(opened, Request("", text)), requests)
        _row("ask about a whole request", f"{asking * 1e3:.0f} ms", f"{asking / (one + searching):.1f} x one question")
    _row("peak memory until here", _megabytes())


def _bench_large() -> None:
    chance = np.random.default_rng(0)
    vectors = chance.standard_normal((_LARGE, 384), dtype=np.float32)
    index = VectorIndex.build(vectors)
    everywhere = np.ones(_LARGE, dtype=bool)
    seconds = _per_item(lambda vector: index.search(vector, top_k=200, allowed=everywhere), list(vectors[:100]))
    _row(f"exact search in {_LARGE:,} vectors", f"{seconds * 1e3:.1f} ms")
    _row("peak memory with them", _megabytes())


def main() -> None:
    """Measure each stage once and print the table; folders are read once each, in processes of their own."""
    config = Config()
    corpus = _ROOT / "corpus"
    sources = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.txt"))]
    letters = vary_letters(sources, _LETTERS, size=_LETTER_CHARACTERS)
    folder = _ROOT / "evaluation" / "scenarios" / "requests"
    requests = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    mean = statistics.mean(map(len, letters))
    click.echo(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    click.echo(
        f"{len(letters):,} letters of {mean:,.0f} characters, {len(requests)} requests; median of {_ROUNDS} rounds\n"
    )
    _bench_folder(letters)
    _bench_texts(letters, requests, config)
    _bench_index(corpus, requests, config)
    _bench_large()


if __name__ == "__main__":
    main()
