"""Join names with a raised index: ``w^(1)``, ``w_{12}^{(1)}`` and ``a^{[2]}`` are single names."""

from __future__ import annotations

from graphgrad.expr.tokens import Token
from graphgrad.expr.vocabulary import Vocabulary

__all__ = ["with_layers"]

_RAISED = (("((", "))"), ("([", "])"), ("(", ")"), ("[", "]"))


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
