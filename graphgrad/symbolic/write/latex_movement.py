r"""Write the ops that move entries as on the board: matrices, ``vec``, entries put in place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import groups_around
from graphgrad.ops.text import Written, key_text, setting_text
from graphgrad.symbolic.write.names import written_name

__all__ = ["MOVEMENT", "is_of_a_layer", "latex_on_board", "pooled", "says_nothing"]

_MOST_STACKED = 9
_BEGIN, _END = r"\begin{bmatrix} ", r" \end{bmatrix}"
_ROW = r" \\ "


def _index(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    plain = args[0].text.isalpha()
    base = args[0].text if plain else rf"\left[{args[0].text}\right]"
    return Written(f"{base}_{{{_key(settings)}}}")


def _scatter(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    r"""Write what `_index` takes out, put back: ``[x]_{\to 1:2}``, zero elsewhere."""
    return Written(rf"\left[{args[0].text}\right]_{{\to {_key(settings)}}}")


def _stack(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written | None:
    if len(args) > _MOST_STACKED or settings["axis"] not in (0, 1):
        return None
    between = " & " if settings["axis"] else _ROW
    return Written(f"{_BEGIN}{between.join(arg.text for arg in args)}{_END}")


def _reshape(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    """Write the rows of a matrix that was stacked entry by entry; a long vector is ``vec``."""
    text, shape = args[0].text, settings["shape"]
    if len(shape) == 1:
        return Written(rf"\operatorname{{vec}}\left({text}\right)")
    entries = text.removeprefix(_BEGIN).removesuffix(_END).split(_ROW)
    whole = text.startswith(_BEGIN) and text.endswith(_END) and text.count(_BEGIN) == 1
    if whole and len(shape) == 2 and len(entries) == shape[0] * shape[1]:
        rows = [entries[i : i + shape[1]] for i in range(0, len(entries), shape[1])]
        return Written(f"{_BEGIN}{_ROW.join(' & '.join(row) for row in rows)}{_END}")
    return Written(rf"\operatorname{{reshape}}_{{{_lengths(shape)}}}\left({text}\right)")


def _concat(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written | None:
    if len(args) > _MOST_STACKED or settings["axis"] not in (0, 1):
        return None
    between = r",\; " if settings["axis"] else r";\; "
    return Written(rf"\left[{between.join(arg.text for arg in args)}\right]")


def _argmax_mask(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    """Write 1 where an entry is the largest, in Iverson's brackets."""
    return Written(rf"\left[{args[0].text} = \max {args[0].text}\right]")


def _windows(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    return Written(rf"\operatorname{{windows}}{_window_sizes(settings)}\left({args[0].text}\right)")


def _window_sizes(settings: Mapping[str, Any], *, pooled: bool = False) -> str:
    r"""Return the size of windows, and their stride and dilation where these are no usual ones.

    The usual stride is 1; of what is pooled, the size.

    >>> both = {"size": (2, 2), "stride": (2, 2), "dilation": (1, 1)}
    >>> _window_sizes(both, pooled=True)
    '_{2 \\times 2}'
    >>> _window_sizes({"size": (3,), "stride": (2,), "dilation": (1,)})
    '_{3,\\,s=2}'
    """
    told = [_lengths(settings["size"])]
    stride, size = settings["stride"], settings["size"]
    usual = stride == size if pooled else set(stride) == {1}
    if not usual:
        told.append(f"s={_lengths(stride)}")
    if set(settings["dilation"]) != {1}:
        told.append(f"d={_lengths(settings['dilation'])}")
    return "_{" + r",\,".join(told) + "}"


def _lengths(shape: tuple[int, ...]) -> str:
    return setting_text("shape", shape).replace("x", r" \times ")


def pooled(graph: Graph, node: int, known: Mapping[int, Written]) -> Written | None:
    """Return the largest or the mean of each window as courses write pooling; None for another."""
    columns = graph.columns
    name, parents = columns.row(node).name, columns.parents_of(node)
    if name not in ("max", "mean") or columns.row(parents[0]).name != "windows":
        return None
    settings = columns.settings_of(parents[0])
    axes = columns.settings_of(node).get("axis") or ()
    if len(axes) != len(settings["size"]) or parents[0] not in known:
        return None
    inner = columns.parents_of(parents[0])[0]
    of = known.get(inner) or written_name(graph, inner)
    size = _window_sizes(settings, pooled=True)
    return Written(rf"\operatorname{{{name}pool}}{size}\left({of.text}\right)")


def says_nothing(graph: Graph, node: int) -> bool:
    """Tell whether a change of shape adds axes of length 1, inside of a formula, or sets windows.

    Windows side by side as columns are what a convolution multiplies; its value shows their shape.
    """
    columns, parent = graph.columns, graph.columns.parents_of(node)[0]
    if columns.row(parent).name == "windows":
        return True
    before, after = ([n for n in columns.shape(one) if n != 1] for one in (parent, node))
    return before == after and node != graph.line_ends[graph.line_of(node)] - 1


def is_of_a_layer(graph: Graph, node: int) -> bool:
    """Tell whether a line is one of a layer's own, which no author has written."""
    calls = {block.group for block in graph.heading.blocks}
    return not calls.isdisjoint(groups_around(graph.line(graph.line_of(node)).group))


def latex_on_board(tex: str, *, whole: bool = False) -> str:
    r"""Return a formula as it is written on the board: axes below a sign, no other settings.

    Args:
        tex: the formula.
        whole: whether what an author lays out anew stays; else that is left out, and what is
            added up over windows is a sum.

    >>> latex_on_board(r"\operatorname{var}\left(X, \mathrm{axis}=1, \mathrm{keepdims}=1\right)")
    '\\operatorname{var}_{\\mathrm{axis}\\,1}\\left(X\\right)'
    >>> latex_on_board(r"\operatorname{reshape}_{2 \times 9}\left(W\right)^{\top} \, d")
    'W^{\\top} \\, d'
    >>> latex_on_board(r"\operatorname{vec}\left(a + b\right) \, c")
    '\\left(a + b\\right) \\, c'
    """
    place = 0
    while (found := _CALL.search(tex, place)) is not None:
        end = _closing(tex, found.end())
        inside, name = tex[found.end() : end], found["name"]
        before, after = tex[: found.start()], tex[end + len(_CLOSE) :]
        settings = dict(_SETTING.findall(inside))
        given = _SETTING.sub("", inside) if settings.keys() <= _LEFT_OUT else inside
        place = found.end()
        given = given.removesuffix(r"^{\top}") if name == "vec" and not whole else given
        if name == "vec" and not before + after and not re.search(r" |frac", given):
            break  # what a layer does that flattens
        if name in _LAID_OUT and not whole:
            alone = not (before or after) or not _SIGN.search(_without_inner(given))
            tex, place = before + (given if alone else f"{_OPEN}{given}{_CLOSE}"), len(before)
            tex += after
        elif name == "fold" and not whole:
            tex = rf"{before}\sum_{{\mathrm{{windows}}}} {given}{after}"
            place = len(before)
        elif given != inside:
            tex = f"{before}{found['head']}{_axes(settings)}{_OPEN}{given}{_CLOSE}{after}"
    return tex


def _axes(settings: Mapping[str, str]) -> str:
    axes = settings.get("axis", "").strip("[]").replace(" ", "")
    word = "axes" if "," in axes else "axis"
    return rf"_{{\mathrm{{{word}}}\,{axes}}}" if axes else ""


def _closing(tex: str, start: int) -> int:
    """Return where the bracket is closed inside of which a place is."""
    depth = 1
    for found in _BRACKET.finditer(tex, start):
        depth += 1 if found[0].startswith(r"\left") else -1
        if not depth:
            return found.start()
    return len(tex)


def _without_inner(tex: str) -> str:
    """Return a formula without what is in brackets or braces."""
    while (outside := _INNER.sub("", tex)) != tex:
        tex = outside
    return tex


def _key(settings: Mapping[str, Any]) -> str:
    return key_text(settings["key"]).replace(" ", "")


MOVEMENT = {
    "index": _index,
    "scatter_add": _scatter,
    "stack": _stack,
    "concat": _concat,
    "reshape": _reshape,
    "windows": _windows,
    "argmax_mask": _argmax_mask,
}

_OPEN, _CLOSE = r"\left(", r"\right)"
_CALL = re.compile(
    r"(?P<head>\\operatorname\{(?P<name>[a-z]+)\}(?:_\{(?:[^{}]|\{[^{}]*\})*\})?)\\left\("
)
_SETTING = re.compile(r", \\mathrm\{(\w+)\}=(\[[^\]]*\]|(?:(?!, |\\right).)+)")
_LEFT_OUT = {"axis", "keepdims", "shape", "size", "stride", "dilation"}
_LAID_OUT = {"reshape", "vec", "broadcast"}
_BRACKET = re.compile(r"\\(?:left|right)(?![a-z])")
_INNER = re.compile(r"\\left[(\[](?:(?!\\left|\\right).)*\\right[)\]]|\{[^{}]*\}")
_SIGN = re.compile(r"^-| [+-] |\\sum")
