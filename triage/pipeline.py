"""The order of the stages: the only module that knows it.

In: texts, files, folders. Out: the records of `schema`. The heavy stages are imported when they are first needed, so
that reading a citation does not load an embedding model.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import re
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

from triage import __version__
from triage.citations import find_citations
from triage.config import Config
from triage.errors import CorpusError, EmptyInputError, InputError, NotTextError, StoredIndexError, TooLargeError
from triage.ingest import Unread, digest_of, find_files, name_of, read_sources
from triage.mask import mask_people
from triage.schema import (
    AnsweredQuestion,
    Citation,
    Disclosure,
    Match,
    Precedent,
    Question,
    Regime,
    Request,
    Slots,
    Source,
    SplitRequest,
    Status,
    Suggestion,
)
from triage.slots import find_slots

if TYPE_CHECKING:
    from triage.encode import Encoder
    from triage.index import LexicalIndex, VectorIndex
    from triage.store import Manifest, Store

__all__ = [
    "OpenIndex",
    "ReindexReport",
    "ask",
    "build_name",
    "check_request",
    "cite",
    "corpus_digest",
    "is_stale",
    "open_index",
    "read_paths",
    "read_text",
    "reindex",
    "search",
    "split",
]

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


def _no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def check_request(text: str, *, config: Config, name: str = "the request") -> str:
    """Refuse a request that cannot be worked on.

    Raises:
        EmptyInputError: There is nothing but white space.
        NotTextError: It holds half a character, which no later stage could write down.
        TooLargeError: It is over `limits.request_bytes`.
    """
    size = len(text.encode("utf-8", errors="surrogatepass"))
    if size > config.limits.request_bytes:
        raise TooLargeError(
            f"{name} has {size:,} bytes, over the limit of {config.limits.request_bytes:,}; "
            "paste only the request itself, or raise limits.request_bytes"
        )
    if not text.strip():
        raise EmptyInputError(f"{name} is empty; paste the words of the requester")
    _check_characters(text, name)
    return text


def _check_characters(text: str, name: str) -> None:
    """Refuse the lone halves of surrogate pairs that JSON escapes may leave."""
    half = re.search(r"[\ud800-\udfff]", text)
    if half:
        raise NotTextError(f"{name} holds half a character at position {half.start()}; take it out or send it whole")


def split(request: Request) -> SplitRequest:
    """Take a request apart into questions and constraints."""
    from triage.split import split_request

    return split_request(request)


def _split_text(text: str, received: dt.date | None) -> Sequence[Question]:
    return split(Request("", text, received)).questions


def cite(
    text: str, *, date: dt.date | None = None, regime: Regime = Regime.FOIA, half: str = "response"
) -> tuple[Citation, ...]:
    """List the provisions that a text cites."""
    return find_citations(text, date=date, regime=regime, half=half)


def _mask_value(value: Any) -> Any:  # noqa: ANN401 -- records are whatever their file holds
    if isinstance(value, str):
        return mask_people(value)
    if isinstance(value, list):
        return [_mask_value(each) for each in value]
    if isinstance(value, dict):
        return {key: _mask_value(each) for key, each in value.items()}
    return value


_MASKED_FIELDS: Final = frozenset({"request", "response", "questions"})


def _masked(source: Source) -> Source:
    """Cover the people named in a source before any stage sees it; lengths and offsets stay."""
    fields = {name: _mask_value(value) if name in _MASKED_FIELDS else value for name, value in source.fields.items()}
    return msgspec.structs.replace(source, text=mask_people(source.text), fields=fields)


def read_text(text: str, *, name: str, config: Config, request: str | None = None) -> Disclosure:
    """Read one reply given as text.

    Raises:
        EmptyInputError: There is nothing but white space.
        NotTextError: It holds half a character.
        TooLargeError: It is over `limits.file_bytes`.
    """
    from triage.read import read_disclosure

    data = text.encode("utf-8", errors="surrogatepass")
    if len(data) > config.limits.file_bytes:
        raise TooLargeError(f"{name} has {len(data):,} bytes, over the limit of {config.limits.file_bytes:,}; split it")
    if not text.strip():
        raise EmptyInputError(f"{name} is empty; give the words of the reply")
    _check_characters(text + (request or ""), name)
    source = _masked(Source(name, digest_of(data), "txt", text))
    return read_disclosure(source, split=_split_text, request=mask_people(request) if request else None)


def _read_file(path: Path, root: Path, config: Config) -> tuple[list[Disclosure], list[Unread]]:
    from triage.read import read_disclosure

    found: list[Disclosure] = []
    failed: list[Unread] = []
    for source in read_sources(path, root=root, limits=config.limits):
        if isinstance(source, Unread):
            failed.append(source)
            continue
        try:
            found.append(read_disclosure(_masked(source), split=_split_text))
        except InputError as error:
            failed.append(Unread(source.file, str(error), source.line))
    return found, failed


def read_paths(paths: Iterable[Path], *, config: Config) -> Iterator[Disclosure | Unread]:
    """Read files and folders of replies.

    Raises:
        InputError: A path does not exist.
    """
    for path in paths:
        root = path if path.is_dir() else path.parent
        for file in find_files(path):
            found, failed = _read_file(file, root, config)
            yield from found
            yield from failed


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


def _file_digests(corpus: Path) -> dict[str, tuple[Path, str]]:
    found = {}
    for path in find_files(corpus):
        digest = hashlib.sha256()
        try:
            # A named pipe would be waited for without end.
            with path.open("rb") if path.is_file() else io.BytesIO(b"not a file") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        except OSError:
            digest.update(b"unreadable")
        found[name_of(path, corpus)] = (path, digest.hexdigest())
    return found


def corpus_digest(corpus: Path) -> str:
    """Return a SHA-256 over the names and contents of a corpus.

    Raises:
        InputError: The folder does not exist.
    """
    return _digest_of_files(_file_digests(corpus))


def _digest_of_files(files: dict[str, tuple[Path, str]]) -> str:
    lines = "".join(f"{name}\0{digest}\n" for name, (_, digest) in sorted(files.items()))
    return hashlib.sha256(lines.encode("utf-8", errors="surrogateescape")).hexdigest()


@functools.cache
def _reader_version() -> str:
    """Name the version of the reading stages: a change of their code makes a reading of a file stale."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".json"}:
            digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"


def _plain_label(label: str | None) -> str | None:
    """Write a label as a precedent id holds it: no "Question", no dot.

    >>> _plain_label("Question 2."), _plain_label("1.a.i"), _plain_label("Q3(b)")
    ('2', '1(a)(i)', '3(b)')
    """
    if not label or not label.strip():
        return None
    words = re.sub(r"^(?:questions?|points?|parts?|items?|q)\b[\s.]*|^q(?=\d)", "", label.strip(), flags=re.IGNORECASE)
    head, *rest = [part for part in re.split(r"[.\s]+", words.strip(" .:)(-")) if part] or [""]
    plain = head + "".join(f"({part.strip('()')})" for part in rest)
    if plain.count("(") > plain.count(")"):
        plain += ")"
    return re.sub(r"[#\s]", "", plain) or None


def _precedents_of(disclosure: Disclosure) -> Iterator[Precedent]:
    labels = [_plain_label(question.label) for question in disclosure.questions]
    counts = Counter(labels)
    own = {label for label in labels if label is not None and counts[label] == 1}
    for question, label in zip(disclosure.questions, labels, strict=True):
        key = label if label in own else str(question.ordinal)
        if key != label and key in own:
            key = f"{question.ordinal}~"
        if not question.text.strip():
            continue
        yield _precedent(disclosure, question, label, key)


def _precedent(disclosure: Disclosure, question: AnsweredQuestion, label: str | None, key: str) -> Precedent:
    standalone = question.standalone or question.text
    slots = question.slots
    if slots == Slots():
        slots = find_slots(standalone, received=disclosure.received or disclosure.responded)
    return Precedent(
        id=f"{disclosure.reference}#{key}",
        reference=disclosure.reference,
        label=label,
        authority=disclosure.authority,
        question=question.text,
        standalone=standalone,
        answer=question.answer,
        outcome=question.outcome,
        provisions=question.provisions,
        binding=question.binding,
        status=disclosure.status,
        evidence=question.evidence,
        slots=slots,
        responded=disclosure.responded,
        url=disclosure.url,
        published=disclosure.published,
        links=question.links,
        suppressed=question.suppressed,
        publication_date=question.publication_date,
        is_review=disclosure.reviews is not None,
        file=disclosure.file,
    )


def _settle(disclosures: list[Disclosure]) -> tuple[list[Disclosure], list[str]]:
    """Give each disclosure a reference of its own, and each reviewed one what became of it."""
    notes: list[str] = []
    ordered = sorted(disclosures, key=lambda d: (d.responded or dt.date.min, d.file))
    seen: dict[str, list[Disclosure]] = {}
    for disclosure in ordered:
        kept = seen.setdefault(disclosure.reference, [])
        if any(_same_content(disclosure, other) for other in kept):
            notes.append(f"{disclosure.file}: the same reply as {kept[0].file}; kept once")
            continue
        if kept:
            renamed = f"{disclosure.reference}~{len(kept) + 1}"
            notes.append(f"{disclosure.file}: {disclosure.reference} is also in {kept[0].file}; kept as {renamed}")
            disclosure = msgspec.structs.replace(disclosure, reference=renamed)
        kept.append(disclosure)
    by_reference = {d.reference: d for kept in seen.values() for d in kept}
    for disclosure in list(by_reference.values()):
        earlier = by_reference.get(disclosure.reviews or "")
        if earlier is None or disclosure.review_status is None or earlier is disclosure:
            continue
        if earlier.responded and disclosure.responded and earlier.responded > disclosure.responded:
            continue
        if earlier.status in (Status.UNKNOWN, Status.STANDS):
            by_reference[earlier.reference] = msgspec.structs.replace(earlier, status=disclosure.review_status)
    return list(by_reference.values()), notes


def _same_content(one: Disclosure, other: Disclosure) -> bool:
    return (one.responded, one.text, one.questions) == (other.responded, other.text, other.questions)


_TELLING: Final = re.compile(r"[^\W\d_]{4,}")
_FILLING: Final = frozenset(
    "again before could each equivalent from have information likewise many much number please same that their them there "
    "these they this those total were what which with would year years your".split()
)


def _search_text(text: str, standalone: str) -> str:
    """Choose the words that are embedded and looked up: the question's own, or with its surroundings where they say little.

    On `evaluation/scenarios` own words put an acceptable precedent first for 0.43 of the questions, standalone ones for
    0.31: what a question takes from its neighbours is mostly what they ask.
    """
    words = {word for word in map(str.lower, _TELLING.findall(text)) if word not in _FILLING}
    return " ".join((text if len(words) >= 3 else standalone).split())


def _own_authority(config: Config, disclosures: Sequence[Disclosure]) -> str | None:
    if config.authority:
        return config.authority
    counts = Counter(d.authority for d in disclosures if d.authority)
    return counts.most_common(1)[0][0] if counts else None


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
        InputError: The corpus folder does not exist.
        StoredIndexError: Another build is running.
        EncoderError: The model is missing or not the one expected.
    """
    from triage.encode import encoder_digest
    from triage.store import Failure, Store, StoredFile, begin_build, build_lock, publish_build

    if not corpus.is_dir():
        raise InputError(f"{corpus} is not a folder; name the folder of past disclosures with --corpus")
    digest = encoder_digest(config.encoder) if encoder is None else "given by the caller"
    with build_lock(index):
        files = _file_digests(corpus)
        previous, manifest = _previous(index)
        readable = manifest is not None and (manifest.config_digest, manifest.triage_version) == (
            config.digest(),
            _reader_version(),
        )
        known = {each.path: each for each in previous.files()} if previous else {}
        read: dict[str, StoredFile] = {}
        unchanged = 0
        for done, (name, (path, file_digest)) in enumerate(files.items(), start=1):
            old = _read_before(previous, name, file_digest) if readable else None
            if old is not None and name in known:
                read[name] = StoredFile(name, file_digest, old, known[name].failed)
                unchanged += 1
            else:
                found, failed = _read_file(path, corpus, config)
                failures = tuple(Failure(_place(each), each.reason) for each in failed)
                read[name] = StoredFile(name, file_digest, tuple(found), failures)
            on_progress("read", done, len(files))
        disclosures, notes = _settle([d for each in read.values() for d in each.disclosures])
        precedents = [p for d in disclosures for p in _precedents_of(d)]
        failed_all = tuple(Unread(name, failure.reason) for name, each in read.items() for failure in each.failed)
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
            texts = [_search_text(p.question, p.standalone) for p in precedents]
            keys = [hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest() for text in texts]
            same_encoder = manifest is not None and manifest.encoder_digest == digest
            vectors = _vectors(index, texts, keys, previous if same_encoder else None, config, encoder, on_progress)
            with Store.create(build) as store:
                store.write(precedents=zip(precedents, keys, strict=True), disclosures=disclosures, files=read.values())
            _write_indexes(build, vectors, texts, config)
            new = [name for name in files if name not in known]
            report = ReindexReport(
                read=len(files),
                unchanged=unchanged,
                new=len(new),
                changed=len(files) - unchanged - len(new),
                removed=len(known.keys() - files.keys()),
                failed=failed_all,
                disclosures=len(disclosures),
                precedents=len(precedents),
                notes=tuple(notes),
            )
            _write_manifest(build, report, config, digest, _digest_of_files(files), disclosures, vectors.shape[1])
            publish_build(index, build)
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        finally:
            if previous:
                previous.close()
    return report


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
            triage_version=_reader_version(),
            encoder_digest=encoder,
            corpus_digest=corpus,
            config_digest=config.digest(),
            authority=_own_authority(config, disclosures),
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


class OpenIndex:
    """An index ready to be searched; safe to share between threads."""

    def __init__(
        self,
        *,
        store: Store,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        manifest: Manifest,
        config: Config,
        encoder: Encoder | None = None,
    ) -> None:
        self.store = store
        self.vectors = vectors
        self.lexical = lexical
        self.manifest = manifest
        self.config = config
        self._encoder = encoder

    @property
    def encoder(self) -> Encoder:
        """The encoder that the index was built with, loaded when first needed."""
        if self._encoder is None:
            from triage.encode import load_encoder

            self._encoder = load_encoder(self.config.encoder)
        return self._encoder

    @property
    def authority(self) -> str | None:
        """One's own authority: of the configuration, or the most frequent in the corpus."""
        return self.config.authority or self.manifest.authority


def open_index(index: Path, *, config: Config, encoder: Encoder | None = None) -> OpenIndex:
    """Open the current build of an index.

    Raises:
        StoredIndexError: There is none, it is damaged, or it was built with another encoder or configuration.
        EncoderError: The model is missing or not the one expected.
    """
    from triage.encode import encoder_digest
    from triage.index import LexicalIndex, VectorIndex
    from triage.store import Store, check_manifest, current_build, read_manifest

    build = current_build(index)
    manifest = read_manifest(build)
    digest = encoder_digest(config.encoder) if encoder is None else "given by the caller"
    check_manifest(manifest, encoder_digest=digest, config_digest=config.digest())
    return OpenIndex(
        store=Store.open(build),
        vectors=VectorIndex.load(build),
        lexical=LexicalIndex.load(build),
        manifest=manifest,
        config=config,
        encoder=encoder,
    )


def build_name(index: Path) -> str:
    """Return the name of the build in use: it changes with every reindex.

    Raises:
        StoredIndexError: There is no index, or what it names is not there.
    """
    from triage.store import current_build

    return current_build(index).name


def is_stale(corpus: Path, index: Path, *, config: Config) -> bool:
    """Tell whether the index is missing, or was built from another corpus, configuration or version."""
    from triage.store import current_build, read_manifest

    try:
        manifest = read_manifest(current_build(index))
    except StoredIndexError:
        return True
    return (manifest.corpus_digest, manifest.config_digest, manifest.triage_version) != (
        corpus_digest(corpus),
        config.digest(),
        _reader_version(),
    )


def search(
    opened: OpenIndex,
    query: str,
    *,
    top_k: int | None = None,
    before: dt.date | None = None,
    exclude: Collection[str] = (),
    vector: np.ndarray[tuple[int], np.dtype[np.float32]] | None = None,
    today: dt.date | None = None,
) -> tuple[Match, ...]:
    """Find the precedents nearest to a query, best first.

    Args:
        opened: The index.
        query: The question in its own words.
        top_k: How many to return; the configuration's number by default.
        before: Keep only precedents responded on or before that day.
        exclude: Ids of precedents to leave out.
        vector: Embedding of the query, shape (dimension,), where it is known already.
        today: The day against which age counts.
    """
    from triage.search import search as search_index

    if vector is None:
        vector = opened.encoder.encode([query])[0]
    return search_index(
        query,
        vector=vector,
        vectors=opened.vectors,
        lexical=opened.lexical,
        store=opened.store,
        settings=opened.config.search,
        top_k=top_k,
        before=before,
        exclude=exclude,
        today=today,
    )


def ask(opened: OpenIndex, request: Request) -> tuple[SplitRequest, tuple[Suggestion, ...]]:
    """Split a request and say for each question what past answers mean for it.

    A request without a date counts as received today.
    """
    from triage.suggest import suggest

    day = request.received or dt.datetime.now(dt.UTC).date()
    parts = split(msgspec.structs.replace(request, received=day))
    if not parts.questions:
        return parts, ()
    queries = [_search_text(question.text, question.standalone or question.text) for question in parts.questions]
    vectors = opened.encoder.encode(queries)
    suggestions = tuple(
        suggest(
            question,
            search(opened, query, vector=vector, today=day),
            settings=opened.config.suggest,
            own_authority=opened.authority,
            today=day,
        )
        for question, query, vector in zip(parts.questions, queries, vectors, strict=True)
    )
    return parts, suggestions
