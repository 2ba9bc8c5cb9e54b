"""Write the derivatives that come with the program: those of the samples and of single ops.

    python -m tests.symbolic.shipped

Each sample is run as a command with a cache of its own; what it leaves there is what is shipped.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from graphgrad.files.cache_folder import FOLDER
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise
from graphgrad.symbolic.derive.kept import SHIPPED

__all__ = ["derived", "samples", "texts"]

ROOT = Path(__file__).parents[2]
_COMMON = (
    "z = w*x + b", "z = w1*x1 + w2*x2 + b", "z = w1*x1 + w2*x2 + w3*x3 + b", "a = sigmoid(w*x + b)",
    "a = tanh(w*x + b)", "a = relu(w*x + b)", "a = tanh(w1*x1 + w2*x2 + b)",
    "a = sigmoid(w1*x1 + w2*x2 + b)", "a = relu(w1*x1 + w2*x2 + b)", "L = (a - y)^2",
    "L = 1/2*(a - y)^2", "L = (a - y)^2/2", "L = -(y*log(a) + (1 - y)*log(1 - a))",
    "L = -y*log(a) - (1 - y)*log(1 - a)", "L = (w*x + b - y)^2", "c = a*b", "d = a + b",
    "d = a - b",
    "q = a/b", "e = x^2 + y^2", "f = x*y + sin(x)", "s = 1/(1 + exp(-z))", "L = log(1 + exp(-y*z))",
)  # fmt: skip


def samples() -> list[Path]:
    """Return the files that are run."""
    return sorted((ROOT / "samples").glob("*.gg"))


def texts() -> list[str]:
    """Return formulas of lectures, and every op entry by entry on numbers."""
    found = list(_COMMON)
    for row in ROWS:
        if isinstance(row, Elementwise) and not row.variadic:
            names = ", ".join("abc"[: len(row.arguments)])
            if not any(setting.default is None for setting in row.settings):
                found.append(f"y = {row.name}({names})")
    return found


def derived(files: Iterable[Path], formulas: Iterable[str]) -> dict[str, str]:
    """Return what is kept of files and formulas that are run, by key, nothing being shipped."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {FOLDER: folder}
        script = (
            "import sys, json\n"
            "from graphgrad.symbolic.derive import kept\n"
            "kept._shipped = lambda: {}\n"
            "from click.testing import CliRunner\n"
            "from graphgrad.cli.program import program\n"
            "for words in json.load(sys.stdin):\n"
            "    CliRunner().invoke(program, words)\n"
        )
        calls = [["run", str(file)] for file in files]
        for formula in formulas:
            calls += [["run", "-e", formula, *_point(formula)]]
        subprocess.run(
            [sys.executable, "-c", script],
            input=json.dumps(calls), env=environment, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        found = sorted(Path(folder).rglob("*.json"))
        return {file.stem: file.read_text("utf-8") for file in found}


def _point(formula: str) -> list[str]:
    """Return values for all names of a formula, so that it can be run."""
    import re

    body = formula.partition("=")[2]
    names = dict.fromkeys(re.findall(r"\b[a-z]\w*\b(?!\()", body))
    words = []
    for place, name in enumerate(names):
        words += ["--set", f"{name}=0.{place + 3}"]
    return words


def main() -> None:
    """Write the file."""
    found = derived(samples(), texts())
    lines = [f" {json.dumps(key)}: {json.dumps(told)}" for key, told in sorted(found.items())]
    SHIPPED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    sys.stdout.write(f"{len(found)} derivatives, {SHIPPED.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
