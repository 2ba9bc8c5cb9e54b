"""Say in CSS how each state of a part looks in a theme; classes win over the SVG's attributes."""

from __future__ import annotations

from graphgrad.views.scene.shapes import decimal
from graphgrad.views.scene.theme import Theme, theme_of

__all__ = ["colours_of"]

_THICKER = 1.6
_CURRENT_LINE = 2.6


def colours_of(theme: str) -> str:
    """Return the CSS of a theme: the page's colours and the states of boxes and arrows."""
    chosen = theme_of(theme)
    rules = [_page(chosen), *_boxes(chosen), *_edges(chosen)]
    return "\n".join(rules) + "\n"


def _page(theme: Theme) -> str:
    named = {
        "page": theme.page,
        "ink": theme.text["name"],
        "quiet": theme.text["group"],
        "line": theme.group,
        "accent": theme.current,
        "value": theme.text["value"],
        "adjoint": theme.text["adjoint"],
    }
    told = " ".join(f"--{name}: {colour};" for name, colour in named.items())
    scheme = "dark" if theme.name == "dark" else "light"
    return f":root {{ color-scheme: {scheme}; {told} }}"


def _boxes(theme: Theme) -> list[str]:
    filled, lined = '.outline:not([fill="none"])', '.outline:not([stroke="none"])'
    live = ".node:not(.dimmed)"
    rules = [
        f".node.pending {filled} {{ fill: {theme.page}; }}",
        f"{live}.pending {lined} {{ stroke: {theme.pending}; stroke-dasharray: none; }}",
        f"{live}.current {lined} {{ stroke: {theme.current}; }}",
    ]
    for role, colours in theme.roles.items():
        width = decimal(colours.width + _THICKER)
        rules.append(f".node.{role}.current {lined} {{ stroke-width: {width}; }}")
    return rules


def _edges(theme: Theme) -> list[str]:
    ahead = ".edge.pending:not(.dimmed) .ahead"
    return [
        f"{ahead}.line {{ stroke: {theme.pending}; }}",
        f"{ahead}.head {{ fill: {theme.pending}; }}",
        ".edge .back, .edge.backward .ahead { visibility: hidden; }",
        ".edge.backward .back { visibility: visible; }",
        f".edge.current .line {{ stroke-width: {_CURRENT_LINE}; }}",
    ]
