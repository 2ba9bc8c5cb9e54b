"""Put numbers of 5,000 digits, and digits that int() does not take, wherever a number is read.

Python refuses to convert more than 4,300 digits, with an error of its own: every place that reads
digits has to say something first.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pytest
from click.testing import CliRunner

from graphgrad.autodiff.record import record
from graphgrad.cli.program import program
from graphgrad.errors import GraphgradError
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reports.report_lines import report_text
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import load, read_gg
from graphgrad.stepping.plain.stepper import run_plain
from graphgrad.stepping.work import Origin
from tests.fuzz.reader import SAMPLES

NUMBERS = ["1" + "0" * 5000, "²", "٣"]
LINEAR = str(SAMPLES / "linear_regression.gg")
SOURCES = [
    "h[@] = 1;y = h[1]", "h[-@] = 1;y = h[1]", "h[1] = 1;for t = 1:2;z[t] = h[t-@];end",
    "for t = 1:@;h[t] = 1;end", "input x = [1, 2];y = x[@]", "input x = [1, 2];y = x[1:@]",
    "input x: @x2;y = x", "input x: @;y = x", "y = reshape([1, 2], @x2)", "y = mlp([1, 2], @x2)",
    "y = avg_pool1d([1, 2, 3], size=@x1)", "y = dense([1, 2], @)", "data x: @, y;1 2;z = x",
    "data x;@;z = x", "param w = 1;y = w;train gd(rate=@)", "param w = 1;y = w;train gd, steps=@",
    "def f(x, n=@) = x*n;y = f(2)", "y = sum(i=1:@, i)", "gg @;y = 1", "const n = @;y = n",
    "assume x > @;input x = 1;y = x", "y = 0x@", "y = 1e@", "y = 1.@", "input x = 2;y = x^@",
]  # fmt: skip
ANSWERS = [
    "row @: z = 1", "z[@] = 1", "z_@ = 1", "z_{@} = 1", "d^@L/dw^@ = 1", "z = @", "z = 1e@",
    "z = @!",
    r"z = \sum_{i=1}^{@} i", "| row | z |;|---|---|;| @ | 1 |", "| z | @ |;|---|---|;| z | 1 |",
    "dL/dW[@,1] = 2", "z = 1 @/@", r"z = \binom{@}{2}", "z = x^@",
]  # fmt: skip
TYPED = [
    "@",
    "n @",
    "goto @",
    "t w[@]",
    "train @",
    "w = @",
    "row @",
    "X;@",
    "B z > @;c",
    "train 3;@",
]
COMMANDS = [
    f"sweep {LINEAR} draw=1:@", f"sweep {LINEAR} draw=@:3", f"sweep {LINEAR} w=@:@",
    f"inspect {LINEAR} descent steps=@", f"inspect {LINEAR} descent rate=@",
    f"inspect {LINEAR} grid x=1:@", f"run {LINEAR} --set w[@]=1", f"run {LINEAR} --set w=@",
    f"run {LINEAR} --row @", f"explain {SAMPLES / 'matrix_gradient.gg'} W[@,1]",
    f"train {LINEAR} --schedule 0.1/(k+@)", f"train {LINEAR} --schedule step(every=@)",
    f"render {LINEAR} -o - --format svg --collapse depth:@", f"check {LINEAR} - --digits @",
    f"render {LINEAR} -o - --format svg --fit @x@", f"render {LINEAR} -o - --format svg --step @",
]  # fmt: skip

each_number = pytest.mark.parametrize("digits", NUMBERS, ids=["long", "raised", "arabic"])


@cache
def graphs() -> tuple[Graph, ...]:
    names = ("linear_regression", "xor_sigmoid_data", "matrix_gradient")
    return tuple(load(str(SAMPLES / f"{name}.gg")) for name in names)


def told(read: Callable[[], object]) -> None:
    """Read, or be told why not, in both languages."""
    try:
        read()
    except GraphgradError as error:
        words = {error.text(language) for language in ("en", "es")}
        if len(words) < 2:
            pytest.fail(str(words))


@each_number
@pytest.mark.parametrize("text", SOURCES)
def test_in_files(text: str, digits: str) -> None:
    told(lambda: record(read_gg(text.replace(";", "\n").replace("@", digits))))


@each_number
@pytest.mark.parametrize("text", ANSWERS)
def test_in_answers(text: str, digits: str) -> None:
    for graph in graphs():
        given = text.replace(";", "\n").replace("@", digits)
        told(lambda: list(report_text(check(graph, given), key=True)))  # noqa: B023 -- called here


@each_number
@pytest.mark.parametrize("text", TYPED)
def test_in_the_stepper(text: str, digits: str) -> None:
    typed, shown = (
        io.StringIO(f"{text.replace(';', chr(10)).replace('@', digits)}\nq\nq\n"),
        io.StringIO(),
    )
    origin = Origin((SAMPLES / "linear_regression.gg").read_text("utf-8"), "a.gg")
    assert run_plain(record(graphs()[0]), typed, shown, origin=origin) == 0


@each_number
@pytest.mark.parametrize("text", COMMANDS, ids=lambda text: text.replace(str(SAMPLES), "")[:60])
def test_in_command_lines(text: str, digits: str) -> None:
    found = CliRunner().invoke(program, text.replace("@", digits).split(" "), input="z = 6\n")
    assert 0 <= found.exit_code <= 6, found.output[-300:]
