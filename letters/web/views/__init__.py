"""What each address shows or does, a module for each part of the workspace."""
