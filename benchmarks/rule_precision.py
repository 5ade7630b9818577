"""How often each rule is right on real letters: python -m benchmarks.rule_precision FOLDER [--write].

Every PDF in the folder is imported and checked. Whether an issue is true was judged by a person and is kept in
judged.yaml, by letter, rule and a hash of what the issue says, so that no sentence of a letter is copied. An issue that
nobody has judged yet is printed and counts as neither. With --write, the table goes into docs/rules.md.
"""

import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import yaml

from letters.checks.issue import Issue
from letters.checks.rule import number_of
from letters.findings.parsing import parse
from letters.houses.loading import house
from letters.verbs.check import check_inspection
from letters.verbs.import_letter import import_letter

ROOT = Path(__file__).parents[1]
JUDGED = ROOT / "benchmarks/judged.yaml"
PAGE = ROOT / "docs/rules.md"
START, END = "<!-- precision -->", "<!-- end of precision -->"
COUNTED_APART = ("V20", "V30", "V39")
"""Rules that say the same of many places: recipients' addresses, long sentences, other standing wording."""


def key_of(letter: str, issue: Issue) -> str:
    """Return what an issue is known by: no words of the letter are in it."""
    said = sha256(f"{issue.finding} {issue.message}".encode()).hexdigest()[:10]
    return f"{letter} {issue.code} {said}"


def issues_of(path: Path) -> list[Issue]:
    """Return what the gate to publication says of a published letter."""
    look = house("joint")
    inspection = parse(import_letter(path.read_bytes(), path.name, look).text)
    return check_inspection(inspection, look, "publication")


def table(true: Counter[str], false: Counter[str], letters: int) -> str:
    """Return the figures as a table for docs/rules.md."""
    codes = sorted({*true, *false} - {*COUNTED_APART}, key=number_of)
    rows = [f"| {code} | {true[code] + false[code]} | {true[code]} |" for code in codes]
    said, right = sum(true[code] + false[code] for code in codes), sum(true[code] for code in codes)
    apart = ", ".join(f"{code} {true[code] + false[code]} times" for code in COUNTED_APART)
    return "\n".join(
        [
            f"Measured on {letters} published letters, imported and checked at the gate to publication by",
            "`python -m benchmarks.rule_precision`; whether each issue is true was judged by hand.",
            f"Not in the table: {apart}.",
            "",
            "| rule | issues | of these true |",
            "|---|---|---|",
            *rows,
            f"| all | {said} | {right} ({right / said:.0%}) |",
        ]
    )


def main(folder: Path, write: bool) -> None:
    """Print the figures, and the issues that nobody has judged."""
    judged = yaml.safe_load(JUDGED.read_text("utf-8"))
    true: Counter[str] = Counter()
    false: Counter[str] = Counter()
    paths = sorted(folder.glob("*.pdf"))
    for path in paths:
        for issue in issues_of(path):
            verdict = issue.code in COUNTED_APART or judged.get(key_of(path.stem, issue))
            if verdict is None:
                print(f"not judged: {key_of(path.stem, issue)}: # {issue.finding}: {issue.message}")
            else:
                (true if verdict else false)[issue.code] += 1
    found = table(true, false, len(paths))
    print(found)
    if write:
        text = PAGE.read_text("utf-8")
        before, after = text.split(START)[0], text.split(END)[1]
        PAGE.write_text(f"{before}{START}\n{found}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--write" in sys.argv)
