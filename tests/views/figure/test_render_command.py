from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from graphgrad.api.notebook.figure import bundle
from graphgrad.api.verbs import render
from graphgrad.cli.program import program
from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.writers import WRITERS as SCENES
from graphgrad.views.pass_writers import PASS_WRITERS, PassWriter
from tests.views.figure.pictures import REGRESSION, traced

USUAL = [name for name, row in SCENES.items() if row.ending == name]
ENDINGS = ", ".join(f".{name}" for name in (*USUAL, *PASS_WRITERS))


def run(*arguments: str) -> tuple[int, str]:
    """Run the command; return its status and everything it wrote."""
    result = CliRunner().invoke(program, ["render", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "f.gg"
    path.write_text("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2\n", "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("ending", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("dot", b"digraph")]
)
def test_the_ending_names_the_format(source, tmp_path, ending, start):
    out = tmp_path / f"out.{ending.upper()}"
    assert run(source, "-o", str(out)) == (0, "")
    assert out.read_bytes().startswith(start)


def drawn(path: Path) -> ElementTree.Element:
    """Return the figure that was written."""
    return ElementTree.fromstring(path.read_bytes())


def part(root: ElementTree.Element, name: str) -> ElementTree.Element:
    """Return the box of a name."""
    return next(element for element in root.iter() if element.get("data-node") == name)


def kinds(root: ElementTree.Element) -> set[str]:
    """Return the kinds of text that are drawn."""
    classes = [element.get("class") or "" for element in root.iter()]
    return {found.removeprefix("text ") for found in classes if found.startswith("text ")}


def test_options_reach_the_figure(source, tmp_path):
    out = tmp_path / "out.svg"
    assert run(source, "-o", str(out), "--set", "x=5", "--show", "values", "--wrt", "w")[0] == 0
    root = drawn(out)
    assert part(root, "z").get("data-value") == "10.0"
    assert kinds(root) == {"name", "value"}
    assert run(source, "-o", str(out), "--detail", "op", "--step", "1", "--lang", "es")[0] == 0
    assert "Estado tras el paso 1 de" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "attribute", "expected"),
    [
        (["--theme", "dark"], "data-theme", "dark"),
        (["--fit", "640x360"], "width", "640pt"),
        (["--step", "2"], "data-step", "2"),
    ],
)
def test_an_option_is_seen_in_the_picture(source, tmp_path, arguments, attribute, expected):
    out = tmp_path / "out.svg"
    assert run(source, "-o", str(out), *arguments)[0] == 0
    assert drawn(out).get(attribute) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ["--legend"],
        ["--style", "operator"],
        ["--style", "wire"],
        ["--notation", "upv"],
        ["--direction", "TB"],
        ["--blank", "adjoints,partials"],
        ["--path", "w, L"],
        ["--digits", "2", "--set", "x=1.2345"],
        ["--decimal-comma", "--set", "x=1.5"],
    ],
)
def test_an_option_changes_the_picture(source, tmp_path, arguments):
    plain, other = tmp_path / "plain.svg", tmp_path / "other.svg"
    point = arguments[arguments.index("--set") :] if "--set" in arguments else []
    assert run(source, "-o", str(plain), *point)[0] == 0
    assert run(source, "-o", str(other), *arguments)[0] == 0
    assert plain.read_bytes() != other.read_bytes()


def test_scale_counts_pixels(source, tmp_path):
    widths = []
    for scale in ("1", "3"):
        out = tmp_path / "out.png"
        assert run(source, "-o", str(out), "--scale", scale)[0] == 0
        widths.append(int.from_bytes(out.read_bytes()[16:20], "big"))
    assert widths[1] == pytest.approx(3 * widths[0], abs=3)


@pytest.mark.parametrize("ending", ["svg", "html", "tex"])
def test_scale_is_refused_where_there_are_no_pixels(source, tmp_path, ending):
    out = tmp_path / f"out.{ending}"
    code, output = run(source, "-o", str(out), "--scale", "3")
    assert code == UsageError.exit_status
    assert "--scale counts pixels" in output
    assert not out.exists()


@pytest.mark.parametrize("scale", ["1e6", "1e-6"])
def test_a_picture_of_no_or_too_many_pixels_hits_a_limit(source, tmp_path, scale):
    code, output = run(source, "-o", str(tmp_path / "out.png"), "--scale", scale)
    assert code == LimitError.exit_status
    assert "Choose another --scale" in output


def test_frames_are_written_beside_the_figure(source, tmp_path):
    out, folder = tmp_path / "out.svg", tmp_path / "a" / "steps"
    assert run(source, "-o", str(out), "--frames", str(folder), "--theme", "print")[0] == 0
    last = int(drawn(out).get("data-last-step") or "0")
    found = sorted(folder.iterdir())
    assert [drawn(path).get("data-step") for path in found] == [str(n) for n in range(last + 1)]
    assert all(drawn(path).get("data-theme") == "print" for path in found)
    assert drawn(out).get("data-step") is None


def _small(name):
    """Return what makes a picture of pixels quick to draw."""
    return ["--scale", "0.5"] if SCENES[name].pixels else []


STILL = [name for name, row in SCENES.items() if not row.all_steps]


@pytest.mark.parametrize("name", STILL)
def test_a_numbered_file_per_step_of_every_still_format(source, tmp_path, name):
    if name == "pdf":
        pytest.importorskip("typst", reason="needs typst, of the extra graphgrad[pdf]")
    ending, folder = SCENES[name].ending, tmp_path / "steps"
    out = str(tmp_path / f"out.{ending}")
    options = ["--format", name, "--frames", str(folder), "--fold", "line", *_small(name)]
    assert run(source, "-o", out, *options) == (0, "")
    found = sorted(folder.iterdir())
    assert [path.name for path in found] == [f"step{n}.{ending}" for n in range(len(found))]
    assert len(found) == 8  # z, L forward; the seed; L, z, w, x backward
    assert len({path.read_bytes() for path in found}) == len(found)


@pytest.mark.parametrize("name", [name for name in SCENES if name not in STILL])
def test_one_file_of_the_others_holds_every_step(source, tmp_path, name):
    if name in ("gif", "webp", "pptx"):
        library = "pptx" if name == "pptx" else "PIL"
        pytest.importorskip(library, reason=f"needs {library}, of an extra")
    out = tmp_path / f"out.{SCENES[name].ending}"
    code, _ = run(source, "-o", str(out), "--format", name, "--fold", "line", *_small(name))
    whole = out.read_bytes()
    assert code == 0
    assert run(source, "-o", str(out), "--format", name, "--fold", "line", "--step", "5")[0] == 0
    assert out.read_bytes() != whole


def test_what_a_fold_counts_is_what_step_counts(source, tmp_path):
    last = []
    for fold in ("line", "node", "edge"):
        out = tmp_path / f"{fold}.svg"
        assert run(source, "-o", str(out), "--fold", fold)[0] == 0
        last.append(int(drawn(out).get("data-last-step") or "0"))
    assert last == [7, 7, 9]


def test_dot_counts_the_same_steps(source, tmp_path):
    """After step 3 of z, L, the seed: the adjoint of L alone, whatever DOT counts by itself."""
    out = tmp_path / "out.dot"
    assert run(source, "-o", str(out), "--step", "3")[0] == 0
    usual = out.read_text("utf-8")
    assert run(source, "-o", str(out), "--step", "3", "--fold", "edge")[0] == 0
    assert out.read_text("utf-8") == usual
    assert run(source, "-o", str(out), "--step", "4")[0] == 0
    fourth = out.read_text("utf-8")
    assert run(source, "-o", str(out), "--step", "4", "--fold", "edge")[0] == 0
    assert out.read_text("utf-8") == fourth
    assert run(source, "-o", str(out), "--step", "5")[0] == 0
    fifth = out.read_text("utf-8")
    assert run(source, "-o", str(out), "--step", "7", "--fold", "edge")[0] == 0
    assert out.read_text("utf-8") == fifth != usual


def test_notes_are_lines_on_standard_error(tmp_path):
    source = tmp_path / "f.gg"
    source.write_text("input x = 3\n[hidden]\nz = 2*x\nh = tanh(z)\n[]\nL = h^2\n", "utf-8")
    out = str(tmp_path / "out.svg")
    arguments = ["render", str(source), "-o", out, "--collapse", "hidden"]
    result = CliRunner().invoke(program, arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("Folded: hidden (2 lines). Not drawn: z.\n")


def test_a_formula_needs_no_file(tmp_path):
    out = tmp_path / "out.dot"
    assert run("-e", "L = (w*x)^2", "--set", "w=2", "--set", "x=3", "-o", str(out))[0] == 0
    assert "= 36" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["-o", "x.bmp"], 2, f"expected one of {ENDINGS}."),
        (["-o", "noending"], 2, f"expected one of {ENDINGS}."),
        (["-o", "x.dot", "--blank", "adjoints", "--fit", "pptx"], 2, "cannot show --blank, --fit:"),
        (["-o", "x.dot", "--frames", "steps"], 2, "cannot show --frames:"),
        (["-o", "x.html", "--frames", "steps"], 2, "format html holds every step"),
        (["-o", "x.tex", "--format", "beamer", "--frames", "s"], 2, "format beamer holds every"),
        (["-o", "x.svg", "--format", "beamer"], 2, "files that end in .tex"),
        (["-o", "x.tex", "--format", "dot"], 2, "files that end in .dot"),
        (["-o", "x.tex", "--format", "beemer"], 2, "beamer"),
        (["-o", "x.gif", "--seconds", "0"], 2, "--seconds"),
        (["-o", "x.svg", "--seconds", "3"], 2, "--seconds tells how an animation plays"),
        (["-o", "x.png", "--once", "--seconds", "3"], 2, "--seconds, --once tells how an"),
        (["-o", "x.svg", "--style", "layers", "--blank", "adjoints"], 2, "use --blank adjoints"),
        (["-o", "x.svg", "--style", "neurons", "--layout", "time"], 2, "formula, operator, wire,"),
        (["-o", "x.svg", "--style", "neurons", "--direction", "TB"], 2, "--direction TB: nothing"),
        (["-o", "x.svg", "--blank", "contributions"], 2, "--show values,adjoints,contributions"),
        (["-o", "x.tex", "--fold", "lines"], 2, "line, node, edge"),
        (["-o", "x.dot", "--step", "99"], 2, "there is no step 99: expected 0 to"),
        (["-o", "x.svg", "--blank", "all"], 2, "'all'"),
        (["-o", "x.svg", "--theme", "drak"], 2, "dark"),
        (["-o", "x.svg", "--theme", "oscur"], 2, "Did you mean oscuro?"),
        (["-o", "x.svg", "--path", "nothere"], 2, "nothere"),
        (["-o", "x.svg", "--digits", "0"], 2, "--digits"),
        (["-o", "x.svg", "--step", "99"], 2, "there is no step 99: expected 0 to"),
        (["-o", "x.svg", "--step", "-1"], 2, "--step"),
        (["-o", "x.svg", "--show", "vaules"], 2, "'vaules'"),
        (["-o", "x.svg", "--wrt", "W"], 2, "no line named W"),
        (["-o", "x.svg", "--engine", "neato"], 2, "neither a known name"),
        (["-o", "/nonexistent/x.svg"], 4, "cannot be written"),
        (["-o", "/nonexistent/x.dot"], 4, "cannot be written"),
        ([], 2, "--output"),
    ],
)
def test_wrong_calls_say_what_was_expected(source, tmp_path, monkeypatch, arguments, status, words):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    code, output = run(source, *arguments)
    assert code == status
    assert words in output
    assert "Traceback" not in output
    assert sorted(tmp_path.iterdir()) == before


def test_choices_have_spanish_names(source, tmp_path):
    drawn = []
    for theme, style in (("dark", "operator"), ("oscuro", "operador")):
        out = tmp_path / f"{theme}.svg"
        assert run(source, "-o", str(out), "--theme", theme, "--style", style)[0] == 0
        drawn.append(out.read_bytes())
    assert drawn[0] == drawn[1]


def test_a_value_that_is_not_finite_is_drawn_and_marked(tmp_path):
    out = tmp_path / "out.svg"
    assert run("-e", "L = log(x)", "--set", "x=-1", "-o", str(out)) == (0, "")
    box = part(drawn(out), "L")
    assert "outside the domain" in (box.findtext("{*}title") or "")
    assert any(element.get("class") == "text trouble" and len(element) for element in box)
    outline = next(element for element in box if element.get("class") == "outline")
    assert outline.get("stroke-dasharray")


def test_python_draws_what_the_command_draws(tmp_path):
    ours, theirs = tmp_path / "ours.svg", tmp_path / "theirs.svg"
    path = tmp_path / "f.gg"
    path.write_text(REGRESSION, "utf-8")
    render(traced(REGRESSION), ours, SceneOptions(show=("values",)), step=3, theme="dark")
    assert run(str(path), "-o", str(theirs), "--show", "values", "--step", "3", "--theme", "dark")
    assert ours.read_bytes() == theirs.read_bytes()
    with pytest.raises(UsageError, match="neither a known name"):
        render(traced(REGRESSION), ours, engine="neato")


def test_a_new_source_writer_is_one_entry(tmp_path, monkeypatch):
    def names(source: Trace | Graph, _options: object) -> bytes:
        assert isinstance(source, Trace)
        return " ".join(source.graph.line_names).encode()

    monkeypatch.setitem(PASS_WRITERS, "names", PassWriter("names", names))
    out = tmp_path / "out.NAMES"
    render(traced("input x = 1\ny = x^2"), out)
    assert out.read_text("utf-8") == "x y"


def test_a_notebook_shows_the_typeset_figure_with_words():
    data, metadata = bundle(traced(REGRESSION))
    root = ElementTree.fromstring(data["image/svg+xml"])
    assert part(root, "w").get("data-adjoint") == "-12.0"
    alternative = metadata["image/svg+xml"]["alt"]
    assert alternative.startswith("Regresión lineal. ")
    assert "w, parameter: value 2, adjoint -12" in alternative
