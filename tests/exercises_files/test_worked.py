"""Worked steps: every link of every chain is marked by the checker itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphgrad.cli.program import program
from graphgrad.exercises.files.read_exercise import load_exercise
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.graded_sheet import mark_sheet
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reports.solution import Solution
from graphgrad.exercises.reports.solution_latex import formula_latex
from graphgrad.exercises.sheets.browser_math import mathml
from graphgrad.exercises.sheets.html_sheet import html_sheet
from graphgrad.exercises.sheets.latex_sheet import latex_sheet
from graphgrad.exercises.sheets.worked_steps import Work
from tests.exercises_files.test_exercise_files import SAMPLES

NEURON = SAMPLES / "exercises" / "sigmoid_neuron.md"
SMALL = ["linear_regression", "shared_weights", "mazur", "residual_block", "dead_relu"]
FILES = [*sorted((SAMPLES / "exercises").glob("*.md")), *(SAMPLES / f"{n}.gg" for n in SMALL)]


def variant_of(path: Path) -> Variant:
    return Family(load_exercise(path)).variant(3)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=pytest.mark.slow if path.stem == "mazur" else ())
        for path in FILES
    ],
)
def test_every_part_of_every_chain_is_right_on_a_sheet_that_worked_so(path: Path) -> None:
    variant = variant_of(path)
    work = Work(variant)
    chains = [work.chain(step) for step in variant.exercise.steps]
    ends = [f"{chain.step.id} = {chain.parts[-1]}" for chain in chains]
    assert all(chain.parts for chain in chains)
    for place, chain in enumerate(chains):
        for part in chain.parts:
            if "∂" in part or chain.step.id in part:
                continue  # the rule in names says nothing by itself
            sheet = [*ends[:place], f"{chain.step.id} = {part}"]
            marks = check(variant.graph, "\n".join(sheet), decimal="point").marks
            found = marks[-1].status
            assert found in ("right", "rounded", "undecided"), (chain.step.id, part)


def test_a_chain_goes_from_the_rule_to_the_key() -> None:
    variant = Family(load_exercise(NEURON)).variant(17)
    solution = Solution(variant, steps=["dL/dw"])
    assert solution.lines()[-6:] == [
        "dL/dw",
        "    = dL/dz·∂z/∂w",
        "    = dL/dz·x",
        "    = -0,0887235·(-0,75)",
        "    = 0,0665426",
        "    ≈ 0,06654",
    ]
    assert solution.lines()[0] == "dL/dz"  # nobody asks for it, but the chain uses it


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_key_that_is_not_rounded_is_equal_and_one_that_is_rounded_is_near(
    tmp_path: Path, lang: str
) -> None:
    (tmp_path / "net.gg").write_text(
        "data x: 2, y\n1 2 1\n2 1 0\nhid = dense(x, units=2)\n"
        "p = dense(hid, units=1, act=sigmoid)\nloss L = bce(p, y)\n"
    )
    target = str(tmp_path / "net.md")
    words = ["ex", "from", str(tmp_path / "net.gg"), "--ask", "value,count", "-o", target]
    assert CliRunner().invoke(program, [*words, "--lang", lang]).exit_code == 0
    lines = Solution(Family(load_exercise(target)).variant(0)).lines()
    for name, parts, total in (("hid", "4 + 2", 6), ("p", "2 + 1", 3)):
        start = lines.index(f"params({name})")
        assert lines[start + 1 : start + 3] == [f"    = {parts}", f"    = {total}"]
    variant = Family(load_exercise(NEURON)).variant(17)
    assert any(line.startswith("    ≈ 0,") for line in Solution(variant).lines())
    assert r"$= 6$" in latex_sheet(Solution(Family(load_exercise(target)).variant(0)).document())


def test_what_is_used_but_not_asked_for_is_shown_once() -> None:
    variant = Family(load_exercise(NEURON)).variant(17)
    lines = Solution(variant).lines()
    assert lines.count("dL/dz") == 1
    assert lines.index("dL/dz") < lines.index("dL/db")


def test_an_array_is_typeset_as_a_matrix_and_entrywise_products_with_a_circle() -> None:
    work = Work(variant_of(SAMPLES / "exercises" / "relu_network.md"))
    words = work.truth.reference.vocabulary
    latex = formula_latex("dL/dh·(z > 0)", words, work.arrays)
    assert latex == r"\frac{\partial L}{\partial h} \odot \left[z > 0\right]"
    matrix = formula_latex("[[1, -2], [3, 4.50]]", words)
    assert matrix == r"\begin{bmatrix} 1 & -2 \\ 3 & 4.50 \end{bmatrix}"
    assert mathml(matrix).count("<mtd>") == 4


def test_the_first_wrong_step_is_explained_and_its_right_line_shown() -> None:
    variant = Family(load_exercise(NEURON)).variant(17)
    sheet = "z=0,5\na=0,6225\nL=0,0713\nda/dz=0,235\ndL/da=0,3775\ndL/db=0,0887\ndL/dw=-0,0665"
    lines = Solution(variant, marked=mark_sheet(variant, sheet), language="es").lines()
    assert lines[0] == "Primer paso incorrecto: dL/da"
    assert "signo" in "\n".join(lines)
    assert "dL/db, dL/dw" in "\n".join(lines)
    assert lines[-1] == "    ≈ -0,3775"
    missing = Solution(variant, marked=mark_sheet(variant, "z = 0,5"), language="en").lines()
    assert missing[0] == "Step without an answer: a"
    right = "z=0,5\na=0,6225\nL=0,07127\nda/dz=0,2350\ndL/da=-0,3775\ndL/db=-0,08872\ndL/dw=0,06654"
    assert len(Solution(variant, marked=mark_sheet(variant, right)).lines()) == 1


def test_only_what_follows_from_the_step_explained_is_said_to_follow(tmp_path: Path) -> None:
    (tmp_path / "net.gg").write_text(
        "data x y\n1 0\n2 1\nparam w = 0.5\nz = w*x\nq = 3*z\nloss L = (q - y)^2\n"
    )
    target = tmp_path / "net.md"
    words = ["ex", "from", str(tmp_path / "net.gg"), "--ask", "value", "--rows", "1:2"]
    assert (
        CliRunner().invoke(program, [*words, "--draws", "keep", "-o", str(target)]).exit_code == 0
    )
    variant = Family(load_exercise(target)).variant(0)
    sheet = "row 1: z = 0.7\nrow 1: q = 2.1\nrow 1: L = 4.41\nrow 2: z = 1.2\nrow 2: q = 3.6"
    lines = Solution(variant, marked=mark_sheet(variant, sheet), language="en").lines()
    assert lines[0] == "First wrong step: row 1: z"
    said = [line.strip() for line in lines if "follow" in line]
    assert said == ["from it follow, consistently: row 1: q, row 1: L."]


def test_pages_of_a_solution_are_inert_and_in_decimal_commas() -> None:
    variant = Family(load_exercise(NEURON)).variant(17)
    marked = mark_sheet(variant, "z = <script>alert(1)</script> 0,5\na = 0,3")
    document = Solution(variant, marked=marked).document()
    page = html_sheet(document)
    assert "<script" not in page
    assert "<mn>0,6225</mn>" in html_sheet(Solution(variant).document())
    assert "0{,}6225" in latex_sheet(Solution(variant).document())


def ex(*words: str) -> Result:
    return CliRunner().invoke(program, ["ex", "explain", *words, "--lang", "en"])


def test_the_command_writes_text_json_and_files(tmp_path: Path) -> None:
    shown = ex(str(NEURON), "--draw", "17", "--step", "z")
    assert shown.stdout.splitlines()[0] == "z"
    found = json.loads(ex(str(NEURON), "--draw", "17", "--json").stdout)
    assert [step["id"] for step in found["steps"]][:3] == ["z", "a", "L"]
    for ending in ("md", "html", "tex"):
        target = tmp_path / f"solution.{ending}"
        assert ex(str(NEURON), "-o", str(target)).exit_code == 0
        assert target.stat().st_size > 500
    wrong = ex(str(NEURON), "--step", "dL/dq")
    assert wrong.exit_code == 2
    assert "dL/dw" in wrong.stderr
