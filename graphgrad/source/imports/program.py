"""Hold a model as its framework writes it: what enters, weights, calls in order, what leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

__all__ = ["Call", "Entering", "Name", "Program", "Rules", "Weight", "names_in", "plain_name"]


class Name(NamedTuple):
    """A value that the program has named: what enters, a weight, or the result of a call."""

    name: str


class Entering(NamedTuple):
    """What a model is applied to.

    Attributes:
        name: in the model.
        shape: its lengths; 1 for one that the file leaves open.
        value: None where the file has none.
        whole: whether it holds whole numbers, as places in a table do.
        loose: whether a length is left open.
    """

    name: str
    shape: tuple[int, ...]
    value: Any = None
    whole: bool = False
    loose: bool = False


class Weight(NamedTuple):
    """What a model holds: its path in the model, an array, and whether training changes it."""

    path: str
    value: Any
    trained: bool = True


class Call(NamedTuple):
    """One operation.

    Attributes:
        op: its name in the framework, as ``aten.linear.default`` or ``Gemm``.
        args: numbers, lists and `Name`, by position.
        options: the same, by name.
        results: what it names.
        path: the part of the model that it belongs to, empty for the model itself.
        whole: whether that part is this call and no more, as a layer is.
    """

    op: str
    args: tuple[Any, ...]
    options: Mapping[str, Any]
    results: tuple[str, ...]
    path: str = ""
    whole: bool = False


class Program(NamedTuple):
    """A model: ``weights`` by the name that calls use; ``output`` is its first result."""

    inputs: tuple[Entering, ...]
    weights: Mapping[str, Weight]
    calls: tuple[Call, ...]
    output: str
    title: str = ""


class Rules(NamedTuple):
    """What the operations of a framework are in rows.

    Attributes:
        framework: its name, for messages.
        table: operation to a function of the namespace and the call's arguments.
        key: the key of the table for the name of an operation; empty if there is none.
        numbers: key to the arguments, by position and by name, that are settings of rows here:
            weights that the model holds are handed to the rule as arrays, and are no lines.
    """

    framework: str
    table: Mapping[str, Callable[..., Any]]
    key: Callable[[str], str]
    numbers: Mapping[str, tuple[int | str, ...]] = {}  # no one writes to it


def names_in(value: Any) -> Iterator[str]:
    """Yield the names of values in arguments.

    >>> list(names_in([Name("x"), (2, Name("y"))]))
    ['x', 'y']
    """
    if isinstance(value, Name):
        yield value.name
    elif isinstance(value, list | tuple):
        for part in value:
            yield from names_in(part)
    elif isinstance(value, Mapping):
        yield from names_in(list(value.values()))


def plain_name(name: str) -> str:
    """Return a name that a line may have: letters, digits, underscores, dots between words.

    >>> plain_name("/fc1/Gemm_output"), plain_name("input.1"), plain_name("7")
    ('fc1.Gemm_output', 'input_1', 'v7')
    """
    joined = re.sub(r"(?<=\w)[./]+(?=\d)", "_", name)
    parts = [re.sub(r"\W+", "_", part) for part in re.split(r"[./]+", joined) if part]
    return ".".join(part if part[:1].isalpha() else f"v{part}" for part in parts) or "v"
