"""Run the command line in this process, on samples and on small files of a test's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from graphgrad.cli.program import program

SAMPLES = Path(__file__).parents[2] / "samples"


def call(*words: str, lang: str = "en") -> Result:
    """Return the result of a command line."""
    return CliRunner().invoke(program, ["--lang", lang, *words])


def shown(*words: str, lang: str = "en") -> str:
    """Return what a command line prints; it must succeed."""
    result = call(*words, lang=lang)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> dict[str, Any]:
    """Return the JSON of a command line; it must succeed."""
    found: dict[str, Any] = json.loads(shown(*words, "--json"))
    return found


def numbers(*words: str) -> dict[str, Any]:
    """Return the quantities that `graphgrad inspect` finds."""
    found: dict[str, Any] = data("inspect", *words)["numbers"]
    return found


def verdicts(*words: str) -> list[str]:
    """Return the words for programs of what `graphgrad inspect` concludes."""
    return [verdict["code"] for verdict in data("inspect", *words)["verdicts"]]


def sample(name: str) -> str:
    """Return the path of a sample."""
    return str(SAMPLES / f"{name}.gg")


def file(folder: Path, text: str, name: str = "net.gg") -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)
