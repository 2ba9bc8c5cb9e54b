"""The front end of a live session in a real browser; the session itself answers, in Python."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphgrad.live.front_end import live_script
from graphgrad.live.session import Session
from tests.views.scene.chromium import PROGRAM, Chromium

pytestmark = [
    pytest.mark.exe,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="needs Chromium, which is not installed"),
]

TEXT = "input x = 3\nparam w = 2\nz = w*x\nloss L = z^2\n"
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>button {{ color: red; }}</style>
<body tabindex="0"><h1>Two on a page</h1>{hosts}<script>"use strict";
{script}
window.asked = []; window.heard = [];
document.body.addEventListener("keydown", (event) => heard.push(event.key));
const shown = {shown};
const made = shown.map((first, at) => live(document.getElementById("host" + at), (message) =>
  new Promise((done) => asked.push([at, message, done])), first));
</script>"""


class Page:
    """Several sessions on one page; what they ask is answered when it is waited for."""

    def __init__(self, browser: Chromium, folder: Path, *sessions: Session) -> None:
        self.browser, self.sessions = browser, sessions
        shown = [session.answer({"do": "show"})["shown"] for session in sessions]
        hosts = "".join(f'<div id="host{at}"></div>' for at in range(len(sessions)))
        told = json.dumps(shown).replace("</", "<\\/")
        path = folder / "live.html"
        path.write_text(PAGE.format(hosts=hosts, script=live_script(), shown=told), "utf-8")
        browser.size(1280, 1000)
        browser.open(path.as_uri())

    def answered(self) -> dict[str, Any]:
        """Answer the message that is waiting, and return the answer."""
        at, message = json.loads(
            self.browser.wait("asked.length && JSON.stringify(asked[0].slice(0, 2))")
        )
        answer = self.sessions[at].answer(message)
        self.browser.value(f"asked.shift()[2]({json.dumps(answer)}); 0")
        self.browser.value("new Promise(done => setTimeout(done, 20))", promise=True)
        return answer

    def part(self, selector: str, at: int = 0) -> str:
        return f"document.getElementById('host{at}').shadowRoot.querySelector({selector!r})"

    def step(self, at: int = 0) -> int:
        return int(self.browser.value(f"{self.part('svg', at)}.dataset.step"))

    def focus(self, selector: str, at: int = 0) -> None:
        self.browser.value(f"{self.part(selector, at)}.focus(); 0")

    def type_into(self, selector: str, text: str) -> None:
        self.browser.value(f"{self.part(selector)}.select(); 0")
        self.browser.write(text)
        self.browser.press("Enter")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile")) as page:
        yield page


def test_two_figures_on_one_page_step_by_their_own_keys(browser: Chromium, tmp_path: Path) -> None:
    page = Page(browser, tmp_path, Session(TEXT), Session(TEXT, language="es"))
    page.focus(".stepped")
    for key in ("n", "ArrowRight", "l", " ", "p", "ArrowLeft"):
        browser.press(key)
    assert (page.step(), page.step(1)) == (2, 0)
    page.focus(".stepped", 1)
    for key, step in (("G", 7), ("b", 2), ("PageDown", 3), ("Home", 0), ("End", 7), ("g", 0)):
        browser.press(key)
        assert page.step(1) == step, key
    assert page.step() == 2
    assert browser.value("heard.length") == 0
    assert browser.value(f"{page.part('.caption', 1)}.textContent").startswith("2 hojas")
    colour = f"getComputedStyle({page.part('#next')}).color"
    assert browser.value(colour) != "rgb(255, 0, 0)"
    assert browser.complaints() == []


def test_a_leaf_is_edited_refused_undone_and_the_step_stays(
    browser: Chromium, tmp_path: Path
) -> None:
    page = Page(browser, tmp_path, Session(TEXT))
    page.focus(".stepped")
    browser.press("End")
    browser.press("e")
    assert browser.value(
        f"{page.part('input[data-name=x]')} === document.activeElement.shadowRoot.activeElement"
    )
    page.type_into("input[data-name=w]", "0,5")
    assert page.answered()["ok"]
    assert page.step() == 7
    assert "2.25" in browser.value(f"{page.part('.tables')}.textContent")
    page.type_into("input[data-name=w]", "two")
    assert not page.answered()["ok"]
    told = browser.value(f"{page.part('.mistake')}.textContent")
    assert "two" in told
    assert "Traceback" not in told
    assert "2.25" in browser.value(f"{page.part('.tables')}.textContent")
    page.focus(".stepped")
    browser.press("Escape")
    assert browser.value(f"{page.part('.mistake')}.textContent") == ""
    assert browser.value(f"{page.part('input[data-name=w]')}.value") == "0.5"
    browser.press("u")
    assert page.answered()["shown"]["leaves"][1]["value"] == "2"
    assert browser.value(f"{page.part('.mistake')}.textContent") == ""
    browser.press("U")
    assert page.answered()["shown"]["leaves"][1]["value"] == "0.5"


def test_zooms_and_styles_by_key_and_by_menu(browser: Chromium, tmp_path: Path) -> None:
    page = Page(
        browser, tmp_path, Session("input x = [1, 2]\nh = dense(x, units=2)\nloss L = sum(h)")
    )
    page.focus(".stepped")
    browser.press("m")
    assert page.answered()["state"]["view"]["detail"] == "op"
    for detail in ("line", "layer"):
        browser.press("M")
        assert page.answered()["state"]["view"]["detail"] == detail
    browser.press("a")
    assert "x[1]" in json.dumps(page.answered()["shown"]["leaves"])
    assert browser.value(f"{page.part('button[data-name=entries]')}.ariaPressed") == "true"
    menu = page.part("select[data-name=style]")
    browser.value(f"{menu}.value = 'wire'; {menu}.dispatchEvent(new Event('change')); 0")
    assert page.answered()["state"]["view"]["style"] == "wire"
    assert browser.value(f"{menu}.value") == "wire"


def test_a_figure_is_drawn_larger_and_scrolls_to_the_step(
    browser: Chromium, tmp_path: Path
) -> None:
    page = Page(browser, tmp_path, Session(TEXT))
    width = f"{page.part('svg')}.getBoundingClientRect().width"
    fit = browser.value(width)
    page.focus(".stepped")
    for _ in range(6):
        browser.press("z")
    assert browser.value(width) > 3 * fit
    browser.press("n")
    box = browser.value(
        f"""(() => {{ const r = {page.part(".node.current")}.getBoundingClientRect();
        const a = {page.part(".figure")}.getBoundingClientRect();
        return r.left + r.width / 2 > a.left && r.left + r.width / 2 < a.right; }})()"""
    )
    assert box
    browser.press("Z")
    assert fit < browser.value(width) < 3.2 * fit
    browser.press("=")
    assert browser.value(width) == fit
    assert browser.complaints() == []


def test_predicting_goes_on_after_a_value_is_changed(browser: Chromium, tmp_path: Path) -> None:
    page = Page(browser, tmp_path, Session(TEXT))
    page.focus(".stepped")
    browser.press("x")
    assert browser.value(f"{page.part('#predict-panel')}.hidden") is False
    browser.write("7")
    browser.press("Enter")
    assert (
        "Not right" in browser.value(f"{page.part('#verdict')}.textContent")
        or browser.value(f"{page.part('#verdict')}.dataset.status") == "wrong"
    )
    page.focus("#answer")
    browser.press("Escape")
    focused = "document.activeElement.shadowRoot.activeElement"
    assert browser.value(f"{page.part('.stepped')} === {focused}")
    page.focus("select[data-name=style]")
    menu = page.part("select[data-name=style]")
    browser.value(f"{menu}.value = 'wire'; {menu}.dispatchEvent(new Event('change')); 0")
    page.answered()
    assert "7" in browser.value(f"{page.part('#answers')}.textContent")  # the view alone changed
    page.type_into("input[data-name=w]", "5")
    page.answered()
    assert browser.value(f"{page.part('#predict-panel')}.hidden") is False
    assert "have changed" in browser.value(f"{page.part('#verdict')}.textContent")
    page.focus("#answer")
    browser.write("15")
    browser.press("Enter")
    assert browser.value(f"{page.part('#verdict')}.dataset.status") == "right"
