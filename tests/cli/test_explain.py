"""`graphgrad explain`: symbols, numbers, paths and their sum."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program

SAMPLES = Path(__file__).parents[2] / "samples"
SHARED = str(SAMPLES / "shared_weights.gg")


def explain(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(program, ["--lang", lang, "explain", *args])


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "file.gg"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_shared_weight_gives_19_as_the_sum_over_its_paths() -> None:
    result = explain(SHARED, "w1")
    assert result.exit_code == 0
    assert "3 paths from w1 to yhat" in result.stdout
    for path in ("w1 → yhat", "w1 → z1 → yhat", "w1 → z1 → z2 → yhat"):
        assert path in result.stdout
    assert "dyhat/dw1   = 1·11 + 8·1 = 11 + 8 = 19" in result.stdout
    assert result.stdout.endswith("  Sum: dyhat/dw1 = 11 + 2 + 6 = 19\n")


def test_it_is_worded_in_spanish() -> None:
    result = explain(SHARED, "w1", lang="es")
    assert "la regla de la cadena en símbolos" in result.stdout
    assert "3 caminos de w1 a yhat" in result.stdout
    assert "Suma: dyhat/dw1 = 11 + 2 + 6 = 19" in result.stdout


def test_symbols_come_before_numbers_and_end_in_the_leaves() -> None:
    result = explain(str(SAMPLES / "linear_regression.gg"), "w")
    lines = result.stdout.splitlines()
    assert "  dL/dw    = dL/dz·∂z/∂w = dL/dz·x" in lines
    assert "  dL/dw = 2*x*(x*w + b - y)" in lines or "  dL/dw = 2*x*(w*x + b - y)" in lines
    assert "  dL/dw    = -4·3 = -12" in lines
    assert "     ∂L/∂e·∂e/∂yhat·∂yhat/∂z·∂z/∂w = -4·1·1·3 = -12" in lines


def test_a_negative_factor_stands_in_brackets() -> None:
    result = explain(str(SAMPLES / "linear_regression.gg"), "y")
    assert "dL/dy = dL/de·∂e/∂y = dL/de·(-1)" in result.stdout


def test_a_repeated_parent_is_two_paths(tmp_path: Path) -> None:
    result = explain(written(tmp_path, "param x = 3\nloss L = x*x\n"), "x")
    assert "2 paths from x to L" in result.stdout
    assert "∂₁L/∂x = 3" in result.stdout
    assert "∂₂L/∂x = 3" in result.stdout
    assert "Sum: dL/dx = 3 + 3 = 6" in result.stdout


def test_at_most_fifty_paths_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    doubling = "".join(
        f"x{i} = x{i - 1} + sin(x{i - 1})\ny{i} = x{i} * x{i}\n" for i in range(1, 8)
    )
    doubling += "loss L = " + " + ".join(f"y{i}" for i in range(1, 8)) + "\n"
    path = written(tmp_path, f"param x0 = 0.1\n{doubling}")
    found = json.loads(explain(path, "x0", "--json").stdout)
    assert len(found["paths"]) <= 50
    text = explain(path, "x0", "--detail", "op").stdout
    assert "The 50 shortest:" in text
    assert "These alone sum to" in text


def test_a_huge_number_of_paths_is_counted_exactly(tmp_path: Path) -> None:
    lines = "".join(f"x{i} = x{i - 1} * x{i - 1}\n" for i in range(1, 101))
    path = written(tmp_path, f"param x0 = 1\n{lines}")
    found = json.loads(explain(path, "x0", "--json").stdout)
    assert found["path_count"] == str(2**100)
    assert f"{2**100} paths" in explain(path, "x0").stdout


@pytest.mark.slow
def test_a_count_of_thousands_of_digits_is_shortened_in_text_only(tmp_path: Path) -> None:
    lines = "".join(f"x{i} = x{i - 1} * x{i - 1}\n" for i in range(1, 16_001))
    path = written(tmp_path, f"param x0 = 1\n{lines}loss L = 0*x16000\n")
    result = explain(path, "x0")
    assert "(4817 digits)" in result.stdout
    assert len(json.loads(explain(path, "x0", "--json").stdout)["path_count"]) == 4817


def test_the_json_holds_rule_terms_and_paths() -> None:
    found = json.loads(explain(SHARED, "w1", "--json").stdout)
    assert found["gradient"] == 19.0
    assert found["paths_sum"] == 19.0
    assert found["path_count"] == 3
    assert [path["contribution"] for path in found["paths"]] == [11.0, 2.0, 6.0]
    assert [term["contribution"] for term in found["terms"]] == [11.0, 8.0]


def test_a_set_point_and_an_intermediate_line() -> None:
    result = explain(SHARED, "z1", "--set", "w1=5")
    assert "dyhat/dz1" in result.stdout
    assert "= 5 + 15 = 20" in result.stdout


def test_matrices_are_shown_row_by_row() -> None:
    result = explain(str(SAMPLES / "mlp_vectorized.gg"), "W1")
    assert "dJ/dW1 = dJ/dz1 @ x0^T" in result.stdout
    assert "dJ/dW1 = [ -0.490875    0.98175]" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("source", "name", "status", "english", "spanish"),
    [
        ("param w = 2\nloss L = w^2\n", "v", 2, "nothing", "ninguna"),
        ("const c = 2\nparam w = 2\nloss L = c*w\n", "c", 2, "depends on no", "no depende"),
        ("param w = [1, 2]\ny = w^2\n", "w", 2, "several entries", "varios elementos"),
        ("param w = -1\nloss L = log(w)\n", "w", 1, "outside the domain", "fuera del dominio"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    tmp_path: Path, source: str, name: str, status: int, english: str, spanish: str
) -> None:
    path = written(tmp_path, source)
    for lang, words in (("en", english), ("es", spanish)):
        result = explain(path, name, lang=lang)
        assert result.exit_code == status
        assert result.stdout == ""
        if name != "v":
            assert words in result.stderr
        else:
            assert "v" in result.stderr


def test_a_leaf_that_does_not_reach_the_output_has_no_path(tmp_path: Path) -> None:
    path = written(tmp_path, "param w = 2\nparam v = 3\na = v^2\nloss L = w^2\n")
    result = explain(path, "v")
    assert result.exit_code == 0
    assert result.stdout == "dL/dv = 0: the output does not depend on it.\n"
