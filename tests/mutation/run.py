"""Plant small faults and see whether the tests that run their lines notice.

Not part of the tests: run by hand, it takes an hour. What it needs besides the development
environment: ``pip install mutmut==3.8.1 pytest-cov``. Then, from the root of a clean clone::

    python -m tests.mutation.run /tmp/mutation             # 500 mutants, always the same ones
    python -m tests.mutation.run /tmp/mutation --again     # only those that survived
    python -m tests.mutation.run /tmp/mutation --again --learn tests/ops/test_new.py
    python -m tests.mutation.run /tmp/mutation --count 50 --area ops

It copies the commit that is checked out to the folder given, records there which test runs which
line, and plants each fault in that copy. The operators are mutmut's; its runner is not used,
because it plants no fault outside functions, where the rows of ``ops`` and every bound stand, and
starts once per fault what this one starts once: a process that has already imported all libraries
is forked, and the fork runs the tests that cover the line, those of the area first, until one
fails. A fault that needs four times the time of its tests counts as noticed.

Results go to ``results.jsonl`` in the folder, survivors to ``tests/mutation/survivors.md``; those
that change nothing anyone could see are listed with the reason in ``equivalent.toml``.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.mutation.covering import Covering, record
from tests.mutation.mutants import AREAS, Mutant, drawn, texts_of
from tests.mutation.report import Result, equivalent, write_survivors

_COUNT = 500
_MOST_SECONDS = 60.0
_LIBRARIES = (
    "pytest",
    "hypothesis",
    "numpy",
    "numpy.testing",
    "sympy",
    "flint",
    "networkx",
    "click.testing",
    "graphviz",
    "markdown_it",
    "_pytest.doctest",
)
_OPTIONS = (
    "-x",
    "-q",
    "-rfE",
    "-m",
    "",
    "--no-header",
    "--tb=line",
    "--assert=plain",
    "--hypothesis-seed=0",
)
_NO_TESTS = 5
_WITHOUT = ("cacheprovider", "xdist", "cov")


def main() -> None:
    """Draw the mutants, run each, and write what survived."""
    asked = _arguments()
    tree, results = asked.work / "tree", asked.work / "results.jsonl"
    _copy_commit(tree)
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{tree}{os.pathsep}{tree}/tui"}
    if asked.learn or not (asked.work / "coverage.db").exists():
        record(tree, asked.work, asked.learn)
    covering = Covering(tree, asked.work)
    chosen = drawn(tree, asked.count, tuple(asked.area or AREAS))
    known = {} if asked.anew else _read(results)
    alive = {name for name, result in known.items() if result.lives} - equivalent().keys()
    missing = [m for m in chosen if m.name not in known or (asked.again and m.name in alive)]
    for library in _LIBRARIES:
        importlib.import_module(library)
    gc.freeze()  # else each fork spends half a second on looking through what it shares
    for count, (mutant, text) in enumerate(texts_of(tree, missing), 1):
        known[mutant.name] = result = _tried(tree, covering, mutant, text, asked.work)
        with results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result._asdict()) + "\n")
        where = f"{mutant.path}:{mutant.line}"
        print(
            f"{count}/{len(missing)} {result.status:9} {result.seconds:5.1f}s {where}", flush=True
        )
    write_survivors([(m, known[m.name]) for m in chosen if m.name in known])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=lambda text: Path(text).resolve(), help="folder to work in")
    parser.add_argument("--count", type=int, default=_COUNT, help="how many mutants to draw")
    parser.add_argument("--area", action="append", choices=AREAS, help="only this area")
    parser.add_argument("--again", action="store_true", help="run survivors again")
    learn = "test files that are new, to record what they run"
    parser.add_argument("--learn", nargs="*", default=[], metavar="FILE", help=learn)
    parser.add_argument("--anew", action="store_true", help="run all again")
    return parser.parse_args()


def _copy_commit(tree: Path) -> None:
    """Lay a copy of the commit into the folder, compiled so that only changed files count."""
    tree.mkdir(parents=True, exist_ok=True)
    archive = subprocess.run(["git", "archive", "HEAD"], capture_output=True, check=True)
    subprocess.run(["tar", "x", "-C", str(tree)], input=archive.stdout, check=True)
    compiling = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash"]
    subprocess.run([*compiling, "graphgrad", "tui", "tests"], cwd=tree, check=True)


def _read(results: Path) -> dict[str, Result]:
    if not results.exists():
        return {}
    lines = results.read_text("utf-8").splitlines()
    return {row["name"]: Result(**row) for row in map(json.loads, lines)}


def _tried(tree: Path, covering: Covering, mutant: Mutant, text: str, work: Path) -> Result:
    """Plant one fault, run its tests, and take it out again."""
    file = tree / mutant.path
    sound, start = file.read_text("utf-8"), time.monotonic()
    log, ran, status = work / "last.log", 0, "uncovered"
    file.write_text(text, "utf-8")
    try:
        for tests in covering.near_and_far(mutant, _MOST_SECONDS):
            if tests:
                ran += len(tests)
                expected = sum(map(covering.cost, tests))
                status = _forked(tree, tests, min(60, int(20 + 4 * expected)), log)
            if status in ("noticed", "slow"):
                break
    finally:
        file.write_text(sound, "utf-8")
    failed = [
        line for line in log.read_text("utf-8").splitlines() if line[:6] in ("FAILED", "ERROR ")
    ]
    by = failed[0].partition(" - ")[0] if status == "noticed" and failed else ""
    return Result(mutant.name, status, ran, round(time.monotonic() - start, 1), by)


def _forked(tree: Path, tests: list[str], limit: int, log: Path) -> str:
    """Run tests in a fork of this process; tell how they ended."""
    child = os.fork()
    if not child:
        os.setsid()
        _in_child(tree, tests, limit, log)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if os.WIFSIGNALED(status):
        return "slow"
    return "lives" if os.WEXITSTATUS(status) in (0, _NO_TESTS) else "noticed"


def _in_child(tree: Path, tests: list[str], limit: int, log: Path) -> None:
    """Become pytest in the copy, with a limit to the time and the memory that a fault may take."""
    status = 1
    try:
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        signal.alarm(5 * limit)
        sys.dont_write_bytecode = True
        os.chdir(tree)
        for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
            del sys.modules[name]
        sys.path[:0] = [str(tree), str(tree / "tui")]
        import pytest

        without = [option for name in _WITHOUT for option in ("-p", f"no:{name}")]
        status = int(pytest.main([*_OPTIONS, *without, *tests]))
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
