r"""Read names with marks: ``w^(1)``, ``w_{12}^{(1)}``, and logarithms to a base, ``\log_{a^2} x``.

A base stands behind a token ``_``, in brackets, until the function is applied; then it is
ln x / ln a.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import LONGEST_PHRASE, SPOKEN_FUNCTIONS, SPOKEN_SIGNS
from graphgrad.expr.tokens import Token, place_of
from graphgrad.expr.vocabulary import Vocabulary

__all__ = [
    "LOGARITHMS",
    "MODULES",
    "based",
    "taken_base",
    "with_identities",
    "with_layered_entries",
    "with_layers",
    "with_log_bases",
    "with_members",
    "with_spoken_signs",
]

LOGARITHMS = frozenset({"log", "ln", "lg"})
_RAISED = (("((", "))"), ("([", "])"), ("(", ")"), ("[", "]"))
_BASED = re.compile(r"(log|ln|lg)_(\d+|[^\W\d_]\w*)")


MODULES = frozenset({"np", "numpy", "math", "Math", "torch", "jnp", "tf", "F"})


def with_spoken_signs(tokens: list[Token]) -> list[Token]:
    """Return tokens with signs for the words that say them, and functions without their module.

    A word is a sign only between what it joins: ``x times y``, ``x por y``, ``x al cuadrado``; or
    it names a function: ``raíz cuadrada de x``, ``natural logarithm of x``.

    >>> [t.value for t in with_spoken_signs([Token("name", "np.exp", 0, 6)])]
    ['exp']
    """
    if not any(token.kind == "name" for token in tokens):
        return tokens
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        kind = "operator" if found and _is_operand(found[-1]) else "name"
        said, count = _spoken(tokens, place, kind)
        if said:
            end = tokens[place + count - 1].end
            kind = "operator" if said == "-" else kind
            found.append(Token(kind, said[0] if kind == "operator" else said, token.start, end))
            digits = said[1:] if kind == "operator" else ""
            found += [Token("number", digit, token.start, end) for digit in digits]
            place += count
            continue
        module, dot, rest = token.value.rpartition(".")
        if dot and token.kind == "name" and module.partition(".")[0] in MODULES:
            token = token._replace(value=rest)
        found.append(token)
        place += 1
    return found


def _spoken(tokens: list[Token], place: int, kind: str) -> tuple[str, int]:
    """Return what words at a place say, a sign between operands or a function, and how many."""
    words = [t.value.lower() if t.kind == "name" else "" for t in tokens[place:][:LONGEST_PHRASE]]
    if kind == "name" and words[0] in ("menos", "minus") and len(words) > 1:
        return ("-", 1) if _starts(tokens[place + 1]) else ("", 0)
    if kind == "name" and words[0] in _ARTICLES and len(words) > 1:
        said, count = _spoken(tokens, place + 1, kind)
        return said, count + 1
    for count in range(len(words), 0, -1):
        phrase = tuple(words[:count])
        behind = tokens[place + count] if place + count < len(tokens) else None
        starts = behind is not None and _starts(behind)
        if kind == "operator":
            sign = SPOKEN_SIGNS.get(phrase, "")
            if sign and (starts or len(sign) > 1):
                return sign, count
            continue
        linked = words[count - 1] in _LINKS and starts
        function = SPOKEN_FUNCTIONS.get(phrase[:-1] if linked else phrase, "")
        called = behind is not None and behind.value == "("
        if function and (linked or (count > 1 and (called or starts))):
            return function, count
    return "", 0


def _starts(token: Token) -> bool:
    """Tell whether an operand may begin with a token."""
    return token.kind in _STARTS or token.value in _OPENING


_ARTICLES = ("la", "el", "the")
_LINKS = ("de", "of", "del")
_OPENING = ("(", "|", "√", "∛", "∜", "-", "‖", "{")
_STARTS = frozenset({"name", "number", "command", "vulgar"})


def _is_operand(token: Token) -> bool:
    """Tell whether an operand may end with a token."""
    ends = token.kind in ("name", "number", "superscript", "transpose", "vulgar")
    return ends or token.value in (")", "]", "}", "|")


def based(sign: Token, inner: list[Token]) -> list[Token]:
    """Return a base as it stands behind a logarithm until that is applied."""
    opening = Token("bracket", "(", sign.start, sign.end)
    return [Token("sign", "_", sign.start, sign.end), opening, *inner, opening._replace(value=")")]


def with_log_bases(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which ``log_a`` is a logarithm with a base, unless it is declared.

    >>> [t.value for t in with_log_bases([Token("name", "log_a", 0, 5)], Vocabulary([], ["log"]))]
    ['log', '_', '(', 'a', ')']
    """
    found: list[Token] = []
    for token in tokens:
        match = _BASED.fullmatch(token.value) if token.kind == "name" else None
        if match is None or vocabulary.name(token.value) or vocabulary.function(token.value):
            found.append(token)
            continue
        middle = min(token.start + match.end(1), token.end)
        kind = "number" if match[2].isdecimal() else "name"
        found.append(Token("name", match[1], token.start, middle))
        found += based(found[-1], [Token(kind, match[2], middle, token.end)])
    return found


def with_identities(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which ``I_2`` is ``eye(2)``, unless it is declared.

    ``I`` alone has the one length that the arrays of the line have, or all of the exercise.

    >>> [t.value for t in with_identities([Token("name", "I_2", 0, 3)], Vocabulary([], ["eye"]))]
    ['eye', '(', '2', ')']
    """
    found: list[Token] = []
    for token in tokens:
        size = token.value.removeprefix("I_") if token.kind == "name" else ""
        if size == "I":
            lengths = _lengths_in(tokens, vocabulary)
            size = str(*lengths) if len(lengths) == 1 else size
        if not size.isdecimal() or size == token.value or vocabulary.name(token.value) is not None:
            found.append(token)
            continue
        found += [
            token._replace(kind=kind, value=value)
            for kind, value in (("name", "eye"), ("bracket", "("), ("number", size))
        ]
        found.append(token._replace(kind="bracket", value=")"))
    return found


def _lengths_in(tokens: list[Token], vocabulary: Vocabulary) -> set[int]:
    """Return the lengths of the arrays of a line; of all arrays where the line has none."""
    words = [token.value for token in tokens if token.kind == "name"]
    named = [vocabulary.name(word) or vocabulary.name(word[1:]) for word in words]
    shapes = [vocabulary.shapes.get(name, ()) for name in named if name is not None]
    lengths = {length for shape in shapes for length in shape}
    return lengths or {length for shape in vocabulary.shapes.values() for length in shape}


def taken_base(text: str, tokens: list[Token], place: int) -> tuple[list[Token], int]:
    """Return the tokens of the base at a place, and where it ends; [] if there is none.

    Raises:
        SourceError: if its brackets are not closed.
    """
    if place >= len(tokens) or tokens[place].value != "_" or tokens[place].kind != "sign":
        return [], place
    depth = 0
    for end in range(place + 1, len(tokens)):
        depth += (tokens[end].value in ("(", "[")) - (tokens[end].value in (")", "]"))
        if depth == 0:
            return tokens[place + 2 : end], end + 1
    sign = tokens[place]
    raise SourceError("answer.subscript", got="_", place=place_of(text, sign.start, sign.end))


def with_layers(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which a name with the number of its layer is one name, if it is declared."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        joined = _joined(tokens, place, vocabulary) if tokens[place].kind == "name" else None
        if joined is None:
            found.append(tokens[place])
            place += 1
        else:
            found.append(joined[0])
            place = joined[1]
    return found


def with_layered_entries(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return ``W_2_kj``, an entry of the array that layer 2 calls W, as ``W2_kj``.

    >>> words = Vocabulary(["W_2"], [], shapes={"W_2": (2, 3)})
    >>> [t.value for t in with_layered_entries([Token("name", "W_2_kj", 0, 11)], words)]
    ['W2_kj']
    """
    if not any(vocabulary.shapes.values()):
        return tokens
    found = []
    for given in tokens:
        token = given
        head, layer, below = [*token.value.split("_", 2), "", ""][:3]
        mark = head[:1] if head[1:] and vocabulary.name(f"{head}{layer}") is None else ""
        letter = head.removeprefix(mark)
        array = vocabulary.name(f"{letter}{layer}") if below else None
        if below and array is None and len(letter) == 1:  # w^{(2)}_{ij} of W2
            array = vocabulary.name(f"{letter.upper()}{layer}")
            head = f"{mark}{letter.upper()}" if array else head
        entry = token.kind == "name" and layer.isdecimal() and mark in ("", "d", "∂")
        if entry and vocabulary.shapes.get(array or "") and vocabulary.name(token.value) is None:
            token = token._replace(value=f"{head}{layer}_{below}")
        found.append(token)
    return found


def _joined(tokens: list[Token], place: int, vocabulary: Vocabulary) -> tuple[Token, int] | None:
    token = tokens[place]
    ahead = tokens[place + 1 : place + 7]
    values = [part.value for part in ahead]
    if values[:1] != ["^"] or vocabulary.name(token.value) is not None:
        return None
    for opening, closing in _RAISED:
        depth = len(opening)
        number = values[1 + depth] if len(values) > 1 + 2 * depth else ""
        brackets = "".join(values[1 : 1 + depth]), "".join(values[2 + depth : 2 + 2 * depth])
        if not number.isdecimal() or brackets != (opening, closing):
            continue
        head, _, tail = token.value.partition("_")
        spelled = "_".join(part for part in (head, number, tail) if part)
        prefixed = spelled.startswith("d") and vocabulary.name(spelled[1:]) is not None
        if prefixed or vocabulary.name(spelled) is not None:
            end = ahead[1 + 2 * depth].end
            return Token("name", spelled, token.start, end), place + 3 + 2 * depth
    return None


# ---- names of several parts: h[2], dL/dh[2].z, cell.W ----

_DERIVED = ("d", "∂", "δ", "Δ")


def with_members(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return tokens in which every declared name of several parts is one of them.

    >>> from graphgrad.expr.dialect import ANSWER
    >>> from graphgrad.expr.tokens import tokenize
    >>> vocabulary = Vocabulary(["h[2].z", "h[2]", "W"], [])
    >>> tokens = tokenize("dL/dh[2].z + h[ 2 ] + W[2]", ANSWER)
    >>> [token.value for token in with_members(tokens, vocabulary)]
    ['dL', '/', 'dh[2].z', '+', 'h[2]', '+', 'W', '[', '2', ']']
    """
    heads = vocabulary.heads
    if not heads:
        return tokens
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        end, name = _longest(tokens, place, vocabulary)
        if end > place + 1:
            start = tokens[place]
            found.append(Token("name", name, start.start, tokens[end - 1].end))
        else:
            end = place + 1
            found.append(tokens[place])
        place = end
    return found


def _longest(tokens: list[Token], place: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """Return where the longest declared name that starts at a token ends, and how it is spelled."""
    first = tokens[place]
    if first.kind != "name":
        return place, ""
    best = place, ""
    for head, mark in _heads(first.value):
        if head not in vocabulary.heads:
            continue
        spelled = head
        for end, text in _ends(tokens, place + 1):
            spelled = head + text
            if spelled in vocabulary.names and end > best[0]:
                best = end, mark + spelled
    return best


def _heads(word: str) -> Iterable[tuple[str, str]]:
    """Yield a word, and what stands behind the d of a derivative, each with what was cut off."""
    yield word, ""
    if len(word) > 1 and word.startswith(_DERIVED):
        yield word[1:], word[0]


def _ends(tokens: list[Token], place: int) -> Iterable[tuple[int, str]]:
    """Yield every place at which a name of several parts may end, with the text up to it."""
    text = ""
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "part":
            text += token.value
            place += 1
        elif token.value == "[":
            closing = _closing(tokens, place)
            if closing is None:
                return
            inside = "".join(token.value for token in tokens[place + 1 : closing])
            text += f"[{inside.replace(';', ',')}]"
            place = closing + 1
        else:
            return
        yield place, text


def _closing(tokens: list[Token], place: int) -> int | None:
    for at in range(place + 1, min(len(tokens), place + 12)):
        if tokens[at].value == "]":
            return at
    return None
