"""Whatever lies in a corpus, each file gives replies or a reason, and the batch goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.config import Limits
from triage.errors import NotTextError
from triage.ingest import FORMS, Note, Unread, decode_text, find_letters, read_sources
from triage.schema import Source

TEXT = "Dear requester,\nWe hold 12 vans – none hired.\n" * 4


def _read(path: Path, limits: Limits | None = None) -> list[Source | Unread | Note]:
    return list(read_sources(path, root=path.parent, limits=limits or Limits()))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(FORMS),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"{", b"<html>", b"From: a\n\n", b"Ref,Request\n"]),
    st.binary(max_size=300),
)
def test_any_bytes_under_any_ending_are_read_or_listed(tmp_path: Path, form: str, start: bytes, data: bytes) -> None:
    """No content makes a reader fail in any other way than by listing the file."""
    path = tmp_path / f"a{form}"
    path.write_bytes(start + data)
    found = _read(path)
    assert all(isinstance(each, Source | Unread | Note) for each in found)
    assert all(";" in each.reason for each in found if isinstance(each, Unread))
    path.unlink()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["r", "r-1", "s"]), st.sampled_from(FORMS)), max_size=8), st.text(max_size=20)
)
def test_no_file_of_a_folder_is_lost(
    tmp_path_factory: pytest.TempPathFactory, names: list[tuple[str, str]], text: str
) -> None:
    """Each file is read by itself, belongs to one that is, or is said to be another's copy."""
    folder = tmp_path_factory.mktemp("folder")
    for stem, form in names:
        (folder / f"{stem}{form}").write_text(text, encoding="utf-8", errors="replace")
    groups = find_letters(folder)
    seen = [path for path, beside in groups.items() for path in (path, *beside.files)]
    notes = " ".join(note for beside in groups.values() for note in beside.notes)
    assert len(seen) == len(set(seen))
    assert [path for path in folder.iterdir() if path not in seen and path.name not in notes] == []


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        pytest.param("a.doc", ".docx", id="Word 97"),
        pytest.param("a.rtf", ".docx", id="rich text"),
        pytest.param("a.xls", ".xlsx", id="Excel 97"),
        pytest.param("a.msg", ".eml", id="Outlook"),
        pytest.param("a.mht", ".html", id="web archive"),
    ],
)
def test_an_old_form_names_the_new_one(tmp_path: Path, name: str, instead: str) -> None:
    """A file in a form of before is listed with what to save it as."""
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    (unread,) = _read(tmp_path / name)
    assert isinstance(unread, Unread)
    assert f"save it as {instead} (" in unread.reason


@pytest.mark.parametrize("form", FORMS)
def test_a_huge_file_is_refused_unread(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of 200 MB is refused by its size; not a byte of it is read."""
    path = tmp_path / f"a{form}"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 200_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} was read"))
    (unread,) = _read(path)
    assert isinstance(unread, Unread)
    assert "200,000,000 bytes" in unread.reason


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_needs_no_mark(encoding: str) -> None:
    """UTF-16 and UTF-32 are told by where their zeros stand."""
    assert decode_text(TEXT.encode(encoding), name="a.txt") == TEXT


def test_broken_wide_text_is_refused() -> None:
    """Text that only looks like UTF-16 is named as such."""
    with pytest.raises(NotTextError, match="looks like utf-16-le text but is not; save"):
        decode_text("Dear requester".encode("utf-16-le") + b"\x00\xd8", name="a.txt")
