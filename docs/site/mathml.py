"""Write formulas as MathML, which browsers draw by themselves: no script, no font to fetch."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

from latex2mathml.converter import convert

__all__ = ["setup", "written"]

_STYLED = re.compile(r'<mi mathvariant="([a-z-]+)">(&#x[0-9A-F]+;|.)</mi>')
_UPRIGHT = re.compile(r'(?:<mi mathvariant="normal">[A-Za-z]</mi>){2,}')


def setup(app: Any) -> dict[str, Any]:
    """Register the writer with Sphinx."""
    app.add_html_math_renderer("mathml", (_inline, None), (_display, None))
    return {"parallel_read_safe": True}


def _inline(writer: Any, node: Any) -> None:
    from docutils.nodes import SkipNode

    writer.body.append(written(node.astext(), "inline"))
    raise SkipNode


def _display(writer: Any, node: Any) -> None:
    from docutils.nodes import SkipNode

    writer.body.append(f'<div class="formula">{written(node.astext(), "block")}</div>')
    raise SkipNode


def written(latex: str, display: str) -> str:
    r"""Return a formula as MathML.

    Browsers have dropped ``mathvariant``: a bold or script letter is the letter that Unicode has.

    >>> "ℒ" in written(r"\mathcal L", "inline")
    True
    >>> "<mi>softmax</mi>" in written(r"\mathrm{softmax}", "inline")
    True
    """
    formula = _STYLED.sub(_letter, convert(latex, display=display))
    return _UPRIGHT.sub(lambda found: f"<mi>{re.sub('<[^>]*>', '', found[0])}</mi>", formula)


def _letter(found: re.Match[str]) -> str:
    variant, letter = found[1], unescape(found[2])
    if variant == "normal":
        return found[0]
    plain = re.sub(r"^(?:LATIN|GREEK) | LETTER", "", unicodedata.name(letter))
    style = variant.replace("bold-italic", "bold italic").upper()
    for name in (f"MATHEMATICAL {style} {plain}", f"{style} {plain}"):
        try:
            return f'<mi mathvariant="normal">{unicodedata.lookup(name)}</mi>'
        except KeyError:
            continue
    return found[0]
