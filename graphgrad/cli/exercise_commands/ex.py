"""Work with hand exercises: sheets, keys, variants, marking and grading."""

from __future__ import annotations

from graphgrad.cli.command import Branch

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex sheet samples/exercises/sigmoid_neuron.md --draw 17 -o sheet.html
graphgrad ex check samples/exercises/sigmoid_neuron.md answers.txt
graphgrad ex grade samples/exercises/sigmoid_neuron.md submissions.zip -o marks\
"""

TABLE = {
    "from": "graphgrad.cli.exercise_commands.ex_from",
    "lint": "graphgrad.cli.exercise_commands.ex_lint",
    "show": "graphgrad.cli.exercise_commands.ex_show",
    "sheet": "graphgrad.cli.exercise_commands.ex_sheet",
    "key": "graphgrad.cli.exercise_commands.ex_key",
    "enter": "graphgrad.cli.exercise_commands.ex_enter",
    "check": "graphgrad.cli.exercise_commands.ex_check",
    "explain": "graphgrad.cli.exercise_commands.ex_explain",
    "grade": "graphgrad.cli.exercise_commands.ex_grade",
    "export": "graphgrad.cli.exercise_commands.ex_export",
}

command = Branch("ex", TABLE, example=EXAMPLE)
