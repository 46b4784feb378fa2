"""Threads of a public request site: what decides is the reply, what asks is the request, a review stands by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triage.config import Limits
from triage.ingest import Note, Unread, read_sources
from triage.ingest.thread import decides
from triage.schema import Attachment, Source

ASKED = "Dear Tarnley District Council,\n\nHow many swans were counted in 2021?"
ANSWER = "We hold this. We counted 64 swans in June 2021."


def _event(kind: str, day: str, *content: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": kind, "created_at": f"{day}T10:00:00Z", "content": list(content)}


def _read(folder: Path, thread: object) -> tuple[list[Source], list[Unread], list[Note]]:
    path = folder / "thread.json"
    path.write_text(thread if isinstance(thread, str) else json.dumps(thread), encoding="utf-8")
    found = list(read_sources(path, root=folder, limits=Limits()))
    return (
        [each for each in found if isinstance(each, Source)],
        [each for each in found if isinstance(each, Unread)],
        [each for each in found if isinstance(each, Note)],
    )


THREAD: dict[str, Any] = {
    "title": "Swans on the canal",
    "url": "https://requestpost.example/request/swans",
    "public_body": {"name": "Tarnley District Council"},
    "events": [
        _event("outgoing", "2022-03-01", ASKED),
        _event("incoming", "2022-03-02", "We have received your request and will respond within 20 working days."),
        _event("incoming", "2022-03-24", {"text": ANSWER}, {"filename": "a.csv", "text": "May | 4"}, {"name": "b.xls"}),
    ],
}  # fmt: skip


def test_the_message_that_decides_is_the_reply(tmp_path: Path) -> None:
    """Request, days, address, title and authority are fields; the acknowledgement is left out."""
    (source,), unread, notes = _read(tmp_path, THREAD)
    assert (unread, notes) == ([], [])
    assert (source.text, source.form, source.line) == (ANSWER + "\n", "json", None)
    assert source.fields == {
        "published": True, "title": "Swans on the canal", "url": "https://requestpost.example/request/swans",
        "authority": "Tarnley District Council", "request": ASKED, "received": "2022-03-01", "responded": "2022-03-24",
    }  # fmt: skip
    assert source.attachments == (Attachment("a.csv", "csv", "May | 4"),)
    assert source.named == ("b.xls",)


def test_a_review_is_a_reply_of_its_own(tmp_path: Path) -> None:
    """What the authority writes after a request for review comes apart, with the number of its event."""
    events = [
        *THREAD["events"],
        _event("outgoing", "2022-04-01", "I ask for an internal review."),
        _event("incoming", "2022-04-02", "We acknowledge your request for a review."),
        _event("incoming", "2022-05-01", "Internal review: we uphold the decision. The counts are exempt: s.43(2)."),
    ]
    sources, _, notes = _read(tmp_path, THREAD | {"events": events})
    assert [source.line for source in sources] == [None, 6]
    assert sources[1].text.startswith("Internal review")
    assert [source.fields["responded"] for source in sources] == ["2022-03-24", "2022-05-01"]
    assert notes == []


def test_a_later_message_of_the_requester_is_noted(tmp_path: Path) -> None:
    """A clarification is not mixed into the request and is said to be there."""
    events = [THREAD["events"][0], _event("outgoing", "2022-03-03", "I mean the old canal."), *THREAD["events"][1:]]
    (source,), _, notes = _read(tmp_path, THREAD | {"events": events})
    assert source.fields["request"] == ASKED
    assert "event 2 is a later message" in notes[0].text


def test_an_acknowledgement_is_read_where_there_is_nothing_else(tmp_path: Path) -> None:
    """A thread that has not been answered yet still gives what the authority wrote."""
    (source,), _, _ = _read(tmp_path, THREAD | {"events": THREAD["events"][:2]})
    assert source.text.startswith("We have received")


@pytest.mark.parametrize(
    ("text", "decisive"),
    [
        pytest.param(
            "Thank you for your request. We aim to reply within 20 working days.", False, id="acknowledgement"
        ),
        pytest.param("Automatic reply: I am out of the office until Monday.", False, id="automatic reply"),
        pytest.param("Delivery has failed to these recipients: foi@tarnley.example", False, id="delivery failure"),
        pytest.param(
            "We need more time to weigh the public interest under section 43 and expect to reply by 3 May.",
            False,
            id="extension",
        ),
        pytest.param("Could you please clarify which canal you mean?", False, id="question back"),
        pytest.param("64 swans.", True, id="bare answer"),
        pytest.param(
            "Thank you for your request, received on 3 May. Please find attached the list.", True, id="attached"
        ),
        pytest.param("This is a refusal notice. We needed more time than expected.", True, id="refusal"),
        pytest.param("We acknowledged your request on 3 May. The information is not held.", True, id="not held"),
    ],
)
def test_messages_that_decide_are_told_from_those_that_do_not(text: str, decisive: bool) -> None:
    """Acknowledgements, automatic replies, failures, extensions and questions back decide nothing."""
    assert decides(text) is decisive


@pytest.mark.parametrize(
    ("thread", "reason"),
    [
        pytest.param("{", "is not JSON", id="no JSON"),
        pytest.param([], 'no object with "events"', id="array"),
        pytest.param({"events": {}}, 'no object with "events"', id="events of another kind"),
        pytest.param({"events": [{"type": "note"}]}, "event 1: the type is neither", id="another type"),
        pytest.param({"events": [_event("incoming", "2022-03-01", 7)]}, "something that is no text", id="number"),
        pytest.param({"events": [_event("outgoing", "2022-03-01", "a")]}, "no message of the authority", id="no reply"),
        pytest.param("[" * 100_000, "is not JSON", id="without end"),
    ],
)
def test_json_of_another_shape_is_listed(tmp_path: Path, thread: object, reason: str) -> None:
    """What is no thread is named with the shape that is wanted."""
    sources, unread, _ = _read(tmp_path, thread)
    assert sources == []
    assert reason in unread[0].reason


_TEXT = st.sampled_from(
    [ANSWER, ASKED, "I ask for an internal review.", "We acknowledge receipt.", "", "Undeliverable"]
)
_JSON = st.recursive(st.none() | st.booleans() | st.text(max_size=5) | st.integers(), lambda x: st.lists(x, max_size=3))
_EVENT = st.builds(
    _event, st.sampled_from(["outgoing", "incoming"]), st.text(max_size=10), _TEXT | _JSON, _TEXT | _JSON
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_EVENT, max_size=6))
def test_any_events_are_read_or_listed(tmp_path: Path, events: list[dict[str, Any]]) -> None:
    """Whatever the messages of a thread hold, there is a reply or a reason."""
    sources, unread, _ = _read(tmp_path, {"events": events})
    assert sources or unread
