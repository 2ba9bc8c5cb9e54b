"""Check that files can use all rows: by name and Spanish name, with lists, and read their lines."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import SourceError, UsageError
from graphgrad.layers.registry import LAYERS
from graphgrad.source.gg import read_gg
from graphgrad.source.tree import text_of, tree_of
from graphgrad.source.writing.graph_text import to_gg
from graphgrad.source.writing.layout import laid_out
from graphgrad.testing.gradcheck import gradcheck

NETWORK = """gg 1
input X = [[0, 0], [0, 1], [1, 0], [1, 1]]
input y = [0, 1, 1, 0]
layer net = mlp([4, 4, 1], act=[tanh, leaky_relu(alpha=0.2)], last=sigmoid, init=glorot_normal)
d = dropout(X, keep=4/5)
p = net(d)
c = conv1d([1, 2, 3, 4], 2, size=2, padding=1)
m = max_pool1d(c, size=2, padding=1)
s = skip_mlp(X, [2, 1])
W = inception([[1, 2], [3, 4]], [1, 1, 1, 1, 1, 1])
A = multi_head_attention([[1, 2], [3, 4]], heads=2, causal=true)
H, h = gru_sequence(X, 3)
k = l2(net.h[1].W, s.W[2,1], rate=0.01)
for l = 1:3
  r[l] = sum(net.h[l].W)
end
loss L = multi_task(bce(p, y), k, weights=[1, 0.5])
"""
SPANISH = {
    "= mlp(": "= perceptron_multicapa(",
    "dropout(": "abandono(",
    "conv1d(": "convolucion1d(",
    "= skip_mlp(": "= multicapa_con_saltos(",
    "multi_head_attention(": "atencion_multiple(",
    "gru_sequence(": "secuencia_gru(",
    "multi_task(": "multitarea(",
    "bce(": "entropia_cruzada_binaria(",
}


def test_a_file_of_many_layers_runs_and_its_gradients_are_right() -> None:
    graph = read_gg(NETWORK)
    trace = record(graph)
    assert trace.trouble is None
    assert trace.value("r[2]") == pytest.approx(np.sum(trace.value("net.h[2].W")))
    assert gradcheck(graph, symbolic=False).ok


def test_spanish_names_give_the_same_graph() -> None:
    text = NETWORK
    for english, spanish in SPANISH.items():
        assert english in text
        text = text.replace(english, spanish)
    assert read_gg(text).columns == read_gg(NETWORK).columns


def test_a_file_is_laid_out_without_a_change_of_meaning() -> None:
    after = text_of(laid_out(tree_of(NETWORK)))
    assert "l2(net.h[1].W, s.W[2,1], rate=0.01)" in after
    assert read_gg(after).columns == read_gg(NETWORK).columns
    assert text_of(laid_out(tree_of(after))) == after


def test_a_graph_is_written_unrolled_and_reads_back() -> None:
    graph = read_gg(NETWORK)
    back = read_gg(to_gg(graph))
    assert set(graph.line_names) <= set(back.line_names)  # parts of formulas may get lines
    assert record(back).value("L") == pytest.approx(record(graph).value("L"), rel=1e-12)


def test_every_row_is_reached_by_its_names_in_files() -> None:
    for row in LAYERS.values():
        for name in (row.name, *row.aliases) if row.kind == "layer" else ():
            with pytest.raises((SourceError, UsageError)) as caught:
                read_gg(f"gg 1\nlayer f = {name}(nothing=1)\nx = 1\n")
            assert "nothing" in str(caught.value), name
            assert caught.value.message_id != "source.unknown_function"


@pytest.mark.parametrize(
    ("lines", "near"),
    [
        ("layer fc = dense(4)\nh = fcc(x)", "fc"),
        ("layer encoder = lstm(4)\nh, c = encodr(x)", "encoder"),
        ("def block(v)\n    u = tanh(v)\n    out u\nend\nh = blok(x)", "block"),
        ("h = dens(x, 4)", "dense"),
        ("layer fc = lstmm(4)", "lstm"),
    ],
)
def test_a_misspelt_layer_is_told_with_the_one_that_is_near(lines: str, near: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_gg(f"input x: 3\n{lines}\n")
    assert f"Did you mean {near}" in str(caught.value)


MASKED = "input Q = [[1, 0], [0, 1]]\ninput K = [[1, 2], [0.5, 1]]\ninput V = [[1, 2], [3, 4]]\n"


@pytest.mark.parametrize(
    ("mask", "call", "expected"),
    [
        ("[[1, 0], [0, 0]]", "attention(Q, K, V, m)", [[1, 2], [0, 0]]),
        ("[[1, 1], [0, 1]]", "attention(Q, K, V, m, causal=true)", [[1, 2], [3, 4]]),
        (
            "[[0, 1], [1, 1]]",
            "attention(Q, K, V, m, causal=true)",
            [[0, 0], [1.66047693, 2.66047693]],
        ),
    ],
)
def test_a_query_that_sees_no_key_attends_to_nothing(mask: str, call: str, expected: Any) -> None:
    trace = record(read_gg(f"{MASKED}input m = {mask}\nY = {call}\nloss L = sum(Y)"))
    assert trace.value("Y") == pytest.approx(np.array(expected, dtype=float))
    assert np.isfinite(trace.adjoint("Q")).all()
