"""Check names of several parts in answers: members of families, lines inside groups, entries."""

from __future__ import annotations

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.expr.lenient import parse_answer
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.source.gg import read_gg

TEXT = """\
const n = 2
input x = 2
param w = 3
const h[0] = 1
def cell(x, h)
z = x*h + x
y = z^2
end
for t = 1:n
h[t] = cell(w, h[t-1])
end
assume h[2] > 0
assume h[1].z > 0
loss L = h[n] + x
"""


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("h[1].z = 6", "right"),
        ("h[1] = 36", "right"),
        ("h_1 = 36", "right"),
        ("h1 = 36", "right"),
        (r"h_{1} = 36", "right"),
        ("h[2].z = w*h[ 1 ] + w", "right"),
        ("dL/dh[2].z = 2*h[2].z = 222", "right"),
        ("dL/dh[1] = 666", "right"),
        (r"\frac{\partial L}{\partial h_1} = 666", "right"),
        ("h[2] = 36", "wrong"),
    ],
)
def test_answers_spell_names_as_files_do(answer: str, status: str) -> None:
    report = check(read_gg(TEXT), answer)
    assert [mark.status for mark in report.marks] == [status]
    assert not report.remarks if hasattr(report, "remarks") else True


def test_the_longest_name_wins_and_arrays_keep_subscripts() -> None:
    vocabulary = Vocabulary(["h[2].z", "h[2]", "W"], [], shapes={"W": (2, 2)})
    items = parse_answer("h[2].z*h[2] + W[2,1]", vocabulary).expression.items
    assert [item.value for item in items if item.kind == "name"] == ["h[2].z", "h[2]", "W"]
