"""A whole `graphgrad render` stays near the engine and the libraries it uses: ratios of one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.bench_render import GRAPHS, cost
from tests.benchmarks.test_floor import WORSE

BOUND = 8.0
"""With ``--fit``; a network of 338 lines that is folded costs most beside its libraries."""


@pytest.mark.slow
def test_a_network_on_a_page_costs_no_more_than_its_libraries_allow(tmp_path: Path) -> None:
    found = cost("2-16-16-1", ["--fit", "beamer169"], str(tmp_path / "cache"), tmp_path)
    assert found.times < BOUND * WORSE


@pytest.mark.parametrize(("name", "most"), [("2-16-16-1", 12), ("RNN of 50", 8)])
def test_only_what_may_fit_is_laid_out_and_only_what_is_left_is_written(
    name: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graphgrad.autodiff.record import record
    from graphgrad.source.gg import read_gg
    from graphgrad.views.figure.content.diagram_of import Gatherer
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.scene.compose import Drawing, scene_of

    counted = {"sketched": 0, "with_texts": 0}
    for owner, method in ((Drawing, "sketched"), (Gatherer, "with_texts")):
        real = getattr(owner, method)

        def told(*words: object, real: object = real, method: str = method) -> object:
            counted[method] += 1
            return real(*words)  # type: ignore[operator]

        monkeypatch.setattr(owner, method, told)
    trace = record(read_gg(GRAPHS[name]))
    scene_of(trace, SceneOptions(fit="beamer169"))
    assert counted["sketched"] <= most
    assert counted["with_texts"] < len(trace.graph) / 2
