"""List, print and copy the samples that come with graphgrad."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from graphgrad.cli.command import argument, command_of, option
from graphgrad.cli.help_page import definitions
from graphgrad.cli.options import force_option, json_option
from graphgrad.cli.output import write
from graphgrad.errors import UsageError
from graphgrad.files.reading import read_bytes
from graphgrad.files.writing import check_same, make_folder, write_output
from graphgrad.messages.catalogue import near, text
from graphgrad.source.samples import Sample, samples
from graphgrad.source.text import read_text

__all__ = ["command", "listing"]

_DATA = re.compile(r'^\s*data\s+(?:(?:all|todo)\s+)?"(.*?)"', re.MULTILINE)


EXAMPLE = """\
graphgrad samples linear_regression
graphgrad samples --copy lecture
graphgrad samples --gallery pictures\
"""


@command_of(
    "samples",
    example=EXAMPLE,
)
@argument("name", metavar="word.name", help="samples.argument.name", required=False)
@option("--copy", metavar="word.folder", help="samples.option.copy")
@option("--gallery", metavar="word.folder", help="samples.option.gallery")
@force_option
@json_option
def command(
    name: str | None, copy: str | None, gallery: str | None, force: bool, as_json: bool
) -> None:
    """List the samples, print one, copy them, or draw them all."""
    found = samples()
    if name is not None:
        found = [_chosen(name, found)]
    if copy is not None:
        _copy(found, Path(copy), force=force)
    if gallery is not None:
        _draw(found, Path(gallery), whole=name is None, force=force)
    elif copy is not None:
        return
    elif as_json:
        _write_json(found)
    elif name is not None:
        write(read_text(found[0].path), end="")
    else:
        write(listing(found))


def listing(found: Iterable[Sample] | None = None) -> str:
    """Return the names and titles of the samples and what to do with them."""
    found = samples() if found is None else list(found)
    rows = definitions([(sample.name, sample.title) for sample in found])
    heading = text("samples.heading", count=len(found))
    return f"{heading}\n{rows}\n\n{text('samples.hint', name=_example(found))}"


def _example(found: Iterable[Sample]) -> str:
    names = [sample.name for sample in found]
    return "linear_regression" if "linear_regression" in names else next(iter(names), "NAME")


def _chosen(name: str, found: list[Sample]) -> Sample:
    stem = name.removesuffix(".gg")
    for sample in found:
        if sample.name == stem:
            return sample
    names = [sample.name for sample in found]
    raise UsageError("samples.unknown", name=name, near=near(stem, names))


def _copy(found: list[Sample], target: Path, *, force: bool) -> None:
    """Copy samples, and what their data statements name, without overwriting other content."""
    sources = {path: None for sample in found for path in (sample.path, *_companions(sample))}
    make_folder(target)
    contents = {path: read_bytes(path) for path in sources}
    for path, content in contents.items():
        check_same(target / path.name, content, force=force)
    for path, content in contents.items():
        write_output(target / path.name, content, force=force)
        write(str(target / path.name))


def _draw(found: list[Sample], folder: Path, *, whole: bool, force: bool) -> None:
    """Draw samples in every theme, the whole gallery with its recipes, on a page per language."""
    from graphgrad.autodiff.record import record
    from graphgrad.cli.commands.render import figure_of
    from graphgrad.cli.recipes import exhibits
    from graphgrad.source.gg import load
    from graphgrad.views.figure.decks.gallery import Exhibit, write_gallery

    traces = (Exhibit(sample.name, record(load(sample.path))) for sample in found)

    def asked(code: str) -> Iterable[Exhibit]:
        return exhibits(figure_of, code) if whole else ()

    write(str(write_gallery(traces, folder, asked, force=force)))


def _companions(sample: Sample) -> list[Path]:
    names = _DATA.findall(read_text(sample.path))
    tables = [sample.path.parent / name for name in names]
    licences = [path.with_suffix(".licence.txt") for path in tables]
    return [path for path in (*tables, *licences) if path.is_file()]


def _write_json(found: list[Sample]) -> None:
    from graphgrad.views.text.run_json import json_object

    rows = [{"name": s.name, "title": s.title, "path": str(s.path)} for s in found]
    write(json_object({"format": "graphgrad-samples/1", "samples": rows}))
