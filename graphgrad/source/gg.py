"""Read `.gg` expression files into graphs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from pathlib import Path
from typing import Any

from graphgrad.errors import GraphgradError, Place, SourceError
from graphgrad.files.reach import allow_data_root
from graphgrad.files.reading import is_model_name
from graphgrad.graph.copying import with_values
from graphgrad.graph.graph import Graph
from graphgrad.ops.shapes import Shape
from graphgrad.source.reader import Reader
from graphgrad.source.relations import broken_when_read
from graphgrad.source.text import read_text
from graphgrad.source.tree import Piece, nested, pieces

__all__ = ["again", "load", "read_gg", "read_named"]


def load(
    path: str | os.PathLike[str],
    *,
    row: int | None = None,
    data_root: str | os.PathLike[str] | None = None,
    rows: Sequence[int] | None = None,
    sizes: Mapping[str, Any] | None = None,
    training: bool = True,
    state: str | os.PathLike[str] | None = None,
    values: Mapping[str, Any] | None = None,
    drawn: bool = True,
) -> Graph:
    """Read a file.

    Args:
        path: a `.gg` file; or a model, by the end of its name, as `.onnx` or `.pt2`.
        row: which sample of its data to use, counted from 1; the first where none is named.
        data_root: a folder below which the file may name data, beside its own.
        rows: after ``data all``, which samples to use; those of the training part if None.
        sizes: values of consts instead of those in the file: bounds and sizes follow them.
        training: whether layers such as dropout build what they are in training.
        state: what ``graphgrad train --save`` has written: the graph has those parameters, and is
            as at inference.
        values: of the inputs of a model, which its file does not have.
        drawn: whether large values are drawn; without them a file of any size can be counted.

    Raises:
        FileError: if a file cannot be read.
        SourceError: if it is not a valid file, with the place.
        LimitError: if it is larger or more deeply nested than the limits allow.
    """
    if is_model_name(path):
        from graphgrad.source.imports.model_files import load_model

        return load_model(path, values)
    how: dict[str, Any] = {"row": row, "rows": rows, "sizes": sizes, "drawn": drawn}
    how["training"] = training and state is None
    if data_root is not None:
        graph = copy_context().run(_load_with, data_root, path, how)
    else:
        graph = read_named(read_text(path), str(path), **how)
    if state is None:
        return graph
    from graphgrad.layers.training.saved_run import learned

    return with_values(graph, learned(read_text(state), graph, str(state)).values)


def _load_with(
    data_root: str | os.PathLike[str], path: str | os.PathLike[str], how: Mapping[str, Any]
) -> Graph:
    allow_data_root(data_root)
    return load(path, **how)


def again(graph: Graph) -> Callable[..., Graph] | None:
    """Return how to read a graph's file for other rows or the other mode, None where it has none.

    Args:
        graph: as `load` returned it.
    """
    path = graph.heading.path
    if not path:
        return None

    def graph_of(rows: Sequence[int] | None, *, training: bool = True) -> Graph:
        return load(path, rows=rows, training=training)

    return graph_of


def read_named(
    text: str,
    path: str,
    *,
    row: int | None = None,
    rows: Sequence[int] | None = None,
    sizes: Mapping[str, Any] | None = None,
    training: bool = True,
    drawn: bool = True,
) -> Graph:
    """Read the text of a file; an error names the file and a place in it; see `load`.

    Raises:
        SourceError: if it is not a valid file; LimitError if it is nested too deeply.
    """
    try:
        how: dict[str, Any] = {"row": row, "rows": rows, "sizes": sizes, "training": training}
        return read_gg(text, path=path, **how, drawn=drawn)
    except GraphgradError as error:
        if error.place is None:
            error.place = Place(1, 1, text.partition("\n")[0])
        raise error.in_file(path) from None


def read_gg(
    text: str,
    *,
    path: str = "",
    row: int | None = None,
    rows: Sequence[int] | None = None,
    free_inputs: bool = False,
    input_shapes: Mapping[str, Shape] | None = None,
    sizes: Mapping[str, Any] | None = None,
    training: bool = True,
    relations: bool = True,
    drawn: bool = True,
) -> Graph:
    r"""Read the text of a file.

    Args:
        text: the source.
        path: the file, for relative data files and messages.
        row: which sample of its data to use, counted from 1.
        rows: after ``data all``, which samples to use; those of the training part if None.
        free_inputs: as on a command line, an unknown name is an input without a value, and
            ``;`` separates statements.
        input_shapes: shapes of such inputs; the others are numbers.
        sizes: values of consts instead of those in the file: bounds and sizes follow them.
        training: whether layers such as dropout build what they are in training.
        relations: whether values that break a declared relation are refused.
        drawn: whether large values are drawn; without them a file of any size can be counted.

    Raises:
        SourceError: if the text is not valid, with the place.

    >>> graph = read_gg("input x = 3\ny = x^2")
    >>> graph.line_names
    ['x', 'y']
    """
    chosen = rows if rows is not None else None if row is None else [row]
    reader = Reader(
        text,
        Path(path).parent,
        chosen,
        free_inputs=free_inputs,
        input_shapes=input_shapes or {},
        sizes=sizes or {},
        training=training,
        values=drawn,
    )
    for thing in nested(pieces(text, semicolons=free_inputs)):
        if isinstance(thing, Piece) and (not thing.text or thing.text.isspace()):
            if thing.error is not None:
                raise thing.error
            continue
        try:
            reader.read(thing)
        except GraphgradError as error:
            raise reader.workspace.placed(error) from None
    graph = reader.finish(path)
    for broken in broken_when_read(graph) if relations and drawn else ():
        fields = {"relation": broken.relation, "values": broken.values}
        raise SourceError("source.broken_relation", place=_stated(text, broken.relation), **fields)
    return graph


def _stated(text: str, relation: str) -> Place | None:
    """Return where a file states a relation."""
    for number, line in enumerate(text.splitlines(), 1):
        column = line.find(relation)
        if column > 0 and line.lstrip().startswith("assume"):
            return Place(number, column + 1, line, length=len(relation))
    return None
