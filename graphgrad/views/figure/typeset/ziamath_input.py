"""Turn LaTeX into MathML that ziamath draws well: narrow accents, upright ∂, no idle nesting."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from graphgrad.views.figure.typeset.ziamath_door import zia

__all__ = ["mathml_of", "with_plain_brackets"]

_NARROW = {"\u0302": "\u02c6", "\u0303": "\u02dc", "^": "\u02c6", "~": "\u02dc"}
_INNERMOST = re.compile(r"\\left\(((?:(?!\\left|\\right|\\frac|\\sum|\\begin|\\dfrac).)*)\\right\)")
_LONG_NAME = re.compile(r"\\operatorname\{([a-z]+(?:\d|\\_[a-z0-9])(?:[a-z0-9]|\\_)*)\}")
_TEXT = re.compile(r"\\text\{(?:[^{}\\]|\\_)*\}")
_SIGNS = frozenset({"-", "\u2212", "+"})
_BEFORE_A_SIGN = frozenset("([{|=<>\u2264\u2265,;\u00b7\u22c5\u00d7\u2192/\u2208")
_DEEPEST = 8
_MOST_DRAWN = 20_000
_SINGLE = ("mn", "mi", "msub")
_ON_A_LINE = frozenset({"math", "mrow", "mstyle", "mfrac"})
_WITH_LIMITS = frozenset("\u2211\u220f\u22c3\u22c2\u2a01") | {"max", "min", "lim", "sup", "inf"}
_WIDTHS = {"\u2211": 1.15, "\u220f": 1.1, "m": 0.8, "=": 0.9, "\u2208": 0.9, "\u2260": 0.9}
_SLIM, _NARROW_LETTER, _LETTER, _SCRIPT_SIZE = frozenset("ijlft1,.:;'| "), 0.33, 0.56, 0.72
_AIR = 0.15
"""Behind a large operator there is some anyway."""
_SCRIPTS = {"msub": 1, "msup": 1, "msubsup": 2}


def mathml_of(tex: str) -> ElementTree.Element:
    """Return LaTeX as a MathML tree.

    Raises:
        Exception: of any kind, where latex2mathml or the XML parser cannot read the text, or it
            would take long to draw.
    """
    tex = _LONG_NAME.sub(_words, with_plain_brackets(tex))
    tex = _TEXT.sub(lambda words: words[0].replace(r"\_", "_"), tex)  # its text is taken as it is
    root = ElementTree.fromstring(zia().to_mathml(tex))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    for element in list(root.iter()):
        _gather_base(element)
        _adjust(element)
    if len(root) == 1 and root[0].tag == "mrow" and not root[0].attrib:
        root[:] = list(root[0])  # ziamath draws a row twice, and so each row inside four times
    _give_room(root)
    drawn = _drawn(root)
    if drawn > _MOST_DRAWN:
        why = f"{drawn} > {_MOST_DRAWN}"
        raise ValueError(why)
    return root


def _drawn(root: ElementTree.Element) -> int:
    """Return how many elements ziamath makes: all that a row holds once more to measure it."""
    sizes: dict[ElementTree.Element, int] = {}
    for element in reversed(list(root.iter())):
        sizes[element] = 1 + sum(sizes[part] for part in element)
    return sum(sizes[element] for element in root.iter() if element.tag in ("mrow", "math"))


def _words(name: re.Match[str]) -> str:
    r"""Return the name of a function as upright words: ``leaky relu``, not an italic product."""
    return r"\;".join(rf"\mathrm{{{word}}}" for word in name[1].split(r"\_"))


def with_plain_brackets(tex: str) -> str:
    r"""Return LaTeX in which brackets round plain text do not grow: ``(z)``, not ``\left(z``."""
    for _ in range(_DEEPEST):
        shorter = _INNERMOST.sub(r"(\1)", tex)
        if shorter == tex:
            return tex
        tex = shorter
    return tex


def _gather_base(element: ElementTree.Element) -> None:
    r"""Put what a script stands on into a row: of a matrix it is brackets and a table apart."""
    scripts = _SCRIPTS.get(element.tag, len(element))
    if len(element) > scripts + 1:
        row = ElementTree.Element("mrow")
        row.extend(list(element)[:-scripts])
        element[:] = [row, *list(element)[-scripts:]]


def _give_room(element: ElementTree.Element) -> None:
    """Keep what stands beside a large operator away from limits that are wider than it.

    In a script or a table they stand beside it, and need no room.
    """
    if element.tag not in _ON_A_LINE:
        return
    for index, child in enumerate(element):
        _give_room(child)
        if child.tag not in _SCRIPTS or (child[0].text or "").strip() not in _WITH_LIMITS:
            continue
        widest = max(_about("".join(limit.itertext())) for limit in child[1:])
        room = (widest * _SCRIPT_SIZE - _about((child[0].text or "").strip())) / 2
        if room > 0:
            element[index] = row = ElementTree.Element("mrow")
            before, after = (
                ElementTree.Element("mspace", width=f"{max(width, 0.0):.3f}em")
                for width in (room, room - _AIR)
            )
            row.extend((before, child, after))


def _about(text: str) -> float:
    """Return about how wide some letters are, in their size."""
    return sum(
        _NARROW_LETTER if letter in _SLIM else _WIDTHS.get(letter, _LETTER) for letter in text
    )


def _adjust(element: ElementTree.Element) -> None:
    if element.tag == "mover" and len(element) > 1:
        accent = element[1]
        narrow = _NARROW.get((accent.text or "").strip())
        if accent.tag == "mo" and narrow and _is_letter(element[0]):
            accent.text = narrow
            accent.set("stretchy", "false")
    for index, child in enumerate(element):
        if child.tag == "mo" and (child.text or "").strip() == "∂":
            child.tag = "mtext"  # an operator would keep its distance
        if _text(child) in _SIGNS and (index == 0 or _text(element[index - 1]) in _BEFORE_A_SIGN):
            child.set("form", "prefix")  # a sign, not a difference
        element[index] = _unwrapped(child)


def _text(element: ElementTree.Element) -> str:
    return (element.text or "").strip() if element.tag == "mo" else ""


def _unwrapped(element: ElementTree.Element) -> ElementTree.Element:
    """Return the single element in a row, if it is one that needs no row of its own."""
    while element.tag == "mrow" and len(element) == 1 and element[0].tag in _SINGLE:
        element = element[0]
    return element


def _is_letter(element: ElementTree.Element) -> bool:
    return len("".join(element.itertext()).strip()) == 1
