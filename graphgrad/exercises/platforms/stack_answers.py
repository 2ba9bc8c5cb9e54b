"""Turn the steps of a variant into STACK's inputs, variables and response trees, in Maxima.

In a question, ``gg_v_w`` is the value of w, ``gg_t3`` the truth of step 3, ``ans3`` what was typed,
``gg_n3`` that as numbers, ``gg_f3`` what follows from the student's earlier answers. The prefix
keeps them apart from the names that students write. Maxima is the algebra system behind STACK.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.errors import LimitError
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.grading.mistakes import own_words
from graphgrad.exercises.reading.targets import row_of, scoped
from graphgrad.exercises.truth.steps import Recipe, Recipes
from graphgrad.messages.catalogue import text
from graphgrad.ops.registry import function_names

__all__ = ["Node", "StackSteps"]


FUNCTIONS = """\
gg_tol(t, d) := if abs(t) < 1.0e-12 then 0.5*10.0^(-d)\
 else 0.5000001*10.0^(floor(log(abs(t))/log(10.0))-d+1);
gg_near(u, t, tol) := if numberp(u) and numberp(t) then is(abs(u-t) <= tol) else false;
sigmoid(u) := 1/(1+exp(-u));
relu(u) := max(0,u);"""
"""Maxima functions that every question defines."""

_WORDS = ("sigmoid", "relu")
LONGEST = 20_000
_CALLS = {"exp", "log", "sin", "cos", "erf", "asin", "atan", "abs"}


class Node(NamedTuple):
    """A node of a response tree: a test, and for either outcome score, note, words, next node."""

    test: str
    true_score: Fraction
    true_words: str
    true_next: int
    false_words: str
    false_next: int


class StackSteps:
    """The steps of one variant as STACK needs them.

    Args:
        variant: the exercise with its numbers.
        language: of the words a student reads.
    """

    def __init__(self, variant: Variant, language: str | None) -> None:
        self.variant = variant
        self.exercise = variant.exercise
        self.language = language
        self.recipes = Recipes(variant.graph, variant.exercise.asked)
        self.all = self.recipes.all()

    # ---- question variables ----

    def variables(self) -> Iterator[str]:
        """Yield the statements that compute the truth from the variant's numbers."""
        yield FUNCTIONS
        for name, value in self._leaves():
            yield f"gg_v_{_safe(name)}: {value};"
        for recipe in self.all:
            number = recipe.step + 1
            value = maxima_array(
                [f"float({e})" for e in self._entries(recipe, "gg_t")], recipe.shape
            )
            yield f"gg_t{number}: {value};"

    def _leaves(self) -> Iterator[tuple[str, str]]:
        point = self.recipes.truth.reference.point
        graph = self.variant.graph
        for line in graph.lines():
            if not graph.is_leaf(line.root) or graph.is_constant(line.root):
                continue
            shape = graph.columns.shape(line.root)
            values = [
                v for k, v in point.items() if k == line.name or k.startswith(f"{line.name}[")
            ]
            numbers = [maxima_number(value) for value in values]
            yield line.name, maxima_array(numbers, shape)

    def _entries(self, recipe: Recipe, prefix: str) -> list[str]:
        """Return a recipe's entries in Maxima, earlier answers being ``prefix`` and a number."""
        return [maxima(term, self._namer(prefix)) for term in recipe.entries]

    def _namer(self, prefix: str) -> Callable[[str], str]:
        def name(variable: str) -> str:
            if variable in self.recipes.entry_of:
                step, entry = self.recipes.entry_of[variable]
                return _subscripted(f"{prefix}{step + 1}", entry)
            if variable in self.variant.graph.line_index:  # also one of a family: x[1]
                return f"gg_v_{_safe(variable)}"
            head, _, inner = variable.removesuffix("]").rpartition("[")
            return _subscripted(f"gg_v_{_safe(head)}", tuple(map(int, inner.split(","))))

        return name

    # ---- inputs ----

    def is_formula(self, recipe: Recipe) -> bool:
        """Tell whether a step may be answered by a formula."""
        return not recipe.shape and self.exercise.steps[recipe.step].kind != "number"

    def input_type(self, recipe: Recipe) -> str:
        """Return the kind of box: a grid for arrays, a formula, or a number."""
        if recipe.shape:
            return "matrix"
        return "algebraic" if self.is_formula(recipe) else "numerical"

    def shown_truth(self, recipe: Recipe) -> str:
        """Return the truth with the digits that the exercise asks for."""
        digits = self.exercise.steps[recipe.step].digits or self.exercise.digits
        call = f"significantfigures({{}},{digits})"
        name = f"gg_t{recipe.step + 1}"
        if not recipe.shape:
            return call.format(name)
        return f"matrixmap(lambda([u],{call.format('u')}),{name})"

    def allowed_words(self) -> str:
        """Return the names and functions that a formula may be written in."""
        lines = self.variant.graph.line_names
        names = [name for name in lines if len(name) > 1 and name.isidentifier()]
        words = [word for word in _WORDS if word in function_names()]
        return ", ".join([*names, *words])

    # ---- response trees ----

    def feedback_variables(self, recipe: Recipe) -> Iterator[str]:
        """Yield what a step's tree computes first: the answer as numbers, and what follows."""
        for step in (*recipe.uses, recipe.step):
            yield f"gg_n{step + 1}: {self._as_number(self.all[step])};"
        if recipe.uses:
            answers = ",".join(f"ans{step + 1}" for step in recipe.uses)
            follows = maxima_array(
                [f"float({e})" for e in self._entries(recipe, "gg_n")], recipe.shape
            )
            known = f"freeof(EMPTYANSWER,null,[{answers}])"
            number = recipe.step + 1
            yield f"gg_f{number}: if {known} then {follows} else gg_t{number};"

    def _as_number(self, recipe: Recipe) -> str:
        answer = f"ans{recipe.step + 1}"
        if not self.is_formula(recipe):
            return f"float({answer})"
        scope = self._scope(recipe)
        known: dict[str, str] = {name: f"gg_v_{_safe(name)}" for name, _ in self._leaves()}
        table = self.variant.graph.heading.table
        if row_of(scope) and table is not None:
            point = table.point(row_of(scope)).items()
            known |= {k: maxima_number(v) for k, v in point if not getattr(v, "shape", ())}
        for other, step in zip(self.all, self.exercise.steps, strict=True):
            about, name = scoped(step.id, step=True)
            if "/" not in name and about == scope:
                known[name] = f"gg_t{other.step + 1}"
        shapes = self.variant.graph.columns
        scalars = [
            f"{name}={value}"
            for name, value in known.items()
            if name.isidentifier() and not shapes.shape(self.variant.graph.find(name) or 0)
        ]
        return f"float(ev({', '.join([answer, *scalars, 'simp'])}))"

    def _scope(self, recipe: Recipe) -> str:
        return self.recipes.truth.scopes[self.exercise.steps[recipe.step].id]

    def nodes(self, recipe: Recipe) -> list[Node]:
        """Return the nodes of a step's tree, entry by entry."""
        places = _places(recipe.shape)
        found: list[Node] = []
        share = Fraction(1, len(places))
        for position, entry in enumerate(places):
            self._add(found, recipe, entry, share, is_last=position == len(places) - 1)
        return found

    def _add(
        self,
        nodes: list[Node],
        recipe: Recipe,
        entry: tuple[int, ...],
        share: Fraction,
        is_last: bool,
    ) -> None:
        """Append the tests of one entry: the truth, what follows, a sign."""
        number = recipe.step + 1
        given, truth, follow = (_subscripted(f"gg_{p}{number}", entry) for p in "ntf")
        tolerance = self._tolerance(recipe, truth)
        tests = [(f"gg_near({given},{truth},{tolerance})", share, "")]
        if recipe.uses:
            loose = f"max({tolerance},{self._tolerance(recipe, follow)})*2"
            words = text("classroom.stack.follows", self.language)
            earned = share * self.exercise.follow_on
            tests.append((f"gg_near({given},{follow},{loose})", earned, words))
        sign = own_words(self.exercise.steps[recipe.step], "sign", self.language)
        tests.append((f"gg_near({given},-{truth},{tolerance})", Fraction(0), sign))
        after = -1 if is_last else len(nodes) + len(tests)
        for place, (test, score, words) in enumerate(tests):
            last = place == len(tests) - 1
            wrong = self._wrong(entry) if last else ""
            nodes.append(Node(test, score, words, after, wrong, after if last else len(nodes) + 1))

    def _wrong(self, entry: tuple[int, ...]) -> str:
        if not entry:
            return ""
        return text("classroom.stack.entry", self.language, entry=", ".join(map(str, entry)))

    def _tolerance(self, recipe: Recipe, number: str) -> str:
        if self.exercise.decimals is not None:
            return f"0.5000001*10.0^(-{self.exercise.decimals})"
        digits = self.exercise.steps[recipe.step].digits or self.exercise.digits
        return f"gg_tol({number},{digits})"


def _safe(name: str) -> str:
    """Return a name that Maxima reads as one.

    >>> _safe("h.W"), _safe("x[1]")
    ('h_W', 'x_1_')
    """
    return re.sub(r"\W", "_", name)


def _places(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the subscripts of an array, from 1; one empty one for a number."""
    import numpy as np

    return [tuple(k + 1 for k in index) for index in np.ndindex(*shape)]


def _subscripted(name: str, entry: tuple[int, ...]) -> str:
    """Return an entry; vectors are matrices of one row.

    >>> _subscripted("t3", (2,)), _subscripted("t3", (1, 2)), _subscripted("t3", ())
    ('t3[1,2]', 't3[1,2]', 't3')
    """
    if not entry:
        return name
    row, column = entry if len(entry) == 2 else (1, entry[0])
    return f"{name}[{row},{column}]"


def maxima_number(value: Any) -> str:
    """Return a rational.

    >>> maxima_number(Fraction(-3, 4)), maxima_number(2)
    ('(-3/4)', '2')
    """
    value = Fraction(value)
    return f"({value})" if value < 0 or value.denominator > 1 else str(value)


def maxima(term: Term, name: Callable[[str], str]) -> str:
    """Return a term as a formula, every part in brackets that could need them.

    Args:
        term: the term.
        name: what a variable is called there.

    Raises:
        LimitError: if the formula would be longer than a question can hold.

    >>> pool = Pool()
    >>> x = pool.name("x")
    >>> maxima(x * x + 1, lambda name: f"v_{name}")
    '((v_x*v_x)+1)'
    """
    pool = term.pool
    texts: dict[int, str] = {}
    for part in pool.reach([term.id]):
        args = [texts[arg] for arg in pool.args[part]]
        texts[part] = _written(pool, part, args, name)
        if len(texts[part]) > LONGEST:
            raise LimitError("classroom.stack.too_long", limit=LONGEST)
    return texts[term.id]


def _written(pool: Pool, part: int, args: list[str], name: Callable[[str], str]) -> str:
    op, held = pool.ops[part], pool.held[part]
    if op == "number":
        return maxima_number(held)
    if op == "name":
        return name(held)
    if op == "pi":
        return "%pi"
    if op in ("add", "mul"):
        return f"({('+' if op == 'add' else '*').join(args)})"
    if op in ("power", "root"):
        return f"({args[0]})^{maxima_number(held)}"
    if op == "pow":
        return f"({args[0]})^({args[1]})"
    if op in _CALLS:
        return f"{op}({args[0]})"
    if op == "where":
        return f"(if ({args[0]}) # 0 then {args[1]} else {args[2]})"
    sign = {"positive": ">", "zero": "="}[op]
    return f"(if ({args[0]}) {sign} 0 then 1 else 0)"


def maxima_array(texts: Sequence[str], shape: tuple[int, ...]) -> str:
    """Return entries as a number, or as a matrix; a vector is a matrix of one row.

    >>> maxima_array(["1", "2"], (2,)), maxima_array(["1", "2"], (2, 1)), maxima_array(["1"], ())
    ('matrix([1,2])', 'matrix([1],[2])', '1')
    """
    if not shape:
        return texts[0]
    width = shape[-1]
    rows = [f"[{','.join(texts[i : i + width])}]" for i in range(0, len(texts), width)]
    return f"matrix({','.join(rows)})"
