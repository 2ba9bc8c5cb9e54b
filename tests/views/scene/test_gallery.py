"""The gallery: every sample in every theme, and a page that a browser opens offline."""

from __future__ import annotations

import html
import shlex
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graphgrad.cli.program import main
from graphgrad.cli.recipes import RECIPES, Recipe
from graphgrad.messages.catalogue import LANGUAGES, catalogue
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.decks.gallery import Exhibit, write_gallery
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import THEMES

from .chromium import PROGRAM, Chromium
from .reading import ROOT, sample_scene, traced

SHOWN = sorted(path.stem for path in (ROOT / "samples").rglob("*.gg"))


class Pictures(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.found.append({name: value or "" for name, value in attrs})


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures") / "new"
    with pytest.raises(SystemExit) as caught:
        main(["--lang", "en", "samples", "--gallery", str(folder)])
    assert not caught.value.code
    return folder


@pytest.mark.slow
def test_every_sample_is_drawn_in_every_theme(gallery: Path) -> None:
    asked = {f"{recipe.name}-{theme}" for recipe in RECIPES for theme in THEMES}
    expected = {f"{name}-{theme}.svg" for name in SHOWN for theme in THEMES}
    expected |= {f"{name}.svg" for name in asked}
    pages, other = {"gallery.html", "gallery.es.html"}, {f"{name}-es.svg" for name in asked}
    assert {path.name for path in gallery.iterdir()} == expected | pages | other
    pictures = Pictures((gallery / "gallery.html").read_text("utf-8")).found
    assert {picture["src"] for picture in pictures} == expected
    shown = Pictures((gallery / "gallery.es.html").read_text("utf-8")).found
    assert {picture["src"] for picture in shown} >= other
    for picture in pictures:
        root = ElementTree.fromstring((gallery / picture["src"]).read_bytes())
        assert root[1].text == picture["alt"]
        assert root.get("data-theme") == picture["src"].removesuffix(".svg").split("-", 1)[1]
        assert root.get("lang") == "en"
    drawn = (gallery / "linear_regression-dark.svg").read_bytes()
    assert drawn == svg_of(sample_scene("linear_regression", SceneOptions()), theme="dark")


@pytest.mark.slow
def test_the_page_tells_formula_and_size(gallery: Path) -> None:
    page = (gallery / "gallery.html").read_text("utf-8")
    part = page[page.index('<section id="linear_regression">') :]
    part = part[: part.index("</section>")]
    assert "<h2>Linear regression with one neuron</h2>" in part
    assert "z = w·x\nŷ = z + b\ne = ŷ − y\nL = e²</pre>" in part
    assert "8 boxes, 7 arrows, 13 steps" in part
    assert 'alt="Computational graph of L' in part


def test_the_other_page_is_read_aloud_in_its_own_language(tmp_path: Path) -> None:
    exhibit = Exhibit("a", traced("input x = 3; param w = 2; loss L = (w*x - 1)^2"))
    write_gallery([exhibit], tmp_path / "g")
    for page, begins in (("gallery.html", "Computational"), ("gallery.es.html", "Grafo")):
        for picture in Pictures((tmp_path / "g" / page).read_text("utf-8")).found:
            assert picture["alt"].startswith(begins), picture["alt"]


def test_there_are_25_recipes_each_told_in_both_languages() -> None:
    assert len({recipe.name for recipe in RECIPES}) == len({r.line for r in RECIPES}) == 25
    assert not {recipe.name for recipe in RECIPES} & set(SHOWN)
    told = [catalogue()[f"recipe.{recipe.name}"] for recipe in RECIPES]
    assert len({words for pair in told for words in pair}) == 50
    unused = {"title", "about", "samples"} | {recipe.name for recipe in RECIPES}
    assert {key for key in catalogue() if key.startswith("recipe.")} == {
        f"recipe.{name}" for name in unused
    }


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_command_of_a_recipe_draws_its_figure(recipe: Recipe, tmp_path: Path) -> None:
    out = tmp_path / "figure.svg"
    line = recipe.line.replace("samples/", f"{ROOT.as_posix()}/samples/")
    with pytest.raises(SystemExit) as caught:
        main(["--lang", "en", "render", *shlex.split(line), "-o", str(out)])
    assert not caught.value.code
    assert ElementTree.fromstring(out.read_bytes()).get("class") == "graphgrad"


@pytest.mark.slow
def test_a_page_shows_what_its_commands_draw(gallery: Path, tmp_path: Path) -> None:
    page = (gallery / "gallery.es.html").read_text("utf-8")
    assert "Necesito esta figura" in page
    assert 'href="gallery.html" lang="en"' in page
    for recipe in RECIPES[::6]:
        assert html.escape(f"$ graphgrad render {recipe.line}") in page
        line = recipe.line.replace("samples/", f"{ROOT.as_posix()}/samples/")
        arguments = ["render", *shlex.split(line), "-o", str(tmp_path / "f.svg"), "--force"]
        with pytest.raises(SystemExit):
            main(["--lang", "es", *arguments])
        drawn = (gallery / f"{recipe.name}-light-es.svg").read_bytes()
        assert drawn == (tmp_path / "f.svg").read_bytes()


def test_one_sample_alone_and_the_same_bytes_again(tmp_path: Path) -> None:
    contents = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        with pytest.raises(SystemExit) as caught:
            main(["--lang", "es", "samples", "colah", "--gallery", str(folder)])
        assert not caught.value.code
        contents.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert contents[0] == contents[1]
    assert len(contents[0]) == len(LANGUAGES) + len(THEMES)
    assert "1 sample in" in contents[0]["gallery.en.html"].decode("utf-8")
    assert f"1 ejemplo en {len(THEMES)} temas" in contents[0]["gallery.html"].decode("utf-8")
    assert ">tema oscuro<" in contents[0]["gallery.html"].decode("utf-8")
    assert ">theme dark<" in contents[0]["gallery.en.html"].decode("utf-8")


def test_a_folder_that_cannot_be_made_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit) as caught:
        main(["samples", "colah", "--gallery", str(tmp_path / "file")])
    assert caught.value.code == 4
    assert "Traceback" not in capsys.readouterr().err


def test_a_hostile_title_stays_text(tmp_path: Path) -> None:
    trace = traced('title "<script>x</script>&\'"; input x = 1; loss L = x*x')
    page = write_gallery([Exhibit("a", trace)], tmp_path).read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt;&amp;&#x27;" in page


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.skipif(PROGRAM is None, reason="needs Chromium, which is not installed")
def test_chromium_opens_it_offline_and_shows_every_picture(gallery: Path, tmp_path: Path) -> None:
    with Chromium(tmp_path / "profile") as page:
        page.size(1280, 900)
        page.open((gallery / "gallery.html").as_uri())
        page.value("[...document.images].forEach(image => { image.loading = 'eager'; }); 0")
        page.wait("[...document.images].every(image => image.complete)")
        broken = "[...document.images].filter(image => !image.naturalWidth).length"
        assert page.value(broken) == 0
        count = len(SHOWN) + len(RECIPES)
        assert page.value("document.images.length") == count * len(THEMES)
        page.size(390, 844)
        root = "document.documentElement"
        assert page.value(f"{root}.scrollWidth <= {root}.clientWidth")
        assert page.complaints() == []
        assert {url.partition("://")[0] for url in page.requests()} == {"file"}
