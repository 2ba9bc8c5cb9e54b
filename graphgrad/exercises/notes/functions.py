"""Write the functions that notes define as names: f(x) as f, f'(x) as df/dx."""

from __future__ import annotations

import re

from graphgrad.exercises.meaning import vocabulary_of
from graphgrad.exercises.notes.context import Context

__all__ = ["with_functions"]

_FUNCTION = re.compile(
    r"^\s*(?P<name>\\?[A-Za-z]+|\\mathcal\{?[A-Z]\}?)\s*\(\s*(?P<variable>\\[a-z]+|[A-Za-z])\s*\)\s*$"
)


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
