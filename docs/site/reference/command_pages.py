"""Write the page of all commands and their options, and that of the exit statuses."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docs.site.contents import Pair
from graphgrad import errors
from graphgrad.cli.command import Branch, Command, WordedArgument, WordedOption
from graphgrad.cli.program import program
from graphgrad.messages.catalogue import in_language, text

__all__ = ["commands", "statuses"]

WORDS = {
    "title": Pair("Órdenes", "Commands"),
    "about": Pair(
        "Cada orden con sus opciones, tal como las dice `graphgrad ORDEN --help`. Cómo termina "
        "cada una: [estados de salida](estados.md).",
        "Every command with its options, as `graphgrad COMMAND --help` tells them. How each ends: "
        "[exit statuses](statuses.md).",
    ),
    "status": Pair("Estados de salida", "Exit statuses"),
    "status_about": Pair(
        "Con qué número termina `graphgrad`, y qué error de Python significa lo mismo.",
        "The number that `graphgrad` ends with, and which error of Python means the same.",
    ),
    "number": Pair("estado", "status"),
    "meaning": Pair("significa", "means"),
    "python": Pair("en Python", "in Python"),
    "examples": Pair("Ejemplos", "Examples"),
}


def commands(lang: str) -> str:
    """Return the page of the commands in a language."""
    with in_language(lang):
        parts = [f"# {WORDS['title'].of(lang)}\n\n{WORDS['about'].of(lang)}\n"]
        parts += [_section(path, command, lang) for path, command in _every(program, "graphgrad")]
    return "".join(parts)


def _every(branch: Branch, path: str) -> Iterator[tuple[str, Command | Branch]]:
    """Yield each command with the words that call it, branches before what they lead to."""
    for word in branch.table:
        command = branch.get_command(click.Context(branch), word)
        if command is None:
            raise AssertionError(word)  # the table names a module without a command
        yield f"{path} {word}", command
        if isinstance(command, Branch):
            yield from _every(command, f"{path} {word}")


def _section(path: str, command: Command | Branch, lang: str) -> str:
    """Return what a command does, its arguments, its options and its examples."""
    arguments = [p for p in command.params if isinstance(p, WordedArgument)]
    options = [p for p in command.params if isinstance(p, WordedOption)]
    spelled = " ".join([path, *(argument.spelled() for argument in arguments)])
    help_text = text(f"command.{command.name}.help")
    heading = f"\n## {path.partition(' ')[2]}\n\n`{spelled}`\n\n"
    parts = [heading, _escaped(help_text), "\n\n| | |\n|---|---|\n"]
    for given in (*arguments, *options):
        told = _cell(_escaped(text(given.help_id)))
        parts.append(f"| `{_cell(given.spelled())}` | {told} |\n")
    parts.append(f"\n{WORDS['examples'].of(lang)}:\n\n```sh\n{command.example.rstrip()}\n```\n")
    return "".join(parts)


def _cell(words: str) -> str:
    return words.replace("|", r"\|").replace("\n", " ")


def _escaped(words: str) -> str:
    """Return a text of the catalogue as Markdown: stars and underscores are themselves."""
    parts = words.split("`")
    marks = {ord(c): f"\\{c}" for c in "*_<>[]$"}
    return "`".join(part if i % 2 else part.translate(marks) for i, part in enumerate(parts))


def statuses(lang: str) -> str:
    """Return the page of the exit statuses in a language."""
    raised: dict[int, list[str]] = {}
    for name in errors.__all__:
        error = getattr(errors, name)
        if hasattr(error, "exit_status"):
            raised.setdefault(error.exit_status, []).append(f"`{name}`")
    heading = " | ".join(WORDS[word].of(lang) for word in ("number", "meaning", "python"))
    parts = [f"# {WORDS['status'].of(lang)}\n\n{WORDS['status_about'].of(lang)}\n\n"]
    parts.append(f"| {heading} |\n|---|---|---|\n")
    with in_language(lang):
        for code in range(7):
            told = text(f"help.status.{code}")
            parts.append(f"| {code} | {told} | {', '.join(raised.get(code, []))} |\n")
    return "".join(parts)
