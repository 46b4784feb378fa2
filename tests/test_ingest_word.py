"""Word files become text with their numbers, tables, boxes and notes; damaged and hostile ones are refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.config import Limits
from triage.errors import FormatError, InputError, TooLargeError
from triage.ingest import Unread, read_sources
from triage.ingest.found import Opened
from triage.ingest.word import word_text
from triage.schema import Source

W = nsdecls("w")


def _data(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _text(data: bytes, limits: Limits | None = None) -> str:
    return word_text(Opened("a.docx", Path("a.docx"), data, "", limits or Limits()))


def _lines(document: Document) -> list[str]:
    return [line for line in _text(_data(document)).split("\n") if line]


def _number(document: Document, levels: list[tuple[str, str]], *, restart: bool = False) -> str:
    """Add a list with levels of (form, printed text) to a document and return its number."""
    root: Any = document.part.numbering_part.element
    key = str(900 + len(root))
    body = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    first = root.find(".//{*}num")
    first.addprevious(parse_xml(f'<w:abstractNum {W} w:abstractNumId="{key}">{body}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
    if restart:
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        again = f'<w:num {W} w:numId="{key}1"><w:abstractNumId w:val="{key}"/>{override}</w:num>'
        root.append(parse_xml(again))
    return key


def _item(document: Document, text: str, key: str, level: int = 0) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'))


def test_lists_have_the_numbers_that_word_prints() -> None:
    """Numbers, letters, roman numerals and joined numbers are counted by level; bullets are dashes."""
    document = docx.Document()
    key = _number(document, [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%1.%3")])
    for text, level in (("one", 0), ("a", 1), ("b", 1), ("deep", 2), ("two", 0), ("again a", 1)):
        _item(document, text, key, level)
    bullet = _number(document, [("bullet", "\uf0b7")])
    _item(document, "point", bullet)
    assert _lines(document) == ["1. one", "(a) a", "(b) b", "1.i deep", "2. two", "(a) again a", "- point"]


def test_a_list_goes_on_after_a_paragraph_and_restarts_where_told() -> None:
    """An answer between two questions does not restart the count; a second list over the same style may."""
    document = docx.Document()
    key = _number(document, [("upperLetter", "%1)")], restart=True)
    _item(document, "How many?", key)
    document.add_paragraph("Twelve.")
    _item(document, "Where?", key)
    _item(document, "Anew", f"{key}1")
    _item(document, "On", f"{key}1")
    assert _lines(document) == ["A) How many?", "Twelve.", "B) Where?", "A) Anew", "B) On"]


def test_numbers_may_come_from_a_style() -> None:
    """A paragraph takes its list from its style or from the style that one builds on."""
    document = docx.Document()
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    assert _lines(document) == ["1. first", "2. second"]


def test_blocks_come_in_the_order_of_the_letter() -> None:
    """Letterhead, headings, paragraphs and tables stand in the order of reading; page numbers are left out."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Our ref: HCFOI-2024-0310"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 2"
    document.add_heading("Decision", level=1)
    document.add_paragraph("We hold this.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Year", "Vans", "2022", "12"), strict=True):
        cell.text = text
    document.add_paragraph("Yours faithfully")
    assert _lines(document) == [
        "Our ref: HCFOI-2024-0310", "Decision", "We hold this.", "Year | Vans", "2022 | 12", "Yours faithfully",
    ]  # fmt: skip


def test_an_empty_cell_keeps_its_place() -> None:
    """A row with an empty cell still has all its partings, so that figures stay under their heads."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table._cells, ("2022", "", "12"), strict=True):
        cell.text = text
    assert _lines(document) == ["2022 |  | 12"]


def test_a_letter_laid_out_in_a_table_is_read_cell_by_cell() -> None:
    """Where cells hold paragraphs of a letter, each row is read from its first cell to its last."""
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Question 1"
    table.cell(0, 1).text = "word " * 45
    table.cell(1, 0).text = "Question 2"
    table.cell(1, 1).text = "None."
    assert _lines(document) == ["Question 1", ("word " * 45).strip(), "Question 2 | None."]


@pytest.mark.parametrize(
    ("inner", "line"),
    [
        pytest.param("<w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "a", id="deleted"),
        pytest.param("<w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins>", "ab", id="inserted"),
        pytest.param("<w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:r><w:t>a</w:t></w:r>", "a", id="moved away"),
        pytest.param("<w:sdt><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>", "a", id="content control"),
        pytest.param("<w:r><w:t>31</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>", "31-1", id="hyphen"),
        pytest.param("<w:r><w:fldChar/><w:instrText>PAGE</w:instrText><w:t>a</w:t></w:r>", "a", id="field code"),
    ],
)
def test_only_the_words_that_stand_are_read(inner: str, line: str) -> None:
    """What was inserted under tracking is read; what was deleted or moved away, and field codes, are not."""
    document = docx.Document()
    document.add_paragraph()._p.append(parse_xml(f"<w:smartTag {W}>{inner}</w:smartTag>"))
    assert _lines(document) == [line]


def test_text_boxes_are_read_once() -> None:
    """A text box is stored twice, for new and old programs: its words come once."""
    document = docx.Document()
    paragraph = document.add_paragraph("Beside the box")
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    names = f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph._p.append(
        parse_xml(
            f"<w:r {names}><mc:AlternateContent><mc:Choice Requires='wps'><w:pict>{box}</w:pict></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert _lines(document) == ["Beside the box", "In the box"]


def test_links_keep_their_addresses() -> None:
    """A link is `[words](address)`: an answer may be nothing but a link."""
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    key = document.part.relate_to("https://oxley.example/a", kind, is_external=True)
    names = nsdecls("w", "r")
    paragraph._p.append(parse_xml(f'<w:hyperlink {names} r:id="{key}"><w:r><w:t>table</w:t></w:r></w:hyperlink>'))
    assert _lines(document) == ["See [table](https://oxley.example/a)"]


def _with_part(data: bytes, name: str, content: bytes, edits: dict[str, tuple[bytes, bytes]] | None = None) -> bytes:
    """Copy an Office file with one part more and with replacements in others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                before, after = (edits or {}).get(part.filename, (b"", b""))
                whole = old.read(part)
                new.writestr(part.filename, whole.replace(before, after, 1) if before else whole)
        new.writestr(name, content)
    return stream.getvalue()


def test_footnotes_follow_the_letter() -> None:
    """A note is read below the letter, with the number that stands where it is called."""
    document = docx.Document()
    paragraph = document.add_paragraph("Twelve")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    note = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>On 1 May.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    edits = {"word/_rels/document.xml.rels": (b"</Relationships>", relation.encode())}
    lines = [
        line
        for line in _text(_with_part(_data(document), "word/footnotes.xml", note.encode(), edits)).split("\n")
        if line
    ]
    assert lines == ["Twelve (1)", "(1) On 1 May."]


LETTER = docx.Document()
LETTER.add_paragraph("Dear requester, we hold 12 vans.")
GOOD = _data(LETTER)


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        pytest.param(GOOD[: len(GOOD) // 2], FormatError, "damaged or cut short", id="cut short"),
        pytest.param(b"PK\x05\x06" + bytes(18), FormatError, "no .docx file", id="an empty zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), FormatError, "a password", id="password"),
        pytest.param(b"Dear requester", FormatError, "damaged or cut short", id="text"),
        pytest.param(
            _with_part(GOOD, "word/media/a.bin", bytes(30_000_000)), TooLargeError, "packs too well", id="ratio"
        ),
        pytest.param(
            _with_part(GOOD, "word/extra.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'),
            FormatError,
            "document type definition",
            id="outside entity",
        ),
        pytest.param(_data(docx.Document()), InputError, "holds no text", id="empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, error: type[InputError], reason: str) -> None:
    """Damaged, protected, hostile and empty files are each refused with what to do."""
    with pytest.raises(error, match=reason) as raised:
        _text(data)
    assert str(raised.value).startswith("a.docx")
    assert ";" in str(raised.value)


def test_what_a_file_may_unpack_to_is_a_setting() -> None:
    """A file is refused when its parts together go over `limits.unpacked_bytes`."""
    with pytest.raises(TooLargeError, match="unpacked_bytes"):
        _text(GOOD, Limits(unpacked_bytes=1000))


def test_a_letter_whose_parts_cannot_be_unpacked_is_listed_beside_a_table(tmp_path: Path) -> None:
    """A Word file with a broken part is looked through for names of attachments all the same, and then listed."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        part = archive.getinfo("word/document.xml")
    start = part.header_offset + 30 + len(part.filename)
    (tmp_path / "a.docx").write_bytes(GOOD[:start] + bytes(20) + GOOD[start + 20 :])
    (tmp_path / "b.csv").write_text("Year,Vans\n2022,12\n", encoding="utf-8")
    (found,) = read_sources(tmp_path / "a.docx", root=tmp_path, limits=Limits())
    assert isinstance(found, Unread)
    assert "damaged or cut short" in found.reason


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_listed(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    """Whatever bytes of a good file change, there is a reply or a reason, never another error."""
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    path = tmp_path_factory.mktemp("word") / "a.docx"
    path.write_bytes(bytes(data))
    found = list(read_sources(path, root=path.parent, limits=Limits()))
    assert len(found) == 1
    assert isinstance(found[0], Source | Unread)
