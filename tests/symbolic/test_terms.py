"""Our own algebra writes what sympy writes, where it does not give up; sympy is the witness."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graphgrad.errors import GraphgradError
from graphgrad.files.cache_folder import FOLDER
from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise
from graphgrad.source.gg import load, read_gg
from graphgrad.symbolic.derive import expanded as expansions
from graphgrad.symbolic.derive import partials as lines
from graphgrad.symbolic.derive.expanded import expanded_gradient
from graphgrad.symbolic.terms import GaveUpError
from tests.symbolic.shipped import ROOT, samples

NAMES = ("w", "x", "b", "y", "u", "v")
INSIDE = ("w*x + b", "w*x + u*v + b", "w*x + u*v + y*b", "b - w*x", "w*x*y", "x/w", "2*x + b")
ROOTS = (
    "{}", "{}^2", "({})^2", "({} - y)^2", "1/2*({} - y)^2", "({} - y)^2/2", "3*({} + v)^3",
    "y*({})",
    "({})*(x + y)", "-({})", "({})/3", "({})/(x + y)", "x*({}) + y^2", "(x - y)^2 + ({} - v)^2",
    "1 - ({})", "0.5*(x - ({}))^2", "({})^2*x", "2*x*({}) + x", "x*y + x*v - ({})",
)  # fmt: skip


def formulas() -> list[str]:
    rows = [row.name for row in ROWS if isinstance(row, Elementwise) and len(row.arguments) == 1]
    plain = [name for name in rows if not any(s.default is None for s in _row(name).settings)]
    of_rows = [f"{name}({inside})" for name in plain for inside in INSIDE[:4]]
    return of_rows + [root.format(inside) for root in ROOTS for inside in INSIDE]


def _row(name: str) -> Any:
    return next(row for row in ROWS if row.name == name)


def graph_of(formula: str) -> Graph:
    head = "\n".join(f"param {name} = 0.{k + 2}" for k, name in enumerate(NAMES))
    return read_gg(f"{head}\nz = {formula}")


def spelled(graph: Graph) -> list[Any]:
    lines._gapped.cache_clear()
    computed = (line for line in graph.lines() if not graph.is_leaf(line.root))
    return [lines.line_partials(graph, line) for line in computed]


def both(graphs: list[Graph], monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[Any]]:
    """Return how many signatures the algebra decided, and the graphs it wrote otherwise."""
    decided: list[Any] = []
    in_terms = lines._in_terms

    def counted(*args: Any) -> Any:
        found = in_terms(*args)
        decided.append(found) if found is not None else None
        return found

    monkeypatch.setattr(lines, "kept", lambda *_: None)
    monkeypatch.setattr(lines, "keep", lambda *_: None)
    monkeypatch.setattr(lines, "_in_terms", counted)
    ours = [spelled(graph) for graph in graphs]
    monkeypatch.setattr(lines, "_in_terms", lambda *_: None)
    pairs = zip(ours, map(spelled, graphs), strict=True)
    return len(decided), [(one, other) for one, other in pairs if one != other]


def test_partials_of_lines_are_written_as_sympy_writes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = formulas()
    chosen = random.Random(1).sample(found, 12)
    decided, different = both([graph_of(formula) for formula in chosen], monkeypatch)
    assert different == []
    assert decided > 2


@pytest.mark.slow
def test_partials_of_all_lines_and_samples_are_written_as_sympy_writes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graphs = [graph_of(formula) for formula in formulas()] + [load(path) for path in samples()]
    decided, different = both(graphs, monkeypatch)
    assert different == []
    assert decided > 150


@pytest.mark.parametrize("path", samples()[::8], ids=lambda path: path.stem)
def test_gradients_over_the_leaves_are_written_as_sympy_writes_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = load(path)
    names = [line.name for line in graph.lines() if graph.is_leaf(line.root)][:3]

    def written() -> list[Any]:
        found = []
        for name in names:
            try:
                one = expanded_gradient(graph, name, 200)
                found.append((one.text, one.latex))
            except GraphgradError as error:
                found.append(error.message_id)
        return found

    def gives_up(*_: Any) -> None:
        raise GaveUpError

    ours = written()
    monkeypatch.setattr(expansions, "write_terms", gives_up)
    assert ours == written()


@pytest.mark.parametrize(
    "formula",
    ["tanh(w1*x1 + w2*x2 + w3*x3 + w4*x4 + b)", "sigmoid(w1*x1 + w2*x2 + w3*x3 + w4*x4 + b)",
     "(w1*x1 + w2*x2 + w3*x3 - b)^2 + (w4 - x4)^2"],
)  # fmt: skip
def test_a_new_line_is_explained_without_sympy(formula: str, tmp_path: Path) -> None:
    names = [*(f"{letter}{k}" for letter in "wx" for k in range(1, 5)), "b"]
    head = "\n".join(f"param {name} = 0.5" for name in names)
    (tmp_path / "new.gg").write_text(f"{head}\nL = {formula}\n", encoding="utf-8")
    script = (
        "import sys\nfrom click.testing import CliRunner\n"
        "from graphgrad.cli.program import program\n"
        "assert not CliRunner().invoke(program, ['explain', 'new.gg', 'x2']).exit_code\n"
        "print('sympy' in sys.modules)\n"
    )
    environment = {FOLDER: str(tmp_path), "PYTHONPATH": f"{ROOT}:{ROOT / 'tui'}", "HOME": "/"}
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert told.stdout.strip() == "False"
