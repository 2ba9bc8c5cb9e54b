"""Check definitions, layers, tables and train lines, and that JSON keeps them."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.cli.inputs import find_line, point_and_names
from graphgrad.errors import GraphgradError, SourceError, UsageError
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.graph.graph import Graph
from graphgrad.graph.json import graph_from_data, graph_to_data
from graphgrad.source.gg import load, read_gg
from graphgrad.source.writing.graph_text import to_gg
from tests.source.random_networks import pair
from tests.source.test_loops import same

FOLDER = Path(__file__).parents[1] / "data" / "networks"


def names_and_groups(graph: Graph) -> list[tuple[str, str]]:
    return [(line.name, line.group) for line in graph.lines()]


# ---- definitions ----


def test_a_definition_opens_a_group_named_after_the_line_of_its_call() -> None:
    graph = read_gg(
        "def block(x, n=2, act=relu)\nu = n*x\nh = act(u)\nend\n[model]\ninput a = 3\n"
        "y = block(a + 1, act=tanh)\nz = block(a, 5)\n"
    )
    assert names_and_groups(graph) == [
        ("a", "model"),
        ("y.x", "model.y"),
        ("y.u", "model.y"),
        ("y", "model.y"),
        ("z.u", "model.z"),
        ("z", "model.z"),
    ]
    assert [block.kind for block in graph.heading.blocks] == ["block", "block"]
    first, second = graph.heading.blocks
    assert (first.inputs, first.outputs, first.settings) == (
        ("y.x",), ("y",), (("n", 2), ("act", "tanh")),
    )  # fmt: skip
    assert second.settings == (("n", 5), ("act", "relu"))
    assert [first.place, second.place] == [7, 8]


def test_a_definition_is_its_lines_typed_under_a_header() -> None:
    same(
        "def cell(x, h)\nz = x + h\ng = tanh(z)\nc = z*g\nout g, c\nend\ninput a = 2\n"
        "const h[0] = 1\nconst c[0] = 1\nfor t = 1:2\nh[t], c[t] = cell(a*c[t-1], h[t-1])\nend\n"
        "y = h[2] + c[2]\n",
        "input a = 2\nconst h[0] = 1\nconst c[0] = 1\n[h[1]]\nh[1].x = a*c[0]\n"
        "h[1].z = h[1].x + h[0]\nh[1] = tanh(h[1].z)\nc[1] = h[1].z*h[1]\n[h[2]]\n"
        "h[2].x = a*c[1]\nh[2].z = h[2].x + h[1]\nh[2] = tanh(h[2].z)\nc[2] = h[2].z*h[2]\n[]\n"
        "y = h[2] + c[2]\n",
    )


def test_calls_inside_a_formula_come_before_it() -> None:
    graph = same(
        "def sq(x) = x^2\ninput a = 3\nL = (sq(a) + sq(2*a))/2\n",
        "input a = 3\n[L.sq]\nL.sq = a^2\n[L.sq2]\nL.sq2.x = 2*a\nL.sq2 = L.sq2.x^2\n[]\n"
        "L = (L.sq + L.sq2)/2\n",
    )
    assert record(graph).value("L") == pytest.approx(22.5)


def test_a_definition_sees_consts_and_those_above_it() -> None:
    graph = read_gg(
        "const k = 3\ndef f(x) = k*x\ndef g(x)\nfor i = 1:2\nu[i] = f(x)*i\nend\n"
        "v = u[1] + u[2]\nend\ninput a = 2\ny = g(a)\n"
    )
    assert graph.line_names == [
        "k", "a", "y.u[1].f", "y.u[1]", "y.u[2].f", "y.u[2]", "y",
    ]  # fmt: skip
    assert record(graph).value("y") == 18


def test_a_loop_or_an_argument_may_be_the_result() -> None:
    graph = read_gg(
        "def run(x, n=3)\ns[0] = x\nfor i = 1:n\ns[i] = 2*s[i-1]\nend\nend\n"
        "def last(x, n=2)\ns[0] = x\nfor i = 1:n\ns[i] = 3*s[i-1]\nend\nout s[n], x\nend\n"
        "y = run(1)\na, b = last(1)\n"
    )
    trace = record(graph)
    assert [trace.value(name) for name in ("y", "a", "b")] == [8, 9, 1]
    assert "y.s[3]" in graph.line_names
    assert "a.s[2]" not in graph.line_names


def test_definitions_nest_two_hundred_deep() -> None:
    rows = ["def f0(x) = x + 1"]
    rows += [f"def f{k}(x)\ny = f{k - 1}(x)\nend" for k in range(1, 200)]
    graph = read_gg("\n".join([*rows, "r = f199(1)"]))
    assert record(graph).value("r") == 2
    with pytest.raises(GraphgradError) as caught:
        read_gg("\n".join([*rows, "def f200(x)\ny = f199(x)\nend", "r = f200(1)"]))
    assert caught.value.message_id == "source.deep_calls"


# ---- layers ----


def test_a_layer_shares_its_parameters_and_a_call_has_its_own() -> None:
    graph = read_gg(
        "input x = [1, 2]\nlayer d = dense(2)\na = d(x)\nb = d(a)\nc = dense(b, 1, act=tanh)\n"
    )
    assert names_and_groups(graph) == [
        ("x", ""),
        ("d.W", "d"),
        ("d.b", "d"),
        ("a", "a"),
        ("b", "b"),
        ("c.W", "c"),
        ("c.b", "c"),
        ("c.z", "c"),
        ("c", "c"),
    ]
    assert [block.owner for block in graph.heading.blocks] == ["d", "d", ""]
    assert graph.heading.blocks[1].parameters == ("d.W", "d.b")


def test_a_definition_with_parameters_is_a_layer() -> None:
    text = (
        "def block(x, n=2)\nparam w = 3\nu = dense(x, n, act=relu)\ny = w*u\nend\n"
        "input x = [1, 2]\n"
    )
    graph = read_gg(text + "layer b = block()\np = b(x)\nq = b(p)\nr = block(q, 1)\n")
    parameters = [line.name for line in graph.lines() if graph.role(line.root) == "parameter"]
    assert parameters == ["b.w", "b.u.W", "b.u.b", "r.w", "r.u.W", "r.u.b"]
    groups = dict(names_and_groups(graph))
    assert [groups[name] for name in ("b.w", "b.u.W", "p.u.z", "q.u", "q", "r.u.W")] == [
        "b", "b.u", "p.u", "q.u", "q", "r.u",
    ]  # fmt: skip
    assert graph.heading.blocks[0].parameters == ("b.w", "b.u.W", "b.u.b")


def test_fresh_makes_parameters_in_every_pass() -> None:
    graph = read_gg(
        "input x = [1, 2]\nh[0] = 1*x\nfor l = 1:2\nh[l] = dense(h[l-1], 2, fresh=1)\nend\n"
    )
    assert [n for n in graph.line_names if n.endswith(".W")] == ["h[1].W", "h[2].W"]
    kept = read_gg(
        "def stack2(x)\nh[0] = 1*x\nfor l = 1:2\nh[l] = dense(h[l-1], 2, fresh=1)\nend\nend\n"
        "layer s = stack2()\ninput x = [1, 2]\na = s(x)\nb = s(a)\n"
    )
    assert [n for n in kept.line_names if n.endswith(".W")] == ["s.h[1].W", "s.h[2].W"]


def test_layers_by_their_spanish_names_and_in_definitions() -> None:
    same(
        "entrada = 3\ninput x = [1, 2]\ncapa c = densa(2)\ny = c(x)\n",
        "entrada = 3\ninput x = [1, 2]\nlayer c = dense(2)\ny = c(x)\n",
    )
    graph = read_gg(
        "def net(x)\nlayer d = dense(2)\nfor t = 1:2\nh[t] = d(x)\nend\ny = h[1] + h[2]\nend\n"
        "input x = [1, 2]\na = net(x)\nb = net(x)\n"
    )
    assert [n for n in graph.line_names if n.endswith(".W")] == ["a.d.W", "b.d.W"]


def test_sizes_are_consts_and_follow_another_value() -> None:
    text = (
        "const n = 2\nconst m = 3\ninput x = [1, 2]\nparam V: n x m = ones()\n"
        "h = dense(x, n*m)\nfor t = 1:n\ns[t] = t*sum(h)\nend\ny = stack(s)\n"
    )
    graph = read_gg(text)
    assert graph.heading.sizes == ("n", "m")
    other = read_gg(text, sizes={"n": Fraction(4)})
    assert other.columns.shape(other.output) == (4,)
    assert record(other).value("h.W").shape == (12, 2)
    assert record(other).value("n") == 4


def test_an_entry_of_an_array_is_set_by_its_name() -> None:
    graph = read_gg("param W = [1, 2; 3, 4]\nh[1].z = W*2\nloss L = sum(h[1].z)\n")
    point, _ = point_and_names(graph, {"W[2,1]": Fraction(7), "W[1, 1]": Fraction(0)})
    assert point["W"].tolist() == [[0, 2], [7, 4]]
    assert graph.find("h[ 1 ].z") == graph.find("h[1].z")
    with pytest.raises(UsageError) as caught:
        find_line(graph, "W[2,1]")
    assert caught.value.message_id == "name.entry"


def test_an_output_may_be_a_member_by_a_const() -> None:
    graph = read_gg("for t = 1:3\nh[t] = t\nend\nconst n = 2\noutput h[n]\n")
    assert graph.name(graph.output) == "h[2]"


def test_a_relation_may_name_what_a_layer_makes_below() -> None:
    graph = read_gg("assume c.b < 5\ninput x = [1, 2]\nlayer c = dense(1)\ny = c(x)\n")
    assert graph.heading.assumptions == ("c.b < 5",)


def test_layers_on_a_command_line() -> None:
    graph = read_gg("h = dense(x, 2, act=relu); L = sum(h)", free_inputs=True,
                    input_shapes={"x": (3,)})  # fmt: skip
    assert graph.line_names == ["x", "h.W", "h.b", "h.z", "h", "L"]
    graph = read_gg(
        "layer c = dense(2); h = c(x); y = attention(h, k, k, mask=m)",
        free_inputs=True,
        input_shapes={"x": (3, 3), "k": (3, 2), "m": (3, 3)},
    )
    assert {"x", "k", "m"} <= set(graph.line_names)


# ---- tables ----


def test_columns_hold_arrays_in_brackets_or_number_by_number() -> None:
    graph = read_gg("data image: 2x2, y\n[[1, 2], [3, 4]], 1\n5 6 7 8 2\ns = sum(image) + y\n")
    table = graph.heading.table
    assert table is not None
    assert table.shapes == ((2, 2), ())
    assert [row[0].tolist() for row in table.rows] == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    assert record(graph).value("s") == 11
    assert record(graph, table.point(2)).value("s") == 28


def test_a_whole_table_is_arrays_with_rows_first() -> None:
    text = "data all X: 2, y\n1 2 0\n3 4 1\n5 6 1\nvalid\n7 8 0\ns = sum(X) + sum(y)\n"
    graph = read_gg(text)
    assert graph.heading.table is not None
    assert graph.heading.table.whole
    assert graph.heading.table.parts == (("train", 1), ("valid", 4))
    assert graph.columns.shape(graph.find("X") or 0) == (3, 2)
    assert record(graph).value("s") == 23
    batch = read_gg(text, rows=[4, 1])
    assert record(batch).value("X").tolist() == [[7, 8], [1, 2]]
    assert record(read_gg(text, row=2)).value("X").tolist() == [[3, 4]]


def test_words_are_numbered_and_reported() -> None:
    graph = read_gg('data x, animal\n1, cat\n2, "big dog"\n3, cat\ny = x + animal\n', row=2)
    table = graph.heading.table
    assert table is not None
    assert table.labels == ((), ("cat", "big dog"))
    assert [row[1] for row in table.rows] == [0, 1, 0]
    first = read_gg("data animal, x\ncat 1\ndog 2\n\nz = x + animal\n").heading.table
    assert first is not None
    assert first.labels == (("cat", "dog"), ())


def test_a_csv_file_has_parts_arrays_and_words(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a,b,c,kind\n1,2,3,x\n4,5,6,y\ntest\n7,8,9,x\n", "utf-8")
    (tmp_path / "n.gg").write_text('data "d.csv" v: 3, kind\ns = sum(v) + kind\n', "utf-8")
    table = load(tmp_path / "n.gg").heading.table
    assert table is not None
    assert table.names == ("v", "kind")
    assert table.parts == (("train", 1), ("test", 3))
    assert table.labels == ((), ("x", "y"))
    assert [row[0].tolist() for row in table.rows] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


# ---- train lines ----


def test_a_train_line_is_a_recipe() -> None:
    graph = read_gg(
        "const k = 50\nparam w = 1\nloss L = w^2\n"
        "train momentum(rate=0.01, nesterov=true), epochs=4*k, schedule=cosine(steps=k), "
        "clip=norm(0.5)\n"
    )
    assert graph.heading.recipe == Recipe(
        Call("momentum", (("rate", Fraction(1, 100)), ("nesterov", True))),
        (
            ("epochs", 200),
            ("schedule", Call("cosine", (("steps", 50),))),
            ("clip", Call("norm", (("", Fraction(1, 2)),))),
        ),
    )
    spanish = read_gg("decimal comma\nparam w = 1\nloss L = w^2\nentrena sgd(rate=0,5); epochs=3\n")
    assert spanish.heading.recipe == Recipe(
        Call("sgd", (("rate", Fraction(1, 2)),)), (("epochs", 3),)
    )


@pytest.mark.parametrize(
    ("line", "message", "word"),
    [
        ("entrena adam(taza=0.05), lotte=8", "training.unknown_setting", "taza"),
        ("train adam(rate=0.05), lotte=8", "training.unknown_key", "lotte"),
        ("train adan(rate=0.05)", "training.unknown_row", "adan"),
        ("train gd, schedule=stp(every=2)", "training.unknown_row", "stp"),
        ("train gd, mode=online, mode=batch", "source.setting_twice", "mode=batch"),
        ("entrena gd(tasa=1, rate=2)", "training.twice", "rate"),
    ],
)
def test_a_train_line_that_no_training_has_is_refused_at_its_word(
    line: str, message: str, word: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read_gg(f"param w = 1\nloss L = w^2\n{line}\n")
    place = caught.value.place
    assert caught.value.message_id == message
    assert place is not None
    assert place.text[place.column - 1 :][: place.length] == word


# ---- JSON ----


@pytest.mark.parametrize(
    "text",
    [
        "param frozen w = 1\nloss L = w^2\ntrain adam(rate=0.01), schedule=cosine(steps=5)\n",
        "data all X: 2, kind\n1 2 a\n3 4 b\nvalid\n5 6 a\nh = dense(X, 2, act=tanh)\n"
        "loss L = sum(h)\n",
        "data x: 2x2, y\n1 2 3 4 5\ns = sum(x)*y\n",
    ],
)
def test_json_keeps_layers_tables_and_recipes(text: str) -> None:
    graph = read_gg(text)
    data = json.loads(json.dumps(graph_to_data(graph)))
    read = graph_from_data(data)
    assert read.heading.table is None or graph.heading.table is not None
    for name in ("blocks", "recipe", "frozen", "title"):
        assert getattr(read.heading, name) == getattr(graph.heading, name)
    one, other = read.heading.table, graph.heading.table
    if one is not None and other is not None:
        assert one._replace(rows=[]) == other._replace(rows=[])
        assert all(
            np.array_equal(np.asarray(a, float), np.asarray(b, float))
            for left, right in zip(one.rows, other.rows, strict=True)
            for a, b in zip(left, right, strict=True)
        )


def test_a_graph_without_layers_has_no_further_keys() -> None:
    data = graph_to_data(read_gg("input x = 1\ny = x\n"))
    assert not {"blocks", "recipe", "frozen"} & data.keys()


# ---- the nets that were typed by hand ----


MATCHED: dict[str, dict[str, tuple[str, ...]]] = {
    "rnn": {
        "cell.W": ("W",), "cell.U": ("U",), "cell.b": ("b",), "out.W": ("V",), "out.b": ("c",),
    },
    "lstm": {
        "cell.W": ("Wi", "Wf", "Wg", "Wo"),
        "cell.U": ("Ui", "Uf", "Ug", "Uo"),
        "cell.b": ("bi", "bf", "bg", "bo"),
    },
    "convolution": {"z.W": ("K",), "z.b": ("b",), "yhat.W": ("V",), "yhat.b": ("d",)},
    "batch_norm": {"y.gamma": ("g1", "g2"), "y.beta": ("b1", "b2")},
    "attention": {"Q.W": ("Q",), "K.W": ("K",), "V.W": ("V",)},
}  # fmt: skip
"""Each parameter of the short form, and those of the typed one that it holds one after another."""


@pytest.mark.parametrize("name", MATCHED)
def test_the_short_form_has_the_values_of_the_typed_one(name: str) -> None:
    typed, short = load(FOLDER / "typed" / f"{name}.gg"), load(FOLDER / "short" / f"{name}.gg")
    one = record(typed)

    def together(names: tuple[str, ...], take: Callable[[str], Any], mine: str) -> Any:
        parts = [np.asarray(take(name), float).ravel() for name in names]
        return np.concatenate(parts).reshape(short.columns.shape(short.find(mine) or 0))

    matched = MATCHED[name]
    other = record(short, {mine: together(n, one.value, mine) for mine, n in matched.items()})
    assert other.value("L") == pytest.approx(one.value("L"), abs=1e-12)
    for mine, names in matched.items():
        expected = together(names, one.adjoint, mine)
        np.testing.assert_allclose(np.asarray(other.adjoint(mine), float), expected, atol=1e-12)


@pytest.mark.parametrize("name", MATCHED)
def test_the_short_form_has_at_most_half_the_lines(name: str) -> None:
    def lines(kind: str) -> int:
        text = (FOLDER / kind / f"{name}.gg").read_text("utf-8")
        return sum(
            bool(line.strip()) and not line.startswith(("#", "gg", "title"))
            for line in text.splitlines()
        )

    assert 2 * lines("short") <= lines("typed")


def test_penalties_choose_parameters() -> None:
    text = (
        "input x = [1, 2]\nparam frozen w = 3\nfc1 = dense(x, 2, act=tanh)\nfc2 = dense(fc1, 1)\n"
        "loss L = w*sum(fc2) + l2({})\n"
    )

    def over(what: str) -> list[str]:
        graph = read_gg(text.format(what))
        return list(next(b for b in graph.heading.blocks if b.kind == "l2").inputs)

    assert over("over=weights, rate=1") == ["w", "fc1.W", "fc2.W"]
    assert over("over=all, rate=1") == ["w", "fc1.W", "fc1.b", "fc2.W", "fc2.b"]
    assert over('over="fc1*", rate=1') == ["fc1.W", "fc1.b"]
    assert over("fc2.W, w, rate=1") == ["fc2.W", "w"]


def test_errors_of_layers_are_errors_of_the_file() -> None:
    with pytest.raises(SourceError) as caught:
        read_gg("input x = [1, 2]\ny = dense(x, 2, act=nothing)\n")
    assert not isinstance(caught.value, UsageError)
    assert caught.value.exit_status == 3


@pytest.mark.parametrize(
    "text",
    [
        "data all x: 2, kind\n1 2 cat\n3 4 big-dog\nvalid\n5 6 cat\nparam frozen k = 1\n"
        "h = dense(x, 2, act=tanh)\nloss L = k*sum(h) + l2(over=weights, rate=0.01)\n"
        "train momentum(rate=0.01, nesterov=true), epochs=20, schedule=cosine(steps=5), "
        "clip=norm(1/3)\n",
        "def f(x, n=2)\nfor i = 1:n\ng[i] = x*i\nend\nout g[1], g[n]\nend\ninput a = 3\n"
        "for t = 1:2\np[t], q[t] = f(a + t)\nend\nloss L = p[1]*q[2]\n",
    ],
)
def test_a_graph_is_written_as_a_text_that_makes_it_again(text: str) -> None:
    graph = read_gg(text)
    again = read_gg(to_gg(graph))
    assert again.columns == graph.columns
    assert names_and_groups(again) == names_and_groups(graph)
    for name in ("recipe", "frozen", "title"):
        assert getattr(again.heading, name) == getattr(graph.heading, name)
    assert again.heading.table == graph.heading.table


def test_random_networks_are_written_as_texts_that_make_them_again() -> None:
    for seed in range(0, 500, 10):
        graph = read_gg(pair(seed).short)
        again = read_gg(to_gg(graph))
        assert again.columns == graph.columns
        assert names_and_groups(again) == names_and_groups(graph)


def test_a_layer_may_have_any_name_that_a_line_may_have() -> None:
    graph = read_gg(
        "input x = [1, 2]\ny0 = max(x, 0)\nlayer l1 = dense(2, draw=1)\nlayer max = dense(2)\n"
        "layer dense = dense(1)\ny = dense(max(l1(y0)))\n"
    )
    owned = ["l1.W", "l1.b", "max.W", "max.b", "dense.W", "dense.b"]
    assert [line.name for line in graph.lines() if graph.role(line.root) == "parameter"] == owned
    again = read_gg(to_gg(graph))
    assert again.columns == graph.columns


@pytest.mark.parametrize("name", ["relu", "sum", "gelu", "l2", "densa", "norm"])
def test_a_call_below_a_layer_of_a_functions_name_means_the_layer(name: str) -> None:
    text = "input x = [1, 2]\nlayer {0} = dense(2, draw=1)\ny = {0}(x)\nz = {0}(tanh(x)) + 1"
    graph, plain = read_gg(text.format(name)), read_gg(text.format("plain"))
    assert graph.columns == plain.columns
    with pytest.raises(SourceError) as caught:
        read_gg(f"input x = [1, 2]\nlayer {name} = dense(2)\ny = {name}(x, 3)")
    assert caught.value.message_id == "source.only_inputs"
