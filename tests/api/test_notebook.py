"""How handles, graphs, passes and gradients show themselves in a notebook."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

import graphgrad as gg

ROOT = Path(__file__).parents[2]
needs_jupyter = pytest.mark.skipif(
    find_spec("nbclient") is None or find_spec("ipykernel") is None,
    reason="needs nbclient and ipykernel, which are not installed",
)


def lecture() -> dict[str, Any]:
    x, y = gg.input("x", 3), gg.input("y", 9)
    w, b = gg.param("w", 2), gg.param("b", 1)
    z = w * x
    y_hat = z + b
    e = y_hat - y
    return {"x": x, "y": y, "w": w, "b": b, "z": z, "y_hat": y_hat, "e": e, "L": e**2}


def shown_by(shown: Any) -> tuple[dict[str, str], str]:
    """Return the words of every box of what a notebook shows, and the alternative text."""
    data, metadata = shown._repr_mimebundle_(include=None, exclude=None)
    assert set(data) == {"text/plain", "image/svg+xml"}
    root = ElementTree.fromstring(data["image/svg+xml"])
    groups = [g for g in root.iter() if g.get("data-node") is not None]
    titles = {str(g.get("data-node")): g[0].text or "" for g in groups}
    assert root.get("role") == "img"
    assert root.get("style") == "max-width: 100%; height: auto"
    alternative: str = metadata["image/svg+xml"]["alt"]
    assert alternative.endswith(root[1].text or "missing")
    return titles, alternative


def test_in_a_notebook_lines_are_named_after_variables_by_identity(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = lecture()
    space = {**names, "_": names["L"], "_7": names["z"], "Out": {7: names["z"]}, "other": 3}
    shell = SimpleNamespace(user_ns=space)
    monkeypatch.setattr(builtins, "get_ipython", lambda: shell, raising=False)
    titles, alternative = shown_by(names["L"])
    assert set(titles) == {"x", "y", "w", "b", "z", "y_hat", "e", "L"}
    assert "value 6" in titles["z"]
    assert "graph of L" in alternative
    assert "adjoint -12" in alternative


def test_what_has_no_variable_joins_the_line_that_uses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    names = lecture()
    shell = SimpleNamespace(user_ns={"z": names["z"], "L": names["L"]})
    monkeypatch.setattr(builtins, "get_ipython", lambda: shell, raising=False)
    titles, _ = shown_by(names["L"])
    assert set(titles) == {"x", "y", "w", "b", "z", "L"}


def test_outside_of_a_notebook_a_node_is_labelled_by_its_formula() -> None:
    from graphgrad.api.notebook.figure import shown_graph

    graph = shown_graph(lecture()["L"], {})
    labels = {graph.line_names[index]: label for index, label in graph.labels.items()}
    assert labels["n1"] == r"\left(w \cdot x\right)"
    assert labels["n2"] == r"\left(\left(w \cdot x\right) + b\right)"
    titles, _ = shown_by(lecture()["L"])
    assert set(titles) == {"x", "y", "w", "b", "n1", "n2", "n3", "n4"}


def test_a_node_that_is_labelled_by_its_formula_says_it_once() -> None:
    from graphgrad.api.notebook.figure import shown_graph
    from graphgrad.views.figure.scene.compose import scene_of

    w, x = gg.param("w", 2), gg.input("x", 3)
    scene = scene_of(shown_graph(gg.sigmoid(w * x), {}))
    names = {box.name: [t.tex for t in box.texts if t.kind == "name"] for box in scene.boxes}
    assert names["n1"] == [r"w \cdot x"]
    assert len(names["n2"]) == 1
    assert "=" not in names["n2"][0]


def test_a_shell_without_names_and_a_user_variable_of_another_kind_do_no_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(builtins, "get_ipython", lambda: None, raising=False)
    assert "n1" in shown_by(lecture()["L"])[0]
    shell = SimpleNamespace(user_ns={"z": 3.0, "w": "w"})
    monkeypatch.setattr(builtins, "get_ipython", lambda: shell, raising=False)
    assert "n1" in shown_by(lecture()["L"])[0]


def test_graphs_passes_and_gradient_graphs_show_themselves() -> None:
    names = lecture()
    graph = gg.graph(names["L"], names=names)
    assert "value 7" in shown_by(graph)[0]["y_hat"]
    assert "adjoint -4" in shown_by(gg.trace(graph))[0]["z"]
    assert any("dL_dw" in name for name in shown_by(gg.gradient_graph(graph, "w"))[0])


def test_a_figure_of_many_lines_still_shows_plain_text() -> None:
    w = gg.param("w", 1.0)
    for _ in range(500):
        w = w + 1
    data, _ = w._repr_mimebundle_()
    assert data["text/plain"].startswith("<Graph")


CELLS = (
    "import graphgrad as gg",
    "w, x = gg.param('w', 2), gg.input('x', 3)\nz = w*x\nL = (z - 1)**2",
    "L",
    "gg.trace(gg.graph(L, names=globals()))",
)
RUN = """
import json, sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.v4.new_notebook()
notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in json.loads(sys.argv[1])]
NotebookClient(notebook, timeout=120).execute()
print(nbformat.writes(notebook))
"""


@pytest.mark.slow
@needs_jupyter
def test_a_real_notebook_shows_figures_with_alternative_texts(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN, json.dumps(CELLS)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    outputs = [cell["outputs"] for cell in json.loads(done.stdout)["cells"]]
    for [output] in outputs[2:]:
        picture = "".join(output["data"]["image/svg+xml"])
        assert 'data-node="z"' in picture
        assert "adjoint 15" in output["metadata"]["image/svg+xml"]["alt"]
