r"""Read functions defined by cases: ``x if x > 0 else 0``, ``{x, si x > 0; 0, en otro caso}``.

So are ``{x, x > 0; 0, x <= 0}``, as derivatives are shown. They become a call ``cases(value,
condition, value, condition, ...)``, with the value of the other cases last where there is one.
LaTeX's ``cases`` arrives here with ``if`` for its column signs.
"""

from __future__ import annotations

from graphgrad.expr.tokens import Token
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["with_cases", "with_chains", "with_phrases", "with_questions"]

_IF = frozenset(
    {"if", "si", "when", "whenever", "cuando", "for", "para"} | {"falls", "wenn", "für"}
)
_THEN = frozenset({"then", "entonces"})
_ELSE = frozenset({"else", "otherwise", "sino", "resto", "elsewhere", "enotrocaso", "eoc"}
                  | {"sonst", "ansonsten", "andernfalls"})  # fmt: skip
_ELSE_PHRASES = tuple(
    tuple(words.split())
    for words in (
        "en otro caso", "otro caso", "en caso contrario", "caso contrario", "en otros casos",
        "en cualquier otro caso", "en los demás casos", "en el resto", "de lo contrario", "si no",
        "in other cases", "in all other cases", "in any other case",
    )
)  # fmt: skip
_AND = frozenset({"y", "and", "und"})
_COMPARED = frozenset({"<", ">", "<=", ">=", "==", "!="})
_PAIR = 2
_JOINTS = frozenset({"=", "≈"})


def with_cases(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which every definition by cases is a call."""
    tokens = _with_ifs(tokens)
    words = _IF | _THEN | _ELSE | {"otro"}
    if not any(_is_word(token, words, vocabulary) for token in tokens):
        return tokens
    levels: list[list[Token]] = [[]]
    for token in _with_commas(with_phrases(tokens)):
        if token.value in ("(", "["):
            levels += [[token], []]
        elif token.value in (")", "]") and len(levels) > 2:
            inner, opening = levels.pop(), levels.pop()
            levels[-1] += [*opening, *_by_cases(inner, vocabulary), token]
        elif token.value in _JOINTS and len(levels) == 1:
            levels = [[*_joined(levels[0], vocabulary), token]]
        else:
            levels[-1].append(token)
    if len(levels) == 1:
        return _joined(levels[0], vocabulary)
    return [token for level in levels for token in level]


def with_questions(tokens: list[Token]) -> list[Token]:
    """Return ``z > 0 ? 1 : 0`` as ``if z > 0 then 1 else 0``, within its brackets.

    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.tokens import tokenize
    >>> [t.value for t in with_questions(tokenize("h = (z ? 1 : 0)", ANSWER))]
    ['h', '=', '(', 'if', 'z', 'then', '1', 'else', '0', ')']
    """
    found, starts = list[Token](), [0]
    colons = [place for place, token in enumerate(tokens) if token.value == ":"]
    for place, given in enumerate(tokens):
        token = given
        nested = any(other.value == "then" for other in found[starts[-1] :])
        if token.value == "?" and any(place < colon for colon in colons) and not nested:
            at = token if starts[-1] >= len(found) else found[starts[-1]]
            found.insert(starts[-1], Token("name", "if", at.start, at.start))
            token = token._replace(kind="name", value="then")
        elif token.value == ":" and any(t.value == "then" for t in found[starts[-1] :]):
            token = token._replace(kind="name", value="else")
        found.append(token)
        if token.value in ("(", "[", "{"):
            starts.append(len(found))
        elif token.value in (")", "]", "}") and len(starts) > 1:
            starts.pop()
        elif token.value in _JOINTS or token.value in (",", ";"):
            starts[-1] = len(found)
    return found


def with_chains(tokens: list[Token]) -> list[Token]:
    """Return ``[0 < x < 1]``, two relations about one value, as their product."""
    if sum(token.value in _COMPARED for token in tokens) < _PAIR:
        return tokens
    found, starts = list[Token](), [0]
    for given in tokens:
        token = given
        closes = token.value in (")", "]") and len(starts) > 1
        parts = token.value in _JOINTS or token.value in (",", ";")
        if closes or parts:
            start = starts[-1]
            product = _as_product(found[start:])
            if closes and product != found[start:]:
                found[start - 1] = found[start - 1]._replace(value="(")
                token = token._replace(value=")")
            found[start:] = product
            starts = starts[:-1] if closes else [*starts[:-1], len(found) + 1]
        found.append(token)
        if token.value in ("(", "["):
            starts.append(len(found))
    return [*found[: starts[0]], *_as_product(found[starts[0] :])] if len(starts) == 1 else found


def _compared(part: list[Token]) -> list[int]:
    """Return where relations stand outside brackets."""
    depth, found = 0, list[int]()
    for place, token in enumerate(part):
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        found += [place] if not depth and token.value in _COMPARED else []
    return found


def _as_product(part: list[Token]) -> list[Token]:
    """Return ``0 < x < 1`` with its middle written twice; anything else as it is."""
    if any(token.kind == "name" and token.value in _IF | _ELSE | _THEN for token in part):
        return part
    signs = _compared(part)
    if len(signs) != _PAIR:
        return part
    sides = [part[: signs[0]], part[signs[0] + 1 : signs[1]], part[signs[1] + 1 :]]
    return _between(part) if all(sides) else part


def _with_ifs(tokens: list[Token]) -> list[Token]:
    """Return tokens with "if" for the commas of ``{1, z > 0; 0.1, z <= 0}``, as cases are shown."""
    if not any(token.value == ";" for token in tokens):
        return tokens
    found, open_at = [*tokens], list[int]()
    for place, token in enumerate(tokens):
        if token.value == "(":
            open_at.append(place)
        elif token.value == ")" and open_at:
            for comma in _commas_of_cases(tokens, open_at.pop() + 1, place):
                found[comma] = tokens[comma]._replace(kind="name", value="if")
    joints = [place + 1 for place, token in enumerate(tokens) if token.value in _JOINTS]
    for comma in _commas_of_cases(tokens, joints[-1] if joints else 0, len(tokens)):
        found[comma] = tokens[comma]._replace(kind="name", value="if")
    return found


def _commas_of_cases(tokens: list[Token], start: int, end: int) -> list[int]:
    """Return the commas between values and conditions; [] where a part has none, or no relation."""
    commas, depth, compared, parts = list[int](), 0, 0, 1
    for place in range(start, end):
        value = tokens[place].value
        depth += (value in ("(", "[")) - (value in (")", "]"))
        if depth == 0 and value == ",":
            commas.append(place)
        elif depth == 0 and value == ";":
            parts += 1
        elif value in _COMPARED and len(commas) == parts:
            compared = parts
    return commas if parts > 1 and len(commas) == compared == parts else []


def _is_word(token: Token, words: frozenset[str], vocabulary: Vocabulary) -> bool:
    return token.kind == "name" and token.value in words and vocabulary.name(token.value) is None


def _joined(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Rewrite what stands behind the last joint of a chain."""
    start = max((k + 1 for k, token in enumerate(tokens) if token.value in _JOINTS), default=0)
    return [*tokens[:start], *_by_cases(tokens[start:], vocabulary)]


def _with_commas(tokens: list[Token]) -> list[Token]:
    """Return ``x if x > 0 and 0 if x <= 0`` with a comma for the word between the cases.

    Between two conditions it stands behind a number or bracket and before the value of another.
    """
    found = list(tokens)
    for place, token in enumerate(tokens[1:-1], 1):
        before, after = tokens[place - 1], tokens[place + 1]
        ahead = [other.value for other in tokens[place + 1 :]]
        between = before.kind in ("number", "name") or before.value == ")"
        value = after.kind == "number" or after.value in ("-", "(")
        asked = any(other.value in _IF for other in tokens[:place]) and bool(_IF & set(ahead))
        if token.kind == "name" and token.value in _AND and between and value and asked:
            found[place] = token._replace(kind="bracket", value=",")
    return found


def with_phrases(tokens: list[Token]) -> list[Token]:
    """Return tokens with "en otro caso" and its like as one word."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        for phrase in _ELSE_PHRASES:
            part = tokens[place : place + len(phrase)]
            if tuple(token.value for token in part) == phrase:
                found.append(Token("name", "otherwise", part[0].start, part[-1].end))
                place += len(phrase)
                break
        else:
            found.append(tokens[place])
            place += 1
    return found


class _Pieces:
    """The values and conditions of one definition, as they are met."""

    def __init__(self) -> None:
        self.pairs: list[tuple[list[Token], list[Token]]] = []
        self.value: list[Token] = []
        self.condition: list[Token] | None = None
        self.default: list[Token] | None = None
        self.waiting = False

    def put(self, token: Token) -> None:
        if self.condition is not None:
            self.condition.append(token)
        elif self.default is not None and not self.waiting:
            self.default.append(token)
        else:
            if self.waiting:
                self.value, self.waiting = [], False
            self.value.append(token)

    def flush(self) -> None:
        if self.condition:
            self.pairs.append((self.value, self.condition))
            self.value, self.condition = [], None

    def meet_if(self) -> None:
        """Start a condition; behind "else" the rest is another definition."""
        if self.default:
            self.value, self.default = self.default, None
        self.condition, self.waiting = [], False

    def meet_else(self) -> None:
        """End a condition; what follows, or stands before, is the value of the other cases."""
        if self.condition:
            self.flush()
            self.default = []
        else:
            self.condition = None
            self.default, self.value = self.value, []

    def separate(self) -> None:
        if self.condition is not None:
            self.flush()
        else:
            self.waiting = bool(self.value)


def _by_cases(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return one level of brackets with its definition by cases as a call, if it is one."""
    ifs = [k for k, token in enumerate(tokens) if _starts_condition(tokens, k, vocabulary)]
    if not ifs:
        return tokens
    if ifs[0] == 0:
        tokens = _turned(tokens, vocabulary)
    pieces, depth = _Pieces(), 0
    for place, token in enumerate(tokens):
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if depth or token.value in (")", "]"):
            pieces.put(token)
        elif _starts_condition(tokens, place, vocabulary):
            pieces.meet_if()
        elif _is_word(token, _ELSE, vocabulary):
            pieces.meet_else()
        elif token.value in (",", ";"):
            pieces.separate()
        else:
            pieces.put(token)
    pieces.flush()
    whole = pieces.pairs and all(value and condition for value, condition in pieces.pairs)
    return _call(pieces, tokens) if whole and not pieces.condition else tokens


def _starts_condition(tokens: list[Token], place: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a word is "if"; si(x > 0, x, 0) is a function."""
    token = tokens[place]
    if not _is_word(token, _IF, vocabulary):
        return False
    follower = tokens[place + 1].value if place + 1 < len(tokens) else ""
    if follower != "(" or not (place == 0 or tokens[place - 1].kind == "operator"):
        return True
    closes = iter(_outside([*tokens[place + 1 :], Token("bracket", ")", 0, 0)], (")",)))
    end = place + 2 + next(closes, len(tokens))
    return end < len(tokens) and tokens[end].value in _THEN


def _turned(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return "if C then A else B" as "A if C else B"; a comma may stand for the "then"."""
    found: list[Token] = []
    starts = [k for k, t in enumerate(tokens) if _starts_condition(tokens, k, vocabulary)]
    other = next((k for k, t in enumerate(tokens) if _is_word(t, _ELSE, vocabulary)), len(tokens))
    starts = [start for start in starts if start < other]
    for start, end in zip(starts, [*starts[1:], other], strict=True):
        clause = tokens[start:end]
        then = next((k for k, t in enumerate(clause) if _is_word(t, _THEN, vocabulary)), None)
        if then is None:
            then = next(iter(_outside(clause, (",", ":"))), None)
        value = [] if then is None else clause[then + 1 :]
        while value and value[-1].value in (",", ";"):
            value = value[:-1]
        if then is None or not value:
            return tokens
        found += [*([_comma_behind(found[-1])] if found else []), *value, *clause[:then]]
    rest = tokens[other:]
    if len(rest) > 1 and rest[1].value in (",", ":"):
        rest = [rest[0], *rest[2:]]
    return [*found, *rest]


def _comma_behind(token: Token) -> Token:
    return Token("bracket", ",", token.end, token.end)


def _outside(part: list[Token], signs: tuple[str, ...]) -> list[int]:
    """Return where signs stand outside brackets."""
    depth, found = 0, list[int]()
    for place, token in enumerate(part):
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        found += [place] if not depth and token.value in signs else []
    return found


def _call(pieces: _Pieces, tokens: list[Token]) -> list[Token]:
    first, last = tokens[0], tokens[-1]
    comma = Token("bracket", ",", last.end, last.end)
    out = [Token("name", "cases", first.start, first.end), comma._replace(value="(")]
    for value, condition in pieces.pairs:
        compared = [t._replace(value="==") if t.value == "=" else t for t in condition]
        out += [*value, comma, *_between(compared), comma]
    if pieces.default:
        out += [*pieces.default, comma]
    out[-1] = comma._replace(value=")")
    return out


def _between(condition: list[Token]) -> list[Token]:
    """Return 0 < x < 1 as (0 < x)*(x < 1)."""
    signs = _compared(condition)
    if len(signs) != _PAIR:
        return condition
    middle = condition[signs[0] + 1 : signs[1]]
    first, last = condition[0], condition[-1]
    times = Token("operator", "*", first.start, first.start)
    opening = Token("bracket", "(", first.start, first.start)
    closing = Token("bracket", ")", last.end, last.end)
    left = [opening, *condition[: signs[1]], closing]
    return [*left, times, opening, *middle, *condition[signs[1] :], closing]
