"""The desk: draws in a browser what `triage` says about a pasted request, and decides nothing.

In: the officer's text, day of receipt and clicks; `TRIAGE_CORPUS`, `TRIAGE_INDEX` and `TRIAGE_CONFIG`, set by
`triage serve`. Out: a page. Whatever comes from a letter is drawn as text, never as HTML or Markdown.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import itertools
import json
import os
import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from triage import pipeline, render
from triage.config import Config, load_config
from triage.errors import TriageError
from triage.ingest import decode_text
from triage.schema import (
    COUNTING_STATUSES,
    Diversion,
    GateState,
    Question,
    Request,
    SplitRequest,
    Status,
    SuggestedPrecedent,
    Suggestion,
    Verdict,
)

__all__ = ["draw_desk", "escape", "escape_label", "link_to", "mark_questions"]

_STALE_SECONDS: Final = 30
"""How long the answer to "has the corpus changed" is kept: it reads every file of the corpus."""

_LOOKS: Final = {
    Verdict.ALREADY_DISCLOSED: ("✓", "given"),
    Verdict.DISCLOSED_BEFORE: ("≈", "like"),
    Verdict.EXEMPTION_PRECEDENT: ("■", "held-back"),
    Verdict.NOT_HELD_PRECEDENT: ("○", "nothing"),
    Verdict.COST_PRECEDENT: ("£", "cost"),
    Verdict.CONFLICTING: ("⇄", "clash"),
    Verdict.NO_PRECEDENT: ("–", "none"),
}
_MARKS: Final = {GateState.PASS: "✓ pass", GateState.FAIL: "✗ fail", GateState.UNKNOWN: "? open"}

_NOT_FOR: Final = (
    "It does not decide. It shows what was done before; a person weighs each question on its own facts.",
    "A past refusal does not bind: harm and the public interest are weighed afresh, at the date of this request.",
    "It is no proof for section 21. Open the earlier reply and its address yourself: this tool never goes online.",
    "“No precedent found” means not found in this corpus. It does not mean never asked.",
    "It knows only the corpus. Reviews, rulings and replies that are not in it are not seen.",
    "It is not for finding out about requesters. Names and addresses play no part in matching.",
    "It does not deal with subject access requests, watch deadlines, or write the reply.",
)

_STYLE: Final = """<style>
.stMainBlockContainer {padding: 1.4rem 2rem 4rem; max-width: 72rem}
[data-testid="stSidebarHeader"] {height: 2.2rem; margin-bottom: 0; padding-top: .4rem}
.stMainBlockContainer .stVerticalBlock, [data-testid="stSidebarUserContent"] .stVerticalBlock {gap: .6rem}
[data-testid="stSidebarUserContent"] {padding-bottom: 2rem}
[data-testid="stForm"] {border: 0; padding: 0}
.t h1 {font-size: 1.45rem; padding: 0; margin: 0}
.t h2 {font-size: 1.12rem; padding: 0; margin: 0; line-height: 1.4; font-weight: 600; scroll-margin-top: 4rem}
.t h3 {font-size: .95rem; padding: 0; margin: .5rem 0 .2rem}
.t p {margin: 0 0 .25rem; font-size: 1rem}
.t .dim {opacity: .78; font-size: .875rem}
.t .text {white-space: pre-wrap; overflow-wrap: anywhere}
.t .request {max-height: 28rem; overflow-y: auto; margin: 0; font: inherit; line-height: 1.5}
.t mark {background: #fdf1c4; color: #1d2426; padding: .05rem .1rem; border-radius: 2px}
.t mark[data-number]::before {content: attr(data-number); font-size: .72rem; font-weight: 700; margin-right: .25rem;
  vertical-align: .25rem; color: #6b4700}
.t table {border-collapse: collapse; width: 100%; font-size: .95rem}
.t th {text-align: left; font-weight: 600; font-size: .82rem; opacity: .8}
.t th, .t td {padding: .32rem .6rem .32rem 0; border: 0; border-bottom: 1px solid #8884; vertical-align: top}
.t .gate td {padding: .12rem .7rem .12rem 0; border: 0; font-size: .875rem}
.t td.tight, .t .gate td:not(:last-child) {white-space: nowrap}
.t .verdict {display: inline-block; padding: .08rem .5rem; border-radius: 3px; font-weight: 600; font-size: .9rem;
  white-space: nowrap; border: 1px solid transparent}
.t .given {background: #dff0e2; color: #14532d} .t .like {background: #e1eef7; color: #123f66}
.t .held-back {background: #f9e2dd; color: #7a1f10} .t .nothing {background: #e9e9e6; color: #3a3a38}
.t .cost {background: #faeecb; color: #5f3f00} .t .clash {background: #eee4f7; color: #4c1d79}
.t .none {background: #fff; color: #44504f; border: 1px dashed #44504f}
.t .pass {color: #14532d; font-weight: 600} .t .fail {color: #7a1f10; font-weight: 600}
.t .unknown {color: #5f3f00; font-weight: 600}
.t article {border-left: 3px solid #8886; padding: .1rem 0 .1rem .8rem; margin: .45rem 0 .7rem}
.t blockquote {margin: .2rem 0; padding: .3rem .7rem; background: #8881; border: 0; font-size: 1rem; color: inherit}
.t .warn {color: #7a1f10; font-weight: 600}
.t .note {padding: .5rem .8rem; border-radius: 4px; border: 1px solid #8886; background: #f4f5f3; color: #1d2426}
.t .note.bad {background: #f9e2dd; border-color: #c9816f; color: #5a160b}
.t .note.old {background: #faeecb; border-color: #d8b865; color: #4c3300}
.t hr {margin: .6rem 0 .2rem; border: 0; border-top: 1px solid #8886}
.t a {color: #1f5673}
.t details {margin: 0 0 .25rem; font-size: .92rem} .t summary {cursor: pointer; font-size: .875rem; opacity: .78}
.t details > .text {padding: .3rem .7rem; max-height: 24rem; overflow-y: auto}
.t ul {margin: 0; padding-left: 1.1rem} .t li {font-size: .92rem; margin: 0 0 .25rem}
</style>"""


@dataclass(frozen=True)
class _Answer:
    """What was found for one request, and in which build of the index."""

    request: Request
    parts: SplitRequest
    suggestions: tuple[Suggestion, ...]
    build: str
    number: int


def escape(text: object) -> str:
    """Write any text so that HTML shows it literally.

    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(str(text))


def escape_label(text: str) -> str:
    r"""Write a text so that a widget's Markdown label shows it literally.

    >>> escape_label("*s.17(1)*")
    '\\*s\\.17\\(1\\)\\*'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def link_to(address: str) -> str:
    """Write an address as a link that opens beside the desk; as plain text where it is not of the web.

    >>> link_to("javascript:alert(1)")
    '<span class="text">javascript:alert(1)</span>'
    """
    shown = escape(address)
    try:
        parts = urlsplit(address)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or re.search(r"[\s\x00-\x1f]", address):
        return f'<span class="text">{shown}</span>'
    return f'<a class="text" href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def mark_questions(text: str, questions: Sequence[Question]) -> str:
    """Write a request as HTML with its questions marked; without the tags it is the same text.

    >>> mark_questions("Why?", [Question(1, None, 0, 4, "Why?", "Why?")])
    '<mark data-number="1">Why?</mark>'
    """
    starts: dict[int, list[str]] = {}
    for question in questions:
        starts.setdefault(question.start, []).append(str(question.ordinal))
    cuts = sorted({0, len(text)} | {cut for question in questions for cut in (question.start, question.end)})
    pieces = []
    for start, end in itertools.pairwise(cuts):
        piece = escape(text[start:end])
        if any(question.start <= start and end <= question.end for question in questions):
            numbers = ", ".join(starts.get(start, []))
            number = f' data-number="{numbers}"' if numbers else ""
            piece = f"<mark{number}>{piece}</mark>"
        pieces.append(piece)
    return "".join(pieces)


def _draw(body: str) -> None:
    st.html(f'<div class="t">{body}</div>')


def _note(text: str, kind: str = "") -> None:
    role = "alert" if kind == "bad" else "status"
    _draw(f'<div class="note {kind} text" role="{role}">{escape(text)}</div>')


def _paths() -> tuple[Path, Path, Path | None]:
    config = os.environ.get("TRIAGE_CONFIG")
    corpus, index = os.environ.get("TRIAGE_CORPUS") or "corpus", os.environ.get("TRIAGE_INDEX") or "index"
    return Path(corpus), Path(index), Path(config) if config else None


@st.cache_resource(max_entries=2, show_spinner="Opening the index …")
def _open(index: str, build: str, config_digest: str, _config: Config) -> pipeline.OpenIndex:
    """Open an index once per build and configuration, which are the key."""
    return pipeline.open_index(Path(index), config=_config)


@st.cache_resource(max_entries=2, show_spinner=False)
def _warm_up(build: str, config_digest: str, _opened: pipeline.OpenIndex) -> threading.Thread:
    """Load the language models beside the page, so that the first answer need not wait for all of it."""
    ask = pipeline.ask

    def load() -> None:
        # The officer's own request will say what is wrong.
        with contextlib.suppress(TriageError):
            ask(_opened, Request("", "How many are there?"))

    # Not in the page's own run: while that lasts, Streamlit shows what it replaces beside its replacement.
    thread = threading.Thread(target=load, name="warm-up", daemon=True)
    thread.start()
    return thread


@st.cache_data(ttl=_STALE_SECONDS, show_spinner=False)
def _is_stale(corpus: str, index: str, build: str, config_digest: str, _config: Config) -> bool:
    return pipeline.is_stale(Path(corpus), Path(index), config=_config)


@st.cache_data(show_spinner=False)
def _is_demonstration(corpus: str) -> bool:
    """Tell whether the corpus is the demonstration one, as the first lines of its README say."""
    try:
        with (Path(corpus) / "README.md").open(encoding="utf-8", errors="replace") as file:
            return any("invented" in line for _, line in zip(range(10), file, strict=False))
    except OSError:
        return False


def _rebuild(corpus: Path, index: Path, config: Config) -> None:
    """Run a reindex, show how far it is, and draw the page anew with what came of it."""
    stages = {"read": "Reading the corpus", "embed": "Embedding what is new"}
    bar = st.progress(0.0, text="Starting …")
    shown: dict[str, int] = {}

    def on_progress(stage: str, done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        if shown.get(stage) != percent:
            shown[stage] = percent
            bar.progress(percent / 100, text=f"{stages.get(stage, stage)}: {done} of {total}")

    try:
        report = pipeline.reindex(corpus, index, config=config, on_progress=on_progress)
    except TriageError as error:
        st.session_state["rebuilt"] = ("bad", str(error), ())
    else:
        words = f"Index rebuilt: {report.new} new, {report.changed} changed, {report.removed} removed files"
        unread = tuple(f"{each.file}: {each.reason}" for each in report.failed)
        st.session_state["rebuilt"] = ("", f"{words}; {report.precedents} precedents.", unread)
    st.rerun()


def _draw_rebuild(corpus: Path, index: Path, config: Config) -> None:
    if not corpus.is_dir():
        _draw(f'<p class="dim">There is no corpus in {escape(corpus)} to rebuild it from.</p>')
    elif st.button("Rebuild index now", help="Reads what changed in the corpus; your request and answers stay."):
        _rebuild(corpus, index, config)


def _draw_rebuilt() -> None:
    kind, words, unread = st.session_state.pop("rebuilt", ("", "", ()))
    if words:
        _note(words, kind)
    if unread:
        _note("Could not be read:\n" + "\n".join(unread), "old")


def _local(moment: dt.datetime) -> str:
    here = moment.astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"


def _open_index(corpus: Path, index: Path, config: Config) -> tuple[pipeline.OpenIndex, str] | None:
    """Open the index and say which one it is; `None` where there is none to be used, which the page then says."""
    try:
        build = pipeline.build_name(index)
        opened = _open(str(index), build, config.digest(), config)
    except TriageError as error:
        _draw_rebuilt()
        _note(f"No index can be opened: {error}", "bad")
        _draw_rebuild(corpus, index, config)
        return None
    manifest = opened.manifest
    failed = manifest.counts.get("failed", 0)
    facts = [
        f"Index of {_local(manifest.built_at)}",
        f"{manifest.counts.get('disclosures', 0):,} disclosures",
        f"{manifest.precedents:,} precedents",
        f"own authority: {opened.authority or 'not known'}",
    ]
    if failed:
        facts.append(f"{failed:,} not read (`triage reindex` lists them)")
    if _is_demonstration(str(corpus)):
        facts.append("<b>demonstration corpus of an invented police force</b>")
    _draw(f'<p class="dim">{" · ".join(fact if fact.startswith("<b>") else escape(fact) for fact in facts)}</p>')
    _draw_rebuilt()
    if corpus.is_dir():
        try:
            stale = _is_stale(str(corpus), str(index), build, config.digest(), config)
        except TriageError as error:
            _note(str(error), "bad")
        else:
            if stale:
                _note("The corpus is newer than this index: what was added or changed since is not seen here.", "old")
                _draw_rebuild(corpus, index, config)
    return opened, build


def _fill_box(text: str) -> None:
    """Put a text into the box. A fresh box is drawn: the one on the page may hold words that were never sent."""
    st.session_state["draft"] = text
    st.session_state["box"] = st.session_state.get("box", 0) + 1


def _take_upload(key: str, config: Config) -> None:
    """Put the text of an uploaded file into the box, where the officer sees it."""
    upload = st.session_state.get(key)
    st.session_state.pop("problem", None)
    if upload is None:
        return
    try:
        text = decode_text(upload.getvalue(), name=upload.name)
        _fill_box(pipeline.check_request(text, config=config, name=upload.name))
    except TriageError as error:
        st.session_state["problem"] = str(error)


def _clear() -> None:
    _fill_box("")
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    for name in ("answer", "problem"):
        st.session_state.pop(name, None)


def _keep_today() -> None:
    """Move the day of receipt with the calendar on a desk that stays open overnight, unless the officer set it."""
    state, today = st.session_state, dt.datetime.now().astimezone().date()
    if state.get("today") != today:
        if state.get("received", state.get("today")) == state.get("today"):
            state["received"] = today
        state["today"] = today


def _draw_input(config: Config) -> str | None:
    """Draw the form; return the text in the box when the officer asks."""
    _keep_today()
    state = st.session_state
    key = f"upload-{state.get('uploads', 0)}"
    with st.form("request", border=False):
        text = st.text_area(
            "Request, as received",
            state.get("draft", ""),
            key=f"text-{state.get('box', 0)}",
            height=420,
            placeholder="Paste the words of the requester.",
        )
        st.date_input("Date received", key="received", format="DD/MM/YYYY")
        asked = st.form_submit_button(
            "Find precedents", type="primary", width="stretch", help="Ctrl+Enter in the box does the same."
        )
    st.file_uploader(
        "Or put a file into the box",
        type=["txt", "md"],
        key=key,
        on_change=_take_upload,
        args=(key, config),
    )
    st.button("Clear for the next request", on_click=_clear, width="stretch")
    with st.expander("What this is not for"):
        _draw("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in _NOT_FOR) + "</ul>")
    return (text or "") if asked else None


def _ask(text: str, opened: pipeline.OpenIndex, build: str, config: Config) -> None:
    """Answer what stands in the box; on an error the box keeps its text."""
    state = st.session_state
    for name in ("answer", "problem"):
        state.pop(name, None)
    try:
        request = Request("desk", pipeline.check_request(text, config=config), state.get("received"))
        with st.spinner("Looking …"):
            # Two threads that load the same models at once could trip over each other.
            _warm_up(build, config.digest(), opened).join()
            parts, suggestions = pipeline.ask(opened, request)
    except TriageError as error:
        state["problem"] = str(error)
        return
    state["asked"] = state.get("asked", 0) + 1
    state["answer"] = _Answer(request, parts, suggestions, build, state["asked"])


def _chip(suggestion: Suggestion) -> str:
    icon, look = _LOOKS[suggestion.verdict]
    words, _, _ = render.describe_verdict(suggestion).partition(":")
    short = {"s21": "s.21 may fit", "check": "check", "supply_again": "supply again"}
    route = f": {short[suggestion.route]}" if suggestion.route else ""
    return f'<span class="verdict {look}"><span aria-hidden="true">{icon}</span> {escape(words + route)}</span>'


def _number(question: Question) -> str:
    printed = question.label if question.label not in (None, str(question.ordinal)) else None
    return f"{question.ordinal} (“{printed}”)" if printed else str(question.ordinal)


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 110 else words[:110].rsplit(" ", 1)[0] + " …"


def _draw_summary(suggestions: Iterable[Suggestion]) -> None:
    rows = []
    for each in suggestions:
        anchor = f'<a href="#question-{each.question.ordinal}">{escape(_number(each.question))}</a>'
        rests = ", ".join(dict.fromkeys(found.match.precedent.id for found in each.precedents[:2])) or "–"
        rows.append(
            f'<tr><td class="tight">{anchor}</td><td>{escape(_first_words(each.question.text))}</td>'
            f"<td>{_chip(each)}</td><td>{escape(', '.join(map(str, each.provisions)) or '–')}</td>"
            f"<td>{escape(rests)}</td></tr>"
        )
    head = "".join(f"<th>{name}</th>" for name in ("No.", "Question", "Verdict", "Provisions", "Rests on"))
    _draw(f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>")


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()


def _match_html(found: SuggestedPrecedent, own: str | None) -> str:
    precedent = found.match.precedent
    label = f", question {precedent.label}" if precedent.label else f" ({precedent.id})"
    counts = precedent.status in COUNTING_STATUSES
    status = escape(render.describe_status(precedent.status))
    if not counts:
        status = f'<span class="warn">{status}: does not count</span>'
    elif precedent.status is not Status.UNKNOWN:
        status = f"<b>{status}</b>"
    head = [f"<b>{escape(precedent.reference)}</b>{escape(label)}", escape(render.describe_decision(precedent)), status]
    if own and precedent.authority and precedent.authority.casefold() != own.casefold():
        head.insert(1, f'<span class="warn">another authority: {escape(precedent.authority)}</span>')
    lines = [f"<p>{' · '.join(head)}</p>", f"<p>{escape(found.why or render.describe_relation(found.relation))}</p>"]
    if precedent.corrected:
        lines.append(f'<p class="text"><b>{escape(render.describe_correction(precedent))}</b></p>')
    if found.quote:
        lines.append(f'<blockquote class="text">“{escape(found.quote)}”</blockquote>')
    else:
        lines.append('<p class="dim">no deciding sentence was found in the letter</p>')
    lines.append(f'<p class="text"><span class="dim">asked then:</span> {escape(precedent.question)}</p>')
    if not _same_words(precedent.standalone, precedent.question):
        lines.append(f'<p class="dim text">read as: {escape(precedent.standalone)}</p>')
    if precedent.answer and not _same_words(precedent.answer, found.quote):
        words = f'<div class="text">{escape(precedent.answer)}</div>'
        lines.append(f"<details><summary>the reply’s words for this question</summary>{words}</details>")
    ranks = ", ".join(f"{name} {rank}" for name, rank in found.match.ranks.items()) or "no retriever named"
    facts = [f"similarity {found.match.similarity:.3f}", f"found by {ranks}", f"fit: {render.describe_fit(found.fit)}"]
    lines.append(f'<p class="dim">{escape(" · ".join(facts))}</p>')
    links = dict.fromkeys(filter(None, (precedent.url, *precedent.links)))
    if links:
        lines.append(f'<p class="dim">{" · ".join(map(link_to, links))}</p>')
    return f"<article>{''.join(lines)}</article>"


def _draw_matches(found: Sequence[SuggestedPrecedent], own: str | None, title: str = "") -> None:
    _draw((f"<h3>{title}</h3>" if title else "") + "".join(_match_html(each, own) for each in found))


@st.fragment
def _draw_checklist(number: int, suggestion: Suggestion) -> None:
    """Draw the steps as boxes; a tick redraws nothing else and is not kept beyond this session."""
    _draw("<h3>Before you decide</h3>")
    for position, step in enumerate(suggestion.checklist):
        st.checkbox(escape_label(step), key=f"step-{number}-{suggestion.question.ordinal}-{position}")


def _draw_question(suggestion: Suggestion, number: int, own: str | None, diversions: Sequence[Diversion] = ()) -> None:
    question = suggestion.question
    heading = f"{_number(question)}. {question.text}"
    lines = [f'<hr><h2 id="question-{question.ordinal}" class="text">{escape(heading)}</h2>']
    if not _same_words(question.standalone, question.text):
        lines.append(f'<p class="dim text">read as: {escape(question.standalone)}</p>')
    facts = [render.describe_slots(question.slots)]
    if question.handling != "foi":
        why = "".join(f" ({each.reason}; {each.section})" for each in diversions if each.ordinal == question.ordinal)
        facts.append(f"may need another route: {question.handling.replace('_', ' ')}{why}")
    if question.depends_on:
        facts.append(f"refers back to question {', '.join(map(str, question.depends_on))}")
    if any(facts):
        lines.append(f'<p class="dim">{escape("; ".join(filter(None, facts)))}</p>')
    verdict = [_chip(suggestion)]
    if suggestion.route:
        verdict.append(escape(render.describe_verdict(suggestion).partition(": ")[2]))
    if suggestion.provisions:
        verdict.append(f"provisions then: <b>{escape(', '.join(map(str, suggestion.provisions)))}</b>")
    if suggestion.verdict is not Verdict.NO_PRECEDENT:
        verdict.append(f'<span class="dim">confidence {suggestion.confidence:.2f}, not calibrated yet</span>')
    lines.append(f"<p>{' · '.join(verdict)}</p>")
    _draw("".join(lines))
    if suggestion.gate:
        rows = "".join(
            f'<tr><td class="{test.state}">{_MARKS[test.state]}</td><td>{escape(render.describe_test(test))}</td>'
            f"<td>{escape(test.why)}</td></tr>"
            for test in suggestion.gate
        )
        _draw(f'<h3>Tests for “already disclosed”</h3><table class="gate"><tbody>{rows}</tbody></table>')
    if suggestion.precedents:
        title = "Both sides" if suggestion.verdict is Verdict.CONFLICTING else "Rests on"
        _draw_matches(suggestion.precedents, own, title)
    for title, part in (("Against", suggestion.against), ("Considered, does not fit", suggestion.considered)):
        if part:
            with st.expander(f"{title} ({len(part)})"):
                _draw_matches(part, own)
    if suggestion.checklist:
        _draw_checklist(number, suggestion)


def _draw_diversions(answer: _Answer) -> None:
    """List the parts of the letter that go another way and are no question; a question says so itself."""
    text = answer.request.text
    for each in answer.parts.diversions:
        if each.ordinal is None:
            _draw(f'<p class="dim text">{escape(render.describe_diversion(each, text))}</p>')


def _draw_answer(answer: _Answer, own: str | None, build: str) -> None:
    if not answer.suggestions:
        _note("No question was found in this text. If there is one, put it on a line of its own and try again.")
        _draw_diversions(answer)
        return
    if answer.build != build:
        _note("These answers come from the index before this one: press “Find precedents” again.", "old")
    _draw_summary(answer.suggestions)
    text, parts = answer.request.text, answer.parts
    wishes = [" ".join(text[each.start : each.end].split()) for each in parts.constraints]
    if wishes:
        _draw(f'<p class="dim">Wishes about form, cost or order: {escape(" | ".join(wishes))}</p>')
    _draw_diversions(answer)
    with st.expander("The request as received, with its questions marked: is one missing?"):
        _draw(f'<div class="request text">{mark_questions(text, parts.questions)}</div>')
    for suggestion in answer.suggestions:
        _draw_question(suggestion, answer.number, own, parts.diversions)
    record: dict[str, Any] = render.ask_object(parts, answer.suggestions)
    st.download_button(
        "Download this result as JSON",
        json.dumps(record, ensure_ascii=False, indent=2),
        file_name=f"triage-{dt.datetime.now().astimezone():%Y%m%d-%H%M}.json",
        mime="application/json",
        on_click="ignore",
    )


def draw_desk() -> None:
    """Draw the whole page."""
    st.set_page_config(page_title="triage", layout="wide", initial_sidebar_state=440)
    st.html(_STYLE)
    _draw(
        "<h1>triage</h1><p>Shows what was done before when the like was asked. It suggests; a person decides.</p>",
    )
    corpus, index, config_file = _paths()
    try:
        config = load_config(config_file)
    except TriageError as error:
        _note(str(error), "bad")
        return
    with st.sidebar:
        asked = _draw_input(config)
    found = _open_index(corpus, index, config)
    if found is None:
        return
    opened, build = found
    _warm_up(build, config.digest(), opened)
    if asked is not None:
        _ask(asked, opened, build, config)
    if problem := st.session_state.get("problem"):
        _note(problem, "bad")
    answer = st.session_state.get("answer")
    if answer is not None:
        _draw_answer(answer, opened.authority, build)
    elif not problem:
        _draw('<p class="dim">Paste a request on the left and press “Find precedents”, or Ctrl+Enter in the box.</p>')


if __name__ == "__main__":
    draw_desk()
