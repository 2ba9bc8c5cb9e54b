"""Load ziamath on first use: the only door to it.

It opens its font in a way that Python has deprecated, which is no news for our user.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

__all__ = ["Zia", "zia"]


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
    _measure_rows_once(import_module("ziamath.nodes.mrow").Mrow)
    return Zia(zmath.Math, tex.tex2mml, config.config)


def _measure_rows_once(row: Any) -> None:
    r"""Let ziamath measure what is nested once instead of twice at every level.

    A row measures its children to know how far brackets have to stretch, then draws them; each
    does the same with its own, so that twelve fractions in one another took seconds and twenty
    took hours. A row that is only measured need not know how far: brackets that stretch do not
    count in its height. ziamath draws the class that was registered last for the tag.
    """

    class Row(row, tag="mrow"):  # type: ignore[misc, call-arg, unused-ignore]  # ziamath's own way
        """A row of formulas."""

        def _get_height_nostretch(self, line: Any, **kwargs: Any) -> tuple[float, float]:
            if kwargs.get("nostretch"):
                return 0.0, 0.0
            found: tuple[float, float] = super()._get_height_nostretch(line, **kwargs)
            return found
