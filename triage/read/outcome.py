"""Decide from an answer's own sentences what was decided.

In: sentences of one answer, each with its citations. Out: an `Answer` with outcome, applied provisions and the sentence
that decides. The order in which cues win follows the field's practice: a cue bound to the question, then "not held in a
retrievable format" (a cost reason), neither confirm nor deny, cost, vexatious, then disclosure against withholding; a
refusal notice under s.17 alone says only that something is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from triage.read.boilerplate import is_statute
from triage.read.cues import Cue, Statement, disowns, find_cues, is_hypothetical, is_tail
from triage.read.effects import Effect, effect_of
from triage.read.shares import stems
from triage.read.wording import squeeze
from triage.schema import Outcome, Provision, Regime, Role

__all__ = ["COUNTS", "IN_WORDS", "Answer", "find_figure", "is_fact", "read_answer", "unite"]


class Answer(msgspec.Struct, frozen=True):
    """What a group of sentences decides; `said` is the sentence that does, `None` where none does."""

    outcome: Outcome
    provisions: tuple[Provision, ...] = ()
    said: Statement | None = None
    cues: frozenset[Cue] = frozenset()

    @property
    def evidence(self) -> str:
        """The words that decide, white space folded; empty where there are none."""
        return squeeze(self.said.text) if self.said is not None else ""

    @property
    def evidence_span(self) -> tuple[int, int] | None:
        """Where these words stand in the reply's text."""
        return (self.said.start, self.said.end) if self.said is not None else None


def _applied(statements: Iterable[Statement]) -> tuple[Provision, ...]:
    found: dict[Provision, None] = {}
    for statement in statements:
        aside = is_tail(statement) or disowns(statement) or is_hypothetical(statement)
        for citation in () if aside else statement.citations:
            if citation.role is Role.APPLIED:
                found.update(dict.fromkeys(p for p in citation.effective if effect_of(p) is not None))
    return unite(found)


def unite(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Drop what a fuller form of the same section already says, and order the rest.

    >>> [str(p) for p in unite([Provision.parse("s31"), Provision.parse("s31(1)(a)"), Provision.parse("s40(2)")])]
    ['s31(1)(a)', 's40(2)']
    """
    every = set(provisions)
    return tuple(sorted((p for p in every if not any(p != q and p.covers(q) for q in every)), key=_order))


def _order(provision: Provision) -> tuple[str, int, str, tuple[str, ...]]:
    digits = re.match(r"\d+", provision.section)
    return provision.regime, int(digits.group()) if digits else 0, provision.section, provision.limbs


def _first(statements: Sequence[Statement], cues: Sequence[frozenset[Cue]], *wanted: Cue) -> Statement | None:
    for cue in wanted:
        for statement, found in zip(statements, cues, strict=True):
            if cue in found:
                return statement
    return None


def read_answer(
    statements: Sequence[Statement],
    *,
    listed: Sequence[Provision] = (),
    bound: bool = True,
    asked: str = "",
    whole: bool = False,
) -> Answer:
    """Decide what sentences that belong to one question (or to a whole letter) say.

    Args:
        statements: The answer's own sentences, quotations and boilerplate left out.
        listed: Provisions listed for the whole letter; they complete a bare section and serve an answer that withholds
            without naming a provision, where all of them belong to one section.
        bound: Whether the sentences belong to one question; if so, any statement of fact answers it.
        asked: The question, where it is known: a figure is no part of an answer where only names were asked for.
        whole: Whether the sentences are about the request as a whole, so that a bar (ss.12, 14) is about them too.
    """
    statutes = [statement for statement in statements if is_statute(statement.text)]
    statements = [statement for statement in statements if statement not in statutes]
    cues = [find_cues(statement) for statement in statements]
    every = frozenset().union(*cues)
    applied = _applied(statements)
    if every & {Cue.WITHHELD, Cue.FUTURE, Cue.ACCESSIBLE}:
        # "They are withheld. Section 27(1)(a) provides that ...": the statute named within an answer is the reason.
        known = {(p.regime, p.section) for p in applied}
        applied = unite([*applied, *(p for p in _applied(statutes) if (p.regime, p.section) not in known)])
    # A bar that another answer is refused under explains nothing here.
    serving = tuple(p for p in listed if whole or effect_of(p) not in {Effect.COST, Effect.VEXATIOUS})
    if not applied and Cue.WITHHELD in every and len({p.section for p in serving}) == 1:
        applied = serving
    if not applied and Cue.WITHHELD in every and any(_ALL_LISTED.search(s.text) for s in statements):
        applied = serving
    applied = unite([*applied, *(q for q in listed for p in applied if p != q and p.covers(q))])
    main = {p for p in applied if effect_of(p) in {Effect.WITHHELD, Effect.NCND, Effect.NOT_HELD}}

    def answer(outcome: Outcome, keep: Iterable[Provision], *wanted: Cue) -> Answer:
        return Answer(outcome, tuple(sorted(keep, key=_order)), _first(statements, cues, *wanted), every)

    def having(effect: Effect) -> tuple[Provision, ...]:
        return tuple(p for p in applied if effect_of(p) is effect)

    of_all = any(
        Cue.WITHHELD in found and _OF_REQUEST.search(s.text) for s, found in zip(statements, cues, strict=True)
    )
    if of_all and not main and any(effect_of(p) is Effect.COST for p in applied):
        every |= {Cue.COST}  # "We need not supply it. Section 12(1) provides that ...": the statute is the reason
    # What a sentence gives is only counted where that sentence does not itself withhold or point elsewhere.
    gives = any(
        Cue.DISCLOSED in found and not found & {Cue.WITHHELD, Cue.COST, Cue.NCND, Cue.GOODWILL, Cue.ADVICE}
        for found in cues
    )
    if Cue.CLARIFICATION in every and not (applied or gives or Cue.NOT_HELD in every):
        return answer(Outcome.CLARIFICATION, (), Cue.CLARIFICATION)
    limbs = set(having(Effect.NCND))
    bars = tuple(p for p in listed if effect_of(p) is Effect.COST)
    goodwill = _from_goodwill(cues)
    if Cue.PENDING in every and not gives and not {Cue.ACCESSIBLE, Cue.COST, Cue.NCND} & every:
        return answer(Outcome.NO_DECISION, (), Cue.PENDING)
    if Cue.NCND in every:
        other = main - limbs
        if gives or (Cue.WITHHELD in every and other and not limbs):
            return answer(Outcome.PARTLY if gives else Outcome.NCND, main, Cue.NCND)
        # Section 18 of the Scottish Act is one for all exemptions: the one behind it says why.
        scottish = any((p.regime, p.section) == (Regime.FOISA, "18") for p in limbs)
        above = tuple(p for p in listed if effect_of(p) is Effect.NCND)
        return answer(Outcome.NCND, main if scottish else limbs or main or above, Cue.NCND)
    if Cue.VEXATIOUS in every:
        return answer(Outcome.REFUSED, having(Effect.VEXATIOUS) or applied, Cue.VEXATIOUS)
    if Cue.COST in every:
        mixed = gives and not goodwill and _precedes(cues, Cue.DISCLOSED, Cue.COST)
        return answer(Outcome.PARTLY if mixed else Outcome.REFUSED, having(Effect.COST) or bars or main, Cue.COST)
    if main and all(effect_of(p) is Effect.NOT_HELD for p in main):
        return answer(Outcome.PARTLY if gives else Outcome.NOT_HELD, main, Cue.NOT_HELD, Cue.WITHHELD)
    withheld = Cue.WITHHELD in every and bool(main or Cue.ACCESSIBLE not in every)
    if withheld and main:
        partly = gives or Cue.PARTLY in every or bool(having(Effect.ACCESSIBLE))
        partly = partly or (_gives_figures(statements, cues, bound=bound) and not _asks_things(asked))
        partly = partly or (bound and _withholds_one_thing(statements, cues))
        return answer(Outcome.PARTLY if partly else Outcome.REFUSED, {*main, *having(Effect.ACCESSIBLE)}, Cue.WITHHELD)
    later, accessible = having(Effect.FUTURE), having(Effect.ACCESSIBLE)
    if Cue.FUTURE in every and (later or not gives):
        return answer(Outcome.PARTLY if gives else Outcome.FUTURE_PUBLICATION, later, Cue.FUTURE)
    elsewhere = Cue.NOT_HELD in every and not accessible and _precedes(cues, Cue.NOT_HELD, Cue.ACCESSIBLE)
    if Cue.ACCESSIBLE in every and (accessible or not gives) and not elsewhere:
        if bound and not accessible and _BARE_FIGURE.fullmatch(squeeze(statements[0].text)):
            return answer(Outcome.DISCLOSED, (), Cue.DISCLOSED, Cue.CONTENT)
        # "As all of it is accessible to you it is exempt under section 21", said once for several answers.
        accessible = accessible or tuple(p for p in listed if effect_of(p) is Effect.ACCESSIBLE)
        return answer(Outcome.ALREADY_ACCESSIBLE, accessible, Cue.ACCESSIBLE)
    if Cue.NOT_HELD in every:
        return answer(Outcome.PARTLY if gives else Outcome.NOT_HELD, (), Cue.NOT_HELD)
    if withheld:
        partly = gives or Cue.PARTLY in every
        return answer(Outcome.PARTLY if partly else Outcome.REFUSED, applied, Cue.WITHHELD)
    if gives:
        return answer(Outcome.DISCLOSED, (), Cue.DISCLOSED)
    if Cue.PARTLY in every:
        return answer(Outcome.PARTLY, applied, Cue.PARTLY)
    if Cue.CLARIFICATION in every:
        return answer(Outcome.CLARIFICATION, (), Cue.CLARIFICATION)
    if Cue.ACKNOWLEDGED in every:
        return answer(Outcome.NO_DECISION, (), Cue.ACKNOWLEDGED)
    if Cue.CONTENT in every and bound:
        counted = COUNTS.search(asked) is not None
        in_words = next((s for s in statements if counted and IN_WORDS.search(s.text)), None)
        fact = find_figure(statements) or in_words or next((s for s in statements if is_fact(s.text)), statements[0])
        return Answer(Outcome.DISCLOSED, (), _with_table(statements, fact), every)
    return answer(Outcome.UNKNOWN, ())


_ALL_LISTED: Final = re.compile(
    r"\b(?:both|all|these|those|the above|the following) (?:of (?:the|these) )?(?:exemptions|exceptions)\b",
    re.IGNORECASE,
)
"""Points to the provisions that a list names for the whole letter."""
_OF_REQUEST: Final = re.compile(
    r"\b(?:your|the|this) request\b|\binformation (?:that )?you(?: have|['’]ve)? (?:requested|asked|sought)",
    re.IGNORECASE,
)


def _from_goodwill(cues: Sequence[frozenset[Cue]]) -> bool:
    """Tell whether everything given comes after words that say it is given outside the duty."""
    for found in cues:
        if Cue.GOODWILL in found:
            return True
        if Cue.DISCLOSED in found:
            return False
    return False


def _precedes(cues: Sequence[frozenset[Cue]], first: Cue, second: Cue) -> bool:
    order = [name for found in cues for name in (first, second) if name in found]
    return bool(order) and order[0] == first


_FIGURE: Final = re.compile(
    r"(?:fewer|less|more) than \w+|(?<![\w.(£])(?:£\s?)?\d[\d,.]*(?:%|k\b|\b)(?!\s*\()"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) of (?:the|them|these|those)\b"
    r"|^\W*(?:(?-i:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|(?:Twen|Thir|For|Fif|Six"
    r"|Seven|Eigh|Nine)ty|None|Nobody"
    r"|Nil)\b(?! of the exemptions?\b))"
    r"(?! (?:exemptions?|reasons?|points?|factors?|questions?|parts?|arguments?|considerations?|documents?|files?)\b)"
    r"|^\W*there (?:was|were|have been|has been) (?:only |just |a total of )?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none|nil|no)\b",
    re.IGNORECASE,
)
_BARE_FIGURE: Final = re.compile(
    r"\W*(?:£?\d[\d,.]*%?(?: [a-z]+)?|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|None|Nil)\W*"
)
_TURNED: Final = re.compile(
    r"^\W*(?:with regards? to|as regards|as (?:to|for)|in (?:answer|response|reply|relation|regard) to|regarding|on) "
    r"(?:your )?(?:question |point |part |item )?\(?\w{1,3}\)?[,:] ",
    re.IGNORECASE,
)
_LEAD_WORDS: Final = 8
"""What is shorter may be a heading that repeats the label."""
_NOT_FIGURES: Final = re.compile(
    r"\b(?:sent|received|dated|wrote|written|published|given|made|met|agreed)(?: \w+){0,3}? on \d{1,2} [A-Z][a-z]+\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?-i:[A-Z][a-z]+) (?:19|20)\d\d\b"
    r"|\bref(?:erence)?\b.*|(?-i:\b[A-Z]{2,}[-/ ]?\d[\w/-]*)|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\breceived (?:on )?\S+ \S+ \d{4}|\bas (?:for |in |at |with )?\d{1,2}\b|"
    r"\b(?:section|regulation|s\.?|act|questions?|q|points?|parts?|requests?|article|paragraphs?)\s?\d+\S*"
    r"(?:\s?(?:,|and|&|to|-|–)\s?\d+)*"
    r"|\b(?:on|dated|since|until|before|after|of|in) (?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d(?:/\d\d)?\b",
    re.IGNORECASE,
)
_ASIDE: Final = frozenset(
    {
        Cue.WITHHELD,
        Cue.ACCESSIBLE,
        Cue.ADVICE,
        Cue.COST,
        Cue.NCND,
        Cue.NOT_HELD,
        Cue.GOODWILL,
        Cue.VEXATIOUS,
        Cue.FUTURE,
    }
)
"""What a sentence that gives a fact does not say."""
_HELD: Final = re.compile(
    r"^\W*(?:(?:yes|this|it|the \w+|we|I)\W+)?(?:do |does |is |are )?(?:hold|holds|held)\b"
    r"|^\W*there (?:is|are) (?:one|some|two)\b"
    r"|\b(?:would|could|might|(?-i:may))\b",
    re.IGNORECASE,
)


_SHORT_FACT: Final = re.compile(
    r"(?!q(?:uestion)?[ .]?\d)(?!(?-i:The [a-z]+(?: [a-z]+){0,2})\.$)"
    r"(?!(?:please|see|thank|no|not|we|i|this|it|information|your|sorry|response|answer|reply|refused|exempt|as|dear"
    r"|commercially|confidential|sensitive|withheld|personal|held|none|nil)\b)(?!.*\b(?:upheld|overturned)\b)"
    r"(?:(?!(?:is|are|was|were|be|has|have|had|do|does|did|will|would|can|cannot|may|withh\w*|h[eo]ld\w*"
    r"|appl\w+|request\w*"
    r"|reason\w*|section|information|which|received)\b)\S+ ){0,7}\S+\.$",
    re.IGNORECASE,
)
"""Few words and a full stop, as "Director of Digital."; a heading has no full stop."""


_NAMES: Final = re.compile(
    r"^\W*(?:please |provide |send |give |me |us |the |a |any |list |of |all |and |for |what |are |who "
    r"|full )*names?\b(?! (?:and|or)\b|,)",
    re.IGNORECASE,
)
IN_WORDS: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|none|nobody)\b",
    re.IGNORECASE,
)
"""A count written in words."""
COUNTS: Final = re.compile(r"\b(?:numbers?|how (?:many|much)|figures?|totals?|costs?|amounts?|sums?)\b", re.IGNORECASE)


_PAPERS: Final = re.compile(
    r"^\W*(?:please |can |could |you |provide |supply |send |give |me |us |with |a |an |the |all |any |every |copy "
    r"|copies |of |full |your |recent )*(?:\w+ ){0,2}?(?:evidence|complaint|correspondence|e-?mails?|letters?|minutes"
    r"|reports?|offers?|offer\(s\)|bids?|tenders?|contracts?|advice|assessments?|submissions?|documents?"
    r"|papers?|files?|notes?|recordings?"
    r"|footage|photographs?|manuals?|agreements?|briefings?|memos?|plans|drawings)\b",
    re.IGNORECASE,
)


def _asks_things(asked: str) -> bool:
    """Tell whether names or papers were asked for, of which a figure is no part: "three offers came in"."""
    if not asked or COUNTS.search(asked):
        return False
    return any(pattern.match(asked) is not None for pattern in (_NAMES, _PAPERS))


def _gives_figures(statements: Sequence[Statement], cues: Sequence[frozenset[Cue]], *, bound: bool) -> bool:
    """Tell whether the answer begins with a figure, or a short fact, before anything is withheld.

    Later figures belong to the reasons more often than not.
    """
    for statement, found in list(zip(statements, cues, strict=True))[:-1]:
        turned = _TURNED.sub("", squeeze(statement.text))
        text = turned[:1].upper() + turned[1:]
        if found & _ASIDE or _HELD.search(text):
            return False
        if bound and statement is statements[0] and _SHORT_FACT.match(text):
            return True
        if _FIGURE.search(_NOT_FIGURES.sub("", text)):
            return True
        if len(text.split()) > _LEAD_WORDS:
            return False
    return False


_ONE_THING: Final = re.compile(
    r"^\W*(?:with such small numbers,? )?(?:the|their|its|his|her) (?!(?:information|request|requested|data"
    r"|answer|remainder|rest|exemptions?|council|trust|force|board|"
    r"whole|full|records?|reports?|documents?|papers?|public|balance|figures?|numbers?|section|authority"
    r"|department|university)\b)(?P<thing>[\w’' -]{3,40}?),? (?:is|are|would|and (?:are|is)) "
    r"(?:[^.]{0,80}\band (?:are|is) )?(?:also |therefore |being )?(?:exempt|withheld|refused|not (?:given"
    r"|supplied|provided))\b"
    r"|^\W*with such small numbers\b[^.]{0,120}\b(?:are|is) (?:therefore )?withheld\b",
    re.IGNORECASE,
)
"""Withholds a thing that it names, and not what was asked as such: "The locations are exempt"."""
_GIVES_FACT: Final = re.compile(
    r"\b(?i:the \w+ (?:is|are|was|were)|(?:all|some|none|both|most) (?:\w+ ){1,3}(?:took|are|were|is|was|have|had))\b"
    r"[^.]*(?:\d|\b[A-Z][a-z]+ [A-Z][a-z]+)"
)


def _withholds_one_thing(statements: Sequence[Statement], cues: Sequence[frozenset[Cue]]) -> bool:
    """Tell whether an answer states a fact first and withholds then one thing that it names."""
    for number, (statement, found) in enumerate(zip(statements, cues, strict=True)):
        if Cue.WITHHELD in found:
            named = _ONE_THING.match(squeeze(statement.text))
            thing = stems(named["thing"] or "") if named else frozenset()
            given = [squeeze(s.text) for s in statements[:number]]
            return named is not None and any(_GIVES_FACT.search(said) and not stems(said) & thing for said in given)
    return False


def find_figure(statements: Sequence[Statement]) -> Statement | None:
    """Find the first sentence that gives a figure and says nothing else about the decision.

    >>> find_figure([Statement(0, 15, "We have looked."), Statement(16, 35, "There were 14 bats.")]).start
    16
    """
    for statement in statements:
        text = squeeze(statement.text)
        stated = not find_cues(statement) & _ASIDE and not _HELD.search(text)
        if stated and _FIGURE.search(_NOT_FIGURES.sub("", text)):
            return statement
    return None


_ROW: Final = re.compile(r"[^|\n]*\|[^\n]*|[^\n]*\S(?: {2,}|\t)[^\n]*|[^.?!\n]{1,80}\s£?\d[\d,.]*%?")
_TURNS: Final = re.compile(
    r"\W*(?:with regards? to|as regards|in (?:answer|response|reply|relation) to|re)\b", re.IGNORECASE
)
_NEAR: Final = 2
"""Characters between two rows of one table: no more than line breaks."""
_MOST_QUOTED: Final = 400


def _with_table(statements: Sequence[Statement], row: Statement) -> Statement:
    """Widen a row of a table to the table, its heads first: one row by itself does not say what it counts."""
    if not _ROW.fullmatch(row.text):
        return row
    first = last = next(i for i, statement in enumerate(statements) if statement is row)

    def joins(above: int, below: int) -> bool:
        start, end = statements[above], statements[below]
        return end.start - start.end <= _NEAR and "." not in start.text[-1:]

    while first > 0 and joins(first - 1, first) and row.end - statements[first - 1].start <= _MOST_QUOTED:
        if _TURNS.match(statements[first - 1].text):
            break
        first -= 1
        if not _ROW.fullmatch(statements[first].text):
            break
    start = statements[first].start
    while (
        last + 1 < len(statements)
        and joins(last, last + 1)
        and _ROW.fullmatch(statements[last + 1].text)
        and statements[last + 1].end - start <= _MOST_QUOTED
    ):
        last += 1
    words = "\n".join(statement.text for statement in statements[first : last + 1])
    citations = tuple(c for statement in statements[first : last + 1] for c in statement.citations)
    return Statement(start, statements[last].end, words, citations)


def is_fact(words: str) -> bool:
    """Tell whether a sentence is long enough to answer something, and is one.

    >>> is_fact("Response"), is_fact("None was found.")
    (False, True)
    """
    count = len(words.split())
    return count > 5 or (count > 2 and words.rstrip().endswith((".", "!")))
