"""Hold the primitives: one row each, and how rows are evaluated.

In: operands of any namespace `m`: numbers, arrays, fractions, text, symbols.
Out: values, partials, shapes, formulas.
Start: `row.py` (what a row states), `registry.py` (all of them).
"""
