r"""Rename lines as a course does: w or θ, z or φ, h or s, J or L or q; values never change.

Only symbols: conventions that change numbers, such as a half in the loss, are stated in the file.
Source of the symbols: the table of notations of the five courses, ``notation_profiles.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import language, text
from graphgrad.symbolic.write.names import node_latex
from graphgrad.views.figure.scene.names_on_page import relabelled

__all__ = ["PROFILES", "Profile", "errors_in", "in_notation"]


class Profile(NamedTuple):
    """The symbols of one course.

    Attributes:
        symbols: LaTeX per notion, of numbers.
        arrays: LaTeX per notion, of vectors and matrices, where it differs.
        layer: where the number of a layer stands, with a gap for it.
        to_from: whether a weight's indices name the unit it leads to first.
        error: the letter of the error of a unit where a course defines it as the adjoint of the
            pre-activation with the opposite sign; empty where it is the adjoint itself.
    """

    symbols: dict[str, str]
    arrays: dict[str, str]
    layer: str
    to_from: bool = False
    error: str = ""


def _symbols(words: str) -> dict[str, str]:
    names = ("input", "target", "weight", "bias", "pre", "hidden", "output", "loss")
    return dict(zip(names, words.split(), strict=True))


_BOLD = {"input": r"\mathbf{x}", "bias": r"\mathbf{b}", "weight": r"\mathbf{W}"}
PROFILES: dict[str, Profile] = {
    "graphgrad": Profile(_symbols(r"x y w b z a \hat{y} L"), {"weight": "W"}, "^{{({})}}"),
    "oviedo": Profile(
        _symbols(r"x y w b z h \hat{y} \mathcal{L}"), {"input": "X", "weight": "W"}, "^{{({})}}"
    ),
    "upv": Profile(
        _symbols(r"x t \theta \theta \phi s s q"),
        {"input": r"\mathbf{x}", "target": r"\mathbf{t}", "hidden": r"\mathbf{s}"},
        "^{{{}}}",
        to_from=True,
        error=r"\delta",
    ),
    "uba": Profile(
        _symbols(r"x y w b z x f(\mathbf{x}) J"),
        {**_BOLD, "pre": r"\mathbf{z}", "hidden": r"\mathbf{x}"},
        "_{{{}}}",
        to_from=True,
    ),
    "sevilla": Profile(_symbols(r"x y \theta c z h f(x) L"), {}, "^{{{}}}"),
    "fuentes": Profile(
        _symbols(r"x y w b z y \hat{y} \mathcal{L}"), _BOLD, r"^{{\{{{}\}}}}", to_from=True
    ),
}
"""A new profile is one entry here."""

_STEMS = {
    "input": ("x", "X", "i"),
    "target": ("y", "t", "Y", "T", "ytrue"),
    "weight": ("w", "W", "theta", "Theta"),
    "bias": ("b", "c"),
    "pre": ("z", "Z", "net", "phi"),
    "hidden": ("h", "H", "a", "A", "s", "out"),
    "output": ("yhat", "Yhat", "p"),
}
_NAME = re.compile(r"([A-Za-z]+?)_?(\d*)(?:_(\d+))?")
_OF_LAYER = re.compile(r"(.+)\.(W|b|z)(?:\[([\d,]+)\])?")
"""What a layer calls its parts, ``h.W`` or ``s[2].z``, and an entry of them."""
_PARTS = {"W": "weight", "b": "bias", "z": "pre"}


def in_notation(graph: Graph, name: str) -> tuple[Graph, tuple[str, ...]]:
    """Return a graph with the names of a profile, and notes on the names that were kept.

    A label given in the file stays; so does a name whose new symbol another line has already, be
    it as its own name.

    Raises:
        UsageError: if there is no profile of the name.
    """
    if name not in PROFILES:
        raise UsageError("scene.unknown_notation", got=name, known=", ".join(PROFILES))
    lines, layers = list(graph.lines()), _layers(graph)
    wanted = {
        line.index: ""
        if line.label
        else _symbol(graph, line.name, line.root, PROFILES[name], layers)
        for line in lines
    }
    own = {line.index: node_latex(graph, line.root, line.name) for line in lines}
    labels = _free(wanted, own)
    kept = [line.name for line in lines if wanted[line.index] and line.index not in labels]
    notes = (text("scene.note.kept", language(), names=", ".join(kept)),) if kept else ()
    return relabelled(graph, labels), notes


def _free(wanted: Mapping[int, str], own: Mapping[int, str]) -> dict[int, str]:
    """Return the symbols that name one line each; the other lines keep the names they have.

    A name that is kept can take a symbol away from yet another line, so this is repeated until
    nothing more is taken.
    """
    labels = {index: symbol for index, symbol in wanted.items() if symbol}
    while True:
        taken = {_bare(name) for index, name in own.items() if index not in labels}
        free: dict[int, str] = {}
        for index, symbol in labels.items():
            if _bare(symbol) not in taken:
                free[index] = symbol
                taken.add(_bare(symbol))
        if len(free) == len(labels):
            return free
        labels = free


def _bare(symbol: str) -> str:
    """Return what is seen of a symbol: braces round a mark are not."""
    return symbol.replace("{", "").replace("}", "").replace(" ", "")


def errors_in(graph: Graph, name: str) -> dict[int, str]:
    r"""Return the symbol of the error of each unit, by node; empty where it is no own quantity.

    The error is minus the adjoint of the pre-activation, so it is written beside the adjoint and
    never in its place. Source: UPV, Redes Neuronales Multicapa: ``\delta = -\partial q/\partial
    \phi``.
    """
    profile = PROFILES[name]
    if not profile.error:
        return {}
    symbols = {**profile.symbols, "pre": profile.error}
    named, layers = profile._replace(symbols=symbols), _layers(graph)
    return {
        line.root: _symbol(graph, line.name, line.root, named, layers)
        for line in graph.lines()
        if _notion_of(line.name, graph.role(line.root)) == "pre"
    }


def _layers(graph: Graph) -> dict[str, str]:
    """Return the number of each layer that has weights: its subscript, else its place."""
    found = [match[1] for name in graph.line_names if (match := _OF_LAYER.fullmatch(name))]
    numbers = {}
    for place, layer in enumerate(dict.fromkeys(found), 1):
        subscript = re.search(r"\[(\d+)\]$", layer)
        numbers[layer] = subscript[1] if subscript else str(place)
    return numbers


def _symbol(graph: Graph, name: str, node: int, profile: Profile, layers: Mapping[str, str]) -> str:
    """Return a line's symbol; nothing where the profile says nothing about it."""
    notion = _notion_of(name, graph.role(node))
    if not notion:
        return ""
    whole = bool(graph.columns.shape(node))
    letter = profile.arrays.get(notion, "") if whole else ""
    letter = letter or profile.symbols[notion]
    layer, indices = _places(name, layers, whole=whole)
    inside = _OF_LAYER.fullmatch(name) is not None
    if notion == "weight" and len(indices) == 2 and profile.to_from != inside:
        indices = indices[::-1]  # W[2,1] leads to unit 2 from 1, w12 from 1 to 2
    if notion == "bias" and letter == r"\theta":
        indices += "0"
    if notion == "output" and letter == "s":
        layer = layer or "L"
    return _scripted(letter, layer, indices, profile.layer)


def _places(name: str, layers: Mapping[str, str], *, whole: bool) -> tuple[str, str]:
    """Return the number of the layer and the indices that a name gives."""
    inside = _OF_LAYER.fullmatch(name)
    if inside is not None:
        return layers[inside[1]], (inside[3] or "").replace(",", "")
    match = _NAME.fullmatch(name)
    assert match is not None
    first, second = match[2], match[3] or ""
    return (first, second) if second or whole else ("", first)


def _notion_of(name: str, role: str) -> str:
    inside = _OF_LAYER.fullmatch(name)
    if inside is not None:
        fits = role == ("computation" if inside[2] == "z" else "parameter")
        return _PARTS[inside[2]] if fits else ""
    match = _NAME.fullmatch(name)
    return "" if match is None else _notion(match[1], role)


def _notion(stem: str, role: str) -> str:
    if role == "loss":
        return "loss"
    allowed = {
        "input": ("input", "target"),
        "parameter": ("weight", "bias"),
        "computation": ("pre", "hidden", "output"),
    }
    return next((n for n in allowed.get(role, ()) if stem in _STEMS[n]), "")


def _scripted(letter: str, layer: str, indices: str, layer_format: str) -> str:
    raised = layer_format.format(layer) if layer else ""
    if not indices:
        return letter + raised
    if raised.startswith("_"):
        return rf"{letter}_{{{layer},{','.join(indices)}}}"
    return rf"{letter}{raised}_{{{indices}}}"
