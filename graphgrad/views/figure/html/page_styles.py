"""Hold the styles and the scripts of a figure with all its steps.

How each state of a part looks in a theme is said in CSS: classes win over the SVG's attributes.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from graphgrad.views.figure.scene.outlines import decimal
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.theme import Theme, theme_of

__all__ = ["colours_of", "script", "styles_of"]

_PIXELS = 0.85
"""CSS pixels per unit of a scene at which its letters are read like text."""
_STYLES = ("stepper.css", "predict.css")
_SCRIPTS = ("numbers.js", "stepper.js", "playing.js", "predict.js", "start.js")
_THICKER = 1.6
_CURRENT_LINE = 2.6


def styles_of(scene: Scene, theme: str) -> str:
    """Return the CSS of a scene in a theme, on a page or below an element of class ``mounted``."""
    return "".join([colours_of(theme), *map(_asset, _STYLES), _narrow(scene)])


def script(*, page: bool = False) -> str:
    """Return the script that defines ``mount(root, outside)``.

    Args:
        page: whether it also mounts the one figure of a page.
    """
    return "\n".join(map(_asset, (*_SCRIPTS, *["page.js"] * page)))


def _narrow(scene: Scene) -> str:
    """Return the size of the figure on a narrow screen: letters as in the text, and scrolled."""
    width = f"{scene.width * _PIXELS:.0f}px"
    rule = f"svg.graphgrad {{ width: {width}; max-width: none; max-height: none !important; }}"
    return f"@media screen and (max-width: 40rem) {{ {rule} }}\n"


@cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


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
    scheme = "dark" if int(theme.page[1:3], 16) < 0x80 else "light"
    return f":root, .mounted {{ color-scheme: {scheme}; {told} }}"


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
