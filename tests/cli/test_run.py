"""`graphgrad run`: tables and JSON, in both languages, on every kind of file."""

from __future__ import annotations

import io
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program
from tests.golden_outputs.cases import BRIEF

SAMPLES = Path(__file__).parents[2] / "samples"
REGRESSION = str(SAMPLES / "linear_regression.gg")

XOR = """gg 1
title "XOR"
param w1 = 0.5
param w2 = -0.25
param b = 0.1
data x1 x2 y
0 0 0
0 1 1
1 0 1
1 1 0
z = w1*x1 + w2*x2 + b
a = sigmoid(z)
loss L = -(y*log(a) + (1-y)*log(1-a))
"""


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(program, ["--lang", "en", "run", *args], input=text)


def data(*args: str) -> dict[str, Any]:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "file.gg"
    path.write_text(text, encoding="utf-8")
    return str(path)


# ---- the JSON of the design ----


def partial(
    slot: int, wrt: str, symbolic: str, latex: str, value: float, contribution: float
) -> dict[str, Any]:
    return {
        "slot": slot,
        "wrt": wrt,
        "symbolic": symbolic,
        "latex": latex,
        "value": value,
        "contribution": contribution,
    }


def node(name: str, op: str, role: str, group: str, *rest: Any) -> dict[str, Any]:
    inputs, value, adjoint, partials = rest
    return {
        "name": name,
        "op": op,
        "role": role,
        "group": group,
        "inputs": inputs,
        "shape": [],
        "value": value,
        "adjoint": adjoint,
        "partials": partials,
    }


REGRESSION_RUN = {
    "format": "graphgrad-run/1",
    "loss": "L",
    "nodes": [
        node("x", "input", "input", "", [], 3.0, -8.0, []),
        node("y", "input", "input", "", [], 9.0, 4.0, []),
        node("w", "param", "parameter", "", [], 2.0, -12.0, []),
        node("b", "param", "parameter", "", [], 1.0, -4.0, []),
        node(
            "z",
            "mul",
            "computation",
            "model",
            ["w", "x"],
            6.0,
            -4.0,
            [partial(0, "w", "x", "x", 3.0, -12.0), partial(1, "x", "w", "w", 2.0, -8.0)],
        ),
        node(
            "yhat",
            "add",
            "computation",
            "model",
            ["z", "b"],
            7.0,
            -4.0,
            [partial(0, "z", "1", "1", 1.0, -4.0), partial(1, "b", "1", "1", 1.0, -4.0)],
        ),
        node(
            "e",
            "sub",
            "computation",
            "loss",
            ["yhat", "y"],
            -2.0,
            -4.0,
            [partial(0, "yhat", "1", "1", 1.0, -4.0), partial(1, "y", "-1", "-1", -1.0, 4.0)],
        ),
        node(
            "L",
            "powi",
            "loss",
            "loss",
            ["e"],
            4.0,
            1.0,
            [partial(0, "e", "2*e", "2 e", -4.0, -4.0)],
        ),
    ],
    "gradients": {"w": -12.0, "b": -4.0, "x": -8.0, "y": 4.0},
}


def test_the_regression_gives_exactly_the_object_of_the_design() -> None:
    found = data(REGRESSION)
    assert found == REGRESSION_RUN
    assert list(found) == list(REGRESSION_RUN)
    assert list(found["nodes"][4]) == list(REGRESSION_RUN["nodes"][4])
    assert list(found["nodes"][4]["partials"][0]) == list(REGRESSION_RUN["nodes"][4]["partials"][0])
    assert list(found["gradients"]) == ["w", "b", "x", "y"]


def test_the_op_level_lists_every_node_and_constants_with_their_value(tmp_path: Path) -> None:
    path = written(tmp_path, "input x = 3\nparam w = 2\nloss L = (2*w*x - 1)^2\n")
    nodes = {entry["name"]: entry for entry in data(path, "--detail", "op")["nodes"]}
    assert list(nodes) == ["x", "w", "L.c1", "L.1", "L.2", "L.c2", "L.3", "L"]
    assert nodes["L.c1"]["role"] == "constant"
    assert nodes["L.c1"]["value"] == 2.0
    assert nodes["L.c1"]["adjoint"] is None
    assert nodes["L.1"]["inputs"] == ["L.c1", "w"]
    assert [p["slot"] for p in nodes["L.1"]["partials"]] == [1]
    assert nodes["L"]["op"] == "powi"


def test_a_line_of_several_operations_is_one_entry_with_composed_partials(tmp_path: Path) -> None:
    path = written(tmp_path, "input x = 3\ninput y = 9\nparam w = 2\nloss L = (w*x - y)^2\n")
    entry = data(path)["nodes"][-1]
    assert entry["op"] == "composite"
    assert entry["formula"] == "(w*x - y)^2"
    assert entry["inputs"] == ["w", "x", "y"]
    assert [p["wrt"] for p in entry["partials"]] == ["w", "x", "y"]
    assert [p["value"] for p in entry["partials"]] == [-18.0, -12.0, 6.0]


def test_a_square_has_two_edges() -> None:
    entry = data("-e", "y = x*x", "--set", "x=3")["nodes"][-1]
    assert [(p["slot"], p["wrt"], p["contribution"]) for p in entry["partials"]] == [
        (0, "x", 3.0),
        (1, "x", 3.0),
    ]


def test_symbolic_partials_are_formulas_that_evaluate_to_their_value() -> None:
    found = data(str(SAMPLES / "xor_sigmoid.gg"))
    values = {entry["name"]: entry["value"] for entry in found["nodes"]}
    point = [f"--set={name}={value!r}" for name, value in values.items()]
    for entry in found["nodes"]:
        for one in entry["partials"]:
            formula = one["symbolic"]
            again = run("-e", f"q__ = {formula}", "--json", *_used(point, formula))
            assert again.exit_code == 0, (formula, again.stderr)
            got = json.loads(again.stdout)["nodes"][-1]["value"]
            assert math.isclose(got, one["value"], rel_tol=1e-12)


def _used(point: list[str], formula: str) -> list[str]:
    words = set(re.findall(r"[^\W\d]\w*", formula))
    return [setting for setting in point if setting.split("=")[1] in words]


def test_arrays_are_nested_lists_and_structural_partials_have_no_value() -> None:
    found = data("-e", "Z = W@x; L = sum(tanh(Z))", "--set", "W=[[1,0],[0,2]]", "--set", "x=[1,2]")
    nodes = {entry["name"]: entry for entry in found["nodes"]}
    assert nodes["W"]["shape"] == [2, 2]
    assert nodes["Z"]["value"] == [1.0, 4.0]
    first = nodes["Z"]["partials"][0]
    assert first["value"] is None
    assert first["symbolic"] == "outer(adj(Z), x)"
    assert len(first["contribution"]) == 2
    assert found["gradients"]["W"] == first["contribution"]


def test_exact_runs_add_fractions_and_null_where_they_end(tmp_path: Path) -> None:
    path = written(tmp_path, "param w = 1/3\nz = w^2\na = sigmoid(z)\nloss L = 2*a + z\n")
    found = data(path, "--exact")
    nodes = {entry["name"]: entry for entry in found["nodes"]}
    assert nodes["z"]["exact"] == "1/9"
    assert nodes["z"]["partials"][0]["exact"] == "2/3"
    assert nodes["a"]["exact"] is None
    assert nodes["L"]["exact"] is None
    assert nodes["L"]["exact_adjoint"] == "1"
    assert found["exact_gradients"] == {"w": None}
    assert "exact" not in data(path)["nodes"][0]


def test_floats_round_trip_and_gradients_may_be_chosen() -> None:
    found = data(str(SAMPLES / "mazur.gg"), "--wrt", "w5", "--wrt", "b1", "--wrt", "net_o1")
    assert list(found["gradients"]) == ["b1", "w5", "net_o1"]
    assert found["gradients"]["w5"] == pytest.approx(0.082167040564, abs=1e-12)
    assert len(repr(found["gradients"]["w5"])) > 14


def test_without_a_loss_the_output_is_named_and_a_seed_gives_adjoints() -> None:
    call = ["-e", "y = x^2", "--set", "x=[1,3]"]
    found = data(*call)
    assert found["loss"] is None
    assert found["output"] == "y"
    assert found["gradients"] == {}
    assert all(entry["adjoint"] is None for entry in found["nodes"])
    assert found["nodes"][1]["partials"][0]["contribution"] is None
    assert data(*call, "--seed", "[1,0]")["gradients"] == {"x": [2.0, 0.0]}


def test_the_jacobian_has_the_shapes_of_output_and_leaf() -> None:
    call = ["-e", "y = A@x", "--set", "A=[[1,2],[3,4]]", "--set", "x=[1,1]", "--wrt", "x"]
    assert data(*call, "--jacobian")["jacobian"] == {"x": [[1.0, 2.0], [3.0, 4.0]]}
    result = run(*call, "--jacobian")
    assert "Jacobian dy/dx\n  [1  2]\n  [3  4]" in result.stdout


def test_unreached_adjoints_are_zero(tmp_path: Path) -> None:
    path = written(tmp_path, "param w = 2\nparam unused = 5\na = 3*unused\nloss L = w^2\n")
    found = data(path)
    assert found["gradients"] == {"w": 4.0, "unused": 0.0}
    assert [e["adjoint"] for e in found["nodes"]] == [4.0, 0.0, 0.0, 1.0]


# ---- tables ----


def test_the_table_of_the_regression() -> None:
    assert run(REGRESSION).stdout == (
        Path(__file__).parent / "golden" / "run_linear_regression_en.txt"
    ).read_text(encoding="utf-8")


def test_the_spanish_table_of_the_regression() -> None:
    result = CliRunner().invoke(program, ["run", REGRESSION, "--lang", "es"])
    assert result.stdout == (
        Path(__file__).parent / "golden" / "run_linear_regression_es.txt"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.gg")), ids=lambda path: path.stem)
def test_every_sample_fits_eighty_columns(sample: Path) -> None:
    result = run(str(sample))
    assert result.exit_code == 0, result.stderr
    widest = 92 if sample.stem in BRIEF else 80  # parameters of layers are long names
    assert max(map(len, result.stdout.splitlines())) <= widest


def test_small_numbers_keep_their_digits() -> None:
    result = run("-e", "y = x^2", "--set", "x=0.0003")
    assert "9e-8" in result.stdout
    assert "0.0006" in result.stdout


def test_wrt_shows_only_what_leads_there() -> None:
    result = run(REGRESSION, "--wrt", "w")
    assert "∂z/∂w" in result.stdout
    assert "∂z/∂x" not in result.stdout
    assert "∂yhat/∂b" not in result.stdout
    assert result.stdout.endswith("Gradients of L\n  dL/dw = -12\n")


def test_exact_tables_show_fractions() -> None:
    result = run("-e", "L = (w*x - y)^2", "--set=w=1/3", "--set=x=2", "--set=y=1", "--exact")
    assert "1/9" in result.stdout
    assert "-4/3" in result.stdout


def test_a_convention_at_a_kink_is_said() -> None:
    assert "At relu(x): the argument is 0, where no derivative exists; 0 is taken." in (
        run("-e", "y = relu(x)", "--set", "x=0").stdout
    )
    assert "does not exist" not in run("-e", "y = relu(x)", "--set", "x=1").stdout


def test_large_arrays_are_summarized(tmp_path: Path) -> None:
    path = written(tmp_path, "param W: 40x30 = he_normal(draw=1)\nloss L = sum(W^2)\n")
    result = run(path)
    assert result.exit_code == 0
    assert "40×30: -" in result.stdout
    assert len(result.stdout.splitlines()) < 25


def test_many_lines_are_cut_with_a_note(tmp_path: Path) -> None:
    lines = "".join(f"x{i} = x{i - 1} + 1\n" for i in range(1, 601))
    result = run(written(tmp_path, f"param x0 = 1\n{lines}"))
    assert "... and 201 more; --json prints all of them." in result.stdout


# ---- sources ----


def test_standard_input_and_utf16_are_read(tmp_path: Path) -> None:
    text = Path(REGRESSION).read_text(encoding="utf-8")
    assert run("-", text=text).stdout == run(REGRESSION).stdout
    path = tmp_path / "wide.gg"
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-16"))
    assert run(str(path)).stdout == run(REGRESSION).stdout


def test_an_expression_needs_no_file() -> None:
    result = run("-e", "L = (w*x + b - y)^2", *[f"--set={s}" for s in ("w=2", "x=3", "b=1", "y=9")])
    assert "dL/dw = -12" in result.stdout


def test_an_error_in_an_expression_keeps_its_column_behind_declared_arrays() -> None:
    result = run("-e", "y = sum(x) +", "--set", "x=[1, 2]")
    assert result.exit_code == 3
    assert result.stderr.startswith("error: -e, line 1, column 12: ")


# ---- rows of data ----


def test_rows_of_data_show_each_loss_and_the_means(tmp_path: Path) -> None:
    path = written(tmp_path, XOR)
    found = data(path)
    assert [row["row"] for row in found["rows"]] == [1, 2, 3, 4]
    assert found["rows"][1]["inputs"] == {"x1": 0.0, "x2": 1.0, "y": 1.0}
    losses = [row["loss"] for row in found["rows"]]
    assert found["mean_loss"] == pytest.approx(sum(losses) / 4)
    assert list(found["gradients"]) == ["w1", "w2", "b"]
    each = [data(path, "--row", str(k))["gradients"]["b"] for k in range(1, 5)]
    assert found["gradients"]["b"] == pytest.approx(sum(each) / 4)
    table = run(path).stdout
    assert "Data: 4 rows" in table
    assert "dL/dw1 = 0.0580685" in table


@pytest.mark.parametrize("option", [["--jacobian"], ["--detail", "op"]])
def test_options_about_one_row_ask_for_it(option: list[str]) -> None:
    result = run(str(SAMPLES / "xor_sigmoid_data.gg"), *option)
    assert result.exit_code == 2
    assert "--row 1" in result.stderr
    assert run(str(SAMPLES / "xor_sigmoid_data.gg"), "--row", "2", *option).exit_code == 0


def test_one_row_is_an_ordinary_run(tmp_path: Path) -> None:
    path = written(tmp_path, XOR)
    nodes = {entry["name"]: entry["value"] for entry in data(path, "--row", "4")["nodes"]}
    assert (nodes["x1"], nodes["x2"], nodes["y"]) == (1.0, 1.0, 0.0)
    result = run(path, "--row", "5")
    assert result.exit_code == 2
    assert "rows 1 to 4" in result.stderr


# ---- leaving the finite numbers ----


@pytest.mark.parametrize("form", [[], ["--json"]], ids=str)
def test_trouble_is_a_paragraph_with_its_place_and_nothing_on_stdout(
    form: list[str], tmp_path: Path
) -> None:
    path = written(tmp_path, "input x = 2\n\nL = log( x - 3 )  # no\n")
    result = run(path, *form)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines()[0] == (
        f"error: {path}, line 3, column 1: L = log(x - 3): the argument x - 3 = -1 is outside the "
        "domain x - 3 > 0. Move the point or change the formula."
    )


@pytest.mark.parametrize(
    ("expression", "settings", "words"),
    [
        ("L = 1/x", ["x=0"], "division by 0, for x is 0"),
        ("L = exp(x)", ["x=1000"], "the value inf overflows"),
        ("L = sqrt(x)", ["x=-1"], "the argument x = -1 is outside the domain"),
        ("L = sum(log(1 - x))", ["x=[0, 2]"], "(1 - x)[2] = -1"),
        ("y = exp(x); L = y - y", ["x=1000"], "y = exp(x)"),
    ],
)
def test_trouble_names_what_the_author_wrote(
    expression: str, settings: list[str], words: str
) -> None:
    result = run("-e", expression, *[f"--set={setting}" for setting in settings])
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_value_beyond_all_floats_is_refused() -> None:
    result = run("-e", "L = x + 1", "--set=x=1e400")
    assert result.exit_code == 2
    assert "x got 10^400, which is larger than any float" in result.stderr


def test_trouble_in_a_row_names_the_row(tmp_path: Path) -> None:
    path = written(tmp_path, XOR.replace("sigmoid(z)", "z + 1"))
    result = CliRunner().invoke(program, ["run", path, "--lang", "es"])
    assert result.exit_code == 1
    assert "línea 13, columna 1: fila " in result.stderr


def test_streams_other_than_files_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    from graphgrad.cli import output

    output.prepare()
    output.complain("quiet")


SHAPED = """gg 1
data x: 2, y
  1 2 no
  3 4 yes
param w = [1, 1]
loss L = (w@x - y)^2
"""


@pytest.mark.parametrize("zoom", [(), ("--entries", "scalar")], ids=["arrays", "entries"])
def test_rows_of_arrays_and_words_are_shown(tmp_path: Path, zoom: tuple[str, ...]) -> None:
    path = tmp_path / "shaped.gg"
    path.write_text(SHAPED)
    found = run(str(path), *zoom)
    assert found.exit_code == 0
    rows = [line.split() for line in found.stdout.splitlines()[3:5]]
    first = [["1", "2"], ["3", "4"]] if zoom else [["[1,", "2]"], ["[3,", "4]"]]
    assert [row[:5] for row in rows] == [
        ["1", *first[0], "no", "9"],
        ["2", *first[1], "yes", "36"],
    ]
    assert "y: no = 0, yes = 1" in found.stdout


def test_numbers_are_printed_as_the_file_writes_them() -> None:
    text = "decimal comma\ninput x = [0,5; -1]\nparam W = [[0,1; 0,2]; [0,3; 0,4]]\nh = W @ x\n"
    told = run("-", text=f"{text}loss L = sum(h^2) + max(h[1]; 0,25)*W[1;2]\n").output
    assert not re.findall(r"\d\.\d", told), told
    assert "[0,5; -1]" in told
    assert "  0,25)*W[1; 2]\n" in told


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("z = w*(0.1 + 0.2) - 0.3", "z"),
        ("z = [w*(0.1 + 0.2) - 0.3, w]", "z"),
        ("z = w*0.25 - 0.25", ""),
        ("z = exp(w) - exp(w) + 0.1 + 0.2 - 0.3", ""),
        ("z = w*1e-14", ""),
    ],
)
def test_what_is_0_but_for_rounding_is_named_and_written_as_0(formula: str, told: str) -> None:
    for language, said in (("en", "rounding of floats"), ("es", "redondeo de los decimales")):
        args = ["--lang", language, "run", "-e", formula, "--set", "w=1"]
        shown = CliRunner().invoke(program, args).stdout
        assert (f"{said}: {told}." in shown) == bool(told)
        assert (said in shown) == bool(told)
    exact = CliRunner().invoke(program, ["run", "-e", formula, "--set", "w=1", "--exact"])
    assert "rounding" not in exact.stdout


@pytest.mark.parametrize(
    "command", ["run FILE", "explain FILE w", "show FILE", "step FILE --plain"]
)
@pytest.mark.parametrize(
    ("line", "zeros"), [("L = z^2", "z, L, dL/dw, dL/dz"), ("L = relu(z) + z^2", "z, L")]
)
def test_every_view_writes_0_where_rationals_are_0(
    command: str, line: str, zeros: str, tmp_path: Path
) -> None:
    path = tmp_path / "zero.gg"
    path.write_text(f"input w = 1\nz = w*(0.1 + 0.2) - 0.3\nloss {line}\n", encoding="utf-8")
    args = [str(path) if word == "FILE" else word for word in command.split()]
    told = CliRunner().invoke(program, args, input="\n" * 6).output
    if "relu" not in line:  # there floats take the other branch, and stay as they are
        assert not re.search(r"\de-1\d", told), told
    if not command.startswith("step"):
        assert f"rounding of floats: {zeros}." in " ".join(told.split())
