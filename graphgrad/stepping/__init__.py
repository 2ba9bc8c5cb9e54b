"""Step through a trace: what both steppers share, the app's and the line-oriented one.

What is stepped through and edited (`work`, `editing`, `changes`), where commands lead (`journey`),
what a search means (`conditions`), questions before answers (`predict`); `plain` is the stepper for
pipes and screen readers. Nothing here knows of a screen.
"""
