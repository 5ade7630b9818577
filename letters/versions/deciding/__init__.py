"""What becomes of each change, and how it is said and kept."""
