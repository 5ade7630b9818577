"""Writes the part of docs/rules.md that is made from the rules: python -m tools.rules_page."""

from pathlib import Path

from letters.checks.handbook import END, handbook

PAGE = Path(__file__).parents[1] / "docs/rules.md"


def rules_page(text: str) -> str:
    """Return the page with the part made from the rules as they are now."""
    return handbook().rstrip("\n") + text[text.index(END) + len(END) :]


if __name__ == "__main__":
    PAGE.write_text(rules_page(PAGE.read_text("utf-8")), "utf-8")
