"""Nothing is overwritten without asking: one rule, tried on every command that writes.

A free or empty place is written, the same bytes are no loss, a figure replaces a figure of ours of
its format; anything else is left as it is until ``--force`` is said.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.views.figure.writers import WRITERS
from graphgrad.views.pass_writers import PASS_WRITERS
from tests.architecture import measure

ROOT = measure.ROOT
SAMPLE = str(ROOT / "samples" / "linear_regression.gg")
NEURON = str(ROOT / "samples" / "exercises" / "sigmoid_neuron.md")
THEIRS = b"three years of work \xff"


def call(*words: str) -> int:
    found = CliRunner().invoke(program, [*words, "--lang", "en"])
    assert found.exit_code in (0, 1, 4), found.output
    if found.exit_code == 4:
        assert "exists already" in found.stderr
    return found.exit_code


def commands(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Return every command that writes, and the files it writes, by a name."""
    out = folder / "out"
    (folder / "answers").mkdir()
    (folder / "answers" / "A1.txt").write_text("z = 0,25\n", "utf-8")
    (folder / "class.csv").write_text("A1;Ana\n", "utf-8")
    (folder / "secret.txt").write_text("0123456789abcdef", "utf-8")
    (folder / "sheet.csv").write_text("Identifier,Full name,Grade\nParticipant 1,Ana,\n", "utf-8")
    answers = str(folder / "answers" / "A1.txt")
    at = lambda ending: ["-o", f"{out}.{ending}"]  # noqa: E731
    grade = ["ex", "grade", NEURON, str(folder / "answers"), "--draw", "1", "--workers", "1"]
    roster = ["--roster", str(folder / "class.csv"), "--secret", str(folder / "secret.txt")]
    found = {
        f"render {ending}": (["render", SAMPLE, *at(ending)], [f"out.{ending}"])
        for ending in ("svg", "tex", "html", "dot")
    }
    return found | {
        "render --frames": (
            ["render", SAMPLE, "-o", f"{out}.svg", "--frames", str(folder / "f")],
            ["f/step00.svg"],
        ),
        "samples --copy": (
            ["samples", "linear_regression", "--copy", str(folder)],
            ["linear_regression.gg"],
        ),
        "samples --gallery": (
            ["samples", "linear_regression", "--gallery", str(folder / "g")],
            ["g/gallery.html"],
        ),
        "train --save": (
            ["train", SAMPLE, "--steps", "2", "--save", f"{out}.json"],
            ["out.json"],
        ),
        "train --curve": (["train", SAMPLE, "--curve", f"{out}.svg"], ["out.svg"]),
        "compile": (["compile", SAMPLE, *at("py")], ["out.py"]),
        "ex from": (["ex", "from", SAMPLE, *at("md")], ["out.md"]),
        "train --update": (["train", SAMPLE, "--update", f"{out}.gg"], ["out.gg"]),
        "export": (["export", SAMPLE, *at("gg")], ["out.gg"]),
        "inspect": (["inspect", SAMPLE, "gradients", *at("svg")], ["out.svg"]),
        "ex sheet": (["ex", "sheet", NEURON, *at("html")], ["out.html"]),
        "ex sheet --draws": (
            ["ex", "sheet", NEURON, "--draws", "2", "-o", str(folder / "s"), "--format", "txt"],
            ["s/0001.txt", "s/0002.txt"],
        ),
        "ex sheet --roster": (
            ["ex", "sheet", NEURON, *roster, "-o", str(folder / "s"), "--format", "txt"],
            ["s/variants.json", "s/A1.txt"],
        ),
        "ex key": (["ex", "key", NEURON, *at("md"), "--no-figure"], ["out.md"]),
        "ex explain": (["ex", "explain", NEURON, *at("md"), "--no-figure"], ["out.md"]),
        "ex check": (["ex", "check", NEURON, answers, *at("json")], ["out.json"]),
        "ex export": (["ex", "export", NEURON, *at("xml")], ["out.xml"]),
        "ex grade -o": (
            [*grade, "-o", str(folder / "m")],
            ["m/marks.csv", "m/feedback.zip", "m/marks.json"],
        ),
        "ex grade --csv": ([*grade, "--csv", f"{out}.csv"], ["out.csv"]),
    }


NAMES = [
    "render svg", "render tex", "render html", "render dot", "render --frames", "samples --copy",
    "samples --gallery", "train --save", "train --curve",
    "compile", "ex from", "train --update", "export", "inspect", "ex sheet", "ex sheet --draws",
    "ex sheet --roster",
    "ex key", "ex explain", "ex check", "ex export", "ex grade -o", "ex grade --csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_is_there_is_left_alone_until_force_is_said(tmp_path: Path, name: str) -> None:
    words, files = commands(tmp_path)[name]
    for file in files:
        place = tmp_path / file
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(THEIRS)
        before = sorted(os.listdir(place.parent))
        assert call(*words) == 4
        assert place.read_bytes() == THEIRS
        assert not [new for new in os.listdir(place.parent) if new.startswith(".")], before
        place.unlink()
    for file in files:
        (tmp_path / file).write_bytes(THEIRS)
    assert call(*words, "--force") in (0, 1)
    for file in files:
        assert (tmp_path / file).read_bytes() != THEIRS


def test_the_table_above_has_every_command_with_an_output(tmp_path: Path) -> None:
    assert list(commands(tmp_path)) == NAMES
    writing = set()
    for path in (ROOT / "graphgrad" / "cli").rglob("*.py"):
        text = path.read_text("utf-8")
        if "write_output(" in text or "write_figure(" in text or "written_files(" in text:
            writing.add(path.stem)
    tried = {
        "outputs",
        "compile",
        "ex_from",
        "export",
        "inspect",
        "render",
        "samples",
        "train",
        "ex_sheet",
        "ex_explain",
        "ex_check",
        "ex_export",
        "ex_grade",
    }
    assert writing == tried | {"fmt"}  # fmt lays out the file itself, as its name says


@pytest.mark.parametrize("name", [*WRITERS, *PASS_WRITERS])
def test_a_figure_replaces_a_figure_of_its_format(tmp_path: Path, name: str) -> None:
    pytest.importorskip("pptx", reason="the extra pptx is not installed")
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    ending = WRITERS[name].ending if name in WRITERS else name
    target = tmp_path / f"out.{ending}"
    words = ["render", "-o", str(target)] + (["--format", name] if name in WRITERS else [])
    assert call(*words, "-e", "y = x^2", "--set", "x=3") == 0
    first = target.read_bytes()
    assert call(*words, "-e", "y = x^3", "--set", "x=3") == 0
    assert target.read_bytes() != first


def test_an_empty_file_and_the_same_content_are_no_loss(tmp_path: Path) -> None:
    target = tmp_path / "key.md"
    target.touch()
    words = ["ex", "key", NEURON, "-o", str(target), "--no-figure"]
    assert call(*words) == 0
    assert call(*words) == 0
    target.write_text(target.read_text("utf-8") + "\nmy remark\n", "utf-8")
    assert call(*words) == 4


@pytest.mark.skipif(os.name == "nt", reason="no such links on Windows")
def test_a_link_stays_one_and_devices_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "true.svg").touch()
    (tmp_path / "link.svg").symlink_to("true.svg")
    assert call("render", SAMPLE, "-o", str(tmp_path / "link.svg")) == 0
    assert (tmp_path / "link.svg").is_symlink()
    assert b"graphgrad" in (tmp_path / "true.svg").read_bytes()
    (tmp_path / "null.svg").symlink_to("/dev/null")
    found = CliRunner().invoke(program, ["render", SAMPLE, "-o", str(tmp_path / "null.svg")])
    assert found.exit_code == 4
    assert not Path("/dev/null").is_file()


def test_results_are_added_to_results_only(tmp_path: Path) -> None:
    mine = tmp_path / "thesis.tex"
    mine.write_bytes(THEIRS)
    words = ["step", SAMPLE, "--plain", "--results", str(mine)]
    found = CliRunner().invoke(program, words, input="x\n3\nq\n")
    assert found.exit_code == 4
    assert mine.read_bytes() == THEIRS
    ours = tmp_path / "results.jsonl"
    for _ in range(2):
        found = CliRunner().invoke(program, [*words[:-1], str(ours)], input="X\n3\nq\n")
        assert found.exit_code == 0
    assert ours.read_text("utf-8").count("graphgrad-predict/1") in (2, 4)


@pytest.mark.parametrize("ending", ["svg", "png", "html", "tex", "pdf", "gif", "webp", "pptx"])
def test_what_others_made_in_that_format_is_left_alone(tmp_path: Path, ending: str) -> None:
    """Nor a page or document of theirs that a figure of ours was pasted into."""
    pytest.importorskip("pptx", reason="the extra pptx is not installed")
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    ours = tmp_path / f"ours.{ending}"
    assert call("render", "-e", "y = x^2", "--set", "x=3", "-o", str(ours)) == 0
    theirs = tmp_path / f"theirs.{ending}"
    pasted = ours.read_bytes().partition(_PASTED.get(ending, b"%PDF none"))
    theirs.write_bytes(_FOREIGN[ending] + pasted[1] + pasted[2])
    before = theirs.read_bytes()
    assert call("render", "-e", "y = x^3", "--set", "x=3", "-o", str(theirs)) == 4
    assert theirs.read_bytes() == before


_PASTED = {"svg": b"<svg", "html": b"<svg", "tex": b"%"}
_FOREIGN = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><title>mine</title></svg>',
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x02\0\0\0\x90wS\xde",
    "html": b"<!DOCTYPE html>\n<html><body><h1>My lecture</h1>",
    "tex": b"\\documentclass{article}\n\\begin{document}\n",
    "pdf": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
    "gif": b"GIF89a\1\0\1\0\0\0\0;",
    "webp": b"RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
    "pptx": b"PK\3\4 a talk",
}


def test_a_svg_that_was_drawn_on_by_hand_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "out.svg"
    assert call("render", SAMPLE, "-o", str(place)) == 0
    drawn_on = place.read_text("utf-8").replace("<svg xmlns=", '<svg\n   id="s1"\n   xmlns=', 1)
    place.write_text(drawn_on.replace('id="g', 'class="g', 1), "utf-8")  # as Inkscape saves it
    assert call("render", SAMPLE, "-o", str(place), "--theme", "dark") == 4


def test_two_things_are_not_written_to_one_file(tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    (answers / "A1.txt").write_text("z = 0,25\n", "utf-8")
    one, steps, marks = str(tmp_path / "o.svg"), str(tmp_path / "f"), str(tmp_path / "m")
    grade = ["ex", "grade", NEURON, str(answers), "--draw", "1", "-o", marks]
    for words in (
        ["train", SAMPLE, "--steps", "1", "--curve", one, "--update", one],
        ["train", SAMPLE, "--steps", "1", "--curve", one, "--save", str(tmp_path / "." / "o.svg")],
        ["render", SAMPLE, "-o", str(tmp_path / "f" / "step00.svg"), "--frames", steps],
        [*grade, "--csv", str(tmp_path / "m" / "marks.json")],
    ):
        found = CliRunner().invoke(program, [*words, "--lang", "en"])
        assert found.exit_code == 2, found.output
        assert "named for two things" in found.stderr
        assert not [path for path in tmp_path.rglob("*.svg") if path.is_file()]


def test_of_several_files_none_is_written_if_one_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "s.md").write_bytes(THEIRS)
    (tmp_path / "taken").write_bytes(THEIRS)
    assert call("ex", "sheet", NEURON, "-o", str(tmp_path / "s.md")) == 4
    found = CliRunner().invoke(
        program,
        ["render", SAMPLE, "-o", str(tmp_path / "o.svg"), "--frames", str(tmp_path / "taken")],
    )
    assert found.exit_code == 4
    assert sorted(os.listdir(tmp_path)) == ["s.md", "taken"]


@pytest.mark.parametrize(
    "words",
    [
        ["run", ""],
        ["ex", "grade", NEURON, ""],
        ["render", SAMPLE, "-o", ""],
        ["train", SAMPLE, "--save", ""],
        ["samples", "--copy", ""],
    ],
    ids=lambda words: words[0] + words[-2],
)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_an_empty_name_is_no_folder(words: list[str], lang: str) -> None:
    """``graphgrad ex grade e.md "$ANSWERS"`` marked the present folder where it was not set."""
    found = CliRunner().invoke(program, [*words, "--lang", lang])
    assert found.exit_code == 2
    assert ("empty text" if lang == "en" else "texto vacío") in found.stderr
