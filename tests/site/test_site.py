"""The tables of the site of the documentation hold, and it is built without a broken link."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from docs.site.build import GENERATED, build
from docs.site.contents import DOCS, PAGES, ROOT, SECTIONS, Page
from docs.site.courses import Chapter, Course, courses, seen_by
from docs.site.links import broken_links
from docs.site.mathml import written
from docs.site.reference.command_pages import commands, statuses
from docs.site.reference.operations import operations
from docs.site.written import with_links
from graphgrad.cli.program import COMMANDS
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Leaf

CHAPTERS = [(course, chapter) for course in courses() for chapter in course.chapters]
named = pytest.mark.parametrize(
    ("course", "chapter"), [pytest.param(*c, id=f"{c[0].name}-{c[1].name}") for c in CHAPTERS]
)
BOTH_LANGUAGES_ON_ONE_PAGE = {"glossary"}


def test_every_page_for_users_has_its_pair_and_every_page_of_docs_is_listed() -> None:
    alone = {page.name.en for page in PAGES if page.name.es == page.name.en}
    inside = {page.name.en for page in PAGES if page.section == "inside"}
    assert alone == inside | BOTH_LANGUAGES_ON_ONE_PAGE
    written = {name for page in PAGES if page.written and not page.source for name in page.name}
    assert written | {"inicio", "home"} == {file.stem for file in DOCS.glob("*.md")}
    assert {page.section for page in PAGES} == set(SECTIONS)
    generated = {page.name.en for page in PAGES if not page.written}
    assert generated == {*GENERATED, "gallery", "lessons"}


@named
def test_a_chapter_has_samples_commands_and_words_in_both_languages(
    course: Course, chapter: Chapter
) -> None:
    assert chapter.samples
    for sample in chapter.samples:
        assert (ROOT / "samples" / f"{sample}.gg").is_file(), sample
    assert chapter.lines
    assert {shlex.split(line)[0] for line in chapter.lines} <= set(COMMANDS)
    for words in (chapter.title, chapter.words, chapter.question, chapter.answer, course.title):
        assert all(words)
    spanish, english = (re.findall(r"\$\$.*?\$\$", side) for side in chapter.words)
    assert spanish == english  # formulas as the course writes them


def test_five_courses_show_every_row_of_the_curriculum() -> None:
    assert [course.name for course in courses()] == ["oviedo", "upv", "uba", "sevilla", "fuentes"]
    shown = {row for _, chapter in CHAPTERS for row in chapter.rows}
    assert shown == set(seen_by())


def test_links_of_a_page_lead_to_pages_of_its_language() -> None:
    page = next(page for page in PAGES if page.name.en == "export")
    text = "[a](language.md#names) [b](exportar.md) [c](../README.md) ![d](export.md)"
    assert with_links(text, page, "es") == (
        "[a](lenguaje.md) [b](exportar.md) [c](../README.md) ![d](export.md)"
    )
    assert '<a href="../es/exportar.html">b</a>' in with_links(text, page, "en")
    assert "[a](language.md#names)" in with_links(text, page, "en")


def test_what_stands_in_for_a_generated_page_leads_to_it_in_the_site() -> None:
    text = "[a](lenguaje.md#funciones) [b](lessons) [c](../README.md#all-commands) ![d](a.png)"
    assert with_links(text, None, "es") == (
        "[a](operaciones.md) [b](lecciones.md) [c](ordenes.md) ![d](a.png)"
    )
    assert "[b](lessons.md)" in with_links(text, None, "en")


@pytest.mark.parametrize(
    "file", [*sorted(DOCS.glob("*.md")), ROOT / "README.md"], ids=lambda file: file.name
)
def test_every_link_of_a_page_leads_somewhere_in_the_repository(file: Path) -> None:
    prose = re.sub(r"(?sm)^```.*?^```|`[^`\n]+`", "", file.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        path, _, place = target.partition("#")
        if ":" in path:
            continue
        found = file.parent / path if path else file
        assert found.exists(), target
        assert not place or place in _places(found), target


def _places(file: Path) -> set[str]:
    """Return what the headings of a page are called in a link, as GitHub does."""
    heads = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_what_leads_nowhere_or_comes_from_the_network_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="b.html#here">x</a><a href="b.html#gone">x</a><a href="c.html">x</a>'
        '<img src="d.png"><script src="https://cdn.example/x.js"></script>'
        '<a href="https://example.org">x</a>',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="here">x</p>', encoding="utf-8")
    assert broken_links(tmp_path) == [
        "a.html: loads from the network https://cdn.example/x.js",
        "a.html: loads what is not there d.png",
        "a.html: no such file c.html",
        "a.html: no such place b.html#gone",
    ]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_reference_has_every_operation_command_and_status(lang: str) -> None:
    page = operations(lang)
    shown = re.findall(r"^### (\w+)$", page, re.MULTILINE)
    assert sorted(shown) == sorted(row.name for row in ROWS if not isinstance(row, Leaf))
    assert r"\frac{\partial y}{\partial z} = \left[z > 0\right]" in page
    listed = re.findall(r"^## ([\w -]+)$", commands(lang), re.MULTILINE)
    assert set(COMMANDS) <= set(listed)
    assert len(re.findall(r"^\| \d \|", statuses(lang), re.MULTILINE)) == 7


def test_bold_and_script_letters_are_letters_of_unicode() -> None:
    formula = written(
        r"\mathcal L=\mathbf W_1\boldsymbol\theta+\mathbb E+\mathrm{softmax}", "block"
    )
    for letter in ("ℒ", "𝐖", "𝜽", "𝔼", "<mi>softmax</mi>"):
        assert letter in formula, letter


# ---- the site itself ----


@pytest.mark.slow
def test_the_whole_site_is_built_and_no_link_is_broken(tmp_path: Path) -> None:
    for library in ("sphinx", "furo", "myst_parser"):
        pytest.importorskip(library, reason="pip install -e '.[docs]'")
    build(tmp_path)
    assert broken_links(tmp_path) == []
    for lang in ("es", "en"):
        site = tmp_path / lang
        assert "Search.setIndex" in (site / "searchindex.js").read_text(encoding="utf-8")
        for page in PAGES:
            assert (site / f"{page.name.of(lang)}.html").is_file(), page
        for course, chapter in CHAPTERS:
            folder = site / "lessons" / course.name
            shown = (folder / f"{chapter.name}.html").read_text(encoding="utf-8")
            for sample in chapter.samples:
                assert f"{chapter.name}-{sample}.svg" in shown
                assert (folder / f"{chapter.name}-{sample}.html").stat().st_size > 10_000
            for kind in ("sheet", "key"):
                assert f"{chapter.name}-{kind}.html" in shown
                assert (folder / f"{chapter.name}-{kind}.html").stat().st_size > 5_000


def test_a_page_knows_when_it_is_in_english_only() -> None:
    pages: dict[str, Page] = {page.name.en: page for page in PAGES}
    assert pages["libraries"].in_english_only
    assert not pages["language"].in_english_only
