"""The page on training lists every row as it is, and its examples run."""

from __future__ import annotations

import doctest
import os
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.layers.training.choices import TABLES
from graphgrad.layers.training.recipe import KEYS, MODES
from graphgrad.ops.text import number_text

PAGE = Path(__file__).parents[2] / "docs" / "training.md"
SPANISH = PAGE.with_name("entrenamiento.md")


def table(kind: str) -> str:
    heads = {
        "optimizer": "optimizers", "schedule": "schedules", "clip": "clips", "stop": "stops",
        "average": "averages",
    }  # fmt: skip
    columns = "| row | settings | on a board | PyTorch | Keras | español |"
    lines = [f"### {heads[kind].capitalize()}", "", columns, "|---|---|---|---|---|---|"]
    return "\n".join([*lines, *map(row_text, TABLES[kind].values())]) + "\n"


def row_text(row: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (row.name, *row.aliases))
    settings = ", ".join(map(setting_text, row.settings))
    board = "; ".join(row.rule).replace("|", "\\|")
    cells = (
        names,
        settings,
        board,
        row.torch,
        getattr(row.keras, "name", row.keras) or "",
        row.spanish,
    )
    return "| " + " | ".join(cells) + " |"


def setting_text(setting: Any) -> str:
    value = setting.default
    if value is None:
        return f"`{setting.name}`"
    shown = (
        value
        if isinstance(value, str)
        else number_text(int(value) if isinstance(value, bool) else value)
    )
    choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
    return f"`{setting.name}={shown}`{choices}"


@pytest.mark.parametrize("kind", list(TABLES))
def test_a_table_of_the_page_is_that_of_the_rows(kind: str) -> None:
    text = PAGE.read_text("utf-8")
    start = text.index(f"<!-- table: {kind} -->\n") + len(f"<!-- table: {kind} -->\n")
    end = text.find("<!-- table:", start)
    end = len(text) if end < 0 else end
    new = table(kind) + ("\n" if end < len(text) else "")
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(text[:start] + new + text[end:], "utf-8")
        return
    assert text[start:end] == new, "UPDATE_DOCS=1 writes this table"


@pytest.mark.parametrize("page", [PAGE, SPANISH], ids=lambda page: page.name)
def test_every_key_and_mode_is_on_the_page(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [name for name in (*KEYS, *MODES) if f"`{name}`" not in text] == []


CONSOLE = [
    example
    for page in (PAGE, SPANISH)
    for example in re.findall(
        r"```console\n\$ graphgrad (.+)\n((?:.*\n)*?)```", page.read_text("utf-8")
    )
]


@pytest.mark.parametrize(("call", "shown"), CONSOLE)
def test_an_example_of_the_page_runs(
    call: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PAGE.parents[1])
    result = CliRunner().invoke(program, ["--lang", "en", *shlex.split(call)])
    assert result.exit_code == 0, result.output
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.OutputChecker().check_output(shown, result.stdout, flags), result.stdout


@pytest.mark.parametrize("page", [PAGE, SPANISH], ids=lambda page: page.name)
def test_the_python_of_the_page_runs(page: Path) -> None:
    found = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert found.attempted > 3
    assert found.failed == 0
