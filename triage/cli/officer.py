"""Verbs by which an officer looks at one reply and corrects what was read: `show` and `correct`.

In: a reference or a precedent id, what it should say, and why. Out: the reply with its evidence marked, or what a
correction changes, as text or JSON.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from triage import pipeline, render
from triage.cli.options import corpus_option, index_option, json_option
from triage.cli.streams import print_json
from triage.schema import Outcome, Status

__all__ = ["correct", "show"]

_Target = click.argument("target", metavar="REFERENCE[#LABEL]")


@click.command()
@_Target
@click.option("--outcome", type=click.Choice(list(Outcome), case_sensitive=False), help="What was decided.")
@click.option("--provisions", help='Such as "s31(1)(a), s40(2)", as the letter has them, or none.')
@click.option("--status", type=click.Choice(list(Status), case_sensitive=False), help="What became of it since.")
@click.option("--reason", required=True, help="Why; kept with the correction and shown with it.")
@click.option("--undo", is_flag=True, help="Withdraw the last correction of this target; nothing is deleted.")
@corpus_option
@index_option
@json_option
def correct(
    target: str,
    outcome: Outcome | None,
    provisions: str | None,
    status: Status | None,
    reason: str,
    undo: bool,
    corpus: Path,
    index: Path,
    as_json: bool,
) -> None:
    """Correct what was read of a reply or of one question in it; it wins in every later build.

    Example: triage correct FOI-0001-26#2 --outcome refused --provisions "s31(1)(a)" --reason "see the last paragraph"
    """
    said = [each is not None for each in (outcome, provisions, status)]
    if undo == any(said):
        raise click.UsageError(
            "--undo goes alone, with --reason" if undo else "say what it should be: --outcome, --provisions or --status"
        )
    done = pipeline.correct(
        corpus,
        index,
        target,
        reason=reason,
        outcome=outcome,
        provisions=provisions,
        status=status,
        undo=undo,
    )
    if as_json:
        print_json(render.correction_object(done.correction, done.changes, file=str(done.file), notes=done.notes))
        return
    click.echo(render.correction_text(done.correction, done.changes, file=str(done.file)))
    for note in done.notes:
        click.echo(f"triage: note: {note}", err=True)


@click.command()
@_Target
@index_option
@json_option
def show(target: str, index: Path, as_json: bool) -> None:
    """Show what was read of a reply, what was corrected, and its text with the evidence marked.

    Example: triage show FOI-0001-26#2
    """
    shown = pipeline.show(index, target)
    if as_json:
        print_json(render.shown_object(shown))
    else:
        click.echo(render.shown_text(shown, styled=sys.stdout.isatty()))
