"""Decide whether two terms are equal: proved, refuted by a point, or undecided.

In: two terms (or arrays) and a `Domain`.
Out: a `Verdict` with method, cases, counterexample, notes.
Start: `decide.py`, read from `decide()` down.
Rests on algebra alone; usable without files, sheets or marks.
"""
