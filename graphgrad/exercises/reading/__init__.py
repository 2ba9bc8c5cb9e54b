"""What people write: answer sheets, formulas, numbers, assumptions.

In: text and a vocabulary.
Out: `Answer`, `Link`, `Target`; values as terms; what a printed number stands for.
Start: `answer_sheet.py`, then `meaning.py`.
Tokens and grammar stay in `expr`; nothing here says right or wrong.
"""
