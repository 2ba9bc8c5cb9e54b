"""Exercises for learning platforms.

In: `Variant`s.
Out: Moodle XML, STACK questions, nbgrader notebooks.
Start: `moodle.py`.
each platform one file, its helper beside it.
"""
