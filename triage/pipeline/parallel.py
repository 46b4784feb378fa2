"""Read many files with all cores.

In: files and folders. Out: what each file holds, in the order of the files, however many processes read them. Only
what was read ahead of the file whose turn it is stays in memory.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from triage.config import CONFIG_FILE, Config
from triage.errors import InputError, WorkerError
from triage.ingest import Beside, Note, Unread, find_letters, name_of
from triage.mask import mask_file_name
from triage.pipeline.texts import FileRead, read_file
from triage.schema import Disclosure

__all__ = ["ToRead", "count_workers", "read_files", "read_paths"]

_LEAST_EACH: Final = 50
"""Files that a process reads at least: until it reads, about a second passes, in which one reads 30 letters of 3 kB."""

_AHEAD: Final = 16
"""Files for each process that are sent out before the result of the first of them is taken: enough that nobody waits
behind a long file, few enough to hold."""

_IDLE_S: Final = 60
"""Seconds after which a process without work ends, also where the one that started it was killed."""

_ONE_THREAD: Final = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)
"""Every core has a process already: threads of the libraries for linear algebra would only get in their way."""


class ToRead(msgspec.Struct, frozen=True):
    """A file to read: the folder that names are given relative to, and what belongs to the file."""

    path: Path
    root: Path
    beside: Beside | None = None


def count_workers(files: int, config: Config) -> int:
    """Return how many processes read so many files; with 1 they are read in this one.

    >>> [count_workers(files, Config(workers=4)) for files in (99, 120, 900)]
    [1, 2, 4]
    """
    if files < 2 * _LEAST_EACH or config.workers == 1:
        return 1
    import joblib

    return min(config.workers or joblib.cpu_count(), files // _LEAST_EACH)


def read_files(files: Sequence[ToRead], config: Config) -> Generator[FileRead]:
    """Read files and yield what each holds, in their order; close the iterator to stop before its end.

    Raises:
        WorkerError: A process that read some of them was killed.
    """
    workers = count_workers(len(files), config)
    if workers < 2:
        return (read_file(each.path, each.root, config, each.beside) for each in files)
    return _read_beside(files, config, workers)


def _read_beside(files: Sequence[ToRead], config: Config, workers: int) -> Generator[FileRead]:
    """Read files in other processes."""
    # `joblib.Parallel` as a generator reads on while nobody takes what was read: memory would have no bound.
    from joblib.externals.loky import ProcessPoolExecutor

    pool = ProcessPoolExecutor(workers, timeout=_IDLE_S, initializer=_prepare, env=_ONE_THREAD)
    waiting: deque[tuple[ToRead, Future[FileRead]]] = deque()
    done = False
    try:
        for each in files:
            waiting.append((each, pool.submit(read_file, each.path, each.root, config, each.beside)))
            if len(waiting) >= workers * _AHEAD:
                yield waiting[0][1].result()
                waiting.popleft()
        while waiting:
            yield waiting[0][1].result()
            waiting.popleft()
        done = True
    except BrokenProcessPool as error:
        first = waiting[0][0] if waiting else files[0]
        raise WorkerError(
            f"a process that reads files was ended from outside, or for want of memory, at "
            f"{mask_file_name(name_of(first.path, first.root))} or one of the next {workers * _AHEAD} files; "
            f"try again with `workers = 1` in {CONFIG_FILE}, which reads one file after the other"
        ) from error
    finally:
        if not done:
            # After an error, or where the rest is not wanted, nobody waits for a long file to end. The pool's own
            # `kill_workers` trips over files that it has not sent out yet; of processes that ended it disposes well.
            for process in list(pool._processes.values()):
                process.terminate()
        pool.shutdown(wait=True)


def _prepare() -> None:
    """Make a new process ready to read."""
    # Ctrl-C reaches every process of the terminal; the one that started this one answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # spaCy imports torch wherever it is installed, for models that reading does not use: 180 MB and a second.
    sys.modules.setdefault("torch", None)  # type: ignore[arg-type]


def read_paths(paths: Iterable[Path], *, config: Config) -> Iterator[Disclosure | Unread | Note]:
    """Read files and folders of replies.

    Raises:
        InputError: A path does not exist; what comes before it is read.
        WorkerError: A process that read some of the files was killed.
    """
    files: list[ToRead] = []
    missing: InputError | None = None
    for path in paths:
        root = path if path.is_dir() else path.parent
        try:
            files += [ToRead(file, root, beside) for file, beside in find_letters(path).items()]
        except InputError as error:
            missing = error
            break
    with closing(read_files(files, config)) as read:
        for found, failed, notes in read:
            yield from found
            yield from failed
            yield from notes
    if missing is not None:
        raise missing
