"""Of a file that writes its numbers with a comma, every command and figure does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.source.gg import read_gg
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of

TEXT = """\
decimal coma
input x = 0,5
param w = [1,5; 2,75]
z = w[1]*x + 0,125
h = max(z; 0,25)
loss L = (h - 0,75)^2 + w[2]
"""
POINT = re.compile(r"\d\.\d")
COMMANDS = (
    "run FILE",
    "run FILE --detail op --jacobian",
    "explain FILE w",
    "show FILE",
    "gradcheck FILE",
    "train FILE --steps 2",
    "inspect FILE gradients",
    "lint FILE",
    "check FILE SHEET --key",
    "export FILE --to latex",
    "export FILE --to mermaid",
)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "commas.gg"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "sheet.txt").write_text("z = 0,5\nh = 0,875\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_command_writes_commas(command: str, lang: str, file: str) -> None:
    sheet = str(Path(file).with_name("sheet.txt"))
    named = [{"FILE": file, "SHEET": sheet}.get(word, word) for word in command.split()]
    told = CliRunner().invoke(program, ["--lang", lang, *named]).output
    assert re.search(r"\d(?:,|\{,\})\d", told), told
    assert not POINT.search(told.replace(file, "")), told


def test_dot_source_writes_commas(file: str, tmp_path: Path) -> None:
    path = tmp_path / "figure.dot"
    result = CliRunner().invoke(program, ["render", file, "-o", str(path)])
    assert result.exit_code == 0, result.output
    texts = re.findall(r">([^<>]+)</FONT", path.read_text("utf-8"))
    assert "h = maximum(z; 0,25)" in texts
    assert not [text for text in texts if POINT.search(text)]


@pytest.mark.parametrize("style", ["formula", "operator", "wire", "neurons"])
def test_a_figure_writes_commas(style: str) -> None:
    scene = scene_of(read_gg(TEXT), SceneOptions(style=style))  # type: ignore[arg-type]
    texts = [text.tex for part in (*scene.boxes, *scene.edges) for text in part.texts]
    words = [part.words for part in (*scene.boxes, *scene.edges)]
    assert scene.decimal_comma
    assert not [told for told in (*texts, *words) if POINT.search(told)]
    if style == "formula":
        assert r"\max\left(z; 0{,}25\right)" in " ".join(texts)
