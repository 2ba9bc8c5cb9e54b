"""Hold computational graphs: flat columns, lines, and passes from graph to graph.

In: ops appended one after another.
Out: `Graph`: immutable, in evaluation order.
Start: `graph.py`, then `builder.py`.
Networkx enters in `nx.py` alone.
"""
