"""Answer each question of a request from the sentences of the reply.

In: the reply's own words and the questions. Out: answered questions, the provisions that are only mentioned, the
outcome of the whole.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from triage.read.asked import Asked, plain_words
from triage.read.bind import bind
from triage.read.boilerplate import is_boilerplate, is_closing, is_statute
from triage.read.book import Bound
from triage.read.cues import Cue, Statement, asks_back, find_cues, is_tail
from triage.read.effects import Effect, effect_of
from triage.read.evidence import widen_evidence
from triage.read.facts import find_links, find_publication_date, is_suppressed
from triage.read.labels import JOIN, LABEL, expand_labels, find_references, plain_label
from triage.read.outcome import Answer, is_fact, read_answer, unite
from triage.read.prose import align_paragraphs, doubt, infer, share_paragraphs
from triage.read.reasons import find_passages
from triage.read.statements import list_statements
from triage.read.wording import squeeze
from triage.schema import AnsweredQuestion, Binding, Outcome, Passage, Provision, Question, Regime, Role, Slots

__all__ = ["Answers", "find_mentioned", "letter_outcome", "read_answers", "shift_evidence"]

_SPREAD: Final = frozenset(
    {
        Outcome.REFUSED,
        Outcome.NOT_HELD,
        Outcome.DISCLOSED,
        Outcome.CLARIFICATION,
        Outcome.NO_DECISION,
        Outcome.ALREADY_ACCESSIBLE,
        Outcome.FUTURE_PUBLICATION,
        Outcome.NCND,
    }
)
"""Outcomes that one decision for a whole letter gives to each of its questions; `partly` does not say which."""

_WHOLE: Final = frozenset({Cue.COST, Cue.VEXATIOUS})
_BARS: Final = frozenset({Effect.COST, Effect.VEXATIOUS})
"""Effects on a request as a whole (ss.12 and 14 of the 2000 Act relieve of complying with it)."""

_LOGGED: Final = re.compile(
    r"has (?:now )?been (?:logged|registered|passed to)|\brequest has been received\b"
    r"|\b(?:put|placed|entered|added) (?![^.]{0,60}\bdisclosure)[^.]{0,80}"
    r"\b(?:FOI|request|information) (?:log|register)\b"
    r"|will (?:now )?be (?:considered|dealt with|processed)"
    r"|(?:must|will|aim to|should) (?:respond|reply) (?:to you )?(?:within|by)"
    r"|(?:can|will|should|may)(?: therefore)? expect (?:to hear|a (?:reply|response))"
    r"|working days (?:in which )?to (?:respond|reply)",
    re.I,
)

_PUBLICATION: Final = re.compile(r"publi(?:sh|c)", re.I)

_SAME: Final = re.compile(
    r"\b(?:see|as|refer to|per|same) (?:\w+ ){0,3}(?:above|previous|before\b)"
    r"|same (?:reason|answer|exemption|grounds?|basis|position)s?\b|those above\b"
    r"|(?:see|refer to|as (?:for|in|with|at|to|per)?) ?(?:the |my |our |your )?(?:response|answer|reply)? ?"
    r"(?:to |at |for )?(?:q(?:uestions?)?|points?|parts?|answers?|items?|responses?)[ .]?\(?"
    r"(?:\d|[a-h]\b|[ivx]+\b|one|two|three|four|five)",
    re.I,
)
_AS_NUMBER: Final = re.compile(
    rf"\b(?:as|same as|see|per|under|reasons?(?: (?:as|given|stated|set out|explained))?)(?: for| in| at| with| to"
    rf"| under)? (?:(?:my |our |the )?(?:answer|response|reply) to )?(?:q(?:uestions?)?|points?|parts?|items?)?[ .]?"
    rf"({LABEL})(?: above)?\W*$",
    re.IGNORECASE,
)
"""Points to another answer by its bare label at the end of a sentence: "as for 3"."""
_SAME_REASONS: Final = re.compile(
    r"\bsame (?:\w+ )?(?:exemptions?|provisions?|sections?|exceptions?)\b[^.]{0,40}\b(?:as|above|before|earlier)\b",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(
    rf"\b(?:answers?|responses?|reply)(?: (?:to|at|under))?\s*({LABEL}(?:{JOIN}{LABEL})*)", re.IGNORECASE
)
_MOST_GIVING: Final = 4
"""Sentences of an answer that gives something; longer ones are reasons more often than not."""

_WHOLE_REQUEST: Final = re.compile(
    r"\b(?:your request|(?:the|this|all(?: of)? the) information(?: (?:that )?you(?: have|'ve)? (?:requested"
    r"|asked for)| requested| sought)?) (?:\w+ ){0,8}?(?:is|are|was|has been|would|will)\b",
    re.I,
)


class Answers(msgspec.Struct, frozen=True):
    """What a reply answers: its questions in order, the provisions only named, the outcome of all, the reasons."""

    questions: tuple[AnsweredQuestion, ...]
    mentioned: tuple[Provision, ...]
    outcome: Outcome
    reasons: tuple[Passage, ...] = ()


_REQUEST_REFUSED: Final = re.compile(
    r"\b(?:your|the|this|whole|entire) request\b[^.]{0,40}\brefused"
    r"|\brefus\w+ (?:your|the|this) (?:whole |entire )?request\b",
    re.I,
)


def read_answers(text: str, told: Asked, *, date: dt.date | None = None, regime: Regime = Regime.FOIA) -> Answers:
    """Answer each question from the reply's own words.

    Args:
        text: The reply as received.
        told: The questions of the request, none where it is lost, and the reply's own words, with
            the offsets of `text`.
        date: Day of the reply, which decides how s.40 is numbered.
        regime: The law that bare sections belong to.
    """
    asked, body = told.questions, told.body
    every = list_statements(text, body, date=date, regime=regime)
    own = [s for s in every if not is_boilerplate(s.text) and not _repeats(s.text, told)]
    ends = [statement.start for statement in every if is_closing(statement.text)]
    bound, general = bind(body, own, asked, told.places, ends, told.printed)
    general = [s for s, before in zip(general, [None, *general], strict=False) if _counts(s, before)]
    if _is_asked_back(own):
        bound, general = [Bound(b.ordinal, b.label, asked=b.asked, text=b.text) for b in bound], own
    bound, general, aligned = align_paragraphs(body, bound, general)
    listed = _find_listed(own, general)
    facts = len(asked) <= 1 and any(is_fact(s.text) for s in general)
    only = asked[0].text if len(asked) == 1 else ""
    whole = read_answer(general, listed=listed, bound=facts, asked=only, whole=True)
    if whole.outcome is Outcome.REFUSED and Cue.COST in whole.cues and not whole.provisions:
        whole = msgspec.structs.replace(whole, provisions=_find_bars(own))
    barred = whole.cues & _WHOLE or any(effect_of(p) is Effect.VEXATIOUS for p in whole.provisions)
    if whole.outcome is Outcome.REFUSED and barred and not _answers_apart(bound, general):
        # Sections 12 and 14 of the 2000 Act relieve of the whole request; what is said of its parts are the reasons.
        bound = [Bound(b.ordinal, b.label, asked=b.asked, text=b.text) for b in bound]
    shared = share_paragraphs(body, general, bound, whole)
    if shared is not None:
        questions = [_answer_one(each, asked, listed, whole, bound) for each in bound]
        questions = [infer(q, shared[q.ordinal]) if q.ordinal in shared else q for q in questions]
    elif not any(each.statements for each in bound):
        above = list_statements(text, told.head, date=date, regime=regime) if told.head else []
        whole = whole if whole.provisions else _read_courtesy(whole, [*above, *every])
        questions = _answer_all(whole, asked, general)
    else:
        questions = [_answer_one(each, asked, listed, whole, bound) for each in bound]
    questions = [doubt(q) if q.ordinal in aligned and q.binding is Binding.STATED else q for q in questions]
    questions = [widen_evidence(q, text) for q in questions]
    withheld = any(q.provisions for q in questions)
    return Answers(
        tuple(questions),
        find_mentioned(every, questions),
        letter_outcome(questions, whole),
        find_passages(text, every) if withheld else (),
    )


_SUBJECT_HEADING: Final = re.compile(
    r"(?!.*\b(?:annex|appendix|legislation|statut\w+|acts?|extracts?|exempt\w*|sections?|law|notes?|harm|interest)\b)"
    r"\W*[A-Z][\w’'-]*(?:[ \t]+[\w’'-]+){0,4}\W*",
    re.IGNORECASE,
)
"""A heading that names what the paragraph below it is about: there the words of a statute are its reason."""


def _counts(statement: Statement, before: Statement | None) -> bool:
    """Tell whether a sentence says anything of this reply; the words of a statute do right behind what they withhold.

    "We have removed names. Section 40(2) exempts personal data."
    """
    if not is_statute(statement.text):
        return True
    if before is None or before.citations:
        return False
    return Cue.WITHHELD in find_cues(before) or _SUBJECT_HEADING.fullmatch(before.text) is not None


def _find_bars(own: Sequence[Statement]) -> tuple[Provision, ...]:
    """List the provisions on cost that a refusal on cost names, if only to explain them."""
    return unite(p for s in own for c in s.citations for p in c.effective if effect_of(p) is Effect.COST)


def _answers_apart(bound: Sequence[Bound], general: Sequence[Statement]) -> bool:
    """Tell whether answers stand under printed labels or quotations of their questions, and not as a favour."""
    answered = sum(any(turn.printed for turn in each.turns) for each in bound)
    if answered == 1 and any(Cue.VEXATIOUS in find_cues(s) for s in general):
        return False  # "As to item 4, you may ask under another Act" answers nothing
    favours = [s.start for s in general if Cue.GOODWILL in find_cues(s) and not is_tail(s)]
    favour = min(favours, default=math.inf)
    return any(turn.printed and turn.opener < favour for each in bound for turn in each.turns)


_REPEATED: Final = 6
"""Words in a row that are the requester's own wherever they stand."""
_WHOLE_QUESTION: Final = 4
"""Words of a sentence that is no answer where it repeats a question to the last word."""


def _repeats(words: str, told: Asked) -> bool:
    """Tell whether a sentence stands in the request too, or is a question of it: a quotation is evidence of nothing."""
    plain = plain_words(words)
    count = len(plain.split())
    if count >= _REPEATED and plain in told.request:
        return True
    return count >= _WHOLE_QUESTION and any(plain == plain_words(question.text) for question in told.questions)


def _is_asked_back(own: Sequence[Statement]) -> bool:
    """Tell whether a letter only asks the requester to explain; its numbered points are then questions of its own."""
    if not any(asks_back(statement) for statement in own):
        return False
    answer = read_answer(own, bound=False)
    return Cue.CLARIFICATION in answer.cues and not answer.provisions


def _find_listed(own: Sequence[Statement], general: Sequence[Statement]) -> tuple[Provision, ...]:
    """List the provisions applied to the whole reply; a bar (ss.12, 14) is one wherever it stands."""
    bars = [s for s in own if any(effect_of(p) in _BARS for c in s.citations for p in c.effective)]
    regulated = any(p.regime in (Regime.EIR, Regime.EISR) for s in own for c in s.citations for p in c.effective)
    return unite(
        p
        for s in [*general, *bars]
        if not is_tail(s)
        for c in s.citations
        if c.role is Role.APPLIED
        for p in c.effective
        if effect_of(p) is not None and (s in general or effect_of(p) in _BARS)
        # Section 39 of either Act is the door to the Regulations, not the reason.
        if not (regulated and p.section == "39")
    )


def _read_courtesy(whole: Answer, every: Sequence[Statement]) -> Answer:
    """Read a letter that decides nothing from the sentences that are otherwise left out."""
    courtesy = read_answer(every, bound=False)
    if whole.outcome is Outcome.UNKNOWN and courtesy.outcome in {Outcome.NO_DECISION, Outcome.CLARIFICATION}:
        return courtesy
    logged = any(_LOGGED.search(squeeze(s.text)) for s in every)
    if logged and whole.outcome in {Outcome.UNKNOWN, Outcome.ALREADY_ACCESSIBLE, Outcome.DISCLOSED}:
        return Answer(Outcome.NO_DECISION, (), courtesy.said, courtesy.cues)
    return whole


def find_mentioned(every: Sequence[Statement], questions: Sequence[AnsweredQuestion]) -> tuple[Provision, ...]:
    """List the provisions that the reply names and applies to no question."""
    used = {p for q in questions for p in q.provisions}
    named = [(c.role, p) for s in every for c in s.citations for p in c.effective]
    return unite(
        p
        for role, p in named
        if role is Role.MENTIONED or effect_of(p) is None or not any(p == q or p.covers(q) for q in used)
    )


def _make(
    question: Question | None, each: Bound, answer: Answer, statements: Sequence[Statement], binding: Binding
) -> AnsweredQuestion:
    words = " ".join(squeeze(statement.text) for statement in statements)
    due = None
    if answer.outcome is Outcome.FUTURE_PUBLICATION:
        due = find_publication_date([s.text for s in statements if _PUBLICATION.search(s.text)])
    text = question.text if question else each.text
    return AnsweredQuestion(
        ordinal=each.ordinal,
        label=each.label,
        text=squeeze(text),
        outcome=answer.outcome,
        provisions=answer.provisions,
        binding=binding,
        evidence=answer.evidence,
        evidence_span=answer.evidence_span,
        answer=words,
        links=find_links(words),
        suppressed=is_suppressed(words),
        publication_date=due,
        standalone=squeeze(question.standalone if question else text),
        slots=question.slots if question else Slots(),
    )


def _answer_all(whole: Answer, asked: Sequence[Question], general: Sequence[Statement]) -> list[AnsweredQuestion]:
    """Give the one decision of a letter to its questions: all of them, or the only one; else it binds none."""
    questions: Sequence[Question | None] = list(asked) or [None]
    found = []
    for ordinal, question in enumerate(questions, start=1):
        each = Bound(ordinal, question.label if question else None)
        single = len(questions) == 1
        if single or whole.outcome in _SPREAD:
            binding = Binding.INFERRED if whole.outcome is not Outcome.UNKNOWN else Binding.UNKNOWN
            found.append(_make(question, each, whole, general, binding))
        else:
            unbound = Answer(Outcome.UNKNOWN, whole.provisions, whole.said)
            found.append(_make(question, each, unbound, general, Binding.UNKNOWN))
    return found


def _answer_one(
    each: Bound, asked: Sequence[Question], listed: Sequence[Provision], whole: Answer, every: Sequence[Bound]
) -> AnsweredQuestion:
    question = asked[each.asked] if each.asked is not None else None
    if not each.statements:
        takes_all = whole.outcome is Outcome.REFUSED and any(effect_of(p) in _BARS for p in whole.provisions)
        takes_all = takes_all or (whole.outcome in _SPREAD and _WHOLE_REQUEST.search(whole.evidence) is not None)
        if takes_all and whole.outcome is not Outcome.DISCLOSED:
            return _make(question, each, whole, [], Binding.INFERRED)
        barred = _find_bar(every, listed)
        if barred is not None:
            return _make(question, each, barred, [], Binding.INFERRED)
        return _make(question, each, Answer(Outcome.UNKNOWN), [], Binding.UNKNOWN)
    answer = read_answer(each.statements, listed=listed, asked=question.text if question else each.text)
    pointed = _find_earlier(each, every)
    if pointed is not None:
        answer = _follow(answer, _read_pointed(pointed, [o for o in every if o is not each], listed), each)
    elif answer.outcome is Outcome.REFUSED and _gives_elsewhere(each):
        answer = msgspec.structs.replace(answer, outcome=Outcome.PARTLY)
    return _make(question, each, answer, each.statements, Binding.STATED)


_MOST_POINTING: Final = 12
"""Words of a sentence that does nothing but point to another answer."""


def _words_of(each: Bound) -> str:
    return " ".join(squeeze(statement.text) for statement in each.statements)


def _begun(each: Bound, other: Bound) -> float:
    """Return where an answer begins, apart from what is said of another one at once."""
    shared = {id(statement) for statement in other.statements}
    return next((s.start for s in each.statements if id(s) not in shared), math.inf)


def _points(statement: Statement) -> bool:
    words = squeeze(statement.text)
    return len(words.split()) <= _MOST_POINTING and _AS_NUMBER.search(words) is not None


def _find_earlier(each: Bound, every: Sequence[Bound]) -> Bound | None:
    """Find the answer that this one points back to: by its label, or the one right before."""
    first = next((s for s in each.statements if _points(s) or _SAME_REASONS.search(s.text)), each.statements[0])
    words = squeeze(first.text)
    bare = _AS_NUMBER.search(words[:160])
    if bare is None and not _SAME.search(words):
        return None
    before = [other for other in every if other is not each and _begun(other, each) < _begun(each, other)]
    labels = {label for reference in find_references(words[:160]) for label in reference.labels}
    own = plain_label(each.label or str(each.ordinal))
    labels = set(expand_labels(bare[1])) if bare else labels
    if labels == {own}:
        return None  # "As for question 2, ..." turns to question 2
    labels |= {label for found in _ANSWER.finditer(words[:160]) for label in expand_labels(found[1])}
    named = [o for o in before if plain_label(o.label or str(o.ordinal)) in labels]
    if _SAME_REASONS.search(words):
        before = [o for o in before if any(c.role is Role.APPLIED for s in o.statements for c in s.citations)]
    return max(named or before, key=lambda other: other.statements[0].start, default=None)


def _read_pointed(pointed: Bound, every: Sequence[Bound], listed: Sequence[Provision]) -> Answer:
    """Read the answer that another one points to, which may itself point further up."""
    answer = read_answer(pointed.statements, listed=listed)
    further = _find_earlier(pointed, every)
    if further is None:
        return answer
    return _follow(answer, _read_pointed(further, [o for o in every if o is not pointed], listed), pointed)


def _follow(answer: Answer, earlier: Answer, each: Bound) -> Answer:
    """Complete an answer by the one it points back to."""
    if answer.outcome in {Outcome.UNKNOWN, Outcome.DISCLOSED} or not answer.provisions:
        keeps = answer.outcome in {Outcome.NOT_HELD, Outcome.NCND} and answer.outcome is not earlier.outcome
        if not keeps:
            return Answer(earlier.outcome, earlier.provisions, each.statements[0])
        return answer
    withholding = {answer.outcome, earlier.outcome} <= {Outcome.REFUSED, Outcome.PARTLY}
    if answer.outcome is earlier.outcome or (withholding and _SAME_REASONS.search(_words_of(each))):
        return msgspec.structs.replace(answer, provisions=unite([*answer.provisions, *earlier.provisions]))
    return answer


def _gives_elsewhere(each: Bound) -> bool:
    """Tell whether an answer under a printed label of its own gives something that the reasons elsewhere do not."""
    if len(each.turns) < 2:
        return False
    return any(
        turn.printed
        and len(turn.statements) <= _MOST_GIVING
        and read_answer(turn.statements).outcome is Outcome.DISCLOSED
        for turn in each.turns
    )


def _find_bar(every: Sequence[Bound], listed: Sequence[Provision]) -> Answer | None:
    """Find an answer that refuses the whole request on cost, though it stands under one question.

    Section 12 of the 2000 Act relieves of a request, not of a part of it.
    """
    for each in every:
        if any(_REQUEST_REFUSED.search(squeeze(s.text)) for s in each.statements):
            answer = read_answer(each.statements, listed=listed)
            if answer.outcome is Outcome.REFUSED and Cue.COST in answer.cues:
                return answer
    return None


def shift_evidence(question: AnsweredQuestion, offset: int) -> AnsweredQuestion:
    """Move the place of the evidence, for an answer that was read apart from the text it is kept in."""
    if question.evidence_span is None or not offset:
        return question
    start, end = question.evidence_span
    return msgspec.structs.replace(question, evidence_span=(start + offset, end + offset))


def letter_outcome(questions: Sequence[AnsweredQuestion], whole: Answer) -> Outcome:
    """Take the outcome that all questions share, `partly` where they differ, the decision sentence where none is bound.

    >>> letter_outcome([], Answer(Outcome.REFUSED))
    <Outcome.REFUSED: 'refused'>
    """
    known = {q.outcome for q in questions if q.outcome is not Outcome.UNKNOWN}
    if not known:
        return whole.outcome
    if len(known) == 1:
        return next(iter(known))
    return Outcome.PARTLY
