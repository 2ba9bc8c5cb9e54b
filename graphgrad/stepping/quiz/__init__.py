"""Ask about the next step and judge the answer.

In: a trace, a position.
Out: `Question`, reply, score.
Start: `round.py`, `quiz.py`.
The judges load on the first question.
"""
