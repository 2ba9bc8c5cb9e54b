"""Read what students and teachers write: answers, exercises, notes, questions, paper."""

from __future__ import annotations

import zlib
from functools import cache, lru_cache

from graphgrad.errors import GraphgradError
from graphgrad.source.text import decode
from tests.fuzz.reader import REGRESSION, SAMPLES, folder, regression

__all__ = ["read_an_exercise", "read_answers", "read_edit", "read_equivalence", "read_exported"]
__all__ += ["read_handed_in", "read_latex", "read_notes", "read_paper", "read_question"]

NEURON = SAMPLES / "exercises" / "sigmoid_neuron.md"


@cache
def exercise():
    from graphgrad.exercises.files.read_exercise import load_exercise

    return load_exercise(NEURON)


@cache
def family():
    from graphgrad.exercises.files.variants import Family

    return Family(exercise())


def read_answers(data: bytes) -> None:
    from graphgrad.exercises.marking.marker import check
    from graphgrad.exercises.reports.report_lines import report_text

    report = check(regression().graph, decode(data, "answers"))
    list(report_text(report, key=True))


def read_handed_in(data: bytes) -> None:
    from graphgrad.exercises.classroom.answer_file import answer_text, heading_student
    from graphgrad.exercises.grading.graded_sheet import declared_draw, mark_sheet

    heading_student(data)
    for name in ("a.txt", "a.html", "a.csv", "a.md", "a.ipynb", "a.pdf", "a.png", "\u202e.tex", ""):
        try:
            text = answer_text(data, name)
        except GraphgradError:
            continue
        declared_draw(text)
        if name == "a.txt":
            mark_sheet(variant(), text)


@cache
def variant():
    return family().variant(3)


def read_equivalence(data: bytes) -> None:
    from graphgrad.exercises.reading.equivalence import equivalent

    left, _, right = decode(data, "a").partition("\n")
    equivalent(left, right)


def read_question(data: bytes) -> None:
    from graphgrad.stepping.quiz.examiner import Examiner

    answer = decode(data, "a")
    examiner = Examiner(regression(), {})
    for question in questions()[zlib.crc32(data) % 2 :: 2]:
        examiner.reply(question, answer)


@lru_cache(maxsize=1)
def questions():
    from graphgrad.stepping.quiz.question import questions_about
    from graphgrad.views.text.stops import Stops

    stops = Stops(regression(), "line")
    found = [q for at in range(len(stops) + 1) for q in questions_about(regression(), stops, at)]
    return list({question.kind: question for question in found}.values())


def read_edit(data: bytes) -> None:
    from graphgrad.stepping.conditions import read_condition
    from graphgrad.stepping.editing import edited
    from graphgrad.stepping.work import Origin, Work

    typed = decode(data, "a")
    read_condition(typed)
    work = Work(regression(), Origin(decode(REGRESSION, ""), "a.gg"))
    for name in ("w", "z"):
        try:
            edited(work, work.trace.graph.find(name), typed)
        except GraphgradError as error:
            error.text("es")


def read_an_exercise(data: bytes) -> None:
    from graphgrad.exercises.files.lint import findings
    from graphgrad.exercises.files.read_exercise import read_exercise
    from graphgrad.exercises.files.variants import Family
    from graphgrad.exercises.sheets.html_sheet import html_sheet
    from graphgrad.exercises.sheets.latex_sheet import latex_sheet
    from graphgrad.exercises.sheets.sheet import document_of

    own = Family(read_exercise(decode(data, "e.md"), "e.md"))
    document = document_of(own.variant(1), key=True, student="", figure=False)
    (html_sheet, latex_sheet)[zlib.crc32(data) % 2](document)
    if zlib.crc32(data) % 3 == 0:
        findings(own, 2)


def read_notes(data: bytes) -> None:
    from graphgrad.exercises.notes.checking import check_notes
    from graphgrad.exercises.notes.judged_claim import notes_text

    notes_text(check_notes(decode(data, "n.md"), path=str(folder() / "n.md")), every=True)


def read_exported(data: bytes) -> None:
    """Export an exercise to one of the platforms, which its bytes choose."""
    from graphgrad.exercises.files.read_exercise import read_exercise
    from graphgrad.exercises.files.variants import Family
    from graphgrad.exercises.platforms.moodle import moodle_xml
    from graphgrad.exercises.platforms.nbgrader import nbgrader_notebook
    from graphgrad.exercises.platforms.stack_question import stack_xml

    variant = Family(read_exercise(decode(data, "e.md"), "e.md")).variant(2)
    (
        lambda: moodle_xml([variant]),
        lambda: stack_xml([variant]),
        lambda: nbgrader_notebook(variant),
    )[zlib.crc32(data) % 3]()


def read_paper(data: bytes) -> None:
    """Type in what a student wrote on paper, line by line."""
    from graphgrad.exercises.classroom.enter_paper import Clerk, paper_of
    from graphgrad.exercises.files.roster import Student

    paper = paper_of(folder(), Student("A1", "Ana"), variant())
    clerk = Clerk(paper)
    for line in decode(data, "typed").split("\n")[:20]:
        if clerk.done:
            break
        list(clerk.obey(line[:500]))
    paper.path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def network():
    """Return a graph with arrays, layers and a loss, of which formulas in LaTeX can be asked."""
    from graphgrad.source.gg import read_gg

    return read_gg(LAYERED)


LAYERED = """gg 1
input x = [1, 2]
input y = 1
param W = [0.5, -1; 0.25, 0.1]
param b = [0.1, 0]
z = W @ x + b
h = sigmoid(z)
yhat = sum(h)
loss L = (yhat - y)^2/2
"""


def read_latex(data: bytes) -> None:
    """Mark answers about a network, which are LaTeX and matrices more often than not."""
    from graphgrad.exercises.marking.marker import check
    from graphgrad.exercises.reports.report_lines import report_text

    list(report_text(check(network(), decode(data, "answers")), key=True))
