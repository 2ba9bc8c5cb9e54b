"""Check losses at the numbers of the lectures, at large logits, and what targets they refuse."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import NonFiniteError, ShapeError, UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.layers.registry import find_layer
from graphgrad.layers.settings import complete
from graphgrad.messages.catalogue import in_language
from graphgrad.trace.trace import Trace
from graphgrad.views.text.trouble import trouble_error
from tests.layers.networks import emitted

SOFTMAX = np.exp([1.0, 2.0, 3.0]) / np.exp([1.0, 2.0, 3.0]).sum()


def loss(name: str, *inputs: Any, **settings: Any) -> Trace:
    builder = GraphBuilder()
    (node,) = emitted(builder, name, inputs, settings, {})
    graph = builder.freeze(node, loss=not builder.columns.shape(node))
    return record(graph, refuse=False)


@pytest.mark.parametrize(
    ("name", "inputs", "settings", "value"),
    [
        ("squared_error", (7.0, 9.0), {}, 4.0),
        ("squared_error", (7.0, 9.0), {"half": True}, 2.0),
        ("squared_error", ([1.0, 2.0], [0.0, 0.0]), {"half": True}, 2.5),
        ("squared_error", ([[1.0, 2.0], [0.0, 1.0]], [[0.0, 0.0], [0.0, 0.0]]), {}, 3.0),
        ("mse", ([[1.0, 2.0], [0.0, 1.0]], [[0.0, 0.0], [0.0, 0.0]]), {}, 1.5),
        ("mae", ([1.0, -3.0], [0.0, 0.0]), {}, 2.0),
        ("huber", ([0.5, 3.0], [0.0, 0.0]), {"reduction": "sum"}, 0.125 + 2.5),
        ("cross_entropy", (SOFTMAX, [0.0, 0.0, 1.0]), {}, 0.407606),
        ("cross_entropy", ([0.25, 0.75], [0.0, 1.0]), {}, 0.287682),
        ("cross_entropy", ([0.25, 0.75], 1.0), {}, 0.287682),
        ("cross_entropy", ([0.25, 0.75], 2.0), {"first": 1}, 0.287682),
        ("cross_entropy_with_logits", ([1.0, 2.0, 3.0], 2.0), {}, 0.407606),
        ("bce", (0.601088, 0.0), {}, 0.919014),
        ("bce", (0.620150, 1.0), {}, 0.477794),
        ("hinge", ([0.5, -2.0], [1.0, 1.0]), {"reduction": "none"}, [0.5, 3.0]),
        ("kl_divergence", ([0.5, 0.5], [0.25, 0.75]), {}, 0.130812),
        ("l1", ([3.0, -4.0],), {"rate": 0.1}, 0.7),
        ("l1", ([3.0, -4.0],), {"rate": 0.1, "half": True}, 0.35),
        ("l2", ([3.0, -4.0],), {"rate": 0.1}, 1.25),
        ("elastic_net", ([3.0, -4.0],), {"rate": 0.1, "ratio": 0.5}, 0.35 + 0.625),
        ("multi_task", (2.0, 5.0), {"weights": [1, Fraction(3, 10)]}, 3.5),
    ],
)
def test_the_value_is_that_of_the_lectures(
    name: str, inputs: Any, settings: dict[str, Any], value: Any
) -> None:
    arrays = [np.array(x) if isinstance(x, list) else x for x in inputs]
    np.testing.assert_allclose(loss(name, *arrays, **settings).value("y1"), value, rtol=2e-6)


def test_smoothing_spreads_over_the_other_classes_as_in_the_lectures() -> None:
    t = loss("cross_entropy", np.full(5, 0.2), 2.0, smoothing=Fraction(1, 100)).value("y1.t")
    np.testing.assert_allclose(t, [0.0025, 0.0025, 0.99, 0.0025, 0.0025])
    t = loss("nll", np.zeros(5), 2.0, smoothing=Fraction(1, 100), over="all").value("y1.t")
    np.testing.assert_allclose(t, [0.002, 0.002, 0.992, 0.002, 0.002])
    with pytest.raises(ShapeError, match="another class"):  # once a division by 0
        loss("cross_entropy", np.zeros(1), 1.0, smoothing=Fraction(1, 100))


def test_the_gradient_behind_softmax_and_sigmoid_is_output_minus_target() -> None:
    z, t = np.array([1.0, 2.0, 3.0]), np.array([0.0, 0.0, 1.0])
    gradient = loss("cross_entropy_with_logits", z, t).gradients["x1"]
    np.testing.assert_allclose(gradient, SOFTMAX - t, atol=1e-14)
    gradient = loss("bce_with_logits", 0.7, 1.0).gradients["x1"]
    assert gradient == pytest.approx(1 / (1 + np.exp(-0.7)) - 1, abs=1e-14)


@pytest.mark.parametrize(
    ("name", "z", "t", "value", "gradient"),
    [
        ("bce_with_logits", [1000.0, -1000.0], [1.0, 0.0], 0.0, [0.0, 0.0]),
        ("bce_with_logits", [1000.0, -1000.0], [0.0, 1.0], 1000.0, [0.5, -0.5]),
        ("cross_entropy_with_logits", [1000.0, -1000.0], [1.0, 0.0], 0.0, [0.0, 0.0]),
        ("cross_entropy_with_logits", [1000.0, -1000.0], [0.0, 1.0], 2000.0, [1.0, -1.0]),
    ],
)
def test_losses_from_logits_are_exact_at_a_thousand(
    name: str, z: Any, t: Any, value: float, gradient: Any
) -> None:
    trace = loss(name, np.array(z), np.array(t))
    assert trace.trouble is None
    assert trace.value("y1") == value
    np.testing.assert_array_equal(trace.gradients["x1"], gradient)


@pytest.mark.parametrize(
    ("name", "p", "t", "value", "gradient"),
    [
        ("cross_entropy", [1.0, 0.0], [1.0, 0.0], 0.0, [-1.0, 0.0]),
        ("bce", [1.0, 0.0], [1.0, 0.0], 0.0, [-0.5, 0.5]),
        ("kl_divergence", [0.5, 0.5], [1.0, 0.0], np.log(2), [-2.0, 0.0]),
    ],
)
def test_a_probability_of_zero_counts_nothing_where_its_target_is_zero(
    name: str, p: Any, t: Any, value: float, gradient: Any
) -> None:
    """The gradient by the target itself is log(0), truly infinite, and of no use to training."""
    trace = loss(name, np.array(p), np.array(t))
    assert trace.value("y1") == pytest.approx(value, abs=1e-15)
    np.testing.assert_allclose(trace.gradients["x1"], gradient)


# ---- what is refused ----


def refusal(trace: Trace) -> NonFiniteError:
    error = trouble_error(trace)
    assert error is not None
    return error


@pytest.mark.parametrize(
    ("name", "output", "target", "shown", "why"),
    [
        ("cross_entropy", [0.5, 0.5], [-1.0, 1.0], "x2[1] = -1", "target.probability"),
        ("cross_entropy_with_logits", [0.5, 0.5], [0.0, 2.0], "x2[2] = 2", "target.probability"),
        ("bce", [0.5, 0.5], [-1.0, 1.0], "x2[1] = -1", "target.probability"),
        ("bce_with_logits", [0.5, 0.5], [-1.0, 1.0], "x2[1] = -1", "target.probability"),
        ("cross_entropy", [0.5, 0.5], 2.0, "x2 = 2", "target.class"),
        ("cross_entropy", [0.5, 0.5], 0.5, "x2 = 0.5", "target.class"),
        ("nll", [-1.0, -1.0], -1.0, "x2 = -1", "target.class"),
        ("multi_margin", [0.5, 0.5], 7.0, "x2 = 7", "target.class"),
        ("hinge", [0.5, 0.5], [0.0, 1.0], "x2[1] = 0", "target.sign"),
        ("hinge", [0.5, 0.5], [3.0, 1.0], "x2[1] = 3", "target.sign"),
        ("kl_divergence", [0.5, 0.5], [-0.5, 1.5], "x2[1] = -0.5", "target.probability"),
    ],
)
def test_a_target_outside_the_domain_is_refused_with_the_reason(
    name: str, output: Any, target: Any, shown: str, why: str
) -> None:
    given = np.array(target) if isinstance(target, list) else target
    error = refusal(loss(name, np.array(output), given))
    # without the file that calls the loss, the number of a class is told as such
    assert error.message_id == ("trouble.class" if why == "target.class" else "trouble.target")
    assert error.fields["why"].message_id == why
    assert shown in str(error)
    told = {}
    for language in ("en", "es"):
        with in_language(language):
            told[language] = str(error)
    assert told["en"] != told["es"]


def test_squared_error_takes_minus_one() -> None:
    assert loss("squared_error", np.array([0.5, 0.5]), np.array([-1.0, 1.0])).trouble is None


@pytest.mark.parametrize(
    ("name", "inputs", "expected"),
    [
        ("mse", [(3,), (4,)], "layer.expected.target"),
        ("mse", [(4, 2), (4,)], "layer.expected.target"),
        ("cross_entropy", [(3,), (2,)], "layer.expected.classes"),
        ("cross_entropy", [(), ()], "layer.expected.classes"),
    ],
)
def test_shapes_that_do_not_fit_are_both_told(name: str, inputs: Any, expected: str) -> None:
    with pytest.raises(ShapeError) as caught:
        loss(name, *(np.ones(shape) for shape in inputs))
    assert caught.value.fields["expected"].message_id == expected


@pytest.mark.parametrize(
    ("name", "settings", "told"),
    [
        ("mse", {"reduction": "median"}, "layer.setting_word"),
        ("mse", {"reducton": "sum"}, "layer.unknown_setting"),
        ("l2", {}, "layer.missing_setting"),
        ("dense", {"units": 0}, "layer.setting_count"),
        ("dense", {"units": Fraction(5, 2)}, "layer.setting_count"),
        ("dense", {"units": True}, "layer.setting_count"),
        ("dense", {"units": 2, "act": "relux"}, "layer.setting_row"),
        ("dense", {"units": 2, "act": "add"}, "layer.setting_row"),
        ("dense", {"units": 2, "init": "he"}, "layer.setting_initialiser"),
        ("dense", {"units": 2, "init": "full"}, "layer.setting_initialiser"),
        ("dense", {"units": 2, "bias": 3}, "layer.setting_flag"),
        ("dense", {"units": 2, "draw": -1}, "layer.setting_integer"),
        ("conv2d", {"channels": 1, "size": [2, 0]}, "layer.setting_lengths"),
        ("conv2d", {"channels": 1, "size": 2, "padding": -1}, "layer.setting_widths"),
        ("multi_task", {"weights": "all"}, "layer.setting_numbers"),
        ("dropout", {"keep": "half"}, "layer.setting_share"),
        ("inverted_dropout", {"keep": 2}, "layer.setting_share"),
        ("noise", {"std": "half"}, "layer.setting_number"),
        ("mlp", {"widths": [2], "act": ["relu", "max"]}, "layer.setting_rows"),
    ],
)
def test_a_wrong_setting_is_told(name: str, settings: dict[str, Any], told: str) -> None:
    layer = find_layer(name)
    assert layer is not None
    with pytest.raises(UsageError) as caught:
        complete(layer, settings)
    assert caught.value.message_id == told
    for language in ("en", "es"):
        with in_language(language):
            assert "{" not in str(caught.value)
