"""The command line: a thin second face of the package.

In: arguments, files, standard input. Out: text or JSON on standard output, errors in one line on standard error; exit
status 0 done, 1 failed, 2 wrong usage.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import click
from tqdm import tqdm

from triage import __version__, pipeline, render
from triage.config import Config, load_config
from triage.errors import FormatError, InputError, TooLargeError, TriageError
from triage.ingest import Note, Unread, decode_text
from triage.schema import Disclosure, Regime, Request

__all__ = ["cli", "main"]

_CORPUS: Final = Path("corpus")
_INDEX: Final = Path("index")


def main() -> None:
    """Run the command line; every error raised on purpose becomes one line and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character must not cost the officer the answer.
            stream.reconfigure(errors="backslashreplace")
    try:
        cli.main(standalone_mode=False, prog_name="triage")
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.UsageError as error:
        where = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        _fail(f"{error.format_message()}{where}", 2)
    except click.Abort:
        _fail("stopped", 1)
    except TriageError as error:
        _fail(str(error), 1)
    except BrokenPipeError:
        # The reader of our output went away: nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _fail(message: str, status: int) -> None:
    click.echo(f"triage: {' '.join(message.split())}", err=True)
    sys.exit(status)


def _print_json(value: object) -> None:
    # JSON is UTF-8 whatever the terminal's encoding is (RFC 8259, section 8.1).
    click.echo(json.dumps(value, ensure_ascii=False).encode())


def _read_input(name: str, config: Config) -> str:
    """Read one text from a file or, for `-`, from standard input."""
    limit = config.limits.request_bytes
    if name == "-":
        data = sys.stdin.buffer.read(limit + 1)
        shown = "standard input"
    else:
        path = Path(name)
        shown = name
        if not path.exists():
            raise click.BadParameter(f"{name} does not exist; name a file, or `-` for standard input")
        if path.is_dir():
            raise click.BadParameter(f"{name} is a folder; name one file")
        try:
            with path.open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise InputError(f"{name} cannot be read: {error.strerror}; check that you may read it") from error
    if len(data) > limit:
        raise TooLargeError(
            f"{shown} is over the limit of {limit:,} bytes; give only the request itself, or raise limits.request_bytes"
        )
    return pipeline.check_request(decode_text(data, name=shown), config=config, name=shown)


def _rows() -> Iterator[dict[str, Any] | FormatError]:
    """Read JSON objects from standard input, one a line; U+2028 and its like are not line ends."""
    stream = sys.stdin.buffer
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield FormatError(f"line {number} is not JSON: {error}; give one object a line")
            continue
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            yield row
        else:
            failure = FormatError(f'line {number} has no "text"; give an object like {{"id": "1", "text": "…"}}')
            failure.add_note(json.dumps(row.get("id") if isinstance(row, dict) else None))
            yield failure


def _batch(work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer each input line on a line of its own, under the same id; a bad one says so and the batch goes on."""
    failed = False
    for row in _rows():
        try:
            if isinstance(row, FormatError):
                raise row
            _print_json(work(row) | {"id": row.get("id", "")})
        except TriageError as error:
            failed = True
            notes = getattr(error, "__notes__", [])
            key = row.get("id") if isinstance(row, dict) else json.loads(notes[0]) if notes else None
            _print_json({"id": key, "error": str(error)})
    if failed:
        sys.exit(1)


def _day(row: dict[str, Any], name: str) -> dt.date | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise FormatError(f"{name} is {value!r}; write a day like 2024-05-02") from error


def _request(row: dict[str, Any], config: Config) -> Request:
    key = str(row.get("id", ""))
    text = pipeline.check_request(row["text"], config=config, name=f"the text of {key or 'this line'}")
    return Request(key, text, _day(row, "received"))


_Config = click.option("--config", "config_file", type=click.Path(path_type=Path), help="TOML file of settings.")
_Json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
_Jsonl = click.option("--jsonl", "as_jsonl", is_flag=True, help="Read one JSON object a line from standard input.")
_Index = click.option(
    "--index", type=click.Path(path_type=Path), default=_INDEX, show_default=True, help="Index folder."
)
_Corpus = click.option(
    "--corpus", type=click.Path(path_type=Path), default=_CORPUS, show_default=True, help="Folder of past disclosures."
)
_Text = click.argument("text", metavar="FILE|-", required=False)
_Received = click.option(
    "--received", type=click.DateTime(["%Y-%m-%d"]), help="Day the request was received; today by default for `ask`."
)


def _need(text: str | None) -> str:
    if text is None:
        raise click.UsageError("name a file, or `-` for standard input")
    return text


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="triage")
def cli() -> None:
    """FOI request triage and precedent search. It suggests, with its evidence; a person decides.

    Example: triage ask request.txt
    """


@cli.command()
@_Text
@_Received
@_Json
@_Jsonl
@_Config
def split(
    text: str | None, received: dt.datetime | None, as_json: bool, as_jsonl: bool, config_file: Path | None
) -> None:
    """Take a request apart into its questions.

    Example: triage split request.txt --json
    """
    config = load_config(config_file)
    if as_jsonl:
        _batch(lambda row: render.split_object(pipeline.split(_request(row, config))))
        return
    name = _need(text)
    request = Request(name, _read_input(name, config), received.date() if received else None)
    parts = pipeline.split(request)
    if as_json:
        _print_json(render.split_object(parts))
    else:
        click.echo(render.split_text(parts))


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


@cli.command()
@_Text
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the text: s.40 was renumbered in 2018.")
@click.option(
    "--regime", type=click.Choice(list(Regime)), default="FOIA", show_default=True, help="Law of the authority."
)
@click.option("--half", type=click.Choice(["request", "response"]), default="response", show_default=True)
@_Json
@_Jsonl
@_Config
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
            found = pipeline.cite(words, date=_day(row, "date"), regime=_regime(row), half=_half(row))
            return render.cite_object(row.get("id", ""), found)

        _batch(work)
        return
    name = _need(text)
    words = _read_input(name, config)
    found = pipeline.cite(words, date=day.date() if day else None, regime=Regime(regime), half=half)
    if as_json:
        _print_json(render.cite_object(name, found))
    else:
        click.echo(render.cite_text(found))


@cli.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@_Json
@_Jsonl
@_Config
def read(paths: tuple[Path, ...], as_json: bool, as_jsonl: bool, config_file: Path | None) -> None:
    """Read past replies: which questions they answer, what was decided for each, under which provisions.

    Example: triage read corpus/ --json
    """
    config = load_config(config_file)
    if as_jsonl:

        def work(row: dict[str, Any]) -> dict[str, Any]:
            key = row.get("id", "")
            request = row.get("request")
            if request is not None and not isinstance(request, str):
                raise FormatError(f"request is {type(request).__name__}; give the request's text")
            found = pipeline.read_text(row["text"], name=str(key) or "the text", config=config, request=request)
            return render.disclosure_object(found, key=key)

        _batch(work)
        return
    if not paths:
        raise click.UsageError("name a file or a folder of past replies")
    failed = done = 0
    for found in pipeline.read_paths(paths, config=config):
        if isinstance(found, Unread):
            failed += 1
            click.echo(f"triage: unread: {found.reason}", err=True)
        elif isinstance(found, Note):
            click.echo(f"triage: note: {found.text}", err=True)
        elif isinstance(found, Disclosure):
            done += 1
            if as_json:
                _print_json(render.disclosure_object(found))
            else:
                click.echo(render.disclosure_text(found) + "\n")
    if not done and not failed:
        _fail(f"{', '.join(map(str, paths))}: no file to read; put past replies there", 1)
    if failed:
        sys.exit(1)


class _Bars:
    """One progress bar a stage, drawn on a terminal only."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[Any]] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        bar = self._bars.get(stage)
        if bar is None:
            bar = self._bars[stage] = tqdm(total=total, desc=stage, unit="", file=sys.stderr)
        bar.update(done - bar.n)
        if done >= total:
            bar.close()


@cli.command()
@_Corpus
@_Index
@_Json
@_Config
def reindex(corpus: Path, index: Path, as_json: bool, config_file: Path | None) -> None:
    """Build the index from the corpus: reads what changed, embeds what is new, then swaps.

    Example: triage reindex --corpus corpus --index index
    """
    report = pipeline.reindex(corpus, index, config=load_config(config_file), on_progress=_Bars())
    for each in report.failed:
        click.echo(f"triage: unread: {each.reason}", err=True)
    for note in report.notes:
        click.echo(f"triage: note: {note}", err=True)
    counts = {name: getattr(report, name) for name in ("read", "unchanged", "new", "changed", "removed")}
    if as_json:
        failed = [{"file": each.file, "reason": each.reason} for each in report.failed]
        rest = {"disclosures": report.disclosures, "precedents": report.precedents, "notes": list(report.notes)}
        _print_json(counts | {"failed": failed} | rest)
        return
    words = ", ".join(f"{number} {name}" for name, number in counts.items())
    click.echo(f"{words}, {len(report.failed)} failed")
    click.echo(f"{report.disclosures} disclosures, {report.precedents} precedents in {index}")


@cli.command()
@_Text
@_Index
@click.option("--top-k", type=click.IntRange(min=1), help="How many to return.")
@click.option("--before", type=click.DateTime(["%Y-%m-%d"]), help="Only precedents responded on or before that day.")
@_Json
@_Jsonl
@_Config
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
                opened, words, top_k=top_k, before=_day(row, "before"), exclude=[str(each) for each in exclude]
            )
            return render.hit_object(row.get("id", ""), found)

        _batch(work)
        return
    name = _need(text)
    words = _read_input(name, config)
    found = pipeline.search(opened, words, top_k=top_k, before=before.date() if before else None)
    if as_json:
        _print_json(render.hit_object(name, found))
    else:
        click.echo(render.hits_text(found))


@cli.command()
@_Text
@_Index
@_Received
@_Json
@_Jsonl
@_Config
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
        _batch(lambda row: render.ask_object(*pipeline.ask(opened, _request(row, config))))
        return
    name = _need(text)
    request = Request(name, _read_input(name, config), received.date() if received else None)
    opened = pipeline.open_index(index, config=config)
    parts, suggestions = pipeline.ask(opened, request)
    if as_json:
        _print_json(render.ask_object(parts, suggestions))
    else:
        click.echo(render.ask_text(suggestions))


@cli.command()
@click.argument("what", type=click.Choice(["split", "cite", "read", "search", "ask"]))
@click.option("--gold", type=click.Path(path_type=Path), required=True, help="Gold file, or folder for search and ask.")
@click.option("--worst", type=click.IntRange(min=0), default=0, help="List as many items, those that lost most first.")
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Folder for the results, the settings used and the index."
)
@_Json
@_Config
def evaluate(what: str, gold: Path, worst: int, keep: Path | None, as_json: bool, config_file: Path | None) -> None:
    """Measure a stage against gold labels; every rate with its n and 95 % interval.

    Example: triage evaluate ask --gold evaluation/scenarios
    """
    from triage import evaluate as evaluation

    figures = evaluation.evaluate(what, gold, config=load_config(config_file), keep=keep)
    if as_json:
        _print_json(evaluation.figures_object(figures, worst=worst))
    else:
        click.echo(evaluation.figures_table(figures, worst=worst))


@cli.command()
@_Json
def version(as_json: bool) -> None:
    """Print the version, and the number of the JSON contract.

    Example: triage version --json
    """
    if as_json:
        _print_json({"version": __version__, "contract": render.CONTRACT})
    else:
        click.echo(f"triage {__version__}, contract {render.CONTRACT}")


def _desk() -> Path:
    """Find `app.py`: in the working folder, beside the package, or installed with it."""
    for folder in (Path.cwd(), Path(__file__).resolve().parent.parent):
        if (folder / "app.py").is_file():
            return folder / "app.py"
    raise click.UsageError("app.py is not here; run `triage serve` in the clone of the project")


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen; loopback only by default.")
@_Corpus
@_Index
@_Config
def serve(port: int, address: str, corpus: Path, index: Path, config_file: Path | None) -> None:
    """Open the desk in a browser; builds the index first where it is missing or stale.

    Example: triage serve --port 8501
    """
    config = load_config(config_file)
    desk = _desk()
    if corpus.is_dir() and pipeline.is_stale(corpus, index, config=config):
        click.echo(f"Building {index} from {corpus} ...", err=True)
        report = pipeline.reindex(corpus, index, config=config, on_progress=_Bars())
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
        _fail(f"the desk stopped with status {done.returncode}; is port {port} free? choose another with --port", 1)
