"""E-mails become replies: the newest message is read, the request below it is told apart, nothing else is lost."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.config import Limits
from triage.ingest import Note, Unread, read_sources
from triage.ingest.quoted import read_thread
from triage.schema import Source

REPLY = "Our ref: TDC-140-22\n\nDear requester,\n\nWe counted 64 swans in June 2021. The café is not ours.\n"
ASKED = "Dear Tarnley District Council,\n\nPlease tell me how many swans were counted in 2021.\n\nWren Alder"
OUTLOOK = (
    "From: Wren Alder <wren@post.example>\nSent: 01 March 2022 10:04\nTo: FOI <foi@tarnley.example>\nSubject: Swans\n\n"
)


def _mail(text: str = REPLY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given_headers = {
        "From": "Tarnley District Council <foi@tarnley.example>", "Subject": "FOI TDC-140-22 – swans",
        "Date": "Thu, 24 Mar 2022 15:00:00 +0000",
    } | headers  # fmt: skip
    for name, value in given_headers.items():
        message[name] = value
    message.set_content(text)
    return message


def _read(folder: Path, data: bytes | EmailMessage) -> tuple[list[Source], list[Unread], list[Note]]:
    path = folder / "a.eml"
    path.write_bytes(data if isinstance(data, bytes) else bytes(data))
    found = list(read_sources(path, root=folder, limits=Limits()))
    return (
        [each for each in found if isinstance(each, Source)],
        [each for each in found if isinstance(each, Unread)],
        [each for each in found if isinstance(each, Note)],
    )


def _one(folder: Path, data: bytes | EmailMessage) -> Source:
    sources, unread, _ = _read(folder, data)
    assert unread == []
    (source,) = sources
    return source


def test_headers_become_fields(tmp_path: Path) -> None:
    """Subject, day and a sender that is an authority are fields; words in another encoding are decoded."""
    source = _one(tmp_path, _mail())
    assert (source.form, source.text) == ("eml", REPLY)
    assert source.fields == {
        "title": "FOI TDC-140-22 – swans", "responded": "2022-03-24", "authority": "Tarnley District Council",
    }  # fmt: skip


def test_a_sender_who_is_no_authority_is_left_to_the_text(tmp_path: Path) -> None:
    """The name of an officer or a team does not become the authority."""
    assert "authority" not in _one(tmp_path, _mail(From="FOI Team <foi@tarnley.example>")).fields


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_transfer_encodings_are_undone(tmp_path: Path, encoding: str) -> None:
    """However the text was packed for the way, it comes out as it was written."""
    message = _mail()
    message.set_content(REPLY, cte=encoding)
    assert _one(tmp_path, message).text == REPLY


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        pytest.param("us-ascii", "utf-8", id="UTF-8 called ASCII"),
        pytest.param("iso-8859-1", "utf-8", id="UTF-8 called Latin-1"),
        pytest.param("utf-8", "cp1252", id="Windows called UTF-8"),
        pytest.param("iso-8859-1", "cp1252", id="Windows called Latin-1"),
        pytest.param("x-unknown", "utf-8", id="unknown name"),
    ],
)
def test_charsets_that_lie_do_no_harm(tmp_path: Path, declared: str, actual: str) -> None:
    """A text is decoded as what it is, not as what its header says."""
    words = "We hold “café” papers – 12."
    head = f"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset={declared}\n\n".encode()
    assert _one(tmp_path, head + words.encode(actual)).text.strip() == words


def test_plain_text_goes_before_html(tmp_path: Path) -> None:
    """Of two forms of one message the plain one is read."""
    message = _mail()
    message.add_alternative("<p>HTML of the same</p>", subtype="html")
    assert _one(tmp_path, message).text == REPLY


@pytest.mark.parametrize("plain", [None, "This message needs a program that shows HTML."])
def test_html_is_read_where_there_is_no_real_plain_text(tmp_path: Path, plain: str | None) -> None:
    """A message in HTML alone is read, and one whose plain part only says so; scripts and mail links go."""
    message = _mail()
    html = (
        f"<html><script>evil()</script><body><p>{'We hold twelve vans. ' * 12}</p><table><tr><td>2022</td></tr>"
        '</table><a href="mailto:a@b.example">Write</a><a href="https://oxley.example/a">Table</a></body></html>'
    )
    if plain is None:
        message.set_content(html, subtype="html")
    else:
        message.set_content(plain)
        message.add_alternative(html, subtype="html")
    text = _one(tmp_path, message).text
    assert "We hold twelve vans." in text
    assert "[Table](https://oxley.example/a)" in text
    assert [word for word in ("evil", "mailto", "needs a program") if word in text] == []


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Swans", 0)
    for row in (["Month", "Swans"], ["June", 64]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_attachments_come_as_text(tmp_path: Path) -> None:
    """Tables come row by row under the name of their sheet; pictures in a signature are nothing."""
    message = _mail()
    message.add_attachment(_workbook(), maintype="application", subtype="octet-stream", filename="TDC swans.xlsx")
    message.add_attachment("Month,Swans\nJune,64\n", subtype="csv", filename="swans.csv")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    source = _one(tmp_path, message)
    assert source.text == REPLY
    assert [(each.name, each.form, each.text) for each in source.attachments] == [
        ("TDC swans.xlsx", "xlsx", "Swans\nMonth | Swans\nJune | 64"),
        ("swans.csv", "csv", "Month | Swans\nJune | 64"),
    ]


def test_a_broken_attachment_is_listed_and_the_letter_read(tmp_path: Path) -> None:
    """What cannot be read among the attachments is named; the reply and the others are kept."""
    message = _mail()
    message.add_attachment(_workbook()[:200], maintype="application", subtype="octet-stream", filename="swans.xlsx")
    message.add_attachment(b"\xd0\xcf", maintype="application", subtype="msword", filename="old.doc")
    sources, unread, _ = _read(tmp_path, message)
    assert (len(sources), sources[0].attachments) == (1, ())
    assert ["attachment 'swans.xlsx' is damaged" in unread[0].reason, "'old.doc'" in unread[1].reason] == [True, True]


def test_a_message_that_hands_another_on_is_opened(tmp_path: Path) -> None:
    """A reply that was forwarded as an attachment is the reply; one beside a full reply is an attachment."""
    outer = _mail("For the file.", Subject="FW: swans", From="Wren Alder <wren@post.example>")
    outer.add_attachment(_mail())
    source = _one(tmp_path, outer)
    assert (source.text, source.fields["responded"]) == (REPLY, "2022-03-24")
    outer = _mail(REPLY + "More words follow here. " * 9)
    outer.add_attachment(_mail("An earlier letter.", Subject="Earlier"))
    assert [each.name for each in _one(tmp_path, outer).attachments] == ["Earlier.eml"]


@pytest.mark.parametrize(
    ("below", "received"),
    [
        pytest.param(OUTLOOK + ASKED, "2022-03-01", id="Outlook"),
        pytest.param("-----Original Message-----\n" + OUTLOOK + ASKED, "2022-03-01", id="original message"),
        pytest.param("_" * 32 + "\n" + OUTLOOK + ASKED, "2022-03-01", id="line"),
        pytest.param(
            "On Tue, 1 Mar 2022 at 10:04, Wren Alder <wren@post.example> wrote:\n> " + ASKED.replace("\n", "\n> "),
            "2022-03-01",
            id="marks",
        ),
        pytest.param(
            "On 1 March 2022 10:04, Wren Alder\n<wren@post.example> wrote:\n\n> " + ASKED.replace("\n", "\n> "),
            "2022-03-01",
            id="marks, attribution on two lines",
        ),
    ],
)
def test_the_request_below_is_told_apart(tmp_path: Path, below: str, received: str) -> None:
    """The quoted request becomes a field with its day, and is no part of the reply's text."""
    source = _one(tmp_path, _mail(REPLY + "\n" + below))
    assert source.text == REPLY
    assert source.fields["request"] == ASKED
    assert source.fields["received"] == received


def test_the_earliest_message_of_the_requester_is_the_request(tmp_path: Path) -> None:
    """An acknowledgement between the two is left out, and that is said."""
    acknowledged = OUTLOOK.replace("Wren Alder <wren@post.example>", "FOI <foi@tarnley.example>").replace("01", "02")
    text = f"{REPLY}\n{acknowledged}Thank you for your request.\n\n{OUTLOOK}{ASKED}"
    sources, _, notes = _read(tmp_path, _mail(text))
    assert sources[0].fields["request"] == ASKED
    assert "1 message between" in notes[0].text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "On 1 March 2022, Wren wrote:\n> How many swans are there?\n\nWe counted 64.\n\n> And geese?\n\nNone.\n",
            id="answers between marks",
        ),
        pytest.param(f"Please see our answers in red below.\n\n{OUTLOOK}How many swans?\n64\n", id="answers in colour"),
        pytest.param(
            "Dear Wren, this is our reply.\n\nOn 1 March 2022, Wren wrote:\n> How many swans are there, please?\n"
            "\nWe counted 64 of them in June.\n\n> And geese?\n\nNone were counted.\n",
            id="answers between marks below a greeting",
        ),
        pytest.param(
            f"{REPLY}\nFrom: FOI <foi@tarnley.example>\nSent: 02 March 2022 10:04\nTo: Wren\nSubject: Swans\n\n"
            "Thank you for your request about swans.\n",
            id="only a message of the authority's own",
        ),
        pytest.param(f"{REPLY}\n{OUTLOOK}The figures for the swans were wrong.\n", id="nothing asked"),
        pytest.param(f"{OUTLOOK}{ASKED}", id="nothing above"),
    ],
)
def test_what_cannot_be_told_apart_stays(tmp_path: Path, text: str) -> None:
    """Where answers stand inside the quoted request, or no request is to be seen, every line is kept."""
    source = _one(tmp_path, _mail(text))
    assert source.text.split() == text.split()
    assert "request" not in source.fields


def test_a_forwarded_reply_is_the_reply() -> None:
    """Below a cover note and a forwarding header stands the reply, with its own day and the request below it."""
    forwarded = OUTLOOK.replace("Wren Alder <wren@post.example>", "FOI <foi@tarnley.example>").replace("01 M", "24 M")
    text = f"FYI\n\n---------- Forwarded message ---------\n{forwarded}{REPLY}\n{OUTLOOK}{ASKED}"
    found = read_thread(text, subject="Fwd: swans", sender="wren@post.example")
    assert (found.text, found.request, found.responded) == (REPLY, ASKED, "2022-03-24")


def test_flowed_lines_are_joined(tmp_path: Path) -> None:
    """Lines that a mail program wrapped are whole again; the mark of a signature stays."""
    head = b"From: a@b.example\nContent-Type: text/plain; format=flowed\n\n"
    assert _one(tmp_path, head + b"We hold \ntwelve vans.\n-- \nWren\n").text == "We hold twelve vans.\n-- \nWren\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"We hold 12 vans.", "has no headers", id="no headers"),
        pytest.param(b"From: a@b.example\nSubject: x\n\n", "holds no text", id="no body"),
    ],
)
def test_a_file_that_is_no_message_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    """Nothing, text without headers and headers without text are listed."""
    sources, unread, _ = _read(tmp_path, data)
    assert sources == []
    assert reason in unread[0].reason


def _good() -> bytes:
    message = _mail(f"{REPLY}\n{OUTLOOK}{ASKED}")
    message.add_alternative("<p>HTML of the same</p>", subtype="html")
    message.add_attachment("Month,Swans\nJune,64\n", subtype="csv", filename="swans.csv")
    message.add_attachment(_mail("An earlier letter."))
    return bytes(message)


GOOD = _good()


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=15))
def test_a_damaged_message_is_read_or_listed(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    """Whatever bytes of a message change, there is a reply or a reason, never another error."""
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    sources, unread, _ = _read(tmp_path, bytes(data))
    assert sources or unread


@given(
    st.lists(
        st.sampled_from([OUTLOOK, ASKED + "\n", REPLY, "> quoted\n", "On 1 May 2024, X wrote:\n", "FYI\n", "\n"]),
        max_size=8,
    )
)
def test_reply_and_request_hold_no_word_that_was_not_there(parts: list[str]) -> None:
    """However messages are mixed, reply and request are made of the words of the text."""
    text = "".join(parts)
    found = read_thread(text, subject="Fwd: x")
    assert set(found.text.split()) <= set(text.split())
    assert set((found.request or "").split()) <= set(text.split())
