"""The HTML stepper: as text, and driven by keys in a real browser where there is one."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from graphgrad.errors import UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Heading
from graphgrad.messages.catalogue import set_language
from graphgrad.views.figure.content.scene_options import SceneOptions, blanked_parts
from graphgrad.views.figure.html.html_page import html_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.figure.writers import DrawOptions, scene_writer

from .reading import sample, sample_scene

HOSTILE = "</svg></script><script>alert(1)</script>"


def figure_of(page: str) -> ElementTree.Element:
    return ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])


def page_of(name: str = "linear_regression", **how: Any) -> str:
    return html_of(sample_scene(name), **how).decode("utf-8")


def told_of(page: str) -> dict[str, Any]:
    match = re.search(r'<script id="steps" type="application/json">(.*?)</script>', page)
    assert match
    told: dict[str, Any] = json.loads(match[1])
    return told


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def words(element: ElementTree.Element) -> list[str]:
    return (element.get("class") or "").split()


def test_step_0_shows_no_gradient_and_no_highlight() -> None:
    page = page_of()
    groups = list(figure_of(page).iter("g"))
    assert not [g for g in groups if "current" in words(g) or "backward" in words(g)]
    for group in groups:
        if {"adjoint", "partial"} & set(words(group)):
            assert "later" in words(group)
    shown = [g for g in groups if "value" in words(g) and "later" not in words(g)]
    assert len(shown) == 4  # the leaves
    assert "data-adjoint=" not in page
    assert "data-value=" not in page
    assert "adjoint -12" not in page


def test_every_later_number_of_the_table_is_hidden() -> None:
    cells = re.findall(r'<td class="(\w+)( later)?" data-step="(\d+)">([^<]*)</td>', page_of())
    assert {(bool(later), int(step) > 0) for _, later, step, _ in cells} == {
        (False, False),
        (True, True),
    }
    assert ("adjoint", " later", "17", "-12") in cells


def test_it_starts_with_the_step_that_is_asked_for() -> None:
    page = page_of(step=19)
    assert told_of(page)["start"] == 19
    assert 'class="adjoint" data-step="17">-12<' in page
    assert not [g for g in figure_of(page).iter("g") if "later" in words(g)]
    with pytest.raises(UsageError, match="no step 20"):
        page_of(step=20)


def test_one_file_with_no_reference_outside() -> None:
    page = page_of()
    assert "http" not in page.replace("http-equiv", "")
    tags = Tags()
    tags.feed(page)
    for tag, attributes in tags.found:
        assert tag not in {"img", "iframe", "object", "embed", "image", "base"}
        assert not {"src", "srcset", "action", "style"} & set(attributes)
        if "href" in attributes:
            assert (attributes["href"] or "").startswith(("#", "data:,"))
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page
    assert "prefers-reduced-motion" in page


def test_ids_are_unique_and_references_lead_somewhere() -> None:
    tags = Tags()
    tags.feed(page_of("xor_sigmoid"))
    ids = [a["id"] for _, a in tags.found if "id" in a]
    assert len(ids) == len(set(ids))
    used = {(a["href"] or "")[1:] for tag, a in tags.found if tag == "use"}
    assert used <= set(ids)


def test_captions_speak_the_language_of_the_scene() -> None:
    told = told_of(page_of())
    assert told["counts"][3] == "Step 3 of 19"
    assert len(told["captions"]) == 20
    set_language("es")
    try:
        page = html_of(scene_of(sample("linear_regression"))).decode("utf-8")
    finally:
        set_language(None)
    assert '<html lang="es">' in page
    assert told_of(page)["counts"][3] == "Paso 3 de 13"
    assert "Paso siguiente" in page


def test_hostile_names_stay_text() -> None:
    builder = GraphBuilder()
    leaf = builder.leaf_line(HOSTILE, "input", 2.0)
    square = builder.apply("mul", (leaf, leaf))
    builder.end_line("y", group=HOSTILE)
    page = html_of(scene_of(builder.freeze(square, heading=Heading(title=HOSTILE)))).decode("utf-8")
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert page.count("<svg") == page.count("</svg>") == 1


def test_a_worksheet_tells_no_answer() -> None:
    options = SceneOptions(blank=blanked_parts("values,adjoints,partials"))
    page = html_of(scene_of(sample("linear_regression"), options)).decode("utf-8")
    assert not re.search(r">-12<|= -12|is -12", page)
    assert set(told_of(page)["captions"]) == {""}


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_has_its_page(theme: str) -> None:
    page = page_of(theme=theme)
    assert f"--page: {THEMES[theme].page};" in page


def test_it_is_a_format_of_its_own_ending() -> None:
    scene = sample_scene("linear_regression")
    assert scene_writer("a.html")(scene, DrawOptions(step=3)) == html_of(scene, step=3)
    assert len(html_of(scene)) < 150_000


def test_a_folded_box_has_its_numbers_in_the_table_but_on_a_worksheet() -> None:
    trace = sample("mlp_vectorized")
    for blank, told in (("", True), ("values", False)):
        options = SceneOptions(detail="layer", blank=blanked_parts(blank))
        page = html_of(scene_of(trace, options)).decode("utf-8")
        folded = re.findall(r"<td>folded lines</td><td class=\"value.*?>([^<]*)</td>", page)
        assert folded
        assert any(folded) is told, folded
