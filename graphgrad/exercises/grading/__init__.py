"""Grade answer files: points, whole classes, and what is handed back."""
