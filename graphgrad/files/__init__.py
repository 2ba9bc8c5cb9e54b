"""Read and write files, and say which files may be reached.

In: a path that a user, or a file, names.
Out: bytes, at most so many; a file that is whole, where no other was lost.
Start: `reading.py`, `writing.py`; `reach.py` for names inside files and for an app that is served.
Every file of a user's is opened and written here.
"""
