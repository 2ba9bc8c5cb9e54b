"""List every reader of ours that takes what others have written: how to read, seeds, budget.

A new reader is one row of `READERS`. What a row reads is what a user's command does with such an
input, up to the last step that depends on it.
"""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, SourceError
from graphgrad.source.gg import read_gg
from graphgrad.source.text import decode
from graphgrad.trace.saved import trace_from_json, trace_to_json
from tests.architecture import measure

__all__ = ["READERS", "Reader", "seeds_of"]

ROOT = measure.ROOT
SAMPLES = ROOT / "samples"
NEURON = SAMPLES / "exercises" / "sigmoid_neuron.md"
CORPUS = Path(__file__).with_name("corpus")
REGRESSION = (SAMPLES / "linear_regression.gg").read_bytes()

COMPUTED = [
    "sum", "mean", "exp", "log", "sqrt", "sigmoid", "relu", "softmax", "max", "where", "transpose",
    "reshape", "axis=1", "axis=0", "keepdims=true", "@", ".T", "^2", "^-1", "W[1,2]", "x[1:3]",
    "input", "param", "const", "loss", "output", "data", "title", "assume", "convention", "gg 1",
    "decimal comma", "[a.b]", "[]", "[[1,2],[3,4]]", "[1;2]", ": 2x3", "he_normal(draw=1)", "pi",
    "def f(x) = x^2", "for t = 1:3", "end", "layer c = dense(2)", "train adam", "sum(i=1:3, x)",
]  # fmt: skip
WRITTEN = [
    "dL/dw", "∂L/∂w", "\\frac{1}{2}", "\\sigma", "\\cdot", "\\left(", "\\right)", "z'", "ŷ", "²",
    "\\begin{pmatrix}", "\\\\", "&", "\\end{pmatrix}", "=", "≈", "0,5", "1.234,5", "|x|", "ln x",
    "sen", "\\log_{a} x", "Ξ", "w_{12}^{(1)}", "if", "otherwise", "\\sum_{i=1}^{n}", "e^{-z}", "T",
]  # fmt: skip
MARKED = ["+++", "[vars]", "```step", "```gg", "```", "format = ", "id = ", "answer", "points"]
MARKED += ["{min = 1, max = 3}", "step = 0.5", "[1, 2, 3]", "$x$", "{{w}}", "digits", "avoid"]
NOTED = ["$", "$$", "<!-- gg", "-->", "<!-- assume x>0 -->", "```claim", "\\partial", "= 1", "L"]


class Reader(NamedTuple):
    """One row of the table.

    Attributes:
        name: of its folder in the corpus.
        read: reads bytes; may raise an error of ours, nothing else.
        seeds: inputs that are right, made when first needed.
        words: what it knows.
        seconds: of processor time that one input may take.
        share: how many inputs it gets, beside the others.
    """

    name: str
    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    words: list[str]
    seconds: float = 2.0
    share: float = 1.0


def seeds_of(reader: Reader) -> list[bytes]:
    """Return the seeds of a reader, and what was found with it before."""
    found = sorted((CORPUS / reader.name).glob("*"))
    return reader.seeds() + [path.read_bytes() for path in found if path.name != "README"]


# ---- what the rows share ----


@cache
def folder() -> Path:
    """Return a folder of this process, for readers that take a path."""
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None
    made = Path(tempfile.mkdtemp(prefix="graphgrad-fuzz-", dir=base))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def placed(data: bytes, name: str) -> str:
    place = folder() / name
    place.write_bytes(data)
    return str(place)


def files(pattern: str, top: Path = SAMPLES) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(top.glob(pattern))]


@cache
def exercise():
    from graphgrad.exercises.files.read_exercise import load_exercise

    return load_exercise(NEURON)


@cache
def family():
    from graphgrad.exercises.files.variants import Family

    return Family(exercise())


@cache
def regression():
    return record(read_gg(decode(REGRESSION, "")))


# ---- graphs ----


def read_graph(data: bytes) -> None:
    trace = record(read_gg(decode(data, "a.gg"), path=str(folder() / "a.gg")))
    from graphgrad.views.tables.run_table import run_table

    if len(trace.graph) < 500:
        list(run_table(trace))


def read_expression(data: bytes) -> None:
    graph = read_gg(decode(data, "-e"), free_inputs=True)
    leaves = {name: 0.5 for name in graph.line_names if graph.is_leaf(graph.find(name))}
    free = {n: v for n, v in leaves.items() if not graph.columns.shape(graph.find(n))}
    record(graph, free)


def read_layout(data: bytes) -> None:
    from graphgrad.source.tree import text_of, tree_of
    from graphgrad.source.writing.layout import laid_out

    text = decode(data, "a.gg")
    read_gg(text)
    once = text_of(laid_out(tree_of(text)))
    again = text_of(laid_out(tree_of(once)))
    if once != again:
        raise AssertionError("not idempotent")


def read_symbols(data: bytes) -> None:
    from graphgrad.symbolic.derive.gradient import gradient_lines

    graph = read_gg(decode(data, "a.gg"))
    if len(graph) < 200:
        gradient_lines(graph)


def read_figure(data: bytes) -> None:
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of
    from graphgrad.views.figure.tex.tikz_picture import tikz_of

    trace = record(read_gg(decode(data, "a.gg")))
    if len(trace.graph) > 60:
        return
    scene = scene_of(trace, SceneOptions())
    svg_of(scene)
    tikz_of(scene)


def read_cells(data: bytes) -> None:
    from graphgrad.stepping.plain.stepper import run_plain

    trace = record(read_gg(decode(data, "a.gg")))
    if len(trace.graph) < 60:
        run_plain(trace, io.StringIO("n\nn\nG\ngraph\nq\n"), io.StringIO(), width=80)


def read_table(data: bytes) -> None:
    from graphgrad.expr.dialect import COMMA, STRICT
    from graphgrad.source.csv_tables import read_csv

    path = Path(placed(data, "t.csv"))
    for dialect in (STRICT, COMMA):
        try:
            read_csv(path, (), dialect, whole=False)
        except GraphgradError as error:
            error.text("es")


# ---- answers, exercises, notes ----


def read_answers(data: bytes) -> None:
    from graphgrad.exercises.marking.marker import check
    from graphgrad.exercises.reports.report_lines import report_text

    report = check(regression().graph, decode(data, "answers"))
    list(report_text(report, key=True))


def read_handed_in(data: bytes) -> None:
    from graphgrad.exercises.classroom.answer_file import answer_text, heading_student
    from graphgrad.exercises.grading.graded_sheet import declared_draw, mark_sheet

    heading_student(data)
    for name in ("a.txt", "a.html", "a.csv", "a.md"):
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
    for question in questions():
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
    html_sheet(document)
    latex_sheet(document)
    findings(own, 2)


def read_notes(data: bytes) -> None:
    from graphgrad.exercises.notes.checking import check_notes
    from graphgrad.exercises.notes.judged_claim import notes_text

    notes_text(check_notes(decode(data, "n.md"), path=str(folder() / "n.md")), every=True)


# ---- classes ----


def read_class(data: bytes) -> None:
    from graphgrad.exercises.files.roster import read_roster

    read_roster(placed(data, "class.csv"))


def read_variants(data: bytes) -> None:
    from graphgrad.exercises.files.frozen import read_frozen

    frozen = read_frozen(placed(data, "variants.json"), exercise())
    for student in frozen.students[:3]:
        frozen.variant(family(), student.id)
    frozen.sharing()


def read_zip(data: bytes) -> None:
    from graphgrad.exercises.classroom.answer_file import Register, answer_text
    from graphgrad.exercises.classroom.submissions import read_submissions
    from graphgrad.exercises.files.roster import Student

    register = Register([Student("A1", "Ana Ruiz")])
    for submission in read_submissions(placed(data, "s.zip")):
        register.student_of(submission)
        if not submission.problem:
            try:
                answer_text(submission.data, submission.path)
            except GraphgradError:
                continue


def read_worksheet(data: bytes) -> None:
    from graphgrad.exercises.classroom.class_files import filled_worksheet

    filled_worksheet(decode(data, "w.csv"), marks(), "w.csv")


@cache
def marks():
    from graphgrad.exercises.classroom.class_marks import ClassMarks, Entry
    from graphgrad.exercises.classroom.submissions import Submission
    from graphgrad.exercises.files.roster import Student

    file = Submission("a.txt", "", "Ana Ruiz", "Ana Ruiz", "12345", b"z = 1")
    entry = Entry(Student("A1", "Ana Ruiz"), file, problem="classroom.problem.kind")
    return ClassMarks(family(), (entry,))


# ---- saved things, keys, frames ----


def read_trace(data: bytes) -> None:
    from graphgrad.views.text.run_json import plain_data

    trace = trace_from_json(decode(data, "t.json"))
    for step in (0, len(trace.steps), len(trace.steps) // 2):
        trace.state(step)
    trace_to_json(trace)
    plain_data(trace.values[-1])


def read_training(data: bytes) -> None:
    from graphgrad.layers.training.saved_run import run_from_json

    training = trained()
    run_from_json(decode(data, "r.json"), training.plan, training.objective.layout)


@cache
def trained():
    from graphgrad.cli.training.plan_options import plan_of
    from graphgrad.layers.training.loop import Training, rated
    from graphgrad.layers.training.many_rows import objective_of

    graph = regression().graph
    objective = objective_of(graph, {})
    return Training(objective, rated(objective, plan_of(graph, {"steps": 3, "optimizer": "adam"})))


def read_keys(data: bytes) -> None:
    from graphgrad_tui.keymap import read_keymap

    read_keymap(placed(data, "keys.toml"))


def read_frame(data: bytes) -> None:
    from graphgrad.cli.serving.page_messages import UnexpectedError, read_message

    try:
        text: str | bytes = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data
    try:
        order = read_message(isinstance(text, str), text)
    except UnexpectedError as error:
        raise SourceError("serve.unexpected", number=1, what=error.what) from None
    order.text.encode("utf-8")
    if order.kind not in ("stdin", "resize", "ping", "focus", "blur"):
        raise AssertionError(order)


def read_label(data: bytes) -> None:
    """Typeset the label of a line, which is LaTeX as its author wrote it."""
    from graphgrad.views.figure.typeset.typeset import typeset

    typeset(decode(data, "label")[:2000], 12.0)


# ---- seeds ----


def saved_traces() -> list[bytes]:
    names = ("linear_regression", "matrix_gradient", "xor_sigmoid_data", "max_pooling")
    texts = [(SAMPLES / f"{name}.gg").read_text("utf-8") for name in names]
    found = [trace_to_json(record(read_gg(text))).encode() for text in texts]
    exact = record(read_gg("input x = 1/3\nparam w = 2\nloss L = (w*x)^2"), exact=True)
    return [*found, trace_to_json(exact).encode()]


def frozen_files() -> list[bytes]:
    from graphgrad.exercises.files.frozen import freeze
    from graphgrad.exercises.files.roster import Student

    students = [Student("A1", "Ana Ruiz"), Student("A2"), Student("ñ 3", "O'Neil")]
    return [freeze(family(), students, b"0123456789abcdef").text().encode()]


def zips() -> list[bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Ana Ruiz_12345_assignsubmission_file_/a.txt", "z = 0,25\n")
        archive.writestr("é/b.html", "<p>z = 1</p>")
        archive.writestr("c.docx", b"PK")
    return [out.getvalue()]


def trainings() -> list[bytes]:
    from graphgrad.layers.training.log import Run
    from graphgrad.layers.training.saved_run import run_to_json

    training, run = trained(), Run()
    run.start = training.state.vector
    return [run_to_json(training.plan, training.objective.layout, training.state, run).encode()]


def texts(*found: str) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() for text in found]


NOTES = r"""# Lecture
Let $z_1 = w_1 x_1$ and $a = \sigma(z_1)$. Then $\partial z_1/\partial w_1 = w_1$.
<!-- gg
input x = 3
param w = 2
loss L = (w*x)^2
-->
$$\frac{\partial L}{\partial w} = 2wx^2 = 36$$

```claim
dL/dw = 2*w*x^2
```
"""
WORKSHEET = (
    "\ufeffIdentifier,Full name,Grade,Maximum grade,Feedback comments\r\n"
    'Participant 12345,"Ruiz, Ana",,"10,00",\r\nParticipant 2,Bo,-,10,=x\r\n'
)
HTML = "<html><p>alumno: A1</p><table><tr><td>z</td><td>= 1</td></tr></table></html>"
EQUAL = texts(
    "σ(z)(1 - σ(z))\ne^{-z}/(1+e^{-z})^2", "2wx\nw*x", "|x-y|/(1+|x|)\nmax(x,y)",
    r"\frac{1}{2}(y-a)^2" + "\n0,5(a-y)²", "(x+y)^3\nx^3+3x^2y+3xy^2+y^3", "sin(x)^2+cos(x)^2\n1",
)  # fmt: skip
LABELS = texts(r"z^{(1)}", r"\hat{y}", r"\frac{a}{b}", r"\mathbf{W}_{12}", r"\sqrt{x}", "α + β")

READERS: tuple[Reader, ...] = (
    Reader("gg", read_graph, files("*.gg"), COMPUTED, share=4),
    Reader("expression", read_expression, texts("L = (w*x + b - y)^2; z = sin(L)"), COMPUTED),
    Reader("layout", read_layout, files("*.gg"), COMPUTED),
    Reader("symbols", read_symbols, files("[a-d]*.gg"), COMPUTED, 4, 0.5),
    Reader("figure", read_figure, files("[l-p]*.gg"), COMPUTED, 8, 0.1),
    Reader("cells", read_cells, files("[l-p]*.gg"), COMPUTED, 4, 0.3),
    Reader("csv", read_table, texts("x,y\n3,9\n1,2\n", "x;y\n0,5;1\n", '"x","y"\n1,2\n'), []),
    Reader("answers", read_answers, files("*.answers.txt"), WRITTEN, 6, 0.5),
    Reader("handed_in", read_handed_in, texts("z = 0,25\na = 1/2\n", HTML, "|z|1|\n"), WRITTEN, 6),
    Reader("equivalence", read_equivalence, EQUAL, WRITTEN, 10, 0.5),
    Reader("question", read_question, texts("2*e*x", "-12", r"\frac{1}{2}", "z"), WRITTEN, 6, 0.5),
    Reader("edit", read_edit, texts("3", "w*x + 1", "[1, 2]", "v>1", "1/3"), COMPUTED),
    Reader("exercise", read_an_exercise, files("exercises/*.md"), MARKED, 6, 0.5),
    Reader("notes", read_notes, texts(NOTES), NOTED + WRITTEN, 10, 0.2),
    Reader("roster", read_class, texts("A1;Ana\nA2;Bo\n", "ID,Full name\n1,Ana\n"), ["id", "#"]),
    Reader("variants", read_variants, frozen_files, [], share=2),
    Reader("zip", read_zip, zips, [], share=2),
    Reader("worksheet", read_worksheet, texts(WORKSHEET), ["Grade", "Participant 1"]),
    Reader("trace", read_trace, saved_traces, [], share=4),
    Reader("training", read_training, trainings, [], share=2),
    Reader("keymap", read_keys, texts('[keys]\nnext = "n,space"\nprevious = "p"\n'), ["ctrl+n"]),
    Reader("frame", read_frame, texts('["stdin", "n"]', '["resize", {"width": 80, "height": 24}]',
                                      '["ping", "1"]', '["focus"]'), [], share=2),
    Reader("label", read_label, LABELS, WRITTEN, 4, 0.5),
)  # fmt: skip
