"""Write the gallery: the figures that people ask for, each with the command that draws it."""

from __future__ import annotations

from pathlib import Path

from docs.site.commands import printed
from docs.site.contents import Pair
from graphgrad.cli.recipes import RECIPES
from graphgrad.messages.catalogue import in_language, text
from graphgrad.source.samples import samples

__all__ = ["write_gallery"]

WORDS = {
    "title": Pair("Galería", "Gallery"),
    "about": Pair(
        "Figuras que se piden, cada una con su orden. `graphgrad samples --gallery CARPETA` las "
        "dibuja en su máquina, con todos los ejemplos en todos los temas.",
        "Figures that people ask for, each with its command. `graphgrad samples --gallery FOLDER` "
        "draws them on your machine, with every sample in every theme.",
    ),
    "samples": Pair("Todos los ejemplos", "All samples"),
    "stepper": Pair("paso a paso", "step by step"),
}


def write_gallery(target: Path, beside: Path, lang: str, work: Path) -> None:
    """Draw the recipes, and the stepper page of every sample, and write the page that shows them.

    Args:
        target: the folder of the pages of a language.
        beside: the folder of files that are copied as they are.
        lang: the language.
        work: a folder that holds ``samples/``, where commands run.
    """
    for folder in (target / "gallery", beside / "gallery"):
        folder.mkdir(parents=True, exist_ok=True)
    parts = [f"# {WORDS['title'].of(lang)}\n\n{WORDS['about'].of(lang)}\n"]
    for recipe in RECIPES:
        figure = f"gallery/{recipe.name}.svg"
        printed(f"render {recipe.line} -o {target / figure} --force", lang, work)
        with in_language(lang):
            about = text(f"recipe.{recipe.name}")
        heading = about[:1].upper() + about[1:]
        line = f"graphgrad render {recipe.line} -o {recipe.name}.svg"
        parts.append(f"\n## {heading}\n\n![{heading}]({figure})\n\n```sh\n{line}\n```\n")
    parts.append(f"\n## {WORDS['samples'].of(lang)}\n\n")
    with in_language(lang):
        found = [sample for sample in samples() if sample.path.parent.name != "data"]
    for sample in found:
        page = f"gallery/{sample.name}.html"
        printed(f"render samples/{sample.name}.gg -o {beside / page} --force", lang, work)
        said = WORDS["stepper"].of(lang)
        parts.append(f'- {sample.title} (`{sample.name}`): <a href="{page}">{said}</a>\n')
    name = "galeria" if lang == "es" else "gallery"
    (target / f"{name}.md").write_text("".join(parts), encoding="utf-8")
