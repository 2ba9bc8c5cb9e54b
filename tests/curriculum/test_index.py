"""Check `samples/INDEX.md`: it is up to date, every row has its test, its commands run."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.curriculum.index import INDEX, ROOT, ROWS, Row, files_by_row, index_text, untested
from tests.curriculum.runner import call

COMMANDS = [
    row for row in ROWS if "FILE" not in row.see and row.see.split(" ")[0].islower()
    and not row.see.startswith("same -e")
]  # fmt: skip
SLOW = {"C05"}


def test_the_index_is_up_to_date() -> None:
    assert INDEX.read_text("utf-8") == index_text(), "run python -m tests.curriculum.index"


def test_214_rows_have_a_test_named_after_them() -> None:
    inside = [row.row for row in ROWS if row.tier in ("core", "support")]
    assert len(inside) == len(set(inside)) == 214
    assert len(ROWS) == 241
    assert untested() == []


def test_a_row_at_the_periphery_is_shown_or_says_why_not() -> None:
    known = files_by_row()
    for row in ROWS:
        if row.tier == "periphery":
            assert row.out_of_scope != (row.row in known), row.row
            assert not row.out_of_scope or ": " in row.see


@pytest.mark.slow
@pytest.mark.parametrize(
    "row",
    [pytest.param(row, id=row.row) for row in COMMANDS if row.row not in SLOW],
)
def test_a_command_of_the_index_does_what_it_says(
    row: Row, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    command, _, refused = row.see.partition(" (refused")
    result = call(*shlex.split(command))
    allowed = (1, 3) if refused else (0, 1) if command.startswith("lint") else (0,)
    assert result.exit_code in allowed, result.output
    assert len(result.output) > 20
