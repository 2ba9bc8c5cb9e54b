"""Tell which versions are installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files, version

__all__ = ["EXTRAS", "REQUIRED", "TOOLS", "installed_fonts", "installed_version", "own_version"]

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
}
"""The extra of graphgrad that brings an optional package."""
TOOLS = ("pdflatex", "lualatex", "xelatex", "dot", "soffice", "chromium", "tmux")
"""Programs that graphgrad works without; those who have them do more with what it writes."""


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
