"""Models in ONNX give the value of the trace, to the evaluator that onnx brings.

Source: the evaluator computes erf in single precision, hence the tolerance of 1e-6.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from tests.exports.test_scripts import PYTHONS

ROOT = Path(__file__).parents[2]
PACKAGES = Path(PYTHONS["jax"]).parents[1] / "lib"
SCRIPT = """
import json, sys
sys.path.append(sys.argv[1])
import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator
from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.ops.evaluate import to_float
from graphgrad.source.gg import load
from graphgrad.views.exports.targets import TARGETS
from tests.exports.row_graphs import kink_graphs, row_graphs
from pathlib import Path

graphs = [(path.stem, load(path)) for path in sorted(Path("samples").glob("*.gg"))]
if sys.argv[2] == "rows":
    graphs = [*row_graphs(), *kink_graphs()]
wrong, refused, right = [], [], 0
for name, graph in graphs:
    try:
        model = onnx.load_from_string(TARGETS["onnx"].write(graph))
    except UsageError as error:
        refused.append(str(error))
        continue
    inputs = [line.root for line in graph.lines() if graph.role(line.root) == "input"]
    values = [np.asarray(to_float(graph.defaults[node]), dtype=float) for node in inputs]
    feeds = dict(zip((found.name for found in model.graph.input), values, strict=True))
    with np.errstate(all="ignore"):
        found = ReferenceEvaluator(model).run(None, feeds)[0]
    wanted = to_float(record(graph).values[graph.output])
    same = np.allclose(found, wanted, rtol=1e-6, atol=1e-9)
    right += same
    wrong += [] if same else [name]
print(json.dumps({"right": right, "wrong": wrong, "refused": refused}))
"""


def packages() -> str:
    """Return the folder of packages that holds onnx, or skip and say that it is not here."""
    found = sorted(PACKAGES.glob("*/site-packages/onnx"))
    if not found:
        pytest.skip(f"onnx is not installed below {PACKAGES}")
    return str(found[0].parent)


def models(which: str) -> dict[str, object]:
    """Return how many models gave the value of the trace, which did not, and what was refused."""
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, packages(), which],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=600,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found: dict[str, object] = json.loads(run.stdout)
    return found


def test_models_of_all_samples_give_the_value_of_the_trace() -> None:
    count = len(list((ROOT / "samples").glob("*.gg")))
    assert models("samples") == {"right": count, "wrong": [], "refused": []}


def test_models_of_every_row_give_the_value_of_the_trace_or_are_refused_by_name() -> None:
    found = models("rows")
    assert found["wrong"] == []
    assert isinstance(found["right"], int)
    assert found["right"] > 200
    assert {str(told).split(": ")[1].split(" (")[0] for told in found["refused"]} == {  # type: ignore[attr-defined]
        "inverse",
        "order_mask",
    }


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "graphgrad[onnx]"), ("es", "no está instalado")]
)
def test_without_onnx_the_extra_is_named(lang: str, words: str, tmp_path: Path) -> None:
    place = tmp_path / "model.onnx"
    arguments = ["export", "samples/colah.gg", "--to", "onnx", "-o", str(place), "--lang", lang]
    code = "import sys; sys.modules['onnx'] = None; from graphgrad.__main__ import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 2
    assert words in run.stderr
    assert not place.exists()


def test_a_model_needs_a_place() -> None:
    found = CliRunner().invoke(program, ["export", str(ROOT / "samples/colah.gg"), "--to", "onnx"])
    assert found.exit_code == 2
    assert "-o model.onnx" in found.output
