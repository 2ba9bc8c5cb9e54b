"""Take the number that is asked for out of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphgrad.stepping.known_text import UNKNOWN

if TYPE_CHECKING:
    from graphgrad.stepping.quiz.question import Question
    from graphgrad.views.text.narrate import StepText

__all__ = ["veiled", "veiled_step"]


def veiled(told: str, answer: str) -> str:
    """Return a text with a number, of either sign, replaced by a question mark.

    >>> veiled("-4·3 = -12, 12.5", "-12")
    '-4·3 = ?, 12.5'
    """
    size = re.escape(answer.lstrip("-−"))
    found = rf"\((?:[-−]){size}\)|(?<![\w.])[-−]?{size}(?![\w]|\.\d)"
    return re.sub(found, UNKNOWN, told)


def veiled_step(told: StepText, question: Question | None) -> StepText:
    """Return what is said about a step without the number that is asked for.

    The contribution that a step gives may be the adjoint that is asked for.
    """
    if question is None or question.kind not in ("adjoint", "sign", "contribution"):
        return told
    from graphgrad.views.text.numbers import inline

    answer = inline(question.truth)
    return told._replace(numbers=veiled(told.numbers, answer), caption=veiled(told.caption, answer))
