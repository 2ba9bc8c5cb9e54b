r"""Put a label that is a sum in brackets, where it stands behind a sign such as a derivative's."""

from __future__ import annotations

import re

__all__ = ["as_operand"]

_TOKEN = re.compile(r"\\(?:left|right)\s*.|\\[A-Za-z]+|\\.|.", re.DOTALL)
_SUMS = frozenset({"+", "-", r"\pm", r"\mp"})


def as_operand(tex: str) -> str:
    r"""Return a label in brackets if it is a sum or has a sign, else as it is.

    >>> as_operand("e^{-d}"), as_operand("-d"), as_operand("1 + e^{-d}")
    ('e^{-d}', '\\left(-d\\right)', '\\left(1 + e^{-d}\\right)')
    """
    depth = 0
    for token in _TOKEN.findall(tex):
        if token in "{[(" or token.startswith(r"\left"):
            depth += 1
        elif token in "}])" or token.startswith(r"\right"):
            depth -= 1
        elif token in _SUMS and depth <= 0:
            return rf"\left({tex}\right)"
    return tex
