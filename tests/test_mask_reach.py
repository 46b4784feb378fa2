"""Planted people never reach the mask's output, the index, what is printed or what is complained of."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import docx
import fpdf
import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from triage import cli, pipeline, render
from triage.config import Config
from triage.encode import Encoder
from triage.mask import find_people, mask_file_name, mask_people
from triage.schema import Request

CONFIG: Final = Config()

_PHASES: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""No shrinking: the frame and the person of a failure say all, and an index for each try takes long."""


class Person(NamedTuple):
    """Somebody invented; no two share a word, and none of their words is one of a letter."""

    given: str
    family: str
    title: str
    mail: str
    phone: str
    street: str
    town: str
    postcode: str

    @property
    def planted(self) -> tuple[str, ...]:
        """The strings that must not be seen again."""
        return (self.given, self.family, *self.given_parts, self.mail, self.phone, self.street, self.postcode)

    @property
    def given_parts(self) -> tuple[str, ...]:
        """The parts of a family name with a hyphen."""
        return tuple(re.split("[-'’ ]", self.family)[-1:])


_SYLLABLES: Final = st.from_regex(r"[A-Z][bdfgkvxz][aeiou](?:[bdfgkvxz][aeiou]){1,2}[bdgkvxz]", fullmatch=True)
_STEMS: Final = ["Quenb", "Vosk", "Drezz", "Wuxt", "Ygrav", "Kvist", "Zolph", "Jorv"]
_ENDINGS: Final = ["orax", "ilda", "umbek", "ethry", "avik", "osken"]
_FAMILY: Final = st.builds(
    lambda form, stem, ending: form.format(stem + ending, ending.title() + "zuv"),
    st.sampled_from(["{0}", "{0}-{1}", "O'{0}", "O’{0}", "Mac{0}", "Ó {0}", "É{0}"]),
    st.sampled_from(_STEMS),
    st.sampled_from(_ENDINGS),
)
_STREETS: Final = ["Road", "Street", "Lane", "Close", "Gardens"]
_PHONES: Final = st.one_of(
    st.integers(0, 999).map(lambda n: f"07700 900{n:03}"),
    st.integers(0, 999).map(lambda n: f"+44 7700 900{n:03}"),
    st.integers(0, 999).map(lambda n: f"0113 496 0{n:03}"),
    st.integers(0, 999).map(lambda n: f"(020) 7946 0{n:03}"),
    st.integers(0, 999).map(lambda n: f"01632960{n:03}"),
)


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Draw somebody with all that a letter may say of them."""
    given_name, family = draw(_SYLLABLES), draw(_FAMILY)
    local = draw(
        st.sampled_from([f"{given_name}.{family[-5:]}", f"{given_name[0]}{family[-6:]}", f"{given_name}_x+foi"])
    ).lower()
    domain = draw(st.sampled_from(["letterbox.example", "harrowmere.police.example", "mail.tarnley-council.example"]))
    return Person(
        given_name,
        family,
        draw(st.sampled_from(["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Professor", "Rev"])),
        f"{local}@{domain}",
        draw(_PHONES),
        f"{draw(st.integers(1, 199))} {draw(_SYLLABLES)} {draw(st.sampled_from(_STREETS))}",
        draw(_SYLLABLES),
        f"ZE{draw(st.integers(1, 9))} {draw(st.integers(1, 9))}ZX",
    )


FRAMES: Final[dict[str, str]] = {
    "dear": "Dear {title} {given} {family},\n\nThank you.",
    "dear-bare": "Dear {given} {family},\n\nThank you.",
    "dear-given": "Dear {given},\n\nThank you.\n\nThe file of {given} {family} is closed.",
    "hi": "Hi {given},\n\nThank you.\n\nWe told {family}, so {title} {family} knows.",
    "good-morning": "Good morning {given} {family}\n\nThank you.",
    "couple": "Dear Mr and Mrs {family},\n\nThank you, {given} {family}.",
    "signature": "It is held.\n\nYours sincerely,\n\n{given} {family}\nInformation Officer",
    "signature-beside": "It is held.\n\nKind regards\n{given} {family}, Records Manager",
    "signature-pp": "It is held.\n\nYours faithfully\n\npp {given} {family}\nDisclosure Unit",
    "signature-whole": "It is held.\n\nRegards\n{given} {family}\nAnalyst\nTel: {phone}\n{mail}",
    "signature-home": "It is held.\n\nThanks\n{given} {family}\n{street}\n{town}\n{postcode}",
    "signature-alone": "It is held.\n\n{given} {family}\nFOI Officer\nHarrowmere Constabulary",
    "signature-behalf": "It is held.\n\nRegards\nSent on behalf of {given} {family}",
    "requester": "Requester: {given} {family}\nAddress: {street}, {town}, {postcode}\nTelephone: {phone}",
    "from": "From: {given} {family} <{mail}>\nSubject: vans\n\nIt is held.",
    "from-reversed": "From: {family}, {given} <{mail}>\nSubject: vans\n\nIt is held.",
    "cc": "Cc: FOI Team; {given} {family}\nSubject: vans\n\nIt is held.",
    "wrote": "It is held.\n\nOn 3 May 2024 at 10:11, {given} {family} <{mail}> wrote:\n> how many vans?",
    "cells": "Name | {given} {family}\nTelephone | {phone}\nE-mail | {mail}",
    "columns": "Officer | Post | Number\n{given} {family} | Analyst | {phone}",
    "my-name": "My name is {given} {family} and I live at {street}, {town}. Ring {phone}.",
    "prose": "as {title} {given} {family} told us on {phone} or {mail}",
    "prose-genitive": "We hold the file of {title} {family}. {family}'s request is closed, {given} {family} was told.",
    "constable": "It was PC 1234 {family} who stopped {title} {given} {family}.",
    "councillor": "It was Cllr {given} {family} who asked.",
    "spoke": "I spoke to {given} {family} on {phone}.",
    "address-block": "{given} {family}\n{street}\n{town}\n{postcode}\n\nIt is held.",
    "address-line": "{street}, {town}, {postcode}",
    "capitals": "It is held.\n\nYours\n{given_upper} {family_upper}",
    "said": "It is held, {given} {family} told me.",
    "mail-alone": "Write to {mail} today.",
    "phone-alone": "Ring {phone} today.",
}


def plant(frame: str, person: Person) -> str:
    """Put somebody into a frame."""
    return frame.format(given_upper=person.given.upper(), family_upper=person.family.upper(), **person._asdict())


def seen(person: Person, text: str) -> list[str]:
    """List what of somebody a text still shows, in any case of letters; the domain of an authority may stay."""
    small = text.lower()
    return [each for each in person.planted if each.lower() in small]


@given(people(), st.sampled_from(sorted(FRAMES)))
@settings(max_examples=300, phases=_PHASES)
def test_planted_people_do_not_survive_the_mask(person: Person, name: str) -> None:
    """Whatever the frame, nothing of the person is left, and the length is."""
    text = plant(FRAMES[name], person)
    masked = mask_people(text)
    assert seen(person, masked) == []
    assert len(masked) == len(text)


@given(people(), st.lists(st.sampled_from(sorted(FRAMES)), min_size=2, max_size=4))
@settings(max_examples=100, phases=_PHASES)
def test_planted_people_do_not_survive_several_frames(person: Person, names: list[str]) -> None:
    """One frame beside another does not lay a person bare."""
    text = "\n\n".join(plant(FRAMES[name], person) for name in names)
    assert seen(person, mask_people(text)) == []


LETTER: Final = """Harrowmere Constabulary
Our reference: HC-{number}
3 May 2024

{planted}

Question 1: How many vans does the fleet own?
We own 412 vans.

Question 2: What do the boats cost?
This is exempt under section 31(1)(a) of the Freedom of Information Act 2000.

{planted}
"""


def _as_text(text: str, number: int, _: Person) -> bytes:
    return LETTER.format(number=number, planted=text).encode()


def _as_page(text: str, number: int, _: Person) -> bytes:
    letter = html.escape(LETTER.format(number=number, planted=text))
    title = html.escape(text.split("\n")[0])
    return f"<html><head><title>{title}</title></head><body><pre>{letter}</pre></body></html>".encode()


def _rows(text: str, number: int) -> list[list[str]]:
    return [
        ["Ref", "Date", "Request", "Response"],
        [f"HC-{number}", "3 May 2024", f"How many vans?\n\n{text}", f"{text}\n\nWe own 412 vans.\n\n{text}"],
    ]


def _as_log(text: str, number: int, _: Person) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(_rows(text, number))
    return file.getvalue().encode()


def _as_book(text: str, number: int, person: Person) -> bytes:
    name = f"{person.given} {person.family}"
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = book.properties.title = name
    assert book.active is not None
    book.active.title = name
    for row in _rows(text, number):
        book.active.append(row)
    book.create_sheet(f"Dear {person.family}").append(["nothing of a log"])
    book.create_sheet(f"{name} ").sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _as_word(text: str, number: int, person: Person) -> bytes:
    name = f"{person.given} {person.family}"
    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.title = properties.comments = name
    document.sections[0].header.paragraphs[0].text = f"Letter to {person.title} {name}"
    document.sections[0].footer.paragraphs[0].text = f"{name}, {person.phone}"
    for line in LETTER.format(number=number, planted=text).split("\n"):
        document.add_paragraph(line)
    runs = document.add_paragraph("Sent by post.").runs
    document.add_comment(runs, text=f"{name} rang on {person.phone}", author=name, initials=name[0])
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip([*table.rows[0].cells, *table.rows[1].cells], ["Name", "Number", name, person.phone]):  # noqa: B905
        cell.text = words
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _as_pdf(text: str, number: int, person: Person) -> bytes:
    name = f"{person.given} {person.family}".replace("’", "'")
    pdf = fpdf.FPDF()
    pdf.set_author(name)
    pdf.set_title(f"Letter to {name}")
    pdf.set_subject(name)
    pdf.set_keywords(name)
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for paragraph in LETTER.format(number=number, planted=text).replace("’", "'").split("\n\n"):
        pdf.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(4)
    return bytes(pdf.output())


def _as_mail(text: str, number: int, person: Person) -> bytes:
    name = f"{person.given} {person.family}"
    message = EmailMessage()
    message["From"] = Address(name, "foi", "harrowmere.police.example")
    message["To"] = Address(name, addr_spec=person.mail)
    message["Cc"] = Address(f"{person.title} {name}", addr_spec=person.mail)
    message["Subject"] = f"Request HC-{number} of {person.title} {name}"
    message["Date"] = "Fri, 03 May 2024 10:00:00 +0000"
    message.set_content(LETTER.format(number=number, planted=text))
    table = f"Officer,Telephone,Vans\n{name},{person.phone},412\n"
    message.add_attachment(table, subtype="csv", filename=f"Table for {name}.csv")
    message.add_attachment(b"\0", maintype="image", subtype="png", filename=f"{person.family}.png")
    return bytes(message)


def _as_thread(text: str, number: int, person: Person) -> bytes:
    name = f"{person.given} {person.family}"

    def event(kind: str, day: int, *content: object) -> dict[str, object]:
        return {"type": kind, "created_at": f"2024-05-{day:02}T10:00:00Z", "content": [*content]}

    slug = unicodedata.normalize("NFKD", person.family.lower()).encode("ascii", "ignore").decode()
    letter = LETTER.format(number=number, planted=text)
    table = {"filename": f"Table for {name}.csv", "text": f"Officer | Telephone\n{name} | {person.phone}"}
    thread = {
        "title": f"Vans asked for by {name}",
        "url": f"https://requestpost.example/request/vans_{slug.replace(' ', '_')}",
        "user": {"name": name},
        "public_body": {"name": "Harrowmere Constabulary"},
        "events": [
            event("outgoing", 1, f"How many vans does the fleet own?\n\n{text}\n\n{name}"),
            event("incoming", 2, f"Dear {name}, we have received your request and will respond."),
            event("incoming", 3, letter, table, {"name": f"{person.family}.xls"}),
        ],
    }
    return json.dumps(thread).encode()


def _as_record(text: str, number: int, _: Person) -> bytes:
    asked = {
        "label": "1",
        "text": f"How many vans?\n\n{text}",
        "answer": f"{text}\n\n412 vans.",
        "outcome": "disclosed",
    }
    record = {
        "reference": f"HC-{number}",
        "authority": "Harrowmere Constabulary",
        "questions": [asked],
        "title": text,
        "note": text,
    }
    return json.dumps(record).encode() + b"\n"


FORMS: Final[dict[str, Callable[[str, int, Person], bytes]]] = {
    "txt": _as_text,
    "md": _as_text,
    "html": _as_page,
    "csv": _as_log,
    "xlsx": _as_book,
    "docx": _as_word,
    "pdf": _as_pdf,
    "eml": _as_mail,
    "json": _as_thread,
    "jsonl": _as_record,
}
"""Every form that is read, and how a letter is written in it, with the person wherever such a file has a place for
people: a new form is one more row."""


def _bytes_of(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _seen_in_bytes(person: Person, data: bytes) -> list[str]:
    lower = data.lower()
    return [
        each
        for each in person.planted
        for form in (each, json.dumps(each)[1:-1])
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if form.lower().encode(encoding) in lower
    ]


@given(people(), st.lists(st.sampled_from(sorted(FRAMES)), min_size=len(FORMS), max_size=len(FORMS)))
@settings(max_examples=8, phases=_PHASES)
def test_planted_people_never_reach_index_or_output(
    word_hash_encoder: Encoder, person: Person, names: list[str]
) -> None:
    """A person in a letter of any form is in no byte of the index, and in nothing that is printed of it."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        corpus.mkdir()
        for number, ((form, write), name) in enumerate(zip(FORMS.items(), names, strict=True), start=1):
            file = corpus / f"{number} reply to {person.given} {person.family}.{form}"
            file.write_bytes(write(plant(FRAMES[name], person), number, person))
        (corpus / f"Letter to {person.title} {person.given} {person.family}.pages").write_bytes(b"\0\1")
        broken = {"reference": "HC-9", "questions": [{"text": "vans?", "outcome": f"{person.given} {person.family}"}]}
        (corpus / "broken.jsonl").write_text(json.dumps(broken), encoding="utf-8")
        report = pipeline.reindex(corpus, index, config=CONFIG, encoder=word_hash_encoder)
        assert report.read == len(FORMS) + 2
        assert report.disclosures == len(FORMS)
        assert _seen_in_bytes(person, _bytes_of(index)) == []

        opened = pipeline.open_index(index, config=CONFIG, encoder=word_hash_encoder)
        matches = pipeline.search(opened, "How many vans does the fleet own?")
        assert len(matches) >= len(FORMS)
        asked = pipeline.ask(opened, Request("1", "How many vans does the fleet own?"))
        shown = [
            render.hits_text(matches),
            json.dumps(render.hit_object("1", matches), ensure_ascii=False),
            render.ask_text(asked[1]),
            json.dumps(render.ask_object(*asked), ensure_ascii=False),
            *(f"{each.file} {each.reason}" for each in report.failed),
            *report.notes,
        ]
        assert seen(person, "\n".join(shown)) == []
        for arguments in (["read", str(corpus)], ["read", str(corpus), "--json"]):
            result = CliRunner().invoke(cli.cli, arguments)
            assert seen(person, result.stdout + result.stderr) == []
            assert "412 vans" in result.stdout
            assert result.stderr.count("unread") == 2
        opened.store.close()


FILES: Final = {
    "to": ("Reply to Rowan Ashdown.txt", "Reply to ", ["Rowan", "Ashdown"]),
    "underscores": ("Reply_to_Rowan_Ashdown_2024.txt", "Reply_to_", ["Rowan", "Ashdown"]),
    "hyphens": ("reply-to-rowan-ashdown.txt", "reply-to-", ["rowan", "ashdown"]),
    "from": ("2024/FOI 12 from Ashdown.html", "2024/FOI 12 from ", ["Ashdown"]),
    "title": ("FOI 123 Ms Ashdown.md", "FOI 123 Ms ", ["Ashdown"]),
    "whose": ("R Ashdown FOI request.txt", "", ["Ashdown"]),
    "nothing-else": ("Megan Sampler.txt", "", ["Megan", "Sampler"]),
    "mail": ("from jo@letterbox.example.md", "from ", ["jo@", "letterbox"]),
    "folder": ("Letters to Rowan Ashdown/a.txt", "Letters to ", ["Rowan", "Ashdown"]),
}
FILES_KEPT: Final = [
    "Reply to Harrowmere Constabulary.txt",
    "Letter to Chief Constable.txt",
    "Reply for Road Safety.txt",
    "tdc-taxi-licensing-2021.html",
    "2024 to 2025.txt",
    "Guide to Parking.txt",
    "Response to FOI request.txt",
    "hate-crime-2023-page.html",
]


@pytest.mark.parametrize(("name", "start", "hidden"), FILES.values(), ids=FILES)
def test_people_in_file_names_are_covered(name: str, start: str, hidden: list[str]) -> None:
    """The name of a person goes; the folder, the words before it and the ending stay."""
    masked = mask_file_name(name)
    assert [word for word in hidden if word in masked] == []
    assert masked.startswith(start)
    assert masked.rpartition(".")[2] == name.rpartition(".")[2]


@pytest.mark.parametrize("name", FILES_KEPT)
def test_other_file_names_stay(name: str) -> None:
    """A file named after its subject, an authority or a post keeps its name."""
    assert mask_file_name(name) == name


def test_files_of_people_with_names_of_one_length_stay_apart(tmp_path: Path, word_hash_encoder: Encoder) -> None:
    """Two covered file names differ, so that neither file is lost and an unchanged one is not read again."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, name in enumerate(["Reply to Rowan Ashdown.txt", "Reply to Megan Sampler.txt"]):
        (corpus / name).write_bytes(LETTER.format(number=number, planted="It is held.").encode())
    assert mask_file_name("Reply to Rowan Ashdown.txt") != mask_file_name("Reply to Megan Sampler.txt")
    first, second = (
        pipeline.reindex(corpus, tmp_path / "index", config=CONFIG, encoder=word_hash_encoder) for _ in range(2)
    )
    assert (first.read, first.new, second.unchanged) == (2, 2, 2)


@given(st.text(max_size=60))
def test_spans_lie_in_the_text(text: str) -> None:
    """Spans are in order, not empty and inside the text, whatever it is."""
    spans = find_people(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


FOUND_INSIDE: Final = ["zorvumbek.txt", "zorvumbek-reply.txt", "FOI 12 Zorvumbek/a.txt", "van2024zorvumbek.txt"]


@pytest.mark.parametrize("name", FOUND_INSIDE)
def test_a_file_named_after_somebody_whom_only_the_letter_gives_away(
    tmp_path: Path, word_hash_encoder: Encoder, name: str
) -> None:
    """A surname alone tells nobody that it is one; the letter inside does, and the name of the file is covered."""
    path = tmp_path / "corpus" / name
    path.parent.mkdir(parents=True)
    path.write_text(LETTER.format(number=1, planted="Dear Ms Zorvumbek,\n\nThank you."), encoding="utf-8")
    pipeline.reindex(tmp_path / "corpus", tmp_path / "index", config=CONFIG, encoder=word_hash_encoder)
    assert b"412 vans" in _bytes_of(tmp_path / "index")
    assert b"zorvumbek" not in _bytes_of(tmp_path / "index").lower()


def _table(text: str, person: Person) -> list[list[str]]:
    name = f"{person.given} {person.family}"
    return [["Officer", "Number", "Vans", "Remark"], [name, person.phone, "412", text]]


def _table_as_values(text: str, person: Person) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(_table(text, person))
    return file.getvalue().encode()


def _table_as_book(text: str, person: Person) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = f"{person.given} {person.family}"
    for row in _table(text, person):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _table_in_word(text: str, person: Person) -> bytes:
    document = docx.Document()
    document.core_properties.author = f"{person.given} {person.family}"
    table = document.add_table(rows=0, cols=4)
    for row in _table(text, person):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


TABLES: Final = {"csv": _table_as_values, "xlsx": _table_as_book, "docx": _table_in_word}


@given(people(), st.sampled_from(sorted(FRAMES)), st.sampled_from(sorted(TABLES)))
@settings(max_examples=12, phases=_PHASES)
def test_planted_people_in_attachments_never_reach_the_index(
    word_hash_encoder: Encoder, person: Person, frame: str, form: str
) -> None:
    """An attachment beside its letter, named in it by the person's name, is read with the person covered."""
    name = f"Table for {person.given} {person.family}.{form}"
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus", f"Replies to {person.title} {person.family}")
        corpus.mkdir(parents=True)
        text = f"{plant(FRAMES[frame], person)}\n\nPlease see the attached {name}."
        (corpus / "reply.txt").write_bytes(_as_text(text, 1, person))
        (corpus / name).write_bytes(TABLES[form](plant(FRAMES[frame], person), person))
        report = pipeline.reindex(
            Path(folder, "corpus"), Path(folder, "index"), config=CONFIG, encoder=word_hash_encoder
        )
        assert (report.read, report.disclosures) == (1, 1)
        assert b"Vans" in _bytes_of(Path(folder, "index"))
        assert _seen_in_bytes(person, _bytes_of(Path(folder, "index"))) == []
        assert seen(person, "\n".join(report.notes)) == []
