"""Build the index from the corpus.

In: the folders of corpus and index. Out: a new build beside the old one, swapped in when it is whole, and a report.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from triage import __version__
from triage.config import Config
from triage.errors import CorpusError, InputError, StoredIndexError
from triage.ingest import Beside, Unread, digest_of_files, find_letters, name_of
from triage.mask import BLOCK, find_names_of, mask_file_name
from triage.pipeline.corrections import apply_corrections
from triage.pipeline.parallel import ToRead, read_files
from triage.pipeline.precedents import own_authority, precedents_of, search_text, settle
from triage.schema import Disclosure

if TYPE_CHECKING:
    from triage.encode import Encoder
    from triage.store import BadLine, Manifest, Overlay, Store

__all__ = ["Progress", "ReindexReport", "corpus_digest", "reader_version", "reindex"]


Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


def _no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


class ReindexReport(msgspec.Struct, frozen=True):
    """What a build did. Counts are of files, but for `disclosures` and `precedents`; `notes` are for the eye."""

    read: int
    unchanged: int
    new: int
    changed: int
    removed: int
    failed: tuple[Unread, ...]
    disclosures: int
    precedents: int
    notes: tuple[str, ...] = ()


def _file_digests(corpus: Path) -> dict[str, tuple[Path, str, Beside]]:
    """List the files that are read by themselves; the digest of each covers those that belong to it."""
    found = {}
    for path, beside in find_letters(corpus).items():
        digests = [(each.name, _file_digest(each)) for each in (path, *beside.files)]
        name = mask_file_name(name_of(path, corpus))
        while name in found:
            name += "~"  # a second file whose covered name is the same is not lost
        found[name] = (path, digest_of_files(digests), beside)
    return found


def _file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        # A named pipe would be waited for without end.
        with path.open("rb") if path.is_file() else io.BytesIO(b"not a file") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        digest.update(b"unreadable")
    return digest.hexdigest()


def corpus_digest(corpus: Path) -> str:
    """Return a SHA-256 over the names and contents of a corpus, its corrections among them.

    Raises:
        InputError: The folder does not exist, or its corrections cannot be read.
    """
    from triage.store import read_corrections

    return _digest_of_corpus(_file_digests(corpus), read_corrections(corpus))


def _digest_of_corpus(files: dict[str, tuple[Path, str, Beside]], overlay: Overlay) -> str:
    from triage.store import CORRECTIONS_FILE

    digests = {name: digest for name, (_, digest, _) in files.items()}
    if overlay.digest:
        digests[CORRECTIONS_FILE] = overlay.digest
    lines = "".join(f"{name}\0{digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode("utf-8", errors="surrogateescape")).hexdigest()


@functools.cache
def reader_version() -> str:
    """Name the version of the reading stages: a change of their code makes a reading of a file stale."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*")):
        if path.suffix in {".py", ".json"}:
            digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"


def reindex(
    corpus: Path,
    index: Path,
    *,
    config: Config,
    encoder: Encoder | None = None,
    on_progress: Progress = _no_progress,
) -> ReindexReport:
    """Build the index from the corpus beside the old one, then swap.

    Files that did not change are not read again, and texts that are already embedded are not embedded again.

    Args:
        corpus: Folder of past disclosures.
        index: Folder of the index; made where it is missing.
        config: Settings, which the index will name.
        encoder: Embeds the questions; the one of the configuration by default.
        on_progress: Told how far each stage is.

    Raises:
        CorpusError: There was nothing to build from; the old index stays.
        InputError: The corpus folder does not exist, or its corrections cannot be read.
        StoredIndexError: Another build is running.
        EncoderError: The model is missing or not the one expected.
    """
    from triage.encode import encoder_digest
    from triage.store import Failure, Store, StoredFile, begin_build, build_lock, publish_build, read_corrections

    if not corpus.is_dir():
        raise InputError(f"{corpus} is not a folder; name the folder of past disclosures with --corpus")
    digest = encoder_digest(config.encoder) if encoder is None else "given by the caller"
    with build_lock(index):
        files = _file_digests(corpus)
        overlay = read_corrections(corpus)
        previous, manifest = _previous(index)
        readable = manifest is not None and (manifest.config_digest, manifest.triage_version) == (
            config.digest(),
            reader_version(),
        )
        known = {each.path: each for each in previous.files()} if previous else {}
        stored = _stored_names(known, {name: name_of(path, corpus) for name, (path, _, _) in files.items()})
        kept: dict[str, tuple[Disclosure, ...]] = {}
        if readable:
            for name, (_, file_digest, _) in files.items():
                old = _read_before(previous, stored[name], file_digest) if name in stored else None
                if old is not None:
                    kept[name] = old
        to_read = [ToRead(path, corpus, beside) for name, (path, _, beside) in files.items() if name not in kept]
        read: dict[str, StoredFile] = {}
        taken: set[str] = set()
        decided: list[str] = []
        with closing(read_files(to_read, config)) as fresh:
            for done, (name, (_, file_digest, _)) in enumerate(files.items(), start=1):
                if name in kept:
                    before = stored[name]
                    read[name] = StoredFile(before, file_digest, kept[name], known[before].failed)
                else:
                    found, failed, told = next(fresh)
                    decided += [note.text for note in told]
                    failures = tuple(Failure(_place(each), each.reason) for each in failed)
                    # A letter may give away that a word of its file's name is a person.
                    shown = found[0].file if found else name
                    while shown in taken:
                        shown += "~"
                    read[name] = StoredFile(shown, file_digest, tuple(found), failures)
                taken.add(read[name].path)
                on_progress("read", done, len(files))
        unchanged = len(kept)
        disclosures, notes = settle([d for each in read.values() for d in each.disclosures])
        disclosures, unmet = apply_corrections(disclosures, overlay.corrections)
        precedents = [p for d in disclosures for p in precedents_of(d)]
        failed_all = tuple(Unread(each.path, failure.reason) for each in read.values() for failure in each.failed)
        failed_all += tuple(_unread_correction(each) for each in overlay.bad)
        if not precedents:
            if previous:
                previous.close()
            reasons = "; ".join(each.reason for each in failed_all[:3])
            raise CorpusError(
                f"{corpus} holds nothing to build an index from"
                + (f": {reasons}" if reasons else "; put past replies into it and run `triage reindex` again")
            )
        build = begin_build(index)
        try:
            texts = [search_text(p.question, p.standalone) for p in precedents]
            keys = [hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest() for text in texts]
            same_encoder = manifest is not None and manifest.encoder_digest == digest
            vectors = _vectors(index, texts, keys, previous if same_encoder else None, config, encoder, on_progress)
            with Store.create(build) as store:
                store.write(precedents=zip(precedents, keys, strict=True), disclosures=disclosures, files=read.values())
            _write_indexes(build, vectors, texts, config)
            new = [name for name in files if name not in stored]
            report = ReindexReport(
                read=len(files),
                unchanged=unchanged,
                new=len(new),
                changed=len(files) - unchanged - len(new),
                removed=len(known.keys() - set(stored.values())),
                failed=failed_all,
                disclosures=len(disclosures),
                precedents=len(precedents),
                notes=(*decided, *notes, *unmet),
            )
            _write_manifest(
                build, report, config, digest, _digest_of_corpus(files, overlay), disclosures, vectors.shape[1]
            )
            publish_build(index, build)
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        finally:
            if previous:
                previous.close()
    return report


def _unread_correction(bad: BadLine) -> Unread:
    from triage.store import CORRECTIONS_FILE

    reason = f"{CORRECTIONS_FILE}, line {bad.line}: {bad.reason}; mend that line, or enter it with `triage correct`"
    return Unread(CORRECTIONS_FILE, reason, bad.line)


def _stored_names(known: Collection[str], files: Mapping[str, str]) -> dict[str, str]:
    """Find under which name each file is stored: what its letter gave away may have covered more than is known here.

    Args:
        known: The names stored.
        files: The names of the files, by those that are covered without reading them.
    """
    found = {name: name for name in files if name in known}
    others = {name: own for name, own in files.items() if name not in known}
    covered = find_names_of(others.values(), (each for each in known if BLOCK in each))
    return found | {name: covered[own] for name, own in others.items() if own in covered}


def _read_before(previous: Store | None, name: str, file_digest: str) -> tuple[Disclosure, ...] | None:
    """Return what was read from an unchanged file; `None` where it has to be read again."""
    try:
        return previous.disclosures_of_file(name, file_digest) if previous else None
    except StoredIndexError:
        return None


def _place(unread: Unread) -> str:
    return unread.file if unread.line is None else f"{unread.file}:{unread.line}"


def _previous(index: Path) -> tuple[Store | None, Manifest | None]:
    """Open what was built before; a damaged or foreign one is simply not reused."""
    from triage.store import Store, current_build, read_manifest

    try:
        build = current_build(index)
        return Store.open(build), read_manifest(build)
    except StoredIndexError:
        return None, None


def _vectors(
    index: Path,
    texts: Sequence[str],
    keys: Sequence[str],
    previous: Store | None,
    config: Config,
    encoder: Encoder | None,
    on_progress: Progress,
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Embed what is not embedded yet; shape (texts, dimension), float32."""
    from triage.encode import load_encoder
    from triage.index import VectorIndex
    from triage.store import current_build

    old = previous.embedded_digests() if previous else {}
    wanted = list(dict.fromkeys(key for key in keys if key not in old))
    first = {key: texts[position] for position, key in reversed(list(enumerate(keys)))}
    rows: dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}
    if wanted:
        done = 0

        def on_batch(count: int) -> None:
            nonlocal done
            done += count
            on_progress("embed", done, len(wanted))

        chosen = encoder or load_encoder(config.encoder, on_batch=on_batch)
        fresh = chosen.encode([first[key] for key in wanted])
        rows |= dict(zip(wanted, fresh, strict=True))
    kept = [key for key in dict.fromkeys(keys) if key in old]
    if kept:
        stored = VectorIndex.load(current_build(index)).vectors([old[key] for key in kept])
        rows |= dict(zip(kept, stored, strict=True))
    return np.stack([rows[key] for key in keys]).astype(np.float32)


def _write_indexes(
    build: Path, vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]], texts: Sequence[str], config: Config
) -> None:
    from triage.index import LexicalIndex, VectorIndex

    VectorIndex.build(vectors).save(build)
    LexicalIndex.build(texts, k1=config.search.k1, b=config.search.b).save(build)


def _write_manifest(
    build: Path,
    report: ReindexReport,
    config: Config,
    encoder: str,
    corpus: str,
    disclosures: Sequence[Disclosure],
    dimension: int,
) -> None:
    from triage.store import Manifest, write_manifest

    write_manifest(
        build,
        Manifest(
            built_at=dt.datetime.now(dt.UTC),
            triage_version=reader_version(),
            encoder_digest=encoder,
            corpus_digest=corpus,
            config_digest=config.digest(),
            authority=own_authority(config, disclosures),
            precedents=report.precedents,
            dimension=dimension,
            counts={
                "files": report.read,
                "failed": len(report.failed),
                "disclosures": report.disclosures,
                "precedents": report.precedents,
            },
        ),
    )
