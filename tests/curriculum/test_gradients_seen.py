"""Rows G, P, I of the curriculum: factors, costs, orders, pathologies, initial values."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from tests.curriculum.runner import call, data, file, numbers, sample, shown, verdicts

MLP = sample("mlp_vectorized")
TEN = sample("vanishing_gradient_10")


# ---- G: graphs and passes ----


def test_G09_a_graph_with_a_flat_op_names_it() -> None:
    found = data("inspect", "-e", "y = sign(w*x) + 0*x", "--set", "x=2", "--set", "w=1", "blocked")
    assert found["tables"]["flat"][0]["formula"] == "sign(w*x)"
    assert [verdict["code"] for verdict in found["verdicts"]] == ["blocked", "cut"]
    assert "w cannot learn" in found["verdicts"][1]["text"]
    assert "argmax_mask(x)" in shown("inspect", "-e", "y = sum(argmax_mask(x))", "--set",
                                     "x=[1,2]", "blocked")  # fmt: skip


def test_G31_costs_grow_linearly_and_backward_stays_below_five_times(tmp_path: Path) -> None:
    def costs(width: int, rows: int = 1) -> tuple[int, int]:
        shape = "8" if rows == 1 else f"{rows}x8"
        net = f"gg 1\ninput x: {shape} = ones()\nh = dense(x, {width}, act=tanh)\n"
        net += "y = dense(h, 1)\nloss L = sum(y^2)"
        words = (file(tmp_path, net, f"w{width}n{rows}.gg"), "layers")
        found = numbers(*words)
        assert 1 < found["ratio"] < 5
        assert found["ratio"] == pytest.approx(found["backward"] / found["forward"])
        assert f"{found['ratio']:.3g} times as many" in shown("inspect", *words), "reported"
        return int(found["backward_products"]), int(found["parameters"])

    (ten, d10), (twenty, d20), (forty, d40) = costs(10), costs(20), costs(40)
    per_weight = [(twenty - ten) / (d20 - d10), (forty - twenty) / (d40 - d20)]
    assert per_weight[0] == per_weight[1] > 0, "linear in D"
    assert 1.9 < twenty / ten < 2.1, "one layer twice as wide"
    assert 1.9 < forty / twenty < 2.1
    two, four, eight = (costs(10, rows)[0] for rows in (2, 4, 8))
    assert eight - four == 2 * (four - two) > 0, "linear in N"
    assert 1.9 < eight / four < 2.1


def test_G37_the_product_of_jacobians_is_reverse_mode_and_its_shapes_are_shown() -> None:
    found = data("inspect", MLP, "jacobians", "of=W1")
    assert [row["factor"] for row in found["tables"]["factors"]] == [
        "dJ/dx2", "dx2/dz2", "dz2/dx1", "dx1/dz1", "dz1/dW1",
    ]  # fmt: skip
    shapes = [row["shape"] for row in found["tables"]["factors"]]
    assert shapes == [[1, 2], [2, 2], [2, 3], [3, 3], [3, 6]]
    assert found["numbers"]["difference"] <= 1e-9
    assert [verdict["code"] for verdict in found["verdicts"]] == ["same"]
    assert "(1×2) · (2×2) · (2×3) · (3×3) · (3×6) = (1×6)" in shown(
        "inspect", MLP, "jacobians", "of=W1"
    )


def test_G37_a_parameter_beside_the_chain_is_told() -> None:
    assert verdicts(sample("recurrent"), "jacobians", "of=WY") == ["other_paths"]


def test_G38_five_quantities_per_layer_are_kept_and_used_from_the_last() -> None:
    found = data("inspect", MLP, "cached")
    first = [row for row in found["tables"]["kept"] if row["layer"] == "capa1"]
    assert [row["quantity"] for row in first] == ["z", "x", "G", "dz/dW1", "dz/db1"]
    assert {row["used"] for row in first} == {2}
    assert found["verdicts"][0]["text"].startswith("Used in the order capa2, capa1;")
    assert first[3]["value"] == [1.0, -2.0]


def test_G41_the_steepest_of_360_directions_is_within_a_degree_of_minus_gradient() -> None:
    words = ("-e", "R = a^2 + 4*b^2", "--set", "a=1", "--set", "b=1", "steepest")
    found = numbers(*words)
    assert found["apart"] <= 1
    assert found["slope"] == pytest.approx(-found["norm"], rel=1e-4)
    assert found["norm"] == pytest.approx(math.hypot(2, 8))


def test_G42_the_predicted_decrease_holds_for_small_steps_only() -> None:
    words = ("-e", "R = t^2", "--set", "t=1", "decrease", "rate=0.1,1.5")
    found = numbers(*words)
    assert found["0.1.predicted"] == pytest.approx(0.6)
    assert found["0.1.actual"] == pytest.approx(0.64)
    assert found["1.5.actual"] == pytest.approx(4)
    assert "worse" in verdicts(*words)


def test_G43_critical_points_are_found_and_classified() -> None:
    found = data("inspect", "-e", "f = x^4 - 2*x^2 + x - 1", "critical")
    rows = found["tables"]["points"]
    assert [(row["point"], row["kind"]) for row in rows] == [
        ("x = -1.10716", "minimum"), ("x = 0.269594", "maximum"), ("x = 0.837565", "minimum"),
    ]  # fmt: skip
    assert verdicts("-e", "f = x^2 - y^2", "critical") == ["saddle", "here"]


def test_G46_and_P01_the_ten_layer_chain_vanishes(tmp_path: Path) -> None:
    found = numbers(TEN, "gradients")
    assert found["ratio"] < 1e-4
    assert "vanishing" in verdicts(TEN, "gradients")
    norms = [found[f"layer.h[{k}]"] for k in range(1, 11)]
    assert norms == sorted(norms)
    net = "input x = [1]\nh[1] = dense(x, 1, act=sigmoid)\nfor k = 2:10\n"
    net += "  h[k] = dense(h[k-1], 1, act=sigmoid, fresh=1)\nend\nloss L = mse(h[10], [0])"
    words = (file(tmp_path, net), "--rate", "0.1", "--steps", "3", "--show", "norms")
    logged = data("train", *words)["steps"]
    for step in logged[1:]:
        assert step["norms"]["h[1]"] < 1e-4 * step["norms"]["h[10]"]


# ---- P: pathologies ----


def test_P01_the_arrows_are_coloured_by_the_size_of_the_gradient(tmp_path: Path) -> None:
    picture = tmp_path / "heat.svg"
    shown("render", TEN, "-o", str(picture), "--theme", "heat")
    lines = re.findall(
        r'data-source="([^"]+)" data-target="([^"]+)".*?<path class="line"[^>]*?'
        r'stroke="(#\w+)" stroke-width="([\d.]+)"', picture.read_text("utf-8"), re.DOTALL,
    )  # fmt: skip
    widths = [float(width) for *_, width in lines]
    assert len({colour for _, _, colour, _ in lines}) > 4
    assert max(widths) > 4 * min(widths)


def _chain(count: int, body: str) -> str:
    lines = ["input x = 1", "param w = 0.9"]
    for k in range(1, count + 1):
        before = "x" if k == 1 else f"h{k - 1}"
        lines.append(f"h{k} = " + body.replace("{s}", before))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("count", "bound"), [(3, "0.015625"), (10, "9.53674e-7")])
def test_P04_the_bound_of_sigmoid_factors(count: int, bound: str, tmp_path: Path) -> None:
    net = file(tmp_path, _chain(count, "sigmoid(w*{s})"))
    found = data("inspect", net, "gradients")
    told = [v["text"] for v in found["verdicts"] if v["code"] == "power_bound"]
    assert told
    assert f"0.25^{count} = {bound}" in told[0]
    assert found["numbers"]["factor"] <= found["numbers"]["bound"] <= 0.25**count


def test_P05_a_linear_chain_explodes(tmp_path: Path) -> None:
    net = file(tmp_path, _chain(20, "w*{s}"))
    assert numbers(net, "gradients", "--set", "w=2")["factor"] == 2.0**20
    assert verdicts(net, "gradients", "--set", "w=2")[0] == "exploding"
    assert verdicts(net, "gradients", "--set", "w=1")[0] == "steady"


def test_P08_a_normalised_input_is_not_saturated() -> None:
    words = ("-e", "h = sigmoid(w*x)", "--set", "w=1")
    far = numbers(*words, "--set", "x=10", "units")
    near = numbers(*words, "--set", "x=1", "units")
    assert far["h.slope"] == pytest.approx(4.539581e-05)
    assert near["h.slope"] == pytest.approx(0.196612, abs=1e-6)
    assert (far["saturated_percent"], near["saturated_percent"]) == (100, 0)


_RESIDUAL = """\
gg 1
const s[0] = [1, -1, 0.5]
for t = 1:6
  u[t] = dense(s[t-1], 3, act=sigmoid, fresh=1)
  s[t] = u[t] + s[t-1]
end
loss L = sum(s[6]^2)
"""


def test_P09_one_chain_five_switches_one_table(tmp_path: Path) -> None:
    net = file(tmp_path, _RESIDUAL)
    rows = data("sweep", net, "sigmoid=sigmoid,relu", "skip=on,off", "draw=1,2",
                "--show", "gradients.first", "--show", "gradients.ratio")["rows"]  # fmt: skip
    assert len(rows) == 8
    bare = [row["gradients.first"] for row in rows if row["skip"] == "off"]
    kept = [row["gradients.first"] for row in rows if row["skip"] == "on"]
    assert all(a < b for a, b in zip(bare, kept, strict=True))
    assert len({row["gradients.first"] for row in rows}) == 8


_MITIGATED = {
    "bare": "s[t] = dense(s[t-1], 3, act=sigmoid, fresh=1)",
    "activation": "s[t] = dense(s[t-1], 3, act=tanh, fresh=1)",
    "residual": "s[t] = residual(s[t-1], act=sigmoid, fresh=1)",
    "initial": "s[t] = dense(s[t-1], 3, act=sigmoid, init=normal, fresh=1)",
    "batch_norm": "s[t] = sigmoid(batch_norm(dense(s[t-1], 3, fresh=1), fresh=1))",
}


def test_P09_five_files_one_table_and_a_clipped_update(tmp_path: Path) -> None:
    head = "gg 1\nconst s[0] = [1, -1, 0.5; 0, 2, 1; -1, 0, 1; 2, 1, -1]\nfor t = 1:6\n  "
    nets = [
        file(tmp_path, f"{head}{line}\nend\nloss L = sum((s[6] - 1)^2)", f"{name}.gg")
        for name, line in _MITIGATED.items()
    ]
    rows = data("sweep", *nets, "--show", "gradients.first")["rows"]
    bare, *others = (row["gradients.first"] for row in rows)
    assert len(others) == 4
    assert all(bare < other for other in others)
    words = ("train", nets[2], "--rate", "0.1", "--steps", "2", "--clip", "norm(0.01)")
    assert "The gradient was clipped in 2 steps" in shown(*words)


def test_P10_the_residual_path_keeps_the_gradient(tmp_path: Path) -> None:
    net = file(tmp_path, _chain(10, "w*{s} + {s}"))
    rows = data("sweep", net, "skip=on,off", "--set", "w=0.5", "--show", "gradients.factor")["rows"]
    assert rows[0]["gradients.factor"] == pytest.approx(1.5**10)
    assert rows[1]["gradients.factor"] == pytest.approx(0.5**10)


def test_P11_deeper_nets_have_slower_first_layers(tmp_path: Path) -> None:
    files = []
    for depth in (2, 3, 4):
        lines = ["gg 1", "input x = [1, -1, 0.5]"]
        before = "x"
        for k in range(1, depth + 1):
            lines.append(f"h{k} = dense({before}, 8, act=sigmoid)")
            before = f"h{k}"
        lines += [f"y = dense({before}, 1)", "loss L = sum((y - 1)^2)"]
        files.append(file(tmp_path, "\n".join(lines), f"depth{depth}.gg"))
    for path, depth in zip(files, (2, 3, 4), strict=True):
        found = numbers(path, "gradients")
        norms = [found[f"layer.h{k}"] for k in range(1, depth + 1)]
        assert norms == sorted(norms)
    rows = data("sweep", *files, "--show", "gradients.first")["rows"]
    firsts = [row["gradients.first"] for row in rows]
    assert firsts == sorted(firsts, reverse=True)


# ---- I: initial values ----


def test_I04_the_initially_active_relus_are_counted(tmp_path: Path) -> None:
    net = "gg 1\ninput x = [1, -1, 0.5]\nh = dense(x, 40, act=relu)\nloss L = sum(h)"
    found = data("inspect", file(tmp_path, net), "units")
    active = found["numbers"]["active"]
    assert 0 < active < 40
    assert f"{active} of 40 ReLU units are active" in str(found["verdicts"])


@pytest.mark.parametrize(
    ("deviation", "low", "high"), [(0.1, 0.7, 0.85), (0.01, 0.0, 0.01), (1.0, 0.9, 1.0)]
)
def test_I05_ten_tanh_layers_by_the_variance_of_their_weights(
    deviation: float, low: float, high: float, tmp_path: Path
) -> None:
    lines = ["input x: 500 = normal(draw=99, std=1)"]
    before = "x"
    for k in range(1, 11):
        lines.append(f"param W{k}: 500x500 = normal(draw={k}, std={deviation})")
    for k in range(1, 11):
        lines.append(f"h{k} = tanh(W{k} @ {before})")
        before = f"h{k}"
    net = file(tmp_path, "\n".join([*lines, "loss L = sum(h10^2)"]))
    found = numbers(net, "units")
    assert low <= found["last_deviation"] <= high
    if deviation == 1.0:
        assert found["last_saturated_percent"] > 80


def test_I06_the_variance_of_a_linear_neuron_is_that_with_the_mean_square() -> None:
    found = numbers("neuron", "inputs=20", "variance=0.25", "low=0", "high=1")
    assert found["with_square"] == pytest.approx(1.667, abs=1e-3)
    assert found["with_variance"] == pytest.approx(0.417, abs=1e-3)
    assert found["measured"] == pytest.approx(1.667, rel=0.02)
    assert verdicts("neuron") == ["square"]


def test_the_wrong_order_is_wrong_where_a_node_is_used_twice() -> None:
    found = data("inspect", sample("shared_weights"), "order")
    by_name = {row["name"]: row for row in found["tables"]["orders"]}
    assert (by_name["w1"]["right_order"], by_name["w1"]["breadth"]) == (19.0, 13.0)
    assert found["verdicts"][0]["code"] == "breadth_wrong"


def test_both_modes_agree_and_reverse_is_cheaper() -> None:
    found = numbers(MLP, "modes")
    assert found["difference"] <= 1e-12
    assert found["forward_cost"] > 10 * found["reverse_cost"]


def test_the_paths_of_a_shared_weight_add_up() -> None:
    found = numbers(sample("shared_weights"), "paths", "of=w1")
    assert (found["paths"], found["gradient"], found["sum"]) == (3, 19.0, 19.0)


def test_a_lens_that_needs_a_graph_says_so() -> None:
    result = call("inspect", "gradients")
    assert result.exit_code == 2
    assert "give a file" in result.stderr


def test_columns_of_a_sweep_may_stand_behind_one_word() -> None:
    file = str(Path(__file__).parents[2] / "samples" / "vanishing_gradient_10.gg")
    apart = data(
        "sweep", file, "sigmoid=sigmoid,tanh", "--show", "gradients.ratio", "--show", "loss"
    )
    assert data("sweep", file, "sigmoid=sigmoid,tanh", "--show", "gradients.ratio, loss") == apart
    assert {"gradients.ratio", "loss"} <= apart["rows"][0].keys()
