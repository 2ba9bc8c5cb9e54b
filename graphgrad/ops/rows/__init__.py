"""List the rows: what each op computes, its partials or its pullback, how it is written.

In: nothing but records and shape rules.
Out: tuples of `Row`, joined by the registry.
Start: `arithmetic_rows.py`, then `matrix_rows.py`.
"""
