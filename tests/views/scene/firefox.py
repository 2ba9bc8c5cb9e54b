"""Drive a headless Firefox by WebDriver BiDi, with the words of `chromium.Chromium`."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp

from .chromium import middle_of

NAMES = ("firefox", "firefox-esr")
PROGRAM = next((path for path in map(shutil.which, NAMES) if path), None)
_ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_EVENTS = ("log.entryAdded", "network.beforeRequestSent")
_KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Backspace": "\ue003"}
_LARGEST = 64 * 2**20  # bytes of a screenshot, as text


class Firefox:
    """One page; `events` holds what the browser reported."""

    def __init__(self, profile: Path, seconds: int = 60) -> None:
        assert PROGRAM
        self.events: list[dict[str, Any]] = []
        self._count = 0
        self._seconds = seconds
        self._loop = asyncio.new_event_loop()
        where = ("--profile", str(profile), "--no-remote", "--remote-debugging-port", "0")
        self._process = subprocess.Popen(
            [PROGRAM, "--headless", *where, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._page: dict[str, Any] = {}

    def __enter__(self) -> Firefox:
        self._loop.run_until_complete(self._connect())
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=list(_EVENTS))
        page = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self._page = {"context": page}
        return self

    async def _connect(self) -> None:
        assert self._process.stderr is not None
        found = next(m for line in self._process.stderr if (m := _ADDRESS.search(line)))
        self._client = aiohttp.ClientSession()
        self._socket = await self._client.ws_connect(f"{found[1]}/session", max_msg_size=_LARGEST)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.run_until_complete(self._client.close())
        self._loop.close()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def open(self, address: str) -> None:
        """Load a page and forget what the one before it reported."""
        self.events.clear()
        self.ask("browsingContext.navigate", **self._page, url=address, wait="complete")

    def write(self, text: str) -> None:
        """Type into what has the focus, one key after the other."""
        keys = [_KEYS.get(character, character) for character in text]
        told = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": told})

    def click(self, selector: str) -> None:
        """Click with the mouse into the middle of an element."""
        x, y = map(round, self.value(middle_of(selector)))
        buttons = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        moved = {"type": "pointerMove", "x": x, "y": y}
        self._act({"type": "pointer", "id": "mouse", "actions": [moved, *buttons]})

    def _act(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", **self._page, actions=[source])

    def size(self, width: int, height: int) -> None:
        """Give the window a size in CSS pixels."""
        size = {"width": width, "height": height}
        self.ask("browsingContext.setViewport", **self._page, viewport=size)

    def picture(self, path: Path) -> None:
        """Write a screenshot."""
        shot = self.ask("browsingContext.captureScreenshot", **self._page, origin="document")
        path.write_bytes(base64.b64decode(shot["data"]))

    def value(self, script: str, *, promise: bool = False) -> Any:
        how = {"target": self._page, "awaitPromise": promise}
        asked = self.ask("script.evaluate", expression=script, **how)
        assert asked["type"] == "success", asked
        return _plain(asked["result"])

    def complaints(self) -> list[dict[str, Any]]:
        """Return errors and warnings of the console and of scripts."""
        told = [event for event in self.events if event["method"] == "log.entryAdded"]
        return [event for event in told if event["params"]["level"] in ("error", "warn")]

    def requests(self) -> list[str]:
        """Return the addresses asked for; Firefox counts what stands in a page itself as well."""
        sent = [e for e in self.events if e["method"] == "network.beforeRequestSent"]
        every = [str(event["params"]["request"]["url"]) for event in sent]
        return [url for url in every if not url.startswith("data:")]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        asked = asyncio.wait_for(self._answer(message), self._seconds)
        return self._loop.run_until_complete(asked)

    async def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        await self._socket.send_json(message)
        while True:
            answer: dict[str, Any] = await self._socket.receive_json()
            if answer.get("id") == message["id"]:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)


def _plain(remote: dict[str, Any]) -> Any:
    """Return a value of a script as Python has it; None for what has no such form."""
    value = remote.get("value")
    if remote["type"] == "array":
        return [_plain(entry) for entry in value or []]
    if remote["type"] == "object":
        return {key: _plain(entry) for key, entry in value or []}
    return value if remote["type"] in ("string", "number", "boolean") else None
