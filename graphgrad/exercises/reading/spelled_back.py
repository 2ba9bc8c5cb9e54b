"""Write a parsed formula in the standard spelling, so that a student sees how it was read."""

from __future__ import annotations

from graphgrad.expr.items import Expression, Item
from graphgrad.ops.row import ATOM, COMPARE, POWER, PRODUCT, SIGN, SUM
from graphgrad.ops.text import Written

__all__ = ["read_as"]

_LEVELS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "@": PRODUCT, "⊗": PRODUCT, "^": POWER}
_LONGEST = 400
_KRONECKER = ("⊗", r"\otimes")


def read_as(expression: Expression) -> str:
    """Return a formula in the spelling of files, with every product written.

    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.parser import parse
    >>> read_as(parse("(a+b)*-c^2", ANSWER))
    '(a + b)*(-c^2)'
    """
    stack: list[Written] = []
    for item in expression.items:
        count = item.arity
        parts = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        kronecker = item.value == "*" and expression.text[item.start : item.end] in _KRONECKER
        stack.append(_written(item._replace(value="⊗") if kronecker else item, parts))
    text = stack[0].text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _written(item: Item, parts: list[Written]) -> Written:
    kind, value = item.kind, item.value
    texts = [part.text for part in parts]
    if kind == "infix":
        return _infix(value, *parts)
    if kind == "prefix":
        return Written(f"{value}{parts[0].within(SIGN + 1)}", SIGN)
    if kind == "call":
        return Written(f"{value}({', '.join(texts)})")
    if kind == "keyword":
        return Written(f"{value}={texts[0]}")
    if kind == "transpose":
        return Written(f"{parts[0].within(ATOM)}^T", POWER)
    if kind == "index":
        return Written(f"{parts[0].within(ATOM)}[{', '.join(texts[1:])}]")
    if kind == "slice":
        return Written(f"{texts[0]}:{texts[1]}")
    if kind == "array":
        return Written(f"[{', '.join(texts)}]")
    if kind == "rows":
        width = int(value.split("x")[1])
        rows = [", ".join(texts[i : i + width]) for i in range(0, len(texts), width)]
        return Written(f"[{'; '.join(rows)}]")
    return Written(value)


def _infix(symbol: str, left: Written, right: Written) -> Written:
    level = _LEVELS.get(symbol, COMPARE)
    if symbol == "^":
        return Written(f"{left.within(ATOM)}^{right.within(POWER)}", POWER)
    space = " " if level <= SUM or symbol in ("@", "⊗") else ""
    after = SIGN + 1 if level == PRODUCT else level + 1
    text = f"{left.within(level)}{space}{symbol}{space}{right.within(after)}"
    return Written(text, level)
