"""The desk without a browser: what it draws, how it words errors, and that letters are shown as text."""

from __future__ import annotations

import ast
import datetime as dt
import html
import importlib.util
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import msgspec
import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from triage import pipeline
from triage.config import Config
from triage.errors import EncoderError, StoredIndexError
from triage.ingest import Unread
from triage.render import describe_decision
from triage.schema import (
    Binding,
    Constraint,
    Correction,
    Diversion,
    GateState,
    GateTest,
    Match,
    Outcome,
    Period,
    Precedent,
    Provision,
    Question,
    Relation,
    Request,
    Route,
    Slots,
    SplitRequest,
    Status,
    SuggestedPrecedent,
    Suggestion,
    Verdict,
)

_APP = Path(__file__).resolve().parents[1] / "app.py"
_TEXT = "Please tell me\n1) how many lanterns you own\n2) why"
_HOSTILE = (
    "<script>window.caught = 1</script> [badge](javascript:alert(1)) $\\frac{a}{b}$ **bold** <img src=x onerror=a()>"
)


def _load_app() -> ModuleType:
    spec = importlib.util.spec_from_file_location("desk_under_test", _APP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


desk = _load_app()


def _question(ordinal: int = 1, text: str = "how many lanterns you own", **more: Any) -> Question:  # noqa: ANN401
    start = more.pop("start", _TEXT.find(text) if text in _TEXT else 0)
    end = more.pop("end", start + len(text))
    return Question(ordinal, str(ordinal), start, end, text, more.pop("standalone", text), **more)


def _found(**more: Any) -> SuggestedPrecedent:  # noqa: ANN401 -- any field of a precedent
    quote = more.pop("quote", "The number is withheld.")
    precedent = Precedent(
        id="LC/7/22#2",
        reference="LC/7/22",
        label="2",
        authority="Lantern Council",
        question="How many lanterns were owned?",
        standalone="How many lanterns were owned?",
        answer="",
        outcome=Outcome.REFUSED,
        provisions=(Provision.parse("s31(1)(a)"),),
        binding=Binding.STATED,
        status=Status.STANDS,
        responded=dt.date(2022, 8, 3),
    )
    precedent = msgspec.structs.replace(precedent, **more)
    match = Match(precedent, 0.61234, {"dense": 1, "lexical": 4})
    fit = {"period": "other", "place": "same"}
    return SuggestedPrecedent(match, Relation.WITHHELD_OTHER_PERIOD, fit, quote, "it was withheld for another period")


def _suggestion(verdict: Verdict, **more: Any) -> Suggestion:  # noqa: ANN401 -- any field of a suggestion
    fields: dict[str, Any] = {"question": _question(), "verdict": verdict, "confidence": 0.7}
    if verdict is not Verdict.NO_PRECEDENT:
        fields["precedents"] = (_found(),)
    if verdict is Verdict.ALREADY_DISCLOSED:
        fields["route"] = Route.CHECK
    return Suggestion(**(fields | more))


class _Engine:
    """Stands in for the index and everything behind it, and remembers what it was asked."""

    def __init__(self) -> None:
        self.build = "build-1"
        self.opened: list[str] = []
        self.requests: list[Request] = []
        self.suggestions: Sequence[Suggestion] = (_suggestion(Verdict.EXEMPTION_PRECEDENT),)
        self.constraints: tuple[Constraint, ...] = ()
        self.diversions: tuple[Diversion, ...] = ()
        self.stale = False
        self.missing = False

    def build_name(self, index: Path) -> str:
        if self.missing:
            raise StoredIndexError(f"there is no index in {index}; run `triage reindex --corpus DIR --index DIR`")
        return self.build

    def open_index(self, index: Path, *, config: Config) -> SimpleNamespace:
        self.opened.append(self.build)
        manifest = SimpleNamespace(
            built_at=dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC),
            precedents=1234,
            counts={"disclosures": 56, "failed": 0},
        )
        return SimpleNamespace(manifest=manifest, authority="Lantern Council")

    def is_stale(self, corpus: Path, index: Path, *, config: Config) -> bool:
        return self.stale

    def ask(self, opened: object, request: Request) -> tuple[SplitRequest, tuple[Suggestion, ...]]:
        self.requests.append(request)
        questions = tuple(each.question for each in self.suggestions)
        parts = SplitRequest(request.id, questions, self.constraints, self.diversions)
        return parts, tuple(self.suggestions)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[_Engine]:
    """Put a stand-in behind the desk, with an empty corpus folder and no configuration."""
    fake = _Engine()
    for name in ("build_name", "open_index", "is_stale", "ask"):
        monkeypatch.setattr(pipeline, name, getattr(fake, name))
    (tmp_path / "corpus").mkdir()
    monkeypatch.setenv("TRIAGE_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("TRIAGE_INDEX", str(tmp_path / "index"))
    monkeypatch.delenv("TRIAGE_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield fake
    st.cache_resource.clear()
    st.cache_data.clear()


def _run(text: str | None = None) -> AppTest:
    page = AppTest.from_file(str(_APP), default_timeout=30).run()
    if text is not None:
        page.text_area[0].set_value(text)
        _button(page, "Find precedents").click().run()
    assert not page.exception
    return page


def _button(page: AppTest, label: str) -> Any:  # noqa: ANN401 -- the testing library's own element
    return next(each for each in page.button if each.label == label)


def _bodies(page: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in page.get("html") if "<style>" not in each.proto.body)


def _words(page: AppTest) -> str:
    """Return the page's own text as a reader sees it, white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", _bodies(page))).split())


@given(some.text())
def test_escape_leaves_nothing_that_html_reads(text: str) -> None:
    """Escaped text holds no character of markup and reads back as the same text."""
    escaped = desk.escape(text)
    assert not re.search(r"""[<>"']|&(?!(?:lt|gt|amp|quot|#x27);)""", escaped)
    assert html.unescape(escaped) == text


@given(some.text(alphabet=some.characters(codec="ascii", exclude_categories=["Cc"])))
def test_escape_label_keeps_the_words_and_disarms_every_sign(text: str) -> None:
    """In a label each ASCII sign has a backslash of its own, and without them the words are the same."""
    escaped = desk.escape_label(text)
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped))
    assert re.sub(r"\\(.)", r"\1", escaped) == " ".join(text.split())


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://lantern.example/foi/1?a=1&b=2", id="https"),
        pytest.param("http://lantern.example/", id="http"),
        pytest.param("HTTPS://LANTERN.example/x", id="capitals"),
    ],
)
def test_an_address_of_the_web_is_a_link_that_opens_beside_the_desk(address: str) -> None:
    """A web address becomes a link in a new tab that does not tell where it came from."""
    drawn = desk.link_to(address)
    assert drawn.startswith(f'<a class="text" href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">')


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("JaVaScRiPt:alert(1)//http://x", id="script in mixed case"),
        pytest.param("java\tscript:alert(1)", id="script with a tab"),
        pytest.param(" https://lantern.example", id="leading space"),
        pytest.param("data:text/html,<b>x</b>", id="data"),
        pytest.param("file:///etc/hosts", id="file"),
        pytest.param("https:///no-host", id="no host"),
        pytest.param("http://[broken", id="broken host"),
        pytest.param("//lantern.example/x", id="no scheme"),
        pytest.param("", id="empty"),
    ],
)
def test_any_other_address_stays_text(address: str) -> None:
    """What is no web address is shown literally and cannot be clicked."""
    assert desk.link_to(address) == f'<span class="text">{html.escape(address)}</span>'


def test_a_quotation_mark_cannot_leave_the_link() -> None:
    """An address with quotation marks stays inside its attribute."""
    drawn = desk.link_to('https://lantern.example/"onmouseover="alert(1)')
    assert drawn.count('"') == 8
    assert "&quot;onmouseover=&quot;" in drawn


@given(some.data())
def test_marked_request_is_the_request(data: some.DataObject) -> None:
    """Without its tags a marked request is the request, whatever the spans, and every question has its number."""
    text = data.draw(some.text(alphabet="ab <>&\n\"'é", max_size=40))
    spans = data.draw(
        some.lists(some.tuples(some.integers(0, len(text)), some.integers(0, len(text))).map(sorted), max_size=4)
    )
    questions = [
        Question(number, None, start, end, text[start:end], text[start:end])
        for number, (start, end) in enumerate(spans, start=1)
        if start < end
    ]
    drawn = desk.mark_questions(text, questions)
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", drawn)) == text
    numbers = [n for each in re.findall(r'data-number="([^"]*)"', drawn) for n in each.split(", ")]
    assert sorted(numbers) == sorted(str(question.ordinal) for question in questions)


def test_marks_only_what_is_a_question() -> None:
    """Words outside the questions are not marked, so that a missed one can be seen."""
    drawn = desk.mark_questions(_TEXT, [_question()])
    assert drawn == ('Please tell me\n1) <mark data-number="1">how many lanterns you own</mark>\n2) why')


def test_says_which_index_is_open(engine: _Engine) -> None:
    """The head names the day and local time of the build, its counts and one's own authority."""
    words = _words(_run())
    here = dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC).astimezone()
    assert f"Index of {here.day} March 2026, {here:%H:%M} · 56 disclosures · 1,234 precedents" in words
    assert "own authority: Lantern Council" in words
    assert "a person decides" in words


@pytest.mark.parametrize(
    ("readme", "expected"),
    [
        pytest.param("# Demo\n\nEverything here is invented.\n", True, id="says so"),
        pytest.param("# Ours\n\nReplies of the council.\n", False, id="does not say so"),
        pytest.param(None, False, id="no README"),
    ],
)
def test_names_the_demonstration_corpus(engine: _Engine, tmp_path: Path, readme: str | None, expected: bool) -> None:
    """Only a corpus whose README says it is invented is called a demonstration."""
    if readme is not None:
        (tmp_path / "corpus" / "README.md").write_text(readme, encoding="utf-8")
    assert ("demonstration corpus" in _words(_run())) is expected


def test_a_missing_index_is_said_with_the_command(engine: _Engine) -> None:
    """Without an index the page says what to run and offers to build it."""
    engine.missing = True
    page = _run()
    assert "run `triage reindex --corpus DIR --index DIR`" in _words(page)
    assert _button(page, "Rebuild index now")


def test_a_missing_index_and_corpus_offer_nothing(engine: _Engine, tmp_path: Path) -> None:
    """Without a corpus there is no button that could only fail."""
    engine.missing = True
    (tmp_path / "corpus").rmdir()
    page = _run()
    assert "There is no corpus in" in _words(page)
    assert [each.label for each in page.button if each.label == "Rebuild index now"] == []


def test_a_bad_configuration_is_said(engine: _Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A configuration that cannot be read gives its sentence instead of a page that fails."""
    monkeypatch.setenv("TRIAGE_CONFIG", str(tmp_path / "nowhere.toml"))
    assert "cannot read the configuration" in _words(_run())


def test_a_newer_corpus_has_a_banner_and_a_rebuild(engine: _Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The banner appears when the corpus is newer; the button rebuilds, reports, and opens the new build."""
    engine.stale = True
    page = _run()
    assert "The corpus is newer than this index" in _words(page)

    def reindex(corpus: Path, index: Path, *, config: Config, on_progress: Callable[[str, int, int], None]) -> object:
        on_progress("read", 1, 2)
        on_progress("read", 2, 2)
        engine.build, engine.stale = "build-2", False
        failed = (Unread("bad.bin", "bad.bin is a binary file"),)
        return pipeline.ReindexReport(2, 0, 1, 1, 0, failed, 2, 9)

    monkeypatch.setattr(pipeline, "reindex", reindex)
    _button(page, "Rebuild index now").click().run()
    assert not page.exception
    words = _words(page)
    assert "Index rebuilt: 1 new, 1 changed, 0 removed files; 9 precedents." in words
    assert "bad.bin: bad.bin is a binary file" in words
    assert "The corpus is newer than this index" not in words
    assert engine.opened == ["build-1", "build-2"]


def test_a_failed_rebuild_is_said_and_the_old_index_stays(engine: _Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a rebuild fails its sentence is shown and the old index is still in use."""
    engine.stale = True
    page = _run()

    def reindex(*_: object, **__: object) -> object:
        raise StoredIndexError("another `triage reindex` is building")

    monkeypatch.setattr(pipeline, "reindex", reindex)
    _button(page, "Rebuild index now").click().run()
    assert not page.exception
    assert "another `triage reindex` is building" in _words(page)
    assert "Index of" in _words(page)


def test_a_reindex_from_elsewhere_is_noticed(engine: _Engine) -> None:
    """An index is opened once per build, and an answer from the one before says so."""
    page = _run(_TEXT)
    page.run()
    assert engine.opened == ["build-1"]
    assert "come from the index before" not in _words(page)
    engine.build = "build-2"
    page.run()
    assert engine.opened == ["build-1", "build-2"]
    assert "These answers come from the index before this one" in _words(page)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "the request is empty; paste the words of the requester", id="nothing"),
        pytest.param(" \n\t", "the request is empty", id="white space"),
        pytest.param("x" * 1_000_001, "over the limit of 1,000,000", id="too large"),
    ],
)
def test_a_request_that_cannot_be_used_gives_a_sentence(engine: _Engine, text: str, sentence: str) -> None:
    """An empty or oversized request is refused in words, and the box keeps its text."""
    page = _run(text)
    assert sentence in _words(page)
    assert page.text_area[0].value == text
    assert _TEXT not in [request.text for request in engine.requests]


def test_an_error_takes_away_the_former_answer(engine: _Engine) -> None:
    """After an error no earlier answer stands beneath the new text."""
    page = _run(_TEXT)
    assert "Withheld before" in _words(page)
    page.text_area[0].set_value("")
    _button(page, "Find precedents").click().run()
    assert "Withheld before" not in _words(page)


def test_an_error_of_the_engine_is_a_sentence(engine: _Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error raised on purpose while asking is shown in its own words, and the text stays."""

    def ask(*_: object) -> object:
        raise EncoderError("cannot read the embedding model's weights; install it again")

    monkeypatch.setattr(pipeline, "ask", ask)
    page = _run(_TEXT)
    assert "cannot read the embedding model's weights; install it again" in _words(page)
    assert page.text_area[0].value == _TEXT


def test_a_request_without_a_question_says_so(engine: _Engine) -> None:
    """A text with no question in it gives a sentence and no table."""
    engine.suggestions = ()
    page = _run("Thank you for your help.")
    assert "No question was found in this text" in _words(page)
    assert "<table" not in _bodies(page)


@pytest.mark.parametrize(
    ("verdict", "shown"),
    [
        pytest.param(Verdict.ALREADY_DISCLOSED, "✓ Already disclosed: check", id="given"),
        pytest.param(Verdict.DISCLOSED_BEFORE, "≈ The like was disclosed before", id="like"),
        pytest.param(Verdict.EXEMPTION_PRECEDENT, "■ Withheld before", id="withheld"),
        pytest.param(Verdict.NOT_HELD_PRECEDENT, "○ Not held before", id="not held"),
        pytest.param(Verdict.COST_PRECEDENT, "£ Refused for its cost before", id="cost"),
        pytest.param(Verdict.CONFLICTING, "⇄ Earlier decisions disagree", id="conflict"),
        pytest.param(Verdict.NO_PRECEDENT, "– No precedent found", id="nothing"),
    ],
)
def test_a_verdict_has_words_and_a_sign(engine: _Engine, verdict: Verdict, shown: str) -> None:
    """Every verdict stands in words with a sign, in the table and at its question: never colour alone."""
    engine.suggestions = (_suggestion(verdict),)
    assert _words(_run(_TEXT)).count(shown) == 2


def test_a_match_shows_what_was_decided_then(engine: _Engine) -> None:
    """A match says what was done, under what and when, why it is here, and how it was found; never what applies now."""
    words = _words(_run(_TEXT))
    assert "LC/7/22 , question 2 · was withheld under s31(1)(a) on 2022-08-03 · stands" in words
    assert "it was withheld for another period “The number is withheld.”" in words
    assert "asked then: How many lanterns were owned?" in words
    assert "similarity 0.612 · found by dense 1, lexical 4 · fit: period: another; place: same" in words
    assert "confidence 0.70, not calibrated yet" in words
    assert "is exempt" not in words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"outcome": Outcome.DISCLOSED, "provisions": ()}, "was disclosed on 2022-08-03", id="disclosed"),
        pytest.param(
            {"outcome": Outcome.PARTLY, "provisions": ("s40(2)",)},
            "was disclosed in part, the rest withheld under s40(2) on 2022-08-03",
            id="partly",
        ),
        pytest.param(
            {"outcome": Outcome.PARTLY, "provisions": ()}, "was disclosed in part on 2022-08-03", id="in part"
        ),
        pytest.param({"provisions": ()}, "was withheld (no provision read) on 2022-08-03", id="withheld without"),
        pytest.param({"provisions": ("s12(1)",)}, "was refused under s12(1) on 2022-08-03", id="cost"),
        pytest.param({"provisions": ("s14(1)",)}, "was refused under s14(1) on 2022-08-03", id="vexatious"),
        pytest.param({"responded": None}, "was withheld under s31(1)(a), undated", id="undated"),
        pytest.param(
            {"outcome": Outcome.NCND, "provisions": ("s23(5)", "s24(2)")},
            "was neither confirmed nor denied under s23(5), s24(2) on 2022-08-03",
            id="ncnd",
        ),
        pytest.param(
            {"outcome": Outcome.FUTURE_PUBLICATION, "provisions": ("s22",), "publication_date": dt.date(2023, 1, 2)},
            "was held back for publication under s22 (promised for 2023-01-02) on 2022-08-03",
            id="future",
        ),
        pytest.param(
            {"outcome": Outcome.UNKNOWN, "provisions": ("s31",)},
            "decision not stated for this question (the letter names s31) on 2022-08-03",
            id="not stated",
        ),
    ],
)
def test_a_decision_is_worded_in_the_past(fields: dict[str, Any], words: str) -> None:
    """Each outcome says what was done then, under what and when."""
    if "provisions" in fields:
        fields = fields | {"provisions": tuple(map(Provision.parse, fields["provisions"]))}
    assert describe_decision(_found(**fields).match.precedent) == words


def test_the_whole_reply_can_be_unfolded(engine: _Engine) -> None:
    """Behind the quote stands the reply's whole answer, where it says more."""
    engine.suggestions = (
        _suggestion(Verdict.EXEMPTION_PRECEDENT, precedents=(_found(answer="Long ago. <i>Twelve</i>"),)),
    )
    assert "<summary>the reply’s words for this question</summary>" in _bodies(_run(_TEXT))
    assert "Long ago. <i>Twelve</i>" in _words(_run(_TEXT))


def test_a_letter_without_a_deciding_sentence_says_so(engine: _Engine) -> None:
    """Where no sentence was found nothing is put into quotation marks."""
    engine.suggestions = (_suggestion(Verdict.EXEMPTION_PRECEDENT, precedents=(_found(quote=""),)),)
    page = _run(_TEXT)
    assert "no deciding sentence was found in the letter" in _words(page)
    assert "<blockquote" not in _bodies(page)


def test_a_decision_that_no_longer_stands_is_marked(engine: _Engine) -> None:
    """A precedent that was overturned says that it does not count."""
    found = _found(status=Status.OVERTURNED)
    engine.suggestions = (_suggestion(Verdict.NO_PRECEDENT, considered=(found,)),)
    assert "overturned since: does not count" in _words(_run(_TEXT))


def test_what_an_officer_corrected_says_so(engine: _Engine) -> None:
    """A corrected precedent shows the day and the reason, as text; one that nobody corrected does not."""
    correction = Correction("LC/7/22", "see <b>page 2</b>", dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC))
    engine.suggestions = (
        _suggestion(Verdict.EXEMPTION_PRECEDENT, precedents=(_found(corrected=correction), _found())),
    )
    page = _run(_TEXT)
    assert _bodies(page).count("corrected by an officer on 2026-03-02: see &lt;b&gt;page 2&lt;/b&gt;") == 1
    assert _words(page).count("corrected by an officer") == 1


def test_another_authority_is_named(engine: _Engine) -> None:
    """A precedent of another authority says whose it is."""
    engine.suggestions = (_suggestion(Verdict.NO_PRECEDENT, considered=(_found(authority="Candle Trust"),)),)
    assert "another authority: Candle Trust" in _words(_run(_TEXT))


def test_the_gate_is_shown_test_by_test(engine: _Engine) -> None:
    """Each gate test shows its state in words with its reason."""
    gate = (
        GateTest("own_authority", GateState.PASS, "answered by Lantern Council"),
        GateTest("link_checked", GateState.UNKNOWN, "open the address"),
        GateTest("published", GateState.FAIL, "sent to one requester"),
    )
    engine.suggestions = (_suggestion(Verdict.ALREADY_DISCLOSED, gate=gate),)
    words = _words(_run(_TEXT))
    assert "✓ pass own authority answered by Lantern Council" in words
    assert "? open address checked open the address" in words
    assert "✗ fail published sent to one requester" in words
    assert "some tests are open: check before relying on section 21" in words


def test_both_other_lists_are_folded_with_their_reasons(engine: _Engine) -> None:
    """What speaks against and what was considered stand in folds that tell their number."""
    other = _found(id="LC/8/23#1", reference="LC/8/23", label="1", outcome=Outcome.DISCLOSED, provisions=())
    engine.suggestions = (_suggestion(Verdict.EXEMPTION_PRECEDENT, against=(other,), considered=(other, other)),)
    page = _run(_TEXT)
    labels = [each.label for each in page.main.expander]
    assert labels[-2:] == ["Against (1)", "Considered, does not fit (2)"]
    assert _words(page).count("LC/8/23 , question 1 · was disclosed on 2022-08-03") == 3


def test_the_checklist_is_boxes(engine: _Engine) -> None:
    """Every step is a box that can be ticked, worded literally, and a new answer starts with empty ones."""
    engine.suggestions = (_suggestion(Verdict.EXEMPTION_PRECEDENT, checklist=("Weigh *harm* (s.17).", "Ask.")),)
    page = _run(_TEXT)
    assert [box.label for box in page.checkbox] == ["Weigh \\*harm\\* \\(s\\.17\\)\\.", "Ask\\."]
    page.checkbox[0].check().run()
    assert [box.value for box in page.checkbox] == [True, False]
    _button(page, "Find precedents").click().run()
    assert [box.value for box in page.checkbox] == [False, False]


def test_the_request_is_shown_verbatim(engine: _Engine) -> None:
    """The officer's text stands unchanged in the box, in what is asked of the engine, and in the marked copy."""
    text = "  Dear  Council,\n\n\tPlease <b>tell</b> me\u2028how many lanterns you own?  "
    start = text.index("how")
    engine.suggestions = (_suggestion(Verdict.NO_PRECEDENT, question=_question(start=start)),)
    page = _run(text)
    assert page.text_area[0].value == text
    assert text in [request.text for request in engine.requests]
    drawn = re.search(r'<div class="request text">(.*?)</div>', _bodies(page), re.DOTALL)
    assert drawn is not None
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", drawn[1])) == text


def test_a_question_shows_what_it_was_taken_to_mean(engine: _Engine) -> None:
    """Beneath its own words stand the words searched for, its slots, another route, and what it refers back to."""
    period = Period(dt.date(2021, 4, 1), dt.date(2022, 3, 31), "2021/22", "financial year")
    slots = Slots(period=period, places=("Tarnley",), breakdown=("month",))
    question = _question(
        standalone="how many lanterns the council owns", slots=slots, handling="subject_access", depends_on=(2,)
    )
    engine.suggestions = (_suggestion(Verdict.NO_PRECEDENT, question=question),)
    words = _words(_run(_TEXT))
    assert "1. how many lanterns you own read as: how many lanterns the council owns" in words
    assert "period: 2021/22 (2021-04-01 to 2022-03-31); place: Tarnley; by month" in words
    assert "may need another route: subject access; refers back to question 2" in words


def test_wishes_of_the_requester_are_shown(engine: _Engine) -> None:
    """A wish about form or cost is quoted."""
    engine.constraints = (Constraint(0, 14, "form"),)
    assert "Wishes about form, cost or order: Please tell me" in _words(_run(_TEXT))


def test_parts_that_go_another_way_are_shown(engine: _Engine) -> None:
    """A question says why it may need another route; a part that is no question is quoted, whatever else is asked."""
    question = _question(handling="eir")
    engine.suggestions = (_suggestion(Verdict.NO_PRECEDENT, question=question),)
    engine.diversions = (
        Diversion(0, 6, "complaint", "wants something put right", "s84"),
        Diversion(question.start, question.end, "eir", "asks about the air", "s39", question.ordinal),
    )
    words = _words(_run(_TEXT))
    assert f"may need another route: complaint; “{_TEXT[:6]}” wants something put right (s84)" in words
    assert "may need another route: eir (asks about the air; s39)" in words
    engine.suggestions = ()
    assert "may need another route: complaint" in _words(_run(_TEXT))


def test_the_day_of_receipt_is_today_unless_set(engine: _Engine) -> None:
    """A request counts as received today until the officer sets another day."""
    page = _run(_TEXT)
    today = dt.datetime.now().astimezone().date()
    assert page.date_input[0].value == today
    page.date_input[0].set_value(dt.date(2026, 1, 2))
    _button(page, "Find precedents").click().run()
    assert [request.received for request in engine.requests if request.text == _TEXT] == [today, dt.date(2026, 1, 2)]


def test_the_day_moves_on_overnight(engine: _Engine) -> None:
    """A desk left open takes the new day, but never changes a day that the officer set."""
    page = _run()
    yesterday = dt.datetime.now().astimezone().date() - dt.timedelta(days=1)
    page.session_state["today"] = page.session_state["received"] = yesterday
    page.run()
    assert page.date_input[0].value == yesterday + dt.timedelta(days=1)
    page.session_state["today"], page.session_state["received"] = yesterday, dt.date(2026, 1, 2)
    page.run()
    assert page.date_input[0].value == dt.date(2026, 1, 2)


def test_a_file_is_put_into_the_box(engine: _Engine) -> None:
    """An uploaded letter is decoded into the box, where the officer sees it before asking."""
    page = _run()
    page.file_uploader[0].set_value(("letter.txt", "How many lanterns – exactly?".encode("cp1252"), "text/plain")).run()
    assert not page.exception
    assert page.text_area[0].value == "How many lanterns – exactly?"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"MZ\0\0\0", "letter.txt is a binary file", id="binary"),
        pytest.param(b" \n", "letter.txt is empty", id="empty"),
        pytest.param(b"x" * 1_000_001, "letter.txt has 1,000,001 bytes, over the limit", id="too large"),
    ],
)
def test_a_file_that_cannot_be_used_gives_a_sentence(engine: _Engine, data: bytes, sentence: str) -> None:
    """A file that is no letter is refused in words, and the box keeps what it had."""
    page = _run("kept")
    page.file_uploader[0].set_value(("letter.txt", data, "text/plain")).run()
    assert not page.exception
    assert sentence in _words(page)
    assert page.text_area[0].value == "kept"


def test_clear_empties_the_desk(engine: _Engine) -> None:
    """One button makes room for the next request."""
    page = _run(_TEXT)
    _button(page, "Clear for the next request").click().run()
    assert page.text_area[0].value == ""
    assert "Withheld before" not in _words(page)


def test_hostile_words_of_a_letter_are_text(engine: _Engine) -> None:
    """Markup, Markdown and formulas in a letter or a request appear literally and reach no renderer of theirs."""
    found = _found(
        reference=_HOSTILE,
        label=_HOSTILE,
        question=_HOSTILE,
        standalone=_HOSTILE + "!",
        quote=_HOSTILE,
        authority=_HOSTILE,
        url="javascript:alert(1)",
        links=("https://lantern.example/<b>", _HOSTILE),
    )
    question = Question(1, _HOSTILE, 0, len(_HOSTILE), _HOSTILE, _HOSTILE + "?")
    gate = (GateTest(_HOSTILE, GateState.PASS, _HOSTILE),)
    engine.suggestions = (
        _suggestion(Verdict.ALREADY_DISCLOSED, question=question, precedents=(found,), against=(found,), gate=gate),
    )
    page = _run(_HOSTILE)
    bodies = _bodies(page)
    assert "<script" not in bodies
    assert "<img" not in bodies
    assert 'href="javascript' not in bodies
    assert bodies.count(html.escape(_HOSTILE)) >= 15
    drawn = [each.value for each in page.markdown] + [each.label for each in page.expander]
    assert not [each for each in drawn if "badge" in each or "frac" in each]


def test_the_result_can_be_taken_along_as_json(engine: _Engine) -> None:
    """The download holds the object of `triage ask`."""
    page = _run(_TEXT)
    taken = page.get("download_button")[0]
    assert taken.proto.label == "Download this result as JSON"
    assert taken.proto.url.endswith(".json")


def test_the_desk_imports_nothing_it_should_not() -> None:
    """The desk knows the pipeline, the wording and the records: no stage and no heavy library but Streamlit."""
    allowed = {"triage.pipeline", "triage.render", "triage.config", "triage.schema", "triage.errors"}
    tree = ast.parse(_APP.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named = {str(node.module) for node in found if node.module != "triage"}
    named |= {f"triage.{alias.name}" for node in found if node.module == "triage" for alias in node.names}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in named if name.startswith("triage")} <= allowed | {"triage.ingest"}
    assert not named & {"spacy", "torch", "faiss", "sentence_transformers"}


def test_nothing_calls_out_by_configuration() -> None:
    """Streamlit is told to send no usage figures and to listen on loopback, which also keeps it from a look-up."""
    settings = tomllib.loads((_APP.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["client"]["showErrorDetails"] == "none"


@pytest.mark.model
def test_a_real_index_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the real model a refused question of the corpus is found and shown with its limb, date and reference."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    question = {
        "label": "1",
        "text": "How many lanterns are kept in the armoury?",
        "answer": "The number is withheld under section 31(1)(a).",
        "outcome": "refused",
        "provisions": ["s31(1)(a)"],
    }
    record = {
        "reference": "LC/7/22",
        "authority": "Lantern Council",
        "responded": "2022-08-03",
        "questions": [question],
    }
    (corpus / "log.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    pipeline.reindex(corpus, index, config=Config())
    monkeypatch.setenv("TRIAGE_CORPUS", str(corpus))
    monkeypatch.setenv("TRIAGE_INDEX", str(index))
    monkeypatch.delenv("TRIAGE_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    st.cache_resource.clear()
    st.cache_data.clear()
    page = AppTest.from_file(str(_APP), default_timeout=120).run()
    page.text_area[0].set_value("Please tell me how many lanterns are kept in the armoury.")
    _button(page, "Find precedents").click().run()
    assert not page.exception
    assert "LC/7/22 , question 1 · was withheld under s31(1)(a) on 2022-08-03" in _words(page)
