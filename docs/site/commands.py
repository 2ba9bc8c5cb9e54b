"""Run graphgrad's command line inside the program that builds the site."""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from graphgrad.cli.program import program

__all__ = ["printed"]


def printed(line: str, lang: str, folder: Path, *, statuses: tuple[int, ...] = (0,)) -> str:
    """Return what a command line prints in a language.

    Args:
        line: what follows ``graphgrad``.
        lang: the language of its texts.
        folder: where it runs.
        statuses: with which it may end.

    Raises:
        RuntimeError: if it ends otherwise; what a page shows must work.
    """
    out, words = io.StringIO(), ["--lang", lang, *shlex.split(line)]
    with _inside(folder), redirect_stdout(out), redirect_stderr(out):
        status = program.status(words)
    if status not in statuses:
        message = f"graphgrad {line}: exit status {status}\n{out.getvalue()}"
        raise RuntimeError(message)
    return out.getvalue().rstrip() + "\n"


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder, for as wide a terminal as a page has room for."""
    before, os.environ["COLUMNS"] = Path.cwd(), "92"
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
