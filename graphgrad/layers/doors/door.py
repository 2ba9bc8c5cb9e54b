"""Describe how another library calls a row: a class, its arguments, its names of parameters.

A row states its doors (`Layer.doors`); from them come the classes of `gg.nn`, the functions of
`gg.nn.functional`, `gg.optim`, and what imported models are read by. Source of all that rows state
so: the reference of PyTorch 2.13, torch.nn, torch.nn.functional, torch.optim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from types import SimpleNamespace
from typing import Any, Final, Literal, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, quoted
from graphgrad.ops.shapes import Shape

__all__ = ["Argument", "Door", "Found", "Function", "arg", "check_share", "each", "line_name"]
__all__ += ["listed", "only"]

Found = tuple[tuple[Shape, ...], dict[str, Any]]
"""Shapes of what enters, and settings."""

_NEEDED: Final[Any] = Parameter.empty
_KINDS: Final = ("int", "float", "bool", "str")


class Argument(NamedTuple):
    """One argument of another library's class; `arg` makes it.

    Attributes:
        name: theirs.
        to: the setting that it is here; empty where it is none by itself.
        default: theirs.
        kind: ``int``, ``float``, ``bool`` or ``str``, which is checked; empty for anything.
        axes: of how many axes it gives a number each; 0 where it gives none.
        only: the values that can be done here; empty for all.
        keyword: whether it is given by name only.
    """

    name: str
    to: str
    default: Any
    kind: str
    axes: int
    only: tuple[Any, ...]
    keyword: bool

    @property
    def needed(self) -> bool:
        """Tell whether it must be given."""
        return self.default is _NEEDED

    def setting(self, given: Any) -> Any:
        """Return what is given as the setting, refusing what cannot be done."""
        if self.only:
            only(self.name, given, *self.only)
        return each(given, self.axes) if self.axes else given


def arg(
    name: str,
    to: str = "",
    default: Any = _NEEDED,
    *,
    kind: str | None = None,
    axes: int = 0,
    only: tuple[Any, ...] = (),
    keyword: bool = False,
) -> Argument:
    """Return an argument; its kind is that of its default, one that must be given is whole.

    >>> arg("eps", "eps", 1e-05).kind, arg("out_features", "units").kind, arg("size", axes=2).kind
    ('float', 'int', '')
    """
    if kind is None:
        told = "int" if default is _NEEDED else type(default).__name__
        kind = told if told in _KINDS and not axes else ""
    return Argument(name, to, default, kind, axes, only, keyword)


class Function(NamedTuple):
    """How a row with parameters is called as a function that is given them.

    Attributes:
        name: in ``torch.nn.functional``.
        takes: its arguments behind the inputs, parameters among them by PyTorch's names.
        fit: all arguments to settings that are more than an argument under another name.
    """

    name: str
    takes: tuple[Argument, ...] = ()
    fit: Callable[[Any], Mapping[str, Any]] | None = None

    @property
    def signature(self) -> Signature:
        """Return its arguments behind the inputs as Python states them."""
        return _signature(self.takes)

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the settings that arguments, complete and by name, mean for the row."""
        return _settings(self.takes, self.fit, given)


class Door(NamedTuple):
    """How another library calls a row.

    Attributes:
        name: of the class; empty for a row that is a function only.
        takes: the arguments of the class.
        parameters: our names of parameters and running statistics to theirs.
        function: the name of a function with the same arguments, without parameters; or how one
            is called that is given them.
        enters: arguments to the shapes of what enters, where parameters are made by them.
        fit: arguments to settings that are more than an argument under another name.
        always: settings that the class has whatever is given.
        call: how the layer is called beside one value after another: ``classes`` stand along the
            second axis, ``state`` is passed as one or a pair, ``running`` statistics are counted, a
            ``sequence`` goes through levels, ``heads`` join their parameters, ``masks`` are read,
            logarithms of ``shares`` are bounded.
        ranks: how many axes the first input may have there, where the row takes more.
    """

    name: str = ""
    takes: tuple[Argument, ...] = ()
    parameters: Mapping[str, str] = {}  # no one writes to it
    function: str | Function = ""
    enters: Callable[[Any], tuple[Shape, ...]] | None = None
    fit: Callable[[Any], Mapping[str, Any]] | None = None
    always: Mapping[str, Any] = {}  # as above
    call: Literal["", "classes", "state", "running", "sequence", "heads", "masks", "shares"] = ""
    ranks: tuple[int, ...] = ()

    @property
    def signature(self) -> Signature:
        """Return the arguments of the class as Python states them."""
        return _signature(self.takes)

    @property
    def called(self) -> Function:
        """Return how it is called as a function; its name is empty if it is none."""
        if isinstance(self.function, Function):
            return self.function
        return Function(self.function, self.takes, self.fit)

    def read(self, given: Mapping[str, Any]) -> Found:
        """Return what arguments by name mean for the row; those left out are the defaults."""
        full = {one.name: one.default for one in self.takes} | dict(given)
        shapes = self.enters(SimpleNamespace(**full)) if self.enters else ()
        return shapes, self.always_and(_settings(self.takes, self.fit, full))

    def always_and(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Return settings with those that the class has whatever is given."""
        return {**self.always, **settings}


def _settings(
    takes: tuple[Argument, ...], fit: Callable[[Any], Mapping[str, Any]] | None, given: Any
) -> dict[str, Any]:
    read = {one.name: one.setting(given[one.name]) for one in takes}
    settings = {one.to: read[one.name] for one in takes if one.to}
    return settings | dict(fit(SimpleNamespace(**given)) if fit else {})


def _signature(takes: tuple[Argument, ...]) -> Signature:
    return Signature([
        Parameter(
            one.name,
            Parameter.KEYWORD_ONLY if one.keyword else Parameter.POSITIONAL_OR_KEYWORD,
            default=one.default,
            annotation=one.kind or Parameter.empty,
        )
        for one in takes
    ])  # fmt: skip


# ---- values of arguments ----


def only(argument: str, got: Any, *allowed: Any) -> None:
    """Refuse a value of an argument that no row can do."""
    plain = not getattr(got, "shape", ())
    if not any(got is value or (plain and got == value) for value in allowed):
        expected = ", ".join(map(repr, allowed))
        raise UsageError("nn.unsupported", argument=argument, got=quoted(got), expected=expected)


def check_share(name: str, argument: str, value: float) -> None:
    """Refuse what is no probability of dropping an entry.

    Raises:
        UsageError: if it is not from 0 up to, but not, 1.
    """
    if not 0 <= value < 1:
        kind = Worded("nn.kind.share")
        raise UsageError("nn.kind", name=name, argument=argument, got=quoted(value), kind=kind)


def each(value: Any, axes: int) -> tuple[int, ...]:
    """Return one number per axis."""
    return tuple(value) if isinstance(value, tuple | list) else (value,) * axes


def listed(value: Any) -> Any:
    """Return the numbers of a list, an array, a tensor or a handle; nothing for None."""
    import numpy as np

    given = getattr(value, "value", value)
    return "" if value is None else [float(one) for one in np.ravel(np.asarray(given))]


def line_name(path: str) -> str:
    """Return the name of a line for a path: numbers become subscripts.

    >>> line_name("net.0.weight"), line_name("2.bias"), line_name("fc1.weight")
    ('net[0].weight', 'layers[2].bias', 'fc1.weight')
    """
    name = re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", f".{path}" if path[:1].isdigit() else path)
    return f"layers{name}" if name.startswith("[") else name
