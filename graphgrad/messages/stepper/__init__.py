"""Word what the steppers say: the app, its screens and help, and what both steppers tell.

In: nothing.
Out: one `MESSAGES` per area, both languages side by side.
Start: `stepping.py`.
"""
