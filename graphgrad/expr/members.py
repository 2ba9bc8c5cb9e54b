"""Read names of several parts in an answer: ``h[2]``, ``dL/dh[2].z``, ``cell.W``.

Such a name is one token where the exercise declares it; brackets behind an array stay subscripts.
"""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.expr.tokens import Token
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["with_members"]

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
