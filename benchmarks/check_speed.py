"""Checking a letter against composing it.

python -m benchmarks.check_speed
"""

import letters
from benchmarks.timing import milliseconds
from letters.checks.gates import check
from letters.checks.issue import Gate
from letters.word.write import write

FIXTURES = ("dunmere", "cawdale", "farrowby")


def main() -> None:
    """Print how many times the cost of composing a letter the checks take, for a short, a common and a long one."""
    house = letters.house("joint")
    for fixture in FIXTURES:
        path = f"fixtures/{fixture}/inspection.yaml"
        found = letters.load(path)
        letter = letters.compose(found, house)
        checking = milliseconds(lambda: check(found, letter, house, Gate.PUBLICATION), 3, 3)  # noqa: B023
        composing = milliseconds(lambda: write(letters.compose(letters.load(path), house), house), 10, 3)  # noqa: B023
        print(
            f"{fixture:10} check {checking:7.1f} ms   compose to DOCX {composing:6.1f} ms   {checking / composing:5.1f} times   wanted <= 10"
        )


if __name__ == "__main__":
    main()
