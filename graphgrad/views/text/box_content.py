"""Say what a box says, once for figures, terminal boxes, pages, tables and steps.

A line says its name and its formula, a closed group what it is and what it holds:
``h1 = first(x)`` and ``dense 2→16, W 16×2, b 16, tanh``. Both then show values and adjoints.
Each view spells names and numbers in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.graph.blocks import Block
from graphgrad.graph.depth import ClosedGroup
from graphgrad.graph.formula import line_formula, written_value
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts
from graphgrad.ops.shapes import Shape
from graphgrad.views.text.name_ranges import array_shapes, ranged, shape_words

if TYPE_CHECKING:
    from graphgrad.layers.row import Layer  # a graph without layers loads none

__all__ = [
    "BoxContent",
    "Call",
    "activation_word",
    "activations_of",
    "called_word",
    "group_content",
    "is_number_of",
    "layer_noun",
    "spelled_call",
]

_MOST_ARGUMENTS = 3
_ABBREVIATION = 3
_MOST_PARAMETERS = 12
MOST_RESULTS = 4


class Call(NamedTuple):
    """A call as its author wrote it, without settings: a layer or a row, and what is given to it.

    Attributes:
        head: the name of the layer or of the row.
        arguments: nodes, or calls inside of the call: ``second(first(x))``.
        more: whether there are more arguments than are told.
    """

    head: str
    arguments: tuple[int | Call, ...]
    more: bool = False


class BoxContent(NamedTuple):
    """What the box of a closed group says.

    Attributes:
        group: the group.
        name: what heads the box: the last part of the group's name.
        call: what stands after an equals sign; None for a header.
        summary: what it is, what enters and leaves, its own parameters, its activation.
        results: the nodes whose values and adjoints it shows.
        named: whether those are told by name, since the head does not name them.
        names: of the lines that it stands for.
    """

    group: ClosedGroup
    name: str
    call: Call | None
    summary: str
    results: tuple[int, ...]
    named: bool
    names: tuple[str, ...]

    def told(self, name: str) -> str:
        """Return the name of a result as it stands before its number: without the group's."""
        return name.removeprefix(f"{self.group.name}.") if self.named else ""

    @property
    def rest(self) -> int:
        """Return how many results there are beyond those shown."""
        return len(self.group.outputs) - len(self.results)


def group_content(graph: Graph, group: ClosedGroup, language: str = "en") -> BoxContent:
    r"""Return what the box of a closed group says, its layer named in a language.

    >>> from graphgrad.graph.depth import closed_groups
    >>> from graphgrad.source.gg import read_gg
    >>> text = "input x: 2\nparam W: 16x2\nparam b: 16\n[h]\nz = W@x + b\na = tanh(z)"
    >>> graph = read_gg(text)
    >>> group_content(graph, closed_groups(graph, ["h"])[0]).summary
    '2→16, W 16×2, b 16, tanh'
    """
    name = group_parts(group.name)[-1]
    outputs = [graph.name(node) for node in group.outputs]
    leaves = group.lines == group.leaves
    return BoxContent(
        group,
        name,
        None if leaves else _call(graph, group, language),
        _summary(graph, group, language, leaves=leaves),
        group.outputs[:MOST_RESULTS],
        outputs not in ([group.name], _defined(group)),
        tuple(graph.line_names[index] for index in group.lines),
    )


def _defined(group: ClosedGroup) -> list[str]:
    """Return the one line that a call defines, which heads its box; else nothing."""
    defined = () if group.block is None else group.block.outputs
    return [*defined] if len(defined) == 1 else []


def spelled_call(
    graph: Graph,
    content: BoxContent,
    name: Callable[[int], str] | None = None,
    formula: Callable[[str], str] = str,
) -> str:
    """Return the call that made a group in plain signs; empty for a header.

    Args:
        graph: the graph.
        content: what the group's box says.
        name: how a view spells a node.
        formula: how it spells the formula of what is given through a line of the group itself.
    """
    if content.call is None:
        return ""
    name = name or graph.name

    def written(call: Call) -> str:
        given = [*map(told, call.arguments), *(["…"] if call.more else [])]
        return f"{call.head}({', '.join(given)})"

    def told(given: int | Call) -> str:
        if isinstance(given, Call):
            return written(given)
        if is_number_of(graph, content, given):
            return written_value(graph, given).text
        line = graph.line(graph.line_of(given))
        inner = line.index in content.group.lines and given == line.root
        return formula(line_formula(graph, line)) if inner else name(given)

    return written(content.call)


def is_number_of(graph: Graph, content: BoxContent, node: int) -> bool:
    """Tell whether what is given to a call is a number of the call itself: ``bce(p, 1)``."""
    own = graph.line_of(node) in content.group.leaves and "." in graph.name(node)
    return own and graph.is_constant(node) and not graph.columns.shape(node)


def _call(graph: Graph, group: ClosedGroup, language: str) -> Call | None:
    """Return the call that made a group, by the layer's own name where it has one."""
    block = group.block
    if block is None or not (block.owner or not (group.parameters or group.shared)):
        return None
    inside = {b.outputs[0]: b for b in graph.heading.blocks if b is not block and b.outputs}
    lines = {graph.line_names[index] for index in group.lines}
    inside = {name: b for name, b in inside.items() if name in lines}
    return _call_of(graph, block, inside, language)


def _call_of(graph: Graph, block: Block, inside: Mapping[str, Block], language: str) -> Call:
    """Return a call; what another call inside of it makes is that call."""
    given: list[int | Call] = []
    for name in block.inputs:
        made, node = inside.get(name), graph.find(name)
        if made is not None:
            within = {other: b for other, b in inside.items() if other != name}
            given.append(_call_of(graph, made, within, language))
        elif node is not None:
            given.append(node)
    more = len(given) > _MOST_ARGUMENTS
    head = block.owner or called_word(block.kind, language)
    return Call(head, () if more else tuple(given), more)


def _row_of(name: str) -> Layer | None:
    """Return a layer's row; a graph without layers does not load them."""
    from graphgrad.layers.registry import find_layer

    return find_layer(name)


def _activation(name: str) -> Layer | None:
    """Return an activation's row; the other layers are not loaded for an operation's name."""
    from graphgrad.layers.networks.activation_rows import ACTIVATION_LAYERS

    return next((row for row in ACTIVATION_LAYERS if name in (row.name, *row.aliases)), None)


def layer_noun(kind: str, language: str) -> str:
    """Return what a layer is called in a language; in English, its own name."""
    row = _row_of(kind) if language == "es" and kind else None
    return row.spanish if row is not None and row.spanish else kind


def called_word(kind: str, language: str) -> str:
    """Return what a call of a row is headed by in a language: a short word of files, else a noun.

    >>> called_word("cross_entropy", "es"), called_word("mse", "es"), called_word("bce", "es")
    ('entropía cruzada', 'ecm', 'bce')
    """
    row = _row_of(kind) if language == "es" and kind else None
    if row is None or row.kind == "activation" or not row.spanish:
        return kind
    word = next(iter(row.aliases), "")
    if word.isalpha() and word.isascii():
        return word
    return kind if len(kind) <= _ABBREVIATION else row.spanish


def activation_word(kind: str, language: str) -> str:
    """Return an activation as a box has room for it: as files write it, where that is short."""
    noun = layer_noun(kind, language)
    row = _row_of(kind) if language == "es" and kind else None
    return min(noun, row.aliases[0], key=len) if row is not None and row.aliases else noun


def _summary(graph: Graph, group: ClosedGroup, language: str, *, leaves: bool) -> str:
    block = group.block
    row = _row_of(block.kind) if block is not None else None
    kind = block.kind if block is not None else ""
    called = not leaves and block is not None and not block.owner
    if called and not (group.parameters or group.shared):
        kind = ""  # the call says it
    if leaves and not kind:
        kind = next((b.kind for b in graph.heading.blocks if b.owner == group.name), "")
    is_loss = row is not None and row.kind in ("loss", "penalty")
    passed = "" if leaves or is_loss else _passed(graph, group)
    noun = layer_noun(kind, language)
    words = [" ".join(word for word in (noun, passed) if word), *_parameters(graph, group)]
    if not leaves:
        words += [activation_word(name, language) for name in activations_of(graph, group)]
    return ", ".join(word for word in words if word)


def _passed(graph: Graph, group: ClosedGroup) -> str:
    """Return what enters and what leaves, ``2→16``; nothing for a number that stays one."""
    if not group.reads or not group.outputs:
        return ""
    ends = _size(graph, _first_input(graph, group)), _sizes(graph, group.outputs)
    return "→".join(end or "1" for end in ends) if ends != ("", "") else ""


def _parameters(graph: Graph, group: ClosedGroup) -> list[str]:
    """Return the parameters that are drawn in the box, by name and shape."""
    shapes = [(_short(graph, n, group), graph.columns.shape(n)) for n in group.parameters]
    whole = group.block is not None or group.lines == group.leaves
    told = ranged(array_shapes(shapes) if whole else dict(shapes))
    if len(told) <= _MOST_PARAMETERS:
        return told
    rest = len(shapes) - _MOST_PARAMETERS + 1
    return [*told[: _MOST_PARAMETERS - 1], f"… ({rest})"]


def _short(graph: Graph, node: int, group: ClosedGroup) -> str:
    """Return the name of a parameter without its owner's, which the call or the head tells."""
    name = graph.name(node)
    owner = group.block.owner if group.block is not None else group.name
    return name.removeprefix(f"{owner}.") if owner else name.removeprefix(f"{group.name}.")


def activations_of(graph: Graph, group: ClosedGroup) -> tuple[str, ...]:
    """Return the activations of a layer: its setting, or those that its results come out of.

    Of several results, as those of gates, each has one or goes into one, or none is told.
    """
    settings = dict(group.block.settings) if group.block is not None else {}
    if group.block is not None and settings:
        chosen = settings.get("act", "")
        return (chosen,) if isinstance(chosen, str) and _is_activation(chosen) else ()
    names = {node: graph.columns.row(node).name for node in group.outputs}
    found = {node: name for node, name in names.items() if _is_activation(name)}
    taken = {parent for node in found for parent in graph.columns.parents_of(node)}
    return tuple(dict.fromkeys(found.values())) if {*names} <= {*found} | taken else ()


def _is_activation(name: str) -> bool:
    row = _activation(name) if name else None
    return row is not None and row.name != "identity"


def _first_input(graph: Graph, group: ClosedGroup) -> tuple[int, ...]:
    """Return the node that a call is applied to first, or all entries of that array.

    A header is applied to all that it reads, where these are numbers.
    """
    names = group.block.inputs if group.block is not None else ()
    if not names and not any(map(graph.columns.shape, group.reads)):
        return group.reads
    first = names[0] if names else graph.name(group.reads[0])
    node = graph.find(first)
    stem, bracket, _ = first.rpartition("[")
    if not bracket or node is None or graph.columns.shape(node):
        return group.reads if node is None else (node,)
    reads = names or [graph.name(read) for read in group.reads]
    alike = [name for name in reads if name.startswith(f"{stem}[")]
    return tuple(n for n in map(graph.find, alike) if n is not None) or group.reads


def _sizes(graph: Graph, nodes: tuple[int, ...]) -> str:
    """Return the shape of what leaves, once if it is the same of all; others are a tuple."""
    shapes = [graph.columns.shape(node) for node in nodes]
    if len({*shapes}) == 1:
        return _size(graph, nodes)
    told = [shape_words(shape) or "1" for shape in shapes]
    more = ["…"] if len(told) > MOST_RESULTS else []
    return f"({', '.join([*told[:MOST_RESULTS], *more])})"


def _size(graph: Graph, nodes: tuple[int, ...]) -> str:
    """Return the shape of the first of some nodes; of several numbers, how many there are."""
    shape: Shape = graph.columns.shape(nodes[0])
    return shape_words(shape) if shape or len(nodes) == 1 else str(len(nodes))
