"""Questions about the next step: what is asked, what is hidden meanwhile, how it is judged."""
