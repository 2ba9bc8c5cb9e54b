"""Know the names an answer may use, however they are spelled.

Source of the Greek names: The Unicode Standard, block Greek and Coptic (U+0370 to U+03FF).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

__all__ = ["GREEK", "GREEK_COMMANDS", "Vocabulary", "in_latin", "name_key", "spelled_out"]

_LETTERS = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu
    nu xi omicron pi rho sigma tau upsilon phi chi psi omega
"""
_NAMES = _LETTERS.split()
_SMALL = "αβγδεζηθικλμνξοπρστυφχψω"
_CAPITAL = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
_VARIANTS = {
    "ϵ": "epsilon",
    "ϑ": "theta",
    "ϰ": "kappa",
    "µ": "mu",
    "ϖ": "pi",
    "ϱ": "rho",
    "ς": "sigma",
    "ϕ": "phi",
    "ϴ": "Theta",
    "ϒ": "Upsilon",
    "∆": "Delta",
    "\u2126": "Omega",
}
GREEK = (
    dict(zip(_SMALL, _NAMES, strict=True))
    | {letter: name.title() for letter, name in zip(_CAPITAL, _NAMES, strict=True)}
    | _VARIANTS
)
"""The name of each Greek letter; the usual form of a letter stands before its variants."""

_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)) | dict(
    zip("АВЕКМНОРСТХІЈЅаеорсухіјѕ", "ABEKMHOPCTXIJSaeopcyxijs", strict=True)
)
"""The Latin letter that a Greek or a Cyrillic one cannot be told from on the page."""
_TO_LATIN = str.maketrans(_LATIN)

GREEK_COMMANDS = {
    name: rf"\mathrm{{{_LATIN[letter]}}}" if letter in _LATIN else rf"\{name}"
    for letter, name in GREEK.items()
    if letter not in _VARIANTS
} | {"omicron": "o"}
"""Per name, the letter in LaTeX; what looks like a Latin letter has no command of its own."""

_SHORT = {"epsilon": "eps", "lambda": "lam"}
"""Greek letters that are declared by a shorter word."""
_ENTRY = re.compile(r"(?P<name>\w*[^\W\d_]|\w*[^\W\d_]\d+(?=_))_?(?P<places>\d+)")
_ELEMENTARY = frozenset({"sin", "cos", "tan", "sen", "tg", "ln", "log", "exp", "sec", "csc"}) | {
    "cot", "cotg", "ctg", "arcsin", "arccos", "arctan", "arcsen", "arctg", "sinh", "cosh", "tanh",
    "senh", "tgh",
}  # fmt: skip
_WITH_NUMBER = re.compile(r"(?P<head>[^\W\d_]{2,8})(?P<number>\d{1,4})(?P<name>[^\W\d_]?)")
_ACCENTS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0307": "dot",
    "\u0308": "ddot",
    "\u20d7": "",
}


def in_latin(word: str) -> str:
    """Return a word with Latin letters in place of those that look like them.

    >>> in_latin("Μ"), in_latin("θ"), in_latin("xο")
    ('M', 'θ', 'xo')
    """
    return word.translate(_TO_LATIN)


def spelled_out(name: str) -> str:
    """Return a name with Greek letters and accents by their names.

    >>> spelled_out("θ_1"), spelled_out("ŷ")
    ('theta_1', 'yhat')
    """
    if name.isascii():
        return name
    letters = []
    for letter in unicodedata.normalize("NFKD", name):
        letters.append(_ACCENTS.get(letter, GREEK.get(letter, letter)))
    return unicodedata.normalize("NFC", "".join(letters))


def name_key(name: str) -> str:
    """Return what different spellings of one name have in common.

    >>> {name_key(name) for name in ("yhat", "y_hat", "ŷ")}, name_key("θ_1") == name_key("theta1")
    ({'yhat'}, True)
    """
    return spelled_out(name).replace("_", "")


class Vocabulary:
    """The declared names and the functions of an exercise.

    Args:
        names: the names that stand for values, as declared.
        functions: the names that take arguments in brackets.
        shapes: the shapes of the names; None where they are not known.
        output: the name whose derivatives are asked for, as in w.grad; none if empty.
        bracketed: the functions that are words of other kinds unless ``(`` follows.
        arities: how many arguments functions take that take more than one.
        rows: how many rows the data have, which answers call n; 0 if that is not clear.
        errors: what δ of a name stands for; under "" what δ alone does.
        steps: the names of lines of unrolled updates, by what an answer calls them in an update,
            and its number.
    """

    def __init__(
        self,
        names: Iterable[str],
        functions: Iterable[str],
        *,
        shapes: Mapping[str, tuple[int, ...]] | None = None,
        output: str = "",
        bracketed: Iterable[str] = (),
        arities: Mapping[str, range] | None = None,
        rows: int = 0,
        errors: Mapping[str, str] | None = None,
        steps: Mapping[tuple[str, int], str] | None = None,
    ) -> None:
        self.rows = rows
        self.errors = errors or {}
        self.steps = steps or {}
        self.arities = arities or {}
        self.names = dict.fromkeys(names)
        self.has_shapes = shapes is not None
        self.shapes = shapes or {}
        self.output = output
        self.bracketed = frozenset(bracketed)
        self.functions = frozenset(functions)
        self.heads = frozenset(name.partition("[")[0] for name in self.names if "[" in name)
        members = _unique_keys(dict.fromkeys(n for n in self.names if "[" in n), _in_one_word)
        self._values = members | _unique_keys(self.names)
        self._alike = _unique_keys(self.names, in_latin)
        self._calls = _unique_keys(dict.fromkeys(functions))

    def name(self, spelled: str) -> str | None:
        """Return the declared name that a spelling means, or None."""
        if spelled in self.names:
            return spelled
        found = self._named(name_key(spelled))
        return found or self._alike.get(name_key(in_latin(spelled)))

    def _named(self, key: str) -> str | None:
        return self._values.get(key) or self._values.get(_SHORT.get(key, ""))

    def is_lookalike(self, spelled: str) -> bool:
        """Tell whether a spelling means a name only because some of its letters look alike."""
        exact = spelled in self.names or self._named(name_key(spelled)) is not None
        return not exact and self.name(spelled) is not None

    def entry(self, spelled: str) -> tuple[str | None, tuple[str, ...]]:
        """Return the declared name that a spelling means, with the subscript it may hold.

        x_2 is x[2] where x is a declared vector, w_12 is w[1, 2] of a matrix, or W[1, 2] where
        only W is declared.
        """
        name = self.name(spelled)
        match = _ENTRY.fullmatch(spelled)
        if name is not None or match is None:
            return name, ()
        array = self.name(match["name"]) or self.matrix(match["name"])
        rank = len(self.shapes.get(array or "", ()))
        places = [match["places"]] if rank == 1 else list(match["places"])
        return (array, tuple(places)) if rank and len(places) == rank else (None, ())

    def matrix(self, letter: str) -> str | None:
        """Return the matrix whose entries are written with its letter in lower case."""
        array = self.name(letter.upper()) if len(letter) == 1 else None
        return array if len(self.shapes.get(array or "", ())) == 2 else None

    def function(self, spelled: str) -> str | None:
        """Return the function that a spelling means, or None."""
        if spelled in self.functions:
            return spelled
        key, lower = name_key(spelled), spelled.lower()
        if key in self._calls or len(spelled) < 3:
            return self._calls.get(key)
        return lower if lower in self.functions else self._calls.get(key.lower())

    def called(self, spelled: str, follower: str) -> str | None:
        """Return the function that a spelling means before what follows it, or None."""
        function = self.function(spelled)
        return None if function in self.bracketed and follower != "(" else function

    def is_elementary(self, spelled: str) -> bool:
        """Tell whether a word is a function that is written without brackets: sin x, ln x."""
        return spelled in _ELEMENTARY and self.function(spelled) is not None

    def is_applied(self, word: str) -> bool:
        """Tell whether a word is a name and a function written without brackets: xsin."""
        cuts = range(1, len(word))
        return any(self.name(word[:k]) and self.is_elementary(word[k:]) for k in cuts)

    def with_number(self, word: str) -> tuple[str, str, str, str] | None:
        """Return the parts of ``ln2``, ``cos2x`` and ``xln2``: a factor, function, number, name.

        >>> Vocabulary([], ["ln", "cos"]).with_number("xln2")
        ('x', 'ln', '2', '')
        """
        for factor in ("", word[:1]):
            found = _WITH_NUMBER.fullmatch(word, len(factor))
            if found is not None and self.is_elementary(found["head"]):
                return factor, found["head"], found["number"], found["name"]
        return None

    def with_names(self, names: Iterable[str]) -> Vocabulary:
        """Return a vocabulary with more names."""
        return Vocabulary(
            [*self.names, *names],
            self.functions,
            shapes=self.shapes if self.has_shapes else None,
            output=self.output,
            bracketed=self.bracketed,
            arities=self.arities,
            rows=self.rows,
            errors=self.errors,
            steps=self.steps,
        )

    def splits(
        self, spelled: str, *, call: bool, euler: bool = False
    ) -> list[list[tuple[int, str, bool]]]:
        """Return the ways to read a word as a product of names, at most two of them.

        Args:
            spelled: the word.
            call: whether the last piece may be a function, because ``(`` follows.
            euler: whether the last piece may be e, because a power follows.

        Returns:
            Per way, its pieces: where each starts, what it means, whether it is a function.
        """
        ways: list[list[list[tuple[int, str, bool]]]] = [[[]]]
        for end in range(1, len(spelled) + 1):
            found = [
                [*way, piece]
                for start in range(max(0, end - 24), end)
                for piece in self._pieces(spelled, start, end, call=call, euler=euler)
                for way in ways[start]
            ]
            ways.append(found[:2])
        return [way for way in ways[-1] if len(way) > 1]

    def _pieces(
        self, spelled: str, start: int, end: int, *, call: bool, euler: bool
    ) -> list[tuple[int, str, bool]]:
        piece = spelled[start:end]
        if unicodedata.combining(piece[0]) or (
            end < len(spelled) and (unicodedata.combining(spelled[end]) or spelled[end] == "_")
        ):
            return []
        name = self.name(piece) or ("pi" if piece == "π" else None)
        if name is None and euler and piece == "e" and end == len(spelled):
            name = "e"
        if name is not None:
            return [(start, name, False)]
        function = self.function(piece) if call and end == len(spelled) else None
        return [] if function is None else [(start, function, True)]


def _in_one_word(name: str) -> str:
    """Return the line of a family as it is written without brackets: h1 for ``h[1]``.

    >>> _in_one_word("A[1,2]")
    'A12'
    """
    return name.replace("[", "").replace("]", "").replace(",", "")


def _unique_keys(names: dict[str, None], changed: Callable[[str], str] = str) -> dict[str, str]:
    """Map each key to the one name that has it; keys of several names mean nothing.

    Args:
        names: the names.
        changed: what is done to each name before its key is taken.
    """
    found: dict[str, str] = {}
    double = set()
    for name in names:
        key = name_key(changed(name))
        if key in found:
            double.add(key)
        found[key] = name
    return {key: name for key, name in found.items() if key not in double}
