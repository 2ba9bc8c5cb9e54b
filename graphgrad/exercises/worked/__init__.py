"""Work exercises out: every step as a chain of equalities, and where an answer left it."""
