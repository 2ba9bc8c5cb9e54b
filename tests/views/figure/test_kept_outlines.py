"""What was typeset is kept from one process to the next, and never changes a picture."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graphgrad.files.cache_folder import FOLDER
from graphgrad.views.figure.typeset import kept_outlines
from graphgrad.views.figure.typeset.kept_outlines import Drawn
from graphgrad.views.figure.typeset.typeset import typeset

SOURCE = (
    "input x = 3; param w_1 = 2; param long_name_12 = 10; z = w_1^2*x + long_name_12; loss L = z^2"
)
PROGRAM = """
import sys
from graphgrad.cli.program import main
try:
    main(sys.argv[1:])
finally:
    print("ziamath.zmath" in sys.modules)
"""


def drawn(folder: Path, cache: str) -> tuple[bytes, bool]:
    """Return a picture drawn in a process of its own, and whether ziamath was loaded."""
    picture = folder / "p.svg"
    words = ["render", "-e", SOURCE, "-o", str(picture), "--force"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env={**os.environ, FOLDER: cache},
        capture_output=True,
        check=True,
        text=True,
    )
    return picture.read_bytes(), done.stdout.strip() == "True"


def test_the_second_picture_is_the_same_and_needs_no_typesetter(tmp_path: Path) -> None:
    plain, _ = drawn(tmp_path, "off")
    first, loaded = drawn(tmp_path, str(tmp_path / "cache"))
    second, again = drawn(tmp_path, str(tmp_path / "cache"))
    assert plain == first == second
    assert (loaded, again) == (True, False)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "{}",
        lambda text: "[1, 2]",
        lambda text: text.replace("[", "{", 1),
        lambda text: re.sub(r"(?m)^M.*$", '"/><script>', text),
        lambda text: re.sub(r"(?m)^\[.*$", "[1, 2]", text),
    ],
    ids=["cut", "empty", "list", "broken", "hostile", "short"],
)
def test_what_does_not_hold_up_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[str], str]
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    drawn_once = Drawn(typeset("w_{12}", 100.0), (1, 2))
    store = kept_outlines._Store()
    store.drawn["w_{00}"] = drawn_once
    store.changed = True
    store.write()
    assert kept_outlines._Store().found("w_{00}") == drawn_once
    (file,) = (tmp_path / "outlines").iterdir()
    file.write_text(damage(file.read_text("utf-8")), "utf-8")
    assert [kept_outlines._Store().found(tex) for tex in ("w_{00}", "x")] == [None, None]


def test_nothing_is_written_where_the_cache_is_off(tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    drawn(tmp_path, "off")
    assert {path.name for path in set(tmp_path.rglob("*")) - before} == {"p.svg"}
