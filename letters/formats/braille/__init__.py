"""Contracted braille, translated and set in pages."""
