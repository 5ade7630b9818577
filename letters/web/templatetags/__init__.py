"""What the pages of sign-in take from our own."""
