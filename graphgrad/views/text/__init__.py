"""Everything that is read as text: numbers, tables, narration, derivations, JSON.

In: a `Trace`.
Out: `Entry` per line, `StepText`, tables, one JSON object.
Start: `entries.py`, `stops.py`.
numbers are spelled in `numbers*.py` and nowhere else.
"""
