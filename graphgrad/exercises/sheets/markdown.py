"""Write a sheet as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from graphgrad.exercises.sheets.document import Block, Document
from graphgrad.messages import text

__all__ = ["markdown_sheet"]


def markdown_sheet(document: Document, figure: str = "") -> str:
    """Return a sheet, or a key, as Markdown.

    Args:
        document: the sheet.
        figure: the file of its figure, beside it; empty for none.
    """
    return "\n".join(_lines(document, figure)).rstrip() + "\n"


def _lines(document: Document, figure: str) -> Iterator[str]:
    yield f"# {document.title}"
    yield ""
    yield "  ".join(f"**{word}:** {value or '____________'}" for word, value in document.heading)
    yield ""
    if figure:
        words = text("classroom.sheet.graph", document.language)
        yield f"![{words}](<{figure}>)"
        yield ""
    for block in document.blocks:
        if block.kind == "text":
            yield block.text
        elif document.is_key:
            yield from _answers(block, document.language)
        else:
            yield from _blanks(block, document.language)
        yield ""
    if not document.is_key:
        yield text("classroom.sheet.hand_in", document.language)
        yield ""
        yield "```answers"
        yield document.template.rstrip("\n")
        yield "```"


def _blanks(block: Block, language: str) -> Iterator[str]:
    for question in block.questions:
        points = text("classroom.sheet.points", language, points=question.points)
        hint = f" ({question.hint})" if question.hint else ""
        yield f"- {question.label} = ____________ {hint} *{points}*"


def _answers(block: Block, language: str) -> Iterator[str]:
    words = ("step", "answer", "points_head")
    yield "| " + " | ".join(text(f"classroom.sheet.{w}", language) for w in words) + " |"
    yield "|---|---|---|"
    for question in block.questions:
        yield f"| {question.label} | {question.answer} | {question.points} |"
