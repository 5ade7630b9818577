"""The overview report of a round in the workspace: read with its letters, started, written and searched."""
