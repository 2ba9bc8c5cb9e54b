"""Say the words of the lectures for the lines of a graph: its loss, its layers, its parameters.

Source: Buenos Aires course 002, ¿Qué es aprender?; riesgo; Optimización Funcional.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphgrad.messages.catalogue import Worded
from graphgrad.views.lenses.lens import Lens, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.lenses.switches import shortcuts

__all__ = ["GLOSSARY", "WORDS"]

WORDS = (
    "inference",
    "loss",
    "risk",
    "empirical_risk",
    "functional",
    "parametric",
    "hyperparameter",
    "layer",
    "activation",
    "shortcut",
    "shared",
    "iid",
    "generalisation",
)
"""The words; each is a message ``glossary.WORD``, its meaning ``glossary.WORD.means``."""


def _compute(subject: Subject) -> Report:
    rows = tuple(
        (line, Worded(f"glossary.{word}"), Worded(f"glossary.{word}.means"))
        for word, line in _belonging(subject)
    )
    told = Verdict("told", Worded("lens.glossary.told", count=len(rows)))
    sheet = Sheet("words", ("line", "word", "means"), rows)
    return Report("glossary", (sheet,), (told,), {"words": len(rows)})


def _belonging(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield each word with the line that it belongs to."""
    graph = subject.graph
    output = graph.name(graph.output)
    rows = graph.heading.table
    if not graph.columns.shape(graph.output):
        yield from ((word, output) for word in ("inference", "loss", "risk"))
    if rows is not None:
        yield from ((word, output) for word in ("empirical_risk", "iid", "generalisation"))
    if subject.parameters:
        listed = ", ".join(list(subject.parameters)[:4])
        yield "functional", output
        yield "parametric", listed
    layers = [stage for stage in subject.stages if stage.parameters]
    if layers:
        names = ", ".join(stage.name for stage in layers[:4])
        yield "layer", names
        yield "hyperparameter", names
    acting = [stage.name for stage in subject.stages if stage.activations and not stage.loss]
    if acting:
        yield "activation", ", ".join(acting[:4])
    cut = [graph.line(graph.line_of(node)).name for node in shortcuts(graph)]
    if cut:
        yield "shortcut", ", ".join(cut[:4])
    read = [name for stage in layers for name in stage.parameters]
    shared = [name for name in dict.fromkeys(read) if read.count(name) > 1]
    if shared:
        yield "shared", ", ".join(shared[:4])


GLOSSARY = Lens(
    name="glossary",
    spanish="glosario",
    compute=_compute,
    plotted=False,
    source="Buenos Aires course 002, ¿Qué es aprender?",
)
