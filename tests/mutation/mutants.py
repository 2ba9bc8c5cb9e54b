"""List the small faults that mutmut's operators can plant, and draw the same ones every time.

A mutant has a name: a digest of its file, the function it is in, the text before and after, and
how many equal ones stand before it. The mutants with the smallest names are drawn, so a change
elsewhere in a file neither moves nor renames those already drawn.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import libcst as cst
import libcst.metadata as meta
from mutmut.mutation.mutators import mutation_operators

__all__ = ["AREAS", "Mutant", "drawn", "texts_of"]

AREAS = (
    "ops",
    "autodiff",
    "trace",
    "api",
    "exercises/deciding",
    "exercises/judging",
    "exercises/marking",
)
_UNTOUCHED_CALLS = {"len", "isinstance", "cast", "TypeVar", "NamedTuple", "Protocol"}
_TYPES_ONLY = {"__all__", "__slots__"}


class Mutant(NamedTuple):
    """One fault.

    Attributes:
        name: a digest that stays while the function stays.
        path: the file, from the root of the repository.
        line: where it is planted.
        end: the last line of what is replaced.
        scope: the function or class around it.
        before: the text that is replaced.
        after: the text that replaces it.
    """

    name: str
    path: str
    line: int
    end: int
    scope: str
    before: str
    after: str


def drawn(root: Path, count: int, areas: tuple[str, ...] = AREAS) -> list[Mutant]:
    """Return the mutants with the smallest names of the areas, by file and line."""
    found = [mutant for path in _files(root, areas) for mutant, _ in _mutants(root, path)]
    chosen = sorted(found, key=lambda mutant: mutant.name)[:count]
    return sorted(chosen, key=lambda mutant: (mutant.path, mutant.line, mutant.name))


def texts_of(root: Path, chosen: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with the text of its file once the fault is in it."""
    for path in dict.fromkeys(mutant.path for mutant in chosen):
        wanted = {mutant.name for mutant in chosen if mutant.path == path}
        for mutant, (module, old, new) in _mutants(root, path):
            if mutant.name in wanted:
                yield mutant, module.deep_replace(old, new).code


def _files(root: Path, areas: tuple[str, ...]) -> list[str]:
    paths = [path for area in areas for path in (root / "graphgrad" / area).rglob("*.py")]
    return sorted(path.relative_to(root).as_posix() for path in paths)


def _mutants(root: Path, path: str) -> Iterator[tuple[Mutant, Any]]:
    """Yield every mutant of a file, with what makes its text."""
    wrapper = meta.MetadataWrapper(cst.parse_module((root / path).read_text("utf-8")))
    module, places = wrapper.module, wrapper.resolve(meta.PositionProvider)
    seen: Counter[tuple[str, str, str]] = Counter()
    for node, scope in _walked(module, ""):
        for kind, operator in mutation_operators:
            for new in operator(node) if isinstance(node, kind) else ():
                texts = scope, module.code_for_node(node), module.code_for_node(new)
                seen[texts] += 1
                place = places[node]
                lines = place.start.line, place.end.line
                name = _digest(path, *texts, str(seen[texts]))
                yield Mutant(name, path, *lines, *texts), (module, node, new)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _walked(node: cst.CSTNode, scope: str) -> Iterator[tuple[cst.CSTNode, str]]:
    """Yield the nodes that run, each with the function or class around it."""
    if _is_for_readers_only(node):
        return
    yield node, scope
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        scope = f"{scope}.{node.name.value}".lstrip(".")
    for child in node.children:
        yield from _walked(child, scope)


def _is_for_readers_only(node: cst.CSTNode) -> bool:
    """Tell whether a node is an annotation, an import, a docstring, a decorator and the like."""
    if isinstance(node, cst.Annotation | cst.Import | cst.ImportFrom | cst.Decorator):
        return True
    if isinstance(node, cst.If):
        return isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING"
    if isinstance(node, cst.Expr):
        return isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)
    if isinstance(node, cst.Call):
        return isinstance(node.func, cst.Name) and node.func.value in _UNTOUCHED_CALLS
    if isinstance(node, cst.Assign):
        target = node.targets[0].target
        return isinstance(target, cst.Name) and target.value in _TYPES_ONLY
    return False
