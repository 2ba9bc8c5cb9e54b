"""Describe one primitive in one record: an op row.

A row's formula and partials are plain functions of a namespace ``m`` and the arguments, so that the
same lines run on floats, numpy arrays, exact rationals, graph nodes, text and sympy symbols.
Conventions: arguments are positional, settings keyword-only; a partial receives the output first
(``m, out, *args``), as in HIPS/autograd's rule tables.
"""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

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
INDICATORS = frozenset(
    {"greater", "less", "equal", "greater_equal", "less_equal", "not_equal", "step"}
)
"""Ops whose value is 1 or 0."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Require of an argument that it stands in a relation to a bound, as in x > 0.

    ``every`` asks for a value that whole steps reach from the bound, as 0, 1, 2, ...
    """

    argument: int
    relation: Literal[">", ">=", "!=", "<=", "every"]
    bound: Any = 0
    step: Any = 1
    unless: Callable[..., Any] | None = field(default=None, compare=False, repr=False)
    """``(np, *arguments)`` to where the condition need not hold, such as at whole exponents."""

    def holds(self, value: Any) -> Any:
        """Return whether it holds, entry by entry for an array."""
        if self.relation == ">":
            return value > self.bound
        if self.relation == ">=":
            return value >= self.bound
        if self.relation == "<=":
            return value <= self.bound
        if self.relation == "!=":
            return value != self.bound
        steps = (value - self.bound) / self.step
        return steps // 1 == steps if not hasattr(steps, "dtype") else _whole(steps)

    def told(self, name: str) -> str:
        """Return it as written: ``x > 0``, ``x in {-1, 1, ...}``.

        >>> Condition(0, ">").told("x"), Condition(0, "every", -1, 2).told("y")
        ('x > 0', 'y in {-1, 1, ...}')
        """
        if self.relation == "every":
            return f"{name} in {{{self.bound}, {self.bound + self.step}, ...}}"
        return f"{name} {self.relation} {self.bound}"


def _whole(array: Any) -> Any:
    """Tell which entries are whole numbers, silent where one is not finite."""
    import numpy as np

    with np.errstate(all="ignore"):
        return array // 1 == array


class Setting(NamedTuple):
    """Name a keyword-only setting, how it is read, and its default.

    Ops take the kinds of numbers and axes; layers also ``count``, a whole number from 1,
    ``lengths``, one count or several, ``widths``, the same from 0, ``numbers``, a list, ``share``,
    above 0 and at most 1, ``row``, the name of an op applied entry by entry, ``rows``, one or
    several of them, ``initialiser``, the name of a row of initial values, and ``word``, one of
    ``choices``. A row or an initialiser may be called with settings of its own. Training also
    takes ``call``, a row of its own.

    Attributes:
        choices: the texts that a ``word`` may be.
        bounds: where a number lies, as on a board: ``[0, 1)``, ``(0, inf)``; empty for anywhere.
    """

    name: str
    kind: Literal[
        "number", "integer", "axis", "axes", "shape", "key", "flag", "places", "count", "lengths",
        "widths", "numbers", "share", "row", "rows", "initialiser", "word", "call",
    ]  # fmt: skip
    default: Any = None
    choices: tuple[str, ...] = ()
    bounds: str = ""


class Infix(NamedTuple):
    """Write an op between its arguments; higher levels bind more tightly."""

    symbol: str
    level: int
    right_level: int

    @property
    def left_level(self) -> int:
        """Return how tightly the left argument must bind; comparisons do not chain."""
        return COMPARE + 1 if self.level == COMPARE else self.level


class Prefix(NamedTuple):
    """Write an op before its argument."""

    symbol: str
    level: int


def no_conditions(_settings: Mapping[str, Any]) -> tuple[Condition, ...]:
    """Return the empty domain: every real number is allowed."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaf(Row):
    """A node without parents: an input, a parameter or a constant."""

    role: Literal["input", "parameter", "constant"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
        selects: whether the row picks one of its arguments or none, entry by entry: its partials
            are 1 where an argument is taken and 0 where it is not, and what is not taken cannot
            poison a derivative, not even by an infinite one.
        branches: the slots whose value is not looked at where it is not taken.
        stable_partials: forms of the partials that stay finite where the taught ones do not.
    """

    formula: Callable[..., Any]
    partials: tuple[Callable[..., Any], ...] = ()
    evaluate: Callable[..., Any] | None = None
    selects: bool = False
    branches: tuple[int, ...] = ()
    stable_partials: tuple[Callable[..., Any], ...] = ()
    domain: Callable[[Mapping[str, Any]], tuple[Condition, ...]] = no_conditions
    kinks: Callable[..., tuple[Any, ...]] | None = None
    convention: str = ""
    sample: tuple[float, float] = (-2.0, 2.0)

    @property
    def computed_partials(self) -> tuple[Callable[..., Any], ...]:
        """Return the forms of the partials that numbers and graphs are computed with."""
        return self.stable_partials or self.partials


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Structural(Row):
    """An op that moves, sums or multiplies whole arrays.

    Attributes:
        shape: ``(*shapes, **settings)`` to the output's shape; raises ShapeError.
        evaluate: ``(m, *args, **settings)`` on arrays.
        pullback: ``(m, adjoint, out, args, slot, **settings)``, the contribution to one parent,
            written in ops, so that it runs on numbers and builds graphs.
        pushforward: ``(m, tangent, out, args, slot, **settings)``; None where the op is linear in
            each argument, for then the op itself pushes tangents forward.
        domain: as of element-wise rows.
        kinks: as of element-wise rows: expressions whose zeros are points without a derivative.
        convention: message id of what is taken there.
        selects: as of element-wise rows: whether the pullback hands all to the entry taken.
        stable_pullback: a form that stays finite where the taught one does not.
    """

    selects: bool = False
    stable_pullback: Callable[..., Any] | None = None
    shape: Callable[..., Shape]
    evaluate: Callable[..., Any]
    pullback: Callable[..., Any]
    pushforward: Callable[..., Any] | None = None
    domain: Callable[[Mapping[str, Any]], tuple[Condition, ...]] = no_conditions
    kinks: Callable[..., tuple[Any, ...]] | None = None
    convention: str = ""
    examples: tuple[tuple[tuple[Shape, ...], dict[str, Any]], ...] = ()

    @property
    def computed_pullback(self) -> Callable[..., Any]:
        """Return the form of the pullback that numbers and graphs are computed with."""
        return self.stable_pullback or self.pullback
