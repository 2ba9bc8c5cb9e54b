"""Tell which versions are installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["OPTIONAL", "REQUIRED", "installed_version", "own_version"]

REQUIRED = (
    "numpy",
    "sympy",
    "networkx",
    "graphviz",
    "graphviz-pure",
    "click",
    "rich",
    "textual",
)
OPTIONAL = ("python-flint", "resvg-py", "ziamath")


def installed_version(package: str) -> str | None:
    """Return the version of an installed package, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def own_version() -> str:
    """Return the version of graphgrad; a clone that is not installed has none."""
    return installed_version("graphgrad") or "0+clone"
