"""Read `.gg` expression files into graphs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextvars import copy_context
from pathlib import Path

from graphgrad.errors import GraphgradError, Place
from graphgrad.expr.tokens import printable
from graphgrad.files.reach import allow_data_root
from graphgrad.graph.graph import Graph
from graphgrad.ops.shapes import Shape
from graphgrad.source.reader import Reader
from graphgrad.source.text import read_text
from graphgrad.source.tree import Piece, pieces

__all__ = ["load", "read_gg", "read_named"]


def load(
    path: str | os.PathLike[str],
    *,
    row: int | None = None,
    data_root: str | os.PathLike[str] | None = None,
) -> Graph:
    """Read a file.

    Args:
        path: a `.gg` file.
        row: which sample of its data to use, counted from 1; the first where none is named.
        data_root: a folder below which the file may name data, beside its own.

    Raises:
        FileError: if the file cannot be read.
        SourceError: if it is not a valid file, with the place.
        LimitError: if it is larger or more deeply nested than the limits allow.
    """
    if data_root is None:
        return read_named(read_text(path), str(path), row=row)
    return copy_context().run(_load_with, data_root, path, row)


def _load_with(
    data_root: str | os.PathLike[str], path: str | os.PathLike[str], row: int | None
) -> Graph:
    allow_data_root(data_root)
    return load(path, row=row)


def read_named(text: str, path: str, *, row: int | None = None) -> Graph:
    """Read the text of a file; an error names the file and a place in it.

    Raises:
        SourceError: if it is not a valid file; LimitError if it is nested too deeply.
    """
    try:
        return read_gg(text, path=path, row=row)
    except GraphgradError as error:
        if error.place is None:
            error.place = Place(1, 1, text.partition("\n")[0])
        raise error.in_file(path) from None


def read_gg(
    text: str,
    *,
    path: str = "",
    row: int | None = None,
    free_inputs: bool = False,
    input_shapes: Mapping[str, Shape] | None = None,
) -> Graph:
    r"""Read the text of a file.

    Args:
        text: the source.
        path: the file, for relative data files and messages.
        row: which sample of its data to use, counted from 1.
        free_inputs: as on a command line, an unknown name is an input without a value, and
            ``;`` separates statements.
        input_shapes: shapes of such inputs; the others are numbers.

    Raises:
        SourceError: if the text is not valid, with the place.

    >>> graph = read_gg("input x = 3\ny = x^2")
    >>> graph.line_names
    ['x', 'y']
    """
    reader = Reader(
        text,
        Path(path).parent,
        row,
        free_inputs=free_inputs,
        input_shapes=input_shapes or {},
    )
    for piece in pieces(text, semicolons=free_inputs):
        if piece.error is not None:
            raise piece.error
        if not piece.text or piece.text.isspace():
            continue
        reader.piece = piece
        try:
            reader.read(piece)
        except GraphgradError as error:
            raise _placed(error, piece) from None
    return reader.finish(path)


def _placed(error: GraphgradError, piece: Piece) -> GraphgradError:
    """Return the error with its columns on the piece's code turned into a place in the file."""
    place, text = error.place, piece.text
    if place is None:
        error.place = piece.place(0, len(text))
    elif place.line == 1 and place.text in (text, printable(text)) and not place.path:
        error.place = piece.place(place.column - 1, place.column - 1 + place.length)
    return error
