"""Two versions -> one with marks, and who made each change."""
