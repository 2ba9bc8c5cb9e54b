"""Write marks for people and for other systems."""
