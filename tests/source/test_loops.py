"""Check loops, families and names with dots against the same lines typed by hand."""

from __future__ import annotations

import math

import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, SourceError
from graphgrad.graph.graph import Graph
from graphgrad.graph.json import graph_to_data
from graphgrad.source import names
from graphgrad.source.gg import read_gg


def same(written: str, typed: str) -> Graph:
    """Check that two texts make the same graph and return it."""
    one, other = read_gg(written), read_gg(typed)
    assert graph_to_data(one)["lines"] == graph_to_data(other)["lines"]
    assert graph_to_data(one) | {"blocks": 0} == graph_to_data(other) | {"blocks": 0}
    return one


def test_a_loop_is_its_lines_one_after_another() -> None:
    graph = same(
        "input x = 2\nconst h[0] = 1\nfor t = 1:3\nz[t] = x*h[t-1]\nh[t] = tanh(z[t])\nend\n"
        "y = h[3]^2\n",
        "input x = 2\nconst h[0] = 1\nz[1] = x*h[0]\nh[1] = tanh(z[1])\nz[2] = x*h[1]\n"
        "h[2] = tanh(z[2])\nz[3] = x*h[2]\nh[3] = tanh(z[3])\ny = h[3]^2\n",
    )
    assert graph.line_names[1:4] == ["h[0]", "z[1]", "h[1]"]
    tanh = math.tanh
    assert record(graph).value("y") == pytest.approx(tanh(2 * tanh(2 * tanh(2))) ** 2, rel=1e-12)


def test_a_loop_runs_downwards() -> None:
    same(
        "const b[4] = 1\nfor t = 3:1\nb[t] = 2*b[t+1]\nend\n",
        "const b[4] = 1\nb[3] = 2*b[4]\nb[2] = 2*b[3]\nb[1] = 2*b[2]\n",
    )


def test_bounds_are_numbers_consts_and_letters() -> None:
    same(
        "const n = 3\ninput v: 3 = [1, 2, 3]\nfor i = 1:n-1\nfor j = i:n\nz[i,j] = v[i]*v[j]\n"
        "end\nend\ny = z[2,3]\n",
        "const n = 3\ninput v: 3 = [1, 2, 3]\nz[1,1] = v[1]*v[1]\nz[1,2] = v[1]*v[2]\n"
        "z[1,3] = v[1]*v[3]\nz[2,2] = v[2]*v[2]\nz[2,3] = v[2]*v[3]\ny = z[2,3]\n",
    )


def test_a_loop_over_rows_and_over_lines() -> None:
    graph = same(
        "input x = 2\nfor a in [relu, tanh]\nh[a] = a(x)\nend\ny = h[tanh] - h[relu]\n",
        "input x = 2\nh[relu] = relu(x)\nh[tanh] = tanh(x)\ny = h[tanh] - h[relu]\n",
    )
    assert graph.line_names == ["x", "h[relu]", "h[tanh]", "y"]
    same(
        "input x1 = 2\ninput x2 = 3\nfor v in [x1, x2]\ns[v] = v^2\nend\ny = s[x1] + s[x2]\n",
        "input x1 = 2\ninput x2 = 3\ns[x1] = x1^2\ns[x2] = x2^2\ny = s[x1] + s[x2]\n",
    )
    same("for k in [1, 4]\nh[k] = k\nend\ny = h[4]\n", "h[1] = 1\nh[4] = 4\ny = h[4]\n")


def test_a_repetition_inside_a_formula() -> None:
    same(
        "input w = [1, 2, 3]\ninput x = [4, 5, 6]\ny = 1 + sum(i=1:3, w[i]*x[i])\n",
        "input w = [1, 2, 3]\ninput x = [4, 5, 6]\ny = 1 + (w[1]*x[1] + w[2]*x[2] + w[3]*x[3])\n",
    )
    same(
        "input A = [1, 2; 3, 4]\ny = sum(i=1:2, sum(j=1:i, A[i,j]*j))\n",
        "input A = [1, 2; 3, 4]\ny = A[1,1]*1 + (A[2,1]*1 + A[2,2]*2)\n",
    )
    same("input x = [1, 2]\ny = mean(i=1:2, x[i])\n", "input x = [1, 2]\ny = (x[1] + x[2])/2\n")
    same("input x = [1, 2]\ny = max(i=1:2, x[i])\n", "input x = [1, 2]\ny = max(x[1], x[2])\n")
    same("input x = [1, 2]\ny = stack(i=2:1, x[i])\n", "input x = [1, 2]\ny = stack(x[2], x[1])\n")


def test_members_entries_and_stacks() -> None:
    graph = same(
        "for t = 1:3\nh[t] = [t, 2*t]\nend\na = h[2][1]\ny = stack(h)\nz = stack(h[2:3])\n",
        "h[1] = [1, 2*1]\nh[2] = [2, 2*2]\nh[3] = [3, 2*3]\na = h[2][1]\n"
        "y = stack(h[1], h[2], h[3])\nz = stack(h[2], h[3])\n",
    )
    assert record(graph).value("y").tolist() == [[1, 2], [2, 4], [3, 6]]


def test_a_family_may_start_anywhere_and_have_several_letters() -> None:
    graph = read_gg("h[-2] = 1\nfor t = -1:1\nh[t] = h[t-1] + t\nend\nA[0,1] = h[1]\ny = A[0,1]\n")
    assert graph.line_names == ["h[-2]", "h[-1]", "h[0]", "h[1]", "A[0,1]", "y"]


def test_names_with_dots_and_transposes() -> None:
    graph = read_gg(
        "param cell.W = [1, 2; 3, 4]\nh[2].z = cell.W.T\nu = h[2].z^T @ cell.W[1,1:2]\n"
        "loss L = sum(u) + cell.W[2,1]\n"
    )
    assert graph.line_names == ["cell.W", "h[2].z", "u", "L"]
    assert record(graph).value("u").tolist() == [5, 11]
    assert record(graph).value("h[2].z").tolist() == [[1, 3], [2, 4]]


def test_words_of_statements_stay_names() -> None:
    names = ["for", "def", "end", "layer", "out", "train", "valid", "test", "frozen", "all", "para"]
    text = "input x = 2\n" + "".join(f"{name} = x*2\n" for name in names)
    text += "y = " + " + ".join(names) + "\n"
    assert read_gg(text).line_names == ["x", *names, "y"]
    assert read_gg('input x = 2\nout "y_o" = 2*x\n').labels == {1: "y_o"}
    assert read_gg("param frozen = 2\nL = frozen^2\n").heading.frozen == ()
    assert read_gg("param frozen w = 2\nL = w^2\n").heading.frozen == ("w",)


def test_a_command_line_and_its_free_names() -> None:
    graph = read_gg(
        "h[0] = x; for t = 1:2; h[t] = tanh(w*h[t-1]); end; def sq(a) = a^2; L = sq(h[2]) + "
        "sum(i=1:2, w*i)",
        free_inputs=True,
    )
    assert graph.line_names == ["x", "h[0]", "w", "h[1]", "h[2]", "L.sq", "L"]


def test_spanish_words_mean_the_same() -> None:
    same(
        "def doble(x)\ny = 2*x\nsalida y\nfin\npara t = 1:2\nh[t] = doble(t)\nfin\n"
        "para a en [relu, tanh]\ng[a] = a(h[1])\nfin\n",
        "def doble(x)\ny = 2*x\nout y\nend\nfor t = 1:2\nh[t] = doble(t)\nend\n"
        "for a in [relu, tanh]\ng[a] = a(h[1])\nend\n",
    )


def test_places_of_use_and_of_definition() -> None:
    graph = read_gg(
        "def f(x)\nu = 2*x\ny = u + 1\nend\ninput a = 1\nr = f(a)\nfor t = 1:2\ns[t] = f(r)\nend\n"
    )
    assert graph.line_names == ["a", "r.u", "r", "s[1].u", "s[1]", "s[2].u", "s[2]"]
    assert list(graph.heading.places) == [5, 2, 3, 2, 3, 2, 3]
    assert list(graph.heading.uses) == [5, 6, 6, 8, 8, 8, 8]


def test_a_million_passes_are_refused_before_they_run() -> None:
    with pytest.raises(LimitError) as caught:
        read_gg("for a = 1:2000\nfor b = 1:2000\nz[a,b] = 1\nend\nend\n")
    assert caught.value.message_id == "source.many_passes"
    assert caught.value.exit_status == 6


LARGE = {
    "y = sum(i=-2147483649:3, i)": "source.many_passes",
    "input x = 1\ny = broadcast(x, [100000, 100000])": "source.many_entries",
    "input x = [1, 2]\ny = one_hot(x, classes=40000000)": "op.classes",
    "y = dense([1, 2], 999999999)": "source.many_entries",
    "H, h, c = lstm_sequence([1, 2; 3, 4], units=999999999999)": "shape.many_entries",
    "y = upsample([1, 2; 3, 4], factor=1000000000, mode=bilinear)": "shape.many_entries",
    "y = adaptive_avg_pool1d([1, 2, 3], size=100000000)": "shape.many_entries",
}


@pytest.mark.parametrize("text", LARGE, ids=lambda text: text[-30:])
def test_what_is_too_large_is_refused_before_it_is_made(text: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_gg(text)
    assert caught.value.message_id == LARGE[text]
    assert caught.value.text("en") != caught.value.text("es")


def test_the_shortest_cycle_through_a_name_is_told() -> None:
    with pytest.raises(SourceError) as caught:
        read_gg("z = a\na = b + c\nc = d\nd = c\nb = e\ne = a")
    assert "a → b → e → a" in caught.value.text("en")


def test_decimal_comma() -> None:
    same(
        "decimal comma\ninput x = 0,5\ndef f(x; n=2) = n*x\nfor t = 1:2\nh[t;1] = f(x; n=1,5)\n"
        "end\ny = h[1;1] + sum(i=1:2; i*x)\n",
        "decimal comma\ninput x = 0,5\ndef f(x; n=2) = n*x\nh[1;1] = f(x; n=1,5)\n"
        "h[2;1] = f(x; n=1,5)\ny = h[1;1] + (1*x + 2*x)\n",
    )


def test_an_error_of_a_name_in_a_formula_keeps_its_place() -> None:
    with pytest.raises(SourceError) as caught:
        read_gg("input x = 1\nfor t = 1:2\nh[t] = x + q\nend\n")
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (3, 12)
    assert len(caught.value.within) == 1


def test_a_line_of_a_loop_is_read_once_where_a_message_looks_for_a_name(monkeypatch) -> None:
    read: list[str] = []
    plain = names.read_statement
    monkeypatch.setattr(
        names, "read_statement", lambda text, dialect: read.append(text) or plain(text, dialect)
    )
    with pytest.raises(SourceError, match="gets its turn later"):
        read_gg("gg 1\nh[0] = 1\nfor t = 900:1\n  z[t] = 0.5*h[t-1] + t\n  h[t] = z[t]\nend\nL = 1")
    assert len(read) < 10
