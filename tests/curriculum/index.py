"""Write `samples/INDEX.md`: each row of the curriculum, how it is seen, the tests named after it.

    python -m tests.curriculum.index

The rows are those of `tests/data/curriculum.csv`: *works* is what the courses ask for, *see* a
command line, words of Python, or why the row is out of scope.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["INDEX", "ROWS", "Row", "files_by_row", "index_text", "untested"]

ROOT: Final = Path(__file__).parents[2]
INDEX: Final = ROOT / "samples" / "INDEX.md"
TABLE: Final = ROOT / "tests" / "data" / "curriculum.csv"
_NAMED = re.compile(r"^def (test_((?:[A-Z]\d\d_)+(?:and_|to_)?(?:[A-Z]\d\d_)*)\w*)", re.MULTILINE)


class Row(NamedTuple):
    """A row of the curriculum."""

    row: str
    tier: str
    notion: str
    works: str
    see: str

    @property
    def out_of_scope(self) -> bool:
        """Tell whether nothing of the row is to be shown."""
        return self.see.startswith("Out of scope")


with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS: Final = tuple(Row(**row) for row in csv.DictReader(_file))

GROUPS: Final = {
    "G": "Graphs, chain rule, backpropagation", "A": "Activations", "L": "Losses",
    "N": "Architectures", "D": "Descent", "O": "Optimizers", "S": "Schedules",
    "I": "Initial values", "Z": "Normalisation", "R": "Regularisation", "P": "Pathologies",
    "C": "Convolution, recurrence, embedding, attention", "K": "Risk", "X": "Exercises",
}  # fmt: skip


def files_by_row() -> dict[str, list[str]]:
    """Return the files with tests named after each row, in the order of their names."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for _, ids in _NAMED.findall(path.read_text("utf-8")):
            for row in re.findall(r"[A-Z]\d\d", ids):
                files = found.setdefault(row, [])
                name = path.relative_to(ROOT).as_posix()
                if name not in files:
                    files.append(name)
    return found


def untested() -> list[str]:
    """Return the core and support rows without a test of their own."""
    known = files_by_row()
    return [row.row for row in ROWS if row.tier != "periphery" and row.row not in known]


def index_text() -> str:
    """Return the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    counts, known = Counter(row.tier for row in ROWS), files_by_row()
    inside = [row for row in ROWS if row.tier != "periphery"]
    yield "# Every row of the curriculum: how to see it, and its test"
    yield ""
    yield (
        f"{len(ROWS)} rows of five lecture courses: {counts['core']} core and "
        f"{counts['support']} support, together {len(inside)}, and {counts['periphery']} at the "
        "periphery. A command stands behind `graphgrad`; FILE is a file of one's own. Tests are "
        "named after the row: `pytest -k G01`. Generated: `python -m tests.curriculum.index`."
    )
    for letter, title in GROUPS.items():
        rows = [row for row in ROWS if row.row.startswith(letter)]
        yield from ("", f"## {letter}. {title}", "")
        yield "| row | tier | notion | how it is seen | tests |"
        yield "|---|---|---|---|---|"
        for row in rows:
            tests = ", ".join(f"`{_short(name)}`" for name in known.get(row.row, []))
            tests = tests or "–"
            yield f"| {row.row} | {row.tier} | {_cell(row.notion)} | {_seen(row.see)} | {tests} |"


def _seen(see: str) -> str:
    """Return how a row is seen, as the cell of a table."""
    if see.startswith(("Out of scope", "Python: ")):
        return _cell(see)
    command, bracket, told = see.partition(" (refused")
    if not bracket:
        command, bracket, told = see.partition(": ") if _is_sketch(see) else (see, "", "")
    return f"`{_cell(command)}`{_cell(bracket + told)}"


def _is_sketch(see: str) -> bool:
    """Tell whether a command has FILE for a file that is not shipped."""
    return "FILE" in see or see.startswith("same -e")


def _short(name: str) -> str:
    return name.removeprefix("tests/")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    INDEX.write_text(index_text(), "utf-8")
