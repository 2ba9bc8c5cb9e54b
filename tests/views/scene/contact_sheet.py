"""Draw ``docs/gallery.png``, one sheet of the figures that people ask for, from a gallery.

``python -m tests.views.scene.contact_sheet FOLDER``, after ``graphgrad samples --gallery FOLDER``.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image, ImageDraw

from graphgrad.cli.recipes import RECIPES
from graphgrad.views.figure.decks.png_pdf import png_of

SHEET = Path(__file__).parents[3] / "docs" / "gallery.png"
COLUMNS, WIDTH, HEIGHT, TITLE, AIR = 5, 340, 230, 18, 8
SHADES = 200


def contact_sheet(folder: Path) -> Image.Image:
    """Return the sheet: the figures of the light theme in the order of the page."""
    rows = -(-len(RECIPES) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * WIDTH, rows * HEIGHT), "white")
    pen = ImageDraw.Draw(sheet)
    for number, recipe in enumerate(RECIPES):
        left, top = number % COLUMNS * WIDTH, number // COLUMNS * HEIGHT
        svg = (folder / f"{recipe.name}-light.svg").read_bytes()
        picture = Image.open(io.BytesIO(png_of(svg, scale=1.0))).convert("RGB")
        picture.thumbnail((WIDTH - 2 * AIR, HEIGHT - TITLE - 2 * AIR), Image.Resampling.LANCZOS)
        pen.text((left + AIR, top + AIR / 2), f"{number + 1}  {recipe.name}", fill="#111827")
        sheet.paste(picture, (left + AIR, top + TITLE + AIR))
        pen.rectangle((left, top, left + WIDTH - 1, top + HEIGHT - 1), outline="#d1d5db")
    return sheet.quantize(SHADES)


if __name__ == "__main__":
    contact_sheet(Path(sys.argv[1])).save(SHEET, optimize=True)
