from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program

TRUE = "$y = x^2$, $y' = 2x$\n"
FALSE = "$y = x^2$, $y' = x$\n"
UNREAD = "$\\oint f = 0$\n"


def run(*arguments, text=None):
    return CliRunner().invoke(program, ["check-notes", *arguments], input=text)


@pytest.mark.parametrize(("text", "status"), [(TRUE, 0), (FALSE, 1), (UNREAD, 5), ("", 0)])
def test_the_exit_status_says_what_was_found(tmp_path, text, status):
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    assert run(str(path), "--lang", "en").exit_code == status


def test_notes_are_read_from_standard_input_and_written_as_json():
    result = run("-", "--json", "--lang", "es", text=FALSE + UNREAD)
    found = json.loads(result.stdout)
    assert [claim["status"] for claim in found["claims"]] == ["definition", "false", "unread"]
    assert found["claims"][1]["corrected"] == "2*x"
    assert "LaTeX" in found["claims"][2]["error"]["text"]


def test_the_file_and_the_line_are_named(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("# A\n\n" + FALSE, encoding="utf-8")
    shown = run(str(path), "--lang", "es").stdout
    assert f"{path}:3:13: falsa" in shown
    assert "correcto: 2*x" in shown


def test_an_unknown_notation_is_refused(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(TRUE, encoding="utf-8")
    assert run(str(path), "--notation", "nowhere").exit_code == 2
