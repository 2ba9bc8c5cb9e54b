"""Check what an error of the Python API names: the node, the value, the kind, what was expected."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import GraphgradError

MISTAKES: list[tuple[Callable[[Any, Any], Any], dict[str, Any]]] = [
    (lambda x, v: v[0, 1, 2], {"a": "2", "n": 3, "limit": 1}),
    (lambda x, v: v[3], {"got": 3, "length": 2, "last": 1}),
    (lambda x, v: v[-3], {"got": -3, "length": 2, "last": 1}),
    (lambda x, v: v["a"], {"got": "a"}),
    (lambda x, v: gg.param("w", None), {"name": "w", "got": "None", "kind": "NoneType"}),
    (
        lambda x, v: gg.input("w", [[1], [2, 3]]),
        {"name": "w", "got": "[[1], [2, 3]]", "kind": "list"},
    ),
    (lambda x, v: gg.input("w", 1j), {"name": "w", "got": "1j", "kind": "complex"}),
    (lambda x, v: gg.input("2x", 1), {"got": "2x"}),
    (lambda x, v: setattr(v, "value", "a"), {"name": "v", "got": "'a'", "kind": "str"}),
    (lambda x, v: setattr(v, "value", [1, 2, 3]), {"name": "v", "got": "3", "expected": "2"}),
    (lambda x, v: setattr(x * 2, "value", 1), {"name": "<mul 6>"}),
    (lambda x, v: x + "1", {"name": "add", "got": "'1'", "kind": "str"}),
    (lambda x, v: x * [[1], [2, 3]], {"name": "mul", "got": "[[1], [2, 3]]", "kind": "list"}),
    (lambda x, v: {1} - x, {"name": "sub", "got": "{1}", "kind": "set"}),
    (lambda x, v: v.backward(), {"name": "<input v of shape 2>", "shape": "2"}),
    (lambda x, v: v.backward([1, 2, 3]), {"name": "seed", "got": "3", "expected": "2"}),
    (lambda x, v: x.backward([1]), {"name": "seed", "got": "1", "expected": "scalar"}),
    (lambda x, v: bool(x), {"node": "<input x = 3>"}),
    (lambda x, v: float(v * 2), {"node": "<mul of shape 2>"}),
    (lambda x, v: np.array(v + 1), {"node": "<add of shape 2>"}),
    (
        lambda x, v: gg.relu(x, x, x),
        {"op": "relu", "expected": 1, "arguments": "z", "hint": "", "got": 3},
    ),
    (
        lambda x, v: gg.pow(x),
        {"op": "pow", "expected": 2, "arguments": "x, y", "hint": "", "got": 1},
    ),
    (lambda x, v: gg.register("2a", lambda m, x: x), {"got": "2a"}),
]


@pytest.mark.parametrize(("mistake", "fields"), MISTAKES)
def test_a_mistake_is_told_with_what_was_given_and_what_was_expected(
    mistake: Callable[[Any, Any], Any], fields: dict[str, Any]
) -> None:
    x, v = gg.input("x", 3), gg.input("v", [1.0, 2.0])
    with pytest.raises(GraphgradError) as caught:
        mistake(x, v)
    assert caught.value.fields == fields
    assert caught.value.text("en")
    assert caught.value.text("es")


@pytest.mark.parametrize("call", [len, iter])
def test_a_number_has_neither_length_nor_entries(call: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match=r"^<input x = 3> is a number"):
        call(gg.input("x", 3))


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "@": lambda a, b: a @ b,
    "**": lambda a, b: a**b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
}


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("other", ["handle", "array", "list", "float", "int", "fraction"])
def test_an_operator_gives_numpys_numbers_on_either_side(operator: str, other: str) -> None:
    first, second = np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 2.0])
    others = {"float": 2.0, "int": 2, "fraction": Fraction(3, 2), "list": second.tolist()}
    b = gg.input("b", second) if other == "handle" else others.get(other, second)
    number = float(b) if other in ("float", "int", "fraction") else second
    if operator == "@" and number is not second:
        return
    call = OPERATORS[operator]
    np.testing.assert_allclose(call(gg.input("a", first), b).value, call(first, number))
    np.testing.assert_allclose(call(b, gg.input("a", first)).value, call(number, first))


@pytest.mark.parametrize(
    "key",
    [
        0,
        -1,
        slice(1, None),
        (0, 1),
        (-1, -2),
        (slice(None), 0),
        (slice(0, 1), slice(1, 3)),
        ...,
        (..., 0),
        (0, ...),
        (..., slice(None, 2)),
        (slice(-2, -1), 1),
        (0, ..., 1),
    ],
)
def test_a_subscript_takes_what_numpy_takes(key: Any) -> None:
    array = np.arange(6.0).reshape(2, 3)
    found = gg.input("a", array)[key]
    assert found.shape == array[key].shape
    np.testing.assert_array_equal(found.value, array[key])


def test_hidden_and_foreign_variables_name_no_line() -> None:
    x = gg.input("x", 3)
    z, other = x * 2, gg.input("q", 1) * 5
    names = {"_z": z, "other": other, "n": 3, "w": x, "z": z, "again": z, "loss": z + 1}
    assert gg.graph(names["loss"], names=names).line_names == ["x", "z", "loss"]


def test_the_questions_of_a_page_are_written_into_it(tmp_path: Any) -> None:
    gg.render(gg.trace(gg.parse("input x = 3\nparam w = 2\nloss L = w*x")), tmp_path / "page.html")
    assert 'id="predict-panel"' in (tmp_path / "page.html").read_text("utf-8")


def test_results_of_checks_print_what_the_command_line_shows() -> None:
    graph = gg.parse("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")
    for result, parts in (
        (gg.check(graph, "dL/dw = 36\nz = 5"), ("✓ right  dL/dw = 36", "✗ wrong  z = 5")),
        (gg.gradcheck(graph), ("dL/dw", "All four agree")),
        (gg.equivalent("2*x", "x+x"), ("✓ equal",)),
        (gg.equivalent("2*x", "x+x+1"), ("✗ different", "the first is 1, the second 2")),
        (gg.mark(graph, "dL/dw = 36"), ("dL/dw = 36",)),
    ):
        assert all(part in str(result) for part in parts), str(result)
        assert result._repr_mimebundle_()["text/plain"] == str(result)
        assert len(repr(result)) < 80


def test_explain_prints_the_chain_rule_and_holds_it() -> None:
    graph = gg.parse("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2")
    w = gg.param("w", 2.0)
    for found in (gg.explain(graph, "w"), gg.explain(gg.trace(graph), "w")):
        assert "dL/dw = dL/dz·∂z/∂w = dL/dz·x" in str(found)
        assert (found.value, found.data["gradient"]) == (36.0, 36.0)
    assert gg.explain((w * 3) ** 2, "w").value == 36.0
    several = gg.parse("param w = [3, 4]\noutput y = 2*w")
    assert gg.explain(several, "w", seed=[1, 0]).value.tolist() == [2.0, 0.0]
    wrong: list[tuple[Any, str, dict[str, Any], str]] = [
        (several, "w", {}, "several entries"),
        (graph, "v", {}, "no line named v"),
        (graph, "w", {"detail": "x"}, '"line" or "op"'),
    ]
    for source, name, options, said in wrong:
        with pytest.raises(GraphgradError, match=said):
            gg.explain(source, name, **options)
