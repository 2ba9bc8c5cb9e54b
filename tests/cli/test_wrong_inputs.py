"""Feed wrong inputs to the command line: one paragraph, a place, a next step, an exit code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import main, program
from tests.architecture.measure import ROOT


class Wrong(NamedTuple):
    """A wrong file: its text or bytes, the expected exit status, where, and a telling word."""

    name: str
    content: str | bytes
    status: int
    line: int | None
    words: str


def wrong(
    name: str, content: str | bytes, words: str, *, line: int | None = 2, status: int = 3
) -> Wrong:
    return Wrong(name, content, status, line, words)


X = "input x = 3\n"
M = "input A = [[1, 2, 3], [4, 5, 6]]\ninput v = [1, 2]\n"

FILES = [
    # syntax
    wrong("ends after an operator", X + "y = x *", "ends after"),
    wrong("starts with an operator", X + "y = * x", "'*'"),
    wrong("unclosed bracket", X + "y = (x + 1", "never closed"),
    wrong("unopened bracket", X + "y = x + 1)", "without an opening"),
    wrong("a matrix as in MATLAB", "input A = [1 2; 3 4]\ny = sum(A)", "Write 1, 2", line=1),
    wrong("a function without def", X + "f(x) = x^2", "def f(x) = ..."),
    wrong("wrong closing bracket", X + "y = (x + 1]", "expected to close"),
    wrong("implicit product", X + "y = 2x", "operator was expected"),
    wrong("two names", X + "y = x x", "operator was expected"),
    wrong("decimal comma", X + "y = 0,5*x", "0.5"),
    wrong("superscript", X + "y = x²", "^2"),
    wrong("stray comma", X + "y = x, x", "','"),
    wrong("second equals", X + "y = x = 3", "second ="),
    wrong("chained comparison", X + "y = 1 < x < 5", "second comparison"),
    wrong("unknown character", X + "y = x $ 2", "DOLLAR"),
    wrong("question marks", X + "y = ¿x?", "INVERTED QUESTION"),
    wrong("control character", X + "y = x\x07", "control character"),
    wrong("open string", X + 'y "a = x', "never closed"),
    wrong("no right side", X + "y =", "nothing stands after ="),
    wrong("no formula", X + "y", "y = ..."),
    wrong("no name", X + "= x", "starts with a name"),
    wrong("a number as name", X + "3 = x", "starts with a name"),
    wrong("an expression alone", X + "x + 1", "x = ..."),
    wrong("unknown keyword", X + "inptu z = 3", "'inptu'"),
    wrong("shape without keyword", X + "W: 2x3 = x", "param W"),
    wrong("empty brackets", X + "y = ()", "')'"),
    wrong("empty array", X + "y = []", "']'"),
    wrong("ragged rows", X + "y = [1, 2; 3]", "entries"),
    wrong("ragged nesting", X + "y = sum([[1, 2], [3]])", "equal shapes"),
    wrong("header left open", X + "[model\ny = x", "ends with ]"),
    wrong("header with blanks", X + "[my model]\ny = x", "my model"),
    wrong("wrong version", "gg 2\n" + X + "y = x", "version 1", line=1),
    wrong("title in an unknown language", 'title "A" fr "B"\n' + X + "y = x", "en, es", line=1),
    wrong("two titles in one", 'title "A" en "B" en "C"\n' + X + "y = x", "once: got en", line=1),
    wrong("a language and no title", 'title "A" es\n' + X + "y = x", "quotation marks", line=1),
    wrong("title without quotes", "title Uno\n" + X + "y = x", "quotation marks", line=1),
    wrong("decimal in the middle", X + "decimal comma\ny = x", "heads the file"),
    wrong("decimal of nothing", "decimal dot\n" + X + "y = x", "decimal comma", line=1),
    wrong("bracket left open before a line", X + "z = (x + 1\na = z^2", "never closed", line=2),
    wrong("call left open before a line", X + "y = sin(x\nz = y + 1", "never closed", line=2),
    wrong("bracket left open before a header", X + "z = (x\n\n[loss]\ny = z", "never", line=2),
    wrong("array left open before a leaf", "input v = [1, 2\ninput x = 1\ny = x", "[", line=1),
    wrong("assume nothing", X + "assume\ny = x", "assume"),
    wrong("assume free text", X + "assume all is well\ny = x", "free text goes behind convention"),
    wrong("assume a formula", X + "assume x + 1\ny = x", "is no relation"),
    wrong("assume one side", X + "assume x >\ny = x", "is no relation"),
    wrong("assume a strange name", X + "assume q > 0\ny = x", "q is not defined"),
    wrong("assume an open set", X + "assume x in {0, 1\ny = x", "is no set"),
    wrong("assume a set of names", X + "assume x in {0, x}\ny = x", "is no set"),
    wrong("table without rows", "data a b\ny = a*b", "has no rows", line=1),
    wrong("table column twice", X + "data x b\n1 2\n\ny = x*b", "already defined", line=2),
    wrong("loss without name", X + "loss = x\nloss", "name was expected", line=3),
    wrong("input of a formula", X + "input z = 2*x", "written out"),
    wrong("input of a function", X + "param z = sin(3)", "initial value sin"),
    wrong("input without value sign", X + "input z 3", "="),
    wrong("input with nothing", X + "input z =", "nothing stands after ="),
    wrong("constant without value", X + "const k\ny = k*x", "nothing stands after ="),
    wrong("zero denominator", "input z = 1/0\ny = z", "denominator 0", line=1),
    wrong("shape of letters", X + "param W: axb = zeros()\ny = x", "16x2"),
    wrong("shape with zero", X + "param W: 0x2 = zeros()\ny = x", "16x2"),
    wrong("initial value without shape", X + "param W = zeros()\ny = x", "declared shape"),
    wrong("initial value without draw", X + "param W: 2 = he_normal()\ny = x", "draw="),
    wrong("value of another shape", X + "param W: 2x2 = [1, 2]\ny = x", "expected the shape 2x2"),
    # names
    wrong("unknown name", X + "y = xx + 1", "not defined"),
    wrong("near name", "input peso = 3\ny = pesso", "peso"),
    wrong("unknown function", X + "y = sigmoyd(x)", "sigmoid"),
    wrong("function as name", X + "y = sigmoid", "sigmoid(...)"),
    wrong("layer as name", X + "y = dense", "dense(x)"),
    wrong("used before definition", X + "y = z + 1\nz = x", "line 3"),
    wrong("cycle of one", X + "y = y + x", "depends on itself"),
    wrong("cycle of three", X + "a = b\nb = c\nc = a + x", "b → c → a → b"),
    wrong("reassignment", X + "y = x\ny = 2*x", "already defined on line 2", line=3),
    wrong("reassigned input", X + "x = 2", "already defined on line 1"),
    wrong("two losses", X + "loss a = x\nloss b = x", "already declared", line=3),
    wrong("loss of an unknown line", X + "loss z", "not defined"),
    wrong("too few arguments", X + "y = maximum(x)", "takes 2"),
    wrong("too many arguments", X + "y = sin(x, x)", "takes 1"),
    wrong("unknown setting", X + "y = relu(x, alpha=2)", "no settings"),
    wrong("wrong setting", X + "y = leaky_relu(x, beta=2)", "alpha"),
    wrong("setting of a wrong kind", M + "y = sum(A, axis=v)", "axis", line=3),
    # shapes
    wrong("matmul", M + "y = A @ v", "A: 2x3, v: 2", line=3),
    wrong("matmul with scalar", X + "y = x @ 2", "Write *"),
    wrong("broadcast", M + "y = A + v", "A: 2x3, v: 2", line=3),
    wrong("dot of matrices", M + "y = dot(A, v)", "two vectors", line=3),
    wrong("outer of matrices", M + "y = outer(A, v)", "two vectors", line=3),
    wrong("reshape", M + "y = reshape(A, shape=4x2)", "6", line=3),
    wrong("subscript outside", M + "y = A[3,1]", "1 to 2", line=3),
    wrong("subscript zero", M + "y = v[0]", "1 to 2", line=3),
    wrong("fractional subscript", M + "y = v[1.5]", "whole number", line=3),
    wrong("too many subscripts", M + "y = v[1,2]", "at most 1", line=3),
    wrong("subscript of a number", X + "y = x[1]", "a number has no entries"),
    wrong("axis outside", M + "y = sum(v, axis=2)", "axis", line=3),
    wrong("stack of shapes", M + "y = sum([A, v])", "equal shapes", line=3),
    wrong("concat of shapes", M + "y = concat(A, A[:,1:2], axis=1)", "concat", line=3),
    wrong("loss that is an array", M + "loss L = v^2", "sum(...)", line=3),
    # domains: the file is right, the point is not
    wrong("log of a negative number", X + "loss y = log(x - 4)", "domain", line=None, status=1),
    wrong("division by zero", X + "loss y = 1/(x - 3)", "division by 0", line=None, status=1),
    wrong("root of a negative number", X + "loss y = sqrt(x - 4)", "domain", line=None, status=1),
    wrong("overflow", X + "loss y = exp(1000*x)", "overflow", line=None, status=1),
    wrong("a tower of powers", X + "y = 9**9**9**9", "overflow", line=None, status=1),
    wrong("infinite partial", X + "loss y = sqrt(x - 3)", "partial", line=None, status=1),
    wrong("input without value", "input x\nloss y = x^2", "--set x", line=None, status=2),
    # limits
    wrong("20,000 brackets", X + "y = " + "(" * 4_000 + "x" + ")" * 4_000, "nested", status=6),
    wrong("deep signs", X + "y = " + "-" * 3_000 + "x", "nested", status=6),
    wrong("long line", X + "y = " + "x + " * 5_000 + "x", "10000", status=6),
    wrong("20,000 brackets in one line", X + "y = " + "(" * 20_000, "limit", status=6),
    wrong("huge exponent", X + "y = x^1e300", "limit", status=6),
    wrong("huge number", "input x = 1e999999999\ny = x", "limit", line=1, status=6),
    wrong("long number", f"input x = {'9' * 5_000}\ny = x", "limit", line=1, status=6),
    # data
    wrong("short row", "data a b\n1 2\n1\ny = a", "expected 2", line=3),
    wrong("word in a row", "data a b\n1 2\n1 dos\ny = a", "'dos'", line=3),
    wrong("data without names", "data\ny = 1", "data x1", line=1),
    wrong("data without rows", "data a b\ny = a", "row", line=None),
    wrong("data file missing", 'data "nothing.csv"\ny = 1', "no such file", line=None, status=4),
    # files
    wrong("empty", "", "empty", line=None),
    wrong("only comments", "# nothing\n\n", "only comments", line=None),
    wrong("only a title", 'title "T"\n', "only comments and headings", line=None),
    wrong("infinity as value", "input x = inf\ny = x", "values are finite", line=1),
    wrong("infinity in a formula", X + "y = x*-inf", "values are finite"),
    wrong("no number", X + "y = nan + x", "values are finite"),
    wrong("a function that is near none", X + "y = foo(x)", "no function foo. Correct"),
    wrong("only inputs", X, "computes nothing", line=None),
    wrong("binary", b"\x7fELF\x02\x01\x00\x00\x01\xff\xfe", "text", line=None),
    wrong("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "text", line=None),
    wrong("Latin-1", 'title "Regresi\xf3n"\ninput x = 3\ny = x'.encode("latin-1"), "UTF-8", line=1),
    wrong("UTF-16 with an error", (X + "y = x *").encode("utf-16"), "ends after"),
    wrong("CRLF with an error", (X + "y = x *\r\n").replace("\n", "\r\n").encode(), "ends after"),
    wrong("half a UTF-16 character", (X + "y = x").encode("utf-16") + b"\x00", "UTF", line=None),
]


def outcome(args: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(args)
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


def assert_one_paragraph(message: str) -> None:
    assert "Traceback" not in message
    assert "\n\n" not in message.strip()
    assert message.strip().count("\n") <= 6
    assert len(message) < 1_500


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("case", FILES, ids=lambda case: case.name)
def test_a_wrong_file_is_explained_in_one_paragraph(
    case: Wrong, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.gg"
    content = case.content if isinstance(case.content, bytes) else case.content.encode("utf-8")
    path.write_bytes(content)
    status, out, err = outcome(["run", str(path), "--lang", language], capsys)
    assert status == case.status, err
    assert out == ""
    assert_one_paragraph(err)
    if language == "en":
        assert case.words in err
        if case.line is not None:
            assert f"line {case.line}" in err
    elif case.line is not None:
        assert f"línea {case.line}" in err
    picture = tmp_path / "figure.svg"
    if case.status not in (1, 2):
        status, _, err = outcome(["render", str(path), "-o", str(picture)], capsys)
        assert status == case.status, err
        assert not picture.exists()
        assert [entry.name for entry in tmp_path.iterdir()] == ["wrong.gg"]


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.name)
def test_both_languages_say_it_differently(
    case: Wrong, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.gg"
    content = case.content if isinstance(case.content, bytes) else case.content.encode("utf-8")
    path.write_bytes(content)
    said = [outcome(["run", str(path), "--lang", lang], capsys)[2] for lang in ("en", "es")]
    assert said[0] != said[1]


CALLS = [
    (["run"], 2),
    (["run", "nothing.gg"], 4),
    (["run", "."], 4),
    (["run", "GOOD", "--set", "x"], 2),
    (["run", "GOOD", "--set", "q=1"], 2),
    (["run", "GOOD", "--set", "x=abc"], 2),
    (["run", "GOOD", "--set", "x=[1,2]"], 3),
    (["run", "GOOD", "--wrt", "q"], 2),
    (["run", "GOOD", "--detail", "atom"], 2),
    (["run", "GOOD", "--seed", "[1,2]"], 3),
    (["run", "GOOD", "--row", "0"], 2),
    (["run", "GOOD", "--nonsense"], 2),
    (["run", "-e", "y = (x"], 3),
    (["run", "-e", "y = x^2"], 2),
    (["runn", "GOOD"], 2),
    (["GOOD"], 2),
    (["explain", "GOOD"], 2),
    (["explain", "GOOD", "q"], 2),
    (["render", "GOOD"], 2),
    (["render", "GOOD", "-o", "figure.xyz"], 2),
    (["render", "GOOD", "-o", "no/such/folder/figure.svg"], 4),
    (["render", "GOOD", "-o", "/proc/figure.svg"], 4),
    (["samples", "nothing"], 2),
    (["step", "nothing.gg", "--plain"], 4),
    (["check", "GOOD", "nothing.txt"], 4),
    (["run", "GOOD", "--lang", "fr"], 2),
]


@pytest.mark.parametrize(
    ("args", "status"),
    CALLS,
    ids=lambda part: " ".join(map(str, part)) if isinstance(part, list) else "",
)
def test_a_wrong_call_is_explained_in_both_languages(
    args: list[str],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    good = tmp_path / "good.gg"
    good.write_text("input x = 3\nloss y = x^2\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = []
    for language in ("en", "es"):
        chosen = [] if "--lang" in args else ["--lang", language]
        call = [str(good) if word == "GOOD" else word for word in args]
        got, out, err = outcome([*chosen, *call], capsys)
        assert got == status, err
        assert out == ""
        assert_one_paragraph(err)
        said.append(err)
    assert said[0] != said[1] or "--lang" in args
    assert [entry.name for entry in tmp_path.iterdir()] == ["good.gg"]


def test_there_are_at_least_eighty_wrong_files_in_both_languages() -> None:
    assert len(FILES) >= 80
    assert len({case.name for case in FILES}) == len(FILES)


VECTOR = "param w = [1, 2]\nloss L = sum((w - 3)^2)"


@pytest.mark.parametrize(
    ("command", "text", "told"),
    [
        ("run F --set w=3", VECTOR, "--set w got a value of the shape scalar: in the file w has"),
        ("explain F w --set w=[1]", VECTOR, "--set w got a value of the shape 1"),
        ("gradcheck F --set w=[[1,2]]", VECTOR, "--set w got a value of the shape 1x2"),
        ("train F --set w=3", VECTOR, "--set w got a value of the shape scalar"),
        ("run F --seed [1,2]", VECTOR, "f.gg, line 2, column 1: --seed got a value of the shape 2"),
        (
            "train F",
            "param x = [1, 2]\ny = x*2",
            "f.gg, line 2, column 1: the output y has",
        ),
        ("explain F x", "param x = [1, 2]\ny = x*2", "f.gg, line 2, column 1: y has several entr"),
        ("train F", "param x = -1\nloss L = log(x)", "f.gg, line 2, column 1: at step 0: L = log"),
        ("run F", "param x = -1\nloss L = log(x)", "f.gg, line 2, column 1: L = log(x)"),
        ("gradcheck F", "param x = -1\nloss L = log(x)", "f.gg, line 2, column 1: L = log(x)"),
    ],
)
def test_a_refusal_says_which_line_or_which_option_is_at_fault(
    command: str, text: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "f.gg"
    path.write_text(text + "\n", "utf-8")
    words = [str(path) if word == "F" else word for word in command.split()]
    for language in ("en", "es"):
        result = CliRunner().invoke(program, [*words, "--lang", language])
        assert result.exit_code in (1, 2, 3)
        place = re.search(r"f\.gg, (line|línea) 2, column[ae]? 1|--set w", result.output)
        assert place is not None, result.output
        if language == "en":
            assert told in result.output


GG = str(ROOT / "samples" / "linear_regression.gg")
EXERCISE = str(ROOT / "samples" / "exercises" / "sigmoid_neuron.md")
HANDED = {
    "check": lambda path: ["check", GG, path],
    "check of an exercise": lambda path: ["check", EXERCISE, path],
    "ex check": lambda path: ["ex", "check", EXERCISE, path],
    "ex explain": lambda path: ["ex", "explain", EXERCISE, path],
    "check-notes": lambda path: ["check-notes", path],
}


@pytest.mark.parametrize("name", HANDED)
@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"PK\x03\x04ab", b"{\\rtf1 z = 1}"])
def test_a_document_is_told_as_one_wherever_text_is_handed_in(tmp_path, name, start):
    path = tmp_path / "a.txt"
    path.write_bytes(start)
    found = CliRunner().invoke(program, [*HANDED[name](str(path)), "--lang", "en"])
    assert found.exit_code == 3
    assert "Word, Excel or PDF" in found.stderr


@pytest.mark.parametrize("name", HANDED)
def test_what_windows_writes_is_read_wherever_text_is_handed_in(tmp_path, name):
    path = tmp_path / "a.txt"
    path.write_bytes("# año, $x = x$\nz = 6\n".encode("cp1252"))
    found = CliRunner().invoke(program, [*HANDED[name](str(path)), "--lang", "en"])
    assert found.exit_code in (0, 1, 5), found.output


def test_a_roster_as_excel_saves_it(tmp_path):
    from graphgrad.exercises.files.roster import read_roster

    path = tmp_path / "class.csv"
    path.write_bytes("DNI;Nombre\r\n1;José Muñoz\r\n".encode("cp1252"))
    assert read_roster(path)[0].name == "José Muñoz"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = hola", "entre comillas"),
        ("title", "se esperaba ="),
        ('title = "hola', "no se cierra"),
        ("vars = [1", "no se cierra"),
        ("a = 1\na = 2", "dos veces"),
        ("a = 1 b", "algo más"),
        ('title = "$\\alpha$"', "comillas simples"),
        ("= 1", "una línea como"),
    ],
)
def test_what_is_wrong_in_toml_is_told_in_spanish(tmp_path, text, told):
    path = tmp_path / "e.md"
    path.write_text(f"+++\n{text}\n+++\n", "utf-8")
    found = CliRunner().invoke(program, ["ex", "lint", str(path), "--lang", "es"])
    assert found.exit_code == 3
    assert told in found.output + found.stderr
