"""The built page in headless Chromium and Firefox over a local server, as a visitor meets it.

One test after the other on one page, for loading Python takes its time.
"""

from __future__ import annotations

import functools
import json
import os
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from browser.build import ROOT
from tests.views.scene import chromium, firefox

pytestmark = [pytest.mark.slow, pytest.mark.exe]
Browser = chromium.Chromium | firefox.Firefox
_MOST = 90.0  # seconds to load Python on a machine that is busy with other things
FIGURE = "document.getElementById('figure').shadowRoot"
PICTURES = os.environ.get("BROWSER_PICTURES", "")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing of requests."""


class Site:
    """A page on a local server, and a browser that looks at it."""

    def __init__(self, page: Path, browser: Browser) -> None:
        self.browser = browser
        handler = functools.partial(Quiet, directory=str(page))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def open(self, rest: str = "") -> None:
        self.browser.open("about:blank")
        self.browser.open(self.address + rest)

    def value(self, script: str) -> Any:
        return self.browser.value(script)

    def wait(self, script: str, most: float = _MOST) -> Any:
        end = time.monotonic() + most
        while time.monotonic() < end:
            found = self.value(script)
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError((script, self.text("stage"), self.text("mistake"), self.text("said")))

    def text(self, name: str) -> str:
        return str(self.value(f"document.getElementById('{name}').textContent"))

    def ready(self, title: str) -> None:
        """Wait until the figure of a title stands there."""
        self.wait(f"{FIGURE}?.querySelector('h2')?.textContent === {json.dumps(title)}")
        self.wait("document.getElementById('stage').className === ''")

    def write(self, text: str) -> None:
        """Put a text into the editor, its last letter by the keyboard."""
        text = text.rstrip()
        self.value(f"""(() => {{ const t = document.getElementById('text'); t.focus();
            t.value = {json.dumps(text[:-1])}; t.setSelectionRange(t.value.length, t.value.length);
            return 1; }})()""")
        self.browser.write(text[-1])

    def choose(self, name: str, value: str) -> None:
        self.value(f"""(() => {{ const s = document.getElementById('{name}'); s.value = '{value}';
            s.dispatchEvent(new Event('change')); return 1; }})()""")

    def press(self, name: str) -> None:
        """Press a button of the figure."""
        self.value(f"{FIGURE}.querySelector('#{name}').click() ?? 1")

    def picture(self, name: str) -> None:
        if PICTURES:
            self.browser.picture(Path(PICTURES, f"{type(self.browser).__name__}_{name}.png"))


def launched(name: str, profile: Path) -> Browser:
    """Start a browser, or skip with the reason."""
    if name == "chromium" and chromium.PROGRAM:
        return chromium.Chromium(profile, seconds=900)
    if name == "firefox" and firefox.PROGRAM:
        return firefox.Firefox(profile)
    pytest.skip(f"needs {name}, which is not installed")


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def site(
    page: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Site]:
    with launched(request.param, tmp_path_factory.mktemp("profile")) as browser:
        browser.size(1400, 1000)
        found = Site(page, browser)
        yield found
        found.stop()


SLOPE = 'title "Slope"\ninput x = 3\nparam w = 2\nloss L = (w*x - 1)^2\n'


def test_it_opens_in_spanish_with_the_figure_of_a_sample(site: Site) -> None:
    started = time.monotonic()
    site.open()
    site.ready("Cálculo en grafos computacionales")
    print(f"first figure after {time.monotonic() - started:.1f} s")  # noqa: T201 -- a measurement
    assert site.text("stage") == "Listo."
    assert site.value("document.documentElement.lang") == "es"
    assert site.browser.complaints() == []
    assert [url for url in site.browser.requests() if not url.startswith(site.address)] == []
    site.picture("colah")


def test_a_text_is_edited_and_its_figure_steps(site: Site) -> None:
    site.write(SLOPE)
    site.ready("Slope")
    count = f"{FIGURE}.querySelector('#count').textContent"
    before = site.value(count)
    site.press("next")
    assert site.value(count) != before
    assert site.value(f"{FIGURE}.querySelector('svg.graphgrad').dataset.step") == "1"


def test_a_mistake_is_shown_at_its_place_and_the_figure_stays(site: Site) -> None:
    site.write(SLOPE.replace("w*x - 1", "w*y - 1"))
    site.wait("!document.getElementById('mistake').hidden")
    assert "y" in site.text("mistake")
    assert site.text("mistake").startswith("línea 4, columna 13")
    assert site.value("document.querySelector('.marks mark').textContent") == "y"
    assert site.value("document.querySelector('.numbers b').textContent") == "4\n"
    assert site.value(f"{FIGURE}.querySelector('h2').textContent") == "Slope"
    assert not site.value("document.getElementById('old').hidden")
    site.picture("mistake")
    site.write(SLOPE)
    site.wait("document.getElementById('mistake').hidden")
    assert site.value("document.querySelector('.marks mark')") is None


def test_a_value_that_is_changed_is_written_into_the_text(site: Site) -> None:
    site.value(f"""(() => {{ const f = {FIGURE}.querySelector('input[data-name=w]');
        f.value = '0,5'; f.dispatchEvent(new Event('change')); return 1; }})()""")
    site.wait("document.getElementById('text').value.includes('param w = 0.5')")


def test_answers_are_checked(site: Site) -> None:
    sheet = "dL/dw = 2*x*(w*x - 1)\n\ndL/dx = w*(w*x - 1)\n"
    site.value(f"document.getElementById('answers').value = {json.dumps(sheet)}")
    site.browser.click("#check")
    report = site.wait("document.getElementById('report').textContent")
    assert "✓" in report
    assert "✗" in report
    site.picture("checked")


def test_a_link_holds_the_text_and_a_second_tab_gives_the_same(site: Site) -> None:
    site.press("next")
    site.browser.click("#share")
    link = site.wait("location.hash.startsWith('#g=') && location.hash")
    site.wait("!document.getElementById('said').hidden")
    fields = ", ".join(f"document.getElementById('{name}').value" for name in ("text", "answers"))
    kept = f"JSON.stringify([{fields}, {FIGURE}.querySelector('svg.graphgrad').dataset.step])"
    before = site.value(kept)
    site.value("localStorage.clear()")
    site.open(link)
    site.ready("Slope")
    assert site.value(kept) == before
    sent = [url for url in site.browser.requests() if "#" not in url and "g=" in url]
    assert sent == []


def test_a_link_of_a_stranger_runs_nothing_and_a_broken_one_is_told(site: Site) -> None:
    evil = 'title "<img src=x onerror=window.bad=1>"\ninput x = 1\nloss L = x^2\n'
    site.write(evil)
    site.wait(f"{FIGURE}.querySelector('h2').textContent.includes('onerror')")
    assert site.value(f"{FIGURE}.querySelector('h2 img')") is None
    assert site.value("window.bad") is None
    site.value("location.hash = '#g=no_text_at_all'")
    site.wait("!document.getElementById('said').hidden")
    assert site.text("said").startswith("Este enlace no contiene")


def test_the_language_is_switched_and_files_are_saved(site: Site) -> None:
    site.choose("language", "en")
    site.choose("sample", "linear_regression")
    site.wait(f"{FIGURE}.querySelector('h2').textContent.toLowerCase().includes('regression')")
    assert site.value("document.querySelector('h1').textContent") == "graphgrad in the browser"
    assert site.text("stage") == "Ready."
    site.value("URL.createObjectURL = (blob) => { window.saved = blob; return 'about:blank#'; }")
    for name, begins in (("svg", "<svg"), ("html", "<!DOCTYPE html>"), ("gg", "gg 1")):
        site.value("window.saved = null; HTMLAnchorElement.prototype.click = () => {}")
        site.value(f"document.getElementById('save-{name}').click() ?? 1")
        site.wait("Boolean(window.saved)")
        text = site.browser.value("window.saved.text()", promise=True)
        assert begins in text[:200], (name, text[:200])


def test_what_takes_too_long_is_stopped_and_python_starts_again(site: Site) -> None:
    site.open("?seconds=0.02")
    site.wait("!document.getElementById('again').hidden")
    assert "0.02" in site.text("said")
    site.wait("document.getElementById('stage').textContent === 'Ready.'")
    assert not site.value("document.getElementById('again').hidden")


def test_once_loaded_it_works_without_a_network_arrays_too(site: Site) -> None:
    site.open()
    site.wait("!document.getElementById('offline').hidden")
    site.stop()
    started = time.monotonic()
    site.open()
    site.ready("Calculus on computational graphs")
    print(f"without a network, first figure after {time.monotonic() - started:.1f} s")  # noqa: T201
    for name in ("rnn_bptt", "xor_mlp"):
        path = ROOT / "samples" / f"{name}.gg"
        title = path.read_text("utf-8").partition('title "')[2].partition('"')[0]
        site.choose("sample", name)
        site.ready(title)
        site.picture(name)
    site.write(NET)
    site.ready("2-16-16-1")
    site.picture("net_2_16_16_1")


NET = (
    'title "2-16-16-1"\ninput x = [0.5, -1]\ny = mlp(x, [16, 16, 1], act=tanh)\nloss L = sum(y^2)\n'
)
