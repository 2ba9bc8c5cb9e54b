"""Stand boxes in columns, layer after layer or step after step, without an engine.

In: `Diagram`, `Reserved`.
Out: `Columns`, who stands where; `Layout`, where everything went.
Start: `standing.py` for who stands where, `laid.py` for places.
Edges run in lanes of their own, so that none crosses a box and no label lies on another part.
"""
