"""Write the list of survivors."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from tests.mutation.mutants import Mutant

__all__ = ["Result", "equivalent", "write_survivors"]

_HERE = Path(__file__).parent
_HEADING = """# Faults that no test noticed

Written by `python -m tests.mutation.run`; not to be edited. Mutants that change nothing anyone
could see stand in `equivalent.toml` with the reason and do not count.

"""


class Result(NamedTuple):
    """How a mutant fared.

    Attributes:
        name: the mutant.
        status: noticed, slow (which counts as noticed), lives or uncovered.
        tests: how many tests were to run.
        seconds: how long they took, until one failed.
        by: the test that failed first.
    """

    name: str
    status: str
    tests: int
    seconds: float
    by: str

    @property
    def lives(self) -> bool:
        """Tell whether no test noticed."""
        return self.status in ("lives", "uncovered")


def equivalent() -> dict[str, str]:
    """Return the reasons why some mutants change nothing anyone could see."""
    return tomllib.loads((_HERE / "equivalent.toml").read_text("utf-8"))


def write_survivors(tried: list[tuple[Mutant, Result]]) -> None:
    """Write a table of areas and the list of survivors."""
    reasons = equivalent()
    counted = [(m, r) for m, r in tried if m.name not in reasons]
    lines = ["| area | mutants | equivalent | survivors | share |", "|---|---|---|---|---|"]
    for area, group in (("all", tried), *_by_area(tried)):
        kept = [r for m, r in group if m.name not in reasons]
        alive = sum(r.lives for r in kept)
        share = f"{100 * alive / max(1, len(kept)):.1f} %"
        lines.append(f"| {area} | {len(group)} | {len(group) - len(kept)} | {alive} | {share} |")
    lines.append("")
    for mutant, result in counted:
        if result.lives:
            lines += [f"- `{mutant.path}:{mutant.line}` in `{mutant.scope or 'module'}`"]
            lines[-1] += f" ({mutant.name}, {result.status}, {result.tests} tests)"
            lines += ["", "  ```diff", *_changed(mutant), "  ```", ""]
    (_HERE / "survivors.md").write_text(_HEADING + "\n".join(lines).rstrip() + "\n", "utf-8")


def _by_area(tried: list[tuple[Mutant, Result]]) -> list[tuple[str, list[tuple[Mutant, Result]]]]:
    groups: dict[str, list[tuple[Mutant, Result]]] = {}
    for mutant, result in tried:
        area = mutant.path.rpartition("/")[0].removeprefix("graphgrad/")
        groups.setdefault(area, []).append((mutant, result))
    return sorted(groups.items())


def _changed(mutant: Mutant) -> list[str]:
    """Return the lines of the fault that differ, before and after."""
    before, after = mutant.before.splitlines(), mutant.after.splitlines()
    gone = [line for line in before if line not in after] or before
    new = [line for line in after if line not in before] or after
    return [f"  - {line.strip()}" for line in gone] + [f"  + {line.strip()}" for line in new]
