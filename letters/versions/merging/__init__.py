"""Accepted changes -> the accepted letter, the fields they belong to, and the proof of both."""
