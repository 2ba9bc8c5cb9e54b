r"""Beamer overlays: what changes stands in ``\only``, and every step is there."""

from __future__ import annotations

import re

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.scene_options import SceneOptions, blanked_parts
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.tex.documents import beamer_of, overlays_of
from graphgrad.views.figure.tex.tikz import commands_of
from graphgrad.views.figure.writers import DrawOptions, scene_writer

from .reading import sample, sample_scene

_ONLY = re.compile(r"^\\only<([\d,-]+)\| handout:([01])>\{(.*)\}$")


def shown_on(body: list[str], page: int) -> list[str]:
    """Return the commands that a page of a frame shows."""
    found = []
    for line in body:
        only = _ONLY.match(line)
        if only is None:
            found.append(line)
            continue
        spans = [part.split("-") for part in only[1].split(",")]
        if any(int(span[0]) <= page <= int(span[-1]) for span in spans):
            found.append(only[3])
    return found


@pytest.mark.parametrize("name", ["linear_regression", "xor_sigmoid", "shared_weights"])
def test_each_page_is_the_frame_of_its_step(name: str) -> None:
    scene = sample_scene(name)
    text = overlays_of(scene).text
    lines = text[text.index(r"\useasboundingbox") :].splitlines()
    body = lines[1 : lines.index(r"\end{tikzpicture}%")]
    for step in range(scene.last_step + 1):
        expected = [command for command in commands_of(scene, step=step) if command]
        assert sorted(shown_on(body, step + 1)) == sorted(expected)


def test_it_starts_with_the_step_that_is_asked_for() -> None:
    scene = sample_scene("linear_regression")
    deck = beamer_of(scene, step=15).decode("utf-8")
    assert "Pull back: z \\ensuremath{\\rightarrow} x" in deck
    assert "Forward" not in deck.partition(r"\begin{document}")[2]
    with pytest.raises(UsageError, match="99"):
        beamer_of(scene, step=99)


def test_a_worksheet_has_no_captions() -> None:
    options = SceneOptions(blank=blanked_parts("values,adjoints"))
    deck = beamer_of(scene_of(sample("linear_regression"), options)).decode("utf-8")
    assert "follows" not in deck
    assert "{-12}" not in deck


def test_names_of_formats_choose_among_files_of_one_ending() -> None:
    scene = sample_scene("linear_regression")
    how = DrawOptions(step=0)
    kinds = {name: scene_writer("x.tex", name)(scene, how) for name in ("tex", "tikz", "beamer")}
    assert kinds["tex"].count(rb"\documentclass[border=0pt]{standalone}") == 1
    assert rb"\documentclass" not in kinds["tikz"]
    assert kinds["beamer"].count(rb"]{beamer}") == 1
    with pytest.raises(UsageError, match=r"files that end in \.tex"):
        scene_writer("x.svg", "beamer")
    with pytest.raises(UsageError, match="no format 'docx'"):
        scene_writer("x.docx", "docx")
