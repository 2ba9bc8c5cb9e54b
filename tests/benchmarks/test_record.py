"""The README's table and the curves are those of the record, and the record is of a whole run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks import record
from tests.benchmarks.floors import hand, networks
from tests.benchmarks.races import RACES, Race
from tests.benchmarks.workloads import Work, graphgrad_steps


def test_the_readme_and_the_picture_are_what_the_record_says() -> None:
    text = record.README.read_text(encoding="utf-8")
    between = text.partition(record.BEGIN)[2].partition(record.END)[0]
    assert between == f"\n{record.table(record.kept())}\n"
    for passes, path in record.GROWTH.items():
        assert path.read_bytes() == record.growth_svg(record.kept(), passes=passes)


def test_the_record_has_every_race_and_says_where_a_promise_is_missed() -> None:
    kept = record.kept()
    assert [row["task"] for row in kept["rows"]] == [race.task for race in RACES]
    assert [row["at_most"] for row in kept["rows"]] == [race.at_most for race in RACES]
    missed = sum(record.ratio(row) > row["at_most"] for row in kept["rows"])
    assert record.table(kept).count("**missed**") == missed
    assert kept["versions"].keys() >= {"Python", "numpy", "llvmlite", "torch", "micrograd", "jax"}


def test_numbers_of_a_row_are_told_with_their_units() -> None:
    row = {"task": "a", "at_most": 1.5, "seconds": {"graphgrad": 3e-3, "x": 1e-3, "y": 5e-6}}
    made = {"date": "d", "machine": "m", "versions": {"Python": "3"}, "rows": [row]}
    assert record.table(made).endswith("| a | 3 ms | 1 ms x | 3.00 | ≤ 1.5 **missed** | y 5 µs |")


@pytest.mark.parametrize(("slow", "status"), [(1, 0), (40, 1)])
def test_a_ratio_that_has_worsened_by_more_than_half_fails(
    slow: int, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def busy(times: int) -> Any:
        return lambda: sum(range(3_000 * times))

    race = Race("sums", lambda: {"graphgrad": busy(slow), "floor": busy(10)}, 1.0, 3, quick=True)
    kept = {"rows": [{"task": "sums", "seconds": {"graphgrad": 1.0, "floor": 2.0}}]}
    monkeypatch.setattr(record, "RACES", (race,))
    monkeypatch.setattr(record, "kept", lambda: kept)
    assert record.main(["--worse"]) == status
    assert ("WORSE" in capsys.readouterr().out) == bool(status)


def test_the_floors_of_new_races_compute_the_same() -> None:
    work = Work(points=7, rate=0.05)
    step, ours = hand.scalar_mlp_step(work), graphgrad_steps(work)["scalar MLP"]
    assert step() == pytest.approx(ours()[0], rel=1e-12)
    race = next(race for race in RACES if race.task == "Hessian, Rosenbrock of 100")
    blocks = race.steps()["graphgrad"]()
    assert blocks["t", "t"] == pytest.approx(networks.rosenbrock_hessian()(), rel=1e-10)
