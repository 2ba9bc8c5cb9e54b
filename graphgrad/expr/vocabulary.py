"""Know the names an answer may use, however they are spelled."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["GREEK", "Vocabulary", "name_key"]

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ϵ": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ϑ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "µ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "ϕ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
_ACCENTS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u20d7": "",
}


def name_key(name: str) -> str:
    """Return what different spellings of one name have in common.

    >>> {name_key(name) for name in ("yhat", "y_hat", "ŷ")}, name_key("θ_1") == name_key("theta1")
    ({'yhat'}, True)
    """
    if not name.isascii():
        letters = []
        for letter in unicodedata.normalize("NFKD", name):
            letters.append(_ACCENTS.get(letter, GREEK.get(letter, letter)))
        name = unicodedata.normalize("NFC", "".join(letters))
    return name.replace("_", "")


class Vocabulary:
    """The declared names and the functions of an exercise.

    Args:
        names: the names that stand for values, as declared.
        functions: the names that take arguments in brackets.
    """

    def __init__(self, names: Iterable[str], functions: Iterable[str]) -> None:
        self.names = dict.fromkeys(names)
        self.functions = frozenset(functions)
        self._values = _unique_keys(self.names)
        self._calls = _unique_keys(dict.fromkeys(functions))

    def name(self, spelled: str) -> str | None:
        """Return the declared name that a spelling means, or None."""
        if spelled in self.names:
            return spelled
        return self._values.get(name_key(spelled))

    def function(self, spelled: str) -> str | None:
        """Return the function that a spelling means, or None."""
        if spelled in self.functions:
            return spelled
        return self._calls.get(name_key(spelled))

    def splits(self, spelled: str, *, call: bool) -> list[list[tuple[int, str, bool]]]:
        """Return the ways to read a word as a product of names, at most two of them.

        Args:
            spelled: the word.
            call: whether the last piece may be a function, because ``(`` follows.

        Returns:
            Per way, its pieces: where each starts, what it means, whether it is a function.
        """
        ways: list[list[list[tuple[int, str, bool]]]] = [[[]]]
        for end in range(1, len(spelled) + 1):
            found = [
                [*way, piece]
                for start in range(max(0, end - 24), end)
                for piece in self._pieces(spelled, start, end, call=call)
                for way in ways[start]
            ]
            ways.append(found[:2])
        return [way for way in ways[-1] if len(way) > 1]

    def _pieces(
        self, spelled: str, start: int, end: int, *, call: bool
    ) -> list[tuple[int, str, bool]]:
        piece = spelled[start:end]
        if unicodedata.combining(piece[0]) or (
            end < len(spelled) and (unicodedata.combining(spelled[end]) or spelled[end] == "_")
        ):
            return []
        name = self.name(piece) or ("pi" if piece == "π" else None)
        if name is not None:
            return [(start, name, False)]
        function = self.function(piece) if call and end == len(spelled) else None
        return [] if function is None else [(start, function, True)]


def _unique_keys(names: dict[str, None]) -> dict[str, str]:
    """Map each key to the one name that has it; keys of several names mean nothing."""
    found: dict[str, str] = {}
    double = set()
    for name in names:
        key = name_key(name)
        if key in found:
            double.add(key)
        found[key] = name
    return {key: name for key, name in found.items() if key not in double}
