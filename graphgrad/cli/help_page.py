"""Lay out the help of the program and of its commands: click's pages, with words of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from graphgrad.cli.output import line_width
from graphgrad.messages.catalogue import text

__all__ = ["definitions", "help_page"]

Pair = tuple[str, str]

LONGEST_TERM = 26


def help_page(
    ctx: click.Context,
    pieces: Iterable[str],
    explanation: str,
    sections: Mapping[str, list[Pair]],
    example: str,
) -> str:
    """Return usage, explanation, lists of terms, and examples.

    Args:
        ctx: of the command that is explained.
        pieces: what may follow its name.
        explanation: paragraphs, apart by an empty line.
        sections: the terms and their meanings below the message id of a heading.
        example: one or more command lines.
    """
    page = click.HelpFormatter(width=line_width())
    page.write_usage(ctx.command_path, " ".join(pieces), f"{text('help.usage')}: ")
    page.write_paragraph()
    page.write_text(explanation)
    for heading, pairs in sections.items():
        if pairs:
            with page.section(text(heading)):
                page.write_dl(pairs, LONGEST_TERM)
    with page.section(text("help.examples" if "\n" in example else "help.example")):
        for line in example.splitlines():
            page.write(f"  {line}\n")
    return page.getvalue().rstrip("\n")


def definitions(pairs: Iterable[Pair]) -> str:
    """Return terms and their explanations in two columns; a long term has its own line."""
    page = click.HelpFormatter(width=line_width())
    with page.indentation():
        page.write_dl(pairs, LONGEST_TERM)
    return page.getvalue().rstrip("\n")
