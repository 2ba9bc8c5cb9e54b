"""Check the claims of lecture notes."""

from __future__ import annotations

import json
from typing import NamedTuple

from graphgrad.cli.command import argument, command_of, flag, option
from graphgrad.cli.limited import Done, limited
from graphgrad.cli.option_types import OneOf, Whole
from graphgrad.cli.options import json_option
from graphgrad.cli.output import write
from graphgrad.exercises.notes.conventions import PROFILES
from graphgrad.files.reading import read_standard_input
from graphgrad.messages.catalogue import language
from graphgrad.source.text import decode_handed, read_handed

__all__ = ["command"]

EXAMPLE = """\
graphgrad check-notes lecture.md
graphgrad check-notes apuntes.md --notation upv --json\
"""


@command_of("check-notes", example=EXAMPLE, seconds=None)
@argument("file", metavar="word.file", help="notes.argument")
@option(
    "--notation",
    kind=OneOf(*PROFILES),
    default="graphgrad",
    help="notes.option.notation",
)
@flag("--all", name="every", help="notes.option.every")
@option(
    "--seconds",
    kind=Whole(1, 3_600),
    default=120,
    metavar="word.whole",
    help="notes.option.seconds",
)
@json_option
def command(file: str, notation: str, every: bool, seconds: int, as_json: bool) -> int:
    """Check one file of notes."""
    text = decode_handed(read_standard_input(), "-") if file == "-" else read_handed(file)
    done = limited(_checked, _Job(text, file, notation, every, as_json), seconds)
    write(done.text)
    return done.status


class _Job(NamedTuple):
    """What the worker needs to check notes."""

    text: str
    path: str
    notation: str
    every: bool
    as_json: bool


def _checked(job: _Job) -> Done:
    """Check notes; runs in the worker."""
    from graphgrad.exercises.notes.checking import check_notes
    from graphgrad.exercises.notes.judged_claim import notes_text

    report = check_notes(job.text, notation=job.notation, path=job.path)
    shown = notes_text(report, every=job.every)
    if job.as_json:
        shown = json.dumps(report.to_json(language()), ensure_ascii=False, indent=1)
    return Done(shown, report.exit_status)
