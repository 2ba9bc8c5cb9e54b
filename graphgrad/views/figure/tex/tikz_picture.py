"""Put a TikZ picture together that a document takes in: sheets, articles, decks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from graphgrad.views.figure.scene.outlines import decimal
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.tex.safe_tex import provided
from graphgrad.views.figure.tex.tikz import commands_of

__all__ = ["CHARACTERS", "TikzPicture", "picture_of", "tikz_of"]

CHARACTERS = r"""% \ggletter{letter}: a letter that only the encoding T1 has.
\providecommand{\ggletter}[1]{\text{\ifdefined\Umathcode\else\fontencoding{T1}\selectfont\fi #1}}%
% \ggchar{hexadecimal}{decimal}: a character where the font has it, else its number.
\providecommand{\ggchar}[2]{\text{\ifdefined\Umathcode\iffontchar\font#2 \char#2 \else
  \texttt{U+#1}\fi\else\texttt{U+#1}\fi}}%"""
"""Commands for letters that a font may lack, also needed by text beside a picture."""
_PACKAGES = (r"\usepackage{amsmath,amssymb}", r"\usepackage{tikz}")
_DEFINITIONS = r"""% Languages make some of these act: ! " : ; < = > ? |
\catcode33 12 \catcode34 12 \catcode58 12 \catcode59 12 \catcode60 12
\catcode61 12 \catcode62 12 \catcode63 12 \catcode124 12
\ifnum\value{MaxMatrixCols}<64 \setcounter{MaxMatrixCols}{64}\fi
\ifdefined\ggtext\else\newsavebox{\ggtext}\newsavebox{\ggbox}\fi
% \ggfit{width}{height}{text}: text that is larger in this font than the place measured for it
% is made smaller.
\providecommand{\ggfit}[3]{\sbox{\ggtext}{#3}%
  \ifdim\wd\ggtext>#1\relax\sbox{\ggtext}{\resizebox{#1}{!}{\usebox{\ggtext}}}\fi
  \ifdim\dimexpr\ht\ggtext+\dp\ggtext\relax>#2\relax
    \sbox{\ggtext}{\resizebox*{!}{#2}{\usebox{\ggtext}}}\fi
  \usebox{\ggtext}}%"""
_SHRUNK = r"""\ifdim\wd\ggbox>%(width)s\relax
  \sbox{\ggbox}{\resizebox{%(width)s}{!}{\usebox{\ggbox}}}\fi
\ifdim\dimexpr\ht\ggbox+\dp\ggbox\relax>%(height)s\relax
  \sbox{\ggbox}{\resizebox*{!}{%(height)s}{\usebox{\ggbox}}}\fi
\usebox{\ggbox}%%"""


class TikzPicture(NamedTuple):
    r"""A picture for the body of a LaTeX document.

    Attributes:
        packages: the lines its document needs in the preamble, each a ``\usepackage``.
        text: the picture, one group with all it defines; it ends without a paragraph.
    """

    packages: tuple[str, ...]
    text: str


def tikz_of(
    scene: Scene,
    *,
    step: int | None = None,
    theme: str = "light",
    width: str = r"\linewidth",
    height: str = r"\textheight",
) -> TikzPicture:
    r"""Return a frame as TikZ for the body of a document, texts in the document's font.

    The document needs the ``packages`` of the result in its preamble and may then hold its ``text``
    anywhere, also several such pictures. A frame of Beamer must take it in by ``\input``, since
    Beamer reads what stands in a frame with other rules. It compiles with pdfLaTeX, XeLaTeX and
    LuaLaTeX; what is not ASCII is written by commands, so that pdfLaTeX needs no declarations.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        width: a TeX length; a wider picture is made smaller.
        height: a TeX length; a higher picture is made smaller.

    Raises:
        UsageError: if there is no such step or theme.

    Example:
        >>> from graphgrad.source.gg import read_gg
        >>> from graphgrad.views.figure.scene.compose import scene_of
        >>> picture = tikz_of(scene_of(read_gg("input x = 1\ny = x^2")))
        >>> picture.packages
        ('\\usepackage{amsmath,amssymb}', '\\usepackage{tikz}')
        >>> picture.text.startswith("\\begingroup"), picture.text.endswith("\\endgroup")
        (True, True)
    """
    body = [line for line in commands_of(scene, step=step, theme=theme) if line]
    return picture_of(scene, body, width, height)


def picture_of(scene: Scene, body: Sequence[str], width: str, height: str) -> TikzPicture:
    """Return drawing commands as a picture; see `tikz_of`."""
    colours = sorted({name for line in body for name in re.findall(r"\bgg([0-9A-F]{6})\b", line)})
    unit, size = f"{scene.scale:.6f}", f"({decimal(scene.width)},{decimal(scene.height)})"
    lines = [
        r"\begingroup",
        CHARACTERS,
        _DEFINITIONS,
        *provided(body),
        *(rf"\definecolor{{gg{colour}}}{{HTML}}{{{colour}}}%" for colour in colours),
        r"\begin{lrbox}{\ggbox}%",
        rf"\begin{{tikzpicture}}[x={unit}bp, y=-{unit}bp, inner sep=0pt, outer sep=0pt]",
        rf"\useasboundingbox (0,0) rectangle {size};",
        *body,
        r"\end{tikzpicture}%",
        r"\end{lrbox}%",
        _SHRUNK % {"width": width, "height": height},
        r"\endgroup",
    ]
    return TikzPicture(_PACKAGES, "\n".join(lines))
