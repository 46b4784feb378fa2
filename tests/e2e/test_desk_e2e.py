"""The desk in a real browser: what an officer sees and does, from the paste to the download."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from .conftest import HOSTILE, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e

_SEED_REQUEST = """Dear Met Police, following your earlier reply on Specialist Operations please tell me:
1) how many constables, sergeants and inspectors work in each of the sub-units
2) the chain of command from the Assistant Commissioner down to constables
3) which lead roles the superintendents hold, for example who commands firearms operations"""

_THREE_QUESTIONS = """Dear Harrowmere Constabulary,

For a local newspaper please tell me
1) how many working days were lost to officer sickness in 2021/22
2) where your drones are kept
3) how many police horses you own

Many thanks"""


def _open(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    page.get_by_label("Request, as received").wait_for()
    page.get_by_text("own authority").wait_for()


def _ask(page: Page, text: str) -> None:
    page.get_by_label("Request, as received").fill(text)
    page.get_by_role("button", name="Find precedents").click()


def _rows(page: Page) -> list[list[str]]:
    """Wait for the answer and return the cells of its summary table."""
    page.get_by_role("button", name="Download this result as JSON").wait_for()
    rows = page.locator("table:has(th:text-is('Verdict')) tbody tr").all()
    return [[cell.inner_text().strip() for cell in row.locator("td").all()] for row in rows]


def _wait_for_box(page: Page, text: str) -> None:
    """Wait until there is one box and it holds the text."""
    page.wait_for_function(
        "text => { const boxes = document.querySelectorAll('textarea');"
        " return boxes.length === 1 && boxes[0].value === text; }",
        arg=text,
    )


def _no_traceback(page: Page) -> None:
    assert page.locator("[data-testid=stException]").count() == 0
    assert "Traceback" not in page.locator("body").inner_text()


def test_the_seed_request_has_its_three_verdicts(page: Page, seed_desk: Desk) -> None:
    """Numbers per sub-unit were withheld under s31(1)(a) and (b); hierarchy and lead roles were given: check them."""
    _open(page, seed_desk)
    _ask(page, _SEED_REQUEST)
    rows = _rows(page)
    assert [row[2] for row in rows] == ["■ Withheld before", "✓ Already disclosed: check", "✓ Already disclosed: check"]
    assert rows[0][3] == "s31(1)(a), s31(1)(b)"
    assert re.search(r"under s31\(1\)\(a\), s31\(1\)\(b\)", page.locator("body").inner_text())


def test_a_request_is_split_shown_and_taken_along(page: Page, demonstration_desk: Desk, tmp_path: Path) -> None:
    """Three questions give three rows and sections, verbatim, and the download holds the same verdicts."""
    _open(page, demonstration_desk)
    assert "demonstration corpus of an invented police force" in page.locator("body").inner_text()
    page.get_by_label("Request, as received").fill(_THREE_QUESTIONS)
    page.keyboard.press("Control+Enter")
    rows = _rows(page)
    asked = ["how many working days were lost to officer sickness in 2021/22", "where your drones are kept"]
    assert [row[1] for row in rows] == [*asked, "how many police horses you own"]
    assert page.locator("h2").all_inner_texts() == [f"{row[0]}. {row[1]}" for row in rows]
    assert page.get_by_label("Request, as received").input_value() == _THREE_QUESTIONS
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download this result as JSON").click()
    taken.value.save_as(tmp_path / "result.json")
    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert [question["text"] for question in result["questions"]] == [row[1] for row in rows]
    _no_traceback(page)


def test_the_number_in_the_table_leads_to_its_question(page: Page, demonstration_desk: Desk) -> None:
    """A click on a number in the table brings its section into view."""
    page.set_viewport_size({"width": 1280, "height": 500})
    _open(page, demonstration_desk)
    _ask(page, _THREE_QUESTIONS)
    _rows(page)
    heading = page.locator("h2#question-3")
    assert heading.evaluate("each => each.getBoundingClientRect().top > innerHeight")
    page.get_by_role("link", name="3", exact=True).click()
    page.wait_for_function("() => document.getElementById('question-3').getBoundingClientRect().top < innerHeight")


def test_nothing_leaves_the_machine(page: Page, demonstration_desk: Desk) -> None:
    """From opening the desk to the answer the browser asks no host but the desk."""
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname))
    _open(page, demonstration_desk)
    _ask(page, _THREE_QUESTIONS)
    _rows(page)
    assert hosts <= {"127.0.0.1", "", None}
    assert "127.0.0.1" in hosts


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "the request is empty; paste the words of the requester", id="empty"),
        pytest.param("Thank you for your kind letter of last week.", "No question was found in this text", id="none"),
    ],
)
def test_a_request_without_questions_gives_a_sentence(
    page: Page, demonstration_desk: Desk, text: str, sentence: str
) -> None:
    """An empty text and one that asks nothing each give a sentence, and the box keeps its text."""
    _open(page, demonstration_desk)
    _ask(page, text)
    page.get_by_text(sentence).wait_for()
    assert page.get_by_label("Request, as received").input_value() == text
    _no_traceback(page)


def test_words_that_were_not_sent_survive_a_bad_file(page: Page, demonstration_desk: Desk) -> None:
    """A file that is no letter gives a sentence and leaves what was typed; a good one replaces it; clearing empties."""
    _open(page, demonstration_desk)
    box = page.get_by_label("Request, as received")
    box.fill("typed and not sent")
    upload = page.locator("input[type=file]")
    upload.set_input_files({"name": "bad.txt", "mimeType": "text/plain", "buffer": b"MZ\0\0"})
    page.get_by_text("bad.txt is a binary file").wait_for()
    assert box.input_value() == "typed and not sent"
    upload.set_input_files({"name": "letter.txt", "mimeType": "text/plain", "buffer": b"How many lanterns?"})
    _wait_for_box(page, "How many lanterns?")
    box.fill("changed and not sent")
    page.get_by_role("button", name="Clear for the next request").click()
    _wait_for_box(page, "")


def test_hostile_words_are_shown_literally(page: Page, demonstration_desk: Desk) -> None:
    """Markup, Markdown and formulas of a letter and of a request run nowhere and are read as they were written."""
    _open(page, demonstration_desk)
    _ask(page, f"How many ceremonial lanterns {HOSTILE} does the force own?")
    _rows(page)
    for fold in page.locator("[data-testid=stMain] summary").all():
        fold.click()
    article = page.locator("article", has_text="HC-LANTERN-1").first
    article.wait_for()
    shown = " ".join(article.inner_text().split())
    assert f"How many ceremonial lanterns {HOSTILE} does the force own?" in shown
    assert "javascript:window.caught=2" in shown
    assert article.locator("a, script, img, strong, em").count() == 0
    assert HOSTILE in " ".join(page.locator("h2").all_inner_texts())
    assert page.locator("a[href^=javascript], .katex, article script").count() == 0
    assert page.evaluate("() => window.caught") is None


def test_a_newer_corpus_is_announced_and_rebuilt(page: Page, demonstration_desk: Desk) -> None:
    """A file added to the corpus raises the banner; the button rebuilds, and the new reply is then counted."""
    _open(page, demonstration_desk)
    banner = page.get_by_text("The corpus is newer than this index")
    assert banner.count() == 0
    added = demonstration_desk.corpus / "added.jsonl"
    question = {"label": "1", "text": "How many lighthouses are guarded?", "answer": "None.", "outcome": "disclosed"}
    record = {"reference": "HC-ADDED-1", "authority": "Harrowmere Constabulary", "questions": [question]}
    added.write_text(json.dumps(record) + "\n", encoding="utf-8")
    before = page.get_by_text("Index of").inner_text()
    # The desk looks at the corpus at most once in half a minute.
    deadline = time.monotonic() + 90
    while not banner.count() and time.monotonic() < deadline:
        time.sleep(5)
        _open(page, demonstration_desk)
        page.wait_for_timeout(500)
    assert banner.count() == 1
    page.get_by_role("button", name="Rebuild index now").click()
    page.get_by_text("Index rebuilt: 1 new, 0 changed, 0 removed files").wait_for()
    assert banner.count() == 0
    assert page.get_by_text("Index of").inner_text() != before
