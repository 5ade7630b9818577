"""The letter before it has a format."""
