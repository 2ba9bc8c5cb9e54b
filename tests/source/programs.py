"""Random programs, written with every liberty that blanks, comments and line ends give."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from graphgrad.graph.json import graph_to_data
from graphgrad.source.gg import read_gg

BLANKS = st.sampled_from(["", " ", "  ", "\t"])
COMMENTS = st.sampled_from(["", "", "", "  # why", " #no blank", '# "quoted', "   # ½ naïve ÷ "])
NUMBERS = st.sampled_from(["2", "0.5", "3e2", ".25", "10"])


def spaced(draw: Any, *parts: str) -> str:
    """Return parts with blanks of any length between them."""
    return "".join(part + draw(BLANKS) for part in parts)


@st.composite
def formulas(draw: Any, names: list[str], depth: int = 3) -> str:
    """Return a formula over scalars."""
    kind = draw(st.sampled_from(["name", "number", "sum", "product", "power", "call", "sign", "["]))
    if depth == 0 or kind in ("name", "number"):
        return draw(st.sampled_from(names)) if kind != "number" else draw(NUMBERS)
    inner = formulas(names, depth - 1)
    if kind == "sum":
        sign = draw(st.sampled_from(["+", "-", "−", ">"]))
        break_ = draw(st.sampled_from(["", "", "\n", "  # inside\n   "]))
        return spaced(draw, "(", draw(inner), break_ + sign, draw(inner), ")")
    if kind == "product":
        sign = draw(st.sampled_from(["*", "/", "·"]))
        return spaced(draw, draw(inner), sign, draw(inner))
    if kind == "power":
        return spaced(draw, "(", draw(inner), ")", draw(st.sampled_from(["^", "**"])), "2")
    if kind == "call":
        return spaced(draw, "maximum(", draw(inner), ",", draw(inner), ")")
    if kind == "[":
        rows = draw(st.sampled_from(["", "\n", "\n\n   "]))
        start = spaced(draw, f"sum([{rows}", draw(inner), ",", draw(inner), "])")
        return draw(st.sampled_from([start, spaced(draw, "v[", "1", ":", "2", "]", "@", "v")]))
    return spaced(draw, "-", draw(inner))


@st.composite
def programs(draw: Any) -> str:
    """Return the text of a file that can be read, with one kind of line end."""
    rows = [draw(st.sampled_from(["gg 1", "  gg   1 # version", "# no version", ""]))]
    rows.append(draw(st.sampled_from(['title   "a # b"', "assume  x >  0", "group  left  wing"])))
    rows.append(spaced(draw, "input v", ":", "2 ", "=", "[", "1", ",", "-2", "]"))
    rows += draw(st.sampled_from([[], ["data  p    q", " 1   2", "# row", "-3,4.5", ""]]))
    names = ["x", "w"]
    for keyword, name in (("input", "x"), ("param", "w")):
        rows.append(spaced(draw, f"{keyword} {name}", "=", draw(NUMBERS)))
    for number in range(draw(st.integers(1, 6))):
        rows.append(draw(st.sampled_from(["", "", "[ layer.one ]", "[]", "  # a remark", "\n\n"])))
        label = draw(st.sampled_from(["", "", ' "z^{(1)}"']))
        indent = draw(BLANKS)
        formula = draw(formulas(names))
        rows.append(indent + spaced(draw, f"y{number}{label}", "=", formula) + draw(COMMENTS))
        names.append(f"y{number}")
    text = "\n".join(rows) + draw(st.sampled_from(["", "\n", "\n\n\n"]))
    text = draw(st.sampled_from(["", "", "\ufeff"])) + text
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


def meaning(text: str) -> object:
    """Return what a text says, without the numbers of its rows."""
    return graph_to_data(read_gg(text))
