"""Build the site from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.site.build import build
from docs.site.links import broken_links


def main() -> int:
    """Build the site into a folder and report links that lead nowhere."""
    parser = argparse.ArgumentParser(prog="python -m docs.site", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder to write; es/ and en/ are replaced")
    parser.add_argument("--browser", action="store_true", help="also the page that runs graphgrad")
    asked = parser.parse_args()
    out: Path = asked.out
    build(out)
    if asked.browser:
        from browser.build import build as build_page

        build_page(out / "browser")
    broken = broken_links(out)
    print(*broken, f"{len(list(out.rglob('*.html')))} pages, {len(broken)} broken links", sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
