"""Drive a headless Chromium over a pipe: the DevTools protocol, nothing to install for Python."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROGRAM = next((path for path in map(shutil.which, NAMES) if path), None)
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-quic", "--disable-background-networking", "--disable-component-update"),
    "--hide-scrollbars",
)
_SECONDS = 60
_CODES = {"Enter": 13, "Tab": 9, "Escape": 27, "PageUp": 33, "PageDown": 34, "End": 35} | {
    "Home": 36,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    " ": 32,
    ".": 190,
    "Backspace": 8,
    "Delete": 46,
}
_TEXTS = {" ": " ", "Enter": "\r"}
_PLACES = {".": "Period", "Enter": "Enter", "Escape": "Escape"}
"""Keys that some pages know by their place on the keyboard."""


class Chromium:
    """One page; `events` holds what the browser reported."""

    def __init__(self, profile: Path, seconds: int = _SECONDS) -> None:
        assert PROGRAM
        self.events: list[dict[str, Any]] = []
        self._count = 0
        self._session = ""
        to_child, self._write = os.pipe()
        self._read, from_child = os.pipe()
        size = ("--window-size=1280,900", f"--user-data-dir={profile}")
        timed = ("timeout", "-k", "2", str(seconds)) if shutil.which("timeout") else ()
        shell = f'exec "$@" 3<&{to_child} 4>&{from_child}'
        command = [*timed, PROGRAM, *_FLAGS, *size, "--remote-debugging-pipe", "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", shell, "bash", *command],
            pass_fds=(to_child, from_child),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_child)
        os.close(from_child)
        self._rest = b""

    def __enter__(self) -> Chromium:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._write)  # it ends when its pipe does
        os.close(self._read)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open(self, address: str) -> None:
        """Load a page and forget what the one before it reported."""
        self.events.clear()
        self.ask("Page.navigate", url=address)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._receive())

    def press(self, key: str, *, shift: bool = False, control: bool = False) -> None:
        """Press and release a key as a keyboard does."""
        text = "" if control else _TEXTS.get(key, key if len(key) == 1 else "")
        code: dict[str, Any] = {"windowsVirtualKeyCode": _CODES[key]} if key in _CODES else {}
        code |= {"code": _PLACES[key]} if key in _PLACES else {}
        how = {"key": key, "modifiers": 8 * shift + 2 * control, **code}
        self.ask(
            "Input.dispatchKeyEvent", type="keyDown", **how, **({"text": text} if text else {})
        )
        self.ask("Input.dispatchKeyEvent", type="keyUp", **how)

    def write(self, text: str) -> None:
        """Type into what has the focus, one key after the other."""
        for character in text:
            self.press(character)

    def click(self, selector: str) -> None:
        """Click with the mouse into the middle of an element."""
        x, y = self.value(middle_of(selector))
        for kind in ("mousePressed", "mouseReleased"):
            how = {"x": x, "y": y, "button": "left", "clickCount": 1}
            self.ask("Input.dispatchMouseEvent", type=kind, **how)

    def point(self, selector: str) -> None:
        """Move the mouse to the middle of an element, and leave it there."""
        x, y = self.value(middle_of(selector))
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def size(self, width: int, height: int, *, zoom: float = 1.0) -> None:
        """Give the window a size in CSS pixels at a zoom of 1; text grows with the zoom."""
        how = {"width": round(width / zoom), "height": round(height / zoom)}
        self.ask("Emulation.setDeviceMetricsOverride", **how, deviceScaleFactor=zoom, mobile=False)

    def prefer(self, **features: str) -> None:
        """Set media features, as in ``prefers_reduced_motion="reduce"``; ``media`` is the type."""
        media = features.pop("media", "")
        told = [{"name": n.replace("_", "-"), "value": v} for n, v in features.items()]
        self.ask("Emulation.setEmulatedMedia", media=media, features=told)

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Write a screenshot."""
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def wait(self, script: str) -> Any:
        """Return what a script comes to once that is true in JavaScript's sense."""
        for _ in range(200):
            found = self.value(script)
            if found:
                return found
            self.value("new Promise(done => setTimeout(done, 20))", promise=True)
        raise AssertionError(script)

    def value(self, script: str, *, promise: bool = False) -> Any:
        how = {"returnByValue": True, "awaitPromise": promise}
        asked = self.ask("Runtime.evaluate", expression=script, **how)
        assert "exceptionDetails" not in asked, asked
        return asked["result"].get("value")

    def complaints(self) -> list[dict[str, Any]]:
        """Return errors and warnings of the console and of scripts."""
        named = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [event for event in self.events if event["method"] in named]

    def requests(self) -> list[str]:
        sent = [e for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [str(event["params"]["request"]["url"]) for event in sent]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            if "method" in answer:
                self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            chunk = os.read(self._read, 65536)
            if not chunk:
                raise ConnectionError("Chromium ended")
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        received: dict[str, Any] = json.loads(message)
        return received


def middle_of(selector: str) -> str:
    """Return a script that brings an element into sight and comes to its middle, x and y."""
    return f"""(() => {{ const e = document.querySelector({json.dumps(selector)});
        e.scrollIntoView({{block: "center"}}); const r = e.getBoundingClientRect();
        return [r.x + r.width / 2, r.y + r.height / 2]; }})()"""
