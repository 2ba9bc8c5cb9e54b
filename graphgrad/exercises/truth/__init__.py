"""What an exercise asks for, as terms, and what each step comes to.

In: a graph and a point.
Out: `Reference` (candidates of a target, balls at the point), `Truth` of a step.
Start: `reference.py`.
derived independently of `autodiff`: the marks have their own witness.
"""
