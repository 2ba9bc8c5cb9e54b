"""Read formulas: one tokenizer and one Pratt parser, with dialects.

In: text of a formula.
Out: `Expression`: items in postfix order, each with its place.
Start: `parser.py` for files, `lenient.py` for what people write by hand.
"""
