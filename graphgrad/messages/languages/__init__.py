"""Further languages: one module each, named by its code, found because it is here.

In: nothing.
Out: `MESSAGES`, as many ids as are translated (the others are told in English); maybe `LANGUAGE`.
Start: `../language_record.py`; `python -m tests.messages.completeness` lists what is missing.
"""
