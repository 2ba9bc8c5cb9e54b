"""Read the variables of an exercise, and turn names and steps into the lines of a graph.

Variables are fixed, chosen, or drawn from a grid. Each line stands after the lines it uses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.files.exercise import Definition, Step, Variable
from graphgrad.exercises.files.step_block import Derived, RawStep, derivative_of, name_of_inner
from graphgrad.expr.dialect import STRICT
from graphgrad.source.leaves import literal

__all__ = ["ordered", "read_variable", "with_steps"]


_WORD = re.compile(r"[^\W\d]\w*")
_KEYS = ("value", "choose", "range", "step", "nonzero", "shape", "role")
_ROLES = {"input": "input", "entrada": "input"} | dict.fromkeys(
    ("param", "parametro", "parámetro"), "param"
)
_MOST_ENTRIES = 400
_MOST_GRID = 10**6
_NAME = re.compile(r"[^\W\d]\w*(?:\[[-\w,]+\]|\.[^\W\d]\w*)*\Z")


def with_steps(
    names: list[Definition], raw: list[RawStep], variables: set[str]
) -> tuple[list[Definition], list[Step]]:
    """Return all lines and the steps that ask for them.

    A step's formula is the line of its name; it stands before a formula of the front matter.

    Raises:
        SourceError: with the line in ``fields["at"]`` if two lines have one name.
    """
    lines: dict[str, Definition] = {}
    for definition in names:
        _add(lines, definition, variables)
    steps = [_step(step, lines, variables) for step in raw]
    return list(lines.values()), _with_uses(raw, steps)


def _with_uses(raw: list[RawStep], steps: list[Step]) -> list[Step]:
    """Return the steps, each once, with the ids of the steps they use, which must come before."""
    seen: dict[str, int] = {}
    known: dict[str, str] = {}
    found = []
    for own, step in zip(raw, steps, strict=True):
        if step.id in seen:
            line = seen[step.id]
            raise SourceError("classroom.step.double", got=step.id, line=line, at=step.line)
        for name in step.uses:
            if name not in known:
                earlier = ", ".join(seen) or "-"
                raise SourceError("classroom.step.uses", got=name, known=earlier, at=step.line)
        found.append(replace(step, uses=tuple(known[name] for name in step.uses)))
        seen[step.id] = step.line
        known |= dict.fromkeys((own.id, step.label, step.id), step.id)
    return found


def _add(lines: dict[str, Definition], new: Definition, variables: set[str]) -> None:
    if new.name in variables or new.name in lines:
        line = lines[new.name].line if new.name in lines else 0
        message = "classroom.line.twice" if line else "classroom.line.variable"
        raise SourceError(message, name=new.name, line=line, at=new.line)
    lines[new.name] = new


def _step(raw: RawStep, lines: dict[str, Definition], variables: set[str]) -> Step:
    asked = derivative_of(raw)
    if asked is None:
        if raw.expr:
            lines.pop(raw.id, None)
            _add(lines, Definition(raw.id, raw.expr, raw.expr_line), variables)
        elif not _is_defined(raw.id, lines):
            raise SourceError("classroom.step.no_formula", got=raw.id, at=raw.line)
        target, label = raw.id, raw.label or raw.id
    else:
        target = _derivative(raw, asked, lines, variables)
        label = raw.label or target
    return Step(
        target, label, raw.kind, names=raw.names, uses=raw.uses, digits=raw.digits,
        feedback=raw.feedback, line=raw.line,
    )  # fmt: skip


def _derivative(
    raw: RawStep, asked: Derived, lines: dict[str, Definition], variables: set[str]
) -> str:
    """Return the target of a derivative; what it derives becomes a line if it has no name."""
    inner = asked.inner
    if not _WORD.fullmatch(inner) and not _is_defined(inner, lines):
        name = name_of_inner(raw, asked.wrt)
        known = lines.get(name)
        if not name:
            raise SourceError("classroom.step.inner", got=inner, at=raw.expr_line)
        if known is None:
            _add(lines, Definition(name, inner, raw.expr_line), variables)
        elif _bare(known.formula) != _bare(inner):
            raise SourceError("classroom.line.twice", name=name, line=known.line, at=raw.expr_line)
        inner = name
    for name in (inner, asked.wrt):
        if not _is_defined(name, lines) and name not in variables:
            raise SourceError("classroom.step.unknown", got=name, at=raw.expr_line)
    return f"d{inner}/d{asked.wrt}"


def _is_defined(name: str, lines: dict[str, Definition]) -> bool:
    """Tell whether a name is that of a line, or of one that a loop or a call makes."""
    return name in lines or any(line.defines(name) for line in lines.values() if line.gives)


def _bare(formula: str) -> str:
    return "".join(formula.split())


def ordered(definitions: Iterable[Definition]) -> list[Definition]:
    """Return lines so that each stands after those it uses; a cycle keeps the file's order."""
    waiting = list(definitions)
    names = {name for definition in waiting for name in (definition.name, *definition.gives)}
    done: list[Definition] = []
    known: set[str] = set()
    while waiting:
        ready = [d for d in waiting if not (_used(d, names) - known - {d.name, *d.gives})]
        chosen = ready[0] if ready else waiting[0]
        waiting.remove(chosen)
        done.append(chosen)
        known |= {chosen.name, *chosen.gives}
    return done


def _used(definition: Definition, names: set[str]) -> set[str]:
    return {word for word in _WORD.findall(definition.formula) if word in names}


def read_variable(name: str, given: Any, line: int) -> Variable:
    """Return a variable.

    Args:
        name: its name.
        given: a value, or a table with ``value``, ``choose`` or ``range``.
        line: its line in the file.

    Raises:
        SourceError: if the table says too little, too much or something impossible.
    """
    if not _NAME.match(name):
        raise SourceError("classroom.var.name", got=name)
    table = given if isinstance(given, dict) else {"value": given}
    way = _way(name, table)
    role = _ROLES.get(str(table.get("role", "input")))
    if role is None:
        raise _wrong("classroom.var.role", name, got=table["role"])
    nonzero = table.get("nonzero", False)
    if not isinstance(nonzero, bool):
        raise _wrong("classroom.var.nonzero", name, got=nonzero)
    blank = Variable(name, role, _shape(name, table.get("shape", [])), nonzero=nonzero, line=line)
    if way == "value":
        value = _value(name, table["value"])
        return replace(blank, shape=tuple(getattr(value, "shape", ())), value=value, nonzero=False)
    if way == "choose":
        choices, shape = _choices(name, table["choose"], nonzero=nonzero)
        return replace(blank, shape=blank.shape or shape, choices=choices, nonzero=False)
    low, step, count = _grid(name, table["range"], table.get("step", 1))
    if nonzero and count == 1 and low == 0:
        raise _wrong("classroom.var.nothing_left", name)
    return replace(blank, low=low, step=step, count=count)


def _way(name: str, table: Mapping[str, Any]) -> str:
    """Return how a variable gets its value: by ``value``, ``choose`` or ``range``."""
    unknown = [key for key in table if key not in _KEYS]
    if unknown:
        raise _wrong("classroom.var.key", name, got=unknown[0], known=", ".join(_KEYS))
    ways = [key for key in ("value", "choose", "range") if key in table]
    if len(ways) != 1:
        raise _wrong("classroom.var.ways", name, got=", ".join(ways) or "-")
    return ways[0]


def _shape(name: str, given: Any) -> tuple[int, ...]:
    sizes = given if isinstance(given, list) else [given]
    plain = all(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in sizes)
    if not plain or len(sizes) > 4 or math.prod(sizes) > _MOST_ENTRIES:
        raise _wrong("classroom.var.shape", name, got=given, limit=_MOST_ENTRIES)
    return tuple(sizes)


def _value(name: str, given: Any) -> Any:
    """Return a written value: a rational, or an exact array."""
    if isinstance(given, int | Fraction) and not isinstance(given, bool):
        return Fraction(given)
    written = given if isinstance(given, str) else _spelled(name, given)
    try:
        return literal(written, STRICT)
    except GraphgradError as error:
        why = error.body(None).rstrip(".")
        raise _wrong("classroom.var.value", name, got=str(written)[:60], why=why) from None


def _spelled(name: str, given: Any, depth: int = 0) -> str:
    """Return a list of TOML as text that `literal` reads."""
    if isinstance(given, int | Fraction) and not isinstance(given, bool):
        return str(given)
    if isinstance(given, str) and re.fullmatch(r"\s*-?[\d./]{1,40}\s*", given):
        return given
    if isinstance(given, list) and given and depth < 3 and len(given) <= _MOST_ENTRIES:
        return f"[{', '.join(_spelled(name, entry, depth + 1) for entry in given)}]"
    raise _wrong("classroom.var.value", name, got=str(given)[:60], why=type(given).__name__)


def _choices(name: str, given: Any, *, nonzero: bool) -> tuple[tuple[Any, ...], tuple[int, ...]]:
    if not isinstance(given, list) or not given or len(given) > 1000:
        raise _wrong("classroom.var.choose", name, got=str(given)[:60])
    values = [_value(name, entry) for entry in given]
    shapes = {tuple(getattr(value, "shape", ())) for value in values}
    if len(shapes) != 1:
        raise _wrong("classroom.var.choose", name, got=str(given)[:60])
    shape = shapes.pop()
    if nonzero and not shape:
        values = [value for value in values if value != 0]
    if not values:
        raise _wrong("classroom.var.nothing_left", name)
    return tuple(values), shape


def _grid(name: str, given: Any, step: Any) -> tuple[Fraction, Fraction, int]:
    ends = [_value(name, end) for end in given] if isinstance(given, list) else []
    size = _value(name, step)
    numbers = all(isinstance(number, Fraction) for number in (*ends, size))
    if len(ends) != 2 or not numbers or size <= 0 or ends[0] > ends[1]:
        raise _wrong("classroom.var.range", name, got=str(given)[:60])
    count = int((ends[1] - ends[0]) / size) + 1
    if count > _MOST_GRID:
        raise _wrong("classroom.var.range", name, got=str(given)[:60])
    return cast("Fraction", ends[0]), cast("Fraction", size), count


def _wrong(message: str, name: str, **fields: Any) -> SourceError:
    return SourceError(message, name=name, **fields)
