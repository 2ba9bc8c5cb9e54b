"""Hold the script and the style of a live session: what a notebook and a browser run."""

from __future__ import annotations

from functools import cache
from importlib import resources

from graphgrad.views.figure.html.page_styles import script

__all__ = ["live_script", "live_style"]


def live_script() -> str:
    """Return the script that defines ``live(host, send, shown, outside)``, and ``mount``."""
    return f"{script()}\n{_asset('live.js')}"


def live_style() -> str:
    """Return the style of what stands around the figure."""
    return _asset("live.css")


@cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
