"""Hold layers, losses and norms."""
