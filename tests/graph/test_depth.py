"""Depth is one scale: which groups are closed, and what is known of them as a whole."""

from __future__ import annotations

import pytest

from graphgrad.errors import UsageError
from graphgrad.graph.depth import closed_at, groups_at, groups_of, opened_wrapper
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts, groups_around, parent_group, within
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.source.gg import read_gg
from graphgrad.views.text.box_content import group_content

HEADERS = """\
input x = [1, 2]
param W: 3x2 = he_normal(draw=1)
param b = [0, 0, 0]
[model]
s = 2*x
[model.h]
z = W@s + b
a = tanh(z)
[model.out]
y = sum(a)
[loss]
e = y - 1
loss L = e^2
"""
RNN = """\
input x[1] = [1, 0]
input x[2] = [0, 1]
layer cell = elman(3)
const h[0] = [0, 0, 0]
[net]
for t = 1:2
  h[t] = cell(x[t], h[t-1])
end
layer out = dense(1)
yhat = out(h[2])
[]
loss L = mse(yhat, 1)
"""


@pytest.fixture(scope="module")
def headers() -> Graph:
    return read_gg(HEADERS)


@pytest.fixture(scope="module")
def rnn() -> Graph:
    return read_gg(RNN)


def test_names_of_groups_are_cut_at_dots_outside_of_brackets() -> None:
    deep = "model.h[2].a[1,2].b.c"
    assert group_parts(deep) == ("model", "h[2]", "a[1,2]", "b", "c")
    assert groups_around(deep)[2] == "model.h[2].a[1,2]"
    assert parent_group(deep) == "model.h[2].a[1,2].b"
    assert parent_group("h[1.5]") == ""
    assert within(deep, "model.h[2]")
    assert not within("model.h[2]", "model.h")


def test_blocks_are_outermost_groups_and_layers_have_none_inside(headers: Graph) -> None:
    assert groups_of(headers) == ["model", "model.h", "model.out", "loss"]
    assert groups_at(headers, "block") == ["model", "loss"]
    assert groups_at(headers, "layer") == ["model.h", "model.out", "loss"]
    assert groups_at(headers, "line") == groups_at(headers, "op") == []


def test_exceptions_turn_what_the_depth_does(headers: Graph) -> None:
    assert groups_at(headers, "layer", ["model.h"]) == ["model.out", "loss"]
    assert groups_at(headers, "line", ["model.h"]) == ["model.h"]
    assert groups_at(headers, "layer", ["model"]) == ["model", "loss"]
    with pytest.raises(UsageError) as error:
        groups_at(headers, "layer", ["h"])
    assert error.value.fields["known"] == "model, model.h, model.out, loss"


def test_one_line_of_a_header_stays_a_line(headers: Graph) -> None:
    assert [group.name for group in closed_at(headers, "layer")] == ["model.h", "loss"]


def test_a_closed_group_knows_its_ends_and_parameters(headers: Graph) -> None:
    h = closed_at(headers, "layer")[0]
    names = [[headers.name(node) for node in nodes] for nodes in (h.reads, h.parameters, h.outputs)]
    assert names == [["s"], ["W", "b"], ["a"]]
    assert group_content(headers, h).summary == "2→3, W 3×2, b 3, tanh"


def test_calls_are_layers_with_the_name_of_their_row(rnn: Graph) -> None:
    told = {group.name: group_content(rnn, group).summary for group in closed_at(rnn, "layer")}
    calls = {name: words for name, words in told.items() if "elman" in words or "dense" in words}
    assert list(calls.values()) == [
        "elman, W 3×2, U 3×3, b 3",
        "elman 2→3, tanh",
        "elman 2→3, tanh",
        "dense 3→1, W 1×3, b 1",
    ]


def test_what_two_groups_read_stays_outside_of_both(rnn: Graph) -> None:
    closed = {group.name: group for group in closed_at(rnn, "layer")}
    assert [rnn.name(node) for node in closed["net.h[1]"].shared] == ["cell.W", "cell.U", "cell.b"]
    assert closed["net.h[1]"].parameters == closed["net.h[2]"].parameters == ()
    assert [rnn.line_names[index] for index in closed["cell"].leaves] == [
        "cell.W",
        "cell.U",
        "cell.b",
    ]


def test_a_call_of_one_line_is_closed_and_an_input_never_goes_inside() -> None:
    graph = read_gg(
        "[net]\ninput x: 1x4x4 = uniform(draw=1)\np = max_pool2d(x, size=2)\nv = flatten(p)\n"
        "param k = 2\nparam q = 3\nloss L = k*sum(v^2) + q\n[]\n"
    )
    closed = closed_at(graph, "layer")
    assert [(g.name, group_content(graph, g).summary) for g in closed] == [
        ("net.p", "1×4×4→1×2×2"),
        ("net.v", "1×2×2→4"),
    ]
    whole = closed_at(graph, "block")[0]
    assert [graph.line_names[index] for index in whole.within] == ["p", "v", "k", "q", "L"]


def test_both_zooms_tell_the_same_of_a_layer(rnn: Graph) -> None:
    whole, parts = rnn, scalar_graph(rnn)
    told = [
        {group.name: group_content(graph, group).summary for group in closed_at(graph, "layer")}
        for graph in (whole, parts)
    ]
    same = [name for name in told[0] if "elman" in told[0][name]]
    assert same
    assert [told[0][name] for name in same] == [told[1][name] for name in same]


def test_a_closed_group_shows_what_leaves_it() -> None:
    head = "input x: 3\n[net]\nunused = sum(x)\ny = 2*x\nz = x*y\n"
    cases = {
        "[loss]\nloss L = sum(y)": (["y"], "3→3"),
        "[loss]\nloss L = sum(y*z)": (["y", "z"], "3→3"),
        "[loss]\nloss L = unused*sum(z)": (["unused", "z"], "3→(1, 3)"),
    }
    for tail, told in cases.items():
        graph = read_gg(head + tail)
        net = closed_at(graph, "block")[0]
        summary = group_content(graph, net).summary
        assert ([graph.name(node) for node in net.outputs], summary) == told
    alone = closed_at(read_gg(head + "[loss]\nloss L = sum(x)"), "block")[0]
    assert len(alone.outputs) == 2, "nothing leaves: the ends are shown"


WRAPPED = "input x: 3\n[net]\n[net.a]\nlayer a = dense(4, act=tanh)\nh = a(x)\n[net.b]\nz = 2*h\n"


def test_a_wrapper_of_a_whole_network_is_opened() -> None:
    graph = read_gg(WRAPPED + "loss L = sum(z)")
    assert opened_wrapper(graph) == ("net", "net.a", "net.b")
    assert groups_at(graph, "block", opened_wrapper(graph)) == ["net.a", "net.b"]
    beside = WRAPPED + "[other]\nu = 3*x\n[loss]\nloss L = sum(z) + sum(u)"
    assert opened_wrapper(read_gg(beside)) == ()
