"""Check derivatives where a formula breaks off: masked branches, stable forms, what is told."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import numpy as np
import pytest
import sympy
from click.testing import CliRunner

import graphgrad as gg
from graphgrad.autodiff.stable import rewritten, stable
from graphgrad.autodiff.stable_rules import LAST_RULES, RULES, Rule
from graphgrad.cli.program import program
from graphgrad.errors import NotFiniteWarning
from graphgrad.graph.builder import GraphBuilder
from graphgrad.ops.registry import ROWS, row
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.sympy_rows.entrywise import as_array, row_value
from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED
from graphgrad.views.text.trouble import trouble_error

NAN, INF = float("nan"), float("inf")

BRANCHES: list[tuple[str, Any, Any]] = [
    ("where(x > 0, log(x), 0)", 0, 0),
    ("where(x > 0, log(x), 0)", -2, 0),
    ("where(x > 0, log(x), 0)", 2, 0.5),
    ("where(x > 0, 1/x, x)", 0, 1),
    ("where(x > 0, sqrt(x), 0)", 0, 0),
    ("where(x == 0, 1, sin(x)/x)", 0, 0),
    ("where(x > 0, x^-2, 3*x)", 0, 3),
    ("where(x > 0, x^0.5, 3*x)", -1, 3),
    ("where(x > 0, where(x > 1, log(x - 1), 0), 2*x)", 1, 0),
    ("where(x > 0, log(x)*exp(1/x), x^2)", 0, 0),
    ("where(1000*x > 0, 0, exp(1000*x))", 3, 0),
]


@pytest.mark.parametrize(("formula", "at", "slope"), BRANCHES)
@pytest.mark.parametrize("form", ["number", "vector", "lines", "matrix"])
def test_a_branch_not_taken_poisons_no_derivative(
    form: str, formula: str, at: Any, slope: Any
) -> None:
    given, summed = str(at), formula
    if form == "vector":
        given, summed = f"[{at}, 5, {at}]", f"sum(({formula})*[1, 0, 2])"
    if form == "matrix":
        given, summed = f"[[{at}], [5]]", f"sum([[1, 0]] @ ({formula}))"
    text = f"input x = {given}\nloss L = {summed}"
    if form == "lines" and "log(x)" in text:
        text = text.replace("log(x)", "u").replace("loss L", "u = log(x)\nloss L")
    graph = read_gg(text)
    trace = gg.trace(graph)
    wanted = {"number": slope, "lines": slope, "matrix": [[slope], [0]]}.get(
        form, [slope, 0, 2 * slope]
    )
    np.testing.assert_allclose(trace.gradients["x"], np.array(wanted, dtype=float))
    assert trace.trouble is None
    for edge in graph.edges():
        if graph.variable[edge.source] and trace.adjoints[edge.target] is not None:  # type: ignore[index]
            assert np.all(np.isfinite(trace.contribution(edge)))
    direction = np.ones(np.shape(trace.gradients["x"]))
    tangent = gg.jvp(graph, {"x": direction if direction.shape else 1.0})[1]
    assert tangent == pytest.approx(np.sum(wanted))
    assert np.all(np.isfinite(gg.hessian(graph)["x", "x"]))


def test_the_zero_of_a_product_is_no_branch_and_the_infinite_partial_is_told() -> None:
    for formula in ("sqrt(x)^2", "sqrt(x)*0", "0*log(x + 1)/x"):
        trace = gg.trace(read_gg(f"input x = 0\nloss y = {formula}"))
        assert trace.trouble is not None
    assert np.isnan(gg.trace(read_gg("input x = 0\nloss y = sqrt(x)^2")).gradients["x"])


def test_trouble_in_a_condition_or_in_the_branch_taken_is_told() -> None:
    for formula in ("where(log(x) > 0, 1, x)", "where(x == 0, log(x), 0)", "max(0, log(x))"):
        trace = gg.trace(read_gg(f"input x = 0\nloss y = {formula}"))
        assert trace.trouble is not None
        assert trace.trouble.reason == "domain"


SUM_OF_THREE = "logsumexp(stack(x[1], x[2], x[3]))"
NORM_OF_THREE = "norm(stack(x[1], x[2], x[3]))"

STABLE: list[tuple[str, str, str, float, Any]] = [
    ("log(sigmoid(x))", "-800", "log_sigmoid(x)", -800.0, 1.0),
    ("log(1 + exp(x))", "800", "softplus(x)", 800.0, 1.0),
    ("log(exp(x) + 1)", "800", "softplus(x)", 800.0, 1.0),
    ("log(1 + exp(-x))", "-800", "softplus(-x)", 800.0, -1.0),
    ("-log(1 - sigmoid(x))", "40", "-log_sigmoid(-x)", 40.0, 1.0),
    ("-log(1 - 1/(1 + exp(-x)))", "800", "-log_sigmoid(-x)", 800.0, 1.0),
    ("-log(softmax(x))[2]", "[1000, 0]", "-log_softmax(x)[2]", 1000.0, [1.0, -1.0]),
    ("-log(softmax(x)[2])", "[1000, 0]", "-log_softmax(x)[2]", 1000.0, [1.0, -1.0]),
    ("-log((exp(x)/sum(exp(x)))[2])", "[1000, 0]", "-log_softmax(x)[2]", 1000.0, [1.0, -1.0]),
    ("log(sum(exp(x)))", "[1000, 1000]", "logsumexp(x)", 1000 + np.log(2), [0.5, 0.5]),
    ("sqrt(sum(x^2))", "[0, 0]", "norm(x)", 0.0, [0.0, 0.0]),
    ("sqrt(sum(x*x))", "[0, 0]", "norm(x)", 0.0, [0.0, 0.0]),
    ("sqrt(x @ x)", "[0, 0]", "norm(x)", 0.0, [0.0, 0.0]),
    ("sqrt(x)^2", "0", "identity(x)", 0.0, 1.0),
    ("sqrt(x^2)", "0", "abs(x)", 0.0, 0.0),
    ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", "800", "tanh(x)", 1.0, 0.0),
    ("exp(x)/(1 + exp(x))", "800", "sigmoid(x)", 1.0, 0.0),
    ("x*log(x)", "0", "xlogy(x, x)", 0.0, -INF),
    ("log1p(exp(x))", "800", "softplus(x)", 800.0, 1.0),
    ("log(1 - exp(x))", "-1e-20", "log(-expm1(x))", np.log(1e-20), -1e20),
    ("log(exp(x[1]) + exp(x[2]) + exp(x[3]))", "[800, 2000, 1]", SUM_OF_THREE, 2000.0, [0, 1, 0]),
    ("sqrt(x[1]^2 + x[2]^2 + x[3]^2)", "[0, 0, 0]", NORM_OF_THREE, 0.0, [0, 0, 0]),
    ("sqrt(x[1]^2 + x[2]^2)", "[3e200, 4e200]", "norm(stack(x[1], x[2]))", 5e200, [0.6, 0.8]),
    ("exp(x[1])/(exp(x[1]) + exp(x[2]))", "[800, 2000]", "sigmoid(x[1] - x[2])", 0.0, [0, 0]),
    ("exp(x[1])/exp(x[2])", "[801, 800]", "exp(x[1] - x[2])", np.e, [np.e, -np.e]),
    ("-log(exp(x[2])/sum(exp(x)))", "[0, 900]", "-(x[2] - logsumexp(x))", 0.0, [0, 0]),
    ("log(2/exp(x))", "800", "log(2) - x", np.log(2) - 800, -1.0),
    ("(x^0.5)^2", "0", "identity(x)", 0.0, 1.0),
]


@pytest.mark.parametrize(("formula", "at", "form", "value", "slope"), STABLE)
def test_what_breaks_off_is_told_with_its_stable_form_which_is_right(
    formula: str, at: str, form: str, value: float, slope: Any
) -> None:
    graph = read_gg(f"input x = {at}\nloss y = {formula}")
    error = trouble_error(gg.trace(graph))
    assert error is not None
    assert f"The stable form is y = {form}:" in error.text("en")
    assert f"La forma estable es y = {form}:" in error.text("es")
    found, rewrites = rewritten(graph)
    assert [(r.line, r.after) for r in rewrites] == [("y", form)]
    trace = gg.trace(found)
    assert trace.value("y") == pytest.approx(value)
    np.testing.assert_allclose(trace.gradients["x"], slope)


@pytest.mark.parametrize(
    ("formula", "form", "value"),
    [("log(1 + x)", "log1p(x)", 1e-20), ("exp(x) - 1", "expm1(x)", 1e-20)],
)
def test_what_is_lost_beside_1_is_kept_in_the_stable_form(
    formula: str, form: str, value: float
) -> None:
    found, rewrites = rewritten(read_gg(f"input x = 1e-20\nloss y = {formula}"))
    assert [r.after for r in rewrites] == [form]
    assert (gg.trace(found).value("y"), gg.trace(found).gradients["x"]) == (value, 1.0)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("log(0)*x", "y = … log(0) …: 0 is outside the domain, which is > 0. Change the formula."),
        ("0^-1*x", "y = … 0^-1 …: division by 0. Change the formula."),
        ("sqrt(-1)*x", "-1 is outside the domain, which is >= 0. Change the formula."),
        ("(x - 3)^-2", "division by 0, for x - 3 is 0."),
        ("log([1, 0])[2]*x", "log([1, 0]) …: 0 is outside the domain, which is > 0."),
    ],
)
def test_a_number_of_the_formula_outside_a_domain_is_told_without_inner_names(
    formula: str, told: str
) -> None:
    error = trouble_error(gg.trace(read_gg(f"input x = 3\nloss y = {formula}")))
    assert error is not None
    assert told in error.text("en")
    assert "stable form" not in error.text("en")


def test_binary_cross_entropy_of_a_probability_becomes_one_of_logits() -> None:
    text = "input w = 3\ninput z = 900\np = 1/(1 + exp(-(w*z)))\ninput t = 0\n"
    graph = read_gg(text + "loss L = -(t*log(p) + (1 - t)*log(1 - p))")
    found, rewrites = rewritten(graph)
    assert [(r.line, r.after) for r in rewrites] == [
        ("p", "sigmoid(w*z)"),
        ("L", "-(t*log_sigmoid(w*z) + (1 - t)*log_sigmoid(-(w*z)))"),
    ]
    assert gg.trace(found).gradients == {"w": 900.0, "z": 3.0, "t": -2700.0}
    assert found.line_names == graph.line_names
    assert stable(found) == found


def test_a_graph_in_stable_forms_stays_as_it_is() -> None:
    graph = read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = softplus(z) + z^2")
    assert rewritten(graph) == (graph, [])


def test_groups_labels_shared_lines_and_inner_nodes_survive_the_rewrite() -> None:
    graph = read_gg(
        'input x = 1\n[head]\np "p_1" = sigmoid(2*x)\nloss L = -log(p) + p*log(1 + exp(x*3 + 1))'
    )
    found, _ = rewritten(graph)
    assert [line.group for line in found.lines()] == [line.group for line in graph.lines()]
    assert found.labels == graph.labels
    before, after = gg.trace(graph), gg.trace(found)
    assert after.value("L") == pytest.approx(before.value("L"), rel=1e-14)
    assert after.gradients["x"] == pytest.approx(before.gradients["x"], rel=1e-14)


def _symbolic(form: Any, symbols: dict[str, Any], settings: dict[str, Any]) -> Any:
    """Return the value of a pattern or a stable form on symbols, entry by entry."""
    if isinstance(form, str):
        return symbols[form]
    if not isinstance(form, tuple):
        return as_array(sympy.Integer(form))
    op, *rest = form
    last = rest[-1]
    chosen: dict[str, Any] = {}
    if isinstance(last, dict):
        chosen = rest.pop()
    elif callable(last):
        chosen = rest.pop()({"$s": settings["$s"]})
    elif isinstance(last, str) and last[0] == "$":
        chosen = settings[rest.pop()]
    args = tuple(_symbolic(part, symbols, settings) for part in rest)
    shapes = tuple(arg.shape for arg in args)
    from graphgrad.graph.settings import complete_settings

    full = complete_settings(row(op), chosen, shapes)
    return row_value(row(op), EXPANDED, args, full)


@pytest.mark.parametrize("rule", [*RULES, *LAST_RULES], ids=lambda r: str(r.stable[0]))
def test_every_rule_is_proved_by_sympy(rule: Rule) -> None:
    texts = str(rule.pattern)
    array = any(op in texts for op in ("softmax", "sum", "matmul", "dot", "index", "norm"))
    names = ("x", "y", "z", "w", "v", "u")
    symbols = {
        name: np.array([sympy.Symbol(f"{name}{i}", positive=True) for i in range(3)], dtype=object)
        if array
        else as_array(sympy.Symbol(name, positive=True))
        for name in names
    }
    where = {"axis": -1} if "'softmax'" in texts else {}
    index = {"at": (2, 0), "shape": (2,)} if "gather" in texts else {"key": (1,)}
    axes = {"axis": (0,), "keepdims": False}
    settings = {"$s": where or axes, "$k": index}
    left = as_array(_symbolic(rule.pattern, symbols, settings))
    right = as_array(_symbolic(rule.stable, symbols, settings))
    assert left.shape == right.shape
    for a, b in zip(left.ravel(), right.ravel(), strict=True):
        difference = (a - b).rewrite(sympy.exp)
        expanded = sympy.simplify(sympy.expand_log(sympy.together(difference), force=True))
        assert expanded == 0 or sympy.simplify(sympy.logcombine(expanded, force=True)) == 0


def test_a_sum_of_nothing_is_told_as_such_and_not_as_an_overflow() -> None:
    empty = gg.param("E", np.ones((0, 3)))
    for of, value in ((gg.logsumexp, "-inf"), (gg.mean, "nan")):
        error = trouble_error(gg.trace(of(empty)))
        assert error is not None
        assert f"there are no entries, so the value is {value}" in error.text("en")


# ---- second derivatives and directions ----


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("input x = 0\nloss L = where(x > 0, x*log(x), 0)", 0),
        ("input x = 0\nloss L = where(x > 0, exp(1/x)*x, x^2)", 2),
        ("input x = 0\nloss L = where(x > 0, x^2/(2*log(x)), x^2)", 2),
        ("input x = [0, 0]\nloss L = norm(x)", [[0, 0], [0, 0]]),
        ("input x = [3, 3]\nloss L = std(x)", [[0, 0], [0, 0]]),
        ("input x = 0\nconst y = 0\nloss L = hypot(x, y)", 0),
        ("input x = 2\nconst y = 0\nloss L = hypot(x, y)", 0),
        ("input x = 0\nconst y = 2\nloss L = hypot(x, y)", 0.5),
    ],
)
def test_second_derivatives_at_kinks_and_beside_branches_not_taken(text: str, second: Any) -> None:
    found = gg.hessian(read_gg(text))["x", "x"]
    np.testing.assert_allclose(found, second, atol=1e-12)


@pytest.mark.parametrize(
    ("formula", "slope"), [("x^y", 12.0), ("x + log(y)*y", 1.0), ("x*sqrt(y + 2)", 1.0)]
)
def test_a_direction_meets_no_infinite_partial_of_what_stands_still(
    formula: str, slope: float
) -> None:
    graph = read_gg(f"input x = -2\ninput y = {3 if '^' in formula else -1}\nloss L = {formula}")
    for along in ({"x": 1}, {"x": 1, "y": 0}):
        assert gg.jvp(graph, along)[1] == slope
    assert (
        gg.hessian_vector_product(graph, {"x": 1, "y": 0})
        == gg.hessian_vector_product(graph, {"x": 1})
        or "^" in formula
    )


def test_a_root_of_squares_written_as_a_power_has_a_stable_form() -> None:
    for formula, after in {
        "(x^2)^0.5": "abs(x)",
        "sum(v^2)^0.5": "norm(v)",
        "norm(v)^2": "sum(v*v)",
    }.items():
        graph = read_gg(f"input x = 0\ninput v = [0, 0]\nloss L = {formula}")
        found, rewrites = rewritten(graph)
        assert [one.after for one in rewrites] == [after]
        assert gg.trace(found).trouble is None


# ---- powers ----


def test_a_variable_base_to_whole_powers_is_defined_where_it_is_negative() -> None:
    x = gg.param("x", [-3.0, 2.0, 0.0, -1.5, 0.0])
    y = x ** np.array([2, 3, 2, -1, 0])
    gg.sum(y).backward()
    np.testing.assert_allclose(y.value, [9.0, 8.0, 0.0, -2 / 3, 1.0])
    np.testing.assert_allclose(x.grad, [-6.0, 12.0, 0.0, -1 / 2.25, 0.0])
    assert gg.trace(gg.sum(y)).trouble is None
    bad = gg.trace(gg.sum(x ** np.array([2, 0.5, 2, 0.5, 1])))
    assert bad.trouble is not None
    assert bad.trouble.reason == "domain"


def test_a_power_of_0_has_slope_0_in_its_exponent() -> None:
    trace = gg.trace(read_gg("input x = 0.5\nloss y = 0^x"))
    assert (trace.value("y"), trace.gradients["x"], trace.trouble) == (0.0, 0.0, None)


@pytest.mark.parametrize(
    "tested", [r for r in ROWS if isinstance(r, Elementwise) and r.stable_partials]
)
def test_stable_partials_are_the_taught_ones_inside_the_domain(tested: Elementwise) -> None:
    from graphgrad.ops.evaluate import arrays
    from graphgrad.symbolic.sympy_rows.precise import sample_points

    m = arrays()
    for point in sample_points(tested, tested.defaults):
        args = tuple(np.float64(v) for v in point)
        out = tested.formula(m, *args)
        for taught, computed in zip(tested.partials, tested.stable_partials, strict=True):
            assert computed(m, out, *args) == pytest.approx(taught(m, out, *args), rel=1e-13)


# ---- NaN, and what is far out ----

ONE_NUMBER = {"powi": {"n": 0}, "leaky_relu": {}, "elu": {}}


@pytest.mark.parametrize(
    "tested", [r for r in ROWS if isinstance(r, Elementwise)], ids=lambda r: r.name
)
def test_nan_stays_nan_through_every_row_but_comparisons(tested: Elementwise) -> None:
    from graphgrad.ops.row import INDICATORS

    if tested.name in INDICATORS - {"step"}:
        return
    count = len(tested.arguments)
    for slot in range(count):
        for array in (False, True):
            args = [-1.0 if tested.name == "prelu" else 1.0] * count
            leaves = [gg.input("abc"[at], [v, v] if array else v) for at, v in enumerate(args)]
            if tested.name == "where" and slot:
                leaves[0].value = [2.0 - slot] * 2 if array else 2.0 - slot
            leaves[slot].value = [NAN, NAN] if array else NAN
            found = getattr(gg, tested.name)(*leaves, **ONE_NUMBER.get(tested.name, {}))
            assert np.isnan(found.value).all(), (tested.name, slot, array)
            trace = gg.trace(gg.sum(found) if array else found)
            assert trace.trouble is not None
            first = trace.graph.name(trace.trouble.node)
            assert (trace.trouble.reason, first) == ("given", "abc"[slot])


@pytest.mark.parametrize(
    "tested", [r for r in ROWS if isinstance(r, Structural)], ids=lambda r: r.name
)
def test_nan_stays_nan_through_every_structural_row(tested: Structural) -> None:
    if tested.name in ("argmax", "argmax_mask", "one_hot"):  # they count, and no gradient passes
        return
    shapes, settings = tested.examples[0]
    builder = GraphBuilder()
    values = [np.full(shape, NAN) if shape else NAN for shape in shapes]
    leaves = [
        builder.leaf_line(f"x{i}", "input", value, np.shape(value))
        for i, value in enumerate(values)
    ]
    node = builder.apply(tested.name, leaves, **settings)
    builder.end_line("y")
    trace = gg.trace(builder.freeze(node), seed=None)
    found = np.asarray(trace.value("y"))
    assert np.isnan(found).any()
    assert trace.trouble is not None
    assert trace.trouble.node == 0


def test_a_saved_pass_with_a_masked_branch_contributes_the_same(tmp_path: Any) -> None:
    graph = read_gg("input x = [0, 2]\nu = log(x)\nloss L = sum(where(x > 0, u, 0))")
    trace = gg.trace(graph)
    gg.save_trace(trace, tmp_path / "t.json")
    loaded = gg.load_trace(tmp_path / "t.json")
    for edge in graph.edges():
        if graph.variable[edge.source]:
            np.testing.assert_array_equal(loaded.contribution(edge), trace.contribution(edge))
    assert json.loads((tmp_path / "t.json").read_text("utf-8"))["adjoints"]


@pytest.mark.parametrize(
    ("start", "formula", "told"),
    [
        (-1.0, lambda q: gg.log(q) * 2, "log(q): the argument q = -1 is outside the domain q > 0"),
        ([1.0, -1.0], lambda q: gg.sum(gg.log(q)), "the argument q[1] = -1 is outside"),
        (0.0, lambda q: 1 / q, "1/q: division by 0"),
        (NAN, lambda q: q * 2, "q was given the value nan"),
    ],
)
def test_in_python_a_pass_names_the_first_node_that_is_not_finite(start, formula, told):
    loss = formula(gg.param("q", start))
    for door in (loss.backward, lambda: gg.trace(loss)):
        with pytest.warns(NotFiniteWarning, match=re.escape(told)) as caught:
            door()
        assert caught[0].filename == __file__


def test_a_gradient_that_is_not_finite_is_told_where_the_value_is():
    root = gg.sqrt(gg.param("q", 0.0))
    with pytest.warns(NotFiniteWarning, match="the partial with respect to q = 0"):
        root.backward()
    with warnings.catch_warnings():
        warnings.simplefilter("error", NotFiniteWarning)
        gg.sqrt(gg.param("q", 4.0)).backward()
        x = gg.param("x", -1.0)
        gg.where(x > 0, gg.log(x), 0).backward()  # a branch that is not taken


def test_a_check_that_compared_nothing_is_undecided():
    check = gg.gradcheck(gg.relu(gg.param("q", 0.0)))
    assert check.undecided
    assert not check.ok
    assert repr(check) == "<GradientCheck of 1 entries: undecided>"
    for formula, status in (("relu(q)", 5), ("relu(q) + 0*(q + 1)", 5), ("relu(q + 1)", 0)):
        words = ["gradcheck", "-e", f"L = {formula}", "--set", "q=0"]
        assert CliRunner().invoke(program, words).exit_code == status
    mixed = gg.gradcheck(gg.parse("input q = 0\ninput r = 2\nloss L = relu(q) + r^2"))
    assert (mixed.ok, mixed.undecided) == (True, False)


@pytest.mark.parametrize(
    "formula",
    [
        gg.sqrt, lambda x: x**0.5, gg.cbrt, lambda x: gg.sqrt(x) ** 2,
        lambda x: gg.sqrt(x * x), lambda x: gg.sum(gg.sqrt(x * [1.0, 2.0])),
        lambda x: gg.where(x >= 0, gg.sqrt(x), 0), lambda x: gg.xlogy(x, x),
    ],
)  # fmt: skip
def test_every_door_warns_where_only_a_gradient_is_not_finite(formula):
    for point in (0.0, [0.0, 1.0]):
        x = gg.param("x", point)
        made = formula(x)
        loss = gg.sum(made) if made.shape else made
        assert np.isfinite(loss.value)
        for door in (loss.backward, lambda loss=loss: gg.trace(loss)):
            with pytest.warns(NotFiniteWarning, match="is not finite"):
                door()
        assert not np.isfinite(x.grad).all()


@pytest.mark.parametrize(
    "text",
    [
        "param x = [0, 0]\nloss L = norm(x)",
        "param x = [0]\nloss L = norm(x)",
        "param x = [[0, 0], [3, 4]]\nloss L = sum(norm(x, axis=2))",
        "param x = [1, 1]\nparam y = [1, 1]\nloss L = norm(x - y)^2",
        "param x = [2, 2, 2]\nloss L = std(x)",
        "param x = [[2, 2], [1, 5]]\nloss L = sum(std(x, axis=2, ddof=1))",
        "param x = [[0, 0], [0, 1]]\nloss L = sum(norm(x, axis=2, keepdims=true)*x)",
    ],
)
def test_entry_by_entry_a_norm_of_0_has_the_gradient_of_arrays(text):
    graph = gg.parse(text)
    whole, single = gg.trace(graph), gg.trace(gg.scalar_graph(graph))
    assert single.trouble is None
    assert single.value("L") == pytest.approx(whole.value("L"), abs=1e-12)
    wanted = np.concatenate([np.ravel(one) for one in whole.gradients.values()])
    np.testing.assert_allclose(list(single.gradients.values()), wanted, atol=1e-12)
    assert gg.gradcheck(graph, symbolic=False).ok or gg.gradcheck(graph).undecided
