"""PDF files become text in the order of reading; locked, scanned and damaged ones are refused with the reason."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import fpdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.config import Limits
from triage.errors import EmptyInputError, FormatError, InputError, TooLargeError
from triage.ingest import Note, Unread, read_sources
from triage.ingest.found import Opened
from triage.ingest.pdf import pdf_text
from triage.schema import Source


class _Letter(fpdf.FPDF):
    """A letter with a running head and page numbers."""

    def header(self) -> None:
        self.set_font("Helvetica", size=9)
        self.cell(0, 8, "Harrowmere Constabulary - HCFOI-2024-0310", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=9)
        self.cell(0, 8, f"Page {self.page_no()} of 2", align="C")


def _new(letter: type[fpdf.FPDF] = fpdf.FPDF) -> fpdf.FPDF:
    pdf = letter()
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    return pdf


def _text(data: bytes, limits: Limits | None = None) -> tuple[str, list[str]]:
    return pdf_text(Opened("a.pdf", Path("a.pdf"), data, "", limits or Limits()))


def _data(pdf: fpdf.FPDF) -> bytes:
    return bytes(pdf.output())


def _lines(pdf: fpdf.FPDF) -> list[str]:
    return [line for line in _text(_data(pdf))[0].split("\n") if line]


def _write(pdf: fpdf.FPDF, *paragraphs: str, width: float = 0) -> None:
    for paragraph in paragraphs:
        pdf.multi_cell(width, 6, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(4)


REASON = (
    "We have weighed the arguments for and against giving you the number of vans that are parked in each yard at night "
    "and find that the interest in keeping them safe outweighs the interest in knowing where they stand."
)


def test_paragraphs_are_whole_and_short_lines_stay() -> None:
    """Lines that a paragraph was wrapped into are joined; addresses, lists and headings keep their lines."""
    pdf = _new()
    address = ["Oxley Fire and Rescue Service", "4 Mill Lane", "Oxley"]
    for line in address:
        pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(5)
    _write(pdf, "FOI 52/09", REASON, "1. How many vans?\n2. Where are they?\n- at night", REASON)
    assert _lines(pdf) == [
        *address, "FOI 52/09", REASON, "1. How many vans?", "2. Where are they?", "- at night", REASON,
    ]  # fmt: skip


def test_paragraphs_stand_apart_and_lists_are_set_in() -> None:
    """The room between paragraphs is an empty line, and what is set in keeps its place."""
    pdf = _new()
    _write(pdf, REASON, "We found this:")
    pdf.set_x(20)
    pdf.cell(0, 6, "1a   Disclosed", new_x="LMARGIN", new_y="NEXT")
    pdf.set_x(20)
    pdf.cell(0, 6, "1b   Exempt", new_x="LMARGIN", new_y="NEXT")
    assert _text(_data(pdf))[0] == f"{REASON}\n\nWe found this:\n\n     1a   Disclosed\n     1b   Exempt\n"


def test_running_heads_come_once_and_page_numbers_go() -> None:
    """A head that stands on several pages is kept where it stands first, and a sentence goes on over the page."""
    pdf = _new(_Letter)
    _write(pdf, *[f"Figure {n}: {n * 7}." for n in range(20)])
    pdf.set_y(-32)
    pdf.set_auto_page_break(False)
    pdf.multi_cell(
        0,
        6,
        "The vans are kept in yards of which four stand beside the road and the rest of the yards of the",
        align="L",
    )
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    _write(pdf, "force do not.")
    lines = _lines(pdf)
    assert [line for line in lines if "HCFOI" in line] == ["Harrowmere Constabulary - HCFOI-2024-0310"]
    assert [line for line in lines if "Page" in line] == []
    assert lines[-1].endswith("the rest of the yards of the force do not.")


def test_the_rows_of_a_table_are_lines_in_place() -> None:
    """A ruled table stands between its paragraphs, a row a line, cells parted by bars."""
    pdf = _new()
    _write(pdf, "Before.")
    with pdf.table() as table:
        for row in (("Station", "Reported", "Found"), ("Harrowmere Central", "391", ""), ("Docks", "", "2")):
            cells = table.row()
            for cell in row:
                cells.cell(cell)
    pdf.ln(4)
    _write(pdf, "After.")
    assert _lines(pdf) == [
        "Before.", "Station | Reported | Found", "Harrowmere Central | 391", "Docks |  | 2", "After.",
    ]  # fmt: skip


def test_figures_without_rules_are_rows_too() -> None:
    """Cells that stand under each other with room between are a table, though nothing is drawn around them."""
    pdf = _new()
    for row in (("Year", "Vans"), ("2021", "12"), ("2022", "14"), ("2023", "9")):
        for cell in row:
            pdf.cell(60, 6, cell)
        pdf.ln(6)
    assert _lines(pdf) == ["Year | Vans", "2021 | 12", "2022 | 14", "2023 | 9"]


def test_columns_are_read_one_after_the_other() -> None:
    """A letter in two columns does not mix their lines; what stands above and below both keeps its place."""
    pdf = _new()
    _write(
        pdf,
        "Freedom of information request 869/23 about the vans that are kept in all the yards of this force at night",
    )
    top = pdf.get_y()
    _write(pdf, REASON.replace("vans", "cars"), width=85)
    left = pdf.get_y()
    pdf.set_xy(110, top)
    pdf.multi_cell(85, 6, REASON, align="L")
    pdf.set_xy(pdf.l_margin, max(left, pdf.get_y()) + 6)
    _write(pdf, "Yours faithfully")
    assert _lines(pdf)[1:] == [REASON.replace("vans", "cars"), REASON, "Yours faithfully"]


@pytest.mark.parametrize(
    ("word", "whole"),
    [
        pytest.param("infor-\nmation", "information", id="broken"),
        pytest.param("non-\npublic", "non-public", id="prefix"),
        pytest.param("2022-\n23", "2022-23", id="years"),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_mended(word: str, whole: str) -> None:
    """A word that was broken is whole again; one that has a hyphen of its own keeps it."""
    pdf = _new()
    full = "we hold this kind of paper and more of it in the yard beside the road for"
    pdf.multi_cell(0, 6, f"{full} one or two years {word} and that is all of it.", align="L")
    assert any(f" {whole} and" in line for line in _lines(pdf))


def test_links_keep_their_addresses() -> None:
    """The address of a link stands beside its words."""
    pdf = _new()
    pdf.write(6, "See ")
    pdf.write(6, "our table", link="https://oxley.example/a.csv")
    pdf.write(6, " for more.")
    assert _lines(pdf) == ["See [our table](https://oxley.example/a.csv) for more."]


def _locked(password: str) -> bytes:
    pdf = _new()
    _write(pdf, "We hold 12 vans.")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_data(pdf)))
    writer.encrypt(password, algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _picture(pdf: fpdf.FPDF) -> None:
    from PIL import Image

    pdf.image(Image.new("RGB", (60, 60), "white"), x=10, y=20, w=180)


def _scan() -> bytes:
    pdf = _new()
    _picture(pdf)
    return _data(pdf)


def test_a_file_that_only_forbids_changes_is_read() -> None:
    """Many letters are locked against changes and open without a password."""
    assert _text(_locked(""))[0] == "We hold 12 vans.\n"


def _bomb() -> bytes:
    packed = zlib.compress(b" " * 30_000_000)
    pdf = _new()
    _write(pdf, "We hold 12 vans.")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_data(pdf)))
    stream = pypdf.generic.StreamObject()
    stream.set_data(packed)
    stream[pypdf.generic.NameObject("/Filter")] = pypdf.generic.NameObject("/FlateDecode")
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        pytest.param(_locked("secret"), FormatError, "protected by a password", id="password"),
        pytest.param(_scan(), EmptyInputError, "no text layer.*OCR", id="scan"),
        pytest.param(b"Dear requester", FormatError, "is no PDF file", id="text"),
        pytest.param(_scan()[:200], FormatError, "is damaged", id="cut short"),
        pytest.param(_bomb(), TooLargeError, "unpacked_bytes", id="bomb"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, error: type[InputError], reason: str) -> None:
    """Locked, scanned, damaged and hostile files are each refused with what to do."""
    with pytest.raises(error, match=reason) as raised:
        _text(data, Limits(unpacked_bytes=20_000_000))
    assert str(raised.value).startswith("a.pdf")
    assert ";" in str(raised.value)


def test_a_page_without_text_among_others_is_noted(tmp_path: Path) -> None:
    """Where only some pages are pictures, the others are read and a note names those."""
    pdf = _new()
    _write(pdf, "We hold 12 vans.")
    pdf.add_page()
    _picture(pdf)
    (tmp_path / "a.pdf").write_bytes(_data(pdf))
    source, note = read_sources(tmp_path / "a.pdf", root=tmp_path, limits=Limits())
    assert isinstance(source, Source)
    assert isinstance(note, Note)
    assert "page 2 of 2" in note.text


def _good() -> bytes:
    pdf = _new()
    _write(pdf, "Dear requester", REASON)
    return _data(pdf)


GOOD = _good()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_listed(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    """Whatever bytes of a good file change, there is a reply or a reason, never another error."""
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(data))
    found = list(read_sources(path, root=path.parent, limits=Limits()))
    assert found
    assert all(isinstance(each, Source | Unread | Note) for each in found)
