r"""Put a label that is a sum or a derivative in brackets, where it stands behind a sign."""

from __future__ import annotations

import re

__all__ = ["as_operand"]

_TOKEN = re.compile(r"\\(?:left|right)\s*.|\\[A-Za-z]+|\\.|.", re.DOTALL)
_SUMS = frozenset({"+", "-", r"\pm", r"\mp"})


_PART = r"\\partial (?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"
_DERIVATIVE = re.compile(rf"\\frac\{{({_PART})\}}\{{({_PART})\}}")


def as_operand(tex: str) -> str:
    r"""Return a label in brackets if it is a sum, has a sign or is a derivative, else as it is.

    >>> as_operand("e^{-d}"), as_operand("-d"), as_operand("1 + e^{-d}")
    ('e^{-d}', '\\left(-d\\right)', '\\left(1 + e^{-d}\\right)')
    >>> as_operand(r"\frac{\partial L}{\partial w_{1}}")
    '\\left(\\partial L/\\partial w_{1}\\right)'
    """
    derivative = _DERIVATIVE.fullmatch(tex)
    if derivative:
        return rf"\left({derivative[1]}/{derivative[2]}\right)"
    depth = 0
    for token in _TOKEN.findall(tex):
        if token in "{[(" or token.startswith(r"\left"):
            depth += 1
        elif token in "}])" or token.startswith(r"\right"):
            depth -= 1
        elif token in _SUMS and depth <= 0:
            return rf"\left({tex}\right)"
    return tex
