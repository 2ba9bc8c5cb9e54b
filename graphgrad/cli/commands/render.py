"""Draw the graph of a file as a figure: how it looks, how its numbers are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from graphgrad.autodiff.record import record
from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.inputs import Source, read_point, warn_of_row
from graphgrad.cli.option_types import OneOf, Real, Whole
from graphgrad.cli.options import (
    depth_option,
    entries_option,
    force_option,
    point_options,
    source_options,
    stable_option,
    state_option,
    wrt_option,
)
from graphgrad.cli.output import complain
from graphgrad.views.figure.content.scene_options import (
    DEFAULT,
    HEATS,
    STYLES,
    Placing,
    SceneOptions,
    blanked_parts,
    shown_parts,
)
from graphgrad.views.figure.scene.notation import PROFILES
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.figure.writers import WRITERS, DrawOptions
from graphgrad.views.pass_writers import PASS_WRITERS
from graphgrad.views.render import check_format, write_figure

__all__ = [
    "command",
    "figure_of",
    "format_options",
    "layout_options",
    "looks_options",
    "number_options",
]

Function = Callable[..., Any]

_MOST_DIGITS = 17
EXAMPLE = """\
graphgrad render samples/linear_regression.gg -o regression.svg
graphgrad render samples/linear_regression.gg -o step07.png --step 7 --show values,adjoints
graphgrad render samples/xor_sigmoid.gg -o sheet.svg --blank adjoints --fit beamer169
graphgrad render samples/linear_regression.gg -o deck.tex --format beamer
graphgrad render -e "L = (w*x - y)^2" --set w=2 --set x=3 --set y=9 -o loss.dot --detail op\
"""
_HOW = ("step", "theme", "scale", "seconds", "once")


def format_options(function: Function) -> Function:
    """Add ``--format``, ``--seconds`` and ``--once``."""
    known = OneOf(*WRITERS, *PASS_WRITERS)
    seconds = Real(positive=True)
    for add in (
        flag("--once", help="render.option.once"),
        option(
            "--seconds",
            kind=seconds,
            metavar="word.number",
            default=1.5,
            help="render.option.seconds",
        ),
        option("--format", kind=known, help="render.option.format", name="name"),
    ):
        function = add(function)
    return function


def looks_options(function: Function) -> Function:
    """Add ``--theme``, ``--style``, ``--heat``, ``--notation`` and ``--scale``."""
    for add in (
        option(
            "--scale",
            kind=Real(positive=True),
            metavar="word.number",
            help="render.option.scale",
        ),
        option("--heat", kind=OneOf(*HEATS), help="render.option.heat"),
        option("--notation", kind=OneOf(*PROFILES), help="render.option.notation"),
        option("--style", kind=OneOf(*STYLES), default="formula", help="render.option.style"),
        option("--theme", kind=OneOf(*THEMES), default="light", help="render.option.theme"),
    ):
        function = add(function)
    return function


def layout_options(function: Function) -> Function:
    """Add ``--layout``, ``--shared``, ``--direction``, ``--collapse`` and ``--fit``."""
    directions = OneOf("auto", "LR", "TB")
    layouts = OneOf(*get_args(Placing))
    function = option("--fit", metavar="render.word.page", help="render.option.fit", default="")(
        function
    )
    function = option(
        "--collapse", metavar="render.word.folds", help="render.option.collapse", default="auto"
    )(function)
    function = option(
        "--direction", kind=directions, default="auto", help="render.option.direction"
    )(function)
    function = option(
        "--shared", kind=OneOf("once", "ghosts"), default="once", help="render.option.shared"
    )(function)
    return option("--layout", kind=layouts, default="auto", help="render.option.layout")(function)


def number_options(function: Function) -> Function:
    """Add ``--digits`` and ``--decimal-comma``."""
    digits = Whole(1, _MOST_DIGITS)
    function = flag("--decimal-comma", help="render.option.decimal_comma")(function)
    return option(
        "--digits", kind=digits, metavar="word.whole", default=4, help="render.option.digits"
    )(function)


@command_of("render", example=EXAMPLE)
@source_options
@option("-o", "--output", metavar="word.file", help="render.option.output", required=True)
@format_options
@point_options
@state_option
@stable_option
@depth_option(None)
@entries_option
@option("--show", metavar="render.word.parts", help="render.option.show")
@option("--blank", metavar="render.word.parts", help="render.option.blank", default="")
@option("--step", kind=Whole(0), metavar="word.whole", help="render.option.step")
@option("--fold", kind=OneOf("line", "node", "edge"), help="render.option.fold")
@option("--frames", metavar="word.folder", help="render.option.frames")
@wrt_option
@option("--path", metavar="render.word.names", help="render.option.path", default="")
@looks_options
@option(
    "--compare",
    metavar="render.word.sides",
    help="render.option.compare",
    name="sides",
    count=2,
)
@flag("--legend", help="render.option.legend")
@layout_options
@number_options
@force_option
@option("--engine", metavar="word.name", help="render.option.engine")
def command(
    file: str | None,
    expression: str | None,
    output: str,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    zoom: str,
    frames: str | None,
    name: str | None,
    force: bool,
    sides: tuple[str, str] | None,
    **chosen: Any,
) -> None:
    """Write the figure of a file; what is not finite is drawn and marked."""
    check_format(
        output, name or "", frames or ""
    )  # what cannot be is refused before anything is read
    how = DrawOptions(**{field: chosen.pop(field) for field in _HOW})
    options = _scene_options(**chosen)
    given = (file, expression, settings, zoom, state, row, stable)
    source, options = _what_is_drawn(given, sides, options)
    if output.lower().endswith(".html") and not isinstance(source, tuple):
        # marking is loaded for a page that asks
        from graphgrad.exercises.judging.page_questions import questions_for

        how = how._replace(questions=questions_for(output, source))
    for note in write_figure(source, output, options, how, frames or "", name or "", force=force):
        complain(note)
    if not isinstance(source, tuple):
        warn_of_row(source.graph, row)


def _what_is_drawn(
    given: tuple[Any, ...], sides: tuple[str, str] | None, options: SceneOptions
) -> tuple[Any, SceneOptions]:
    """Return the pass that is drawn, or the two that are compared, and the options for it."""
    file, expression, settings, zoom, state, row, stable = given
    if sides:
        from graphgrad.cli.compared_sides import Given, pair_of

        return pair_of(sides, Given(*given)), options
    source = Source(file, expression, read_point(settings), zoom, state, stable=stable)
    graph = source.graph(row)
    point, wrt = source.at(graph, options.wrt)
    return record(graph, point, refuse=False), options._replace(wrt=wrt)


def figure_of(arguments: list[str], language: str) -> tuple[Any, SceneOptions, DrawOptions]:
    """Return what a command line draws and how, without an output file.

    Args:
        arguments: what follows ``graphgrad render``, but for ``-o``.
        language: of the words in the figure.
    """
    context = command.make_context("render", [*arguments, "-o", "figure.svg"])
    chosen: dict[str, Any] = dict(context.params)
    for unused in ("output", "frames", "name", "force"):
        chosen.pop(unused)
    how = DrawOptions(**{field: chosen.pop(field) for field in _HOW})
    fields = ("file", "expression", "settings", "zoom", "state", "row", "stable")
    given, sides = tuple(chosen.pop(field) for field in fields), chosen.pop("sides")
    source, options = _what_is_drawn(given, sides, _scene_options(**chosen))
    return source, options._replace(language=language), how


def _scene_options(
    show: str | None, blank: str, path: str, notation: str | None, heat: Any, **chosen: Any
) -> SceneOptions:
    """Return what the options ask for, their lists read."""
    return SceneOptions(
        show=DEFAULT if show is None else shown_parts(show),
        blank=blanked_parts(blank),
        notation=notation or "",
        heat=heat or "",
        path=tuple(path.replace(",", " ").split()),
        **chosen,
    )
