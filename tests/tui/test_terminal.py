"""The app in a real terminal, and the command that starts it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from graphgrad.cli.commands import step
from graphgrad.cli.program import program
from graphgrad.errors import UsageError
from graphgrad_tui import app as app_module
from tests.tui.screens import REGRESSION

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TMUX = shutil.which("tmux")


class Terminal:
    """One window of a tmux server of our own."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self.socket = str(folder / "tmux.sock")
        fixed = ("COLUMNS", "LINES")  # xdist sets them, and nothing could be resized
        environment = {
            **{name: value for name, value in os.environ.items() if name not in fixed},
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
            "LC_ALL": "C.UTF-8",
            "GRAPHGRAD_LANG": "en",
            "TERM": "xterm-256color",
        }
        size = ["-x", str(width), "-y", str(height)]
        command = [str(TMUX), "-S", self.socket, "-f", os.devnull]
        subprocess.run([*command, "new-session", "-d", *size, "sh"], env=environment, check=True)

    def tmux(self, *words: str) -> str:
        """Run a command of tmux."""
        found = subprocess.run(
            [str(TMUX), "-S", self.socket, *words], capture_output=True, text=True, check=True
        )
        return found.stdout

    def type(self, text: str) -> None:
        """Type a line and enter."""
        self.tmux("send-keys", "-l", text)
        self.tmux("send-keys", "Enter")

    def press(self, *keys: str) -> None:
        """Press keys."""
        self.tmux("send-keys", *keys)

    def screen(self) -> str:
        """Return what is on the screen."""
        return self.tmux("capture-pane", "-p")

    def wait_for(self, words: str, seconds: float = 40.0) -> str:
        """Wait until words are on the screen, and return it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            screen = self.screen()
            if words in screen:
                return screen
            time.sleep(0.1)
        raise AssertionError(f"{words!r} did not appear:\n{self.screen()}")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if TMUX is None:
        pytest.skip("tmux is not installed")
    (tmp_path / "f.gg").write_text(REGRESSION, "utf-8")
    window = Terminal(tmp_path, 80, 24)
    yield window
    window.tmux("kill-server")


@pytest.mark.tmux
@pytest.mark.slow
def test_a_walk_through_a_real_terminal(terminal, tmp_path):
    terminal.type(f"cd {tmp_path} && stty -a > before.txt")
    terminal.type(f"{sys.executable} -m graphgrad_tui f.gg; echo status=$?; stty -a > after.txt")
    terminal.wait_for("step 0/13")
    terminal.press("n")
    terminal.wait_for("step 1/13")
    terminal.press("1", "1", "n")
    screen = terminal.wait_for("step 12/13")
    assert "∇ -12" in screen or "∇ -8" in screen
    terminal.press("p")
    terminal.wait_for("step 11/13")
    terminal.press(":", "5", "Enter")  # in one burst
    terminal.wait_for("step 5/13")
    terminal.press("q")
    screen = terminal.wait_for("status=0")
    assert "step 5/13" not in screen
    settings = [(tmp_path / name).read_text("utf-8") for name in ("before.txt", "after.txt")]
    assert settings[0].split("\n", 1)[1] == settings[1].split("\n", 1)[1]


@pytest.mark.tmux
@pytest.mark.slow
def test_a_real_terminal_can_be_resized(terminal, tmp_path):
    terminal.type(f"cd {tmp_path} && {sys.executable} -m graphgrad_tui f.gg L")
    assert "local derivatives" not in terminal.wait_for("step 4/13")
    terminal.tmux("resize-window", "-x", "120", "-y", "40")
    terminal.wait_for("local derivatives")
    terminal.tmux("resize-window", "-x", "50", "-y", "20")
    terminal.wait_for("Forward: L\n")
    terminal.tmux("resize-window", "-x", "80", "-y", "24")
    terminal.wait_for("╔ L = e² ═╗")
    terminal.press("q")


@pytest.mark.tmux
@pytest.mark.slow
def test_a_wrong_file_is_an_error_in_a_terminal(terminal, tmp_path):
    terminal.type(f"cd {tmp_path} && {sys.executable} -m graphgrad_tui none.gg; echo status=$?")
    assert "error: none.gg" in terminal.wait_for("status=4")
    terminal.type(f"{sys.executable} -m graphgrad_tui a b c; echo status=$?")
    assert "usage: graphgrad-tui" in terminal.wait_for("status=2")


# ---- the command ----


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "f.gg"
    path.write_text(REGRESSION, "utf-8")
    return str(path)


def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
    """Run the command with typed lines; return status, output and errors."""
    result = CliRunner().invoke(program, ["step", *arguments], input=typed)
    return result.exit_code, result.stdout, result.stderr


def test_without_a_terminal_it_writes_lines_and_says_so(source):
    status, output, errors = run(source, typed="n\nq\n")
    assert status == 0
    assert "note: this is no terminal" in errors
    assert "[1/13] Forward: z" in output


def test_plain_starts_at_a_name_and_needs_no_note(source):
    status, output, errors = run(source, "--plain", "--at", "L", "--set", "x=1", typed="q\n")
    assert (status, errors) == (0, "")
    assert "[4/13] Forward: L" in output
    assert "L = (-6)² = 36" in output


def test_plain_speaks_spanish(source):
    assert "13 pasos" in run(source, "--plain", "--lang", "es", typed="q\n")[1]


def test_a_wrong_name_is_refused_before_anything_is_shown(source):
    status, output, errors = run(source, "--at", "yhatt")
    assert (status, output) == (2, "")
    assert "Did you mean yhat" in errors


class _Point:
    name = "textual"
    value = "graphgrad_tui.app:run"

    def __init__(self, loaded: object) -> None:
        self.loaded = loaded

    def load(self) -> object:
        if isinstance(self.loaded, Exception):
            raise self.loaded
        return self.loaded


def test_the_app_is_found_among_the_entry_points(source, monkeypatch):
    seen = []

    def fake(trace, **options):
        seen.append((trace.value("L"), options))
        return 7

    monkeypatch.setattr(step, "_is_terminal", lambda: True)
    monkeypatch.setattr(step, "entry_points", lambda group: [_Point(fake)])
    assert run(source, "--at", "z", "--fold", "edge")[0] == 7
    assert seen[0][0] == 4
    given = seen[0][1]
    assert (given["fold"], given["at"], given["present"]) == ("edge", "z", False)
    assert given["origin"]["path"] == source


def test_a_missing_app_is_one_error_with_a_command(source, monkeypatch):
    monkeypatch.setattr(step, "_is_terminal", lambda: True)
    monkeypatch.setattr(step, "entry_points", lambda group: [])
    status, _, errors = run(source)
    assert status == 2
    assert "pip install graphgrad" in errors
    monkeypatch.setattr(step, "entry_points", lambda group: [_Point(ImportError("no textual"))])
    status, _, errors = run(source)
    assert status == 2
    assert "no textual" in errors


def test_run_returns_the_status_of_the_app(monkeypatch):
    from tests.tui.screens import traced

    seen = []

    class Fake:
        return_code = 0

        def __init__(self, work, settings):
            seen.append(settings)

        def run(self):
            seen.append("ran")

    monkeypatch.setattr(app_module, "StepperApp", Fake)
    assert app_module.run(traced(REGRESSION), at="z") == 0
    assert seen[0].at == "z"
    assert seen[1] == "ran"


def test_an_unknown_theme_is_one_error_with_near_names():
    with pytest.raises(UsageError, match="gruvbox"):
        app_module.run(None, theme="gruvbux")


def test_ascii_and_a_theme_reach_the_app(source, monkeypatch):
    seen = []
    monkeypatch.setattr(step, "_is_terminal", lambda: True)
    found = [_Point(lambda trace, **options: seen.append(options) or 0)]
    monkeypatch.setattr(step, "entry_points", lambda group: found)
    assert run(source, "--ascii", "--theme", "nord")[0] == 0
    assert (seen[0]["ascii_only"], seen[0]["theme"]) == (True, "nord")


def test_plain_lines_can_be_ascii(source):
    status, output, _ = run(source, "--plain", "--ascii", "--lang", "es", typed="G\nq\n")
    assert status == 0
    assert output.isascii()
    assert not run(source, "--plain", "--lang", "es", typed="G\nq\n")[1].isascii()


# ---- rough treatment ----


@pytest.mark.tmux
@pytest.mark.slow
def test_a_terminate_signal_leaves_the_terminal_as_it_was(terminal, tmp_path):
    terminal.type(f"cd {tmp_path} && stty -a > before.txt")
    terminal.type(f"{sys.executable} -m graphgrad_tui f.gg; echo status=$?; stty -a > after.txt")
    terminal.wait_for("step 0/13")
    pane = terminal.tmux("display-message", "-p", "#{pane_pid}").strip()
    child = subprocess.run(["pgrep", "-P", pane], capture_output=True, text=True, check=True)
    os.kill(int(child.stdout.split()[0]), signal.SIGTERM)
    screen = terminal.wait_for("status=143")
    assert "step 0/13" not in screen
    assert terminal.tmux("display-message", "-p", "#{alternate_on} #{cursor_flag}").strip() == "0 1"
    settings = [(tmp_path / name).read_text("utf-8") for name in ("before.txt", "after.txt")]
    assert settings[0].split("\n", 1)[1] == settings[1].split("\n", 1)[1]


@pytest.mark.tmux
@pytest.mark.slow
def test_a_storm_of_resizes_and_a_held_key(terminal, tmp_path):
    terminal.type(f"cd {tmp_path} && {sys.executable} -m graphgrad_tui f.gg")
    terminal.wait_for("step 0/13")
    for width, height in [(120, 40), (40, 10), (200, 60), (61, 17), (99, 20), (20, 5)] * 4:
        terminal.tmux("resize-window", "-x", str(width), "-y", str(height))
    terminal.tmux("resize-window", "-x", "80", "-y", "24")
    terminal.wait_for("┌ z = w·x ─┐")
    for _ in range(30):
        terminal.press(*["n"] * 5, *["p"] * 4)  # a held key comes in bursts
    terminal.wait_for("step 9/13")  # at the end a next is lost, a previous never
    terminal.press("3", "p")
    terminal.wait_for("step 6/13")
    terminal.press("q")


@pytest.mark.tmux
@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_presentation_in_a_small_terminal(terminal, language):
    terminal.tmux("resize-window", "-x", "70", "-y", "20")
    sample = ROOT / "samples" / "xor_sigmoid.gg"
    command = f"-m graphgrad step {sample} --present --at dL/dz --lang {language}"
    terminal.type(f"cd {ROOT} && {sys.executable} {command}")
    screen = terminal.wait_for({"en": "Backward: z", "es": "Hacia atrás: z"}[language])
    assert "║z  " in screen  # all four operands fit, without borders
    terminal.press("PPage")
    terminal.wait_for({"en": "Backward: yhat", "es": "Hacia atrás: yhat"}[language])
    terminal.press("q")


@pytest.mark.tmux
@pytest.mark.slow
@pytest.mark.parametrize("plain", ["", "--plain"])
def test_a_locale_without_unicode_gets_ascii_by_itself(terminal, plain):
    command = f"-m graphgrad step f.gg {plain} --lang es"
    terminal.type(f"cd {Path(terminal.socket).parent} && clear")
    terminal.type(f"LC_ALL= LANG=C {sys.executable} {command}")
    screen = terminal.wait_for("estan dadas")
    assert screen.isascii(), screen
    terminal.press("x", "Enter") if plain else terminal.press("x")
    screen = terminal.wait_for("?Cuanto vale z?")
    assert screen.isascii(), screen
    terminal.press("q", "Enter")
