"""Findings + template + house -> document."""
