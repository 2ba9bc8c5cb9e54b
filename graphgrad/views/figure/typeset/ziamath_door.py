"""Load ziamath on first use: the only door to it.

It opens its font in a way that Python has deprecated, which is no news for our user.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple
from xml.etree import ElementTree

__all__ = ["Zia", "zia"]

_SIGNS, _FENCED = ("mo", "mi"), ("mfenced", "menclose")


class Zia(NamedTuple):
    """What is used of ziamath.

    Attributes:
        math: the class that sets a MathML tree.
        to_mathml: turns LaTeX into MathML text.
        config: the settings that ziamath and its font reader share.
    """

    math: Any
    to_mathml: Any
    config: Any


@cache
def zia() -> Zia:
    """Return what is used of ziamath."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        zmath, tex = import_module("ziamath.zmath"), import_module("ziamath.tex")
        config = import_module("ziafont.config")
    _measure_rows_once(
        import_module("ziamath.nodes.mrow").Mrow, import_module("ziamath.operators").get_params
    )
    _count_sums(import_module("ziamath.nodes.moperator").Moperator)
    _copy_styles_flat(import_module("ziamath.styles"))
    _write_outlines_once(import_module("ziafont.glyph").SimpleGlyph)
    return Zia(zmath.Math, tex.tex2mml, config.config)


def _count_sums(operator: Any) -> None:
    """Let ziamath count sums and integrals in the height of what brackets go round.

    It leaves out what may stretch, and a sum with a limit below it then is a hundred lines high.
    """
    real = operator._setup

    def _setup(self: Any, **kwargs: Any) -> None:
        if kwargs.get("nostretch") and self.params.get("largeop") == "true":
            kwargs["nostretch"] = False
        real(self, **kwargs)

    operator._setup = _setup


def _copy_styles_flat(styles: Any) -> None:
    """Let ziamath read the style of a parent without copying it in depth for every node."""
    styles.asdict = vars


def _write_outlines_once(glyph: Any) -> None:
    """Let ziafont write the outline of a glyph once, at the one size of its table of symbols."""
    written: dict[str, str | None] = {}
    real = glyph.svgpath

    def svgpath(self: Any, x0: float = 0, y0: float = 0, scale_factor: float = 1) -> Any:
        if x0 or y0 or scale_factor != 1:
            return real(self, x0, y0, scale_factor)
        if self.id not in written:
            found = real(self)
            written[self.id] = None if found is None else found.get("d")
        path = written[self.id]
        return None if path is None else ElementTree.Element("path", {"d": path})

    glyph.svgpath = svgpath


def _measure_rows_once(row: Any, get_params: Callable[[str, str], dict[str, str]]) -> None:
    r"""Let ziamath measure what is nested once instead of twice at every level.

    A row measures its children to know how far brackets have to stretch, then draws them; each
    does the same with its own, so that twelve fractions in one another took seconds and twenty
    took hours. A row that is only measured need not know how far: brackets that stretch do not
    count in its height; nor need one in which nothing stretches. ziamath draws the class that was
    registered last for the tag.
    """

    @cache
    def stretches(operator: str) -> bool:
        forms = (get_params(operator, form) for form in ("prefix", "infix", "postfix"))
        return any(found.get("stretchy", "false") != "false" for found in forms)

    class Row(row, tag="mrow"):  # type: ignore[misc, call-arg, unused-ignore]  # ziamath's own way
        """A row of formulas."""

        def _get_height_nostretch(self, line: Any, **kwargs: Any) -> tuple[float, float]:
            if kwargs.get("nostretch"):
                return 0.0, 0.0
            parts = [part for child in line for part in child.iter()]
            if not any(part.tag in _FENCED or part.get("stretchy") for part in parts):
                texts = ((part.text or "").strip() for part in parts if part.tag in _SIGNS)
                if not any(map(stretches, texts)):
                    return 0.0, 0.0
            found: tuple[float, float] = super()._get_height_nostretch(line, **kwargs)
            return found
