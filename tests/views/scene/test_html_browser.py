"""The HTML stepper driven in a real browser: keys, slider, link, play, print, narrow screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.exercises.judging.page_questions import page_questions
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Heading
from graphgrad.views.figure.html.html_page import html_of
from graphgrad.views.figure.scene.compose import scene_of

from .chromium import PROGRAM, Chromium
from .reading import sample, sample_scene

pytestmark = [
    pytest.mark.exe,
    pytest.mark.skipif(PROGRAM is None, reason="needs Chromium, which is not installed"),
]

PLACES = """JSON.stringify([...document.querySelectorAll(
  'svg, .node, .edge, .text use, h1, #caption, table, td, #next')].map(e => {
  const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }))"""
STEP = "Number(document.querySelector('svg').dataset.step)"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("profile")) as page:
        yield page


def opened(
    page: Chromium,
    folder: Path,
    name: str = "linear_regression",
    theme: str = "light",
    link: str = "",
) -> Path:
    path = folder / "page.html"
    trace = sample(name)
    path.write_bytes(html_of(sample_scene(name), theme=theme, questions=page_questions(trace)))
    page.size(1280, 900)
    page.open(path.as_uri() + link)
    return path


def test_keys_drive_it_in_chromium_and_nothing_moves(browser: Chromium, tmp_path: Path) -> None:
    path = opened(browser, tmp_path)
    _drive(browser)
    assert browser.complaints() == []
    assert [url.partition("#")[0] for url in browser.requests()] == [path.as_uri()]


def _drive(page: Chromium) -> None:
    seen = [page.value(STEP)]
    first = page.value(PLACES)
    for key in ("ArrowRight", " ", "PageDown", "PageUp", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.press(key)
        seen.append(page.value(STEP))
    assert seen == [0, 1, 2, 3, 2, 1, 0, 0]
    for step in range(1, 20):
        page.press("ArrowRight")
        assert page.value(STEP) == step
        assert page.value(PLACES) == first
    shown = "getComputedStyle(document.querySelector('td.adjoint[data-step=\"17\"]')).visibility"
    assert page.value(shown) == "visible"
    page.press("Home")
    assert page.value(shown) == "hidden"
    assert page.value("location.hash") == "#step0"
    page.press("End")
    assert page.value("document.getElementById('slider').value") == "19"
    page.value("location.hash = '#step7'; 0")
    page.value("new Promise(done => setTimeout(done, 50))")
    for _ in range(50):
        if page.value(STEP) == 7:
            break
    assert page.value(STEP) == 7
    assert "step" not in page.value("document.getElementById('caption').textContent")[:4]


def test_step_0_shows_no_gradient_and_no_highlight(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path)
    kinds = ".text.adjoint, .text.partial, td.adjoint, td.partial"
    drawn = f"""[...document.querySelectorAll('{kinds}')]
        .filter(e => getComputedStyle(e).visibility === 'visible').length"""
    assert browser.value(drawn) == 0
    assert browser.value("document.querySelectorAll('.current, .backward').length") == 0
    browser.press("End")
    assert browser.value(drawn) > 20


def test_a_link_opens_a_step_and_another_link_goes_there(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path, link="#step12")
    assert browser.value(STEP) == 12
    browser.value("location.hash = '#step3'; 0")
    browser.wait(f"{STEP} === 3")
    browser.value("location.hash = '#step999'; 0")
    browser.wait(f"{STEP} === 19")
    browser.value("location.hash = '#predict'; 0")
    browser.wait("!document.getElementById('predict-panel').hidden")


def test_the_slider_goes_anywhere(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path)
    browser.value("document.getElementById('slider').focus(); 0")
    browser.press("ArrowRight")
    browser.press("ArrowUp")
    assert browser.value(STEP) == 2
    assert browser.value("document.getElementById('slider').ariaValueText") == "Step 2 of 19"


@pytest.mark.slow
def test_it_plays_until_a_key_or_the_end(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path, link="#step17")
    label = "document.getElementById('play').getAttribute('aria-label')"
    browser.click("#play")
    assert browser.value(label) == "Pause"
    browser.wait(f"{STEP} === 18")
    browser.press("ArrowLeft")
    assert browser.value(label) == "Play"
    assert browser.value(STEP) == 17
    browser.press("ArrowRight")
    browser.click("#play")
    browser.wait(f"{STEP} === 19")
    assert browser.value(label) == "Play"


def test_it_fills_the_screen_and_leaves_it(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path)
    browser.click("#whole")
    browser.wait("document.fullscreenElement === document.documentElement")
    browser.click("#whole")
    browser.wait("document.fullscreenElement === null")
    assert browser.complaints() == []


def test_motion_only_for_who_wants_it(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path)
    moving = "getComputedStyle(document.querySelector('.outline')).transitionDuration"
    browser.prefer(prefers_reduced_motion="no-preference")
    assert "0.15s" in browser.value(moving)
    browser.prefer(prefers_reduced_motion="reduce")
    assert browser.value(moving) == "0s"
    browser.prefer()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_prints_figure_caption_and_tables_in_dark_on_white(
    browser: Chromium, tmp_path: Path, theme: str
) -> None:
    opened(browser, tmp_path, theme=theme, link="#step19")
    browser.prefer(media="print")
    style = "getComputedStyle(document.querySelector({!r})).{}"
    assert browser.value(style.format("td.adjoint", "color")) == "rgb(0, 0, 0)"
    assert browser.value(style.format("body", "backgroundColor")) == "rgb(255, 255, 255)"
    assert browser.value(style.format("#next", "display")) == "none"
    assert browser.value(style.format("#caption", "display")) != "none"
    assert browser.value(style.format("svg", "display")) == "block"
    browser.prefer()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "zoom"), [(390, 1.0), (1280, 2.0), (1280, 4.0)])
@pytest.mark.parametrize("link", ["#step9", "#predict"])
def test_on_a_phone_and_zoomed_the_page_itself_never_scrolls_sideways(
    browser: Chromium, tmp_path: Path, width: int, zoom: float, link: str
) -> None:
    opened(browser, tmp_path, "xor_sigmoid", link=link)
    browser.size(width, 844, zoom=zoom)
    browser.value("new Promise(done => requestAnimationFrame(done))", promise=True)
    page = "document.documentElement"
    assert browser.value(f"{page}.scrollWidth <= {page}.clientWidth")
    browser.press("ArrowRight")
    letters = "document.querySelector('.node .text').getBoundingClientRect().height"
    assert browser.value(letters) > 6
    for name in ("back", "next", "slider", "predicting"):
        right = f"document.getElementById('{name}').getBoundingClientRect().right"
        assert 0 < browser.value(right) <= width / zoom


NAMES = (
    "</script><script>window.broken=1</script>",
    "<img src=x onerror=window.broken=1>",
    "<!--",
    "]]>",
    '" onmouseover="window.broken=1',
    "' onclick='window.broken=1",
    "</style><style>*{display:none}",
    "javascript:window.broken=1",
    "${window.broken=1}",
    "\u2028\u2029",
    "שלום \u202eevil",
    "🦉👩‍🏫",
    "\\",
    "x" * 300,
)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:30])
def test_a_hostile_name_is_shown_and_nothing_of_it_runs(
    browser: Chromium, tmp_path: Path, name: str
) -> None:
    builder = GraphBuilder()
    leaf = builder.leaf_line(name, "param", 2.0)
    square = builder.apply("mul", (leaf, leaf))
    builder.end_line(name + "y", group=name)
    trace = record(builder.freeze(square, heading=Heading(title=name)))
    path = tmp_path / "page.html"
    path.write_bytes(html_of(scene_of(trace), questions=page_questions(trace)))
    browser.size(1280, 900)
    browser.open(path.as_uri())
    for _ in range(4):
        browser.press("ArrowRight")
    browser.press("End")
    assert browser.value("window.broken === undefined")
    assert browser.value("document.scripts.length") == 2
    assert browser.value("document.querySelectorAll('main > table, .tables > table').length") == 2
    assert browser.value("document.querySelectorAll('img, iframe, [onclick]').length") == 0
    assert browser.complaints() == []
    assert len(browser.requests()) == 1


def test_a_script_that_gets_into_the_page_is_refused(browser: Chromium, tmp_path: Path) -> None:
    path = opened(browser, tmp_path)
    path.write_text(
        path.read_text("utf-8").replace("</main>", "<script>window.broken = 1</script></main>"),
        "utf-8",
    )
    browser.open(path.as_uri())
    assert browser.value("window.broken === undefined")
    assert any("Content Security Policy" in str(event) for event in browser.complaints())
