"""Passes of training: sound ones by a program, the others refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.compile import sound_pass
from graphgrad.compile.sound_pass import SoundPass
from graphgrad.layers.training.objective import Objective, guards_of
from graphgrad.source.gg import read_gg
from tests.layers.commands import data
from tests.layers.test_training_runs import DROPPED, NORMED


def passes(text: str, **how: Any) -> tuple[Any, SoundPass, int]:
    graph = read_gg(text)
    node = graph.find("x")
    assert node is not None
    return graph, SoundPass(graph, [node], [node], guards_of(graph), graph.defaults, **how), node


@pytest.mark.parametrize("exact", [True, False])
def test_a_sound_pass_gives_loss_and_adjoints(exact: bool) -> None:
    graph, sound, node = passes("param x = [1, 2]\nloss L = sum(log(x)*x)", exact=exact)
    found = sound.run({node: np.array([3.0, 0.5])})
    assert found is not None
    trace = record(graph, {"x": np.array([3.0, 0.5])})
    assert found[0] == pytest.approx(trace.values[-1], rel=1e-15)
    np.testing.assert_allclose(found[1][0], trace.gradients["x"], rtol=1e-15)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("sum(log(x))", [1, -1]),
        ("sum(1/x)", [1, 0]),
        ("sum(tanh(exp(x)))", [1, 800]),
        ("sum(1/(1 + exp(x)))", [1, 800]),
        ("sum(relu(x*1e100*abs(x)))", [1, -1e120]),
        ("sum(where(x > 0, 1, 2)*1)", [1, np.nan]),
        ("sum(sqrt(x))", [1, 0]),
        ("sum(tanh(x))", [1, np.inf]),
        ("sum(max(x, 0*x))", [1, -np.inf]),
        ("sum(sigmoid(-x*1e308*10))", [1, 1]),
    ],
)
@pytest.mark.parametrize("exact", [True, False])
def test_whatever_the_interpreter_calls_trouble_is_refused(
    formula: str, value: Any, exact: bool
) -> None:
    graph, sound, node = passes(f"param x = [1, 2]\nloss L = {formula}", exact=exact)
    point = np.array(value, dtype=float)
    trace = record(graph, {"x": point})
    assert trace.trouble is not None or not np.all(np.isfinite(point))
    assert sound.run({node: point}) is None
    assert sound.run({node: np.array([1.5, 0.5])}) is not None or "1e308" in formula


def test_a_target_outside_what_a_loss_takes_is_refused() -> None:
    graph = read_gg("input t = 1\nparam x = 2\np = sigmoid(x)\nloss L = bce(p, t)")
    x, t = graph.find("x"), graph.find("t")
    assert x is not None
    assert t is not None
    sound = SoundPass(graph, [x, t], [x], guards_of(graph), graph.defaults)
    assert sound.run({x: 2.0, t: 1.0}) is not None
    assert sound.run({x: 2.0, t: 1.5}) is None


TABLE = """
data x1, x2, y
0.5, 1, 1
-1, 2, 0
3, 0.25, 1
param w = [0.1, -0.2]
z = dot(w, [x1, x2]) + 0.1
p = sigmoid(z)
loss L = bce(p, y)
"""


def test_an_objective_gives_the_same_bits_before_and_after_it_is_compiled() -> None:
    objective = Objective(read_gg(TABLE))
    vector = objective.start()
    found = [objective.at(vector, [1, 2, 3]) for _ in range(60)]
    assert any(program.passes > 100 for program in objective.programs.values())
    assert {one.loss for one in found} == {found[0].loss}
    assert all(np.array_equal(one.gradient, found[0].gradient) for one in found)


def test_trouble_is_told_of_after_compiling_too() -> None:
    objective = Objective(read_gg(TABLE.replace("sigmoid(z)", "log(z)").replace("bce(p, y)", "p")))
    for _ in range(80):
        found = objective.at(objective.start() * 0 - 5.0, [1, 2, 3])
        assert found.trouble is not None
        assert found.row == 1


# ---- what a training takes besides the loss ----


@pytest.mark.parametrize("text", [NORMED, DROPPED], ids=["batch norm", "dropout"])
def test_masks_and_running_statistics_are_the_same_by_programs(
    text: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.gg"
    path.write_text(text, "utf-8")
    ran: list[bool] = []
    plain = SoundPass.run

    def counted(self: SoundPass, leaves: Any) -> Any:
        found = plain(self, leaves)
        ran.append(found is not None)
        return found

    monkeypatch.setattr(SoundPass, "run", counted)

    def trained(pays_after: int) -> Any:
        monkeypatch.setattr(sound_pass, "_PAYS_AFTER", pays_after)
        state = tmp_path / f"{pays_after}.json"
        data(str(path), "--save", str(state))
        kept = json.loads(state.read_text("utf-8"))
        kept.pop("date", None)
        return kept

    wanted = trained(10**9)
    assert ran == []
    assert trained(2) == wanted
    assert sum(ran) > 12
