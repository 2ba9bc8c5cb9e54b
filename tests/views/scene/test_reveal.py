"""The reveal.js slide: fragments that show each step as the SVG has it, in a real deck as well."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.scene_options import SceneOptions, blanked_parts
from graphgrad.views.figure.decks.reveal import reveal_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.in_words import step_captions
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_tree

from . import chromium
from .reading import sample, sample_scene

Element = ElementTree.Element
HOSTILE = "</svg></section><script>alert(1)</script> \"' & 🙂"


def section_of(scene: Scene, **how: object) -> Element:
    return ElementTree.fromstring(reveal_of(scene, **how))  # type: ignore[arg-type]


def shown(element: Element, step: int) -> Iterator[Element]:
    """Yield what reveal.js shows of an element after so many steps, without the fragments."""
    words = (element.get("class") or "").split()
    if "fragment" not in words:
        yield element
        return
    done = int(element.get("data-fragment-index", "")) < step
    if done != ("fade-out" in words):
        for child in element:
            yield from shown(child, step)


def drawn(element: Element) -> tuple[str, ...]:
    """Return what is drawn, however it is nested."""
    kept = {k: v for k, v in element.attrib.items() if k not in ("data-step", "class")}
    link = kept.pop("xlink:href", None) or kept.get("href", "")
    inner = [found for child in element for found in drawn(child)]
    return (f"{element.tag} {link} {sorted(kept.items())}", *inner)


@pytest.mark.parametrize("name", ["linear_regression", "shared_weights"])
def test_each_step_is_the_frame_of_the_svg(name: str) -> None:
    scene = sample_scene(name)
    section = section_of(scene)
    figure = section.find("svg")
    assert figure is not None
    for step in range(scene.last_step + 1):
        frame = svg_tree(scene, step=step)
        for found, expected in zip(figure.findall("g"), frame.findall("g"), strict=True):
            parts = [e for child in found if child.tag != "title" for e in shown(child, step)]
            wanted = [
                child
                for child in expected
                if child.tag != "title" and child.get("visibility") != "hidden"
            ]
            for element in [e for child in wanted for e in child.iter("use")]:
                element.set("href", element.attrib.pop("xlink:href"))
            assert sorted(map(drawn, parts)) == sorted(map(drawn, wanted))


def test_every_step_is_a_fragment_of_its_own() -> None:
    for options in (SceneOptions(), SceneOptions(blank=blanked_parts("values,adjoints"))):
        scene = scene_of(sample("linear_regression"), options)
        indexes = {
            int(e.get("data-fragment-index", ""))
            for e in section_of(scene).iter()
            if _is_fragment(e)
        }
        assert indexes == set(range(scene.last_step))


def _is_fragment(element: Element) -> bool:
    return "fragment" in (element.get("class") or "").split()


def test_it_tells_no_number_before_its_step() -> None:
    section = section_of(sample_scene("linear_regression"))
    told = [e.text or "" for name in ("title", "desc") for e in section.iter(name)]
    assert len(told) > len(sample_scene("linear_regression").boxes)
    assert not [text for text in told if "12" in text or "value" in text]
    data = {key for e in section.iter() for key in e.attrib if key.startswith("data-")}
    assert data <= {"data-fragment-index", "data-background-color", "data-theme", "data-last-step"}
    assert section.find("svg/title") is not None


def test_hostile_names_are_words() -> None:
    from .test_tex import hostile_scene

    written = reveal_of(hostile_scene(HOSTILE)).decode("utf-8")
    assert "<script" not in written
    assert written.count("</section>") == 1
    ElementTree.fromstring(written)


def test_it_starts_with_the_step_that_is_asked_for() -> None:
    scene = sample_scene("linear_regression")
    paragraphs = section_of(scene, step=18).findall("div//p")
    assert [p.text for p in paragraphs] == step_captions(scene)[18:]
    with pytest.raises(UsageError, match="99"):
        reveal_of(scene, step=99)


@pytest.fixture(scope="module")
def reveal_js(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of reveal.js, fetched by npm; nothing of it is in this repository."""
    folder = tmp_path_factory.mktemp("reveal")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm to fetch reveal.js, which is not installed")
    fetch = [npm, "pack", "reveal.js@6.0.2", "--prefer-offline", "--silent"]
    try:
        subprocess.run(fetch, cwd=folder, check=True, capture_output=True, timeout=60)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"needs reveal.js, which npm could not fetch: {error}")
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        package.extractall(folder, filter="data")
    return folder / "package" / "dist"


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.skipif(chromium.PROGRAM is None, reason="needs Chromium, which is not installed")
def test_a_real_deck_steps_forth_and_back(reveal_js: Path, tmp_path: Path) -> None:
    scene = sample_scene("linear_regression", SceneOptions(fold="line"))
    base = reveal_js.as_uri()
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{base}/reveal.css"></head><body><div class="reveal">'
        f'<div class="slides">{reveal_of(scene).decode("utf-8")}<section>end</section></div></div>'
        f'<script src="{base}/reveal.js"></script>'
        "<script>Reveal.initialize({transition: 'none'})</script></body></html>"
    )
    (tmp_path / "deck.html").write_text(page, "utf-8")
    seen = """JSON.stringify([...document.querySelectorAll("svg .adjoint, .captions p")].filter(
        (e) => getComputedStyle(e).visibility === "visible").map((e) => e.tagName))"""
    place = """JSON.stringify([...document.querySelectorAll("svg .node")].map((e) => {
        const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }))"""
    with chromium.Chromium(tmp_path / "profile") as browser:
        browser.open((tmp_path / "deck.html").as_uri())
        places, found = set(), []
        for step in range(scene.last_step + 1):
            tags = json.loads(browser.value(seen))
            found.append(tags.count("g"))
            assert tags.count("P") == 1
            assert browser.value("Reveal.getIndices().f ?? -1") == step - 1
            places.add(browser.value(place))
            browser.value("Reveal.next(), 0")
        assert browser.value("Reveal.getIndices().h") == 1
        browser.value("Reveal.prev(), Reveal.prev(), 0")
        assert json.loads(browser.value(seen)).count("g") == found[-2]
        assert not browser.complaints()
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] == len(scene.boxes)
    assert len(places) == 1
