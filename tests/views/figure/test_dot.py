from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from graphgrad.source.gg import read_gg
from graphgrad.views.figure.content.diagram import Role
from graphgrad.views.figure.content.scene_options import FigureOptions
from graphgrad.views.figure.dot.dot_rows import CURRENT, INK, ROLES
from graphgrad.views.figure.dot.dot_source import dot_text, to_graphviz
from tests.views.figure.pictures import (
    EVIL_LABELS,
    REGRESSION,
    SKIP,
    Picture,
    box,
    drawn,
    edge,
    figure_of,
    traced,
)


def test_the_numbers_of_the_lecture_are_in_the_picture():
    figure = drawn(REGRESSION)
    picture = Picture(figure)
    assert picture.texts(box(figure, "ŷ").id) == ["ŷ = z + b", "v", " = 7", "∂L/∂ŷ", " = −4"]
    assert picture.texts(edge(figure, "w", "z").id) == ["∂z/∂w = x", " = 3"]


def test_roles_differ_in_shape_or_border_and_not_only_in_colour():
    seen = {(s.shape, s.style, s.peripheries, s.width) for s in ROLES.values()}
    assert len(seen) == len(ROLES)
    fills = {style.fill for style in ROLES.values()}
    assert len(fills) == len(ROLES)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("role", ROLES)
def test_text_and_borders_have_contrast(role: Role):
    fill = ROLES[role].fill
    for text in (INK.name, INK.value, INK.adjoint):
        assert _contrast(text, fill) >= 4.5
    assert _contrast(ROLES[role].border, "#FFFFFF") >= 3
    assert _contrast(INK.partial, "#FFFFFF") >= 4.5
    assert _contrast(CURRENT, "#FFFFFF") >= 3


@pytest.mark.parametrize("label", EVIL_LABELS)
def test_labels_are_text_and_nothing_else(label):
    source = read_gg("input x = 1\ny = x^2")
    source.labels[0] = label
    figure = figure_of(source)
    picture = Picture(figure)
    assert not list(picture.root.iter("script"))
    assert any(figure.boxes[0].label in text for text in picture.texts("n0"))


def test_control_characters_do_not_reach_the_picture():
    source = read_gg("input x = 1\ny = x^2")
    source.labels[0] = "a\x00\x1b[1m\u202eb"
    picture = Picture(figure_of(source))
    assert "\x1b" not in picture.bytes.decode()
    assert "\u202e" not in "".join(picture.texts())


def test_boxes_do_not_overlap():
    figure = drawn(SKIP)
    picture = Picture(figure)
    frames = [picture.outline(found.id) for found in figure.boxes]
    for i, a in enumerate(frames):
        for b in frames[:i]:
            apart = a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
            assert apart


def test_the_same_input_gives_the_same_bytes():
    assert dot_text(traced(SKIP)) == dot_text(traced(SKIP))


def test_another_process_gives_the_same_bytes():
    code = (
        "import sys; from tests.views.figure.pictures import *;"
        "from graphgrad.views.figure.dot.dot_source import dot_text;"
        "sys.stdout.buffer.write(dot_text(traced(SKIP)))"
    )
    for seed in ("0", "1"):
        found = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONPATH": ".:tui", "PYTHONHASHSEED": seed, "PATH": ""},
        )
        assert found.stdout == dot_text(traced(SKIP))


def test_dot_has_plain_ids_and_nested_clusters():
    source = to_graphviz(
        traced("input x = 1\n[a.b]\ny = x\nloss L = y"), FigureOptions(show=())
    ).source
    assert "n0 -> n1 [" in source
    assert source.index("subgraph cluster_0") < source.index("subgraph cluster_1")
    ElementTree.fromstring(source.split("label=<", 1)[1].split("> ", 1)[0])


def test_a_graph_for_ones_own_graphviz_needs_no_engine(monkeypatch):
    monkeypatch.setenv("GRAPHGRAD_DOT", "/nonexistent")
    drawing = to_graphviz(read_gg("input x\ny = x^2"))
    assert "digraph figure" in drawing.source
