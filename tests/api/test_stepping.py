"""`gg.stepper` and the magic `%%gg` where there are no widgets; with them: tests/live."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

import graphgrad as gg
from graphgrad.api.notebook import stepping
from graphgrad.api.notebook.magic import CellError, gg_cell
from graphgrad.api.notebook.still import StillStepper
from graphgrad.messages.catalogue import in_language

TEXT = "input x = 3\nparam w = 2\nloss L = w*x\n"
LARGE = Path(__file__).parents[1] / "data/figures/lenet.gg"


@pytest.fixture(autouse=True)
def _without_widgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "find_spec", lambda name: None)
    assert importlib.util.find_spec("graphgrad")


def bundle(shown: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    data, metadata = shown._repr_mimebundle_(include=None, exclude=None)
    return data, metadata


def test_a_graph_of_any_origin_is_a_figure_with_words_and_says_what_would_step_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "line.gg"
    path.write_text(TEXT, "utf-8")
    w, x = gg.param("w", 2), gg.input("x", 3)
    L = w * x
    for source in (L, gg.graph(L), gg.trace(L.graph()), TEXT, path, str(path)):
        shown = gg.stepper(source, names={"L": L}, predict=False)
        assert isinstance(shown, StillStepper)
        data, metadata = bundle(shown)
        assert "graphgrad[notebook]" in data["text/plain"]
        assert "<svg style=" in data["image/svg+xml"]
        assert "value 6" in metadata["image/svg+xml"]["alt"]
        assert shown.trace.values[-1] == 6
    assert gg.stepper(L, names={"L": L}).graph.line_names == ["w", "x", "L"]


def test_the_state_of_a_stepper_makes_it_again_with_another_view() -> None:
    first = gg.stepper(TEXT, language="es", digits=3)
    first.session.answer({"do": "set", "name": "w", "value": "0,5"})
    again = gg.stepper(first.state, style="wire")
    assert again.trace.values[-1] == 1.5
    assert again.state["view"]["style"] == "wire"
    assert (again.state["view"]["digits"], again.state["language"]) == (3, "es")
    assert "param w = 0.5" in again.text
    assert gg.stepper(again.state, language="en").state["language"] == "en"


def test_step_steps_through_a_graph_and_is_the_step_function_of_a_node() -> None:
    node = gg.step(gg.param("w", 2.0))
    assert isinstance(node, gg.Handle)
    assert (node.value, gg.step(-3).value, gg.step([1.0, -1.0]).value.tolist()) == (1, 0, [1, 0])
    graph = gg.parse(TEXT)
    for source in (graph, gg.trace(graph), TEXT, gg.stepper(TEXT).state):
        assert gg.step(source, style="wire").state["view"]["style"] == "wire"
    with pytest.raises(gg.UsageError, match=r"gg\.stepper got 3"):
        gg.step(graph, names=3)


def test_a_step_is_drawn_up_to_there() -> None:
    early, _ = bundle(gg.stepper(TEXT, step=1))
    whole, _ = bundle(gg.stepper(TEXT))
    assert "adjoint" in whole["image/svg+xml"]
    assert early["image/svg+xml"] != whole["image/svg+xml"]


def test_what_a_stepper_cannot_show_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(gg.UsageError, match="style cannot be 'wires'"):
        gg.stepper(TEXT, style="wires")
    with pytest.raises(gg.UsageError, match="no choice styl"):
        gg.stepper(TEXT, styl="wire")
    with pytest.raises(gg.SourceError, match="line 2"):
        gg.stepper("input x = 1\nloss L = q*x")
    with pytest.raises(gg.FileError):
        gg.stepper(tmp_path / "none.gg")
    with pytest.raises(gg.UsageError):
        gg.stepper({"text": TEXT, "values": 3})


def test_a_cell_is_read_named_and_shown_by_its_options() -> None:
    names: dict[str, Any] = {}
    line = (
        "net --style wire --detail=op --digits 3 --set w=0,5 --set x=2 --entries scalar --legend "
        "--decimal-comma --language es --no-predict --step 2 --theme dark --still"
    )
    shown = gg_cell(names, line, TEXT)
    view = shown.state["view"]
    chosen = {"style": "wire", "detail": "op", "digits": 3, "entries": True, "legend": True}
    chosen |= {"decimal_comma": True, "predict": False, "theme": "dark"}
    assert {name: view[name] for name in chosen} == chosen
    assert shown.state["language"] == "es"
    assert shown.state["values"] == {"w": "0.5", "x": "2"}
    assert names["net"] is shown.graph
    assert shown.step == 2
    gg_cell(names, "", TEXT)
    assert list(names) == ["net"]


def test_a_cell_takes_a_row_of_its_data() -> None:
    cell = "data x y\n1 2\n3 4\nparam w = 2\nloss L = (w*x - y)^2\n"
    assert gg_cell({}, "--row 2", cell).trace.values[-1] == 4


@pytest.mark.parametrize(
    ("line", "cell", "told"),
    [
        ("--styl wire", TEXT, "--style"),
        ("--style", TEXT, "--style"),
        ("--style wires", TEXT, "wire"),
        ("--legend=yes", TEXT, "--legend"),
        ("--digits many", TEXT, "digits"),
        ("two names", TEXT, "names"),
        ("3x", TEXT, "3x"),
        ("--set q=3", TEXT, "q"),
        ("--set w=[1,2]", TEXT, "w"),
        ("'net", TEXT, "'net"),
        ("", "loss L = q*x", "q*x"),
        ("", "", ""),
        ("--row 3", TEXT, "3"),
    ],
)
def test_a_mistake_of_a_cell_is_told_without_a_traceback(line: str, cell: str, told: str) -> None:
    shown = []
    for language in ("en", "es"):
        with in_language(language), pytest.raises(CellError) as caught:
            gg_cell({}, line, cell)
        rows = caught.value._render_traceback_()
        assert told in "\n".join(rows)
        assert not any("Traceback" in row or ".py" in row for row in rows)
        assert caught.value.__cause__ is None
        shown.append(rows)
    assert shown[0] != shown[1]


def test_the_extension_registers_the_magic_with_its_help() -> None:
    registered: dict[str, Any] = {}

    class Shell:
        def __init__(self) -> None:
            self.user_ns: dict[str, Any] = {}

        def register_magic_function(self, magic: Any, magic_kind: str, magic_name: str) -> None:
            registered[magic_name] = magic
            assert magic_kind == "cell"

    shell = Shell()
    gg.load_ipython_extension(shell)
    registered["gg"]("net", TEXT)
    assert shell.user_ns["net"].line_names == ["x", "w", "L"]
    assert "--style wire" in registered["gg"].__doc__


def test_a_large_graph_is_shown_too() -> None:
    data, _ = bundle(gg.stepper(LARGE, style="layers", predict=False))
    assert "conv2d" in data["image/svg+xml"]
