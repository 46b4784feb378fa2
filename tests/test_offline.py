"""Nothing that `triage` does reaches beyond this machine.

Each verb runs in a process of its own with an audit hook that ends the process at the first look-up, connection,
datagram or listening socket that is not for loopback. The hook sees every socket of Python, its children included;
sockets that compiled code opens on its own are beyond it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CAUGHT = 97
"""Exit status of a process that the hook ended."""

HOOK = """
import os
import sys

LOOPBACK = ("127.", "::1", "localhost")
NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
ADDRESSES = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind")


def is_local(host):
    host = host.decode() if isinstance(host, bytes) else host
    return host is None or (isinstance(host, str) and host.startswith(LOOPBACK))


def watch(event, args):
    if event in NAMES:
        local = is_local(args[0])
    elif event in ADDRESSES:
        address = args[1]
        # Sockets of the file system have a path for an address; a connected one sends to None.
        local = address is None or isinstance(address, (str, bytes)) or is_local(address[0])
    else:
        return
    if not local:
        os.write(2, f"offline: {event} {args!r}\\n".encode())
        os._exit(97)


sys.addaudithook(watch)
with open(os.environ["OFFLINE_LOG"], "a") as log:
    log.write("watched\\n")
"""

REQUEST = "Dear Fennmoor Council,\n\n1. How many vans do you lease?\n2. What did they cost in 2022?\n\nYours\n"
RECORD = {
    "reference": "FC/1",
    "authority": "Fennmoor Council",
    "responded": "2024-01-01",
    "questions": [{"label": "1", "text": "How many vans do you lease?", "answer": "12.", "outcome": "disclosed"}],
}
SPLIT_GOLD = {"id": "r1", "text": REQUEST, "questions": [{"start": 28, "end": 56}, {"start": 60, "end": 89}]}
ASK_GOLD = {
    "file": "r1.txt",
    "received": "2024-05-02",
    "questions": [
        {
            "start_words": "How many vans",
            "end_words": "lease?",
            "verdict": "already_disclosed",
            "precedents": ["FC/1#1"],
        }
    ],
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder with the hook, a request, a corpus and gold data."""
    for name, content in {
        "hook/sitecustomize.py": HOOK,
        "request.txt": REQUEST,
        "corpus/records.jsonl": json.dumps(RECORD) + "\n",
        "split_gold.jsonl": json.dumps(SPLIT_GOLD) + "\n",
        "gold/corpus/records.jsonl": json.dumps(RECORD) + "\n",
        "gold/requests/r1.txt": REQUEST,
        "gold/requests_gold.jsonl": json.dumps(ASK_GOLD) + "\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    return kept | {
        "PYTHONPATH": os.pathsep.join([str(home / "hook"), str(ROOT)]),
        "OFFLINE_LOG": str(home / "watched.log"),
        "HOME": str(home),
    }


def _run(home: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run Python under the hook, and check that the hook was there."""
    done = subprocess.run(
        [sys.executable, *command], cwd=home, env=_environment(home), capture_output=True, text=True, check=False
    )
    assert (home / "watched.log").read_text() == "watched\n"
    return done


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("socket.create_connection(('192.0.2.1', 80))", id="connection"),
        pytest.param("socket.getaddrinfo('triage.example', 443)", id="look-up"),
        pytest.param("socket.gethostbyname('triage.example')", id="old look-up"),
        pytest.param("socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))", id="datagram"),
        pytest.param("socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 1))", id="own address"),
        pytest.param("socket.socket().bind(('0.0.0.0', 0))", id="listening everywhere"),
        pytest.param("socket.socket().bind(('', 0))", id="listening everywhere, unnamed"),
        pytest.param(
            "\ntry:\n    urllib.request.urlopen('http://triage.example')\nexcept BaseException:\n    pass",
            id="swallowed",
        ),
        pytest.param(
            "subprocess.run([sys.executable, '-c', 'import socket; socket.gethostbyname(\"a.example\")'], check=True)",
            id="in a child",
        ),
    ],
)
def test_the_hook_catches_what_leaves_the_machine(home: Path, code: str) -> None:
    """A process that does try is ended, also where its code would have swallowed the error."""
    program = f"import socket, subprocess, sys, urllib.request\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=home, env=_environment(home), capture_output=True, text=True, check=False
    )
    assert "offline: socket." in done.stderr
    assert done.returncode == (1 if "subprocess.run" in code else CAUGHT)


def test_the_hook_lets_loopback_pass(home: Path) -> None:
    """Listening on loopback and connecting to it is no call home."""
    code = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); "
        "socket.create_connection(('localhost', s.getsockname()[1])).close()"
    )
    done = _run(home, ["-c", code])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        pytest.param(["version"], "contract", id="version"),
        pytest.param(["--help"], "Commands:", id="help"),
        pytest.param(["split", "request.txt"], "How many vans do you lease?", id="split"),
        pytest.param(["cite", "request.txt"], "No provision is cited.", id="cite"),
        pytest.param(["read", "corpus"], "FC/1", id="read"),
        pytest.param(["evaluate", "split", "--gold", "split_gold.jsonl"], "f1@0.5", id="evaluate"),
    ],
)
def test_a_verb_without_the_model_stays_on_this_machine(home: Path, args: list[str], shown: str) -> None:
    """Reading, splitting, citing and measuring open no socket beyond loopback."""
    done = _run(home, ["-m", "triage", *args])
    assert done.returncode == 0, done.stderr
    assert shown in done.stdout


@pytest.mark.model
def test_the_verbs_with_the_model_stay_on_this_machine(home: Path) -> None:
    """Building, searching, asking and measuring load the model from this machine alone."""
    for args, shown in (
        (["reindex"], "1 disclosures, 1 precedents in index"),
        (["search", "request.txt"], "FC/1#1"),
        (["ask", "request.txt", "--received", "2024-05-02"], "FC/1#1"),
        (["evaluate", "ask", "--gold", "gold"], "verdict_accuracy"),
    ):
        (home / "watched.log").unlink(missing_ok=True)
        done = _run(home, ["-m", "triage", *args])
        assert done.returncode == 0, done.stderr
        assert shown in done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - a loopback address
        data: bytes = answer.read()
        return data


def _wait_for_health(desk: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the desk says that it is well; fail with its log where it ends before that."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        assert desk.poll() is None, log.read_text()
        try:
            if _get(f"http://127.0.0.1:{port}/_stcore/health") == b"ok":
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the desk did not come up: {log.read_text()}")


def _draw(port: int) -> list[str]:
    """Open the desk as a browser does, have it draw its page once, and return the kinds of message it sent."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect
    from websockets.typing import Subprotocol

    wish = BackMsg()
    wish.rerun_script.query_string = ""
    kinds: list[str] = []
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")]) as connection:
        connection.send(wish.SerializeToString())
        while "script_finished" not in kinds:
            data = connection.recv(timeout=120)
            assert isinstance(data, bytes), kinds
            kinds.append(str(ForwardMsg.FromString(data).WhichOneof("type")))
    return kinds


@pytest.fixture
def desk(home: Path) -> Iterator[tuple[int, subprocess.Popen[bytes], Path]]:
    """Start `triage serve` under the hook: its port, process and log."""
    port, log = _free_port(), home / "desk.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "triage", "serve", "--port", str(port)],
            cwd=home,
            env=_environment(home),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield port, process, log
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 15)
            process.wait(timeout=30)


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="the desk is stopped by a signal to its process group")
def test_the_desk_stays_on_this_machine(desk: tuple[int, subprocess.Popen[bytes], Path], home: Path) -> None:
    """The desk starts, builds its index, serves its page, draws it, and reaches nothing beyond loopback in doing so."""
    port, process, log = desk
    _wait_for_health(process, port, log)
    assert b"<html" in _get(f"http://127.0.0.1:{port}/")
    assert "delta" in _draw(port)
    assert process.poll() is None
    assert "offline:" not in log.read_text()
    assert (home / "watched.log").read_text() == "watched\n" * 2  # the command and the server it starts
