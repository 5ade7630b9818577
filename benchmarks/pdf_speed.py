"""PDF: ours against bare WeasyPrint on the same HTML with the same style sheet, each in a process of its own.

python -m benchmarks.pdf_speed
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import letters
from benchmarks.timing import line
from letters.formats.pages.letter import print_page
from letters.formats.pdf.write import FONTS, render

FIXTURES = ("dunmere", "cawdale", "farrowby")
ROUNDS = 6


def best(call: Callable[[], object]) -> float:
    """Return the seconds of the fastest round; the first warms up."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times[1:])


def ours(page: str) -> float:
    """Return our seconds for a page."""
    house = letters.house("joint")
    return best(lambda: render(page, house))


def bare(page: str) -> float:
    """Return the seconds of WeasyPrint as its users call it, in the same fonts."""
    css = letters.house("joint").read("print.css").text
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    import weasyprint

    return best(
        lambda: weasyprint.HTML(string=page).write_pdf(stylesheets=[weasyprint.CSS(string=css)], pdf_variant="pdf/ua-1")
    )


def measured(who: str, fixture: str) -> float:
    """Return the seconds of one of the two, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.pdf_speed", who, fixture]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the ratio for a short, a common and a long letter."""
    for fixture in FIXTURES:
        rounds = [(measured("ours", fixture), measured("bare", fixture)) for _ in range(2)]
        mine, peer = (min(times) * 1000 for times in zip(*rounds, strict=True))
        print(line(f"PDF of {fixture}", mine, peer, ">= 1"))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        found = letters.load(Path("fixtures") / sys.argv[2] / "inspection.yaml")
        html = print_page(letters.compose(found, letters.house("joint")), letters.house("joint"))
        print(ours(html) if sys.argv[1] == "ours" else bare(html))
    else:
        main()
