"""The characters of nets and boxes, in Unicode and in ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BORDERS", "BRACKETS", "CUT", "DOTS", "EAST", "HEAVY", "NET_GLYPHS", "NORTH", "SOUTH"]
__all__ += ["WEST", "Border", "Charset"]

Charset = Literal["unicode", "ascii"]

# A cell of a net is a set of arms: light ones in the low four bits, heavy ones in the high four.
NORTH: Final = 1
EAST: Final = 2
SOUTH: Final = 4
WEST: Final = 8
HEAVY: Final = 4

_VERTICAL: Final = NORTH | SOUTH
_LEVEL: Final = EAST | WEST
_CORNERS: Final = (EAST | SOUTH, SOUTH | WEST, WEST | NORTH, NORTH | EAST)

# First code point of each junction and the heavy arms of the eight forms that follow it.
_JUNCTIONS: Final = {
    0x251C: (NORTH | SOUTH, EAST),
    0x2524: (NORTH | SOUTH, WEST),
    0x252C: (EAST | WEST, SOUTH),
    0x2534: (EAST | WEST, NORTH),
}


class Border(NamedTuple):
    """The frame of a box."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    level: str
    upright: str


def _junctions() -> Iterator[tuple[int, str]]:
    """Yield every T junction with its arms, in the order in which Unicode lists them."""
    for first, (bar, stem) in _JUNCTIONS.items():
        low, high = (NORTH, SOUTH) if bar == _VERTICAL else (WEST, EAST)
        if bar == _VERTICAL:
            forms = [0, stem, low, high, bar, low | stem, high | stem, bar | stem]
        else:
            forms = [0, low, high, bar, stem, low | stem, high | stem, bar | stem]
        for offset, heavy in enumerate(forms):
            yield (bar | stem) & ~heavy | heavy << HEAVY, chr(first + offset)


def _arms(light: str, heavy: str) -> dict[int, str]:
    """Pair straight pieces and corners with their arms: `level upright` and four corners."""
    shapes = (_LEVEL, _VERTICAL, *_CORNERS)
    found = dict(zip(shapes, light, strict=True))
    found |= {shape << HEAVY: glyph for shape, glyph in zip(shapes, heavy, strict=True)}
    return found


def _ascii_junctions() -> dict[int, str]:
    """Return the sign for each set of three arms, of whatever weight.

    Where a net comes in and splits it is a brace, so that a plus always goes on to the right: two
    pluses of different nets on one row could be taken for one wire.
    """
    split = NORTH | SOUTH | WEST
    return {mask: "{" if (mask | mask >> HEAVY) & 15 == split else "+" for mask, _ in _junctions()}


# Indexed by character code, as `str.translate` wants it: a row of masks becomes a row of glyphs.
NET_GLYPHS: Final[dict[Charset, dict[int, str]]] = {
    "unicode": {0: " "} | _arms("─│╭╮╯╰", "━┃┏┓┛┗") | dict(_junctions()),
    "ascii": {0: " "} | _arms("-|,.'`", "=#,.'`") | _ascii_junctions(),
}

# Ordinary frame first, then that of the current box.
BORDERS: Final[dict[Charset, tuple[Border, Border]]] = {
    "unicode": (Border(*"┌┐└┘─│"), Border(*"╔╗╚╝═║")),
    "ascii": (Border(*"++++-|"), Border(*"####=#")),
}
BRACKETS: Final[dict[Charset, tuple[str, str]]] = {
    "unicode": ("[]", "║║"),
    "ascii": ("[]", "##"),
}
DOTS: Final[dict[Charset, str]] = {"unicode": "■◆", "ascii": "o@"}
CUT: Final[dict[Charset, str]] = {"unicode": "…", "ascii": "~"}
