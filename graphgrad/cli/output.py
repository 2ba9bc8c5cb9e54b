"""Write to the terminal or pipe: UTF-8 on every system, quiet when the reader has gone."""

from __future__ import annotations

import io
import os
import re
import sys
import textwrap
from collections.abc import Callable
from typing import TextIO

from graphgrad.errors import FileError
from graphgrad.messages.catalogue import text as worded

__all__ = [
    "complain",
    "finish",
    "inert",
    "line_width",
    "original_encoding",
    "prepare",
    "progress_bar",
    "rounded_lines",
    "write",
]

PIPED_WIDTH = 80
WIDEST, NARROWEST = 120, 40
_BAR = 30

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_original: dict[str, str] = {}


def prepare() -> None:
    """Make all three streams UTF-8, whatever the locale; pipes get the same bytes everywhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us, as by `>&-`
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    _original.setdefault("encoding", getattr(sys.stdout, "encoding", None) or "-")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            try:
                newline = None if stream is sys.stdin or stream.isatty() else "\n"
                stream.reconfigure(encoding="utf-8", errors="replace", newline=newline)
            except (OSError, ValueError):  # closed, or already read from
                continue


def original_encoding() -> str:
    """Return the encoding that standard output had before `prepare`."""
    return _original.get("encoding", "-")


def rounded_lines(zeros: tuple[str, ...]) -> list[str]:
    """Return what is said of names that are 0 but for the rounding of floats; nothing of none."""
    if not zeros:
        return []
    return ["", *textwrap.wrap(worded("run.rounded", names=", ".join(zeros)), line_width())]


def write(text: str, *, end: str = "\n", as_it_is: bool = False) -> None:
    """Write text to standard output, without anything that steers a terminal.

    Args:
        text: what to write; a student or an unknown author may have written parts of it.
        end: what to write behind it.
        as_it_is: whether nothing may be changed: the text is the file that was asked for.

    Raises:
        FileError: if it cannot be written, for instance on a full disk.
    """
    try:
        sys.stdout.write((text if as_it_is else inert(text)) + end)
    except OSError as error:
        _failed(error)


def inert(text: str) -> str:
    r"""Return text without control characters and turns of direction; a sign stands for each.

    A terminal would obey them: clear the screen, rename the window, show the end before the start.

    >>> inert("z = \x1b[2J1")
    'z = �[2J1'
    """
    return text if text.isascii() and text.isprintable() else _STEERING.sub("\ufffd", text)


def complain(text: str) -> None:
    """Write one paragraph to standard error, wrapped where a person reads it."""
    stream, text = sys.stderr, inert(text)
    if _is_terminal(stream):
        width = _terminal_width()
        text = "\n".join(
            line if line.startswith("    ") else textwrap.fill(line, width)
            for line in text.splitlines()
        )
    try:
        stream.write(text + "\n")
        stream.flush()
    except (OSError, ValueError, AttributeError):  # nobody listens
        return


def finish() -> None:
    """Flush standard output; a reader that has gone, as in `| head`, is no mistake.

    Raises:
        FileError: if the rest cannot be written.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        _failed(error)


def line_width() -> int:
    """Return the columns to lay text out for: the terminal's, or 80 where nobody looks."""
    if not _is_terminal(sys.stdout):
        return PIPED_WIDTH
    return min(WIDEST, max(NARROWEST, _terminal_width()))


def _failed(error: OSError) -> None:
    """Silence standard output; anything but a closed pipe is an error of its own."""
    closed = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == 22)
    _silence()
    if not closed:
        from graphgrad.files.reading import told_refusal  # hardly ever needed

        raise FileError("output.unwritable", why=told_refusal(error)) from None


def _silence() -> None:
    """Send what is still buffered, and all later output, to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file, as under test
        sys.stdout = io.StringIO()
    finally:
        os.close(nowhere)


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (ValueError, AttributeError):  # closed, or missing under pythonw
        return False


def _terminal_width() -> int:
    import shutil  # loads packers, which no other command needs

    return shutil.get_terminal_size((PIPED_WIDTH, 24)).columns


def progress_bar(message_id: str) -> Callable[[int, int], None] | None:
    """Return what draws a progress bar on the terminal; None where nobody looks.

    Args:
        message_id: of the words beside it, with the fields ``done`` and ``total``.
    """
    if not sys.stderr.isatty():
        return None

    def draw(done: int, total: int) -> None:
        filled = _BAR * done // max(1, total)
        bar = "█" * filled + "·" * (_BAR - filled)
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{bar} {worded(message_id, done=done, total=total)}{end}")
        sys.stderr.flush()

    return draw
