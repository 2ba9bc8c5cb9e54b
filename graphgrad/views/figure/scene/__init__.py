"""Put measured texts into their places: one scene for all steps.

In: `Trace` or `Graph`, `SceneOptions`.
Out: `Scene`, frozen; in words, what a frame of it shows.
Start: `compose.py`, read from `scene_of()` down.
Every writer but that of DOT starts from `Scene`.
"""
