from __future__ import annotations

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.views.figure import WRITERS
from graphgrad.views.figure.write import render, writer_of
from tests.views.figure.pictures import traced


def run(*arguments: str) -> tuple[int, str]:
    """Run the command; return its status and everything it wrote."""
    result = CliRunner().invoke(program, ["render", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "f.gg"
    path.write_text("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2\n", "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("ending", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("dot", b"digraph")]
)
def test_the_ending_names_the_format(source, tmp_path, ending, start):
    out = tmp_path / f"out.{ending.upper()}"
    assert run(source, "-o", str(out)) == (0, "")
    assert out.read_bytes().startswith(start)


def test_options_reach_the_figure(source, tmp_path):
    out = tmp_path / "out.svg"
    assert run(source, "-o", str(out), "--set", "x=5", "--show", "values", "--wrt", "w")[0] == 0
    text = out.read_text("utf-8")
    assert "= 10" in text
    assert "∂" not in text.partition("</desc>")[2]
    assert run(source, "-o", str(out), "--detail", "op", "--step", "1", "--lang", "es")[0] == 0
    assert "Estado tras el paso 1 de" in out.read_text("utf-8")


def test_a_formula_needs_no_file(tmp_path):
    out = tmp_path / "out.dot"
    assert run("-e", "L = (w*x)^2", "--set", "w=2", "--set", "x=3", "-o", str(out))[0] == 0
    assert "= 36" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["-o", "x.pdf"], 2, "expected one of .dot, .svg, .png"),
        (["-o", "noending"], 2, "expected one of .dot, .svg, .png"),
        (["-o", "x.svg", "--step", "99"], 2, "there is no step 99: expected 0 to"),
        (["-o", "x.svg", "--step", "-1"], 2, "--step"),
        (["-o", "x.svg", "--show", "vaules"], 2, "'vaules'"),
        (["-o", "x.svg", "--wrt", "W"], 2, "no line named W"),
        (["-o", "x.svg", "--engine", "neato"], 2, "neither a known name"),
        (["-o", "/nonexistent/x.svg"], 4, "cannot be written"),
        ([], 2, "--output"),
    ],
)
def test_wrong_calls_say_what_was_expected(source, tmp_path, monkeypatch, arguments, status, words):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    code, output = run(source, *arguments)
    assert code == status
    assert words in output
    assert "Traceback" not in output
    assert sorted(tmp_path.iterdir()) == before


def test_a_value_that_is_not_finite_is_drawn(tmp_path):
    out = tmp_path / "out.svg"
    assert run("-e", "L = log(x)", "--set", "x=-1", "-o", str(out)) == (0, "")
    assert "outside the domain" in out.read_text("utf-8")


def test_a_new_writer_is_one_entry(tmp_path, monkeypatch):
    monkeypatch.setitem(WRITERS, "txt", lambda figure, _engine: figure.title.encode())
    out = tmp_path / "out.txt"
    render(traced("input x = 1\ny = x^2"), out)
    assert out.read_text("utf-8") == "Computational graph of y"
    assert writer_of("a.b.TXT")(None or _Titled(), None) == b"t"


class _Titled:
    title = "t"
