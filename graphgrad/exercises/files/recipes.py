"""Tell how each step follows from the steps before it: what it uses, and by which formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphgrad.exercises.applying import shape_of
from graphgrad.exercises.derivation import Derivation
from graphgrad.exercises.files.truth import Truth
from graphgrad.exercises.term_math import arrays, entries
from graphgrad.exercises.terms import Pool, Term
from graphgrad.graph.graph import Graph

__all__ = ["Recipe", "Recipes"]


class Recipe(NamedTuple):
    """How a step follows from earlier ones.

    Attributes:
        step: its place among the steps.
        shape: of its value.
        entries: its entries row by row, in terms of leaves and of entries of earlier answers.
        uses: the places of the steps it uses.
    """

    step: int
    shape: tuple[int, ...]
    entries: tuple[Term, ...]
    uses: tuple[int, ...]


class Recipes:
    r"""The recipes of all steps of a graph.

    Args:
        graph: the graph.
        asked: the ids of the steps, in their order.

    >>> from graphgrad.source import read_gg
    >>> graph = read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")
    >>> [recipe.uses for recipe in Recipes(graph, ["z", "L", "dL/dz", "dL/dw"]).all()]
    [(), (0,), (0,), (2,)]
    """

    def __init__(self, graph: Graph, asked: Sequence[str]) -> None:
        self.graph = graph
        self.asked = tuple(asked)
        self.truth = Truth(graph, asked)
        self.pool: Pool = self.truth.reference.pool
        self.entry_of: dict[str, tuple[int, tuple[int, ...]]] = {}
        """The step and the entry, counted from 1, that a variable of a recipe stands for."""
        self._answers = [self._answer(step) for step in range(len(self.asked))]

    def _answer(self, step: int) -> Any:
        """Return variables that stand for a step's answer."""
        shape = shape_of(self.truth.candidates[self.asked[step]].value)
        found = arrays().empty(shape, dtype=object)
        for index in arrays().ndindex(*shape):
            name = f"answer {step}{list(index)}"
            self.entry_of[name] = (step, tuple(k + 1 for k in index))
            found[index] = self.pool.name(name)
        return found if shape else found[()]

    def all(self) -> list[Recipe]:
        """Return the recipe of every step."""
        return [self.recipe(step) for step in range(len(self.asked))]

    def recipe(self, step: int) -> Recipe:
        """Return the recipe of a step."""
        reference = self.truth.reference
        target = self.truth.targets[self.asked[step]]
        wanted = self.truth.candidates[self.asked[step]].reading
        candidates = reference.candidates(target, self._given(step))
        value = next(c.value for c in candidates if c.reading == wanted)
        terms = tuple(entries(value))
        names = self.pool.names(term.id for term in terms)
        uses = sorted({self.entry_of[name][0] for name in names if name in self.entry_of})
        return Recipe(step, shape_of(value), terms, tuple(uses))

    def _given(self, step: int) -> Derivation:
        """Return a derivation from the answers to the steps before one."""
        reference, index = self.truth.reference, self.graph.line_index
        values, totals, locals_ = {}, {}, {}
        for earlier in range(step):
            target = self.truth.targets[self.asked[earlier]]
            of, wrt = index.get(target.name), index.get(target.wrt)
            if of is None or target.entry:
                continue
            if target.kind == "value":
                values[of] = self._answers[earlier]
            elif wrt is not None:
                totals[of, wrt] = self._answers[earlier]
                if not shape_of(self._answers[earlier]) and reference.reads(of, wrt):
                    locals_[of, wrt] = self._answers[earlier]
        return Derivation(self.graph, self.pool, values=values, totals=totals, locals_=locals_)
