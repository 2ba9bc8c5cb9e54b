"""Check that a const on which a bound depends makes another graph when it is changed."""

from __future__ import annotations

from fractions import Fraction

from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.stepping.editing import edited, with_values
from graphgrad.stepping.work import Origin, Work

TEXT = "const n = 2\ninput x = 3\nh[0] = x + 0\nfor t = 1:n\nh[t] = 2*h[t-1]\nend\ny = h[n]\n"


def test_a_bound_that_is_edited_reads_the_text_again() -> None:
    work = Work(record(read_gg(TEXT)), Origin(TEXT))
    graph = work.trace.graph
    longer = edited(work, graph.find("n") or 0, "4")
    assert longer.trace.value("y") == 48
    assert "h[4]" in longer.trace.graph.line_names
    again = with_values(longer, {"x": Fraction(1)})
    assert again.trace.value("y") == 16
    assert with_values(again, {"n": Fraction(1)}).trace.value("y") == 2
