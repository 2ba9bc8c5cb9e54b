"""Show graphs and traces: tables, JSON, derivations, steps and figures."""
