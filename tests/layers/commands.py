"""Run `graphgrad train` in this process, for tests."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from graphgrad.cli.program import program


def train(*args: str, lang: str = "en") -> Result:
    """Return the result of a call; the first argument may be a text for ``-e``."""
    words = ["-e", *args] if "=" in args[0] else [*args]
    return CliRunner().invoke(program, ["--lang", lang, "train", *words])


def shown(*args: str, lang: str = "en") -> str:
    """Return what a call prints; it must succeed."""
    result = train(*args, lang=lang)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*args: str) -> dict[str, Any]:
    """Return the JSON of a call."""
    found: dict[str, Any] = json.loads(shown(*args, "--json"))
    return found


def rows(text: str) -> list[list[str]]:
    """Return the cells of a table's rows below its rule."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if set(line.strip()) == {"─"})
    found = []
    for line in lines[start + 1 :]:
        if not line.startswith("  "):
            break
        found.append(line.split())
    return found
