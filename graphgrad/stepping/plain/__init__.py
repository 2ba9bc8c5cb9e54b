"""Step line by line: commands from a stream, plain text to a stream."""
