"""Run a layout program: the bundled graphviz-pure, or any other that takes dot's arguments."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import graphviz
from graphviz.backend import dot_command

from graphgrad.errors import UsageError

__all__ = ["ProgramEngine", "find_bundled", "find_system"]

_BUNDLED = "graphviz-pure"
_lock = threading.Lock()


class ProgramEngine:
    """A program that reads DOT on its standard input and writes a picture."""

    formats: tuple[str, ...] = ("svg", "png")
    html_labels = True

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or str(path)

    def run(self, source: str, file_format: str) -> bytes:
        """Return the picture of a DOT source.

        Raises:
            UsageError: if the program cannot be run or fails.
        """
        try:
            with _dot_program(self.path):
                picture: bytes = graphviz.Source(source).pipe(file_format, quiet=True)
        except subprocess.CalledProcessError as error:
            raise self._failure(_last_line(error.stderr) or f"exit {error.returncode}") from None
        except (graphviz.ExecutableNotFound, OSError) as error:
            raise self._failure(type(error).__name__) from None
        if not picture:
            raise self._failure("no output")
        return picture

    def _failure(self, why: str) -> UsageError:
        return UsageError("figure.engine_failed", engine=self.name, why=why)


def find_bundled() -> ProgramEngine | None:
    """Return graphviz-pure: beside the interpreter, in the user's scripts, or on PATH."""
    import sysconfig  # a figure in columns of our own needs no engine

    name = f"{_BUNDLED}.exe" if sys.platform == "win32" else _BUNDLED
    folders = [
        sysconfig.get_path("scripts"),
        str(Path(sys.executable).parent),
        sysconfig.get_path("scripts", f"{sysconfig.get_preferred_scheme('user')}"),
    ]
    for folder in folders:
        path = Path(folder, name)
        if os.path.isfile(path):
            return ProgramEngine(path, _BUNDLED)
    return _on_path(_BUNDLED)


def find_system() -> ProgramEngine | None:
    """Return the system's dot, if it is on PATH."""
    return _on_path("dot")


def _on_path(name: str) -> ProgramEngine | None:
    import shutil

    found = shutil.which(name)
    return ProgramEngine(Path(found), name) if found else None


@contextmanager
def _dot_program(path: Path) -> Iterator[None]:
    """Point the graphviz package at a program: a setting of the whole process, put back after."""
    with _lock:
        before = dot_command.DOT_BINARY
        dot_command.DOT_BINARY = path
        try:
            yield
        finally:
            dot_command.DOT_BINARY = before


def _last_line(stderr: bytes | str | None) -> str:
    text = stderr.decode("utf-8", "replace") if isinstance(stderr, bytes) else stderr or ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""
