"""A line of a known form is read as it would be in full: same graph, same errors at same places."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from graphgrad.errors import GraphgradError
from graphgrad.source import reader
from graphgrad.source.forms import Forms
from graphgrad.source.gg import load, read_gg

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.gg"))
TEMPLATES = (
    "tanh({a}*{b} + {n})", "{a}*{a} + {b}", "{a}*{b} + {b}", "-{n}*{a} + {n}*{b}",
    "{a}^2 - {b}^{m}",
    "max({a}, {b}, {n})", "0.5*{a} + 0.5*{b}", "({a} - {b})/({n} + {a}^2)", "{a}", "{n}", "{m}",
    "{n}*({m}*{a})", "sum({A}, axis={x}) @ {v}", "{A} @ {v}", "{A}^T @ {v}",
    "{A}.T @ {v}", "{A}*{a}",
    "where({a} > {b}, {n}, {a})", "clip({a}, 0.1, {n})", "{A}[1,{x}] * {a}", "{h} + {a}",
    "e^{a}", "T*{a}",
    "pi*{a}", "[{n}, {m}] @ {v}", "log2(1 + {a}^2)", "{A}^T*T", "sum({v}) + axis",
)  # fmt: skip
HEAD = """gg 1
input a = 0.5
param b = -1/3
param T = 2
input axis = 1
input A = [[1, 2], [3, 4]]
param B = [[0.5, 1], [1.5, 2]]
input v = [1, 2]
const h[0] = 0.25
"""


def in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Forms, "repeat", lambda *_: "")
    monkeypatch.setattr(Forms, "leaf", lambda *_: None)


@pytest.fixture(autouse=True)
def of_short_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_FEW_ROWS", 0)


def state(graph: Any) -> list[Any]:
    values = {node: repr(value) for node, value in graph.defaults.items()}
    kept = (graph.line_ends, graph.line_groups, graph.groups, graph.labels, graph.output)
    heading = (graph.heading.places, graph.heading.uses, graph.heading.frozen)
    return [graph.columns.__getstate__(), graph.line_names, kept, heading, values]


def lines(draw: random.Random, count: int) -> list[str]:
    """Return lines of few forms, some of which are wrong, on numbers and arrays."""
    names, found = ["a", "b"], []
    for k in range(count):
        given = {
            "a": draw.choice(names), "b": draw.choice(names), "A": draw.choice("AB"), "v": "v",
            "n": f"0.{draw.randint(1, 9)}", "m": draw.choice("1234"), "x": draw.choice("12"),
            "h": draw.choice(["h[0]", *(n for n in names if n[0] == "h")]),
        }  # fmt: skip
        body = draw.choice(TEMPLATES).format(**given)
        member = draw.random() < 0.2
        name = f"h[{k + 1}]" if member else f"q{k}"
        blank = draw.choice(("", "  "))
        found.append(f"{blank}{name} = {body}")
        if "[" not in body and "A" not in body and "B" not in body and "v" not in body:
            names.append(name)
    return found


def outcome(text: str) -> Any:
    try:
        return state(read_gg(text))
    except GraphgradError as error:
        return error.message_id, str(error), error.place


@pytest.mark.parametrize("number", range(40))
def test_lines_of_few_forms_are_read_as_in_full(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(number)
    text = HEAD + "\n".join(lines(draw, draw.choice((5, 12, 60))))
    repeated = outcome(text)
    in_full(monkeypatch)
    assert repeated == outcome(text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_read_as_in_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repeated = state(load(path))
    in_full(monkeypatch)
    assert repeated == state(load(path))


FORM = "y1 = tanh(a*b + 0.1)\ny2 = tanh(y1*b + 0.2)\ny3 = tanh(y2*b + 0.3)\n"


@pytest.mark.parametrize(
    "last",
    [
        "y3 = tanh(y1*b + 0.4)", "y4 = tanh(y9*b + 0.4)", "h = tanh(y1*b + 0.4)",
        "y4 = tanh(y1*h + 0.4)",
        "y4 = tanh(y1*B + 0.4)", "y4 = tanh(y1*b + 0.4", "y4 = tanh(y1*b + 0,4)",
        "y4 = tanh(y1*b + 4e999999)",
        "b[1] = tanh(y1*b + 0.4)", "y4[2] = tanh(y1*b + 0.4)", "y4 = tnh(y1*b + 0.4)",
        "param y3 = 2",
        "input y4 = 1e99999999999", "layer tanh = dense(1)\ny4 = tanh(y1*b + 0.4)",
        "y4 = tanh(y1*b + 2x3)",
        "def tanh2(x) = x\ny4 = tanh2(y1*b + 0.4)", "def sq(x) = x^2\ny4 = tanh(sq*b + 0.4)",
    ],
)  # fmt: skip
def test_what_is_wrong_or_means_something_else_is_read_in_full(
    last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    repeated = outcome(HEAD + FORM + last)
    in_full(monkeypatch)
    assert repeated == outcome(HEAD + FORM + last)


def test_a_known_form_is_neither_cut_nor_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    in_words = reader.read_statement

    def counted(text: str, dialect: Any) -> Any:
        read.append(text)
        return in_words(text, dialect)

    monkeypatch.setattr(reader, "read_statement", counted)
    text = "input x0 = 1\nparam w = 2\n"
    read_gg(text + "\n".join(f"x{k + 1} = tanh(w*x{k} + 0.{k + 1})" for k in range(50)))
    assert read == ["x1 = tanh(w*x0 + 0.1)", "x2 = tanh(w*x1 + 0.2)"]
