"""Exercises for learning platforms.

In: `Variant`s.
Out: Moodle XML, STACK questions, nbgrader notebooks.
Start: `moodle.py`.
Each platform is one file; what STACK computes with answers stands beside its questions.
"""
