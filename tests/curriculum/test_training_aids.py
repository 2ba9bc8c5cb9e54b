"""Rows I, R, Z, O, P of the curriculum: initial values, penalties, norms, optimizers, chains."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import pytest

from tests.curriculum.runner import (
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
    value,
)

DRAWN = 100_000


def spread(initial: str, shape: str) -> tuple[float, float, list[float]]:
    """Return mean, standard deviation and entries of a parameter's initial values."""
    found = value("w", "-e", f"param w: {shape} = {initial}; y = sum(w)")
    entries = [x for row in found for x in (row if isinstance(row, list) else [row])]
    mean = sum(entries) / len(entries)
    return mean, math.sqrt(sum((x - mean) ** 2 for x in entries) / len(entries)), entries


def test_I01_a_normal_draw_has_its_mean_and_deviation() -> None:
    mean, deviation, _ = spread("normal(draw=1, std=2)", f"{DRAWN}")
    assert abs(mean) < 3 * 2 / math.sqrt(DRAWN)
    assert abs(deviation - 2) < 3 * 2 / math.sqrt(2 * DRAWN)
    assert spread("normal(draw=1, std=2)", "50") == spread("normal(draw=1, std=2)", "50")


def test_I02_zeros_do_not_stop_every_gradient(tmp_path: Path) -> None:
    net = sample("zero_initialization")
    found = gradients(net)
    assert [found[name] for name in ("w1", "w2", "w3")] == [0.0, 0.0, -0.125]
    text = Path(net).read_text("utf-8")
    assert accepts(tmp_path, text, "dL/dw1 = 0\ndL/dw2 = 0\ndL/dw3 = -0.125")
    claim = marked(tmp_path, text, "dL/dw1 = 0\ndL/dw2 = 0\ndL/dw3 = 0")
    assert claim.exit_code == 1, "the gradient would always be zero"
    assert "First wrong step: dL/dw3" in claim.output
    steps = data("train", net, "--rate", "1", "--steps", "2", "--show", "updates", "--updates", "2")
    used = [[update["used"][name] for name in ("w1", "w2", "w3")] for update in steps["updates"]]
    assert used[0] == [0.0, 0.0, -0.125]
    assert used[1] == pytest.approx([0, -0.0037805, -0.1209768], abs=5e-8), "the others wake up"


def test_I03_equal_rows_stay_equal(tmp_path: Path) -> None:
    net = (
        "data x: 2, y\n[0, 1] 1\n[1, 1] 0\nparam W: 2x2 = {}\nparam v: 2 = [0.5, 0.5]\n"
        "h = tanh(W @ x)\nyhat = v @ h\nloss L = mse(yhat, y)"
    )
    for initial, same in (("[0.3, -0.2; 0.3, -0.2]", True), ("he_normal(draw=1)", False)):
        path = file(tmp_path, net.format(initial))
        last = data("train", path, "--steps", "10", "--rate", "0.1")["steps"][-1]["values"]["W"]
        assert (last[0] == pytest.approx(last[1], abs=1e-12)) is same


@pytest.mark.parametrize(
    ("initial", "shape", "deviation"),
    [
        ("lecun_normal(draw=1)", "50x2000", math.sqrt(1 / 50)),
        ("glorot_uniform(draw=1)", "100x300", math.sqrt(0.005)),
        ("glorot_normal(draw=1)", "100x300", math.sqrt(0.005)),
        ("he_uniform(draw=1)", "100x300", math.sqrt(0.02)),
        ("he_normal(draw=1)", "50x2000", 0.2),
    ],
)
def test_I07_I08_I09_I10_I11_deviations_follow_the_fans(
    initial: str, shape: str, deviation: float
) -> None:
    mean, found, entries = spread(initial, shape)
    assert found == pytest.approx(deviation, rel=0.02)
    assert abs(mean) < 4 * deviation / math.sqrt(len(entries))
    if "uniform" in initial:
        bound = math.sqrt(6 / 400) if "glorot" in initial else math.sqrt(6 / 100)
        assert 0.99 * bound < max(map(abs, entries)) <= bound


def test_I11_ten_relu_layers_keep_the_mean_square_of_the_signal(tmp_path: Path) -> None:
    net = file(
        tmp_path,
        "input x: 100 = normal(draw=99)\nh[0] = x\nfor k = 1:10\n"
        "  param W[k]: 100x100 = {}(draw=7)\n  h[k] = relu(h[k-1] @ W[k])\nend\n"
        "q = mean(x^2)\nloss s = mean(h[10]^2)".format("he_normal"),
    )
    found = nodes(net)
    assert 0.1 < found["s"]["value"] / found["q"]["value"] < 10
    small = file(tmp_path, Path(net).read_text("utf-8").replace("he_", "lecun_"), "small.gg")
    found = nodes(small)
    assert found["s"]["value"] / found["q"]["value"] < 0.01, "without the factor 2 it is halved"


def test_R01_a_penalty_adds_lambda_theta(tmp_path: Path) -> None:
    net = "param w = [3, -4]; param b = 1; e = sum(w) + b; loss L = e^2/2 + l2(w, rate=0.1)"
    plain = net.replace(" + l2(w, rate=0.1)", "")
    with_penalty, without = gradients("-e", net)["w"], gradients("-e", plain)["w"]
    added = [a - b for a, b in zip(with_penalty, without, strict=True)]
    assert added == pytest.approx([0.3, -0.4])
    weights = file(
        tmp_path,
        "input x = [1, 2]\nlayer d = dense(2)\ny = d(x)\n"
        "loss L = sum(y^2) + l2(over=weights, rate=0.1)",
    )
    bare = file(
        tmp_path, "input x = [1, 2]\nlayer d = dense(2)\ny = d(x)\nloss L = sum(y^2)", "b.gg"
    )
    both = gradients(weights), gradients(bare)
    assert both[0]["d.b"] == pytest.approx(both[1]["d.b"])
    w = nodes(bare)["d.W"]["value"]
    for i, j in product((0, 1), repeat=2):
        added_here = both[0]["d.W"][i][j] - both[1]["d.W"][i][j]
        assert added_here == pytest.approx(0.1 * w[i][j], abs=1e-14)


def test_R01_the_penalty_is_an_extra_branch_into_the_loss(tmp_path: Path) -> None:
    net = "param w = [3, -4]; e = sum(w) + 1; P = l2(w, rate=0.1); loss L = e^2/2 + P"
    drawing = drawn(tmp_path, "-e", net)
    assert sorted(drawing.into("L")) == ["P", "e"]
    assert set(drawing.out_of("w")) == {"e", "P"}, "from w into the loss on two ways"
    inline = drawn(tmp_path, "-e", net.replace("P = l2(w, rate=0.1); ", "").replace(
        "+ P", "+ l2(w, rate=0.1)"))  # fmt: skip
    assert len(inline.into("L")) == 2
    assert "w" in inline.into("L") or any(
        inline.into(name) == ["w"] for name in inline.into("L") if name != "e"
    )


def test_R02_the_sum_of_absolute_values() -> None:
    net = "param w = [3, -4]; loss P = l1(w, rate=0.1)"
    assert value("P", "-e", net) == pytest.approx(0.7)
    assert gradients("-e", net)["w"] == pytest.approx([0.1, -0.1])
    halved = net.replace("rate=0.1", "rate=0.1, half=true")
    assert value("P", "-e", halved) == pytest.approx(0.35)
    assert gradients("-e", halved)["w"] == pytest.approx([0.05, -0.05])


PENALISED = (
    "```gg\nparam theta = [3, -4]\ninput lam = 0.1\ninput x = 2\ny = theta[1]*x\n"
    "P = lam*sum(abs(theta))\nE = (y - x)^2 + P\n```\n"
)


@pytest.mark.parametrize(
    ("claim", "accepted"),
    [
        (r"P = \frac{lam}{2}(|\theta_1| + |\theta_2|)", True),
        (r"\frac{dP}{d\theta_1} = \frac{lam}{2}\operatorname{sign}(\theta_1)", True),
        (r"E = (y - x)^2 + \frac{lam}{2}(|\theta_1| + |\theta_2|)", True),
        (r"\frac{dE}{d\theta_2} = \frac{lam}{2}\operatorname{sign}(\theta_2)", True),
        (r"P = \frac{lam}{3}(|\theta_1| + |\theta_2|)", False),
        (r"P = \frac{lam}{2}(|\theta_1| - |\theta_2|)", False),
        (r"P = \frac{lam^2}{2}(|\theta_1| + |\theta_2|)", False),
        (r"y = \frac{x}{2}\theta_1", False),
    ],
)
def test_R02_half_of_lambda_is_a_rescaling(claim: str, accepted: bool, tmp_path: Path) -> None:
    notes = file(tmp_path, f"{PENALISED}${claim}$\n", "notes.md")
    told = call("check-notes", notes, "--notation", "upv")
    assert told.exit_code == (0 if accepted else 1), told.output
    said = "the same penalty, rescaled: it has lam/2 in the place of lam"
    assert (said in told.output) is accepted


@pytest.mark.parametrize("notation", ["graphgrad", "fuentes"])
def test_R02_the_rescaling_is_accepted_under_every_profile(notation: str, tmp_path: Path) -> None:
    claim = r"P = \frac{lam}{2}(|\theta_1| + |\theta_2|)"
    notes = file(tmp_path, f"{PENALISED}${claim}$\n", "notes.md")
    told = call("check-notes", notes, "--notation", notation, lang="es")
    assert told.exit_code == 0
    assert "la misma penalización, reescalada: lleva lam/2 en lugar de lam" in told.output


def test_R04_no_gradient_passes_a_dropped_unit() -> None:
    net = (
        "input x = [1, -2, 3]; const r = [1, 0, 1]; y = dropout(x, r, keep=0.5); loss L = sum(y^2)"
    )
    assert gradients("-e", net)["x"] == [2.0, 0.0, 6.0]
    found = nodes("-e", net)["r"]
    assert found["role"] == "constant"


def test_R08_smoothed_labels() -> None:
    net = "input t = [0, 0, 1, 0, 0]; s = t*0.99 + (1 - t)*0.0025"
    wanted = [0.0025, 0.0025, 0.99, 0.0025, 0.0025]
    assert value("s", "-e", net) == pytest.approx(wanted)
    p = "input p = [0.1, 0.2, 0.4, 0.2, 0.1]; const t = [0, 0, 1, 0, 0]; "
    smooth = value("L", "-e", f"{p}loss L = cross_entropy(p, t, smoothing=0.01)")
    by_hand = -sum(w * math.log(q) for w, q in zip(wanted, (0.1, 0.2, 0.4, 0.2, 0.1), strict=True))
    assert smooth == pytest.approx(by_hand)


def test_R09_two_tasks_share_a_trunk(tmp_path: Path) -> None:
    trunk = "input x = 0.5; param w = 1.2; h = tanh(w*x); a = (h - 1)^2; b = (2*h - 1)^2; "
    parts = [gradients("-e", f"{trunk}loss L = {name}")["w"] for name in ("a", "b")]
    assert gradients("-e", f"{trunk}loss L = a + b")["w"] == pytest.approx(sum(parts))
    drawing = drawn(tmp_path, "-e", f"{trunk}loss L = a + b")
    assert drawing.out_of("h") == ["a", "b"], "the trunk fans out"
    assert drawing.into("L") == ["a", "b"]
    shipped = drawn(tmp_path, sample("auxiliary_loss"))
    assert any(len(shipped.out_of(name)) > 1 for name, role in shipped.roles.items()
               if role == "computation")  # fmt: skip


def test_Z01_normalising_the_input() -> None:
    net = "input x = [1, 2, 3, 4]; z = normalize(x, ddof=1)"
    assert value("z", "-e", net)[0] == pytest.approx(-1.161895, abs=5e-7)
    flat = value("z", "-e", "input x = [2, 2, 2]; z = normalize(x, ddof=1, eps=0.001)")
    assert flat == [0.0, 0.0, 0.0]


def batch(tmp_path: Path, ending: str, **changes: str) -> str:
    """Return a file with a batch of 1, 2, 3, 4 through batch normalisation."""
    net = f"data all x: 1\n[1]\n[2]\n[3]\n[4]\nlayer bn = batch_norm(eps=0)\nY = bn(x)\n{ending}"
    for old, new in changes.items():
        net = net.replace(old, new)
    return file(tmp_path, net)


def test_Z02_batch_normalisation_and_its_gradient(tmp_path: Path) -> None:
    net = batch(tmp_path, "y1 = Y[1,1]")
    assert value("Y", net)[0][0] == pytest.approx(-1.341641, abs=5e-7)
    grad = [row[0] for row in gradients(net)["x"]]
    assert grad == pytest.approx([0.268328, -0.357771, -0.089443, 0.178885], abs=5e-7)
    assert sum(grad) == pytest.approx(0, abs=1e-15)


def test_Z04_scale_and_shift_learn(tmp_path: Path) -> None:
    net = batch(tmp_path, "loss L = sum(Y^3)")
    assert gradchecked(net)
    found = nodes(net)
    delta = [row[0] for row in found["Y"]["adjoint"]]
    normal = [(k - 2.5) / math.sqrt(1.25) for k in (1, 2, 3, 4)]
    grads = gradients(net)
    assert grads["bn.beta"][0] == pytest.approx(sum(delta), abs=1e-12)
    assert grads["bn.gamma"][0] == pytest.approx(
        sum(d * x for d, x in zip(delta, normal, strict=True))
    )


def test_Z05_layer_normalisation_of_one_sample() -> None:
    net = "input a = [1, 2, 3, 4]; y = layer_norm(a, eps=0)"
    assert value("y", "-e", net)[0] == pytest.approx(-1.341641, abs=5e-7)
    flat = "input a = [2, 2, 2]; y = layer_norm(a)"
    assert value("y", "-e", flat) == [0.0, 0.0, 0.0]
    bare = call("run", "-e", flat.replace("layer_norm(a)", "layer_norm(a, eps=0)"))
    assert bare.exit_code == 1, "without eps it is 0/0, which is told"


@pytest.mark.parametrize(
    ("optimizer", "wanted"),
    [
        ("momentum(rate=0.1, mu=0.9)", (0.8, 0.46, 0.062)),
        ("nesterov(rate=0.1, mu=0.9)", (0.8, 0.496, 0.17792)),
        ("adam(rate=0.1)", (0.9000000005, 0.800412, 0.701586)),
    ],
)
def test_O01_O03_O06_three_steps_on_a_square(
    optimizer: str, wanted: tuple[float, ...], tmp_path: Path
) -> None:
    net = file(tmp_path, "param t = 1\nloss f = t^2")
    steps = data("train", net, "--optimizer", optimizer, "--steps", "3")["steps"]
    assert [math.sqrt(step["loss"]) for step in steps[1:]] == pytest.approx(wanted, abs=5e-7)


def test_P02_P03_the_chain_of_three_weights(tmp_path: Path) -> None:
    net = (
        "input x1 = 2\ninput y = 1\nparam w1 = 0.5\nparam w2 = -0.8\nparam w3 = 0.9\n"
        "z1 = w1*x1\nh1 = sigmoid(z1)\nz2 = w2*h1\nh2 = sigmoid(z2)\nz3 = w3*h2\n"
        "yhat = sigmoid(z3)\nloss L = (yhat - y)^2"
    )
    path = file(tmp_path, net)
    grad = gradients(path)["w1"]
    assert abs(grad) == pytest.approx(0.013319444, abs=5e-10)
    factors = data("inspect", path, "jacobians", "of=w1")["tables"]["factors"]
    assert [row["factor"] for row in factors] == [
        "dL/dyhat", "dyhat/dz3", "dz3/dh2", "dh2/dz2", "dz2/dh1", "dh1/dz1", "dz1/dw1",
    ]  # fmt: skip
    assert math.prod(row["value"] for row in factors) == pytest.approx(grad)
    assert not accepts(tmp_path, net, "dL/dw1 = 0.003329861"), "the slide has w1 in place of x1"
    assert accepts(tmp_path, net, "dz1/dw1 = x1")
    assert not accepts(tmp_path, net, "dz1/dw1 = w1")
