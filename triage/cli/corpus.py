"""Verbs that work on past replies and the index of them: `read` and `reindex`.

In: files and folders. Out: what was read, and what a build did, as text or JSON.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from triage import pipeline, render
from triage.cli.options import config_option, corpus_option, index_option, json_option, jsonl_option
from triage.cli.streams import batch, fail, print_json
from triage.config import Config, load_config
from triage.errors import FormatError
from triage.ingest import Note, Unread
from triage.schema import Disclosure

__all__ = ["Bars", "read", "reindex"]


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--report", "as_report", is_flag=True, help="Sum up, and list what a person should look at.")
@json_option
@jsonl_option
@config_option
def read(paths: tuple[Path, ...], as_report: bool, as_json: bool, as_jsonl: bool, config_file: Path | None) -> None:
    """Read past replies: which questions they answer, what was decided for each, under which provisions.

    Example: triage read corpus/ --json
    """
    config = load_config(config_file)
    if as_jsonl and as_report:
        raise click.UsageError("--report takes files and folders, not --jsonl")
    if as_jsonl:

        def work(row: dict[str, Any]) -> dict[str, Any]:
            key = row.get("id", "")
            request = row.get("request")
            if request is not None and not isinstance(request, str):
                raise FormatError(f"request is {type(request).__name__}; give the request's text")
            found = pipeline.read_text(row["text"], name=str(key) or "the text", config=config, request=request)
            return render.disclosure_object(found, key=key)

        batch(work)
        return
    if not paths:
        raise click.UsageError("name a file or a folder of past replies")
    if as_report:
        _report(paths, config, as_json=as_json)
        return
    failed = done = 0
    for found in _tell_unread(pipeline.read_paths(paths, config=config)):
        if isinstance(found, Unread):
            failed += 1
        elif isinstance(found, Disclosure):
            done += 1
            if as_json:
                print_json(render.disclosure_object(found))
            else:
                click.echo(render.disclosure_text(found) + "\n")
    if not done and not failed:
        fail(f"{', '.join(map(str, paths))}: no file to read; put past replies there", 1)
    if failed:
        sys.exit(1)


def _report(paths: tuple[Path, ...], config: Config, *, as_json: bool) -> None:
    report = pipeline.report_reading(_tell_unread(pipeline.read_paths(paths, config=config)))
    if not report.letters and not report.unread:
        fail(f"{', '.join(map(str, paths))}: no file to read; put past replies there", 1)
    if as_json:
        print_json(render.report_object(report))
    else:
        click.echo(render.report_text(report))
    if report.unread:
        sys.exit(1)


def _tell_unread(found: Iterable[Disclosure | Unread | Note]) -> Iterator[Disclosure | Unread]:
    """Say on standard error what was not read and what was decided about a file, as it comes; notes end here."""
    for each in found:
        if isinstance(each, Note):
            click.echo(f"triage: note: {each.text}", err=True)
            continue
        if isinstance(each, Unread):
            click.echo(f"triage: unread: {each.reason}", err=True)
        yield each


class Bars:
    """One progress bar a stage, drawn on a terminal only."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[Any]] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Draw how far a stage is."""
        if not sys.stderr.isatty():
            return
        bar = self._bars.get(stage)
        if bar is None:
            bar = self._bars[stage] = tqdm(total=total, desc=stage, unit="", file=sys.stderr)
        bar.update(done - bar.n)
        if done >= total:
            bar.close()


@click.command()
@corpus_option
@index_option
@json_option
@config_option
def reindex(corpus: Path, index: Path, as_json: bool, config_file: Path | None) -> None:
    """Build the index from the corpus: reads what changed, embeds what is new, then swaps.

    Example: triage reindex --corpus corpus --index index
    """
    report = pipeline.reindex(corpus, index, config=load_config(config_file), on_progress=Bars())
    for each in report.failed:
        click.echo(f"triage: unread: {each.reason}", err=True)
    for note in report.notes:
        click.echo(f"triage: note: {note}", err=True)
    counts = {name: getattr(report, name) for name in ("read", "unchanged", "new", "changed", "removed")}
    if as_json:
        failed = [{"file": each.file, "reason": each.reason} for each in report.failed]
        rest = {"disclosures": report.disclosures, "precedents": report.precedents, "notes": list(report.notes)}
        print_json(counts | {"failed": failed} | rest)
        return
    words = ", ".join(f"{number} {name}" for name, number in counts.items())
    click.echo(f"{words}, {len(report.failed)} failed")
    click.echo(f"{report.disclosures} disclosures, {report.precedents} precedents in {index}")
