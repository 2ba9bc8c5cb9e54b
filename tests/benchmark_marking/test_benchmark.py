"""The project's own marker on the public benchmark, and the runner for any other tool."""

from __future__ import annotations

import json
import shlex
import sys

import pytest

from tests.benchmark_marking.make import PATH, right_sheets, wrong_sheets
from tests.benchmark_marking.run import MORE, Told, own_marker, results, sheets, summary, tool


def test_the_sheets_are_those_that_are_made() -> None:
    made = [json.loads(json.dumps(s._asdict())) for s in (*wrong_sheets(), *right_sheets())]
    assert [json.loads(line) for line in PATH.read_text("utf-8").splitlines()] == made
    assert len(made) == 120
    assert sum(not sheet["first_wrong"] for sheet in made) == 60
    assert len({sheet["id"] for sheet in made}) == 120


ALL = [*sheets(), *sheets(MORE)]


@pytest.mark.parametrize("sheet", [s for s in ALL if s.first_wrong], ids=lambda s: s.id)
def test_a_planted_mistake_is_found_first_and_named(sheet) -> None:
    (result,) = results(own_marker, [sheet])
    assert result.found, result.told
    assert result.named, result.told
    assert not result.misnamed


def test_the_later_sheets_are_of_both_kinds_and_languages() -> None:
    later = sheets(MORE)
    assert sum(bool(sheet.first_wrong) for sheet in later) >= 30
    assert sum(not sheet.first_wrong for sheet in later) >= 30
    ways = {(sheet.language, sheet.decimal) for sheet in later if not sheet.first_wrong}
    assert ways == {("en", "point"), ("es", "comma"), ("en", "comma"), ("es", "point")}


@pytest.mark.parametrize("sheet", [s for s in ALL if not s.first_wrong], ids=lambda s: s.id)
def test_a_right_sheet_is_not_faulted(sheet) -> None:
    assert own_marker(sheet) == Told()


def test_another_tool_is_run_as_a_command() -> None:
    code = "import json; print(json.dumps({'first_wrong': 'z', 'kinds': ['sign']}))"
    marker = tool(f"{shlex.quote(sys.executable)} -c {shlex.quote(code)} {{exercise}} {{answers}}")
    found = results(marker, sheets()[:1])
    assert found[0].told == Told("z", ("sign",))
    assert not found[0].found
    assert "kind right: 0" in summary(found)
