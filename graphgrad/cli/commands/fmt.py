"""Lay expression files out: only blanks change, comments and meaning stay."""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

from graphgrad.cli.command import argument, command_of, flag
from graphgrad.cli.options import data_root_option
from graphgrad.cli.output import write
from graphgrad.cli.refusals import refused
from graphgrad.errors import GraphgradError
from graphgrad.files.reading import read_bytes, read_standard_input
from graphgrad.files.writing import write_output
from graphgrad.messages.catalogue import text
from graphgrad.source.gg import read_named
from graphgrad.source.text import decode_as_written
from graphgrad.source.tree import text_of, tree_of
from graphgrad.source.writing.layout import laid_out

__all__ = ["command"]

EXAMPLE = """\
graphgrad fmt --diff samples/linear_regression.gg
graphgrad fmt --check samples/linear_regression.gg samples/xor_relu.gg\
"""


@command_of("fmt", example=EXAMPLE)
@argument("files", help="argument.gg_file", many=True)
@data_root_option
@flag("--check", help="fmt.option.check")
@flag("--diff", help="fmt.option.diff")
def command(files: tuple[str, ...], check: bool, diff: bool) -> int:
    """Rewrite files, or say what would change; one that cannot be read is left alone."""
    status = 0
    for file in files:
        try:
            status = max(status, _format(file, check=check, diff=diff))
        except GraphgradError as error:
            status = max(status, refused(error))
    return status


def _format(file: str, *, check: bool, diff: bool) -> int:
    """Format one file and return its exit status: 1 where one that is only looked at differs."""
    name = "stdin" if file == "-" else file
    data = read_standard_input() if file == "-" else read_bytes(file)
    before, encoding = decode_as_written(data, name)
    read_named(before, name)
    after = text_of(laid_out(tree_of(before)))
    if diff:
        write(_difference(name, before, after), end="")
    if check and before != after:
        write(name)
    if check or diff:
        return int(before != after)
    if file == "-":
        write(after, end="", as_it_is=True)
    elif before != after:
        _rewrite(Path(file), after.encode(encoding))
        write(text("fmt.rewritten", path=file))
    return 0


def _difference(name: str, before: str, after: str) -> str:
    """Return a unified diff; rows that differ in their ends alone are not shown as such."""
    rows = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "".join(f"{row}\n" for row in rows)


def _rewrite(path: Path, data: bytes) -> None:
    """Replace a file's content; what a link points to is replaced, permissions stay."""
    target = path.resolve()
    mode = target.stat().st_mode
    write_output(target, data, force=True)  # what was read from it is what is laid out
    os.chmod(target, mode)
