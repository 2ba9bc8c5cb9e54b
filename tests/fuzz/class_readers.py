"""Read files of a class and what programs saved: rosters, zips, worksheets, traces, frames."""

from __future__ import annotations

import contextlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import click

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, SourceError
from graphgrad.source.gg import read_gg
from graphgrad.source.text import decode
from graphgrad.trace.saved import trace_from_json, trace_to_json
from tests.fuzz.exercise_readers import exercise, family
from tests.fuzz.reader import SAMPLES, folder, placed

__all__ = ["frozen_files", "read_class", "read_command", "read_frame", "read_keys"]
__all__ += ["read_trace", "read_variants", "read_worksheet", "read_zip", "saved_traces", "zips"]

# ---- classes ----


def read_class(data: bytes) -> None:
    from graphgrad.exercises.files.roster import read_roster

    read_roster(placed(data, "class.csv"))


def read_variants(data: bytes) -> None:
    from graphgrad.exercises.files.frozen import read_frozen

    frozen = read_frozen(placed(data, "variants.json"), exercise())
    for student in frozen.students[:3]:
        frozen.variant(family(), student.id)
    frozen.sharing()


def read_zip(data: bytes) -> None:
    from graphgrad.exercises.classroom.answer_file import Register, answer_text
    from graphgrad.exercises.classroom.submissions import read_submissions
    from graphgrad.exercises.files.roster import Student

    register = Register([Student("A1", "Ana Ruiz")])
    for submission in read_submissions(placed(data, "s.zip")):
        register.student_of(submission)
        if not submission.problem:
            try:
                answer_text(submission.data, submission.path)
            except GraphgradError:
                continue


def read_worksheet(data: bytes) -> None:
    from graphgrad.exercises.classroom.class_files import filled_worksheet

    filled_worksheet(decode(data, "w.csv"), marks(), "w.csv")


@cache
def marks():
    from graphgrad.exercises.classroom.class_marks import ClassMarks, Entry
    from graphgrad.exercises.classroom.submissions import Submission
    from graphgrad.exercises.files.roster import Student

    file = Submission("a.txt", "", "Ana Ruiz", "Ana Ruiz", "12345", b"z = 1")
    entry = Entry(Student("A1", "Ana Ruiz"), file, problem="classroom.problem.kind")
    return ClassMarks(family(), (entry,))


# ---- saved things, keys, frames ----


def read_trace(data: bytes) -> None:
    from graphgrad.views.text.run_json import plain_data

    trace = trace_from_json(decode(data, "t.json"))
    for step in (0, len(trace.steps), len(trace.steps) // 2):
        trace.state(step)
    trace_to_json(trace)
    plain_data(trace.values[-1])


def read_keys(data: bytes) -> None:
    from graphgrad_tui.keymap import read_keymap

    read_keymap(placed(data, "keys.toml"))


def read_frame(data: bytes) -> None:
    from graphgrad.cli.serving.page_messages import UnexpectedError, read_message

    try:
        text: str | bytes = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data
    try:
        order = read_message(isinstance(text, str), text)
    except UnexpectedError as error:
        raise SourceError("serve.unexpected", number=1, what=error.what) from None
    order.text.encode("utf-8")
    if order.kind not in ("stdin", "resize", "ping", "focus", "blur"):
        raise AssertionError(order)


def read_command(data: bytes) -> None:
    """Read a command line, a word a line, up to where the command would run."""
    from graphgrad.cli.output import prepare
    from graphgrad.cli.program import program
    from graphgrad.cli.refusals import _reworded

    words = decode(data, "words").split("\n")[:40]
    if any(word in ("-h", "--help", "--version") for word in words):
        return
    prepare()
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            _parsed(program, words)
        except (click.exceptions.Exit, click.Abort):
            return
        except click.ClickException as error:
            raise _reworded(error) from None


def _parsed(command: click.Command, rest: list[str]) -> None:
    """Make the contexts of a command line from the outermost in, as click does."""
    context: click.Context | None = None
    while True:
        context = command.make_context("graphgrad", list(rest), parent=context)
        rest = [*context._protected_args, *context.args]
        if not isinstance(command, click.Group) or not rest:
            return
        _, found, rest = command.resolve_command(context, rest)
        assert found is not None
        command = found


def read_kept(data: bytes) -> None:
    """Take up derivatives that someone else may have put into the cache: right, or none."""
    for wiring, found in wirings():
        with _cached(data, wiring) as taken:
            if taken is not None and not set(taken) <= set(found):
                raise AssertionError(taken)


@contextlib.contextmanager
def _cached(data: bytes, wiring: Any) -> Iterator[Any]:
    from graphgrad.files import cache_folder
    from graphgrad.symbolic.derive import kept

    before = os.environ.get(cache_folder.FOLDER)
    os.environ[cache_folder.FOLDER] = str(folder() / "cache")
    try:
        place = kept._place(wiring)
        assert place is not None
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        yield kept.kept(wiring)
    finally:
        os.environ[cache_folder.FOLDER] = before or "off"


@cache
def wirings() -> list[tuple[Any, Any]]:
    """Return lines of a sample, each with its derivatives."""
    from graphgrad.symbolic.derive import partials
    from graphgrad.symbolic.derive.gradient import gradient_lines

    found: list[tuple[Any, Any]] = []
    keep, kept = partials.keep, partials.kept
    partials.keep, partials.kept = lambda *both: found.append(both), lambda _wiring: None
    try:
        gradient_lines(read_gg("input x = 2\nparam w = 3\na = tanh(w*x + 1)\nL = (a - x)^2/w"))
    finally:
        partials.keep, partials.kept = keep, kept
    return found[:2]


# ---- seeds ----


def kept_files() -> list[bytes]:
    """Return what the cache holds of those lines."""
    return [
        json.dumps({str(slot): [list(w) for w in of] for slot, of in found.items()}).encode()
        for _, found in wirings()
    ]


def saved_traces() -> list[bytes]:
    names = ("linear_regression", "matrix_gradient", "xor_sigmoid_data", "max_pooling")
    texts = [(SAMPLES / f"{name}.gg").read_text("utf-8") for name in names]
    found = [trace_to_json(record(read_gg(text))).encode() for text in texts]
    exact = record(read_gg("input x = 1/3\nparam w = 2\nloss L = (w*x)^2"), exact=True)
    return [*found, trace_to_json(exact).encode()]


def frozen_files() -> list[bytes]:
    from graphgrad.exercises.files.frozen import freeze
    from graphgrad.exercises.files.roster import Student

    students = [Student("A1", "Ana Ruiz"), Student("A2"), Student("ñ 3", "O'Neil")]
    return [freeze(family(), students, b"0123456789abcdef").text().encode()]


def zips() -> list[bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Ana Ruiz_12345_assignsubmission_file_/a.txt", "z = 0,25\n")
        archive.writestr("é/b.html", "<p>z = 1</p>")
        archive.writestr("c.docx", b"PK")
    return [out.getvalue()]
