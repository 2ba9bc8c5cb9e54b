"""All steps in one HTML file.

In: `Scene`, questions.
Out: one page without links outside.
Start: `html_page.py`.
No number that is asked for stands in the file before its step.
"""
