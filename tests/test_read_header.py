"""Read what identifies a reply: reference, authority, days, publication, and which reply it reviews."""

from __future__ import annotations

import datetime as dt

import pytest

from triage.read import read_disclosure
from triage.read.dates import parse_day
from triage.read.header import find_authority_of
from triage.read.references import normalise_reference
from triage.schema import Disclosure, Source, Status


def _read(text: str, form: str = "txt", **fields: object) -> Disclosure:
    return read_disclosure(Source("folder/reply.txt", "0" * 64, form, text, fields=fields), split=lambda _, __: ())


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        pytest.param("Our Ref: FM-0417-23\n\nDear Reader\nNone is held.", "FM-0417-23", id="our ref"),
        pytest.param(
            "Freedom of Information request reference no: 01.FOI.24.099999\n", "01.FOI.24.099999", id="dotted"
        ),
        pytest.param("Reference 01/FOI/24/099999/X\nWe hold none.", "01.FOI.24.099999", id="slashed is the dotted one"),
        pytest.param("Case number 401 - 24\nWe hold none.", "401-24", id="blanks are taken out"),
        pytest.param("FOI reference: TB/0771/22\nWe hold none.", "TB/0771/22", id="slashes stay"),
        pytest.param("TB-0881-21/C\nCorrection to our reply TB-0881-21", "TB-0881-21/C", id="a suffix belongs to it"),
        pytest.param("Dear Reader\nWe hold none of this.", "reply", id="none: the name of the file"),
    ],
)
def test_reference_is_read_in_the_forms_that_letters_print(text: str, reference: str) -> None:
    """The first reference of the reply's own head, in one form."""
    assert _read(text).reference == reference


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("Fennmoor Council\n12 March 2024\n\nDear Reader\nNone.", dt.date(2024, 3, 12), id="a line alone"),
        pytest.param("Date of response: 03/04/2024\nNone.", dt.date(2024, 4, 3), id="day before month"),
        pytest.param("Published on 6^th May 2023\nNone.", dt.date(2023, 5, 6), id="a raised ending"),
        pytest.param("Ref FM-1\nResponse        14 March 2024\nNone.", dt.date(2024, 3, 14), id="a column"),
        pytest.param("Response date: 2024-02-29\nNone.", dt.date(2024, 2, 29), id="year first"),
        pytest.param("Date: 31/02/2024\nNone.", None, id="no such day"),
        pytest.param("We hold none of this.", None, id="none is never guessed"),
    ],
)
def test_day_of_the_reply_is_read_in_uk_order(text: str, day: dt.date | None) -> None:
    """A day that the letter does not give is None."""
    assert _read(text).responded == day


def test_day_received_is_not_the_day_of_the_reply() -> None:
    """The day on which the request came is kept apart."""
    reply = _read("Thank you for your request, which we received on 4 June 2024.\n\nNone is held.")
    assert (reply.received, reply.responded) == (dt.date(2024, 6, 4), None)


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        pytest.param(
            "Saltbeck District Council\nMarket Place\n\nNone is held.", "Saltbeck District Council", id="head"
        ),
        pytest.param("TARBROOK POLICE\n\nNone is held by Tarbrook Police.", "Tarbrook Police", id="capitals"),
        pytest.param(
            "Ref 01.FOI.24.099999\nThe Police Service must act.", "Metropolitan Police Service", id="its form"
        ),
        pytest.param("The Police Service is charged with order.", "", id="a kind of body is no name"),
        pytest.param("See https://www.tarbrook-police.example/foi", "Tarbrook Police", id="address of its site"),
        pytest.param("None is held.", "", id="none"),
    ],
)
def test_authority_is_a_name_and_not_a_kind_of_body(text: str, authority: str) -> None:
    """Letterhead, then what is named most, then the address of the site."""
    assert _read(text).authority == authority


@pytest.mark.parametrize(
    ("text", "form", "published"),
    [
        pytest.param("We hold none.", "html", True, id="a saved web page"),
        pytest.param("Skip to content\nCookie policy\nWe hold none.", "txt", True, id="page furniture"),
        pytest.param("This reply will be published on our disclosure log.", "txt", True, id="said of the reply"),
        pytest.param("The plan will be published on our website in May.", "txt", None, id="said of something else"),
        pytest.param("We shall not be publishing this reply.", "txt", False, id="said not to be"),
        pytest.param("We hold none.", "txt", None, id="unknown"),
    ],
)
def test_published_is_known_or_none(text: str, form: str, published: bool | None) -> None:
    """Only a page, or words about the reply itself, tell."""
    assert _read(text, form).published is published


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param("The complaint is upheld in part and the decision varied.", Status.VARIED, id="varied"),
        pytest.param("The decision is overturned.", Status.OVERTURNED, id="overturned"),
        pytest.param("I uphold the refusal.", Status.UPHELD, id="upheld"),
    ],
)
def test_a_review_names_the_reply_that_it_reviews(words: str, status: Status) -> None:
    """The earlier reply takes the status; the review itself stands."""
    reply = _read(f"Internal review TB-0303-22/IR\n18 January 2023\n\nYou asked us to review TB-0303-22.\n\n{words}")
    assert (reply.reference, reply.reviews) == ("TB-0303-22/IR", "TB-0303-22")
    assert (reply.review_status, reply.status) == (status, Status.STANDS)


def test_a_review_without_a_reference_of_its_own_takes_the_reviewed_one() -> None:
    """A fragment of the reference is no second reference."""
    reply = _read(
        "Internal review of TB-FOI-0303-22\n18 January 2023\n\n"
        "In our reply TB-FOI-0303-22 we withheld this. The decision is overturned."
    )
    assert (reply.reference, reply.reviews) == ("TB-FOI-0303-22", "TB-FOI-0303-22")


def test_a_correction_withdraws_the_earlier_reply() -> None:
    """Wrong figures are retracted."""
    reply = _read(
        "TB-0881-21/C\n\nCorrection to our reply TB-0881-21\n\nThe figures were wrong. I withdraw that reply."
    )
    assert (reply.reviews, reply.review_status) == ("TB-0881-21", Status.RETRACTED)


def test_address_declared_by_the_page_goes_before_one_in_the_text() -> None:
    """The page knows its own address best."""
    text = "Address of this page: https://a.example/1\nNone."
    assert _read(text).url == "https://a.example/1"
    assert _read(text, "html", url="https://a.example/2").url == "https://a.example/2"


@pytest.mark.parametrize(
    ("words", "day"),
    [("1st of May, 2021", dt.date(2021, 5, 1)), ("May", None), ("9/9/1066", None), ("99/99/2020", None), ("", None)],
)
def test_parse_day_takes_whole_days_only(words: str, day: dt.date | None) -> None:
    """A month, an impossible day and one before the Acts are none."""
    assert parse_day(words) == day


def test_normalising_a_reference_twice_changes_nothing() -> None:
    """One form is one form."""
    once = normalise_reference("01/FIN/24/099999/X")
    assert once == normalise_reference(once) == "01.FIN.24.099999"


def test_an_address_without_a_body_names_nobody() -> None:
    """Only addresses that say council, police or constabulary are names."""
    assert find_authority_of("https://www.forum.example/police") is None
