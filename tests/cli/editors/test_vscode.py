"""The extension in Visual Studio Code itself: code-server serves it, Chromium shows it.

``GRAPHGRAD_CODE_SERVER`` is the `entry.js` of an installed code-server (`npm install code-server`).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.views.scene.chromium import PROGRAM, Chromium

ROOT = Path(__file__).parents[3]
SERVER = os.environ.get("GRAPHGRAD_CODE_SERVER", "")
PICTURES = os.environ.get("BROWSER_PICTURES", "")
PATIENCE = 90.0
WRONG = "input x = 3\nparam weight = 2\nz = weigth*x\nloss L = (z - 1)^2\n"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.exe,
    pytest.mark.skipif(PROGRAM is None, reason="needs Chromium, which is not installed"),
    pytest.mark.skipif(not SERVER, reason="GRAPHGRAD_CODE_SERVER names no code-server"),
]


def served(folder: Path) -> tuple[list[str], str]:
    """Install the extension for a user of its own; return the command and its address."""
    extension = folder / "extensions" / "graphgrad.graphgrad-0.2.0"
    shutil.copytree(ROOT / "editors" / "vscode", extension)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=extension, check=True)
    settings = folder / "data" / "User" / "settings.json"
    settings.parent.mkdir(parents=True)
    program = str(Path(sys.executable).with_name("graphgrad"))
    told = {"security.workspace.trust.enabled": False, "graphgrad.command": program}
    settings.write_text(json.dumps(told), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    where = ("--user-data-dir", str(folder / "data"), "--extensions-dir", str(extension.parent))
    quiet = ("--auth", "none", "--disable-telemetry", "--disable-update-check")
    return ["node", SERVER, "--bind-addr", address, *where, *quiet], address


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    folder = tmp_path_factory.mktemp("code")
    file = folder / "work" / "net.gg"
    file.parent.mkdir()
    file.write_text(WRONG, "utf-8")
    command, address = served(folder)
    server = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        with Chromium(folder / "profile", seconds=300) as browser:
            browser.size(1200, 700)
            file_of = json.dumps([["openFile", f"vscode-remote://{address}{file}"]])
            for _ in range(60):
                time.sleep(0.5)
                with socket.socket() as asked:
                    host, port = address.split(":")
                    if asked.connect_ex((host, int(port))) == 0:
                        break
            browser.open(f"http://{address}/?folder={file.parent}&payload={file_of}")
            yield browser
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def until(browser: Chromium, script: str) -> object:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found: object = browser.value(script)
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(script)


WAVE = "document.querySelector('.squiggly-error')"
HOVER = "[...document.querySelectorAll('.monaco-hover:not(.hidden)')].map(e => e.innerText).join()"


def test_a_mistake_is_marked_told_and_mended_by_its_quick_fix(code: Chromium) -> None:
    until(code, f"Boolean({WAVE})")
    code.point(".squiggly-error")
    told = str(until(code, f"{HOVER}.includes('weigth') && {HOVER}"))
    assert "the name weigth is not defined. Did you mean weight?" in told
    if PICTURES:
        code.picture(Path(PICTURES, "vscode_mistake.png"), whole=False)
    code.press("Escape")
    code.click(".squiggly-error")
    code.press(".", control=True)
    menu = ".action-widget"
    until(code, f"document.querySelector('{menu}')?.innerText.includes('Replace by weight')")
    if PICTURES:
        code.picture(Path(PICTURES, "vscode_quick_fix.png"), whole=False)
    code.press("Enter")
    until(code, f"!{WAVE}")
    text = "document.querySelector('.view-lines').innerText.replaceAll('\\u00a0', ' ')"
    assert "z = weight*x" in str(code.value(text))


def test_a_name_under_the_mouse_tells_its_value_and_adjoint(code: Chromium) -> None:
    code.value("""(() => { const lines = [...document.querySelectorAll('.view-line')];
        const z = lines.find(line => line.innerText.startsWith('z'));
        z.querySelector('span span').id = 'here'; })()""")
    code.point(".view-lines")
    code.point("#here")
    told = str(until(code, f"{HOVER}.includes('value') && {HOVER}"))
    assert "value 6, ∂L/∂" in told
    if PICTURES:
        code.picture(Path(PICTURES, "vscode_hover.png"), whole=False)
