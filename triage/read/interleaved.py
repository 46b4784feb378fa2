"""Find questions that a reply prints above their answers.

In: the text of a reply. Out: label and span of each question. 13 of 266 replies read are laid out so, with printed
labels or with no marker at all between the requester's words and the answer.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from triage.read.boilerplate import is_boilerplate
from triage.read.restated import LABEL_OF, REPLY_VOICE

__all__ = ["ASKS", "Pair", "find_pairs"]

Pair = tuple[str | None, int, int]
"""Printed label, start and end of a question's words."""

ASKS: Final = re.compile(
    r"\?\s*$|^\W*(?:of (?:those|these|them)|how|what|which|who|when|where(?! (?:the|an?|any|this|these|it|we"
    r"|they)\b)|why|whether|do|does|did|is|are|was|were"
    r"|has|have|can|could|please(?! (?:do not|don['’]t|note|quote|contact|find|see|accept|read|refer)\b)"
    r"|(?:the )?(?:total )?(?:number|amount|cost|list|copy|copies|details?|total)|a (?:copy|list|breakdown)|any"
    r"|all)\b",
    re.I,
)
"""How a question begins or ends."""

_PAIR: Final = re.compile(
    r"(?im)^\W*(?:(?:request|question|q)[ .]*(?:number |no\.? )?(\d{1,2}[a-z]?)"
    r"\s*(?:[:.)–-]+|$|(?<=\d)[ \t]+(?=(?-i:[A-Z])))"
    r"|q(?:uestion)?[ \t]?[.:][ \t]?)[ \t]*(.*)$"
)
_PAIR_ANSWER: Final = re.compile(r"(?im)^\W*(?:answer|response|reply|a)[ .]*\d{0,2}[a-z]?\s*(?:[:.)–-]|$)")
_UNIT: Final = re.compile(r"[^\n]*\S[^\n]*(?:\n(?![ \t]*\n)(?![ \t]*[*•] )[^\n]+)*")
_OWN_VOICE: Final = re.compile(r"\b(?:we|our|us)\b", re.I)
_FIRST: Final = frozenset({"1", "a", "i", "1a"})
"""Labels that a list begins with."""
_MOST_WORDS: Final = 60
_NOT_WRAPPED: Final = 50
"""Characters of a line that was not broken for its length."""
_MOST_AFTERTHOUGHT: Final = 12


def find_pairs(text: str) -> list[Pair]:
    r"""Find questions that are each followed by their answer.

    Returns:
        Label and span of each question; empty unless every one of two or more has an answer behind it.

    >>> text = "How many bells ring?\n\nSeven.\n\nWho rings them?\n\nNo record is held."
    >>> [text[start:end] for _, start, end in find_pairs(text)]
    ['How many bells ring?', 'Who rings them?']
    """
    return _find_rows(text) or _find_worded(text) or _find_headlines(text) or _find_unmarked(text)


_COLUMNS: Final = re.compile(
    r"(?im)^\W*(?:(?:no|ref|#)\.?\s*\|\s*)?(?:(?:your|the|what you|you) )?(?:questions?|requests?|asked)(?: asked)?"
    r"\s*\|\s*(?:(?:our|the|what we|we) )?(?:answers?|responses?|repl(?:y|ies)|hold)\W*$"
)
_CELL_LABEL: Final = re.compile(r"\(?(\w{1,3}(?:\([a-z]\))?)[.)]*\s*")


def _find_rows(text: str) -> list[Pair]:
    """Find the questions in the first column of a table whose heads are "Your question | Our answer"."""
    head = _COLUMNS.search(text)
    if head is None:
        return []
    found: list[Pair] = []
    for line in re.finditer(r"[^\n]+", text[head.end() :]):
        cells = list(re.finditer(r"[^|]*[^|\s][^|]*", line.group()))
        label = _CELL_LABEL.fullmatch(cells[0].group().strip()) if len(cells) > 2 else None
        asked = cells[1] if label else cells[0] if cells else None
        if asked is None or len(asked.group().split()) < 2:
            continue
        # A cell may run over both columns, or its row have lost its bar.
        alone = line.group()
        if len(cells) < 2 and not (found and re.search(r"\?\s*$", alone) and not _OWN_VOICE.search(alone)):
            continue
        start = head.end() + line.start() + asked.start() + len(asked.group()) - len(asked.group().lstrip())
        printed = LABEL_OF.match(text[start : start + len(asked.group().strip())])
        if printed and label is None:
            start += printed.end()
        name = label[1] if label else printed["label"] if printed else None
        found.append((name, start, head.end() + line.start() + asked.start() + len(asked.group().rstrip())))
    return found if len(found) > 1 else []


_BOTH_HEADS: Final = re.compile(
    r"(?im)^\W*(?:(?:your|the) )?(?:what you (?:asked|wanted to know)|you asked|questions?|requests?)"
    r"(?: (?:and|with|/) |/)(?:(?:our|the|my) )?(?:answers?|responses?|repl(?:y|ies)|what we (?:said|hold))\W*$"
)


def _find_headlines(text: str) -> list[Pair]:
    """Find questions that are the first line of the paragraph that answers them, below a heading that says so."""
    head = _BOTH_HEADS.search(text)
    if head is None:
        return []
    found: list[Pair] = []
    for unit in _UNIT.finditer(text, head.end()):
        first, line_end, rest = unit.group().partition("\n")
        asked = _as_head(text, unit.start(), unit.start() + len(first)) if line_end else None
        if asked is None and line_end and re.search(r"[.:;,!]\s*$", first) is None and not REPLY_VOICE.match(first):
            lead = len(first) - len(first.lstrip())
            few = 3 <= len(first.split()) <= _MOST_WORDS and not is_boilerplate(first)
            asked = (None, unit.start() + lead, unit.start() + len(first.rstrip())) if few else None
        if asked is None or not re.search(r"\w", rest):
            break
        found.append(asked)
    return found if len(found) > 1 else []


def _find_worded(text: str) -> list[Pair]:
    """Find questions under printed labels ("Request 1", "Answer 1")."""
    found = list(_PAIR.finditer(text))
    labels = [match[1].lower() for match in found if match[1]]
    if len(found) < 2 or len(set(labels)) < len(labels) or 0 < len(labels) < len(found):
        return []
    spans: list[Pair] = []
    joined, marked = 0, False
    for match, following in zip(found, [*found[1:], None], strict=False):
        until = following.start() if following else len(text)
        start = match.start(2)
        marker = _PAIR_ANSWER.search(text, match.end(), until)
        blank = re.search(r"\n[ \t]*\n", text[match.end(2) : until])
        end = marker.start() if marker else match.end(2) + blank.start() if blank and match[2].strip() else until
        if marker is None and match[2].strip():
            end = _end_of_question(text, start, end)
        answered = re.search(r"\w", text[marker.end() if marker else end : until]) is not None
        # Two questions in a row have one answer between them.
        if not re.search(r"\w", text[start:end]) or (not answered and following is None):
            return []
        joined += not answered
        marked = marked or marker is not None
        spans.append((match[1], start, end))
    return spans if joined == 0 or (joined * 2 <= len(spans) and marked) else []


def _end_of_question(text: str, start: int, end: int) -> int:
    """Cut a paragraph behind its question where the answer stands on the next line."""
    lines = [(line.start(), line.end(), line.group()) for line in re.finditer(r"[^\n]*\S[^\n]*", text[start:end])]
    asked = next((i for i, (_, _, words) in enumerate(lines) if words.rstrip().endswith("?")), None)
    if asked is None:
        short = len(lines) > 1 and len(lines[0][2]) <= _NOT_WRAPPED and re.match(r"[\s£]*[A-Z0-9]", lines[1][2])
        return start + lines[0][1] if short else end
    while asked + 1 < len(lines) and lines[asked + 1][2].rstrip().endswith("?"):
        asked += 1
    return start + lines[asked][1]


def _find_unmarked(text: str) -> list[Pair]:
    """Find questions that stand as paragraphs between the paragraphs that answer them."""
    units = [(match.start(), match.end()) for match in _UNIT.finditer(text)]
    heads = [_as_head(text, start, end) for start, end in units]
    asked = [i for i, head in enumerate(heads) if head is not None]
    if len(asked) < 2 or any(later - earlier == 1 for earlier, later in pairwise(asked)) or asked[-1] == len(units) - 1:
        return []
    found = [head for head in heads if head is not None]
    labels = [label for label, _, _ in found if label is not None]
    if labels and (len(set(labels)) < len(labels) or labels[0].lower() not in _FIRST or len(labels) < len(found)):
        return []
    if not any(ASKS.search(text[start:end]) for _, start, end in found):
        return []
    return found


def _as_head(text: str, start: int, end: int) -> Pair | None:
    """Read one paragraph as a question in the requester's voice; `None` where it is something else."""
    words = text[start:end]
    label = LABEL_OF.match(words.lstrip(" \t*#"))
    lead = len(words) - len(words.lstrip(" \t*#"))
    begin = start + lead + (label.end() if label else 0)
    begin += len(text[begin:end]) - len(text[begin:end].lstrip(" \t*"))
    close = start + len(words.rstrip(" \t*\n"))
    own = text[begin:close]
    if not 3 <= len(own.split()) <= _MOST_WORDS or words.lstrip().startswith(("* ", "• ")):
        return None
    if (
        REPLY_VOICE.match(own)
        or (label is None and _OWN_VOICE.search(own[: own.rfind("?") + 1] or own))
        or is_boilerplate(own)
        or not _is_asked(own, labelled=label is not None)
    ):
        return None
    return (label["label"] if label else None, begin, close)


def _is_asked(words: str, *, labelled: bool) -> bool:
    mark = words.rfind("?")
    if mark >= 0:
        return len(words[mark:].split()) <= _MOST_AFTERTHOUGHT
    if words.endswith((".", ":", ";", ",", "!")):
        return False
    begins = ASKS.search(words) is not None and len(words.split()) > 4
    return labelled or begins or (words[:1].islower() and len(words.split()) > 4)
