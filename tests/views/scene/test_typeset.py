"""Typeset labels: numerals, negative numbers, matrices, commands that do not exist."""

from __future__ import annotations

import numpy as np
import pytest

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import set_language
from graphgrad.symbolic.write.words_latex import text_tex, words_of_text
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.decks.png_pdf import png_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.names_on_page import relabelled
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.typeset.glyphs import drawn
from graphgrad.views.figure.typeset.typeset import typeset
from graphgrad.views.figure.typeset.ziamath_input import mathml_of
from graphgrad.views.text.numbers_latex import number_tex, value_tex, value_words

from .overlaps import overlaps_of
from .reading import picture_of, sample_scene, traced

FORMULAS = [
    r"h_{17} = \sigma\left(w_{17} \cdot h_{16}\right)",
    r"w^{(1)}_{23}",
    r"\frac{\partial L}{\partial w_{12}}",
    r"x^{2} + 10^{-7}",
    r"\mathbf{x}_{3}",
    r"x^{2}_{1}",
    r"\sum_{i=1}^{25} w^{[3]}_{i4}",
    r"\sqrt[3]{27}",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^{\top} + "
    r"\begin{bmatrix} 5 \end{bmatrix}_{1}^{2}",
]


@pytest.mark.parametrize("tex", FORMULAS)
def test_digits_put_into_a_template_are_those_drawn_directly(tex: str) -> None:
    from xml.etree import ElementTree

    direct = drawn(ElementTree.tostring(mathml_of(tex), encoding="unicode"))
    ink = typeset(tex, 100.0)
    assert [mark.outline for mark in ink.marks] == [mark.outline for mark in direct.marks]
    for mark, other in zip(ink.marks, direct.marks, strict=True):
        assert abs(mark.x - other.x) < 0.04 * ink.width
        assert abs(mark.y - other.y) < 1.0


def test_a_negative_number_is_not_a_subtraction() -> None:
    size = 20.0
    minus, four = typeset("{-}", size), typeset("4", size)
    assert number_tex(-4.0) == "{-4}"
    assert typeset("{-4}", size).width == pytest.approx(minus.width + four.width, abs=0.5)
    assert (
        typeset("a = {-4}", size).width
        < typeset("a - 4", size).width + typeset("=", size).width + size
    )


@pytest.mark.parametrize("tex", [r"\fraq{1}{2}", r"\hatt{y}", r"\begin{bmatri} 1 \end{bmatri}"])
def test_an_unknown_command_is_an_error_with_the_label(tex: str) -> None:
    with pytest.raises(UsageError) as error:
        typeset(tex, 12.0)
    assert tex[:6] in str(error.value)


@pytest.mark.parametrize("tex", [r"\frac{1}{2", r"x^{2", r"\left(x", "x_1_2", r"a & b"])
def test_text_that_is_no_latex_is_an_error_or_drawn(tex: str) -> None:
    try:
        width = typeset(tex, 12.0).width
    except UsageError:
        return
    assert width > 0


def test_a_label_in_a_file_is_checked() -> None:
    trace = traced('input x "\\hatt{x}" = 1; y = x^2')
    with pytest.raises(UsageError, match="hatt"):
        scene_of(trace)


def test_small_numbers_keep_their_digits() -> None:
    assert number_tex(1e-7) == "10^{-7}"
    assert number_tex(-3.25e-9) == r"{-3.25 \cdot 10^{-9}}"
    assert number_tex(float("-inf")) == r"{-\infty}"
    assert number_tex(0.5, comma=True) == "0{,}5"


def test_a_decimal_comma_reaches_the_figure() -> None:
    scene = scene_of(traced("input x = 0.5; y = x + 0.25"), SceneOptions(decimal_comma=True))
    value = next(t for t in scene.boxes[-1].texts if t.kind == "value")
    assert value.tex == "0{,}75"


def test_arrays_are_matrices_while_small_and_summaries_beyond() -> None:
    assert value_tex(np.array([1.0, -2.0])) == r"\begin{bmatrix} 1 \\ {-2} \end{bmatrix}"
    assert r"\begin{bmatrix}" in value_tex(np.eye(3))
    assert value_tex(np.zeros((16, 9))).startswith(r"\text{16×9")
    assert value_words(np.array([1.0, -2.0])) == "[1; -2]"


def test_words_survive_the_way_through_latex() -> None:
    for words in (r"</svg><script>", 'a"b', "a\\b", "50 % & $x_1^2$", "~{}#"):
        assert words_of_text(text_tex(words)) == words
        assert typeset(text_tex(words), 12.0).width > 0


HOSTILE = ["</svg><script>alert(1)</script>", "a\\b\"c'", "שלום", "🙂🙂", "x" * 300]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_drawn_as_words(name: str) -> None:
    from graphgrad.graph.builder import GraphBuilder

    builder = GraphBuilder()
    leaf = builder.leaf_line(name, "input", 2.0)
    square = builder.apply("mul", (leaf, leaf))
    builder.end_line("y")
    svg = svg_of(scene_of(builder.freeze(square)))
    assert b"<script" not in svg
    assert png_of(svg).startswith(b"\x89PNG")


def test_hostile_titles_and_groups_are_drawn_as_words() -> None:
    from graphgrad.graph.builder import GraphBuilder
    from graphgrad.graph.graph import Heading

    builder = GraphBuilder()
    leaf = builder.leaf_line("x", "input", 2.0)
    square = builder.apply("mul", (leaf, leaf))
    builder.end_line("y", group="</g><script>\x07")
    svg = svg_of(scene_of(builder.freeze(square, heading=Heading(title=HOSTILE[0]))))
    assert b"<script" not in svg
    assert png_of(svg).startswith(b"\x89PNG")


def test_a_label_with_a_bare_mark_takes_more_marks() -> None:
    trace = traced('input x "\\ell_1" = 2; y "\\mathbf{z}_1" = (x + 1)^2')
    assert scene_of(trace, SceneOptions(detail="op")).boxes


@pytest.mark.parametrize("label", [*HOSTILE[:1], *HOSTILE[2:], "W" * 300, "\u202ereversed", "$x$"])
def test_a_hostile_label_is_drawn_or_replaced_by_the_name(label: str) -> None:
    source = relabelled(traced("input x = 2; y = x^2; L = y + x"), {0: label})
    scene = scene_of(source)
    picture = picture_of(scene)
    assert b"<script" not in svg_of(scene)
    assert overlaps_of(picture) == []
    assert scene.width < 2_500
    assert ("too long" in " ".join(scene.notes)) == (len(label) == 300)


@pytest.mark.parametrize(
    "label", ["\\input{/etc/passwd}", "\\href{javascript:1}{x}", "%", "{", "a_"]
)
def test_a_label_that_is_no_formula_is_one_error(label: str) -> None:
    with pytest.raises(UsageError) as error:
        scene_of(relabelled(traced("input x = 2; y = x^2"), {0: label}))
    assert repr(label)[:20] in str(error.value)


def test_no_font_of_the_system_is_used() -> None:
    import resvg_py

    svg = svg_of(sample_scene("xor_sigmoid")).decode()
    with_fonts = bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=96.0, zoom=1.0))
    assert png_of(svg.encode(), scale=1.0) == with_fonts


def test_spanish_words_in_a_spanish_figure() -> None:
    set_language("es")
    scene = scene_of(traced("input x = 1; y = x^2"))
    assert scene.language == "es"
    assert "entrada" in scene.boxes[0].words


@pytest.mark.parametrize("name", ["relu6", r"leaky\_relu", r"log1p", r"swish\_2"])
def test_the_name_of_a_function_is_upright_whatever_it_is_made_of(name: str) -> None:
    letters = mathml_of(rf"\operatorname{{{name}}}\left(z\right)").iter("mi")
    assert [e.text for e in letters if e.get("mathvariant") != "normal"] == ["z"]


NESTED = {
    "fractions": (r"\frac{1}{\left(1+", r"\right)}"),
    "roots": (r"\sqrt{1+", "}"),
    "powers": ("e^{1+", "}"),
    "subscripts": ("a_{1+", "}"),
    "letters": (r"\mathbf{W", "}"),
}


@pytest.mark.parametrize("kind", NESTED)
def test_what_is_nested_is_measured_once_per_level(kind: str) -> None:
    """ziamath alone draws each row twice, and so what is nested 20 deep a million times."""
    from xml.etree import ElementTree

    from graphgrad.views.figure.typeset.ziamath_door import zia

    before, after = NESTED[kind]
    drawn_at: dict[int, int] = {}
    for depth in (5, 10, 20):
        tree = mathml_of(before * depth + "x" + after * depth)
        nodes = [zia().math(ElementTree.tostring(tree, encoding="unicode")).node]
        assert typeset(before * depth + "x" + after * depth, 10.0).width > 0
        drawn_at[depth] = counted(nodes[0])
    assert drawn_at[20] < 5 * drawn_at[10] < 25 * drawn_at[5]


def counted(root: object) -> int:
    """Return how many nodes are made to draw a formula again."""
    from ziamath.nodes.mnode import Mnode

    made = 0
    original = Mnode.__init__

    def counting(self: object, *args: object, **kwargs: object) -> None:
        nonlocal made
        made += 1
        original(self, *args, **kwargs)

    Mnode.__init__ = counting
    try:
        Mnode.fromelement(root.element, parent=root.parent)  # type: ignore[attr-defined]
    finally:
        Mnode.__init__ = original
    return made


@pytest.mark.parametrize("formula", ["sqrt(1 + {})", "1/(1 + {})", "exp(-{})^2"])
def test_a_formula_of_many_levels_is_drawn(formula: str) -> None:
    text = "x"
    for _ in range(25):
        text = formula.format(text)
    scene = scene_of(traced(f"input x = 0.5\nloss y = {text}\n"), SceneOptions())
    assert svg_of(scene).startswith(b"<")


@pytest.mark.parametrize("above", ["", r"\frac{1}{%s}"])
def test_a_limit_wider_than_its_operator_has_room(above: str) -> None:
    narrow, wide = r"(\sum_{i} s)", r"(\sum_{\mathrm{axis}\,2} s)"
    if above:
        narrow, wide = above % narrow, above % wide
    script = typeset(r"\mathrm{axis}\,2", 10).width * 0.65
    assert (
        typeset(wide, 10).width - typeset(narrow, 10).width
        > script - typeset(r"\sum", 10).width - 2
    )
