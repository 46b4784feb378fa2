"""The command line: a thin second face of the package.

In: arguments, files, standard input. Out: text or JSON on standard output, errors in one line on standard error; exit
status 0 done, 1 failed, 2 wrong usage.
"""

from __future__ import annotations

import io
import os
import sys

import click

from triage import __version__
from triage.cli.corpus import read, reindex
from triage.cli.house import evaluate, serve, version
from triage.cli.officer import correct, show
from triage.cli.precedents import ask, search
from triage.cli.streams import fail
from triage.cli.texts import cite, split
from triage.errors import TriageError

__all__ = ["cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="triage")
def cli() -> None:
    """FOI request triage and precedent search. It suggests, with its evidence; a person decides.

    Example: triage ask request.txt
    """


for verb in (ask, cite, correct, evaluate, read, reindex, search, serve, show, split, version):
    cli.add_command(verb)


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
        fail(f"{error.format_message()}{where}", 2)
    except click.Abort:
        fail("stopped", 1)
    except TriageError as error:
        fail(str(error), 1)
    except BrokenPipeError:
        # The reader of our output went away: nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
