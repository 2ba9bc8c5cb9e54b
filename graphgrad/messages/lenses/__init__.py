"""Word the lenses, the sweep and the lint of networks.

In: nothing; each module is a table of wordings.
Out: `MESSAGES` per module, English and Spanish side by side.
Start: `lens_words.py`; `seen_networks.py` and `seen_functions.py` word what is seen.
"""
