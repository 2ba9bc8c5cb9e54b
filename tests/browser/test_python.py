"""The page's Python, run by Node.js: every sample has the numbers that it has here.

The samples are computed with other libraries below them (musl's functions, NumPy 2.0), so numbers
may differ in their last places: compared to 1e-12 of their size.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from browser.build import ROOT

from .passes import found_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.exe,
    pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm, which fetches Pyodide"),
]
HERE = Path(__file__).parent
_SAME = 1e-12


def in_node(page: Path, script: Path, *late: str) -> Any:
    command = ["node", str(HERE / "in_node.mjs"), str(page), str(script), *late]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def texts() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*.gg"))}


def differing(found: Any, wanted: Any, place: str = "") -> list[str]:
    """Return where two nests of numbers differ."""
    if isinstance(wanted, dict):
        assert found.keys() == wanted.keys(), place
        return [d for key in wanted for d in differing(found[key], wanted[key], f"{place}.{key}")]
    if isinstance(wanted, list):
        assert len(found) == len(wanted), place
        pairs = zip(found, wanted, strict=True)
        return [d for at, (a, b) in enumerate(pairs) for d in differing(a, b, f"{place}[{at}]")]
    same = found == wanted or abs(found - wanted) <= _SAME * max(1.0, abs(wanted))
    return [] if same else [f"{place}: {found} is not {wanted}"]


def test_with_numpy_every_sample_has_the_same_numbers(page: Path) -> None:
    found = in_node(page, HERE / "passes.py", "numpy")
    assert differing(found, {name: found_in(text) for name, text in texts().items()}) == []


def test_without_numpy_numbers_are_the_same_and_arrays_are_refused_in_our_words(page: Path) -> None:
    found = in_node(page, HERE / "passes.py")
    refused = {name for name, told in found.items() if told == "browser.no_numpy"}
    computed = {name: told for name, told in found.items() if name not in refused}
    assert {"colah", "mazur", "linear_regression", "three_paths"} <= computed.keys()
    assert {"rnn_bptt", "xor_mlp", "attention"} <= refused
    wanted = {name: found_in(text) for name, text in texts().items() if name in computed}
    assert differing(computed, wanted) == []
    arrays = [v for told in computed.values() for v, _ in told.values() if isinstance(v, list)]
    assert arrays == []
