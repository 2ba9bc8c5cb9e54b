"""Real expressions as numbered terms, and their one normal form.

In: terms made by calling rows on `Pool` and `Term`.
Out: normal forms, enclosures (balls), derivatives of terms.
Start: `terms.py`, then `normal_form.py`.
Python-flint enters here; no text, no graph of an exercise, no message but limits.
"""
