"""Check random programs against the same lines typed by hand: columns, names, groups, values."""

from __future__ import annotations

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import read_gg
from graphgrad.source.tree import text_of, tree_of
from graphgrad.source.writing.layout import laid_out
from tests.source.random_networks import Pair, pair


def lines_of(graph: Graph) -> list[tuple[str, str, int]]:
    return [(line.name, line.group, line.root) for line in graph.lines()]


def check(both: Pair) -> None:
    short, typed = read_gg(both.short), read_gg(both.typed)
    assert lines_of(short) == lines_of(typed)
    assert short.columns == typed.columns
    shapes = {name: typed.columns.shape(typed.find(name) or 0) for name in both.parameters}
    point = {n: np.array(values).reshape(shapes[n]) for n, values in both.parameters.items()}
    one, other = record(short, point), record(typed, point)
    for name in short.line_names:
        np.testing.assert_allclose(
            np.asarray(one.value(name), float), np.asarray(other.value(name), float), rtol=1e-12
        )
        np.testing.assert_allclose(
            np.asarray(one.adjoint(name), float), np.asarray(other.adjoint(name), float), rtol=1e-9
        )


@pytest.mark.parametrize("first", range(0, 500, 20))
def test_a_random_program_is_the_one_typed_by_hand(first: int) -> None:
    for seed in range(first, first + 20):
        both = pair(seed)
        try:
            check(both)
        except Exception as error:
            error.add_note(f"{both.short}\n----\n{both.typed}")
            raise


@pytest.mark.parametrize("seed", range(0, 100, 5))
def test_a_random_program_comes_back_and_keeps_its_meaning_when_laid_out(seed: int) -> None:
    text = pair(seed).short + "\n"
    assert text_of(tree_of(text)) == text
    written = text_of(laid_out(tree_of(text)))
    assert text_of(laid_out(tree_of(written))) == written
    assert read_gg(written) == read_gg(text)
