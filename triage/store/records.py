"""Keep the precedents, disclosures and files of one build in an SQLite file.

In: precedents with the digest of the text embedded, disclosures, files with what failed in them. Out: the same records
by row, id, reference or file.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from triage.errors import StoredIndexError
from triage.schema import Disclosure, Precedent

__all__ = ["Failure", "Store", "StoredFile"]

T = TypeVar("T")

_STORE_FILE: Final = "precedents.sqlite"
_REBUILD: Final = "run `triage reindex --corpus DIR --index DIR`"
_ROWS_A_QUERY: Final = 500
"""SQLite before 3.32 takes at most 999 parameters in a statement."""

_TABLES: Final = """
CREATE TABLE precedents (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    authority TEXT NOT NULL,
    responded TEXT,
    text_digest TEXT NOT NULL,
    record BLOB NOT NULL
);
CREATE TABLE disclosures (reference TEXT PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE files (path TEXT PRIMARY KEY, digest TEXT NOT NULL, failed BLOB NOT NULL);
CREATE TABLE file_disclosures (
    path TEXT NOT NULL, ordinal INTEGER NOT NULL, record BLOB NOT NULL, PRIMARY KEY (path, ordinal)
);
CREATE INDEX precedents_by_reference ON precedents (reference);
CREATE INDEX precedents_by_text ON precedents (text_digest);
"""


class Failure(msgspec.Struct, frozen=True):
    """What could not be read, and why; `where` is a place in the file, empty for the whole of it."""

    where: str
    reason: str


class StoredFile(msgspec.Struct, frozen=True):
    """A file of the corpus as it was read: `path` relative to the corpus, SHA-256, and what came out of it.

    `disclosures` are as read, before corrections and before a second one of the same reference is renamed.
    """

    path: str
    digest: str
    disclosures: tuple[Disclosure, ...] = ()
    failed: tuple[Failure, ...] = ()


class Store:
    """The records of one build; safe to read from several threads, which then take turns."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.RLock()
        self._days: NDArray[np.int32] | None = None

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Make an empty store in the folder of a new build.

        Raises:
            StoredIndexError: The file exists or cannot be made.
        """
        path = folder / _STORE_FILE
        if path.exists():
            raise StoredIndexError(f"{path} exists; a build is never written twice: {_REBUILD}")
        try:
            connection = sqlite3.connect(path, check_same_thread=False)
            connection.executescript(_TABLES)
        except sqlite3.Error as error:
            raise StoredIndexError(f"cannot make {path}: {error}; check the folder and the free space") from error
        return cls(connection, path)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open a finished store for reading.

        Raises:
            StoredIndexError: The file is missing or damaged.
        """
        path = folder / _STORE_FILE
        if not path.is_file():
            raise StoredIndexError(f"{path} is missing; {_REBUILD}")
        connection = None
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            connection.execute("SELECT row, id, reference, authority, responded, text_digest, record FROM precedents")
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            raise StoredIndexError(f"cannot read {path}: {error}; {_REBUILD}") from error
        return cls(connection, path)

    def __len__(self) -> int:
        return int(self._select("SELECT count(*) FROM precedents")[0][0])

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def write(
        self,
        *,
        precedents: Iterable[tuple[Precedent, str]] = (),
        disclosures: Iterable[Disclosure] = (),
        files: Iterable[StoredFile] = (),
    ) -> None:
        """Add records, all or none.

        Args:
            precedents: Each with the SHA-256 of the text that was embedded; rows are numbered on from those held.
            disclosures: As the index shows them: corrected, and with a reference of their own.
            files: Every file of the corpus, also one from which nothing could be read.

        Raises:
            ValueError: An id, a reference or a path is there twice.
            StoredIndexError: The file cannot be written.
        """
        encode = msgspec.json.encode
        with self._lock:
            first = len(self)
            try:
                with self._connection as connection:
                    connection.executemany(
                        "INSERT INTO precedents VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (
                            (row, one.id, one.reference, one.authority, _iso(one.responded), digest, encode(one))
                            for row, (one, digest) in enumerate(precedents, start=first)
                        ),
                    )
                    connection.executemany(
                        "INSERT INTO disclosures VALUES (?, ?)", ((one.reference, encode(one)) for one in disclosures)
                    )
                    for file in files:
                        connection.execute(
                            "INSERT INTO files VALUES (?, ?, ?)", (file.path, file.digest, encode(file.failed))
                        )
                        connection.executemany(
                            "INSERT INTO file_disclosures VALUES (?, ?, ?)",
                            ((file.path, ordinal, encode(one)) for ordinal, one in enumerate(file.disclosures)),
                        )
            except sqlite3.IntegrityError as error:
                raise ValueError(f"the same record twice in {self._path}: {error}") from error
            except sqlite3.Error as error:
                raise StoredIndexError(
                    f"cannot write {self._path}: {error}; check the folder and the free space"
                ) from error
            self._days = None

    def precedents(self, rows: Sequence[int] | NDArray[np.int64]) -> list[Precedent]:
        """Return the precedents of `rows`, in that order.

        Raises:
            StoredIndexError: A row is not held: the files of the build do not belong together.
        """
        wanted = [int(row) for row in rows]
        held: dict[int, bytes] = {}
        for start in range(0, len(wanted), _ROWS_A_QUERY):
            part = wanted[start : start + _ROWS_A_QUERY]
            marks = ",".join("?" * len(part))
            held.update(self._select(f"SELECT row, record FROM precedents WHERE row IN ({marks})", part))  # noqa: S608 - only question marks are put in
        missing = next((row for row in wanted if row not in held), None)
        if missing is not None:
            raise StoredIndexError(f"{self._path} holds no precedent in row {missing}; {_REBUILD}")
        return [self._decode(held[row], Precedent) for row in wanted]

    def precedent(self, precedent_id: str) -> Precedent | None:
        """Return the precedent of that id, if it is held."""
        found = self._select("SELECT record FROM precedents WHERE id = ?", (precedent_id,))
        return self._decode(found[0][0], Precedent) if found else None

    def precedents_of(self, reference: str) -> list[Precedent]:
        """Return the precedents of one disclosure, in the order they were written."""
        found = self._select("SELECT record FROM precedents WHERE reference = ? ORDER BY row", (reference,))
        return [self._decode(record, Precedent) for (record,) in found]

    def responded(self) -> NDArray[np.int32]:
        """Return each precedent's date as `date.toordinal()`, 0 for an undated one: shape (n,), not to be changed."""
        with self._lock:
            if self._days is None:
                found = self._select("SELECT responded FROM precedents ORDER BY row")
                days = [dt.date.fromisoformat(text).toordinal() if text else 0 for (text,) in found]
                self._days = np.array(days, dtype=np.int32)
                self._days.flags.writeable = False
            return self._days

    def allowed(self, before: dt.date | None = None, exclude: Collection[str] = ()) -> NDArray[np.bool_]:
        """Tell which precedents may be found: shape (n,).

        Args:
            before: Keep only precedents responded on or before that date; undated ones are then left out.
            exclude: Precedent ids to leave out; an unknown id leaves out nothing.
        """
        days = self.responded()
        kept = np.ones(len(days), dtype=np.bool_) if before is None else (days > 0) & (days <= before.toordinal())
        for precedent_id in exclude:
            for (row,) in self._select("SELECT row FROM precedents WHERE id = ?", (precedent_id,)):
                kept[row] = False
        return kept

    def authorities(self) -> dict[str, int]:
        """Return how many precedents each authority has, the most frequent first and equal ones by name."""
        return dict(
            self._select("SELECT authority, count(*) FROM precedents GROUP BY authority ORDER BY 2 DESC, authority")
        )

    def disclosure(self, reference: str) -> Disclosure | None:
        """Return the disclosure of that reference, if it is held."""
        found = self._select("SELECT record FROM disclosures WHERE reference = ?", (reference,))
        return self._decode(found[0][0], Disclosure) if found else None

    def disclosures(self) -> Iterator[Disclosure]:
        """Yield every disclosure, by reference."""
        for (reference,) in self._select("SELECT reference FROM disclosures ORDER BY reference"):
            found = self.disclosure(reference)
            if found is not None:
                yield found

    def disclosures_of_file(self, path: str, digest: str) -> tuple[Disclosure, ...] | None:
        """Return what was read from a file, or `None` where the file is unknown or has changed since."""
        if not self._select("SELECT 1 FROM files WHERE path = ? AND digest = ?", (path, digest)):
            return None
        found = self._select("SELECT record FROM file_disclosures WHERE path = ? ORDER BY ordinal", (path,))
        return tuple(self._decode(record, Disclosure) for (record,) in found)

    def read_from(self, file: str) -> tuple[Disclosure, ...]:
        """Return everything that was read from a file, or from a file inside it, before corrections."""
        found = self._select(
            "SELECT record FROM file_disclosures WHERE substr(?, 1, length(path)) = path ORDER BY path, ordinal",
            (file,),
        )
        return tuple(self._decode(record, Disclosure) for (record,) in found)

    def references(self) -> list[str]:
        """Return the reference of every disclosure, in order."""
        return [reference for (reference,) in self._select("SELECT reference FROM disclosures ORDER BY reference")]

    def naming(self, reference: str) -> list[Disclosure]:
        """Return the disclosures that hold the words of a reference anywhere, by reference; itself among them."""
        words = msgspec.json.encode(reference)[1:-1]
        found = self._select("SELECT record FROM disclosures WHERE instr(record, ?) ORDER BY reference", (words,))
        return [self._decode(record, Disclosure) for (record,) in found]

    def files(self) -> list[StoredFile]:
        """Return every file with its digest and what failed in it, by path; `disclosures` is left empty."""
        found = self._select("SELECT path, digest, failed FROM files ORDER BY path")
        return [
            StoredFile(path, digest, failed=self._decode(failed, tuple[Failure, ...])) for path, digest, failed in found
        ]

    def embedded_digests(self) -> dict[str, int]:
        """Return, for the digest of each embedded text, one row whose vector is of that text."""
        return dict(self._select("SELECT text_digest, min(row) FROM precedents GROUP BY text_digest"))

    def _select(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise StoredIndexError(f"cannot read {self._path}: {error}; {_REBUILD}") from error

    def _decode(self, record: bytes, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(record, type=kind)
        except msgspec.DecodeError as error:
            raise StoredIndexError(f"a record in {self._path} cannot be read: {error}; {_REBUILD}") from error


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()
