"""Tell what a session shows as JSON: the figure with its steps, the leaves, what is to be noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphgrad.errors import UsageError
from graphgrad.expr.dialect import COMMA, STRICT, Dialect
from graphgrad.graph.graph import Graph, Line
from graphgrad.live.front_end import live_style
from graphgrad.live.mistake import in_a_page
from graphgrad.live.view import CHOICES
from graphgrad.live.written import in_dialect
from graphgrad.messages.catalogue import quoted, text, worded
from graphgrad.ops.shapes import shape_text
from graphgrad.source.relations import broken_relations
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.known_at import frame_of
from graphgrad.views.figure.html.fragment import fragment_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.in_words import described
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.text.numbers import DIGITS, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad.live.present import Present
    from graphgrad.live.view import View
    from graphgrad.views.figure.content.questions import Questions
    from graphgrad.views.figure.scene.scene import Scene

__all__ = ["file_of", "leaf_text", "pictured", "same_place", "shown"]

_MANY_DIGITS = re.compile(r"(?<!\d)\d++[.,]\d{7,}+(?:e[-+]?\d+)?")
_MOST_LEAVES = 200
_LONGEST = 400
"""Characters of a value that a field can hold."""


def shown(
    graph: Graph,
    trace: Trace | None,
    point: Mapping[str, Any],
    view: View,
    language: str,
    step: int,
) -> dict[str, Any]:
    """Return what is shown of a graph; without a pass, the graph without numbers.

    Args:
        graph: the graph.
        trace: its pass; None where a leaf has no value.
        point: values given by hand.
        view: how it is shown.
        language: of the words, in force already.
        step: the step it starts with; the last one where there are fewer.

    Raises:
        GraphgradError: if it cannot be drawn.
    """
    scene = scene_of(graph if trace is None else trace, view.options(language))
    questions = _questions(trace, view)
    step = max(0, min(step, scene.last_step))
    part = fragment_of(scene, step=step, theme=view.theme, questions=questions)
    return {
        "title": part.title,
        "body": part.body,
        "style": part.style + live_style(),
        "last": scene.last_step,
        "forward": max((box.value_step for box in scene.boxes), default=0),
        "step": step,
        "asks": questions is not None and bool(questions.asked),
        "arrays": any(graph.columns.shape(line.root) for line in graph.lines()),
        "leaves": list(_leaves(graph, point, COMMA if view.decimal_comma else STRICT)),
        "notes": [*_told_by(scene), *_notes(graph, trace, point), *_nothing_asked(trace, view)],
        "language": language,
        "view": view._asdict(),
        "menus": _menus(),
        "words": {name: worded(f"live.word.{name}", language) for name in _WORDS},
    }


def pictured(
    graph: Graph, trace: Trace | None, view: View, language: str, step: int
) -> tuple[str, str]:
    """Return the figure after a step as SVG, and what it says in words; at step 0, all of it."""
    scene = scene_of(graph if trace is None else trace, view.options(language))
    at = min(step, scene.last_step) or None
    picture = svg_of(scene, step=at, theme=view.theme).decode("utf-8")
    return picture, f"{scene.title}. {described(scene, frame_of(scene, at))}"


def file_of(
    file_format: Any, graph: Graph, trace: Trace | None, view: View, language: str, step: int
) -> str:
    """Return the text of a file: this step as SVG, or all of them as an HTML page of their own.

    Raises:
        GraphgradError: if there is no such format, or it cannot be drawn.
    """
    if file_format == "svg":
        return pictured(graph, trace, view, language, step)[0]
    if file_format != "html":
        got, known = quoted(file_format), "svg, html"
        raise UsageError("live.choice", name="format", got=got, known=known, near="")
    from graphgrad.views.figure.html.html_page import html_of

    scene = scene_of(graph if trace is None else trace, view.options(language))
    questions = _questions(trace, view)
    step = max(0, min(step, scene.last_step))
    return html_of(scene, step=step, theme=view.theme, questions=questions).decode("utf-8")


def same_place(
    before: Present, old: View, now: Present, view: View, language: str, step: int
) -> int:
    """Return the step of a view at which as much is known as at a step of another.

    Args:
        before: what was looked at.
        old: how.
        now: what is looked at.
        view: how.
        language: of the words.
        step: of the old view.
    """
    if before.trace is None or now.trace is None or not step:
        return step
    was = scene_of(before.trace, old.options(language))
    scene = scene_of(now.trace, view.options(language))
    if step >= was.last_step:
        return scene.last_step
    forward = max((box.value_step for box in was.boxes), default=0)
    names = {box.id: box for box in scene.boxes}
    met = [(box, names[box.id]) for box in was.boxes if box.id in names]
    done = [new.value_step for box, new in met if box.value_step <= step]
    if step > forward:
        done = [max((new.value_step for new in scene.boxes), default=0)]
        done += [new.adjoint_step for box, new in met if 0 < box.adjoint_step <= step]
    return max(done, default=0)


_WORDS = (
    "leaves",
    "row",
    "style",
    "detail",
    "entries",
    "undo",
    "redo",
    "keys",
    "alone",
    "larger",
    "smaller",
)
_MENUS = ("style", "detail")


def _menus() -> list[list[Any]]:
    """Return what the menus offer: the words of the code and those of the reader."""
    return [
        [name, [[word, text(f"live.{name}.{word or 'auto'}")] for word in CHOICES[name]]]
        for name in _MENUS
    ]


def _told_by(scene: Scene) -> list[str]:
    """Return the notes of a figure, without advice on slides and on options of the command line."""
    return [note for note in scene.notes if note not in scene.warnings]


def _questions(trace: Trace | None, view: View) -> Questions | None:
    if trace is None or not view.predict:
        return None
    from graphgrad.exercises.judging.page_questions import page_questions

    return page_questions(trace)


def _nothing_asked(trace: Trace | None, view: View) -> Iterator[str]:
    """Yield why there is nothing to predict, where that is so."""
    if trace is not None and view.predict and trace.trouble is not None:
        yield text("live.nothing_asked")


def _leaves(graph: Graph, point: Mapping[str, Any], dialect: Dialect) -> Iterator[dict[str, Any]]:
    lines = [line for line in graph.lines() if graph.is_leaf(line.root)]
    for line in lines[:_MOST_LEAVES]:
        role = graph.role(line.root)
        yield {
            "name": line.name,
            "role": role,
            "word": text(f"role.{role}"),
            "shape": shape_text(graph.columns.shape(line.root)),
            "value": (value := leaf_text(graph, line, point, dialect)),
            "brief": None if value is None else _MANY_DIGITS.sub(_few_digits, value),
            "long": value is None and _value(graph, line, point) is not None,
        }


def _few_digits(found: re.Match[str]) -> str:
    written = number(float(found[0].replace(",", ".")), DIGITS)
    return written.replace(".", ",") if "," in found[0] else written


def leaf_text(
    graph: Graph, line: Line, point: Mapping[str, Any], dialect: Dialect = STRICT
) -> str | None:
    """Return the value of a leaf as a file writes it; None if there is none, or it is too long."""
    value = _value(graph, line, point)
    size = getattr(value, "size", 1)
    if value is None or size > _LONGEST:
        return None
    written = in_dialect(value, dialect)
    return written if len(written) <= _LONGEST else None


def _value(graph: Graph, line: Line, point: Mapping[str, Any]) -> Any:
    return point.get(line.name, graph.defaults.get(line.root))


def _notes(graph: Graph, trace: Trace | None, point: Mapping[str, Any]) -> Iterator[str]:
    if trace is None:
        leaves = [line for line in graph.lines() if graph.is_leaf(line.root)]
        missing = [line.name for line in leaves if _value(graph, line, point) is None]
        yield text("live.no_value", name=missing[0])
        return
    for broken in broken_relations(graph, trace.values):
        yield text("warning.broken_relation", relation=broken.relation, values=broken.values)
    if trace.trouble is not None:
        from graphgrad.views.text.trouble import trouble_error

        error = trouble_error(trace)
        if error is not None:
            yield in_a_page(error).body(None)
