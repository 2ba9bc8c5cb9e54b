"""Say what is read as text: numbers, narration, derivations, JSON.

In: a `Trace`.
Out: `Entry` per line or operation, `StepText` per step, one JSON object.
Start: `entries.py`, `stops.py`.
Numbers are spelled in `numbers*.py` and nowhere else.
"""
