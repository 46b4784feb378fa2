"""Where each question of a request starts and ends.

In: the segmented request. Out: one `Item` per question, with its label, the headings and parents above it and the scope
that binds it; and the sentences that wish for a form, a price or an order.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Final

from triage.schema import Segmented, Sentence
from triage.segment.asides import announces, explains_itself, speaks_of_reply, wishes
from triage.segment.cues import is_ask, starts_ask
from triage.split import stems
from triage.split.labels import binds, drop_joint, print_label
from triage.split.prose import cut_asks
from triage.split.tree import TAIL, Node, Tree

__all__ = ["Item", "find_items"]


_SKIP: Final = re.compile(
    r"if\s+(?:not|no|yes|so)\b.{0,20}\b(?:skip|go\s+to|move|ignore|proceed)\b|please\s+skip\b", re.IGNORECASE
)
_CONDITION: Final = re.compile(r"if\s+(?:yes|so|no|not|applicable|you\s+do)\b", re.IGNORECASE)


_STATEMENT: Final = re.compile(
    r"(?:this|that|it|we|i|they|there|you|he|she|as)\s+(?:is|was|are|were|would|will|am|have|has|had|do|did|can|could|may|"
    r"believe|understand|know|note|think|said|told|stated)\b",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    r"(?!.*\b(?:following|below|these)\b)(?:how|what|which|who|when|where|why|do|does|did|is|are|was|were|has|have)\b.*[.?!]$",
    re.IGNORECASE | re.DOTALL,
)
_BLANK: Final = re.compile(r"\s*£?\s*[_.…]{4,}\s*$")
"""The line to write on behind a question of a form."""
_FORM: Final = re.compile(r"\b(?:table|grid|form|complete|fill)\b", re.IGNORECASE)


_COMPLETE: Final = re.compile(r"\b(?:complete|completing|fill|filling|populate)\b", re.IGNORECASE)


_TITLE: Final = re.compile(
    r"(?:re|subject|ref|foi|freedom\s+of\s+information|request|information\s+request)\b", re.IGNORECASE
)
_DATED_TITLE: Final = re.compile(r"(?-i:[A-Z])[^.?!:]*\b(?:19|20)\d\d(?:[/-]\d{2,4})?\W*$")
"""A title with the period of all questions: "Agency doctors, 1 April 2023 - 31 March 2024"."""
_PREPOSITION_START: Final = re.compile(
    r"(?:for|of|in|from|with|to|by|at|on|and|or|who|which|that|including)\b", re.IGNORECASE
)


@dataclasses.dataclass(slots=True)
class Item:
    """The span of one question and what it hangs on.

    `path` are headings and parents, `scope` sentences that bind it from elsewhere, each with where it came from;
    `joined` numbers the sentence of running text that it was cut from together with others, else 0.
    """

    start: int
    end: int
    label: str | None = None
    path: tuple[str, ...] = ()
    scope: tuple[tuple[str, str], ...] = ()
    joined: int = 0


def find_items(segmented: Segmented) -> tuple[list[Item], list[Sentence]]:
    """Find the questions of a request, and the sentences that are wishes about the answer."""
    taken = _Finder(segmented)
    items = taken.find()
    spans = [(item.start, item.end) for item in items]
    wishes = [
        unit
        for unit in taken.tree.units
        if unit.role == "constraint" and not any(start < unit.end and unit.start < end for start, end in spans)
    ]
    return items, wishes


_LONGEST_FIELD: Final = 8
"""Words of the longest name of a field in a form."""


_LONGEST_COLUMN: Final = 12
"""Words of the longest name of a column of a register."""
_LEAST_FIELDS: Final = 3


class _Finder:
    """Walk over one request, line by line."""

    def __init__(self, segmented: Segmented) -> None:
        self.text = segmented.text
        self.tree = Tree(segmented)
        self.items: list[Item] = []
        self.heading: str | None = None
        self.scope: list[tuple[str, str]] = []

    def _say(self, unit: Sentence) -> str:
        return self.text[unit.start : unit.end]

    def find(self) -> list[Item]:
        """Build the tree, then read it from top to bottom."""
        top = self.tree.build()
        self.scope += [("clarification", self._say(unit)) for unit in self.tree.amendments]
        k = 0
        while k < len(top):
            k = self._read_marked(top, k) if top[k].marker is not None else self._read_plain(top, k)
        if not self.items:
            # Who asks for nothing but an opinion is answered on that.
            for unit in self.tree.units:
                if unit.role == "opinion" and self._say(unit).endswith("?"):
                    self._add(unit.start, unit.end)
        return self._tidy()

    def _tidy(self) -> list[Item]:
        """Put the questions in order, free of overlap and of joints at their ends, with the scope that names them."""
        ordered = sorted(self.items, key=lambda item: item.start)
        for k, item in enumerate(ordered):
            if k + 1 < len(ordered):
                item.end = min(item.end, ordered[k + 1].start)
            said = self.text[item.start : item.end]
            item.end -= len(said) - len(drop_joint(_BLANK.sub("", said.rstrip())).rstrip())
            # A reader counts bullets: "point 3" is the third of them.
            label = item.label if any(each.label for each in ordered) else str(k + 1)
            item.scope = tuple((kind, said) for kind, said in item.scope if binds(said, label))
        return [item for item in ordered if any(char.isalnum() for char in self.text[item.start : item.end])]

    # Reading the tree.

    def _read_marked(self, top: list[Node], k: int) -> int:
        """Read list items that stand under no stem."""
        last = k
        while last + 1 < len(top) and top[last + 1].marker is not None:
            last += 1
        self._emit_group(top[k : last + 1], self._path(), "")
        return last + 1

    def _path(self) -> tuple[str, ...]:
        return (self.heading,) if self.heading else ()

    def _read_plain(self, top: list[Node], k: int) -> int:
        """Read one sentence outside a list, with the list below it if it opens one."""
        node = top[k]
        unit, said = node.units[0], self._say(node.units[0])
        last = k
        while last + 1 < len(top) and top[last + 1].marker is not None:
            last += 1
        if k + 1 < len(top) and top[k + 1].units and top[k + 1].units[0].role == "table" and _FORM.search(said):
            if starts_ask(said) and stems.has_object(said) and not _COMPLETE.search(said):
                last = k + 1
                while last + 1 < len(top) and top[last + 1].units and top[last + 1].units[0].role == "table":
                    last += 1
                self._add(unit.start, top[last].end)
                return last + 1
            if stems.shows_measure(said):
                last = k + 1
                while last + 1 < len(top) and self._is_row(top[last + 1]):
                    last += 1
                self._add(unit.start, unit.end)
                return last + 1
            self.scope.append(("preamble", said))
            return k + 1
        if (run := self._find_fields(top, k)) and self.items and self.items[-1].end == top[k - 1].end:
            self.items[-1].end = top[k + run - 1].end
            return k + run
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
        elif self._goes_on_asking(top, k):
            self._add(unit.start, unit.end)
        elif self._extends(top, k):
            self.items[-1].end = unit.end
        elif unit.role in ("definition", "clarification"):
            self._bind(said, unit.role)
        elif k < 3 and not self.items and _DATED_TITLE.match(said) and len(said.split()) <= 15:
            self.scope.append(("heading", said))
        elif k < 3 and not self.items and _TITLE.match(said) and len(said.split()) <= 15 and said[-1] not in ".,":
            self.scope.append(("heading", _TITLE.sub("", said)))
        elif unit.role in ("background", "prior_ref") and not self.items:
            self.scope.append(("background", said))
        return k + 1

    def _find_fields(self, top: Sequence[Node], k: int) -> int:
        """Count the lines from here on that are names of fields to be filled in; fewer than three are none."""
        run = 0
        while k + run < len(top) and top[k + run].marker is None and stems.is_blank_field(self._first(top[k + run])):
            run += 1
        return run if run >= _LEAST_FIELDS else 0

    def _is_row(self, node: Node) -> bool:
        return node.marker is None and bool(node.units) and node.units[0].role == "table"

    def _refines(self, top: list[Node], k: int) -> bool:
        """Tell whether a sentence breaks down or narrows the one unmarked question before it."""
        unit, said = top[k].units[0], self._say(top[k].units[0])
        if not self.items or k == 0 or unit.role in TAIL | {"constraint"} or not stems.is_clarifying(said):
            return False
        if _CONDITION.match(said) or not self._is_directly_after(top, k):
            return False
        is_near = top[k - 1].units[-1].line == unit.line or not self.tree.opens_line(unit)
        return (
            is_near
            or len(self.items) == 1
            or not stems.is_scope(said)
            or re.search(r"\bthis\s+(?:figure|number)\b", said) is not None
        )

    def _is_plain_list(self, group: Sequence[Node]) -> bool:
        """Tell whether a list holds only a few words on each item and nothing below."""
        return all(
            not node.children and len(self._first(node).split()) <= 6 and not is_ask(self._first(node))
            for node in group
        )

    def _first(self, node: Node) -> str:
        return self._say(node.units[0]) if node.units else ""

    def _bind(self, said: str, kind: str = "preamble") -> None:
        """Let a sentence bind every question, those before it too."""
        self.scope.append((kind, said))
        for item in self.items:
            item.scope += ((kind, said),)

    def _extends(self, top: list[Node], k: int) -> bool:
        """Tell whether a sentence that asks nothing explains the unmarked question just before it."""
        if not self.items or k == 0 or top[k].units[0].role in TAIL | {"constraint"}:
            return False
        previous, unit = top[k - 1], top[k].units[0]
        if previous.marker is not None or self.items[-1].end != previous.end or top[k].after_blank:
            return False
        if stems.is_option(self._say(unit)):
            return True
        said, before = self._say(unit), self._say(previous.units[-1])
        if stems.is_clarifying(said):
            return True
        is_open = before[-1] not in ".?!;:"
        return (
            is_open
            and previous.units[-1].line != unit.line
            and (
                _PREPOSITION_START.match(said) is not None
                or (stems.is_value_line(said) and before.rstrip(".").endswith(("years", "periods")))
            )
        ) or (stems.is_value_line(said) and re.match(r"\W*\d", said) is not None)

    def _goes_on_asking(self, top: list[Node], k: int) -> bool:
        """Tell whether a bare line is one more of the asks that stand one a line below a "Please provide:"."""
        unit, said = top[k].units[0], self._say(top[k].units[0])
        if k == 0 or not self.items or unit.role not in ("background", "heading", "values"):
            return False
        before = self._first(top[k - 1])
        is_list = any(
            kind == "preamble" and (words.endswith((":", "-")) or stems.points_below(words))
            for kind, words in self.scope
        )
        is_open = is_list and top[k - 1].marker is None and self.items[-1].end == top[k - 1].end
        is_short = said[0].isupper() and 2 <= len(said.split()) <= 12 and not stems.is_dates(said)
        is_bare = said[-1] not in ".:!" and before[-1] not in ".:!"
        is_noun = said[-1] == before[-1] == "." and stems.is_noun_line(said) and stems.is_noun_line(before)
        return is_open and is_short and (is_bare or is_noun)

    def _read_stem(self, node: Node, group: list[Node]) -> None:
        unit, said = node.units[0], self._say(node.units[0])
        if stems.is_example(said):
            return
        texts = [self._first(child) for child in group]
        follows = bool(self.items) and not self.text[self.items[-1].end : unit.start].strip()
        brings = stems.names_limits(said) or (
            follows and stems.lists_fields(said, self.text[self.items[-1].start : self.items[-1].end])
        )
        if follows and brings and not any(words.endswith("?") for words in texts):
            self.items[-1].end = self._end_of(group[-1])
            return
        if stems.are_values(said, texts):
            if stems.is_field_stem(said) and not stems.names_thing(said) and self.items:
                if len(self.items) == 1:
                    self.items[0].end = self._end_of(group[-1])
                else:
                    self._bind(self.text[unit.start : group[-1].end])
                return
            if self.items and stems.is_clarifying(said) and not self.text[self.items[-1].end : unit.start].strip():
                self.items[-1].end = self._end_of(group[-1])
                return
            asks = cut_asks(self.text, unit.start, unit.end)
            self._add(asks[0].start, self._end_of(group[-1]))
            return
        if unit.role == "heading" and said.endswith(".") and stems.is_scope(said):
            self._bind(said)
        elif unit.role == "heading" and not is_ask(said):
            self.heading = said
        else:
            if stems.has_object(said) and said.endswith("?"):
                self._add(unit.start, unit.end)
            self.scope = [entry for entry in self.scope if entry[0] != "stem"]
            self.scope.append(("stem", said))
        self._emit_group(group, self._path(), "")

    def _read_open(self, top: list[Node], k: int) -> int:
        """Read a sentence that ends in a colon and is followed by plain lines."""
        node = top[k]
        unit, said = node.units[0], self._say(node.units[0])
        last = k
        while (
            last + 1 < len(top)
            and top[last + 1].marker is None
            and (
                self._is_value(top[last + 1], is_form=stems.is_form(said))
                or (
                    stems.opens_fields(said)
                    and stems.is_field_line(self._first(top[last + 1]), longest=_LONGEST_COLUMN)
                )
            )
        ):
            if last + 2 < len(top) and top[last + 2].marker is not None:
                break
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
        if is_continuing and (stems.is_clarifying(said) or stems.names_limits(said)):
            self.items[-1].end = top[last].end
            return last + 1
        if (
            stems.has_object(said)
            or (starts_ask(said) and not stems.is_topic(said, "x"))
            or stems.are_values(said, values)
        ):
            if is_continuing and not stems.has_object(said):
                self.items[-1].end = top[last].end
            elif is_ask(said):
                self._add(cut_asks(self.text, unit.start, unit.end)[0].start, top[last].end)
            else:
                self.heading = said
                return k + 1
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

    def _may_ask(self, node: Node) -> bool:
        return bool(node.units) and node.units[0].role in ("q", "preamble")

    def _is_value(self, node: Node, *, is_form: bool = False) -> bool:
        unit = node.units[0]
        said = self._say(unit)
        if stems.is_option(said) or stems.is_blank_field(said):
            return True
        if is_form and said.endswith(":") and len(said.split()) <= _LONGEST_FIELD:
            return True
        if unit.role in TAIL | {"q", "preamble", "constraint", "table"}:
            return unit.role == "q" and stems.is_value_line(said)
        is_short = len(said.split()) <= 8 and not is_ask(said) and (said[-1] not in ".!" or len(said.split()) <= 3)
        return is_short or stems.is_value_line(said)

    def _read_ask(self, top: list[Node], k: int) -> int:
        unit, said = top[k].units[0], self._say(top[k].units[0])
        if stems.is_complaint(said) or announces(said):
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
        if not stems.has_object(said) and not said.endswith("?") and stems.is_contentless(said):
            if re.search(r"\d", said):
                self._bind(said)
            return k + 1
        if self.items and self._is_directly_after(top, k) and stems.is_clarifying(said) and not _CONDITION.match(said):
            self.items[-1].end = unit.end
            return k + 1
        asks = cut_asks(self.text, unit.start, unit.end)
        for ask in asks:
            self._add(ask.start, ask.end, label=ask.label, lead=ask.lead)
            self.items[-1].joined = k + 1 if len(asks) > 1 else 0
        return k + 1

    def _is_directly_after(self, top: list[Node], k: int) -> bool:
        """Tell whether nothing but closed questions stands between this sentence and the last question."""
        between = self.text[self.items[-1].end : top[k].start]
        return not between.strip() and top[k - 1].marker is None

    def _read_table(self, top: list[Node], k: int) -> int:
        """Read the column heads of a blank form as questions; a filled table asks nothing."""
        last = k
        while last + 1 < len(top) and top[last + 1].marker is None and top[last + 1].units[0].role == "table":
            last += 1
        rows = [self._say(node.units[0]) for node in top[k : last + 1]]
        head = top[k].units[0]
        cells = [found for found in re.finditer(r"[^|\t]+", self._say(head)) if found.group().strip()]
        is_blank = len(rows) > 1 and all(sum(bool(c.strip()) for c in re.split(r"[|\t]", row)) <= 1 for row in rows[1:])
        if is_blank and len(cells) > 1 and all(stems.is_dates(cell.group().strip()) for cell in cells[1:]):
            self.scope.append(("preamble", ", ".join(cell.group().strip() for cell in cells[1:])))
            for node in top[k + 1 : last + 1]:
                row = node.units[0]
                if (cell := re.search(r"[^|\t\s][^|\t]*", self._say(row))) is not None:
                    self._add(row.start + cell.start(), row.start + cell.start() + len(cell.group().rstrip()))
        elif is_blank and len(cells) > 1:
            for cell in cells[1:]:
                start = head.start + cell.start() + len(cell.group()) - len(cell.group().lstrip())
                self._add(start, start + len(cell.group().strip()))
        return last + 1

    def _add(
        self, start: int, end: int, *, label: str | None = None, path: tuple[str, ...] | None = None, lead: str = ""
    ) -> None:
        scope = tuple(self.scope) + ((("preamble", lead),) if lead else ())
        self.items.append(Item(start, end, label, self._path() if path is None else path, scope))

    def _emit_group(self, nodes: Sequence[Node], path: tuple[str, ...], above: str) -> None:
        k, base = 0, path
        while k < len(nodes):
            node = nodes[k]
            titled = k + 1 < len(nodes) and nodes[k + 1].kind != "question" and not node.children and bool(node.units)
            if titled and stems.is_heading_for(self._first(node), node.kind):
                path = (*base, self._first(node))
                k += 1
                continue
            k += self._emit(nodes, k, path, above)

    def _emit(self, nodes: Sequence[Node], k: int, path: tuple[str, ...], above: str) -> int:
        """Emit one list item and what hangs below; return how many siblings it used up."""
        node = nodes[k]
        label = print_label(above, node)
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
        if (_STATEMENT.match(said) and not is_ask(said)) or wishes(said) or explains_itself(said):
            return used
        self._add(start, nodes[k + used - 1].end if used > 1 else end, label=label, path=path + heading)
        return used

    def _trim_leaf(self, node: Node) -> tuple[int, int, tuple[str, ...]]:
        units = list(node.units)
        heading: tuple[str, ...] = ()
        first = units[0]
        rest = [unit for unit in units if unit.line != first.line]
        is_head = (
            rest
            and (self.tree.is_heading(Node([first])) or self.tree.is_title(Node([first]), self._say(rest[0])))
            and rest
            and len(rest) == len(units) - 1
        )
        if is_head and (any(is_ask(self._say(unit)) for unit in rest) or self._say(first).endswith(":")):
            heading, units = (self._say(first),), rest
        while len(units) > 1 and (
            _SKIP.search(self._say(units[-1])) or units[-1].role in TAIL or speaks_of_reply(self._say(units[-1]))
        ):
            units.pop()
        return units[0].start, units[-1].end, heading

    def _end_of(self, node: Node) -> int:
        """Return where a list item ends without general wishes that follow its last value."""
        if node.children:
            return self._end_of(node.children[-1])
        units = list(node.units)
        while len(units) > 1 and units[-1].role in TAIL | {"constraint"} and self.tree.opens_line(units[-1]):
            units.pop()
        return units[-1].end if units else node.content

    def _emit_parent(self, node: Node, path: tuple[str, ...], label: str | None, above: str) -> None:
        own = " ".join(self._say(unit) for unit in node.units)
        texts = [self._first(child) for child in node.children]
        stem = self._say(node.units[-1]) if node.units else ""
        if node.units and stems.is_heading_for(own, node.kind):
            self._emit_group(node.children, (*path, own), above)
            return
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
        is_question = is_question or (bool(asked) and not is_open and stems.is_measure(own))
        if asked and is_question:
            self._add(asked[0].start, asked[-1].end, label=label, path=path)
        self._emit_group(node.children, path + ((own,) if own else ()), above)


def _bare_text(said: str) -> str:
    return re.sub(r"^\(?[A-Za-z0-9]{1,2}[.)]\s*", "", said)
