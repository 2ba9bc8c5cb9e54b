"""Write tokens with the blanks of the house: around sums, none around products and powers."""

from __future__ import annotations

from typing import NamedTuple

from graphgrad.expr.tokens import Token

__all__ = ["Spacing"]

_TIGHT = frozenset("*/^:")
_HANGING = 2


class _Bracket(NamedTuple):
    """An open bracket: the columns of what follows it and of its closing one on later rows."""

    subscript: bool
    column: int
    closing: int


class Spacing:
    """Write one formula token by token.

    Args:
        text: the code that the tokens were cut from; each keeps its spelling.
        row: what stands before the formula.
        inside: a bracket inside which it is written, as one that is not there: ``(`` for
            arguments, ``[`` for subscripts.
    """

    def __init__(self, text: str, row: str = "", inside: str = "") -> None:
        self.text = text
        self.row = row
        self.rows: list[str] = []
        self.previous: Token | None = None
        self.signed = False
        self.opened: list[_Bracket] = []
        if inside:
            self.opened.append(_Bracket(inside == "[", len(row), len(row)))

    def write(self, token: Token) -> None:
        """Write a token behind the last one, on a new row where the author began one."""
        for _ in range(self._breaks(token)):
            self.new_row(token)
        self.row += self._gap(token) + self.text[token.start : token.end]
        self.signed = token.value in ("+", "-") and not self._ends_operand()
        if token.value in ("(", "["):
            subscript = token.value == "[" and self._ends_operand()
            subscript = subscript or self._in_subscript()
            self.opened.append(_Bracket(subscript, len(self.row), len(self.row) - 1))
        elif token.value in (")", "]"):
            self.opened.pop()
        self.previous = token

    def finished(self) -> list[str]:
        """Return all rows."""
        return [*self.rows, self.row]

    def new_row(self, token: Token | None) -> None:
        """Begin a row under what the innermost open bracket holds."""
        inner = self.opened[-1]
        margin = len(self.row) - len(self.row.lstrip())
        if self.previous is not None and self.previous.value in ("(", "[") and self.row.strip():
            inner = self.opened[-1] = inner._replace(column=margin + _HANGING, closing=margin)
        self.rows.append(self.row)
        closes = token is not None and token.value in (")", "]")
        self.row = " " * (inner.closing if closes else inner.column)

    def _breaks(self, token: Token) -> int:
        start = 0 if self.previous is None else self.previous.end
        return self.text.count("\n", start, token.start)

    def _ends_operand(self) -> bool:
        last = self.previous
        return last is not None and (last.kind not in ("operator", "bracket") or last.value in ")]")

    def _in_subscript(self) -> bool:
        return bool(self.opened) and self.opened[-1].subscript

    def _gap(self, token: Token) -> str:
        """Return the blanks between the last token of the row and the next."""
        last = self.previous
        if last is None or not self.row.strip():
            return ""
        if token.kind == "part":  # h[1].z is one name
            return ""
        if token.kind == "transpose":
            return " " if last.kind == "number" else ""  # 1.T would be read as 1. and T
        if self._in_subscript() or self.signed or last.value in ("(", "["):
            return ""
        if token.value in (",", ";", ")", "]", ":") or token.value in _TIGHT:
            return ""
        if last.value == ":" and not self.opened:
            return " "
        if last.value in _TIGHT or (self.opened and "=" in (last.value, token.value)):
            return ""
        opens = token.value in ("(", "[") and self._ends_operand()
        return "" if opens else " "
