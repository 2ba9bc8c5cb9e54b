"""Describe one primitive in one record: an op row.

A row's formula and partials are plain functions of a namespace ``m`` and the arguments, so that the
same lines run on floats, numpy arrays, exact rationals, graph nodes, text and sympy symbols.
Conventions: arguments are positional, settings keyword-only; a partial receives the output first
(``m, out, *args``), as in HIPS/autograd's rule tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = [
    "INDICATORS",
    "Condition",
    "Elementwise",
    "Infix",
    "Leaf",
    "Prefix",
    "Row",
    "Setting",
    "Structural",
]

Shape = tuple[int, ...]
ATOM, POWER, SIGN, PRODUCT, SUM, COMPARE = 100, 50, 40, 30, 20, 10
INDICATORS = frozenset({"greater", "less", "equal", "step"})
"""Ops whose value is 1 or 0."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Require of an argument that it stands in a relation to a bound, as in x > 0."""

    argument: int
    relation: Literal[">", ">=", "!="]
    bound: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """Name a keyword-only setting, how it is read, and its default.

    Ops take the kinds of numbers and axes; layers also ``row``, the name of an op applied entry
    by entry, and ``word``, one of a few texts; training also ``numbers``, a list, and ``call``, a
    row of its own with settings.

    Attributes:
        choices: the texts that a ``word`` may be.
        bounds: where a number lies, as on a board: ``[0, 1)``, ``(0, inf)``; empty for anywhere.
    """

    name: str
    kind: Literal[
        "number", "integer", "axis", "axes", "shape", "key", "flag", "row", "word", "numbers",
        "call",
    ]  # fmt: skip
    default: Any = None
    choices: tuple[str, ...] = ()
    bounds: str = ""


@dataclass(frozen=True, slots=True)
class Infix:
    """Write an op between its arguments; higher levels bind more tightly."""

    symbol: str
    level: int
    right_level: int

    @property
    def left_level(self) -> int:
        """Return how tightly the left argument must bind; comparisons do not chain."""
        return COMPARE + 1 if self.level == COMPARE else self.level


@dataclass(frozen=True, slots=True)
class Prefix:
    """Write an op before its argument."""

    symbol: str
    level: int


def no_conditions(_settings: Mapping[str, Any]) -> tuple[Condition, ...]:
    """Return the empty domain: every real number is allowed."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Hold what every op has: a name, arguments, settings, how it is written, and its source.

    Attributes:
        name: the word in files, figures and messages.
        arguments: names of the slots, in order; one name ending in ``*`` takes any number.
        settings: keyword-only settings, for instance ``axis``.
        notation: how the text of a formula is written; None writes ``name(a, b)``.
        latex: template over ``{0}``, ``{1}``, ...; empty writes the name upright.
        aliases: other names, Spanish ones first.
        doc: one line in English that says what the op computes.
        source: author, title and section of the formula.
    """

    name: str
    arguments: tuple[str, ...]
    settings: tuple[Setting, ...] = ()
    notation: Infix | Prefix | None = None
    latex: str = ""
    latex_level: int = ATOM
    latex_argument_levels: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    doc: str = ""
    source: str = ""

    @property
    def variadic(self) -> bool:
        """Tell whether the op takes any number of arguments."""
        return bool(self.arguments) and self.arguments[-1].endswith("*")

    @property
    def defaults(self) -> dict[str, Any]:
        """Return the settings' default values."""
        return {setting.name: setting.default for setting in self.settings}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Row):
    """A node without parents: an input, a parameter or a constant."""

    role: Literal["input", "parameter", "constant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elementwise(Row):
    """An op applied entry by entry; arrays broadcast.

    Attributes:
        formula: ``(m, *args, **settings)``, the taught definition; sympy differentiates it.
        partials: one ``(m, out, *args, **settings)`` per argument, in the stable, taught form;
            empty asks sympy for them when the row is registered.
        evaluate: a form of the formula that stays finite where the formula overflows.
        domain: from the settings, the conditions under which value and partials exist.
        kinks: expressions whose zeros are points without a derivative; there the partial is a
            convention, worded by ``convention``.
        convention: message id of what is taken at a kink.
    """

    formula: Callable[..., Any]
    partials: tuple[Callable[..., Any], ...] = ()
    evaluate: Callable[..., Any] | None = None
    domain: Callable[[Mapping[str, Any]], tuple[Condition, ...]] = no_conditions
    kinks: Callable[..., tuple[Any, ...]] | None = None
    convention: str = ""
    sample: tuple[float, float] = (-2.0, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structural(Row):
    """An op that moves, sums or multiplies whole arrays.

    Attributes:
        shape: ``(*shapes, **settings)`` to the output's shape; raises ShapeError.
        evaluate: ``(m, *args, **settings)`` on arrays.
        pullback: ``(m, adjoint, out, args, slot, **settings)``, the contribution to one parent,
            written in ops, so that it runs on numbers and builds graphs.
        pushforward: ``(m, tangent, out, args, slot, **settings)``; None where the op is linear in
            each argument, for then the op itself pushes tangents forward.
        kinks: as of element-wise rows: expressions whose zeros are points without a derivative.
        convention: message id of what is taken there.
    """

    shape: Callable[..., Shape]
    evaluate: Callable[..., Any]
    pullback: Callable[..., Any]
    pushforward: Callable[..., Any] | None = None
    kinks: Callable[..., tuple[Any, ...]] | None = None
    convention: str = ""
    examples: tuple[tuple[tuple[Shape, ...], dict[str, Any]], ...] = field(default=())
