"""Rows G of the curriculum: graphs, the two passes, the chain rule, backpropagation."""

from __future__ import annotations

import math
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

import graphgrad as gg
from tests.curriculum.runner import (
    SAMPLES,
    accepts,
    call,
    data,
    drawn,
    file,
    gradchecked,
    gradients,
    marked,
    nodes,
    sample,
    shown,
    value,
)

LINE = (
    "-e",
    "z = w*x; yhat = z + b; e = yhat - y; loss L = e^2",
    "--set",
    "w=2",
    "--set",
    "b=1",
    "--set",
    "x=3",
    "--set",
    "y=9",
)
SHARED = "input X = 1; param w1 = 2; param w2 = 3; z1 = w1*X; z2 = w2*(z1 + X); "


def test_G01_a_node_per_operation_and_an_edge_per_dependency(tmp_path: Path) -> None:
    out = tmp_path / "net.dot"
    net = file(tmp_path, "input x = 1\ninput y = 2\nparam w = 3\nparam b = 4\nL = (w*x + b - y)^2")
    assert call("render", net, "-o", str(out), "--detail", "op").exit_code == 0
    dot = out.read_text("utf-8")
    operations = [n for n in nodes(net, "--detail", "op").values() if n["role"] == "computation"]
    edges = sum(len(node["inputs"]) for node in operations)
    assert dot.count("->") == edges == 7
    assert len(operations) == 4


def test_G02_elementary_operations_agree_with_central_differences() -> None:
    for formula in (
        "a + b",
        "a - b",
        "a*b",
        "a/b",
        "a^3",
        "exp(a)",
        "log(a)",
        "max(a, b)",
        "abs(a)",
    ):
        for a, b in ((0.3, 1.7), (1.1, 0.4), (2.5, 2.4), (0.9, 3.1), (1.6, 0.2)):
            words = ["-e", f"y = {formula}", "--set", f"a={a}"]
            words += ["--set", f"b={b}"] if "b" in formula.replace("abs", "") else []
            assert gradchecked(*words), (formula, a, b)
    assert gradchecked("-e", "input A = [1, 2; 3, 4]; input B = [5, 6; 7, 9]; y = sum((A @ B)^2)")


def test_G03_a_leaf_that_becomes_a_parameter_enters_the_gradients(tmp_path: Path) -> None:
    kinds = {}
    for kind in ("input", "param"):
        net = file(tmp_path, f"{kind} x = 3\nparam w = 2\nloss L = (w*x)^2", f"{kind}.gg")
        kinds[kind] = nodes(net)["x"]["role"]
        out = tmp_path / f"{kind}.svg"
        assert call("render", net, "-o", str(out)).exit_code == 0
        kinds[f"{kind} picture"] = out.read_text("utf-8")
        trained = data("train", net, "--steps", "1", "--rate", "0.001")["steps"][-1]["values"]
        assert ("x" in trained) is (kind == "param")
    assert (kinds["input"], kinds["param"]) == ("input", "parameter")
    assert kinds["input picture"] != kinds["param picture"]
    out = tmp_path / "kinds.dot"
    assert call("render", sample("linear_regression"), "-o", str(out)).exit_code == 0
    found = re.findall(r'class=(\w+) color="#\w+" fillcolor="(#\w+)"', out.read_text("utf-8"))
    kinds_drawn = [kind for kind, _ in found]
    assert [kinds_drawn.count(kind) for kind in ("input", "parameter")] == [2, 2]
    assert kinds_drawn.count("computation") + kinds_drawn.count("loss") == 4
    fills = dict(found)
    yellow, violet, blue = (fills[kind] for kind in ("input", "parameter", "computation"))
    assert yellow[5:] < yellow[1:3], "yellow: little blue"
    assert violet[3:5] < min(violet[1:3], violet[5:]), "violet: little green"
    assert blue[1:3] < blue[5:], "blue: little red"


def test_G04_the_forward_pass_one_node_at_a_time() -> None:
    found = nodes(*LINE)
    wanted = {"z": 6.0, "yhat": 7.0, "e": -2.0, "L": 4.0}
    assert [found[name]["value"] for name in wanted] == list(wanted.values())
    for count in range(1, len(wanted) + 1):
        told = call("step", *LINE, "--plain", typed=count * "n\n" + "q\n").output
        steps = re.findall(r"\[(\d+)/13\] Forward: (\w+)\n.*\n.* = (-?\d+)\n", told)
        assert (
            steps
            == [(str(k), each, f"{value:g}") for k, (each, value) in enumerate(wanted.items(), 1)][
                :count
            ]
        )
        later = list(wanted)[count:]
        assert not any(f" follows {each} = " in told for each in later), "nothing ahead of its step"


def test_G05_the_backward_pass() -> None:
    assert nodes(*LINE)["e"]["adjoint"] == -4.0
    found = gradients(*LINE)
    assert (found["w"], found["b"]) == (-12.0, -4.0)


def test_G06_common_partials_are_used_again() -> None:
    found = nodes(*LINE)
    contributions = [p["contribution"] for p in found["z"]["partials"]]
    assert found["z"]["adjoint"] * 3 in contributions
    edges = [(node["name"], use["wrt"]) for node in found.values() for use in node["partials"]]
    assert len(edges) == len(set(edges)) == 7, "each partial is computed once"
    stepped = call("step", sample("linear_regression"), "--plain", typed="b\n" + 8 * "n\n" + "q\n")
    told = stepped.output
    assert told.count("dL/dyhat = dL/de·∂e/∂yhat") == 1, "found once ..."
    assert "→ z: dL/dyhat·∂yhat/∂z" in told
    assert "→ b: dL/dyhat·∂yhat/∂b" in told, "... and used for z and for b"


def test_G07_the_five_lines_of_the_lecture_run_unchanged() -> None:
    x, y_true = gg.input("x", 3), gg.input("y", 9)
    w, b = gg.param("w", 2), gg.param("b", 1)
    z = w * x
    y_hat = z + b
    e = y_hat - y_true
    l = e**2  # as the lecture writes it
    l.backward()
    assert (w.grad, b.grad) == (-12, -4)


def test_G10_an_own_block_with_its_derivative() -> None:
    from graphgrad.ops.registry import remove_row

    def right(m, out, z):
        return 1 / (1 + m.abs(z)) ** 2

    gg.register("blanda", lambda m, z: z / (1 + m.abs(z)), partials=(right,))
    try:
        assert gradchecked("-e", "y = blanda(z)", "--set", "z=0.7")
    finally:
        remove_row("blanda")
    with pytest.raises(gg.RowError, match="blanda"):
        gg.register("blanda", lambda m, z: z / (1 + m.abs(z)), partials=(lambda m, out, z: out**2,))


def test_G11_a_cycle_is_named() -> None:
    refused = call("run", "-e", "input x = 1; a = b + x; b = a*2")
    assert refused.exit_code == 3
    assert "b → a → b" in refused.output
    assert "a → a" in call("run", "-e", "input x = 1; a = a + x").output
    assert gradchecked("-e", "a = x + 1; b = a*x; c = a + b*a; y = c*x + b", "--set", "x=2")


def test_G12_a_skip_connection(tmp_path: Path) -> None:
    net = "input X = 1; param w1 = 2; param w2 = 3; z1 = w1*X; z2 = w2*(z1 + X)"
    assert (value("z1", "-e", net), value("z2", "-e", net)) == (2.0, 9.0)
    out = tmp_path / "net.dot"
    assert call("render", file(tmp_path, net.replace("; ", "\n")), "-o", str(out)).exit_code == 0
    assert len(re.findall(r"^\s*n0 -> ", out.read_text("utf-8"), re.MULTILINE)) == 2


def test_G13_a_shared_weight_adds_its_contributions(tmp_path: Path) -> None:
    net = SHARED + "yhat = w1*(z1 + z2)"
    assert value("yhat", "-e", net) == 22.0
    found = gradients("-e", net)
    assert (found["w1"], found["w2"]) == (19.0, 6.0)
    assert not accepts(tmp_path, net.replace("; ", "\n"), "dyhat/dw1 = z1 + z2")


def test_G14_the_gradient_is_a_sum_over_paths(tmp_path: Path) -> None:
    net = file(tmp_path, (SHARED + "yhat = w1*(z1 + z2)").replace("; ", "\n"))
    paths = data("inspect", net, "paths", "of=w1")["tables"]["paths"]
    assert {row["path"]: row["contribution"] for row in paths} == {
        "w1 → yhat": 11.0, "w1 → z1 → yhat": 2.0, "w1 → z1 → z2 → yhat": 6.0,
    }  # fmt: skip
    assert "Sum: dyhat/dw1 = " in shown("explain", net, "w1")
    assert gradients(net)["w1"] == 19.0


def test_G15_two_decompositions_of_one_function(tmp_path: Path) -> None:
    one = file(tmp_path, "input a = 2\ninput b = 5\nparam w = 3\ny = w*(a + b)", "one.gg")
    two = file(tmp_path, "input a = 2\ninput b = 5\nparam w = 3\ny = w*a + w*b", "two.gg")
    assert value("y", one) == value("y", two)
    assert gradients(one) == gradients(two)
    counts = [len(nodes(net, "--detail", "op")) for net in (one, two)]
    assert counts[0] != counts[1]
    assert call("same", one, two).exit_code == 1


def test_G16_a_sigmoid_before_the_last_layer() -> None:
    net = SHARED + "yhat = w1*sigmoid(z1 + z2); loss L = (yhat - 1)^2"
    assert value("yhat", "-e", net) == pytest.approx(1.999967, abs=5e-7)
    assert gradchecked("-e", net)


def test_G17_the_simple_chain_rule(tmp_path: Path) -> None:
    net = "u = x^2; y = sin(u)"
    found = nodes("-e", net, "--set", "x=1")
    factors = [found[name]["partials"][0]["value"] for name in ("y", "u")]
    assert factors == pytest.approx([math.cos(1), 2])
    assert gradients("-e", net, "--set", "x=1")["x"] == pytest.approx(1.080605, abs=5e-7)


def test_G18_two_inner_functions() -> None:
    assert gradients("-e", "g1 = x^2; g2 = 3*x; f = g1*g2", "--set", "x=2")["x"] == 36.0


def test_G19_three_inner_functions(tmp_path: Path) -> None:
    net = "input x = 1.5\na = x\nb = x^2\nc = x^3\nf = a*b*c"
    assert accepts(tmp_path, net, "df/dx = 6*x^5")


def test_G20_the_worked_example_is_wrong_as_printed(tmp_path: Path) -> None:
    net = "input x = 1\ny = (6*x^2 + 2)^4"
    assert gradients("-e", net.replace("\n", "; "))["x"] == 24576.0
    assert not accepts(tmp_path, net, "dy/dx = 4*(6*x^2 + 2)*(12*x)")
    assert accepts(tmp_path, net, "dy/dx = 4*(6*x^2 + 2)^3*12*x")


def test_G21_backpropagation_through_a_1_1_1_net() -> None:
    net = "h1 = w1*x; yhat = w2*h1; loss L = (yhat - y)^2"
    words = ("-e", net, "--set", "w1=3", "--set", "w2=4", "--set", "x=2", "--set", "y=20")
    assert value("yhat", *words) == 24.0
    found = gradients(*words)
    assert (found["w2"], found["w1"]) == (48.0, 64.0)


def deep(tmp_path: Path, widths: tuple[int, ...]) -> str:
    """Return a sigmoid net of the given widths with the courses' squared error."""
    entries = ", ".join(str(0.1 * k) for k in range(1, widths[0] + 1))
    target = ", ".join(["0.3", "0.8", "0.1"][: widths[-1]])
    layers = "".join(
        f"s[{k}] = dense(s[{k - 1}], {width}, act=sigmoid, draw={k})\n"
        for k, width in enumerate(widths[1:], 1)
    )
    return file(
        tmp_path,
        f"input t = [{target}]\ninput s[0] = [{entries}]\n{layers}"
        f"loss q = squared_error(s[{len(widths) - 1}], t, half=true)",
    )


def shown_deltas(tmp_path: Path, net: str) -> list[float]:
    """Return the errors that a figure in the notation of UPV shows, one per unit."""
    out = tmp_path / "upv.tex"
    words = (net, "--entries", "scalar", "--notation", "upv", "--format", "tikz", "--force")
    assert call("render", *words, "-o", str(out)).exit_code == 0
    number = r"\{?(-?[\d.]+)\}?"
    told = re.findall(
        r"\\delta\^\{\d\}_\{\d\} = \{-\}\\partial q/\\partial \\phi\^\{\d\}_\{\d\} = " + number,
        out.read_text("utf-8"),
    )
    return [float(value) for value in told]


@pytest.mark.parametrize("widths", [(5, 3, 3), (4, 3, 3, 2)])
def test_G22_G23_G26_backpropagation_of_every_weight(
    widths: tuple[int, ...], tmp_path: Path
) -> None:
    net = deep(tmp_path, widths)
    checked = data("gradcheck", net, "--tolerance", "1e-8")["rows"]
    for layer, (before, after) in enumerate(pairwise(widths), 1):
        of_layer = [row for row in checked if row["name"].startswith(f"s[{layer}].")]
        assert len(of_layer) == (before + 1) * after, "12 output and 18 hidden weights of 5-3-3"
        assert all(abs(row["reverse"] - row["central"]) < 1e-8 for row in of_layer)
    found = nodes(net)
    last = len(widths) - 1
    out, t = found[f"s[{last}]"]["value"], found["t"]["value"]
    delta = [(t[i] - s) * s * (1 - s) for i, s in enumerate(out)]
    assert [-a for a in found[f"s[{last}].z"]["adjoint"]] == pytest.approx(delta, abs=1e-12)
    assert shown_deltas(tmp_path, net)[-len(delta) :] == pytest.approx(delta, rel=1e-3)
    before = found[f"s[{last - 1}]"]["value"]
    expected = [[-d * s for s in before] for d in delta]
    grad = gradients(net)[f"s[{last}].W"]
    assert [x for row in grad for x in row] == pytest.approx([x for row in expected for x in row])
    unfolded = nodes(net, "--entries", "scalar")
    readers = [name for name, node in unfolded.items() if f"s[{last - 1}][1]" in node["inputs"]]
    assert len(readers) == widths[-1], "the sum over r is a fan-in of that many backward edges"
    assert drawn(tmp_path, net, "--entries", "scalar").out_of(f"s[{last - 1}][1]") == readers
    terms = [
        partial["contribution"]
        for name in readers
        for partial in unfolded[name]["partials"]
        if partial["wrt"] == f"s[{last - 1}][1]"
    ]
    assert sum(terms) == pytest.approx(unfolded[f"s[{last - 1}][1]"]["adjoint"], abs=1e-14)


def test_G27_the_derivation_for_classification(tmp_path: Path) -> None:
    net = "input z = [1, 2, 3]\nconst t = [0, 0, 1]\np = softmax(z)\nloss L = cross_entropy(p, t)"
    assert accepts(tmp_path, net, "dL/dz = p - t")
    assert not accepts(tmp_path, net, "dL/dz = [0, 0, -(1 - p[3])]")


def test_G32_G33_matrix_gradients_have_the_shape_of_what_they_belong_to() -> None:
    net = "input x = [1, 2, 3]; h = dense(x, 2, act=tanh); loss R = sum(h^2)"
    found = nodes("-e", net)
    for name in ("h.W", "h.b"):
        flat = found[name]["adjoint"]
        assert found[name]["shape"] == ([2, 3] if name == "h.W" else [2])
        assert len(flat) == found[name]["shape"][0]
    assert gradchecked("-e", net)
    product = data("inspect", "-e", net, "jacobians", "of=h.W")
    assert product["numbers"]["difference"] <= 1e-12
    assert "diagonal" in [row["what"] for row in product["tables"]["factors"]]


def test_G34_the_jacobian_of_an_activation_is_diagonal(tmp_path: Path) -> None:
    found = data("run", "-e", "input z = [0.5, -1]; y = tanh(z)", "--jacobian")["jacobian"]["z"]
    assert found[0] == pytest.approx([0.786448, 0], abs=5e-7)
    assert found[1] == pytest.approx([0, 0.419974], abs=5e-7)
    net = "input z = [0.5, -1]\ny = tanh(z)"
    assert accepts(tmp_path, net, "dy/dz = [[0.786448, 0], [0, 0.419974]]")
    slide = marked(tmp_path, net, "dy/dz = [[0.786448, 0.419974], [0.786448, 0.419974]]")
    assert slide.exit_code == 1
    assert "every row of the Jacobian is the same" in slide.output


def test_G35_G36_the_tensors_of_an_affine_map(tmp_path: Path) -> None:
    net = "input x = [1, 2, 3]; param W: 2x3 = ones(); param b: 2 = zeros(); z = W @ x + b"
    found = data("run", "-e", net, "--jacobian")["jacobian"]
    assert found["W"] == [[[1.0, 2.0, 3.0], [0.0] * 3], [[0.0] * 3, [1.0, 2.0, 3.0]]]
    assert found["b"] == [[1.0, 0.0], [0.0, 1.0]]
    typed = net.replace("; ", "\n")
    assert accepts(tmp_path, typed, "dz/db = [[1, 0], [0, 1]]")
    assert not accepts(tmp_path, typed, "dz/dW = [[1, 0], [0, 1]]"), "as the slide has it"


def test_G39_a_directional_derivative() -> None:
    a, b = gg.param("a", 1), gg.param("b", 2)
    _, along = gg.jvp((a**2 + 3 * b).graph(), {"a": 0.6, "b": 0.8})
    assert along == pytest.approx(3.6)
    words = ("-e", "R = t1^2 + 3*t2", "--set", "t1=1", "--set", "t2=2", "along")
    seen = data("inspect", *words, "direction=0.6,0.8")
    assert seen["numbers"]["pushed"] == pytest.approx(3.6, abs=1e-14)
    assert [verdict["code"] for verdict in seen["verdicts"]] == ["same"]
    assert "0.6·2 + 0.8·3 = 3.6" in shown("inspect", *words, "direction=0.6,0.8")
    short = call("inspect", *words, "direction=0.6")
    assert short.exit_code == 2
    assert "direction=0.6,0.8" in short.output


def test_G40_the_gradient_has_an_entry_per_parameter() -> None:
    roles = {name: node["role"] for name, node in nodes(sample("xor_linear")).items()}
    told = gradients(sample("xor_linear"))
    parameters = [g for name, g in told.items() if roles[name] == "parameter"]
    assert sum(len(g) if isinstance(g, list) else 1 for g in parameters) == 3


SLOW = {"inception"}  # some hundred entries through convolutions, a minute
SHIPPED = [
    pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name
    for name in sorted(path.stem for path in SAMPLES.glob("*.gg"))
]


@pytest.mark.parametrize("name", SHIPPED)
def test_G44_gradcheck_of_every_sample(name: str) -> None:
    assert call("gradcheck", sample(name)).exit_code == 0


def test_G44_gradcheck_reports_the_worst_parameter_and_its_relative_error() -> None:
    rows = data("gradcheck", sample("mazur"))["rows"]
    worst = max(rows, key=lambda row: row["relative_error"])
    error = f"{worst['relative_error']:.2g}"
    told = " ".join(shown("gradcheck", sample("mazur")).split())
    assert f"largest relative error {error} in {worst['name']}, tolerance 1e-6" in told
    assert f"mayor error relativo {error} en {worst['name']}, tolerancia 1e-6" in " ".join(
        shown("gradcheck", sample("mazur"), lang="es").split()
    )
    array = data("gradcheck", "-e", "input x = [1, 2]; param W = [3, 4; 5, 6]; L = sum(exp(W @ x))")
    worst = max(array["rows"], key=lambda row: row["relative_error"])
    entry = ", ".join(map(str, worst["entry"]))
    words = ("-e", "input x = [1, 2]; param W = [3, 4; 5, 6]; L = sum(exp(W @ x))")
    assert f" in {worst['name']}[{entry}], tolerance" in " ".join(
        shown("gradcheck", *words).split()
    )


FORMS = (
    "{a} + {b}", "{a}*{b}", "{a} - {b}/2", "tanh({a})", "sin({a}*{b})", "exp(-{a}^2)",
    "sigmoid({a} + {b})", "{a}/(1 + {b}^2)",
)  # fmt: skip


def test_G08_four_ways_agree_on_20_random_expressions_and_on_samples(tmp_path: Path) -> None:
    draw = random.Random(8)
    for number in range(20):
        lines = ["input x = 0.7", "param w = 1.3"]
        known = ["x", "w"]
        for k in range(draw.randint(3, 8)):
            form = draw.choice(FORMS)
            lines.append(f"v{k} = {form.format(a=draw.choice(known), b=draw.choice(known))}")
            known.append(f"v{k}")
        lines.append("loss L = " + " + ".join(known))
        assert gradchecked(file(tmp_path, "\n".join(lines), f"{number}.gg")), lines
    for name in ("chain_rule_sine", "shared_weights_sigmoid", "softmax_cross_entropy", "mazur"):
        assert gradchecked(sample(name)), name
