"""The determinant has a derivative where the matrix has no inverse: the cofactors."""

from __future__ import annotations

import numpy as np
import pytest

import graphgrad as gg

SINGULAR = {
    1: [[0.0]],
    2: [[1.0, 2.0], [2.0, 4.0]],
    3: [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]],
}


def cofactors(x: np.ndarray) -> np.ndarray:
    """Return signed determinants of what is left without a row and a column: the definition."""
    found = np.empty_like(x)
    for i, j in np.ndindex(*x.shape):
        rest = np.delete(np.delete(x, i, 0), j, 1)
        found[i, j] = (-1) ** (i + j) * np.linalg.det(rest)
    return found


@pytest.mark.parametrize("size", SINGULAR)
def test_a_singular_matrix_has_its_cofactors_as_gradient(size: int) -> None:
    matrix = np.array(SINGULAR[size])
    graph = gg.graph(gg.det(gg.param("A", matrix)))
    np.testing.assert_allclose(gg.trace(graph).gradients["A"], cofactors(matrix), atol=1e-12)
    np.testing.assert_allclose(gg.compile(graph)().gradients["A"], cofactors(matrix), atol=1e-12)
    direction = np.arange(1.0, size * size + 1).reshape(size, size)
    _, slope = gg.jvp(graph, {"A": direction})
    assert slope == pytest.approx((cofactors(matrix) * direction).sum(), abs=1e-12)
    assert gg.gradcheck(graph).ok


def test_four_rows_still_go_by_the_inverse() -> None:
    matrix = np.random.default_rng(4).normal(size=(4, 4))
    found = gg.trace(gg.graph(gg.det(gg.param("A", matrix)))).gradients["A"]
    np.testing.assert_allclose(found, cofactors(matrix), rtol=1e-9)
