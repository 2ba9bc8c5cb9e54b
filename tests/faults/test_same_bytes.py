"""The same input gives the same bytes, whatever the hash seed, locale, folder or kernel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.cases import NEURON, ROOT

pytestmark = pytest.mark.slow
SAMPLES = ROOT / "samples"
WORDS: dict[str, list[str]] = {
    "run": ["run", str(SAMPLES / "mlp_vectorized.gg"), "--json"],
    "table": ["run", str(SAMPLES / "softmax_cross_entropy.gg")],
    "explain": ["explain", str(SAMPLES / "mazur.gg"), "w1"],
    "svg": ["render", str(SAMPLES / "xor_sigmoid.gg"), "-o", "OUT.svg"],
    "html": ["render", str(SAMPLES / "linear_regression.gg"), "-o", "OUT.html"],
    "check": ["check", str(SAMPLES / "mazur.gg"), str(SAMPLES / "mazur.answers.txt")],
    "sheet": ["ex", "sheet", NEURON, "--draw", "7", "-o", "OUT.html"],
    "export": ["ex", "export", NEURON, "--draws", "3", "-o", "OUT.xml"],
}
WORLDS: dict[str, dict[str, str]] = {
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4242": {"PYTHONHASHSEED": "4242"},
    "locale C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "locale of Turkey": {"LC_ALL": "tr_TR.UTF-8"},
    "another folder": {"CWD": "deep"},
    "another time": {"TZ": "Asia/Kathmandu", "SOURCE_DATE_EPOCH": "0"},
    "an old processor": {"OPENBLAS_CORETYPE": "Prescott"},
    "another processor": {"OPENBLAS_CORETYPE": "Haswell"},
    "one thread": {"OPENBLAS_NUM_THREADS": "1"},
    "optimized": {"PYTHONOPTIMIZE": "1"},
}


def made(words: list[str], folder: Path, world: dict[str, str]) -> bytes:
    place = folder / world.get("CWD", ".")
    place.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
        "GRAPHGRAD_LANG": "en",
        "PYTHONHASHSEED": "0",
        **{key: value for key, value in world.items() if key != "CWD"},
    }
    command = [sys.executable, "-m", "graphgrad", *words]
    found = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, timeout=120, check=False
    )
    assert found.returncode in (0, 1), found.stderr[-500:]
    files = b"".join(path.read_bytes() for path in sorted(place.glob("OUT.*")))
    return found.stdout + files


@pytest.mark.parametrize("name", WORDS)
def test_bytes_are_the_same_in_every_world(name: str, tmp_path: Path) -> None:
    right = made(WORDS[name], tmp_path / "right", {})
    assert len(right) > 100
    for number, (world, changes) in enumerate(WORLDS.items()):
        assert made(WORDS[name], tmp_path / str(number), changes) == right, world


def test_line_ends_and_marks_of_windows_change_nothing(tmp_path: Path) -> None:
    source = (SAMPLES / "linear_regression.gg").read_text("utf-8")
    forms = {
        "unix": source.encode(),
        "windows": source.replace("\n", "\r\n").encode(),
        "mac": source.replace("\n", "\r").encode(),
        "mark": b"\xef\xbb\xbf" + source.replace("\n", "\r\n").encode(),
        "utf16": source.replace("\n", "\r\n").encode("utf-16"),
    }
    found = set()
    for name, data in forms.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.gg").write_bytes(data)
        out = made(["run", "a.gg"], folder, {})
        assert b"\r" not in out
        found.add(out)
    assert len(found) == 1


def test_paths_of_windows_are_names_like_others(tmp_path: Path) -> None:
    from pathlib import PureWindowsPath

    from graphgrad.files.reach import _is_below

    assert PureWindowsPath("C:/x/a.csv").is_absolute()
    assert not _is_below("C:\\x", "/tmp") or os.name == "nt"
    folder = tmp_path / "con trol"
    folder.mkdir()
    (folder / "ñ 1.gg").write_text("input x = 3\ny = x^2\n", "utf-8")
    assert b"dy/dx = 6" in made(["run", "ñ 1.gg"], folder, {})
