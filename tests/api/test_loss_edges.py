"""Losses at their edges do what PyTorch 2.13 does; the numbers are its own, in float64."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad import nn, torchlike
from graphgrad.api.public import PUBLIC
from graphgrad.autodiff.record import record
from graphgrad.errors import NonFiniteError
from graphgrad.nn import functional as F  # noqa: N812  # as everyone writes it
from graphgrad.source.gg import read_gg
from graphgrad.views.exports.targets import TARGETS
from graphgrad.views.text.narrate import step_text
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


# ---- no verb forgets it ----

OUTSIDE = {
    "class": "input x = [1, 2]\nparam w = [[1, 0], [2, 1], [0, 1]]\ninput y = 7\n"
    "loss L = cross_entropy_with_logits(w @ x, y)",
    "sign": "input x = 2\nparam w = 1\ninput y = 0\nloss L = hinge(w*x, y)",
    "probability": "input x = 2\nparam w = 1\ninput y = 1.5\nloss L = bce(sigmoid(w*x), y)",
    "row": "layer emb = embedding(3, 2)\ninput y = [0, 7]\nparam w = 2\nloss L = w*sum(emb(y))",
}
"""Files whose loss or table is given what it does not take; each formula comes to a number."""

MAKE_NUMBERS: dict[str, Any] = {
    "assert_answer": lambda graph, _: gg.assert_answer(graph, "L", 0.0),
    "check": lambda graph, _: gg.check(graph, "L = 0"),
    "compile": lambda graph, _: gg.compile(graph)(),
    "explain": lambda graph, _: gg.explain(graph, "w"),
    "export": lambda graph, _: gg.export(graph, "numpy"),
    "gradcheck": lambda graph, _: gg.gradcheck(graph),
    "hessian": lambda graph, _: [gg.hessian(graph, wrt=["w"]) for _ in range(4)],
    "hessian_vector_product": lambda graph, _: gg.hessian_vector_product(graph, {"w": ones(graph)}),
    "inspect": lambda graph, _: gg.inspect(graph, "gradients"),
    "jacobian": lambda graph, _: gg.jacobian(graph),
    "jvp": lambda graph, _: gg.jvp(graph, {"w": ones(graph)}),
    "mark": lambda graph, _: gg.mark(graph, "L = 0"),
    "save_trace": lambda graph, path: gg.save_trace(gg.trace(graph), path / "trace.json"),
    "trace": lambda graph, _: gg.trace(graph),
    "train": lambda graph, _: gg.train(graph),
}
SHOW_THE_TROUBLE = {"render", "stepper", "to_graphviz"}
ARE_RUN_AFTERWARDS: dict[str, Any] = {
    "gradient_graph": gg.gradient_graph,
    "graph": lambda graph: graph,
    "load_trace": lambda graph: graph,
    "merge_common": gg.merge_common,
    "parse": lambda graph: graph,
    "scalar_graph": gg.scalar_graph,
    "stable": gg.stable,
}
"""What makes a graph of a graph, which is run by the verbs above."""
HAVE_NO_NUMBERS = {"Condition", "FigureOptions", "FileError", "Graph", "GraphgradError", "Handle"}
HAVE_NO_NUMBERS |= {
    "InPlaceError",
    "LimitError",
    "NoGradientError",
    "NonFiniteError",
    "RowError",
    "SceneOptions",
}
HAVE_NO_NUMBERS |= {"ShapeError", "SourceError", "Trace", "UsageError", "Value", "equivalent"}
HAVE_NO_NUMBERS |= {"from_jax", "from_keras", "from_onnx", "from_pt2", "from_sympy", "from_torch"}
HAVE_NO_NUMBERS |= {"input", "lint", "load", "load_safetensors", "param", "register", "same"}
HAVE_NO_NUMBERS |= {"set_language", "to_gg", "to_networkx"}
FILES = pytest.mark.parametrize("text", OUTSIDE.values(), ids=OUTSIDE)


def ones(graph: Any) -> Any:
    return np.ones(graph.columns.shape(graph.find("w")))


def told(do: Any) -> str:
    with pytest.raises(NonFiniteError) as refused:
        do()
    return str(refused.value)


def test_every_public_verb_is_asked_or_has_no_numbers() -> None:
    known = {*MAKE_NUMBERS, *SHOW_THE_TROUBLE, *ARE_RUN_AFTERWARDS, *HAVE_NO_NUMBERS}
    assert known == set(PUBLIC)


SAID = re.compile("outside what this loss takes|no row of the table")


@FILES
def test_no_verb_gives_a_number_for_what_a_loss_does_not_take(text: str, tmp_path: Any) -> None:
    for verb, make in MAKE_NUMBERS.items():
        assert SAID.search(told(lambda make=make: make(read_gg(text), tmp_path))), verb
    assert not list(tmp_path.iterdir())
    for verb, make in ARE_RUN_AFTERWARDS.items():
        made = make(read_gg(text))
        point = None if made.defaults else {"y": 7}
        assert SAID.search(told(lambda made=made, point=point: gg.jvp(made, {}, point))), verb


@FILES
def test_no_form_of_export_gives_a_number_for_it(text: str) -> None:
    for form in TARGETS.keys() - {"gg"}:
        assert SAID.search(told(lambda form=form: gg.export(read_gg(text), form))), form


@FILES
def test_a_figure_and_the_stepper_say_it(text: str, tmp_path: Any) -> None:
    trace = record(read_gg(text), refuse=False)
    gg.render(trace, tmp_path / "figure.svg")
    assert "outside the domain" in (tmp_path / "figure.svg").read_text()
    assert any(SAID.search(step_text(trace, step).caption) for step in trace.steps)


def test_programs_refuse_it_at_the_point_at_which_they_are_run() -> None:
    graph = read_gg(OUTSIDE["class"].replace("y = 7", "y = 1"))
    plan = gg.compile(graph)
    assert plan({"y": 2}).value == gg.trace(graph, {"y": 2}).value("L")
    for number in (7, -1, 1.5):
        for run in (plan, plan.trace, plan.source):
            assert "one_hot" in told(lambda run=run, number=number: run({"y": number}))
    for _ in range(70):  # by programs, from the sixtieth on
        gg.trace(graph, {"y": 2})
        assert "one_hot" in told(lambda: gg.trace(graph, {"y": 7}))
    for _ in range(4):
        gg.hessian(graph)
        gg.hessian_vector_product(graph, {"w": ones(graph)})
        assert "one_hot" in told(lambda: gg.hessian(graph, {"y": 7}))
        assert "y = 7" in told(
            lambda: gg.hessian_vector_product(graph, {"w": ones(graph)}, {"y": 7})
        )


def test_programs_without_such_a_loss_look_at_nothing_more() -> None:
    told = "input x = [1, 2]\nparam w = [[1, 0], [2, 1]]\ninput y = 1\nloss L = {}"
    for loss, wrt in (("log(sum(x))", None), ("cross_entropy_with_logits(w @ x, y)", ["w"])):
        plan = gg.compile(read_gg(told.format(loss)), wrt=wrt)
        plan()
        [compiled] = plan._compiled.values()
        assert compiled.guards is None  # a target that stays is looked at once


def test_what_shows_itself_stays_what_it_is_on_the_tape() -> None:
    for x, y, value in ((1.0, 0.0, -np.inf), (-1.0, 0.0, np.inf), (0.0, 0.0, 0.0)):
        graph = read_gg(f"param x = {x}\nparam y = {y}\nz = xlogy(x, y)")
        assert gg.xlogy(gg.param("x", x), gg.param("y", y)).value == value
        assert record(graph).value("z") == gg.compile(graph)().value == value
    assert np.isnan(gg.xlogy(gg.param("x", 0.0), gg.param("y", -1.0)).value)
