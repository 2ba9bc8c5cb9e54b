"""Look at the installation: versions, extras, layout engine, fonts, programs, terminal."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, files, version
from typing import NamedTuple

from graphgrad.cli import output
from graphgrad.cli.command import command_of
from graphgrad.cli.help_page import definitions
from graphgrad.cli.options import json_option
from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import language, text

__all__ = [
    "EXTRAS",
    "REQUIRED",
    "TOOLS",
    "command",
    "installed_fonts",
    "installed_version",
    "own_version",
]

REQUIRED = (
    "numpy",
    "sympy",
    "networkx",
    "graphviz",
    "graphviz-pure",
    "python-flint",
    "ziamath",
    "ziafont",
    "latex2mathml",
    "resvg-py",
    "click",
    "rich",
    "textual",
)
EXTRAS = {
    "typst": "pdf",
    "python-pptx": "pptx",
    "pillow": "gif",
    "textual-serve": "serve",
    "llvmlite": "jit",
    "distributed": "cluster",
    "onnx": "onnx",
    "anywidget": "notebook",
    "pygls": "lsp",
}
"""The extra of graphgrad that brings an optional package."""
TOOLS = ("pdflatex", "lualatex", "xelatex", "dot", "soffice", "chromium", "tmux")
"""Programs that graphgrad works without; those who have them do more with what it writes."""
FONT_PACKAGES = ("ziamath", "ziafont")
_VARIABLES = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "GRAPHGRAD_LANG", "GRAPHGRAD_DOT")


def installed_version(package: str) -> str | None:
    """Return the version of an installed package, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def installed_fonts(package: str) -> list[str]:
    """Return the names of the font files that a package brings along, sorted."""
    try:
        found = files(package) or []
    except PackageNotFoundError:
        return []
    return sorted(path.stem for path in found if path.suffix in (".ttf", ".otf"))


def own_version() -> str:
    """Return the version of graphgrad; a clone that is not installed has none."""
    return installed_version("graphgrad") or "0+clone"


class Finding(NamedTuple):
    """One line of the report: what was looked at, what was found, and whether it will do."""

    part: str
    found: str
    ok: bool = True


@command_of("doctor", example="graphgrad doctor")
@json_option
def command(as_json: bool) -> int:
    """Report what is installed; exit with 1 if something that is needed is missing."""
    sections = {
        "doctor.versions": _versions(),
        "doctor.extras": _extras(),
        "doctor.layout": _layout(),
        "doctor.fonts": _fonts(),
        "doctor.samples": _samples(),
        "doctor.tools": _tools(),
        "doctor.terminal": _terminal(),
    }
    ok = all(finding.ok for findings in sections.values() for finding in findings)
    if as_json:
        _write_json(sections, ok=ok)
        return 0 if ok else 1
    for heading, findings in sections.items():
        rows = [(f.part, f.found if f.ok else f"{f.found}   <--") for f in findings]
        output.write(f"{text(heading)}\n{definitions(rows)}\n")
    output.write(text("doctor.fine" if ok else "doctor.not_fine"))
    return 0 if ok else 1


def _versions() -> list[Finding]:
    found = [
        Finding("graphgrad", own_version()),
        Finding("Python", f"{platform.python_version()} ({platform.system()})"),
    ]
    for package in REQUIRED:
        version = installed_version(package)
        missing = text("doctor.missing", package=package)
        found.append(Finding(package, version or missing, version is not None))
    return found


def _extras() -> list[Finding]:
    """List the packages of optional formats, each with the extra that brings it."""
    found = ((extra, package, installed_version(package)) for package, extra in EXTRAS.items())
    return [
        Finding(extra, f"{package} {version}" if version else text("doctor.extra", extra=extra))
        for extra, package, version in found
    ]


def _tools() -> list[Finding]:
    """List programs of the system; none of them is needed."""
    return [Finding(tool, shutil.which(tool) or text("doctor.optional")) for tool in TOOLS]


def _layout() -> list[Finding]:
    """Draw a graph of two nodes as figures are drawn."""
    from graphgrad.source.gg import read_gg
    from graphgrad.views.figure.decks.png_pdf import png_of
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of

    try:
        scene = scene_of(read_gg("input x = 1\ny = x^2"))
        drawn = png_of(svg_of(scene))
    except (GraphgradError, OSError, RuntimeError) as error:
        return [Finding("svg", str(error), ok=False)]
    return [Finding("svg", scene.engine), Finding("png", "resvg", drawn.startswith(b"\x89PNG"))]


def _fonts() -> list[Finding]:
    """List the fonts that come with the packages; none of the system's is needed."""
    found = [Finding(package, ", ".join(installed_fonts(package))) for package in FONT_PACKAGES]
    return [finding for finding in found if finding.found] or [Finding("-", text("doctor.none"))]


def _samples() -> list[Finding]:
    from graphgrad.source.samples import samples, samples_folder

    try:
        folder = samples_folder()
    except GraphgradError as error:
        return [Finding("samples", str(error), ok=False)]
    return [Finding(str(len(samples())), str(folder))]


def _terminal() -> list[Finding]:
    size = os.get_terminal_size() if sys.stdout.isatty() else None
    encoding = output.original_encoding()
    utf8 = encoding.lower().replace("-", "") in ("utf8", "utf8sig")
    said = encoding if utf8 else text("doctor.encoding", encoding=encoding)
    return [
        Finding(text("doctor.size"), f"{size.columns} x {size.lines}" if size else "-"),
        Finding(text("doctor.encoding_word"), said),
        Finding(text("doctor.language"), language()),
        *[Finding(name, os.environ[name]) for name in _VARIABLES if name in os.environ],
    ]


def _write_json(sections: dict[str, list[Finding]], *, ok: bool) -> None:
    from graphgrad.views.text.run_json import json_object

    data: dict[str, object] = {"format": "graphgrad-doctor/1", "ok": ok}
    for heading, findings in sections.items():
        data[heading.removeprefix("doctor.")] = [finding._asdict() for finding in findings]
    output.write(json_object(data))
