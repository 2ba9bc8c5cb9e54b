"""Run every race once and write down what came out: the README's table and the curves of growth.

    python -m tests.benchmarks.record            # run, and write record.json, README.md, growth.svg
    python -m tests.benchmarks.record --written  # write both again from record.json
    python -m tests.benchmarks.record --worse    # run the quick races; 1 if a ratio has worsened

Where PyTorch, micrograd and JAX can be imported, their times stand in the table; GRAPHGRAD_PEERS
may name the folders of packages where they are.
The shortest processor time of each step counts, turns alternate, and ratios are of one run.
"""

from __future__ import annotations

import datetime
import json
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.benchmarks.races import RACES, Race

# isort: split

from graphgrad.views.plots.plot import Series, curve
from graphgrad.views.plots.plot_svg import plot_svg
from tests.benchmarks import growth
from tests.benchmarks.bench_eager import shortest

__all__ = ["growth_svg", "kept", "table"]

ROOT = Path(__file__).parents[2]
RECORD = Path(__file__).with_name("record.json")
README = ROOT / "README.md"
PASSES = ("record and backward", "freeze", "run", "steps", "gradient graph")
GROWTH = {True: ROOT / "docs" / "growth.svg", False: ROOT / "docs" / "growth_text.svg"}
"""Where the pictures are: of the passes over graphs, and of reading, writing and drawing."""
BEGIN, END = "<!-- benchmarks -->", "<!-- end of benchmarks -->"
PACKAGES = ("numpy", "llvmlite", "torch", "micrograd", "jax")
WORSE = 1.5
"""By how much a ratio may be worse than the record before it counts as broken."""
TRIES = 3


def measured(race: Race) -> dict[str, Any] | None:
    """Return a row of the record; None where something it needs is missing."""
    steps = race.steps()
    if not steps:
        return None
    times = shortest(steps, race.rounds)
    return {"task": race.task, "at_most": race.at_most, "seconds": times}


def ratio(row: dict[str, Any]) -> float:
    """Return our time as a ratio to the floor, which comes second."""
    ours, floor, *_ = row["seconds"].values()
    return float(ours / floor)


def run() -> dict[str, Any]:
    """Return a whole record."""
    rows = []
    for race in RACES:
        row = measured(race)
        if row is None:
            print(f"{race.task}: left out, something it needs is not installed", flush=True)
            continue
        rows.append(row)
        print(f"{race.task:46} {ratio(row):7.2f}  at most {race.at_most:g}", flush=True)
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": _machine(),
        "versions": _versions(),
        "rows": rows,
        "growth": growth.curves(),
    }


def _machine() -> str:
    model = platform.processor() or platform.machine()
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return f"{model}, {platform.system()}"
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return f"{names[0] if names else model}, one thread, {platform.system()}"


def _versions() -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def kept() -> dict[str, Any]:
    """Return the record that is kept."""
    found: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def table(record: dict[str, Any]) -> str:
    """Return the README's table of a record."""
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    lines = [
        f"Measured on {record['date']} in one run ({record['machine']};",
        f"{versions}): the shortest",
        "processor time of a step of each. The ratio is ours to the floor's: below 1 is faster.",
        "",
        "| work | ours | floor | ratio | promised | others |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for row in record["rows"]:
        (_, ours), (floor, least), *others = row["seconds"].items()
        told = ", ".join(f"{name} {_time(seconds)}" for name, seconds in others)
        found = ratio(row)
        missed = "" if found <= row["at_most"] else " **missed**"
        lines.append(
            f"| {row['task']} | {_time(ours)} | {_time(least)} {floor} | {found:.2f} | "
            f"≤ {row['at_most']:g}{missed} | {told} |"
        )
    return "\n".join(lines)


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def growth_svg(record: dict[str, Any], *, passes: bool) -> bytes:
    """Return a picture of how times grow."""
    series = [
        Series(name, tuple(points[0]), tuple(1e6 * s / n for n, s in zip(*points, strict=True)))
        for name, points in record["growth"].items()
        if (name in PASSES) == passes
    ]
    what = "an operation" if passes else "a line"
    title, along = f"Microseconds {what}", f"{what.split()[1]}s"
    return plot_svg(curve(series, title=title, x=along, y="us", log=True))


def write(record: dict[str, Any]) -> None:
    """Write the table and the picture of a record."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{table(record)}\n{END}{after}", encoding="utf-8")
    for passes, path in GROWTH.items():
        path.write_bytes(growth_svg(record, passes=passes))


def worse() -> int:
    """Run the quick races and say which ratios are worse than recorded by more than half."""
    recorded = {row["task"]: ratio(row) for row in kept()["rows"]}
    failed = 0
    for race in RACES:
        if not race.quick or race.task not in recorded:
            continue
        allowed, found = recorded[race.task] * WORSE, float("inf")
        for _ in range(TRIES):
            row = measured(race)
            found = found if row is None else min(found, ratio(row))
            if found <= allowed:
                break
        fine = found <= allowed
        failed += not fine
        print(
            f"{race.task:46} {found:7.2f}  recorded {recorded[race.task]:.2f}, at most "
            f"{allowed:.2f}{'' if fine else '  WORSE'}",
            flush=True,
        )
    return int(failed > 0)


def main(words: list[str]) -> int:
    """Run what is asked for."""
    if words == ["--worse"]:
        return worse()
    if words != ["--written"]:
        RECORD.write_text(json.dumps(run(), indent=1) + "\n", encoding="utf-8")
    write(kept())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
