"""Take the body of an exercise file apart: lines of the graph, and what stands on a sheet."""

from __future__ import annotations

import re

from graphgrad.errors import SourceError
from graphgrad.exercises.files.markup import Block
from graphgrad.exercises.files.model import Definition, Part

__all__ = ["lines_of", "parts_of"]


def lines_of(blocks: list[Block]) -> list[Definition]:
    """Return the lines of the ``gg`` blocks."""
    found = []
    for block in blocks:
        for number, line in enumerate(block.lines, block.line + 1):
            text = line.split("#")[0].strip()
            name, equals, formula = (part.strip() for part in text.partition("="))
            if not text or (text.startswith("[") and text.endswith("]")):
                continue
            if not equals or not re.fullmatch(r"[^\W\d]\w*", name):
                raise SourceError("classroom.file.gg_line", got=text[:60], at=number)
            found.append(Definition(name, formula, number))
    return found


def parts_of(blocks: list[Block]) -> list[Part]:
    """Return what stands on a sheet, in order."""
    parts: list[Part] = []
    count = 0
    for block in blocks:
        if block.kind == "step":
            parts.append(Part("step", step=count))
            count += 1
        elif block.kind == "text":
            parts.append(Part("text", "\n".join(block.lines).strip("\n")))
    return parts
