"""The command `compile`: checked, shown, written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program
from graphgrad.compile.plan import Plan, Run

SAMPLES = Path(__file__).parents[2] / "samples"
REGRESSION = str(SAMPLES / "linear_regression.gg")


def call(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(program, ["--lang", lang, *args])


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "statements of NumPy"), ("es", "instrucciones")]
)
def test_it_says_how_large_the_program_is_and_that_it_agrees(lang: str, words: str) -> None:
    result = call("compile", REGRESSION, lang=lang)
    assert result.exit_code == 0
    assert words in result.stdout
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_program_that_disagrees_is_told_and_exits_with_1(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Plan.__call__

    def wrong(self: Plan, *args: Any, **how: Any) -> Run:
        run = right(self, *args, **how)
        return Run(run.value, {**run.gradients, "w": run.gradients["w"] * (1 + 1e-9)})

    monkeypatch.setattr(Plan, "__call__", wrong)
    result = call("compile", REGRESSION, lang=lang)
    assert result.exit_code == 1
    assert ": w." in result.stdout


def test_what_is_shown_runs_by_itself(tmp_path: Path) -> None:
    shown = call("compile", REGRESSION, "--show", "--wrt", "w", "--set", "w=5").stdout
    path = tmp_path / "out.py"
    assert call("compile", REGRESSION, "-o", str(path), "--wrt", "w", "--set", "w=5").exit_code == 0
    assert path.read_text("utf-8") == shown
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "L = 49.0\nd_w = 42.0\n"
    again = call("compile", REGRESSION, "-o", str(path))
    assert again.exit_code == 4
    assert call("compile", REGRESSION, "-o", str(path), "--force").exit_code == 0


def test_every_sample_compiles_and_agrees() -> None:
    for path in sorted(SAMPLES.glob("*.gg")):
        result = call("compile", str(path))
        assert result.exit_code == 0, (path, result.stdout, result.stderr)


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (["--wrt", "q"], 2, "q"),
        (["--set", "w=[1, 2]"], 3, "w"),
        (["-e", "y = x"], 2, ""),
    ],
)
def test_what_is_wrong_is_told_as_elsewhere(args: list[str], status: int, words: str) -> None:
    result = call("compile", REGRESSION, *args)
    assert result.exit_code == status
    assert words in result.stderr


def test_a_value_that_is_not_finite_is_an_error() -> None:
    result = call("compile", "-e", "y = log(x)", "--set", "x=-1")
    assert result.exit_code == 1
    assert "domain" in result.stderr
