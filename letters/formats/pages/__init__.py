"""Pages for the screen and for print."""
