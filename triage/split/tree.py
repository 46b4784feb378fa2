"""The list items and sentences of a request as a tree.

In: the segmented request. Out: `Node` records from top to bottom: list items with what hangs below them, and single
sentences outside any list. Mail headers, quoted mails and what follows the signature are left out.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence
from typing import Final

from triage.schema import Line, Segmented, Sentence
from triage.segment.cues import is_ask, is_sign_off, starts_ask
from triage.split import stems

__all__ = ["TAIL", "Node", "Tree"]

TAIL: Final = frozenset({"closing", "signature", "greeting"})
"""Roles that end whatever stands before them."""
_THREAD: Final = re.compile(
    r"from:\s|-{2,}\s*(?:original|forwarded)|begin\s+forwarded|on\s.{6,90}\bwrote:|_{8,}$", re.IGNORECASE
)
_AUTHORITY: Final = re.compile(
    r"\bthank\s+you\s+for\s+your\s+(?:\w+\s+){0,3}(?:request|e-?mail|enquiry|correspondence)\b|\bwe\s+(?:have\s+received|acknowledge|will\s+respond|aim)\b|"
    r"\byour\s+request\s+(?:has\s+been|is\s+being|was|will\s+be)\b|\bbefore\s+we\s+can\b",
    re.IGNORECASE,
)
"""Words of an authority in a thread; a requester thanks for a reply, not for a request."""
_BEARER: Final = re.compile(
    r"(?:\[NAME\]|(?:mr|mrs|ms|miss|dr|prof)\b\.?\s+[A-Z]|(?:[A-Z]\.\s?){1,3}[A-Z][\w'’-]+)(?:\W|\s+[A-Z]|$)"
)
_ADDS: Final = re.compile(
    r"\badd\b[^.?]{0,40}\b(?:to\s+(?:my|the|this|our)\s+(?:\w+\s+)?request|questions?|points?|items?)\b", re.IGNORECASE
)
_IF_SO: Final = re.compile(r"if\s+(?:so|yes|not|no)\b(?!.{0,20}\b(?:skip|go\s+to))", re.IGNORECASE)
_THING: Final = re.compile(r"(?:the|any|all|an?|each|every|cop(?:y|ies)|details)\s+[a-z]")
"""Begins like a thing that is asked for, and unlike a title."""
_LOOKED_AT: Final = 400
_LONGEST_SIGNATURE: Final = 5
_SIGNED_WORDS: Final = 9
_AMENDING: Final = frozenset({"clarification", "definition", "background", "preamble"})
_INLINE: Final = re.compile(
    r"(?:^|(?<=[:;.?!,]\s)|(?<=[:;.?!,]\s\s)|(?<=[\s;,]and\s)|(?<=[;.\]])(?=\([a-h]\))|(?<=[\w)]\s)(?=\d{1,2}[)/]\s))(?:\(?(?P<n>\d{1,2}|[a-h])[.)/]|\((?P<r>i{1,3}|iv|v|vi{1,3}|ix|x)\))\s*(?=[^\W\d_])"
)
_ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_FULL_ASK: Final = re.compile(
    r"(?:please|kindly|can|could|would|how|what|which|who|when|where|do|does|did|is|are|has|have|i\s+would)\s",
    re.IGNORECASE,
)


@dataclasses.dataclass(slots=True)
class Node:
    """A list item with what hangs below it, or one sentence outside any list."""

    units: list[Sentence]
    marker: str | None = None
    kind: str | None = None
    children: list[Node] = dataclasses.field(default_factory=list)
    after_blank: bool = False
    content: int = 0

    @property
    def start(self) -> int:
        """Where its words start."""
        return self.units[0].start if self.units else self.content

    @property
    def end(self) -> int:
        """Where its words, or those of its last child, end."""
        return max([unit.end for unit in self.units] + [child.end for child in self.children], default=self.content)


class Tree:
    """Build the tree of one request; `units` are its sentences, cut where a list runs on inside a line."""

    def __init__(self, segmented: Segmented) -> None:
        self.text = segmented.text
        self.lines = segmented.lines
        self.amendments: list[Sentence] = []
        """What later messages of the requester, which stand above the request, change in it."""
        self.units = self._choose_part(segmented.sentences)

    def say(self, unit: Sentence) -> str:
        """Return the words of a sentence."""
        return self.text[unit.start : unit.end]

    def _choose_part(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Leave out mail headers, what was quoted below the message, and what follows the signature."""
        parts: list[list[Sentence]] = [[]]
        for unit in sentences:
            if unit.role == "forward_header":
                if _THREAD.match(self.say(unit)):
                    parts.append([])
                continue
            parts[-1].append(unit)
        own = [part for part in parts if not self._is_of_authority(part)] or parts
        chosen = next((part for part in own if any(unit.role == "q" for unit in part)), None)
        chosen = chosen or next((part for part in own if any(unit.role == "preamble" for unit in part)), parts[0])
        above = own[: own.index(chosen)] if chosen in own else []
        if any(_ADDS.search(self.say(unit)[:_LOOKED_AT]) for unit in chosen) and chosen in own:
            # What is added to a request below it does not replace it.
            below = own[own.index(chosen) + 1 :]
            first = [unit for unit in chosen if unit.role not in TAIL]
            earlier = next((part for part in below if any(unit.role in ("q", "preamble") for unit in part)), [])
            chosen = [*first, *earlier] if earlier else chosen
        self.amendments = [unit for part in above for unit in part if unit.role in _AMENDING]
        kept, signed = [], False
        for number, unit in enumerate(chosen):
            if len(chosen) - number <= _LONGEST_SIGNATURE and self._is_named(chosen[number:]):
                break
            is_item = self.lines[unit.line].marker is not None
            if signed and not (unit.role in ("q", "preamble", "values") and (is_item or self.say(unit).endswith("?"))):
                continue
            signed = unit.role == "closing" and is_sign_off(self.say(unit))
            kept.append(unit)
        return kept

    def _is_named(self, rest: Sequence[Sentence]) -> bool:
        """Tell whether a name and what its bearer is are all that is left: "J. Sample, Data journalist"."""
        if _BEARER.match(self.say(rest[0])) is None:
            return False
        said = [self.say(unit) for unit in rest]
        return all(self.lines[unit.line].marker is None for unit in rest) and all(
            len(words.split()) <= _SIGNED_WORDS and words[-1] not in "?:" for words in said
        )

    def _is_of_authority(self, part: Sequence[Sentence]) -> bool:
        """Tell whether a message of a thread is the authority's, which asks the requester or acknowledges."""
        return any(_AUTHORITY.search(self.say(unit)) for unit in part[:6])

    def build(self) -> list[Node]:
        """Return the top of the tree, in the order of the text."""
        self.units, inline = self._explode()
        if not self.units:
            return []
        by_line: dict[int, list[Sentence]] = {}
        for unit in self.units:
            by_line.setdefault(unit.line, []).append(unit)
        top: list[Node] = []
        stack: list[tuple[tuple[str, str], Node]] = []
        open_item: Node | None = None
        first = self.units[0].line
        while first and self.lines[first - 1].content_start == self.lines[first - 1].end:
            first -= 1
        for index in range(first, self.units[-1].line + 1):
            line, units = self.lines[index], by_line.get(index, [])
            is_first = not units or units[0].start == line.content_start
            if line.marker is not None and is_first and (units or line.content_start == line.end):
                later = next((k for k, unit in enumerate(units) if unit.start in inline), len(units))
                node = Node(
                    units[:later],
                    line.marker,
                    line.marker_kind,
                    after_blank=line.after_blank,
                    content=line.content_start,
                )
                style = _style(self.text, line)
                if (
                    len(stack) > 0
                    and style[0] == "number"
                    and stack[-1][0][0] == "number"
                    and len(style[1]) < len(stack[-1][0][1])
                ):
                    stack = [entry for entry in stack if len(entry[0][1]) <= len(style[1]) or entry[0][0] != "number"]
                while stack and style in [known for known, _ in stack] and stack[-1][0] != style:
                    stack.pop()
                if stack and stack[-1][0] == style:
                    stack.pop()
                (stack[-1][1].children if stack else top).append(node)
                stack.append((style, node))
                open_item = node
                units = units[later:]
            for unit in units:
                if unit.start in inline:
                    node = Node([unit], inline[unit.start], "number", content=unit.start)
                    top.append(node)
                    open_item, stack = node, [(("number", ""), node)]
                    continue
                if open_item is not None and self._continues(open_item, unit, is_after_blank=line.after_blank):
                    open_item.units.append(unit)
                    continue
                open_item = None
                top.append(Node([unit], after_blank=line.after_blank, content=unit.start))
                if unit.role in ("heading", "preamble") and not _is_aside(self.say(unit)):
                    stack = []
        return top

    def _explode(self) -> tuple[list[Sentence], dict[int, str]]:
        """Cut sentences at list markers that stand inside a line, where 1 and 2, or a and b, follow each other.

        Returns:
            All sentences, and the marker of each new one by its start.
        """
        found: dict[int, list[tuple[int, re.Match[str]]]] = {}
        for index, unit in enumerate(self.units):
            line = self.lines[unit.line]
            for match in _INLINE.finditer(self.say(unit)):
                if match.start() or not self.opens_line(unit) or line.marker is None:
                    found.setdefault(unit.line, []).append((index, match))
        cuts: dict[int, list[re.Match[str]]] = {}
        for number, matches in found.items():
            own = (self.lines[number].marker or "").lower()
            expected = [own] if len(own) == 1 else []
            expected += [(match["n"] or match["r"]).lower() for _, match in matches]
            roman = any(match["r"] for _, match in matches)
            if _count_on(expected) and (own == "i" or not roman):  # within a sentence they are cut with its words
                for index, match in matches:
                    cuts.setdefault(index, []).append(match)
        units: list[Sentence] = []
        inline: dict[int, str] = {}
        for index, unit in enumerate(self.units):
            edges = [0, *(edge for match in cuts.get(index, ()) for edge in match.span()), unit.end - unit.start]
            labels = [None, *(match["n"] or match["r"] for match in cuts.get(index, ()))]
            for k, label in enumerate(labels):
                body = self.text[unit.start + edges[2 * k] : unit.start + edges[2 * k + 1]]
                if not body.strip():
                    continue
                start = unit.start + edges[2 * k] + len(body) - len(body.lstrip())
                units.append(
                    Sentence(
                        start,
                        start + len(body.strip()),
                        unit.line,
                        unit.role if len(labels) == 1 else _role_of(body, label),
                    )
                )
                if label is not None:
                    inline[start] = label
        return units, inline

    def _continues(self, node: Node, unit: Sentence, *, is_after_blank: bool) -> bool:
        """Tell whether a sentence on a new line still belongs to the list item above."""
        said = self.say(unit)
        if unit.role in TAIL or unit.role == "table":
            return False
        if not node.units:
            return True
        if stems.is_option(said) and not is_after_blank:
            return True
        last = node.units[-1]
        before = self.say(last)
        is_same_line = last.line == unit.line
        if is_same_line or not self.opens_line(unit):
            return True
        if self.is_heading(node) and unit.role not in ("constraint", "opinion"):
            return is_ask(said) or not is_after_blank
        if (
            self.is_title(node, said)
            and not is_after_blank
            and unit.role != "constraint"
            and not stems.is_clarifying(said)
        ):
            return True
        if unit.role == "constraint" and is_after_blank:
            return False
        if before.rstrip().endswith((":", ":-", ": -")) and not starts_ask(said):
            return unit.role != "constraint"
        if (
            stems.is_clarifying(said)
            and not stems.is_scope(said)
            and unit.role in ("q", "preamble", "background", "values", "heading")
        ):
            return True
        if is_after_blank:
            return False
        if _IF_SO.match(said):
            return True
        if stems.is_dates(said) or (
            said[-1] in ".?" and unit.role in ("q", "preamble", "background", "heading") and self._is_followed(unit)
        ):
            return True
        return stems.is_value_line(said) and any(self.say(known).endswith(":") for known in node.units)

    def _is_followed(self, unit: Sentence) -> bool:
        """Tell whether the next line is one more item of the list that a line stands in."""
        following = unit.line + 1
        while following < len(self.lines) and self.lines[following].start < unit.end:
            following += 1
        return following < len(self.lines) and self.lines[following].marker is not None

    def is_heading(self, node: Node) -> bool:
        """Tell whether a list item is only the heading of what follows on the next line."""
        if len({unit.line for unit in node.units}) != 1 or len(node.units) > 1:
            return False
        said = self.say(node.units[0])
        if said.endswith("?") or len(said.split()) > 10 or (_THING.match(said) and not said.endswith(":")):
            return False
        return said.endswith(":") or not (starts_ask(said) or said.endswith((".", ";")))

    def is_title(self, node: Node, following: str) -> bool:
        """Tell whether a list item that could ask is the title of an ask that stands complete on the next line."""
        said = self.say(node.units[0])
        is_plain = len(node.units) == 1 and said[-1] not in ".?;,:" and len(said.split()) <= 10
        return (
            is_plain
            and _FULL_ASK.match(following) is not None
            and stems.has_object(following)
            and not _FULL_ASK.match(said)
        )

    def opens_line(self, unit: Sentence) -> bool:
        """Tell whether a sentence is the first of its line."""
        return unit.start <= self.lines[unit.line].content_start


def _count_on(labels: Sequence[str]) -> bool:
    """Tell whether labels are two or more that follow each other from the first: 1 2 3, a b c, i ii iii."""
    if len(labels) < 2 or labels[0] not in ("1", "a", "i"):
        return False
    if labels[0] == "i":
        return list(labels) == list(_ROMANS[: len(labels)])
    return {ord(b[0]) - ord(a[0]) for a, b in itertools.pairwise(labels)} == {1}


def _style(text: str, line: Line) -> tuple[str, str]:
    """Tell list items of one level from those of another."""
    marker, kind = line.marker or "", line.marker_kind or ""
    if kind == "bullet":
        sign = text[line.start]
        return kind, sign if text[line.start + 1 : line.start + 2].isspace() or sign.isalpha() else sign + "x"
    if kind in ("number", "question"):
        return "number", "(" * marker.count("(") + "." * marker.count(".")
    return kind, "A" if marker.isupper() else "a"


def _role_of(body: str, label: str | None) -> str:
    if label is not None:
        return "q"
    return "preamble" if is_ask(body) or body.rstrip().endswith(":") else "background"


def _is_aside(said: str) -> bool:
    """Tell whether a stem only opens examples or options."""
    return stems.is_example(said) or stems.is_clarifying(said)
