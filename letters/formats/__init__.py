"""Document <-> bytes."""
