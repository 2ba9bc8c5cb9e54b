"""The stepper in a browser: a real server, a real websocket, a real Chromium."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import pytest
from click.testing import CliRunner

from graphgrad.cli.commands import serve
from graphgrad.cli.program import program
from tests.views.scene.chromium import PROGRAM, Chromium

aiohttp = pytest.importorskip("aiohttp", reason="the extra serve is not installed")
pytest.importorskip("textual_serve", reason="the extra serve is not installed")

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "linear_regression.gg"
WAIT = 60


@contextmanager
def served(*words: str, folder: Path = ROOT) -> Iterator[Served]:
    """Run the server in a folder."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}",
        "GRAPHGRAD_LANG": "en",
    }
    command = [sys.executable, "-m", "graphgrad", "serve", "--port", "0", *words]
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=told, text=True, env=environment, cwd=folder
        )
        assert process.stdout is not None
        try:
            yield Served(process.stdout.readline().split()[1], process, told)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(WAIT)
            process.stdout.close()


class Served(NamedTuple):
    """A server that runs: the address that it printed, its process, what it tells."""

    printed: str
    process: subprocess.Popen[str]
    told: IO[str]

    @property
    def url(self) -> str:
        return self.printed.partition("/?token=")[0]

    @property
    def token(self) -> str:
        return self.printed.partition("?token=")[2]

    @property
    def socket(self) -> str:
        return f"{self.url}/ws?token={self.token}"

    def lines(self) -> list[str]:
        self.told.seek(0)
        return self.told.read().splitlines()


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, where /proc tells."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if after_name[1] == str(pid) and after_name[0] != "Z":
            found.append(int(path.parent.name))
    return found


async def drawn_until(tab: aiohttp.ClientWebSocketResponse, words: bytes) -> bytes:
    """Return what came until some words were drawn."""
    drawn = b""
    while words not in drawn:
        message = await tab.receive(WAIT)
        assert message.type == aiohttp.WSMsgType.BINARY, (message, drawn[-3000:])
        drawn += message.data
    return drawn


@pytest.mark.slow
def test_a_tab_gets_the_page_and_the_first_frame_and_ctrl_c_ends_it_all() -> None:
    with served(str(SAMPLE)) as running_server:
        url, process = running_server.url, running_server.process

        async def visit() -> list[int]:
            printed = running_server.printed
            async with aiohttp.ClientSession() as session, session.get(printed) as answer:
                assert answer.status == 200
                assert "connect-src 'self' ws://" in answer.headers["Content-Security-Policy"]
                page = await answer.text()
                assert "textual-terminal" in page
                assert "https:" not in page
            address = f"{running_server.socket}&width=80&height=24"
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(address, origin=url) as tab,
            ):
                drawn = await drawn_until(tab, b"yhat")
            assert b"dL" in drawn or b"step" in drawn
            async with aiohttp.ClientSession() as session:
                tab = await session.ws_connect(running_server.socket, origin=url)
                await tab.receive(WAIT)
                running = children(process.pid)
                process.send_signal(signal.SIGINT)
                while not tab.closed:
                    await tab.receive(WAIT)
            return running

        running = asyncio.run(visit())
        assert process.wait(WAIT) == 0
        if Path("/proc/self/stat").exists():
            assert running
            assert not [pid for pid in running if Path(f"/proc/{pid}").exists()]


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed")
def test_it_is_drawn_and_obeys_keys_in_chromium_without_any_request_elsewhere(
    tmp_path: Path,
) -> None:
    with served(str(SAMPLE)) as server, Chromium(tmp_path) as browser:
        url = server.url
        browser.open(server.printed)
        ready = "document.body.classList.contains('-first-byte')"
        end = time.monotonic() + 20
        while not browser.value(ready) and time.monotonic() < end:
            time.sleep(0.1)
        assert browser.value(ready)
        before = browser.ask("Page.captureScreenshot")["data"]
        time.sleep(1)  # frames are drawn on a canvas and cannot be read back as text
        browser.ask("Input.dispatchKeyEvent", type="keyDown", key="n", text="n")
        while browser.ask("Page.captureScreenshot")["data"] == before:
            assert time.monotonic() < end
            time.sleep(0.2)
        time.sleep(1)
        shot = base64.b64decode(browser.ask("Page.captureScreenshot")["data"])
        target = os.environ.get("GRAPHGRAD_SHOT")
        if target:
            Path(target).write_bytes(shot)
        elsewhere = [
            address
            for address in browser.requests()
            if not address.startswith((url, "data:", "about:", "chrome"))
        ]
        assert not elsewhere
        assert "token" not in browser.value("location.href")
        browser.value("location.reload()")
        time.sleep(2)
        while not browser.value(ready):  # the cookie stands for the token
            assert time.monotonic() < end
            time.sleep(0.2)
        refused = [event for event in browser.events if "Content Security" in str(event)]
        assert not refused


# ---- what is refused before anything is served ----


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "example.org", "::", ""])
def test_only_the_loopback_address_is_served(host: str) -> None:
    found = CliRunner().invoke(program, ["serve", str(SAMPLE), "--host", host])
    assert found.exit_code == 2
    assert "is not a loopback address" in found.stderr


@pytest.mark.parametrize(
    ("host", "address"),
    [("localhost", "127.0.0.1"), ("127.0.0.2", "127.0.0.2"), ("[::1]", "::1")],
)
def test_names_of_the_loopback(host: str, address: str) -> None:
    assert serve.loopback(host) == address


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        found = CliRunner().invoke(program, ["serve", str(SAMPLE), "--port", port])
    assert found.exit_code == 2
    assert f"port {port} of 127.0.0.1 cannot be used" in found.stderr


def test_what_cannot_be_read_is_refused_before_it_is_served(tmp_path: Path) -> None:
    bad = tmp_path / "bad.gg"
    bad.write_text("x = (", "utf-8")
    assert CliRunner().invoke(program, ["serve", str(bad)]).exit_code == 3
    assert CliRunner().invoke(program, ["serve", "-"]).exit_code == 2


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "graphgrad.cli.commands.page_server", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.setitem(sys.modules, "textual_serve.app_service", None)
    found = CliRunner().invoke(program, ["serve", str(SAMPLE)])
    assert found.exit_code == 2
    assert "pip install 'graphgrad[serve]'" in found.stderr


def test_what_is_typed_stays_one_word_and_never_meets_a_shell() -> None:
    words = serve.step_words(
        None,
        "L = x^2; touch $(oops)",
        ("x='3' && rm",),
        2,
        present=True,
        at=None,
        fold="line",
        results=None,
        keys=None,
    )
    assert "--expression=L = x^2; touch $(oops)" in words
    assert "--set=x='3' && rm" in words
    assert "--row=2" in words
    assert "--present" in words
    assert not [word for word in words if word.startswith(("--at", "--keys"))]
