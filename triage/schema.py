"""Frozen records that the stages pass to each other, and their vocabularies.

All records are `msgspec.Struct`s: immutable, typed, compared by value. Offsets are in characters of the text they
belong to, half open: `text[start:end]`.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Final

import msgspec

__all__ = [
    "COUNTING_STATUSES",
    "AnsweredQuestion",
    "Attachment",
    "Binding",
    "Change",
    "Citation",
    "Constraint",
    "CorrectedField",
    "Correction",
    "Disclosure",
    "Diversion",
    "Doubt",
    "DoubtKind",
    "Edge",
    "EdgeKind",
    "Edit",
    "GateState",
    "GateTest",
    "Line",
    "Match",
    "Outcome",
    "Passage",
    "PassageKind",
    "Period",
    "Precedent",
    "Provision",
    "Question",
    "ReadingReport",
    "Regime",
    "Relation",
    "Request",
    "Role",
    "Route",
    "Segment",
    "Segmented",
    "Sentence",
    "ShownReply",
    "Slots",
    "Source",
    "SplitRequest",
    "Status",
    "SuggestedPrecedent",
    "Suggestion",
    "Verdict",
]


class Regime(StrEnum):
    """The law a provision belongs to."""

    FOIA = "FOIA"  # Freedom of Information Act 2000
    FOISA = "FOISA"  # Freedom of Information (Scotland) Act 2002
    EIR = "EIR"  # Environmental Information Regulations 2004
    EISR = "EISR"  # Environmental Information (Scotland) Regulations 2004


class Role(StrEnum):
    """What a citation does in its text."""

    APPLIED = "applied"
    MENTIONED = "mentioned"


class Outcome(StrEnum):
    """What a reply decided for one question, or for the whole letter."""

    DISCLOSED = "disclosed"
    PARTLY = "partly"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    ALREADY_ACCESSIBLE = "already_accessible"
    FUTURE_PUBLICATION = "future_publication"
    NCND = "ncnd"
    CLARIFICATION = "clarification"
    NO_DECISION = "no_decision"
    UNKNOWN = "unknown"


class Binding(StrEnum):
    """How surely an outcome belongs to its question."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """The later life of a decision."""

    STANDS = "stands"
    UPHELD = "upheld"
    VARIED = "varied"
    OVERTURNED = "overturned"
    RETRACTED = "retracted"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


COUNTING_STATUSES: Final = frozenset({Status.STANDS, Status.UPHELD, Status.UNKNOWN})
"""Statuses of a decision that may support a verdict; the rest is shown and never counts."""


class Verdict(StrEnum):
    """What the tool suggests for one question of a new request."""

    ALREADY_DISCLOSED = "already_disclosed"
    DISCLOSED_BEFORE = "disclosed_before"
    EXEMPTION_PRECEDENT = "exemption_precedent"
    NOT_HELD_PRECEDENT = "not_held_precedent"
    COST_PRECEDENT = "cost_precedent"
    CONFLICTING = "conflicting"
    NO_PRECEDENT = "no_precedent"


class Relation(StrEnum):
    """How one precedent stands to one new question."""

    ALREADY_PUBLISHED = "ALREADY_PUBLISHED"
    PUBLISHED_CHECK_LINK = "PUBLISHED_CHECK_LINK"
    PUBLISHED_LINK_DEAD = "PUBLISHED_LINK_DEAD"
    DISCLOSED_NOT_PUBLISHED = "DISCLOSED_NOT_PUBLISHED"
    SAME_ASK_OTHER_PERIOD = "SAME_ASK_OTHER_PERIOD"
    SAME_ASK_OTHER_PLACE = "SAME_ASK_OTHER_PLACE"
    PARTLY_COVERED = "PARTLY_COVERED"
    COVERED_BUT_SUPPRESSED = "COVERED_BUT_SUPPRESSED"
    WITHHELD_SAME_OR_FINER = "WITHHELD_SAME_OR_FINER"
    WITHHELD_OTHER_PERIOD = "WITHHELD_OTHER_PERIOD"
    WITHHELD_OTHER_PLACE = "WITHHELD_OTHER_PLACE"
    NCND_CONSISTENCY = "NCND_CONSISTENCY"
    NOT_HELD_BEFORE = "NOT_HELD_BEFORE"
    NOT_HELD_OTHER_PERIOD = "NOT_HELD_OTHER_PERIOD"
    COST_SAME_OR_WIDER = "COST_SAME_OR_WIDER"
    CONFLICT = "CONFLICT"
    COST_NARROWER_TRY = "COST_NARROWER_TRY"
    FINER_THAN_DISCLOSED = "FINER_THAN_DISCLOSED"
    WITHHELD_AT_FINER_LEVEL_ONLY = "WITHHELD_AT_FINER_LEVEL_ONLY"
    OUTCOME_NOT_STATED_FOR_ITEM = "OUTCOME_NOT_STATED_FOR_ITEM"
    RELATED_DIFFERENT_MEASURE = "RELATED_DIFFERENT_MEASURE"
    RELATED_OTHER_AUTHORITY = "RELATED_OTHER_AUTHORITY"
    RELATED_NO_LONGER_STANDS = "RELATED_NO_LONGER_STANDS"
    RELATED_PUBLICATION_DATE_PASSED = "RELATED_PUBLICATION_DATE_PASSED"
    RELATED_NO_DECISION = "RELATED_NO_DECISION"
    RELATED_SUBJECT = "RELATED_SUBJECT"
    UNRELATED = "UNRELATED"


class EdgeKind(StrEnum):
    """How one reply stands to another that it names."""

    REFERS_TO = "refers_to"
    REVIEWS = "reviews"
    RETRACTS = "retracts"
    SUPERSEDES = "supersedes"


class PassageKind(StrEnum):
    """What a passage of the reasons for a decision does."""

    HARM = "harm"
    FOR_DISCLOSURE = "for_disclosure"
    AGAINST_DISCLOSURE = "against_disclosure"
    BALANCE = "balance"


class Route(StrEnum):
    """What an `already_disclosed` verdict allows."""

    S21 = "s21"
    CHECK = "check"
    SUPPLY_AGAIN = "supply_again"


class GateState(StrEnum):
    """Result of one gate test."""

    PASS = "pass"  # noqa: S105 -- not a password
    FAIL = "fail"
    UNKNOWN = "unknown"


_PREFIXES: Final = {Regime.FOIA: "s", Regime.FOISA: "foisa", Regime.EIR: "eir", Regime.EISR: "eisr"}
_REGIMES: Final = {prefix: regime for regime, prefix in _PREFIXES.items()}
_PROVISION: Final = re.compile(r"(s|foisa|eir|eisr)([0-9]{1,3}[A-Z]?)((?:\([0-9A-Za-z]{1,5}\))*)")


class Provision(msgspec.Struct, frozen=True, order=True):
    """A section or regulation with its limbs, as deep as the letter states it.

    Printing and parsing are inverse; no level is ever dropped.

    >>> str(Provision.parse("s31(1)(a)"))
    's31(1)(a)'
    >>> Provision.parse("eir12(4)(b)").limbs
    ('4', 'b')
    """

    regime: Regime
    section: str
    limbs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _PREFIXES[self.regime] + self.section + "".join(f"({limb})" for limb in self.limbs)

    @classmethod
    def parse(cls, text: str) -> Provision:
        """Read the printed form.

        Raises:
            ValueError: `text` is not a printed provision.
        """
        found = _PROVISION.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a provision; write it like s31(1)(a), foisa35(1)(a) or eir12(4)(b)")
        prefix, section, limbs = found.groups()
        return cls(_REGIMES[prefix], section, tuple(re.findall(r"\(([^()]+)\)", limbs)))

    def covers(self, other: Provision) -> bool:
        """Tell whether `other` is this provision or a limb of it."""
        return (self.regime, self.section) == (other.regime, other.section) and (
            other.limbs[: len(self.limbs)] == self.limbs
        )


class Citation(msgspec.Struct, frozen=True):
    """A place in a text that names provisions.

    `literal` is everything named, `effective` what an officer would tick, `conditions` the limbs that only explain an
    effective one (s.40(3A) beside s.40(2), a purpose under s.31(2)).
    """

    start: int
    end: int
    surface: str
    literal: tuple[Provision, ...]
    effective: tuple[Provision, ...]
    conditions: tuple[Provision, ...] = ()
    flags: tuple[str, ...] = ()
    role: Role = Role.APPLIED


class Period(msgspec.Struct, frozen=True):
    """A span of time asked for or covered. Both ends inclusive; `None` is an open end.

    `parts` are the cells that the text names one by one (three years are three parts); `grain` is one of
    `calendar year`, `financial year`, `academic year`, `quarter`, `month`, `day`, `range`, `rolling`, `snapshot`.
    """

    start: dt.date | None
    end: dt.date | None
    raw: str
    grain: str
    parts: tuple[tuple[dt.date, dt.date], ...] = ()


class Slots(msgspec.Struct, frozen=True):
    """What a question asks, taken apart.

    `additive` tells whether figures of parts may be summed (counts of events, money) or not (averages, people);
    `None` where the text does not tell. `breakdown` are axes ("rank", "month"), `units` teams or departments.
    """

    subject: str = ""
    measure: str = ""
    additive: bool | None = None
    period: Period | None = None
    places: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    breakdown: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """One line that is not blank, white space around it left out.

    `marker` is the list marker in its plain form (`1`, `a`, `iv`, `1(a)`, `Q3`, `-`), `marker_kind` one of `number`,
    `letter`, `roman`, `bullet`, `question`; `content_start` is the first character after it. `indent` counts columns, a
    tab as four; `after_blank` tells that an empty line stands before.
    """

    start: int
    end: int
    content_start: int
    marker: str | None = None
    marker_kind: str | None = None
    indent: int = 0
    after_blank: bool = False


class Sentence(msgspec.Struct, frozen=True):
    """One sentence or list item without its marker; `line` is the index of the line it starts in.

    `role` is a first guess from the sentence and its neighbours: one of greeting, background, opinion, preamble,
    heading, q, values, table, definition, constraint, prior_ref, clarification, forward_header, closing, signature.
    """

    start: int
    end: int
    line: int
    role: str


class Segmented(msgspec.Struct, frozen=True):
    """A text with its lines and sentences, both in order and free of overlap."""

    text: str
    lines: tuple[Line, ...]
    sentences: tuple[Sentence, ...]


class Request(msgspec.Struct, frozen=True):
    """An incoming request; `text` is verbatim."""

    id: str
    text: str
    received: dt.date | None = None


class Question(msgspec.Struct, frozen=True):
    """One thing asked. `ordinal` is the key; a printed label may repeat or be missing.

    `standalone` carries what must be known from elsewhere in the request; `path` are the headings or parents above;
    `inherits` names what it took from there; `depends_on` are ordinals of questions it refers back to.
    `kind` is one of count, cost, list, document, policy, yes_no, explanation, own_data, future, non_request, unclear;
    `handling` is `foi`, or the other route that it must take, as in `Diversion`.
    """

    ordinal: int
    label: str | None
    start: int
    end: int
    text: str
    standalone: str
    kind: str = "unclear"
    handling: str = "foi"
    path: tuple[str, ...] = ()
    inherits: tuple[str, ...] = ()
    depends_on: tuple[int, ...] = ()
    slots: Slots = Slots()


class Constraint(msgspec.Struct, frozen=True):
    """A wish about form, cost or order; `applies_to` are ordinals, empty for the whole request."""

    start: int
    end: int
    kind: str
    applies_to: tuple[int, ...] = ()


class Diversion(msgspec.Struct, frozen=True):
    """A part of a letter that is not answered as a request for recorded information.

    `handling` is one of subject_access, eir, complaint, advice, internal_review, other_body, invalid; `reason` and
    `section` say why; `ordinal` is that of the question it is, `None` where the part is none.
    """

    start: int
    end: int
    handling: str
    reason: str
    section: str
    ordinal: int | None = None


class Segment(msgspec.Struct, frozen=True):
    """What a stretch of a request does in it; together they cover the text.

    `role` is one of greeting, background, opinion, preamble, heading, q, values, table, definition, constraint,
    prior_ref, clarification, forward_header, closing, signature.
    """

    start: int
    end: int
    role: str


class Edit(msgspec.Struct, frozen=True):
    """A question as an officer marked it in the text of a request."""

    start: int
    end: int
    label: str | None = None


class SplitRequest(msgspec.Struct, frozen=True):
    """A request taken apart."""

    id: str
    questions: tuple[Question, ...]
    constraints: tuple[Constraint, ...] = ()
    diversions: tuple[Diversion, ...] = ()
    segments: tuple[Segment, ...] = ()


class Attachment(msgspec.Struct, frozen=True):
    """A file that came with a reply, as text; the rows of a table are lines, their cells parted by ` | `.

    `name` is the file's own name, without folders; `form` its ending without the dot.
    """

    name: str
    form: str
    text: str


class Source(msgspec.Struct, frozen=True):
    """One reply as found in a file: running text, or the named fields of a log row or record.

    `file` is relative to the folder read; `line` is set where one file holds many. `fields` use the names of the
    project's own `.jsonl` form, as far as the file gives them apart from the text: `reference`, `authority`,
    `received`, `responded`, `url`, `published`, `title` (of a page, subject of an e-mail), `request` (the requester's
    words); `questions` are records of that form, still unchecked. `text` is never masked here. `named` are attachments
    that the source names and that do not lie beside it.
    """

    file: str
    digest: str
    form: str
    text: str
    line: int | None = None
    fields: dict[str, object] = {}
    attachments: tuple[Attachment, ...] = ()
    named: tuple[str, ...] = ()


class Passage(msgspec.Struct, frozen=True):
    """A stretch of the reasons given for provisions: `text` stands at `start` to `end` of the reply."""

    kind: PassageKind
    provisions: tuple[Provision, ...]
    start: int
    end: int
    text: str


class Edge(msgspec.Struct, frozen=True):
    """Another reply that a reply names, by reference or by address, and where it does."""

    kind: EdgeKind
    target: str
    start: int
    end: int


class Correction(msgspec.Struct, frozen=True):
    """What an officer says of a reply, or of one question in it, against what was read; `None` leaves it as read.

    `label` is that of the precedent id, `None` for the whole reply; `at` is when it was entered (UTC). `digest` is the
    SHA-256 of the file that the reply stood in then: it tells two replies of one reference apart. With `undo` it
    withdraws the last one of the same reply or question and says nothing of its own.
    """

    reference: str
    reason: str
    at: dt.datetime
    label: str | None = None
    outcome: Outcome | None = None
    provisions: tuple[Provision, ...] | None = None
    status: Status | None = None
    digest: str = ""
    undo: bool = False


class AnsweredQuestion(msgspec.Struct, frozen=True):
    """One question of a past request with what the reply decided for it.

    `evidence` is the sentence that decides, which stands at `evidence_span` of the reply's text (white space folded);
    `answer` the reply's words for this question without boilerplate; `attachments` the names of those that hold the
    answer, or part of it.
    """

    ordinal: int
    label: str | None
    text: str
    outcome: Outcome
    provisions: tuple[Provision, ...] = ()
    binding: Binding = Binding.UNKNOWN
    evidence: str = ""
    evidence_span: tuple[int, int] | None = None
    answer: str = ""
    attachments: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    suppressed: bool | None = None
    publication_date: dt.date | None = None
    standalone: str = ""
    slots: Slots = Slots()


class Disclosure(msgspec.Struct, frozen=True):
    """A past reply; `text` and `request` are as received, but for masked people.

    `reviews` is the reference of an earlier reply that this one reviews, withdraws or corrects, and `review_status`
    what becomes of that one. `reasons` are passages of `text`; `edges` other replies that it names; `attachments` the
    files that were read with it; `corrections` those of officers that were applied, the oldest first.
    """

    reference: str
    authority: str
    questions: tuple[AnsweredQuestion, ...]
    outcome: Outcome
    received: dt.date | None = None
    responded: dt.date | None = None
    url: str | None = None
    published: bool | None = None
    status: Status = Status.UNKNOWN
    request: str = ""
    mentioned: tuple[Provision, ...] = ()
    reviews: str | None = None
    review_status: Status | None = None
    flags: tuple[str, ...] = ()
    file: str = ""
    digest: str = ""
    text: str = ""
    reasons: tuple[Passage, ...] = ()
    edges: tuple[Edge, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """What a new correction does to one field, in printed form: as read, as it holds now, and as it will hold.

    `label` is that of the precedent id, `None` for the reply itself; the next build makes it so.
    """

    label: str | None
    field: str
    read: str
    now: str
    after: str


class CorrectedField(msgspec.Struct, frozen=True):
    """One field that was corrected, in printed form as read and as it holds, with the correction that set it."""

    label: str | None
    field: str
    read: str
    value: str
    correction: Correction


class ShownReply(msgspec.Struct, frozen=True):
    """A past reply laid open: as it holds, what was corrected in it, and where its evidence stands.

    `labels` and `spans` go with its questions, `spans` being `None` where no one place is sure; `label` is the one
    question asked for. `settled_by` is the later reply that set its status, `named_by` are other replies that name it.
    """

    disclosure: Disclosure
    labels: tuple[str, ...]
    spans: tuple[tuple[int, int] | None, ...]
    statuses: tuple[Status, ...]
    corrected: tuple[CorrectedField, ...] = ()
    label: str | None = None
    settled_by: str | None = None
    named_by: tuple[tuple[str, EdgeKind], ...] = ()


class DoubtKind(StrEnum):
    """Why a reading should be looked at by a person; the more telling kinds first."""

    NOTHING_GIVEN = "nothing_given"
    PROVISION_UNBOUND = "provision_unbound"
    NOT_DECIDED = "not_decided"
    NO_PROVISION = "no_provision"
    NO_QUESTION = "no_question"
    REQUEST_LOST = "request_lost"
    CITATION_ODD = "citation_odd"
    INFERRED = "inferred"


class Doubt(msgspec.Struct, frozen=True):
    """One reading to be looked at: a question, or with `label` `None` the whole reply. `kinds` has the worst first.

    `detail` are the provisions or flags that are meant, `sentence` the words of the reply it rests on.
    """

    file: str
    reference: str
    label: str | None
    question: str
    kinds: tuple[DoubtKind, ...]
    detail: tuple[str, ...] = ()
    sentence: str = ""


class ReadingReport(msgspec.Struct, frozen=True):
    """What came out of reading many replies: counts, and the first of what a person should look at.

    Outcomes are counts of questions. `sections` counts a question once for each section it has a limb of, `provisions`
    once for each limb. `years` are those of the replies, `None` for undated ones. `doubts` counts questions, and
    replies for what is of the reply, `doubtful` are the worst of all, one a reply.
    """

    letters: int
    questions: int
    outcomes: dict[Outcome, int]
    sections: dict[str, dict[Outcome, int]]
    provisions: dict[str, dict[Outcome, int]]
    years: dict[int | None, dict[Outcome, int]]
    bindings: dict[Binding, int]
    doubts: dict[DoubtKind, int]
    letters_unbound: int
    letters_undecided: int
    unread: int
    unread_first: tuple[tuple[str, str], ...]
    duplicates: int
    duplicates_first: tuple[tuple[str, tuple[str, ...]], ...]
    doubtful: tuple[Doubt, ...]


class Precedent(msgspec.Struct, frozen=True):
    """One answered question: the unit that is indexed.

    `id` is `reference#label`; `corrected` is the last correction that an officer made of it.
    """

    id: str
    reference: str
    label: str | None
    authority: str
    question: str
    standalone: str
    answer: str
    outcome: Outcome
    provisions: tuple[Provision, ...]
    binding: Binding
    status: Status
    evidence: str = ""
    slots: Slots = Slots()
    responded: dt.date | None = None
    url: str | None = None
    published: bool | None = None
    links: tuple[str, ...] = ()
    suppressed: bool | None = None
    publication_date: dt.date | None = None
    is_review: bool = False
    file: str = ""
    corrected: Correction | None = None


class Match(msgspec.Struct, frozen=True):
    """A precedent found for a query. `similarity` is fused, higher is better; `ranks` start at 1."""

    precedent: Precedent
    similarity: float
    ranks: dict[str, int]


class GateTest(msgspec.Struct, frozen=True):
    """One test on the way to `already_disclosed`, with its reason."""

    test: str
    state: GateState
    why: str


class SuggestedPrecedent(msgspec.Struct, frozen=True):
    """A match with its place in the argument: the relation, the fit of each slot, and the words relied on."""

    match: Match
    relation: Relation
    fit: dict[str, str]
    quote: str
    why: str = ""


class Suggestion(msgspec.Struct, frozen=True):
    """What the tool says about one question; the officer decides.

    A positive verdict without a supporting precedent cannot be built.
    """

    question: Question
    verdict: Verdict
    route: Route | None = None
    provisions: tuple[Provision, ...] = ()
    confidence: float = 0.0
    gate: tuple[GateTest, ...] = ()
    precedents: tuple[SuggestedPrecedent, ...] = ()
    against: tuple[SuggestedPrecedent, ...] = ()
    considered: tuple[SuggestedPrecedent, ...] = ()
    checklist: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.NO_PRECEDENT) == bool(self.precedents):
            raise ValueError(f"{self.verdict} with {len(self.precedents)} supporting precedents")
        if (self.route is not None) != (self.verdict is Verdict.ALREADY_DISCLOSED):
            raise ValueError(f"{self.verdict} with route {self.route}")
