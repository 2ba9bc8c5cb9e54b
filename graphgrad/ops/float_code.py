"""Write a row's formula as Python statements on floats, by running it once on symbols.

The rows stay the one place of every rule: what is written does what `ScalarMath` does, operation by
operation and in its order, without the calls in between. Numbers and functions are bound as data
under names made here; no text but ours is ever compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from graphgrad.ops.floats import ScalarMath

__all__ = ["FloatCode", "Unwritable", "Written"]

_COMPARED = {
    "greater": ">", "less": "<", "equal": "==",
    "greater_equal": ">=", "less_equal": "<=", "not_equal": "!=",
}  # fmt: skip
_CHOSEN = {
    "where": "{0} if {0} != {0} else ({1} if {0} != 0 else {2})",
    "maximum": "{1} if {1} > {0} or {1} != {1} else {0}",
    "minimum": "{1} if {1} < {0} or {1} != {1} else {0}",
}
"""The methods of `ScalarMath` that are one expression, as text over the names of arguments."""


class Unwritable(Exception):  # noqa: N818  # no error: it is caught, and the rows are run instead
    """A formula asks of its arguments what only numbers can answer."""


class Written(NamedTuple):
    """Statements, and per formula the name of its result, or the number that it always is."""

    lines: list[str]
    results: list[str | float]


class FloatCode:
    """Write rows on floats; names bound to numbers and functions are kept in `data`.

    >>> code = FloatCode()
    >>> code.written([lambda m, x: m.exp(-x) * x], ("x",), {})
    Written(lines=['t1 = -x', 't2 = exp(t1)', 't3 = t2 * x'], results=['t3'])
    """

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.names: dict[Any, str] = {}

    def written(
        self,
        formulas: Iterable[Callable[..., Any]],
        arguments: tuple[str, ...],
        settings: Mapping[str, Any],
    ) -> Written:
        """Return formulas of the same named arguments as statements.

        Raises:
            Unwritable: if one of them cannot be run on symbols.
        """
        space = _Space(self)
        symbols = [_Symbol(space, name) for name in arguments]
        try:
            found = [formula(space, *symbols, **settings) for formula in formulas]
            results = [one.name if isinstance(one, _Symbol) else float(one) for one in found]
        except Exception as error:  # a user's formula may do anything: then the row is run
            raise Unwritable from error
        return Written(space.lines, results)

    def number(self, value: Any) -> str:
        """Return the name a number is bound to, as a float."""
        value = float(value)
        return self.bound(value, (repr(value),), "c")

    def function(self, name: str) -> str:
        """Return the name a function of `ScalarMath` is bound to."""
        function = getattr(ScalarMath, name)
        self.data[name] = function
        return name

    def bound(self, value: Any, key: Any, prefix: str) -> str:
        """Return the name under which a value is handed to the code; the same key, the same."""
        name = self.names.get(key)
        if name is None:
            name = self.names[key] = f"{prefix}{len(self.names)}"
            self.data[name] = value
        return name


class _Space:
    """The namespace ``m`` of one formula: what is asked of it becomes a statement."""

    def __init__(self, code: FloatCode) -> None:
        self.code = code
        self.lines: list[str] = []
        self.known: dict[str, _Symbol] = {}

    @property
    def pi(self) -> float:
        return ScalarMath.pi

    def shape(self, _x: Any) -> tuple[int, ...]:
        return ()

    def name(self, value: Any) -> str:
        """Return the name of a symbol or of a number."""
        return value.name if isinstance(value, _Symbol) else self.code.number(value)

    def put(self, text: str) -> _Symbol:
        """Return a symbol for an expression; what was written before is not written again."""
        symbol = self.known.get(text)
        if symbol is None:
            symbol = self.known[text] = _Symbol(self, f"t{len(self.lines) + 1}")
            self.lines.append(f"{symbol.name} = {text}")
        return symbol

    def __getattr__(self, op: str) -> Callable[..., Any]:
        if op.startswith("_") or not hasattr(ScalarMath, op):
            raise AttributeError(op)
        return lambda *args, **settings: self.call(op, args, settings)

    def call(self, op: str, args: tuple[Any, ...], settings: Mapping[str, Any]) -> Any:
        """Write a call of a function of `ScalarMath`, in place where it is one expression."""
        if not any(isinstance(arg, _Symbol) for arg in args):
            return getattr(ScalarMath, op)(*args, **settings)
        names = list(map(self.name, args))
        if op in _COMPARED and not settings:
            return self.put(f"1.0 if {names[0]} {_COMPARED[op]} {names[1]} else 0.0")
        if op in _CHOSEN and not settings:
            return self.put(_CHOSEN[op].format(*names))
        given = [f"{key}={self.setting(value)}" for key, value in settings.items()]
        return self.put(f"{self.code.function(op)}({', '.join([*names, *given])})")

    def setting(self, value: Any) -> str:
        """Return the name of a setting's number, which stays whole if it is."""
        return self.code.bound(value, (type(value), value), "c")


class _Symbol:
    """A float that is not known yet, with operators."""

    __slots__ = ("name", "space")

    def __init__(self, space: _Space, name: str) -> None:
        self.space = space
        self.name = name

    def _with(self, sign: str, other: Any, *, swapped: bool = False) -> _Symbol:
        here, there = self.name, self.space.name(other)
        return self.space.put(f"{there} {sign} {here}" if swapped else f"{here} {sign} {there}")

    def __add__(self, other: Any) -> _Symbol:
        return self._with("+", other)

    def __radd__(self, other: Any) -> _Symbol:
        return self._with("+", other, swapped=True)

    def __sub__(self, other: Any) -> _Symbol:
        return self._with("-", other)

    def __rsub__(self, other: Any) -> _Symbol:
        return self._with("-", other, swapped=True)

    def __mul__(self, other: Any) -> _Symbol:
        return self._with("*", other)

    def __rmul__(self, other: Any) -> _Symbol:
        return self._with("*", other, swapped=True)

    def __truediv__(self, other: Any) -> _Symbol:
        return self._with("/", other)

    def __rtruediv__(self, other: Any) -> _Symbol:
        return self._with("/", other, swapped=True)

    def __neg__(self) -> _Symbol:
        return self.space.put(f"-{self.name}")

    def __pow__(self, exponent: Any) -> _Symbol:
        if isinstance(exponent, int):  # no power of a float with a whole exponent is complex
            return self.space.put(f"{self.name} ** {self.space.setting(exponent)}")
        raise Unwritable

    def _unknown(self, *_others: Any) -> Any:
        raise Unwritable

    __bool__ = __float__ = __int__ = __lt__ = __gt__ = __le__ = __ge__ = _unknown
    __eq__ = __ne__ = _unknown
    __rpow__ = _unknown
    __hash__ = None  # type: ignore[assignment]  # it equals nothing
