"""Check that what the README shows on a console is what the commands print."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from graphgrad.cli.program import main

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")
SHOWN = re.findall(r"```console\n\$ graphgrad ([^\n]*)\n(.*?)\n```", TEXT, re.DOTALL)
PICTURES = re.findall(r"<!-- picture: (.*?) -->\n!\[[^]]+\]\((.*?)\)", TEXT)
ANSWERS = re.search(r"`answers.txt` holds.*?```text\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize(("command", "expected"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_console_block_shows_the_real_output(
    command: str,
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ANSWERS is not None
    (tmp_path / "answers.txt").write_text(ANSWERS.group(1), encoding="utf-8")
    shutil.copytree(README.parent / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["--lang", "en", *shlex.split(command)])
    assert capsys.readouterr().out.rstrip() == expected.rstrip()


def test_the_readme_shows_the_shipped_sample() -> None:
    sample = (README.parent / "samples" / "linear_regression.gg").read_text(encoding="utf-8")
    block = re.search(r"`samples/linear_regression.gg`:\n\n```text\n(.*?)```", TEXT, re.DOTALL)
    assert block is not None
    lines = [line.split("#")[0].rstrip() for line in block.group(1).splitlines()]
    assert [line for line in lines if line] == [
        line for line in (line.split("#")[0].rstrip() for line in sample.splitlines()) if line
    ]


@pytest.mark.parametrize(("command", "shown"), PICTURES, ids=[shown for _, shown in PICTURES])
def test_a_picture_of_the_readme_is_the_one_render_draws(
    command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(README.parent / "samples", tmp_path / "samples")
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as caught:
        main(["--lang", "en", *shlex.split(command)])
    assert not caught.value.code
    assert (tmp_path / shown).read_bytes() == (README.parent / shown).read_bytes()


def test_the_readme_shows_three_pictures_and_says_how_each_is_drawn() -> None:
    assert len(PICTURES) == 3
    assert re.findall(r"!\[[^]]+\]\((docs/[^)]+)\)", TEXT) == [shown for _, shown in PICTURES]
