"""Check the claims of lecture notes."""

from __future__ import annotations

import json
import sys

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.kinds import OneOf
from graphgrad.cli.options import json_option
from graphgrad.cli.output import write
from graphgrad.exercises.notes.checking import check_notes
from graphgrad.exercises.notes.conventions import PROFILES
from graphgrad.exercises.notes.judged import notes_text
from graphgrad.messages import language
from graphgrad.source.text import decode, read_text

__all__ = ["command"]

EXAMPLE = """\
graphgrad check-notes lecture.md
graphgrad check-notes apuntes.md --notation upv --json\
"""


@command_of("check-notes", example=EXAMPLE)
@argument("file", metavar="word.file", help="notes.argument")
@option(
    "--notation",
    kind=OneOf(*PROFILES),
    default="graphgrad",
    help="notes.option.notation",
)
@flag("--all", name="every", help="notes.option.every")
@json_option
def command(file: str, notation: str, every: bool, as_json: bool) -> int:
    """Check one file of notes."""
    text = decode(sys.stdin.buffer.read(), "-") if file == "-" else read_text(file)
    report = check_notes(text, notation=notation, path=file)
    if as_json:
        write(json.dumps(report.to_json(language()), ensure_ascii=False, indent=1))
    else:
        write(notes_text(report, every=every))
    return report.exit_status
