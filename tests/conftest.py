"""Fixtures that several test modules use: an encoder without a model, and a factory of precedents."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command import Done, Run
from hypothesis import HealthCheck, settings
from numpy.typing import NDArray

from triage import encode
from triage.cli import main
from triage.encode import Encoder
from triage.schema import Binding, Outcome, Precedent, Status

# A busy machine is no fault of the code: speed is shown by `make bench`, never by a test.
settings.register_profile("triage", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("triage")

MakePrecedent = Callable[..., Precedent]


class WordHashEncoder:
    """Counts words in 256 places by their hash: the same words give the same vector, on every machine."""

    dimension = 256

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text: shape (n, 256)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, hashlib.blake2b(word.encode(), digest_size=1).digest()[0]] += 1
        return vectors


@pytest.fixture(scope="session")
def word_hash_encoder() -> WordHashEncoder:
    """Give an encoder that loads no model."""
    return WordHashEncoder()


@pytest.fixture(scope="session")
def make_precedent() -> MakePrecedent:
    """Give a factory of precedents of an invented council; each call may name any field."""

    def make(
        precedent_id: str = "FOI-1#1",
        question: str = "How many lamp posts are there?",
        **fields: Any,  # noqa: ANN401 - any field of a precedent
    ) -> Precedent:
        reference, _, label = precedent_id.rpartition("#")
        given: dict[str, Any] = {
            "id": precedent_id,
            "reference": reference,
            "label": label,
            "authority": "Fennmoor Council",
            "question": question,
            "standalone": question,
            "answer": "There are 412.",
            "outcome": Outcome.DISCLOSED,
            "provisions": (),
            "binding": Binding.STATED,
            "status": Status.STANDS,
            "responded": dt.date(2024, 5, 1),
        }
        return Precedent(**given | fields)

    return make


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Give a function that runs `triage` in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def triage(*args: str | Path, stdin: str | bytes = b"") -> Done:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for name in ("stdout", "stderr")}
        monkeypatch.setattr(sys, "argv", ["triage", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        status: object = 0
        try:
            main()
        except SystemExit as stop:
            status = stop.code or 0
        out, err = (_written(stream) for stream in streams.values())
        assert isinstance(status, int)
        return Done(status, out, err)

    return triage


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch, word_hash_encoder: Encoder) -> None:
    """Have the command line embed by word hash."""
    monkeypatch.setattr(encode, "encoder_digest", lambda settings: "word hash")
    monkeypatch.setattr(encode, "load_encoder", lambda settings, *, on_batch=None: word_hash_encoder)
