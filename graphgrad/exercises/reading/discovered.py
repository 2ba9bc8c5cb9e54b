"""Find the variables of formulas that nobody declared: their words that are no functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from graphgrad.expr.cases import with_phrases
from graphgrad.expr.dialect import ANSWER, HIGH, in_plain_letters
from graphgrad.expr.latex import plain_tokens
from graphgrad.expr.lenient import (
    with_closed_brace,
    with_methods,
    with_positive_parts,
    with_square_calls,
)
from graphgrad.expr.marked_names import with_log_bases
from graphgrad.expr.tokens import Token, tokenize
from graphgrad.expr.vocabulary import GREEK, Vocabulary, in_latin, name_key
from graphgrad.expr.words import CONSTANTS

__all__ = ["bare_letters", "discovered", "names_used"]

_NO_NAMES = frozenset({"in", "en", "if", "else", "si", "otherwise", "then", "for", "para"}
                      | {"when", "cuando", "entonces", "otro", "caso", "True", "False"}
                      | {"falls", "wenn", "sonst", "ansonsten", "andernfalls"})  # fmt: skip
_BEHIND_NAMES = frozenset({"", "+", "-", "*", "/", ")", "=", ",", ";", "<", ">"})
_NUMBERED = re.compile(r"(?:[^\W\d_]_\d+){2,}")
_PRODUCT = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:\s*+[xX]\s*+\d+(?:\.\d+)?){1,40}(?!\w)")


def discovered(vocabulary: Vocabulary, texts: Iterable[str]) -> Vocabulary:
    """Return a vocabulary whose variables are the words of the texts that are no functions.

    Spellings of one name, such as θ and theta, are one variable; ``sinx`` is sin x and ``zσ(z)``
    a product, as they would be with declared names.
    """
    texts = list(texts)
    words = {text: _words(text, vocabulary, texts) for text in texts}
    found: dict[str, str] = {}
    for piece in [piece for text in texts for piece in words[text]]:
        found.setdefault(name_key(piece), piece)
    names = dict.fromkeys(found.values())
    dropped = [name for name in names if _is_called_only(name, texts)]
    dropped += [name for name in names if _is_latin(name, words.values())]
    dropped += [name for name in names if _is_sign(name, names, texts)]
    dropped += [name for name in names if _is_power(name, names)]
    dropped += ["E"] if all(map(_is_euler, texts)) else []
    names = {name: None for name in names if name not in dropped}
    for word in sorted(names, key=len):
        others = Vocabulary([name for name in names if name != word], ())
        if len(others.splits(word, call=False)) == 1:
            del names[word]
    return vocabulary.with_names(names)


def _words(text: str, vocabulary: Vocabulary, texts: list[str]) -> list[str]:
    """Return the words of a text that may be variables; a bare σ is one, σ(z) is none."""
    pieces: list[str] = []
    for word in names_used(text, vocabulary):
        parts = vocabulary.with_number(word)  # xln2, cos2x
        pieces += [_without_function(word, vocabulary, texts)] if parts is None else parts[::3]
    uses: dict[str, set[bool]] = {}
    for other in texts:
        for letter, found in bare_letters(other, vocabulary).items():
            uses.setdefault(name_key(letter), set()).update(found)
    own = bare_letters(text, vocabulary)
    bare = [letter for letter in own if uses[name_key(letter)] == {True}]
    return [part for piece in pieces for part in _apart(piece)] + bare


def _apart(word: str) -> list[str]:
    """Return the names of a product, ``αβ`` in Greek letters or ``w_1x_1``; else the word."""
    if _NUMBERED.fullmatch(word):
        return re.findall(r"[^\W\d_]_\d+", word)
    if word[0:1] == "π" and word[1:].isidentifier():  # πx
        return [word[1:]]
    return (
        list(word)
        if len(word) > 1 and all(letter in GREEK for letter in word)
        else [word]
        if word
        else []
    )


def _is_latin(name: str, words: Iterable[list[str]]) -> bool:
    """Tell whether a name is a Latin one in letters that look alike: Μ in one text, M in another.

    Where a text has both they are two names.
    """
    latin = in_latin(name)
    if latin == name:
        return False
    texts = [{name_key(word) for word in text} for text in words]
    both = [text for text in texts if {name_key(name), latin} <= text]
    return not both and any(latin in text for text in texts)


def _is_sign(name: str, names: Iterable[str], texts: list[str]) -> bool:
    """Tell whether the x of 2 x 3 or 2x3 is a sign: all names stand between numerals like that.

    An x2 behind a numeral is no name either where x is one: 2x2 may be 2x² as well.
    """
    known = [other for other in names if other != name]
    glued = re.fullmatch(r"x(\d+(?:x\d+)*)", name)
    if name not in ("x", "X") and glued is None:
        return False
    if known and not (glued and "x" in known):
        return False
    before = r"\w." if known else r"^\W\d⁰-⁹¹²³₀-₉"
    texts = [_raised_apart(text.replace("π", " ")) for text in texts]
    outside = texts if known else [_PRODUCT.sub(" ", text) for text in texts]
    pattern = re.compile(rf"(?<![{before}]){name}(?![^\W{HIGH}])")
    return not any(map(pattern.search, outside))


def _raised_apart(text: str) -> str:
    """Return a text in plain letters, with a blank before those that were raised.

    >>> _raised_apart("2eˣ")
    '2e x '
    """
    if text.isascii():
        return text
    plain = (in_plain_letters(sign) for sign in text)
    return "".join(
        f" {new} " if new.isalpha() and unicodedata.category(old) == "Lm" else new
        for old, new in zip(text, plain, strict=True)
    )


def _without_function(word: str, vocabulary: Vocabulary, texts: Iterable[str]) -> str:
    """Return the variable in ``sinx`` and in the zσ of ``zσ(z)``; any other word as it is."""
    head, tail = word[:1], word[1:]
    applied = re.compile(rf"{re.escape(word)}\s*[(\[]|{re.escape(word)} +\w")
    if len(tail) > 1 and head != "d" and vocabulary.function(tail) is not None:
        called = any(f"{word}(" in text for text in texts)
        spaced = vocabulary.is_elementary(tail) and any(map(applied.search, texts))
        if spaced or (called and len(tail) > 2):
            return head
    for cut in range(1, len(word)):
        head, tail = word[:cut], word[cut:]
        if len(tail) == 1 and len(head) > 1 and vocabulary.is_elementary(head):
            return tail
        called = not tail.isascii() and vocabulary.function(tail) is not None
        if called and cut == 1 and any(f"{word}(" in text for text in texts):
            return head
    return word


def _is_euler(text: str) -> bool:
    """Tell whether every E of a text is raised to a formula: E^(-x), as Mathematica writes it."""
    alone = re.findall(r"(?<![\w\\])E(?!\w)", text)
    return len(alone) == len(
        re.findall(r"(?<![\w\\])E\s*+(?:\^|\*\*)\s*+[({]?\s*+-?\d*+[^\W\d]", text)
    )


def _is_power(name: str, names: Iterable[str]) -> bool:
    """Tell whether a name is the x_2_1 of ``x^{2}_{1}``, where the other text has x_1."""
    head, power, below = [*name.split("_", 2), "", ""][:3]
    return power.isdecimal() and bool(below) and f"{head}_{below}" in names


def _is_called_only(word: str, texts: Iterable[str]) -> bool:
    """Tell whether a long word stands before brackets only: a function that is not known."""
    if len(word) < 3 or name_key(word) in GREEK.values():
        return False
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)(\s*\()?")
    uses = [match for text in texts for match in pattern.finditer(text)]
    return bool(uses) and all(match[1] for match in uses)


def names_used(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words of a formula that are neither functions nor pi and e."""
    tokens = with_positive_parts(with_closed_brace(tokenize(text, ANSWER)))
    tokens = with_square_calls(with_methods(tokens, vocabulary), vocabulary)
    tokens = with_log_bases(with_phrases(plain_tokens(text, tokens)), vocabulary)
    operators = _variables_of_operators(tokens, vocabulary)
    names = []
    for place, token in enumerate(tokens):
        value = operators.get(place, token.value)
        transposed = value == "T" and place and tokens[place - 1].value == "^"
        excel = [t.value for t in tokens[place : place + 3]] == ["PI", "(", ")"]
        skipped = value in CONSTANTS or value in _NO_NAMES or transposed or excel
        follower = tokens[place + 1].value if place + 1 < len(tokens) else ""
        if len(value) == 2 and value[1] == "e" and follower == "^":  # xe^{-x}
            value = value[0]
        if token.kind == "name" and value and not skipped:
            names += [] if vocabulary.called(value, follower) else [value]
    return names


def bare_letters(text: str, vocabulary: Vocabulary) -> dict[str, set[bool]]:
    """Return the Greek letters that are functions too: how each stands, bare or before a bracket.

    Before another name it may be either: σ z.

    >>> bare_letters("2σ + 1", Vocabulary([], ["σ"])), bare_letters("σ(z)", Vocabulary([], ["σ"]))
    ({'σ': {True}}, {'σ': {False}})
    """
    tokens = plain_tokens(text, with_positive_parts(with_closed_brace(tokenize(text, ANSWER))))
    found: dict[str, set[bool]] = {}
    for place, token in enumerate(tokens):
        greek = name_key(token.value) in GREEK.values()
        if token.kind == "name" and greek and vocabulary.function(token.value) is not None:
            raised = [t.value for t in tokens[place + 1 : place + 2]] == ["^"]
            end = place + 3 if raised else place + 1
            if raised and tokens[place + 2 : place + 3] and tokens[place + 2].value == "(":
                ends = (k for k in range(end, len(tokens)) if tokens[k].value == ")")
                end = next(ends, len(tokens)) + 1  # σ^(-1)(p)
            follower = tokens[end].value if end < len(tokens) else ""
            uses = found.setdefault(token.value, set())
            if follower in _BEHIND_NAMES or follower in ("(", "'", "[", "{"):
                uses.add(follower in _BEHIND_NAMES)
    return found


def _below_a_formula(tokens: list[Token], place: int) -> dict[int, str]:
    """Return what the words of d(x^2)/dx stand for, by place, where d is at a place."""
    for bar in range(place + 1, len(tokens) - 1):
        if tokens[bar].value == "/" and tokens[bar - 1].value == ")":
            below = next((k for k in range(bar + 1, len(tokens)) if tokens[k].value != "("), bar)
            variable = tokens[below].value.removeprefix("d")
            inside = [token.value for token in tokens[place + 1 : bar] if token.kind == "name"]
            known = variable not in ("", tokens[below].value) and any(
                variable in word for word in inside
            )
            return {place: "", below: variable} if known else {}
    return {}


def _variables_of_operators(tokens: list[Token], vocabulary: Vocabulary) -> dict[int, str]:
    """Return what the words of d/dx stand for, by place: nothing, and the variable x."""
    orders = frozenset("()^23")
    words = [(k, t) for k, t in enumerate(tokens) if t.value not in orders]
    found: dict[int, str] = {}
    for (first, d), (_, bar), (last, below) in zip(words, words[1:], words[2:], strict=False):
        if d.value in ("d", "∂") and bar.value == "/" and below.value[:1] == "d":
            found[first], found[last] = "", below.value[1:]
    for place, token in enumerate(tokens):
        sign, _, variable = token.value.partition("_")
        if token.kind == "name" and sign == "nabla" and variable:  # ∂_x (x² y)
            found[place] = variable
        follower = tokens[place + 1].value if place + 1 < len(tokens) else ""
        applied = follower in ("(", "[") or vocabulary.function(follower) is not None
        if token.kind == "name" and sign == "D" and variable and applied:
            found[place] = variable
        if token.value == "d" and (follower == "(" or (place and tokens[place - 1].value == "(")):
            found |= _below_a_formula(tokens, place)
    return found
