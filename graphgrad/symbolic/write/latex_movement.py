r"""Write the ops that move entries as on the board: matrices, ``vec``, entries put in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.ops.text import Written, key_text, setting_text

__all__ = ["MOVEMENT"]

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
    size = setting_text("shape", shape).replace("x", r" \times ")
    return Written(rf"\operatorname{{reshape}}_{{{size}}}\left({text}\right)")


def _concat(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written | None:
    if len(args) > _MOST_STACKED or settings["axis"] not in (0, 1):
        return None
    between = r",\; " if settings["axis"] else r";\; "
    return Written(rf"\left[{between.join(arg.text for arg in args)}\right]")


def _argmax_mask(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    """Write 1 where an entry is the largest, in Iverson's brackets."""
    return Written(rf"\left[{args[0].text} = \max {args[0].text}\right]")


def _key(settings: Mapping[str, Any]) -> str:
    return key_text(settings["key"]).replace(" ", "")


MOVEMENT = {
    "index": _index,
    "scatter_add": _scatter,
    "stack": _stack,
    "concat": _concat,
    "reshape": _reshape,
    "argmax_mask": _argmax_mask,
}
