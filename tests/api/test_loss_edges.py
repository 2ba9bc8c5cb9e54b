"""Losses at their edges do what PyTorch 2.13 does; the numbers are its own, in float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad import nn, torchlike
from graphgrad.autodiff.record import record
from graphgrad.errors import NonFiniteError
from graphgrad.nn import functional as F  # noqa: N812  # as everyone writes it
from graphgrad.source.gg import read_gg
from graphgrad.views.text.trouble import trouble_error

Z = np.array([[1.0, 2.0, 0.5], [0.0, 1.0, 2.0], [3.0, 1.0, 0.0]])
LOGITS = pytest.mark.parametrize(
    "loss", [nn.CrossEntropyLoss, lambda **how: lambda z, y: F.cross_entropy(z, y, **how)]
)
SHARES = pytest.mark.parametrize(
    "loss",
    [nn.BCELoss, lambda **how: lambda p, y: F.binary_cross_entropy(p, y, **how)],
    ids=["class", "function"],
)


@LOGITS
@pytest.mark.parametrize(
    ("reduction", "value"), [("mean", 2.317107401832115), ("sum", 4.63421480366423)]
)
def test_targets_of_minus_100_are_ignored(loss: Any, reduction: str, value: float) -> None:
    z = gg.param("z", Z)
    found = loss(reduction=reduction)(z, np.array([0, -100, 2]))
    found.backward()
    assert found.value == pytest.approx(value, rel=1e-12)
    share = 2 if reduction == "mean" else 1
    expected = np.array(
        [[-0.768776, 0.628532, 0.140244], [0, 0, 0], [0.843795, 0.114195, -0.957990]]
    )
    np.testing.assert_allclose(z.grad, expected / share, atol=1e-5)


@LOGITS
def test_no_gradient_passes_where_all_targets_are_ignored(loss: Any) -> None:
    z = gg.param("z", Z)
    found = loss()(z, np.array([-100, -100, -100]))
    found.backward()
    assert np.isnan(found.value)
    assert (z.grad == 0).all()


@pytest.mark.parametrize("made", [np.array, list, torchlike.tensor])
def test_weights_of_classes_may_be_an_array_or_a_handle(made: Any) -> None:
    targets = np.array([0, 1, 2])
    assert F.cross_entropy(Z, targets, weight=made([1.0, 2.0, 3.0])).value == pytest.approx(
        2.2981864619442605, rel=1e-12
    )
    held = F.cross_entropy(Z, targets, weight=gg.input("w", [1.0, 2.0, 3.0]))
    assert held.value == pytest.approx(2.2981864619442605, rel=1e-12)


@SHARES
def test_logarithms_of_probabilities_are_bounded(loss: Any) -> None:
    p = gg.param("p", [1e-50, 1 - 1e-16, 0.3, 1e-13])
    found = loss(reduction="sum")(p, np.array([1.0, 0.0, 1.0, 1.0]))
    found.backward()
    assert found.value == pytest.approx(167.8743795829256, rel=1e-9)
    np.testing.assert_allclose(p.grad, [-1e12, 1e12, -1 / 0.3, -1e12], rtol=1e-9)


@SHARES
def test_a_certain_answer_costs_100_if_wrong_and_nothing_if_right(loss: Any) -> None:
    p = gg.param("p", [0.0, 1.0])
    wrong = loss(reduction="none")(p, np.array([1.0, 0.0]))
    assert wrong.value.tolist() == [100.0, 100.0]
    right = loss()(p, np.array([0.0, 1.0]))
    right.backward()
    assert right.value == 0.0
    assert p.grad.tolist() == [0.0, 0.0]


def test_a_file_keeps_the_mathematics_and_tells_the_stable_loss() -> None:
    graph = read_gg("input p = [1, 0.5]\ninput y = [0, 1]\nloss L = bce(p, y)\n")
    error = trouble_error(record(graph))
    assert isinstance(error, NonFiniteError)
    stable = {"en": "bce_with_logits", "es": "entropia_cruzada_binaria_logits"}
    for language, name in stable.items():
        assert name in error.text(language)
