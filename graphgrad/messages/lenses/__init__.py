"""Word the lenses, the sweep and the lint of networks.

In: nothing; each module is a table of wordings.
Out: `MESSAGES` per module, English and Spanish side by side.
Start: `lens_words.py`; `networks.py` and `functions.py` word what is seen.
"""
