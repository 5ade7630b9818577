"""Reviewed copies -> what each reviewer changed, and where that belongs."""
