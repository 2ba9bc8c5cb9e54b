"""Put measured texts into their places: one scene for all steps.

In: `Trace` or `Graph`.
Out: `Scene` (frozen), `Frame` of a step.
Start: `compose.py`: ten calls, in order.
every writer starts from `Scene`.
"""
