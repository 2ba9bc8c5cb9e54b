"""Read a formula as people write it by hand: implicit products, primes, |x|, dL/dw, sin x.

The tokens of the lenient dialect are rewritten into tokens of the grammar; the one parser does the
rest. What is read follows from the declared names, never from a guess: a word that is neither a
name, nor a function, nor a product of names in exactly one way, is an error.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from graphgrad.errors import LimitError
from graphgrad.expr.cases import with_cases, with_chains, with_questions
from graphgrad.expr.decimals import Decimal, settle_numbers
from graphgrad.expr.dialect import ANSWER
from graphgrad.expr.items import Expression, Remark
from graphgrad.expr.juxtaposed import with_products
from graphgrad.expr.latex import plain_tokens
from graphgrad.expr.marked_names import (
    MODULES,
    with_identities,
    with_layered_entries,
    with_log_bases,
    with_members,
)
from graphgrad.expr.mixed_numbers import with_fractions
from graphgrad.expr.parser import parse_tokens
from graphgrad.expr.sums import with_sums
from graphgrad.expr.tokens import Token, place_of, tokenize
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.expr.words import read_words

__all__ = [
    "Reading", "parse_answer", "read_tokens", "with_closed_brace", "with_methods",
    "with_positive_parts", "with_separators",
    "with_square_calls",
]  # fmt: skip

_COMPARED = frozenset({"<", ">", "<=", ">=", "==", "!="})
MOST_TOKENS = 400
MOST_ITEMS = 1_500


class Reading(NamedTuple):
    """A formula, and remarks on how it was read."""

    expression: Expression
    remarks: tuple[Remark, ...]


def read_tokens(
    text: str,
    vocabulary: Vocabulary,
    decimal: Decimal,
    remarks: list[Remark],
    *,
    declared: bool = False,
) -> list[Token]:
    """Return the tokens of an answer with names, numbers and LaTeX settled.

    Args:
        text: the answer.
        vocabulary: the names it may use.
        decimal: what its decimal sign is.
        remarks: what is remarked is added here.
        declared: whether it declares relations, so that ``0 < p < 1`` is no value but two of them.

    Raises:
        SourceError: at what cannot be read, with the place.
        LimitError: if the answer is longer than answers are.
    """
    tokens = tokenize(text, ANSWER)
    if len(tokens) > MOST_TOKENS:
        last = tokens[MOST_TOKENS]
        place = place_of(text, last.start, last.end)
        raise LimitError("answer.too_long", limit=MOST_TOKENS, place=place)
    while len(tokens) > 1 and tokens[-1].value in (";", ","):
        tokens = tokens[:-1]  # what ends a list of answers
    tokens = with_positive_parts(with_closed_brace(tokens))
    tokens = with_ratios(text, with_questions(tokens) if "?" in text else tokens, remarks)
    tokens = with_members(tokens, vocabulary)
    tokens = with_square_calls(with_methods(tokens, vocabulary), vocabulary)
    tokens = plain_tokens(text, with_fractions(text, with_angles(tokens), remarks))
    tokens = with_layered_entries(with_log_bases(tokens, vocabulary), vocabulary)
    tokens = with_identities(tokens, vocabulary)
    tokens = with_sums(text, tokens, vocabulary)

    def arity(token: Token) -> range | None:
        function = vocabulary.function(token.value)
        if vocabulary.name(token.value) is not None or function is None:
            return None
        return vocabulary.arities.get(function, range(0))

    tokens = settle_numbers(text, with_separators(tokens), decimal, arity, remarks)
    tokens = with_cases(tokens if declared else with_chains(tokens), vocabulary)
    return read_words(text, tokens, vocabulary, remarks)


def with_positive_parts(tokens: list[Token]) -> list[Token]:
    """Return ``[1 - z]_+`` and ``(x)^+``, the positive part of what brackets hold, as relu.

    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.tokens import tokenize
    >>> "".join(t.value for t in with_positive_parts(tokenize("2[1 - z]_+ = (x)^{+}", ANSWER)))
    '2relu(1-z)=relu(x)'
    """
    found = list[Token]()
    skipped = 0
    for place, token in enumerate(tokens):
        if skipped:
            skipped -= 1
            continue
        ahead = [other.value for other in tokens[place : place + 5]]
        braced = ahead[1:2] == ["{"] and ahead[3:4] == ["}"]
        plus = token.value in ("_", "^") and "+" in (ahead[2:3] if braced else ahead[1:2])
        size = 4 if braced else 2
        behind = tokens[place + size] if place + size < len(tokens) else None
        ends = (
            braced
            or behind is None
            or behind.kind == "operator"
            or behind.value in (")", "]", ",", "}")
        )
        start = _start_of(found) if found and found[-1].value in (")", "]") else -1
        if not plus or not ends or start < 0 or found[start].kind == "name":
            found.append(token)
            continue
        opening, closing = found[start], found[-1]
        found[-1] = closing._replace(value=")")
        found[start : start + 1] = [
            opening._replace(kind="name", value="relu"), opening._replace(value="("),
        ]  # fmt: skip
        skipped = size - 1
    return found


def with_closed_brace(tokens: list[Token]) -> list[Token]:
    """Return ``{1, x > 0; 0, x < 0``, cases with the one brace of the board, in brackets.

    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.tokens import tokenize
    >>> "".join(t.value for t in with_closed_brace(tokenize("h = {1, x>0; 0, x<0", ANSWER)))
    'h=(1,x>0;0,x<0)'
    """
    braces = [k for k, token in enumerate(tokens) if token.value in ("{", "}", r"\{", r"\}")]
    opened = tokens[braces[0]] if len(braces) == 1 else None
    if opened is None or opened.value not in ("{", r"\{"):
        return tokens
    before = tokens[braces[0] - 1].value if braces[0] else "="
    cases = any(token.value in _COMPARED for token in tokens[braces[0] :])
    if before not in ("=", "≈", r"\left") or not cases:
        return tokens
    opening = opened._replace(kind="bracket", value="(")
    end = tokens[-1].end
    closing = Token("bracket", ")", end, end)
    return [*tokens[: braces[0]], opening, *tokens[braces[0] + 1 :], closing]


def with_angles(tokens: list[Token]) -> list[Token]:
    """Return ``<w, x>`` as ⟨w, x⟩, the inner product; of numbers, or not two, it is a vector.

    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.tokens import tokenize
    >>> "".join(t.value for t in with_angles(tokenize("<w, x> + <1, 2, 3>", ANSWER)))
    '⟨w,x⟩+[1,2,3]'
    """
    found = list(tokens)
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else token._replace(kind="operator")
        starts = before.kind in ("operator", "command")
        starts = starts or before.value in ("(", "[", ",", "=", "≈", "{")
        tight = place + 1 < len(tokens) and tokens[place + 1].start == token.end
        starts = starts or (before.kind == "number" and before.end < token.start and tight)
        if token.value not in ("⟨", r"\langle") and not (token.value == "<" and starts):
            continue
        end = _end_of_angle(tokens, place)
        inside = tokens[place + 1 : end]
        commas = len(_parted(tokens, place + 1, end))
        commas += sum(t.value.count(",") for t in inside if t.kind == "number")
        numbers = all(t.kind == "number" or t.value in ("-", "+", ",", ";") for t in inside)
        if not end or not commas:
            continue
        signs = "[]" if numbers or commas > 1 else "⟨⟩"
        kind = "bracket" if signs == "[]" else "sign"
        found[place] = token._replace(kind=kind, value=signs[0])
        found[end] = tokens[end]._replace(kind=kind, value=signs[1])
        if [t.value for t in tokens[end + 1 : end + 3]] == ["_", "F"]:
            found[end + 1 : end + 3] = [t._replace(kind="blank") for t in tokens[end + 1 : end + 3]]
    return [token for token in found if token.kind != "blank"]


def _end_of_angle(tokens: list[Token], place: int) -> int:
    """Return where the angle at a place closes, in the same brackets; 0 if it does not."""
    closing = {"<": ">", "⟨": "⟩"}.get(tokens[place].value, r"\rangle")
    depth = 0
    for end in range(place + 1, len(tokens)):
        value = tokens[end].value
        depth += (value in ("(", "[", "{")) - (value in (")", "]", "}"))
        if not depth and value == closing:
            return end
        if depth < 0 or value in ("=", "≈", "==", "<"):
            return 0
    return 0


def with_ratios(text: str, tokens: list[Token], remarks: list[Remark]) -> list[Token]:
    """Return tokens with / for a colon between two operands, as a division is written in German.

    A colon in square brackets or below the line is a part of an array, behind ``=`` a range.
    """
    words = {token.value for token in tokens}
    if ":" not in words or words & {"si", "if", "cuando", "when"}:  # where it stands for "then"
        return tokens
    found, open_at = list[Token](), list[str]()
    for token, before in zip(tokens, [None, *tokens], strict=False):
        if token.value in ("(", "[", "{"):
            below = before is not None and before.value.endswith("_")
            open_at.append("[" if below else token.value)  # x_{1:3} is a range
        elif token.value in (")", "]", "}") and open_at:
            open_at.pop()
        elif token.value == "=" and open_at:
            open_at[-1] = "="
        plain = not open_at or open_at[-1] in ("(", "{")
        operand = before is not None and (
            before.kind in ("name", "number", "superscript") or before.value in (")", "}", "|")
        )
        if token.value == ":" and plain and operand:
            remarks.append(Remark("read.ratio", {"got": text[token.start : token.end]}))
            found.append(token._replace(kind="operator", value="/"))
        else:
            found.append(token)
    return found


def parse_answer(
    text: str, vocabulary: Vocabulary, decimal: Decimal = "auto", tokens: list[Token] | None = None
) -> Reading:
    """Read an answer's formula.

    Args:
        text: the answer.
        vocabulary: the names it may use.
        decimal: what its decimal sign is.
        tokens: its tokens where `read_tokens` has run already, as for one part of a chain.

    Raises:
        SourceError: at what cannot be read, with the place.
        LimitError: if it is longer or more deeply nested than answers are.

    >>> vocabulary = Vocabulary(["w", "x", "b"], ["sigmoid"])
    >>> [item.value for item in parse_answer("2wx + 0,5", vocabulary).expression.items]
    ['2', 'w', '*', 'x', '*', '0.5', '+']
    """
    remarks: list[Remark] = []
    if tokens is None:
        tokens = read_tokens(text, vocabulary, decimal, remarks)
    tokens = with_products(text, tokens, remarks)
    expression = parse_tokens(text, tokens, 0, ANSWER)
    if len(expression.items) > MOST_ITEMS:
        place = place_of(text, 0, len(text))
        raise LimitError("answer.too_long", limit=MOST_ITEMS, place=place)
    return Reading(expression, tuple(remarks))


def with_separators(tokens: list[Token]) -> list[Token]:
    """Return ``[0.2 -0.3 0.1]``, a row of signed numbers apart by blanks, with its commas."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _end_of_row(tokens, place)
        if end is None:
            found.append(tokens[place])
            place += 1
            continue
        found.append(tokens[place])
        for before, token in pairwise(tokens[place + 1 : end]):
            found.append(before)
            if before.kind == "number" and token.value != ";":
                found.append(Token("bracket", ",", before.end, before.end))
        found += tokens[end - 1 : end]
        place = end
    return found


def _end_of_row(tokens: list[Token], place: int) -> int | None:
    """Return where a bracket closes that holds only numbers and signs before them.

    A round one must hold several rows: (1 2; 3 4).
    """
    closing = {"[": "]", "(": ")"}.get(tokens[place].value)
    called = place > 0 and tokens[place - 1].kind == "name"
    if closing is None or (closing == ")" and (called or not _has_rows(tokens, place))):
        return None
    count = 0
    for k in range(place + 1, len(tokens)):
        token, before = tokens[k], tokens[k - 1]
        after = tokens[k + 1] if k + 1 < len(tokens) else token
        signed = token.value in ("-", "+") and after.kind == "number" and token.end == after.start
        if token.value == closing:
            return k if count > 1 and before.kind == "number" else None
        if token.kind == "number":
            count += 1
        elif signed and (before.end < token.start or before.value in ("[", ";")):
            continue
        elif token.value != ";" or before.kind != "number":
            return None
    return None


def _has_rows(tokens: list[Token], place: int) -> bool:
    """Tell whether round brackets hold numbers apart by blanks, and a ``;`` between rows."""
    inside = tokens[place + 1 : _end_of(tokens, place)]
    pairs = ((a, b) for a, b in pairwise(inside) if a.kind == b.kind == "number")
    return any(pairs) and any(token.value == ";" for token in inside)


# ---- calls as other programs write them ----

_RANGED = frozenset({"diff", "sum", "product"})
_OF_MATHEMATICA = {"D": "diff", "If": "if", "Log": "log"}


def with_square_calls(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return ``Max[0, x]``, a function with its arguments in square brackets, in round ones.

    The base of Mathematica's Log stands first.

    >>> words = Vocabulary([], ["log"])
    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.tokens import tokenize
    >>> "".join(t.value for t in with_square_calls(tokenize("Log[2, x]", ANSWER), words))
    'log(x,2)'
    """
    found = list(tokens)
    for place, token in enumerate(tokens[:-1]):
        called = tokens[place + 1].value
        summed = called == "(" and token.value in ("Sum", "Product")
        bracketed = token.kind == "name" and (called == "[" or summed)
        if not bracketed or not token.value[0].isupper() or vocabulary.name(token.value):
            continue
        word, end = _OF_MATHEMATICA.get(token.value, token.value), _end_of(tokens, place + 1)
        commas = _parted(tokens, place + 2, end)
        listed = bool(end) and tokens[place + 2].value == "{"  # Piecewise[{{x, x > 0}}]
        if not end or not (commas or listed) or vocabulary.function(word) is None:
            continue
        found[place] = token._replace(value=word)
        found[place + 1] = tokens[place + 1]._replace(value="(")
        found[end] = tokens[end]._replace(value=")")
        if word.lower() in _RANGED and len(commas) == 1 and end > commas[0] + 2:
            pair = tokens[commas[0] + 1].value + tokens[end - 1].value  # D[x^3, {x, 2}]
            for brace in (commas[0] + 1, end - 1) if pair in ("{}", "()") else ():
                found[brace] = found[brace]._replace(kind="blank")
        if token.value == "Log" and len(commas) == 1:
            cut = commas[0]
            found[place + 2 : end] = [
                *tokens[cut + 1 : end], tokens[cut], *tokens[place + 2 : cut],
            ]  # fmt: skip
    return [token for token in found if token.kind != "blank"]


def _end_of(tokens: list[Token], place: int) -> int:
    """Return where the bracket at a place closes; 0 if it does not."""
    depth = 0
    for end in range(place, len(tokens)):
        depth += (tokens[end].value in ("(", "[", "{")) - (tokens[end].value in (")", "]", "}"))
        if not depth:
            return end
    return 0


def _parted(tokens: list[Token], start: int, end: int) -> list[int]:
    """Return where the commas outside brackets stand."""
    depth, found = 0, []
    for place in range(start, end):
        value = tokens[place].value
        depth += (value in ("(", "[", "{")) - (value in (")", "]", "}"))
        found += [place] if value == "," and not depth else []
    return found


def with_methods(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return ``z.exp()`` and ``(a - t).pow(2)``, calls of methods, as calls of functions.

    >>> words = Vocabulary(["a"], ["pow", "sum"])
    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.tokens import tokenize
    >>> "".join(t.value for t in with_methods(tokenize("(2*a).pow(2).sum()", ANSWER), words))
    'sum(pow((2*a),2))'
    """
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        base, dot, word = token.value.rpartition(".")
        called = place + 1 < len(tokens) and tokens[place + 1].value == "("
        known = called and dot and vocabulary.function(word) is not None
        known = known and vocabulary.name(token.value) is None
        owned = vocabulary.name(base) is not None or (base and not vocabulary.names)
        owned = owned and base.partition(".")[0] not in MODULES
        end = _end_of(tokens, place + 1) if known else 0
        if not end or not (owned or token.kind == "part"):
            out.append(token)
            place += 1
            continue
        start = len(out) if base else _start_of(out)
        inner = [token._replace(value=base, kind="name")] if base else out[start:]
        arguments = with_methods(tokens[place + 2 : end], vocabulary)
        comma = [tokens[place + 1]._replace(value=",")] if arguments else []
        name = Token("name", word, token.start, token.end)
        out[start:] = [name, tokens[place + 1], *inner, *comma, *arguments, tokens[end]]
        place = end + 1
    return out


def _start_of(tokens: list[Token]) -> int:
    """Return where the bracket begins that ends here, with the function before it."""
    depth = 0
    for place in range(len(tokens) - 1, -1, -1):
        depth += (tokens[place].value in (")", "]")) - (tokens[place].value in ("(", "["))
        if not depth:
            return place - 1 if place and tokens[place - 1].kind == "name" else place
    return 0
