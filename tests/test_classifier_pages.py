"""The pages that lead from a CSV file to a trained network run as they are written."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.messages.catalogue import in_language

DOCS = Path(__file__).parents[1] / "docs"
PAGES = [("classifier.md", "en"), ("clasificador.md", "es")]
BLOCK = re.compile(
    r"(?:^`(?P<name>[\w.]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
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


@pytest.mark.parametrize(("page", "lang"), PAGES)
def test_a_page_runs_from_top_to_bottom(
    page: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    seen = []
    for block in BLOCK.finditer((DOCS / page).read_text("utf-8")):
        kind, text = block["kind"], block["text"]
        if block["name"]:
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
    assert {"run", "train", "inspect", "step"} <= set(seen)


def test_both_pages_show_the_same_commands() -> None:
    commands = [
        [
            line.partition("graphgrad ")[2].split()[0]
            for line in LINES.findall((DOCS / page).read_text("utf-8"))
        ]
        for page, _ in PAGES
    ]
    assert commands[0] == commands[1]
