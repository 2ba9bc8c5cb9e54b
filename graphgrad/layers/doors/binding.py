"""Bind arguments as PyTorch names them, and say in words what does not fit."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Final, TypeVar

from graphgrad.errors import UsageError
from graphgrad.graph.settings import flag, number_of, whole
from graphgrad.layers.doors.door import Door
from graphgrad.messages.catalogue import Worded, near, quoted, text

__all__ = ["bound", "called", "in_their_words", "no_member", "told"]

_Called = TypeVar("_Called", bound=Callable[..., Any])
_MANY: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def bound(
    name: str, signature: inspect.Signature, args: tuple[Any, ...], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Return arguments by name, complete.

    Args:
        name: what is called, for messages.
        signature: what it takes; an argument that is stated as ``int``, ``float`` or ``bool`` is
            checked to be one, NumPy's numbers among them.
        args: those given by position.
        options: those given by name.

    Raises:
        UsageError: if one is missing, unknown, given twice, or of another kind.

    >>> bound("f", inspect.signature(lambda a, b=2: None), (1,), {})
    {'a': 1, 'b': 2}
    """
    try:
        found = signature.bind(*args, **options)
    except TypeError:
        raise _misfit(name, signature, args, options) from None
    found.apply_defaults()
    for argument, value in found.arguments.items():
        stated = signature.parameters[argument]
        take = _KINDS.get(str(stated.annotation))
        if take is None or value is stated.default:
            continue
        taken = take(value)
        if taken is None:
            kind = Worded(f"nn.kind.{stated.annotation}")
            raise UsageError("nn.kind", name=name, argument=argument, got=quoted(value), kind=kind)
        found.arguments[argument] = taken
    return dict(found.arguments)


def called(name: str, signature: inspect.Signature) -> str:
    """Return how something is called, as PyTorch's reference writes it.

    >>> called("f", inspect.signature(lambda a, b=2: None))
    'f(a, b=2)'
    """
    bare = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    return f"{name}{inspect.Signature(bare)}"


def told(function: _Called) -> _Called:
    """Return a function, or a method such as ``__init__``, that words what does not fit it."""
    signature = inspect.signature(function)
    listed = list(signature.parameters.values())
    inside = bool(listed) and listed[0].name == "self"
    outer = signature.replace(parameters=listed[inside:])

    @wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        name = type(args[0]).__name__ if inside else function.__name__
        taken = bound(name, outer, args[inside:], options)
        return function(*args[:inside], **taken)

    return call  # type: ignore[return-value]  # wraps keeps what it is called as


def in_their_words(error: UsageError, name: str, door: Door) -> UsageError:
    """Return what is wrong with a setting, said of the argument that it is in PyTorch.

    Args:
        error: of the reader of settings.
        name: of the class.
        door: how it is called.
    """
    setting = error.fields.get("setting")
    theirs = next((one.name for one in door.takes if one.to == setting), None)
    if theirs is None:
        return error
    fields: dict[str, Any] = dict(error.fields)
    fields |= dict.fromkeys([key for key in ("layer", "row") if key in fields], name)
    return UsageError(error.message_id, **(fields | {"setting": theirs}))


def no_member(module: str, name: str, known: Iterable[str]) -> AttributeError:
    """Return what a module raises that has no member of a name, with names near it."""
    said = text("nn.no_member", module=module, name=name, near=near(name, list(known)))
    return AttributeError(said, name=name)


def _misfit(
    name: str, signature: inspect.Signature, args: tuple[Any, ...], options: Mapping[str, Any]
) -> UsageError:
    """Return what is wrong with arguments that do not fit a signature."""
    stated = [p for p in signature.parameters.values() if p.kind not in _MANY]
    names = [p.name for p in stated]
    placed = [p.name for p in stated if p.kind is not p.KEYWORD_ONLY]
    call = called(name, signature)
    unknown = next((one for one in options if one not in names), None)
    if unknown is not None:
        hint = near(unknown, names)
        return UsageError("nn.unknown_argument", name=name, got=unknown, near=hint, call=call)
    if len(args) > len(placed):
        return UsageError("nn.too_many", name=name, most=len(placed), got=len(args), call=call)
    by_place = placed[: len(args)]
    twice = next((one for one in options if one in by_place), None)
    if twice is not None:
        return UsageError("nn.twice", name=name, argument=twice, call=call)
    given = {*by_place, *options}
    missing = [p.name for p in stated if p.default is p.empty and p.name not in given]
    return UsageError("nn.missing", name=name, missing=", ".join(missing), call=call)


def _number(value: Any) -> Any:
    """Return a number as it is, one of NumPy as a float; it may be infinite, as in PyTorch."""
    return value if isinstance(value, int | float) else number_of(value)


_KINDS: Final[dict[str, Callable[[Any], Any]]] = {
    "int": whole,
    "float": lambda value: None if isinstance(value, bool) else _number(value),
    "bool": lambda value: flag(getattr(value, "value", value)),
    "str": lambda value: value if isinstance(value, str) else None,
}
