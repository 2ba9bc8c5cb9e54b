"""Questions about samples: what is no answer costs no try, every spelling of a right one counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load
from graphgrad.stepping.quiz.examiner import LARGEST, Examiner
from graphgrad.stepping.quiz.question import questions_about
from graphgrad.views.text.stops import Stops

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.gg"))
QUICK = ("dead_relu", "leaky_relu", "mazur")  # arrays between numbers, cases, names with _
JUNK = [
    "?", "asdf", "0/0", "1/0", "inf", "nan", "∞", "1e999", "--", "()", "1,2,3", "[]", "true",
    "i", "2+", "*3", "(1", "1)", "1..2", "1_000", "🙂", "\\frac{1}{", "d/dx", "∂", "sin",
    "sin()", "log(-1)", "0^-1", "#", "==", "=5=", "<script>", "None", "%", "%5", "5%%", "1e+",
    ".", "½+", "‖", "|1", "{1"
]  # fmt: skip
SELF = (
    "{0}",
    "{0}+0",
    "1*{0}",
    "({0})",
    "{0}/1",
    "-(-{0})",
    "{0} = {0}",
    "2*{0}/2",
    "exp(log({0}))",
)
AS_CALCULUS = ("{0}.grad", "∇_{0} {1}", "{1}_{0}", "grad({1},{0})", "D_{0} {1}", "∂_{{{0}}} {1}")
MOST = {"value": 3, "adjoint": 3, "partial": 2, "contribution": 2}


def spelled(number: float) -> list[str]:
    text = format(Decimal(repr(float(number))), "f")
    return [
        text, text.replace(".", ","), text.replace("-", "−"), f"{number:.12e}", f"({text})",
        f"{text}*1", f"0+{text}", f"= {text}", f"≈ {text}", f"{Decimal(text) * 100:f}%",
    ]  # fmt: skip


def check_sample(path: Path) -> int:
    graph = load(path)
    if len(graph) > LARGEST:
        return 1
    trace = record(graph)
    stops, examiner, output = Stops(trace, "line"), Examiner(trace, {}), graph.name(graph.output)
    asked, count = dict.fromkeys(MOST, 0), 0
    for position in range(len(stops) + 1):
        for question in questions_about(trace, stops, position):
            if question.kind not in MOST or asked[question.kind] >= MOST[question.kind]:
                continue
            asked[question.kind] += 1
            name = graph.name(question.node)
            refused = [*JUNK, *(form.format(question.asked) for form in SELF)]
            if question.kind == "adjoint":
                refused += [form.format(name, output) for form in AS_CALCULUS]
            for answer in refused:
                reply = examiner.reply(question, answer)
                assert reply.status == "unreadable", (path.stem, question.asked, answer, reply)
            right = [question.answer] if question.kind == "partial" else spelled(question.truth)
            for answer in right:
                reply = examiner.reply(question, answer)
                assert reply.passed, (path.stem, question.asked, answer, reply)
            if question.kind != "partial":
                wrong = examiner.reply(question, repr(float(question.truth) * 1.01 + 1.001))
                assert wrong.status == "wrong", (path.stem, question.asked, wrong)
            count += 1
    return count


@pytest.mark.parametrize("name", QUICK)
def test_no_answer_that_is_none_costs_a_try_or_counts(name: str) -> None:
    assert check_sample(next(path for path in SAMPLES if path.stem == name))


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_answer_that_is_none_costs_a_try_or_counts_in_any_sample(path: Path) -> None:
    check_sample(path)
