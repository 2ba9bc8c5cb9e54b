"""Everything that is read as text: numbers, tables, narration, derivations, JSON.

In: a `Trace`.
Out: `Entry` per line or operation, `StepText` per step, tables, one JSON object.
Start: `entries.py`, `stops.py`.
Numbers are spelled in `numbers*.py` and nowhere else.
"""
