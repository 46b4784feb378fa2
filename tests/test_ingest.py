"""Files of past replies become text, and whatever cannot be used is listed with its reason."""

from __future__ import annotations

import codecs
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.config import Limits
from triage.errors import EmptyInputError, InputError, NotTextError
from triage.ingest import FORMS, Unread, decode_text, digest_of, find_files, read_sources
from triage.schema import Source

LETTER = "Dear requester,\nThe café’s rent was £1,200 – paid yearly.\nFennmoor Council\n"


def _read(path: Path, root: Path | None = None, limits: Limits | None = None) -> tuple[list[Source], list[Unread]]:
    found = list(read_sources(path, root=root or path.parent, limits=limits or Limits()))
    return [one for one in found if isinstance(one, Source)], [one for one in found if isinstance(one, Unread)]


def _text_of(folder: Path, name: str, content: str) -> str:
    """Write one file, read it, and return the only text in it."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    sources, unread = _read(path)
    assert unread == []
    assert len(sources) == 1
    return sources[0].text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(LETTER.encode(), id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + LETTER.encode(), id="UTF-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + LETTER.encode("utf-16-le"), id="UTF-16, little end first"),
        pytest.param(codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"), id="UTF-16, big end first"),
        # its mark starts with that of UTF-16
        pytest.param(codecs.BOM_UTF32_LE + LETTER.encode("utf-32-le"), id="UTF-32"),
        pytest.param(LETTER.encode("cp1252"), id="Windows-1252"),
        pytest.param(LETTER.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(LETTER.replace("\n", "\r").encode(), id="line ends of old Macs"),
    ],
)
def test_text_is_the_same_in_every_encoding(data: bytes) -> None:
    """A letter reads the same whatever encoding and line ends it was saved with."""
    assert decode_text(data, name="letter.txt") == LETTER


def test_no_break_spaces_do_not_make_a_letter_binary() -> None:
    """A Windows-1252 letter full of no-break spaces, as mail programs write them, is text."""
    letter = "Total:\u00a0\u00a0\u00a0£12\u00a0\u00a0each\n" * 5
    assert decode_text(letter.encode("cp1252"), name="mail.txt") == letter


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        pytest.param(b"", EmptyInputError, "x.txt is empty", id="nothing"),
        pytest.param(b" \r\n\t", EmptyInputError, "x.txt is empty", id="white space"),
        pytest.param(codecs.BOM_UTF8, EmptyInputError, "x.txt is empty", id="a mark alone"),
        pytest.param(b"PK\x03\x04\x00\x00", NotTextError, "x.txt is a binary file", id="zip"),
        pytest.param(bytes(range(1, 256)) * 9, NotTextError, "not text in any known encoding", id="no NUL in it"),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a", NotTextError, "is not; save it again", id="broken UTF-16"),
    ],
)
def test_bytes_without_text_are_refused(data: bytes, error: type[InputError], reason: str) -> None:
    """Nothing, white space and binary content raise an error that names the file and what to do."""
    with pytest.raises(error, match=reason) as raised:
        decode_text(data, name="x.txt")
    assert ";" in str(raised.value)


@given(st.text().filter(lambda text: text.strip() and "\0" not in text and text[0] != "\ufeff"))
def test_no_character_is_lost_in_decoding(text: str) -> None:
    """Every UTF-8 text comes back as it was, but for the form of its line ends."""
    assert decode_text(text.encode(), name="x") == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever bytes a file holds, decoding gives text with something in it or an `InputError`."""
    try:
        text = decode_text(data, name="x")
    except InputError:
        return
    assert text.strip()


def test_only_disclosures_are_listed(tmp_path: Path) -> None:
    """Files come sorted; hidden ones, the README, the settings and the corrections are no disclosures."""
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.html",
        "README.md",
        "sub/readme.txt",
        "corrections.jsonl",
        "triage.toml",
        "log.columns.toml",
        "~$a.docx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "d.txt").write_text("text")
    (tmp_path / ".e.txt").write_text("text")
    assert [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)] == ["a.txt", "b.txt", "sub/c.html"]


def test_one_file_is_a_list_of_itself(tmp_path: Path) -> None:
    """A file may be named instead of a folder."""
    path = tmp_path / "a.txt"
    path.write_text("text")
    assert find_files(path) == (path,)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """A path that leads nowhere is named with what to do."""
    with pytest.raises(InputError, match="does not exist; name a file or a folder"):
        find_files(tmp_path / "absent")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_end_and_are_never_passed_over(tmp_path: Path) -> None:
    """A link that leads round in a circle or to a folder is not followed, and is listed with its reason."""
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "absent.txt")
    (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a.txt").write_text("text")
    unread = {path.name: _read(path, tmp_path)[1] for path in find_files(tmp_path)}
    assert list(unread) == ["a.txt", "folder", "gone.txt", "loop.txt"]
    assert unread["a.txt"] == []
    assert "links to folders are not followed" in unread["folder"][0].reason
    assert "cannot be opened" in unread["gone.txt"][0].reason
    assert "cannot be opened" in unread["loop.txt"][0].reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_does_not_stop_the_reading(tmp_path: Path) -> None:
    """What is no plain file is listed, never waited for."""
    os.mkfifo(tmp_path / "pipe.txt")
    sources, unread = _read(tmp_path / "pipe.txt")
    assert sources == []
    assert "is not a file" in unread[0].reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("sound.mp3", b"ID3", f"save it as one of {', '.join(FORMS)}", id="unsupported ending"),
        pytest.param("letter", b"Dear requester", "this form is not read", id="no ending"),
        pytest.param("photo.txt", b"\x89PNG\r\n\x00", "binary file", id="binary"),
        pytest.param("none.txt", b"\n\n", "is empty", id="empty"),
        pytest.param(
            "long.txt", b"x" * 101, "101 bytes, over 100; split it or raise limits.file_bytes", id="too large"
        ),
        pytest.param("page.html", b"<script>var a = 1</script>", "holds no text", id="a page of scripts alone"),
        pytest.param("page.html", b"<!-- -->", "is not a web page", id="no page"),
        pytest.param("log.csv", b"a,b\n1,2\n", "no columns for a reference", id="log without a reference"),
        pytest.param("log.csv", b"Ref,Date\n1,2\n", "no columns for a reference and a request", id="log without words"),
    ],
)
def test_a_file_that_cannot_be_used_is_listed(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Each such file gives one `Unread` that names it relative to the corpus and says why."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    sources, unread = _read(tmp_path / "in" / name, tmp_path, Limits(file_bytes=100))
    assert sources == []
    assert [one.file for one in unread] == [f"in/{name}"]
    assert reason in unread[0].reason


def test_a_letter_is_kept_as_it_stands(tmp_path: Path) -> None:
    """A `.txt` letter is one source with its text, form and digest."""
    path = tmp_path / "letter.txt"
    path.write_bytes(LETTER.encode())
    sources, unread = _read(path)
    assert (sources, unread) == ([Source("letter.txt", digest_of(LETTER.encode()), "txt", LETTER)], [])


def test_marks_of_markdown_are_taken_off(tmp_path: Path) -> None:
    """Headings, rules and emphasis lose their marks; list items, quotations and plain asterisks keep theirs."""
    content = "## Our reply\n---\n**Question 1**: 3 * 4 * 5 and __none__\n- item\n> quoted\nsnake_case__name\n"
    expected = "Our reply\n\nQuestion 1: 3 * 4 * 5 and none\n- item\n> quoted\nsnake_case__name\n"
    assert _text_of(tmp_path, "letter.md", content) == expected


PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html><head><title>Lamp posts</title><link rel="canonical" href="https://fennmoor.example/foi/12">
<style>p { color: red }</style></head>
<body class="has-cookie-banner"><nav>Home Council tax</nav><div id="CookieNotice">We use cookies</div>
<p class="breadcrumb">You are here</p>
<main><h1>FOI 12/24</h1><p>How many lamp posts?</p>
<table><tr><th>Year</th><th>Posts</th></tr><tr><td>2022</td><td>412</td></tr></table>
<p>See <a href="https://fennmoor.example/posts.csv">the register</a>.</p>
<script>track("visitor")</script></main>
<footer>Contact us</footer></body></html>"""


def test_a_page_keeps_its_content(tmp_path: Path) -> None:
    """Headings, paragraphs, cells and addresses of links stay."""
    text = _text_of(tmp_path, "page.html", PAGE)
    for kept in ("FOI 12/24", "How many lamp posts?", "[the register](https://fennmoor.example/posts.csv)"):
        assert kept in text
    assert [line.split() for line in text.split("\n") if "412" in line] == [["2022", "412"]]


def test_a_page_loses_what_is_not_its_content(tmp_path: Path) -> None:
    """Scripts, styles, navigation, cookie notice and footer go."""
    text = _text_of(tmp_path, "page.html", PAGE)
    for gone in ("track", "color", "Council tax", "cookies", "You are here", "Contact us"):
        assert gone not in text


def test_the_address_of_a_page_is_kept(tmp_path: Path) -> None:
    """The canonical address that a page states becomes its `url`."""
    path = tmp_path / "page.htm"
    path.write_text(PAGE, encoding="utf-8")
    assert _read(path)[0][0].fields["url"] == "https://fennmoor.example/foi/12"


def test_a_form_around_the_whole_page_is_no_search_box(tmp_path: Path) -> None:
    """A page that its content system wraps into one form keeps its content; a small form goes."""
    body = "<form><h1>FOI 9</h1><p>We hold 12 vans.</p><p>One is hired.</p><p>Regards</p><input value='Search'></form>"
    text = _text_of(tmp_path, "page.html", f"<body><form><p>Search this site</p></form>{body}</body>")
    assert "We hold 12 vans." in text
    assert "Search" not in text


LOG = [
    ["Reference", "Date received", "Request", "Response"],
    ["FOI 1", "2024-01-02", "How many vans?", "We hold 12, of which 3 are hired; none is leased."],
    ["FOI 2", "2024-01-03", "How many\nbicycles?", 'The "pool" has 4.'],
]


@pytest.mark.parametrize(
    "delimiter", [pytest.param(",", id="comma"), pytest.param(";", id="semicolon"), pytest.param("\t", id="tab")]
)
def test_each_row_of_a_log_is_a_source(tmp_path: Path, delimiter: str) -> None:
    """Rows are read whatever the delimiter, with line breaks, delimiters and quotes inside a cell."""
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in LOG]
    path = tmp_path / "log.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    sources, unread = _read(path)
    assert unread == []
    names = ["reference", "received", "request", "response"]
    assert [source.fields for source in sources] == [dict(zip(names, row, strict=True)) for row in LOG[1:]]
    assert [source.text for source in sources] == [row[3] for row in LOG[1:]]


def test_the_delimiter_is_told_by_the_header(tmp_path: Path) -> None:
    """Cells full of another delimiter do not mislead: the first row says which one parts the cells."""
    rows = ["Ref,Request,Response"] + [f"FOI {n},vans; cars; bikes; boats,none; none; none; 4" for n in range(20)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    sources, unread = _read(path)
    assert (len(sources), unread) == (20, [])
    assert sources[0].fields["request"] == "vans; cars; bikes; boats"


def test_a_row_of_another_length_is_listed(tmp_path: Path) -> None:
    """A ragged row is listed with its line; the rows around it are kept, an empty one is nothing."""
    path = tmp_path / "log.csv"
    path.write_text("Ref,Request,Response\nFOI 1,a,b\nFOI 2,a,b,c\n\n,,\nFOI 3,a\nFOI 4,a,b\n", encoding="utf-8")
    sources, unread = _read(path)
    assert [source.fields["reference"] for source in sources] == ["FOI 1", "FOI 4"]
    assert [(one.file, one.line) for one in unread] == [("log.csv", 3), ("log.csv", 6)]
    assert "4 cells where the header has 3" in unread[0].reason


def test_a_quote_never_closed_is_listed(tmp_path: Path) -> None:
    """A cell that is opened and never closed swallows the rows below it: that is said, not passed over."""
    path = tmp_path / "log.csv"
    path.write_text('Ref,Request,Response\nFOI 1,a,b\nFOI 2,a,"b\nFOI 3,a,b\nFOI 4,a,b\n', encoding="utf-8")
    sources, unread = _read(path)
    assert [source.fields["reference"] for source in sources] == ["FOI 1"]
    assert [one.line for one in unread] == [3]
    assert "lines 3 to 5" in unread[0].reason


def test_a_bad_line_of_records_is_listed_and_the_others_kept(tmp_path: Path) -> None:
    """Lines that are not JSON, not an object or nested without end are listed; U+2028 ends no line."""
    good = {"reference": "FOI 1", "note": "one\u2028two"}
    lines = [
        json.dumps(good, ensure_ascii=False),
        "{not JSON}",
        "",
        '["FOI 2"]',
        "[" * 100_000,
        '{"reference": "FOI 3"}',
    ]
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    sources, unread = _read(path)
    assert [(source.line, source.fields) for source in sources] == [(1, good), (6, {"reference": "FOI 3"})]
    assert [one.line for one in unread] == [2, 4, 5]
    assert all(f"records.jsonl, line {one.line}: not" in one.reason for one in unread)


@given(
    st.lists(
        st.tuples(st.text("abc,;\t\"'\n|", min_size=1).filter(lambda cell: bool(cell.strip())), st.text("xyz,;\"'\n ")),
        min_size=1,
        max_size=5,
    )
)
def test_every_row_of_a_log_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    """Whatever a properly quoted log holds, each row is a source or is listed; none is lost."""
    path = tmp_path_factory.mktemp("log") / "log.csv"
    lines = [("Ref", "Request"), *rows]
    content = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in lines)
    path.write_text(content, encoding="utf-8", newline="")
    sources, unread = _read(path)
    assert unread == []
    assert [(source.fields["reference"], source.fields["request"]) for source in sources] == [
        (ref.strip(), request.strip()) for ref, request in rows
    ]


def test_half_a_character_is_listed(tmp_path: Path) -> None:
    """A record with the lone half of a surrogate pair, as a cut emoji leaves it, is listed: it could not be stored."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"reference": "FOI 1", "note": "\\ud83d"}\n{"reference": "FOI 2", "note": "\\ud83d\\ude00"}\n')
    sources, unread = _read(path)
    assert [source.fields["note"] for source in sources] == ["\U0001f600"]
    assert [one.line for one in unread] == [1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8_is_written_out(tmp_path: Path) -> None:
    """A file from a system of another encoding is read under a name that can be stored and printed."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("text", encoding="utf-8")
    assert _read(path)[0][0].file == "caf\\xe9.txt"
