"""Word every user-facing text, by id and fields, in English, Spanish, and further languages.

In: a message id and its fields.
Out: a sentence in the language in force.
Start: `catalogue.py`; each other module words one area, English and Spanish side by
side; a further language is one module of `languages`.
"""
