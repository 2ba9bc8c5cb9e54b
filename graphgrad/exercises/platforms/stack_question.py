r"""Write variants as STACK questions in Moodle XML: formulas are accepted, later steps follow.

Each step is an input with its own response tree, which accepts the truth, then what follows from
the student's earlier answers. Every variant is a question of one category, from which Moodle draws.

Source: STACK documentation, "Moodle XML format" of its sample questions, "Potential response
trees", "Input options" (allowempty, EMPTYANSWER).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from html import escape
from xml.etree import ElementTree

from graphgrad.exercises.files.spelling import latex_label
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.platforms.moodle import OWN_QUIZ, html_of, question_name
from graphgrad.exercises.platforms.stack_answers import Node, StackSteps
from graphgrad.exercises.reports.report_formats import xml_safe
from graphgrad.exercises.sheets.sheet import Block, document_of
from graphgrad.exercises.truth.steps import Recipe
from graphgrad.messages.catalogue import text

__all__ = ["stack_xml"]

Element = ElementTree.Element
VERSION = "2020120600"
_OPTIONS = {
    "questionsimplify": "1", "assumepositive": "0", "assumereal": "1",
}  # fmt: skip
_STYLE = {
    "multiplicationsign": "dot", "sqrtsign": "1", "complexno": "i",
    "inversetrig": "cos-1", "logicsymbol": "lang", "matrixparens": "[", "variantsselectionseed": "",
}  # fmt: skip


def stack_xml(variants: Iterable[Variant], *, language: str | None = None) -> str:
    """Return variants as one file of STACK questions in a category of their own.

    Args:
        variants: the variants, one question each.
        language: otherwise the exercise's.

    Raises:
        LimitError: if a formula is longer than a question can hold.
    """
    quiz = Element("quiz")
    quiz.append(ElementTree.Comment(OWN_QUIZ))
    for number, variant in enumerate(variants):
        if not number:
            category = ElementTree.SubElement(quiz, "question", type="category")
            _text(ElementTree.SubElement(category, "category"), _category(variant))
        spoken = language or variant.exercise.language or None
        _question(ElementTree.SubElement(quiz, "question", type="stack"), variant, spoken)
    ElementTree.indent(quiz)
    written = ElementTree.tostring(quiz, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _category(variant: Variant) -> str:
    name = (variant.exercise.title or variant.exercise.id).replace("/", "//")
    return f"$course$/top/{name}"


def _question(question: Element, variant: Variant, language: str | None) -> None:
    steps = StackSteps(variant, language)
    name = question_name(variant)
    _text(ElementTree.SubElement(question, "name"), name)
    _html(question, "questiontext", "\n".join(_body(variant, language)))
    _html(question, "generalfeedback", "")
    _leaf(question, "defaultgrade", _number(variant.exercise.total))
    _leaf(question, "penalty", "0.1")
    _leaf(question, "hidden", "0")
    _leaf(question, "idnumber", "")
    _text(ElementTree.SubElement(question, "stackversion"), VERSION)
    _text(ElementTree.SubElement(question, "questionvariables"), "\n".join(steps.variables()))
    _html(question, "specificfeedback", "")
    _html(question, "questionnote", escape(name))
    _html(question, "questiondescription", "")
    _leaves(question, _OPTIONS)
    for outcome in ("correct", "partiallycorrect", "incorrect"):
        words = text(f"classroom.stack.{outcome}", language)
        _html(question, f"prt{outcome}", f"<p>{escape(words)}</p>")
    _leaf(question, "decimals", "," if variant.exercise.decimal == "comma" else ".")
    _leaf(question, "scientificnotation", "*10")
    _leaves(question, _STYLE)
    for recipe in steps.all:
        _input(ElementTree.SubElement(question, "input"), steps, recipe)
    for recipe in steps.all:
        _tree(ElementTree.SubElement(question, "prt"), steps, recipe)
    _test(ElementTree.SubElement(question, "qtest"), steps)


def _body(variant: Variant, language: str | None) -> Iterator[str]:
    """Yield the text of the question, with a box and room for feedback behind every label."""
    document = document_of(variant, figure=True, language=language)
    if document.figure is not None:
        yield _inert(document.figure.svg)
    places = {step.id: place for place, step in enumerate(variant.exercise.steps, 1)}
    for block in document.blocks:
        if block.kind == "text":
            yield _inert(html_of(block.text))
        else:
            yield from _boxes(block, places)


def _boxes(block: Block, places: Mapping[str, int]) -> Iterator[str]:
    for question in block.questions:
        number = places[question.id]
        label = _inert(rf"\({escape(latex_label(question.label))} =\)")
        hint = f" {_inert(escape(question.hint))}" if question.hint else ""
        yield f"<p>{label} [[input:ans{number}]]{hint} [[validation:ans{number}]]</p>"
        yield f"<div>[[feedback:prt{number}]]</div>"


def _inert(html: str) -> str:
    """Return HTML in which nothing is a block, or a command, of STACK's own text format.

    >>> _inert("[[1, 2], [3, 4]] {@x@} {#y#}")
    '&#91;[1, 2], [3, 4&#93;] &#123;@x@} &#123;#y#}'
    """
    html = html.replace("[[", "&#91;[").replace("]]", "&#93;]")
    return html.replace("{@", "&#123;@").replace("{#", "&#123;#")


def _input(element: Element, steps: StackSteps, recipe: Recipe) -> None:
    kind = steps.input_type(recipe)
    _leaves(
        element,
        {
            "name": f"ans{recipe.step + 1}", "type": kind, "tans": steps.shown_truth(recipe),
            "boxsize": "8" if kind == "matrix" else "20", "strictsyntax": "1", "insertstars": "0",
            "syntaxhint": "", "syntaxattribute": "0", "forbidwords": "",
            "allowwords": steps.allowed_words() if kind == "algebraic" else "",
            "forbidfloat": "0", "requirelowestterms": "0", "checkanswertype": "0",
            "mustverify": "1", "showvalidation": "1", "options": "allowempty",
        },
    )  # fmt: skip


def _tree(element: Element, steps: StackSteps, recipe: Recipe) -> None:
    number = recipe.step + 1
    points = steps.exercise.steps[recipe.step].points
    _leaves(element, {"name": f"prt{number}", "value": _number(points), "autosimplify": "1"})
    _leaf(element, "feedbackstyle", "1")
    variables = "\n".join(steps.feedback_variables(recipe))
    _text(ElementTree.SubElement(element, "feedbackvariables"), variables)
    for place, node in enumerate(steps.nodes(recipe)):
        _node(ElementTree.SubElement(element, "node"), place, node, f"prt{number}-{place + 1}")


def _node(element: Element, place: int, node: Node, note: str) -> None:
    _leaves(
        element,
        {
            "name": str(place), "description": "", "answertest": "AlgEquiv", "sans": node.test,
            "tans": "true", "testoptions": "", "quiet": "1",
        },
    )  # fmt: skip
    outcomes = (
        ("true", node.true_score, node.true_next, node.true_words, "T"),
        ("false", Fraction(0), node.false_next, node.false_words, "F"),
    )
    for branch, score, following, words, mark in outcomes:
        _leaf(element, f"{branch}scoremode", "+")
        _leaf(element, f"{branch}score", _number(score))
        _leaf(element, f"{branch}penalty", "")
        _leaf(element, f"{branch}nextnode", str(following))
        _leaf(element, f"{branch}answernote", f"{note}-{mark}")
        shown = f"<p>{_inert(escape(words))}</p>" if words else ""
        _html(element, f"{branch}feedback", shown)


def _test(element: Element, steps: StackSteps) -> None:
    """Add the test STACK runs on import: the truth earns everything."""
    _leaves(element, {"testcase": "1", "description": ""})
    for recipe in steps.all:
        given = ElementTree.SubElement(element, "testinput")
        _leaves(given, {"name": f"ans{recipe.step + 1}", "value": f"gg_t{recipe.step + 1}"})
    for recipe in steps.all:
        expected = ElementTree.SubElement(element, "expected")
        last = steps.nodes(recipe)
        name = f"prt{recipe.step + 1}"
        place = next(k for k, node in enumerate(last) if node.true_next == -1)
        _leaves(
            expected,
            {
                "name": name, "expectedscore": "1.0000000", "expectedpenalty": "0.0000000",
                "expectedanswernote": f"{name}-{place + 1}-T",
            },
        )  # fmt: skip


# ---- XML ----


def _leaf(parent: Element, tag: str, value: str) -> None:
    ElementTree.SubElement(parent, tag).text = xml_safe(value)


def _leaves(parent: Element, values: Mapping[str, str]) -> None:
    for tag, value in values.items():
        _leaf(parent, tag, value)


def _text(parent: Element, value: str) -> None:
    _leaf(parent, "text", value)


def _html(parent: Element, tag: str, value: str) -> None:
    _text(ElementTree.SubElement(parent, tag, format="html"), value)


def _number(value: Fraction) -> str:
    """Return a score as STACK writes it.

    >>> _number(Fraction(1, 3))
    '0.3333333'
    """
    return f"{float(value):.7f}"
