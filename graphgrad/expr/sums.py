r"""Read sums over an index: ``\sum_{i=1}^{3} w_i x_i``, ``Σ_i (y_i - t_i)^2``.

A product over an index, ``\prod_i x_i`` or ``prod(i=1:3, x^i)``, is read like a sum
and written out.

With bounds, or where w_1, w_2, ... are declared, the sum is written out. Without, the declared
arrays say what it runs over: where every one is a vector with the index, it is the function
``sum`` of the body without it; else it is written out.
"""

from __future__ import annotations

import re
from itertools import pairwise

from graphgrad.errors import LimitError, SourceError
from graphgrad.expr.differentials import subscript_tokens
from graphgrad.expr.indexed import (
    Indexed,
    free_letters,
    numbered,
    uneven,
    with_entries,
    without_free_index,
)
from graphgrad.expr.latex_scripts import PRODUCTS, with_ranges
from graphgrad.expr.tokens import Token, place_of
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["with_sums"]

MOST_SUMMANDS = 40
_MOST_TOKENS = 1_500
_PRODUCT = re.compile(r"\\prod|∏|Π|prod", re.IGNORECASE)
_TURNED = frozenset({"T", "ᵀ", "⊤", "'", "^T"})
_ENDING = frozenset({",", ";", ")", "]", "<", ">", "<=", ">=", "=", "==", "!=", "≈"})


def with_sums(text: str, tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which every sum over an index is written out or is a call.

    Raises:
        SourceError: if it is not clear what a sum runs over.
        LimitError: if it would be too long.
    """
    tokens = with_rows(with_ranges(tokens), vocabulary)
    tokens = _with_indices([part for token in tokens for part in _as_sums(token, vocabulary)])
    tokens = _with_own_letters(tokens)
    if not free_letters(tokens):
        return _summed(text, tokens, vocabulary)
    found, failed = tokens, None
    try:
        found = _summed(text, tokens, vocabulary)
    except SourceError as error:
        failed = error
    if failed is not None or free_letters(found):
        written = with_entries(tokens, vocabulary)
        if written is not tokens:
            return _summed(text, written, vocabulary)
        _refuse_uneven(text, tokens, vocabulary)
    if failed is not None:
        raise failed
    return found


def _refuse_uneven(text: str, tokens: list[Token], vocabulary: Vocabulary) -> None:
    """Refuse an index that two arrays count to different lengths: W_kj for W_jk."""
    found = uneven(tokens, vocabulary) if vocabulary.has_shapes else None
    if found is not None:
        token, letter, lengths = found
        place = place_of(text, token.start, token.end)
        said = ", ".join(map(str, sorted(lengths)))
        raise SourceError("answer.uneven_index", got=letter, lengths=said, place=place)


def _summed(text: str, tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens with their sums written out or called, and one free index left away."""
    stacked, free = _stacked(tokens), bool(free_letters(tokens))
    lengths: set[int] = set()
    place = 0
    while place < len(tokens):
        if tokens[place].kind != "sum":
            place += 1
            continue
        end = _end(tokens, place)
        sign, body = tokens[place], tokens[place + 1 : end]
        found = Indexed(body, sign, vocabulary)
        if found.length:
            lengths.add(found.length)
        alone = sign.start not in stacked
        joint = _joint(text, sign)
        written = _over_rows(sign, body, vocabulary, joint) or _written(
            text, found, joint, alone=alone and joint == "+", free=free
        )
        tokens = [*tokens[:place], *written, *tokens[end:]]
        if len(tokens) > _MOST_TOKENS:
            raise LimitError("answer.too_long", limit=_MOST_TOKENS, place=place_of(text, 0, 1))
    tokens = [_counted(token, lengths, vocabulary) for token in tokens]
    return without_free_index(tokens, vocabulary)


def _joint(text: str, sign: Token) -> str:
    """Return what stands between the terms, by the sign that was written."""
    return "*" if _PRODUCT.match(text, sign.start) else "+"


def _as_sums(token: Token, vocabulary: Vocabulary) -> list[Token]:
    """Return a sum over i and j at once as two sums."""
    token = _as_sum(token, vocabulary)
    words = token.value.replace(",", " ").split() if token.kind == "sum" else []
    both = len(words) == 2 and "," in token.value
    if both or (len(words) == 1 and len(words[0]) == 2 and words[0].isalpha()):
        return [token._replace(value=letter) for letter in (words if both else words[0])]
    return [token]


def _with_indices(tokens: list[Token]) -> list[Token]:
    """Give sums without an index, one behind the other, the letters that stand below."""
    place, out = 0, list(tokens)
    while place < len(out):
        count = 0
        while place + count < len(out) and out[place + count] == (
            "sum",
            "",
            *out[place + count][2:],
        ):
            count += 1
        if count:
            letters = free_letters(out[place + count : _end(out, place + count - 1)])
            if len(letters) == count:
                for k, letter in enumerate(letters):
                    out[place + k] = out[place + k]._replace(value=letter)
        place += max(1, count)
    return out


def _with_own_letters(tokens: list[Token]) -> list[Token]:
    """Return ``p_i = e^z_i/Σ_i e^z_i`` with another letter in the sum, which binds its own."""
    for place, token in enumerate(tokens):
        if token.kind != "sum" or not token.value:
            continue
        end = _end(tokens, place)
        outside = free_letters([*tokens[:place], *tokens[end:]])
        index, *bounds = token.value.split(" ")
        taken = {*outside, *free_letters(tokens[place + 1 : end]), index}
        fresh = next((letter for letter in "jklmpqrs" if letter not in taken), "")
        if index not in outside or not fresh:
            continue
        body = [token._replace(value=" ".join([fresh, *bounds]))]
        for part in tokens[place + 1 : end]:
            head, mark, below = part.value.partition("_")
            value = fresh if part.value == index else f"{head}{mark}{below.replace(index, fresh)}"
            body.append(part._replace(value=value) if part.kind == "name" else part)
        tokens = [*tokens[:place], *body, *tokens[end:]]
    return tokens


def _stacked(tokens: list[Token]) -> set[int]:
    """Return where sums stand that have another one right behind or before them."""
    found: set[int] = set()
    for token, after in pairwise(tokens):
        if token.kind == after.kind == "sum":
            found |= {token.start, after.start}
    return found


def _counted(token: Token, lengths: set[int], vocabulary: Vocabulary) -> Token:
    """Return n as the number of summands, where nothing else is called n."""
    counts = token.kind == "name" and token.value in ("n", "N", "m", "M")
    if not counts or len(lengths) != 1 or vocabulary.name(token.value) is not None:
        return token
    return token._replace(kind="number", value=str(min(lengths)))


def _as_sum(token: Token, vocabulary: Vocabulary) -> Token:
    """Return Σ, Σ_i and sum_i as sums; they are read as words."""
    head, _, index = token.value.partition("_")
    is_sign = head in ("Σ", "Π") or (head in ("sum", *PRODUCTS) and len(index) == 1)
    is_sign = is_sign and token.kind == "name"
    is_sign = is_sign and vocabulary.name(token.value) is None
    return token._replace(kind="sum", value=index) if is_sign else token


def _end(tokens: list[Token], place: int) -> int:
    """Return where the body of a sum ends: at + or - outside brackets, or a sum with its index."""
    depth, index = 0, tokens[place].value.split(" ")[0]
    for k in range(place + 1, len(tokens)):
        value = tokens[k].value
        again = tokens[k].kind == "sum" and value.split(" ")[0] == index
        if again and depth == 0 and k > place + 1:
            return k
        if depth == 0 and (value in _ENDING or (value in ("+", "-") and k > place + 1)):
            before = tokens[k - 1]
            if value in _ENDING or before.kind not in ("operator", "sum"):
                return k
        depth += (value in ("(", "[")) - (value in (")", "]"))
    return len(tokens)


def _written(text: str, found: Indexed, joint: str, *, alone: bool, free: bool) -> list[Token]:
    """Return a sum as a call of ``sum``, or written out.

    Raises:
        SourceError: if nothing says how many summands there are.
    """
    sign, body, vocabulary = found.sign, found.body, found.vocabulary
    start = Token("bracket", "(", sign.start, sign.end)
    values = _range(found.bounds) or _declared(found.index, body, vocabulary)
    short = free and 0 < found.length <= MOST_SUMMANDS
    if (
        joint == "+"
        and not values
        and not short
        and (found.is_entrywise or (alone and found.is_bare))
    ):
        bare = [found.stripped(token) for token in body]
        call = Token("name", "sum", sign.start, sign.end)
        return [call, start, *bare, start._replace(value=")")]
    if not values and 0 < found.length <= MOST_SUMMANDS:
        values = list(range(1, found.length + 1))
    if not values:
        raise SourceError("answer.sum_bounds", place=place_of(text, sign.start, sign.end))
    out = [start]
    for value in values:
        part = [other for token in body for other in found.at(token, value)]
        out += [start, *part, start._replace(value=")"), Token("operator", joint, *sign[2:])]
    out[-1] = start._replace(value=")")
    return out


def _range(bounds: list[str]) -> list[int]:
    numerals = [int(bound) for bound in bounds if bound.isdecimal() and len(bound) < 4]
    if len(numerals) != 2 or numerals[1] - numerals[0] >= MOST_SUMMANDS:
        return []
    return list(range(numerals[0], numerals[1] + 1))


def _declared(index: str, body: list[Token], vocabulary: Vocabulary) -> list[int]:
    """Return the numbers for which every indexed name of the body is declared."""
    indexed = [t.value for t in body if t.kind == "name" and index and index in _places(t.value)]
    if not indexed:
        return []
    return [
        number
        for number in range(MOST_SUMMANDS)
        if all(vocabulary.name(numbered(name, index, number)) for name in indexed)
    ]


def _places(name: str) -> str:
    return name.partition("_")[2]


# ---- over the rows of arrays ----


def _over_rows(sign: Token, body: list[Token], vocabulary: Vocabulary, joint: str) -> list[Token]:
    """Return ``Σ_i X[i]`` written out; nothing if no declared array has the index in brackets.

    Where something is transposed, a row is a matrix of one row, so that ``X[i]^T`` is a column;
    else it is a vector.
    """
    index, *bounds = sign.value.split(" ")
    lengths = set()
    for place, token in enumerate(body):
        shape, below = _shape_of(token, vocabulary), _in_brackets(body, place)
        if index in below and len(below) <= len(shape):
            lengths.add(shape[below.index(index)])
    if len(lengths) != 1 or vocabulary.name(index) is not None:
        return []
    last = lengths.pop()
    turned = any(token.value in _TURNED for token in body)
    if last > MOST_SUMMANDS or bounds not in ([], ["1", str(last)]):
        return []
    out = [Token("bracket", "(", sign.start, sign.end)]
    for number in range(1, last + 1):
        out += [Token("operator", joint, sign.start, sign.end)] if number > 1 else []
        out.append(out[0])
        out += _numbered_at(body, index, number, vocabulary, turned=turned)
        out.append(out[0]._replace(value=")"))
    return [*out, out[0]._replace(value=")")]


def with_rows(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return ``X[1]^T E[1]``, rows of matrices, with each row written out as a matrix of one row.

    Only where a row is turned and another one follows: a row alone is a vector.
    """
    numbers = set()
    for place, token in enumerate(tokens):
        below = _in_brackets(tokens, place)
        if len(below) == 1 and below[0].isdecimal() and len(_shape_of(token, vocabulary)) == 2:
            after = tokens[place + 4 : place + 7]
            if any(t.value in _TURNED for t in after[:2]) and any(t.kind == "name" for t in after):
                numbers.add(below[0])
    for number in sorted(numbers):
        tokens = _numbered_at(tokens, number, int(number), vocabulary, turned=True)
    return tokens


def _shape_of(token: Token, vocabulary: Vocabulary) -> tuple[int, ...]:
    name = vocabulary.name(token.value) if token.kind == "name" else None
    return vocabulary.shapes.get(name or "", ())


def _in_brackets(body: list[Token], place: int) -> list[str]:
    """Return what stands in the brackets behind a name, one word per axis."""
    found: list[str] = []
    if place + 1 >= len(body) or body[place + 1].value != "[":
        return found
    for token in body[place + 2 :]:
        if token.value == "]":
            return found
        if token.value != ",":
            found.append(token.value)
    return []


def _numbered_at(
    body: list[Token], index: str, number: int, vocabulary: Vocabulary, *, turned: bool
) -> list[Token]:
    """Return a body with a number for the index, and rows written out."""
    out: list[Token] = []
    place = 0
    while place < len(body):
        token, below = body[place], _in_brackets(body, place)
        shape = _shape_of(token, vocabulary)
        if index not in below or not shape:
            out.append(token)
            place += 1
            continue
        below = [str(number) if word == index else word for word in below]
        if len(below) == 1 and len(shape) == 2:
            row = _row(token, number, shape[1])
            out += row if turned else row[1:-1]
        else:
            out += [token, *subscript_tokens(below, token)]
        place += 2 * len(below) + 2
    return out


def _row(token: Token, number: int, length: int) -> list[Token]:
    opening = Token("bracket", "[", token.start, token.end)
    out = [opening, opening]
    for column in range(1, length + 1):
        out += [opening._replace(value=",")] if column > 1 else []
        out += [token, *subscript_tokens([str(number), str(column)], token)]
    closing = opening._replace(value="]")
    return [*out, closing, closing]
