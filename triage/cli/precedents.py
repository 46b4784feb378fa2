"""Verbs that look into the index: `search` and `ask`.

In: a question or a request, or a batch of them. Out: precedents or suggestions, as text or JSON.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from triage import pipeline, render
from triage.cli.options import (
    config_option,
    index_option,
    json_option,
    jsonl_option,
    received_option,
    text_argument,
)
from triage.cli.streams import batch, day_of, need, print_json, read_input, request_of
from triage.config import load_config
from triage.errors import FormatError
from triage.schema import Request

__all__ = ["ask", "search"]


@click.command()
@text_argument
@index_option
@click.option("--top-k", type=click.IntRange(min=1), help="How many to return.")
@click.option("--before", type=click.DateTime(["%Y-%m-%d"]), help="Only precedents responded on or before that day.")
@json_option
@jsonl_option
@config_option
def search(
    text: str | None,
    index: Path,
    top_k: int | None,
    before: dt.datetime | None,
    as_json: bool,
    as_jsonl: bool,
    config_file: Path | None,
) -> None:
    """Find the precedents nearest to a question.

    Example: echo "How many drones do you own?" | triage search - --top-k 5
    """
    config = load_config(config_file)
    opened = pipeline.open_index(index, config=config)
    if as_jsonl:

        def work(row: dict[str, Any]) -> dict[str, Any]:
            exclude = row.get("exclude") or []
            if not isinstance(exclude, list):
                raise FormatError("exclude is not a list; give a list of precedent ids")
            words = pipeline.check_request(row["text"], config=config, name="the text")
            found = pipeline.search(
                opened, words, top_k=top_k, before=day_of(row, "before"), exclude=[str(each) for each in exclude]
            )
            return render.hit_object(row.get("id", ""), found)

        batch(work)
        return
    name = need(text)
    words = read_input(name, config)
    found = pipeline.search(opened, words, top_k=top_k, before=before.date() if before else None)
    if as_json:
        print_json(render.hit_object(name, found))
    else:
        click.echo(render.hits_text(found))


@click.command()
@text_argument
@index_option
@received_option
@json_option
@jsonl_option
@config_option
def ask(
    text: str | None,
    index: Path,
    received: dt.datetime | None,
    as_json: bool,
    as_jsonl: bool,
    config_file: Path | None,
) -> None:
    """Say for each question of a request what past answers mean for it, with the evidence.

    Example: triage ask request.txt --index index
    """
    config = load_config(config_file)
    if as_jsonl:
        opened = pipeline.open_index(index, config=config)
        batch(lambda row: render.ask_object(*pipeline.ask(opened, request_of(row, config))))
        return
    name = need(text)
    request = Request(name, read_input(name, config), received.date() if received else None)
    opened = pipeline.open_index(index, config=config)
    parts, suggestions = pipeline.ask(opened, request)
    if as_json:
        print_json(render.ask_object(parts, suggestions))
    else:
        click.echo(render.ask_text(suggestions))
