"""Fixtures of the browser tests: Chromium, and desks that run as an officer starts them."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ROOT = Path(__file__).resolve().parents[2]
_SEEDS = _ROOT.parent / "shared" / "seeds"
_CHROMIUM = Path("/usr/bin/chromium")
_CHROMIUM_ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_READY_SECONDS = 300
"""Starting builds the index first, on however slow a machine."""

HOSTILE = (
    "<script>window.caught = 1</script> [badge](javascript:alert(1)) $\\frac{a}{b}$ **bold** <img src=x onerror=x()>"
)
"""Text that would run or vanish if it were drawn as HTML, Markdown or a formula."""


@dataclass(frozen=True)
class Desk:
    """A running desk: where it listens and what it works on."""

    url: str
    corpus: Path
    index: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_ready(url: str) -> bool:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def running_desk(corpus: Path, index: Path) -> Iterator[Desk]:
    """Run `triage serve` in a process group of its own, and end the whole group afterwards."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "triage", "serve", "--port", str(port)]
    log = index.parent / f"{index.name}.log"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            [*command, "--corpus", str(corpus), "--index", str(index)],
            cwd=_ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith(("TRIAGE_", "STREAMLIT_"))},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + _READY_SECONDS
        while not _is_ready(url):
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the desk did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.5)
        yield Desk(url, corpus, index)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium without a window."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not _CHROMIUM.is_file():
        pytest.skip(f"there is no {_CHROMIUM}")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(_CHROMIUM), args=list(_CHROMIUM_ARGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a fresh page the size of an officer's screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


def hostile_record() -> dict[str, object]:
    """Return a disclosure of the invented force whose every word is hostile."""
    question = {
        "label": "1",
        "text": f"How many ceremonial lanterns {HOSTILE} does the force own?",
        "answer": f"The force owns twelve ceremonial lanterns {HOSTILE}.",
        "outcome": "disclosed",
        "provisions": [],
    }
    return {
        "reference": "HC-LANTERN-1",
        "authority": "Harrowmere Constabulary",
        "responded": "2024-05-02",
        "url": "javascript:window.caught=2",
        "published": True,
        "questions": [question],
    }


@pytest.fixture(scope="session")
def demonstration_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Run a desk on a copy of the demonstration corpus with one hostile disclosure added."""
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(_ROOT / "corpus", folder / "corpus")
    (folder / "corpus" / "hostile.jsonl").write_text(json.dumps(hostile_record()) + "\n", encoding="utf-8")
    with running_desk(folder / "corpus", folder / "index") as desk:
        yield desk


@pytest.fixture(scope="session")
def seed_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Run a desk on the real letters that lie beside the project, where they are."""
    seeds = sorted(_SEEDS.glob("*.txt"))
    if not seeds:
        pytest.skip("the real letters beside the project are not here")
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "corpus").mkdir()
    for seed in seeds:
        shutil.copy(seed, folder / "corpus")
    with running_desk(folder / "corpus", folder / "index") as desk:
        yield desk
