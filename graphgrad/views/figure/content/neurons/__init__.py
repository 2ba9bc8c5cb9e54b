"""See a graph neuron by neuron: layers of units, circles for these, a line per weight.

In: a `Trace` or a `Graph`, `SceneOptions`.
Out: `Diagram`, with circles, squares of biases, and boxes for what is no neuron.
Start: `unit_layers.py` for what a layer is, then `diagram_of_neurons.py`.
"""
