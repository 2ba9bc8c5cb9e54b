"""Derivatives kept from one process to the next: the same, and never wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphgrad.files.cache_folder import FOLDER
from graphgrad.ops.registry import find
from graphgrad.ops.text import Written
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive import partials
from graphgrad.symbolic.derive.kept import _sum
from graphgrad.symbolic.derive.partials import line_partials

TEXT = """
input x = [1, 2]
input s = 0.5
param w = [0.3, -0.4]
param b = 0.1
z = sum(w*x) + b
a = sigmoid(2*s*b) - 3.5*s^2
h = leaky_relu(z, alpha=0.2)
loss L = mean((w - h)^2) + a
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    partials._gapped.cache_clear()
    return tmp_path


def shown(text: str = TEXT) -> list[str]:
    graph = read_gg(text)
    lines = [line for line in graph.lines() if not graph.is_leaf(line.root)]
    return [repr(partial) for line in lines for partial in line_partials(graph, line)]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.json"))


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count what is worked out in sympy."""
    calls: list[int] = []
    original = partials._worked_out
    monkeypatch.setattr(partials, "_worked_out", lambda *a: calls.append(1) or original(*a))
    return calls


def test_what_is_kept_is_what_was_worked_out(folder, monkeypatch) -> None:
    first = shown()
    assert files(folder)
    partials._gapped.cache_clear()
    calls = counted(monkeypatch)
    assert shown() == first
    assert not calls


@pytest.mark.parametrize("change", ["x*(1 - y^2)", "\x02n0000000\x03", "2*", "where(", "@@"])
def test_what_is_wrong_at_a_point_is_not_used(folder, monkeypatch, change) -> None:
    first = shown()
    for path in files(folder):
        data = json.loads(path.read_text())
        for spelled in data["slots"].values():
            spelled[0][0] = change
        data["sum"] = _sum_of(data["slots"])  # one that whoever changed it could have made too
        path.write_text(json.dumps(data))
    partials._gapped.cache_clear()
    calls = counted(monkeypatch)
    assert shown() == first
    assert calls


def _sum_of(slots: dict) -> str:
    return _sum({int(slot): tuple(Written(*w) for w in of) for slot, of in slots.items()})


@pytest.mark.parametrize("spelling", [1, 2])
def test_a_spelling_that_no_point_can_check_is_held_by_the_sum(
    folder, monkeypatch, spelling
) -> None:
    first = shown()
    for path in files(folder):
        data = json.loads(path.read_text())
        for spelled in data["slots"].values():
            spelled[spelling][0] = "7"
        path.write_text(json.dumps(data))
    partials._gapped.cache_clear()
    calls = counted(monkeypatch)
    assert shown() == first
    assert len(calls) == len(files(folder))


ODD = [b"", b"[]", b"{", b"\xff", b'{"0": 1}', b'{"slots": {"0": [[1, 2]]}, "sum": ""}']


@pytest.mark.parametrize("content", ODD)
def test_what_cannot_be_read_is_worked_out_again(folder, content) -> None:
    first = shown()
    for path in files(folder):
        path.write_bytes(content)
    partials._gapped.cache_clear()
    assert shown() == first


def test_a_file_that_has_lost_a_slot_is_worked_out_again(folder, monkeypatch) -> None:
    first = shown()
    several = [p for p in files(folder) if len(json.loads(p.read_text())["slots"]) > 1]
    assert several
    for path in several:
        data = json.loads(path.read_text())
        data["slots"].popitem()
        data["sum"] = _sum_of(data["slots"])
        path.write_text(json.dumps(data))
    partials._gapped.cache_clear()
    calls = counted(monkeypatch)
    assert shown() == first
    assert len(calls) == len(several)


def test_what_is_too_long_to_be_written_is_not_kept_by_halves(folder) -> None:
    long = "+".join(f"sin({'sin(' * 60}x{')' * 60})*x^{n}" for n in range(2, 9))
    first = shown(f"input x = 0.3\nloss L = {long}")
    partials._gapped.cache_clear()
    assert shown(f"input x = 0.3\nloss L = {long}") == first
    assert not files(folder)


def test_another_version_is_another_folder_and_the_old_one_goes(folder, monkeypatch) -> None:
    shown()
    old = files(folder)[0].parent
    monkeypatch.setattr("graphgrad.symbolic.derive.kept._versions", lambda: "other")
    partials._gapped.cache_clear()
    shown()
    assert {path.parent.name for path in files(folder)} == {"other"}
    assert not old.exists()


def test_rows_that_were_added_are_not_kept(folder) -> None:
    from dataclasses import replace

    from graphgrad.ops.registry import add_row, remove_row

    add_row(replace(find("tanh"), name="squashed", aliases=()))
    try:
        shown("input x = 1\nloss L = squashed(2*x)")
        assert not files(folder)
    finally:
        remove_row("squashed")


def run(*words: str, home: Path | None, cache: str | None = None) -> subprocess.CompletedProcess:
    env = {k: v for k, v in os.environ.items() if k not in (FOLDER, "HOME", "XDG_CACHE_HOME")}
    if home is not None:
        env["HOME"] = str(home)
    if cache is not None:
        env[FOLDER] = cache
    command = [sys.executable, "-X", "importtime", "-m", "graphgrad", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def loads_sympy(done: subprocess.CompletedProcess) -> bool:
    return any(line.endswith(" sympy") for line in done.stderr.splitlines())


def test_the_second_run_does_not_load_sympy_and_prints_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.gg"
    file.write_text(TEXT)
    first, second = (run("run", str(file), home=tmp_path) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert loads_sympy(first)
    assert not loads_sympy(second)
    assert loads_sympy(run("--no-cache", "run", str(file), home=tmp_path))
    assert loads_sympy(run("run", str(file), home=tmp_path, cache="off"))


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    file = tmp_path / "a.gg"
    file.write_text(TEXT)
    done = run("run", str(file), home=tmp_path, cache="/proc/nothing")
    assert done.returncode == 0
    assert "L" in done.stdout
