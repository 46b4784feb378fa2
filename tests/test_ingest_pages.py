"""Saved pages become text: content and links stay, furniture and scripts go, what the page says of itself is kept."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import TEMPLATES, Template

from triage.config import Limits
from triage.errors import InputError
from triage.ingest import read_sources
from triage.ingest.page import page_text
from triage.schema import Source

EACH = pytest.mark.parametrize("page", TEMPLATES.values(), ids=TEMPLATES)


def _words(text: str) -> str:
    return " ".join(text.split())


@EACH
def test_every_template_keeps_its_content(page: Template) -> None:
    """Headings, case numbers, lists with their numbers, cells, links and notes of each template come through."""
    text = _words(page_text(page.html, "page.html")[0])
    assert [kept for kept in page.kept if _words(kept) not in text] == []


@EACH
def test_every_template_loses_its_furniture(page: Template) -> None:
    """Menus, banners, footers and scripts of each template are gone."""
    text = page_text(page.html, "page.html")[0]
    assert [gone for gone in page.gone if gone in text] == []


def test_headings_of_answers_stand_alone() -> None:
    """Paragraphs that only hold a label are lines of their own."""
    page = TEMPLATES["Welsh twin lines"]
    lines = [line.strip() for line in page_text(page.html, "page.html")[0].split("\n")]
    assert [line for line in page.lines if line not in lines] == []


def test_layout_tables_are_read_cell_by_cell() -> None:
    """A table that only places blocks does not mix the lines of its columns; one of figures keeps its rows."""
    lines = [line.split() for line in page_text(TEMPLATES["layout tables"].html, "page.html")[0].split("\n")]
    assert ["FOI", "52/09"] in lines
    assert ["Hospitals", "611"] in lines


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        pytest.param("force", "title", "Bicycle thefts at stations | Harrowmere Constabulary", id="title"),
        pytest.param(
            "force",
            "url",
            "https://harrowmere-constabulary.example/foi-ai/2024/may/bicycle-thefts-stations/",
            id="address",
        ),
        pytest.param("force", "responded", "2024-05-14", id="day, article metadata"),
        pytest.param("council", "responded", "2023-11-02", id="day, Dublin Core"),
    ],
)
def test_what_a_page_says_of_itself_is_kept(tmp_path: Path, name: str, field: str, value: str) -> None:
    """Title, canonical address and day of publication become fields."""
    path = tmp_path / "page.html"
    path.write_text(TEMPLATES[name].html, encoding="utf-8")
    (source,) = read_sources(path, root=tmp_path, limits=Limits())
    assert isinstance(source, Source)
    assert source.fields[field] == value


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        pytest.param('<a href="/a/b.csv">table</a>', "[table](https://oxley.example/a/b.csv)", id="relative"),
        pytest.param('<a href="#top">table</a>', "table", id="inside the page"),
        pytest.param('<a href="javascript:void(0)">table</a>', "table", id="script"),
        pytest.param('<a href="mailto:a@oxley.example">table</a>', "table", id="mail"),
        pytest.param('<a href="https://a.example/">https://a.example/</a>', "https://a.example/", id="its own words"),
        pytest.param(
            '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb&amp;data=1">table</a>',
            "[table](https://a.example/b)",
            id="wrapped by a mail filter",
        ),
        pytest.param('<a href="http://[bad">table</a>', "table", id="no address"),
    ],
)
def test_links_lead_somewhere(link: str, shown: str) -> None:
    """Addresses are made whole; a link that leads nowhere else is only its words."""
    head = '<head><link rel="canonical" href="https://oxley.example/foi/1"></head>'
    text, _ = page_text(f"<html>{head}<body><p>See {link}.</p></body></html>", "page.html")
    assert text.strip() == f"See {shown}."


def test_links_for_sharing_go_and_those_to_documents_stay_inside_the_content() -> None:
    """Inside the content a list of links goes only where its own name is that of a menu."""
    links = "".join(f'<li><a href="https://a.example/{word}">{word}</a></li>' for word in ("Post", "Pin", "Tell"))
    other = links.replace("Post", "Earlier reply")
    page = f"<main><p>We hold 12.</p><ul class='share'>{links}</ul><ul>{other}</ul></main>"
    text, _ = page_text(f"<body>{page}</body>", "p")
    assert "Earlier reply" in text
    assert "Post" not in text


def test_an_element_that_holds_the_page_stays() -> None:
    """A wrapper named like a banner or a menu is no furniture when most of the page is inside it."""
    words = " ".join(f"figure {n}" for n in range(80))
    text, _ = page_text(f'<body><p>FOI 1</p><div class="cookie-consent-wrapper"><p>{words}</p></div></body>', "p")
    assert "figure 79" in text


@given(st.lists(st.text("abc <>/&;'\"=!-pdivtable", max_size=40), max_size=6))
def test_any_markup_is_read_or_refused(parts: list[str]) -> None:
    """Broken markup gives text or a named error."""
    try:
        text, _ = page_text("<body>" + "<p>".join(parts), "page.html")
    except InputError:
        return
    assert text.strip()


@given(
    st.lists(
        st.text(
            st.characters(min_codepoint=33, max_codepoint=0x2FF, blacklist_categories=("Cc", "Zs", "Cf")),
            min_size=1,
            max_size=12,
        ),
        min_size=1,
        max_size=30,
    )
)
def test_no_paragraph_is_lost(words: list[str]) -> None:
    """Whatever stands in the paragraphs of a page comes out, in order."""
    body = "".join(f"<p>{html.escape(word)}</p>" for word in words)
    text, _ = page_text(f"<body><div class='header'>{body}</div></body>", "page.html")
    assert text.split() == words
