"""`--stable`, which the advice about what overflows names, in every command that runs a graph."""

from __future__ import annotations

import inspect
import io
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.cli.inputs import Source
from graphgrad.stepping.editing import edited
from graphgrad.stepping.work import Origin, Work
from tests.cli.test_engine_in_files import outcome

TEXT = """\
data x, y
800, 0
900, 1
param w = 1
z = w*x
loss L = log(1 + exp(z)) - y*z
"""
TOLD = "Stable form of L: log(1 + exp(z)) - y*z became softplus(z) - y*z."
CALLS = {
    "run": (["--row", "1"], "dL/dw = 800"),
    "show": ([], "softplus(z)"),
    "explain": (["w"], "dL/dw = 1·800 = 800"),
    "gradcheck": (["--row", "1"], "All four agree"),
    "compile": ([], "The program gives the value"),
    "export": (["--to", "gg"], "softplus(z)"),
    "train": (["--rate", "0.001", "--steps", "2", "--batch", "1"], "softplus"),
    "step": (["--plain"], "8 steps"),
    "inspect": (["gradients"], "neither vanishes nor explodes"),
    "render": (["-o"], ""),
    "check": (["sheet.txt"], "1 of 1 steps"),
}


@pytest.mark.parametrize("command", CALLS)
def test_a_command_takes_the_advice(
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    Path("s.gg").write_text(TEXT, "utf-8")
    Path("sheet.txt").write_text("dL/dw = x*sigmoid(z) - y*x\n", "utf-8")
    more, expected = CALLS[command]
    more = [*more, "o.svg"] if command == "render" else more
    call = [command, "s.gg", *more, "--lang", "en"]
    status, out, err = outcome([*call, "--stable"], capsys)
    assert status == 0, err
    assert expected in out or command == "train"
    assert command == "check" or err.count(TOLD) == 1
    if command == "render":
        assert "softplus" in Path("o.svg").read_text("utf-8")
    status, _, err = outcome(call, capsys)
    assert TOLD not in err
    if command in ("run", "explain", "gradcheck", "train"):
        assert status == 1
        assert "add --stable" in err


def test_every_command_that_runs_a_file_has_the_option() -> None:
    folder = Path(inspect.getfile(Source)).parent
    running = {
        path.stem
        for path in folder.rglob("*.py")
        if "Source(" in path.read_text("utf-8") and path.stem != "inputs"
    }
    with_option = {
        path.stem for path in folder.rglob("*.py") if "@stable_option" in path.read_text("utf-8")
    }
    assert with_option == set(CALLS)
    hand_on = {"lint", "same", "serve", "compared_sides"}  # these compare or read, or hand on
    assert running - with_option == hand_on


def test_an_edited_line_is_made_stable_too() -> None:
    source = Source(None, "L = log(1 + exp(x))", stable=True)
    trace = record(source.graph(), {"x": 900})
    origin = Origin("L = log(1 + exp(x))", free_inputs=True, stable=True)
    line = trace.graph.line_index["L"]
    work = edited(Work(trace, origin, {"x": 900}), trace.graph.line(line).root, "log(1 + exp(2*x))")
    assert work.trace.trouble is None
    assert work.trace.value("L") == 1800
