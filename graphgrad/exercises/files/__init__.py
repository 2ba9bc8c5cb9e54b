"""Read exercise files and draw their variants."""
