"""Spell numbers, points, formulas and labels of an exercise as its sheets do."""

from __future__ import annotations

import re
from fractions import Fraction
from math import isclose
from typing import Any

from graphgrad.exercises.algebra.enclosures import precision, shown
from graphgrad.exercises.files.exercise import Exercise, Step
from graphgrad.exercises.truth.steps import Value
from graphgrad.symbolic.write.names import derivative_latex, name_latex

__all__ = [
    "decimal_text",
    "given_text",
    "in_decimals",
    "is_exact",
    "key_text",
    "latex_label",
    "with_commas",
]


_BITS = 128
_EXACT_DIGITS = 12
_SAME = 1e-12
_POINT = re.compile(r"(?<![\w.])(\d+)\.(\d+)")


def given_text(exercise: Exercise, value: Any) -> str:
    """Return a given value: a decimal where it is short, else a fraction.

    >>> from graphgrad.exercises.files.exercise import Exercise
    >>> given_text(Exercise("e", "", decimal="comma"), Fraction(-1, 4))
    '-0,25'
    """
    return _nested(exercise, value.tolist() if hasattr(value, "tolist") else value)


def _nested(exercise: Exercise, value: Any) -> str:
    if isinstance(value, list):
        return _joined(exercise, [_nested(exercise, entry) for entry in value])
    value = Fraction(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(value)
    places = max(_power(value.denominator, 2), _power(value.denominator, 5))
    if places > _EXACT_DIGITS:
        return str(value)
    scaled = abs(value) * 10**places
    digits = str(int(scaled)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return _signed(exercise, ("-" if value < 0 else "") + text)


def _power(number: int, prime: int) -> int:
    count = 0
    while number % prime == 0:
        number, count = number // prime, count + 1
    return count


def key_text(exercise: Exercise, step: Step, value: Value) -> str:
    """Return what a step comes to, with the digits the exercise asks for."""
    digits = step.digits or exercise.digits
    with precision(_BITS):
        texts = [_entry(exercise, entry, digits) for entry in value.entries]
    return _shaped(exercise, texts, value.shape)


def is_exact(exercise: Exercise, text: str, value: Value) -> bool:
    """Tell whether a `key_text` was not rounded, but for the error of floats."""
    if exercise.decimal == "comma":
        text = text.replace(",", ".").replace(";", ",")
    cells = text.replace("[", "").replace("]", "").split(",")
    if len(cells) != len(value.entries) or None in value.entries:
        return False
    try:
        told = [float(Fraction(cell.strip())) for cell in cells]
    except (ValueError, ZeroDivisionError, OverflowError):  # a formula, or entries left out
        return False
    true = (float(ball.mid()) for ball in value.entries)
    return all(isclose(a, b, rel_tol=_SAME) for a, b in zip(told, true, strict=True))


def _entry(exercise: Exercise, entry: Any, digits: int) -> str:
    if entry is None:
        return "—"
    exact = shown(entry, _EXACT_DIGITS)
    if len(exact.lstrip("-0.").replace(".", "")) <= digits and "e" not in exact:
        return _signed(exercise, exact)
    if exercise.decimals is not None:
        return _signed(exercise, f"{float(entry):.{exercise.decimals}f}")
    text = f"{float(entry):#.{digits}g}".rstrip(".")
    while float(text) in (0, 1, -1) and digits < _EXACT_DIGITS:
        digits += 1  # 0.99997 is not 1
        text = f"{float(entry):#.{digits}g}".rstrip(".")
    return _signed(exercise, text)


def _shaped(exercise: Exercise, texts: list[str], shape: tuple[int, ...]) -> str:
    if not shape:
        return texts[0]
    width = len(texts) // shape[0]
    rows = [texts[i * width : (i + 1) * width] for i in range(shape[0])]
    return _joined(exercise, [_shaped(exercise, row, shape[1:]) for row in rows])


def _joined(exercise: Exercise, texts: list[str]) -> str:
    return f"[{('; ' if exercise.decimal == 'comma' else ', ').join(texts)}]"


def _signed(exercise: Exercise, text: str) -> str:
    return text.replace(".", ",") if exercise.decimal == "comma" else text


def decimal_text(value: Fraction, places: int = 2) -> str:
    """Return points as a decimal without needless zeros.

    >>> decimal_text(Fraction(10, 3)), decimal_text(Fraction(4))
    ('3.33', '4')
    """
    text = f"{float(value):.{places}f}"
    return text.rstrip("0").rstrip(".")


def in_decimals(exercise: Exercise, text: str) -> str:
    """Return a formula with the decimal sign of the exercise.

    >>> in_decimals(Exercise("e", "", decimal="comma"), "max(0.5, z1)")
    'max(0,5; z1)'
    """
    if exercise.decimal != "comma":
        return text
    return _POINT.sub(r"\1,\2", text.replace(", ", "; "))


def with_commas(exercise: Exercise, sentence: str) -> str:
    """Return a sentence with the decimal sign of the exercise; its other commas stay."""
    return _POINT.sub(r"\1,\2", sentence) if exercise.decimal == "comma" else sentence


_WORDED = re.compile(r"(?P<word>\w+)(?:\((?P<called>.+)\)| (?P<named>[^ /]+))")
"""A label that begins with a word: shape(h), new w."""


def latex_label(label: str) -> str:
    r"""Return a step's label as LaTeX; one that is LaTeX already stays.

    >>> latex_label("yhat")
    '\\hat{y}'
    >>> latex_label("row 2: new w")
    '\\text{row}\\ 2:\\ \\text{new}\\ w'
    >>> latex_label("step 1, row 2: w")
    '\\text{step}\\ 1,\\ \\text{row}\\ 2:\\ w'
    """
    if "\\" in label:
        return label.strip("$")
    scope, colon, rest = label.partition(": ")
    if colon:
        parts = (part.partition(" ") for part in scope.split(", "))
        said = (rf"\text{{{word}}}\ {number}".removesuffix("\\ ") for word, _, number in parts)
        return ",\\ ".join(said) + rf":\ {latex_label(rest)}"
    worded = _WORDED.fullmatch(label)
    if worded is not None:
        word, name = rf"\text{{{worded['word']}}}", worded["called"] or worded["named"]
        inner = latex_label(name)
        if worded["word"] == "delta":
            return rf"\delta_{{{inner}}}"
        return f"{word}({inner})" if worded["called"] else rf"{word}\ {inner}"
    above, slash, below = label.partition("/")
    if slash and above[:1] in "d∂" and below[:1] in "d∂" and len(above) > 1 and len(below) > 1:
        return derivative_latex(name_latex(above[1:].strip()), name_latex(below[1:].strip()))
    return name_latex(label)
