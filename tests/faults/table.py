"""Write the tables of `docs/reliability.md` from what the tests hold and what was recorded.

``python -m tests.faults.table`` writes the page anew; with ``--record`` it first tries every
command under every fault and world (ten minutes), and records what came in ``results.json``.
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults.cases import COMMANDS, FAULTS, run
from tests.faults.worlds import compared
from tests.security.budgets import BUDGETS

__all__ = ["PAGE", "parts"]

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
RESULTS = Path(__file__).with_name("results.json")
_KEEPS = {"old": "the old one", "old or new": "the old one, or the new one, whole"}
DELAYS = (0.05, 0.3, 0.6, 0.9, 1.3, 1.8)
"""Seconds after which a command is killed or interrupted."""


def parts() -> dict[str, list[str]]:
    """Return the lines of each table of the page, by name."""
    results: dict[str, Any] = json.loads(RESULTS.read_text("utf-8"))
    return {
        "faults": _faults(results["faults"]),
        "worlds": _worlds(results["worlds"], results["python"]),
        "budgets": _budgets(),
    }


def _faults(came: dict[str, dict[str, int]]) -> list[str]:
    lines = [
        "| fault | what goes wrong | the file that was there is | exit status | times each came |",
        "|---|---|---|---|---|",
    ]
    for name, fault in FAULTS.items():
        shown = ", ".join(_status(status) for status in fault.statuses)
        times = ", ".join(f"{_status(int(s))}: {n}" for s, n in came[name].items())
        lines.append(f"| {name} | {fault.told} | {_KEEPS[fault.keeps]} | {shown} | {times} |")
    return [*lines, "", f"Tried on: {', '.join(COMMANDS)}."]


def _worlds(came: dict[str, str], python: str) -> list[str]:
    lines = [f"| world, against Python {python} | bytes |", "|---|---|"]
    return lines + [f"| {world} | {told} |" for world, told in came.items()]


def _budgets() -> list[str]:
    lines = ["| where | what is bounded | limit | what is said |", "|---|---|---|---|"]
    for budget in BUDGETS:
        lines.append(f"| {budget.where} | {budget.what} | {budget.limit} | {budget.told()} |")
    return lines


def _status(status: int) -> str:
    return f"killed by signal {-status}" if status < 0 else str(status)


def recorded() -> dict[str, Any]:
    """Try everything, and return what came."""
    faults: dict[str, dict[str, int]] = {}
    for name, fault in FAULTS.items():
        came: Counter[str] = Counter()
        for command in COMMANDS:
            for delay in DELAYS if fault.signal else (0.0,):
                with tempfile.TemporaryDirectory() as folder:
                    came[str(run(command, fault, Path(folder), delay).status)] += 1
        faults[name] = dict(sorted(came.items()))
        sys.stderr.write(f"{name}: {faults[name]}\n")
    worlds = {world: ", ".join(apart) or "the same" for world, apart in compared()}
    return {"python": platform.python_version(), "faults": faults, "worlds": worlds}


def written() -> str:
    """Return the page with its tables anew."""
    text = PAGE.read_text("utf-8")
    for name, lines in parts().items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        assert mark, name
        assert end, name
        text = before + mark + "\n".join(lines) + "\n" + end + after
    return text


if __name__ == "__main__":
    if "--record" in sys.argv:
        RESULTS.write_text(json.dumps(recorded(), indent=1) + "\n", "utf-8")
    PAGE.write_text(written(), "utf-8")
