"""`samples`, `doctor`, `show` and `gradcheck`."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program
from graphgrad.testing.gradcheck import GradientCheck, GradientRow
from graphgrad.views.lenses.registry import LENSES

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
REGRESSION = str(SAMPLES / "linear_regression.gg")


def call(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(program, ["--lang", lang, *args])


# ---- samples ----


def test_graphgrad_alone_lists_the_samples() -> None:
    assert call().stdout == call("samples").stdout
    assert "linear_regression" in call().stdout
    assert "Linear regression with one neuron" in call().stdout
    assert "copies all" in call().stdout
    assert "los copia" in call(lang="es").stdout


def test_a_sample_is_printed_as_it_is() -> None:
    content = Path(REGRESSION).read_text(encoding="utf-8")
    assert call("samples", "linear_regression").stdout == content
    assert call("samples", "linear_regression.gg").stdout == content


def test_samples_are_copied_and_never_overwrite(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "lecture"
    result = call("samples", "--copy", str(folder))
    assert result.exit_code == 0
    copied = {path.name for path in folder.iterdir()}
    assert {path.name for path in SAMPLES.glob("*.gg")} <= copied
    assert call("samples", "--copy", str(folder)).exit_code == 0
    (folder / "linear_regression.gg").write_text("mine", encoding="utf-8")
    for lang, words in (("en", "exists already"), ("es", "ya existe")):
        result = call("samples", "linear_regression", "--copy", str(folder), lang=lang)
        assert result.exit_code == 4
        assert words in result.stderr
    assert (folder / "linear_regression.gg").read_text(encoding="utf-8") == "mine"


def test_a_copied_sample_takes_its_data_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "samples"
    source.mkdir()
    (source / "rows.gg").write_text('data "rows.csv"\ny = a^2\n', encoding="utf-8")
    (source / "rows.csv").write_text("a\n1\n2\n", encoding="utf-8")
    monkeypatch.setattr("graphgrad.source.samples.samples_folder", lambda: source)
    assert call("samples", "rows", "--copy", str(tmp_path / "to")).exit_code == 0
    assert call("run", str(tmp_path / "to" / "rows.gg")).exit_code == 0


def test_samples_are_data_too() -> None:
    found = json.loads(call("samples", "--json").stdout)
    assert {"name", "title", "path"} == set(found["samples"][0])


# ---- doctor ----


def test_the_doctor_finds_all_that_is_needed() -> None:
    for lang, words in (("en", "All that is needed is there."), ("es", "Está todo lo necesario.")):
        result = call("doctor", lang=lang)
        assert result.exit_code == 0
        assert words in result.stdout
    found = json.loads(call("doctor", "--json").stdout)
    assert found["ok"] is True
    assert {"numpy", "sympy"} <= {line["part"] for line in found["versions"]}


def test_the_doctor_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphgrad.cli.commands.doctor.REQUIRED", ("numpy", "graphgrad-moon"))
    result = call("doctor")
    assert result.exit_code == 1
    assert "missing: run `python -m pip install graphgrad-moon`   <--" in result.stdout
    assert json.loads(call("doctor", "--json").stdout)["ok"] is False


def test_the_doctor_names_the_extra_of_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "graphgrad.cli.commands.doctor.EXTRAS", {"graphgrad-moon": "moon", "numpy": "sun"}
    )
    monkeypatch.setattr("graphgrad.cli.commands.doctor.TOOLS", ("no-such-tool", "sh"))
    result = call("doctor")
    assert result.exit_code == 0
    assert "pip install 'graphgrad[moon]'" in result.stdout
    found = json.loads(call("doctor", "--json").stdout)
    assert found["extras"][1]["found"].startswith("numpy 2")
    assert found["tools"][0]["found"] == "not installed, not needed"


def test_the_doctor_knows_every_extra() -> None:
    from graphgrad.cli.commands.doctor import EXTRAS

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    known = {extra: package for package, extra in EXTRAS.items()}
    users = [extra for extra in extras if extra not in ("all", "dev", "docs")]
    assert extras["all"] == [f"graphgrad[{','.join(users)}]"]
    for extra in set(extras) - {"all", "dev", "docs"}:
        assert extras[extra][0].startswith(known[extra])


def test_the_doctor_draws_with_the_layout_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHGRAD_DOT", "no/such/engine")
    result = call("doctor")
    assert result.exit_code == 1
    assert "no/such/engine" in result.stdout


# ---- step --plain ----


def test_the_plain_stepper_reads_a_pipe() -> None:
    for lang, words in (("en", "Forward: z"), ("es", "Hacia delante: z")):
        result = CliRunner().invoke(
            program, ["step", REGRESSION, "--plain", "--lang", lang], input="n\nq\n"
        )
        assert result.exit_code == 0
        assert f"[1/13] {words}" in result.stdout
        assert result.stderr == ""


# ---- show ----


def test_the_graph_is_drawn_in_characters() -> None:
    result = call("show", REGRESSION)
    assert "┌ z = w*x ┐" in result.stdout
    assert "∇ -12" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_ascii_and_collapsed_groups() -> None:
    result = call("show", str(SAMPLES / "xor_sigmoid.gg"), "--ascii", "--collapse")
    assert result.stdout.isascii()
    assert "+ oculta -" in result.stdout
    assert "h1 v 0.775564" in result.stdout


def test_every_operation_has_a_box() -> None:
    result = call("show", "-e", "L = (w*x - y)^2", "--detail", "op", *_point("w", "x", "y"))
    for name in ("L.1 = w*x", "L.2 = L.1 - y", "L = L.2^2"):
        assert name in result.stdout


def test_a_value_that_is_not_finite_is_drawn() -> None:
    result = call("show", "-e", "y = log(x)", "--set", "x=0")
    assert result.exit_code == 0
    assert "v -inf" in result.stdout


def test_too_many_boxes_are_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.gg"
    lines = "".join(f"x{i} = x{i - 1} + 1\n" for i in range(1, 2000))
    path.write_text(f"param x0 = 1\n{lines}", encoding="utf-8")
    for lang, words in (("en", "the limit is 1500"), ("es", "el límite es 1500")):
        result = call("show", str(path), lang=lang)
        assert result.exit_code == 6
        assert words in result.stderr


# ---- gradcheck ----


def test_four_derivatives_agree() -> None:
    for lang, words in (("en", "All four agree: 4 entries"), ("es", "Las cuatro coinciden: 4")):
        result = call("gradcheck", REGRESSION, lang=lang)
        assert result.exit_code == 0
        assert words in result.stdout
        assert "dL/dw" in result.stdout


def test_gradcheck_as_data() -> None:
    found = json.loads(call("gradcheck", REGRESSION, "--json").stdout)
    assert found["ok"] is True
    assert [row["name"] for row in found["rows"]] == ["x", "y", "w", "b"]
    assert found["rows"][2]["reverse"] == found["rows"][2]["symbolic"] == -12.0


def test_a_kink_is_named_and_a_weighted_output_too() -> None:
    result = call("gradcheck", "-e", "y = relu(x)", "--set", "x=[0, 1]")
    assert "The point lies at a kink of y" in result.stdout
    assert "weighted with 1, 8/7, 9/7" in result.stdout
    assert "Nothing was compared" in result.stdout
    assert result.exit_code == 5


def test_a_disagreement_exits_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    row = GradientRow("w", (), 1.0, 1.0, 1.5, 1.0, 0.5, ok=False, kink="")
    check = GradientCheck([row], ok=False)
    monkeypatch.setattr("graphgrad.cli.commands.gradcheck.gradcheck", lambda *_, **__: check)
    for lang, words in (("en", "They disagree in 1 of 1"), ("es", "Discrepan en 1 de 1")):
        result = call("gradcheck", REGRESSION, lang=lang)
        assert result.exit_code == 1
        assert words in result.stdout
        assert {"en": "differs", "es": "difiere"}[lang] in result.stdout


def test_many_entries_show_the_worst() -> None:
    entries = ",".join(str(i / 10) for i in range(80))
    result = call("gradcheck", "-e", "L = sum(x^2)", "--set", f"x=[{entries}]")
    assert "The 60 rows with the largest errors, of 80:" in result.stdout
    assert "80 entries" in result.stdout


def _point(*names: str) -> list[str]:
    return [f"--set={name}={value}" for value, name in enumerate(names, 2)]


# ---- JSON of several things is one text ----


def test_lint_of_several_files_is_one_array() -> None:
    sigmoid = str(SAMPLES / "bce_sigmoid.gg")
    one = json.loads(call("lint", REGRESSION, "--json").stdout)
    two = json.loads(call("lint", REGRESSION, sigmoid, "--json").stdout)
    assert [found["file"] for found in two] == [REGRESSION, sigmoid]
    assert two[0] == one
    missing = call("lint", REGRESSION, "nowhere.gg", "--json")
    assert [found["file"] for found in json.loads(missing.stdout)] == [REGRESSION]
    assert missing.exit_code != 0


def test_a_variant_as_a_file_is_in_its_json() -> None:
    exercise = str(SAMPLES / "exercises" / "sigmoid_neuron.md")
    plain = call("ex", "show", exercise, "--gg").stdout
    assert json.loads(call("ex", "show", exercise, "--gg", "--json").stdout)["gg"] == plain
    assert "gg" not in json.loads(call("ex", "show", exercise, "--json").stdout)


@pytest.mark.parametrize("value", ["abc", "2*w", "1,2,3", "[a, b]"])
def test_a_value_on_the_command_line_is_told_what_it_may_be(value: str) -> None:
    for language, said in (("en", "a value is written out: 2, -0.5"), ("es", "se escribe con")):
        told = call("run", REGRESSION, "--set", f"w={value}", lang=language).stderr
        assert said in " ".join(told.split())
        assert "line 1" not in told


# ---- a file with a decimal comma is told in commas ----

COMMAS = """decimal comma
input x = [1,5; 2]
param w = [0,5; 0,25]
param b = 0,1
z = sum(w*x) + b
a = sigmoid(z)
loss L = (a - 0,5)^2
"""


@pytest.fixture
def commas(tmp_path: Path) -> str:
    path = tmp_path / "commas.gg"
    path.write_text(COMMAS, encoding="utf-8")
    return str(path)


def test_every_command_writes_numbers_as_the_file_does(commas: str) -> None:
    told = {
        name: call("inspect", commas, name).stdout
        for name in LENSES
        if name != "glossary"  # words of the lectures, with their numbers
    }
    for command in ("run", "show", "gradcheck", "lint"):
        told[command] = call(command, commas).stdout
    told["explain"] = call("explain", commas, "a").stdout
    told["sweep"] = call("sweep", commas, "b=0,1; 0,25", "--show", "loss,gradients.ratio").stdout
    assert sum(re.search(r"\d,\d", text) is not None for text in told.values()) >= 12
    for name, text in told.items():
        assert re.findall(r"(?<![\w.])\d+\.\d", text) == [], (name, text)


def test_numbers_with_a_comma_are_apart_by_semicolons_on_the_command_line(commas: str) -> None:
    swept = call("sweep", commas, "b=0,1; 0,25").stdout.splitlines()
    assert [line.split() for line in swept[2:]] == [["0,1", "0,0865122"], ["0,25", "0,100854"]]
    assert "0.1" in call("sweep", commas, "b=0,1; 0,25", "--csv").stdout  # for other programs
    rates = call("inspect", commas, "descent", "rate=0,1; 0,25", "over=b").stdout
    assert [rate for rate in ("0,1", "0,25") if f" {rate}  " in rates] == ["0,1", "0,25"]
    for language, said in (("en", "write 'b=0,1; 0,5'"), ("es", "escriba 'b=0,1; 0,5'")):
        refused = call("sweep", commas, "b=0,1,0,2", lang=language)
        assert refused.exit_code != 0
        assert said in " ".join(refused.stderr.split())
    plain = call("sweep", REGRESSION, "w=0.1,0.25")
    assert plain.exit_code == 0
