"""Give lines other names on the page; values, adjoints and the graph's own names stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, overload

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import language, text
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.typeset.typeset import typeset

__all__ = ["relabelled", "with_printable_names", "with_short_labels"]

_PLAIN = re.compile(r"\w+(\[[\d,-]+\])*(\.\w+(\[[\d,-]+\])*)*")
_BARE_MARK = re.compile(r"(?<!\\)([_^])(\\[A-Za-z]+|[A-Za-z0-9])")
_LONGEST = 40
_WIDEST = 25.0
"""Of a label, in parts of the size of its letters."""
_SAFE = str.maketrans("\\{}$&#%_^~<>`", "∖()§+♯÷  ∼‹›'")


@overload
def relabelled(source: Graph, labels: Mapping[int, str]) -> Graph: ...
@overload
def relabelled(source: Trace, labels: Mapping[int, str]) -> Trace: ...
def relabelled(source: Trace | Graph, labels: Mapping[int, str]) -> Trace | Graph:
    """Return a trace or a graph with other labels for some lines, by position."""
    if not labels:
        return source
    if isinstance(source, Trace):
        named = relabelled(source.graph, labels)
        return Trace(named, source.values, source.adjoints, source.seed, exact=source.exact)
    named = _copy(source)
    vars(named)["labels"] = {**source.labels, **labels}
    return named


def with_printable_names(graph: Graph) -> Graph:
    """Return a graph in which names that are no plain Latin or Greek words are labels.

    Marks of the file's own labels get braces, so that more marks can follow.
    """
    labels = {
        index: name_label(name)
        for index, name in enumerate(graph.line_names)
        if index not in graph.labels and not _is_plain(name)
    }
    for index, label in graph.labels.items():
        braced = _BARE_MARK.sub(r"\1{\2}", label)
        if braced != label:
            labels[index] = braced
    return relabelled(graph, labels)


def with_short_labels(graph: Graph) -> tuple[Graph, tuple[str, ...]]:
    """Return a graph whose labels are no wider than a line of print, and what became of others.

    Raises:
        UsageError: if a label is not LaTeX.
    """
    long = {
        index: name_label(graph.line_names[index])
        for index, label in graph.labels.items()
        if len(label) > _LONGEST and typeset(label, 1.0).width > _WIDEST
    }
    if not long:
        return graph, ()
    names = ", ".join(graph.line_names[index] for index in long)
    return relabelled(graph, long), (text("scene.note.long", language(), names=names),)


def name_label(name: str) -> str:
    r"""Return a name as LaTeX text in which no character can act; a very long one is cut.

    >>> name_label("a{b")
    '\\text{a(b}'
    """
    clean = printable(name).translate(_SAFE)
    cut = clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
    return rf"\text{{{cut}}}"


def _copy(graph: Graph) -> Graph:
    """Return a graph that shares all but its labels."""
    named = Graph.__new__(Graph)
    state: dict[str, Any] = graph.__getstate__()
    vars(named).update(state)
    return named


def _is_plain(name: str) -> bool:
    if _PLAIN.fullmatch(name) is None or len(name) > _LONGEST:
        return False
    return name.isascii() or all(
        not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN", "GREEK")) for c in name
    )
