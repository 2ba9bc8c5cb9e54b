"""Read a line as one before it was read, where both have one form: other names, other numbers.

A long file repeats few forms: a network written out neuron by neuron, a loop written out step by
step. What the first line of a form became is kept: which ops, and which word each parent is. The
next one needs no tokens, no tree and no lookup of ops. Whatever is not sure to be the same (a name
that is not there, a label, a comparison, brackets over two rows) is read in full, and so is
everything that is wrong: errors are told as always.
"""

from __future__ import annotations

import re
from array import array
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.expr.dialect import STRICT
from graphgrad.graph.columns import Nodes
from graphgrad.ops.registry import code_of
from graphgrad.source.leaves import LeafValue
from graphgrad.source.operands import decimal_number
from graphgrad.source.programs.runner import Runner

__all__ = ["Forms"]

_PARTS = r"(?:\.(?!(?:T|mT|grad)\b)[A-Za-z_]\w*)*"
_NAME = rf"[A-Za-z_]\w*{_PARTS}(?:\[\d+(?:,\d+)*\]{_PARTS})*"
_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_WORD = re.compile(rf"(?<![\w.])({_NAME}(?![\w.[])(?!\s*\()|{_NUMBER}(?![\w.]))", re.ASCII)
_MEMBER = re.compile(r"([A-Za-z_]\w*)\[((?:0|[1-9]\d*)(?:,(?:0|[1-9]\d*))*)\]", re.ASCII)
_LEAF = re.compile(rf"\s*(input|param)\s+({_NAME})\s*=\s*(-?)({_NUMBER})\s*", re.ASCII)
_CONST = code_of("const")
_MOST_KNOWN = 10_000

Key = tuple[Any, ...]


class Recipe(NamedTuple):
    """What a line became.

    Attributes:
        nodes: its nodes; a parent before the line is ``~slot``, a word behind ``=``.
        numbers: constants, each with the slot of its number.
        fixed: constants that no word alone tells.
    """

    nodes: Nodes
    numbers: tuple[tuple[int, int], ...]
    fixed: tuple[tuple[int, Any], ...]


class Seen(NamedTuple):
    """A line that no form is known of: its key, its words, and the node of each behind ``=``."""

    text: str
    key: Key
    words: list[str]
    nodes: list[int | None]


class Forms:
    """The forms of the lines of one file.

    Args:
        runner: receives the lines.
    """

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.workspace = runner.workspace
        self.known: dict[Key, tuple[tuple[int, ...], dict[Key, Recipe]]] = {}
        self.met: set[Key] = set()
        self.read_numbers: dict[str, Fraction] = {}
        self.seen: Seen | None = None

    def read(self, text: str) -> bool:
        """Append a line of a form that is known; tell whether it was one."""
        name = self.repeat(text)
        if name:
            self.runner.last = name
            return True
        leaf = self.leaf(text)
        if leaf is not None:
            self.runner.append_leaf(*leaf, group=self.workspace.group)
        return leaf is not None

    def repeat(self, text: str) -> str:
        """Append a line whose form is known and return its name, else nothing at all."""
        self.seen = None
        if not text.isascii() or self.workspace.dialect is not STRICT:
            return ""
        if text.count("=") != 1 or '"' in text or len(text) > STRICT.max_length:
            return ""
        parts = _WORD.split(text)
        between, words = tuple(parts[::2]), parts[1::2]
        if len(words) < 2 or between[0].strip() or between[1].lstrip()[:1] != "=":
            return ""
        found = self._recipe(text, between, words)
        if found is None:
            return ""
        recipe, nodes = found
        try:
            values = [(node, self._number(words[slot + 1])) for node, slot in recipe.numbers]
        except GraphgradError:
            return ""
        workspace = self.workspace
        if not self._claim(words[0]):
            return ""
        base = workspace.builder.columns.repeat(recipe.nodes, nodes)
        defaults = workspace.builder.defaults
        for node, value in values:
            defaults[base + node] = value
        for node, value in recipe.fixed:
            defaults[base + node] = value
        workspace.end_line(words[0], group=workspace.group)
        return words[0]

    def leaf(self, text: str) -> tuple[str, str, LeafValue] | None:
        """Return keyword, name and value of a leaf that is one number, and claim its name."""
        found = _LEAF.fullmatch(text) if text.isascii() else None
        if found is None or self.workspace.dialect is not STRICT:
            return None
        keyword, name, sign, number = found.groups()
        try:
            value = decimal_number(number)
        except GraphgradError:
            return None
        if not self._claim(name):
            return None
        return keyword, name, LeafValue(-value if sign else value, ())

    def _recipe(
        self, text: str, between: tuple[str, ...], words: list[str]
    ) -> tuple[Recipe, list[int | None]] | None:
        """Return what a line of this form became, and the nodes of the words behind ``=``."""
        get = self.workspace.names.get
        shapes = self.workspace.builder.columns.shapes
        nodes: list[int | None] = []
        kinds: list[int] = []
        for word in words[1:]:
            node = get(word)
            if node is None and word[0] not in "0123456789.":
                return None
            nodes.append(node)
            kinds.append(-1 if node is None else shapes[node])
        key: Key = (between, *kinds)
        if len(set(nodes)) < len(nodes):
            key = (*key, *map(nodes.index, nodes))
        fixed, variants = self.known.get(key, ((), None))
        recipe = variants and variants.get(tuple([words[slot + 1] for slot in fixed]))
        if recipe:
            return recipe, nodes
        if key in self.met:
            self.seen = Seen(text, key, words, nodes)
        elif len(self.met) < _MOST_KNOWN:
            self.met.add(key)  # a form that is met once only is not worth learning
        return None

    def _number(self, text: str) -> Fraction:
        value = self.read_numbers.get(text)
        if value is None:
            value = self.read_numbers[text] = decimal_number(text)
        return value

    def _claim(self, name: str) -> bool:
        """Enter a name in its family; False where it has to be looked at."""
        workspace = self.workspace
        if name in workspace.names or name in workspace.families:
            return False
        if "[" not in name and "." not in name:
            return True
        found = _MEMBER.fullmatch(name)
        if found is None or found[1] in workspace.names:
            return False
        family, count = workspace.families.get(found[1]), found[2].count(",") + 1
        if family is None or family.count != count:
            return False
        workspace.join_family(found[1], count, name)
        return True

    # ---- learning ----

    def learn(self, text: str, first: int) -> None:
        """Keep what the line that `repeat` has just seen became.

        Args:
            text: the line.
            first: its first node.
        """
        seen, self.seen = self.seen, None
        if seen is None or seen.text != text:
            return
        columns = self.workspace.builder.columns
        nodes = columns.taken(first)
        slots = {node: slot for slot, node in enumerate(seen.nodes) if node is not None}
        before = {parent for parent in nodes.parents if parent < first}
        if before != slots.keys() or "" in seen.key[0][1:-1]:
            return  # a word that is no parent, or a parent that no word is
        parents = array("q", [p - first if p >= first else ~slots[p] for p in nodes.parents])
        numbers, fixed = self._constants(seen, nodes, first)
        free = {slot for _, slot in numbers}
        held = tuple(
            slot for slot, node in enumerate(seen.nodes) if node is None and slot not in free
        )
        recipe = Recipe(nodes._replace(parents=parents), numbers, fixed)
        known, variants = self.known.get(seen.key, (held, None))
        if variants is None or set(held) < set(known):
            known, variants = held, {}
        if set(held) <= set(known) and len(variants) < _MOST_KNOWN:
            variants[tuple([seen.words[slot + 1] for slot in known])] = recipe
            self.known[seen.key] = known, variants

    def _constants(
        self, seen: Seen, nodes: Nodes, first: int
    ) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, Any], ...]]:
        """Return the constants of a line by the word they are, and those that no one word is."""
        defaults = self.workspace.builder.defaults
        words: dict[Any, list[int]] = {}
        for slot, node in enumerate(seen.nodes):
            if node is None:
                words.setdefault(decimal_number(seen.words[slot + 1]), []).append(slot)
        given = [(k, defaults[first + k]) for k, code in enumerate(nodes.codes) if code == _CONST]
        alike = [value for _, value in given if isinstance(value, Fraction)]
        numbers, fixed = [], []
        for k, value in given:
            slots = words.get(value, []) if isinstance(value, Fraction) else []
            if len(slots) == 1 and alike.count(value) == 1:
                numbers.append((k, slots[0]))
            else:
                fixed.append((k, value))
        return tuple(numbers), tuple(fixed)
