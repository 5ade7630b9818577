"""What finished files may not contain."""
