"""Find links of the built site that lead nowhere, and files that would come from the network."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["broken_links"]

LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


class _Found(HTMLParser):
    """Collect the places a page has, what it links to, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the names, links and files of an element."""
        given = {name: value or "" for name, value in attrs}
        self.places.update(given[name] for name in ("id", "name") if name in given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload"):
            self.loaded.append(given["href"])
        if LOADED.get(tag) in given:
            self.loaded.append(given[LOADED[tag]])


def broken_links(site: Path) -> list[str]:
    """Return a line for each link of a folder of pages that leads nowhere, sorted.

    A link to another site is left alone: nothing here asks the network. What a page *loads* from
    another site is reported, for the site must work without one.
    """
    pages = {page.resolve(): _read(page) for page in sorted(site.rglob("*.html"))}
    return sorted(
        {
            f"{page.relative_to(site.resolve())}: {reason} {target}"
            for page, found in pages.items()
            for reason, target in _wrong(page, found, pages)
        }
    )


def _read(page: Path) -> _Found:
    found = _Found()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def _wrong(page: Path, found: _Found, pages: dict[Path, _Found]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the links of a page, and the link."""
    for target in found.loaded:
        if urlsplit(target).scheme in ("http", "https") or target.startswith("//"):
            yield "loads from the network", target
        elif not target.startswith("data:") and not _file(page, target).exists():
            yield "loads what is not there", target
    for target in found.links:
        parts = urlsplit(target)
        if parts.scheme or target.startswith("//"):
            continue
        file = _file(page, target)
        place = unquote(parts.fragment)
        if not file.exists():
            yield "no such file", target
        elif place and file in pages and place not in pages[file].places:
            yield "no such place", target


def _file(page: Path, target: str) -> Path:
    path = unquote(urlsplit(target).path)
    return (page.parent / path).resolve() if path else page
