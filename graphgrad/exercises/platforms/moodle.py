r"""Write variants as Cloze questions in Moodle XML: numbers only, one field per number.

Source: Moodle documentation, "Moodle XML format" and "Embedded Answers (Cloze) question type".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from html import escape
from xml.etree import ElementTree

from graphgrad.exercises.files.exercise import Exercise, Step
from graphgrad.exercises.files.spelling import latex_label
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.reports.report_formats import xml_safe
from graphgrad.exercises.sheets.markdown_sheet import Pieces
from graphgrad.exercises.sheets.sheet import Block, document_of
from graphgrad.exercises.truth.steps import Value

__all__ = ["OWN_QUIZ", "html_of", "moodle_xml", "question_name"]

OWN_QUIZ = "graphgrad"
"""The comment by which a file of ours is known."""

_DIGITS = 12


def moodle_xml(variants: Iterable[Variant], *, language: str | None = None) -> str:
    """Return variants as one file of Cloze questions.

    A field accepts what rounds to the digits that the exercise asks for. Formulas cannot be typed
    into Cloze, so their values are asked for.

    Args:
        variants: the variants, one question each.
        language: otherwise the exercise's.
    """
    quiz = ElementTree.Element("quiz")
    quiz.append(ElementTree.Comment(OWN_QUIZ))
    for variant in variants:
        question = ElementTree.SubElement(quiz, "question", type="cloze")
        name = ElementTree.SubElement(question, "name")
        ElementTree.SubElement(name, "text").text = xml_safe(question_name(variant))
        body = ElementTree.SubElement(question, "questiontext", format="html")
        ElementTree.SubElement(body, "text").text = xml_safe("\n".join(_body(variant, language)))
    ElementTree.indent(quiz)
    text = ElementTree.tostring(quiz, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def question_name(variant: Variant) -> str:
    """Return the title, and the number of the variant where there are several."""
    title = variant.exercise.title or variant.exercise.id
    return f"{title} ({variant.draw})" if variant.draw else title


def _body(variant: Variant, language: str | None) -> Iterator[str]:
    document = document_of(variant, figure=True, language=language)
    if document.figure is not None:
        yield document.figure.svg
    steps = {step.id: step for step in variant.exercise.steps}
    for block in document.blocks:
        if block.kind == "text":
            yield html_of(block.text)
        else:
            yield from _fields(block, variant, steps)


def html_of(markdown: str) -> str:
    r"""Return Markdown as HTML whose formulas stay LaTeX between ``\(`` and ``\)``.

    >>> html_of("with $z=wx$")
    '<p>with \\(z=wx\\)</p>\n'
    """
    from markdown_it import MarkdownIt

    pieces = Pieces()
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    html: str = reader.render(pieces.keep(markdown))
    return pieces.restore(
        html, lambda latex, block: rf"\[{escape(latex)}\]" if block else rf"\({escape(latex)}\)"
    )


def _fields(block: Block, variant: Variant, steps: dict[str, Step]) -> Iterator[str]:
    for question in block.questions:
        step = steps[question.id]
        value = variant.truth[step.id]
        label = rf"\({escape(latex_label(question.label))}\)"
        yield f"<p>{label} = {cloze_fields(variant.exercise, step, value)}</p>"


def cloze_fields(exercise: Exercise, step: Step, value: Value) -> str:
    """Return a field per entry of a step's value, row by row."""
    weight = _weights(exercise)[step.id]
    accepted = (f"{n:.{_DIGITS}g}:{tolerance(exercise, step, n):.3g}" for n in value.floats)
    fields = [f"{{{weight}:NUMERICAL:={text}}}" for text in accepted]
    if not value.shape:
        return fields[0]
    width = value.shape[-1]
    rows = [fields[i : i + width] for i in range(0, len(fields), width)]
    cells = ("".join(f"<td>{field}</td>" for field in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _weights(exercise: Exercise) -> dict[str, int]:
    """Return the points as whole numbers, which is what Cloze wants."""
    common = math.lcm(*(step.points.denominator for step in exercise.steps))
    whole = {step.id: int(step.points * common) for step in exercise.steps}
    divisor = math.gcd(*whole.values()) or 1
    return {name: max(1, points // divisor) for name, points in whole.items()}


def tolerance(exercise: Exercise, step: Step, number: float) -> float:
    """Return how far an answer may be from a number: half a unit of the last digit asked for.

    >>> tolerance(Exercise("e", "", digits=3), Step("z"), 0.2227)
    0.0005
    """
    if exercise.decimals is not None:
        return 0.5 * 10.0**-exercise.decimals
    digits = step.digits or exercise.digits
    if number == 0:
        return 0.5 * 10.0**-digits
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(number))) - digits + 1)
