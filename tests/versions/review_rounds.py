"""One round of review: a draft is sent, edited at random, merged, and the next letter is held against the copy.

The judge knows nothing of how a merge works: it accepts everything in the reviewed copy as Word does, and reads the letter that the
next inspection composes to.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path

import letters
from letters.document.marks import Line, Marked, Story, accepts, lines_of, resolved, text_of
from letters.errors import LettersError
from letters.files.disk import load
from letters.findings.inspection import Inspection, Stage
from letters.houses.loading import house
from letters.verbs.word_letter import word_letter
from letters.word.drafts import units_of
from letters.word.read import read
from letters.word.redline import with_stories
from letters.word.word_file import WordFile
from tests.versions.word_editor import WordEditor, edited

OUTCOMES = ("exact", "by hand", "silent", "refused")


@dataclass
class Sent:
    """A draft that was sent, and where its inspection file lies."""

    path: Path
    file: WordFile
    units: dict[str, str]

    def is_finding(self, line: Line) -> bool:
        """Say whether a paragraph is a finding's, or new: reviewers change findings, and not people and data."""
        names = [self.units.get(held.name, "") for held in line.anchors]
        return not names or any(".text" in name or ".points" in name for name in names)


@dataclass
class Figures:
    """How many rounds came to what, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)


def sent(inspection: Inspection, folder: Path) -> Sent:
    """Send the draft of an inspection."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "inspection.yaml"
    update = {"stage": Stage.AGREEMENT, "agreements": [], "version": 1}
    path.write_text(json.dumps(letters.export(inspection.model_copy(update=update))), "utf-8")
    letters.send(path, folder / "out")
    file = read(next((folder / "sent").glob("*.docx")).read_bytes(), "sent.docx")
    return Sent(path, file, units_of(file.parts))


def paragraphs(story: Story) -> list[str]:
    """Return the words of every paragraph of a story with everything accepted; headings are the template's."""
    lines = [line for line in lines_of(resolved(story, accepts)) if not line.style.endswith("Heading1")]
    lines = [line for line in lines if not line.style.startswith(("Heading", "TableHeading"))]
    texts = [" ".join(text_of(line).replace("\ufffc", " ").split()) for line in lines]
    return [text for text in texts if text]


def next_letter(path: Path) -> list[str]:
    """Return the paragraphs of the letter that an inspection file composes to."""
    _, data = word_letter(load(path), house("joint"))
    return paragraphs(read(data, "next.docx").marked.stories["body"])


def copy_of(draft: Sent, editor: WordEditor, name: str) -> Path:
    """Write the copy that a reviewer sends back."""
    marked = Marked({**draft.file.marked.stories, "body": tuple(editor.story)})
    path = draft.path.parent / f"{name}.docx"
    path.write_bytes(with_stories(draft.file, [], marked))
    return path


def review(draft: Sent, seed: int, authors: tuple[str, ...], figures: Figures) -> None:
    """Let reviewers edit one shared copy one after the other, accept it whole, and count what came of it."""
    editor = edited(draft.file.marked.stories["body"], seed, authors, draft.is_finding)
    copy = copy_of(draft, editor, "copy")
    wanted = paragraphs(read(copy.read_bytes(), "copy").marked.stories["body"])
    after = draft.path.parent / "next.yaml"
    after.unlink(missing_ok=True)
    try:
        done = letters.merge(draft.path, [copy], after, accept_copies=["copy"], reason="All agreed.", name="Q A")
    except LettersError as error:
        count(figures, "refused", draft, seed, editor.done, [str(error)])
        return
    listed = [f"{change.id} {why}" for change, why in done.by_hand]
    listed += [what for held in done.reviews for what in held.elsewhere]
    got = next_letter(after)
    if got == wanted:
        count(figures, "by hand" if listed else "exact", draft, seed, editor.done, listed)
    elif listed:
        count(figures, "by hand", draft, seed, editor.done, listed)
    else:
        count(figures, "silent", draft, seed, editor.done, list(unified_diff(wanted, got, lineterm="", n=0)))


def count(figures: Figures, outcome: str, draft: Sent, seed: int, done: list[str], told: Iterable[str]) -> None:
    """Count an outcome, and keep what tells how it came about."""
    figures.counts[outcome] += 1
    if outcome != "exact":
        figures.told.append("\n  ".join([f"{outcome}: {draft.path} seed {seed}", *done, *told]))


def rounds(drafts: list[Sent], seeds: Iterable[int], author_sets: Callable[[int], tuple[str, ...]]) -> Figures:
    """Return what many rounds came to."""
    figures = Figures()
    for seed in seeds:
        review(drafts[seed % len(drafts)], seed, author_sets(seed), figures)
    return figures
