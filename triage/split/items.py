"""Where each question of a request starts and ends.

In: the segmented request. Out: one `Item` per question, with its label, the headings and parents above it and the scope
that binds it; and the sentences that wish for a form, a price or an order.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Final

from triage.schema import Line, Segmented, Sentence
from triage.segment.cues import is_ask, is_sign_off, starts_ask
from triage.split import stems
from triage.split.prose import cut_asks

__all__ = ["Item", "find_items"]

_THREAD: Final = re.compile(
    r"from:\s|-{2,}\s*(?:original|forwarded)|begin\s+forwarded|on\s.{6,90}\bwrote:|_{8,}$", re.IGNORECASE
)
_SKIP: Final = re.compile(
    r"if\s+(?:not|no|yes|so)\b.{0,20}\b(?:skip|go\s+to|move|ignore|proceed)\b|please\s+skip\b", re.IGNORECASE
)
_CONDITION: Final = re.compile(r"if\s+(?:yes|so|no|not|applicable|you\s+do)\b", re.IGNORECASE)
_TAIL: Final = frozenset({"closing", "signature", "greeting"})
_ASIDE: Final = _TAIL | {"constraint", "opinion", "prior_ref", "background", "clarification", "definition", "heading"}
_STATEMENT: Final = re.compile(
    r"(?:this|that|it|we|i|they|there|you|he|she|as)\s+(?:is|was|are|were|would|will|am|have|has|had|do|did|can|could|may|"
    r"believe|understand|know|note|think|said|told|stated)\b",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    r"(?!.*\b(?:following|below|these)\b)(?:how|what|which|who|when|where|why|do|does|did|is|are|was|were|has|have)\b.*[.?!]$",
    re.IGNORECASE | re.DOTALL,
)
_FULL_ASK: Final = re.compile(
    r"(?:please|kindly|can|could|would|how|what|which|who|when|where|do|does|did|is|are|has|have|i\s+would)\s",
    re.IGNORECASE,
)
_PREPOSITION_START: Final = re.compile(
    r"(?:for|of|in|from|with|to|by|at|on|and|or|who|which|that|including)\b", re.IGNORECASE
)


@dataclasses.dataclass(slots=True)
class Item:
    """The span of one question and what it hangs on.

    `path` are headings and parents, `scope` sentences that bind it from elsewhere, each with where it came from.
    """

    start: int
    end: int
    label: str | None = None
    path: tuple[str, ...] = ()
    scope: tuple[tuple[str, str], ...] = ()
    is_follow_up: bool = False


@dataclasses.dataclass(slots=True)
class _Node:
    """A list item with what hangs below it, or one sentence outside any list."""

    units: list[Sentence]
    marker: str | None = None
    kind: str | None = None
    children: list[_Node] = dataclasses.field(default_factory=list)
    after_blank: bool = False
    content: int = 0

    @property
    def start(self) -> int:
        return self.units[0].start if self.units else self.content

    @property
    def end(self) -> int:
        return max([unit.end for unit in self.units] + [child.end for child in self.children], default=self.content)


def find_items(segmented: Segmented) -> tuple[list[Item], list[Sentence]]:
    """Find the questions of a request, and the sentences that are wishes about the answer."""
    taken = _Finder(segmented)
    items = taken.find()
    spans = [(item.start, item.end) for item in items]
    wishes = [
        unit
        for unit in taken.units
        if unit.role == "constraint" and not any(start < unit.end and unit.start < end for start, end in spans)
    ]
    return items, wishes


def _style(text: str, line: Line) -> tuple[str, str]:
    """Tell list items of one level from those of another."""
    marker, kind = line.marker or "", line.marker_kind or ""
    if kind == "bullet":
        sign = text[line.start]
        return kind, sign if text[line.start + 1 : line.start + 2].isspace() or sign.isalpha() else sign + "x"
    if kind in ("number", "question"):
        return kind if marker.count("(") or marker.count(".") else "number", "(" * marker.count(
            "("
        ) + "." * marker.count(".")
    return kind, "A" if marker.isupper() else "a"


class _Finder:
    """Walk over one request, line by line."""

    def __init__(self, segmented: Segmented) -> None:
        self.text = segmented.text
        self.lines = segmented.lines
        self.units = self._choose_part(segmented.sentences)
        self.items: list[Item] = []
        self.heading: str | None = None
        self.scope: list[tuple[str, str]] = []

    def _say(self, unit: Sentence) -> str:
        return self.text[unit.start : unit.end]

    def _choose_part(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Leave out mail headers, what was quoted below the message, and what follows the signature."""
        parts: list[list[Sentence]] = [[]]
        for unit in sentences:
            if unit.role == "forward_header":
                if _THREAD.match(self._say(unit)):
                    parts.append([])
                continue
            parts[-1].append(unit)
        chosen = next((part for part in parts if any(unit.role in ("q", "preamble") for unit in part)), parts[0])
        kept, signed = [], False
        for unit in chosen:
            is_item = self.lines[unit.line].marker is not None
            if signed and not (unit.role in ("q", "preamble", "values") and (is_item or self._say(unit).endswith("?"))):
                continue
            signed = unit.role == "closing" and is_sign_off(self._say(unit))
            kept.append(unit)
        return kept

    def find(self) -> list[Item]:
        """Build the tree, then read it from top to bottom."""
        if not self.units:
            return []
        top = self._build()
        k = 0
        while k < len(top):
            k = self._read_marked(top, k) if top[k].marker is not None else self._read_plain(top, k)
        return sorted(self.items, key=lambda item: item.start)

    def _build(self) -> list[_Node]:
        by_line: dict[int, list[Sentence]] = {}
        for unit in self.units:
            by_line.setdefault(unit.line, []).append(unit)
        top: list[_Node] = []
        stack: list[tuple[tuple[str, str], _Node]] = []
        open_item: _Node | None = None
        first = self.units[0].line
        while first and self.lines[first - 1].content_start == self.lines[first - 1].end:
            first -= 1
        for index in range(first, self.units[-1].line + 1):
            line, units = self.lines[index], by_line.get(index, [])
            is_first = not units or units[0].start == line.content_start
            if line.marker is not None and is_first and (units or line.content_start == line.end):
                node = _Node(
                    units, line.marker, line.marker_kind, after_blank=line.after_blank, content=line.content_start
                )
                style = _style(self.text, line)
                while stack and style in [known for known, _ in stack] and stack[-1][0] != style:
                    stack.pop()
                if stack and stack[-1][0] == style:
                    stack.pop()
                (stack[-1][1].children if stack else top).append(node)
                stack.append((style, node))
                open_item = node
                continue
            for unit in units:
                if open_item is not None and self._continues(open_item, unit, is_after_blank=line.after_blank):
                    open_item.units.append(unit)
                    continue
                open_item = None
                top.append(_Node([unit], after_blank=line.after_blank, content=unit.start))
                if unit.role in ("heading", "preamble") and not is_example_or_clarifying(self._say(unit)):
                    stack = []
        return top

    def _continues(self, node: _Node, unit: Sentence, *, is_after_blank: bool) -> bool:
        """Tell whether a sentence on a new line still belongs to the list item above."""
        said = self._say(unit)
        if unit.role in _TAIL or unit.role == "table":
            return False
        if not node.units:
            return True
        last = node.units[-1]
        before = self._say(last)
        is_same_line = last.line == unit.line
        if is_same_line or not self._opens_line(unit):
            return True
        if self._is_heading(node) and unit.role not in ("constraint", "opinion"):
            return is_ask(said) or not is_after_blank
        if (
            self._is_title(node, said)
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
        return (
            stems.is_value_line(said)
            and any(self._say(known).endswith(":") for known in node.units)
            and not is_after_blank
        )

    def _is_heading(self, node: _Node) -> bool:
        """Tell whether a list item is only the heading of what follows on the next line."""
        if len({unit.line for unit in node.units}) != 1 or len(node.units) > 1:
            return False
        said = self._say(node.units[0])
        if said.endswith("?") or len(said.split()) > 10:
            return False
        return said.endswith(":") or not (starts_ask(said) or said.endswith((".", ";")))

    def _is_title(self, node: _Node, following: str) -> bool:
        """Tell whether a list item that could ask is the title of an ask that stands complete on the next line."""
        said = self._say(node.units[0])
        is_plain = len(node.units) == 1 and said[-1] not in ".?;,:" and len(said.split()) <= 10
        return (
            is_plain
            and _FULL_ASK.match(following) is not None
            and stems.has_object(following)
            and not _FULL_ASK.match(said)
        )

    # Reading the tree.

    def _read_marked(self, top: list[_Node], k: int) -> int:
        """Read list items that stand under no stem."""
        last = k
        while last + 1 < len(top) and top[last + 1].marker is not None:
            last += 1
        self._emit_group(top[k : last + 1], self._path(), "")
        return last + 1

    def _path(self) -> tuple[str, ...]:
        return (self.heading,) if self.heading else ()

    def _read_plain(self, top: list[_Node], k: int) -> int:
        """Read one sentence outside a list, with the list below it if it opens one."""
        node = top[k]
        unit, said = node.units[0], self._say(node.units[0])
        last = k
        while last + 1 < len(top) and top[last + 1].marker is not None:
            last += 1
        is_closed = _CLOSED.match(said) is not None and not self._is_plain_list(top[k + 1 : last + 1])
        if last > k and not is_closed and (unit.role in ("preamble", "heading", "q") or said.endswith((":", "-"))):
            self._read_stem(node, top[k + 1 : last + 1])
            return last + 1
        if unit.role in ("heading", "preamble", "q", "constraint", "background") and said.endswith((":", "-", ":-")):
            return self._read_open(top, k)
        if unit.role == "heading":
            self.heading = said
        elif unit.role == "table":
            return self._read_table(top, k)
        elif self._refines(top, k):
            self.items[-1].end = unit.end
        elif stems.is_scope(said) and unit.role not in ("closing", "greeting"):
            self._bind(said)
        elif unit.role in ("q", "preamble"):
            return self._read_ask(top, k)
        elif self._extends(top, k):
            self.items[-1].end = unit.end
        elif unit.role in ("definition", "clarification"):
            self._bind(said, unit.role)
        elif unit.role in ("background", "prior_ref") and not self.items:
            self.scope.append(("background", said))
        return k + 1

    def _refines(self, top: list[_Node], k: int) -> bool:
        """Tell whether a sentence breaks down or narrows the one unmarked question before it."""
        unit, said = top[k].units[0], self._say(top[k].units[0])
        if not self.items or k == 0 or unit.role in _TAIL | {"constraint"} or not stems.is_clarifying(said):
            return False
        if _CONDITION.match(said) or not self._is_directly_after(top, k):
            return False
        is_near = top[k - 1].units[-1].line == unit.line or not self._opens_line(unit)
        return (
            is_near
            or len(self.items) == 1
            or not stems.is_scope(said)
            or re.search(r"\bthis\s+(?:figure|number)\b", said) is not None
        )

    def _is_plain_list(self, group: Sequence[_Node]) -> bool:
        """Tell whether a list holds only a few words on each item and nothing below."""
        return all(
            not node.children and len(self._first(node).split()) <= 6 and not is_ask(self._first(node))
            for node in group
        )

    def _first(self, node: _Node) -> str:
        return self._say(node.units[0]) if node.units else ""

    def _bind(self, said: str, kind: str = "preamble") -> None:
        """Let a sentence bind every question, those before it too."""
        self.scope.append((kind, said))
        for item in self.items:
            item.scope += ((kind, said),)

    def _extends(self, top: list[_Node], k: int) -> bool:
        """Tell whether a sentence that asks nothing explains the unmarked question just before it."""
        if not self.items or k == 0 or top[k].units[0].role in _TAIL | {"constraint"}:
            return False
        previous, unit = top[k - 1], top[k].units[0]
        if previous.marker is not None or self.items[-1].end != previous.end or top[k].after_blank:
            return False
        said, before = self._say(unit), self._say(previous.units[-1])
        if stems.is_clarifying(said):
            return True
        is_open = before[-1] not in ".?!;:"
        return (
            is_open
            and previous.units[-1].line != unit.line
            and (
                _PREPOSITION_START.match(said) is not None
                or stems.is_value_line(said)
                and before.rstrip(".").endswith(("years", "periods"))
            )
            or (stems.is_value_line(said) and re.match(r"\W*\d", said) is not None)
        )

    def _read_stem(self, node: _Node, group: list[_Node]) -> None:
        unit, said = node.units[0], self._say(node.units[0])
        if stems.is_example(said):
            return
        texts = [self._first(child) for child in group]
        if stems.are_values(said, texts):
            if stems.is_field_stem(said) and not _names_thing(said) and self.items:
                if len(self.items) == 1:
                    self.items[0].end = self._end_of(group[-1])
                else:
                    self._bind(self.text[unit.start : group[-1].end])
                return
            asks = cut_asks(self.text, unit.start, unit.end)
            self._add(asks[0].start, self._end_of(group[-1]))
            return
        if unit.role == "heading" and not is_ask(said):
            self.heading = said
        else:
            if stems.has_object(said) and said.endswith("?"):
                self._add(unit.start, unit.end)
            self.scope = [entry for entry in self.scope if entry[0] != "stem"]
            self.scope.append(("stem", said))
        self._emit_group(group, self._path(), "")

    def _read_open(self, top: list[_Node], k: int) -> int:
        """Read a sentence that ends in a colon and is followed by plain lines."""
        node = top[k]
        unit, said = node.units[0], self._say(node.units[0])
        last = k
        while last + 1 < len(top) and top[last + 1].marker is None and self._is_value(top[last + 1]):
            last += 1
        if last == k:
            if unit.role == "constraint":
                return k + 1
            if unit.role == "heading" or len(said.split()) < 3:
                self.heading = said
            elif k + 1 < len(top) and any(
                other.units and other.units[0].role in ("q", "preamble") for other in top[k + 1 :]
            ):
                self.scope.append(("preamble", said))
            elif stems.has_object(said):
                self._add(unit.start, unit.end)
            return k + 1
        values = [self._say(other.units[0]) for other in top[k + 1 : last + 1]]
        is_continuing = bool(self.items) and self.items[-1].end == top[k - 1].end and top[k - 1].marker is None
        if (
            stems.has_object(said)
            or stems.are_values(said, values)
            or starts_ask(said)
            and not stems.is_topic(said, "x")
        ):
            if not stems.has_object(said) and not starts_ask(said):
                self.heading = said
                return k + 1
            if is_continuing and not stems.has_object(said):
                self.items[-1].end = top[last].end
            else:
                self._add(cut_asks(self.text, unit.start, unit.end)[0].start, top[last].end)
            return last + 1
        if is_continuing and is_ask(said):
            self.items[-1].end = top[last].end
            return last + 1
        if (
            not self.items
            and len(values) > 1
            and not is_ask(" ".join(self._say(other.units[0]) for other in top[last + 1 :] if self._may_ask(other)))
        ):
            self._add(unit.start, top[last].end)
            return last + 1
        self.scope.append(("preamble", said))
        return k + 1

    def _may_ask(self, node: _Node) -> bool:
        return bool(node.units) and node.units[0].role in ("q", "preamble")

    def _is_value(self, node: _Node) -> bool:
        unit = node.units[0]
        said = self._say(unit)
        if unit.role in _TAIL | {"q", "preamble", "constraint", "table"}:
            return unit.role == "q" and stems.is_value_line(said)
        is_short = len(said.split()) <= 8 and not is_ask(said) and (said[-1] not in ".!" or len(said.split()) <= 3)
        return is_short or stems.is_value_line(said)

    def _read_ask(self, top: list[_Node], k: int) -> int:
        unit, said = top[k].units[0], self._say(top[k].units[0])
        if stems.is_complaint(said):
            return k + 1
        following = next(
            (other for other in top[k + 1 :] if other.marker is not None or other.units[0].role in ("q", "preamble")),
            None,
        )
        after = self._say(following.units[0]) if following is not None and following.units else ""
        if unit.role == "preamble" and not stems.has_object(said) and not after:
            return k + 1
        if not self.items and stems.is_topic(said, after):
            self.scope.append(("preamble", said))
            return k + 1
        if not stems.has_object(said) and not said.endswith("?") and is_contentless(said):
            return k + 1
        if (
            self.items
            and self._is_directly_after(top, k)
            and (stems.is_clarifying(said) and (starts_ask(said) or not said[:1].islower() or True))
            and not _CONDITION.match(said)
        ):
            self.items[-1].end = unit.end
            return k + 1
        if k + 1 < len(top) and top[k + 1].units and top[k + 1].units[0].role == "table" and "table" in said:
            self.scope.append(("preamble", said))
            return k + 1
        for ask in cut_asks(self.text, unit.start, unit.end):
            self._add(ask.start, ask.end, label=ask.label, lead=ask.lead)
        return k + 1

    def _is_directly_after(self, top: list[_Node], k: int) -> bool:
        """Tell whether nothing but closed questions stands between this sentence and the last question."""
        between = self.text[self.items[-1].end : top[k].start]
        return not between.strip() and top[k - 1].marker is None

    def _read_table(self, top: list[_Node], k: int) -> int:
        """Read the column heads of a blank form as questions; a filled table asks nothing."""
        last = k
        while last + 1 < len(top) and top[last + 1].marker is None and top[last + 1].units[0].role == "table":
            last += 1
        rows = [self._say(node.units[0]) for node in top[k : last + 1]]
        head = top[k].units[0]
        cells = [found for found in re.finditer(r"[^|\t]+", self._say(head)) if found.group().strip()]
        is_blank = len(rows) > 1 and all(sum(bool(c.strip()) for c in re.split(r"[|\t]", row)) <= 1 for row in rows[1:])
        if is_blank and len(cells) > 1:
            for cell in cells[1:]:
                start = head.start + cell.start() + len(cell.group()) - len(cell.group().lstrip())
                self._add(start, start + len(cell.group().strip()))
        return last + 1

    def _add(
        self, start: int, end: int, *, label: str | None = None, path: tuple[str, ...] | None = None, lead: str = ""
    ) -> None:
        scope = tuple(self.scope) + ((("preamble", lead),) if lead else ())
        self.items.append(Item(start, end, label, self._path() if path is None else path, scope))

    def _emit_group(self, nodes: Sequence[_Node], path: tuple[str, ...], above: str) -> None:
        k = 0
        while k < len(nodes):
            k += self._emit(nodes, k, path, above)

    def _emit(self, nodes: Sequence[_Node], k: int, path: tuple[str, ...], above: str) -> int:
        """Emit one list item and what hangs below; return how many siblings it used up."""
        node = nodes[k]
        label = _print_label(above, node)
        inner = label or above
        if node.children:
            self._emit_parent(node, path, label, inner)
            return 1
        if not node.units:
            return 1
        said = " ".join(self._say(unit) for unit in node.units)
        used = 1
        while k + used < len(nodes) and said.rstrip("- ").endswith(":"):
            sibling = nodes[k + used]
            if (
                sibling.children
                or not sibling.units
                or not stems.is_value_line(_bare_text(self._say(sibling.units[0])))
            ):
                break
            used += 1
        start, end, heading = self._trim_leaf(node)
        if _STATEMENT.match(said) and not is_ask(said):
            return used
        self._add(start, nodes[k + used - 1].end if used > 1 else end, label=label, path=path + heading)
        return used

    def _trim_leaf(self, node: _Node) -> tuple[int, int, tuple[str, ...]]:
        units = list(node.units)
        heading: tuple[str, ...] = ()
        first = units[0]
        rest = [unit for unit in units if unit.line != first.line]
        is_head = (
            rest
            and (self._is_heading(_Node([first])) or self._is_title(_Node([first]), self._say(rest[0])))
            and rest
            and len(rest) == len(units) - 1
        )
        if is_head and (any(is_ask(self._say(unit)) for unit in rest) or self._say(first).endswith(":")):
            heading, units = (self._say(first),), rest
        while len(units) > 1 and (_SKIP.search(self._say(units[-1])) or units[-1].role in _TAIL):
            units.pop()
        return units[0].start, units[-1].end, heading

    def _opens_line(self, unit: Sentence) -> bool:
        return unit.start <= self.lines[unit.line].content_start

    def _end_of(self, node: _Node) -> int:
        """Return where a list item ends without general wishes that follow its last value."""
        if node.children:
            return self._end_of(node.children[-1])
        units = list(node.units)
        while len(units) > 1 and units[-1].role in _TAIL | {"constraint"} and self._opens_line(units[-1]):
            units.pop()
        return units[-1].end if units else node.content

    def _emit_parent(self, node: _Node, path: tuple[str, ...], label: str | None, above: str) -> None:
        own = " ".join(self._say(unit) for unit in node.units)
        texts = [self._first(child) for child in node.children]
        stem = self._say(node.units[-1]) if node.units else ""
        if node.units and (stems.are_values(own, texts) or (len(node.units) > 1 and stems.are_values(stem, texts))):
            start, _, heading = self._trim_leaf(node)
            self._add(start, self._end_of(node), label=label, path=path + heading)
            return
        is_open = bool(node.units) and (stem.endswith((":", "-")) or _CONDITION.match(stem) is not None)
        asked = [unit for unit in node.units if not (is_open and unit is node.units[-1])]
        is_question = any(
            self._say(unit).endswith("?") or (len(asked) > 1 and is_ask(self._say(unit))) for unit in asked
        )
        if asked and not is_question and not is_open:
            is_question = starts_ask(own) and stems.has_object(own) and len(own.split()) > 6 and own.endswith(".")
        if asked and is_question:
            self._add(asked[0].start, asked[-1].end, label=label, path=path)
        self._emit_group(node.children, path + ((own,) if own else ()), above)


def is_contentless(said: str) -> bool:
    """Tell whether an ask names nothing: "I would like to make a request."

    >>> is_contentless("Please help me with this request."), is_contentless("Please send the minutes.")
    (True, False)
    """
    return re.search(
        r"\b(?:make|submit|making|submitting|help|answer|respond|following|this\s+request|an?\s+(?:foi\s+)?request|with\s+this)\b",
        said,
        re.IGNORECASE,
    ) is not None and not re.search(r"\b(?:number|cost|list|cop(?:y|ies)|how|what|details?|all)\b", said, re.IGNORECASE)


def is_example_or_clarifying(said: str) -> bool:
    """Tell whether a stem only opens examples or options."""
    return stems.is_example(said) or stems.is_clarifying(said)


def _names_thing(said: str) -> bool:
    """Tell whether a stem of fields also names the thing whose fields they are."""
    return re.search(
        r"\b(?:list|copy|register|data|dataset|details)\b.{0,60}?\b(?:of|for|on|about)\b|\bfor\s+every\b|\beach\b",
        said,
        re.IGNORECASE,
    ) is not None and not re.match(r"please\s+include", said, re.IGNORECASE)


def _bare_text(said: str) -> str:
    return re.sub(r"^\(?[A-Za-z0-9]{1,2}[.)]\s*", "", said)


def _print_label(above: str, node: _Node) -> str | None:
    """Return the label as a reply would cite it: `3`, `B`, `1(a)(i)`; bullets have none."""
    marker = (node.marker or "").removeprefix("Q")
    if node.kind == "bullet" or not marker:
        return None
    if not above or "(" in marker or marker.startswith(above + "."):
        return marker
    return f"{above}({marker})"


def iterate_spans(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Yield the spans of items in order."""
    for item in items:
        yield item.start, item.end
