"""Exercise files: read, drawn into variants, frozen, checked.

In: Markdown with front matter, or a `.gg` file; a draw.
Out: `Exercise`, `Variant` (graph, truth, numbers as the exercise prints them).
Start: `exercise.py` (the data), `read_exercise.py`.
Writes no sheet and no mark.
"""
