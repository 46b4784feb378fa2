"""The settings: what a file may hold, and that nothing in it is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.config import Config, load_config
from triage.errors import ConfigError


def _write(folder: Path, text: str) -> Path:
    path = folder / "triage.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder without `triage.toml` gives the defaults."""
    monkeypatch.chdir(tmp_path)
    assert load_config() == Config()


def test_the_file_of_the_working_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`triage.toml` of the working folder is read without being named."""
    _write(tmp_path, 'authority = "Fennmoor Council"\n')
    monkeypatch.chdir(tmp_path)
    assert load_config().authority == "Fennmoor Council"


def test_a_setting_changes_that_setting_alone(tmp_path: Path) -> None:
    """What a file does not name keeps its default."""
    config = load_config(_write(tmp_path, "[limits]\nrequest_bytes = 500\n"))
    assert config.limits.request_bytes == 500
    assert config.limits.file_bytes == Config().limits.file_bytes
    assert config.search == Config().search


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param('autority = "Fennmoor Council"', "unknown field `autority`", id="misspelt key"),
        pytest.param("[search]\ntopk = 5", r"unknown field `topk`.*\$\.search", id="misspelt key in a section"),
        pytest.param("[retrieval]\ntop_k = 5", "unknown field `retrieval`", id="unknown section"),
        pytest.param('[search]\ntop_k = "5"', r"Expected `int`.*\$\.search\.top_k", id="number written as text"),
        pytest.param("[search]\ntop_k = 0", r">= 1.*\$\.search\.top_k", id="nothing to return"),
        pytest.param("[search]\nage_weight = 1.5", r"<= 1.*\$\.search\.age_weight", id="share over one"),
        pytest.param("[search]\nlexical_weight = -0.1", r">= 0.*\$\.search\.lexical_weight", id="negative weight"),
        pytest.param("workers = -1", r">= 0.*\$\.workers", id="fewer workers than none"),
        pytest.param('workers = "all"', r"Expected `int`.*\$\.workers", id="workers in words"),
        pytest.param("search = 3", r"Expected `object`.*\$\.search", id="value instead of a section"),
        pytest.param("[search\ntop_k = 5", "is not TOML.*mend that line", id="not TOML"),
        pytest.param('[encoder]\nfolder = "model"', "give both or neither", id="encoder folder without digest"),
        pytest.param('[encoder]\ndigest = "00"', "give both or neither", id="encoder digest without folder"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    """An unknown key, a value of the wrong kind and half an encoder are errors that name the file and the place."""
    path = _write(tmp_path, text + "\n")
    with pytest.raises(ConfigError, match=complaint) as raised:
        load_config(path)
    assert str(raised.value).startswith(str(path))


@pytest.mark.parametrize(
    "name",
    [pytest.param("absent.toml", id="no such file"), pytest.param(".", id="a folder")],
)
def test_a_named_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    """A configuration named on purpose is never replaced by the defaults."""
    with pytest.raises(ConfigError, match="name another with --config"):
        load_config(tmp_path / name)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """TOML is UTF-8; another encoding is an error of the configuration, not a traceback."""
    path = tmp_path / "triage.toml"
    path.write_bytes('authority = "Café Council"'.encode("cp1252"))
    with pytest.raises(ConfigError, match="is not TOML"):
        load_config(path)


def test_every_setting_changes_the_digest(tmp_path: Path) -> None:
    """Two configurations that differ have different digests, equal ones the same."""
    changed = [
        load_config(_write(tmp_path, text))
        for text in ('authority = "A"', "[search]\nb = 0.5", "[suggest]\nfloor = 0.4", "[limits]\nfile_bytes = 9")
    ]
    digests = {config.digest() for config in [Config(), *changed]}
    assert len(digests) == 5
    assert Config().digest() == Config().digest()


def test_what_does_not_decide_a_reading_leaves_the_digest(tmp_path: Path) -> None:
    """An index stays fresh when another number of processes is to read."""
    config = load_config(_write(tmp_path, "workers = 3\n"))
    assert config.workers == 3
    assert config.digest() == Config().digest()
