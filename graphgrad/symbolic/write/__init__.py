"""The one place that spells formulas: text, LaTeX, names, words.

In: pieces with a binding level (`Written`), sympy expressions.
Out: text of the file language, LaTeX.
Start: `spelling_styles.py`, `names.py`.
Sympy is used in `order_of_terms.py` and `sympy_text.py` alone, which are loaded on use.
"""
