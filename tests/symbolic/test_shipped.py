"""Derivatives that come with the program: those that sympy works out today, used without it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx
import pytest

from graphgrad.files.cache_folder import FOLDER
from graphgrad.graph.graph import Edge
from graphgrad.symbolic.derive import paths
from graphgrad.symbolic.derive.kept import SHIPPED
from tests.symbolic.shipped import ROOT, derived, samples, texts

KEPT: dict[str, str] = json.loads(SHIPPED.read_text("utf-8"))


def test_some_are_derived_again_as_they_stand_there() -> None:
    found = derived(samples()[::9], texts()[::6])
    again = {key: told for key, told in found.items() if key in KEPT}
    assert len(again) > 4
    assert again.items() <= KEPT.items()


@pytest.mark.slow
def test_all_of_them_are_derived_again_and_no_others() -> None:
    assert derived(samples(), texts()) == KEPT


@pytest.mark.parametrize(
    ("call", "loaded"),
    [
        (["run", "samples/xor_sigmoid.gg"], []),
        (["run", "samples/linear_regression.gg"], []),
        (["explain", "samples/linear_regression.gg", "w"], []),
    ],
)
def test_the_first_run_of_a_lecture_loads_no_library_that_it_does_not_need(
    call: list[str], loaded: list[str], tmp_path: Path
) -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\n"
        "from graphgrad.cli.program import program\n"
        f"assert CliRunner().invoke(program, {call!r}).exit_code == 0\n"
        "print(sorted({'sympy', 'networkx', 'numpy'} & set(sys.modules)))\n"
    )
    environment = {FOLDER: str(tmp_path), "PYTHONPATH": f"{ROOT}:{ROOT / 'tui'}", "HOME": "/"}
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=ROOT, env=environment,
    )  # fmt: skip
    assert told.stdout.strip() == str(loaded)


@pytest.mark.parametrize("count", [1, 3, 7])
def test_ways_are_those_that_networkx_finds_in_its_order(count: int) -> None:
    edges = [Edge(k, k + 1, slot) for k in range(count) for slot in range(1 + k % 3)]
    edges += [Edge(k, k + 2, 0) for k in range(count - 1)]
    wanted: Any = networkx.MultiDiGraph()
    wanted.add_edges_from(edges)
    found = networkx.all_simple_edge_paths(wanted, 0, count)
    assert list(paths._routes(edges, 0, count)) == [tuple(Edge(*e) for e in way) for way in found]
