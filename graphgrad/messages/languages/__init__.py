"""Hold what languages there are; a further one is a module here, found because it is here.

In: nothing.
Out: `Language`; of a further one `MESSAGES`, as many ids as are translated, and maybe `LANGUAGE`.
Start: `record.py`; `python -m tests.messages.completeness` lists what a language still lacks.
"""
