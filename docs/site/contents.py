"""List the pages of the site: what a page is called in each language, and where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["DOCS", "PAGES", "ROOT", "SECTIONS", "Page", "Pair"]

DOCS = Path(__file__).parents[1]
ROOT = DOCS.parent


class Pair(NamedTuple):
    """Something in Spanish and in English."""

    es: str
    en: str

    def of(self, lang: str) -> str:
        """Return the side of a language."""
        return self.es if lang == "es" else self.en


class Page(NamedTuple):
    """A page of the site.

    Attributes:
        section: where it stands in the table of contents.
        name: its name in each language, without the ending; a written one is in ``docs/``.
        source: a file beside ``docs/`` that it is made of, where it is not in ``docs/``.
        written: whether it is a file; the others are generated when the site is built.
        stands_in: for a generated one, what a link in ``docs/`` leads to, so that it leads
            somewhere in the repository too; in the site it leads to the page.
    """

    section: str
    name: Pair
    source: str = ""
    written: bool = True
    stands_in: tuple[str, ...] = ()

    @property
    def in_english_only(self) -> bool:
        """Tell whether both sides are one English page, for those who work on the program."""
        return self.section == "inside"


def _written(section: str, es: str, en: str, source: str = "") -> Page:
    return Page(section, Pair(es, en), source)


def _generated(section: str, es: str, en: str, *stands_in: str) -> Page:
    return Page(section, Pair(es, en), written=False, stands_in=stands_in)


SECTIONS: dict[str, Pair] = {
    "start": Pair("Para empezar", "Getting started"),
    "lessons": Pair("Lecciones", "Lessons"),
    "howto": Pair("Cómo se hace", "How to"),
    "reference": Pair("Referencia", "Reference"),
    "inside": Pair("Por dentro (en inglés)", "Inside"),
}

PAGES: tuple[Page, ...] = (
    _written("start", "primera_hora", "first_hour"),
    _written("start", "clasificador", "classifier"),
    _written("start", "viniendo_de", "coming_from"),
    _generated("start", "galeria", "gallery", "gallery.png"),
    _generated("lessons", "lecciones", "lessons", "lessons"),
    _written("howto", "recetas", "recipes"),
    _written("howto", "recorrido", "stepper"),
    _written("howto", "cuadernos", "notebooks"),
    _written("howto", "figuras", "figures"),
    _written("howto", "navegador", "browser"),
    _written("howto", "paginas", "pages"),
    _written("howto", "ejercicios", "exercises"),
    _written("howto", "respuestas", "answers"),
    _written("howto", "apuntes", "notes"),
    _written("howto", "entrenamiento", "training"),
    _written("howto", "lentes", "lenses"),
    _written("howto", "importar", "imports"),
    _written("howto", "exportar", "export"),
    _written("reference", "lenguaje", "language"),
    _generated(
        "reference", "operaciones", "operations", "lenguaje.md#funciones", "language.md#functions"
    ),
    _written("reference", "capas", "layers"),
    _generated("reference", "ordenes", "commands", "../README.md#all-commands"),
    _generated(
        "reference",
        "estados",
        "statuses",
        "lenguaje.md#sin-archivo-límites-estado-de-salida",
        "language.md#without-a-file-limits-exit-status",
    ),
    _written("reference", "python_es", "python"),
    _generated("reference", "interfaz", "interface"),
    _written("reference", "compilar", "compile"),
    _written("reference", "glossary", "glossary"),
    _written("inside", "architecture", "architecture"),
    _written("inside", "contributing", "contributing", "CONTRIBUTING.md"),
    _written("inside", "libraries", "libraries"),
    _written("inside", "reliability", "reliability"),
    _written("inside", "components", "components"),
    _written("inside", "curriculum", "curriculum", "samples/INDEX.md"),
    _written("inside", "changelog", "changelog", "CHANGELOG.md"),
)
"""Every page but those of the lessons, in the order of the table of contents."""
