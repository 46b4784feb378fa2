"""Run the session of the README: what it prints must be what comes out.

In: the README. Out: its console blocks, what each command prints now, and, run as a program, the README with that.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Final, NamedTuple

from click.testing import CliRunner

from triage.cli import cli

__all__ = ["README", "ROOT", "Step", "find_steps", "play"]

ROOT: Final = Path(__file__).resolve().parents[1]
README: Final = ROOT / "README.md"
_BLOCK: Final = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """One command of the README and what it prints there; `start` and `end` are where the printed lines stand."""

    command: str
    printed: str
    start: int
    end: int

    @property
    def args(self) -> list[str]:
        """Arguments of `triage`, or nothing where the command is another."""
        words = shlex.split(self.command.rpartition(" | ")[2])
        return words[1:] if words[0] == "triage" else []

    @property
    def stdin(self) -> str:
        """What is piped into the command."""
        words = shlex.split(self.command.partition(" | ")[0])
        return " ".join(words[1:]) + "\n" if words[0] == "echo" else ""


def find_steps(text: str) -> list[Step]:
    """List the commands of the console blocks, one a block, in order."""
    steps = []
    for block in _BLOCK.finditer(text):
        command, _, printed = block["body"].partition("\n")
        start = block.start("body") + len(command) + 1
        steps.append(Step(command.removeprefix("$ "), printed, start, block.end("body")))
    return steps


def play(steps: list[Step]) -> Iterator[tuple[Step, str]]:
    """Run the steps in an empty folder with the demonstration corpus, and give each with what it prints now."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("corpus").symlink_to(ROOT / "corpus")
        for step in steps:
            if step.command.startswith("cat "):
                Path(step.command.removeprefix("cat ")).write_text(step.printed, encoding="utf-8")
                yield step, step.printed
            else:
                done = CliRunner().invoke(cli, step.args, input=step.stdin, catch_exceptions=False)
                yield step, done.output


def main() -> None:
    """Write into the README what its commands print now."""
    text = README.read_text(encoding="utf-8")
    steps = find_steps(text)
    for step, output in reversed(list(play(steps))):
        text = text[: step.start] + output + text[step.end :]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
