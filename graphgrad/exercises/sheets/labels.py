"""Write the label of a step as LaTeX."""

from __future__ import annotations

from graphgrad.symbolic.names import derivative_latex, name_latex

__all__ = ["latex_label"]


def latex_label(label: str) -> str:
    r"""Return a step's label as LaTeX; one that is LaTeX already stays.

    >>> latex_label("yhat")
    '\\hat{y}'
    """
    if "\\" in label:
        return label.strip("$")
    above, slash, below = label.partition("/")
    if slash and above[:1] in "d∂" and below[:1] in "d∂" and len(above) > 1 and len(below) > 1:
        return derivative_latex(name_latex(above[1:].strip()), name_latex(below[1:].strip()))
    return name_latex(label)
