"""Check the formulas of lecture notes: find claims in Markdown, decide each, say what is right."""
