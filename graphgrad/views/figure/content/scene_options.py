"""Say what a figure shows and how it is laid out."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from collections.abc import Sequence
from typing import Literal, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Depth
from graphgrad.views.text.stops import Fold

__all__ = [
    "DEFAULT",
    "HEATS",
    "IN_DOT",
    "NO_LABELS",
    "SHOWABLE",
    "STYLES",
    "FigureOptions",
    "Heat",
    "Placing",
    "SceneOptions",
    "Style",
    "blanked_parts",
    "check_together",
    "shown_parts",
]

Style = Literal["formula", "operator", "wire", "layers", "neurons"]
STYLES: tuple[Style, ...] = ("formula", "operator", "wire", "layers", "neurons")
Heat = Literal["", "value", "adjoint", "contribution"]
HEATS: tuple[Heat, ...] = ("value", "adjoint", "contribution")
"""What may be told by colour, beside nothing."""
Placing = Literal["auto", "dot", "columns", "time", "chain"]
SHOWABLE = ("values", "adjoints", "partials", "contributions")
IN_DOT = ("detail", "show", "wrt", "direction", "decimal_comma")
"""The choices of a scene that DOT source has as well."""
NO_LABELS = 4
"""How brief a figure is that says nothing on its edges."""
DEFAULT = ("values", "adjoints", "partials")
_NOT_IN: dict[str, dict[str, tuple[str, ...]]] = {
    "wire": {"blank": ("partials",)},
    "layers": {"blank": ("adjoints", "partials")},
    "neurons": {
        "layout": ("dot", "time", "chain"),
        "direction": ("TB",),
        "shared": ("ghosts",),
    },
}
"""By style, the choices that would change nothing in it, as of numbers that it does not show."""


class SceneOptions(NamedTuple):
    """Hold the choices of one scene; a theme and a step are chosen when it is drawn.

    Attributes:
        detail: how deep it looks: a box per block, layer, line of the file, or operation; None is
            a line, in styles of circles an operation.
        show: which of ``values``, ``adjoints``, ``partials``, ``contributions`` are written.
        blank: which of them are numbered empty boxes, for worksheets.
        wrt: names; only what lies between them and the output is drawn, with its operands.
        path: names along one path; what is not on it is drawn grey.
        direction: ``LR``, ``TB``, or ``auto`` for what fills a slide better.
        layout: who stands where: ``dot`` as an engine ranks it, ``columns`` layer after layer with
            parameters beside what uses them, ``time`` the same with the steps of one name in one
            row, ``chain`` the main chain in rows, or ``auto`` for what reads best.
        shared: whether a parameter that several boxes use stands once, or again beside each.
        style: boxes with formulas, circles with operators, circles with the value above and the
            adjoint below each wire, a block per layer, or a circle per neuron.
        heat: which numbers are told by colour, arrays as small grids; empty for none.
        legend: whether roles and lines are explained below the graph.
        collapse: ``auto``, ``none``, ``repeats``, ``depth:N``, ``blocks:N`` or dotted names of
            groups: those are closed, or opened where the depth closes them.
        fit: a page such as ``beamer169`` or ``640x360`` in points; empty for the natural size.
        slide: the body of the slide of a deck on which it stands; empty for a picture alone.
        notation: a notation profile; empty for the file's own names.
        brief: 1 leaves sums out of the boxes, 2 formulas off the edges as well, 3 all there but
            the numbers, 4 these too; fitting a page raises it as needed.
        numbered: whether long derivatives stand below in numbered notes; fitting a page sets it as
            needed, and so it does the next three.
        first_of_kind: whether of texts on edges that differ in numbers only the first is written.
        short_arrays: whether of an array the first and the last entry are written.
        short_layers: whether a layer in one box says what it is alone, no call, no parameters.
        short_units: whether neurons are named by the layer that they are in alone.
        whole: whether a page cuts no number: on worksheets, and on the keys to them.
        spared: whether ``show`` lacks numbers that were asked for.
        short_signs: whether an adjoint is told by ``∂`` alone, explained once below.
        compact: letters of nearly one size, close together; fitting a page sets it as needed.
        rows: how many rows the main chain is broken into, back and forth; 0 for none. Fitting a
            page sets it as needed.
        fold: what one step is: all of a line, all of a node, or an event on an edge; None is what
            one box is.
        digits: significant digits.
        digits_asked: how many were asked for, where a page has fewer; else 0.
        decimal_comma: whether numbers are written with a comma.
        language: of title, description and captions; None is the language in force.
        engine: the layout engine, by name or path; None takes the first there is.
    """

    detail: Depth | None = None
    show: tuple[str, ...] = DEFAULT
    blank: tuple[str, ...] = ()
    wrt: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    direction: Literal["auto", "LR", "TB"] = "auto"
    layout: Placing = "auto"
    shared: Literal["once", "ghosts"] = "once"
    style: Style = "formula"
    heat: Heat = ""
    legend: bool = False
    collapse: str = "auto"
    fit: str = ""
    slide: str = ""
    notation: str = ""
    brief: int = 0
    numbered: bool = False
    first_of_kind: bool = False
    short_arrays: bool = False
    short_signs: bool = False
    short_layers: bool = False
    short_units: bool = False
    whole: bool = False
    spared: bool = False
    compact: bool = False
    rows: int = 0
    fold: Fold | None = None
    digits: int = 4
    digits_asked: int = 0
    decimal_comma: bool = False
    language: str | None = None
    engine: str | None = None


class FigureOptions(NamedTuple):
    """Hold the choices of one DOT figure.

    Attributes:
        detail: how deep it looks: a box per block, layer, line of the file, or operation.
        show: which of `SHOWABLE` is written into boxes and on edges.
        step: the step after which the graph is drawn; None draws everything.
        wrt: names; only what lies between them and the output is drawn, with its operands.
        direction: ``LR``, ``TB``, or ``auto`` for what fits a slide.
        language: of the words in it; None is the language in force.
        decimal_comma: whether numbers are written with a comma.
    """

    detail: Depth = "line"
    show: tuple[str, ...] = DEFAULT
    step: int | None = None
    wrt: tuple[str, ...] = ()
    direction: Literal["auto", "LR", "TB"] = "auto"
    language: str | None = None
    decimal_comma: bool = False


def check_together(options: SceneOptions) -> None:
    """Refuse a choice that would change nothing.

    Raises:
        UsageError: if the style does not have it, what is to be blank is not shown, or a figure
            cannot be so brief.

    >>> check_together(SceneOptions(style="neurons", direction="LR"))
    """
    if options.brief not in range(NO_LABELS + 1):
        raise UsageError("figure.brief", got=options.brief, most=NO_LABELS)
    for name, values in _NOT_IN.get(options.style, {}).items():
        chosen = getattr(options, name)
        found = [one for one in values if one == chosen or (name == "blank" and one in chosen)]
        if found:
            fitting = (
                style for style in STYLES if not {*found} & {*_NOT_IN.get(style, {}).get(name, ())}
            )
            got = f"--{name} {','.join(found)}"
            known = ", ".join(fitting)
            raise UsageError("figure.not_in_style", style=options.style, got=got, known=known)
    if "contributions" in options.blank and "contributions" not in options.show:
        raise UsageError("figure.blank_unseen", got="contributions")


def shown_parts(text: str) -> tuple[str, ...]:
    """Read a list such as ``values,partials``; ``none`` shows names and formulas alone.

    Raises:
        UsageError: if a word is not one of them.

    >>> shown_parts("partials, values")
    ('values', 'partials')
    """
    return _parts([word for word in text.replace(",", " ").split() if word != "none"])


def blanked_parts(text: str) -> tuple[str, ...]:
    """Read a list such as ``adjoints,partials``.

    Raises:
        UsageError: if a word is not one of them.
    """
    return _parts(text.replace(",", " ").split())


def _parts(words: Sequence[str]) -> tuple[str, ...]:
    for word in words:
        if word not in SHOWABLE:
            raise UsageError("figure.unknown_part", got=word, known=", ".join(SHOWABLE))
    return tuple(word for word in SHOWABLE if word in words)
