"""Merging four reviewed copies of a letter of ten pages against reading them.

python -m benchmarks.merge_speed
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import letters
from benchmarks.timing import milliseconds
from tests.versions.edits import sized
from tests.versions.review_rounds import copy_of, sent
from tests.versions.word_editor import edited

PAGES = 8
"""Pages of the letter by its own settings; a draft with its paragraph numbers has about ten."""
NAMES = ("Ann", "Ben", "Cy", "Di")
EDITS = 10


def main() -> None:
    """Print how many times the cost of reading four copies their merge takes."""
    with TemporaryDirectory() as folder:
        draft = sent(sized(PAGES), Path(folder))
        copies = []
        for number, name in enumerate(NAMES):
            editor = edited(draft.file.marked.stories["body"], number, (), draft.is_finding)
            editor.author, editor.count = name, 100 * number
            for _ in range(EDITS):
                editor.edit()
            copies.append(copy_of(draft, editor, name))
        after = Path(folder, "next.yaml")
        reading = milliseconds(lambda: letters.changes(draft.path, copies), 10, 3)
        merging = milliseconds(lambda: letters.merge(draft.path, copies, after), 10, 3)
    print(f"read {reading:6.1f} ms   merge {merging:6.1f} ms   {merging / reading:4.2f} times   wanted < 1.5")


if __name__ == "__main__":
    main()
