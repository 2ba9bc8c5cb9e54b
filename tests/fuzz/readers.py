"""List every reader of ours that takes what others have written: how to read, seeds, budget.

A new reader is one row of `READERS`. What a row reads is what a user's command does with such an
input, up to the last step that depends on it.
"""

from __future__ import annotations

from tests.fuzz import class_readers as classes
from tests.fuzz import derived_readers as derived
from tests.fuzz import exercise_readers as answers
from tests.fuzz import figure_readers as figures
from tests.fuzz import graph_readers as graphs
from tests.fuzz import network_readers as networks
from tests.fuzz import outside_readers as outside
from tests.fuzz import path_readers as paths
from tests.fuzz import session_readers as sessions
from tests.fuzz.programs import drawn_network, drawn_small, drawn_training
from tests.fuzz.reader import Reader, files, texts
from tests.fuzz.spelled_programs import drawn_program, read_program
from tests.fuzz.words import COMPUTED, MARKED, NETWORKED, NOTED, TYPED, WRITTEN

__all__ = ["READERS"]

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


LATEX = texts(
    "z = \\begin{pmatrix} -1.4 \\\\ 0.45 \\end{pmatrix}",
    "dL/dW = (yhat - y) \\left( h \\odot (1 - h) \\right) x^\\top",
    "\\frac{\\partial L}{\\partial b} = (\\hat{y} - y) h (1-h)", "yhat = \\sum_{i=1}^{2} h_i",
    "dL/dyhat = \\frac{1}{2} \\cdot 2 (yhat - y) = -0,2", "\\sigma(z) = h", "dL/dx = W^T dL/dz",
)  # fmt: skip
COMMAND_LINES = texts(
    "run\na.gg\n--set\nw=2\n--wrt\nw\n--json", "render\na.gg\n-o\no.svg\n--show\nvalues,partials",
    "train\na.gg\n--optimizer\nadam(rate=0.1)\n--stop\nearly(patience=5)\n--batch\n2",
    "ex\ngrade\ne.md\nanswers\n--roster\nclass.csv\n--workers\n2\n-o\nmarks",
    "step\n-e\nw*x\n--plain",
    "ex\nsheet\ne.md\n--draws\n3\n--format\nhtml\n-o\nout", "check-notes\nn.md\n--seconds\n5",
    "inspect\na.gg\ndescent\nrate=0.1,1", "sweep\na.gg\nw=1:3\n--show\ngradients.ratio", "doctor",
    "ex\ngrade\ne.md\nanswers\n--scheduler\n127.0.0.1:8786\n-o\nmarks",
    "render\na.gg\n-o\no.svg\n--compare\nw=1\nw=2\n--heat\nadjoint\n--style\nneurons",
    "lsp",
)  # fmt: skip
PAPER = texts("0,25\n1/2\n:back\n:list\n0.5\n:clear\n:done", "z = 1\nsigma(z)\n:quit")
STEPPED = texts("n\nn\ng\nt dL/dw\ne w 3\nx\n36\nH\nr\nq", "n 3\nX\n2*e*x\nB z>1\nc\n/ dL\nq")

READERS: tuple[Reader, ...] = (
    Reader("gg", graphs.read_graph, files("*.gg"), COMPUTED, share=4),
    Reader("network", networks.read_network, networks.network_seeds, NETWORKED + COMPUTED, 4, 3,
           drawn_network),
    Reader("written", networks.read_written, networks.network_seeds, NETWORKED, 4, 1,
           drawn_network),
    Reader("compiled", networks.read_compiled, networks.network_seeds, NETWORKED, 4, 1,
           drawn_network),
    Reader("asked", networks.read_asked, files("[j-s]*.gg"), NETWORKED, 8, 0.5, drawn_training),
    Reader("kept", classes.read_kept, classes.kept_files, []),
    Reader("train", networks.read_train, networks.network_seeds, NETWORKED, 8, 1, drawn_training),
    Reader("recipe", networks.read_recipe, networks.recipes, NETWORKED, 4),
    Reader("training", networks.read_training, networks.trainings, [], 4),
    Reader("lens", networks.read_lens, networks.network_seeds, NETWORKED, 8, 0.5, drawn_network),
    Reader("figure", figures.read_figure, networks.small_seeds, NETWORKED, 8, 0.3, drawn_small),
    Reader("exports", derived.read_exports, networks.network_seeds, NETWORKED, 4, 0.5,
           drawn_network),
    Reader("second", derived.read_second, networks.small_seeds, COMPUTED, 6, 0.5, drawn_network),
    Reader("expression", graphs.read_expression,
           texts("L = (w*x + b - y)^2; z = sin(L)", "def f(x) = x^2; y = f(3) + sum(i=1:3, x^i)"),
           COMPUTED),
    Reader("layout", graphs.read_layout, files("*.gg"), COMPUTED + NETWORKED, draw=drawn_training),
    Reader("same", graphs.read_same, files("[j-s]*.gg"), COMPUTED),
    Reader("symbols", graphs.read_symbols, files("[a-d]*.gg"), COMPUTED, 4, 0.5),
    Reader("cells", graphs.read_cells, files("[l-p]*.gg"), COMPUTED, 4, 0.5),
    Reader("typed", graphs.read_typed, STEPPED, TYPED + COMPUTED, 6),
    Reader("label", figures.read_label, LABELS, WRITTEN, 4),
    Reader("csv", graphs.read_table, texts("x,y\n3,9\n1,2\n", "x;y\n0,5;1\n", '"x","y"\n1,2\n'),
           ["valid", "test", "x: 2", "cat", "[1, 2]"]),
    Reader("answers", answers.read_answers, files("*.answers.txt"), WRITTEN, 6, 0.5),
    Reader("latex", answers.read_latex, LATEX, WRITTEN, 6, 0.5),
    Reader("handed_in", answers.read_handed_in, texts("z = 0,25\na = 1/2\n", HTML, "|z|1|\n"),
           WRITTEN, 6),
    Reader("equivalence", answers.read_equivalence, EQUAL, WRITTEN, 10, 0.5),
    Reader("question", answers.read_question, texts("2*e*x", "-12", r"\frac{1}{2}", "z"), WRITTEN,
           6, 0.5),
    Reader("paper", answers.read_paper, PAPER, WRITTEN),
    Reader("edit", answers.read_edit, texts("3", "w*x + 1", "[1, 2]", "v>1", "1/3"), COMPUTED),
    Reader("exercise", answers.read_an_exercise, files("exercises/*.md"), MARKED, 6, 0.5),
    Reader("exported", answers.read_exported, files("exercises/*.md"), MARKED, 6, 0.5),
    Reader("notes", answers.read_notes, texts(NOTES), NOTED + WRITTEN, 10, 0.3),
    Reader("roster", classes.read_class, texts("A1;Ana\nA2;Bo\n", "ID,Full name\n1,Ana\n"),
           ["id", "#"]),
    Reader("variants", classes.read_variants, classes.frozen_files, [], share=2),
    Reader("zip", classes.read_zip, classes.zips, [], share=2),
    Reader("worksheet", classes.read_worksheet, texts(WORKSHEET), ["Grade", "Participant 1"]),
    Reader("trace", classes.read_trace, classes.saved_traces, [], share=4),
    Reader("keymap", classes.read_keys, texts('[keys]\nnext = "n,space"\nprevious = "p"\n'),
           ["ctrl+n"]),
    Reader("frame", classes.read_frame,
           texts('["stdin", "n"]', '["resize", {"width": 80, "height": 24}]', '["ping", "1"]',
                 '["focus"]'), [], share=2),
    Reader("onnx", outside.model_reader(".onnx"), outside.models(".onnx"), [], 4),
    Reader("pt2", outside.model_reader(".pt2"), outside.models(".pt2"), [], 4),
    Reader("safetensors", outside.model_reader(".safetensors"), outside.models(".safetensors"), []),
    Reader("editor", outside.read_editor, files("[f-m]*.gg"), NETWORKED + COMPUTED, 4, 0.5),
    Reader("heat", figures.read_heat, figures.HEATED, COMPUTED, 8, 0.3),
    Reader("calls", outside.read_calls, texts("np.sum(A, axis=0)", "gg.softmax(A, axis=1)"), [], 4,
           1, outside.drawn_calls),
    Reader("spelled", read_program, texts("1", "2", "3"), [], 6, 1, drawn_program),
    Reader("session", sessions.read_session, sessions.sessions, COMPUTED, 8, 0.5),
    Reader("page", sessions.read_page, sessions.pages, COMPUTED, 8, 0.3),
    Reader("cell", sessions.read_cell, sessions.cells, [*COMPUTED, "--set", "--style"], 8, 0.3),
    Reader("lsp", sessions.read_lsp, sessions.told_to_lsp, NETWORKED, 8, 0.5),
    Reader("options", sessions.read_options, texts(*sessions.OPTIONS), COMPUTED),
    Reader("environment", sessions.read_environment, texts(*sessions.ENVIRONMENTS), [], 6, 0.3,
           sessions.drawn_environment),
    Reader("look", derived.read_look, texts(*derived.LOOKS), COMPUTED, 6, 1, derived.drawn_look),
    Reader("sweep", derived.read_sweep, texts(*derived.SWEEPS), COMPUTED, 6, 1,
           derived.drawn_sweep),
    Reader("render", figures.read_render, texts("svg\ndetail='op'", "tex\nfit='a4'"), [], 8, 1,
           figures.drawn_render),
    Reader("engine", figures.read_engine, figures.engine_answers, [], 4),
    Reader("outlines", figures.read_outlines, figures.outline_files, []),
    Reader("named", paths.read_named, texts(*paths.NAMED), ["../", "fifo", "circle", "zero"], 2, 1,
           paths.drawn_name),
    Reader("folder", paths.read_folder, texts(*paths.FOLDERS), [], 2, 1, paths.drawn_folder),
    Reader("request", paths.read_request, texts(*paths.REQUESTS), ["token=T", "P"], 2, 1,
           paths.drawn_request),
    Reader("command", classes.read_command, COMMAND_LINES,
           [*COMPUTED[:8], "--force", "--lang", "-e"]),
)  # fmt: skip
