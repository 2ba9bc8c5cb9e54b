"""Hold the commands that look at networks: inspect, sweep and lint.

In: files, lenses, switches.
Out: tables, JSON, pictures.
Start: `inspect.py`.
"""
