"""Layout engines: the order in which they are tried, and that they agree."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure import engine as engines
from graphgrad.views.scene import SceneOptions, scene_of

from .reading import ROOT, sample

AGREEING = ["linear_regression", "shared_weights", "softmax_cross_entropy", "colah"]
PROGRAM = """
from pathlib import Path
from graphgrad.autodiff.record import record
from graphgrad.source import read_gg
from graphgrad.views.scene import draw
trace = record(read_gg(Path(r"{sample}").read_text("utf-8")))
print(draw(trace, r"{folder}/out.svg").engine)
draw(trace, r"{folder}/out.png")
"""


def test_svg_and_png_without_any_program_on_the_path(tmp_path: Path) -> None:
    program = PROGRAM.format(sample=ROOT / "samples/linear_regression.gg", folder=tmp_path)
    environment = {"PATH": "/nonexistent", "PYTHONPATH": str(ROOT)}
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "graphviz-pure"
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "out.svg").read_bytes()


def test_engines_are_tried_in_order_and_none_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = sample("linear_regression")
    used = []
    for name in list(engines.ENGINES):
        find, _ = engines.ENGINES[name]
        if find() is not None:
            used.append(scene_of(trace).engine == name)
        monkeypatch.delitem(engines.ENGINES, name)
    assert all(used)
    with pytest.raises(UsageError, match="pip install graphviz-pure"):
        scene_of(trace)


@pytest.mark.skipif(find_spec("pygraphviz") is None, reason="pygraphviz is not installed")
@pytest.mark.parametrize("name", AGREEING)
def test_bundled_engine_and_pygraphviz_agree(name: str) -> None:
    trace = sample(name)
    first, second = (
        scene_of(trace, SceneOptions(engine=engine)) for engine in ("graphviz-pure", "pygraphviz")
    )
    for box, other in zip(first.boxes, second.boxes, strict=True):
        assert abs(box.rect.left - other.rect.left) < 0.5
        assert abs(box.rect.top - other.rect.top) < 0.5
