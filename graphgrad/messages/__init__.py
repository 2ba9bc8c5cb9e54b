"""Word every user-facing text, by id and fields, in English and Spanish.

In: a message id and its fields.
Out: a sentence in the language in force.
Start: `catalogue.py`; each other module words one area, both languages side by side.
"""
