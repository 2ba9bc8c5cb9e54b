"""The text of a program: it runs by itself, and nothing that an author wrote is run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.compile.plan import Plan
from graphgrad.compile.writing import buffers
from graphgrad.compile.writing.names import Names, in_comment
from graphgrad.source.gg import load, read_gg

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.gg"))
HOSTILE = [
    "x\nimport os",
    "__import__",
    "np",
    "program",
    "lambda",
    "a b; c = 1",
    "ŷ₁'\"\\",
    "π",
    "\u202eevil",
    "match",
    "d_x",
    "v1",
    "",
    "𝐱",
    "print(open('/etc/passwd').read())",
    "0x",
    "x" * 300,
    "math",
    "sigmoid",
]


def executed(source: str) -> dict[str, Any]:
    """Return the results that a module prints, by the names of its own."""
    names: dict[str, Any] = {"__name__": "module"}
    exec(compile(source, "program.py", "exec"), names)
    return names


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_the_program_of_every_sample_runs_by_itself(path: Path) -> None:
    graph = load(str(path))
    plan = Plan(graph)
    source = plan.source()
    assert "graphgrad." not in source
    names = executed(source)
    last = ast.parse(source).body[-1]
    assert isinstance(last, ast.If)
    given = last.body
    exec(compile(ast.Module(given[:-1], []), "call", "exec"), names)
    run = plan()
    results = names["results"]
    np.testing.assert_allclose(results[0], run.value, rtol=1e-12, atol=1e-300)
    for mine, wanted in zip(results[1:], run.gradients.values(), strict=True):
        np.testing.assert_allclose(mine, wanted, rtol=1e-12, atol=1e-15)


def test_a_written_file_prints_its_results(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(Plan(read_gg("param w = 3\nloss L = relu(w)^2"), ["w"]).source(), "utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "L = 9.0\nd_w = 6.0\n"


def test_buffers_and_kernels_are_part_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffers, "SMALLEST", 0)
    x = gg.param("x", np.arange(12.0).reshape(3, 4) / 7)
    plan = Plan((gg.max(gg.silu(x), axis=1) * gg.norm(x, axis=1)).sum().graph())
    names = executed(plan.source())
    found = names["program"](np.arange(12.0).reshape(3, 4) / 7)
    np.testing.assert_allclose(found[0], plan().value, rtol=1e-13)
    np.testing.assert_allclose(found[1], plan().gradients["x"], rtol=1e-13)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_an_author_is_run(name: str) -> None:
    x = gg.param("x", [1.0, 2.0])
    y = gg.tanh(x)
    graph = gg.graph((y * y).sum(), names={"y": y})
    graph.line_names[:] = [name, f"{name}!", f"{name}?"][: len(graph.line_names)]
    vars(graph).pop("line_index", None)
    plan = Plan(graph)
    compiled = plan._compile(plan._arguments({name: np.ones(2)}, None)[1], {name: np.ones(2)})
    code = compiled.written.code()
    assert code.isascii()
    assert "#" not in code
    named = name.isidentifier()  # the doors refuse other names; a damaged graph may hold them
    for source in (code, plan.source()) if named else (code,):
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, ast.ImportFrom | ast.Global | ast.ClassDef | ast.Lambda)
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= {"math", "numpy"}
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id in {"program", "print", "zip", "float", "part", "int"}
    assert compiled.run([np.ones(2)])[0] == pytest.approx(2 * np.tanh(1.0) ** 2)


def test_names_are_ours() -> None:
    names = Names()
    made = [names.new(wanted) for wanted in HOSTILE * 3]
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in made)
    assert all(len(name) < 40 for name in made)
    assert not set(made) & {"np", "math", "program", "lambda", "match", "float", "print"}


def test_a_comment_is_one_short_printable_line() -> None:
    for text in (*HOSTILE, "a\rb", "a\x0bb", "a\u2028b", "a\x85b"):
        line = in_comment(text)
        assert len((f"# {line}").splitlines()) == 1
        assert len(line) <= 100


def test_numbers_are_written_so_that_they_are_read_again() -> None:
    third = 1 / 3
    graph = read_gg(f"param x = 2\nloss L = x*{third!r} + x*1e-300 - x^3/7")
    names = executed(Plan(graph).source())
    assert names["program"](2.0)[0] == Plan(graph)().value


def test_comments_tell_formulas_and_the_chain_rule() -> None:
    source = Plan(read_gg("param w = 2\ninput x = 3\nz = w*x\nh = tanh(z)\nloss L = h^2")).source()
    for said in ("# z = w*x", "# h = tanh(z)", "# adj(h) = adj(L)*(2*h)", "# adj(w) = adj(z)*x"):
        assert said in source


CONSTANTS = [0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1e308, 5e-324]
USES = {
    "scalar": lambda x, v, c: x * c + (c - x),
    "below": lambda x, v, c: x / c,
    "above": lambda x, v, c: c / x,
    "array": lambda x, v, c: gg.sum(v * np.array([c, 1.0])),
    "alike": lambda x, v, c: gg.sum(np.array([c, c]) * v),
    "below array": lambda x, v, c: gg.sum(v / c),
    "chosen": lambda x, v, c: gg.sum(gg.where(v > c, v, c)) + gg.maximum(x, c),
    "product": lambda x, v, c: gg.sum(np.array([[c, 1.0], [1.0, c]]) @ v),
    "value of a leaf": lambda x, v, c: gg.param("y", c) * x + gg.sum(gg.param("w", [c, 1.0]) * v),
}


@pytest.mark.parametrize("use", USES.values(), ids=[*USES])
@pytest.mark.parametrize("constant", CONSTANTS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_constant_that_is_0_or_not_finite_is_written_so_that_it_runs(use, constant) -> None:
    graph = gg.graph(use(gg.param("x", 2.0), gg.param("v", [1.0, 2.0]), constant))
    source = Plan(graph).source()
    names = executed(source)
    with np.errstate(all="ignore"):
        main = source.replace('if __name__ == "__main__":', "if True:")
        exec(compile(main, "program.py", "exec"), names)
    value = names["results"][0]
    wanted = gg.trace(graph).values[graph.output]
    assert np.array_equal(value, wanted, equal_nan=True)
