"""List what makes a program faster without changing its values.

In: a program that is being written again, a `Rewriting`.
Out: per operation, its value by other means, or nothing.
Start: `rewriting.py`; the order in which rules run stands in `optimise.py`.
"""
