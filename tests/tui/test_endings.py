"""The app ends when its terminal is gone, and starts without what it does not need yet."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tui.screens import REGRESSION

fcntl = pytest.importorskip("fcntl", reason="pseudo terminals are a thing of Unix")
ROOT = Path(__file__).parents[2]
CONTROLLING = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
START = "from graphgrad_tui.app import main; raise SystemExit(main())"


def opened(path: Path, *, controlling: bool) -> tuple[subprocess.Popen[bytes], int]:
    """Start the app in a pseudo terminal and wait for its first frame."""
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", f"{CONTROLLING if controlling else ''}{START}", str(path)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env={
            **{key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")},
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
            "TERM": "xterm-256color",
            "GRAPHGRAD_LANG": "en",
        },
    )
    os.close(slave)
    seen = b""
    while b"step 0/" not in seen:
        seen += os.read(master, 65536)
    return process, master


@pytest.mark.slow
@pytest.mark.parametrize("controlling", [False, True])
def test_an_app_whose_terminal_is_closed_ends(tmp_path, controlling):
    path = tmp_path / "f.gg"
    path.write_text(REGRESSION, "utf-8")
    process, master = opened(path, controlling=controlling)
    end = time.monotonic() + 1.0
    os.set_blocking(master, False)
    while time.monotonic() < end:  # let it write: it stands still at a full line
        try:
            os.read(master, 65536)
        except BlockingIOError:
            time.sleep(0.02)
    os.close(master)
    try:
        assert process.wait(30) == 129
    finally:
        process.kill()


def test_nothing_heavy_is_loaded_before_the_first_frame():
    script = (
        "import sys; import graphgrad_tui.app; "
        "heavy = 'sympy numpy networkx graphviz flint click ziamath'.split(); "
        "sys.exit(' '.join(name for name in heavy if name in sys.modules) or 0)"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}"}
    found = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
