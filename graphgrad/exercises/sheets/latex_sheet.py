"""Write a sheet as LaTeX, for pdflatex, xelatex and lualatex, or as PDF with the machine's TeX."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.exercises.files.spelling import latex_label
from graphgrad.exercises.sheets.markdown_sheet import Pieces
from graphgrad.exercises.sheets.sheet import Block, Document
from graphgrad.messages.catalogue import text
from graphgrad.messages.languages.record import language_record
from graphgrad.views.figure.tex import safe_tex as words

__all__ = ["ENGINES", "latex_sheet", "pdf_sheet", "plain_latex"]


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
\usepackage{amsmath,amssymb}
\usepackage{array}
\usepackage[margin=2.2cm]{geometry}
\newsavebox{\ggside}
\setlength{\parindent}{0pt}\setlength{\parskip}{6pt}
\begin{document}
"""
_ON_ITS_SIDE = r"""\newpage
\begin{lrbox}{\ggside}%
%s%
\end{lrbox}
\begin{center}\rotatebox{90}{\usebox{\ggside}}\end{center}
"""
"""A figure on the last page, alone; TikZ has the command that turns it."""
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
ENGINES = ("pdflatex", "lualatex", "xelatex", "tectonic")
_SECONDS = 180
_ERROR = re.compile(r"^! (.+)$", re.MULTILINE)
_FIXED = {
    "SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1",  # the same input gives the same bytes
    "openin_any": "p", "openout_any": "p",  # formulas of a lecturer open no files elsewhere
}  # fmt: skip


def latex_sheet(document: Document) -> str:
    """Return a sheet, or a key, as LaTeX, with the figure as TikZ."""
    picture = None if document.figure is None else document.figure.tikz
    packages = () if picture is None else picture.packages
    babel = language_record(document.language).babel
    preamble = [babel, *(p for p in packages if p not in _PREAMBLE)]
    parts = [_PREAMBLE.replace("%s", "\n".join(filter(None, preamble)))]
    parts.append(rf"\section*{{{plain_latex(document.title)}}}" + "\n")
    parts.append(r"\quad ".join(_field(*pair) for pair in document.heading) + "\n\n")
    turned = document.figure is not None and document.figure.on_paper[1]
    if picture is not None and not turned:
        parts.append(f"\\begin{{center}}\n{picture.text}\n\\end{{center}}\n\n")
    for block in document.blocks:
        if block.kind == "text":
            parts.append(latex_of_markdown(block.text))
        else:
            parts.append("\n".join(_questions(block, document)) + "\n\n")
    if picture is not None and turned:
        parts.append(_ON_ITS_SIDE.replace("%s", picture.text))
    return "".join(parts) + "\\end{document}\n"


def plain_latex(plain: str) -> str:
    r"""Return text with everything escaped that LaTeX would obey.

    >>> plain_latex("50 % of w_1")
    '50 \\% of w\\_1'
    """
    return "".join(map(_letter, plain))


def _letter(letter: str) -> str:
    """Return a character that every TeX sets; one that none knows becomes its plain form, or ?."""
    if letter in _ESCAPES or letter < "\u0180" or letter in "\ue000\ue001":
        return _ESCAPES.get(letter, letter)
    written = words.plain(letter)
    if written.isascii() and r"\gg" not in written:
        return written
    plainer = unicodedata.normalize("NFKC", letter)
    return plainer if plainer.isascii() else "?"


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
    yield r"\par\nopagebreak\renewcommand{\arraystretch}{1.6}"
    columns = r"@{\extracolsep{\fill}}p{.26\linewidth}p{.58\linewidth}r@{}"
    yield rf"\begin{{tabular*}}{{\linewidth}}{{@{{}}{columns}}}"
    yield " & ".join(head) + r" \\ \hline"
    for question in block.questions:
        answer = _number(question.answer) if document.is_key else r"\dotfill"
        hint = f" {{\\small {plain_latex(question.hint)}}}" if question.hint else ""
        label = rf"$\displaystyle {latex_label(question.label)}${hint}"
        strut = r"\rule[-4.4mm]{0pt}{11.5mm}" if r"\frac" in label else ""
        yield f"{strut}{label} & {answer} & {plain_latex(question.points)} \\\\"
    yield r"\end{tabular*}"


def _number(answer: str) -> str:
    r"""Return an answer with signs as long as those of formulas.

    >>> _number("[-2; 0,5]")
    '[$-$2; 0,5]'
    """
    return re.sub(r"-(?=[\d.])", "$-$", plain_latex(answer))


def pdf_sheet(document: Document) -> bytes:
    """Return a sheet, or a key, as PDF.

    Raises:
        UsageError: if no TeX is installed, or a formula in the text is not LaTeX.
    """
    return pdf_of_latex(latex_sheet(document))


def pdf_of_latex(source: str) -> bytes:
    """Return a LaTeX document as PDF.

    Raises:
        UsageError: if no TeX is installed, or it refuses the document, with its first complaint.
    """
    engine = next((name for name in ENGINES if shutil.which(name)), None)
    if engine is None:
        raise UsageError("classroom.pdf.no_engine", engines=", ".join(ENGINES))
    with tempfile.TemporaryDirectory(prefix="graphgrad-sheet-") as folder:
        Path(folder, "sheet.tex").write_text(source, encoding="utf-8")
        told = _run(engine, folder)
        written = Path(folder, "sheet.pdf")
        if not written.exists():
            found = _ERROR.search(told)
            why = found[1] if found else "?"
            raise UsageError("classroom.pdf.failed", engine=engine, why=why)
        return written.read_bytes()


def _run(engine: str, folder: str) -> str:
    """Run TeX once, which is enough without references; return what it says."""
    options = ["--untrusted"] if engine == "tectonic" else ["-no-shell-escape", "-halt-on-error"]
    if engine != "tectonic":
        options.append("-interaction=nonstopmode")
    try:
        done = subprocess.run(
            [engine, *options, "sheet.tex"],
            cwd=folder,
            env=os.environ | _FIXED,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"! {engine}: {_SECONDS} s"
    return done.stdout.decode("utf-8", errors="replace")
