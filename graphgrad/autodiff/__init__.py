"""Differentiate graphs on numbers and as graphs: reverse mode, forward mode, second order."""
