"""Turn files of past replies into text.

In: a file or folder with saved pages (`.html`, `.txt`), letters (`.txt`, `.md`), disclosure logs (`.csv`) and records
(`.jsonl`). Out: one `Source` per reply, log row or record, and one `Unread` for whatever could not be used, with its
reason; nothing is dropped in silence.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from charset_normalizer import from_bytes
from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from lxml import html as lxml_html
from lxml.etree import LxmlError

from triage.config import Limits
from triage.errors import EmptyInputError, FormatError, InputError, NotTextError, TooLargeError
from triage.schema import Source

if TYPE_CHECKING:
    from _csv import Reader

__all__ = ["FORMS", "Unread", "decode_text", "digest_of", "find_files", "name_of", "read_sources"]

FORMS: Final = (".csv", ".htm", ".html", ".jsonl", ".md", ".txt")
"""File name endings that are read; anything else in a corpus is listed as unread."""

_NOT_DISCLOSURES: Final = frozenset({"corrections.jsonl", "readme.md", "readme.txt", "triage.toml"})

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Unread(msgspec.Struct, frozen=True):
    """What could not be used, and why; `line` is set where only one row or record of the file is meant."""

    file: str
    reason: str
    line: int | None = None


def find_files(root: Path) -> tuple[Path, ...]:
    """List the files below a folder that may hold disclosures, sorted by path.

    Hidden files, `README.md`, `triage.toml` and `corrections.jsonl` are left out. A link to a folder is listed and not
    followed: `read_sources` says so.

    Raises:
        InputError: `root` does not exist.
    """
    if root.is_file():
        return (root,)
    if not root.is_dir():
        raise InputError(f"{root} does not exist; name a file or a folder of past replies")
    found = []
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
        found += [
            Path(folder, name) for name in names if not name.startswith(".") and name.lower() not in _NOT_DISCLOSURES
        ]
    return tuple(sorted(found))


def name_of(path: Path, root: Path) -> str:
    r"""Return the name by which a file is known: relative to `root`, bytes that are not UTF-8 written as `\xe9`."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decode_text(data: bytes, *, name: str) -> str:
    """Decode bytes as UTF-8, UTF-16 or UTF-32 with a mark, else as what `charset_normalizer` recognises.

    Raises:
        NotTextError: The bytes are binary.
        EmptyInputError: There is nothing but white space.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise NotTextError(f"{name} starts like {encoding} text but is not; save it again as UTF-8") from error
            break
    else:
        if b"\0" in data:
            raise NotTextError(f"{name} is a binary file, not text; save the letter as .txt, .md or .html")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _guess(data, name)
    if not text.strip():
        raise EmptyInputError(f"{name} is empty; give a file with text in it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes, name: str) -> str:
    """Decode as Windows-1252 where that leaves no control characters, else as the best guess."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        text = "" if best is None else str(best)
    odd = sum(unicodedata.category(char) == "Cc" and char not in "\n\r\t\f" for char in text)
    if not text or odd > len(text) // 100:
        raise NotTextError(f"{name} is not text in any known encoding; save it again as UTF-8")
    return text


def read_sources(path: Path, *, root: Path, limits: Limits) -> Iterator[Source | Unread]:
    """Read one file.

    Args:
        path: The file.
        root: The folder that names are given relative to.
        limits: Sizes above which a file is refused.

    Yields:
        A `Source` for every reply in the file and an `Unread` for the file or any row of it that cannot be used.
    """
    name = name_of(path, root)
    try:
        mode, size = path.stat().st_mode, path.stat().st_size
        if stat.S_ISDIR(mode):
            raise FormatError(f"{name}: links to folders are not followed; put the files themselves into the corpus")
        if not stat.S_ISREG(mode):
            raise FormatError(f"{name} is not a file; save the letter as one of {', '.join(FORMS)}")
        if size > limits.file_bytes:
            raise TooLargeError(
                f"{name} has {size:,} bytes, over {limits.file_bytes:,}; split it or raise limits.file_bytes"
            )
        reader = _READERS.get(path.suffix.lower())
        if reader is None:
            raise FormatError(f"{name}: this form is not read; save it as one of {', '.join(FORMS)}")
        data = path.read_bytes()
        text = decode_text(data, name=name)
        yield from reader(name, digest_of(data), text)
    except InputError as error:
        yield Unread(name, str(error))
    except OSError as error:
        yield Unread(name, f"{name} cannot be opened: {error.strerror}; check that the file is there and may be read")


def _read_plain(name: str, digest: str, text: str) -> Iterator[Source]:
    yield Source(name, digest, name.rpartition(".")[2].lower(), text)


_MARKDOWN_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_MARKDOWN_ITALIC: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_MARKDOWN_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s+", re.MULTILINE)
_MARKDOWN_RULE: Final = re.compile(r"^ {0,3}(?:[-*_] *){3,}$", re.MULTILINE)


def _read_markdown(name: str, digest: str, text: str) -> Iterator[Source]:
    """Read Markdown as a letter: emphasis and heading marks say nothing that the words do not; `>` quotes."""
    plain = _MARKDOWN_RULE.sub("", _MARKDOWN_HEADING.sub("", text))
    plain = _MARKDOWN_EMPHASIS.sub(r"\2", plain)
    yield Source(name, digest, "md", _MARKDOWN_ITALIC.sub(r"\1", plain))


_CHROME_XPATH: Final = (
    "//script|//style|//noscript|//template|//svg|//nav|//footer|//iframe|//button"
    # Some content systems wrap the whole page into one form.
    "|//form[not(.//h1 or .//h2 or .//table or count(.//p) > 2)]|//input|//select|//textarea"
    "|//*[@role='navigation' or @role='search' or @role='contentinfo' or @role='banner']"
    "|//*[contains(translate(@class,'COKIE','cokie'),'cookie') or contains(translate(@id,'COKIE','cokie'),'cookie')]"
    "|//*[contains(@class,'breadcrumb') or contains(@class,'skip-link') or contains(@class,'visually-hidden')]"
    "|//*[@hidden]"
)


def _read_html(name: str, digest: str, text: str) -> Iterator[Source]:
    """Read a saved page; links are kept as `[words](address)` because an answer may be nothing but a link."""
    try:
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (LxmlError, ValueError) as error:
        raise FormatError(f"{name} is not a web page: {error}; save the page again as HTML or as text") from error
    fields: dict[str, object] = {}
    for link in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        fields.setdefault("url", str(link))
    for title in tree.xpath("//title/text()"):
        fields.setdefault("title", " ".join(str(title).split()))
    for element in tree.xpath(_CHROME_XPATH):
        if element.getparent() is not None and element.tag not in ("html", "body", "main", "article"):
            element.drop_tree()
    for element in tree.xpath("//dt|//dd"):
        element.tag = "div"  # inscriptis would run the parts of a definition list together
    plain = get_text(lxml_html.tostring(tree, encoding="unicode"), ParserConfig(display_links=True))
    plain = "\n".join(line.rstrip() for line in plain.split("\n"))
    if not plain.strip():
        raise EmptyInputError(f"{name} holds no text once its scripts and navigation are taken off; save it as text")
    yield Source(name, digest, "html", plain, fields=fields)


_COLUMNS: Final[dict[str, re.Pattern[str]]] = {
    "reference": re.compile(r"ref|case (?:no|number|id)|request (?:no|number|id)|^id$", re.I),
    "received": re.compile(r"receiv|date of request|date requested|opened", re.I),
    "responded": re.compile(
        r"respon(?:se|ded).*date|date.*(?:respon|repl|clos|publish|disclos|issued|sent)|repl(?:y|ied).*date|published|closed",
        re.I,
    ),
    "outcome": re.compile(r"outcome|decision|result|status", re.I),
    "provisions": re.compile(r"exempt|exception|provision|section", re.I),
    "url": re.compile(r"url|link|web", re.I),
    "authority": re.compile(r"authority|organisation|public body", re.I),
    "request": re.compile(r"request|question|asked|information sought|subject|summary", re.I),
    "response": re.compile(r"response|reply|answer|disclosure|information (?:given|released)", re.I),
}  # fmt: skip


def map_columns(header: list[str]) -> dict[str, int]:
    """Guess which column of a disclosure log holds what; each column is used once, the surest names first.

    >>> map_columns(["Ref", "Date received", "Request", "Response"])
    {'reference': 0, 'received': 1, 'request': 2, 'response': 3}
    """
    found: dict[str, int] = {}
    for field, pattern in _COLUMNS.items():
        for position, title in enumerate(header):
            if position not in found.values() and pattern.search(title.strip()):
                found[field] = position
                break
    return found


def _read_log(name: str, digest: str, text: str) -> Iterator[Source | Unread]:
    csv.field_size_limit(10_000_000)
    # The header tells the delimiter: cells may be full of the others.
    delimiter = max(_DELIMITERS, key=lambda each: len(_header(text, each)))
    header = _header(text, delimiter)
    columns = map_columns(header)
    if "reference" not in columns or not {"request", "response"} & columns.keys():
        raise FormatError(
            f"{name}: no columns for a reference and a request or response in {header!r}; name them in the first row"
        )
    rows = _parse_rows(text, delimiter)
    next(rows)
    while True:
        first = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            place = f"line {first}" if rows.line_num == first else f"lines {first} to {rows.line_num}"
            yield Unread(name, f"{name}, {place}: {error}; mend the quotes of that row", first)
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            reason = f"{len(row)} cells where the header has {len(header)}; quote the cells that hold a delimiter"
            yield Unread(name, f"{name}, line {first}: {reason}", first)
            continue
        fields: dict[str, object] = {field: row[position].strip() for field, position in columns.items()}
        yield Source(name, digest, "csv", str(fields.get("response", "")), line=first, fields=fields)


_DELIMITERS: Final = (",", ";", "\t", "|")


def _header(text: str, delimiter: str) -> list[str]:
    try:
        return next(_parse_rows(text, delimiter), [])
    except csv.Error:
        return []


def _parse_rows(text: str, delimiter: str) -> Reader:
    """Read rows strictly: a quote that is never closed is an error, not one cell with the rest of the file in it."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar='"', strict=True)


def _read_records(name: str, digest: str, text: str) -> Iterator[Source | Unread]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Unread(name, f"{name}, line {number}: not JSON ({error}); mend or remove that line", number)
            continue
        try:
            json.dumps(record, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            yield Unread(name, f"{name}, line {number}: half a character; mend the \\u escapes of that line", number)
            continue
        if not isinstance(record, dict):
            yield Unread(name, f"{name}, line {number}: not an object; one disclosure a line is wanted", number)
            continue
        yield Source(name, digest, "jsonl", "", line=number, fields=record)


_READERS: Final[dict[str, Callable[[str, str, str], Iterator[Source | Unread]]]] = {
    ".csv": _read_log,
    ".htm": _read_html,
    ".html": _read_html,
    ".jsonl": _read_records,
    ".md": _read_markdown,
    ".txt": _read_plain,
}
