"""Measure a stage against gold data.

In: a gold file, or a folder of gold data for `search` and `ask`. Out: `Figures`, every rate with its n and 95 %
interval. Results are made first and scored then, so that either can be looked at alone; the configuration used goes
with both.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from triage import __version__, pipeline
from triage.config import Config
from triage.errors import InputError
from triage.evaluate.ask import ask_gold, find_asked, read_requests, score_ask
from triage.evaluate.cite import cite_gold, score_cite
from triage.evaluate.figures import Figure, Figures, Loss, Scores, figures_object, figures_table
from triage.evaluate.gold import CiteGold, ReadGold, RequestGold, SearchQuery, SearchText, SplitGold, read_gold
from triage.evaluate.read import read_replies, score_read
from triage.evaluate.search import score_search, search_gold, write_corpus
from triage.evaluate.split import score_split, split_gold

if TYPE_CHECKING:
    from triage.encode import Encoder

__all__ = ["STAGES", "Figure", "Figures", "Loss", "Scores", "evaluate", "figures_object", "figures_table"]

_QUESTIONS_FILE: Final = "questions.jsonl.gz"
_REFERRALS_FILE: Final = "referrals.jsonl"
_REQUESTS_FILE: Final = "requests_gold.jsonl"

Measured = tuple[list[Any], Scores, dict[str, float]]
"""Results as they were made, what scoring them gave, and seconds."""


def evaluate(
    what: str, gold: Path, *, config: Config, keep: Path | None = None, encoder: Encoder | None = None
) -> Figures:
    """Measure a stage against gold data.

    Args:
        what: The stage: split, cite, read, search or ask.
        gold: A gold file; for `search` a folder with `questions.jsonl.gz` and `referrals.jsonl`, for `ask` one with
            `corpus/`, `requests/` and `requests_gold.jsonl`.
        config: Settings.
        keep: Folder for `results.jsonl`, one result a gold item, with `config.json` and `figures.json` beside it, and
            for the index that `search` and `ask` build; without one nothing is kept.
        encoder: Embeds the questions; the one of the configuration by default.

    Raises:
        InputError: The gold data are missing, or a line of them cannot be used.
        TriageError: The stage itself cannot work, as without the embedding model.
        ValueError: There is no such stage.
    """
    measure = STAGES.get(what)
    if measure is None:
        raise ValueError(f"{what!r} is not one of {', '.join(STAGES)}")
    _check_form(what, gold)
    with tempfile.TemporaryDirectory() as scratch:
        results, scores, seconds = measure(gold, config, keep or Path(scratch), encoder)
    figures = Figures(
        what=what,
        gold=gold.name,
        gold_digest=_digest(gold),
        version=__version__,
        config=config,
        scores=scores,
        seconds={stage: round(spent, 2) for stage, spent in seconds.items()},
    )
    if keep is not None:
        _write(keep, results, figures)
    return figures


def _check_form(what: str, gold: Path) -> None:
    if not gold.exists():
        raise InputError(f"{gold} does not exist; name the gold data with --gold")
    if gold.is_dir() != (what in _OF_FOLDERS):
        wanted = "folder" if what in _OF_FOLDERS else "file"
        raise InputError(f"{gold}: `evaluate {what}` takes a {wanted} of gold data; name one with --gold")


def _digest(gold: Path) -> str:
    """Return a SHA-256 over the gold data: of the file, or of the names and contents in the folder with its corpus."""
    digest = hashlib.sha256()
    files = sorted(path for path in gold.rglob("*") if path.is_file()) if gold.is_dir() else [gold]
    for path in files:
        name = path.relative_to(gold).as_posix() if gold.is_dir() else ""
        content = hashlib.sha256(path.read_bytes())
        digest.update(f"{name}\0{content.hexdigest()}\n".encode("utf-8", errors="surrogateescape"))
    if (gold / "corpus").is_dir():
        # It may be a link, which the walk above does not follow.
        digest.update(pipeline.corpus_digest(gold / "corpus").encode())
    return digest.hexdigest()


def _write(keep: Path, results: Iterable[object], figures: Figures) -> None:
    used = {"config": figures.config, "config_digest": figures.config.digest(), "version": figures.version}
    try:
        keep.mkdir(parents=True, exist_ok=True)
        with (keep / "results.jsonl").open("wb") as file:
            for result in results:
                file.write(msgspec.json.encode(result) + b"\n")
        (keep / "config.json").write_bytes(msgspec.json.format(msgspec.json.encode(used)) + b"\n")
        everything = figures_object(figures, worst=len(figures.scores.worst))
        (keep / "figures.json").write_bytes(msgspec.json.format(msgspec.json.encode(everything)) + b"\n")
    except OSError as error:
        raise InputError(f"cannot write into {keep}: {error.strerror}; name another folder with --keep") from error


def _measure_split(gold: Path, config: Config, work: Path, encoder: Encoder | None) -> Measured:
    del work, encoder
    marked = read_gold(gold, SplitGold)
    started = time.perf_counter()
    results = split_gold(marked, config=config)
    return results, score_split(marked, results), {"split": time.perf_counter() - started}


def _measure_cite(gold: Path, config: Config, work: Path, encoder: Encoder | None) -> Measured:
    del config, work, encoder
    marked = read_gold(gold, CiteGold)
    started = time.perf_counter()
    results = cite_gold(marked)
    return results, score_cite(marked, results), {"cite": time.perf_counter() - started}


def _measure_read(gold: Path, config: Config, work: Path, encoder: Encoder | None) -> Measured:
    del work, encoder
    marked = read_gold(gold, ReadGold)
    started = time.perf_counter()
    results = read_replies(marked, gold.parent, config=config)
    return results, score_read(marked, results), {"read": time.perf_counter() - started}


def _measure_search(gold: Path, config: Config, work: Path, encoder: Encoder | None) -> Measured:
    texts = read_gold(gold / _QUESTIONS_FILE, SearchText)
    queries = read_gold(gold / _REFERRALS_FILE, SearchQuery)
    write_corpus(texts, queries, work / "corpus")
    started = time.perf_counter()
    pipeline.reindex(work / "corpus", work / "index", config=config, encoder=encoder)
    built = time.perf_counter()
    results = search_gold(texts, queries, work / "index", config=config, encoder=encoder)
    seconds = {"build": built - started, "search": time.perf_counter() - built}
    return results, score_search(texts, queries, results), seconds


def _measure_ask(gold: Path, config: Config, work: Path, encoder: Encoder | None) -> Measured:
    marked = read_gold(gold / _REQUESTS_FILE, RequestGold)
    texts = read_requests(marked, gold / "requests")
    for each in marked:
        find_asked(each, texts[each.file])
    started = time.perf_counter()
    pipeline.reindex(gold / "corpus", work / "index", config=config, encoder=encoder)
    built = time.perf_counter()
    results = ask_gold(marked, texts, work / "index", config=config, encoder=encoder)
    seconds = {"build": built - started, "ask": time.perf_counter() - built}
    return list(results), score_ask(marked, texts, results), seconds


STAGES: Final[dict[str, Callable[[Path, Config, Path, Encoder | None], Measured]]] = {
    "split": _measure_split,
    "cite": _measure_cite,
    "read": _measure_read,
    "search": _measure_search,
    "ask": _measure_ask,
}
"""How each stage is measured."""

_OF_FOLDERS: Final = frozenset({"search", "ask"})
