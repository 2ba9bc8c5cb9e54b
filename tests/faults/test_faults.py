"""Every command that writes, under everything that can go wrong around it.

Nothing half-written, the old file as it was, a message and a status that are documented. What the
tests find is the table of `docs/reliability.md`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import pytest

from tests.faults.cases import COMMANDS, FAULTS, NEURON, ROOT, Outcome, can_be_read_only, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of Unix"),
]
DELAYS = (0.05, 0.3, 0.6, 0.9, 1.3, 1.8)
PAGE = ROOT / "docs" / "reliability.md"


@cache
def whole(name: str) -> bytes:
    """Return what a command writes when nothing goes wrong."""
    with TemporaryDirectory() as folder:
        nothing = FAULTS["no home"]._replace(environment=MappingProxyType({}))
        found = run(name, nothing, Path(folder))
    assert found.status in (0, 1), found.stderr
    written = found.files[COMMANDS[name].target]
    assert written != COMMANDS[name].old
    return written


def check(name: str, fault: str, found: Outcome, right: bytes) -> None:
    expected = FAULTS[fault]
    assert found.status in expected.statuses, (found.status, found.stderr[-800:])
    starting = fault == "Ctrl-C" and "graphgrad/cli" not in found.stderr  # Python itself was
    assert "Traceback" not in found.stderr or starting, found.stderr[-2000:]
    assert "own mistake" not in found.stderr
    target = found.files[COMMANDS[name].target]
    old = COMMANDS[name].old
    allowed = (old,) if expected.keeps == "old" else (old, right)
    assert target in allowed, target[:80]
    if fault != "kill -9":  # of which a file .graphgrad-*.part may remain, never under its name
        assert not [path for path in found.files if path.endswith(".part")]
    if found.status in (4, 6):
        assert found.stderr.startswith("error: ")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if not fault.signal])
def test_faults(name: str, fault: str, tmp_path: Path) -> None:
    if fault == "read-only folder" and not can_be_read_only():
        pytest.skip("for this user no folder is read-only")
    right = whole(name)
    folder = tmp_path / "faulty"
    folder.mkdir()
    check(name, fault, run(name, FAULTS[fault], folder), right)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("fault", ["kill -9", "Ctrl-C"])
def test_signals_at_any_moment(name: str, fault: str, tmp_path: Path) -> None:
    right = whole(name)
    for number, delay in enumerate(DELAYS):
        folder = tmp_path / f"at{number}"
        folder.mkdir()
        check(name, fault, run(name, FAULTS[fault], folder, delay), right)


def test_two_gradings_at_once_leave_one_whole_result(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    for number in range(6):
        (tmp_path / "answers" / f"A{number}.txt").write_text("z = 0,25\n", "utf-8")
    words = ["ex", "grade", NEURON, "answers", "--draw", "1", "--workers", "1", "-o", "marks"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}"}
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "graphgrad", *words],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ends = [(process.communicate(timeout=120)[1], process.returncode) for process in both]
    assert all(status in (0, 4) for _, status in ends), ends
    assert any(status == 0 for _, status in ends)
    rows = (tmp_path / "marks" / "marks.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 7
    assert not list((tmp_path / "marks").glob(".*"))


def test_the_page_holds_the_tables_as_the_tests_have_them() -> None:
    from tests.faults.table import parts

    text = PAGE.read_text("utf-8")
    for name, lines in parts().items():
        told = text.partition(f"<!-- {name} -->\n")[2].partition("<!-- end -->")[0]
        assert told.strip().split("\n") == list(lines), "run: python -m tests.faults.table"
