"""Hand exercises: sheets, keys, variants, marking and grading."""

from __future__ import annotations

from graphgrad.cli.branch import Branch

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex sheet samples/exercises/sigmoid_neuron.md --draw 17 -o sheet.html
graphgrad ex check samples/exercises/sigmoid_neuron.md answers.txt
graphgrad ex grade samples/exercises/sigmoid_neuron.md submissions.zip -o marks\
"""

TABLE = {
    "lint": "graphgrad.cli.ex_lint",
    "show": "graphgrad.cli.ex_show",
    "sheet": "graphgrad.cli.ex_sheet",
    "key": "graphgrad.cli.ex_key",
    "enter": "graphgrad.cli.ex_enter",
    "check": "graphgrad.cli.ex_check",
    "explain": "graphgrad.cli.ex_explain",
    "grade": "graphgrad.cli.ex_grade",
    "export": "graphgrad.cli.ex_export",
}

command = Branch("ex", TABLE, example=EXAMPLE)
