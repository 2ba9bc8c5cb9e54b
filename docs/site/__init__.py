"""Build the site of the documentation: ``python -m docs.site OUT``.

In: the pages of ``docs/``, the courses of ``docs/lessons/``, the samples, the rows and docstrings.
Out: a folder of pages in Spanish and English that needs no network, its links checked.
Start: `docs.site.build`, which calls the others; `docs.site.contents` is the table of pages.
"""
