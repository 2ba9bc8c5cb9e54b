"""Parse tokens into postfix items by operator precedence (Pratt).

Grammar, loosest first::

    comparison  sum (('<' | '>' | '<=' | '>=' | '==' | '!=') sum)?
    sum         product (('+' | '-') product)*
    product     signed (('*' | '/' | '@') signed)*
    signed      ('-' | '+') signed | power
    power       primary ('^' signed)?                      right-associative
    primary     number | name | name '(' arguments ')' | '(' comparison ')' | array
                followed by any of  '[' subscripts ']' parts?  '.T'  '^T'

Source: V. R. Pratt, Top Down Operator Precedence, POPL 1973, section 2.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from graphgrad.errors import LimitError, SourceError
from graphgrad.expr.dialect import STRICT, Dialect, with_semicolons
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.tokens import Token, place_of, tokenize
from graphgrad.messages.keywords import setting_word

__all__ = ["parse", "parse_tokens"]

_FRAMES = 6
"""At most so many calls of this module read one level of nesting."""
_made = tuple.__new__  # in a third of the time of a call of the class
_COMPARE, _SUM, _PRODUCT, _SIGN, _POWER = 10, 20, 30, 40, 50
_INFIX = dict.fromkeys(("<", ">", "<=", ">=", "==", "!="), _COMPARE) | {
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
    "@": _PRODUCT,
    "^": _POWER,
}
_MAY_BE_NONE = ("shape", "axis", "axes")
_CLOSING = {"(": ")", "[": "]"}


def parse(text: str, dialect: Dialect = STRICT) -> Expression:
    """Parse a formula that fills the whole text.

    Raises:
        SourceError: if the text is not a formula.
        LimitError: if it is nested or long beyond the dialect's bounds.

    >>> [item.value for item in parse("-x^2 + 1").items]
    ['x', '2', '^', '-', '1', '+']
    """
    return parse_tokens(text, tokenize(text, dialect), 0, dialect)


def parse_tokens(
    text: str, tokens: list[Token], first: int, dialect: Dialect = STRICT
) -> Expression:
    """Parse the formula that starts at token ``first`` and reaches the last token."""
    parser = _Parser(text, tokens, first, dialect)
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(usual + _FRAMES * dialect.max_depth)  # however deep the caller stands
    try:
        parser.expression(0, 0)
    except RecursionError:  # another thread has set the limit back
        raise parser.too_deep() from None
    finally:
        sys.setrecursionlimit(usual)
    if parser.index < len(tokens):
        raise parser.trailing()
    return Expression(text, tuple(parser.items), tuple(parser.calls), parser.folds)


class _Parser:
    """Walk over the tokens of one line and emit postfix items."""

    def __init__(self, text: str, tokens: list[Token], first: int, dialect: Dialect) -> None:
        self.text = text
        self.tokens = tokens
        self.index = first
        self.items: list[Item] = []
        self.depth = 0
        self.max_depth = dialect.max_depth
        self.separator = ";" if dialect.decimal_comma else ","
        self.open: list[Token] = []
        self.letters = not dialect.lenient
        self.calls: list[str] = []
        self.folds = False

    def expression(self, level: int, depth: int) -> None:
        """Parse operators that bind more tightly than ``level``."""
        if depth > self.max_depth:
            raise self.too_deep()
        self.operand(depth)
        tokens, items = self.tokens, self.items
        while self.index < len(tokens):
            token = tokens[self.index]
            if token.kind == "superscript":
                self.superscript(token)
                continue
            binding = _INFIX.get(token.value, 0) if token.kind == "operator" else 0
            if binding <= level:
                return
            self.index += 1
            if binding == _POWER:
                if self.transposed(token):
                    continue
                self.expression(_SIGN - 1, depth + 1)
            else:
                self.expression(binding, depth + 1)
            items.append(_made(Item, ("infix", token.value, 2, token.start, token.end)))
            if binding == _COMPARE:
                self.refuse_chain()

    def operand(self, depth: int) -> None:
        """Parse a signed or postfixed primary."""
        token = self.next_token()
        kind = token.kind
        if kind == "name" or kind == "number":
            self.index += 1
            if kind == "name" and self.peek("("):
                self.call(token, depth)
            else:
                _, value, start, end = token
                self.items.append(_made(Item, (kind, value, 0, start, end)))
        elif kind == "operator" and token.value in "-+":
            self.index += 1
            self.expression(_SIGN, depth + 1)
            self.items.append(Item("prefix", token.value, 1, token.start, token.end))
            return
        elif token.value == "(":
            self.index += 1
            self.open.append(token)
            self.expression(0, depth + 1)
            self.close(token)
        elif token.value == "[":
            self.array(token, depth)
        elif kind in ("shape", "string"):
            self.index += 1
            self.items.append(Item(kind, token.value, 0, token.start, token.end))
        else:
            raise self.expected_operand(token)
        self.postfix(depth)

    def postfix(self, depth: int) -> None:
        """Parse subscripts and transposes behind a primary."""
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token.kind == "transpose":
                self.index += 1
                self.items.append(Item("transpose", ".T", 1, token.start, token.end))
            elif token.value == "[":
                self.index += 1
                self.open.append(token)
                count = self.separated(token, self.place, depth + 1)
                parts, end = "", token.end
                if self.index < len(self.tokens) and self.tokens[self.index].kind == "part":
                    _, parts, _, end = self.tokens[self.index]
                    self.index += 1
                self.items.append(Item("index", parts, count + 1, token.start, end))
            else:
                return

    def transposed(self, power: Token) -> bool:
        """Parse ``^T``, unless a variable T is meant: the reader of names decides that."""
        if self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token.kind == "name" and token.value == "T":
                self.index += 1
                self.items.append(Item("transpose", "^T", 1, power.start, token.end))
                return True
        return False

    def superscript(self, token: Token) -> None:
        """Parse the power written as a raised number."""
        self.index += 1
        digits = token.value.lstrip("-")
        self.items.append(Item("number", digits, 0, token.start, token.end))
        if digits != token.value:
            self.items.append(Item("prefix", "-", 1, token.start, token.end))
        self.items.append(Item("infix", "^", 2, token.start, token.end))

    def call(self, name: Token, depth: int) -> None:
        opening = self.tokens[self.index]
        self.index += 1
        self.open.append(opening)
        count = 0
        before = len(self.items)
        if self.peek(")"):
            self.close(opening)
        else:
            count = self.separated(opening, self.argument, depth + 1)
        kind = "call"
        if self.folds and any(item.kind == "range" for item in self.items[before:]):
            kind = self.fold_or_call(name, before, count)
        self.calls.append(name.value)
        self.items.append(Item(kind, name.value, count, name.start, name.end))

    def fold_or_call(self, name: Token, before: int, count: int) -> str:
        """Tell whether a call repeats its second argument over the range in its first."""
        open_ranges = 0
        for item in self.items[before:]:
            open_ranges += (item.kind == "range") - (item.kind == "fold")
        if not open_ranges:
            return "call"
        first = next(item for item in self.items[before:] if item.kind == "range")
        if count != 2 or open_ranges > 1:
            token = Token("name", first.value, first.start, first.end)
            raise self.error("source.fold_form", token, name=name.value)
        return "fold"

    def argument(self, depth: int) -> None:
        """Parse a positional argument, ``key=value``, or the range ``letter=first:last``."""
        tokens, index = self.tokens, self.index
        keyword = (
            index + 1 < len(tokens)
            and tokens[index].kind == "name"
            and tokens[index + 1].value == "="
        )
        if keyword:
            self.index += 2
        if keyword and self.none(setting_word(tokens[index].value)):
            self.items.append(Item("array", "", 0, tokens[index + 2].start, tokens[index + 3].end))
        else:
            self.expression(0, depth)
        if keyword and self.letters and self.peek(":"):
            self.index += 1
            self.expression(0, depth)
            self.folds = True
            name = tokens[index]
            self.items.append(Item("range", name.value, 2, name.start, name.end))
        elif keyword:
            name = tokens[index]
            self.items.append(Item("keyword", name.value, 1, name.start, name.end))

    def none(self, setting: str) -> bool:
        """Parse ``[]``, the shape of a number or no axis; any other list has entries."""
        values = [token.value for token in self.tokens[self.index : self.index + 2]]
        if values != ["[", "]"] or setting not in _MAY_BE_NONE:
            return False
        self.index += 2
        return True

    def place(self, depth: int) -> None:
        """Parse a subscript; a letter, or a letter and a number, is an item of its own."""
        self.subscript(depth, letters=self.letters)

    def subscript(self, depth: int, *, letters: bool = False) -> None:
        """Parse ``i``, ``i:j``, ``:j``, ``i:`` or ``:``."""
        start = self.next_token()
        if start.value != ":" and not (letters and self.letter()):
            self.expression(0, depth)
        if not self.peek(":"):
            return
        colon = self.tokens[self.index]
        if start.value == ":":
            self.items.append(Item("nothing", "", 0, colon.start, colon.end))
        self.index += 1
        if self.peek(self.separator) or self.peek("]"):
            self.items.append(Item("nothing", "", 0, colon.start, colon.end))
        elif not (letters and self.letter()):
            self.expression(0, depth)
        self.items.append(Item("slice", ":", 2, colon.start, colon.end))

    def letter(self) -> bool:
        """Parse ``t``, ``t-1`` or ``t+1`` if it is all of a subscript."""
        found = self.tokens[self.index : self.index + 4]
        first = found[0] if found else None
        if first is None or first.kind != "name" or "." in first.value:
            return False
        values = [token.value for token in found]
        count = 1
        if values[1:2] in (["+"], ["-"]) and len(found) > 2 and values[2].isdecimal():
            count = 3
        if values[count : count + 1] not in (["]"], [self.separator], [":"]):
            return False
        last = found[count - 1]
        self.items.append(Item("place", "".join(values[:count]), 0, first.start, last.end))
        self.index += count
        return True

    def array(self, opening: Token, depth: int) -> None:
        """Parse ``[a, b]``, ``[a, b; c, d]`` and nested brackets."""
        self.index += 1
        self.open.append(opening)
        rows = [0]
        while True:
            self.subscript(depth + 1)
            rows[-1] += 1
            if self.peek(self.separator):
                self.index += 1
            elif self.peek(";"):
                self.index += 1
                rows.append(0)
            else:
                break
        self.close(opening)
        span = (opening.start, self.tokens[self.index - 1].end)
        if len(rows) == 1:
            self.items.append(Item("array", "", rows[0], *span))
            return
        if len(set(rows)) > 1:
            place = place_of(self.text, *span)
            raise SourceError("source.ragged_rows", rows=", ".join(map(str, rows)), place=place)
        self.items.append(Item("rows", f"{len(rows)}x{rows[0]}", sum(rows), *span))

    def separated(self, opening: Token, parse_one: Callable[[int], None], depth: int) -> int:
        """Parse one or more things up to the closing bracket; return how many."""
        count = 0
        while True:
            parse_one(depth)
            count += 1
            if not self.peek(self.separator):
                break
            self.index += 1
        self.close(opening)
        return count

    def peek(self, value: str) -> bool:
        return self.index < len(self.tokens) and self.tokens[self.index].value == value

    def next_token(self) -> Token:
        if self.index < len(self.tokens):
            return self.tokens[self.index]
        raise self.unexpected_end()

    def close(self, opening: Token) -> None:
        wanted = _CLOSING[opening.value]
        if self.peek(wanted):
            self.index += 1
            self.open.pop()
            return
        if self.index < len(self.tokens):
            raise self.trailing()
        raise self.unexpected_end()

    def refuse_chain(self) -> None:
        if self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token.kind == "operator" and _INFIX.get(token.value, 0) == _COMPARE:
                raise self.error("source.chained_comparison", token)

    # ---- what to say when the text is not a formula ----

    def error(self, message: str, token: Token, **fields: object) -> SourceError:
        place = place_of(self.text, token.start, token.end)
        return SourceError(message, got=token.value, place=place, **fields)

    def too_deep(self) -> LimitError:
        token = self.tokens[min(self.index, len(self.tokens) - 1)]
        place = place_of(self.text, token.start, token.end)
        return LimitError("source.too_deep", limit=self.max_depth, place=place)

    def unexpected_end(self) -> SourceError:
        end = max(1, len(self.text.rstrip()))
        if self.open:
            token = self.open[-1]
            return self.error("source.unclosed", token, wanted=_CLOSING[token.value])
        before = self.tokens[self.index - 1].value if self.index else ""
        return SourceError(
            "source.unexpected_end", before=before, place=place_of(self.text, end - 1, end)
        )

    def expected_operand(self, token: Token) -> SourceError:
        if token.value in ")]" and not self.open:
            return self.error("source.unopened", token)
        return self.error("source.expected_operand", token)

    def trailing(self) -> SourceError:
        """Explain the token at which a complete formula should have ended."""
        token = self.tokens[self.index]
        before = self.tokens[self.index - 1]
        if self.separator == ";" and self.comma_between(before, token):
            return self.comma_apart(before, token)
        if token.value == "," and self.reads_as_decimal(before, token):
            return self.decimal_comma(before)
        if token.value in (")", "]"):
            if self.open:
                return self.error("source.mismatched", token, wanted=_CLOSING[self.open[-1].value])
            return self.error("source.unopened", token)
        if token.value == "=":
            return self.error("source.stray_equals", token)
        if token.kind in ("name", "number") and self.open and self.open[-1].value == "[":
            fix = {"before": before.value, "separator": self.separator}
            return self.error("source.missing_separator", token, **fix)
        if before.kind == "name" and token.kind in ("name", "number"):
            return self.error("source.missing_brackets", token, before=before.value)
        if token.kind in ("name", "number", "shape") or token.value in ("(", "["):
            return self.error("source.missing_operator", token, before=before.value)
        if token.value in (",", ";"):
            return self.error("source.stray_separator", token, separator=self.separator)
        return self.error("source.unexpected", token)

    def comma_between(self, before: Token, token: Token) -> bool:
        """Tell whether the author parts two arguments by a comma, which is a decimal sign here."""
        return bool(self.open) and (
            token.value == ","
            or self.text[before.start : before.end].endswith(",")
            or self.text[token.start : token.end].startswith(",")
        )

    def comma_apart(self, before: Token, token: Token) -> SourceError:
        """Show the call or array with semicolons, or the rest of the line of a `train` line."""
        at = token.start if "," in self.text[token.start : token.end] else before.end - 1
        opening, depth, end = self.open[-1], 0, len(self.text)
        first = self.text[: opening.start].rstrip()
        start = len(first) - len(first.split(" ")[-1].split("=")[-1].lstrip("([,;"))
        for closing in self.tokens[self.tokens.index(opening) :]:
            depth += (closing.value in _CLOSING) - (closing.value in _CLOSING.values())
            if not depth:
                end = closing.end
                break
        fix = with_semicolons(self.text[start:end].strip())
        return SourceError("source.comma_apart", fix=fix, place=place_of(self.text, at, at + 1))

    def reads_as_decimal(self, before: Token, comma: Token) -> bool:
        """Tell whether a comma stands between digits without blanks."""
        if before.kind != "number" or before.end != comma.start or "." in before.value:
            return False
        after = self.tokens[self.index + 1 : self.index + 2]
        return bool(after) and after[0].kind == "number" and after[0].start == comma.end

    def decimal_comma(self, before: Token) -> SourceError:
        after = self.tokens[self.index + 1]
        fix = f"{before.value}.{after.value}"
        place = place_of(self.text, before.start, after.end)
        return SourceError("source.decimal_comma", fix=fix, place=place)
