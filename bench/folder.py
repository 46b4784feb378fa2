"""Read a folder of letters in a process of its own, so that its time and memory are those of the reading alone.

In: letters. Out: what reading them took. Run as a module, it is that process.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from triage.config import Config
from triage.pipeline import read_paths
from triage.pipeline.parallel import count_workers
from triage.schema import Disclosure

__all__ = ["Cost", "peak_bytes", "time_folder"]


class Cost(msgspec.Struct, frozen=True):
    """What reading a folder took.

    `peak_bytes` is the most that the process held, and as often the most that one of those it started did as there were
    such: no less than what all held at once.
    """

    letters: int
    processes: int
    seconds: float
    peak_bytes: int


def time_folder(letters: Sequence[str], *, workers: int) -> Cost:
    """Write letters into a folder and read it with so many processes, 0 for one a core.

    Raises:
        RuntimeError: Some letters were not read.
    """
    with tempfile.TemporaryDirectory() as folder:
        for number, letter in enumerate(letters):
            Path(folder, f"{number:05}.txt").write_text(letter, encoding="utf-8")
        command = [sys.executable, "-m", "bench.folder", folder, str(workers)]
        root = Path(__file__).resolve().parent.parent
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)  # noqa: S603 -- this module
    cost = msgspec.json.decode(done.stdout, type=Cost)
    if cost.letters != len(letters):
        raise RuntimeError(f"{cost.letters} of {len(letters)} letters were read; the figures would mean nothing")
    return cost


def peak_bytes(who: int = resource.RUSAGE_SELF) -> int:
    """Return the most memory held so far by this process, or by the largest of those that it waited for."""
    peak = resource.getrusage(who).ru_maxrss
    if sys.platform == "darwin":
        return peak
    # Linux counts it in kB, and what a process held before it became another program too, where `status` does not.
    status = Path("/proc/self/status")
    if who == resource.RUSAGE_SELF and status.exists():
        found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="utf-8"))
        peak = int(found[1]) if found else peak
    return peak * 1024


def _read(folder: Path, config: Config) -> Cost:
    start = time.perf_counter()
    letters = sum(isinstance(each, Disclosure) for each in read_paths([folder], config=config))
    seconds = time.perf_counter() - start
    processes = count_workers(letters, config)
    peak = peak_bytes() + (processes * peak_bytes(resource.RUSAGE_CHILDREN) if processes > 1 else 0)
    return Cost(letters, processes, seconds, peak)


if __name__ == "__main__":
    print(json.dumps(msgspec.to_builtins(_read(Path(sys.argv[1]), Config(workers=int(sys.argv[2]))))))  # noqa: T201
