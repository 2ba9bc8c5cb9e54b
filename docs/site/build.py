"""Build the whole site: write the sources of both languages, then let Sphinx lay them out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from docs.site.contents import PAGES, ROOT
from docs.site.gallery import write_gallery
from docs.site.lessons import write_lessons
from docs.site.reference.command_pages import commands, statuses
from docs.site.reference.interface import interface
from docs.site.reference.operations import operations
from docs.site.written import take_pages

__all__ = ["build", "write_sources"]

GENERATED = {
    "operations": operations,
    "commands": commands,
    "statuses": statuses,
    "interface": interface,
}
THEME_WORDS = {
    "Back to top": "Arriba",
    "Home": "Inicio",
    "Made with ": "Hecho con ",
    "Next": "Siguiente",
    "On this page": "En esta página",
    "Previous": "Anterior",
    '<a href="https://www.sphinx-doc.org/">Sphinx</a> and ': (
        '<a href="https://www.sphinx-doc.org/">Sphinx</a> y '
    ),
}
THEME = Path(__file__).with_name("theme")
_HOME = """<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=es/index.html">
<title>graphgrad</title>
<p><a href="es/index.html">Español</a> · <a href="en/index.html">English</a></p>
"""


def build(out: Path) -> None:
    """Write the site into a folder, in both languages at once.

    Args:
        out: the folder; what stood in its ``es`` and ``en`` is replaced.

    Raises:
        CalledProcessError: if Sphinx finds anything to warn of, such as a page that no page lists.
    """
    out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_build_language, ("es", "en"), (out.resolve(),) * 2))
    (out / "index.html").write_text(_HOME, encoding="utf-8")


def _build_language(lang: str, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_sources(work, lang)
        made = work / "made"
        sphinx = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q"]
        settings = ["-c", str(THEME), "-D", f"language={lang}", "-d", str(work / "trees")]
        subprocess.run([*sphinx, *settings, str(work / "pages"), str(made)], check=True, cwd=ROOT)
        shutil.copytree(work / "beside", made, dirs_exist_ok=True)
        shutil.rmtree(out / lang, ignore_errors=True)
        shutil.copytree(made, out / lang)


def write_sources(work: Path, lang: str) -> None:
    """Write the pages of a language to ``work/pages``, and what is copied to ``work/beside``."""
    pages, beside = work / "pages", work / "beside"
    for folder in (pages, beside):
        folder.mkdir()
    shutil.copytree(ROOT / "samples", work / "samples")
    take_pages(pages, lang)
    for page in PAGES:
        if page.name.en in GENERATED:
            text = GENERATED[page.name.en](lang)
            (pages / f"{page.name.of(lang)}.md").write_text(text, encoding="utf-8")
    _word_the_theme(work / "locale")
    write_gallery(pages, beside, lang, work)
    write_lessons(pages, beside, lang, work)
    pairs = {page.name.of(lang): page.name.of("en" if lang == "es" else "es") for page in PAGES}
    (pages / "pairs.json").write_text(json.dumps(pairs), encoding="utf-8")


def _word_the_theme(folder: Path) -> None:
    """Write the words of the theme in Spanish, which it lacks, where Sphinx looks for them."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    words = Catalog(locale="es")
    for english, spanish in THEME_WORDS.items():
        words.add(english, spanish)
    file = folder / "es" / "LC_MESSAGES" / "sphinx.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, words)
