"""Answer an editor while a file is typed: mistakes, values, definitions, words, layout."""

from __future__ import annotations

from graphgrad.cli.command import command_of
from graphgrad.errors import UsageError

__all__ = ["command"]

EXAMPLE = "graphgrad lsp"


@command_of("lsp", example=EXAMPLE, seconds=None)
def command() -> None:
    """Speak the Language Server Protocol over standard input and output."""
    try:
        from graphgrad.cli.editors.language_server import language_server
    except ModuleNotFoundError:
        raise UsageError("editors.needs_extra") from None
    from importlib.metadata import version

    language_server(version("graphgrad")).start_io()
