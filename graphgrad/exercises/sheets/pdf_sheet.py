"""Turn a sheet into PDF with the TeX of the machine, in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from graphgrad.errors import UsageError
from graphgrad.exercises.sheets.latex_sheet import latex_sheet
from graphgrad.exercises.sheets.sheet import Document

__all__ = ["ENGINES", "pdf_of_latex", "pdf_sheet"]

ENGINES = ("pdflatex", "lualatex", "xelatex", "tectonic")
_SECONDS = 180
_ERROR = re.compile(r"^! (.+)$", re.MULTILINE)
_FIXED = {
    "SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1",  # the same input gives the same bytes
    "openin_any": "p", "openout_any": "p",  # formulas of a lecturer open no files elsewhere
}  # fmt: skip


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
