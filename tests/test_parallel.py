"""Reading many files with several processes: the same as with one, in bounded memory, with an end to every process."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from triage.config import Config
from triage.encode import Encoder
from triage.errors import InputError, WorkerError
from triage.ingest import Note, Unread
from triage.pipeline import open_index, parallel, read_paths, reindex
from triage.pipeline.parallel import ToRead, read_files
from triage.pipeline.texts import FileRead
from triage.schema import Disclosure

ONE, TWO = Config(workers=1), Config(workers=2)

LETTER = """Fennmoor Council
Our ref: FC/{number:04}/24
3 May 2024

Dear {name},

You asked:
1. How many vans did the council own in {year}?
2. What did each of them cost?

1. The council owned {number} vans.
2. We do not hold this information.

Yours sincerely

The information desk
"""


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes for a handful of files, and let them run ahead by little."""
    monkeypatch.setattr(parallel, "_LEAST_EACH", 3)
    monkeypatch.setattr(parallel, "_AHEAD", 2)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Give letters, a log that is noted, unreadable files, and a letter that gives away whom its file names."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(1, 13):
        letter = LETTER.format(number=number, name="Ms Sample", year=2000 + number)
        (folder / f"{number:02}.txt").write_text(letter, encoding="utf-8")
    named = LETTER.format(number=77, name="Mr Wexgrave", year=2023)
    (folder / "03 reply Wexgrave.txt").write_text(named, encoding="utf-8")
    (folder / "bad.docx").write_bytes(b"no archive")
    (folder / "empty.txt").write_text(" \n", encoding="utf-8")
    (folder / "old.doc").write_bytes(b"of another form")
    log = "Reference,Request,Response,Outcome\nFC/9001,How many boats?,There are two.,Disclosed\n"
    (folder / "log-2024.csv").write_text(log, encoding="utf-8")
    return folder


def test_two_processes_read_what_one_reads(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters, notes and what is unread come out the same, in the same order, and nobody named is shown."""
    sequential = list(read_paths([corpus], config=ONE))
    assert {type(each) for each in sequential} == {Disclosure, Unread, Note}
    assert sum(isinstance(each, Disclosure) for each in sequential) == 14
    assert "exgrave" not in repr(sequential)
    monkeypatch.setattr("triage.pipeline.texts._masked", None)  # this process could not read a letter
    assert list(read_paths([corpus], config=TWO)) == sequential


@pytest.mark.parametrize("config", [pytest.param(ONE, id="one"), pytest.param(TWO, id="two")])
def test_what_comes_before_a_missing_path_is_read(corpus: Path, tmp_path: Path, config: Config) -> None:
    """A path that does not exist is an error once the files before it are read."""
    before = list(read_paths([corpus], config=ONE))
    reading = read_paths([corpus, tmp_path / "absent", corpus], config=config)
    assert list(itertools.islice(reading, len(before))) == before
    with pytest.raises(InputError, match="absent does not exist"):
        next(reading)


def test_an_index_is_the_same_whoever_read_it(
    corpus: Path, tmp_path: Path, word_hash_encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Report, progress and records do not depend on the number of processes, and another number leaves it fresh."""
    built = []
    for name, config in (("one", ONE), ("two", TWO)):
        told: list[tuple[str, int, int]] = []
        index = tmp_path / name
        report = reindex(
            corpus, index, config=config, encoder=word_hash_encoder, on_progress=lambda *each, to=told: to.append(each)
        )
        opened = open_index(index, config=config, encoder=word_hash_encoder)
        precedents = opened.store.precedents(range(len(opened.store)))
        built.append((report, told, list(opened.store.disclosures()), precedents, opened.store.files()))
        opened.store.close()
        monkeypatch.setattr("triage.pipeline.texts._masked", None)  # this process reads no second time
    assert built[0] == built[1]
    report, told, *_ = built[0]
    assert (report.read, report.new, len(report.failed)) == (17, 17, 3)
    assert [each for each in told if each[0] == "read"] == [("read", done, 17) for done in range(1, 18)]
    again = reindex(corpus, tmp_path / "two", config=ONE, encoder=word_hash_encoder)
    assert (again.unchanged, again.changed) == (17, 0)


def test_files_that_changed_keep_their_place(corpus: Path, tmp_path: Path, word_hash_encoder: Encoder) -> None:
    """Where some files are read again and some are not, each record stays with its own file."""
    index = tmp_path / "index"
    reindex(corpus, index, config=TWO, encoder=word_hash_encoder)
    for number in range(2, 13, 2):
        changed = LETTER.format(number=500 + number, name="Ms Sample", year=2023)
        (corpus / f"{number:02}.txt").write_text(changed, encoding="utf-8")
    report = reindex(corpus, index, config=TWO, encoder=word_hash_encoder)
    assert (report.unchanged, report.changed) == (11, 6)
    opened = open_index(index, config=TWO, encoder=word_hash_encoder)
    assert {each.file: each.reference for each in opened.store.disclosures()} == {
        **{f"{n:02}.txt": f"FC/{n + 500 * (n % 2 == 0):04}/24" for n in range(1, 13)},
        "03 reply ████████~d42f.txt": "FC/0077/24",
        "log-2024.csv": "FC/9001",
    }
    opened.store.close()


def _files(count: int) -> list[ToRead]:
    return [ToRead(Path(f"/corpus/{number:03}.txt"), Path("/corpus")) for number in range(count)]


def _note(words: str) -> FileRead:
    return [], [], [Note("", words)]


def _said(read: Iterator[FileRead]) -> Iterator[str]:
    for _, _, notes in read:
        yield notes[0].text


def _tell_name(path: Path, root: Path, config: Config, beside: object) -> FileRead:
    # The first files take longest, so that those behind them are ready before.
    time.sleep(0.2 if path.name < "003" else 0)
    return _note(path.name)


def _tarry(path: Path, root: Path, config: Config, beside: object) -> FileRead:
    time.sleep(0.02)
    return _note(path.name)


def _look_around(path: Path, root: Path, config: Config, beside: object) -> FileRead:
    import triage.read

    loaded = [name for name in ("torch", "streamlit", "sentence_transformers", "faiss") if sys.modules.get(name)]
    threads = {os.environ.get(name) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return _note(f"{triage.read.__name__} {loaded} {threads} {ignored}")


def _be_killed(path: Path, root: Path, config: Config, beside: object) -> FileRead:
    if path.name == "007.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return _note(path.name)


def _fail(path: Path, root: Path, config: Config, beside: object) -> FileRead:
    raise ZeroDivisionError(path.name)


def test_results_come_in_the_order_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes long holds those behind it back and none is lost."""
    monkeypatch.setattr(parallel, "read_file", _tell_name)
    assert list(_said(read_files(_files(40), TWO))) == [f"{number:03}.txt" for number in range(40)]
    assert multiprocessing.active_children() == []


def test_processes_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that reads loads no model, keeps to one thread, and leaves Ctrl-C to the one that started it."""
    monkeypatch.setattr(parallel, "read_file", _look_around)
    assert set(_said(read_files(_files(6), TWO))) == {"triage.read [] {'1'} True"}


def test_a_killed_process_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process is killed, the reading ends with the place and the way round it, and with every process."""
    monkeypatch.setattr(parallel, "read_file", _be_killed)
    with pytest.raises(WorkerError, match=r"00[0-7]\.txt or one of the next 4 files; try again with `workers = 1`"):
        list(read_files(_files(40), TWO))
    assert multiprocessing.active_children() == []


def test_an_error_in_a_process_is_that_error_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process fails with is raised where its result is awaited, and every process ends."""
    monkeypatch.setattr(parallel, "read_file", _fail)
    with pytest.raises(ZeroDivisionError, match=r"000\.txt"):
        list(read_files(_files(40), TWO))
    assert multiprocessing.active_children() == []


class _Watched(Sequence[ToRead]):
    """Files of which is known how many were asked for."""

    def __init__(self, count: int) -> None:
        self._files = _files(count)
        self.asked = 0

    def __len__(self) -> int:
        return len(self._files)

    def __getitem__(self, place: object) -> object:  # type: ignore[override]
        raise NotImplementedError

    def __iter__(self) -> Iterator[ToRead]:
        for each in self._files:
            self.asked += 1
            yield each


def test_little_is_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more files are sent out than the bound allows while nobody takes a result, and stopping ends every process."""
    monkeypatch.setattr(parallel, "read_file", _tell_name)
    files = _Watched(60)
    read = read_files(files, TWO)
    for taken in range(1, 4):
        next(read)
        assert files.asked <= 4 + taken
    read.close()
    assert files.asked < 10
    assert multiprocessing.active_children() == []


def test_stopping_with_much_sent_out_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the rest is not wanted, processes and threads end without a word, however many files wait for them."""
    monkeypatch.setattr(parallel, "read_file", _tarry)
    monkeypatch.setattr(parallel, "_AHEAD", 40)
    failed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    for taken in range(1, 6):
        read = read_files(_files(100), TWO)
        list(itertools.islice(read, taken))
        read.close()
        assert multiprocessing.active_children() == []
    assert failed == []


@pytest.mark.parametrize(
    ("files", "config", "expected"),
    [
        pytest.param(5, Config(workers=8), 1, id="a handful"),
        pytest.param(6, Config(workers=8), 2, id="enough for two"),
        pytest.param(60, Config(workers=8), 8, id="enough for all"),
        pytest.param(60, Config(workers=1), 1, id="one asked for"),
        pytest.param(60, Config(), 5, id="one for each core"),
        pytest.param(9, Config(), 3, id="fewer files than the cores can share"),
    ],
)
def test_processes_are_started_where_they_repay(
    monkeypatch: pytest.MonkeyPatch, files: int, config: Config, expected: int
) -> None:
    """No process is started for less than its share of files, and never more than asked for or than cores."""
    monkeypatch.setattr("joblib.cpu_count", lambda: 5)
    assert parallel.count_workers(files, config) == expected


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="a terminal's group of processes is POSIX")
def test_ctrl_c_stops_every_process(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a large folder ends with one line, status 1 and no process left."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(1500):
        letter = LETTER.format(number=number, name="Ms Sample", year=2023)
        (folder / f"{number:04}.txt").write_text(letter, encoding="utf-8")
    (tmp_path / "two.toml").write_text("workers = 2\n", encoding="utf-8")
    command = [sys.executable, "-m", "triage", "read", "--json", "--config", str(tmp_path / "two.toml"), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    assert b"FC/0000/24" in process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.decode().split()) == (1, ["triage:", "stopped"])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and _is_alive(process.pid):
        time.sleep(0.1)
    assert not _is_alive(process.pid)


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
