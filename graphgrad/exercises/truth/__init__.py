"""What an exercise asks for, as terms, and what each step comes to.

In: a graph and a point.
Out: `Reference`, which makes `Asked` of a target and `ReadLink` of a formula; `Truth` of all steps.
Start: `reference.py`, then `sides.py`.
Derived independently of `autodiff`: the marks have their own witness.
"""
