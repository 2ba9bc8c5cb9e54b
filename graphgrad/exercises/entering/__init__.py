"""Type in answers from paper: one file per student, as `graphgrad ex grade` reads them."""
