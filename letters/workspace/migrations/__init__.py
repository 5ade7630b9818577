"""How the tables of the workspace came to be, release by release."""
