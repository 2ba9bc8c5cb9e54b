"""Mark hand exercises: files, sheets, answers, classes; claims in lecture notes.

In: exercise files and what people write.
Out: verdicts, marks with reasons, sheets, reports.
Start: `marking/marker.py`; `deciding/decide.py` stands alone.
"""
