"""All steps in one piece of HTML, which steps by its script.

In: `Scene`, questions.
Out: a part of a page, and a page of its own without links outside.
Start: `fragment.py`, `html_page.py`.
No number that is asked for stands in the file before its step.
"""
