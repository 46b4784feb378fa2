"""Verbs that keep the house: `serve`, `evaluate` and `version`.

In: where to listen, gold data. Out: the desk in a browser, figures, the version.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from triage import __version__, pipeline, render
from triage.cli.corpus import Bars
from triage.cli.options import config_option, corpus_option, index_option, json_option
from triage.cli.streams import fail, print_json
from triage.config import load_config

__all__ = ["evaluate", "serve", "version"]


@click.command()
@click.argument("what", type=click.Choice(["split", "cite", "read", "search", "ask"]))
@click.option("--gold", type=click.Path(path_type=Path), required=True, help="Gold file, or folder for search and ask.")
@click.option("--worst", type=click.IntRange(min=0), default=0, help="List as many items, those that lost most first.")
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Folder for the results, the settings used and the index."
)
@json_option
@config_option
def evaluate(what: str, gold: Path, worst: int, keep: Path | None, as_json: bool, config_file: Path | None) -> None:
    """Measure a stage against gold labels; every rate with its n and 95 % interval.

    Example: triage evaluate ask --gold evaluation/scenarios
    """
    from triage import evaluate as evaluation

    figures = evaluation.evaluate(what, gold, config=load_config(config_file), keep=keep)
    if as_json:
        print_json(evaluation.figures_object(figures, worst=worst))
    else:
        click.echo(evaluation.figures_table(figures, worst=worst))


@click.command()
@json_option
def version(as_json: bool) -> None:
    """Print the version, and the number of the JSON contract.

    Example: triage version --json
    """
    if as_json:
        print_json({"version": __version__, "contract": render.CONTRACT})
    else:
        click.echo(f"triage {__version__}, contract {render.CONTRACT}")


def _desk() -> Path:
    """Find `app.py`: in the working folder, beside the package, or installed with it."""
    for folder in (Path.cwd(), Path(__file__).resolve().parents[2]):
        if (folder / "app.py").is_file():
            return folder / "app.py"
    raise click.UsageError("app.py is not here; run `triage serve` in the clone of the project")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen; loopback only by default.")
@corpus_option
@index_option
@config_option
def serve(port: int, address: str, corpus: Path, index: Path, config_file: Path | None) -> None:
    """Open the desk in a browser; builds the index first where it is missing or stale.

    Example: triage serve --port 8501
    """
    config = load_config(config_file)
    desk = _desk()
    if corpus.is_dir() and pipeline.is_stale(corpus, index, config=config):
        click.echo(f"Building {index} from {corpus} ...", err=True)
        report = pipeline.reindex(corpus, index, config=config, on_progress=Bars())
        for each in report.failed:
            click.echo(f"triage: unread: {each.reason}", err=True)
        click.echo(f"{report.disclosures} disclosures, {report.precedents} precedents", err=True)
    else:
        pipeline.open_index(index, config=config)
    environment = os.environ | {
        "TRIAGE_CORPUS": str(corpus.resolve()),
        "TRIAGE_INDEX": str(index.resolve()),
        "TRIAGE_CONFIG": str(config_file.resolve()) if config_file else "",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }
    command: Iterable[str] = [
        *(sys.executable, "-m", "streamlit", "run", str(desk)),
        *("--server.port", str(port), "--server.address", address),
        *("--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"),
    ]
    click.echo(f"The desk is on http://{'localhost' if address == '127.0.0.1' else address}:{port}", err=True)
    try:
        done = subprocess.run(list(command), env=environment, check=False)  # noqa: S603 -- our own command
    except KeyboardInterrupt:
        return
    if done.returncode not in (0, -2, 130):
        fail(f"the desk stopped with status {done.returncode}; is port {port} free? choose another with --port", 1)
