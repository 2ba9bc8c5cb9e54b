r"""Write the ops that move entries as on the board: matrices, ``vec``, entries put in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.ops.text import Written, key_text, setting_text
from graphgrad.symbolic.write.names import written_name

__all__ = ["MOVEMENT", "pooled", "says_nothing"]

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
