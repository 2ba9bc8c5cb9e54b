"""Further languages: one module each, named by its code, that sets ``LANGUAGE``.

In: nothing; a module is found because it is here, and `--lang CODE` takes it.
Out: a `Language` with as many wordings as are translated; the others are told in English.
Start: `../language_record.py`; `python -m tests.messages.completeness` lists what is missing.
"""
