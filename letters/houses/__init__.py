"""How a house writes and looks."""
