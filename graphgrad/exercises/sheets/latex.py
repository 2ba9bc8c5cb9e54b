"""Write a sheet as LaTeX, for pdflatex, xelatex and lualatex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.exercises.sheets.document import Block, Document
from graphgrad.exercises.sheets.labels import latex_label
from graphgrad.exercises.sheets.math_pieces import Pieces
from graphgrad.messages import text

__all__ = ["latex_of_markdown", "latex_sheet", "plain_latex"]

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "−": "$-$",
    "∂": r"$\partial$", "·": r"$\cdot$", "σ": r"$\sigma$", "≈": r"$\approx$",
}  # fmt: skip
_PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\fi
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
%s
\usepackage{amsmath,amssymb,array}
\usepackage[margin=2.2cm]{geometry}
\setlength{\parindent}{0pt}\setlength{\parskip}{6pt}
\begin{document}
"""
_LANGUAGES = {
    "es": r"\IfFileExists{spanish.ldf}{\usepackage[spanish,es-noshorthands]{babel}}{}",
    "en": r"\usepackage[english]{babel}",
}
"""Debian ships Spanish apart; without it only the hyphens are not Spanish."""

_OPEN = {
    "strong_open": r"\textbf{", "em_open": r"\emph{", "bullet_list_open": "\\begin{itemize}\n",
    "ordered_list_open": "\\begin{enumerate}\n", "list_item_open": r"\item ",
    "heading_open": r"\subsection*{", "blockquote_open": "\\begin{quote}\n",
    "softbreak": "\n", "hardbreak": "\\\\\n", "hr": "\n\\medskip\\hrule\\medskip\n",
}  # fmt: skip
_CLOSE = {
    "strong_close": "}", "em_close": "}", "bullet_list_close": "\\end{itemize}\n",
    "ordered_list_close": "\\end{enumerate}\n", "list_item_close": "\n", "heading_close": "}\n\n",
    "paragraph_close": "\n\n", "blockquote_close": "\\end{quote}\n",
}  # fmt: skip
_MARKS = _OPEN | _CLOSE


def latex_sheet(document: Document) -> str:
    """Return a sheet, or a key, as LaTeX; the figure is not in it."""
    parts = [_PREAMBLE % _LANGUAGES[document.language]]
    parts.append(rf"\section*{{{plain_latex(document.title)}}}" + "\n")
    parts.append(r"\quad ".join(_field(*pair) for pair in document.heading) + "\n\n")
    for block in document.blocks:
        if block.kind == "text":
            parts.append(latex_of_markdown(block.text))
        else:
            parts.append("\n".join(_questions(block, document)) + "\n\n")
    return "".join(parts) + "\\end{document}\n"


def plain_latex(plain: str) -> str:
    r"""Return text with everything escaped that LaTeX would obey.

    >>> plain_latex("50 % of w_1")
    '50 \\% of w\\_1'
    """
    return "".join(_ESCAPES.get(letter, letter) for letter in plain)


def latex_of_markdown(markdown: str) -> str:
    """Return Markdown as LaTeX; formulas stay as they are."""
    from markdown_it import MarkdownIt

    pieces = Pieces()
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    written = "".join(_spelled(token) for token in reader.parse(pieces.keep(markdown)))
    return pieces.restore(written, _formula)


def _formula(latex: str, block: bool) -> str:
    return f"\\[{latex}\\]" if block else f"${latex}$"


def _spelled(token: Any) -> str:
    if token.children is not None:
        return "".join(_spelled(child) for child in token.children)
    if token.type == "text":
        return plain_latex(token.content)
    if token.type == "code_inline":
        return rf"\texttt{{{plain_latex(token.content)}}}"
    if token.type in ("fence", "code_block"):
        safe = token.content.replace(r"\end{verbatim}", "")
        return f"\\begin{{verbatim}}\n{safe}\\end{{verbatim}}\n\n"
    return _MARKS.get(token.type, "")


def _field(word: str, value: str) -> str:
    shown = plain_latex(value) if value else r"\underline{\hspace{5cm}}"
    return rf"\textbf{{{plain_latex(word)}:}} {shown}"


def _questions(block: Block, document: Document) -> Iterator[str]:
    words = ("step", "answer", "points_head")
    head = [plain_latex(text(f"classroom.sheet.{w}", document.language)) for w in words]
    yield r"\renewcommand{\arraystretch}{1.6}"
    yield r"\begin{tabular}{@{}p{4cm}p{8cm}r@{}}"
    yield " & ".join(head) + r" \\ \hline"
    for question in block.questions:
        answer = plain_latex(question.answer) if document.is_key else r"\dotfill"
        hint = f" {{\\small {plain_latex(question.hint)}}}" if question.hint else ""
        label = f"${latex_label(question.label)}${hint}"
        yield f"{label} & {answer} & {plain_latex(question.points)} \\\\"
    yield r"\end{tabular}"
