"""Write the same things in different worlds: hash seeds, locales, folders, kernels, Pythons.

``python -m tests.faults.worlds`` prints a digest per command, all made by one process, so that a
world costs one start. ``python -m tests.faults.worlds --all [PYTHON ...]`` compares the worlds, and
the Pythons named, each with graphgrad's libraries installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

__all__ = ["WORDS", "WORLDS", "digests", "digests_in", "pythons"]

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
NEURON = str(SAMPLES / "exercises" / "sigmoid_neuron.md")
WORDS: dict[str, list[str]] = {
    "run": ["run", str(SAMPLES / "mlp_vectorized.gg"), "--json"],
    "table": ["run", str(SAMPLES / "softmax_cross_entropy.gg")],
    "explain": ["explain", str(SAMPLES / "mazur.gg"), "w1"],
    "train": ["train", str(SAMPLES / "xor_sigmoid.gg"), "--steps", "20", "--json"],
    "svg": ["render", str(SAMPLES / "xor_sigmoid.gg"), "-o", "OUT.svg"],
    "html": ["render", str(SAMPLES / "linear_regression.gg"), "-o", "OUT.html"],
    "tex": ["render", str(SAMPLES / "linear_regression.gg"), "-o", "OUT.tex"],
    "neurons": ["render", str(SAMPLES / "quartic.gg"), "-o", "OUT.svg", "--style", "neurons"],
    "slide": ["render", str(SAMPLES / "perceptron.gg"), "-o", "OUT.tex", "--fit", "beamer169"],
    "check": ["check", str(SAMPLES / "mazur.gg"), str(SAMPLES / "mazur.answers.txt")],
    "sheet": ["ex", "sheet", NEURON, "--draw", "7", "-o", "OUT2.html"],
    "export": ["ex", "export", NEURON, "--draws", "3", "-o", "OUT.xml"],
}
WORLDS: dict[str, dict[str, str]] = {
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4242": {"PYTHONHASHSEED": "4242"},
    "locale C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "locale of Turkey": {"LC_ALL": "tr_TR.UTF-8"},
    "another folder": {"CWD": "deep/er ñ"},
    "another time": {"TZ": "Asia/Kathmandu", "SOURCE_DATE_EPOCH": "0"},
    "an old processor": {"OPENBLAS_CORETYPE": "Prescott"},
    "another processor": {"OPENBLAS_CORETYPE": "Haswell"},
    "one thread": {"OPENBLAS_NUM_THREADS": "1"},
    "optimized": {"PYTHONOPTIMIZE": "1"},
}
GIVEN = "GRAPHGRAD_PYTHONS"


def digests() -> dict[str, str]:
    """Return a digest of what each command prints and writes, in this process and folder."""
    from graphgrad.cli.program import program

    found = {}
    for name, words in WORDS.items():
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            try:
                program.main(words)
            except SystemExit as stop:
                status = stop.code
        written = b"".join(path.read_bytes() for path in sorted(Path().glob("OUT*")))
        for path in Path().glob("OUT*"):
            path.unlink()
        data = out.getvalue().encode() + written
        found[name] = f"{status} {len(data)} {hashlib.sha256(data).hexdigest()[:16]}"
    return found


def digests_in(world: dict[str, str], python: str = sys.executable) -> dict[str, str]:
    """Return the digests that a process of another world prints."""
    with tempfile.TemporaryDirectory() as top:
        place = Path(top) / world.get("CWD", ".")
        place.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
            "GRAPHGRAD_LANG": "en",
            "PYTHONHASHSEED": "0",
            **{key: value for key, value in world.items() if key != "CWD"},
        }
        done = subprocess.run(
            [python, "-m", "tests.faults.worlds"],
            cwd=place,
            env=environment,
            capture_output=True,
            timeout=300,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-800:])
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def pythons() -> dict[str, str]:
    """Return the other Pythons that the environment names, by version."""
    found = {}
    for path in filter(None, os.environ.get(GIVEN, "").split(os.pathsep)):
        asked = [path, "-c", "import platform; print(platform.python_version())"]
        found[f"Python {subprocess.check_output(asked, text=True).strip()}"] = path
    return found


def compared() -> Iterable[tuple[str, list[str]]]:
    """Yield each world, and the commands that print or write other bytes there."""
    right = digests_in({})
    every = [(name, world, sys.executable) for name, world in WORLDS.items()]
    every += [(name, {}, path) for name, path in pythons().items()]
    for name, world, python in every:
        found = digests_in(world, python)
        yield name, [word for word in WORDS if found[word] != right[word]]


if __name__ == "__main__":
    if "--all" in sys.argv:
        for world, apart in compared():
            sys.stdout.write(f"{world}: {', '.join(apart) or 'the same'}\n")
    else:
        sys.stdout.write(json.dumps(digests()) + "\n")
