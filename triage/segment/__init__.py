"""Take a text apart into lines, list markers, sentences and their roles.

In: any text, a request or a reply. Out: `Segmented`, plain records with offsets into the text as given. This is the
only module that imports spaCy: a blank English pipeline, so tokens by rule and no trained model, with three components.
"""

from __future__ import annotations

import functools
import re
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from triage.schema import Line, Segmented, Sentence
from triage.segment import cues
from triage.segment.lines import find_lines, find_wrapped

__all__ = ["segment"]

_CHUNK: Final = 200_000
"""Characters that go through the pipeline at once; longer texts are cut between paragraphs."""

_ABBREVIATIONS: Final = re.compile(
    r"(?:e\.?g|i\.?e|nos?|ss?|p\.a|paras?|art|regs?|sec|sect|cf|vs?|etc|approx|m(?:rs?|s)|dr|prof|st|rd|ave|ltd|plc|inc|"
    r"dept|govt|ref|fig|tel|ext|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|a\.m|p\.m|u\.k|l\.a|q|incl|excl|max|min|"
    r"est|hon|sgt|insp|supt|cllr|rev|pp|vol|eds?)\."
)
_MAY_CLOSE: Final = re.compile(r"(?:etc|ltd|plc|inc|[ap]\.m|p\.a|ltd)\.")
"""Abbreviations that often stand at the end of a sentence; a capital after them ends it."""

_END: Final = re.compile(r"[.?!…]+[\"'”’)\]*]*(?=\s|$)|\?+(?=[A-Z])|(?<=[a-z]{2}[a-z)])\.(?=[A-Z][a-z]+\s)")
_INITIAL: Final = re.compile(r"(?:^|[\s.(])[A-Z]\.$")
_LETTERED: Final = re.compile(
    r"\b(?:annex|appendix|schedule|question|part|table|exhibit|document|attachment|option)\s[A-Z]\.$", re.IGNORECASE
)
"""A letter that is no initial: the sentence ends behind it ("They are in Annex A. Names are not.")."""
_LONGEST_LETTERED: Final = 14
_GREETED: Final = re.compile(
    r"(?:dear|hi|hello|hey|good\s+(?:morning|afternoon|evening))\b[^,.!?:;\n]{0,60}[,.!:;]+(?=\s*\S)", re.IGNORECASE
)

Doc.set_extension(
    "triage_text", default=""
)  # `Doc.text` is put together from the tokens each time that it is asked for
Doc.set_extension("triage_lines", default=())
Doc.set_extension("triage_sentences", default=())


@Language.component("triage_lines")
def _add_lines(doc: Doc) -> Doc:
    doc._.triage_lines = find_lines(doc._.triage_text)
    return doc


@Language.component("triage_sentences")
def _add_sentences(doc: Doc) -> Doc:
    """Set sentence spans: a list item, a blank line or a terminal mark ends one, a hard wrap does not."""
    text, lines = doc._.triage_text, doc._.triage_lines
    wrapped = find_wrapped(text, lines)
    sentences = []
    first = 0
    for i in range(len(lines)):
        if i in wrapped:
            continue
        begin = lines[first].content_start
        for start, end in _cut(doc, text, begin, lines[i].end):
            line = next(j for j in range(first, i + 1) if lines[j].end > start)
            sentences.append(Sentence(start, end, line, ""))
        first = i + 1
    doc._.triage_sentences = tuple(sentences)
    return doc


@Language.component("triage_roles")
def _add_roles(doc: Doc) -> Doc:
    text, lines, sentences = doc._.triage_text, doc._.triage_lines, doc._.triage_sentences
    roles = []
    signed_off = False
    for k, sentence in enumerate(sentences):
        line = lines[sentence.line]
        following = sentences[k + 1].line if k + 1 < len(sentences) else None
        role = cues.guess_role(
            text[sentence.start : sentence.end],
            has_marker=line.marker is not None and sentence.start == line.content_start,
            before_list=following is not None and following != sentence.line and lines[following].marker is not None,
        )
        if signed_off and role in ("background", "heading", "values", "opinion", "definition"):
            role = "signature"
        signed_off = (signed_off and role not in ("q", "preamble", "greeting")) or (
            role == "closing" and cues.is_sign_off(text[sentence.start : sentence.end])
        )
        roles.append(role)
    doc._.triage_sentences = tuple(
        Sentence(sentence.start, sentence.end, sentence.line, role)
        for sentence, role in zip(sentences, roles, strict=True)
    )
    return doc


@functools.cache
def _pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.max_length = 10 * _CHUNK
    for name in ("triage_lines", "triage_sentences", "triage_roles"):
        nlp.add_pipe(name)
    return nlp


_RUN: Final = re.compile(r"([^\w\s])\1{40,}")


def segment(text: str) -> Segmented:
    r"""Take a text apart into lines and sentences.

    Spans leave out the white space around them and, for the first sentence of a list item, its marker.

    >>> taken = segment("Dear FOI team,\n1) How many dogs were\nseized in 2023? By month please.")
    >>> [taken.text[s.start : s.end] for s in taken.sentences]
    ['Dear FOI team,', 'How many dogs were\nseized in 2023?', 'By month please.']
    """
    lines: list[Line] = []
    sentences: list[Sentence] = []
    for offset, piece in _pieces(text):
        # Long runs of one sign, as of a drawn line, say nothing and cost the tokenizer its time.
        doc = _pipeline().make_doc(_RUN.sub(lambda found: " " * len(found[0]), piece))
        doc._.triage_text = piece
        doc = _pipeline()(doc)
        base = len(lines)
        lines += [_shift_line(line, offset) for line in doc._.triage_lines] if offset else doc._.triage_lines
        sentences += [
            Sentence(s.start + offset, s.end + offset, s.line + base, s.role) if offset else s
            for s in doc._.triage_sentences
        ]
    return Segmented(text, tuple(lines), tuple(sentences))


def _shift_line(line: Line, offset: int) -> Line:
    return Line(
        line.start + offset,
        line.end + offset,
        line.content_start + offset,
        line.marker,
        line.marker_kind,
        line.indent,
        line.after_blank,
    )


def _pieces(text: str) -> list[tuple[int, str]]:
    """Cut a text that is too long for one pass: after a blank line, else after a line, else anywhere."""
    pieces, start = [], 0
    while len(text) - start > _CHUNK:
        cut = start + _CHUNK
        for mark in ("\n\n", "\n", " "):
            if (found := text.rfind(mark, start + _CHUNK // 2, cut)) > 0:
                cut = found + len(mark)
                break
        pieces.append((start, text[start:cut]))
        start = cut
    pieces.append((start, text[start:]))
    return pieces


def _cut(doc: Doc, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut one run of joined lines into sentences; `text` is that of `doc`, which spaCy would put together anew."""
    spans = []
    begin = start
    if greeted := _GREETED.match(text, start, end):
        spans.append((start, greeted.end()))
        begin = greeted.end()
    for found in _END.finditer(text, begin, end):
        if found.end() < end and not _ends(doc, text, found.start(), found.end(), begin):
            continue
        spans.append((begin, found.end()))
        begin = found.end()
    spans.append((begin, end))
    return [trimmed for a, b in spans if (trimmed := _trim(text, a, b)) is not None]


def _ends(doc: Doc, text: str, start: int, end: int, begin: int) -> bool:
    """Tell whether the terminal mark at `start` ends a sentence and is not part of a token or an abbreviation."""
    following = text[end : end + 40].lstrip()
    if text[start] in "?!":
        return True
    if text[start] == "…" or (end - start > 1 and text[end - 1] not in "."):
        return not following[:1].islower()
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    token = span[0] if span is not None and len(span) else None
    if token is not None and (token.like_url or token.like_email) and token.idx + len(token) > end:
        return False
    word = text[max(text.rfind(" ", begin, start), text.rfind("\n", begin, start), begin - 1) + 1 : start + 1]
    if (
        word.rstrip(".").isdigit()
        and len(word) < 4
        and text[begin : start - len(word) + 1].rstrip()[-1:] in tuple(":;.?!")
    ):
        return False
    word = word.lstrip("([\"'“‘").lower()
    initial = _INITIAL.search(text[max(begin, start - 3) : start + 1])
    if initial and _LETTERED.search(text[max(begin, start - _LONGEST_LETTERED) : start + 1]):
        initial = None
    if _ABBREVIATIONS.fullmatch(word) or initial:
        return _MAY_CLOSE.fullmatch(word) is not None and following[:1].isupper()
    return not following[:1].islower() or "\n" in text[end : end + 2]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    body = text[start:end]
    stripped = body.strip()
    if not stripped:
        return None
    start += len(body) - len(body.lstrip())
    return start, start + len(stripped)
