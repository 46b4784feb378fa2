"""Files beside a letter become its attachments; letters stay letters; what changes beside a letter is read again."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from triage.config import Config, Limits
from triage.ingest import Note, Unread, find_files, find_letters, read_sources
from triage.ingest.attach import MOST_ROWS
from triage.ingest.beside import find_named
from triage.pipeline import corpus_digest, reindex
from triage.schema import Source

LETTER = "Dear requester,\n\nOur ref: FOI 12/24\n\nHow many vans do you own?\n\nWe hold 12 vans.\n\nYours faithfully\n"


def _write(folder: Path, *names: str, text: str = LETTER) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".xlsx"):
            book = openpyxl.Workbook()
            sheet = book.create_sheet("Vans", 0)
            sheet.append(["Year", "Vans"])
            sheet.append([2022, 12])
            book.save(folder / name)
        elif name.endswith(".docx"):
            document = docx.Document()
            for line in text.split("\n"):
                document.add_paragraph(line)
            document.save(str(folder / name))
        elif name.endswith(".csv"):
            (folder / name).write_text("Year,Vans\n2022,12\n", encoding="utf-8")
        else:
            (folder / name).write_text(text, encoding="utf-8")


def _groups(folder: Path) -> dict[str, list[str]]:
    return {path.name: [each.name for each in beside.files] for path, beside in find_letters(folder).items()}


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        pytest.param(["r-1.txt", "r-1.xlsx"], {"r-1.txt": ["r-1.xlsx"]}, id="same stem"),
        pytest.param(["r-1.txt", "r-1-annex.csv"], {"r-1.txt": ["r-1-annex.csv"]}, id="stem and annex"),
        pytest.param(["r-1.txt", "R-1 attachment 2.XLSX"], {"r-1.txt": ["R-1 attachment 2.XLSX"]}, id="large letters"),
        pytest.param(
            ["r-1.txt", "r-12.txt", "r-12.csv"], {"r-1.txt": [], "r-12.txt": ["r-12.csv"]}, id="stem of another"
        ),
        pytest.param(
            ["r-1.txt", "r-1-2.txt", "r-1-2-data.csv"],
            {"r-1.txt": [], "r-1-2.txt": ["r-1-2-data.csv"]},
            id="the longest stem",
        ),
        pytest.param(["log.csv", "log.columns.toml"], {"log.csv": ["log.columns.toml"]}, id="columns of a log"),
        pytest.param(["log.csv", "r-1.txt"], {"log.csv": [], "r-1.txt": []}, id="nothing in common"),
        pytest.param(["a.html", "a_files/style.css", "a_files/x.png"], {"a.html": []}, id="parts of a saved page"),
    ],
)
def test_files_are_grouped_by_their_stems(tmp_path: Path, names: list[str], groups: dict[str, list[str]]) -> None:
    """A file whose name begins with the whole stem of a letter belongs to it; others stand by themselves."""
    _write(tmp_path, *names)
    assert _groups(tmp_path) == groups
    assert [path.name for path in find_files(tmp_path)] == sorted(groups)


def test_a_file_that_a_letter_names_belongs_to_it(tmp_path: Path) -> None:
    """Whatever its name, a file is an attachment where a letter in the folder names it."""
    _write(tmp_path, "reply.txt", text=LETTER + "\nAttached: Vans by year.xlsx, yards.csv\n")
    _write(tmp_path, "Vans by year.xlsx", "other.csv")
    assert _groups(tmp_path) == {"other.csv": [], "reply.txt": ["Vans by year.xlsx"]}
    (source,) = read_sources(tmp_path / "reply.txt", root=tmp_path, limits=Limits())
    assert isinstance(source, Source)
    assert [(each.name, each.text) for each in source.attachments] == [
        ("Vans by year.xlsx", "Vans\nYear | Vans\n2022 | 12")
    ]
    assert source.named == ("yards.csv",)


def test_a_log_and_a_letter_that_are_named_stay_what_they_are(tmp_path: Path) -> None:
    """A reply that mentions the disclosure log or another letter does not swallow it."""
    _write(tmp_path, "reply.txt", text=LETTER + "\nSee log-2024.csv and earlier.docx.\n")
    _write(tmp_path, "earlier.docx")
    (tmp_path / "log-2024.csv").write_text("Ref,Request,Response\nFOI 1,a,b\n", encoding="utf-8")
    assert _groups(tmp_path) == {"earlier.docx": [], "log-2024.csv": [], "reply.txt": []}


TABLE = "Vans by year\n2022 12\n"


@pytest.mark.parametrize(
    ("word", "groups", "note"),
    [
        pytest.param(TABLE, {"r-1.txt": ["r-1.docx"]}, None, id="an attachment"),
        pytest.param(LETTER, {"r-1.txt": []}, "is the same letter", id="the same letter"),
        pytest.param(
            LETTER.replace("12 vans", "no boats, and none was ever bought, hired or lent to this force, as we said"),
            {"r-1.docx": [], "r-1.txt": []},
            "a letter of its own",
            id="another letter",
        ),
    ],
)
def test_a_word_file_beside_a_letter_is_decided(
    tmp_path: Path, word: str, groups: dict[str, list[str]], note: str | None
) -> None:
    """It is an attachment, the same letter again, or a letter of its own; what is not plain is noted."""
    _write(tmp_path, "r-1.txt")
    _write(tmp_path, "r-1.docx", text=word)
    assert _groups(tmp_path) == groups
    found = [each for path in find_files(tmp_path) for each in read_sources(path, root=tmp_path, limits=Limits())]
    notes = [each.text for each in found if isinstance(each, Note)]
    assert [str(note) in each for each in notes] == ([True] if note else [])


def test_a_file_that_cannot_be_read_beside_a_letter_is_listed(tmp_path: Path) -> None:
    """The letter is read, and its attachment is named with the reason."""
    _write(tmp_path, "r-1.txt")
    (tmp_path / "r-1.xlsx").write_bytes(b"PK broken")
    source, unread = read_sources(tmp_path / "r-1.txt", root=tmp_path, limits=Limits())
    assert isinstance(source, Source)
    assert source.text == LETTER
    assert isinstance(unread, Unread)
    assert (unread.file, "damaged or cut short" in unread.reason) == ("r-1.xlsx", True)


def test_a_long_sheet_is_cut_and_says_so(tmp_path: Path) -> None:
    """The first rows of a sheet are kept and the number of those left out is told."""
    _write(tmp_path, "r-1.txt")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Vans", 0)
    for number in range(MOST_ROWS + 5):
        sheet.append([number])
    book.save(tmp_path / "r-1.xlsx")
    (source,) = read_sources(tmp_path / "r-1.txt", root=tmp_path, limits=Limits())
    assert isinstance(source, Source)
    assert source.attachments[0].text.split("\n")[-2:] == [str(MOST_ROWS - 1), "(5 more rows are left out)"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("See https://a.example/files/b.pdf", (), id="address"),
        pytest.param("See [b](https://a.example/my%20b.pdf).", (), id="link"),
        pytest.param("the file 'Vans and cars.xlsx' is", ("Vans and cars.xlsx",), id="quoted"),
        pytest.param("Attachments:\n- Vans and cars.xlsx (14 KB)\n", ("Vans and cars.xlsx",), id="line of a list"),
        pytest.param("(vans_2022.csv)", ("vans_2022.csv",), id="brackets"),
        pytest.param("We use .pdf files.", (), id="no name"),
    ],
)
def test_names_of_files_are_found(text: str, names: tuple[str, ...]) -> None:
    """A name is found where it is quoted, alone on its line or one word; an address is none."""
    assert find_named(text) == names


def test_a_letter_is_read_again_when_what_lies_beside_it_changes(tmp_path: Path, word_hash_encoder: object) -> None:
    """An attachment that appears, changes or goes makes its letter stale, and no other one."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    _write(corpus, "r-1.txt")
    _write(corpus, "r-2.txt", text=LETTER.replace("12/24", "13/24").replace("vans", "cars"))

    def build() -> tuple[int, int, int]:
        report = reindex(corpus, index, config=Config(), encoder=word_hash_encoder)  # type: ignore[arg-type]
        return report.read, report.unchanged, report.changed

    seen = [build()]
    digests = [corpus_digest(corpus)]
    for change in (
        lambda: _write(corpus, "r-1.csv"),
        lambda: (corpus / "r-1.csv").write_text("Year,Vans\n2022,13\n", encoding="utf-8"),
        lambda: (corpus / "r-1.csv").unlink(),
        lambda: None,
    ):
        change()
        seen.append(build())
        digests.append(corpus_digest(corpus))
    assert seen == [(2, 0, 0), (2, 1, 1), (2, 1, 1), (2, 1, 1), (2, 2, 0)]
    assert digests[0] == digests[3] == digests[4]
    assert len(set(digests)) == 3


def test_the_digest_of_a_reply_covers_its_attachments(tmp_path: Path) -> None:
    """The digest changes with an attachment, and is that of the letter where it has none."""
    _write(tmp_path, "r-1.txt")
    digests = []
    for content in (None, "a,b\n1,2\n", "a,b\n1,3\n"):
        if content:
            (tmp_path / "r-1.csv").write_text(content, encoding="utf-8")
        (source,) = read_sources(tmp_path / "r-1.txt", root=tmp_path, limits=Limits())
        assert isinstance(source, Source)
        digests.append(source.digest)
    assert len(set(digests)) == 3
