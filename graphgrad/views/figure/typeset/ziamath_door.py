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
    return Zia(zmath.Math, tex.tex2mml, config.config)
