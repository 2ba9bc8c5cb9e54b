"""Every step in words, symbols and numbers."""

from __future__ import annotations

import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import set_language
from graphgrad.source.gg import read_gg
from graphgrad.trace.trace import Trace
from graphgrad.views.text.narrate import StepText, step_text
from graphgrad.views.text.stops import Stops
from graphgrad.views.text.trouble import trouble_error

REGRESSION = """input x = 3
input y = 9
param w = 2
param b = 1
z = w*x
yhat = z + b
e = yhat - y
loss L = e^2
"""


def trace_of(text: str, **options: object) -> Trace:
    return record(read_gg(text), **options)  # type: ignore[arg-type]


def told(text: str, index: int) -> StepText:
    trace = trace_of(text)
    return step_text(trace, trace.steps.step(index))


def test_the_regression_has_nineteen_steps_and_each_is_told() -> None:
    trace = trace_of(REGRESSION)
    assert len(trace.steps) == 19
    for language in ("en", "es"):
        set_language(language)
        for step in trace.steps:
            for part in step_text(trace, step):
                assert part
                assert "{" not in part


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (
            4,
            StepText("Forward: L", "L = e^2", "L = (-2)^2 = 4", "From e = -2 follows L = 4."),
        ),
        (
            5,
            StepText(
                "Seed: L",
                "dL/dL = 1",
                "dL/dL = 1",
                "The backward pass starts at L: its derivative with respect to itself is 1.",
            ),
        ),
        (
            6,
            StepText(
                "Pull back: L → e",
                "dL/dL·∂L/∂e with ∂L/∂e = 2*e",
                "1·(-4) = -4",
                "The adjoint of L, 1, times the local derivative ∂L/∂e = -4 contributes -4 to e.",
            ),
        ),
        (
            17,
            StepText(
                "Accumulate: adjoint of w",
                "dL/dw = dL/dz·∂z/∂w",
                "dL/dw = -12",
                "w is used once, by z, so its adjoint is that contribution: -12. "
                "This is the gradient of the parameter w.",
            ),
        ),
    ],
    ids=["forward", "seed", "pullback", "accumulate"],
)
def test_the_four_kinds_of_steps(index: int, expected: StepText) -> None:
    assert told(REGRESSION, index) == expected


def test_several_contributions_are_added() -> None:
    text = "param w = 2\na = 3*w\nb = w^2\nloss L = a*b\n"
    trace = trace_of(text)
    step = next(s for s in trace.steps if s.phase == "accumulate" and s.node == 0)
    said = step_text(trace, step)
    assert said.formula == "dL/dw = dL/db·∂b/∂w + dL/da·∂a/∂w"
    assert said.numbers == "dL/dw = 24 + 12 = 36"
    assert "used 2 times, by b and a" in said.caption


def test_negative_terms_stand_in_brackets() -> None:
    trace = trace_of("param w = 2\na = -w\nloss L = w + a\n")
    step = next(s for s in trace.steps if s.phase == "accumulate" and s.node == 0)
    assert step_text(trace, step).numbers == "dL/dw = 1 + (-1) = 0"


def test_a_repeated_parent_is_told_apart_by_slot() -> None:
    trace = trace_of("param x = 3\nloss L = x*x\n")
    formulas = [step_text(trace, step).formula for step in trace.steps if step.slot is not None]
    assert formulas == [
        "dL/dL·∂₁L/∂x with ∂₁L/∂x = x",
        "dL/dL·∂₂L/∂x with ∂₂L/∂x = x",
    ]


def test_a_structural_op_is_told_as_its_pullback() -> None:
    trace = trace_of("param W = [[1, 2], [3, 4]]\ninput x = [1, 1]\nz = W@x\nloss L = sum(z)\n")
    step = next(s for s in trace.steps if s.phase == "pullback" and s.node == 2 and s.slot == 0)
    said = step_text(trace, step)
    assert said.formula == "dL/dz @ x^T"
    assert said.numbers == "[[1, 1], [1, 1]]"
    assert "pulled back as dL/dz @ x^T, contributes [[1, 1], [1, 1]] to W" in said.caption


def test_a_convention_is_said_only_at_the_kink() -> None:
    kink = told("param x = 0\nloss L = relu(x)\n", 3)
    assert kink.formula.endswith("with ∂L/∂x = (x > 0)")
    assert "no derivative exists; 0 is taken" in kink.caption
    assert "does not exist" not in told("param x = 1\nloss L = relu(x)\n", 3).caption


def test_a_given_seed_is_named() -> None:
    trace = trace_of("param x = [1, 2]\ny = x^2\n", seed=[1.0, 0.0])
    said = step_text(trace, trace.steps.step(2))
    assert said.formula == "dy/dy = seed"
    assert said.numbers == "dy/dy = [1, 0]"
    assert "with the given seed [1, 0]" in said.caption


def test_exact_numbers_stay_fractions() -> None:
    trace = trace_of("param x = 1/3\nloss L = x^2\n", exact=True)
    assert step_text(trace, trace.steps.step(1)).numbers == "L = (1/3)^2 = 1/9"


def test_many_consumers_are_cut() -> None:
    lines = "".join(f"a{i} = {i}*x\n" for i in range(1, 31))
    total = " + ".join(f"a{i}" for i in range(1, 31))
    trace = trace_of(f"param x = 1\n{lines}loss L = {total}\n")
    said = step_text(trace, trace.steps[-1])
    assert said.formula.count("+") == 12
    assert said.formula.endswith("+ …")
    assert said.numbers.endswith(" + … = 465")
    assert "used 30 times" in said.caption


# ---- folds ----


def test_line_stops_cover_every_step_once_and_in_order() -> None:
    trace = trace_of("param w = 2\ninput x = 3\na = sin(w*x) + x\nloss L = (a - 1)^2 / 2\n")
    for fold in ("line", "node", "edge"):
        stops = Stops(trace, fold)  # type: ignore[arg-type]
        lasts = [stops.stop(position).last for position in range(len(stops) + 1)]
        assert lasts == sorted(set(lasts))
        assert lasts[-1] == len(trace.steps)
        for index in range(1, len(trace.steps) + 1):
            position = stops.of_index(index)
            assert stops.stop(position - 1).last < index <= stops.stop(position).last


def test_a_value_is_known_at_its_stop_and_not_before() -> None:
    trace = trace_of(REGRESSION)
    stops = Stops(trace, "line")
    for line in trace.graph.lines():
        value, adjoint = stops.value_position(line.root), stops.adjoint_position(line.root)
        assert trace.state(stops.stop(value).last).value(line.root) is not None
        assert trace.state(stops.stop(adjoint).last).adjoint(line.root) is not None
        assert trace.state(stops.stop(adjoint - 1).last).adjoint(line.root) is None


def test_positions_outside_are_moved_inside() -> None:
    stops = Stops(trace_of(REGRESSION), "line")
    assert stops.stop(-5).phase == "start"
    assert stops.stop(99).position == len(stops)


# ---- trouble ----


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("input x = 0\ny = 1/x\n", "division by 0, for x is 0"),
        ("input x = 2\nL = 3*log(1 - x)\n", "L = … log(1 - x) …: the argument 1 - x = -1"),
        (
            "input x = [1, -2]\ny = log(x)\n",
            "the argument x[2] = -2 is outside the domain x[2] > 0",
        ),
        ("input x = 800\ny = exp(x)\n", "y = exp(x): the value inf overflows"),
        ("param x = 0\nloss y = sqrt(x)\n", "y = sqrt(x)"),
    ],
)
def test_trouble_is_worded_in_the_words_of_the_author(text: str, words: str) -> None:
    error = trouble_error(trace_of(text))
    assert error is not None
    assert words in error.text("en")
    assert "{" not in error.text("es")
    assert error.exit_status == 1


def test_a_finite_run_has_no_trouble() -> None:
    assert trouble_error(trace_of(REGRESSION)) is None
