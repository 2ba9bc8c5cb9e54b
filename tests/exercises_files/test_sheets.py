"""Sheets, keys, reports and exports: complete, self-contained, and inert."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graphgrad.errors import UsageError
from graphgrad.exercises.classroom.answer_file import answer_text
from graphgrad.exercises.files.read_exercise import load_exercise, read_exercise
from graphgrad.exercises.files.spelling import key_text
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.graded_sheet import mark_sheet
from graphgrad.exercises.platforms.moodle import moodle_xml
from graphgrad.exercises.reports.html_report import html_report
from graphgrad.exercises.reports.report_formats import gradescope_json, junit_xml, markdown_report
from graphgrad.exercises.sheets.browser_math import mathml
from graphgrad.exercises.sheets.html_sheet import html_of_markdown, html_sheet
from graphgrad.exercises.sheets.latex_sheet import ENGINES, latex_sheet, pdf_sheet, plain_latex
from graphgrad.exercises.sheets.markdown_sheet import markdown_sheet
from graphgrad.exercises.sheets.sheet import document_of, filled
from graphgrad.exercises.sheets.sheet_writers import sheet_files
from tests.exercises_files.test_exercise_files import SAMPLES, exercise_text


@pytest.fixture(scope="module")
def variant() -> Variant:
    return Family(load_exercise(SAMPLES / "exercises" / "sigmoid_neuron.md")).variant(2)


def z_of(variant: Variant) -> str:
    return f"z = {key_text(variant.exercise, variant.exercise.steps[0], variant.truth['z'])}"


def a_of(variant: Variant) -> str:
    return f"{variant.truth['a'].floats[0]:.4g}"


def test_values_fill_the_text_but_not_the_braces_of_latex() -> None:
    exercise = read_exercise(exercise_text('decimal = "coma"\n', variables="w = '1/2'\nx = 3\n"))
    variant = Family(exercise).variant()
    given = r"$w={w}$, $\hat{w}$, $\frac{w}{x}$, $a_{w}$, {x} and {unknown}, w is {w}"
    assert filled(variant, given) == (
        r"$w=0{,}5$, $\hat{w}$, $\frac{w}{x}$, $a_{w}$, 3 and {unknown}, w is 0,5"
    )


def test_a_sheet_shows_no_answer_and_its_key_shows_all(variant: Variant) -> None:
    exercise = variant.exercise
    answers = [key_text(exercise, s, variant.truth[s.id]) for s in exercise.steps[1:]]
    assert len(set(answers)) > 4
    page = html_sheet(document_of(variant))
    assert not re.search(r"data-(value|adjoint|partial|contribution)=|contrib", page)
    for writer in (markdown_sheet, html_sheet, latex_sheet):
        sheet = writer(document_of(variant))
        key = writer(document_of(variant, key=True))
        for answer in answers:
            assert answer not in sheet
            assert answer.replace(",", ".") not in sheet
            assert answer in key.replace("$-$", "-")


def test_the_figure_is_blank_on_a_sheet_and_filled_in_on_its_key(variant: Variant) -> None:
    sheet, key = document_of(variant), document_of(variant, key=True)
    assert sheet.figure is not None
    assert key.figure is not None
    answer = key_text(variant.exercise, variant.exercise.steps[1], variant.truth["a"])
    for picture in (sheet.figure.tikz.text, sheet.figure.svg):
        assert answer.replace(",", "{,}") not in picture
        assert answer not in picture
    boxes = {box.id: box.role for box in sheet.figure.scene.boxes}
    blank = {boxes[b.owner] for b in sheet.figure.scene.blanks if b.kind == "value"}
    assert blank <= {"computation", "loss"}  # what is given can be read
    assert answer.replace(",", ".") in key.figure.svg  # drawn as outlines, told as data
    assert re.search(answer.replace(",", r"(,|\{,\})"), key.figure.tikz.text)
    written = latex_sheet(key)
    assert r"\usepackage{tikz}" in written
    assert written.count(r"\usepackage{amsmath,amssymb") == 1


def test_markdown_has_its_figure_in_a_file_beside_it(variant: Variant, tmp_path: Path) -> None:
    files = sheet_files(document_of(variant), tmp_path / "hoja 1.md")
    assert [path.name for path in files] == ["hoja 1.svg", "hoja 1.md"]
    assert "![el grafo computacional](<hoja 1.svg>)" in files[tmp_path / "hoja 1.md"]
    assert [
        p.suffix for p in sheet_files(document_of(variant, figure=False), tmp_path / "h.md")
    ] == [".md"]


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.parametrize("key", [False, True], ids=["sheet", "key"])
@pytest.mark.parametrize("name", ["sigmoid_neuron", "relu_network", "softmax_two_classes"])
def test_a_pdf_has_its_words_and_the_same_bytes_twice(name: str, key: bool) -> None:
    if not any(map(shutil.which, ENGINES)):
        pytest.skip(f"none of {', '.join(ENGINES)} is installed")
    family = Family(load_exercise(SAMPLES / "exercises" / f"{name}.md"))
    document = document_of(family.variant(3), key=key)
    written = pdf_sheet(document)
    assert written.startswith(b"%PDF-")
    assert written == pdf_sheet(document)
    if shutil.which("pdftotext"):
        told = subprocess.run(
            ["pdftotext", "-", "-"], input=written, capture_output=True, check=True
        )
        assert family.exercise.id in told.stdout.decode("utf-8")


def test_a_pdf_without_tex_says_what_to_install(
    variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="texlive-latex-recommended"):
        pdf_sheet(document_of(variant))


@pytest.mark.exe
def test_what_tex_refuses_is_told_with_its_complaint() -> None:
    if not any(map(shutil.which, ENGINES)):
        pytest.skip(f"none of {', '.join(ENGINES)} is installed")
    exercise = read_exercise(exercise_text(body="$\\nonsense$\n\n```step z\nexpr = w*x\n```\n"))
    with pytest.raises(UsageError, match="Undefined control sequence"):
        pdf_sheet(document_of(Family(exercise).variant(), figure=False))


def test_every_character_of_a_text_is_one_that_tex_knows() -> None:
    assert plain_latex("a → b ≥ ŷ ₁ 漢 ñ 50 %") == (
        r"a \ensuremath{\rightarrow} b \ensuremath{\geq} ŷ \ensuremath{_{1}} ? ñ 50 \%"
    )


def test_a_markdown_sheet_can_be_filled_in_and_handed_in(variant: Variant) -> None:
    sheet = markdown_sheet(document_of(variant, student="A12"))
    z = key_text(variant.exercise, variant.exercise.steps[0], variant.truth["z"])
    answered = sheet.replace("z = \n", f"z = {z}\n")
    marked = mark_sheet(variant, answer_text(answered.encode(), "hoja.md"))
    assert (marked.student, marked.declared) == ("A12", 2)
    assert marked.steps[0].mark.status == "right"


def test_a_page_is_self_contained_and_obeys_nothing_in_the_text() -> None:
    body = (
        "<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://x/y.png) $<b>w</b>$\n"
        "\n```step z\nexpr = w*x\n```\n"
    )
    exercise = read_exercise(exercise_text('title = "<b>T</b>"\n', body))
    page = html_sheet(document_of(Family(exercise).variant(), student="<i>me</i>"))
    assert page.count("<script>") == 1  # the one that saves the answers
    for harmful in ('href="javascript', "<img", "<b>T", "<i>me", "<b>w", "alert(1)</script>"):
        assert harmful not in page
    assert "src=" not in page
    assert "@import" not in page


def test_sheets_are_in_the_language_of_the_exercise(variant: Variant) -> None:
    assert "alumno" in markdown_sheet(document_of(variant))
    assert "student" in markdown_sheet(document_of(variant, language="en"))
    assert '<html lang="es">' in html_sheet(document_of(variant))


@pytest.mark.parametrize(
    ("latex", "piece"),
    [
        (r"\sigma(z)", "<mi>σ</mi>"),
        (r"w^{(1)}_{12}", "<msubsup>"),
        (r"\hat{y}", "<mover"),
        (r"0{,}5", "<mn>0,5</mn>"),
        (r"\unknown<", "<mtext>unknown</mtext>"),
        (r"\lVert w\rVert", "<mo>‖</mo>"),
        (r"a\,b", '<mspace width="0.17em"/>'),
        (r"\left(a\right)", "<mi>a</mi>"),
    ],
)
def test_formulas_are_mathml(latex: str, piece: str) -> None:
    assert piece in mathml(latex)


@pytest.mark.parametrize("latex", ["{" * 5000, "^" * 5000, "\\frac" * 2000, "a_" * 3000, "\\", "'"])
def test_hostile_formulas_are_bounded_and_well_formed(latex: str) -> None:
    ElementTree.fromstring(mathml(latex))


def test_markdown_does_not_touch_formulas() -> None:
    html = html_of_markdown("a *b* $w_1 * x_1 * y_2$")
    assert html.count("<em>") == 1
    assert "<msub><mi>w</mi><mn>1</mn></msub>" in html


HOSTILE = 'z = -1,25\na = 0,5 <script>|`*_\n"]]>\x01&= 3\ndL/dw = 5'


def test_reports_show_what_a_student_wrote_and_obey_nothing(variant: Variant) -> None:
    marked = mark_sheet(variant, HOSTILE, student='"><script>')
    page = html_report(marked, language="es")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    root = ElementTree.fromstring(junit_xml([marked]).encode())
    (suite,) = root
    assert suite.get("tests") == str(len(list(suite)))
    table = markdown_report(marked)
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
    assert "<script>" not in table.replace("\\<script", "")


def test_the_first_wrong_node_is_red(variant: Variant) -> None:
    marked = mark_sheet(variant, f"{z_of(variant)}\na = 0,9")
    page = html_report(marked)
    assert '.node[data-node="a"] > rect' in page
    assert 'class="node computation" data-node="a"' in page


def test_a_report_without_the_key_shows_no_answer(variant: Variant) -> None:
    marked = mark_sheet(variant, "z = 7")
    for page in (html_report(marked), markdown_report(marked), junit_xml([marked])):
        assert a_of(variant) not in page.replace(",", ".")
    assert a_of(variant) in html_report(marked, key=True)


def test_gradescope_adds_up(variant: Variant) -> None:
    found = json.loads(gradescope_json(mark_sheet(variant, f"{z_of(variant)}\na = 0,9")))
    assert found["score"] == pytest.approx(sum(test["score"] for test in found["tests"]))
    assert sum(test["max_score"] for test in found["tests"]) == 10
    assert [test["status"] for test in found["tests"]][:2] == ["passed", "failed"]


def test_moodle_gets_one_cloze_question_per_variant() -> None:
    family = Family(load_exercise(SAMPLES / "exercises" / "sigmoid_neuron.md"))
    root = ElementTree.fromstring(moodle_xml([family.variant(1), family.variant(2)]).encode())
    assert [question.get("type") for question in root] == ["cloze", "cloze"]
    text = root[1].findtext("questiontext/text") or ""
    truth = family.variant(2).truth
    assert f"{{1:NUMERICAL:={truth['z'].floats[0]:.12g}:0.0005}}" in text
    assert f"{{4:NUMERICAL:={truth['dL/dw'].floats[0]:.12g}:5e-0" in text
    assert r"\(\frac{\partial L}{\partial w}\)" in text


@pytest.mark.parametrize("key", [False, True], ids=["sheet", "key"])
@pytest.mark.parametrize(
    "name", ["sigmoid_neuron", "tanh_two_layers", "recurrent_two_steps", "residual_block"]
)
def test_the_figure_of_a_pdf_can_be_read_and_filled_in(name: str, key: bool) -> None:
    path = SAMPLES / "exercises" / f"{name}.md"
    document = document_of(Family(load_exercise(path)).variant(3), key=key)
    assert document.figure is not None
    scene, turned = document.figure.on_paper
    assert scene.smallest * scene.scale >= 9.9
    wide, high = scene.width * scene.scale, scene.height * scene.scale
    assert (wide <= 671 and high <= 461) if turned else (wide <= 481 and high <= 461)
    for blank in scene.blanks:  # 15 mm and 6 mm
        assert blank.rect.width * scene.scale >= 42.5
        assert blank.rect.height * scene.scale >= 17
    assert (r"\rotatebox{90}" in latex_sheet(document)) == turned


def test_a_sheet_cuts_no_number_that_is_given() -> None:
    path = SAMPLES / "exercises" / "tanh_two_layers.md"
    document = document_of(Family(load_exercise(path)).variant(1))
    assert document.figure is not None
    scene, _ = document.figure.on_paper
    natural = {text.tex for box in document.figure.scene.boxes for text in box.texts}
    shown = {text.tex for box in scene.boxes for text in box.texts if text.kind == "value"}
    assert shown <= natural
