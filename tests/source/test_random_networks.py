"""Check random programs against the same lines typed by hand: columns, names, groups, values."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
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


PIECES = (
    "for t = 1:3\n", "end\n", "def f(x)\n", "out y\n", "layer c = dense(2)\n", "[1]", "[t-1]", ".z",
    "=", "(", ")", ",", "sum(i=1:2, ", "valid\n", "data all x: 2, y\n", "1 2 3\n", "train sgd\n",
    "param frozen ", "fresh=1", "over=all", "?", ":", "in [relu]", "\n", "x", "0", "-", "1e99", "",
)  # fmt: skip


def read_or_told(text: str) -> Graph | None:
    """Return the graph of a text, or word its error in both languages."""
    try:
        return read_gg(text)
    except GraphgradError as error:
        told = error.text("en"), error.text("es")
    assert all(told)
    return None


@pytest.mark.parametrize("seed", range(20))
def test_a_spoiled_program_is_read_or_told_what_is_wrong(seed: int) -> None:
    random = Random(seed)
    for number in range(20):
        text = pair(seed * 20 + number).short
        for _ in range(random.randint(1, 4)):
            start = random.randrange(len(text) + 1)
            end = min(len(text), start + random.choice([0, 0, 1, 2, 5, 12]))
            text = text[:start] + random.choice(PIECES) + text[end:]
        graph = read_or_told(text)
        if graph is None:
            continue
        written = text_of(laid_out(tree_of(text)))
        assert read_gg(written) == graph
        assert text_of(laid_out(tree_of(written))) == written
