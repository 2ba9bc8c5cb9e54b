"""Stand over the app for a while: opening, help, checking, training.

In: a session, a list of samples.
Out: a choice, or nothing.
Start: `help_screen.py`.
"""
