"""Read derivatives: ``dL/dw``, ``∂L/∂w``, ``w.grad``, ``∇_w L``, and operators such as ``d/dx``."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from graphgrad.errors import SourceError
from graphgrad.expr.tokens import Token, place_of
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.messages.catalogue import Worded, near_names

__all__ = [
    "WAY",
    "Differentials",
    "derivative_name",
    "derivative_parts",
    "operator_parts",
    "subscript_tokens",
    "unknown_name",
]

WAY = Worded("answer.way.names")
_SIGNS = ("∂", "d")
_DEEPEST = 8
"""Brackets round one d: every further one would be looked through from every place before it."""
_CALLED = frozenset(
    {"grad", "gradient", "gradiente", "d", "diff", "derivative", "deriv", "derivada"}
)


def derivative_name(of: str, wrt: str) -> str:
    """Return the name of a derivative in a parsed answer."""
    return f"d{of}/d{wrt}"


def derivative_parts(name: str) -> tuple[str, str] | None:
    """Return what a name made by `derivative_name` is the derivative of, and in what."""
    above, slash, below = name.partition("/")
    return (above[1:], below[1:]) if slash else None


def operator_parts(name: str) -> tuple[str, int] | None:
    """Return the variable and the order of an operator such as ``d/dx`` or ``d^2/dx^2``."""
    above, slash, below = name.partition("/")
    if not slash or above not in ("d", "d^2", "d^3"):
        return None
    return below[1:].partition("^")[0], int(above[2:] or 1)


def unknown_name(text: str, token: Token, vocabulary: Vocabulary, skip: int = 0) -> SourceError:
    """Return the error at a word that means nothing here, with the names that are near."""
    got = token.value[skip:]
    close = [name for name in vocabulary.names if name.lower() == got.lower() and name != got]
    close += get_close_matches(got, vocabulary.names, n=3, cutoff=0.6)
    close += get_close_matches(got, sorted(vocabulary.functions - {got}), n=3, cutoff=0.75)
    close = list(dict.fromkeys(close))[:3]
    place = place_of(text, min(token.start + skip, token.end - 1), token.end)
    return SourceError("answer.unknown_name", got=got, near=near_names(close), way=WAY, place=place)


def subscript_tokens(places: Sequence[str], token: Token) -> list[Token]:
    """Return ``[1, 2]`` as tokens behind another one."""
    end = Token("bracket", "[", token.end, token.end)
    found = list[Token]()
    for count, place in enumerate(places):
        signs = ("bracket", "," if count else "["), ("number", place)
        found += [end._replace(kind=kind, value=value) for kind, value in signs]
    return [*found, end._replace(value="]")] if found else []


class _Side(NamedTuple):
    """One side of a fraction of differentials: what is differentiated, and where it ends.

    ``name`` is empty for a bare d; ``declared`` tells that the whole word is itself a name.
    """

    name: str
    end: int
    power: int = 1
    declared: bool = False
    entry: tuple[str, ...] = ()


class Differentials:
    """Look for a derivative at a place among tokens."""

    def __init__(self, text: str, tokens: list[Token], vocabulary: Vocabulary) -> None:
        self.text = text
        self.tokens = tokens
        self.vocabulary = vocabulary

    def at(self, index: int) -> tuple[list[Token], int] | None:
        """Return the derivative that starts at a token, with its subscript, and where it ends.

        Raises:
            SourceError: at a name below the bar that means nothing here.
        """
        if all(self._value(index + ahead) == "(" for ahead in range(_DEEPEST)):
            return None  # brackets in brackets: the innermost have their turn
        found = self._fraction(index)
        if found is not None:
            return found
        single = self._gradient(index) or self._operator(index)
        return self._mixed(index) if single is None else ([single[0]], single[1])

    # ---- dL/dw ----

    def _fraction(self, index: int) -> tuple[list[Token], int] | None:
        above = self._side(index)
        if above is None or self._value(above.end) != "/":
            return None
        below = self._side(above.end + 1)
        if below is None:
            self._blame(above, above.end + 1)
            return None
        useless = above.declared and below.declared
        if not above.name or not below.name or useless:
            return None
        token = self._token(derivative_name(above.name, below.name), index, below.end)
        entry = (*above.entry, *below.entry)
        return [token, *subscript_tokens(entry, token)], below.end

    def _blame(self, above: _Side, index: int) -> None:
        """Refuse a name below the bar that is not declared, rather than the one above it."""
        token = self.tokens[index] if index < len(self.tokens) else None
        if token is None or not above.name or above.declared:
            return
        bare = token.value in _SIGNS
        named = self.tokens[index + 1] if bare and index + 1 < len(self.tokens) else token
        starts = bare or (named.kind == "name" and named.value.startswith("d"))
        if named.kind == "name" and starts and self.vocabulary.name(named.value) is None:
            raise unknown_name(self.text, named, self.vocabulary, skip=0 if bare else 1)

    def _side(self, index: int) -> _Side | None:
        """Read the name behind a d."""
        if self._value(index) == "(":
            inner = self._side(index + 1)
            closed = inner is not None and self._value(inner.end) == ")"
            return inner._replace(end=inner.end + 1) if inner is not None and closed else None
        token = self.tokens[index] if index < len(self.tokens) else None
        if token is None:
            return None
        if token.value in _SIGNS:
            return self._behind(index + 1)
        if token.kind == "name" and token.value.startswith("d"):
            name, entry = self.vocabulary.entry(token.value[1:])
            if name is not None:
                declared = self.vocabulary.name(token.value) is not None
                return self._subscripted(_Side(name, index + 1, 1, declared, entry))
        return None

    def _subscripted(self, side: _Side) -> _Side:
        """Read the subscript of dp[1]/dz[2], where what is behind it goes on as a derivative."""
        rank = len(self.vocabulary.shapes.get(side.name, ()))
        part = self.tokens[side.end : side.end + 2 * rank + 1]
        spelled = [token.value for token in part]
        wanted = ["[", *([","] * max(0, rank - 1)), "]"]
        places = tuple(spelled[1::2])
        fits = rank and not side.entry and len(part) == 2 * rank + 1 and spelled[0::2] == wanted
        if not fits or not all(place.isdecimal() for place in places):
            return side
        return side._replace(end=side.end + len(part), entry=places)

    def _behind(self, index: int) -> _Side | None:
        bracket = self._value(index) == "("
        token = self.tokens[index + bracket] if index + bracket < len(self.tokens) else None
        if token is None or token.kind != "name":
            return None
        name, entry = self.vocabulary.entry(token.value)
        if name is None or (bracket and self._value(index + 2) != ")"):
            return None
        side = _Side(name, index + 1 + 2 * bracket, entry=entry)
        return side if bracket else self._subscripted(side)

    # ---- d/dx ----

    def _operator(self, index: int) -> tuple[Token, int] | None:
        """Read ``d/dx``, ``∂/∂x`` and ``d²/dx²``, to be applied to what stands behind."""
        if self._value(index) == "(":
            inner = self._operator(index + 1)
            if inner is not None and self._value(inner[1]) == ")":
                return inner[0], inner[1] + 1
        above = self._bare(index)
        if above is None or self._value(above.end) != "/":
            return None
        below = self._raised_side(above.end + 1)
        if below is None or below.declared or above.power != below.power:
            return None
        power = f"^{above.power}" if above.power > 1 else ""
        token = self._token(f"d{power}/d{below.name}{power}", index, below.end)
        return token._replace(kind="function"), below.end

    def applied(self, index: int) -> tuple[list[Token], int] | None:
        """Return ``d(x^2)/dx``, whose formula stands above the bar, as ``(d/dx (x^2))``.

        Its formula is still to be read, where it stands now.
        """
        opened = 0
        while self._value(index + opened) == "(" and opened < _DEEPEST:
            opened += 1
        place = index + opened
        value = self._value(place)
        if value not in _SIGNS or (value == "d" and self.vocabulary.name("d") is not None):
            return None
        order, start = self._power(place + 1)
        end = self._end_above(start, opened)
        below = None if end is None else self._raised_side(end + opened + 1)
        if end is None or below is None or below.declared or below.power != order:
            return None
        power = f"^{order}" if order > 1 else ""
        operator = self._token(f"d{power}/d{below.name}{power}", index, below.end)
        opening = Token("bracket", "(", operator.start, operator.start)
        closing = [opening._replace(value=")")] * 2
        head = [opening, operator._replace(kind="function"), opening]
        return [*head, *self.tokens[start:end], *closing], below.end

    def _end_above(self, start: int, opened: int) -> int | None:
        """Return where a formula above a bar ends: with its brackets, or those round it."""
        depth, place = 0, start
        while place < len(self.tokens):
            value = self._value(place)
            depth += (value in ("(", "[")) - (value in (")", "]"))
            if depth < 0 or (not opened and not depth and value in (")", "]")):
                break
            if not opened and not depth and self.tokens[place].kind != "name":
                return None
            place += 1
        end = place if opened else place + 1
        ahead = [self._value(end + k) for k in range(opened + 1)]
        closed = end > start and ahead == [")"] * opened + ["/"]
        return end if closed else None

    def _mixed(self, index: int) -> tuple[list[Token], int] | None:
        """Read ``∂²/∂x∂y`` as ``∂/∂x ∂/∂y``."""
        if self._value(index) == "(":
            inner = self._mixed(index + 1)
            if inner is not None and self._value(inner[1]) == ")":
                return inner[0], inner[1] + 1
        above = self._bare(index)
        if above is None or above.power != 2 or self._value(above.end) != "/":
            return None
        bracket = self._value(above.end + 1) == "("
        first = self._side(above.end + 1 + bracket)
        second = None if first is None else self._side(first.end)
        if first is None or second is None or (bracket and self._value(second.end) != ")"):
            return None
        token = self._token("", index, second.end + bracket)._replace(kind="function")
        each = [token._replace(value=f"d/d{side.name}") for side in (first, second)]
        return each, second.end + bracket

    def _bare(self, index: int) -> _Side | None:
        """Read a d that stands alone, with the power it may have."""
        if self._value(index) == "(":
            inner = self._bare(index + 1)
            closed = inner is not None and self._value(inner.end) == ")"
            return inner._replace(end=inner.end + 1) if inner is not None and closed else None
        value = self._value(index)
        if value not in _SIGNS or (value == "d" and self.vocabulary.name("d") is not None):
            return None
        power, end = self._power(index + 1)
        return _Side("", end, power)

    def _raised_side(self, index: int) -> _Side | None:
        if self._value(index) == "(":
            inner = self._raised_side(index + 1)
            closed = inner is not None and self._value(inner.end) == ")"
            return inner._replace(end=inner.end + 1) if inner is not None and closed else None
        side = self._side(index)
        if side is None:
            return None
        power, end = self._power(side.end)
        return side._replace(power=power, end=end)

    def _power(self, index: int) -> tuple[int, int]:
        """Return the order 2 or 3 that is written as a power, and where it ends."""
        ahead = [token.value for token in self.tokens[index : index + 4]]
        if ahead[:1] and self.tokens[index].kind == "superscript" and ahead[0] in ("2", "3"):
            return int(ahead[0]), index + 1
        if ahead[:1] == ["^"] and ahead[1:2] in (["2"], ["3"]):
            return int(ahead[1]), index + 2
        if ahead[:2] == ["^", "("] and ahead[2:3] in (["2"], ["3"]) and ahead[3:] == [")"]:
            return int(ahead[2]), index + 4
        return 1, index

    # ---- w.grad, ∇_w L ----

    def _gradient(self, index: int) -> tuple[Token, int] | None:
        token, output = self.tokens[index], self.vocabulary.output
        if token.kind != "name":
            return None
        if token.value.endswith(".grad") and output:
            name = self.vocabulary.name(token.value.removesuffix(".grad"))
            if name is not None:
                return token._replace(value=derivative_name(output, name)), index + 1
        sign, _, below = token.value.partition("_")
        if (
            sign in ("nabla", "D", "grad", "gradient", "gradiente")
            and below
            and self.vocabulary.name(token.value) is None
        ):
            name = self.vocabulary.name(below)
            of, end = self._differentiated(index + 1)
            if name is not None and of:
                return self._token(derivative_name(of, name), index, end), end
            if name is not None and self._applies(index + 1):  # ∂_x (x² y)
                return token._replace(kind="function", value=f"d/d{name}"), index + 1
        return self._called(index) or self._below(index) or self._in_words(index)

    def _applies(self, index: int) -> bool:
        """Tell whether an operator has a bracket or a function behind it: D_x ln(x)."""
        value = self._value(index)
        function = self.vocabulary.function(value) is not None
        return value in ("(", "[") or (function and self.vocabulary.name(value) is None)

    def _called(self, index: int) -> tuple[Token, int] | None:
        """Read ``grad(L, w)`` and ``D[L, w]`` of two names."""
        parts = self.tokens[index : index + 6]
        marks = [part.value for part in parts]
        word = marks[0].lower() if len(marks) == 6 else ""
        bracketed = marks[1:6:2] in (["(", ",", ")"], ["[", ",", "]"])
        if word not in _CALLED or not bracketed or self.vocabulary.name(marks[0]) is not None:
            return None
        of, wrt = (self.vocabulary.name(part.value) for part in parts[2:5:2])
        if of is None or wrt is None:
            return None
        return self._token(derivative_name(of, wrt), index, index + 6), index + 6

    def _below(self, index: int) -> tuple[Token, int] | None:
        """Read ``L_w``, the output with a declared name below it."""
        token, output = self.tokens[index], self.vocabulary.output
        below = token.value.removeprefix(f"{output}_") if output else token.value
        named = below != token.value and self.vocabulary.entry(token.value)[0] is None
        wrt = self.vocabulary.name(below) if named else None
        if wrt is None or wrt == output:
            return None
        return token._replace(value=derivative_name(output, wrt)), index + 1

    def _in_words(self, index: int) -> tuple[Token, int] | None:
        """Read ``dL_dw`` and ``dLdw``, as programs name it, and ``grad w`` of the output."""
        token, output = self.tokens[index], self.vocabulary.output
        if self.vocabulary.name(token.value) is not None:
            return None
        if token.value in ("grad", "gradient", "gradiente") and output:
            wrt = self.vocabulary.name(self._value(index + 1))
            named = None if wrt is None else derivative_name(output, wrt)
            return None if named is None else (self._token(named, index, index + 2), index + 2)
        word = token.value
        if word[:1] != "d" or word.count("d") > _DEEPEST:
            return None
        for cut in (place for place, letter in enumerate(word) if letter == "d" and place > 1):
            of = self.vocabulary.name(word[1:cut].rstrip("_"))
            wrt = self.vocabulary.name(word[cut + 1 :])
            if of is not None and wrt is not None:
                return token._replace(value=derivative_name(of, wrt)), index + 1
        return None

    def _differentiated(self, index: int) -> tuple[str, int]:
        """Return the name behind ∇_w, with or without brackets; else the output."""
        bracket = self._value(index) == "("
        name = self.vocabulary.name(self._value(index + bracket))
        if name is not None and (not bracket or self._value(index + 2) == ")"):
            return name, index + 1 + 2 * bracket
        return "" if bracket else self.vocabulary.output, index

    def _token(self, name: str, index: int, end: int) -> Token:
        return Token("name", name, self.tokens[index].start, self.tokens[end - 1].end)

    def _value(self, index: int) -> str:
        return self.tokens[index].value if index < len(self.tokens) else ""
