"""Write a sheet as one self-contained HTML page: no script library, no font, no link outside."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from graphgrad.exercises.files.spelling import latex_label
from graphgrad.exercises.sheets.browser_math import mathml
from graphgrad.exercises.sheets.markdown_sheet import Pieces
from graphgrad.exercises.sheets.sheet import Block, Document
from graphgrad.messages.catalogue import text

__all__ = ["STYLE", "html_of_markdown", "html_sheet", "page"]

STYLE = """\
:root { color-scheme: light; }
body { font: 16px/1.5 Georgia, 'DejaVu Serif', serif; color: #1a1a1a; background: #fff;
  max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
.heading { display: flex; flex-wrap: wrap; gap: .3rem 2rem; border-bottom: 1px solid #777;
  padding-bottom: .5rem; margin-bottom: 1rem; }
.blank { display: inline-block; min-width: 12rem; border-bottom: 1px solid #444; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { text-align: left; padding: .35rem .7rem .35rem 0; vertical-align: baseline;
  border-bottom: 1px solid #ccc; }
th:first-child { width: 32%; }
td.points, th.points { text-align: right; white-space: nowrap; padding-right: 0; }
td input { font: inherit; width: 100%; border: 0; border-bottom: 1px solid #444;
  background: transparent; box-sizing: border-box; }
.hint { color: #555; font-size: .9em; }
figure { margin: 1rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
pre { background: #f4f4f4; padding: .7rem; overflow-x: auto; font-size: .9rem; }
button { font: inherit; padding: .3rem 1rem; }
@media print { button, .screen { display: none; } body { margin: 0; max-width: none; } }
"""

_SCRIPT = """\
document.querySelector('button').addEventListener('click', function () {
  var lines = [document.body.dataset.heading];
  document.querySelectorAll('input').forEach(function (field) {
    lines.push(field.name + ' = ' + field.value);
  });
  var link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([lines.join('\\n') + '\\n'], {type: 'text/plain'}));
  link.download = document.body.dataset.file;
  link.click();
});
"""


def html_sheet(document: Document) -> str:
    """Return a sheet, or a key, as a page; the fields of a sheet can be saved as an answer file."""
    language = document.language
    parts = [f"<h1>{escape(document.title)}</h1>", _heading(document)]
    if document.figure is not None:
        parts.append(f"<figure>{document.figure.svg}</figure>")
    for block in document.blocks:
        if block.kind == "text":
            parts.append(html_of_markdown(block.text))
        else:
            parts.append("\n".join(_questions(block, document)))
    heading, script = "", ""
    if not document.is_key:
        words = escape(text("classroom.sheet.save", language))
        parts.append(f'<p class="screen"><button type="button">{words}</button></p>')
        file = escape(text("classroom.sheet.file", language), quote=True)
        first = escape(document.template.split("\n")[0], quote=True)
        heading = f' data-heading="{first}" data-file="{file}"'
        script = f"<script>\n{_SCRIPT}</script>\n"
    return page(document.title, language, "\n".join(parts) + "\n" + script, body=heading)


def page(title: str, language: str, content: str, *, style: str = "", body: str = "") -> str:
    """Return a whole page.

    Args:
        title: as text.
        language: its code.
        content: the body, as HTML.
        style: rules beside the common ones.
        body: attributes of the body, as HTML.
    """
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n"
        f"<body{body}>\n{content}</body>\n</html>\n"
    )


def html_of_markdown(markdown: str) -> str:
    """Return Markdown as HTML; tags in it are shown, not obeyed, and formulas are MathML."""
    from markdown_it import MarkdownIt

    pieces = Pieces()
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    html: str = reader.render(pieces.keep(markdown))
    return pieces.restore(html, lambda latex, block: mathml(latex, block=block))


def _heading(document: Document) -> str:
    fields = [
        f"<span><b>{escape(word)}:</b> "
        + (escape(value) if value else '<span class="blank">&nbsp;</span>')
        + "</span>"
        for word, value in document.heading
    ]
    return f'<div class="heading">{"".join(fields)}</div>'


def _questions(block: Block, document: Document) -> Iterator[str]:
    head = [text(f"classroom.sheet.{w}", document.language) for w in ("step", "answer")]
    points = text("classroom.sheet.points_head", document.language)
    yield "<table><thead><tr>" + "".join(f"<th>{escape(word)}</th>" for word in head)
    yield f'<th class="points">{escape(points)}</th></tr></thead><tbody>'
    for question in block.questions:
        name = escape(question.id, quote=True)
        field = f'<input name="{name}" aria-label="{name}" autocomplete="off">'
        answer = escape(question.answer) if document.is_key else field
        hint = f' <span class="hint">{escape(question.hint)}</span>' if question.hint else ""
        label = mathml(latex_label(question.label), large=True)
        yield f"<tr><td>{label}{hint}</td><td>{answer}</td>"
        yield f'<td class="points">{escape(question.points)}</td></tr>'
    yield "</tbody></table>"
