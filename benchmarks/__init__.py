"""Ratios against named peers, each measured in one run; never timed tests."""
