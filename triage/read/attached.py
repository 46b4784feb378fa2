"""Give the files that came with a reply to the questions that they answer.

In: answered questions, the reply's words, its attachments. Out: the questions, with the names of their files and what
these hold as part of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from triage.read.facts import is_suppressed
from triage.schema import AnsweredQuestion, Attachment, Outcome

__all__ = ["FILE_NAME", "attach", "find_file_names"]

FILE_NAME: Final = re.compile(
    r"(?<![\w/.@])[\w(][\w ()&,’'+–-]{0,100}?(?:\.[\w -]{1,40})??\.(?:pdf|docx?|xlsx?|csv|ods|odt|pptx?|zip|rtf"
    r"|msg|txt"
    r"|jpe?g|png)\b(?!\.\w)",
    re.IGNORECASE,
)
"""A file by its name; in running text it may take in words before it."""

_BEFORE_NAME: Final = frozenset("see please find the file in attached and a our as per at refer to open".split())

_POINTS: Final = re.compile(
    r"\b(?:attach(?:ed|ment|ments|ing)?|enclos\w+|append(?:ed|ix|ices)|annex(?:ed)?|schedule|spreadsheet|workbook"
    r"|accompan\w+|(?:separate|excel|word|pdf) (?:file|document|sheet))\b",
    re.IGNORECASE,
)
_MARK: Final = re.compile(
    r"\b(annex|app(?:endi)?x|attachment|schedule|enclosure|document|table|q(?:uestion)?)\s?([a-h]|\d{1,2})\b",
    re.IGNORECASE,
)
_SHORT: Final = {"appx": "appendix", "q": "question"}
_GIVEN: Final = frozenset({Outcome.DISCLOSED, Outcome.PARTLY, Outcome.UNKNOWN})
_ANSWER_CHARACTERS: Final = 4_000
"""Of one attachment, what goes into the answer; the whole of it is kept with the reply."""


def find_file_names(words: str) -> tuple[str, ...]:
    """List the files that a text names, each once; of running text only the last words before the ending.

    >>> find_file_names("Please see Bells 2023.xlsx and the Minutes.pdf")
    ('Bells 2023.xlsx', 'Minutes.pdf')
    """
    found = []
    for line in words.split("\n"):
        for match in FILE_NAME.finditer(line):
            name = match.group().strip()
            if len(name) < len(line.strip()):
                # A sentence goes on into the name: its capitalised, numbered or joined end is taken.
                parts = re.findall(r"\S+", name)
                start = len(parts) - 1
                while start > 0 and re.match(r"[A-Z0-9(&–-]", parts[start - 1]) and start > len(parts) - 8:
                    start -= 1
                while start < len(parts) - 1 and parts[start].lower() in _BEFORE_NAME:
                    start += 1
                name = " ".join(parts[start:])
            if name.startswith("(") and name.count("(") > name.count(")"):
                name = name[1:].lstrip()
            found.append(name)
    return tuple(dict.fromkeys(found))


def attach(questions: Sequence[AnsweredQuestion], attachments: Sequence[Attachment]) -> tuple[AnsweredQuestion, ...]:
    """Give each attachment to the questions whose answer points to it.

    An answer points to a file by its name or by its mark ("Annex B", "question 3"); one that only says that something
    is attached is given the files that nobody else is. A file that no answer points to belongs to the one question
    there is, or stays with the reply.

    Args:
        questions: The answered questions.
        attachments: The files that lie beside the reply.
    """
    owners: dict[str, list[int]] = {each.name: [] for each in attachments}
    named = [find_file_names(q.answer) for q in questions]
    for each in attachments:
        stem = each.name.rpartition(".")[0].lower()
        marks = _marks(re.sub(r"[_.-]", " ", stem))
        for index, q in enumerate(questions):
            if _is_named(each.name, stem, q.answer) or marks & _marks(q.answer):
                owners[each.name].append(index)
    free = [each.name for each in attachments if not owners[each.name]]
    taken = {index for indexes in owners.values() for index in indexes}
    pointing = [
        i for i, q in enumerate(questions) if i not in taken and _POINTS.search(q.answer) and q.outcome in _GIVEN
    ]
    if not pointing and len(questions) == 1 and questions[0].outcome in _GIVEN:
        pointing = [0]
    for name in free:
        owners[name] = list(pointing)
    texts = {each.name: each.text for each in attachments}
    return tuple(
        _with_files(q, [name for name in owners if index in owners[name]], named[index], texts)
        for index, q in enumerate(questions)
    )


def _is_named(name: str, stem: str, words: str) -> bool:
    """Tell whether words name a file, with or without its ending; "vans" alone is a word, "vans-2024" a name."""
    called = name if stem.isalpha() else stem
    return re.search(rf"(?<!\w){re.escape(called)}(?!\w)", words, re.IGNORECASE) is not None


def _marks(words: str) -> frozenset[tuple[str, str]]:
    """List the marks by which files are told apart: ("annex", "b"), ("question", "3")."""
    return frozenset(
        (_SHORT.get(found[1].lower(), found[1].lower()), found[2].lower()) for found in _MARK.finditer(words)
    )


def _with_files(
    question: AnsweredQuestion, own: Sequence[str], named: Sequence[str], texts: dict[str, str]
) -> AnsweredQuestion:
    names = tuple(dict.fromkeys([*own, *(n for n in named if n.lower() not in {o.lower() for o in own})]))
    if not names:
        return question
    answer = "\n".join([question.answer, *(texts[name][:_ANSWER_CHARACTERS] for name in own)]).strip()
    return msgspec.structs.replace(
        question, attachments=names, answer=answer, suppressed=question.suppressed or is_suppressed(answer)
    )
