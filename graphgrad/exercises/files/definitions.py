"""Turn names and steps into the lines of a graph, each after the lines it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from graphgrad.errors import SourceError
from graphgrad.exercises.files.model import Definition, Step
from graphgrad.exercises.files.step_block import Asked, RawStep, derivative_of, name_of_inner

__all__ = ["ordered", "with_steps"]

_WORD = re.compile(r"[^\W\d]\w*")


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
        elif raw.id not in lines:
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
    raw: RawStep, asked: Asked, lines: dict[str, Definition], variables: set[str]
) -> str:
    """Return the target of a derivative; what it derives becomes a line if it has no name."""
    inner = asked.inner
    if not _WORD.fullmatch(inner):
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
        if name not in lines and name not in variables:
            raise SourceError("classroom.step.unknown", got=name, at=raw.expr_line)
    return f"d{inner}/d{asked.wrt}"


def _bare(formula: str) -> str:
    return "".join(formula.split())


def ordered(definitions: Iterable[Definition]) -> list[Definition]:
    """Return lines so that each stands after those it uses; a cycle keeps the file's order."""
    waiting = list(definitions)
    names = {definition.name for definition in waiting}
    done: list[Definition] = []
    known: set[str] = set()
    while waiting:
        ready = [d for d in waiting if not (_used(d, names) - known - {d.name})]
        chosen = ready[0] if ready else waiting[0]
        waiting.remove(chosen)
        done.append(chosen)
        known.add(chosen.name)
    return done


def _used(definition: Definition, names: set[str]) -> set[str]:
    return {word for word in _WORD.findall(definition.formula) if word in names}
