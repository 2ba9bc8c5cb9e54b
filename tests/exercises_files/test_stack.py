"""STACK questions: the fields of its samples, Maxima that computes the truth, fair scores."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.read_exercise import load_exercise, read_exercise
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.graded_sheet import mark_sheet
from graphgrad.exercises.platforms.stack_question import stack_xml
from graphgrad.exercises.truth.steps import Recipes
from graphgrad.source.gg import read_gg
from tests.exercises_files.maxima import Session
from tests.exercises_files.test_exercise_files import SAMPLES, exercise_text

FILES = sorted((SAMPLES / "exercises").glob("*.md"))
ORDER = [
    "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber",
    "stackversion", "questionvariables", "specificfeedback", "questionnote", "questiondescription",
    "questionsimplify", "assumepositive", "assumereal", "prtcorrect", "prtpartiallycorrect",
    "prtincorrect", "decimals", "scientificnotation", "multiplicationsign", "sqrtsign", "complexno",
    "inversetrig", "logicsymbol", "matrixparens", "variantsselectionseed",
]  # fmt: skip
"""The fields of the sample questions that STACK ships (samplequestions/**/Matrix.xml), in order."""
INPUT = [
    "name", "type", "tans", "boxsize", "strictsyntax", "insertstars", "syntaxhint",
    "syntaxattribute", "forbidwords", "allowwords", "forbidfloat", "requirelowestterms",
    "checkanswertype", "mustverify", "showvalidation", "options",
]  # fmt: skip
NODE = ["name", "description", "answertest", "sans", "tans", "testoptions", "quiet"] + [
    f"{branch}{field}"
    for branch in ("true", "false")
    for field in ("scoremode", "score", "penalty", "nextnode", "answernote", "feedback")
]


def question(variant: Variant) -> ElementTree.Element:
    quiz = ElementTree.fromstring(stack_xml([variant]).encode())
    assert [q.get("type") for q in quiz] == ["category", "stack"]
    return quiz[1]


def found(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path) or ""


def matrix(values: list[float], shape: tuple[int, ...]) -> Any:
    if not shape:
        return values[0]
    width = shape[-1]
    return [values[i : i + width] for i in range(0, len(values), width)]


def graded(stack: ElementTree.Element, answers: dict[str, Any]) -> dict[str, tuple[float, str]]:
    """Return score and last note of every response tree, as STACK walks it."""
    session = Session(**answers)
    session.run(found(stack, "questionvariables/text"))
    results = {}
    for tree in stack.findall("prt"):
        session.run(found(tree, "feedbackvariables/text"))
        nodes = {found(node, "name"): node for node in tree.findall("node")}
        score, place, note = 0.0, "0", ""
        while place != "-1":
            node = nodes[place]
            branch = "true" if session.value(found(node, "sans")) is True else "false"
            score += float(found(node, f"{branch}score"))
            note = found(node, f"{branch}answernote")
            place = found(node, f"{branch}nextnode")
        results[found(tree, "name")] = (score, note)
    return results


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_has_the_fields_of_the_samples_and_the_truth_in_maxima(path: Any) -> None:
    variant = Family(load_exercise(path)).variant(5)
    stack = question(variant)
    single = [child.tag for child in stack if child.tag not in ("input", "prt", "qtest")]
    assert single == ORDER
    for element in stack.findall("input"):
        assert [child.tag for child in element] == INPUT
    for element in stack.findall("prt/node"):
        assert [child.tag for child in element] == NODE
    session = Session()
    session.run(found(stack, "questionvariables/text"))
    for number, value in enumerate(variant.truth.values(), 1):
        computed = session.names[f"gg_t{number}"]
        flat = [x for row in computed for x in row] if isinstance(computed, list) else [computed]
        assert flat == pytest.approx(value.floats, rel=1e-12)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_truth_earns_everything_with_the_note_that_the_test_expects(path: Any) -> None:
    variant = Family(load_exercise(path)).variant(5)
    stack = question(variant)
    values = variant.truth.values()
    answers = {f"ans{k}": matrix(v.floats, v.shape) for k, v in enumerate(values, 1)}
    results = graded(stack, answers)
    expected = {
        found(e, "name"): (float(found(e, "expectedscore")), found(e, "expectedanswernote"))
        for e in stack.findall("qtest/expected")
    }
    assert {k: (pytest.approx(v), n) for k, (v, n) in results.items()} == expected
    total = sum(float(found(tree, "value")) for tree in stack.findall("prt"))
    assert total == pytest.approx(float(found(stack, "defaultgrade")))


def test_stack_and_our_own_marking_agree_on_a_mistake_and_what_follows() -> None:
    variant = Family(load_exercise(SAMPLES / "exercises" / "sigmoid_neuron.md")).variant(17)
    stack = question(variant)
    asked = variant.exercise.asked
    wrong = [0.5, 0.6225, 0.07127, 0.2350, 0.3775, 0.08872, -0.06654]  # the sign of dL/da
    sheet = "\n".join(
        f"{name} = {x}".replace(".", ",") for name, x in zip(asked, wrong, strict=True)
    )
    ours = {s.step.id: float(s.points / s.step.points) for s in mark_sheet(variant, sheet).steps}
    theirs = graded(stack, {f"ans{k}": x for k, x in enumerate(wrong, 1)})
    assert [score for score, _ in theirs.values()] == list(ours.values()) == [1, 1, 1, 1, 0, 1, 1]
    assert theirs["prt5"][1] == "prt5-3-T"  # the sign has a note and words of its own
    assert theirs["prt7"][1] == "prt7-2-T"


def test_what_was_left_empty_costs_its_own_points_only() -> None:
    variant = Family(load_exercise(SAMPLES / "exercises" / "relu_network.md")).variant(5)
    stack = question(variant)
    values = list(variant.truth.values())
    answers = {f"ans{k}": matrix(v.floats, v.shape) for k, v in enumerate(values, 1)}
    answers["ans1"] = [["null", "null"]]
    answers["ans3"] = "EMPTYANSWER"
    scores = [score for score, _ in graded(stack, answers).values()]
    assert scores == pytest.approx([0, 1, 0, 1, 1, 1, 1, 1, 1])


def test_a_matrix_earns_its_right_entries() -> None:
    variant = Family(load_exercise(SAMPLES / "exercises" / "relu_network.md")).variant(1)
    stack = question(variant)
    values = list(variant.truth.values())
    answers = {f"ans{k}": matrix(list(v.floats), v.shape) for k, v in enumerate(values, 1)}
    answers["ans9"][1][0] += 5
    assert graded(stack, answers)["prt9"][0] == pytest.approx(3 / 4)
    words = "".join(stack.itertext())
    assert "Look again at entry 2, 1." in words


def test_nothing_of_a_lecturer_is_obeyed_by_the_text_format_of_stack() -> None:
    body = "Matrices [[1, 2], [3, 4]], {@system(1)@}, {#x#} & <b>\n\n```step z\nexpr = w*x\n```\n"
    exercise = read_exercise(exercise_text('title = "a/b ]]>"\n', body))
    stack = question(Family(exercise).variant())
    shown = found(stack, "questiontext/text")
    assert "{@" not in shown
    assert "{#" not in shown
    blocks = [part.partition("]]")[0] for part in shown.split("[[")[1:]]
    assert blocks == ["input:ans1", "validation:ans1", "feedback:prt1"]


def test_a_decimal_comma_is_an_option_of_the_question() -> None:
    neuron = question(Family(load_exercise(SAMPLES / "exercises" / "sigmoid_neuron.md")).variant(1))
    assert found(neuron, "decimals") == ","
    kinds = [found(element, "type") for element in neuron.findall("input")]
    assert kinds == ["numerical"] * 3 + ["algebraic"] * 2 + ["numerical"] * 2


def test_recipes_say_which_steps_a_step_uses() -> None:
    variant = Family(load_exercise(SAMPLES / "exercises" / "sigmoid_neuron.md")).variant(1)
    asked = variant.exercise.asked
    uses = {asked[r.step]: [asked[u] for u in r.uses] for r in Recipes(variant.graph, asked).all()}
    assert uses["dL/dw"] == ["da/dz", "dL/da"]
    assert uses["z"] == []


ROWS = """\
data x y
 1 0
 2 1
 -1 1
param w = 0.5
param b = 0.25
z = w*x + b
a = sigmoid(z)
loss L = (a - y)^2
"""
LAYERS = """\
input x = [1, 2]
input y = 1
layer h = dense(2, act=sigmoid)
layer out = dense(1)
a = h(x)
yhat = out(a)
loss L = sum((yhat - y)^2)
"""
ADAM = "input x = 3\nparam w = 2\nz = w*x\nloss L = z^2/2\ntrain adam(rate=0.1)\n"
ASKED = ("value", "delta", "adjoint", "update")
SHEETS = {
    "rows": (ROWS, Wish(ASKED, (1, 2, 3), nice=False)),
    "two rows": (ROWS, Wish(("value", "adjoint"), (2, 3), nice=False)),
    "layers": (LAYERS, Wish(ASKED, nice=False)),
    "updates": (ADAM, Wish(("value", "update"), nice=False)),
}


def drawn_from(name: str) -> Variant:
    source, wish = SHEETS[name]
    return Family(read_exercise(exercise_from(read_gg(source), source, "net.gg", wish))).variant(1)


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_over_rows_layers_and_updates_are_questions_too(name: str) -> None:
    """The truth earns everything; after any one wrong answer both markings give the same points."""
    variant = drawn_from(name)
    stack, asked = question(variant), variant.exercise.asked
    values = list(variant.truth.values())
    full = {f"ans{k}": matrix(v.floats, v.shape) for k, v in enumerate(values, 1)}
    earned = [score for score, _ in graded(stack, full).values()]
    assert earned == pytest.approx([1] * len(asked))
    recipes = Recipes(variant.graph, asked).all()
    numbers = [k for k, value in enumerate(values) if not value.shape]
    for slipped in numbers[:: max(1, len(asked) // 6)]:
        answers = dict(full) | {f"ans{slipped + 1}": values[slipped].floats[0] * 1.5 + 0.4}
        session = Session(**answers)
        session.run(found(stack, "questionvariables/text"))
        for recipe in recipes[slipped + 1 :]:  # all that follows is worked from what was answered
            if recipe.uses:
                tree = stack.findall("prt")[recipe.step]
                session.run(found(tree, "feedbackvariables/text"))
                answers[f"ans{recipe.step + 1}"] = session.names[f"gg_f{recipe.step + 1}"]
                session.names[f"ans{recipe.step + 1}"] = answers[f"ans{recipe.step + 1}"]
        theirs = [score for score, _ in graded(stack, answers).values()]
        assert [k for k, score in enumerate(theirs) if score < 0.99] == [slipped], asked[slipped]
        lines = [f"{n} = {spelled(answers[f'ans{k}'])}" for k, n in enumerate(asked, 1)]
        ours = mark_sheet(variant, "\n".join(lines))
        wrong = [s.step.id for s in ours.steps if s.mark.status == "wrong"]
        assert wrong == [asked[slipped]], asked[slipped]


def spelled(value: Any) -> str:
    if not isinstance(value, list):
        return f"{value:.9g}"
    return f"[{'; '.join(' '.join(f'{x:.9g}' for x in row) for row in value)}]"
