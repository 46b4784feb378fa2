"""The README says what the program does: verbs, settings, words, files and the session it shows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from readme_session import README, ROOT, Step, find_steps, play

from triage import __version__
from triage.cli import cli
from triage.config import Config, load_config
from triage.ingest import FORMS
from triage.pipeline import read_paths, report_reading
from triage.render import (
    CONTRACT,
    ask_object,
    cite_object,
    correction_object,
    disclosure_object,
    hit_object,
    report_object,
    shown_object,
    split_object,
)
from triage.schema import (
    Binding,
    Correction,
    Disclosure,
    GateState,
    Outcome,
    Provision,
    Role,
    Route,
    ShownReply,
    SplitRequest,
    Status,
    Verdict,
)
from triage.store import append_correction, read_corrections

TEXT = README.read_text(encoding="utf-8")
STEPS = find_steps(TEXT)
CORRECTION = Correction(
    "FOI-0001-26",
    "the last paragraph refuses it",
    dt.datetime(2026, 11, 20, 10, 15, tzinfo=dt.UTC),
    label="2",
    outcome=Outcome.REFUSED,
    provisions=(Provision.parse("s31(1)(a)"),),
)


def _section(title: str) -> str:
    """Return the part of the README under a heading, up to the next of that level."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None, f"the README has no section {title!r}"
    return found[2]


def _settings(value: msgspec.Struct, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(value):
        setting = getattr(value, field.name)
        if isinstance(setting, msgspec.Struct):
            yield from _settings(setting, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name, setting


@pytest.mark.parametrize("verb", sorted(cli.commands))
def test_every_verb_has_a_row(verb: str) -> None:
    """A verb that the command line has is in the README's table of verbs."""
    assert re.search(rf"^\| `triage {verb}\b[^|]*\| \S", _section("A session"), re.MULTILINE)


def test_no_row_is_about_a_verb_that_does_not_exist() -> None:
    """The table of verbs promises nothing else."""
    assert set(re.findall(r"^\| `triage (\w+)", TEXT, re.MULTILINE)) == set(cli.commands)


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z-]+)(?: \w+)?`", TEXT))))
def test_every_option_named_exists(option: str) -> None:
    """An option that the README names is one that some verb takes."""
    taken = {name for verb in cli.commands.values() for parameter in verb.params for name in parameter.opts}
    assert option in taken | {"--help"}


def test_every_setting_is_documented_with_its_default() -> None:
    """The table of settings has each key of the configuration, no other, and its default."""
    rows = dict(re.findall(r"^\| `([a-z0-9_.]+)` \| (unset|`[^`]*`) \|", _section("Configuration"), re.MULTILINE))
    shown = {key: "unset" if value is None else f"`{json.dumps(value)}`" for key, value in _settings(Config())}
    assert rows == shown


def test_the_example_of_a_configuration_is_accepted(tmp_path: Path) -> None:
    """The TOML that the README shows loads and sets what it says."""
    (tmp_path / "triage.toml").write_text(re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)[0], encoding="utf-8")
    config = load_config(tmp_path / "triage.toml")
    assert (config.authority, config.search.top_k) == ("Fennmoor Council", 20)


def test_the_example_of_a_record_is_read(tmp_path: Path) -> None:
    """The record that the README shows is read with nothing left over."""
    (tmp_path / "a.jsonl").write_text(re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)[0], encoding="utf-8")
    (found,) = read_paths([tmp_path], config=Config())
    assert isinstance(found, Disclosure)
    assert [(q.outcome, [str(p) for p in q.provisions]) for q in found.questions] == [
        (Outcome.DISCLOSED, []),
        (Outcome.REFUSED, ["s31(1)(a)"]),
    ]


def test_the_forms_that_are_read_are_those_in_the_table() -> None:
    """The README promises no form of file that is not read, and leaves none out."""
    rows = re.findall(r"^\| (`\..*?) \|", _section("Your own letters"), re.MULTILINE)
    assert sorted(re.findall(r"`(\.\w+)`", " ".join(rows))) == sorted(FORMS)


@pytest.mark.parametrize("words", [Outcome, Verdict, Route, Status, Binding, GateState, Role])
def test_every_word_of_the_vocabularies_is_explained(words: type[StrEnum]) -> None:
    """Each value that a record may hold stands in the nomenclature."""
    section = _section("Nomenclature")
    assert [word.value for word in words if f"`{word}`" not in section and f"**{word}**" not in section] == []


def test_the_contract_is_the_one_printed() -> None:
    """The number and version shown are those of the program."""
    (step,) = [step for step in STEPS if step.args[:1] == ["version"]]
    assert json.loads(step.printed) == {"version": __version__, "contract": CONTRACT}


def test_the_fields_of_the_objects_are_those_in_the_table() -> None:
    """The table of the JSON contract names the fields that come out, no more and no fewer, in their order."""
    disclosure = Disclosure("FC/1", "Fennmoor Council", (), Outcome.UNKNOWN)
    objects = {
        "split": split_object(SplitRequest("1", ())),
        "cite": cite_object("1", ()),
        "read": disclosure_object(disclosure, key="1"),
        "search": hit_object("1", ()),
        "ask": ask_object(SplitRequest("1", ()), ()),
        "read --report": report_object(report_reading([])),
        "correct": correction_object(CORRECTION, (), file="corrections.jsonl"),
    }
    for verb, made in objects.items():
        cell = re.search(rf"^\| `{verb}` \|[^|]*\| (.*) \|$", _section("For other programs"), re.MULTILINE)
        assert cell is not None
        # Brackets hold the fields of what is inside a field.
        outer = re.sub(r" \([^()]*\)", "", cell[1])
        assert re.findall(r"`(\w+)`", outer) == list(made), verb


def test_show_gives_all_that_read_gives_and_what_is_in_the_table() -> None:
    """The row of `show` names what comes on top of the fields of `read`."""
    disclosure = Disclosure("FC/1", "Fennmoor Council", (), Outcome.UNKNOWN)
    cell = re.search(r"^\| `show` \|[^|]*\| (.*) \|$", _section("For other programs"), re.MULTILINE)
    assert cell is not None
    named = re.findall(r"`(\w+)`", re.sub(r" \([^()]*\)", "", cell[1]))
    made = shown_object(ShownReply(disclosure, (), (), ()))
    own = [name for name in made if name not in disclosure_object(disclosure)]
    assert named == ["read", "questions", *own]


def test_the_example_of_a_correction_is_the_line_that_is_written(tmp_path: Path) -> None:
    """The line that the README shows is read, and is what `triage correct` would write."""
    (line,) = [each for each in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL) if '"at"' in each]
    (tmp_path / "corrections.jsonl").write_text(line, encoding="utf-8")
    assert read_corrections(tmp_path).corrections == (CORRECTION,)
    append_correction(tmp_path, CORRECTION)
    first, second = (tmp_path / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(first) == json.loads(second)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make (\w+)", TEXT))))
def test_every_target_named_is_in_the_makefile(target: str) -> None:
    """A `make` target that the README names exists."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_link_leads_somewhere() -> None:
    """Links to files and headings of the project are not broken."""
    titles = {re.sub(r"[^a-z0-9 -]", "", t.lower()).replace(" ", "-") for t in re.findall(r"^#+ (.*)$", TEXT, re.M)}
    for link in re.findall(r"\]\(([^)]+)\)", TEXT):
        assert link[1:] in titles if link.startswith("#") else (ROOT / link).exists(), link


def test_every_part_of_the_package_is_on_the_map() -> None:
    """A module or folder of the package is in the map of the house."""
    here = {
        path.stem for path in (ROOT / "triage").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    section = _section("Map of the house")
    assert [name for name in sorted(here - {"__init__", "__main__", "cli"}) if f"`{name}`" not in section] == []
    assert "`triage/cli`" in section


@pytest.mark.parametrize("step", [step for step in STEPS if step.args], ids=lambda step: step.args[0])
def test_every_command_of_the_session_is_one_that_the_program_takes(step: Step) -> None:
    """A command that the README shows is right in its verb, options and arguments."""
    verb, *args = step.args
    command = cli.commands[verb]
    with click.Context(cli) as parent:
        assert command.make_context(verb, args, parent=parent).command is command


def test_the_session_shows_the_verbs_an_officer_needs() -> None:
    """The session covers building, asking, reading and searching, with what they print."""
    assert {"reindex", "ask", "read", "search"} <= {step.args[0] for step in STEPS if step.args and step.printed}


@pytest.mark.model
def test_the_session_prints_what_the_readme_shows() -> None:
    """Each command of the session, run on the demonstration corpus, prints what the README shows (`make readme`)."""
    for step, output in play(STEPS):
        # The last digit of a similarity is the processor's.
        assert re.sub(r"0\.\d{3}", "0.…", output) == re.sub(r"0\.\d{3}", "0.…", step.printed), step.command
