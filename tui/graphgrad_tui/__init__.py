"""Step through the forward and the backward pass of a graph in the terminal."""
