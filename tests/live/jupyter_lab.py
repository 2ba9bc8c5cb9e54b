"""Run a JupyterLab with a folder of notebooks, and drive it in a browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from socket import socket
from typing import Any

from tests.views.scene.chromium import Chromium

ROOT = Path(__file__).parents[2]


def python_with_jupyter() -> str:
    """Return a Python that has JupyterLab and anywidget; empty if there is none."""
    named = os.environ.get("GRAPHGRAD_LAB_PYTHON", "")
    own = all(map(find_spec, ("anywidget", "jupyterlab", "nbclient")))
    return named or (sys.executable if own else "")


def notebook_of(*cells: str) -> str:
    """Return a notebook as JSON."""
    code = [
        {
            "cell_type": "code", "id": f"cell{at}", "metadata": {}, "source": cell,
            "outputs": [], "execution_count": None,
        }
        for at, cell in enumerate(cells)
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": code})


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing is read or written outside of a folder."""
    own = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "IPYTHONDIR": "ipython",
        "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_RUNTIME_DIR": "runtime",
    }  # fmt: skip
    places = {name: str(folder / ".jupyter" / place) for name, place in own.items()}
    return {**os.environ, **places, "PYTHONPATH": str(ROOT), "GRAPHGRAD_LANG": "en"}


@contextmanager
def server(python: str, folder: Path) -> Iterator[str]:
    """Serve a folder with JupyterLab on this machine alone; yield its address."""
    manager = folder / ".jupyter/settings/@jupyter-widgets/jupyterlab-manager"
    manager.mkdir(parents=True)
    (manager / "plugin.jupyterlab-settings").write_text('{"saveState": true}', "utf-8")
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(python, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--IdentityProvider.token=", "--ServerApp.password="),
        *("--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={folder}"),
        *("--LabApp.news_url=", "--ServerApp.port_retries=0"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    address = f"http://127.0.0.1:{port}"
    with (folder / ".jupyter/log").open("w") as log:
        lab = subprocess.Popen(command, env=environment(folder), stdout=log, stderr=log, cwd=folder)
        try:
            _wait_for(address, lab)
            yield address
        finally:
            lab.terminate()
            lab.wait(30)


def _wait_for(address: str, lab: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert lab.poll() is None
        try:
            urllib.request.urlopen(f"{address}/lab", timeout=10)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(address)


class Lab:
    """One notebook that is open in JupyterLab."""

    def __init__(self, browser: Chromium, address: str, name: str) -> None:
        self.browser = browser
        browser.size(1400, 1100)
        browser.open(f"{address}/lab/workspaces/{Path(name).stem}/tree/{name}")
        self.wait("document.querySelector('.jp-Notebook .jp-Cell')")

    def wait(self, script: str, seconds: int = 90) -> Any:
        """Return what a script comes to once it is true."""
        for _ in range(seconds * 4):
            found = self.browser.value(f"(e => e instanceof Element ? true : e)({script})")
            if found:
                return found
            self.pause(250)
        picture = Path(tempfile.gettempdir()) / "graphgrad_lab_failed.png"
        self.browser.picture(picture, whole=False)
        raise AssertionError(f"{script}, see {picture}")

    def run_all(self) -> None:
        """Run one cell after the other, from the first."""
        self.wait("document.querySelector('#jp-main-statusbar')?.textContent.includes('| Idle')")
        for _ in range(self.browser.value("document.querySelectorAll('.jp-Cell').length")):
            self.browser.click("[data-command='notebook:run-cell-and-select-next']")
            self.pause(200)

    def pause(self, milliseconds: int) -> None:
        script = f"new Promise(done => setTimeout(done, {milliseconds}))"
        self.browser.value(script, promise=True)

    def save(self, path: Path) -> dict[str, Any]:
        """Save, and return what is in the file once it is all there."""
        before = path.stat().st_mtime_ns
        self.browser.click("[data-command='docmanager:save']")
        for _ in range(100):
            self.pause(100)
            if path.stat().st_mtime_ns != before:
                with suppress(ValueError):
                    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
                    return found
        raise AssertionError(path)

    def part(self, selector: str, at: int = 0) -> str:
        """Return a script for a part of the stepper with a number."""
        hosts = (
            "[...document.querySelectorAll('.jp-OutputArea-output *')].filter(e => e.shadowRoot)"
        )
        return f"{hosts}[{at}]?.shadowRoot.querySelector({selector!r})"

    def shown(self, at: int = 0) -> None:
        """Wait until a stepper stands there."""
        self.wait(self.part("svg.graphgrad", at))

    def step(self, at: int = 0) -> int:
        return int(self.browser.value(f"{self.part('svg.graphgrad', at)}.dataset.step"))

    def click(self, selector: str, at: int = 0) -> None:
        """Click with the mouse on a part of a stepper."""
        script = f"""(() => {{ const e = {self.part(selector, at)};
            e.scrollIntoView({{block: "center"}}); const r = e.getBoundingClientRect();
            return [r.x + r.width / 2, r.y + r.height / 2]; }})()"""
        self.browser.value(script)
        self.pause(300)
        x, y = self.browser.value(script)
        for kind in ("mousePressed", "mouseReleased"):
            how = {"x": x, "y": y, "button": "left", "clickCount": 1}
            self.browser.ask("Input.dispatchMouseEvent", type=kind, **how)

    def type_into(self, selector: str, text: str, at: int = 0) -> None:
        """Replace what stands in a field, and press Enter."""
        self.click(selector, at)
        self.browser.value(f"{self.part(selector, at)}.select(); 0")
        self.browser.write(text)
        self.browser.press("Enter")
