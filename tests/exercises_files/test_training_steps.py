"""Updates of momentum, RMSProp, Adam and AdamW by hand: asked, followed through, mistakes named."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Any

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.errors import UsageError
from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.read_exercise import read_exercise
from graphgrad.exercises.files.variants import Family, Variant
from graphgrad.exercises.grading.graded_sheet import Marked, mark_sheet
from graphgrad.exercises.reports.html_report import html_report
from graphgrad.exercises.reports.report_lines import summary_lines
from graphgrad.exercises.sheets.sheet import document_of, template_of
from graphgrad.layers.training.loop import training
from graphgrad.layers.training.recipe import check_recipe
from graphgrad.source.gg import read_gg

NET = "input x = 3\ninput y = 1\nparam w = 1.73\nz = w*x\nloss L = (z - y)^2\ntrain {}\n"
TWO = NET.replace("z = w*x", "param b = 1\nz = w*x + b").replace("1.73", "2")
ROWS = "data x y\n 1 0\n 2 1\n -1 1\nparam w = 0.5\nloss L = (w*x - y)^2\ntrain {}\n"
ADAMW = "adamw(rate=0.1, weight_decay=0.1), schedule=exponential(factor=0.5)"
TRAININGS = (
    "momentum(rate=0.1)", "momentum(rate=0.1, form=torch)", "nesterov(rate=0.1)",
    "rmsprop(rate=0.1)", "adam(rate=0.1)", ADAMW, "adam(rate=0.1), clip=norm(limit=2)",
    "adagrad(rate=0.5)", "gd(rate=0.1, weight_decay=0.2)",
)  # fmt: skip


@cache
def variant(source: str, asks: tuple[str, ...] = ("update",), *, nice: bool = False) -> Variant:
    text = exercise_from(read_gg(source), source, "net.gg", Wish(asks, nice=nice))
    return Family(read_exercise(text, "net.md")).variant(1)


def marked(source: str, lines: dict[str, str]) -> Marked:
    return mark_sheet(variant(source), "\n".join(f"{k} = {v}" for k, v in lines.items()))


@pytest.mark.parametrize("train", TRAININGS)
@pytest.mark.parametrize("net", [TWO, ROWS])
def test_the_steps_are_those_of_training(net: str, train: str) -> None:
    source = net.format(train)
    graph = read_gg(source)
    assert graph.heading.recipe is not None
    points = list(islice(training(graph, check_recipe(graph.heading.recipe)), 3))
    truth = variant(source).truth
    for number in (1, 2):
        for name, value in points[number].values.items():
            assert truth[f"{name}[{number}]"].floats[0] == pytest.approx(value, rel=1e-12)
        if "schedule" in train:
            assert truth[f"rate[{number}]"].floats[0] == pytest.approx(0.1 * 0.5 ** (number - 1))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_key_is_right_and_the_sheet_says_the_formulas(language: str) -> None:
    source = TWO.format(ADAMW)
    wish = Wish(("update",), language=language)
    family = Family(read_exercise(exercise_from(read_gg(source), source, "net.gg", wish)))
    key = template_of(family.variant(2), language=language, key=True)
    report = mark_sheet(family.variant(2), key)
    assert {step.mark.status for step in report.steps} <= {"right", "rounded"}
    document = document_of(family.variant(2), language=language, figure=False)
    told = "\n".join(block.text for block in document.blocks)
    assert "m_hat_w[1] = m_w[1]/(1 - beta1^1)" in told
    assert "beta2 = 0.999" in told
    labels = [question.label for block in document.blocks for question in block.questions]
    assert ("step 2: m_hat_b" if language == "en" else "paso 2: m_hat_b") in labels


SPELLINGS = [
    "step 1: g = {g}\nstep 1: m = {m}\nstep 1: v = {v}\nstep 1: m_hat = {h}",
    "Paso 1:\n dL/dw = {g}\n m_w = {m}\n v_w = {v}\n m̂ = {h}",
    "| step | g | m | v | mhat |\n|---|---|---|---|---|\n| 1 | {g} | {m} | {v} | {h} |",
    "k = 1: ∂L/∂w = {g}, m = {m}, v = {v}, \\hat{{m}} = {h}",
    "g_1 = {g}\nm_1 = {m}\nv_1 = {v}\nm_hat[1] = {h}",
    "| paso | 1 |\n| grad | {g} |\n| m | {m} |\n| v | {v} |\n| m_hat | {h} |",
]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_a_step_is_named_as_students_name_it(spelled: str) -> None:
    source = NET.format("adam(rate=0.1)")
    truth = variant(source).truth
    names = {"g": "g[1]", "m": "m[1]", "v": "v[1]", "h": "m_hat[1]"}
    found = {k: f"{truth[name].floats[0]:.6g}" for k, name in names.items()}
    report = mark_sheet(variant(source), spelled.format(**found))
    status = {step.step.id: step.mark.status for step in report.steps}
    assert [status[name] for name in names.values()] == ["right"] * 4


def after(source: str, change: dict[str, float]) -> dict[str, float]:
    """Return all steps from some of a student's numbers on, by the graph alone."""
    from graphgrad.exercises.truth.reference import Reference
    from graphgrad.exercises.truth.terms_of_graph import Derivation

    graph = variant(source).graph
    reference, given, found = Reference(graph), dict[int, Any](), {}
    for step in variant(source).exercise.steps:
        line = graph.line_index[step.id]
        term = Derivation(graph, reference.pool, values=dict(given)).derived(line)
        if step.id in change:
            term = reference.pool.number(round(change[step.id] * 10**12)) / 10**12
        if step.id in change or given:
            given[line] = term
        found[step.id] = float(reference.balls(term)[0].mid())  # type: ignore[index, union-attr]
    return found


def _adam(t: dict[str, float]) -> dict[str, tuple[str, float]]:
    step = 0.1 * t["m_hat[2]"] / t["v_hat[2]"] ** 0.5
    bare = 0.1 * t["m[2]"] / t["v[2]"] ** 0.5
    return {
        "no_bias_correction": ("w[2]", t["w[1]"] - bare),
        "ascent": ("w[2]", t["w[1]"] + step),
        "wrong_step_number": ("m_hat[2]", t["m[2]"] / 0.1),
        "other_beta": ("v[2]", 0.9 * t["v[1]"] + 0.1 * t["g[2]"] ** 2),
        "weights_exchanged": ("m[2]", 0.1 * t["m[1]"] + 0.9 * t["g[2]"]),
        "old_state": ("m_hat[2]", t["m[1]"] / (1 - 0.81)),
        "lost_square": ("v[2]", 0.999 * t["v[1]"] + 0.001 * t["g[2]"]),
        "lost_root": ("w[2]", t["w[1]"] - 0.1 * t["m_hat[2]"] / t["v_hat[2]"]),
        "plain_step": ("w[2]", t["w[1]"] - 0.1 * t["g[2]"]),
        "rate_forgotten": ("w[2]", t["w[1]"] - 10 * step),
        "old_weights": ("g[2]", t["g[1]"]),
    }


def _momentum(t: dict[str, float]) -> dict[str, tuple[str, float]]:
    return {
        "old_state": ("w[2]", t["w[1]"] + t["m[1]"]),
        "ascent": ("w[2]", t["w[1]"] - t["m[2]"]),
        "other_form": ("m[2]", 0.9 * t["m[1]"] + t["g[2]"]),
        "plain_step": ("w[2]", t["w[1]"] - 0.1 * t["g[2]"]),
        "sign": ("m[2]", 0.9 * t["m[1]"] + 0.1 * t["g[2]"]),
    }


def _nesterov(t: dict[str, float]) -> dict[str, tuple[str, float]]:
    return {"not_ahead": ("g[2]", 2 * (3 * t["w[1]"] - 1) * 3)}


def _adamw(t: dict[str, float]) -> dict[str, tuple[str, float]]:
    step = t["rate[2]"] * t["m_hat[2]"] / t["v_hat[2]"] ** 0.5
    return {
        "decay_coupled": ("m[2]", 0.9 * t["m[1]"] + 0.1 * (t["g[2]"] + 0.1 * t["w[1]"])),
        "decay_forgotten": ("w[2]", t["w[1]"] - step),
        "schedule_forgotten": ("rate[2]", 0.1),
    }


MISTAKES = {
    "adam(rate=0.1)": _adam,
    "momentum(rate=0.1)": _momentum,
    "nesterov(rate=0.1)": _nesterov,
    ADAMW: _adamw,
}


@pytest.mark.parametrize("train", MISTAKES)
def test_a_mistake_in_the_second_step_is_named_and_what_follows_is_not_charged(train: str) -> None:
    source = NET.format(train)
    right = {name: value.floats[0] for name, value in variant(source).truth.items()}
    for label, (step, number) in MISTAKES[train](right).items():
        found = {k: f"{v:.8g}" for k, v in after(source, {step: number}).items()}
        report = marked(source, found)
        told = {s.step.id: s for s in report.steps}
        assert report.report.first_wrong == step, label
        assert [k for k, s in told.items() if s.mark.status == "wrong"] == [step], label
        mistake = told[step].mistake
        assert mistake is not None, label
        assert mistake.label == label


def test_pages_show_one_pass_and_mark_what_the_first_wrong_step_belongs_to() -> None:
    source = TWO.format("adam(rate=0.1)")
    found = {k: f"{v.floats[0]:.6g}" for k, v in variant(source).truth.items()}
    page = html_report(marked(source, found | {"m_hat_b[2]": "17.25"}), language="en")
    assert '.node[data-node="b"]' in page
    assert 'data-node="z"' in page
    assert 'data-node="z[2]"' not in page


@pytest.mark.parametrize("train", ["momentum(rate=0.1)", "adam(rate=0.1)", ADAMW])
@pytest.mark.parametrize("digits", [3, 4])
def test_who_rounds_on_the_way_is_not_faulted(train: str, digits: int) -> None:
    source = TWO.format(train)
    graph = variant(source).graph
    values: dict[str, float] = {}
    for step in variant(source).exercise.steps:  # each from the rounded ones before
        right = variant(source).truth[step.id].floats[0]
        value = after(source, values)[step.id] if values else right
        values[step.id] = float(f"{value:.{digits}g}")
    report = marked(source, {k: f"{v:.{digits}g}" for k, v in values.items()})
    assert graph.heading.steps
    assert "wrong" not in {step.mark.status for step in report.steps}


def test_the_command_and_its_refusals(tmp_path: Any) -> None:
    net, out = tmp_path / "net.gg", tmp_path / "net.md"
    net.write_text(TWO.format("adam"), encoding="utf-8")
    run = lambda *words: CliRunner().invoke(program, list(words))  # noqa: E731
    asked = ("--ask", "value,adjoint,update", "--steps", "3")
    told = run("ex", "from", str(net), *asked, "-o", str(out))
    assert told.exit_code == 0, told.output
    assert "updates = 3" in out.read_text("utf-8")
    assert "label = step 3: dL/dz" in out.read_text("utf-8")
    assert run("ex", "lint", str(out)).exit_code == 0
    rows = ("--ask", "update", "--rows", "1")
    for words, said in [(("--ask", "update,count"), "count"), (rows, "--rows")]:
        refused = run("ex", "from", str(net), *words)
        assert refused.exit_code == 2
        assert said in refused.output
    dropped = NET.format("adam").replace("z = w*x", "z = dropout(w*x, keep=0.5)")
    with pytest.raises(UsageError) as caught:
        exercise_from(read_gg(dropped), dropped, "net.gg", Wish(("update",)))
    assert caught.value.message_id == "training.steps_drawn"


BATCH = """
data x y
 1 0
 2 1
param w = 0.5
z = w*x
loss L = (z - y)^2
train gd, rate=0.1
"""


@pytest.mark.parametrize(("language", "said"), [("en", "step 1, row 2"), ("es", "paso 1, fila 2")])
def test_a_line_of_a_row_of_an_update_is_called_in_words_and_read_so(
    language: str, said: str
) -> None:
    wish = Wish(("value", "adjoint", "update"), updates=1, nice=False, language=language)
    exercise = read_exercise(exercise_from(read_gg(BATCH), BATCH, "batch.gg", wish), "batch.md")
    variant = Family(exercise).variant(1)
    filled = template_of(variant, "", language, key=True)
    assert f"{said}: z = " in filled
    assert "z[1,2]" not in filled
    marked = mark_sheet(variant, filled)
    assert marked.points == marked.total
    wrong = re.sub(rf"({said}: z = ).*", r"\g<1>9", filled)
    lines = summary_lines(mark_sheet(variant, wrong), language)
    assert any(line.endswith(f"{said}: z") for line in lines)
