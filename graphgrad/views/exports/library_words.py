"""Write ops in the words of a Python library; what it has not becomes a function of its own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Literal

from graphgrad.compile.writing.names import Names
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.graph.settings import complete_settings
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.registry import row as row_of
from graphgrad.ops.row import ATOM, COMPARE, Elementwise, Infix, Prefix, Row
from graphgrad.views.exports.code import Code, number_code
from graphgrad.views.exports.helper_functions import HELPERS
from graphgrad.views.exports.spellings import BY_EVALUATION, SPELLINGS, Use

__all__ = ["Library", "LibraryWords", "check_spoken", "use_of"]

Library = Literal["torch", "jax"]
_IN_MATH = frozenset({"exp", "log", "sqrt", "sin", "cos", "tan", "tanh"})
_SYMBOLS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "matmul": "@", "dot": "@"}


class LibraryWords:
    r"""Namespace of every row, on pieces of code of one library.

    Args:
        library: whose words.
        names: the names that are taken; functions get theirs from it.

    >>> words = LibraryWords("torch", Names())
    >>> z = Code(words, "z")
    >>> words.softsign(z + 1).text, words.functions
    ('softsign(z + 1)', ['def softsign(z):\n    return z / (1 + torch.abs(z))\n'])
    """

    def __init__(self, library: Library, names: Names) -> None:
        self.library = library
        self.names = names
        self.functions: list[str] = []
        self._named: dict[Any, str] = {}

    @property
    def pi(self) -> Code:
        """Return the circle's ratio."""
        return Code(self, "math.pi", ATOM, math.pi)

    def shape(self, _x: Any) -> tuple[int, ...]:
        """Return the shape that a formula of numbers sees."""
        return ()

    def __getattr__(self, name: str) -> Callable[..., Code]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **settings: self.call(name, *args, **settings)

    def call(self, name: str, *args: Any, **settings: Any) -> Code:
        """Return an op applied to pieces and numbers."""
        pieces = [arg if isinstance(arg, Code) else number_code(self, arg) for arg in args]
        row = row_of(name)
        shapes = tuple(() for _ in pieces)
        return self.applied(row, pieces, Use(shapes, (), complete_settings(row, settings, shapes)))

    def applied(self, row: Row, args: list[Code], use: Use) -> Code:
        """Return a row applied to pieces of code."""
        operated = self._operated(row, args, use)
        if operated is not None:
            return operated
        if isinstance(row, Elementwise) and all(arg.number is not None for arg in args):
            return self._folded(row, args, use.settings)
        if row.name == "where":
            return self._where(*args)
        template = spelling(row.name, self.library, use)
        if template:
            return self._spelled(row, template, args, use)
        name = self._function(row, use.settings)
        return Code(self, f"{name}({', '.join(arg.text for arg in args)})")

    # ---- operators ----

    def _operated(self, row: Row, args: list[Code], use: Use) -> Code | None:
        """Return an op that Python writes with a sign, None if it is none."""
        if row.name in ("identity", "target"):
            return args[0]
        if row.name in ("powi", "pow"):
            return args[0] ** (use.settings["n"] if row.name == "powi" else args[1])
        if isinstance(row.notation, Prefix):
            return -args[0]
        if row.name in _SYMBOLS:
            made: Code = getattr(args[0], _METHODS[_SYMBOLS[row.name]])(args[1])
            return made
        if isinstance(row.notation, Infix) and row.notation.level == COMPARE:
            if all(arg.number is not None for arg in args):
                return self._folded(row, args, use.settings)
            left, right = (arg.within(COMPARE + 1) for arg in args)
            holds = f"{left} {row.notation.symbol} {right}"
            change = "double()" if self.library == "torch" else "astype(float)"
            return Code(self, f"({holds}).{change}", holds=holds)
        return None

    def _where(self, condition: Code, a: Code, b: Code) -> Code:
        if condition.number is not None:
            return a if condition.number != 0 else b
        holds = condition.holds or f"{condition.within(COMPARE + 1)} != 0"
        both = a.number is not None and b.number is not None
        texts = [repr(float(x.number or 0)) if both else x.text for x in (a, b)]
        return Code(self, f"{self._lib}.where({holds}, {', '.join(texts)})")

    def _folded(self, row: Row, args: list[Code], settings: Mapping[str, Any]) -> Code:
        """Return an op on numbers of Python's, which libraries take no arrays for."""
        numbers = tuple(float(arg.number or 0) for arg in args)
        value = arithmetic().value(row, numbers, arithmetic().settings(settings), scalar=True)
        if row.name in _IN_MATH:
            return Code(self, f"math.{row.name}({args[0].text})", ATOM, value)
        return number_code(self, value)

    # ---- calls ----

    @property
    def _lib(self) -> str:
        return "torch" if self.library == "torch" else "jnp"

    def _spelled(self, row: Row, template: str, args: list[Code], use: Use) -> Code:
        texts = [self._argument(arg) for arg in args]
        if any(tight in template for tight in ("{0}.", "{0}[", "-{0}")) and len(texts) == 1:
            texts = [args[0].within(ATOM)]
        fields: dict[str, Any] = {"lib": self._lib, "all": ", ".join(texts)}
        fields |= _axes(use, torch=self.library == "torch")
        for setting in row.settings:
            value = use.settings[setting.name]
            plain = setting.kind in ("number", "integer")
            fields[setting.name] = number_code(self, value).text if plain else repr(value)
        if "key" in use.settings:
            fields["key"], fields["parts"] = _key_texts(use.settings["key"])
        for helper in HELPERS:
            if f"{{{helper}}}" in template:
                fields[helper] = self._helper(helper)
        if template == "{0}":
            return args[0]
        return Code(self, template.format(*texts, **fields))

    def _argument(self, arg: Code) -> str:
        """Return an argument; PyTorch's functions take no numbers of Python's."""
        if arg.number is None or self.library == "jax":
            return arg.text
        return f"torch.tensor({_as_float(arg)})"

    def _helper(self, name: str) -> str:
        """Return the name of a function that is written above the program."""
        if name not in self._named:
            self._named[name] = own = self.names.new(name)
            found = HELPERS[name]
            body = found.torch if self.library == "torch" else found.jax
            told = f'    """{text(f"export.helper.{name}")}"""\n'
            self.functions.append(f"def {own}{found.arguments}:\n{told}{body}")
        return self._named[name]

    def _function(self, row: Row, settings: Mapping[str, Any]) -> str:
        """Return the name of a function made of a row's formula."""
        key = (row.name, tuple(settings.items()))
        if key not in self._named:
            assert isinstance(row, Elementwise)
            rule = row.evaluate if row.name in BY_EVALUATION and row.evaluate else row.formula
            names = Names()
            arguments = [Code(self, names.new(name)) for name in row.arguments]
            made = rule(self, *arguments, **settings)
            body = made if isinstance(made, Code) else number_code(self, made)
            self._named[key] = own = self.names.new(row.name)
            inside = ", ".join(arg.text for arg in arguments)
            self.functions.append(f"def {own}({inside}):\n    return {body.text}\n")
        return self._named[key]


_METHODS = {
    "+": "__add__", "-": "__sub__", "*": "__mul__", "/": "__truediv__", "@": "__matmul__"
}  # fmt: skip


def spelling(name: str, library: Library, use: Use) -> str:
    """Return the template of one use of an op; empty if the library has no word for it."""
    found = SPELLINGS.get(name)
    if found is None:
        return ""
    template = found.torch if library == "torch" else found.jax
    return template if isinstance(template, str) else template(use)


def use_of(graph: Graph, node: int) -> Use:
    """Return how a node uses its op."""
    columns = graph.columns
    shapes = tuple(map(columns.shape, columns.parents_of(node)))
    return Use(shapes, columns.shape(node), dict(columns.settings_of(node)))


def check_spoken(graph: Graph, library: Library, target: str) -> None:
    """Refuse a graph with ops that a library has no words for.

    Raises:
        UsageError: which names all of them, with how often each occurs.
    """
    missing: Counter[str] = Counter()
    for node in range(len(graph)):
        row = graph.columns.row(node)
        known = isinstance(row, Elementwise) or graph.is_leaf(node) or row.name in _SYMBOLS
        if not known and not spelling(row.name, library, use_of(graph, node)):
            missing[row.name] += 1
    refuse(missing, target)


def refuse(missing: Mapping[str, int], target: str) -> None:
    """Raise an error that names every op without a spelling."""
    if missing:
        ops = ", ".join(f"{name} ({count})" for name, count in sorted(missing.items()))
        raise UsageError("export.unspoken", target=target, ops=ops)


def _as_float(number: Code) -> str:
    value = float(number.number or 0)
    if number.text.lstrip("-").isdigit() or not math.isfinite(value):
        return f"{number.text}.0" if math.isfinite(value) else number.text
    return number.text


def _axes(use: Use, *, torch: bool) -> dict[str, str]:
    """Return along which axes a reduction goes, as the last arguments of its call."""
    word, kept = ("dim", "keepdim") if torch else ("axis", "keepdims")
    axis = use.settings.get("axis")
    keep = f", {kept}=True" if use.settings.get("keepdims") else ""
    over = ""
    if isinstance(axis, tuple) and (keep or len(axis) < len(use.shapes[0])):
        over = f", {word}={axis[0] if len(axis) == 1 else axis}"
    return {"over": over + keep, "keep": keep, "kept": repr(use.result)}


def _key_texts(key: Any) -> tuple[str, str]:
    """Return subscripts as they stand in brackets, and as a tuple."""
    inside = [str(part) if isinstance(part, int) else f"{part[0]}:{part[1]}" for part in key]
    parts = [str(part) if isinstance(part, int) else f"slice({part[0]}, {part[1]})" for part in key]
    return ", ".join(inside), f"({', '.join(parts)},)"
