r"""Find the index of a lecture's formula that nothing binds: k in f_i = Σ_j θ_{kj} s_j.

An index is bound by the left side, by a sum or product over it, or by a ∀. What cannot be read for
another reason may still be wrong in this way, and then this is what its author wants to know.
"""

from __future__ import annotations

import re

__all__ = ["unbound_index"]

_SUBSCRIPT = re.compile(
    # no match begins inside a word, and none gives back what it took: every sign is read once
    r"(?P<base>\\[A-Za-z]++|(?:(?<![A-Za-z])|(?<=_[A-Za-z]))[A-Za-z]++|[)}\]])"
    r"\s*+(?:\^(?:\{[^{}]*\}|\w|\\\w+))?'*+\s*"
    r"_(?:\{(?P<group>[^{}=]*)\}|(?P<one>[A-Za-z]))"
)
_BINDER = re.compile(
    r"\\(?:sum|prod|max|min)\s*+(?:\\limits\s*+)?(?:\^(?:\{[^{}]*\}|\w)\s*+)?"
    r"_(?:\{\s*+(?P<group>[a-z](?:\s*,\s*[a-z])*+)[^{}]*\}|(?P<one>[a-z]))"
    r"|\\forall\s*(?P<all>[a-z])"
)
_RELATION = re.compile(r"=|\\equiv|\\leftarrow|\\approx|≈|≡")
_MOST = 2
"""Letters of a subscript that are indices; {out} and {max} are words."""
_OPERATORS = frozenset({r"\sum", r"\prod", r"\max", r"\min", r"\lim", r"\nabla", r"\operatorname"})


def unbound_index(formula: str) -> str:
    r"""Return the first index of the right side that nothing binds; empty where all are bound.

    >>> unbound_index(r"f_i = \sum_{j=0}^{M} \theta^2_{kj} s_j"), unbound_index("z = x_k + 1")
    ('k', '')
    """
    left, *right = _RELATION.split(formula)
    bound = set(_indices(left))
    for match in _BINDER.finditer(formula):
        bound |= set(re.findall("[a-z]", match["group"] or match["one"] or match["all"]))
    if not bound:  # a formula without any index of its own: x_k may be a name
        return ""
    used = [index for side in right for index in _indices(side)]
    return next((index for index in used if index not in bound), "")


def _indices(side: str) -> list[str]:
    """Return the letters that stand as subscripts, one by one: θ_{kj} has k and j."""
    found = []
    for match in _SUBSCRIPT.finditer(side):
        if match["base"] in _OPERATORS:
            continue
        script = match["group"] if match["group"] is not None else match["one"]
        if re.fullmatch(r"[a-z0-9\s,+-]{1,8}", script):  # words such as {out} are names
            letters = re.findall("[a-z]", script)
            found += letters if len(letters) <= _MOST else []
    return found
