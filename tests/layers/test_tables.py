"""Check that the tables of ``docs/layers.md`` are the rows.

Write them anew by ``UPDATE_DOCS=1 python -m pytest tests/layers/test_tables.py``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import pytest

from graphgrad.layers.doors.binding import called
from graphgrad.layers.doors.door import Door
from graphgrad.layers.initialisers import INITIAL_VALUES
from graphgrad.layers.registry import DOORS, LAYERS
from graphgrad.layers.row import Layer
from graphgrad.layers.settings import complete
from graphgrad.messages.keywords import SETTINGS
from graphgrad.ops.text import number_text

PAGE = Path(__file__).parents[2] / "docs" / "layers.md"


def setting_of(setting: Any) -> str:
    """Return a setting as a file writes it, in bold where it must be given."""
    default = setting.default
    if default is None:
        return f"**{setting.name}**"
    if default == "":
        return setting.name
    if isinstance(default, bool):
        return f"{setting.name}={str(default).lower()}"
    if isinstance(default, tuple):
        return f"{setting.name}={', '.join(map(str, default))}"
    return f"{setting.name}={default if isinstance(default, str) else number_text(default)}"


def parameters_of(row: Layer) -> str:
    """Return the leaves of the first example, those of eval mode too, once each family."""
    shapes, given = row.examples[0]
    found = row.parameters(shapes, **complete(row, given))
    names = [re.sub(r"\[\d+,\d+\]", "[l,k]", leaf.name) for leaf in found]
    names = [re.sub(r"\[\d+\]", "[l]", name) for name in names]
    notes = {leaf.name: f" ({leaf.mode})" for leaf in found if leaf.mode}
    return ", ".join(dict.fromkeys(name + notes.get(name, "") for name in names))


def layer_cells(row: Layer) -> list[str]:
    return [
        f"`{row.name}`",
        row.aliases[0] if row.aliases else "",
        ", ".join(row.inputs),
        ", ".join(map(setting_of, row.settings)),
        parameters_of(row),
        ", ".join(row.results) if len(row.results) > 1 else "",
        row.torch,
        row.keras.name if row.keras else "",
        row.curriculum,
        row.doc,
    ]


def loss_cells(row: Layer) -> list[str]:
    return [
        f"`{row.name}`",
        row.aliases[0] if row.aliases else "",
        ", ".join(row.inputs),
        ", ".join(map(setting_of, row.settings)),
        row.torch,
        row.keras.name if row.keras else "",
        row.curriculum,
        row.doc,
    ]


def initialiser_cells(row: Any) -> list[str]:
    settings = ", ".join(
        name if value is None else f"{name}={number_text(value)}"
        for name, value in row.settings.items()
    )
    return [
        f"`{row.name}`",
        row.aliases[0] if row.aliases else "",
        settings,
        row.kind,
        row.formula,
        row.torch,
        row.doc,
    ]


def sources() -> list[tuple[str, list[str]]]:
    """Return each source with the rows that name it."""
    found: dict[str, list[str]] = {}
    for row in (*LAYERS.values(), *INITIAL_VALUES.values()):
        if row.source:
            found.setdefault(row.source, []).append(f"`{row.name}`")
    return list(found.items())


def source_cells(listed: tuple[str, list[str]]) -> list[str]:
    return [", ".join(listed[1]), listed[0]]


def spanish_settings() -> list[tuple[str, list[str]]]:
    """Return each setting with its Spanish words, those without accents left out."""
    found: dict[str, list[str]] = {}
    for word, setting in SETTINGS.items():
        found.setdefault(setting, []).append(word)
    plain = {"".join(c for c in normalize("NFD", w) if not combining(c)): w for w in SETTINGS}
    for words in found.values():
        words[:] = [w for w in words if plain.get(w, w) == w]
    return sorted(found.items())


def setting_cells(listed: tuple[str, list[str]]) -> list[str]:
    return [f"`{listed[0]}`", ", ".join(f"`{word}`" for word in listed[1])]


def door_cells(found: tuple[Layer, Door]) -> list[str]:
    row, door = found
    own = ", ".join(f"{theirs}: {ours}" for ours, theirs in door.parameters.items())
    keras = "" if row.keras is None else called(row.keras.name, row.keras.signature)
    words = [f"`{called(door.name, door.signature)}`", f"`{row.name}`", own, door.called.name]
    return [*words, f"`{keras}`" if keras and door is row.doors[0] else ""]


def _of(*kinds: str) -> Callable[[], list[Layer]]:
    return lambda: [row for row in LAYERS.values() if row.kind in kinds]


TABLES: dict[str, tuple[Callable[[], Any], Callable[[Any], list[str]]]] = {
    "layers": (_of("layer"), layer_cells),
    "activations": (_of("activation"), loss_cells),
    "losses": (_of("loss"), loss_cells),
    "penalties": (_of("penalty"), loss_cells),
    "initialisers": (lambda: list(INITIAL_VALUES.values()), initialiser_cells),
    "doors": (lambda: list(DOORS.values()), door_cells),
    "sources": (sources, source_cells),
    "spanish settings": (spanish_settings, setting_cells),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_rows(name: str) -> None:
    source = PAGE.read_text(encoding="utf-8")
    match = re.search(rf"<!-- table: {name} -->\n.*\n\|[-|]+\|\n((?:\|.*\n)*)", source)
    assert match is not None
    listed, cells = TABLES[name]
    escaped = ([cell.replace("|", r"\|") for cell in cells(row)] for row in listed())
    new = "".join(f"| {' | '.join(row)} |\n" for row in escaped)
    if os.environ.get("UPDATE_DOCS"):
        page = source[: match.start(1)] + new + source[match.end(1) :]
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        return
    assert match[1] == new, f"UPDATE_DOCS=1 writes this table:\n\n{new}"


SPANISH = PAGE.with_name("capas.md")
SPANISH_ROWS = {
    name: lambda row: [
        f"`{row.name}`",
        row.aliases[0] if row.aliases else "",
        ", ".join(row.inputs),
        row.torch,
    ]
    for name in ("layers", "activations", "losses", "penalties")
} | {
    "initialisers": lambda row: [f"`{row.name}`", row.aliases[0] if row.aliases else "", row.torch]
}


@pytest.mark.parametrize("name", [*SPANISH_ROWS, "spanish settings"])
def test_a_table_of_the_spanish_page_is_the_rows_with_words_of_its_own(name: str) -> None:
    source = SPANISH.read_text(encoding="utf-8")
    match = re.search(rf"<!-- tabla: {name} -->\n.*\n\|[-|]+\|\n((?:\|.*\n)*)", source)
    assert match is not None
    shown = [re.split(r" ?(?<!\\)\| ?", line)[1:-1] for line in match[1].splitlines()]
    listed, cells = TABLES[name]
    if name in SPANISH_ROWS:
        assert [cells[:-1] for cells in shown] == [SPANISH_ROWS[name](row) for row in listed()]
        assert all(cells[-1] for cells in shown)
    else:
        assert shown == [cells(row) for row in listed()]
