"""Measure the tree: sizes, folders, circles, names, and what each command loads.

    python -m tests.architecture.measure [--json]

Imports are counted wherever they stand: at the top, in functions, for annotations.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Final

import grimp
import networkx

__all__ = ["LOADED_BY", "Module", "circles_of_files", "circles_of_rooms", "loaded", "modules"]

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = {"graphgrad": ROOT / "graphgrad", "graphgrad_tui": ROOT / "tui" / "graphgrad_tui"}
LOADED_BY: Final = {
    "import graphgrad": "import graphgrad",
    "run": "main(['run', 'samples/linear_regression.gg'])",
    "check": "main(['check', 'samples/linear_regression.gg', "
    "'samples/linear_regression.answers.txt'])",
    "marking": "from pathlib import Path; from graphgrad.source.gg import load; "
    "from graphgrad.exercises.marking.marker import check; "
    "check(load('samples/linear_regression.gg'), "
    "Path('samples/linear_regression.answers.txt').read_text('utf-8'))",
    "render": "main(['render', 'samples/linear_regression.gg', '-o', '{folder}/figure.svg'])",
    "roster": "import graphgrad.exercises.files.roster",
}
"""What is asked of a fresh process, by the name it has in the report.

`check` marks in a process of its own, `marking` in this one.
"""


@dataclass(frozen=True)
class Module:
    """One file of the product.

    Attributes:
        name: its dotted name.
        path: where it lies.
        lines: all of its lines.
    """

    name: str
    path: Path
    lines: int

    @property
    def code(self) -> int:
        """Its lines without blank ones, comments and docstrings."""
        return _code_lines(self.path.read_text("utf-8"))

    @property
    def area(self) -> str:
        """The floor it belongs to, or the terminal app."""
        parts = self.name.split(".")
        return parts[1] if parts[0] == "graphgrad" and len(parts) > 1 else parts[0]

    @property
    def is_door(self) -> bool:
        """Whether it is the ``__init__`` of a folder."""
        return self.path.name == "__init__.py"


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the library and of the terminal app."""
    found = []
    for package, folder in SOURCES.items():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join([package, *(part for part in parts if part != "__init__")])
            lines = len(path.read_text("utf-8").splitlines())
            found.append(Module(name, path, lines))
    return tuple(found)


def _code_lines(text: str) -> int:
    tree = ast.parse(text)
    words = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                words.update(range(value.lineno, (value.end_lineno or value.lineno) + 1))
    lines = enumerate(text.splitlines(), 1)
    kept = (line.strip() for number, line in lines if number not in words)
    return sum(1 for line in kept if line and not line.startswith("#"))


@cache
def imports() -> networkx.DiGraph:
    """Return who imports whom, file by file, also for annotations and inside functions."""
    graph = grimp.build_graph(*SOURCES, cache_dir=None)
    edges = networkx.DiGraph()
    edges.add_nodes_from(module.name for module in modules())
    for module in graph.modules:
        edges.add_edges_from(
            (module, other) for other in graph.find_modules_directly_imported_by(module)
        )
    return edges


def circles_of_files() -> list[list[str]]:
    """Return every group of files that import one another."""
    return _circles(imports())


def circles_of_rooms() -> list[list[str]]:
    """Return every group of siblings (files and folders of one folder) that import one another."""
    between: dict[str, networkx.DiGraph] = defaultdict(networkx.DiGraph)
    for importer, imported in imports().edges:
        one, two = importer.split("."), imported.split(".")
        shared = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
        if shared:
            between[".".join(one[:shared])].add_edge(one[shared], two[shared])
    return [
        [f"{folder}.{name}" for name in circle]
        for folder, edges in sorted(between.items())
        for circle in _circles(edges)
    ]


def _circles(edges: networkx.DiGraph) -> list[list[str]]:
    groups = networkx.strongly_connected_components(edges)
    return sorted(sorted(group) for group in groups if len(group) > 1)


def folders() -> dict[str, int]:
    """Return how many modules lie in each folder, its ``__init__`` included."""
    return dict(Counter(module.path.parent.relative_to(ROOT).as_posix() for module in modules()))


def repeated_names() -> dict[str, list[str]]:
    """Return the modules of one area that share their last name."""
    known = defaultdict(list)
    for module in modules():
        if not module.is_door:
            known[module.area, module.path.stem].append(module.name)
    return {" ".join(key): names for key, names in known.items() if len(names) > 1}


def loaded(deed: str, folder: Path | str = ".") -> list[str]:
    """Return the modules of ours that a fresh process has loaded after a deed."""
    call = deed.format(folder=folder)
    before = "from graphgrad.cli.program import main" if call.startswith("main") else "pass"
    program = (
        f"import sys\n{before}\ntry:\n    {call}\nexcept SystemExit:\n    pass\n"
        "print(*(m for m in sys.modules if m.split('.')[0] in ('graphgrad', 'graphgrad_tui')),"
        " file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()[-1].split()


def report() -> dict[str, object]:
    """Return every number of the report."""
    import tempfile

    found = modules()
    sizes = [module.lines for module in found if not module.is_door]
    largest = max(found, key=lambda module: module.lines)
    many = max(folders().items(), key=lambda item: item[1])
    fan_out = [imports().out_degree(module.name) for module in found]
    with tempfile.TemporaryDirectory() as folder:
        counts = {name: len(loaded(deed, folder)) for name, deed in LOADED_BY.items()}
    return {
        "modules": len(found),
        "lines": sum(module.lines for module in found),
        "code lines": sum(module.code for module in found),
        "median file": median(sizes),
        "largest file": f"{largest.name} ({largest.lines})",
        "files over 300 lines": sum(size > 300 for size in sizes),
        "largest folder": f"{many[0]} ({many[1]})",
        "circles of files": len(circles_of_files()),
        "files in circles": sum(map(len, circles_of_files())),
        "circles of rooms": len(circles_of_rooms()),
        "names used twice in an area": len(repeated_names()),
        "imports per module": round(sum(fan_out) / len(found), 2),
        **{f"modules loaded by {name}": count for name, count in counts.items()},
    }


def main() -> None:
    """Print the report, and every circle and repeated name by name."""
    numbers = report()
    if "--json" in sys.argv[1:]:
        print(json.dumps(numbers, indent=2))
        return
    for name, value in numbers.items():
        print(f"{name:32} {value}")
    for circle in circles_of_rooms():
        print("circle of rooms:", ", ".join(circle))
    for circle in circles_of_files():
        print("circle of files:", ", ".join(circle))
    for key, names in repeated_names().items():
        print("name used twice:", key, "=", ", ".join(names))


if __name__ == "__main__":
    main()
