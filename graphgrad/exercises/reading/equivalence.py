"""Compare two formulas given as texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from graphgrad.errors import ShapeError, SourceError
from graphgrad.exercises.algebra.building import in_shape, shape_of
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.decide import decide
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.deciding.gaps import with_gaps, with_jumps
from graphgrad.exercises.deciding.jumps import checked_at_jumps
from graphgrad.exercises.deciding.verdict import Note, Verdict, conditions_first
from graphgrad.exercises.reading.answer_sheet import with_indices
from graphgrad.exercises.reading.asked_words import in_signs
from graphgrad.exercises.reading.assumptions import read_assumptions
from graphgrad.exercises.reading.discovered import discovered
from graphgrad.exercises.reading.meaning import Meaning, vocabulary_of
from graphgrad.expr.decimals import Decimal, decimal_of
from graphgrad.expr.differentials import derivative_parts
from graphgrad.expr.lenient import Reading, parse_answer
from graphgrad.expr.mixed_numbers import with_periods
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.ops.shapes import entries, shape_text

_PERIOD = re.compile(r"(?<![\w.,])(?P<number>\d{1,9}[.,]\d{1,20})\((?P<period>\d{1,20})\)")
"""A decimal and its period, or a product of two numbers: 0.1(6)."""

_DECIMALS: tuple[Decimal, ...] = ("point", "comma")
_IN_BRACKETS = re.compile(r"[(\[{,;]\s?[-+−–]?\d{1,20},\d")

__all__ = ["decide_under", "decide_values", "equivalent"]


def equivalent(
    a: str,
    b: str,
    *,
    names: Iterable[str] | None = None,
    assume: Iterable[str] = (),
    decimal: Decimal = "auto",
) -> Verdict:
    """Decide whether two formulas are equal wherever both are defined, at jumps and kinks too.

    Args:
        a: a formula, as a student would write it.
        b: another.
        names: the variables; None takes every word that is no function.
        assume: relations between them: ``x > 0``, ``y in {0, 1}``, ``sum(t) = 1``.
        decimal: ``comma``, ``point`` or ``auto``.

    Returns:
        A verdict: equal (proved), different (with a point) or undecided.

    Raises:
        SourceError: if a formula or a relation cannot be read.
        LimitError: if a formula is longer or deeper than answers are.

    >>> equivalent("σ(z)(1 - σ(z))", "e^{-z}/(1+e^{-z})^2").status
    'equal'
    >>> equivalent("2wx", "w*x", names=["w", "x"]).counterexample.left
    '0.3'
    """
    assume = list(assume)
    verdict = _read_either_way(a, b, names, assume, decimal)
    if verdict.status == "different" and any(map(_PERIOD.search, (a, b))):
        periods = [_PERIOD.sub(r"\g<number>\\overline{\g<period>}", text) for text in (a, b)]
        repeating = _compared(periods[0], periods[1], names, assume, decimal)
        return repeating or verdict
    return verdict


def _read_either_way(
    a: str, b: str, names: Iterable[str] | None, assume: list[str], decimal: Decimal
) -> Verdict:
    """Decide on two texts; a comma in brackets is what makes them equal, if one reading does.

    ``(1,2)·(3,4)`` is read with decimals first, ``[1,2;3,4]`` could be either.

    Raises:
        SourceError: if a formula cannot be read, or in two ways of which neither makes them equal.
    """
    parting = decimal == "auto" and any(map(_IN_BRACKETS.search, (a, b)))
    if not parting:
        return _compared(a, b, names, assume, decimal)
    verdict, error = None, None
    try:
        verdict = _compared(a, b, names, assume, decimal)
    except SourceError as found:
        error = found
    if verdict is None or verdict.status == "different":
        for sign in _DECIMALS:
            with suppress(SourceError):
                other = _compared(a, b, names, assume, sign)
                if other.status == "equal":
                    return other
    if verdict is None:
        assert error is not None
        raise error
    return verdict


def _compared(
    a: str, b: str, names: Iterable[str] | None, assume: list[str], decimal: Decimal
) -> Verdict:
    """Decide on two texts as they are read first."""
    texts = [text.strip().lstrip("=≈ ") for text in (a, b)]  # as a spreadsheet has it
    decimals: list[Decimal] = [decimal, decimal]
    if decimal == "auto":  # of two people, of whom one may write a comma
        signs = [decimal_of(text) for text in texts]
        decimals = ["comma" if s == "auto" and "comma" in signs else s for s in signs]
    vocabulary = vocabulary_of([] if names is None else list(names), shapes={})
    texts = [with_indices(with_periods(in_signs(text)), vocabulary) for text in texts]
    if names is None:
        vocabulary = discovered(vocabulary, (*texts, *assume))
    pool = Pool()
    meaning = Meaning(pool, lambda name: _variable(pool, name, vocabulary))
    domain, ignored = read_assumptions(assume, meaning, vocabulary)
    readings = [
        parse_answer(text, vocabulary, sign) for text, sign in zip(texts, decimals, strict=True)
    ]
    left, right = (meaning.of(reading.expression) for reading in readings)
    left, right = _side_by_side(left, right)
    verdict = decide_values(pool, left, right, domain, everywhere=True)
    if verdict.method == "shape":
        verdict = _as_products(meaning, readings, domain) or verdict
    remarks = tuple(
        Note(remark.message_id, remark.fields) for reading in readings for remark in reading.remarks
    )
    notes = tuple(Note("check.assumption_ignored", {"text": text}) for text in ignored)
    if ignored and verdict.status == "different" and verdict.method == "counterexample":
        verdict = Verdict("undecided", "points")  # the point may break the relation
    return replace(verdict, notes=verdict.notes + notes, remarks=remarks)


def _side_by_side(left: object, right: object) -> tuple[object, object]:
    """Return two arrays in one shape where one is a list and the other a row or a column of it."""
    shapes = shape_of(left), shape_of(right)
    lists = [shape for shape in shapes if len(shape) == 1]
    plain = [[n for n in shape if n != 1] for shape in shapes]
    if len(lists) != 1 or lists == [(1,)] or plain[0] != plain[1]:
        return left, right
    return in_shape(entries(left), lists[0]), in_shape(entries(right), lists[0])


def _as_products(meaning: Meaning, readings: list[Reading], domain: Domain) -> Verdict | None:
    """Decide with * and · between arrays as matrix products; None where that makes no equality."""
    try:
        left, right = (meaning.of(reading.expression, inner=True) for reading in readings)
        verdict = decide_values(meaning.pool, *_side_by_side(left, right), domain, everywhere=True)
    except ShapeError:
        return None
    if verdict.status != "equal":
        return None
    return replace(verdict, notes=(*verdict.notes, Note("check.matrix_product")))


def _variable(pool: Pool, name: str, vocabulary: Vocabulary) -> Term:
    """Return the variable of a name.

    Raises:
        SourceError: if it is a derivative such as ∂L/∂w, as nothing says what L is made of.
        KeyError: if it is no name.
    """
    parts = derivative_parts(name)
    if parts is not None:
        raise SourceError("answer.no_graph", got=f"∂{parts[0]}/∂{parts[1]}", name=parts[0])
    if name not in vocabulary.names:
        raise KeyError(name)
    return pool.name(name)


def decide_values(
    pool: Pool, left: object, right: object, domain: Domain, *, everywhere: bool = False
) -> Verdict:
    """Decide whether two terms or arrays of terms are equal, entry by entry.

    Args:
        pool: where the terms are.
        left: one side.
        right: the other, of the same shape.
        domain: what is declared about the variables.
        everywhere: whether they must be equal also where steps and cases jump; else a difference
            there is a remark.
    """
    if shape_of(left) != shape_of(right):
        fields = {"got": shape_text(shape_of(left)), "expected": shape_text(shape_of(right))}
        return Verdict("different", "shape", notes=(Note("check.shape", fields),))
    verdicts = []
    for a, b in zip(entries(left), entries(right), strict=True):
        verdict = decide_under(pool, a.id, b.id, domain)
        if verdict.status == "equal":
            look = checked_at_jumps if everywhere else with_jumps
            verdict = with_gaps(pool, a.id, b.id, domain, verdict)
            verdict = look(pool, a.id, b.id, domain, verdict)
        if verdict.status == "different":
            return verdict
        verdicts.append(verdict)
    if not verdicts:
        raise ShapeError("shape.broadcast", op="=", shapes="0")
    return _joined(verdicts)


def _joined(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict on all entries: undecided if one is, with every remark once."""
    worst = next((v for v in verdicts if v.status == "undecided"), None)
    shown = worst or next((v for v in verdicts if v.method != "identical"), verdicts[0])
    assumed = dict.fromkeys(text for v in verdicts for text in v.assumed)
    notes = {repr(note): note for v in verdicts for note in v.notes}
    return replace(
        shown,
        points=min(v.points for v in verdicts),
        cases=max(v.cases for v in verdicts),
        assumed=tuple(assumed),
        notes=conditions_first(notes.values()),
    )


def decide_under(pool: Pool, a: int, b: int, domain: Domain) -> Verdict:
    """Decide within a domain, and say which declared relations equality needs."""
    verdict = decide(pool, a, b, domain)
    names = frozenset(pool.names((a, b)))
    relevant = tuple(text for text, mentioned in domain.texts.items() if mentioned & names)
    if verdict.status != "equal" or not relevant:
        return verdict
    if decide(pool, a, b).status == "different":
        return replace(verdict, assumed=relevant)
    return verdict
