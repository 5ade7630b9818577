"""What the inspectors found: the inspection file and everything in it."""
