"""Read a reply: which questions it answers, what it decided for each, under which provisions, in which words.

In: a `Source` from a file. Out: a `Disclosure`. How a request is taken apart is passed in, because stages meet only in the
pipeline.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from triage.citations import find_citations
from triage.errors import FormatError
from triage.read.anatomy import Anatomy, dissect, is_boilerplate, squeeze
from triage.read.bind import Bound, bind, plain_label
from triage.read.header import Header, find_header, normalise_reference, parse_day
from triage.read.outcome import Answer, Statement, decides, read_answer, unite
from triage.schema import (
    AnsweredQuestion,
    Binding,
    Disclosure,
    Outcome,
    Provision,
    Question,
    Regime,
    Role,
    Slots,
    Source,
    Status,
)
from triage.segment import segment

__all__ = ["Splitter", "read_disclosure"]

Splitter = Callable[[str, dt.date | None], Sequence[Question]]
"""Takes a request's text apart; periods are resolved against the day it was received."""

_SPREAD: Final = frozenset({Outcome.REFUSED, Outcome.NOT_HELD, Outcome.DISCLOSED, Outcome.CLARIFICATION,
                            Outcome.NO_DECISION, Outcome.ALREADY_ACCESSIBLE, Outcome.FUTURE_PUBLICATION,
                            Outcome.NCND})  # fmt: skip
"""Outcomes that one decision for a whole letter gives to each of its questions; `partly` does not say which."""


def read_disclosure(source: Source, *, split: Splitter, request: str | None = None) -> Disclosure:
    """Read one reply, log row or record.

    Args:
        source: What was found in the file; `fields` of a log row or record go before what the text says.
        split: Takes a request apart.
        request: The request that was answered, where it is known apart from the reply.

    Raises:
        FormatError: A record of the project's own form lacks a field or holds one of the wrong kind.
    """
    if source.form == "jsonl":
        return _read_record(source)
    if source.form == "csv":
        return _read_row(source, split)
    return _read_letter(source, split, request)


def _statements(text: str, body: str, *, date: dt.date | None, regime: Regime) -> list[Statement]:
    """List the reply's own sentences with their citations."""
    parts = segment(body)
    citations = find_citations(body, date=date, regime=regime)
    found = []
    for sentence in parts.sentences:
        words = text[sentence.start : sentence.end]
        if not re.search(r"\w", words):
            continue
        inside = tuple(c for c in citations if sentence.start <= c.start < sentence.end)
        found.append(Statement(sentence.start, sentence.end, words, inside))
    return found


def _regime(text: str, authority: str | None) -> Regime:
    if re.search(r"freedom of information \(scotland\)|\bFOISA\b", text, re.I):
        return Regime.FOISA
    del authority
    return Regime.FOIA


def _read_letter(source: Source, split: Splitter, request: str | None) -> Disclosure:
    text = source.text
    anatomy = dissect(text)
    url = source.fields.get("url")
    header = find_header(
        text,
        anatomy=anatomy,
        form=source.form,
        url=str(url) if url else None,
        title=str(source.fields.get("title", "")),
    )
    flags = ["request_lost"] if anatomy.request_lost else []
    day = header.received or header.responded
    restated = _restated(anatomy, split, day)
    asked = restated
    if request and (not restated or len(restated) * 2 < len(given := list(split(request, day)))):
        asked = list(split(request, day)) if not restated else given
    questions, mentioned, outcome = _read_answers(text, anatomy, header, asked, split)
    return Disclosure(
        reference=header.reference or _stem(source.file),
        authority=header.authority or "",
        questions=questions,
        outcome=outcome,
        received=header.received,
        responded=header.responded,
        url=header.url,
        published=header.published,
        status=Status.STANDS if header.reviews else Status.UNKNOWN,
        request=squeeze_lines(request or anatomy.asked),
        mentioned=mentioned,
        reviews=header.reviews,
        review_status=header.decision if header.reviews else None,
        flags=tuple(flags),
        file=source.file,
        digest=source.digest,
        text=text,
    )


def squeeze_lines(text: str) -> str:
    """Take blank lines and outer white space off, keeping line breaks."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0] or file


def _restated(anatomy: Anatomy, split: Splitter, day: dt.date | None) -> list[Question]:
    if anatomy.request_lost or not anatomy.asked.strip():
        return []
    if anatomy.pairs:
        return [
            _paired(ordinal, label, anatomy.asked[start:end], start, split, day)
            for ordinal, (label, start, end) in enumerate(anatomy.pairs, start=1)
        ]
    return [_as_printed(question, anatomy.asked) for question in split(anatomy.asked, day)]


def _as_printed(question: Question, text: str) -> Question:
    """Give a label that is printed in one piece ("2b") back as it is printed, for replies and readers cite it so."""
    before = text[text.rfind("\n", 0, question.start) + 1 : question.start]
    printed = re.search(r"(\d{1,2}[a-z]{1,4})\W{0,4}$", before)
    if printed is None or plain_label(printed[1]) != plain_label(question.label or ""):
        return question
    return msgspec.structs.replace(question, label=printed[1])


def _paired(ordinal: int, label: str, words: str, start: int, split: Splitter, day: dt.date | None) -> Question:
    """Make one question of what a printed label heads, whatever else could be read out of its words."""
    text = words.strip()
    begin = start + words.index(text)
    parts = split(text, day)
    if len(parts) == 1:
        return msgspec.structs.replace(
            parts[0], ordinal=ordinal, label=label, start=begin, end=begin + len(text), text=text
        )
    slots = parts[0].slots if parts else Slots()
    return Question(ordinal, label, begin, begin + len(text), text, squeeze(text), slots=slots)


_INLINE: Final = re.compile(
    r"(?:^|(?<=\. )|(?<=\n))\W*(?:in your (?:letter|e-?mail|request),? )?you(?: have| had)? (?:also )?(?:asked|requested|wanted|sought|wished|seek|wish)"
    r"(?: us)?\s+(?:for |to (?:know|see|be told) |about )?(?!on |to |that |in )"
    r"|\bin which you (?:seek|sought|wish|ask(?:ed)?) (?:to know |for )"
    r"|\b(?:reads?|wrote|asks?|asked|requests?|requested|questions?|want(?:ed)?)\b[^.\n\"“]{0,40}[:,]?\s*[\"“](?=[^\"”]{25})"
    r"|\bto (?:the|your) question\s+[\"“]|\bwhich (?:asked|sought) (?:for )?",
    re.I,
)


def _inline_questions(body: str, split: Splitter, day: dt.date | None) -> tuple[list[Question], str]:
    """Find a request that is told in the reply's own sentence ("You asked for the number of ...")."""
    for found in _INLINE.finditer(body[:3000]):
        quoted = found.group().rstrip()[-1:] in '"“'
        stop = re.search(r"[\"”]" if quoted else r"[.?!](?=\s|$)", body[found.end() :])
        end = found.end() + stop.end() if stop else len(body)
        told = body[found.end() : end].strip(' "“”\n')
        if len(told.split()) >= 4:
            questions = list(split(told, day)) or list(split("Please tell me " + told, day))
            blank = body[: found.start()] + re.sub(r"[^\n]", " ", body[found.start() : end]) + body[end:]
            return questions, blank
    return [], body


_LOGGED: Final = re.compile(
    r"has (?:now )?been (?:logged|registered|passed to)|will (?:now )?be (?:considered|dealt with|processed)|(?:must|will|aim to|should) (?:respond|reply) (?:to you )?(?:within|by)",
    re.I,
)
_ASKS: Final = re.compile(
    r"\?\s*$|^\W*(?:how|what|which|who|when|where|why|whether|do|does|did|is|are|was|were|has|have|can|could|please|(?:the )?(?:total )?(?:number|amount|cost|list|copy|copies|details?|total)|a (?:copy|list|breakdown)|any|all)\b",
    re.I,
)


def _read_answers(
    text: str, anatomy: Anatomy, header: Header, asked: list[Question], split: Splitter
) -> tuple[tuple[AnsweredQuestion, ...], tuple[Provision, ...], Outcome]:
    body = anatomy.body
    day = header.received or header.responded
    if not asked:
        asked, body = _inline_questions(body, split, day)
    if not asked:
        asked = [
            q
            for q in split(body, day)
            if len(q.text.split()) > 3 and _ASKS.search(q.text) and (q.label or q.text.endswith("?"))
        ]
    regime = _regime(text, header.authority)
    every = _statements(text, body, date=header.responded, regime=regime)
    own = [statement for statement in every if not is_boilerplate(statement.text)]
    mentioned = _mentioned(every, text, header, regime)
    bound, general = bind(body, own, [(q.label, q.text) for q in asked])
    listed = unite(p for s in general for c in s.citations if c.role is Role.APPLIED for p in c.effective if decides(p))
    told = any(len(s.text.split()) > 5 for s in general)
    whole = read_answer(general, listed=listed, bound=len(asked) <= 1 and told)
    if not any(each.statements for each in bound) and not whole.provisions:
        courtesy = read_answer(every, bound=False)
        logged = any(_LOGGED.search(squeeze(s.text)) for s in every)
        if whole.outcome is Outcome.UNKNOWN and courtesy.outcome in {Outcome.NO_DECISION, Outcome.CLARIFICATION}:
            whole = courtesy
        elif logged and whole.outcome in {Outcome.UNKNOWN, Outcome.ALREADY_ACCESSIBLE, Outcome.DISCLOSED}:
            whole = Answer(Outcome.NO_DECISION, (), courtesy.evidence, courtesy.cues)
    answered = [each for each in bound if each.statements]
    if not answered:
        questions = _answer_all(whole, asked, general)
    else:
        questions = [_answer_one(each, asked, listed, whole, bound) for each in bound]
    used = {p for q in questions for p in q.provisions}
    rest = {p for s in every for c in s.citations for p in c.effective if decides(p)}
    mentioned = unite([*mentioned, *(p for p in rest if not any(p == q or p.covers(q) for q in used))])
    return tuple(questions), mentioned, _letter_outcome(questions, whole)


def _mentioned(every: Sequence[Statement], text: str, header: Header, regime: Regime) -> tuple[Provision, ...]:
    found = {p for s in every for c in s.citations if c.role is Role.MENTIONED for p in c.effective}
    found |= {p for s in every for c in s.citations for p in c.effective if not decides(p)}
    del text, header, regime
    return unite(found)


def _links(statements: Sequence[Statement]) -> tuple[str, ...]:
    joined = " ".join(statement.text for statement in statements)
    return tuple(dict.fromkeys(re.findall(r"https?://[^\s\])>\"”]+", joined)))


_SUPPRESSED: Final = re.compile(
    r"<\s?(?:5|10)\b|fewer than (?:five|ten|5|10)|less than (?:five|5)|suppressed|low numbers?\b.{0,40}(?:replaced|shown)",
    re.I,
)
_PUBLICATION: Final = re.compile(r"publi(?:sh|c)", re.I)


def _make(
    question: Question | None, each: Bound, answer: Answer, statements: Sequence[Statement], binding: Binding
) -> AnsweredQuestion:
    words = " ".join(squeeze(statement.text) for statement in statements)
    due = None
    if answer.outcome is Outcome.FUTURE_PUBLICATION:
        due = _publication_date([s.text for s in statements if _PUBLICATION.search(s.text)])
    text = question.text if question else each.quoted
    return AnsweredQuestion(
        ordinal=each.ordinal,
        label=each.label,
        text=squeeze(text),
        outcome=answer.outcome,
        provisions=answer.provisions,
        binding=binding,
        evidence=answer.evidence,
        answer=words,
        links=_links(statements),
        suppressed=True if _SUPPRESSED.search(words) else None,
        publication_date=due,
        standalone=squeeze(question.standalone if question else text),
        slots=question.slots if question else Slots(),
    )


_MONTHS: Final = "January February March April May June July August September October November December".split()
_IN_MONTH: Final = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(20\d\d)\b", re.I)
_IN_SEASON: Final = re.compile(r"\b(spring|summer|autumn|winter|end of|early|late|mid)[ -]+(?:of )?(20\d\d)\b", re.I)


def _publication_date(sentences: Sequence[str]) -> dt.date | None:
    """Find the day by which publication was promised: a day, or the end of a month or season."""
    for words in map(squeeze, sentences):
        day = re.search(r"\d{1,2}(?:st|nd|rd|th)? \w+ \d{4}|\d{1,2}/\d{1,2}/\d{4}", words)
        if day and (parsed := parse_day(day.group())):
            return parsed
        month = _IN_MONTH.search(words)
        if month:
            number = [name.lower() for name in _MONTHS].index(month[1].lower()) + 1
            year = int(month[2]) + number // 12
            return dt.date(year, number % 12 + 1, 1) - dt.timedelta(days=1)
        season = _IN_SEASON.search(words)
        if season:
            last = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "early": (3, 31), "mid": (7, 31)}
            return dt.date(int(season[2]), *last.get(season[1].lower(), (12, 31)))
    return None


def _answer_all(whole: Answer, asked: Sequence[Question], general: Sequence[Statement]) -> list[AnsweredQuestion]:
    """Give the one decision of a letter to its questions: all of them, or the only one; else it binds none."""
    questions: Sequence[Question | None] = list(asked) or [None]
    found = []
    for ordinal, question in enumerate(questions, start=1):
        each = Bound(ordinal, question.label if question else None, [])
        single = len(questions) == 1
        if single or whole.outcome in _SPREAD:
            binding = Binding.INFERRED if whole.outcome is not Outcome.UNKNOWN else Binding.UNKNOWN
            found.append(_make(question, each, whole, general, binding))
        else:
            unbound = Answer(Outcome.UNKNOWN, whole.provisions, whole.evidence)
            found.append(_make(question, each, unbound, general, Binding.UNKNOWN))
    return found


_SAME: Final = re.compile(
    r"\b(?:see|as|refer to|per|same) (?:\w+ ){0,3}(?:above|previous)|same (?:reason|answer|exemption|grounds?|basis|position)s?\b|(?:see|refer to|as) (?:the |my |our )?(?:response|answer|reply)? ?(?:to )?(?:q|question|point|part)",
    re.I,
)


_WHOLE_REQUEST: Final = re.compile(
    r"\b(?:your request|(?:the|this|all(?: of)? the) information(?: (?:that )?you(?: have|'ve)? (?:requested|asked for)| requested| sought)?) (?:\w+ ){0,8}?(?:is|are|was|has been|would|will)\b",
    re.I,
)


def _answer_one(
    each: Bound, asked: Sequence[Question], listed: Sequence[Provision], whole: Answer, every: Sequence[Bound]
) -> AnsweredQuestion:
    question = asked[each.ordinal - 1] if each.ordinal <= len(asked) else None
    if not each.statements:
        sections = {p.section for p in whole.provisions}
        takes_all = whole.outcome is Outcome.REFUSED and bool(sections & {"12", "14"})
        takes_all = takes_all or (whole.outcome in _SPREAD and _WHOLE_REQUEST.search(whole.evidence) is not None)
        if takes_all and whole.outcome is not Outcome.DISCLOSED:
            return _make(question, each, whole, [], Binding.INFERRED)
        unbound = Answer(Outcome.UNKNOWN, (), "")
        return _make(question, each, unbound, [], Binding.UNKNOWN)
    answer = read_answer(each.statements, listed=listed)
    if _SAME.search(squeeze(each.statements[0].text)) and not answer.provisions:
        before = [other for other in every if other.statements and other.statements[0].start < each.statements[0].start]
        if before:
            nearest = max(before, key=lambda other: other.statements[0].start)
            earlier = read_answer(nearest.statements, listed=listed)
            answer = Answer(earlier.outcome, earlier.provisions, squeeze(each.statements[0].text))
    return _make(question, each, answer, each.statements, Binding.STATED)


def _letter_outcome(questions: Sequence[AnsweredQuestion], whole: Answer) -> Outcome:
    """Take the outcome that all questions share, `partly` where they differ, the decision sentence where none is bound.

    >>> _letter_outcome([], Answer(Outcome.REFUSED))
    <Outcome.REFUSED: 'refused'>
    """
    known = {q.outcome for q in questions if q.outcome is not Outcome.UNKNOWN}
    if not known:
        return whole.outcome
    if len(known) == 1:
        return next(iter(known))
    return Outcome.PARTLY


class _RecordQuestion(msgspec.Struct, frozen=True):
    text: str
    outcome: Outcome
    label: str | None = None
    answer: str = ""
    provisions: tuple[str, ...] = ()


class _Record(msgspec.Struct, frozen=True):
    """One line of the project's own form; fields it does not know are left alone."""

    reference: str
    questions: tuple[_RecordQuestion, ...]
    authority: str = ""
    received: dt.date | None = None
    responded: dt.date | None = None
    url: str | None = None
    published: bool | None = None
    status: Status = Status.UNKNOWN


def _read_record(source: Source) -> Disclosure:
    place = f"{source.file}, line {source.line}"
    try:
        record = msgspec.convert(source.fields, _Record, strict=False)
        questions = tuple(
            AnsweredQuestion(
                ordinal=ordinal,
                label=q.label,
                text=q.text,
                outcome=q.outcome,
                provisions=tuple(Provision.parse(p) for p in q.provisions),
                binding=Binding.STATED,
                evidence=_first_sentence(q.answer),
                answer=q.answer,
                links=_links([Statement(0, 0, q.answer)]),
                suppressed=True if _SUPPRESSED.search(q.answer) else None,
                publication_date=_publication_date([q.answer]) if q.outcome is Outcome.FUTURE_PUBLICATION else None,
                standalone=q.text,
            )
            for ordinal, q in enumerate(record.questions, start=1)
        )
    except (msgspec.ValidationError, ValueError) as error:
        raise FormatError(f"{place}: {error}; see the README for the fields of a record") from error
    if not record.reference.strip():
        raise FormatError(f"{place}: the reference is empty; give each disclosure its reference")
    outcomes = {q.outcome for q in questions}
    return Disclosure(
        reference=record.reference.strip(),
        authority=record.authority,
        questions=questions,
        outcome=_letter_outcome(questions, Answer(Outcome.UNKNOWN)) if outcomes else Outcome.UNKNOWN,
        received=record.received,
        responded=record.responded,
        url=record.url or None,
        published=record.published,
        status=record.status,
        request="\n".join(q.text for q in questions),
        file=source.file,
        digest=source.digest,
        text="\n".join(f"{q.text}\n{q.answer}" for q in questions),
    )


def _first_sentence(text: str) -> str:
    found = re.match(r".{20,300}?[.?!](?=\s|$)|.{0,300}", squeeze(text))
    return found.group() if found else ""


_ROW_OUTCOMES: Final[Mapping[str, Outcome]] = {
    r"neither|ncnd|confirm (?:n?or|/) ?deny": Outcome.NCND,
    r"not held|no information|nil held": Outcome.NOT_HELD,
    r"part": Outcome.PARTLY,
    r"cost|s\.?12|refus|exempt|withh|vexatious|repeat|rejected": Outcome.REFUSED,
    r"future|s\.?22": Outcome.FUTURE_PUBLICATION,
    r"accessib|already|s\.?21|published": Outcome.ALREADY_ACCESSIBLE,
    r"clarif|withdrawn|lapsed": Outcome.CLARIFICATION,
    r"acknowledg|open|pending|transfer": Outcome.NO_DECISION,
    r"full|granted|disclos|released|provided|answered|supplied|complete": Outcome.DISCLOSED,
}


def _row_outcome(words: str) -> Outcome | None:
    return next((outcome for pattern, outcome in _ROW_OUTCOMES.items() if re.search(pattern, words, re.I)), None)


def _read_row(source: Source, split: Splitter) -> Disclosure:
    fields = {name: str(value) for name, value in source.fields.items()}
    request, response = fields.get("request", ""), fields.get("response", "")
    if not fields.get("reference"):
        raise FormatError(f"{source.file}, line {source.line}: no reference; give each row of the log its reference")
    responded = parse_day(fields.get("responded", ""))
    received = parse_day(fields.get("received", ""))
    asked = (
        list(split(request, received or responded)) or list(split("Please tell me " + request, received or responded))
        if request
        else []
    )
    header = Header(None, None, received, responded, None, published=True)
    blank = re.sub(r"[^\n]", " ", response)
    anatomy = Anatomy(head=blank, asked=blank, body=response, is_page=True, request_lost=False)
    questions, mentioned, outcome = _read_answers(response, anatomy, header, asked, split)
    listed = tuple(
        p
        for c in find_citations(_as_citations(fields.get("provisions", "")), date=responded)
        for p in c.effective
        if decides(p)
    )
    stated = _row_outcome(fields.get("outcome", ""))
    if len(questions) == 1 and stated is not None and questions[0].outcome is not stated:
        questions = (msgspec.structs.replace(questions[0], outcome=stated, binding=Binding.STATED),)
    if len(questions) == 1 and listed and not questions[0].provisions:
        questions = (msgspec.structs.replace(questions[0], provisions=unite(listed)),)
    return Disclosure(
        reference=normalise_reference(fields["reference"]),
        authority=fields.get("authority", ""),
        questions=questions,
        outcome=stated or outcome,
        received=received,
        responded=responded,
        url=fields.get("url") or None,
        published=True,
        request=request,
        mentioned=tuple(p for p in mentioned if p not in listed),
        file=source.file,
        digest=source.digest,
        text=f"{request}\n{response}".strip(),
    )


def _as_citations(cell: str) -> str:
    """Give bare numbers in an exemption column their keyword ("31(1)(a); 40(2)")."""
    return re.sub(r"(?<![\w(.])(?=\d{2}[A-Z]?(?:\W|$))", "s", cell)
