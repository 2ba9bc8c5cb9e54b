"""Apply each recipe of CONTRIBUTING.md to a copy of the tree, and run what it shows there.

A ``diff`` block names a file and shows lines that stand in it once, with what is added or taken
away; any other block that names a file is that file; a ``console`` block holds commands and what
they print, where ``...`` stands for anything.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
COPIED = ("graphgrad", "tui", "samples", "tests", "pyproject.toml", "conftest.py")
MOST_IN_A_FOLDER = 20
CODE = ("graphgrad/", "tui/")
PROMISED = {
    "An op",
    "A layer, a loss",
    "An optimizer, a schedule",
    "A writer of figures",
    "A writer of traces",
    "A theme",
    "A lens",
    "A misconception",
    "A kind of question",
    "A language",
    "A layout engine",
}
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: its language, the file it names, and its text."""

    language: str
    path: str
    text: str


def recipes() -> dict[str, list[Block]]:
    """Return the blocks of each recipe, by its heading."""
    text = PAGE.read_text(encoding="utf-8").partition("\n## Recipes\n")[2]
    found = {}
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        found[heading] = [Block(*match) for match in _BLOCK.findall(body)]
    return {heading: blocks for heading, blocks in found.items() if blocks}


RECIPES = recipes()


def changed(source: str, diff: str) -> str:
    """Return a file's text after a diff; ``@@`` stands between two places."""
    for place in diff.split("@@\n"):
        lines = place.splitlines()
        old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert source.count(old) == 1, f"these lines stand {source.count(old)} times:\n{old}"
        source = source.replace(old, new)
    return source


def output_of(command: str, folder: Path) -> str:
    """Return what a command of a recipe prints, run in a fresh process on the copy."""
    program, *words = shlex.split(command)
    if program == "cat":
        return (folder / words[0]).read_text(encoding="utf-8")
    run = [sys.executable, *(["-m", "graphgrad"] if program == "graphgrad" else [])]
    assert program in ("graphgrad", "python")
    own = {
        "PYTHONPATH": os.pathsep.join((str(folder), str(folder / "tui"))),
        "PYTHONUTF8": "1",
        "GRAPHGRAD_LANG": "en",
        "PYTEST_ADDOPTS": "--basetemp=.tmp",  # else it tidies up after all tests of the machine
    }
    done = subprocess.run(
        [*run, *words],
        cwd=folder,
        env=os.environ | own,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0 or program == "graphgrad", done.stdout  # 1: a wrong answer, say
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """Make a copy of the tree, its compiled modules included: they make the start quick."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy2(ROOT / name, tmp_path / name)
    yield tmp_path
    shutil.rmtree(tmp_path)


def test_every_recipe_that_is_promised_is_there() -> None:
    assert set(RECIPES) == PROMISED


def apply(blocks: list[Block], folder: Path) -> list[str]:
    """Write the files of a recipe into a copy, and return the paths of its Python files."""
    for block in blocks:
        path = folder / block.path
        if block.language == "diff":
            path.write_text(changed(path.read_text("utf-8"), block.text), "utf-8", newline="\n")
        elif block.path:
            assert not path.exists(), block.path
            path.write_text(block.text, encoding="utf-8", newline="\n")
            assert len(list(path.parent.glob("*.py"))) <= MOST_IN_A_FOLDER, path.parent
    return sorted({block.path for block in blocks if block.path.endswith(".py")})


@pytest.mark.parametrize("heading", RECIPES)
def test_a_recipe_works_on_a_copy_of_the_tree(heading: str, copy: Path) -> None:
    written = apply(RECIPES[heading], copy)
    for checked in ("check", "format --check"):
        output_of(f"python -m ruff {checked} {' '.join(written)}", copy)
    shown = [block.text for block in RECIPES[heading] if block.language == "console"]
    assert shown
    for command, expected in re.findall(r"\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(shown)):
        got = output_of(command, copy)
        same = doctest.OutputChecker().check_output(expected, got, doctest.ELLIPSIS)
        assert same, f"$ {command}\n{got}\nbut CONTRIBUTING.md shows:\n{expected}"


@pytest.mark.parametrize("heading", RECIPES)
def test_a_recipe_touches_two_files_of_code_at_most(heading: str) -> None:
    jobs = RECIPES[heading]
    code = {block.path for block in jobs if block.path.startswith(CODE)}
    others = {block.path for block in jobs if block.path.startswith("tests/")}
    assert len(code) <= 2
    assert len(others) <= 1
