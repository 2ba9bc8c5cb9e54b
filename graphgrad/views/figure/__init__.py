"""Draw a trace as a figure: boxes and edges with their numbers, laid out by a Graphviz engine."""
