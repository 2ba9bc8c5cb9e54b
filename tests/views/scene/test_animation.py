"""GIF and WebP: every step for its time, exact fills, the same bytes twice."""

from __future__ import annotations

import io
import sys

import pytest

from graphgrad.errors import LimitError, UsageError
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.decks import animation
from graphgrad.views.figure.decks.animation import gif_of, webp_of
from graphgrad.views.figure.decks.png_pdf import png_of
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import theme_of
from graphgrad.views.figure.writers import DrawOptions, scene_writer

from .reading import sample_scene

image = pytest.importorskip("PIL.Image", reason="needs pillow, of the extra graphgrad[gif]")
WRITERS = {"gif": gif_of, "webp": webp_of}


def scene() -> Scene:
    return sample_scene("linear_regression", SceneOptions(fold="line"))


@pytest.mark.parametrize("name", WRITERS)
def test_every_step_is_a_picture_shown_for_its_time(name: str) -> None:
    written = WRITERS[name](scene(), seconds=0.5, scale=0.5)
    assert written == WRITERS[name](scene(), seconds=0.5, scale=0.5)
    movie = image.open(io.BytesIO(written))
    assert movie.n_frames == scene().last_step + 1
    times = []
    for place in range(movie.n_frames):
        movie.seek(place)
        movie.load()
        times.append(movie.info["duration"])
    assert times == [500] * scene().last_step + [1000]


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_each_picture_is_the_frame_and_its_fills_are_exact(name: str) -> None:
    movie = image.open(io.BytesIO(WRITERS[name](scene(), theme="dark", scale=1.0)))
    look = theme_of("dark")
    for step in (0, 5, scene().last_step):
        movie.seek(step)
        found = movie.convert("RGB")
        frame = png_of(svg_of(scene(), step=step, theme="dark"), scale=1.0)
        expected = image.open(io.BytesIO(frame)).convert("RGB")
        assert found.size == expected.size
        off = [abs(a - b) for a, b in zip(found.tobytes(), expected.tobytes(), strict=True)]
        assert max(off) <= (0 if name == "webp" else 48)
        assert sum(off) / len(off) < 0.1
        for colour in (look.page, look.roles["input"].fill):
            assert tuple(bytes.fromhex(colour[1:])) in {c for _, c in found.getcolors(1 << 24)}


def test_it_repeats_unless_it_is_to_play_once() -> None:
    for once, gif, webp in ((False, 0, 0), (True, None, 1)):
        movies = [WRITERS[n](scene(), once=once, step=12, scale=0.2) for n in ("gif", "webp")]
        assert [image.open(io.BytesIO(m)).info.get("loop") for m in movies] == [gif, webp]


@pytest.mark.slow
def test_it_is_as_wide_as_a_page_shows_and_small() -> None:
    for name, write in WRITERS.items():
        written = write(scene())
        assert image.open(io.BytesIO(written)).width == 1280
        assert len(written) < 150_000, name


def test_a_gif_says_what_it_shows() -> None:
    comment = image.open(io.BytesIO(gif_of(scene(), step=13, scale=0.2))).info["comment"]
    assert b"w, parameter: value 2, adjoint -12" in comment


@pytest.mark.parametrize("name", WRITERS)
def test_it_is_a_format_of_its_own_ending(name: str) -> None:
    how = DrawOptions(step=12, scale=0.2, seconds=1.0)
    assert scene_writer(f"a.{name}")(scene(), how) == WRITERS[name](
        scene(), step=12, scale=0.2, seconds=1.0
    )


@pytest.mark.parametrize("name", WRITERS)
def test_without_the_extra_one_error_names_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    with pytest.raises(UsageError, match=r"pip install 'graphgrad\[gif\]'"):
        WRITERS[name](scene())


@pytest.mark.parametrize("draw", [gif_of, webp_of], ids=["gif", "webp"])
def test_more_pictures_than_memory_holds_are_refused(draw, monkeypatch) -> None:
    monkeypatch.setattr(animation, "MOST_PIXELS", 1_000)
    with pytest.raises(LimitError) as caught:
        draw(scene(), scale=0.5)
    assert "--fold line" in caught.value.text("en")
    assert caught.value.text("en") != caught.value.text("es")
