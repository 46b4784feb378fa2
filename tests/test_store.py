"""Tests of `triage.store`."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.errors import StoredIndexError
from triage.schema import AnsweredQuestion, Disclosure, Outcome, Period, Precedent, Provision, Slots
from triage.store import (
    Failure,
    Manifest,
    Store,
    StoredFile,
    begin_build,
    build_lock,
    check_manifest,
    current_build,
    publish_build,
    read_manifest,
    write_manifest,
)

MANIFEST = Manifest(
    built_at=dt.datetime(2024, 6, 1, 9, 30, tzinfo=dt.UTC),
    triage_version="0.1.0",
    encoder_digest="e" * 64,
    corpus_digest="c" * 64,
    config_digest="f" * 64,
    authority="Fennmoor Council",
    precedents=3,
    dimension=256,
    counts={"read": 2, "failed": 1},
)


def make_disclosure(reference: str, text: str = "We hold no such list.") -> Disclosure:
    """Make a reply of an invented council to one question."""
    question = AnsweredQuestion(1, "1", "Is there a list?", Outcome.NOT_HELD, (Provision.parse("s1(1)(a)"),))
    return Disclosure(reference, "Fennmoor Council", (question,), Outcome.NOT_HELD, text=text)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store."""
    with Store.create(tmp_path) as made:
        yield made


def test_precedents_come_back_in_the_order_asked(
    tmp_path: Path, store: Store, make_precedent: Callable[..., Precedent]
) -> None:
    """Every field survives, rows are numbered from 0, and a row may be asked twice."""
    day = dt.date(2023, 4, 1)
    full = make_precedent(
        "FOI-2#2(b)",
        provisions=(Provision.parse("s31(1)(a)"), Provision.parse("eir12(4)(b)")),
        slots=Slots(
            "dogs", "count", True, Period(day, None, "since April 2023", "range", ((day, day),)), ("Fennmoor",)
        ),
        publication_date=day,
        links=("https://council.example/log",),
        suppressed=True,
    )
    first = make_precedent("FOI-1#1", responded=None)
    store.write(precedents=[(first, "a"), (full, "b")])
    with Store.open(tmp_path) as opened:
        assert len(opened) == 2
        assert opened.precedents([1, 0, 1]) == [full, first, full]
        assert opened.precedent("FOI-2#2(b)") == full
        assert opened.precedent("FOI-2#2") is None
        assert opened.precedents_of("FOI-2") == [full]
        assert opened.precedents_of("FOI-3") == []
        assert opened.precedents([]) == []


def test_later_writes_number_rows_on(store: Store, make_precedent: Callable[..., Precedent]) -> None:
    """A second batch goes on where the first ended, and the dates follow."""
    batches = [[make_precedent(f"FOI-{part}-{number}#1") for number in range(700)] for part in (1, 2)]
    for batch in batches:
        store.write(precedents=[(one, one.id) for one in batch])
        assert len(store.responded()) == len(store)
    both = batches[0] + batches[1]
    assert store.precedents(range(1400)) == both


def test_row_that_is_not_held_is_an_error(store: Store, make_precedent: Callable[..., Precedent]) -> None:
    """A row of another build is not passed over in silence."""
    store.write(precedents=[(make_precedent(), "a")])
    with pytest.raises(StoredIndexError, match=r"no precedent in row 1.*triage reindex"):
        store.precedents([0, 1])


@pytest.mark.parametrize("kind", ["precedents", "disclosures", "files"])
def test_same_record_twice_is_refused_whole(store: Store, make_precedent: Callable[..., Precedent], kind: str) -> None:
    """An id, reference or path written twice fails, and nothing of that batch is kept."""
    one = make_precedent("FOI-1#1")
    twice = {
        "precedents": [(one, "a"), (one, "b")],
        "disclosures": [make_disclosure("FOI-1"), make_disclosure("FOI-1", "another")],
        "files": [StoredFile("a.txt", "d"), StoredFile("a.txt", "e")],
    }[kind]
    with pytest.raises(ValueError, match="twice"):
        store.write(**({"precedents": [(make_precedent("FOI-0#1"), "z")]} | {kind: twice}))  # type: ignore[arg-type]
    assert (len(store), list(store.disclosures()), store.files()) == (0, [], [])


DATES = {"old": dt.date(2020, 1, 1), "eve": dt.date(2024, 2, 29), "new": dt.date(2025, 1, 1), "undated": None}


@pytest.mark.parametrize(
    ("before", "exclude", "kept"),
    [
        pytest.param(None, [], ["old", "eve", "new", "undated"], id="everything"),
        pytest.param(dt.date(2024, 2, 29), [], ["old", "eve"], id="on the day counts, undated does not"),
        pytest.param(dt.date(2024, 2, 28), [], ["old"], id="a day earlier"),
        pytest.param(dt.date(2019, 1, 1), [], [], id="before all"),
        pytest.param(None, ["eve#1", "undated#1"], ["old", "new"], id="excluded"),
        pytest.param(dt.date(2024, 12, 31), ["old#1"], ["eve"], id="both"),
        pytest.param(None, ["old", "x' OR 1=1 --"], ["old", "eve", "new", "undated"], id="unknown ids"),
    ],
)
def test_allowed(
    store: Store,
    make_precedent: Callable[..., Precedent],
    before: dt.date | None,
    exclude: list[str],
    kept: list[str],
) -> None:
    """A date keeps what was responded on or before it, exclusions go by whole ids."""
    store.write(precedents=[(make_precedent(f"{name}#1", responded=day), name) for name, day in DATES.items()])
    assert [name for name, keep in zip(DATES, store.allowed(before, exclude), strict=True) if keep] == kept


@settings(deadline=None)
@given(days=st.lists(st.none() | st.dates(), max_size=12), before=st.dates())
def test_date_filter_is_the_comparison_of_dates(days: list[dt.date | None], before: dt.date) -> None:
    """For any dates, from year 1 on, the filter is `responded <= before`."""
    template = Precedent("", "", None, "Fennmoor Council", "?", "?", "", Outcome.UNKNOWN, (), "unknown", "unknown")  # type: ignore[arg-type]
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(sys.modules["triage.store.records"]._TABLES)
    with Store(connection, Path("memory")) as store:
        made = [msgspec.structs.replace(template, id=str(row), responded=day) for row, day in enumerate(days)]
        store.write(precedents=[(one, "x") for one in made])
        assert store.allowed(before).tolist() == [day is not None and day <= before for day in days]


def test_disclosures_and_files_come_back(tmp_path: Path, store: Store) -> None:
    """Disclosures by reference, files with their failures, and what was read from a file of that digest."""
    read = (make_disclosure("FOI-9"), make_disclosure("FOI-9", "another"))
    shown = (read[0], msgspec.structs.replace(read[1], reference="FOI-9~2"))
    failed = (Failure("line 3", "no reply in it"), Failure("", "cut short"))
    store.write(
        disclosures=shown,
        files=[StoredFile("b/log.jsonl", "d1", read, failed), StoredFile("a.pdf", "d2", (), failed[1:])],
    )
    with Store.open(tmp_path) as opened:
        assert opened.disclosure("FOI-9~2") == shown[1]
        assert opened.disclosure("FOI-8") is None
        assert list(opened.disclosures()) == list(shown)
        assert opened.files() == [
            StoredFile("a.pdf", "d2", failed=failed[1:]),
            StoredFile("b/log.jsonl", "d1", failed=failed),
        ]
        assert opened.disclosures_of_file("b/log.jsonl", "d1") == read
        assert opened.disclosures_of_file("a.pdf", "d2") == ()
        assert opened.disclosures_of_file("b/log.jsonl", "d2") is None
        assert opened.disclosures_of_file("c.pdf", "d1") is None


def test_embedded_digests_name_a_row_of_that_text(store: Store, make_precedent: Callable[..., Precedent]) -> None:
    """Each embedded text is found once, with a row that holds it."""
    store.write(precedents=[(make_precedent(f"FOI-{row}#1"), digest) for row, digest in enumerate("abab")])
    assert store.embedded_digests() == {"a": 0, "b": 1}


def test_authorities_are_counted(store: Store, make_precedent: Callable[..., Precedent]) -> None:
    """The authority with the most precedents comes first, equal ones by name."""
    names = ["Oxmere Trust", "Fennmoor Council", "Fennmoor Council", "Ashby Force"]
    store.write(precedents=[(make_precedent(f"FOI-{row}#1", authority=name), "a") for row, name in enumerate(names)])
    assert list(store.authorities().items()) == [("Fennmoor Council", 2), ("Ashby Force", 1), ("Oxmere Trust", 1)]


def test_reading_from_several_threads(tmp_path: Path, store: Store, make_precedent: Callable[..., Precedent]) -> None:
    """One open store serves threads at the same time."""
    made = [make_precedent(f"FOI-{row}#1") for row in range(50)]
    store.write(precedents=[(one, one.id) for one in made])
    with Store.open(tmp_path) as opened, ThreadPoolExecutor(8) as threads:
        for row, found in enumerate(threads.map(lambda row: opened.precedents([row % 50]), range(200))):
            assert found == [made[row % 50]]


def test_opened_store_cannot_be_written(tmp_path: Path, store: Store, make_precedent: Callable[..., Precedent]) -> None:
    """A finished build never changes."""
    store.close()
    with Store.open(tmp_path) as opened, pytest.raises(StoredIndexError, match="readonly"):
        opened.write(precedents=[(make_precedent(), "a")])
    with pytest.raises(StoredIndexError, match="never written twice"):
        Store.create(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"", id="empty"),
        pytest.param(b"not a database at all, but long enough to be read as one" * 40, id="nonsense"),
    ],
)
def test_store_that_cannot_be_read_names_the_command(tmp_path: Path, content: bytes | None) -> None:
    """A missing or damaged file says what to run, and is not created."""
    path = tmp_path / "precedents.sqlite"
    if content is not None:
        path.write_bytes(content)
    what = "is missing" if content is None else "cannot read"
    with pytest.raises(StoredIndexError, match=rf"{what}.*triage reindex --corpus DIR --index DIR"):
        Store.open(tmp_path)
    assert path.exists() == (content is not None)


def test_damaged_record_names_the_command(
    tmp_path: Path, store: Store, make_precedent: Callable[..., Precedent]
) -> None:
    """A record of another form is an index to rebuild, not a crash."""
    store.write(precedents=[(make_precedent(), "a")])
    store.close()
    with sqlite3.connect(tmp_path / "precedents.sqlite") as connection:
        connection.execute("UPDATE precedents SET record = '{}'")
    connection.close()
    with Store.open(tmp_path) as opened, pytest.raises(StoredIndexError, match="triage reindex"):
        opened.precedents([0])


def test_folder_names_of_any_form_can_be_opened(tmp_path: Path) -> None:
    """Signs that mean something in an address do not in a folder's name."""
    folder = tmp_path / "index 50%? #2"
    folder.mkdir()
    Store.create(folder).close()
    with Store.open(folder) as opened:
        assert len(opened) == 0


def make_build(index_dir: Path) -> Path:
    """Begin a build and finish it."""
    build = begin_build(index_dir)
    write_manifest(build, MANIFEST)
    return build


def list_builds(index_dir: Path) -> set[str]:
    """Name the builds that are there."""
    return {path.name for path in index_dir.glob("build-*")}


def test_publishing_swaps_and_keeps_the_previous(tmp_path: Path) -> None:
    """The new build is in use, the one before it stays, older and abandoned ones go, strangers stay."""
    stranger = tmp_path / "build-notes"
    stranger.mkdir()
    builds = []
    for _ in range(3):
        abandoned = begin_build(tmp_path)
        builds.append(make_build(tmp_path))
        publish_build(tmp_path, builds[-1])
        assert current_build(tmp_path) == builds[-1]
        assert not abandoned.exists()
    assert list_builds(tmp_path) == {"build-notes", builds[1].name, builds[2].name}


def test_rolling_back_by_the_pointer(tmp_path: Path) -> None:
    """Writing the kept build's name into the pointer puts it in use again."""
    first = make_build(tmp_path)
    publish_build(tmp_path, first)
    publish_build(tmp_path, make_build(tmp_path))
    assert current_build(tmp_path) != first
    (tmp_path / "CURRENT").write_text(first.name + "\n", encoding="ascii")
    assert current_build(tmp_path) == first


def test_unfinished_build_is_not_published(tmp_path: Path) -> None:
    """A build without a manifest leaves the one in use where it is."""
    publish_build(tmp_path, make_build(tmp_path))
    before = current_build(tmp_path)
    with pytest.raises(StoredIndexError, match=r"manifest\.json"):
        publish_build(tmp_path, begin_build(tmp_path))
    assert current_build(tmp_path) == before


def test_build_of_another_folder_is_not_published(tmp_path: Path) -> None:
    """Only a build inside the index folder can be put in use."""
    with pytest.raises(StoredIndexError, match="is not a build of"):
        publish_build(tmp_path / "one", make_build(tmp_path / "two"))
    plain = tmp_path / "one" / "plain"
    plain.mkdir(parents=True)
    with pytest.raises(StoredIndexError, match="is not a build of"):
        publish_build(tmp_path / "one", plain)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "there is no index in", id="no pointer"),
        pytest.param(b"", "is not a build", id="empty"),
        pytest.param(b"../../elsewhere", "is not a build", id="leads out of the folder"),
        pytest.param(b"build-20240601T093000Z-0011aabb\n", "which is missing", id="build gone"),
        pytest.param(b"\xff\xfe", "cannot read", id="not text"),
    ],
)
def test_pointer_that_leads_nowhere_names_the_command(tmp_path: Path, content: bytes | None, message: str) -> None:
    """Without a usable pointer the error says what to run."""
    if content is not None:
        (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(StoredIndexError, match=rf"{message}.*triage reindex --corpus DIR --index DIR"):
        current_build(tmp_path)


def test_second_build_at_once_is_refused(tmp_path: Path) -> None:
    """While one process builds, another is told to wait; afterwards it may."""
    code = "import sys, pathlib; from triage.store import build_lock\nwith build_lock(pathlib.Path(sys.argv[1])): pass"
    command = [sys.executable, "-c", code, str(tmp_path / "index")]
    with build_lock(tmp_path / "index"):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "StoredIndexError: another `triage reindex` is building" in done.stderr
        with pytest.raises(StoredIndexError, match="wait until it has ended"), build_lock(tmp_path / "index"):
            pytest.fail("two builds at once")
    subprocess.run(command, check=True)


def test_lock_is_freed_when_a_build_fails(tmp_path: Path) -> None:
    """A build that raises lets the next one in."""
    with pytest.raises(KeyError), build_lock(tmp_path):
        raise KeyError
    with build_lock(tmp_path):
        assert begin_build(tmp_path).is_dir()


def test_manifest_round_trip(tmp_path: Path) -> None:
    """What is written is read, the time with its zone."""
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"{", id="cut short"),
        pytest.param(b"{}", id="no fields"),
        pytest.param(msgspec.json.encode(msgspec.to_builtins(MANIFEST) | {"more": 1}), id="unknown field"),
    ],
)
def test_manifest_of_another_form_names_the_command(tmp_path: Path, content: bytes | None) -> None:
    """A manifest that this version cannot read says what to run."""
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(StoredIndexError, match="triage reindex"):
        read_manifest(tmp_path)


def test_fitting_manifest_passes() -> None:
    """The same form, model and settings are accepted."""
    check_manifest(MANIFEST, encoder_digest="e" * 64, config_digest="f" * 64)


@pytest.mark.parametrize(
    ("manifest", "encoder", "config", "named"),
    [
        pytest.param(MANIFEST, "x" * 64, "f" * 64, "embedding model", id="other weights"),
        pytest.param(MANIFEST, "e" * 64, "x" * 64, "configuration", id="other settings"),
        pytest.param(msgspec.structs.replace(MANIFEST, contract=0), "e" * 64, "f" * 64, "form of the index", id="old"),
    ],
)
def test_manifest_that_differs_is_refused(manifest: Manifest, encoder: str, config: str, named: str) -> None:
    """Any difference names what differs and the command to run."""
    with pytest.raises(StoredIndexError, match=rf"2024-06-01 09:30 .*another {named}.*triage reindex --corpus DIR"):
        check_manifest(manifest, encoder_digest=encoder, config_digest=config)
