"""Verbs that take one text apart: `split` and `cite`.

In: a file, standard input, or a batch of lines. Out: questions or citations, as text or JSON.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from triage import pipeline, render
from triage.cli.options import config_option, corpus_option, json_option, jsonl_option, received_option, text_argument
from triage.cli.streams import batch, day_of, need, print_json, read_input, request_of
from triage.config import SPLITS_FILE, load_config
from triage.errors import FormatError
from triage.schema import Regime, Request

__all__ = ["cite", "split"]


@click.command()
@text_argument
@received_option
@json_option
@jsonl_option
@click.option("--roles", is_flag=True, help="Show what each stretch of the text does in it.")
@click.option(
    "--questions",
    "edited",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What `split --json` printed, edited: take these questions, and keep the edit in the corpus.",
)
@corpus_option
@config_option
def split(
    text: str | None,
    received: dt.datetime | None,
    as_json: bool,
    as_jsonl: bool,
    roles: bool,
    edited: Path | None,
    corpus: Path,
    config_file: Path | None,
) -> None:
    """Take a request apart into its questions.

    Example: triage split request.txt --json
    """
    config = load_config(config_file)
    if as_jsonl:
        if edited is not None:
            raise click.UsageError("--questions edits one request; give its file instead of --jsonl")
        batch(lambda row: render.split_object(pipeline.split(request_of(row, config)), roles=roles))
        return
    name = need(text)
    request = Request(name, read_input(name, config), received.date() if received else None)
    parts = pipeline.split(request)
    if edited is not None:
        edits = pipeline.read_edits(edited.read_bytes(), request, name=str(edited))
        if pipeline.record_edits(corpus, request, edits, parts, at=dt.datetime.now(dt.UTC)):
            click.echo(f"triage: the edit is kept in {corpus / SPLITS_FILE}", err=True)
        parts = pipeline.split(request, edits)
    if as_json:
        print_json(render.split_object(parts, roles=roles))
    elif roles:
        click.echo(render.roles_text(parts, request.text))
    else:
        click.echo(render.split_text(parts, request.text))


def _regime(row: dict[str, Any]) -> Regime:
    value = row.get("regime") or "FOIA"
    try:
        return Regime(str(value).upper())
    except ValueError as error:
        raise FormatError(f"regime is {value!r}; use one of {', '.join(Regime)}") from error


def _half(row: dict[str, Any]) -> str:
    value = str(row.get("half") or "response")
    if value not in ("request", "response"):
        raise FormatError(f"half is {value!r}; use request or response")
    return value


@click.command()
@text_argument
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the text: s.40 was renumbered in 2018.")
@click.option(
    "--regime", type=click.Choice(list(Regime)), default="FOIA", show_default=True, help="Law of the authority."
)
@click.option("--half", type=click.Choice(["request", "response"]), default="response", show_default=True)
@json_option
@jsonl_option
@config_option
def cite(
    text: str | None,
    day: dt.datetime | None,
    regime: str,
    half: str,
    as_json: bool,
    as_jsonl: bool,
    config_file: Path | None,
) -> None:
    """List the provisions that a text cites, down to the limb.

    Example: echo "Section 31(1)(a)(b) applies" | triage cite - --json
    """
    config = load_config(config_file)
    if as_jsonl:

        def work(row: dict[str, Any]) -> dict[str, Any]:
            words = pipeline.check_request(row["text"], config=config, name="the text")
            found = pipeline.cite(words, date=day_of(row, "date"), regime=_regime(row), half=_half(row))
            return render.cite_object(row.get("id", ""), found)

        batch(work)
        return
    name = need(text)
    words = read_input(name, config)
    found = pipeline.cite(words, date=day.date() if day else None, regime=Regime(regime), half=half)
    if as_json:
        print_json(render.cite_object(name, found))
    else:
        click.echo(render.cite_text(found))
