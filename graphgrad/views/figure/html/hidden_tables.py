"""Write the numbers behind the figure as tables; those of later steps keep their place, hidden."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import EVERYTHING, Frame
from graphgrad.views.figure.html.predict_form import Hidden, questions_hiding
from graphgrad.views.figure.scene.in_words import value_table
from graphgrad.views.figure.scene.scene import Scene, SceneBox, SceneEdge
from graphgrad.views.figure.svg.svg_parts import is_open
from graphgrad.views.text.numbers import number

__all__ = ["tables"]

_DIGITS = 4


def tables(scene: Scene, frame: Frame, hidden: Hidden) -> list[str]:
    """Return a table of the values and adjoints, and one of the local derivatives."""
    derivatives = list(_derivatives(scene, frame, hidden))
    found = _table(scene, "table", ("name", "role", "value", "adjoint"))
    found += [*_values(scene, frame, hidden), *_weights(scene, frame), "</table>"]
    if derivatives:
        columns = ("edge", "formula", "partial", "contribution")
        found += [*_table(scene, "derivatives", columns), *derivatives, "</table>"]
    return ['<div class="tables">', *found, "</div>"]


def _table(scene: Scene, name: str, columns: tuple[str, ...]) -> list[str]:
    said = [escape(text(f"stepper_page.{name}.{word}", scene.language)) for word in columns]
    caption = escape(text(f"stepper_page.{name}", scene.language))
    heads = "".join(f'<th scope="col">{word}</th>' for word in said)
    return [f"<table>\n<caption>{caption}</caption>", f"<tr>{heads}</tr>"]


def _values(scene: Scene, frame: Frame, hidden: Hidden) -> Iterator[str]:
    rows = value_table(scene, EVERYTHING)
    for box, row in zip(scene.boxes, rows, strict=True):
        name, role = escape(printable(row.name)), escape(row.role)
        value = _cell(frame, "value", row.value, box.value_step, _asks(hidden, box, "value"))
        adjoint = _cell(
            frame, "adjoint", row.adjoint, box.adjoint_step, _asks(hidden, box, "adjoint")
        )
        yield f'<tr><th scope="row">{name}</th><td>{role}</td>{value}{adjoint}</tr>'


def _weights(scene: Scene, frame: Frame) -> Iterator[str]:
    """Yield a row per weight that is drawn as an arrow, in the order of the arrows."""
    role = escape(text("figure.role.parameter", scene.language))
    for edge in scene.edges:
        if not edge.weight or scene.blanks:
            continue
        name, *numbers = edge.weight
        value, adjoint = (scene.written(_number(told)) for told in numbers)
        cells = _cell(frame, "value", value, 0, "")
        cells += _cell(frame, "adjoint", adjoint, edge.backward_step, "")
        yield f'<tr><th scope="row">{escape(printable(name))}</th><td>{role}</td>{cells}</tr>'


def _number(stored: str) -> str:
    """Return a number as tables write it, of the one that programs read; else as it is."""
    try:
        return number(float(stored), _DIGITS)
    except ValueError:
        return stored


def _derivatives(scene: Scene, frame: Frame, hidden: Hidden) -> Iterator[str]:
    """Yield a row per arrow with a derivative: the words, the symbols, the numbers."""
    for edge in scene.edges:
        told = [edge.partial, edge.contribution] if is_open(scene, EVERYTHING, edge) else []
        if not edge.formula or not any(told):
            continue
        words, formula = (
            escape(printable(edge.words)),
            escape(scene.written(printable(edge.formula))),
        )
        step = edge.backward_step
        partial = _cell(frame, "partial", scene.written(edge.partial_words), step, "")
        asks = _asks(hidden, edge, "contribution")
        contribution = _cell(frame, "adjoint", scene.written(edge.contribution_words), step, asks)
        symbols = f'<td class="formula">{formula}</td>'
        yield f'<tr><th scope="row">{words}</th>{symbols}{partial}{contribution}</tr>'


def _asks(hidden: Hidden, part: SceneBox | SceneEdge, kind: str) -> str:
    numbers = questions_hiding(hidden, part, kind)
    return f' data-asks="{numbers}"' if numbers else ""


def _cell(frame: Frame, kind: str, number: str, known_step: int, asks: str) -> str:
    later = " later" if known_step > (frame.step or 0) else ""
    return f'<td class="{kind}{later}" data-step="{known_step}"{asks}>{escape(number)}</td>'
