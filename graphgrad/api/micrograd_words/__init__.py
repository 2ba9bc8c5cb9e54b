"""Micrograd's names, so that a lesson runs with its import line changed.

In: numbers, and how many neurons a layer has.
Out: `Value`, whose gradients add up as micrograd's do, and networks of neurons.
Start: `engine.py`, then `neurons.py`.
"""
