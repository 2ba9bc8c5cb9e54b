"""Record which tests run which lines, and choose the tests that a mutant has to pass."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from coverage import CoverageData

from tests.mutation.mutants import AREAS, Mutant

__all__ = ["Covering", "record"]

_SETTINGS = "[run]\nsource = {source}\ndata_file = {data}\n"
_FAR = ("tests/tui", "tests/views", "tests/golden_outputs", "tests/architecture")
_DURATION = re.compile(r"^(\d+\.\d+)s (call|setup|teardown) +(.+)$", re.MULTILINE)
_UNSEEN = 0.005
"""pytest lists no test that is quicker."""


def record(tree: Path, work: Path, tests: Sequence[str] = ()) -> None:
    """Run tests and keep which ran which line, beside what is known already.

    Args:
        tree: the copy of the repository.
        work: where to keep it.
        tests: which; if there are none, the quick set but for the screens and figures.
    """
    settings = work / "coverage.ini"
    source = ",".join(f"graphgrad/{area}" for area in AREAS)
    settings.write_text(_SETTINGS.format(source=source, data=work / "coverage.db"), "utf-8")
    options = ["-q", "-p", "no:cacheprovider", "--durations=0", "--cov", "--cov-context=test"]
    options += [f"--cov-config={settings}", "--cov-report="]
    options += ["--cov-append", *(f"--ignore={folder}" for folder in _FAR)]
    command = [sys.executable, "-m", "pytest", *(tests or ("tests", "graphgrad")), *options]
    with (work / "coverage.log").open("a", encoding="utf-8") as log:
        subprocess.run(command, cwd=tree, stdout=log, stderr=log, check=True)


class Covering:
    """The tests of every line."""

    def __init__(self, tree: Path, work: Path) -> None:
        self.tree = tree
        self.data = CoverageData(str(work / "coverage.db"))
        self.data.read()
        log = (work / "coverage.log").read_text("utf-8")
        last = {(test, phase): float(told) for told, phase, test in _DURATION.findall(log)}
        self.seconds: dict[str, float] = {}
        for (test, _), seconds in last.items():
            self.seconds[test] = self.seconds.get(test, 0) + seconds
        self._by_file: dict[str, dict[int, list[str]]] = {}

    def near_and_far(self, mutant: Mutant, most_seconds: float) -> tuple[list[str], list[str]]:
        """Return tests to run, those of the mutant's own area and the others, by file.

        Args:
            mutant: the fault.
            most_seconds: how long the tests of each part may take in all.
        """
        area = mutant.path.split("/")[1]
        own = (f"tests/{area}", f"graphgrad/{area}")
        tests = self._tests(mutant)
        near = {test for test in tests if test.startswith(own)}
        breadth = Counter(_each(self._lines(mutant.path).values()))
        return (
            self._affordable(near, breadth, most_seconds),
            self._affordable(tests - near, breadth, most_seconds),
        )

    def cost(self, test: str) -> float:
        """Return how many seconds a test took."""
        return self.seconds.get(test, _UNSEEN)

    def _affordable(
        self, tests: set[str], breadth: Mapping[str, int], most_seconds: float
    ) -> list[str]:
        """Return the quickest tests for half of the time, then those that run most of the file."""
        kept: set[str] = set()
        left = most_seconds
        quick = sorted(tests, key=self.cost)
        broad = sorted(tests, key=lambda test: -breadth[test])
        for order, least in ((quick, most_seconds / 2), (broad, 0.0)):
            for test in order:
                if test not in kept and left - self.cost(test) >= least:
                    kept.add(test)
                    left -= self.cost(test)
        return sorted(kept, key=lambda test: test.partition("::")[0])

    def _tests(self, mutant: Mutant) -> set[str]:
        """Return the tests that run a line of the mutant.

        What runs on import belongs to the test that happened to import it: there the tests of the
        whole file are taken, and all of its area, for data may be read without running a line.
        """
        lines = self._lines(mutant.path)
        if not _in_function(mutant):
            area = f"tests/{mutant.path.split('/')[1]}/"
            every = _named([sorted(self.data.measured_contexts())])
            return _named(lines.values()) | {test for test in every if test.startswith(area)}
        return _named(lines.get(k, []) for k in range(mutant.line, mutant.end + 1))

    def _lines(self, path: str) -> dict[int, list[str]]:
        if path not in self._by_file:
            self._by_file[path] = self.data.contexts_by_lineno(str(self.tree / path))
        return self._by_file[path]


def _in_function(mutant: Mutant) -> bool:
    """Tell whether the mutant stands in a function: classes here have names in upper case."""
    return bool(mutant.scope) and not mutant.scope.rpartition(".")[2].lstrip("_")[0].isupper()


def _named(contexts: Iterable[list[str]]) -> set[str]:
    return set(_each(contexts))


def _each(contexts: Iterable[list[str]]) -> Iterator[str]:
    """Yield the tests of every line."""
    return (context.rpartition("|")[0] for group in contexts for context in group if context)
