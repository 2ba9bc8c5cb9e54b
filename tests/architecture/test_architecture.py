"""The tree keeps its shape: no circles, small folders, plain doors, and a map that is true."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture import measure

MAP = measure.ROOT / "docs" / "architecture.md"
MOST_IN_A_FOLDER = 20
MOST_MODULES = 1000
"""Networks, pictures of networks and reach came after the 481 of the house."""
LONG_FILE = 300
LOADED_BEFORE = {
    "import graphgrad": 1,
    "run": 152,
    "check": 168,
    "marking": 160,
    "render": 320,
    "roster": 157,
}
"""Modules of ours that a fresh process loaded on 2026-11-28, before the rooms.

To run and marking three and five files of rows are added that came on 2026-11-29.
"""


def test_no_files_import_one_another_in_a_circle() -> None:
    assert measure.circles_of_files() == []


def test_no_rooms_import_one_another_in_a_circle() -> None:
    assert measure.circles_of_rooms() == []


def test_no_folder_holds_more_than_a_reader_can_overlook() -> None:
    large = {folder: n for folder, n in measure.folders().items() if n > MOST_IN_A_FOLDER}
    assert large == {}, f"at most {MOST_IN_A_FOLDER} files: join two of kin, or make a room of some"


def test_there_are_not_more_modules_than_agreed() -> None:
    assert len(measure.modules()) <= MOST_MODULES


def test_a_name_stands_once_in_an_area() -> None:
    assert measure.repeated_names() == {}


@pytest.mark.parametrize(
    "door", [m for m in measure.modules() if m.is_door], ids=lambda door: door.name
)
def test_a_door_is_text_and_imports_nothing(door: measure.Module) -> None:
    tree = ast.parse(door.path.read_text("utf-8"))
    text = ast.get_docstring(tree)
    assert text
    if door.name == "graphgrad":
        return  # the one door that answers: names of users, looked up on demand
    assert len(tree.body) == 1
    assert re.search(r"^In: ", text, re.MULTILINE)
    assert re.search(r"^Out: ", text, re.MULTILINE)
    assert re.search(r"^Start: ", text, re.MULTILINE)


@pytest.mark.parametrize(
    "door", [m for m in measure.modules() if m.is_door], ids=lambda door: door.name
)
def test_a_door_names_modules_that_are_there(door: measure.Module) -> None:
    text = ast.get_docstring(ast.parse(door.path.read_text("utf-8"))) or ""
    for name in re.findall(r"`([\w/]+\.py|\w+/)`", text):
        assert (door.path.parent / name).exists(), name


@pytest.mark.parametrize("name", measure.LOADED_BY)
def test_a_command_loads_fewer_modules_than_before_the_rooms(name: str, tmp_path: Path) -> None:
    loaded = measure.loaded(measure.LOADED_BY[name], tmp_path)
    assert len(loaded) <= LOADED_BEFORE[name]
    assert name == "import graphgrad" or len(loaded) < LOADED_BEFORE[name]


def test_the_roster_loads_no_engine_and_no_library() -> None:
    loaded = measure.loaded(measure.LOADED_BY["roster"])
    assert not [name for name in loaded if name.startswith("graphgrad.exercises.algebra")]


def test_the_map_names_files_and_what_is_made_in_them() -> None:
    row = re.compile(r"^\| .*?`(\w+)`.*\| `([\w/.]+\.py)` \|$", re.MULTILINE)
    rows = row.findall(MAP.read_text("utf-8"))
    assert len(rows) >= 10
    for made, path in rows:
        module = ".".join(Path(path.removeprefix("tui/")).with_suffix("").parts)
        assert (measure.ROOT / path).exists(), path
        assert hasattr(import_module(module), made), f"{made} in {path}"


def test_every_path_on_the_map_is_there() -> None:
    for path in re.findall(r"`((?:graphgrad|tui|tests|docs)/[\w/.]*)`", MAP.read_text("utf-8")):
        assert (measure.ROOT / path).exists(), path


def test_every_long_file_has_its_reason_on_the_map() -> None:
    reasons = MAP.read_text("utf-8").partition("## Files over 300 lines")[2]
    long = {
        m.path.relative_to(measure.ROOT).as_posix()
        for m in measure.modules()
        if m.lines > LONG_FILE
    }
    listed = set(re.findall(r"^\| `([\w/.]+)` \|", reasons, re.MULTILINE))
    assert long == listed, f"split it, or say in {MAP.name} why it is one file of over {LONG_FILE}"
