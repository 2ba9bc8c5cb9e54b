"""Bounds of derivatives in notes: proved by the exact extreme, refuted at a point."""

from __future__ import annotations

import pytest

from graphgrad.exercises.notes.checking import check_notes


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"\sigma'(z_j)\le0.25", "true"),
        (r"\sigma'(z) \leq \frac{1}{4}", "true"),
        (r"\sigma'(z) \le 0.2", "false"),
        (r"\sigma'(z) < 1/4", "false"),
        (r"\sigma'(z) > 0", "true"),
        (r"\tanh'(z) \le 1", "true"),
        (r"relu'(z) \geq 0", "true"),
        (r"relu'(z) > 0", "false"),
        (r"silu'(z) \le 1.2", "undecided"),
        (r"silu'(z) \le 1", "false"),
    ],
)
def test_a_bound_of_a_derivative_is_judged(claim: str, status: str) -> None:
    [found] = check_notes(f"So ${claim}$ everywhere.").claims
    assert found.status == status
    assert (found.counterexample is not None) == (status == "false")


def test_a_false_bound_says_where_and_what_is_right() -> None:
    [found] = check_notes(r"$\sigma'(z) \le 0.2$").claims
    assert found.counterexample is not None
    assert dict(found.counterexample.at) == {"z": "0"}
    assert found.counterexample.right == "0.25"
    assert found.corrected == "sigmoid'(z) <= 1/4"
    assert (found.place.line, found.place.column) == (1, 2)


def test_the_line_of_the_lecture_is_read_behind_a_comma() -> None:
    report = check_notes(r"$\lvert w_j\rvert<1,\ \sigma'(z_j)\le0.25$ for all $j$")
    assert [claim.status for claim in report.claims] == ["true"]


@pytest.mark.parametrize("other", ["$x < 3$", "$a' \\le 2$", "$|w| < 1$", r"$f'(x) \le 1/0$"])
def test_other_inequalities_state_nothing(other: str) -> None:
    assert [c.status for c in check_notes(other).claims if c.status != "unread"] == []
