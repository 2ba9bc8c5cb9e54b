"""Every answer that one mistake gives, looked up by value.

In: a `Reference` and a wrong `Mark`.
Out: the name and the place of the mistake where only one fits.
Start: `catalogue.py`; a new mistake is a row of `rules.py`.
Never changes a mark.
"""
