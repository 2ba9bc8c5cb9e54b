"""Each row of the curriculum on descent, optimizers, schedules and clips, by one command.

The numbers are those of the rows' "it works when", computed there with numpy or sympy.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from graphgrad.layers.optimizers.stops import moving_mean
from tests.curriculum.runner import call as run
from tests.layers.commands import data, rows, shown, train

SQUARE = "param t = 1; loss f = t^2"
XOR = str(Path(__file__).parents[2] / "samples" / "xor_sigmoid_data.gg")
REGRESSION = str(Path(__file__).parents[2] / "samples" / "linear_regression.gg")
LINE = """gg 1
param w1 = 0.1
param w2 = 0.2
param b = 0.3
data x1 x2 y
0 0 0
0 1 1
1 0 1
1 1 0
loss L = (w1*x1 + w2*x2 + b - y)^2
"""


def ways(*args: str, name: str = "t") -> list[float]:
    """Return one parameter after each step."""
    steps = data(*args)["steps"]
    return [step["values"][name] for step in steps][1:]


def column(*args: str, place: int = -1) -> list[float]:
    """Return a column of the table without its first row."""
    return [float(row[place]) for row in rows(shown(*args))][1:]


@pytest.fixture
def line(tmp_path: Path) -> str:
    path = tmp_path / "line.gg"
    path.write_text(LINE, "utf-8")
    return str(path)


# ---- D: descent ----


def test_D01_descent_in_one_variable():
    assert ways(SQUARE, "--rate", "0.1", "--steps", "3") == pytest.approx([0.8, 0.64, 0.512])


def test_D02_descent_on_the_risk():
    step = data(REGRESSION, "--rate", "0.01", "--steps", "1")["steps"][-1]
    assert step["values"] == pytest.approx({"w": 2.12, "b": 1.04})


@pytest.mark.parametrize(
    ("rate", "end"), [(0.1, 0.011529), (0.5, 0.0), (1.0, 1.0), (1.1, 38.337600)]
)
def test_D03_the_rate_is_too_small_or_too_large(rate, end):
    last = ways(SQUARE, "--rate", str(rate), "--steps", "20")[-1]
    assert last == pytest.approx(end, abs=1e-6)


@pytest.mark.parametrize(("start", "end"), [("0.3", 0.837565), ("0", -1.107160)])
def test_D04_the_start_decides_which_minimum(start, end):
    text = f"param x = {start}; loss f = x^4 - 2*x^2 + x - 1"
    found = ways(text, "--rate", "0.01", "--steps", "5000", name="x")
    assert found[-1] == pytest.approx(end, abs=1e-6)


def test_D05_the_trajectory_in_two_variables_and_its_length():
    text = "param w1 = 1; param w2 = 1; loss f = w1^2 + 4*w2^2"
    said = shown(text, "--rate", "0.1", "--steps", "20", "--show", "steps")
    w1 = [0.8**k for k in range(21)]
    w2 = [0.2**k for k in range(21)]
    way = sum(math.hypot(w1[k + 1] - w1[k], w2[k + 1] - w2[k]) for k in range(20))
    assert [float(cell) for cell in rows(said)[1][2:]] == pytest.approx([0.8, 0.2])
    assert f"is {way:.6g} long" in said


def test_D06_the_batch_gradient_is_the_mean_of_the_samples(line):
    [update] = data(line, "--rate", "1", "--show", "updates", "--updates", "1")["updates"]
    singles = [sample["gradient"] for sample in update["samples"]]
    mean = {name: sum(one[name] for one in singles) / 4 for name in ("w1", "w2", "b")}
    assert mean == pytest.approx({"w1": 0.0, "w2": 0.05, "b": -0.1})
    assert update["used"] == pytest.approx(mean)
    assert update["after"] == pytest.approx({"w1": 0.1, "w2": 0.15, "b": 0.4})


def test_D07_stochastic_descent_has_n_updates_per_epoch_and_says_the_noise(line):
    call = (line, "--mode", "stochastic", "--rate", "0.1", "--epochs", "2")
    log = data(*call)["steps"]
    assert [step["epoch"] for step in log] == [0] * 4 + [1] * 4 + [2]
    assert shown(*call) == shown(*call)
    assert shown(*call) != shown(*call, "--draw", "5")
    said = shown(line, "--rate", "0.1", "--show", "updates")
    errors = {(0, 0): 0.3, (0, 1): -0.5, (1, 0): -0.6, (1, 1): 0.6}
    singles = [(2 * e * x1, 2 * e * x2, 2 * e) for (x1, x2), e in errors.items()]
    far = sum(math.dist(one, (0, 0.05, -0.1)) ** 2 for one in singles)
    assert f"gradients of single rows lie {math.sqrt(far / 4):.6g} from" in said


def test_D08_mini_batches(line, tmp_path):
    call = (line, "--batch", "2", "--rate", "0.1")
    said = shown(*call, "--epochs", "3")
    assert "2 updates per epoch, 2 of 4 rows each" in said
    assert data(*call, "--epochs", "3")["steps"][-1]["step"] == 6
    [update, *_] = data(*call, "--show", "updates", "--updates", "2")["updates"]
    assert len(update["samples"]) == 2
    for name in ("w1", "w2", "b"):
        mean = sum(sample["gradient"][name] for sample in update["samples"]) / 2
        assert update["used"][name] == pytest.approx(mean, abs=1e-15)
    notes = tmp_path / "blocks.md"
    notes.write_text(
        "```gg\ninput N = 100\ninput B = 4\nsize = N/B\nupdates = N/size\n```\n"
        "In $B$ blocks there are $updates = \\frac{N}{B}$ updates an epoch.\n",
        encoding="utf-8",
    )
    printed = run("check-notes", str(notes))
    assert printed.exit_code == 1, "N/B with B blocks"
    assert "false: updates" in printed.output
    assert "correct: 4" in printed.output
    notes.write_text(notes.read_text("utf-8").replace("\\frac{N}{B}", "B"), encoding="utf-8")
    assert run("check-notes", str(notes)).exit_code == 0


def test_D09_every_sample_once_per_epoch_in_another_order(line):
    call = (line, "--mode", "stochastic", "--epochs", "3", "--rate", "0.1")
    updates = data(*call, "--show", "updates", "--updates", "12")["updates"]
    order = [update["samples"][0]["row"] for update in updates]
    epochs = [order[:4], order[4:8], order[8:]]
    assert [sorted(epoch) for epoch in epochs] == [[1, 2, 3, 4]] * 3
    assert epochs[0] != epochs[1] or epochs[1] != epochs[2]


def test_D10_the_last_batch_is_smaller_and_its_mean_is_right(tmp_path):
    path = tmp_path / "hundred.gg"
    table = "\n".join(f"{k}" for k in range(1, 101))
    path.write_text(f"gg 1\nparam b = 0\ndata y\n{table}\nloss L = (b - y)^2/2\n", "utf-8")
    call = (str(path), "--batch", "32", "--order", "file", "--rate", "1e-9", "--epochs", "1")
    assert "4 updates per epoch, 32 of 100 rows each, the last 4" in shown(*call)
    updates = data(*call, "--show", "updates", "--updates", "4")["updates"]
    assert [len(update["samples"]) for update in updates] == [32, 32, 32, 4]
    assert updates[-1]["used"]["b"] == pytest.approx(-(97 + 98 + 99 + 100) / 4)


def test_D11_the_three_variants_from_the_same_start(line):
    found = {}
    for mode in ("batch", "mini_batch", "stochastic"):
        size = ("--batch", "2") if mode == "mini_batch" else ()
        log = data(line, "--mode", mode, *size, "--rate", "0.02", "--epochs", "30")["steps"]
        found[mode] = (log[-1]["step"] // 30, log[0]["full"], log[-1]["full"])
    assert [updates for updates, _, _ in found.values()] == [1, 2, 4]
    assert len({first for _, first, _ in found.values()}) == 1
    ends = [end for _, _, end in found.values()]
    assert len(set(ends)) == 3
    assert max(ends) < found["batch"][1]


def test_D13_what_stops_a_training_is_said():
    call = (SQUARE, "--rate", "0.1", "--steps", "1000")
    log = data(*call, "--stop", "tolerance(1e-6)")
    losses = [step["loss"] for step in log["steps"]]
    assert abs(losses[-1] - losses[-2]) < 1e-6 <= abs(losses[-2] - losses[-3])
    assert log["stopped"] == "tolerance"
    assert "by tolerance(change=0.001)." in shown(*call, "--stop", "tolerance(0.001)")
    assert "all that were asked for" in shown(
        SQUARE, "--rate", "0.1", "--steps", "3", "--stop", "tolerance(1e-6)"
    )


# ---- O: optimizers ----


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        ("momentum(mu=0.9)", [0.8, 0.46, 0.062]),
        ("momentum(form=torch)", [0.8, 0.46, 0.062]),
        ("nesterov(mu=0.9)", [0.8, 0.496, 0.17792]),
        ("adagrad(eps=1e-7)", [0.900000005, 0.833104, 0.780456]),
        ("rmsprop(beta=0.9)", [0.683772, 0.498871, 0.369181]),
        ("adam", [0.9000000005, 0.800412, 0.701586]),
    ],
    ids=["O01", "O02", "O03", "O04", "O05", "O06"],
)
def test_O_three_steps_on_a_parabola(optimizer, expected):
    found = column(SQUARE, "--optimizer", optimizer, "--rate", "0.1", "--steps", "3")
    assert found == pytest.approx(expected, abs=1e-6)


def test_O02_the_two_forms_of_momentum_part_when_the_rate_changes():
    call = ("--rate", "0.1", "--steps", "6", "--schedule", "piecewise(at=[3], rates=[0.01])")
    course = column(SQUARE, "--optimizer", "momentum", *call)
    torch = column(SQUARE, "--optimizer", "momentum(form=torch)", *call)
    assert course[:3] == torch[:3]
    assert course[3] == pytest.approx(0.062 + 0.9 * -0.398 - 0.01 * 0.124, abs=1e-6)
    assert torch[3] == pytest.approx(0.062 - 0.01 * (0.9 * 3.98 + 0.124), abs=1e-6)


def test_O04_the_effective_rate_never_grows():
    call = (SQUARE, "--optimizer", "adagrad(rate=0.1)", "--steps", "30", "--show", "updates")
    kept = [u["kept"]["r"]["t"] for u in data(*call, "--updates", "30")["updates"]]
    assert kept == sorted(kept)


def test_O05_eps_inside_or_outside_the_root():
    inside = column(SQUARE, "--optimizer", "rmsprop(eps=0.1)", "--rate", "0.1", "--steps", "1")
    outside = column(
        SQUARE, "--optimizer", "rmsprop(eps=0.1, inside=0)", "--rate", "0.1", "--steps", "1"
    )
    assert inside == pytest.approx([1 - 0.2 / math.sqrt(0.5)], abs=1e-6)
    assert outside == pytest.approx([1 - 0.2 / (math.sqrt(0.4) + 0.1)], abs=1e-6)


def test_O07_the_printed_correction_in_place_grows():
    text = "param t = 0; loss f = t"
    call = (text, "--optimizer", "adam(rate=1e-6, correction=in_place)", "--steps", "4")
    updates = data(*call, "--show", "updates", "--updates", "4")["updates"]
    printed = [update["kept"]["m"]["t"] for update in updates][1:]
    assert printed == pytest.approx([1, 5.2632, 17.8481], abs=1e-4)
    right = data(text, "--optimizer", "adam(rate=1e-6)", "--steps", "3", "--show", "updates",
                 "--updates", "3")["updates"]  # fmt: skip
    hats = [u["kept"]["m"]["t"] / (1 - 0.9**k) for k, u in enumerate(right) if k]
    assert hats == pytest.approx([1, 1])


def test_O08_the_moving_mean_both_ways():
    assert moving_mean([1, 5, 9], 0.9, delayed=True) == pytest.approx([1, 1, 1.4])
    assert moving_mean([1, 5, 9], 0.9) == pytest.approx([1, 1.4, 2.16])
    form = "input s = [1, 5, 9]; m[1] = s[1]; for t = 2:3; m[t] = 0.9*m[t-1] + 0.1*s[{}]; end"
    for read, expected in (("t-1", [1, 1, 1.4]), ("t", [1, 1.4, 2.16])):
        result = run("run", "-e", f"{form.format(read)}; y = m[3]", "--json")
        value = {node["name"]: node["value"] for node in json.loads(result.stdout)["nodes"]}
        assert [value[f"m[{t}]"] for t in (1, 2, 3)] == pytest.approx(expected)


def test_O09_the_optimizers_that_are_only_named_are_there():
    for name in ("adadelta", "adamax", "nadam", "nag", "adamw"):
        rate = "1" if name == "adadelta" else "0.1"
        found = column(SQUARE, "--optimizer", name, "--rate", rate, "--steps", "5")
        assert abs(found[-1]) < 1


# ---- S: schedules ----


def rates(schedule: str, steps: int) -> list[float]:
    call = (SQUARE, "--rate", "0.1", "--steps", str(steps), "--schedule", schedule)
    return [step["rate"] for step in data(*call)["steps"]]


def test_S01_any_function_of_k():
    assert rates("0.1/(1 + k)", 3) == pytest.approx([0.1, 0.05, 0.1 / 3, 0.025])


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ("1/(k + 1)", "It meets"),
        ("inverse_time(decay=2)", "It meets"),
        ("constant", "It does not meet"),
        ("1/(k + 1)^2", "It does not meet"),
        ("linear(steps=100, end=0.001)", "It does not meet"),
    ],
)
def test_S02_the_conditions_of_robbins_and_monro(schedule, said):
    call = (SQUARE, "--rate", "0.1", "--steps", "2", "--schedule", schedule, "--show", "schedule")
    assert f"{said} the conditions of Robbins and Monro" in shown(*call)


def test_S02_the_sum_of_the_squares_of_one_over_k():
    from graphgrad.views.text.rate_series import series_of

    assert series_of("1/k").squares == "pi**2/6"


def test_S03_linear_to_a_horizon_and_clamped():
    found = rates("linear(steps=100, end=0.001)", 200)
    assert (found[50], found[100], found[200]) == pytest.approx((0.0505, 0.001, 0.001))
    literal = rates("linear(steps=100, end=0.001, clamp=0)", 200)
    assert literal[200] == pytest.approx(-0.098)
    call = ("--rate", "0.1", "--steps", "200", "--show", "schedule", "--schedule")
    said = shown(SQUARE, *call, "linear(steps=100, end=0.001, clamp=0)")
    assert "a rate below 0, -0.00098 at step 102" in said
    assert "below 0" not in shown(SQUARE, *call, "linear(steps=100, end=0.001)")


def test_S04_constant_by_periods():
    assert rates("piecewise(at=10)", 12) == pytest.approx([0.1] * 10 + [0.01] * 3)


def test_S05_polynomial():
    assert rates("polynomial(steps=100, power=2)", 50)[50] == pytest.approx(0.025)


def test_S06_exponential():
    assert rates("exponential(0.95)", 10)[10] == pytest.approx(0.059874, abs=1e-6)


def test_S07_cyclic():
    found = rates("cyclic(low=0.01, high=0.1, period=10)", 10)
    assert (found[0], found[5], found[10]) == pytest.approx((0.01, 0.1, 0.01))


def test_a_schedule_may_count_epochs(line):
    call = (line, "--batch", "2", "--rate", "0.1", "--epochs", "4")
    found = [
        step["rate"] for step in data(*call, "--schedule", "step(every=2, per=epoch)")["steps"]
    ]
    assert found == pytest.approx([0.1] * 4 + [0.01] * 4 + [0.001])


# ---- P, R: clipping, early stopping, averages ----

SLOPE = "param a = 0; param b = 0; loss L = {}*a + {}*b"


@pytest.mark.parametrize(
    ("clip", "slope", "used"),
    [
        ("norm(1)", (3, 4), (0.6, 0.8)),
        ("norm(1)", (0.3, 0.4), (0.3, 0.4)),
        ("scaled(1)", (0.3, 0.4), (0.6, 0.8)),
        ("value(1)", (3, 4), (1, 1)),
    ],
    ids=["P06-long", "P06-short", "P06-scaled", "P07"],
)
def test_P06_P07_clipping(clip, slope, used):
    call = (SLOPE.format(*slope), "--clip", clip, "--rate", "1", "--steps", "1")
    [update] = data(*call, "--show", "updates", "--updates", "1")["updates"]
    assert tuple(update["used"].values()) == pytest.approx(used)


def test_P07_the_change_of_direction_is_said():
    call = ("--rate", "1", "--steps", "1", "--clip")
    angle = math.degrees(math.acos(7 / (5 * math.sqrt(2))))
    said = shown(SLOPE.format(3, 4), *call, "value(1)")
    assert f"its direction turned by up to {angle:.3g}°" in said
    assert "turned by up to 0°" in shown(SLOPE.format(3, 4), *call, "norm(1)")


VALIDATED = """gg 1
param w = 0
data x y z
1 0 0
0 1 {rest}
loss L = x*(-w) + y*({valid})
"""


def test_R03_early_stopping_goes_back_to_the_best():
    from graphgrad.graph.blocks import Call
    from graphgrad.layers.optimizers.stops import Seen
    from graphgrad.layers.training.choices import choose

    losses = [1, 0.9, 0.8, 0.7, 0.75, 0.76]
    for rule, expected in (("best", 5), ("printed", 2)):
        stop = choose("stop", Call("early", (("patience", 2), ("rule", rule))))
        memory = dict(stop.row.memory)
        fired = []
        for number, loss in enumerate(losses):
            memory, fires = stop.row.watch(memory, Seen(loss, loss, 0.0), stop.hyper())
            fired += [number] if fires else []
        assert fired[0] == expected
        if rule == "best":
            assert memory["best"] == 0.7


def test_R03_by_command(tmp_path):
    """The weight goes up by 1 per step; the loss of the validation row is a parabola around 3."""
    path = tmp_path / "early.gg"
    path.write_text(
        "gg 1\nparam w = 0\ndata x v\n1 0\n0 1\nloss L = -w*x + v*(0.7 + (w - 3)^2/40)\n",
        "utf-8",
    )
    call = (str(path), "--rate", "1", "--epochs", "20", "--valid", "0.5")
    log = data(*call, "--stop", "early(patience=2)")
    assert [step["step"] for step in log["steps"]] == [0, 1, 2, 3, 4, 5, 3]
    assert log["values"] == {"w": 3.0}
    assert log["steps"][-1]["valid"] == pytest.approx(0.7)
    counted = data(*call[:-1], "1", "--stop", "early(patience=2)")
    assert counted["steps"] == log["steps"], "1 row, or half of two"
    said = shown(*call, "--stop", "early(patience=2)")
    assert "Stopped after 5 steps by early(patience=2)." in said
    assert "stop=early(patience=2, threshold=0, restore=1, rule=best), valid=0.5" in said
    assert "early watches L over the rows for validation, after each epoch" in said
    assert "Back to step 3, where the loss was best." in said
    printed = data(*call, "--stop", "early(patience=2, rule=printed, restore=0)")
    assert printed["steps"][-1]["step"] == 2


def test_R12_the_average_of_the_points():
    call = (SQUARE, "--optimizer", "momentum", "--rate", "0.1", "--steps", "3")
    found = data(*call, "--average", "swa")["average"]
    assert found["values"]["t"] == pytest.approx(0.440667, abs=1e-6)
    assert found["points"] == 3
    said = shown(*call, "--average", "swa")
    assert "With the average of 3 points, f is 0.194187; with the last, 0.003844." in said


# ---- G: the algorithm BACKPROP ----


def test_G24_the_increments_of_the_5_3_3_net(tmp_path):
    cases = json.loads((Path(__file__).parents[1] / "data" / "lecture_examples.json").read_text())
    case = next(one for one in cases["examples"] if one["id"] == "W21")
    given, weights = case["inputs"], case["parameters"]
    path = tmp_path / "net.gg"
    path.write_text(
        f"gg 1\ninput x = {given['x']}\ninput t = {given['t']}\n"
        f"param theta1 = {weights['theta1']}\nparam theta2 = {weights['theta2']}\n"
        "s1 = sigmoid(theta1 @ x)\ns2 = sigmoid(theta2 @ concat([1], s1))\n"
        "loss q = 1/2*sum((t - s2)^2)\n",
        "utf-8",
    )
    call = (str(path), "--rate", str(weights["rho"]), "--show", "updates", "--updates", "1")
    [update] = data(*call)["updates"]
    increment = update["samples"][0]["increment"]
    assert increment["theta2"][0][3] == pytest.approx(-0.014445399182688782, abs=1e-8)
    assert increment["theta1"][2][4] == pytest.approx(-0.06413065546957164, abs=1e-8)


def test_G25_the_batch_increment_is_the_mean_of_four():
    call = (XOR, "--mode", "batch", "--rate", "0.5", "--show", "updates", "--updates", "1")
    [update] = data(*call)["updates"]
    samples = update["samples"]
    assert len(samples) == 4
    for name, change in update["change"].items():
        singles = [sample["increment"][name] for sample in samples]
        sums = [sum(of) for of in zip(*map(flat, singles), strict=True)]
        assert flat(change) == pytest.approx([one / 4 for one in sums])
        assert flat(samples[-1]["accumulated"][name]) == pytest.approx(sums)


def flat(value: object) -> list[float]:
    return [one for part in value for one in flat(part)] if isinstance(value, list) else [value]


def test_G28_an_epoch_of_batch_backprop_is_plain_descent():
    plain = data(XOR, "--rate", "0.5", "--steps", "1")["steps"][-1]
    batch = data(XOR, "--mode", "batch", "--rate", "0.5", "--epochs", "1")
    assert batch["steps"][-1]["loss"] == pytest.approx(plain["loss"], rel=1e-14)
    said = shown(XOR, "--mode", "batch", "--rate", "0.5", "--show", "updates", "--updates", "1")
    assert [row[0] for row in rows(said)] == ["1", "2", "3", "4", "Σ", "Σ/4", "new"]


def test_G28_the_stepper_follows_the_loops_of_the_algorithm():
    """Forward from layer 0 to L, backward from L to 1, for every row; one update of the sum."""
    sums = {}
    for row in ("1", "2", "3", "4"):
        told = run("step", XOR, "--plain", "--row", row, typed=14 * "n\n" + "q\n").output
        went = re.findall(r"\] (Forward|Seed|Backward): (\w+)", told)
        loops = [name for phase, name in went if phase == "Forward"]
        assert loops == ["h", "z", "yhat", "L"]
        assert [name for phase, name in went if phase == "Backward"][:4] == loops[::-1]
        assert [phase for phase, _ in went] == sorted(
            (phase for phase, _ in went), key=["Forward", "Seed", "Backward"].index
        )
        one = json.loads(run("run", XOR, "--row", row, "--json").output)["gradients"]
        for name in ("w1", "w2"):
            new = flat(one[name])
            sums[name] = [a + b for a, b in zip(sums.get(name, [0] * len(new)), new, strict=True)]
    call = (XOR, "--mode", "batch", "--rate", "0.5", "--epochs", "1", "--show", "updates")
    [update] = data(*call, "--updates", "4")["updates"]
    assert len(update["samples"]) == update["divided_by"] == 4, "four added up, one update"
    for name, total in sums.items():
        wanted = [-0.5 * one / 4 for one in total]
        assert flat(update["change"][name]) == pytest.approx(
            wanted[: len(flat(update["change"][name]))]
        )
    tried = run("step", XOR, "--plain", typed="T 1 0.5\nq\n").output
    loss = data(XOR, "--rate", "0.5", "--steps", "1")["steps"][-1]["loss"]
    assert f"{loss:.4g}"[:5] in tried


def test_G29_incremental_divides_by_n_unless_told_not_to(line):
    call = (line, "--mode", "incremental", "--rate", "1", "--show", "updates", "--updates", "4")
    updates = data(*call)["updates"]
    assert sorted(u["samples"][0]["row"] for u in updates) == [1, 2, 3, 4]
    assert [u["divided_by"] for u in updates] == [4] * 4
    other = data(*call, "--divide", "batch")["updates"]
    assert [u["divided_by"] for u in other] == [1] * 4
    for name in ("w1", "w2", "b"):
        assert other[0]["change"][name] == pytest.approx(4 * updates[0]["change"][name])


def test_G29_B09_the_numbers_of_the_erratum(tmp_path):
    path = tmp_path / "b09.gg"
    path.write_text("gg 1\nparam w = 0\ndata s\n0.2\n0.2\n0.2\n0.2\nloss L = -w*s\n", "utf-8")
    call = (str(path), "--rate", "1", "--show", "updates", "--updates", "1", "--mode")
    assert data(*call, "incremental")["updates"][0]["change"]["w"] == pytest.approx(0.05)
    assert data(*call, "online")["updates"][0]["change"]["w"] == pytest.approx(0.2)


def test_G30_online_is_one_sample_one_update(line):
    call = (line, "--mode", "online", "--rate", "0.3", "--epochs", "1")
    updates = data(*call, "--show", "updates", "--updates", "4")["updates"]
    assert [u["samples"][0]["row"] for u in updates] == [1, 2, 3, 4]
    for update in updates:
        [sample] = update["samples"]
        assert update["change"] == pytest.approx(sample["increment"])


def test_G42_the_predicted_and_the_actual_decrease():
    call = ("--steps", "1", "--show", "decrease", "--rate")
    assert rows(shown(SQUARE, *call, "0.1"))[0] == ["0", "1", "0.6", "0.64"]
    assert rows(shown(SQUARE, *call, "1.5"))[0][-1] == "4"


def test_G46_the_log_has_the_norm_of_each_layer(tmp_path):
    path = tmp_path / "chain.gg"
    lines = ["gg 1", "input x = 1", "h0 = x"]
    lines += [f"param w{k} = 1\nh{k} = sigmoid(w{k}*h{k - 1})" for k in range(1, 11)]
    path.write_text("\n".join([*lines, "loss L = (h10 - 1)^2"]), "utf-8")
    log = data(str(path), "--rate", "1", "--steps", "2", "--mode", "batch")["steps"]
    norms = log[0]["norms"]
    assert list(norms) == [f"w{k}" for k in range(1, 11)]
    assert norms["w1"] / norms["w10"] < 1e-4
    total = math.sqrt(sum(norm**2 for norm in norms.values()))
    assert log[0]["norm"] == pytest.approx(total)
    said = rows(shown(str(path), "--rate", "1", "--steps", "2", "--show", "norms"))
    assert len(said[0]) == 3 + 10


def test_steps_below_0_are_refused():
    result = train(SQUARE, "--steps", "-1")
    assert result.exit_code == 2
    assert "from 0 on" in result.output
