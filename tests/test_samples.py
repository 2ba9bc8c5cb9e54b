"""Check every shipped sample: it loads, it is sound, and it gives its expected numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.expr.dialect import STRICT
from graphgrad.graph.check import check_graph
from graphgrad.graph.json import graph_from_data, graph_to_data
from graphgrad.messages.catalogue import in_language
from graphgrad.ops.evaluate import to_float
from graphgrad.source.leaves import literal
from tests.curriculum.runner import sample, shown

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.gg"))
RELATIVE = 1e-12
PRINTED = re.compile(r"^(\S+) = (\S+) +# printed (-?[0-9.]*[0-9])", re.MULTILINE)


def load(name: str, **options: Any) -> gg.Graph:
    return gg.load(SAMPLES / f"{name}.gg", **options)


def read_answers(name: str) -> dict[str, Any]:
    """Return the expected numbers of a sample: what is left of the equals sign, and its value."""
    found: dict[str, Any] = {}
    text = (SAMPLES / f"{name}.answers.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        step = line.partition("#")[0].strip()
        if step:
            quantity, _, value = step.partition(" = ")
            assert quantity not in found, f"{quantity} is answered twice"
            found[quantity] = np.asarray(to_float(literal(value, STRICT)))
    return found


def derivative(graph: gg.Graph, name: str) -> str:
    return f"d{graph.name(graph.output)}/d{name}"


def in_trace(trace: gg.Trace, quantity: str) -> Any:
    """Return what a pass found for ``z`` or ``dL/dz``."""
    graph = trace.graph
    for line in graph.lines():
        if quantity == line.name:
            return np.asarray(trace.value(line.name))
        if quantity == derivative(graph, line.name):
            return np.asarray(trace.adjoint(line.root))
    raise KeyError(quantity)


def test_there_is_a_sample_for_every_needed_lecture_example() -> None:
    assert len(NAMES) >= 18
    answered = sorted(path.name.split(".")[0] for path in SAMPLES.glob("*.answers.txt"))
    assert answered == NAMES
    assert {path.suffix for path in SAMPLES.iterdir() if path.is_file()} == {".gg", ".txt", ".md"}


def test_the_titles_differ_and_fit_one_line() -> None:
    headings = [load(name).heading for name in NAMES]
    for code in ("en", "es"):
        titles = [heading.title_in(code) for heading in headings]
        assert all(titles)
        assert len(set(titles)) == len(titles)
        assert max(map(len, titles)) <= 60
    assert {tuple(dict(heading.titles)) for heading in headings} == {("es",)}


@pytest.mark.parametrize(("code", "title"), [
    ("en", "Linear regression with one neuron"), ("es", "Regresión lineal con una neurona"),
])  # fmt: skip
def test_a_title_is_told_in_the_language_in_force(code: str, title: str, tmp_path: Path) -> None:
    net = sample("linear_regression")
    assert shown("run", net, lang=code).startswith(title)
    assert title in shown("samples", lang=code)
    assert shown("train", net, "--rate", "0.01", "--steps", "1", lang=code).startswith(title)
    assert title in shown("step", net, "--plain", lang=code)
    shown("render", net, "-o", str(tmp_path / "net.svg"), lang=code)
    assert f"<title>{title}</title>" in (tmp_path / "net.svg").read_text("utf-8")
    with in_language(code):
        data = graph_to_data(load("linear_regression"))
        assert graph_from_data(data).heading.title_in() == title
        written = gg.to_gg(load("linear_regression"))
    assert gg.parse(written).heading.title_in(code) == title


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_fits_a_slide(name: str) -> None:
    text = (SAMPLES / f"{name}.gg").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == "gg 1"
    assert lines[1].startswith("# ")
    assert text.endswith("\n")
    assert len(lines) <= 35
    assert max(map(len, lines)) <= 100
    assert "\r" not in text
    assert "\t" not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_sound_and_stays_finite(name: str) -> None:
    graph = load(name)
    check_graph(graph)
    trace = gg.trace(graph)
    assert trace.adjoints is not None
    assert trace.trouble is None


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_cover_the_output_and_every_parameter(name: str) -> None:
    graph = load(name)
    answers = read_answers(name)
    asked = [line.name for line in graph.lines() if graph.role(line.root) == "parameter"]
    if not asked:
        asked = [line.name for line in graph.lines() if graph.role(line.root) == "input"]
    assert graph.name(graph.output) in answers
    assert [line for line in asked if derivative(graph, line) not in answers] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_its_answers(name: str) -> None:
    trace = gg.trace(load(name))
    for quantity, want in read_answers(name).items():
        got = in_trace(trace, quantity)
        assert got.shape == want.shape, quantity
        bound = RELATIVE * np.where(want == 0, 1.0, np.abs(want))
        assert (np.abs(got - want) <= bound).all(), f"{quantity}: {got} is not {want}"


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_printed_on_the_slide_are_the_answers_rounded(name: str) -> None:
    text = (SAMPLES / f"{name}.answers.txt").read_text(encoding="utf-8")
    for step, value, printed in PRINTED.findall(text):
        half_unit = 0.5 * 10.0 ** -len(printed.partition(".")[2])
        assert abs(float(value) - float(printed)) <= half_unit, step


@pytest.mark.parametrize("name", NAMES)
def test_forward_mode_and_central_differences_agree_with_a_samples_gradients(name: str) -> None:
    check = gg.gradcheck(load(name), symbolic=False)
    assert check.ok
    assert [row for row in check.rows if not row.ok and not row.kink] == []


# ---- what single samples are there to show ----


def test_the_trace_of_the_linear_regression_has_nineteen_steps() -> None:
    trace = gg.trace(load("linear_regression"))
    assert len(trace.steps) == 19
    assert trace.gradients == {"w": -12.0, "b": -4.0, "x": -8.0, "y": 4.0}


def test_the_hand_made_xor_network_stands_on_a_kink() -> None:
    rows = gg.gradcheck(load("xor_relu"), symbolic=False).rows
    before_the_kink = {"X", "W1", "b1"}
    assert {row.name for row in rows if row.kink == "H"} == before_the_kink
    assert {row.name for row in rows if not row.kink} == {"w2", "b2", "y"}
    assert all(row.ok for row in rows if not row.kink)


def test_the_shared_weight_gets_eleven_directly_and_eight_through_the_first_layer() -> None:
    trace = gg.trace(load("shared_weights"))
    w1 = trace.graph.find("w1")
    assert w1 is not None
    told = {
        trace.graph.line_names[trace.graph.line_of(edge.target)]: trace.contribution(edge)
        for edge in trace.uses(w1)
    }
    assert told == {"yhat": 11.0, "z1": 8.0}
    assert trace.adjoint("z1") == 2.0 + 6.0


def test_the_sigmoid_before_the_last_layer_saturates_at_the_curriculums_weights() -> None:
    point = {"w1": 2, "w2": 3}
    graph = load("shared_weights_sigmoid")
    assert gg.trace(graph, point).value("yhat") == pytest.approx(1.999967, abs=5e-7)
    assert gg.gradcheck(graph, point, symbolic=False).ok


def test_ten_sigmoid_layers_leave_less_than_a_ten_thousandth_of_the_gradient() -> None:
    gradient = np.abs(gg.trace(load("vanishing_gradient_10")).gradients["w"])
    assert gradient[0] / gradient[-1] < 1e-4


def test_the_gradient_graph_of_the_function_is_the_written_derivative() -> None:
    text = (SAMPLES / "second_derivative.gg").read_text(encoding="utf-8")
    written = gg.trace(gg.parse(text))
    built = gg.trace(gg.gradient_graph(gg.parse(text + "output g\n"), wrt="z"))
    assert built.values[built.graph.output] == pytest.approx(written.value("g1"), rel=RELATIVE)
    assert built.gradients["z"] == pytest.approx(written.gradients["z"], rel=RELATIVE)


@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_every_row_of_the_xor_table_can_be_chosen(row: int) -> None:
    trace = gg.trace(load("xor_sigmoid_data", row=row))
    x1, x2, y = (trace.value(name) for name in ("x1", "x2", "y"))
    assert (x1, x2) == divmod(row - 1, 2)
    assert y == (x1 != x2)
