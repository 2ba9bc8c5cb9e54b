"""State how strictly a text is read: the file format is strict, answers are lenient."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["ANSWER", "COMMA", "STRICT", "Dialect", "with_semicolons"]

_PARTING = re.compile(r"(?<![0-9]),|,(?![0-9])")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Hold the choices that change how a formula is read.

    Attributes:
        decimal_comma: numbers are written 0,5 and ``;`` separates arguments.
        inner_names: ``yhat.1``, the first operation inside the line yhat, is a name.
        superscripts: ``x²`` is a power.
        lenient: also the signs of hand-written answers and of LaTeX are tokens; `lenient` turns
            them into a formula.
        max_depth: nesting of brackets, signs and powers before a limit error.
        max_length: characters in one logical line before a limit error.
    """

    decimal_comma: bool = False
    inner_names: bool = False
    superscripts: bool = False
    lenient: bool = False
    max_depth: int = 200
    max_length: int = 10_000


STRICT = Dialect()
COMMA = replace(STRICT, decimal_comma=True)
ANSWER = Dialect(inner_names=True, superscripts=True, lenient=True, max_depth=60, max_length=600)


def with_semicolons(text: str) -> str:
    """Return a text of ``decimal comma`` with ``;`` for each comma that is in no number.

    >>> with_semicolons("dense(4, act=relu, rate=0,5)")
    'dense(4; act=relu; rate=0,5)'
    """
    return _PARTING.sub(";", text)
