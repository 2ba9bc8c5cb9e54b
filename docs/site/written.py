"""Take the pages of ``docs/`` into the sources of a language, with links that hold there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from docs.site.contents import DOCS, PAGES, ROOT, SECTIONS, Page

__all__ = ["take_pages", "with_links"]

NOTES = {"es": "_Esta página está en inglés._", "en": ""}
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_HOME = {"es": "inicio", "en": "home"}
_SHOWN = ("*.svg", "*.png", "figures/*.svg", "notebooks/*.ipynb")


def take_pages(target: Path, lang: str) -> None:
    """Write the pages of a language that are files, what they show, and the home page."""
    for pattern in _SHOWN:
        for picture in DOCS.glob(pattern):
            copy = target / picture.relative_to(DOCS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, copy)
    for page in PAGES:
        if page.written:
            name = page.name.of(lang)
            file = ROOT / page.source if page.source else DOCS / f"{name}.md"
            text = with_links(file.read_text(encoding="utf-8"), page, lang)
            if page.in_english_only and NOTES[lang]:
                text = re.sub(r"\A(# .*\n)", rf"\1\n{NOTES[lang]}\n", text)
            (target / f"{name}.md").write_text(text, encoding="utf-8")
    home = (DOCS / f"{_HOME[lang]}.md").read_text(encoding="utf-8")
    (target / "index.md").write_text(with_links(home, None, lang) + _contents(lang), "utf-8")


def _contents(lang: str) -> str:
    """Return the table of contents, which the theme shows beside every page."""
    parts = []
    for section, caption in SECTIONS.items():
        names = "\n".join(page.name.of(lang) for page in PAGES if page.section == section)
        parts.append(f"\n```{{toctree}}\n:hidden:\n:caption: {caption.of(lang)}\n\n{names}\n```\n")
    return "".join(parts)


def with_links(text: str, page: Page | None, lang: str) -> str:
    """Return a page whose links lead to the pages of its own language.

    A link to the page's own other side leads to the other language; one to a page that is not of
    this language leads to that page's side in this one, to its top: its headings are others. What
    stands in for a generated page in the repository leads to that page.
    """
    other = "en" if lang == "es" else "es"
    sides = {name: found for found in PAGES for name in found.name}
    sides |= {Path(found.source).stem: found for found in PAGES if found.source}
    generated = {target: found for found in PAGES for target in found.stands_in}

    def led(match: re.Match[str]) -> str:
        picture, words, target = match.groups()
        path, _, place = target.partition("#")
        if not picture and target in generated:
            return f"[{words}]({generated[target].name.of(lang)}.md)"
        if picture or ":" in path or not path.endswith(".md"):
            return match[0]
        found = sides.get(Path(path).stem)
        if found is None:
            return match[0]
        if words == path:  # its title reads better than its name
            words = _title(found, "es" if Path(path).stem == found.name.es else "en")
        behind = f"#{place}" if place and found.name.of(lang) == Path(path).stem else ""
        if found is page and page.name.of(lang) != Path(path).stem:
            return f'<a href="../{other}/{Path(path).stem}.html">{words}</a>'
        return f"[{words}]({found.name.of(lang)}.md{behind})"

    return _LINK.sub(led, text)


def _title(page: Page, lang: str) -> str:
    """Return the heading of a page, or its name where it is generated."""
    file = ROOT / page.source if page.source else DOCS / f"{page.name.of(lang)}.md"
    if not page.written:
        return page.name.of(lang)
    return file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
