"""Drafts between reviewers: what changed, who changed it, and every reviewed copy brought home."""
