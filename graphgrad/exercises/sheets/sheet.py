"""Gather what stands on a sheet or its key; the writers only spell it.

The graph of the variant is blank on a sheet and filled in on its key, in every format alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Literal, NamedTuple

from graphgrad.exercises.files.exercise import Exercise, Step
from graphgrad.exercises.files.spelling import decimal_text, given_text
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.reading.targets import step_text
from graphgrad.exercises.sheets.worked_steps import Work
from graphgrad.messages.catalogue import language as language_in_force
from graphgrad.messages.catalogue import text
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.collapse import MOST_OPEN
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.on_page import on_page
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.tex.tikz_picture import TikzPicture, tikz_of

__all__ = [
    "Block",
    "Document",
    "Figure",
    "Question",
    "document_of",
    "figure_of",
    "filled",
    "heading_of",
    "structure_of",
    "template_of",
]


_TITLE = re.compile(r'(<g [^<>]*class="edge[^<>]*>)<title>[^<]*</title>')
_NUMBER = re.compile(r' data-(?:value|adjoint|partial|contribution)="[^"]*"')
"""What a browser shows, or a reader of the source finds, beside the numbers that are drawn."""
_WIDE, _HIGH = 470.0, 300.0
"""What a page of A4 has for a figure beside its text, in points."""
_LEAST, _BLANK_WIDE, _BLANK_HIGH = 10.0, 42.5, 17.0
"""The smallest letters of a figure that is filled in by hand; its blanks are 15 mm by 6 mm."""
_PAGES = (("470x300", False), ("470x450", False), ("660x450", True))
"""What a larger figure is fitted to, and whether it stands on a page of its own, on its side."""
_HOLE = re.compile(r"(?<![\w}\^\\])\{(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)\}")


@dataclass(frozen=True)
class Figure:
    """The graph on a sheet.

    Attributes:
        pictured: what is drawn.
        options: how.
        is_key: whether its numbers are.
    """

    pictured: Trace
    options: SceneOptions
    is_key: bool

    @cached_property
    def scene(self) -> Scene:
        """Return it at its natural size, as a browser shows it."""
        return scene_of(self.pictured, self.options)

    @property
    def svg(self) -> str:
        """Return it as SVG; without the key no number is in it, not even unseen."""
        svg = svg_of(self.scene).decode("utf-8")
        svg = svg[svg.index("<svg") :]
        return svg if self.is_key else _NUMBER.sub("", _TITLE.sub(r"\1", svg))

    @cached_property
    def on_paper(self) -> tuple[Scene, bool]:
        """Return it in letters that can be read on A4, and whether it is to be turned for that.

        No number that is given is cut, and no line folded that is to be filled in.
        """
        natural = self.scene
        scale = min(1.0, _WIDE / natural.width, _HIGH / natural.height)
        scene = natural._replace(scale=scale)
        if _can_be_filled_in(scene):
            return scene, False
        folds = "none" if len(scene.boxes) <= MOST_OPEN else self.options.collapse
        found = list[tuple[Scene, bool]]()
        options = self.options._replace(collapse=folds, compact=True)
        for page, turned in _PAGES:
            fitted = scene_of(self.pictured, options._replace(fit=page))
            found.append((on_page(fitted), turned))
            if _can_be_filled_in(fitted):
                return found[-1]
        return max(found, key=lambda one: _letters(one[0]))

    @property
    def tikz(self) -> TikzPicture:
        """Return it for the body of a LaTeX document."""
        scene, turned = self.on_paper
        return tikz_of(scene, width=r"\textheight") if turned else tikz_of(scene)


def figure_of(variant: Variant, *, key: bool, language: str | None) -> Figure:
    """Return the graph; without the key its numbers are blanks to fill in."""
    options = SceneOptions(
        show=("values", "adjoints", "partials") if key else ("values", "adjoints"),
        blank=() if key else ("values", "adjoints", "partials", "contributions"),
        language=language,
        decimal_comma=variant.exercise.decimal == "comma",
        whole=True,
    )
    return Figure(variant.pictured, options, key)


def structure_of(variant: Variant, language: str | None) -> Figure:
    """Return the graph without any number: the same for all variants of an exercise."""
    options = SceneOptions(show=(), language=language)
    return Figure(variant.pictured, options, is_key=False)


def _can_be_filled_in(scene: Scene) -> bool:
    """Tell whether letters are large enough to be read, and blanks to be written in."""
    rects = [blank.rect for blank in scene.blanks]
    wide, high = (min((r[k] for r in rects), default=inf) * scene.scale for k in (2, 3))
    return _letters(scene) >= _LEAST and wide >= _BLANK_WIDE and high >= _BLANK_HIGH


def _letters(scene: Scene) -> float:
    return scene.smallest * scene.scale


class Question(NamedTuple):
    """A line to be answered: its label, what kind of answer, its points, and the key's answer."""

    id: str
    label: str
    hint: str
    points: str
    answer: str


class Block(NamedTuple):
    """A piece of a sheet: Markdown ``text``, or ``questions``."""

    kind: Literal["text", "questions"]
    text: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Document:
    """A sheet or a key.

    Attributes:
        title: its heading.
        language: of all its words.
        heading: the line that says exercise, variant and student.
        blocks: what stands on it.
        figure: the graph; None where none is wanted.
        template: the lines a student fills in and hands in; on a key they are filled in.
        is_key: whether it shows the answers.
    """

    title: str
    language: str
    heading: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    figure: Figure | None
    template: str
    is_key: bool


def document_of(
    variant: Variant,
    *,
    key: bool = False,
    student: str = "",
    language: str | None = None,
    figure: bool = True,
) -> Document:
    """Return the sheet of a variant, or its key.

    Args:
        variant: the exercise with its numbers.
        key: whether the answers stand on it.
        student: whose sheet it is.
        language: otherwise the exercise's, or else the language in force.
        figure: whether the graph is drawn.
    """
    exercise = variant.exercise
    language = language or exercise.language or None
    title = exercise.title or exercise.id
    return Document(
        text("classroom.sheet.key_title", language, title=title) if key else title,
        language or language_in_force(),
        tuple(heading_of(variant, student, language, key=key)),
        tuple(_blocks(variant, key, language)),
        figure_of(variant, key=key, language=language) if figure else None,
        template_of(variant, student, language, key=key),
        key,
    )


def template_of(
    variant: Variant, student: str = "", language: str | None = None, *, key: bool = False
) -> str:
    """Return the lines a student fills in: a heading, then one line per step.

    On a key they hold the answers, as the checker reads them.
    """
    heading = "  ".join(
        f"{word}: {value}" for word, value in heading_of(variant, student, language, key=key)
    )
    work = Work(variant)
    answers = [work.answer(step) if key else "" for step in variant.exercise.steps]
    steps = variant.exercise.steps
    lines = [f"{step_text(s.called, language)} = {a}" for s, a in zip(steps, answers, strict=True)]
    return "\n".join([heading.rstrip(), *lines]) + "\n"


def heading_of(
    variant: Variant, student: str, language: str | None, *, key: bool = False
) -> list[tuple[str, str]]:
    """Return the line that says exercise, variant and student, word by word.

    A sheet has room for a name to be written in, a key has not.
    """
    found = [(text("classroom.sheet.exercise", language), variant.exercise.id)]
    if variant.draw:
        found.append((text("classroom.sheet.variant", language), str(variant.draw)))
    if student or not key:
        found.append((text("classroom.sheet.student", language), student))
    return found


def _blocks(variant: Variant, key: bool, language: str | None) -> list[Block]:
    blocks: list[Block] = []
    if variant.exercise.source and all(p.kind == "step" for p in variant.exercise.parts):
        blocks.append(Block("text", f"```\n{variant.exercise.source.strip()}\n```"))
    for part in variant.exercise.parts:
        if part.kind == "text":
            blocks.append(Block("text", filled(variant, part.text)))
            continue
        question = _question(variant, variant.exercise.steps[part.step], key, language)
        if blocks and blocks[-1].kind == "questions":
            blocks[-1] = Block("questions", "", (*blocks[-1].questions, question))
        else:
            blocks.append(Block("questions", "", (question,)))
    return blocks


def _question(variant: Variant, step: Step, key: bool, language: str | None) -> Question:
    exercise = variant.exercise
    hint = ""
    if step.kind == "symbolic":
        hint = text("classroom.sheet.formula", language)
    if step.names:
        message = "formula_only_in" if step.kind == "symbolic" else "formula_in"
        hint = text(f"classroom.sheet.{message}", language, names=", ".join(step.names))
    answer = Work(variant).answer(step) if key else ""
    points = decimal_text(step.points)
    if exercise.decimal == "comma":
        points = points.replace(".", ",")
    label = step_text(step.label or step.id, language)
    return Question(step.id, label, hint, points, answer)


def filled(variant: Variant, markdown: str) -> str:
    """Return text with ``{w}`` replaced by values; braces of LaTeX commands stay."""
    exercise: Exercise = variant.exercise
    names = {variable.name for variable in exercise.variables}

    def value(hole: re.Match[str]) -> str:
        name = hole["name"]
        if name not in names or variant.values.get(name) is None:
            return hole[0]
        given = given_text(exercise, variant.values[name])
        inside = markdown.count("$", 0, hole.start()) % 2 == 1
        return given.replace(",", "{,}") if inside and exercise.decimal == "comma" else given

    return _HOLE.sub(value, markdown)
