"""PDF: ours against bare WeasyPrint on the same HTML with the same style sheet.

python -m benchmarks.pdf_speed
"""

import time

import letters
from benchmarks.timing import line
from letters.formats.html import print_page
from letters.formats.pdf import render, renderer

FIXTURES = ("dunmere", "cawdale", "farrowby")
ROUNDS = 5


def main() -> None:
    """Print the ratio for a short, a common and a long letter; the two take turns, so that noise meets both."""
    house = letters.house("joint")
    weasyprint = renderer()
    css = house.file("print.css").read_text("utf-8")
    for fixture in FIXTURES:
        page = print_page(letters.compose(letters.load(f"fixtures/{fixture}/inspection.yaml"), house), house)
        ours, peer = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            render(page, house)
            middle = time.perf_counter()
            weasyprint.HTML(string=page).write_pdf(stylesheets=[weasyprint.CSS(string=css)], pdf_variant="pdf/ua-1")
            ours.append(middle - start)
            peer.append(time.perf_counter() - middle)
        print(line(f"PDF of {fixture}", min(ours) * 1000, min(peer) * 1000, ">= 1"))


if __name__ == "__main__":
    main()
