"""The demonstration corpus and its gold labels: counts, files, words and invented addresses agree with each other."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from triage.evaluate.match import find_words
from triage.schema import Outcome, Provision, Status

ROOT: Final = Path(__file__).resolve().parents[1]
CORPUS: Final = ROOT / "corpus"
GOLD: Final[list[dict[str, Any]]] = [
    json.loads(line) for line in (ROOT / "evaluation" / "corpus_gold.jsonl").read_text(encoding="utf-8").splitlines()
]
GUIDE: Final = (CORPUS / "README.md").read_text(encoding="utf-8")
ATTACHMENTS: Final = frozenset({"Annex B - callouts.csv", "flex-working-2025.xlsx", "kc-potholes-2025-page.pdf"})
SIDE_FILES: Final = frozenset({"README.md", "corrections.jsonl", "tdc-log-2025.columns.toml"})
PLAIN: Final = frozenset({".csv", ".html", ".json", ".jsonl", ".md", ".txt"})
DRAMA_NUMBERS: Final = ("01632960", "01134960", "02079460", "07700900")
"""How telephone numbers set aside for fiction begin (Ofcom, telephone numbers for use in TV and radio drama)."""


def _words_of(path: Path) -> str:
    """Read a file that is text as its bytes stand, without any code of the package."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return "\n".join(part for event in json.loads(text)["events"] for part in event["content"])
    if path.suffix == ".jsonl":
        return json.dumps([json.loads(line) for line in text.splitlines()], ensure_ascii=False)
    return html.unescape(text).replace("’", "'")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("{disclosures} disclosures with {answers} separately answered questions", id="corpus/README.md"),
        pytest.param(
            "each of the {disclosures} disclosures in `corpus/`: {answers} answers", id="evaluation/README.md"
        ),
        pytest.param("two councils, a hospital trust, {disclosures} replies", id="README.md"),
    ],
)
def test_the_counts_in_the_prose_are_those_of_the_gold(words: str, request: pytest.FixtureRequest) -> None:
    """A README gives as many disclosures and answers as the gold labels hold."""
    name = request.node.callspec.id
    answers = sum(len(each["questions"]) for each in GOLD)
    assert words.format(disclosures=len(GOLD), answers=answers) in (ROOT / name).read_text(encoding="utf-8")


def test_every_file_has_its_gold_or_is_an_attachment() -> None:
    """No file lies in the corpus unaccounted for, and none that the gold names is missing."""
    files = {path.name for path in CORPUS.iterdir()} - SIDE_FILES
    assert files == {each["file"] for each in GOLD} | ATTACHMENTS
    assert all(f"`{name}`" in GUIDE for name in ATTACHMENTS)


def test_every_status_and_outcome_occurs() -> None:
    """The corpus shows each later life a decision can have, and each outcome that a reply can give a question."""
    assert {each["status"] for each in GOLD} == set(Status)
    assert {question["outcome"] for each in GOLD for question in each["questions"]} == set(Outcome)


@pytest.mark.parametrize("each", GOLD, ids=[each["reference"] for each in GOLD])
def test_a_label_can_be_used(each: dict[str, Any]) -> None:
    """Provisions print as the package prints them, and marked words stand in the file where that is text."""
    questions = each["questions"]
    named = [p for question in questions for p in question["provisions"]] + each["mentioned"] + each.get("unbound", [])
    assert [str(Provision.parse(name)) for name in named] == named
    path = CORPUS / each["file"]
    if path.suffix in PLAIN:
        text = _words_of(path)
        missing = [q["start_words"] for q in questions if find_words(text, q["start_words"].replace("’", "'")) is None]
        assert missing == []


def test_references_are_given_once() -> None:
    """A reference names one disclosure, and each that the guide to the corpus names is one of them."""
    references = [each["reference"] for each in GOLD]
    assert len(set(references)) == len(references)
    table = GUIDE.partition("## What it shows")[2].partition("## ")[0]
    named = re.findall(r"\b(?:HC|IR|IC|EA|FOI|HCFOI|TDC|KC|GM)[-/][A-Z0-9]+(?:[-/][A-Z0-9]+)+\b", table)
    assert set(named) <= set(references)
    assert len(named) > 100


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_addresses_and_numbers_are_invented(path: Path) -> None:
    """Files are small, e-mail and web addresses end in .example, telephone numbers come from the ranges for fiction."""
    data = path.read_bytes()
    assert len(data) < 40_000
    if path.suffix not in PLAIN | {".eml"}:
        return
    text = data.decode("utf-8")
    hosts = re.findall(r"(?:@|https?://)([a-z0-9.-]+\.[a-z]+)", text)
    assert [host for host in hosts if not host.endswith(".example")] == []
    numbers = [re.sub(r"\D", "", found) for found in re.findall(r"\b0\d{2,4} \d{3,4} ?\d{3,4}\b", text)]
    assert [number for number in numbers if not number.startswith(DRAMA_NUMBERS)] == []
