"""PDF: printed from the page, tagged, and proved."""
