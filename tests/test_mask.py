"""Mask: people are hidden, what a letter is about stays, and every offset keeps its place."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.mask import BLOCK, find_people, mask_people

# text, the words that must be hidden
HIDDEN = {
    "email": ("write to jo.sample@example.org today", ["jo.sample@example.org"]),
    "landline": ("ring 0113 496 0000 today", ["0113 496 0000"]),
    "brackets": ("ring (0113) 496 0000", ["(0113) 496 0000"]),
    "mobile": ("ring 07700 900123", ["07700 900123"]),
    "international": ("ring +44 7700 900123", ["+44 7700 900123"]),
    "postcode": ("my house, ZE9 9ZZ, is near", ["ZE9 9ZZ"]),
    "salutation-title": ("Dear Ms Sample,\nThank you", ["Ms Sample"]),
    "salutation-bare": ("Dear Jo Sample\nThank you", ["Jo Sample"]),
    "salutation-lower": ("dear jo\nthank you", ["jo"]),
    "salutation-couple": ("Dear Mr and Mrs Sample,", ["Sample"]),
    "salutation-after-post": ("Dear Councillor Sample,", ["Sample"]),
    "salutation-run-on": ("Dear Jo Sample I write about bins", ["Jo Sample"]),
    "greeting": ("Hi Jo,\nthanks", ["Jo"]),
    "signature": ("Yours sincerely,\n\nJo Sample\nHead of Fleet", ["Jo Sample"]),
    "signature-initial": ("Regards\nR. Sample", ["R. Sample"]),
    "signature-same-line": ("Many thanks, Jo", ["Jo"]),
    "signature-in-a-sentence": ("How many trams? Regards, Jo Sample, 07700 900123", ["Jo Sample", "07700 900123"]),
    "signature-without-comma": ("no trams ran. Kind regards Jo Sample", ["Jo Sample"]),
    "signature-second-line": ("Kind regards\nFleet Team\nJo Sample", ["Jo Sample"]),
    "address-block": (
        "Yours faithfully\nJo Sample\n12 Marigold Street\nAshmere\nZE9 9ZZ",
        ["Jo Sample", "12 Marigold Street", "Ashmere", "ZE9 9ZZ"],
    ),
    "live-at": ("I live at 12 Marigold Road, Ashmere. Bins", ["12 Marigold Road, Ashmere"]),
    "header-from": ("From: Jo Sample <jo@example.org>\nSubject: bins", ["Jo Sample", "jo@example.org"]),
    "header-reversed": ("To: Sample, Jo; FOI Team", ["Sample, Jo"]),
    "quoted-thread": ("On 3 March 2023, Jo Sample <jo@example.org> wrote:\n> bins", ["Jo Sample"]),
    "my-name": ("My name is Jo Sample and I ask", ["Jo Sample"]),
    "name-field": ("Name: Jo Sample\nQuestion: bins", ["Jo Sample"]),
    "running-title": ("the stop of Mr Sample in May", ["Mr Sample"]),
    "wrapped-title": ("the stop of Mr\nSample in May", ["Mr", "Sample"]),
    "constable-number": ("PC 1234 Sample attended", ["1234 Sample"]),
    "sergeant": ("DS Sample attended", ["Sample"]),
    "doctor": ("Dr J. Sample-Smith attended", ["J. Sample-Smith"]),
}

KEPT = {
    "sir-or-madam": "Dear Sir or Madam,\nHow many arrests?",
    "sir-madam": "Dear Sir/Madam",
    "force": "Dear Harrowmere Constabulary,",
    "met": "Dear Met Police,",
    "team": "Dear FOI team,",
    "chief-constable": "Dear Chief Constable,",
    "hello": "Hello I would like to know the number of bins",
    "hi-there": "Hi there,",
    "post-under-closing": "Yours sincerely\n\nInformation Governance Officer\nEastmoor Constabulary",
    "sentence-under-thanks": "Thanks\nPlease send it as a spreadsheet",
    "numbered-under-thanks": "Many thanks\n1. How many arrests?",
    "thanks-for": "Thank you for your request\nJanuary is shown below",
    "thanks-to-an-authority": "Please reply. Many thanks Harrowmere Constabulary.",
    "thanks-to-a-team": "How many trams? Thanks, FOI Team",
    "period-from": "From: 1 April 2023\nTo: 31 March 2024",
    "month-from": "From: January 2020",
    "header-team": "To: FOI Team",
    "running-post": "The Chief Constable and the Assistant Commissioner decided",
    "statute": "section 40(2) of the Freedom of Information Act 2000 and regulation 12(4)(b)",
    "reference": "reference 01.FOI.21.022343 and FOI 01234567890",
    "money": "£2,021,000 in 2021/22 and 31/12/2022",
    "dates": "01-01-2020 to 31-12-2022, 0800 to 1700 hours",
    "link": "https://www.example.org/foi/2021/0800-100-200",
    "table": "2019 1234 5678 9012",
    "personal-computers": "PC World sold 300 PC 2000 laptops",
    "collision-place": "collisions at 14 Marigold Road in Ashmere",
    "authority-address": "Harrowmere Council\nPO Box 1\nAshmere\nZE9 9ZZ",
    "redacted": "Dear [NAME],\nFrom: [NAME] <[email]>",
    "emergency": "calls to 101 and 999",
}


@pytest.mark.parametrize(("text", "words"), HIDDEN.values(), ids=HIDDEN)
def test_people_are_hidden(text: str, words: list[str]) -> None:
    """Names, addresses and numbers of people do not survive."""
    masked = mask_people(text)
    assert [word for word in words if word in masked] == []


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_the_letter_is_about_stays(text: str) -> None:
    """Posts, authorities, statutes, references, figures and dates are never hidden."""
    assert mask_people(text) == text


def test_only_the_name_goes() -> None:
    """The words around a name stay as they were."""
    text = "Dear Ms Sample,\nWe hold 12 files. Mr Sample. He rang.\nKind regards\nJo Sample\nHead of Fleet"
    assert mask_people(text).replace(BLOCK, "") == "Dear ,\nWe hold 12 files. . He rang.\nKind regards\n\nHead of Fleet"


def test_kinds_and_order() -> None:
    """Spans come in order, do not overlap and name their kind."""
    spans = find_people("Dear Ms Sample,\njo@example.org, 07700 900123\nlive in ZE9 9ZZ near")
    assert [span.kind for span in spans] == ["name", "email", "phone", "postcode"]
    assert all(a.end <= b.start for a, b in pairwise(spans))


PIECES = st.sampled_from(
    [
        "Dear ",
        "Hi ",
        "Mr ",
        "Ms ",
        "Dr ",
        "PC ",
        "DS ",
        "Sample",
        "Jo",
        ", ",
        ". ",
        "\n",
        "\r\n",
        "Kind regards",
        "Yours sincerely",
        "Thanks",
        "From: ",
        "To: ",
        "Cc: ",
        "ZE9 9ZZ",
        "12 Marigold Street",
        "07700 900123",
        "jo@example.org",
        " and ",
        "FOI Team",
        "Head of Fleet",
        "My name is ",
        "On 3 March 2023, ",
        " wrote:",
        "I live at ",
        "Name: ",
        "[",
        "]",
        "<",
        ">",
        ";",
        "1234 ",
        "█",
        " ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_length_and_line_breaks_stay(text: str) -> None:
    """Masking replaces characters one for one and leaves every line break where it was."""
    masked = mask_people(text)
    assert len(masked) == len(text)
    assert [len(line) for line in masked.splitlines(keepends=True)] == [
        len(line) for line in text.splitlines(keepends=True)
    ]
    assert all(new in (old, BLOCK) for old, new in zip(text, masked, strict=True))


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_masking_twice_is_masking_once(text: str) -> None:
    """A masked text holds nothing more to mask."""
    masked = mask_people(text)
    assert mask_people(masked) == masked


NAMES = st.from_regex(r"[A-Z][bdfgkvxz][aeiou][bdfgkvxz]{2,5}[aeiou]", fullmatch=True)


@given(NAMES, NAMES, st.sampled_from(["Dear {} {},", "Dear Mr {} {}\n", "Hi {} {},", "Dear {} {}"]))
def test_name_in_salutation_never_survives(first: str, last: str, form: str) -> None:
    """Whoever is greeted is hidden."""
    masked = mask_people(form.format(first, last) + "\nHow many arrests were made in 2022?")
    assert first not in masked
    assert last not in masked
    assert masked.endswith("\nHow many arrests were made in 2022?")


@given(
    NAMES,
    NAMES,
    st.sampled_from(["Yours faithfully,", "Kind regards", "Many thanks,", "Yours sincerely\n", "Best wishes,"]),
)
def test_name_in_signature_never_survives(first: str, last: str, closing: str) -> None:
    """Whoever signs is hidden, and the post below stays."""
    masked = mask_people(f"How many arrests?\n{closing}\n{first} {last}\nHead of Fleet")
    assert first not in masked
    assert last not in masked
    assert masked.endswith("Head of Fleet")


@pytest.mark.parametrize("seed", ["Dear A\n", "\n", "> ", "0", "a@", "Mr A ", "Aa\nZE9 9ZZ\n", "Yours\n", "From: A, "])
def test_long_hostile_text_is_masked_in_linear_time(seed: str) -> None:
    """Forty thousand characters of one repeated phrase are masked within seconds."""
    started = time.perf_counter()
    mask_people((seed * 40_000)[:40_000])
    assert time.perf_counter() - started < 15
