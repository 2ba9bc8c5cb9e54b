"""The same input gives the same bytes, whatever the hash seed, locale, folder or kernel."""

from __future__ import annotations

import ntpath
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.faults.worlds import GIVEN, ROOT, SAMPLES, WORDS, WORLDS, digests_in, pythons

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def right() -> dict[str, str]:
    return digests_in({})


def made(words: list[str], folder: Path) -> bytes:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
        "GRAPHGRAD_LANG": "en",
    }
    command = [sys.executable, "-m", "graphgrad", *words]
    found = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=120, check=False
    )
    assert found.returncode in (0, 1), found.stderr[-500:]
    return found.stdout


@pytest.mark.parametrize("world", WORLDS)
def test_bytes_are_the_same_in_every_world(world: str, right: dict[str, str]) -> None:
    assert set(right) == set(WORDS)
    assert all(told.startswith("0 ") and int(told.split()[1]) > 500 for told in right.values())
    assert digests_in(WORLDS[world]) == right


def test_bytes_are_the_same_under_every_python(right: dict[str, str]) -> None:
    if not pythons():
        pytest.skip(f"no other Python is named in {GIVEN}")
    for version, path in pythons().items():
        assert digests_in({}, path) == right, version


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
        out = made(["run", "a.gg"], folder)
        assert b"\r" not in out
        found.add(out)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("a.csv", True),
        ("deep\\a.csv", True),
        ("deep/a.csv", True),
        (".\\a.csv", True),
        ("deep\\..\\a.csv", True),
        ("c:\\CLASS\\a.csv", True),
        ("..\\a.csv", False),
        ("../a.csv", False),
        ("deep\\..\\..\\a.csv", False),
        ("C:\\Users\\a.csv", False),
        ("C:\\class2\\a.csv", False),
        ("D:\\class\\a.csv", False),
        ("\\a.csv", False),
        ("\\\\server\\share\\a.csv", False),
        ("\\\\?\\C:\\Windows\\a.csv", False),
        ("//server/share/a.csv", False),
    ],
)
def test_names_in_files_stay_in_the_folder_by_the_rules_of_windows(
    name: str, inside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graphgrad.files import reach

    monkeypatch.setattr(reach, "os", SimpleNamespace(path=ntpath, environ={}))
    place = ntpath.normpath(ntpath.join("C:\\class", name))
    assert reach._is_below(place, "C:\\class") is inside


def test_a_name_with_blanks_and_accents_is_a_name_like_others(tmp_path: Path) -> None:
    folder = tmp_path / "con trol"
    folder.mkdir()
    (folder / "ñ 1.gg").write_text("input x = 3\ny = x^2\n", "utf-8")
    assert b"dy/dx = 6" in made(["run", "ñ 1.gg"], folder)
