"""Write a report as one self-contained HTML page, the graph with the first wrong step in red."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from graphgrad.exercises.files.spelling import latex_label
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.grading.graded_sheet import Marked
from graphgrad.exercises.judging.mark import STATUSES
from graphgrad.exercises.reading.targets import scoped, step_text
from graphgrad.exercises.reports.report_lines import Row, rows_of, summary_lines
from graphgrad.exercises.sheets.browser_math import mathml
from graphgrad.exercises.sheets.html_sheet import page
from graphgrad.exercises.sheets.sheet import figure_of
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import language as language_in_force
from graphgrad.messages.catalogue import text

__all__ = ["html_report"]

_WORDED = re.compile(r"(?:shape|params|delta)\((?P<called>.+)\)|new (?P<named>.+)")
_STYLE = """\
.mark { white-space: nowrap; font-weight: bold; }
.right, .rounded { color: #1b6e3c; } .wrong, .unreadable, .unknown-name { color: #b3261e; }
.follow-on, .rough, .undecided, .missing { color: #7a4f00; }
tr.first td { background: #fdecea; }
.given { font-family: monospace; } .detail { color: #444; font-size: .9em; }
.detail pre { margin: .2rem 0; padding: .2rem .4rem; }
.points { text-align: right; white-space: nowrap; }
th:first-child { width: 16%; }
"""


def html_report(
    marked: Marked,
    *,
    key: bool = False,
    language: str | None = None,
    figure: bool = True,
    picture: str = "",
) -> str:
    """Return a report as a page.

    Args:
        marked: the marked sheet.
        key: whether the expected values are on it.
        language: otherwise the language in force.
        figure: whether the graph is drawn; without the key its numbers are blanks.
        picture: the graph as SVG, where it is drawn already: one picture serves a whole class.
    """
    exercise = marked.variant.exercise
    title = exercise.title or exercise.id
    parts = [f"<h1>{escape(title)}</h1>", _heading(marked, language)]
    style = _STYLE
    if figure and not picture:
        picture = figure_of(marked.variant, key=key, language=language).svg
    if picture:
        parts.append(f"<figure>{picture}{_caption(marked, language)}</figure>")
        style += _red(marked.variant, marked.report.first_wrong)
    parts += _table(rows_of(marked, key=key, language=language), key, language)
    parts += [f"<p>{escape(line)}</p>" for line in summary_lines(marked, language)]
    return page(title, language or language_in_force(), "\n".join(parts) + "\n", style=style)


def _caption(marked: Marked, language: str | None) -> str:
    """Return which step, and which of its entries, is the first wrong one; empty without one."""
    if not marked.report.first_wrong:
        return ""
    said = text("check.report.first", language, step=marked.report.first_text(language))
    return f'<figcaption class="wrong">{escape(said)}</figcaption>'


def _heading(marked: Marked, language: str | None) -> str:
    pairs = [("exercise", marked.variant.exercise.id)]
    if marked.variant.draw:
        pairs.append(("variant", str(marked.variant.draw)))
    if marked.student:
        pairs.append(("student", marked.student))
    spans = (
        f"<span><b>{escape(text(f'classroom.sheet.{word}', language))}:</b> {escape(value)}</span>"
        for word, value in pairs
    )
    return f'<div class="heading">{"".join(spans)}</div>'


def _red(variant: Variant, first_wrong: str) -> str:
    """Return the rule that marks the node of a wrong step: the line, or what is derived in."""
    steps = variant.graph.heading.steps  # of updates the parameter is marked, or the line
    about = next((line.name for line in steps if line.line == first_wrong), first_wrong)
    name = _node(variant.pictured.graph, scoped(about, step=True)[1])
    if not name:
        return ""
    box = f'.node[data-node="{name}"]'
    shapes = ", ".join(f"{box} > {shape}" for shape in ("rect", "path", "ellipse", "polygon"))
    return f"{shapes} {{ stroke: #c00 !important; stroke-width: 4px !important; }}\n"


def _node(graph: Graph, step: str) -> str:
    """Return the name of the line that a step is about: w for dL/dw, new w and dL/dw[1]."""
    word = _WORDED.match(step)
    bare = (word["called"] or word["named"] if word is not None else "") or step
    if "/" in bare:
        bare = bare.partition("/")[2][1:]
    return next(
        (name for name in (bare, bare.partition("[")[0]) if graph.find(name) is not None), ""
    )


def _table(rows: list[Row], key: bool, language: str | None) -> Iterator[str]:
    words = ["step", "status", "answer", *(["expected"] if key else []), "points_head"]
    head = (f"<th>{escape(text(f'classroom.sheet.{word}', language))}</th>" for word in words)
    yield f"<table><thead><tr>{''.join(head)}</tr></thead><tbody>"
    for row in rows:
        kind = ' class="first"' if row.is_first else ""
        label = _label(step_text(row.id, language))
        yield f'<tr{kind}><td title="{escape(row.id, quote=True)}">{label}</td>'
        yield f'<td class="mark {row.status}">{STATUSES[row.status].sign} {escape(row.word)}</td>'
        yield f'<td><span class="given">{escape(row.given)}</span>{_details(row)}</td>'
        if key:
            yield f"<td>{escape(row.expected)}</td>"
        yield f'<td class="points">{escape(row.points)}</td></tr>'
    yield "</tbody></table>"


def _details(row: Row) -> str:
    """Return the reasons; lines of a caret keep their columns."""
    parts = [
        f"<pre>{escape(line)}</pre>" if line.startswith(" ") else f"<div>{escape(line)}</div>"
        for line in row.details
    ]
    return f'<div class="detail">{"".join(parts)}</div>' if parts else ""


def _label(name: str) -> str:
    """Return a step typeset; what is no step of the graph, such as a claim, stays as text."""
    plain = re.sub(r"[_/(): .]", "", name)
    return mathml(latex_label(name), large=True) if plain.isalnum() else escape(name)
