"""Plot numbers: curves, bars, and grids with a boundary, each as SVG, PNG and terminal text.

In: series of numbers, or a grid of them, with titles.
Out: a `Plot`; SVG and PNG bytes, lines of text.
Start: `plot.py` for what a plot is; then `plot_svg.py` and `plot_text.py`, its two writers.
"""
