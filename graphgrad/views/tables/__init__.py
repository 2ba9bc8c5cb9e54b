"""Set passes, checks and training in columns.

In: a `Trace`, a `GradientCheck`, rows of data, a training.
Out: lines of text.
Start: `run_table.py`; `text_tables.py` keeps the columns.
"""
