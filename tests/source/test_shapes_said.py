"""What a message about shapes says of its operands: each whole, as the author wrote it."""

from __future__ import annotations

import pytest

from graphgrad.errors import ShapeError
from graphgrad.source.gg import read_gg

LEAVES = (
    "input P = [[1,2],[3,4],[0,1]]\ninput R = [[1,0],[0,1],[1,0]]\ninput X = [[1,2],[3,4],[0,1]]\n"
)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("X @ (P-R)", "X: 3x2, P-R: 3x2."),
        ("X^T @ ((P-R)^T)", "X^T: 2x3, (P-R)^T: 2x3."),
        ("(P - R)^T @ X^T", "(P - R)^T: 2x3, X^T: 2x3."),
        ("((P-R)@(X^T)) @ (P^T)", "(P-R)@(X^T): 3x3, P^T: 2x3."),
        ("X + ( P-R )^T", "X: 3x2, ( P-R )^T: 2x3."),
    ],
)
def test_operands_are_shown_with_all_their_brackets(formula: str, said: str) -> None:
    with pytest.raises(ShapeError) as wrong:
        read_gg(f"{LEAVES}G = {formula}\nloss L = sum(G)\n")
    shown = str(wrong.value).partition("Shapes: ")[2].split("\n")[0]
    assert shown == said
