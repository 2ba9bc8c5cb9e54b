"""Know what the names of notes mean at a place: declared graphs, and definitions read so far.

Outside declared graphs the first ``z_1 = w_1 x_1`` of a section defines z_1; what it is made of are
free variables. The definitions are laid out as an expression file, so that claims about
derivatives are decided by the same means as the answers of students. Functions that notes define
are names too: f(x) is f, f'(x) is df/dx. A false claim may be an equation: w x + b = 0 states
where, not that it always holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from fractions import Fraction

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.judging.mark import Mark
from graphgrad.exercises.reading.aliases import ALIASES
from graphgrad.exercises.reading.answer_sheet import Answer, Link
from graphgrad.exercises.reading.meaning import vocabulary_of
from graphgrad.exercises.reading.spelled_back import read_as
from graphgrad.exercises.truth.reference import Reference
from graphgrad.expr.dialect import ANSWER
from graphgrad.expr.items import Expression
from graphgrad.expr.latex import plain_tokens
from graphgrad.expr.tokens import Token, tokenize
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.expr.words import CONSTANTS
from graphgrad.graph.graph import Graph
from graphgrad.ops.shapes import entries
from graphgrad.source.gg import read_gg

__all__ = ["Context", "refuse_equation", "with_functions"]


_LETTERS = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:_(?:\d+|[A-Za-z]\b|[A-Za-z]))?|\d+|.")
_LAYER = re.compile(r"[^\W\d]\w*\^\(?[(\[](?P<layer>\d+)[)\]]")
_NO_VARIABLES = frozenset({"d", "T", "if", "si", "otherwise", "else", "en", "otro", "caso"})
_LAST = "last_line_of_notes"
_FUNCTION = re.compile(
    r"^\s*(?P<name>\\?[A-Za-z]+|\\mathcal\{?[A-Z]\}?)\s*\(\s*(?P<variable>\\[a-z]+|[A-Za-z])\s*\)\s*$"
)
_ARITHMETIC = frozenset({"number", "name", "infix", "prefix"})


class Context:
    """Names with their meaning: a declared graph, or definitions and free variables."""

    def __init__(self, assumptions: Iterable[str] = ()) -> None:
        self.declared: Graph | None = None
        self.definitions: dict[str, Expression] = {}
        self.written: dict[str, str] = {}
        self.functions: dict[str, str] = {}
        self.free: dict[str, None] = {}
        self.own: dict[str, Expression] = {}
        self.given: dict[str, Fraction] = {}
        self.assumptions = list(assumptions)
        self._reference: Reference | None = None

    def declare(self, graph: Graph) -> None:
        """Use a declared graph from here on, instead of definitions."""
        self.__init__(self.assumptions)  # type: ignore[misc]
        self.declared = graph

    def assume(self, text: str) -> None:
        """Add a relation: ``x > 0``."""
        self.assumptions.append(text)
        self._reference = None

    @property
    def reference(self) -> Reference:
        """Return the truth about the names in force."""
        if self._reference is None:
            graph = self.declared
            point = {name: value for name, value in self.given.items() if name in self.free}
            whole = graph if graph is not None else self._graph("")
            self._reference = Reference(whole, point)
            for name in _in_turn(self.own):
                with suppress(SourceError):  # made of itself, as z = dz/dw: it has no meaning
                    self._reference.own[name] = self._reference.meaning.of(self.own[name])
        return self._reference

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words claims may use here."""
        found: Vocabulary = self.reference.vocabulary
        return found.with_names(self.reference.own)

    def _graph(self, output: str) -> Graph:
        assumed = [f"assume {text}" for text in self.assumptions if self._in_scope(text)]
        lines = [f"input {name}" for name in self.free]
        for name in _in_turn(self.definitions):
            lines.append(f"{name} = {_as_written(self.definitions[name])}")
        last = output or next(iter(self.free), "1")
        return read_gg("\n".join([*lines, *assumed, f"output {_LAST} = 1*{last}"]))

    def _in_scope(self, relation: str) -> bool:
        """Tell whether a relation speaks of names in force; others may come further down."""
        return all(name in (*self.free, *self.definitions) for name in self._variables(relation))

    def graph_of(self, name: str) -> Graph:
        """Return a graph whose output is a name, for writing its derivatives."""
        return self._graph(name)

    def graph_with(self, formula: Expression) -> Graph:
        """Return a graph whose output is a formula of the names in force."""
        return self._graph(f"({_as_written(formula)})")

    # ---- free names and definitions ----

    def meet(self, text: str) -> None:
        """Take the words of a formula that mean nothing yet as free variables."""
        if self.declared is not None:
            return
        for name in self._variables(text):
            if name not in self.free and name not in self.definitions and name not in self.own:
                self.free[name] = None
                self._reference = None

    def _variables(self, text: str) -> list[str]:
        functions = vocabulary_of([])
        tokens = plain_tokens(text, tokenize(text, ANSWER))
        known = Vocabulary([*self.free, *self.definitions, *self.own], ())
        found = []
        for place, token in enumerate(tokens):
            follower = tokens[place + 1].value if place + 1 < len(tokens) else ""
            words = [token.value] if token.kind == "name" else []
            layered = _LAYER.match("".join(part.value for part in tokens[place : place + 6]))
            if words and layered:
                found.append(f"{token.value}_{layered['layer']}".removeprefix("d"))
                continue
            set_apart = text[token.start] == "\\" or "{" in text[token.start : token.end]
            if words and not set_apart and known.name(token.value) is None:
                words = self._letters(token, functions, follower)
            for word in words:
                skipped = word in CONSTANTS or word in _NO_VARIABLES or not word[0].isalpha()
                if not skipped and functions.called(word, follower) is None:
                    found.append(known.name(word) or word)
        return found

    def _letters(self, token: Token, functions: Vocabulary, follower: str) -> list[str]:
        """Return the variables of a word as LaTeX sets it: w_1x_1 is two of them."""
        word = token.value
        if functions.called(word, follower) is not None or word in CONSTANTS:
            return []
        if word[0] == "d" and len(word) > 1:
            word = word[1:]
        return _LETTERS.findall(word)

    def define(self, name: str, expression: Expression) -> None:
        """Give a name its meaning."""
        self.free.pop(name, None)
        self.given.pop(name, None)
        self.written[name] = read_as(expression)
        self._reference = None
        self.definitions[name] = expression
        try:
            self._graph("")
        except GraphgradError:  # not in the language of files: a value without derivatives
            self._disown(name)

    def _disown(self, name: str) -> None:
        """Take a name out of the file, with what was defined by it before it had a meaning."""
        taken = [name]
        for each in taken:
            self.own[each] = self.definitions.pop(each)
            taken += [n for n, formula in self.definitions.items() if each in _names(formula)]

    def give(self, name: str, value: Fraction) -> None:
        """Give a free variable the value that claims of numbers are about."""
        self.given[name] = value
        self._reference = None

    def only_variable(self, name: str) -> str:
        """Return the one free variable a definition depends on; empty if there are several."""
        graph = self.reference.graph
        node = graph.find(name)
        if node is None:
            return ""
        value = entries(self.reference.truth.at(node))
        names = self.reference.pool.names(term.id for term in value)
        return names[0] if len(names) == 1 and names[0] in self.free else ""

    def copy(self) -> Context:
        """Return a context that starts with the same names."""
        new = Context(self.assumptions)
        new.declared = self.declared
        new.definitions, new.written = dict(self.definitions), dict(self.written)
        new.functions, new.free, new.own = dict(self.functions), dict(self.free), dict(self.own)
        new.given = dict(self.given)
        return new

    def is_new(self, name: str) -> bool:
        """Tell whether a name may be defined here."""
        known = name in self.definitions or name in self.own
        return self.declared is None and not known


def _names(formula: Expression) -> set[str]:
    return {item.value for item in formula.items if item.kind == "name"}


def _in_turn(formulas: Mapping[str, Expression]) -> Iterable[str]:
    """Return names, each behind those its formula is made of: L = (p - y)², where p = w x."""
    found: dict[str, None] = {}
    for first in formulas:
        path = [first]
        while path:
            used = [item.value for item in formulas[path[-1]].items if item.kind == "name"]
            open_names = (n for n in used if n in formulas and n not in found and n not in path)
            before = next(open_names, None)
            if before is None:
                found[path.pop()] = None
            else:
                path.append(before)
    return found


def _as_written(expression: Expression) -> str:
    """Return a formula in the spelling of files, functions by their names there."""
    items = tuple(
        item._replace(value=ALIASES.get(item.value, item.value)) if item.kind == "call" else item
        for item in expression.items
    )
    return read_as(expression._replace(items=items))


def with_functions(context: Context, text: str) -> str:
    """Write f(x) and f'(x) of functions that are defined here as f and df/dx.

    ``f(x) = ...`` defines the function; then f(x) is a name like any other.
    """
    match = _FUNCTION.match(text.partition("=")[0])
    functions = context.functions
    if match and match["name"] not in functions and _is_new(context, match["name"]):
        functions[match["name"]] = match["variable"]
    for name, variable in functions.items():
        called = rf"(?<![\w\\]){re.escape(name)}(?P<primes>'*)\s*\(\s*{re.escape(variable)}\s*\)"
        text = re.sub(called, _Derived(name, variable), text)
    for name in context.definitions if "'" in text else ():
        variable = context.only_variable(name)
        if variable and len(name) == 1:
            prime = rf"(?<![\w\\]){name}(?P<primes>'+)(?!\s*\()"
            text = re.sub(prime, _Derived(name, variable), text)
    return text


def _is_new(context: Context, name: str) -> bool:
    """Tell whether f(x) = ... may define f: not a name already, nor a function by itself."""
    plain = name.lstrip("\\")
    known = vocabulary_of([]).function(plain)
    return known is None and (len(plain) == 1 or name != plain) and context.is_new(plain)


class _Derived:
    """Write f, df/dx or d²/dx² of f as answers do, for f with as many primes."""

    def __init__(self, name: str, variable: str) -> None:
        self.name = name
        self.variable = variable

    def __call__(self, match: re.Match[str]) -> str:
        order = len(match["primes"])
        if order == 0:
            return f" {self.name} "
        if order == 1:
            return rf"\frac{{d {self.name}}}{{d {self.variable}}}"
        return rf"\frac{{d^{order}}}{{d {self.variable}^{order}}}({self.name})"


def refuse_equation(context: Context, mark: Mark, answer: Answer) -> None:
    """Refuse what free variables leave open.

    Raises:
        SourceError: if shapes differ that nothing declares, or if a variable stands on one side
            only, in plain arithmetic: that is an equation, not an identity.
    """
    if mark.method == "shape":
        raise SourceError("notes.shape")
    if answer.target is None or answer.target.kind != "claim":
        return
    sides = [_free_names(context, link) for link in answer.links]
    for link, names in zip(answer.links, sides, strict=True):
        others = [side for side in sides if side is not names]
        alone = names - set().union(*others)
        plain = all(item.kind in _ARITHMETIC for item in link.reading.expression.items)
        if alone and plain and not names <= context.given.keys():
            raise SourceError("notes.equation", name=min(alone))


def _free_names(context: Context, link: Link) -> set[str]:
    reference = context.reference
    value = reference.meaning.of(link.reading.expression)
    return set(reference.pool.names(term.id for term in entries(value)))
