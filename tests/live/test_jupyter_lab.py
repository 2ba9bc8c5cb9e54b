"""The stepper in a real JupyterLab, driven in Chromium; and what a notebook keeps of it.

GRAPHGRAD_LAB_PYTHON names a Python with jupyterlab and anywidget; GRAPHGRAD_PICTURES a folder for
screenshots.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live.jupyter_lab import ROOT, Lab, environment, notebook_of, python_with_jupyter, server
from tests.views.scene.chromium import PROGRAM, Chromium

PYTHON = python_with_jupyter()
pytestmark = [
    pytest.mark.exe,
    pytest.mark.slow,
    pytest.mark.skipif(
        not PYTHON, reason="needs jupyterlab, nbclient and anywidget (GRAPHGRAD_LAB_PYTHON)"
    ),
]
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="needs Chromium, which is missing")
CELLS = (
    "import graphgrad as gg\n%load_ext graphgrad",
    "%%gg net --notation graphgrad\ninput x = 3\nparam w = 2\nz = w*x\nloss L = (z - 1)^2",
    "w = gg.param('w', [1, 2])\nl = (w * gg.input('x', [3, 0.5])).sum()\n"
    "stepper = gg.stepper(l, language='es')\nstepper",
    "%%gg\ninput x = 3\nloss L = q*x",
)
AFTER = "print(stepper.trace.values[-1], stepper.step, stepper.text)"
NOTES = ROOT / "docs/notebooks"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with server(PYTHON, folder) as found:
        yield found


def pictured(browser: Chromium, name: str) -> None:
    kept = os.environ.get("GRAPHGRAD_PICTURES")
    if kept:
        browser.picture(Path(kept) / f"{name}.png", whole=False)


@needs_chromium
def test_cells_step_ask_and_change_and_the_notebook_keeps_it(folder: Path, address: str) -> None:
    path = folder / "first.ipynb"
    path.write_text(notebook_of(*CELLS), "utf-8")
    with Chromium(folder / "profile", 240) as browser:
        lab = Lab(browser, address, path.name)
        lab.run_all()
        lab.shown(1)
        _mistake(lab)
        _keys(lab)
        _values(lab)
        saved = lab.save(path)
    states = [kept["state"] for kept in _states(saved).values() if "shown" in kept["state"]]
    assert sorted(kept["step"] for kept in states) == [2, 3]
    assert [kept["state"]["values"] for kept in states if kept["step"] == 2] == [{"w": "2.5"}]
    _without_its_kernel(folder, address, saved)


def _keys(lab: Lab) -> None:
    """The stepper's keys step it, and no cell of the notebook is entered, added or left."""
    browser = lab.browser
    cells = browser.value("document.querySelectorAll('.jp-Cell').length")
    lab.click("svg.graphgrad")
    for key, step in (
        *(("n", 1), ("ArrowRight", 2), (" ", 3), ("p", 2), ("ArrowLeft", 1), ("End", 7)),
        *(("b", 2), ("PageDown", 3), ("PageUp", 2), ("Home", 0), ("l", 1), ("n", 2)),
    ):
        browser.press(key)
        assert lab.step() == step, key
    assert lab.step(1) == 0
    assert browser.value("document.querySelectorAll('.jp-Cell').length") == cells
    browser.press("x")
    assert browser.value(f"{lab.part('#predict-panel')}.hidden") is False
    browser.write("7,5")
    browser.press("Enter")
    assert browser.value(f"{lab.part('#verdict')}.dataset.status") == "wrong"
    pictured(browser, "predict")
    lab.click("#predicting")
    assert lab.step() == 0  # what was asked first had not been answered
    lab.click("svg.graphgrad")
    browser.press("n")
    browser.press("n")


def _values(lab: Lab) -> None:
    browser = lab.browser
    lab.type_into("input[data-name=w]", "2,5")
    lab.wait(f"{lab.part('.tables')}.textContent.includes('2.5')")
    assert lab.step() == 2
    lab.type_into("input[data-name=w]", "two")
    lab.wait(f"{lab.part('.mistake')}.textContent")
    told = browser.value(f"{lab.part('.mistake')}.textContent")
    assert "two" in told
    assert "Traceback" not in told
    pictured(browser, "mistake")
    lab.click("svg.graphgrad", 1)
    browser.press("a")
    lab.wait(lab.part('input[data-name="w[2]"]', 1))
    browser.press("End")
    last = lab.step(1)
    assert last > 5
    browser.press("Home")
    for _ in range(3):
        browser.press("n")
    assert lab.step(1) == 3
    pictured(browser, "entries")


def _mistake(lab: Lab) -> None:
    """A mistake in a cell is told in our words, with the place and without a traceback."""
    outputs = "[...document.querySelectorAll('.jp-OutputArea')].map(e => e.textContent)"
    told = lab.wait(f"{outputs}.find(text => text.includes('q*x'))")
    assert "line 2, column 10" in told
    assert "Traceback" not in told
    assert "site-packages" not in told


def _states(saved: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = saved["metadata"]["widgets"][
        "application/vnd.jupyter.widget-state+json"
    ]["state"]
    return found


def _without_its_kernel(folder: Path, address: str, saved: dict[str, Any]) -> None:
    """Without the kernel it had, the saved notebook steps on from its step, and asks."""
    path = folder / "again.ipynb"
    path.write_text(json.dumps(saved), "utf-8")
    trust = [PYTHON, "-m", "jupyter", "trust", str(path)]
    subprocess.run(trust, env=environment(folder), check=True, capture_output=True)
    with Chromium(folder / "profile2", 120) as browser:
        lab = _opened_again(browser, address, path.name)
        assert (lab.step(), lab.step(1)) == (2, 3)
        lab.click("svg.graphgrad")
        browser.press("n")
        assert lab.step() == 3
        browser.press("x")
        assert browser.value(f"{lab.part('#predict-panel')}.hidden") is False
        lab.type_into("input[data-name=w]", "9")
        lab.wait(f"{lab.part('.mistake')}.textContent.startsWith('Nothing answers')", 20)
        pictured(browser, "without_kernel")


def _opened_again(browser: Chromium, address: str, name: str) -> Lab:
    """Open a notebook until its widgets stand there.

    JupyterLab may draw outputs before it has read the states they need ("model not found").
    """
    for _ in range(4):
        lab = Lab(browser, address, name)
        drawn = f"Boolean({lab.part('svg.graphgrad', 1)})"
        told = "document.body.innerText.includes('model not found')"
        lab.wait(f"{drawn} || {told}")
        lab.pause(1500)
        if browser.value(drawn):
            return lab
    raise AssertionError(name)


EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, timeout=300, allow_errors=sys.argv[2] == "errors").execute()
print(nbformat.writes(notebook))
"""


def executed(path: Path, folder: Path, errors: str = "") -> dict[str, Any]:
    command = [PYTHON, "-c", EXECUTE, str(path), errors]
    how = {"capture_output": True, "text": True, "cwd": ROOT, "env": environment(folder)}
    done = subprocess.run(command, check=False, **how)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_executed_notebook_keeps_the_widget_and_a_figure_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "cells.ipynb"
    path.write_text(notebook_of(*CELLS[:3], AFTER, CELLS[3]), "utf-8")
    found = executed(path, tmp_path, "errors")
    outputs = [cell["outputs"] for cell in found["cells"]]
    for [output] in outputs[1:3]:
        assert "<svg" in "".join(output["data"]["image/svg+xml"])
        assert output["metadata"]["image/svg+xml"]["alt"]
        view = output["data"]["application/vnd.jupyter.widget-view+json"]
        state = _states(found)[view["model_id"]]["state"]
        assert "svg" in state["shown"]["body"]
        assert "export default" in state["_esm"]
    assert "".join(outputs[3][0]["text"]).startswith("4.0 0 gg 1\n")
    [error] = outputs[4]
    assert error["ename"] == "CellError"
    assert "line 2, column 10" in error["evalue"]
    assert not any("File" in line or "Traceback" in line for line in error["traceback"])


@pytest.mark.parametrize("path", sorted(NOTES.glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_notebooks_of_the_documentation_run(path: Path, tmp_path: Path) -> None:
    found = executed(path, tmp_path)
    kinds = [
        kind
        for cell in found["cells"]
        for out in cell.get("outputs", ())
        for kind in out.get("data", ())
    ]
    assert kinds.count("application/vnd.jupyter.widget-view+json") >= 2
