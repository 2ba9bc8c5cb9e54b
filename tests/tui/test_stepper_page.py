"""The pages about the stepper list every command as it is, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphgrad.messages.catalogue import text
from graphgrad.stepping.commands import APP_COMMANDS, LINE_COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "stepper.md", "es": DOCS / "recorrido.md"}


def key_rows(language: str) -> list[str]:
    """Return a row per command of the app: its keys, its name for a file of keys, what it does."""
    return [
        f"| `{command.shown}` | `{command.name}` | {text(f'app.help.{command.name}', language)} |"
        for command in APP_COMMANDS
    ]


def plain_rows(language: str) -> list[str]:
    """Return a row per command of the line-oriented stepper."""
    return [
        f"| `{command.words.split()[0]}` | `{text(f'stepper.word.{command.name}', language)}` | "
        f"{text(f'stepper.help.{command.name}', language)} |"
        for command in LINE_COMMANDS
    ]


@pytest.mark.parametrize("language", PAGES)
def test_the_page_lists_every_command(language: str) -> None:
    page = PAGES[language].read_text("utf-8")
    missing = [row for row in (*key_rows(language), *plain_rows(language)) if row not in page]
    assert not missing
