"""Pages that are walked from top to bottom run as they are written, and show what comes out.

Pictures of the first hour are those that its commands draw; ``UPDATE_DOCS=1`` writes them anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.messages.catalogue import in_language

DOCS = Path(__file__).parents[1] / "docs"
CLASSIFIERS = [("classifier.md", "en"), ("clasificador.md", "es")]
HOURS = [("first_hour.md", "en"), ("primera_hora.md", "es")]
RECIPES = [("recipes.md", "en"), ("recetas.md", "es")]
PAGES = [*CLASSIFIERS, *HOURS, *RECIPES]
SLOW = [pytest.param(*page, marks=pytest.mark.slow) for page in (*HOURS, *RECIPES)]
PICTURE = re.compile(r"^!\[[^]]+\]\(figures/([\w.]+)\)$", re.MULTILINE)
BLOCK = re.compile(
    r"(?:^`(?P<name>[\w./]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINES = re.compile(r"^\$ (.*)$", re.MULTILINE)


def matches(expected: str, got: str) -> bool:
    """Tell whether an output is as shown, where a line of three dots stands for any lines."""
    parts = [
        re.escape(part)
        for part in re.split(r"^\.\.\.$\n?", expected.rstrip() + "\n", flags=re.MULTILINE)
    ]
    return re.fullmatch("(?:.*\n)*?".join(parts), got.rstrip() + "\n") is not None


def called(words: list[str], lang: str) -> str:
    """Return what a command line prints."""
    piped = ""
    if "|" in words:  # printf 'n\n' | graphgrad step ...
        piped = words[1].encode().decode("unicode_escape")
        words = words[words.index("|") + 1 :]
    assert words[0] == "graphgrad"
    return CliRunner().invoke(program, ["--lang", lang, *words[1:]], input=piped).output


@pytest.mark.parametrize(("page", "lang"), [*CLASSIFIERS, *SLOW])
def test_a_page_runs_from_top_to_bottom(
    page: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("samples", "tests/data/imports"):
        shutil.copytree(DOCS.parent / folder, tmp_path / folder)
    source = (DOCS / page).read_text("utf-8")
    seen = []
    for block in BLOCK.finditer(source):
        kind, text = block["kind"], block["text"]
        if block["name"]:
            Path(block["name"]).parent.mkdir(exist_ok=True)
            Path(block["name"]).write_text(text, "utf-8")
        elif kind == "python":
            with in_language(lang):
                exec(compile(text, page, "exec"), {})  # our own page
        elif kind == "console":
            starts = [*LINES.finditer(text), None]
            for line, after in pairwise(starts):
                assert line is not None
                words = shlex.split(line[1])
                seen.append(words[words.index("graphgrad") + 1])
                expected = text[line.end() + 1 : after.start() if after else len(text)]
                got = called(words, lang)
                assert matches(expected, got), f"$ {line[1]}\n{got}"
    assert {"run", "train", "inspect"} <= set(seen)
    for picture in PICTURE.findall(source):
        if os.environ.get("UPDATE_DOCS"):
            shutil.copyfile(picture, DOCS / "figures" / picture)
        assert Path(picture).read_bytes() == (DOCS / "figures" / picture).read_bytes(), picture


@pytest.mark.parametrize("pages", [CLASSIFIERS, HOURS, RECIPES], ids=["csv", "hour", "recipes"])
def test_both_pages_show_the_same_commands(pages: list[tuple[str, str]]) -> None:
    commands = [
        [
            line.partition("graphgrad ")[2].split()[0]
            for line in LINES.findall((DOCS / page).read_text("utf-8"))
        ]
        for page, _ in pages
    ]
    assert commands[0] == commands[1]


@pytest.mark.parametrize(("page", "lang"), HOURS)
def test_each_part_of_the_first_hour_ends_with_a_task_and_a_question(page: str, lang: str) -> None:
    parts = (DOCS / page).read_text("utf-8").split("\n## ")[1:9]
    task, question, answer = (
        ("Tarea", "Pregunta", "Respuesta") if lang == "es" else ("Task", "Question", "Answer")
    )
    for part in parts:
        assert f"**{task}.**" in part
        assert part.index(f"**{question}.**") < part.index(f"<summary>{answer}</summary>")
